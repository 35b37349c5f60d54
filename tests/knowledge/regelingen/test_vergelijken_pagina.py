"""A visitor compares: what she hands in, what she reads, and that it is hers alone."""

from __future__ import annotations

import datetime
import io
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import docx
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import settings as project
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from knowledge import tasks
from knowledge.models import Regeling as Kept
from knowledge.models import VergelekenTekst, Vergelijking
from knowledge.regelingen import apart, files
from knowledge.regelingen.services import store
from knowledge.regelingen.tree import Node, Soort, artikelen
from search import services
from search.documents import SearchQuery
from tests.knowledge.regelingen import eigen_tekst
from tests.knowledge.regelingen.pairs import layout, writing
from tests.knowledge.regelingen.xml_files import FILES

FORM = "/verordeningen/vergelijken/"
PASTED = """Urgentieverordening Meppel 2027

Artikel 1 Aanvraag
1. Een woningzoekende vraagt urgentie aan bij het college.
2. Het college beslist binnen zes weken.

Artikel 2 Zeer bijzonder woord
Kwartelkoning komt in geen andere tekst voor.
"""


def read(name: str):
    return files.read((FILES / name).read_bytes(), name)


@pytest.fixture
def stad(db):
    store(imported=read("voorbeeldstad_leden.xml"), publish=True)
    return Kept.objects.get(identifier="CVDR999001")


@pytest.fixture
def dorp(db):
    store(imported=read("voorbeelddorp_lijsten.xml"), publish=True)
    return Kept.objects.get(identifier="CVDR999002")


def pk(regeling: Kept) -> str:
    return str(regeling.versies.get().pk)


def upload(data: bytes, name: str = "onze verordening.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def own_docx() -> SimpleUploadedFile:
    return upload(eigen_tekst.own_docx())


def send(client, **fields):
    """The form with its fields as 'een_bestand', 'twee_plak', …"""
    places = {"een": "1", "twee": "2", "drie": "3", "vier": "4"}
    data = {}
    for name, value in fields.items():
        place, _, field = name.partition("_")
        data[f"tekst{places[place]}-{field}"] = value
    return client.post(FORM, data)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def compared(client, stad) -> str:
    response = send(client, een_regeling=pk(stad), twee_bestand=own_docx())
    assert response.status_code == 302, soup(response).select(".melding")
    return response["Location"]


class TestHandingIn:
    def test_from_the_list_and_from_the_page_the_regulation_is_chosen(
        self, client, stad
    ):
        for page in (reverse("knowledge:regelingen"), stad.get_absolute_url()):
            link = soup(client.get(page)).select_one(f'a[href^="{FORM}?met="]')
            form = soup(client.get(link["href"]))
            chosen = form.select_one("#id_tekst1-regeling option[selected]")
            assert chosen["value"] == pk(stad)

    def test_a_word_file_beside_a_regulation(self, client, stad):
        page = soup(client.get(compared(client, stad)))
        assert page.h1.get_text() == (
            "Huisvestingsverordening Voorbeeldstad 2026 naast Huisvestingsverordening Meppel 2027"
        )
        assert "gelijk" in page.select_one("h1 + p").get_text()
        changed = page.find(id=re.compile("rij"), string=re.compile("2:2")) or next(h for h in page.select("h3") if "2:2" in h.get_text())  # fmt: skip
        section = changed.find_parent("section")
        assert section.select_one("del").get_text() == "vervallen: acht"
        assert section.select_one("ins").get_text() == "toegevoegd: zes"

    def test_an_xml_file_and_pasted_words_beside_each_other(self, client, db):
        data = (FILES / "voorbeelddorp_lijsten.xml").read_bytes()
        response = send(client, een_bestand=upload(data, "dorp.xml"), twee_plak=PASTED)
        page = soup(client.get(response["Location"]))
        assert "naast Urgentieverordening Meppel 2027" in page.h1.get_text()
        assert "Kwartelkoning" in page.get_text()

    def test_regulations_of_this_site_have_an_address_that_keeps_nothing(
        self, client, stad, dorp
    ):
        response = send(client, een_regeling=pk(stad), twee_regeling=pk(dorp))
        found = urlsplit(response["Location"])
        assert parse_qs(found.query)["tekst"] == [pk(stad), pk(dorp)]
        assert not Vergelijking.objects.exists()
        assert "naast Urgentieverordening Voorbeelddorp" in client.get(response["Location"]).content.decode()  # fmt: skip

    def test_up_to_four_texts_side_by_side(self, client, stad, dorp):
        response = send(client, een_regeling=pk(stad), twee_bestand=own_docx(), drie_regeling=pk(dorp), vier_plak=PASTED)  # fmt: skip
        page = soup(client.get(response["Location"]))
        assert all(len(row.find_all("div", recursive=False)) == 4 for row in page.select(".naast"))  # fmt: skip
        assert page.select_one(".naast.vier")
        assert len(page.select("h1 ~ ul > li")[:3]) == 3
        assert "Zet er een tekst naast" not in page.get_text()
        on_page = {h.get_text() for h in page.select("h4")}
        assert len(on_page) == 4

    def test_two_versions_of_one_regulation(self, client, stad):
        text = read("voorbeeldstad_leden.xml")
        later = layout.words(replace(text.regeling, version="9", valid_from="2030-01-01"), lambda words: words.replace("acht weken", "tien weken"))  # fmt: skip
        store(imported=replace(text, regeling=later), publish=True)
        page = soup(client.get(stad.get_absolute_url()))
        link = page.find("a", string="Vergelijk met de versie ervoor")
        shown = soup(client.get(link["href"]))
        assert "(vanaf 1 januari 2030)" in shown.h1.get_text()
        assert shown.select_one("section ins").get_text() == "toegevoegd: tien"

    def test_one_more_text_beside_a_comparison_that_is_there(self, client, stad, dorp):
        address = compared(client, stad)
        more = soup(client.get(address)).find("a", string="Zet er een tekst naast")
        form = soup(client.get(more["href"])).select_one("main form")
        assert "Bewaard: Huisvestingsverordening Meppel 2027" in form.get_text()
        response = client.post(form["action"], {"tekst3-regeling": pk(dorp)})
        assert response["Location"] == address
        assert len(soup(client.get(address)).select_one(".naast").select("h4")) == 3

    def test_nothing_chosen_is_asked_at_each_field(self, client, db):
        response = send(client)
        assert response.status_code == 422
        page = soup(response)
        for name in ("tekst1-regeling", "tekst2-bestand"):
            field = page.find(id=f"id_{name}")
            assert field["aria-invalid"] == "true"
            assert "Kies een regeling" in page.find(id=field["aria-describedby"]).get_text()  # fmt: skip
        links = [a["href"] for a in page.select("[data-foutmelding] a")]
        assert links == ["#id_tekst1-regeling", "#id_tekst2-bestand"]

    def test_two_ways_at_once_is_said_and_nothing_typed_is_lost(self, client, stad):
        response = send(client, een_regeling=pk(stad), twee_plak=PASTED, twee_bestand=own_docx())  # fmt: skip
        assert response.status_code == 422
        page = soup(response)
        assert "Kies één manier" in page.find(id="id_tekst2-plak_error").get_text()
        assert PASTED.strip() in page.find(id="id_tekst2-plak").get_text()
        chosen = page.select_one("#id_tekst1-regeling option[selected]")
        assert chosen["value"] == pk(stad)


BAD = {
    "pdf": (b"%PDF-1.7 ...", "verordening.docx", "Dit is een PDF"),
    "doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "verordening.docx", "oud Word-bestand"),
    "rtf": (b"{\\rtf1 tekst}", "verordening.docx", "RTF"),
    "odt": (None, "verordening.odt", "OpenDocument"),
    "plaatje": (b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "foto.xml", "geen XML en geen DOCX"),
    "kapot": (b"PK\x03\x04" + b"x" * 300, "verordening.docx", "beschadigd"),
    "andere xml": (b"<recept><stap>Roer</stap></recept>", "a.xml", ""),
    "entiteiten": (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "a.xml", ""),
}  # fmt: skip


class TestBadFiles:
    @pytest.mark.parametrize("kind", BAD)
    def test_is_refused_at_the_field_and_costs_nothing(self, client, stad, kind):
        data, name, said = BAD[kind]
        if data is None:
            import odfdo

            stream = io.BytesIO()
            odfdo.Document("text").save(stream)
            data = stream.getvalue()
        response = send(client, een_plak=PASTED, twee_bestand=upload(data, name))
        assert response.status_code == 422
        page = soup(response)
        message = page.find(id="id_tekst2-bestand_error").get_text()
        assert said in message
        assert len(message) > 20
        if kind in ("pdf", "doc", "rtf", "odt"):
            assert "Opslaan als" in message
            assert "DOCX" in message
        assert "root:" not in response.content.decode()
        assert PASTED.strip() in page.find(id="id_tekst1-plak").get_text()

    def test_what_could_be_read_is_kept_and_not_asked_again(self, client, db):
        bad = upload(b"%PDF-1.7", "a.pdf")
        response = send(client, een_bestand=own_docx(), twee_bestand=bad)
        form = soup(response).select_one("main form")
        assert "Bewaard: Huisvestingsverordening Meppel 2027" in form.get_text()
        again = client.post(form["action"], {"tekst2-plak": PASTED})
        assert again.status_code == 302
        names = [str(t) for t in VergelekenTekst.objects.all()]
        assert names == ["Huisvestingsverordening Meppel 2027", "Urgentieverordening Meppel 2027"]  # fmt: skip

    def test_too_large_too_many_and_too_long_say_the_limit(
        self, client, stad, monkeypatch
    ):
        for module in ("knowledge.forms", "knowledge.regelingen.limits"):
            monkeypatch.setattr(f"{module}.MAX_BYTES", 1024)
        response = send(client, een_regeling=pk(stad), twee_bestand=own_docx())
        assert "de grens is" in soup(response).find(id="id_tekst2-bestand_error").get_text()  # fmt: skip
        many = "\n".join(f"Artikel {n}\nHet college beslist." for n in range(1, 700))
        response = send(client, een_regeling=pk(stad), twee_plak=many)
        assert "699 artikelen" in soup(response).find(id="id_tekst2-plak_error").get_text()  # fmt: skip
        response = send(client, een_regeling=pk(stad), twee_plak="a " * 600_000)
        assert "tekens" in soup(response).find(id="id_tekst2-plak_error").get_text()

    def test_an_empty_file_and_a_regulation_that_is_gone(self, client, stad):
        stad.versies.update(published_at=None)
        response = send(client, een_regeling=pk(stad), twee_bestand=upload(b""))
        page = soup(response)
        assert "staat hier niet meer" in page.find(id="id_tekst1-regeling_error").get_text()  # fmt: skip
        assert "leeg" in page.find(id="id_tekst2-bestand_error").get_text()

    def test_a_name_of_a_file_is_only_a_name(self, client, stad):
        text = upload(writing.docx(replace(read("voorbeeldstad_leden.xml").regeling, title="", citeertitel="", children=(Node(Soort.ARTIKEL, "Artikel", "1", text="Alleen dit."),))), "../../etc/<b>--help.docx")  # fmt: skip
        response = send(client, een_regeling=pk(stad), twee_bestand=text)
        assert response.status_code == 302
        html = client.get(response["Location"]).content.decode()
        assert "etc" not in html
        assert "<b>--help" not in html

    def test_a_file_that_takes_too_long_or_too_much_is_refused_in_words(
        self, monkeypatch
    ):
        monkeypatch.setattr(apart, "SECONDS", 0.01)
        found = apart.read(b"<a/>", "a.xml")
        assert found.regeling is None
        assert "te veel tijd of geheugen" in found.refusal

    def test_the_reader_in_its_own_process_says_the_same(self):
        data = (FILES / "voorbeeldwaard_gemengd.xml").read_bytes()
        there, here = apart.read(data, "x.xml"), files.read(data, "x.xml")
        assert there.regeling == here.regeling
        assert (there.warnings, there.chars_kept) == (here.warnings, here.chars_kept)

    def test_pasted_words_keep_their_articles(self):
        found = apart.read(PASTED.encode(), "Uw tekst", pasted=True)
        assert [p.node.number for p in artikelen(found.regeling)] == ["1", "2"]
        assert found.regeling.title == "Urgentieverordening Meppel 2027"
        assert found.chars_kept >= 0.99 * found.chars_in
        assert apart.read(b" \n ", "Uw tekst", pasted=True).refusal

    def test_after_many_the_network_waits_and_keeps_her_words(
        self, client, stad, settings
    ):
        settings.RATE_LIMITS = {**project.RATE_LIMITS, "compare-upload-network": (1, 3600)}  # fmt: skip
        for status in (302, 429):
            response = send(client, een_regeling=pk(stad), twee_plak=PASTED)
            assert response.status_code == status
        page = soup(response)
        assert "Wacht een uur" in page.select_one("[data-foutmelding]").get_text()
        assert PASTED.strip() in page.find(id="id_tekst2-plak").get_text()
        assert page.select_one("#id_tekst1-regeling option[selected]")["value"] == pk(stad)  # fmt: skip

    def test_after_many_pages_too(self, client, stad, dorp, settings):
        settings.RATE_LIMITS = {**project.RATE_LIMITS, "compare-view-network": (1, 3600)}  # fmt: skip
        address = f"{FORM}uitkomst/?tekst={pk(stad)}&tekst={pk(dorp)}"
        assert [client.get(address).status_code for _ in range(2)] == [200, 429]


class TestHersAlone:
    def test_the_address_cannot_be_guessed_and_only_its_hash_is_kept(
        self, client, stad
    ):
        token = compared(client, stad).rstrip("/").rpartition("/")[2]
        assert len(token) >= 32
        row = Vergelijking.objects.get()
        assert token not in str(vars(row))
        for other in (token[:-1], token + "x", str(row.pk), row.token_hash, "x" * 32):
            for path in ("", "aanpassen/", "bestand/docx/"):
                response = client.get(f"{FORM}eigen/{other}/{path}")
                assert response.status_code == 404
                assert b"Meppel" not in response.content

    def test_no_cache_no_index_no_search(self, client, stad, index, outbox):
        address = compared(client, stad)
        outbox()
        for path in (address, f"{address}aanpassen/", f"{address}bestand/docx/", f"{address}bestand/odt/"):  # fmt: skip
            response = client.get(path)
            assert response.status_code == 200
            assert response["Cache-Control"] == "no-store, private"
            assert response["X-Robots-Tag"] == "noindex, nofollow"
            assert response["Referrer-Policy"] == "same-origin"
        assert soup(client.get(address)).find("meta", {"name": "robots"})
        send(client, een_regeling=pk(stad), twee_plak=PASTED)
        outbox()
        services.rebuild()
        for words in ("Kwartelkoning", "Huisvestingsverordening Meppel 2027"):
            hits = services.find(SearchQuery(text=words)).hits
            assert not [h for h in hits if "Meppel 2027" in h.title or "kwartel" in h.snippet.lower()]  # fmt: skip
        assert "Meppel 2027" not in client.get("/verordeningen/").content.decode()

    def test_after_thirty_days_it_does_not_open_and_is_swept_away(self, client, stad):
        address = compared(client, stad)
        with time_machine.travel(timezone.now() + datetime.timedelta(days=29)):
            assert client.get(address).status_code == 200
            assert tasks.remove_vergelijkingen() == 0
        with time_machine.travel(timezone.now() + datetime.timedelta(days=31)):
            assert client.get(address).status_code == 404
            assert tasks.remove_vergelijkingen() == 1
        assert not Vergelijking.objects.exists()
        assert not VergelekenTekst.objects.exists()
        assert Kept.objects.exists()

    def test_the_sweep_is_planned(self):
        planned = {p["task"] for p in project.CELERY_BEAT_SCHEDULE.values()}
        assert tasks.remove_vergelijkingen.name in planned

    def test_the_button_deletes_at_once_and_only_by_post(self, client, stad):
        address = compared(client, stad)
        form = soup(client.get(address)).select_one("main .band form")
        assert client.get(form["action"]).status_code == 405
        assert Vergelijking.objects.exists()
        response = client.post(form["action"], follow=True)
        assert "zijn verwijderd" in response.content.decode()
        assert not VergelekenTekst.objects.exists()
        gone = client.get(address)
        assert gone.status_code == 404
        assert "is er niet" in gone.content.decode()

    def test_a_form_of_another_site_deletes_nothing(self, stad):
        from django.test import Client

        strict = Client(enforce_csrf_checks=True)
        page = soup(strict.get(FORM))
        fields = {"csrfmiddlewaretoken": page.select_one("main form [name=csrfmiddlewaretoken]")["value"], "tekst1-regeling": pk(stad), "tekst2-plak": PASTED}  # fmt: skip
        address = strict.post(FORM, fields)["Location"]
        assert strict.post(f"{address}verwijderen/").status_code == 403
        assert strict.get(address).status_code == 200

    def test_a_regulation_that_is_no_longer_public_is_asked_anew(self, client, stad):
        address = compared(client, stad)
        stad.versies.update(published_at=None)
        response = client.get(address, follow=True)
        form = soup(response).select_one("main form")
        assert "Bewaard: Huisvestingsverordening Meppel 2027" in form.get_text()
        assert "loonstroken" not in response.content.decode()
        fixed = client.post(form["action"], {"tekst1-plak": PASTED})
        assert client.get(fixed["Location"]).status_code == 200

    def test_unpublished_regulations_cannot_be_compared(self, client, stad, dorp):
        stad.versies.update(published_at=None)
        address = f"{FORM}uitkomst/?tekst={pk(stad)}&tekst={pk(dorp)}"
        response = client.get(address)
        assert response["Location"] == f"{FORM}?met={pk(dorp)}"
        assert client.get(address.replace("uitkomst/", "uitkomst/docx/")).status_code == 404  # fmt: skip


class TestReading:
    def test_a_filter_stands_in_the_address_and_in_the_file(self, client, stad):
        address = compared(client, stad)
        page = soup(client.get(address))
        link = page.find("a", string=re.compile("^Gewijzigd"))
        assert link["href"] == "?toon=gewijzigd"
        count = int(link.get_text().split()[-1].strip("()"))
        shown = soup(client.get(address + link["href"]))
        assert len(shown.select("section.artikel")) == count > 0
        assert shown.select_one(".filters [aria-current]").get_text() == link.get_text()
        word = shown.find("a", string="Download Word")["href"]
        found = docx.Document(io.BytesIO(client.get(word).content))
        assert sum(len(t.rows) - 1 for t in found.tables) == count

    @pytest.mark.parametrize("query", ["toon=alles%00&basis=99", "toon=&basis=-1&weergave=x", "basis=9999999999999999999999"])  # fmt: skip
    def test_what_the_address_cannot_mean_shows_everything(self, client, stad, query):
        address = compared(client, stad)
        assert client.get(f"{address}?{query}").status_code == 200

    def test_the_table_says_was_and_wordt_and_has_every_row(self, client, stad):
        address = compared(client, stad)
        page = soup(client.get(address))
        table = soup(client.get(f"{address}?weergave=tabel"))
        heads = [th.get_text() for th in table.select("thead")[0].select("th")]
        assert heads[1].startswith("Was: ")
        assert heads[2].startswith("Wordt: ")
        rows_ = [th["id"] for th in table.select("tbody tr")]
        assert rows_ == [h["id"] for h in page.select("section.artikel h3")]
        same = next(tr for tr in table.select("tbody tr") if tr.select_one(".label").get_text() == "gelijk")  # fmt: skip
        assert same.select("td")[1].get_text() == "Ongewijzigd."

    def test_was_and_wordt_change_places(self, client, stad):
        address = compared(client, stad)
        link = soup(client.get(address)).find("a", string="Wissel was en wordt")
        turned = soup(client.get(address + link["href"]))
        assert turned.h1.get_text().startswith("Huisvestingsverordening Meppel 2027 naast")  # fmt: skip
        assert "vervallen: zes" in {d.get_text() for d in turned.select("del")}
        back = turned.find("a", string="Wissel was en wordt")
        assert back["href"] == "?"

    def test_each_article_links_to_its_place_on_the_reading_page(self, client, stad):
        page = soup(client.get(compared(client, stad)))
        links = page.select("section.artikel a[href*='/verordeningen/']")
        assert links
        path, _, anchor = links[3]["href"].partition("#")
        assert soup(client.get(path)).find(id=anchor)

    def test_files_come_with_a_name_and_as_themselves(self, client, stad, dorp):
        at = f"{FORM}uitkomst/"
        query = {"tekst": [pk(stad), pk(dorp)]}
        for form in ("docx", "odt"):
            response = client.get(f"{at}{form}/", query)
            assert response.content.startswith(b"PK")
            assert f"was-wordt-huisvestingsverordening-voorbeeldstad-2026-naast-urgentieverordening-voorbeelddo.{form}" in response["Content-Disposition"]  # fmt: skip
        assert client.get(f"{at}exe/", query).status_code == 404

    def test_what_was_noticed_while_reading_is_told(self, client, stad):
        double = PASTED + "\nArtikel 3\n"
        response = send(client, een_regeling=pk(stad), twee_plak=double)
        page = soup(client.get(response["Location"]))
        assert "Artikel 3 heeft geen tekst." in page.get_text()

    def test_the_same_name_twice_is_told_apart(self, client, db):
        response = send(client, een_plak=PASTED, twee_plak=PASTED)
        page = soup(client.get(response["Location"]))
        names = [h.get_text() for h in page.select_one(".naast").select("h4")]
        assert len(set(names)) == 2

    def test_a_regulation_is_never_at_the_address_of_the_comparison(self, db):
        named = replace(read("voorbeeldstad_leden.xml").regeling, title="Vergelijken", citeertitel="")  # fmt: skip
        store(imported=replace(read("voorbeeldstad_leden.xml"), regeling=named), publish=True)  # fmt: skip
        assert Kept.objects.get().slug == "vergelijken-2"


class TestQueries:
    def test_as_many_for_two_texts_as_for_four(self, client, stad, dorp):
        two = compared(client, stad)
        four = send(client, een_regeling=pk(stad), twee_bestand=own_docx(), drie_regeling=pk(dorp), vier_plak=PASTED)["Location"]  # fmt: skip
        assert queries(client, two) == queries(client, four) <= 6

    def test_the_form_asks_as_much_with_many_regulations(self, client, stad, dorp):
        few = queries(client, FORM)
        store(imported=read("voorbeeldwaard_gemengd.xml"), publish=True)
        assert few == queries(client, FORM) <= 5
