"""Citations in pages, answers and regulations: linked to the article, and back."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Gemeente
from knowledge.models import Citaat, Handreiking, RegelingVersie
from knowledge.models import Regeling as Kept
from knowledge.regelingen import citaten, services
from knowledge.regelingen.imports import Import
from knowledge.regelingen.services import store
from knowledge.regelingen.tree import Node, Regeling, Soort
from knowledge.sources import Verwijzing, verwijzingen
from tests.factories.knowledge import draft, section

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 26)


def artikel(number, text="", *children, **fields):
    return Node(
        Soort.ARTIKEL, "Artikel", number, text=text, children=children, **fields
    )


def lid(number, text):
    return Node(Soort.LID, number=number, text=text)


def regulation(title, *parts, **fields):
    return Regeling(title, parts, citeertitel=title, **{"valid_from": "2015-01-01", **fields})  # fmt: skip


@pytest.fixture
def publish(outbox):
    """publish(regeling) → the row, read for citations."""

    def act(text, form="bwb"):
        stored = store(imported=Import(form, text), publish=True)
        outbox()
        return stored.versie.regeling

    return act


@pytest.fixture
def hw(publish):
    return publish(
        regulation(
            "Huisvestingswet 2014",
            artikel("4", "De raad kan regels stellen."),
            artikel("12", "", lid("1", "Wie."), lid("2", "Bedoeld in artikel 4.")),
            id="BWBR0035303",
        )
    )


def address_of(text, **context):
    (found,) = verwijzingen(text)
    return citaten.addresses([found.verwijzing], **context).get(found.verwijzing, "")


def soup_of(client, address, **parameters):
    response = client.get(address, parameters)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def page(make_user):
    """page(html) → a published page with one section of this text."""

    def make(html, **fields):
        made = draft(
            make_user("redacteur"),
            secties=[section("Wat staat er", anker="wat", inhoud=[("tekst", html)])],
            **fields,
        )
        made.get_latest_revision().publish()
        return Handreiking.objects.get(pk=made.pk)

    return make


# -- where a citation leads --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("artikel 12 van de Huisvestingswet 2014", "#artikel-12"),
        ("art. 12 Hw", "#artikel-12"),
        ("artikel 12, tweede lid, van de Huisvestingswet 2014", "#artikel-12-lid-2"),
        ("artikel 12, zevende lid, van de Huisvestingswet 2014", "#artikel-12"),
        ("artikel 4 BWBR0035303", "#artikel-4"),
        ("BWBR0035303", ""),
    ],
)
def test_it_leads_to_the_article_or_lid(hw, text, fragment):
    assert address_of(text) == hw.get_absolute_url() + fragment


def test_what_is_not_here_leads_to_the_official_text_by_number_and_else_nowhere(hw):
    assert address_of("BWBR0005537") == "https://wetten.overheid.nl/BWBR0005537"
    assert address_of("artikel 3:46 Awb") == ""
    assert address_of("artikel 99 van de Huisvestingswet 2014") == ""


def test_what_was_not_published_is_not_here(hw):
    RegelingVersie.objects.update(published_at=None)
    assert address_of("artikel 12 Hw") == ""


def test_a_text_that_lapsed_is_read_as_it_last_was(hw):
    RegelingVersie.objects.update(valid_until=datetime.date(2020, 1, 1))
    assert address_of("artikel 12 Hw") == f"{hw.get_absolute_url()}?geldig-op=2015-01-01#artikel-12"  # fmt: skip


def test_of_an_asked_day_the_text_of_that_day(hw):
    on = datetime.date(2016, 1, 1)
    assert address_of("artikel 12 Hw", on=on).endswith("?geldig-op=2016-01-01#artikel-12")  # fmt: skip


@pytest.fixture
def two_apvs(publish):
    """An APV of Utrecht and one of Meppel."""
    return [
        publish(
            regulation(
                f"Algemene plaatselijke verordening {naam} 2024",
                artikel("2:10", "Het is verboden."),
                authority=naam,
                kind="verordening",
            ),
            "cvdr",
        )
        for naam in ("Utrecht", "Meppel")
    ]


def test_an_ordinance_that_each_municipality_has_is_that_of_the_own_one(two_apvs):
    for apv in two_apvs:
        own = address_of("art. 2:10 APV", gemeente_id=apv.gemeente_id)
        assert own == f"{apv.get_absolute_url()}#artikel-2:10"
        named = f"art. 2:10 APV {apv.gemeente.naam}"
        assert address_of(named) == f"{apv.get_absolute_url()}#artikel-2:10"
    assert address_of("art. 2:10 APV") == ""
    elsewhere = Gemeente.objects.get(naam="Amsterdam")
    assert address_of("art. 2:10 APV", gemeente_id=elsewhere.pk) == ""


def test_a_name_that_two_regulations_have_leads_nowhere(publish):
    for number in ("1", "2"):
        publish(regulation("Woonverordening Nergens", artikel("1", "x"), id=f"CVDR99990{number}"))  # fmt: skip
    assert address_of("artikel 1 Woonverordening Nergens") == ""


def test_as_many_queries_for_one_citation_as_for_many(hw, two_apvs):
    few = [Verwijzing("huisvestingswet 2014", "4", names=("huisvestingswet 2014",))]
    names = ("huisvestingswet 2014", "algemene plaatselijke verordening utrecht")
    many = [Verwijzing(n, str(a), names=(n,)) for n in names for a in range(80)]
    counts = []
    for wanted in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            citaten.addresses(wanted)
        counts.append(len(queries))
    assert counts[0] == counts[1] == 3


# -- on pages and in answers -------------------------------------------------------------


def test_a_page_links_and_the_article_tells_of_the_page(client, hw, page, outbox):
    shown = page(
        "<p>Dat staat in artikel 12, tweede lid, van de Huisvestingswet 2014.</p>"
    )
    outbox()
    link = soup_of(client, shown.get_url()).select_one("a.verwijzing")
    assert link["href"] == f"{hw.get_absolute_url()}#artikel-12-lid-2"
    assert "verwijzing" not in str(Handreiking.objects.get(pk=shown.pk).secties)
    law = soup_of(client, hw.get_absolute_url())
    cited = law.select_one('section[aria-labelledby="artikel-12"] .geciteerd a')
    assert cited["href"] == f"{shown.get_url()}#wat"
    assert cited.get_text() == f"{shown.title}: Wat staat er"


def test_a_page_from_before_the_regulation_is_found_too(client, page, publish, outbox):
    shown = page("<p>Zie artikel 4 van de Huisvestingswet 2014.</p>")
    outbox()
    assert soup_of(client, shown.get_url()).select_one("a.verwijzing") is None
    law = publish(regulation("Huisvestingswet 2014", artikel("4", "x")))
    assert soup_of(client, shown.get_url()).select_one("a.verwijzing")
    assert soup_of(client, law.get_absolute_url()).select_one(".geciteerd a")


def test_a_page_that_is_away_or_closed_is_not_told_of(client, hw, page, outbox):
    from wagtail.models import PageViewRestriction

    shown = page("<p>Zie artikel 4 van de Huisvestingswet 2014.</p>")
    outbox()
    PageViewRestriction.objects.create(page=shown, restriction_type="login")
    assert soup_of(client, hw.get_absolute_url()).select_one(".geciteerd") is not None
    texts = [a["href"] for a in soup_of(client, hw.get_absolute_url()).select(".geciteerd a")]  # fmt: skip
    assert f"{shown.get_url()}#wat" not in texts
    shown.unpublish()
    outbox()
    assert not Citaat.objects.filter(pagina=shown.pk).exists()


def test_reading_again_leaves_the_same_rows(hw, page, outbox):
    shown = page("<p>Zie artikel 4 van de Huisvestingswet 2014.</p>")
    outbox()

    def rows():
        return list(Citaat.objects.values_list("pagina", "versie", "anchor", "naam", "artikel").order_by("naam", "artikel", "anchor"))  # fmt: skip

    before = rows()
    services.keep_citations_of_page(pk=shown.pk)
    services.keep_citations_of_regeling(pk=hw.pk)
    assert rows() == before
    assert len(before) == 2


def test_messages_of_a_question_link_for_asker_and_staff(
    client, hw, ask, make_user, two_apvs
):
    vraag = ask(
        text="Mag dit volgens artikel 12 Hw en art. 2:10 APV? <b>artikel 4 Hw</b>",
        gemeente="GM0344",
    )
    client.get(f"/loket/vraag/{vraag.reference}/sleutel/{vraag.token}/")
    shown = soup_of(client, f"/loket/vraag/{vraag.reference}/")
    utrecht = next(one for one in two_apvs if one.gemeente.naam == "Utrecht")
    links = [a["href"] for a in shown.select(".bericht a.verwijzing")]
    assert links == [
        f"{hw.get_absolute_url()}#artikel-12",
        f"{utrecht.get_absolute_url()}#artikel-2:10",
        f"{hw.get_absolute_url()}#artikel-4",
    ]
    assert shown.select_one(".bericht b a") is None
    client.force_login(make_user("loketmedewerker"))
    staff = soup_of(client, f"/werkplek/{vraag.reference}/")
    assert staff.select(".bericht a.verwijzing")


# -- inside a regulation -----------------------------------------------------------------


@pytest.fixture
def ordinance(publish, hw):
    begrip = Node(
        Soort.BEGRIP, number="a", title="wet", text="de Huisvestingswet 2014;"
    )
    return publish(
        regulation(
            "Urgentieverordening Voorbeeldstad 2026",
            artikel("1", "In deze verordening wordt verstaan onder:", begrip),
            artikel(
                "2", "Bedoeld in artikel 3, tweede lid. Zie artikel 12 van de wet."
            ),
            artikel(
                "3",
                "",
                lid("1", "Zie artikel 9."),
                lid("2", "Zie artikel 2 van deze verordening."),
            ),
            artikel("4", "Artikel 3 komt te luiden: zie artikel 2."),
            Node(
                Soort.TOELICHTING,
                title="Toelichting",
                text="De wet zegt in artikel 3 iets.\nZie artikel 3.",
            ),
        ),
        "cvdr",
    )


def test_own_articles_those_of_the_defined_law_and_nothing_uncertain(
    client, ordinance, hw
):
    shown = soup_of(client, ordinance.get_absolute_url())
    links = [(a.get_text(), a["href"]) for a in shown.select(".regeling a.verwijzing")]
    assert links == [
        ("artikel 3, tweede lid", "#artikel-3-lid-2"),
        ("artikel 12", f"{hw.get_absolute_url()}#artikel-12"),
        ("artikel 2", "#artikel-2"),
        ("artikel 3", "#artikel-3"),
    ]


def test_an_article_tells_which_articles_and_other_regulations_cite_it(
    client, ordinance, hw
):
    shown = soup_of(client, ordinance.get_absolute_url())
    own = shown.select('section[aria-labelledby="artikel-2"] .geciteerd a')
    assert [(a.get_text(), a["href"]) for a in own] == [("Artikel 3", "#artikel-3")]
    law = soup_of(client, hw.get_absolute_url())
    other = law.select('section[aria-labelledby="artikel-12"] .geciteerd a')
    assert [(a.get_text(), a["href"]) for a in other] == [
        (f"{ordinance}: Artikel 2", f"{ordinance.get_absolute_url()}#artikel-2")
    ]


def test_a_version_that_no_longer_holds_cites_nothing(client, ordinance, hw, publish):
    publish(
        regulation(
            "Urgentieverordening Voorbeeldstad 2026",
            artikel("1", "Niets meer."),
            valid_from="2026-01-01",
        ),
        "cvdr",
    )
    assert ordinance.versies.count() == 2
    law = soup_of(client, hw.get_absolute_url())
    assert not law.select('section[aria-labelledby="artikel-12"] .geciteerd')
    then = soup_of(client, hw.get_absolute_url(), **{"geldig-op": "2020-01-01"})
    assert then.select('section[aria-labelledby="artikel-12"] .geciteerd')


def test_rows_from_before_get_their_parts_and_digests(hw):
    rows = hw.versies.get().artikelen
    before = list(rows.values_list("address", "delen", "digest"))
    rows.update(delen=[], digest="")
    services.keep_citations_of_regeling(pk=hw.pk)
    assert list(rows.values_list("address", "delen", "digest")) == before
    assert [address for _at, address in rows.get(number="12").delen] == [
        "artikel-12-lid-1",
        "artikel-12-lid-2",
    ]


def test_each_part_begins_where_it_is_said_to_begin(hw, ordinance):
    for kept in Kept.objects.all():
        for row in kept.versies.get().artikelen.all():
            for at, address in row.delen:
                number = address.rpartition("-")[2]
                assert row.text[at:].startswith(number), (address, row.text)
