"""Taking regulations in from the editors' admin, and what editors do with them there."""

import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Gemeente
from knowledge.models import ArtikelRij, Inlezing, Regeling, RegelingVersie
from knowledge.regelingen import intake, overheid
from tests.knowledge.regelingen import overheid_server
from tests.knowledge.regelingen.xml_files import FILES, artikel, cvdr_bytes

pytestmark = pytest.mark.django_db
STAD = (FILES / "voorbeeldstad_leden.xml").read_bytes()
INTAKE = "/redactie/regelingen/inlezen/"


@pytest.fixture
def editor(make_user, client):
    user = make_user("redacteur", name="Bart")
    client.force_login(user)
    return user


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def packed(**names: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in names.items():
            archive.writestr(f"{name}.xml", data)
    return target.getvalue()


def hand_in(client, *files, **fields):
    data = {"bestand-bestanden": list(files), "inlezen": "1", **fields}
    return client.post(INTAKE, data, follow=True)


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def report(response) -> list[dict[str, str]]:
    """Of each file its heading as '' and what is said under it, by name."""
    found = []
    for item in soup(response).select(".verslag > li"):
        told = {"": " ".join(item.h2.get_text().split())}
        for name in item.select("dt"):
            values = []
            for value in name.find_next_siblings():
                if value.name != "dd":
                    break
                values.append(" ".join(value.get_text().split()))
            told[name.get_text()] = " ".join(values)
        found.append(told)
    return found


def stored_files() -> list[str]:
    storage = storages["private"]
    return storage.listdir(intake.FOLDER)[1] if storage.exists(intake.FOLDER) else []


def test_a_file_is_read_at_once_and_reported_in_full(client, editor):
    response = hand_in(client, upload("stad.xml", STAD))
    [row] = report(response)
    assert "staat niet in de lijst van gemeenten" in row.pop("Opmerkingen")
    assert row == {
        "": "Nieuw: stad.xml",
        "Vorm": "CVDR-XML",
        "Nummer": "CVDR999001",
        "Versies": "1",
        "Artikelen": "16",
        "Tekst bewaard": "99,8%",
    }
    assert "1 bestand bekeken: 1 nieuw." in soup(response).get_text(" ", strip=True)
    assert RegelingVersie.objects.get().published_at is None
    assert stored_files() == []
    assert report(hand_in(client, upload("stad.xml", STAD)))[0][""].startswith(
        "Ongewijzigd"
    )


def test_publishing_is_a_choice(client, editor):
    hand_in(client, upload("stad.xml", STAD), **{"bestand-openbaar": "on"})
    assert RegelingVersie.objects.get().published_at


def test_a_file_that_fails_leaves_nothing_and_the_others_go_on(client, editor):
    response = hand_in(
        client,
        upload("brief.pdf", b"%PDF-1.7"),
        upload("factuur.xml", b"<factuur/>"),
        upload("stad.xml", STAD),
    )
    pdf, invoice, good = report(response)
    assert [row[""] for row in (pdf, invoice, good)] == [
        "Geweigerd: brief.pdf",
        "Geweigerd: factuur.xml",
        "Nieuw: stad.xml",
    ]
    assert "Dit is een PDF" in pdf["Opmerkingen"]
    assert "Opslaan als" in pdf["Opmerkingen"]
    assert "‘factuur’" in invoice["Opmerkingen"]
    assert "Verwacht: een regeling in CVDR-" in invoice["Opmerkingen"]
    assert Regeling.objects.count() == 1


def test_a_zip_and_many_files_are_read_by_a_task(client, editor, outbox):
    response = hand_in(client, upload("alle.zip", packed(a=STAD, b=b"<factuur/>")))
    assert "Wij zijn nog bezig" in soup(response).get_text()
    assert not Regeling.objects.exists()
    assert len(stored_files()) == 1
    outbox()
    rows = report(client.get(response.redirect_chain[-1][0]))
    assert [row[""] for row in rows] == [
        "Nieuw: alle.zip/a.xml",
        "Geweigerd: alle.zip/b.xml",
    ]
    assert stored_files() == []


def test_a_task_that_takes_long_goes_on_in_turns_and_after_a_crash(
    editor, outbox, monkeypatch
):
    monkeypatch.setattr(intake, "SLICE", 0.0)
    sources = {f"f{n}": cvdr_bytes(artikel("<al>A.</al>"), f"<owmskern><identifier>CVDR90{n}_1</identifier></owmskern>") for n in range(4)}  # fmt: skip
    made = intake.receive(user=editor, uploads=[upload("x.zip", packed(**sources))])
    real, count = intake.take, 0

    def crashes(*args, **kwargs):
        nonlocal count
        count += 1
        if count == 3:
            raise MemoryError
        return real(*args, **kwargs)

    monkeypatch.setattr(intake, "take", crashes)
    outbox()
    made.refresh_from_db()
    assert (len(made.rows), made.done_at) == (2, None)
    from core.models import Outbox

    Outbox.objects.filter(kind="knowledge.intake").update(available_at="2020-01-01T00:00Z")  # fmt: skip
    outbox()
    made.refresh_from_db()
    assert [row["id"] for row in made.rows] == ["CVDR900", "CVDR901", "CVDR902", "CVDR903"]  # fmt: skip
    assert made.done_at


def test_what_cannot_be_taken_in_is_told_at_the_field(client, editor, monkeypatch):
    for files, told in (
        ([], "Kies een of meer bestanden: XML van overheid.nl"),
        ([upload("leeg.xml", b"")], "Dit bestand is leeg."),
    ):
        response = hand_in(client, *files)
        assert response.status_code == 422
        assert told in soup(response).get_text()
    monkeypatch.setattr("knowledge.admin_views.MAX_UPLOADED", 100)
    assert "samen 0 MB. De grens is 0 MB" in soup(hand_in(client, upload("stad.xml", STAD))).get_text()  # fmt: skip
    monkeypatch.setattr("knowledge.admin_views.MAX_UPLOADS", 1)
    assert "U koos 2 bestanden. De grens is 1." in soup(hand_in(client, upload("a", b"a"), upload("b", b"b"))).get_text()  # fmt: skip
    assert not Inlezing.objects.exists()


def test_evil_names_and_texts_stay_text(client, editor):
    evil = cvdr_bytes(artikel("<al>A.</al>")).replace(b">Verordening<", b">&lt;script&gt;alert(1)&lt;/script&gt;<")  # fmt: skip
    response = hand_in(client, upload("../../<script>x.xml", evil))
    assert report(response)[0][""].startswith("Nieuw: ")
    assert b"<script>alert" not in response.content
    assert b"<script>x.xml" not in response.content


def test_a_number_is_fetched_by_a_task(client, editor, outbox, settings):
    with overheid_server.running() as server:
        settings.OVERHEID_SRU_URL = f"{server.base}/sru/Search"
        settings.OVERHEID_REPOSITORY_URL = server.base
        server.add_cvdr("CVDR999001", STAD)
        response = client.post(
            INTAKE, {"ophalen": "1", "nummer-nummers": "CVDR999001, CVDR5555", "nummer-openbaar": "on"}, follow=True,
        )  # fmt: skip
        assert server.asked == []
        outbox()
        good, unknown = report(client.get(response.redirect_chain[-1][0]))
    assert good[""].startswith("Nieuw: ")
    assert unknown[""] == "Geweigerd: CVDR5555"
    assert "kent geen regeling met nummer CVDR5555" in unknown["Opmerkingen"]
    assert RegelingVersie.objects.get().published_at


def test_an_address_is_no_number_and_off_is_said(client, editor, settings):
    settings.OVERHEID_SRU_URL = settings.OVERHEID_REPOSITORY_URL = "http://127.0.0.1:9"
    for typed in ("http://127.0.0.1/", "", "CVDR1111 " * 200, " ".join(f"CVDR{n}" for n in range(1000, 1021))):  # fmt: skip
        response = client.post(INTAKE, {"ophalen": "1", "nummer-nummers": typed})
        assert response.status_code == 422
    assert not Inlezing.objects.exists()
    settings.OVERHEID_SRU_URL = ""
    assert not overheid.is_on()
    shown = soup(client.get(INTAKE))
    assert "staat uit op deze installatie" in shown.get_text()
    assert shown.find("input", {"name": "nummer-nummers"}) is None
    client.post(INTAKE, {"ophalen": "1", "nummer-nummers": "CVDR999001"})
    assert not Inlezing.objects.exists()


def test_only_editors_come_here_and_only_a_post_takes_in(client, make_user, editor):
    made = intake.receive(user=editor, uploads=[upload("stad.xml", STAD)])
    versie = RegelingVersie.objects.get()
    pages = [INTAKE, f"{INTAKE}{made.pk}/", "/redactie/regelingen/lijst/"]
    client.get(INTAKE, {"inlezen": "1", "ophalen": "1", "nummer-nummers": "CVDR1234"})
    assert Inlezing.objects.count() == 1
    publication = reverse("regelingen_publication", args=[versie.pk])
    assert client.get(publication).status_code == 405
    client.logout()
    for user in (None, make_user("deskundige")):
        if user:
            client.force_login(user)
        for address in pages:
            assert client.get(address).status_code in (302, 403)
        client.post(publication, {"openbaar": "1"})
        client.post(INTAKE, {"bestand-bestanden": upload("b.xml", STAD)})
    versie.refresh_from_db()
    assert versie.published_at is None
    assert Inlezing.objects.count() == 1


def test_an_editor_corrects_publishes_and_withdraws(client, editor, outbox):
    hand_in(client, upload("stad.xml", STAD))
    regeling, versie = Regeling.objects.get(), RegelingVersie.objects.get()
    edit = reverse("regelingen_list:edit", args=[regeling.pk])
    listed = soup(client.get("/redactie/regelingen/lijst/")).select_one(".listing")
    assert str(regeling) in listed.get_text()
    utrecht = Gemeente.objects.get(naam="Utrecht")
    client.post(edit, {"soort": "beleidsregel", "gemeente": utrecht.pk})
    regeling.refresh_from_db()
    assert (regeling.soort, regeling.gemeente) == ("beleidsregel", utrecht)
    # The same file again keeps what was corrected.
    hand_in(client, upload("stad.xml", STAD))
    regeling.refresh_from_db()
    assert (regeling.soort, regeling.gemeente) == ("beleidsregel", utrecht)
    one = reverse("regelingen_versions:edit", args=[versie.pk])
    client.post(one, {"law_version": "Huisvestingswet 2014", "note": "Nieuw artikel 3"})
    versie.refresh_from_db()
    assert (versie.law_version, versie.note) == ("Huisvestingswet 2014", "Nieuw artikel 3")  # fmt: skip
    publication = reverse("regelingen_publication", args=[versie.pk])
    client.post(publication, {"openbaar": "1"})
    assert client.get(regeling.get_absolute_url()).status_code == 200
    shown = soup(client.get(edit))
    assert "Maak niet meer openbaar" in shown.get_text()
    assert "16 artikelen" in shown.get_text()
    client.post(publication, {"terug": "1"})
    assert client.get(regeling.get_absolute_url()).status_code == 404


def test_an_editor_chooses_a_building_block(client, editor):
    hand_in(client, upload("stad.xml", STAD))
    row = ArtikelRij.objects.get(number="3:3")
    edit = reverse("regelingen_articles:edit", args=[row.pk])
    assert "kiezen: Advies en commissie" in soup(client.get(edit)).get_text()
    client.post(edit, {"bouwsteen": "mandaat"})
    row.refresh_from_db()
    assert (row.bouwsteen, row.bouwsteen_by_hand) == ("mandaat", True)
    client.post(edit, {"bouwsteen": "verzonnen"})
    row.refresh_from_db()
    assert row.bouwsteen == "mandaat"
    listed = "/redactie/regelingen/artikelen/"
    for parameters, count in (
        ({"bouwsteen": "mandaat"}, 1),
        ({"bouwsteen_by_hand": "true"}, 1),
        ({"versie": row.versie_id}, 16),
        ({"versie": "x"}, 16),
    ):
        rows = soup(client.get(listed, parameters)).select(".listing tbody tr")
        assert len(rows) == count, parameters


def test_nothing_is_made_or_deleted_by_hand(client, editor, make_user):
    hand_in(client, upload("stad.xml", STAD))
    pk = Regeling.objects.get().pk
    for who in (editor, make_user("beheerder", is_superuser=True)):
        client.force_login(who)
        client.post("/redactie/regelingen/lijst/new/", {"soort": "x"})
        client.post(f"/redactie/regelingen/lijst/delete/{pk}/")
        assert Regeling.objects.count() == 1


def test_old_reports_are_not_kept(editor):
    old = intake.receive(user=editor, uploads=[upload("x.zip", packed(a=STAD))])
    Inlezing.objects.update(created_at=old.created_at - intake.KEPT - intake.KEPT)
    assert len(stored_files()) == 1
    intake.receive(user=editor, uploads=[upload("stad.xml", STAD)])
    assert not Inlezing.objects.filter(pk=old.pk).exists()
    assert stored_files() == []


def test_the_pages_cost_as_many_queries_for_many_rows_as_for_few(
    client, editor, django_assert_max_num_queries
):
    made = intake.receive(user=editor, uploads=[upload("stad.xml", STAD)])
    made.taken = made.taken * 50
    made.save()
    client.get(INTAKE)
    with django_assert_max_num_queries(20):
        client.get(f"{INTAKE}{made.pk}/")
    with django_assert_max_num_queries(20):
        client.get("/redactie/regelingen/artikelen/")
