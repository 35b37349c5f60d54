"""What must be complete before it goes live, and who says so."""

import datetime
import logging

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry, PageSubscription
from wagtail.test.utils.form_data import nested_form_data

from core.models import Mailbericht
from knowledge import services
from knowledge.models import (
    Aandachtsgroep,
    Begrip,
    Bron,
    Doelgroep,
    Financiering,
    Handreiking,
    KennisPagina,
    Kerncijfer,
    Praktijkvoorbeeld,
    Stappenplan,
    Wet,
)
from knowledge.starter.parsing import load_content
from tests.content import small_content
from tests.factories.knowledge import draft, edit_data, section

pytestmark = pytest.mark.django_db

MISSING_TEAM = "Kies het team dat eigenaar is"


@pytest.fixture
def author(make_user):
    return make_user("redacteur")


@pytest.fixture
def reader(make_user):
    return make_user("redacteur")


def under_review(author, **fields):
    page = draft(author, **fields)
    services.submit_for_review(user=author, page=page)
    return page


def post_edit(client, page, action, **fields):
    return client.post(
        f"/redactie/pages/{page.pk}/edit/", {**edit_data(page, **fields), action: "1"}
    )


def state_of(page):
    return page.current_workflow_task_state


def is_live(page):
    page.refresh_from_db()
    return page.live


# -- pages: every way to the public -----------------------------------------------


def test_a_complete_page_goes_from_the_editor_through_review_to_live(
    client, author, reader
):
    page = draft(author)
    client.force_login(author)
    assert post_edit(client, page, "action-submit").status_code == 302
    page.refresh_from_db()
    assert page.workflow_in_progress
    client.force_login(reader)
    response = post_edit(
        client,
        page,
        "action-workflow-action",
        **{"workflow-action-name": "approve"},
    )
    assert response.status_code == 302
    assert is_live(page)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("team", MISSING_TEAM),
        ("volgende_controle", "volgende controle"),
        ("gecontroleerd_op", "wanneer de inhoud is gecontroleerd"),
    ],
)
def test_submitting_without_a_required_field_says_so_at_that_field(
    client, author, field, told
):
    page = draft(author, **{field: None})
    client.force_login(author)
    response = post_edit(client, page, "action-submit")
    assert response.status_code == 200
    assert told in " ".join(response.context["form"].errors[field])
    assert told in response.content.decode()
    assert not page.workflow_in_progress


def test_a_draft_may_be_saved_while_it_is_not_complete(client, author):
    page = draft(author, team=None, secties=[])
    client.force_login(author)
    assert post_edit(client, page, "action-save").status_code == 302


def test_submitting_from_the_form_for_a_new_page_asks_the_same(client, author):
    parent = services.parent_for("handreiking")
    page = Handreiking(title="Nieuw", slug="nieuw", in_het_kort="Kort.", secties=[])
    client.force_login(author)
    response = client.post(
        f"/redactie/pages/add/knowledge/handreiking/{parent.pk}/",
        {**edit_data(page), "action-submit": "1"},
    )
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {
        "team",
        "gecontroleerd_op",
        "volgende_controle",
        "secties",
    }
    assert not Handreiking.objects.filter(slug="nieuw").exists()


def test_approving_from_the_editor_says_what_is_missing(client, author, reader):
    page = under_review(author, team=None)
    client.force_login(reader)
    response = post_edit(
        client, page, "action-workflow-action", **{"workflow-action-name": "approve"}
    )
    assert response.status_code == 200
    assert MISSING_TEAM in " ".join(response.context["form"].errors["team"])
    assert not is_live(page)


def test_an_incomplete_page_can_be_sent_back(client, author, reader):
    page = under_review(author, team=None)
    client.force_login(reader)
    response = post_edit(
        client, page, "action-workflow-action", **{"workflow-action-name": "reject"}
    )
    assert response.status_code == 302
    assert page.current_workflow_state.status == "needs_changes"


@pytest.mark.parametrize("modal", [False, True])
def test_approving_from_the_dashboard_leads_to_what_is_missing(
    client, author, reader, modal
):
    page = under_review(author, team=None)
    client.force_login(reader)
    response = client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", state_of(page).pk],
        ),
        {"comment": "Goed zo"},
        headers={"x-requested-with": "XMLHttpRequest"} if modal else {},
    )
    target = response.json()["redirect"] if modal else response["Location"]
    assert target == f"/redactie/pages/{page.pk}/edit/"
    assert MISSING_TEAM in client.get(target).content.decode()
    assert page.workflow_in_progress
    assert not is_live(page)
    page.team = KennisPagina.objects.exclude(team=None).first().team
    page.save_revision(user=author)
    assert MISSING_TEAM not in client.get(target).content.decode()


def test_approving_from_the_dashboard_publishes_what_is_complete(
    client, author, reader
):
    page = under_review(author)
    client.force_login(reader)
    client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", state_of(page).pk],
        )
    )
    assert is_live(page)


def test_publishing_in_bulk_publishes_nothing_and_does_not_fail(client, make_user):
    user = make_user("redacteur", is_superuser=True)
    pages = [draft(user, title="Heel"), draft(user, title="Half", team=None)]
    client.force_login(user)
    ids = "&".join(f"id={page.pk}" for page in pages)
    response = client.post(
        f"/redactie/bulk/wagtailcore/page/publish/?{ids}&next=/redactie/", {}
    )
    assert response.status_code in (200, 302)
    assert not any(is_live(page) for page in pages)


def test_a_planned_moment_of_an_incomplete_page_is_called_off_and_told(
    client, author, reader, caplog
):
    later = timezone.now() + datetime.timedelta(hours=1)
    half = under_review(author, title="Half", go_live_at=later)
    whole = under_review(author, title="Heel", go_live_at=later)
    for page in (half, whole):
        services.approve(user=reader, page=page)
    revision = half.get_latest_revision()
    revision.content["team"] = None
    revision.save()
    half.revisions.filter(pk=revision.pk).update(
        approved_go_live_at=later - datetime.timedelta(minutes=1)
    )
    with (
        time_machine.travel(later + datetime.timedelta(hours=1)),
        caplog.at_level(logging.WARNING),
    ):
        call_command("publish_scheduled", verbosity=0)
        call_command("publish_scheduled", verbosity=0)
    assert not is_live(half)
    assert is_live(whole)
    assert caplog.text.count("Niet gepubliceerd") == 1
    assert "Half" in caplog.text
    entry = PageLogEntry.objects.get(page=half.pk, action="knowledge.not_published")
    assert MISSING_TEAM in entry.message
    client.force_login(author)
    history = client.get(f"/redactie/pages/{half.pk}/history/").content.decode()
    assert MISSING_TEAM in history


def test_a_page_without_what_its_form_requires_does_not_break_the_approval(
    client, author, reader
):
    page = under_review(author, model=Doelgroep, groep=Aandachtsgroep.objects.first())
    page.groep = None
    page.save_revision(user=author, clean=False)
    client.force_login(reader)
    response = client.post(
        reverse(
            "wagtailadmin_pages:workflow_action",
            args=[page.pk, "approve", state_of(page).pk],
        )
    )
    assert response.status_code == 302
    assert not is_live(page)
    with pytest.raises(ValidationError):
        services.approve(user=reader, page=page)


# -- pages: what complete is -------------------------------------------------------


NO_SOURCE = {"bronnen": []}
STEP = {
    "titel": "Tel de opgave",
    "anker": "",
    "doel": "U weet het.",
    "checklist": ["Tel."],
    "bewijs": [],
    "rollen": [],
}


@pytest.mark.parametrize(
    ("model", "fields", "field", "told"),
    [
        (Handreiking, {"secties": []}, "secties", "minstens één sectie"),
        (Stappenplan, {"stappen": []}, "stappen", "minstens één stap"),
        (
            Stappenplan,
            {"secties": [], "stappen": [("stap", {**STEP, **NO_SOURCE})]},
            "stappen",
            "‘Tel de opgave’",
        ),
        (
            Praktijkvoorbeeld,
            {
                "feiten": [
                    (
                        "feit",
                        {"label": "Woningen", "waarde": "7", "jaar": "2020"}
                        | NO_SOURCE,
                    )
                ]
            },
            "feiten",
            "‘Woningen’",
        ),
        (
            Wet,
            {
                "statussen": [
                    (
                        "status",
                        {"datum": "2024-07", "status": "geldend", "tekst": "x"}
                        | NO_SOURCE,
                    )
                ]
            },
            "statussen",
            "‘2024-07’",
        ),
        (
            Financiering,
            {"vensters": [("venster", {"naam": "Ronde 1", "budget": ""} | NO_SOURCE)]},
            "vensters",
            "‘Ronde 1’",
        ),
        (
            Financiering,
            {
                "voorwaarden": [
                    ("voorwaarde", {"tekst": "Heel veel. " * 20} | NO_SOURCE)
                ]
            },
            "voorwaarden",
            "‘Heel veel.",
        ),
    ],
)
def test_every_part_has_a_source_and_the_message_names_the_part(
    author, reader, model, fields, field, told
):
    page = under_review(author, model=model, **fields)
    with pytest.raises(ValidationError) as caught:
        services.approve(user=reader, page=page)
    assert told in " ".join(caught.value.message_dict[field])
    assert not is_live(page)


def test_a_source_that_was_removed_is_no_source(author, reader):
    bron = Bron.objects.create(
        slug="weg", titel="Weg", zekerheid="openbaar", nagegaan=timezone.localdate()
    )
    page = under_review(
        author, secties=[section("Kop", bronnen=[{"bron": bron, "plaats": ""}])]
    )
    bron.delete()
    with pytest.raises(ValidationError, match="‘Kop’"):
        services.approve(user=reader, page=page)


def test_an_anchor_is_used_once(author, reader):
    page = under_review(
        author, secties=[section("A", anker="zelfde"), section("B", anker="zelfde")]
    )
    with pytest.raises(ValidationError, match="‘zelfde’ van ‘B’"):
        services.approve(user=reader, page=page)


def test_an_anchor_is_not_one_that_the_template_gives_out(author, reader):
    page = under_review(
        author, model=Financiering, secties=[section("Rondes", anker="rondes")]
    )
    with pytest.raises(ValidationError, match="‘rondes’ van ‘Rondes’"):
        services.approve(user=reader, page=page)
    other = under_review(author, secties=[section(anker="rondes")])
    services.approve(user=reader, page=other)
    assert is_live(other)


def test_an_anchor_can_stand_in_an_address(client, author):
    page = draft(author, secties=[section("A", anker="met spatie")])
    client.force_login(author)
    response = post_edit(client, page, "action-submit")
    assert response.status_code == 200
    assert "Gebruik alleen kleine letters" in response.content.decode()


def test_steps_and_sections_get_different_lasting_anchors(client, author, reader):
    bronnen = [{"bron": Bron.objects.first(), "plaats": ""}]
    page = under_review(
        author,
        model=Stappenplan,
        secties=[section("Tel de opgave"), section("Bronnen")],
        stappen=[("stap", {**STEP, "bronnen": bronnen})],
    )
    services.approve(user=reader, page=page)
    page = Stappenplan.objects.get(pk=page.pk)
    ids = [b.value["anker"] for b in (*page.secties, *page.stappen)]
    assert ids == ["tel-de-opgave", "bronnen-2", "tel-de-opgave-2"]
    content = client.get(page.get_url()).content.decode()
    assert 'id=""' not in content
    for anchor in ids:
        assert content.count(f'id="{anchor}"') == 1


def test_every_starter_page_meets_the_rules():
    """The small content is loaded already; of the real content the blocks are read."""
    for page in KennisPagina.objects.live().specific():
        assert page.publication_errors() == {}, page
    for content in (small_content(), load_content()):
        for page in content.pages:
            parts = page.head.get("stappen") if page.kind == "stappenplan" else None
            assert parts or page.sections, page.key


# -- terms and figures -------------------------------------------------------------


def begrip_data(**fields):
    return nested_form_data(
        {
            "naam": "Zorgzame buurt",
            "slug": "zorgzame-buurt",
            "kort": "Een buurt waar men op elkaar let.",
            "uitleg": "Uitleg.",
            "ook": "",
            "bron": Bron.objects.first().pk,
            "bron_plaats": "",
            "geldig_van": "",
            "geldig_tot": "",
            **fields,
        }
    )


def cijfer_data(**fields):
    return nested_form_data(
        {
            "naam": "Zoekenden",
            "slug": "zoekenden",
            "waarde": "12",
            "eenheid": "mensen",
            "jaar": "2024",
            "niveau": "landelijk",
            "definitie": "",
            "bron": Bron.objects.first().pk,
            "bron_plaats": "",
            "opmerking": "",
            **fields,
        }
    )


SNIPPETS = [(Begrip, "begrip", begrip_data), (Kerncijfer, "kerncijfer", cijfer_data)]


@pytest.mark.parametrize(("model", "name", "data"), SNIPPETS)
def test_one_editor_alone_puts_no_term_or_figure_online(
    client, author, reader, make_user, model, name, data
):
    for user in (author, make_user(is_superuser=True)):
        client.force_login(user)
        form = client.get(f"/redactie/snippets/knowledge/{name}/add/")
        assert b"action-publish" not in form.content
        slug = f"van-{user.pk}"
        client.post(
            f"/redactie/snippets/knowledge/{name}/add/",
            {**data(slug=slug), "action-publish": "1"},
        )
        row = model.objects.get(slug=slug)
        assert row.live is False
        with pytest.raises(PermissionDenied):
            row.get_latest_revision().publish(user=user)
    client.force_login(author)
    client.post(
        f"/redactie/snippets/knowledge/{name}/add/",
        {**data(), "action-submit": "1"},
    )
    row = model.objects.get(slug=data()["slug"])
    address = reverse(
        f"wagtailsnippets_knowledge_{name}:workflow_action",
        args=[row.pk, "approve", row.current_workflow_task_state.pk],
    )
    client.post(address)
    row.refresh_from_db()
    assert row.live is False
    client.force_login(reader)
    client.post(address)
    row.refresh_from_db()
    assert row.live is True


def test_a_changed_term_stays_as_it_was_until_it_is_approved(client, author, reader):
    begrip = Begrip.objects.get(slug="huisvestingsverordening")
    client.force_login(author)
    response = client.post(
        f"/redactie/snippets/knowledge/begrip/edit/{begrip.pk}/",
        {
            **begrip_data(naam=begrip.naam, slug=begrip.slug, kort="Anders gezegd."),
            "action-submit": "1",
        },
    )
    assert response.status_code == 302
    client.logout()
    assert (
        "Anders gezegd." not in client.get(begrip.get_absolute_url()).content.decode()
    )
    client.force_login(reader)
    client.post(
        reverse(
            "wagtailsnippets_knowledge_begrip:workflow_action",
            args=[begrip.pk, "approve", state_of(begrip).pk],
        )
    )
    assert "Anders gezegd." in client.get(begrip.get_absolute_url()).content.decode()


def test_an_incomplete_term_leads_back_to_the_editor(client, author, reader):
    begrip = Begrip.objects.create(
        slug="half", naam="Half", kort="", uitleg="x", live=False
    )
    begrip.save_revision(user=author, clean=False)
    begrip.get_workflow().start(begrip, author)
    client.force_login(reader)
    response = client.post(
        reverse(
            "wagtailsnippets_knowledge_begrip:workflow_action",
            args=[begrip.pk, "approve", begrip.current_workflow_task_state.pk],
        )
    )
    assert response.status_code == 302
    begrip.refresh_from_db()
    assert begrip.live is False
    shown = client.get(response["Location"]).content.decode()
    assert "Dit kan nog niet online" in shown


def test_readers_see_only_terms_and_figures_that_are_live(client, index, outbox):
    from search import services as search
    from search.documents import SearchQuery

    page = Handreiking.objects.get(slug="uitstroom-uit-zorg-en-opvang")
    begrip = Begrip.objects.get(slug="huisvestingsverordening")
    assert begrip.get_absolute_url() in client.get(page.get_url()).content.decode()
    begrip.unpublish()
    outbox()
    assert client.get(begrip.get_absolute_url()).status_code == 404
    assert begrip.naam not in client.get("/begrippen/").content.decode()
    shown = client.get(page.get_url()).content.decode()
    assert begrip.get_absolute_url() not in shown
    found = search.find(SearchQuery(text=begrip.naam, filters={"soort": ("begrip",)}))
    assert begrip.pk not in [hit.object_id for hit in found.hits]

    group = Doelgroep.objects.get()
    figures = list(Kerncijfer.objects.all()[:2])
    group.cijfers = figures
    group.save()
    figures[0].unpublish()
    shown = client.get(group.get_url()).content.decode()
    assert figures[0].naam not in shown
    assert figures[1].naam in shown
    figures[1].unpublish()
    assert 'id="cijfers"' not in client.get(group.get_url()).content.decode()


def test_an_editor_takes_a_term_offline(client, author):
    begrip = Begrip.objects.first()
    client.force_login(author)
    edit = f"/redactie/snippets/knowledge/begrip/edit/{begrip.pk}/"
    address = f"/redactie/snippets/knowledge/begrip/unpublish/{begrip.pk}/"
    assert address in client.get(edit).content.decode()
    client.post(address)
    begrip.refresh_from_db()
    assert begrip.live is False


def test_an_editor_does_not_lift_a_restriction_and_a_manager_does(
    client, author, make_user
):
    from wagtail.models import PageViewRestriction

    page = Handreiking.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    for user, left in ((author, 1), (make_user("redacteur", "beheerder"), 0)):
        client.force_login(user)
        client.post(f"/redactie/pages/{page.pk}/privacy/", {"restriction_type": "none"})
        assert page.view_restrictions.count() == left


# -- who approves, and who hears of it -----------------------------------------------


def page_under_review(author):
    page = draft(author, title="Woningen delen")
    return page, f"/redactie/pages/{page.pk}/edit/", "wagtailadmin_pages"


def term_under_review(author):
    row = Begrip.objects.create(
        slug="half", naam="Woningen delen", kort="Kort.", uitleg="Uitleg.", live=False
    )
    row.save_revision(user=author)
    edit = f"/redactie/snippets/knowledge/begrip/edit/{row.pk}/"
    return row, edit, "wagtailsnippets_knowledge_begrip"


def figure_under_review(author):
    row = Kerncijfer.objects.create(
        slug="half",
        naam="Woningen delen",
        waarde="1",
        jaar="2024",
        niveau="landelijk",
        bron=Bron.objects.first(),
        live=False,
    )
    row.save_revision(user=author)
    edit = f"/redactie/snippets/knowledge/kerncijfer/edit/{row.pk}/"
    return row, edit, "wagtailsnippets_knowledge_kerncijfer"


REVIEWED = pytest.mark.parametrize(
    "make", [page_under_review, term_under_review, figure_under_review]
)


def act(client, row, namespace, action, comment=""):
    return client.post(
        reverse(
            f"{namespace}:workflow_action", args=[row.pk, action, state_of(row).pk]
        ),
        {"comment": comment},
    )


def mails_about(row):
    return list(
        Mailbericht.objects.filter(about=f"{row._meta.model_name}:{row.pk}").order_by(
            "pk"
        )
    )


@REVIEWED
def test_two_editors_who_both_wrote_can_approve_each_others_last_change(
    client, author, reader, make
):
    row, edit, namespace = make(author)
    row.get_workflow().start(row, author)
    name = "in_het_kort" if isinstance(row, KennisPagina) else "bron_plaats"
    setattr(row, name, "Van de tweede.")
    row.save_revision(user=reader)
    client.force_login(reader)
    act(client, row, namespace, "approve")
    assert not is_live(row)
    client.force_login(author)
    assert "Goedkeuren" in client.get(edit).content.decode()
    act(client, row, namespace, "approve")
    assert is_live(row)


@REVIEWED
def test_the_editor_says_why_approving_is_not_offered_and_who_can(
    client, author, reader, make
):
    row, edit, _namespace = make(author)
    row.get_workflow().start(row, author)
    client.force_login(author)
    shown = client.get(edit).content.decode()
    assert 'data-workflow-action-name="approve"' not in shown
    assert shown.count("U schreef zelf de laatste wijziging") == 2
    assert f"Dit kunnen: {reader.name}." in shown
    client.force_login(reader)
    shown = client.get(edit).content.decode()
    assert 'data-workflow-action-name="approve"' in shown
    assert "U schreef zelf de laatste wijziging" not in shown


def test_an_only_editor_reads_that_a_colleague_is_needed(client, author):
    page = under_review(author)
    client.force_login(author)
    shown = client.get(f"/redactie/pages/{page.pk}/edit/").content.decode()
    assert "Er is nu geen andere redacteur" in shown


def test_changing_and_approving_at_once_keeps_the_change_and_says_why(
    client, author, reader
):
    page = under_review(author)
    client.force_login(reader)
    response = post_edit(
        client,
        page,
        "action-workflow-action",
        in_het_kort="Beter gezegd.",
        **{"workflow-action-name": "approve"},
    )
    assert response["Location"] == f"/redactie/pages/{page.pk}/edit/"
    shown = client.get(response["Location"]).content.decode()
    assert "Beter gezegd." in shown
    assert "U schreef zelf de laatste wijziging" in shown
    assert not is_live(page)


def test_a_comment_is_told_to_who_follows_the_page_by_our_own_mail(
    client, author, reader, outbox, mailoutbox
):
    page = draft(author)
    PageSubscription.objects.create(page=page, user=author, comment_notifications=True)
    client.force_login(reader)
    comment = {
        "text": "Klopt dit jaartal nog?",
        "contentpath": "in_het_kort",
        "position": "",
        "resolved": "0",
        "id": "",
        "replies-TOTAL_FORMS": "0",
        "replies-INITIAL_FORMS": "0",
        "DELETE": "",
    }
    response = post_edit(
        client,
        page,
        "action-save",
        **{
            "comments-TOTAL_FORMS": "1",
            "comments-INITIAL_FORMS": "0",
            "comment_notifications": "on",
            **{f"comments-0-{name}": value for name, value in comment.items()},
        },
    )
    assert response.status_code == 302
    assert page.wagtail_admin_comments.get().text == comment["text"]
    assert mailoutbox == []
    (mail,) = mails_about(page)
    assert mail.to == [author.email]
    assert comment["text"] not in mail.text
    assert f"/redactie/pages/{page.pk}/edit/" in mail.text
    outbox()
    assert len(mailoutbox) == 1


@REVIEWED
def test_each_submission_asks_the_other_editors_once_by_our_own_mail(
    author, reader, make_user, outbox, mailoutbox, make
):
    make_user("redacteur", is_superuser=True, is_active=False)
    make_user("deskundige")
    manager = make_user("beheerder")
    row, edit, _namespace = make(author)
    row.get_workflow().start(row, author)
    (mail,) = mails_about(row)
    assert mail.to == [reader.email]
    assert edit in mail.text
    assert "Woningen delen" in mail.subject
    row.save_revision(user=reader)
    assert len(mails_about(row)) == 1
    outbox()
    assert [m.to for m in mailoutbox] == [[reader.email]]
    reader.groups.clear()
    row.current_workflow_state.cancel(user=author)
    row.get_workflow().start(row, author)
    assert [m.to for m in mails_about(row)] == [[reader.email], [manager.email]]


@REVIEWED
def test_the_author_hears_of_a_refusal_with_the_comment_and_then_of_the_approval(
    client, author, reader, outbox, mailoutbox, make
):
    row, edit, namespace = make(author)
    row.get_workflow().start(row, author)
    client.force_login(reader)
    act(client, row, namespace, "reject", "Noem de *bron*.")
    (_asked, refused) = mails_about(row)
    assert refused.to == [author.email]
    assert refused.subject.startswith("Teruggestuurd")
    assert f"Opmerking van {reader.name}: Noem de" in refused.text
    assert edit in refused.text
    row.current_workflow_state.resume(author)
    act(client, row, namespace, "approve", "Mooi.")
    approved = mails_about(row)[-1]
    assert len(mails_about(row)) == 4
    assert approved.to == [author.email]
    assert approved.subject.startswith("Goedgekeurd")
    assert "Zij staat nu online" in approved.text
    assert "Mooi." in approved.text
    row.refresh_from_db()
    find = getattr(row, "get_url", None) or getattr(row, "get_absolute_url", None)
    assert (find() if find else edit) in approved.text
    outbox()
    assert len(mailoutbox) == 4


def test_an_expert_who_may_not_edit_is_sent_to_the_question(
    ask, make_user, reader, client
):
    from loket import services as loket

    expert = make_user("deskundige", "loketmedewerker")
    vraag = ask()
    loket.answer(user=expert, vraag=vraag, text="Ja.")
    page = loket.make_knowledge_draft(
        user=expert,
        vraag=vraag,
        title="Mag dat?",
        kort_antwoord="Ja.",
        text="Ja, dat mag.",
        confirmed=True,
    )
    client.force_login(reader)
    act(client, page, "wagtailadmin_pages", "reject", "Korter.")
    refused = mails_about(page)[-1]
    assert refused.to == [expert.email]
    assert f"/werkplek/{vraag.reference}/" in refused.text


def test_a_planned_page_is_not_called_online(author, reader):
    page = under_review(author, go_live_at=timezone.now() + datetime.timedelta(days=1))
    services.approve(user=reader, page=page)
    told = mails_about(page)[-1]
    assert "komt online op het moment dat is gepland" in told.text


def test_who_wants_no_mail_about_reviews_gets_none(author, reader):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(reader)
    profile.submitted_notifications = False
    profile.save()
    assert mails_about(under_review(author)) == []


def test_submitting_again_after_a_refusal_asks_for_a_new_review(client, author, reader):
    page = under_review(author)
    client.force_login(reader)
    act(client, page, "wagtailadmin_pages", "reject")
    services.submit_for_review(user=author, page=page)
    services.approve(user=reader, page=page)
    assert is_live(page)
