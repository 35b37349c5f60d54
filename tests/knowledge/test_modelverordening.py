"""A model is written, checked and published by the editors, and read with its choices."""

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from knowledge.models import ArtikelRij, Modelverordening, Regeling, Startinhoud
from knowledge.regelingen.modellen.reading import parse
from knowledge.regelingen.selectors import models, read
from knowledge.selectors import site_root
from knowledge.starter.loading import load
from knowledge.starter.parsing import StarterModel
from tests.content import small_content

pytestmark = pytest.mark.django_db
KLEIN = Path(__file__).parent / "regelingen" / "modellen" / "klein.txt"
TEXT = KLEIN.read_text()


@pytest.fixture
def page():
    """A model that was published, dated before today."""
    made = Modelverordening(
        title="Model woonverordening",
        slug="model-woonverordening",
        inleiding="Voor kleine gemeenten.",
        tekst=TEXT.replace("datum: 2026-11-26", "datum: 2026-01-01"),
        live=False,
    )
    site_root().add_child(instance=made)
    made.save_revision().publish()
    made.refresh_from_db()
    return made


def test_publishing_makes_a_version_with_its_choices(page):
    versie = page.regeling.versies.get()

    assert page.regeling.soort == "modelverordening"
    assert versie.modeltekst == page.tekst
    assert versie.law_version.startswith("Huisvestingswet 2014")
    assert ArtikelRij.objects.filter(versie=versie).count() == 6
    assert [(r.pk, v.pk) for r, v in models()] == [(page.regeling.pk, versie.pk)]


def test_the_same_text_is_no_new_version_and_another_one_is(page):
    page.save_revision().publish()
    assert page.regeling.versies.count() == 1

    page.tekst = page.tekst.replace("acht weken", "zes weken").replace(
        "2026-01-01", "2026-02-01"
    )
    page.save_revision().publish()
    assert page.regeling.versies.count() == 2
    assert "zes weken" in models()[0][1].modeltekst


def test_taking_it_offline_hides_it_from_readers(page, client):
    page.unpublish()

    assert models() == []
    assert client.get(page.regeling.get_absolute_url()).status_code == 404


def test_a_text_with_faults_is_not_published():
    made = Modelverordening(title="Fout", slug="fout", live=False)
    made.tekst = TEXT.replace("artikel 3, eerste lid", "artikel 30, eerste lid")
    site_root().add_child(instance=made)

    with pytest.raises(ValidationError, match="Artikel 30 bestaat niet"):
        made.save_revision().publish()
    assert not Regeling.objects.exists()


def test_an_old_price_level_holds_nothing_up(page):
    page.tekst = page.tekst.replace(
        "€ [grens] (prijspeil 2026)", "€ [grens] (prijspeil 2024)"
    )

    assert "staat prijspeil 2024" in str(page.report()[0])
    assert page.missing_for_publication() == {}


class TestReading:
    def shown(self, client, page):
        response = client.get(page.regeling.get_absolute_url())
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    def test_choices_stand_where_they_are_made(self, client, page):
        shown = self.shown(client, page)
        choice = shown.select_one("#keuze-regio")

        assert "Regelt u dit alleen of samen" in choice.summary.text
        assert [dt.text for dt in choice.select("dt")] == ["Alleen", "Samen"]
        assert "Er komt een artikel over de regio." in choice.text
        following = choice.find_all_next("section", class_="artikel")
        assert following[0].h3.text == "Artikel 1 Begripsbepalingen"
        assert len(shown.select("details.keuze")) == 4

    def test_a_part_says_when_it_is_there(self, client, page):
        artikel = self.shown(client, page).find(id="artikel-2")
        told = artikel.find_parent(class_="alsdeel").select_one(".als").text

        assert told == (
            "Alleen als u kiest: Regelt u dit alleen of samen met andere gemeenten? Samen"
        )

    def test_blanks_and_what_it_is_are_marked(self, client, page):
        shown = self.shown(client, page)

        assert shown.select_one("mark.invulveld").text == "[gemeentenaam]"
        assert "Voorbeeld, geen VNG-model, geen juridisch advies." in shown.text
        assert "Voor kleine gemeenten." in shown.text

    def test_every_artikel_has_its_own_toelichting(self, client, page):
        shown = self.shown(client, page)
        section = shown.find(id="artikel-3").find_parent("section")

        assert (
            "Algemene wet bestuursrecht"
            in section.select_one("details.toelichting").text
        )
        assert len(shown.select("section.artikel details.toelichting")) == 5

    def test_the_page_of_the_model_leads_there(self, client, page):
        response = client.get(page.url)

        assert response.status_code == 302
        assert response.url == page.regeling.get_absolute_url()


class TestEditing:
    @pytest.fixture
    def editor(self, client, make_user):
        client.force_login(make_user("redacteur"))
        return client

    def data(self, page, **fields):
        return {
            "title": page.title,
            "slug": page.slug,
            "inleiding": page.inleiding,
            "tekst": page.tekst,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
            **fields,
        }

    def test_the_report_stands_at_the_text(self, editor, page):
        page.tekst = page.tekst.replace(
            "artikel 3, eerste lid", "artikel 30, eerste lid"
        )
        page.save_revision()
        shown = editor.get(f"/redactie/pages/{page.pk}/edit/").content.decode()

        assert "Artikel 30 bestaat niet." in shown
        assert "Controle van de tekst" in shown

    def test_a_text_file_takes_the_place_of_the_text(self, editor, page):
        new = page.tekst.replace("acht weken", "zes weken").encode()
        upload = SimpleUploadedFile("model.txt", b"\xef\xbb\xbf" + new)
        response = editor.post(
            f"/redactie/pages/{page.pk}/edit/", self.data(page, bestand=upload)
        )

        assert response.status_code == 302
        page.refresh_from_db()
        assert "zes weken" in page.get_latest_revision_as_object().tekst

    def test_another_file_is_refused_with_what_to_do(self, editor, page):
        upload = SimpleUploadedFile("model.docx", b"PK\x03\x04\xff\xfe\x00")
        response = editor.post(
            f"/redactie/pages/{page.pk}/edit/", self.data(page, bestand=upload)
        )

        assert "Dit is geen tekstbestand" in response.content.decode()
        assert page.get_latest_revision_as_object().tekst == page.tekst


class TestLoading:
    def content(self, text=TEXT):
        found = parse(text)
        model = StarterModel(KLEIN, text, found.model)
        return replace(small_content(), models=(model,))

    def test_a_model_of_the_starter_content_is_a_page_that_can_be_read(self):
        load(self.content())
        page = Modelverordening.objects.get()

        assert page.title == "Model woonverordening"
        assert page.live
        assert read(page.regeling.slug, page.regeling.versies.get().valid_from)
        assert load(self.content()).updated == 0

    def test_a_new_text_is_a_new_version(self):
        load(self.content())
        assert load(self.content(TEXT.replace("acht weken", "zes weken"))).updated == 1
        assert Modelverordening.objects.get().regeling.versies.count() == 2

    def test_what_an_editor_wrote_stays(self, make_user):
        load(self.content())
        page = Modelverordening.objects.get()
        page.save_revision(user=make_user("redacteur"))
        report = load(self.content(TEXT.replace("acht weken", "zes weken")))

        assert report.edited == ["modelverordening/klein"]
        assert "acht weken" in Modelverordening.objects.get().tekst

    def test_what_an_editor_took_away_stays_away(self):
        load(self.content())
        Modelverordening.objects.get().delete()
        load(self.content(TEXT.replace("acht weken", "zes weken")))

        assert not Modelverordening.objects.exists()
        assert Startinhoud.objects.filter(key="modelverordening/klein").exists()
