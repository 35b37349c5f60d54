import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import Page

from core.models import Team
from core.templatetags.components import kortdag
from knowledge import selectors, services
from knowledge.choices import Regelingstatus
from knowledge.models import (
    Begrip,
    Bron,
    Financiering,
    Handreiking,
    HomePage,
    KennisPagina,
    OverzichtPagina,
    Terugkoppeling,
    VraagEnAntwoord,
)
from knowledge.models.workflow import last_writer
from knowledge.templatetags.knowledge import bronnen_op_rij
from tests.factories.knowledge import draft, edit_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def handreiking():
    return Handreiking.objects.get(slug="uitstroom-uit-zorg-en-opvang")


PAGES = list(KennisPagina.__subclasses__())


def test_there_is_a_page_of_every_kind():
    kinds = {type(page.specific) for page in KennisPagina.objects.live()}
    assert kinds == set(PAGES)


def test_every_page_shows_with_a_constant_number_of_queries(
    client, django_assert_max_num_queries
):
    for page in KennisPagina.objects.live():
        client.get(page.get_url())
        with django_assert_max_num_queries(45):
            response = client.get(page.get_url())
        assert response.status_code == 200
        content = response.content.decode()
        assert page.title in content
        assert "22 november 2026" in content


@pytest.mark.parametrize(
    ("path", "shows"),
    [
        (
            "/",
            [
                "Statushouders",
                "Huisvestingswet 2014",
                "Welke leeftijdsgrens mag",
                "Gereedschapskist woonzorgvisie",
            ],
        ),
        ("/kennisbank/", ["Handreikingen", "Begrippen"]),
        ("/kennisbank/handreiking/", ["Uitstroom uit zorg en opvang"]),
        ("/begrippen/", ["Huisvestingsverordening"]),
        (
            "/begrippen/huisvestingsverordening/",
            ["Uitstroom uit zorg en opvang", "Alle begrippen"],
        ),
        (
            "/kennisbank/handreiking/uitstroom-uit-zorg-en-opvang/",
            [
                "Wat moet u nu doen",
                'id="jongeren"',
                "Begrippen op deze pagina",
                "Urgentiepunten",
                "Heeft dit u geholpen?",
                "Majella Wonen",
            ],
        ),
        (
            "/kennisbank/praktijkvoorbeeld/majella-wonen/",
            ["jaar niet bekend", "90 procent", "2020", "Utrecht (Utrecht)"],
        ),
        (
            "/kennisbank/wet/huisvestingswet-2014/",
            ["1 januari 2015", "juli 2017", "Geldt", "wetten.overheid.nl"],
        ),
        (
            "/kennisbank/financiering/regeling-huisvesting-aandachtsgroepen/",
            ["Gesloten", "19 september 2022", "aftoppingsgrens"],
        ),
        (
            "/kennisbank/gereedschapskist/woonzorgvisie/",
            [["opgavetabel", "xlsx"][0].capitalize(), "XLSX", "DOCX", "ODS"],
        ),
        ("/privacy/", ["Wat wij bewaren"]),
    ],
)
def test_what_a_reader_sees(client, path, shows):
    content = client.get(path).content.decode()
    for text in shows:
        assert text in content


def test_no_inline_style_script_or_handler_on_any_page(client):
    import re

    for page in [*KennisPagina.objects.live(), *OverzichtPagina.objects.live()]:
        content = client.get(page.get_url()).content.decode()
        assert not re.search(
            r"\sstyle=|<style|\son\w+=|<script(?![^>]*src=)", content
        ), page


def test_an_overdue_page_says_so(client, handreiking):
    KennisPagina.objects.filter(pk=handreiking.pk).update(
        volgende_controle=datetime.date(2026, 1, 1)
    )
    assert "wacht op controle" in client.get(handreiking.get_url()).content.decode()


@pytest.mark.parametrize(
    ("windows", "on", "status"),
    [
        ([], "2026-01-01", "onbekend"),
        ([("2026-01-01", "2026-02-01")], "2026-01-01", "open"),
        ([("2026-01-01", "2026-02-01")], "2026-02-01", "open"),
        ([("2026-01-01", "2026-02-01")], "2026-02-02", "gesloten"),
        ([("2026-01-01", "2026-02-01")], "2025-12-31", "straks"),
        ([("2025-01-01", "2025-02-01"), ("2027-01-01", None)], "2026-01-01", "straks"),
        ([("2025-01-01", None)], "2026-01-01", "open"),
    ],
)
def test_the_status_of_a_scheme_follows_its_windows(windows, on, status):
    page = Financiering(regeling_status=Regelingstatus.ONBEKEND)
    page.vensters = [
        (
            "venster",
            {
                "naam": "x",
                "opent": start and datetime.date.fromisoformat(start),
                "sluit": end and datetime.date.fromisoformat(end),
                "budget": "",
                "bronnen": [],
            },
        )
        for start, end in windows
    ]
    assert page.status_on(datetime.date.fromisoformat(on)) == status


# -- four eyes -------------------------------------------------------------------


def test_an_author_cannot_approve_and_a_colleague_can(make_user, outbox):
    author, colleague = make_user("redacteur"), make_user("redacteur")
    page = draft(author)
    services.submit_for_review(user=author, page=page)
    with pytest.raises(PermissionDenied):
        services.approve(user=author, page=page)
    services.approve(user=colleague, page=page)
    page.refresh_from_db()
    assert page.live is True


def test_who_wrote_last_cannot_approve_and_whoever_wrote_before_can(make_user):
    author, colleague, third = (
        make_user("redacteur"),
        make_user("redacteur"),
        make_user("redacteur"),
    )
    page = draft(author)
    services.submit_for_review(user=author, page=page)
    page.save_revision(user=third)
    assert last_writer(page) == author.pk
    page.in_het_kort = "Anders."
    page.save_revision(user=colleague)
    assert last_writer(page) == colleague.pk
    with pytest.raises(PermissionDenied):
        services.approve(user=colleague, page=page)
    services.approve(user=author, page=page)
    page.refresh_from_db()
    assert page.live is True
    assert last_writer(page) is None


def test_a_superuser_is_no_exception(make_user):
    chief = make_user("redacteur", is_superuser=True)
    page = draft(chief)
    services.submit_for_review(user=chief, page=page)
    with pytest.raises(PermissionDenied):
        services.approve(user=chief, page=page)
    assert page.permissions_for_user(chief).can_publish() is False
    with pytest.raises(PermissionDenied):
        page.get_latest_revision().publish(user=chief)


def test_only_an_editor_approves(make_user):
    author, expert = make_user("redacteur"), make_user("deskundige")
    page = draft(author)
    services.submit_for_review(user=author, page=page)
    with pytest.raises(PermissionDenied):
        services.approve(user=expert, page=page)


def test_the_publish_button_of_the_editor_does_not_publish(client, make_user):
    for user in (make_user("redacteur"), make_user(is_superuser=True)):
        page = draft(user, title=f"Van {user.name}")
        client.force_login(user)
        response = client.get(f"/redactie/pages/{page.pk}/edit/")
        assert response.status_code == 200
        assert b'name="action-publish"' not in response.content
        client.post(
            f"/redactie/pages/{page.pk}/edit/",
            {**edit_data(page), "action-publish": "1"},
        )
        page.refresh_from_db()
        assert page.live is False


def test_the_bulk_action_does_not_publish(client, make_user):
    user = make_user("redacteur", is_superuser=True)
    page = draft(user)
    client.force_login(user)
    client.post(
        f"/redactie/bulk/wagtailcore/page/publish/?id={page.pk}&next=/redactie/",
        {"next": "/redactie/"},
    )
    page.refresh_from_db()
    assert page.live is False


def test_a_schedule_publishes_only_after_approval(make_user):
    from django.core.management import call_command
    from django.utils import timezone

    author, colleague = make_user("redacteur"), make_user("redacteur")
    page = draft(author)
    page.go_live_at = timezone.now() + datetime.timedelta(days=1)
    page.save_revision(user=author)
    call_command("publish_scheduled", verbosity=0)
    services.submit_for_review(user=author, page=page)
    services.approve(user=colleague, page=page)
    page.refresh_from_db()
    assert page.live is False
    import time_machine

    with time_machine.travel(timezone.now() + datetime.timedelta(days=2)):
        call_command("publish_scheduled", verbosity=0)
    page.refresh_from_db()
    assert page.live is True


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"team": None}, "eigenaar"),
        ({"volgende_controle": None}, "volgende controle"),
        ({"gecontroleerd_op": None}, "gecontroleerd"),
        (
            {
                "secties": [
                    (
                        "sectie",
                        {
                            "kop": "Zonder",
                            "anker": "",
                            "inhoud": [("tekst", "x")],
                            "bronnen": [],
                        },
                    )
                ]
            },
            "bron",
        ),
    ],
)
def test_nothing_incomplete_goes_live(make_user, change, told):
    author, colleague = make_user("redacteur"), make_user("redacteur")
    page = draft(author)
    for name, value in change.items():
        setattr(page, name, value)
    page.save_revision(user=author)
    services.submit_for_review(user=author, page=page)
    with pytest.raises(ValidationError) as caught:
        services.approve(user=colleague, page=page)
    assert told in " ".join(caught.value.messages)
    page.refresh_from_db()
    assert page.live is False


def test_an_anchor_is_made_at_first_publication_and_then_stays(make_user):
    from knowledge.models import Bron

    author, colleague = make_user("redacteur"), make_user("redacteur")
    bron = Bron.objects.first()
    page = draft(author)
    value = {
        "kop": "Wie beslist?",
        "anker": "",
        "inhoud": [("tekst", "<p>x</p>")],
        "bronnen": [{"bron": bron, "plaats": ""}],
    }
    page.secties = [("sectie", value), ("sectie", dict(value))]
    page.save_revision(user=author)
    services.submit_for_review(user=author, page=page)
    services.approve(user=colleague, page=page)
    page = Handreiking.objects.get(pk=page.pk)
    assert [block.value["anker"] for block in page.secties] == [
        "wie-beslist",
        "wie-beslist-2",
    ]


# -- other services --------------------------------------------------------------


def test_a_renamed_page_redirects(
    client, handreiking, django_capture_on_commit_callbacks
):
    old = handreiking.get_url()
    with django_capture_on_commit_callbacks(execute=True):
        handreiking.slug = "uitstroom-nieuw"
        handreiking.save()
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"].endswith("/kennisbank/handreiking/uitstroom-nieuw/")


def test_links_between_pages_survive_a_rename(client, handreiking):
    case = KennisPagina.objects.get(slug="majella-wonen").specific
    case.slug = "majella"
    case.save()
    content = client.get(handreiking.get_url()).content.decode()
    assert 'href="/kennisbank/praktijkvoorbeeld/majella/"' in content


def test_klopt_nog_moves_the_dates_and_is_logged(make_user, handreiking):
    editor = make_user("redacteur")
    KennisPagina.objects.filter(pk=handreiking.pk).update(
        gecontroleerd_op=datetime.date(2020, 1, 1)
    )
    services.mark_reviewed(user=editor, page=handreiking)
    handreiking.refresh_from_db()
    assert handreiking.gecontroleerd_op > datetime.date(2026, 1, 1)
    from wagtail.models import PageLogEntry

    assert PageLogEntry.objects.filter(
        page=handreiking.pk, action="knowledge.reviewed", user=editor
    ).exists()
    with pytest.raises(PermissionDenied):
        services.mark_reviewed(user=make_user("deskundige"), page=handreiking)


@pytest.mark.parametrize(("choice", "helped"), [("ja", True), ("nee", False)])
def test_feedback_is_recorded_without_a_person(client, handreiking, choice, helped):
    response = client.post(
        f"/kennisbank-reactie/{handreiking.pk}/",
        {"geholpen": choice, "reden": "veroudering", "toelichting": "x"},
    )
    assert response.status_code == 200
    row = Terugkoppeling.objects.get()
    assert row.geholpen is helped
    assert {f.name for f in Terugkoppeling._meta.fields} == {
        "id",
        "pagina",
        "geholpen",
        "reden",
        "toelichting",
        "created_at",
    }


def test_feedback_is_limited_per_network(client, handreiking, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "feedback-network": (2, 60)}
    for _ in range(4):
        client.post(f"/kennisbank-reactie/{handreiking.pk}/", {"geholpen": "ja"})
    assert Terugkoppeling.objects.count() == 2
    assert client.get(f"/kennisbank-reactie/{handreiking.pk}/").status_code == 405


def test_an_answer_becomes_a_draft_in_review(make_user):
    expert, editor = make_user("deskundige"), make_user("redacteur")
    page = services.create_answer_draft(
        user=expert,
        title="Mag dat?",
        kort_antwoord="Ja.",
        sections=[
            services.DraftSection(
                "Antwoord", "<p>Ja.</p>", ((selectors_bron(), ""),), "antwoord"
            )
        ],
        team=Team.objects.get(slug="uitstroom"),
        origin_key="vraag:1",
    )
    assert page.live is False
    assert page.current_workflow_state is not None
    with pytest.raises(ValidationError):
        services.create_answer_draft(
            user=expert,
            title="Nog eens",
            kort_antwoord="x",
            sections=[],
            team=page.team,
            origin_key="vraag:1",
        )
    services.approve(user=editor, page=page)
    assert VraagEnAntwoord.objects.live().filter(pk=page.pk).exists()


def selectors_bron() -> int:
    from knowledge.models import Bron

    return Bron.objects.get(slug="eigen-duiding").pk


def test_a_begrip_lists_the_pages_that_use_it():
    begrip = Begrip.objects.get(slug="huisvestingsverordening")
    assert [page.slug for page in selectors.pages_about(begrip)] == [
        "uitstroom-uit-zorg-en-opvang"
    ]


def test_the_tree_and_workflow_are_made_once(groups):
    before = Page.objects.count()
    services.ensure_editorial(groups)
    assert Page.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("http://127.0.0.1:8123", "http://127.0.0.1:8123/kennisbank/"),
        ("https://loket.voorbeeld.nl", "https://loket.voorbeeld.nl/kennisbank/"),
    ],
)
def test_full_addresses_begin_with_the_address_of_the_site(settings, address, page):
    from knowledge.models import OverzichtPagina
    from knowledge.services import keep_address

    settings.BASE_URL = address
    keep_address()
    assert OverzichtPagina.objects.get(slug="kennisbank").full_url == page


@pytest.mark.django_db
def test_a_tile_says_how_many_pages_there_are():
    from knowledge.models import Handreiking, OverzichtPagina
    from knowledge.selectors import overview_tiles

    page = Handreiking.objects.get()
    page.copy(update_attrs={"title": "Een andere titel", "slug": "een-andere"})
    pages = OverzichtPagina.objects.get(slug="kennisbank")
    counts = {tile["page"].slug: tile["total"] for tile in overview_tiles(pages)}
    assert counts["handreiking"] == 2


def test_the_date_of_the_check_stands_directly_under_the_title(client, handreiking):
    content = client.get(handreiking.get_url()).content.decode()
    after = content.split("</h1>", 1)[1]
    assert (
        after.split("</p>")[0]
        .strip()
        .endswith(f"Gecontroleerd op {kortdag(handreiking.gecontroleerd_op)}</span>")
    )


def test_sources_with_the_same_short_name_go_by_their_titles():
    def ref(slug, titel, plaats="", uitgever="RVO"):
        bron = Bron.objects.create(
            slug=slug,
            titel=titel,
            uitgever=uitgever,
            zekerheid="openbaar",
            nagegaan=datetime.date(2026, 11, 22),
        )
        return {"bron": bron, "plaats": plaats}

    one = ref("een", "Eerste titel", "artikel 1")
    other = [ref("twee", "Tweede titel"), ref("drie", "Derde titel", uitgever="VNG")]
    lines = bronnen_op_rij(
        [one, {**one, "plaats": "artikel 2"}, one, *other, {"bron": None, "plaats": ""}]
    )
    assert [(line.naam, line.plaatsen) for line in lines] == [
        ("Eerste titel", ["artikel 1", "artikel 2"]),
        ("Tweede titel", []),
        ("VNG", []),
    ]


# -- the tree ----------------------------------------------------------------------


def offered_under(client, page):
    """The kinds of page that the editor offers to add here."""
    response = client.get(f"/redactie/pages/{page.pk}/add_subpage/")
    if response.status_code == 302:
        return {response["Location"].split("/")[-3]}
    return {model for _name, _app, model, *_rest in response.context["page_types"]}


def test_under_an_overview_an_editor_adds_only_pages_of_its_kind(client, make_user):
    client.force_login(make_user("redacteur"))
    for soort in ("handreiking", "vraag-en-antwoord"):
        assert offered_under(client, services.parent_for(soort)) == {
            soort.replace("-en-", "en").replace("-", "")
        }
    base = OverzichtPagina.objects.get(slug="kennisbank")
    assert offered_under(client, base) == {"overzichtpagina"}
    assert offered_under(client, HomePage.objects.get()) == {
        "overzichtpagina",
        "infopagina",
        "modelverordening",
    }


def test_a_page_is_not_moved_under_another_kind(client, make_user):
    client.force_login(make_user("redacteur"))
    page, other = Handreiking.objects.first(), services.parent_for("wet")
    client.post(f"/redactie/pages/{page.pk}/move/{other.pk}/confirm/")
    page.refresh_from_db()
    assert page.get_parent().pk == services.parent_for("handreiking").pk


def test_a_deleted_overview_stays_away_until_a_page_needs_it(groups):
    services.parent_for("gereedschapskist").delete()
    services.ensure_editorial(groups)
    assert not OverzichtPagina.objects.filter(soort="gereedschapskist").exists()
    made = services.parent_for("gereedschapskist")
    assert made.get_url() == "/kennisbank/gereedschapskist/"
    assert services.parent_for("gereedschapskist").pk == made.pk


def test_a_second_overview_of_a_kind_changes_no_address(client):
    first = services.parent_for("wet")
    OverzichtPagina.objects.get(slug="kennisbank").add_child(
        instance=OverzichtPagina(title="Nog meer wetten", soort="wet")
    )
    assert services.parent_for("wet").pk == first.pk
