"""A municipality makes its own text of a model, and nothing it did is lost."""

import io
import re

import docx
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from core import toegang
from core.models import Contact, Gemeente
from core.person import Person
from knowledge.concepten import selectors, services
from knowledge.concepten.selectors import Stand
from knowledge.models import (
    ConceptVerordening,
    ConceptWijziging,
    GemaakteKeuzes,
    Regeling,
)
from knowledge.regelingen import gemaakte_keuzes
from knowledge.regelingen.selectors import models
from tests.knowledge.test_modelverordening import page  # noqa: F401

pytestmark = pytest.mark.django_db
ALL = {"gemeentenaam": "Dorp", "regio": "alleen", "rugzakje": "nee", "grens": "900"}
NOBODY = Person()


@pytest.fixture
def concept(page):  # noqa: F811
    regeling, versie = models()[0]
    return services.begin(person=NOBODY, regeling=regeling, versie=versie)


def person(email="annemiek@meppel.example", gemeente=""):
    contact, _made = Contact.objects.get_or_create(email=email)
    contact.confirmed_at = contact.created_at
    contact.save()
    if gemeente:
        Gemeente.objects.filter(code=gemeente).update(
            mail_domains=[email.partition("@")[2]], mail_domains_bron="proef"
        )
    return Person(contact=contact)


def login(client, who):
    session = client.session
    session[toegang.CONTACT_SESSION_KEY] = who.contact.pk
    session.save()


def step(concept, number=1):
    return reverse("knowledge:concept_stap", args=[concept.key, number])


def at(name, concept, *more):
    return reverse(f"knowledge:{name}", args=[concept.key, *more])


def soup(response, status=200):
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def give(concept, answers=ALL, who=NOBODY):
    services.answer(person=who, concept=concept, answers=answers)
    concept.refresh_from_db()


class TestConversation:
    def test_anybody_begins_from_the_page_of_a_model(self, client, page):  # noqa: F811
        shown = soup(client.get(page.regeling.get_absolute_url()))
        form = shown.find("form", action=reverse("knowledge:concept_begin"))
        response = client.post(
            form["action"], {"model": form.find("input", {"name": "model"})["value"]}
        )

        concept = ConceptVerordening.objects.get()
        assert response.url == step(concept)
        assert len(concept.key) >= 30
        assert concept.contact is None

    def test_a_step_has_its_questions_with_consequences_and_the_text(
        self, client, concept
    ):
        shown = soup(client.get(step(concept)))

        assert [b["id"] for b in shown.select(".vraagblok")] == [
            "vraag-gemeentenaam",
            "vraag-regio",
        ]
        regio = shown.find(id="vraag-regio")
        assert "Er komt geen artikel over de regio." in regio.text
        assert "Artikel 2 Regio" in regio.text
        for block in shown.select(".vraagblok"):
            places = [int(n) for n in re.findall(r"Artikel (\d+)", block.text)]
            assert places == sorted(places)
        assert "0 van 4 keuzes" in shown.select_one("#meelezen").text
        assert "Artikel 1 Begripsbepalingen" in shown.select_one("#meelezen").text

    def test_sending_a_step_keeps_it_and_goes_on(self, client, concept):
        response = client.post(
            step(concept), {"k-gemeentenaam": " Dorp ", "k-regio": "alleen"}
        )

        assert response.url == step(concept, 2)
        concept.refresh_from_db()
        assert concept.answers == {"gemeentenaam": "Dorp", "regio": "alleen"}
        shown = soup(client.get(step(concept)))
        assert "2 van 4 keuzes" in shown.select_one("#meelezen").text
        assert shown.select_one("input[value=alleen]").has_attr("checked")

    @pytest.mark.parametrize(
        ("goal", "name"), [("stop", "concept"), ("terug", "concept_stap")]
    )
    def test_stopping_and_going_back_keep_it_too(self, client, concept, goal, name):
        response = client.post(step(concept, 3), {"k-grens": "1.250", "naar": goal})

        assert response.url == at(name, concept, *([2] if goal == "terug" else []))
        concept.refresh_from_db()
        assert concept.answers == {"grens": "1250"}
        assert "€ 1.250 (prijspeil" in str(Stand(concept).draft.regeling)

    def test_what_is_wrong_is_told_and_the_rest_is_kept(self, client, concept):
        shown = soup(
            client.post(step(concept, 3), {"k-grens": "veel", "k-rugzakje": "ja"}), 422
        )

        assert "Vul een bedrag in, zoals 950 of 950,50." in shown.text
        assert shown.find("input", {"name": "k-grens"})["value"] == "veel"
        concept.refresh_from_db()
        assert concept.answers == {"rugzakje": "ja"}

    def test_brackets_are_not_taken(self, client, concept):
        shown = soup(client.post(step(concept), {"k-gemeentenaam": "[naam]"}), 422)

        assert "Laat de haakjes [ en ] weg." in shown.text

    def test_a_step_without_questions_says_so(self, client, concept):
        assert "niets te kiezen" in soup(client.get(step(concept, 4))).text
        assert client.get(step(concept, 5)).status_code == 404

    def test_while_choosing_the_text_grows_along(self, client, concept):
        response = client.post(
            step(concept),
            {"k-gemeentenaam": "Dorp", "k-regio": "alleen"},
            headers={"HX-Request": "true"},
        )
        shown = soup(response)

        assert shown.find("html") is None
        assert "het college van Dorp." in shown.text
        assert "2 van 4 keuzes" in shown.text
        concept.refresh_from_db()
        assert concept.answers["regio"] == "alleen"

    def test_an_answer_that_asks_more_stays_on_the_step(self, client, page):  # noqa: F811
        page.tekst = page.tekst.replace(
            "2. Het overleg gaat", "2. Het overleg in [regionaam] gaat"
        ).replace(
            "# Hoofdstuk 1",
            "[keuze regionaam]\nsoort: invulveld\nstap: reikwijdte\n"
            "vraag: Hoe heet de regio?\n[/keuze]\n\n# Hoofdstuk 1",
            1,
        ).replace("standaard: samen\n", "standaard: alleen\n")  # fmt: skip
        page.save_revision().publish()
        regeling, versie = models()[0]
        concept = services.begin(person=NOBODY, regeling=regeling, versie=versie)
        response = client.post(
            step(concept), {"k-gemeentenaam": "Dorp", "k-regio": "samen"}
        )

        assert response.url == step(concept) + "#vraag-regionaam"
        assert "vragen bij gekomen" in soup(client.get(response.url)).text


class TestNothingIsLost:
    def test_a_draft_goes_on_when_its_model_is_withdrawn_or_deleted(
        self,
        client,
        concept,
        page,  # noqa: F811
    ):
        give(concept)
        page.unpublish()
        page.regeling.delete()
        page.delete()
        concept.refresh_from_db()

        assert concept.model is None
        assert client.get(concept.get_absolute_url()).status_code == 200
        assert client.get(step(concept)).status_code == 200
        assert client.get(at("concept_bestand", concept, "docx")).status_code == 200

    def test_what_is_sent_after_the_login_ran_out_stands_in_the_form_again(
        self, client, concept, outbox
    ):
        owner = person()
        services.keep(person=owner, concept=concept)
        address = step(concept)
        sent = {"k-gemeentenaam": "Lang getypt", "naar": "verder"}
        shown = soup(client.post(address, sent), 403)
        assert "Wat u net invulde" in shown.text

        client.post(at("concept_link", concept))
        outbox()
        token = re.search(r"/loket/inloggen/(\S+)/", mail.outbox[0].body)[1]
        response = client.post(reverse("core:login_token", args=[token]))
        assert response.url == concept.get_absolute_url()
        again = soup(client.get(address))
        field = again.find("input", {"name": "k-gemeentenaam"})
        assert field["value"] == "Lang getypt"
        assert "Wat u invulde staat er nog" in again.text

    def test_own_words_survive_a_login_that_ran_out(self, client, concept):
        owner = person()
        services.keep(person=owner, concept=concept)
        address = at("concept_artikel", concept, "artikel-6")
        client.post(address, {"title": "Slot", "text": "1. Een.\n2. Twee.", "note": ""})
        login(client, owner)

        shown = soup(client.get(address))
        assert (
            shown.find("textarea", {"name": "text"}).text.strip() == "1. Een.\n2. Twee."
        )

    def test_two_tabs_do_not_undo_one_another(self, concept):
        stale = ConceptVerordening.objects.get(pk=concept.pk)
        give(concept, {"gemeentenaam": "Dorp"})
        services.answer(person=NOBODY, concept=stale, answers={"regio": "samen"})
        concept.refresh_from_db()

        assert concept.answers == {"gemeentenaam": "Dorp", "regio": "samen"}


class TestArticles:
    def test_an_artikel_is_left_out_and_put_back(self, client, concept):
        give(concept, {**ALL, "regio": "samen"})
        act = at("concept_besluit", concept, "artikel-2")
        client.post(act, {"besluit": "weg"})
        shown = soup(client.get(at("concept_artikelen", concept)))
        assert "weggelaten" in shown.find(id="rij-artikel-2").text
        assert "Artikel 2 Aanvraag" in shown.find(id="rij-artikel-3").text

        client.post(act, {"besluit": "terug"})
        shown = soup(client.get(at("concept_artikelen", concept)))
        assert "Artikel 2 Regio" in shown.find(id="rij-artikel-2").text

    def test_own_words_begin_with_what_stands_there(self, client, concept):
        give(concept)
        address = at("concept_artikel", concept, "artikel-5")
        form = soup(client.get(address))
        text = form.find("textarea", {"name": "text"}).text.strip()
        assert text.startswith("1. Het college weigert")
        assert "   a. de huur hoger is dan € 900" in text

        client.post(
            address,
            {
                "title": "Weigeren",
                "text": "1. Nee.\n2. Zie artikel 3. En artikel 12 van de Woningwet.",
                "note": "Omdat.",
            },
        )
        concept.refresh_from_db()
        # The draft says artikel 3; that is artikel 4 of the model.
        assert (
            "Zie artikel 4. En artikel 12" in concept.edits["own"]["artikel-5"]["text"]
        )
        assert "Zie artikel 3. En artikel 12" in str(Stand(concept).draft.regeling)
        give(concept, {"regio": "samen"})
        assert "Zie artikel 4. En artikel 12" in str(Stand(concept).draft.regeling)

    def test_the_model_can_be_taken_again(self, client, concept):
        address = at("concept_artikel", concept, "artikel-6")
        client.post(address, {"title": "Slot", "text": "Anders.", "note": ""})
        client.post(at("concept_besluit", concept, "artikel-6"), {"besluit": "model"})
        concept.refresh_from_db()

        assert concept.edits["own"] == {}

    def test_an_artikel_is_added_changed_and_taken_away(self, client, concept):
        give(concept)
        add = at("concept_eigen_artikel", concept)
        client.post(
            add, {"after": "artikel-3", "title": "Loket", "text": "Zie artikel 1.", "note": ""}
        )  # fmt: skip
        shown = soup(client.get(at("concept_artikelen", concept)))
        assert "Artikel 3 Loket" in shown.find(id="rij-eigen-1").text

        client.post(
            at("concept_artikel", concept, "eigen-1"),
            {"title": "Balie", "text": "Zie artikel 4.", "note": ""},
        )
        concept.refresh_from_db()
        assert "Artikel 3 Balie" in soup(client.get(concept.get_absolute_url())).text
        client.post(at("concept_besluit", concept, "eigen-1"), {"besluit": "weg"})
        concept.refresh_from_db()
        assert concept.edits["added"] == []

    def test_an_artikel_without_words_is_refused(self, client, concept):
        shown = soup(
            client.post(
                at("concept_eigen_artikel", concept),
                {"after": "artikel-3", "title": "", "text": "  ", "note": "Blijft."},
            ),
            422,
        )

        assert (
            "Geef het artikel een titel" in shown.text
            or "Vul dit veld in" in shown.text
        )
        assert shown.find("textarea", {"name": "note"}).text.strip() == "Blijft."

    def test_an_unknown_artikel_is_not_found(self, client, concept):
        assert (
            client.get(at("concept_artikel", concept, "artikel-99")).status_code == 404
        )
        response = client.post(
            at("concept_besluit", concept, "artikel-99"), {"besluit": "weg"}
        )
        assert response.status_code == 302
        concept.refresh_from_db()
        assert concept.edits == {}


class TestKeeping:
    def test_a_link_in_a_mail_keeps_it_and_leads_back(self, client, concept, outbox):
        give(concept)
        client.post(at("concept_bewaren", concept), {"email": "Nieuw@Meppel.example"})
        outbox()
        body = mail.outbox[0].body
        assert concept.get_absolute_url() in body
        token = re.search(r"/loket/inloggen/(\S+)/", body)[1]

        later = client.__class__()  # on another device
        response = later.post(reverse("core:login_token", args=[token]))
        assert response.url == concept.get_absolute_url()
        concept.refresh_from_db()
        assert concept.contact.email == "nieuw@meppel.example"
        mine = soup(later.get(reverse("loket:my_questions")))
        assert mine.find("a", href=concept.get_absolute_url())
        assert client.get(concept.get_absolute_url()).status_code == 403

    def test_an_expired_link_loses_nothing_and_a_new_one_works(
        self, client, concept, outbox
    ):
        client.post(at("concept_bewaren", concept), {"email": "a@meppel.example"})
        outbox()
        token = re.search(r"/loket/inloggen/(\S+)/", mail.outbox[0].body)[1]
        with time_machine.travel("2030-01-01"):
            response = client.post(reverse("core:login_token", args=[token]))
            assert response.status_code == 410
            assert client.get(concept.get_absolute_url()).status_code == 200

    def test_a_link_for_one_draft_never_takes_that_of_another(self, concept, page):  # noqa: F811
        services.keep(person=person(), concept=concept)
        other = person("ander@zwolle.example")

        assert services.opened_by_link(concept.object_key, other.contact) is None
        concept.refresh_from_db()
        assert concept.contact.email == "annemiek@meppel.example"

    def test_who_is_logged_in_keeps_it_at_once(self, client, concept):
        login(client, person())
        client.post(at("concept_bewaren", concept))
        concept.refresh_from_db()

        assert concept.contact.email == "annemiek@meppel.example"

    def test_others_cannot_open_change_or_take_it(self, client, concept):
        give(concept)
        services.keep(person=person(), concept=concept)
        login(client, person("ander@zwolle.example"))

        for name, more in [
            ("concept", ()),
            ("concept_stap", (1,)),
            ("concept_artikelen", ()),
            ("concept_bestand", ("docx",)),
            ("concept_artikel_html", ("artikel-1",)),
            ("concept_model", ()),
            ("concept_weggooien", ()),
        ]:
            shown = client.get(at(name, concept, *more))
            assert shown.status_code == 403, name
            assert "Dorp" not in shown.content.decode(), name
        for name in ("concept_delen", "concept_kopie", "concept_weggooien"):
            assert client.post(at(name, concept)).status_code == 403, name
        assert ConceptVerordening.objects.count() == 1

    def test_pages_of_a_draft_are_not_indexed_or_stored(self, client, concept):
        response = client.get(concept.get_absolute_url())

        assert response["X-Robots-Tag"] == "noindex"
        assert "no-store" in response["Cache-Control"]

    def test_it_is_thrown_away_and_forgotten(self, client, concept, page):  # noqa: F811
        client.post(at("concept_weggooien", concept))
        assert not ConceptVerordening.objects.exists()

        regeling, versie = models()[0]
        services.begin(person=person(), regeling=regeling, versie=versie)
        assert services.forget("ANNEMIEK@meppel.example") == {"concepten": 1}
        assert not ConceptVerordening.objects.exists()


class TestSharing:
    def test_colleagues_of_the_proven_gemeente_read_and_copy_it(self, client, concept):
        give(concept)
        owner = person(gemeente="GM0119")
        services.keep(person=owner, concept=concept)
        login(client, owner)
        client.post(at("concept_delen", concept), {"delen": "ja"})
        concept.refresh_from_db()
        assert concept.gedeeld_met.code == "GM0119"

        colleague = person("karim@meppel.example")
        other = client.__class__()
        login(other, colleague)
        shown = soup(other.get(concept.get_absolute_url()))
        assert "U leest een concept van een collega" in shown.text
        assert other.get(step(concept)).status_code == 403
        assert soup(other.get(reverse("loket:my_questions"))).find(
            "a", href=concept.get_absolute_url()
        )
        response = other.post(at("concept_kopie", concept))
        copied = ConceptVerordening.objects.get(contact=colleague.contact)
        assert response.url == copied.get_absolute_url()
        assert copied.answers == concept.answers
        assert copied.gedeeld_met is None

        client.post(at("concept_delen", concept), {"delen": "nee"})
        assert other.get(concept.get_absolute_url()).status_code == 403

    def test_without_a_proven_gemeente_it_says_what_is_needed(self, client, concept):
        owner = person("iemand@nergens.example")
        services.keep(person=owner, concept=concept)
        login(client, owner)
        response = client.post(
            at("concept_delen", concept), {"delen": "ja"}, follow=True
        )

        assert "Wij weten niet bij welke gemeente" in response.content.decode()
        concept.refresh_from_db()
        assert concept.gedeeld_met is None

    def shared(self, page, codes, regio):  # noqa: F811
        for code in codes:
            made = services.begin(
                person=NOBODY, regeling=page.regeling, versie=models()[0][1]
            )
            made.answers = {"regio": regio}
            made.gedeeld_met = Gemeente.objects.get(code=code)
            made.save()

    def test_what_others_chose_is_counted_per_gemeente_from_three_on(
        self,
        client,
        concept,
        page,  # noqa: F811
    ):
        self.shared(page, ["GM0119", "GM0119", "GM0193"], "samen")
        assert selectors.chosen_by_others(concept) == {}

        self.shared(page, ["GM0014"], "samen")
        self.shared(page, ["GM0034", "GM0037"], "alleen")
        assert selectors.chosen_by_others(concept) == {"regio": {"samen": 3}}
        shown = soup(client.get(step(concept))).find(id="vraag-regio").text
        assert (
            "3 gemeenten kozen dit, in hun verordening of in een gedeeld concept."
            in shown
        )
        assert shown.count("kozen dit") == 1

    def test_only_gemeenten_of_about_the_same_size_are_counted(self, concept, page):  # noqa: F811
        size = {"inwoners_jaar": 2026, "inwoners_bron": "proef"}
        Gemeente.objects.filter(code="GM0014").update(inwoners=240_000, **size)
        small = ["GM0119", "GM0193", "GM0034", "GM0037"]
        Gemeente.objects.filter(code__in=small).update(inwoners=30_000, **size)
        self.shared(page, ["GM0014", "GM0193", "GM0034"], "samen")
        owner = person(gemeente="GM0119")
        services.keep(person=owner, concept=concept)
        concept.refresh_from_db()

        assert selectors.chosen_by_others(concept) == {}
        self.shared(page, ["GM0037"], "samen")
        assert selectors.chosen_by_others(concept) == {"regio": {"samen": 3}}


class TestRecordedByEditors:
    """Choices of ordinances that editors read, beside those of shared drafts."""

    @pytest.fixture
    def editor(self, make_user):
        return make_user("redacteur", name="Bart")

    def ordinance(self, code, public=True):
        regeling = Regeling.objects.create(
            slug=f"verordening-{code.lower()}",
            soort="verordening",
            title=f"Verordening {code}",
            gemeente=Gemeente.objects.get(code=code),
        )
        regeling.versies.create(
            fetched_on="2026-11-26",
            boom={},
            digest=code,
            published_at=timezone.now() if public else None,
        )
        return regeling

    def record(self, editor, page, code, regio, **more):  # noqa: F811
        gemaakte_keuzes.record(
            user=editor,
            regeling=self.ordinance(code, **more),
            model=page.regeling,
            answers={"regio": regio, "rugzakje": ""},
        )

    def test_ordinances_and_shared_drafts_count_together_once_per_gemeente(
        self,
        editor,
        concept,
        page,  # noqa: F811
    ):
        TestSharing.shared(self, page, ["GM0119"], "samen")
        self.record(editor, page, "GM0193", "samen")
        self.record(editor, page, "GM0034", "samen", public=False)
        assert selectors.chosen_by_others(concept) == {}

        self.record(editor, page, "GM0014", "samen")
        assert selectors.chosen_by_others(concept) == {"regio": {"samen": 3}}

        # What a gemeente adopted goes before what it once drafted.
        self.record(editor, page, "GM0119", "alleen")
        assert selectors.chosen_by_others(concept) == {}

    def test_only_editors_record_and_only_what_the_model_has(
        self,
        editor,
        make_user,
        page,  # noqa: F811
    ):
        regeling = self.ordinance("GM0119")
        given = {"regeling": regeling, "model": page.regeling}
        with pytest.raises(PermissionDenied):
            gemaakte_keuzes.record(
                user=make_user("deskundige"), answers={"regio": "samen"}, **given
            )
        for wrong in ({"regio": "bestaat-niet"}, {"gemeentenaam": "Meppel"}):
            with pytest.raises(ValidationError):
                gemaakte_keuzes.record(user=editor, answers=wrong, **given)
        regeling.gemeente = None
        with pytest.raises(ValidationError):
            gemaakte_keuzes.record(user=editor, answers={"regio": "samen"}, **given)
        assert not GemaakteKeuzes.objects.exists()

    def test_an_editor_fills_in_a_form_and_can_empty_it(self, client, editor, page):  # noqa: F811
        client.force_login(editor)
        regeling = self.ordinance("GM0119")
        link = reverse("regelingen_choices", args=[regeling.pk])
        assert soup(
            client.get(reverse("regelingen_list:edit", args=[regeling.pk]))
        ).find("a", href=link)
        form = soup(client.get(link)).find("select", {"name": "regio"})
        assert [o["value"] for o in form.find_all("option")] == ["", "alleen", "samen"]

        assert client.post(link, {"regio": "samen"}).status_code == 302
        row = GemaakteKeuzes.objects.get()
        assert (row.answers, row.recorded_by) == ({"regio": "samen"}, editor)
        shown = soup(client.get(link)).select_one("select[name=regio] option[selected]")
        assert shown["value"] == "samen"
        assert client.post(link, {"regio": "onzin"}).status_code == 422
        client.post(link, {"regio": ""})
        assert not GemaakteKeuzes.objects.exists()


class TestChecklist:
    def test_a_draft_is_checked_against_the_dated_list(
        self, client, concept, django_assert_max_num_queries
    ):
        give(concept)
        start = soup(client.get(concept.get_absolute_url()))
        link = start.find("a", href=at("concept_categorieen", concept))
        assert link.text == "Controleer de verplichte categorieën"
        assert "lijst van 22 november 2026" in link.parent.text

        with django_assert_max_num_queries(12):
            shown = soup(client.get(link["href"]))
        rows = shown.select("li[id^=groep-]")
        assert len(rows) == 11
        assert "De lijst is van 22 november 2026." in shown.get_text()
        for row in rows:
            to = row.select_one("p a[href*='#artikel']")
            if to:
                address = to["href"].removeprefix(concept.get_absolute_url())
                assert start.select_one(address.replace(":", "\\:"))

    def test_only_who_may_read_the_draft_sees_it(self, client, concept):
        services.keep(person=person(), concept=concept)
        assert client.get(at("concept_categorieen", concept)).status_code == 403


class TestQueries:
    @pytest.mark.parametrize(
        ("name", "more", "most"),
        [
            ("concept", (), 16),
            ("concept_stap", (1,), 14),
            ("concept_artikelen", (), 12),
            ("concept_bestand", ("docx",), 8),
            ("concept_bestand", ("odt",), 8),
        ],
    )
    def test_a_page_of_a_draft_costs_a_fixed_number_of_queries(
        self, client, concept, django_assert_max_num_queries, name, more, most
    ):
        give(concept)
        client.get(at(name, concept, *more))
        with django_assert_max_num_queries(most):
            assert client.get(at(name, concept, *more)).status_code == 200
        for _ in range(15):
            ConceptWijziging.objects.create(
                concept=concept, soort="keuzes", note="Keuze gemaakt."
            )
        with django_assert_max_num_queries(most):
            assert client.get(at(name, concept, *more)).status_code == 200


class TestFiles:
    @pytest.mark.parametrize("form", ["docx", "odt", "html"])
    def test_a_draft_that_is_not_ready_is_a_concept(self, client, concept, form):
        response = client.get(at("concept_bestand", concept, form))

        assert "concept-" in response["Content-Disposition"]
        assert response["Content-Disposition"].endswith(f'.{form}"')
        assert len(response.content) > 1000

    def test_open_points_come_first(self, client, concept):
        response = client.get(at("concept_bestand", concept, "docx"))
        lines = [p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs]

        first = lines.index("Open punten")
        assert lines[first + 1] == "Hoe heet uw gemeente?"
        assert first < lines.index("Algemene bepalingen")
        assert "Voorbeeld, geen VNG-model, geen juridisch advies." in lines

    def test_a_whole_text_has_no_brackets_and_no_open_points(self, client, concept):
        give(concept)
        response = client.get(at("concept_bestand", concept, "docx"))
        text = "\n".join(
            p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs
        )

        assert response["Content-Disposition"] == (
            'attachment; filename="woonverordening-dorp.docx"'
        )
        assert "Open punten" not in text
        assert "[" not in text

    def test_one_artikel_as_html(self, client, concept):
        response = client.get(at("concept_artikel_html", concept, "artikel-3"))

        assert response.content.decode().count("<section") == 1
        assert client.get(at("concept_artikel_html", concept, "x")).status_code == 404
        assert client.get(at("concept_bestand", concept, "exe")).status_code == 404


class TestNewModel:
    @pytest.fixture
    def newer(self, page):  # noqa: F811
        page.tekst = (
            page.tekst.replace("acht weken", "zes weken")
            .replace("2026-01-01", "2026-06-01")
            .replace("1 januari 2027", "1 juli 2027")
        )
        page.save_revision().publish()
        return models()[0][1]

    def test_the_draft_says_that_there_is_a_new_text(self, client, concept, newer):
        shown = soup(client.get(concept.get_absolute_url()))

        assert shown.find("a", href=at("concept_model", concept))

    def test_three_texts_stand_side_by_side_for_what_touches_it(
        self, client, concept, newer
    ):
        client.post(
            at("concept_artikel", concept, "artikel-4"),
            {"title": "Termijn", "text": "Binnen tien weken.", "note": ""},
        )
        shown = soup(client.get(at("concept_model", concept)))
        sections = shown.select("section.artikel")

        assert [s.h2.text.split("  ")[0].strip() for s in sections] == [
            "Termijn gewijzigd",
            "Inwerkingtreding gewijzigd",
        ]
        columns = [div.text for div in sections[0].select(".drie > div")]
        assert "acht weken" in columns[0]
        assert "zes weken" in columns[1]
        marks = sections[0].select(".drie > div")
        assert not marks[0].select("ins, del")
        assert [d.text for d in marks[1].select("del")] == ["vervallen: acht"]
        assert [i.text for i in marks[1].select("ins")] == ["toegevoegd: zes"]
        assert "tien" in marks[2].ins.text
        assert sections[0].find("input", value="nee").has_attr("checked")
        assert sections[1].find("input", value="ja").has_attr("checked")

    def test_each_is_taken_over_or_refused_and_history_is_kept(
        self, client, concept, newer
    ):
        give(concept)
        client.post(
            at("concept_model", concept),
            {
                "versie": newer.pk,
                "besluit-artikel-4": "ja",
                "besluit-artikel-6": "nee",
            },
        )
        concept.refresh_from_db()
        text = str(Stand(concept).draft.regeling)

        assert "zes weken" in text
        assert "1 januari 2027" in text
        assert concept.versie == newer
        assert Stand(concept).draft.complete
        kept = concept.wijzigingen.first()
        assert "acht weken" in kept.before["modeltekst"]
        assert kept.before["accepted"] == ["artikel-4"]
        assert selectors.newer_version(concept) is None
        again = client.get(at("concept_model", concept))
        assert again.url == concept.get_absolute_url()

    def test_a_model_that_changed_meanwhile_is_looked_at_again(
        self, client, concept, newer
    ):
        shown = soup(client.post(at("concept_model", concept), {"versie": "0"}))

        assert "intussen nog eens veranderd" in shown.text
        concept.refresh_from_db()
        assert "acht weken" in concept.modeltekst
