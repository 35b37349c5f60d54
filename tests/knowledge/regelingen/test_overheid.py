"""Fetching by number, from a server on this machine that answers as overheid.nl does."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command

from knowledge.models import Regeling
from knowledge.regelingen import overheid
from tests.knowledge.regelingen import overheid_server
from tests.knowledge.regelingen.xml_files import FILES, SHARED

pytestmark = pytest.mark.django_db
STAD = (FILES / "voorbeeldstad_leden.xml").read_bytes()
WORK = "CVDR999001"
LAW = "BWBR0099999"


@pytest.fixture
def server(settings, monkeypatch):
    monkeypatch.setattr(overheid, "PAUSE", 0.01)
    with overheid_server.running() as running:
        settings.OVERHEID_SRU_URL = f"{running.base}/sru/Search"
        settings.OVERHEID_REPOSITORY_URL = running.base
        yield running


def law(label: str, text: str = "Tekst.") -> bytes:
    return (
        f'<toestand bwb-id="{LAW}" inwerkingtreding="{label[:10]}"><wetgeving soort="wet"><intitule>Wet op de proef</intitule>'
        f"<wet-besluit><wettekst><artikel><kop><label>Artikel</label><nr>1</nr></kop><al>{text}</al></artikel></wettekst></wet-besluit></wetgeving></toestand>"
    ).encode()


def manifest(*labels: str, latest: str = "", work: str = LAW) -> bytes:
    rows = "".join(
        f'<expression label="{label}"><metadata><datum_inwerkingtreding>{label[:10]}</datum_inwerkingtreding></metadata></expression>'
        for label in labels
    )
    last = latest or labels[-1]
    return f'<work label="{work}" _latestItem="{last}/xml/{work}_{last}.xml"><metadata/>{rows}</work>'.encode()


def command(capsys, *numbers, **options):
    status = 0
    try:
        call_command("import_regeling", fetch=list(numbers), json=True, **options)
    except CommandError as error:
        status = error.returncode
    return json.loads(capsys.readouterr().out or "[]"), status


def told(number: str) -> str:
    with pytest.raises(overheid.NotFetched) as caught:
        overheid.fetch(number)
    return str(caught.value)


def test_a_municipality_is_added_with_one_number(server, capsys):
    path = server.add_cvdr(WORK, STAD)
    [row], status = command(capsys, WORK, publish=True)
    assert status == 0
    assert (row["result"], row["id"], row["articles"]) == ("nieuw", WORK, 16)
    assert row["path"] == server.base + path
    regeling = Regeling.objects.get()
    assert regeling.versies.get().published_at
    assert server.asked == ["/sru/Search", path]
    [again], _status = command(capsys, WORK.lower())
    assert again["result"] == "ongewijzigd"


def test_the_newest_version_that_holds_is_taken_or_the_one_that_is_named(server):
    first = server.add_cvdr(WORK, STAD, 1, "2019-01-01")
    second = server.add_cvdr(WORK, STAD, 10, "2021-01-01")
    server.add_cvdr(WORK, STAD, 11, "2999-01-01")
    assert overheid.fetch(WORK).address == server.base + second
    assert overheid.fetch(f"{WORK}_1").address == server.base + first
    assert overheid.fetch(f"{WORK}/1").address == server.base + first
    assert "geen versie 7. Wel: 1, 10, 11." in told(f"{WORK}_7")


def test_of_a_law_the_manifest_gives_the_versions(server, capsys):
    labels = ("2022-05-01_0", "2022-08-01_0", "2023-04-01_0")
    server.add_bwb(LAW, manifest(*labels), {one: law(one) for one in labels})
    [row], _status = command(capsys, LAW)
    assert row["result"] == "nieuw"
    assert row["path"].endswith(f"/bwb/{LAW}/2023-04-01_0/xml/{LAW}_2023-04-01_0.xml")
    assert overheid.fetch(f"{LAW}_2022-05-01").address.endswith("2022-05-01_0.xml")
    assert "De nieuwste is 2023-04-01_0." in told(f"{LAW}_1999-01-01")


def test_the_real_files_come_over_their_real_addresses(server, capsys):
    # Others' files stand beside the project and are not ours to commit; the tests above
    # do the same with our own.
    if not SHARED.exists():
        pytest.skip("geen echte regelingen op deze machine (THUISLOKET_SHARED)")
    toestand = (SHARED / "bwb_toestand.xml").read_bytes()
    real = (SHARED / "bwb_manifest.xml").read_bytes()
    labels = ("2022-05-01_0", "2023-04-01_0")
    server.add_bwb("BWBR0045754", real, dict.fromkeys(labels, toestand))
    for name, work in (("cvdr_example1", "CVDR112779"), ("cvdr_example3", "")):
        data = (SHARED / f"{name}.xml").read_bytes()
        number = work or "CVDR" + data.split(b"CVDR", 1)[1].split(b"_", 1)[0].decode()
        server.add_cvdr(number, data)
    rows, status = command(
        capsys, "BWBR0045754", "BWBR0045754_2022-05-01", *server.records
    )
    assert status == 0
    assert [row["articles"] for row in rows] == [112, 112, 1, 6]
    assert rows[0]["path"].endswith("/2023-04-01_0/xml/BWBR0045754_2023-04-01_0.xml")
    assert Regeling.objects.count() == 3


def test_a_zip_of_the_file_will_do(server, capsys):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{WORK}_1.xml", STAD)
    path = server.add_cvdr(WORK, packed.getvalue())
    [row], _status = command(capsys, WORK)
    assert (row["result"], row["path"]) == (
        "nieuw",
        f"{server.base}{path}/{WORK}_1.xml",
    )


def test_another_regulation_than_was_asked_for_is_not_taken(server, capsys):
    server.add_cvdr("CVDR424242", STAD)
    [row], status = command(capsys, "CVDR424242")
    assert status == 1
    assert "Gevraagd is CVDR424242, maar het bestand is van CVDR999001" in row["warnings"][0]  # fmt: skip
    assert not Regeling.objects.exists()


def test_what_is_not_there_is_said(server):
    assert told("CVDR5555") == "overheid.nl kent geen regeling met nummer CVDR5555."
    path = server.add_cvdr(WORK, STAD)
    del server.files[path]
    assert f"heeft dit bestand niet (fout 404): {server.base}{path}" in told(WORK)
    assert server.asked.count(path) == 1
    assert "fout 404" in told(LAW)


def test_a_server_that_falters_is_tried_again_and_not_for_ever(server):
    path = server.add_cvdr(WORK, STAD)
    server.odd[path] = [503, "cut"]
    assert overheid.fetch(WORK).data == STAD
    server.odd[path] = 503
    server.asked.clear()
    assert told(WORK) == "overheid.nl antwoordt met fout 503."
    assert server.asked.count(path) == overheid.TRIES
    server.odd[path] = 403
    assert told(WORK) == "overheid.nl antwoordt met fout 403."


def test_a_file_that_was_cut_off_is_not_taken(server, capsys):
    server.odd[server.add_cvdr(WORK, STAD)] = "cut"
    [row], _status = command(capsys, WORK)
    assert "brak het antwoord af" in row["warnings"][0]
    assert not Regeling.objects.exists()


def test_a_slow_server_is_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(overheid, "PATIENCE", 0.2)
    path = server.add_cvdr(WORK, STAD)
    server.odd[path] = "slow"
    assert "antwoordt te langzaam" in told(WORK)
    monkeypatch.setattr(overheid, "PATIENCE", 5.0)
    monkeypatch.setattr(overheid, "DEADLINE", 0.5)
    server.odd[path] = "drip"
    assert "antwoordt te langzaam" in told(WORK)


def test_a_file_without_end_is_not_read_to_the_end(server, monkeypatch):
    monkeypatch.setattr(overheid, "MAX_BYTES", 2 * 1024 * 1024)
    path = server.add_cvdr(WORK, STAD)
    for odd in ("big", "promise"):
        server.odd[path] = odd
        assert (
            told(WORK) == "Het bestand van overheid.nl is groter dan de grens van 2 MB."
        )


def test_only_its_own_hosts_are_asked(server):
    path = server.add_cvdr(WORK, STAD)
    with overheid_server.running() as elsewhere:
        elsewhere.files["/x.xml"] = STAD
        for to in (
            f"{elsewhere.base}/x.xml",
            "http://169.254.169.254/latest/meta-data",
            "file:///etc/passwd",
            f"ftp://{server.base[7:]}/x.xml",
            f"https://{server.base[7:]}/x.xml",
            f"http://piet@{server.base[7:]}/x.xml",
            "http://[x",
            f"{server.base}/\u0660.xml".encode().decode("latin-1"),
        ):
            server.odd[path] = to
            assert "Daar haalt het loket niets op" in told(WORK), to
            server.odd.clear()
            server.records[WORK] = [(1, "2020-01-01", to)]
            assert "Daar haalt het loket niets op" in told(WORK), to
            server.records[WORK] = [(1, "2020-01-01", path)]
        assert elsewhere.asked == []


def test_a_redirect_on_the_same_host_is_followed_a_few_times(server):
    path = server.add_cvdr(WORK, STAD)
    server.files["/nieuw.xml"] = STAD
    server.odd[path] = "/nieuw.xml"
    assert overheid.fetch(WORK).data == STAD
    server.odd[path] = path
    assert told(WORK) == "overheid.nl verwijst te vaak door."


def test_a_web_page_in_the_place_of_xml_is_told(server, capsys):
    path = server.add_cvdr(WORK, STAD)
    server.odd[path] = "html"
    [row], _status = command(capsys, WORK)
    assert row["result"] == "geweigerd"
    assert "webpagina" in row["warnings"][0] or "DOCTYPE" in row["warnings"][0]
    server.odd["/sru/Search"] = "html"
    assert "niet de verwachte XML" in told(WORK)
    server.odd[f"/bwb/{LAW}/manifest.xml"] = "html"
    assert "niet de verwachte lijst van versies" in told(LAW)
    server.odd.clear()
    for odd in (law("2020-01-01_0"), manifest("2020-01-01_0", work="BWBR0000001")):
        server.files[f"/bwb/{LAW}/manifest.xml"] = odd
        assert "niet de verwachte lijst van versies" in told(LAW)
    server.files[f"/bwb/{LAW}/manifest.xml"] = manifest("../../geheim")
    assert "niet de verwachte lijst van versies" in told(LAW)


@pytest.mark.parametrize(
    "number",
    [
        "",
        "CVDR",
        "http://127.0.0.1/CVDR999001",
        "CVDR999001&query=alles",
        "BWBR0035303/../../x",
        "file:///etc/passwd",
        "CVDR999001_1_2",
        "BWBX0035303",
    ],
)
def test_only_numbers_go_in(server, number):
    assert "is geen nummer van een regeling" in told(number)
    assert server.asked == []


def test_off_is_said(settings, capsys):
    settings.OVERHEID_SRU_URL = ""
    [row], status = command(capsys, WORK)
    assert status == 1
    assert "staat uit op deze installatie" in row["warnings"][0]


def test_without_network_it_is_said(settings, monkeypatch):
    monkeypatch.setattr(overheid, "PAUSE", 0.0)
    settings.OVERHEID_SRU_URL = "http://127.0.0.1:9/sru/Search"
    settings.OVERHEID_REPOSITORY_URL = "http://127.0.0.1:9"
    assert "niet te bereiken" in told(WORK)
    assert "niet te bereiken" in told(LAW)
