"""Taking legal texts in: new, another version, unchanged, refused."""

import datetime
import json
import time

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from core.models import Gemeente
from knowledge.models import ArtikelRij, Regeling, RegelingVersie
from knowledge.regelingen import services, xml
from tests.knowledge.regelingen.xml_files import FILES, SHARED, artikel, cvdr_bytes

pytestmark = pytest.mark.django_db


def source(
    text: str = "Tekst.",
    *,
    version: int = 1,
    begin: str = "2024-01-01",
    end: str = "",
    creator: str = "Utrecht",
) -> bytes:
    meta = (
        f"<owmskern><identifier>CVDR999_{version}</identifier><creator>{creator}</creator></owmskern>"
        f"<owmsmantel><alternative>Urgentieverordening Utrecht</alternative></owmsmantel><cvdripm>"
        f"<inwerkingtredingDatum>{begin}</inwerkingtredingDatum>"
        f"<uitwerkingtredingDatum>{end}</uitwerkingtredingDatum></cvdripm>"
    )
    return cvdr_bytes(
        artikel(f"<al>{text}</al>", title="Doel") + artikel("<al>B.</al>", "2"), meta
    )


def take(data: bytes, **options) -> services.Stored:
    return services.store(imported=xml.read(data, "x.xml"), **options)


def test_a_new_regulation_has_a_version_and_a_row_for_each_article():
    stored = take(source())
    versie = stored.versie
    assert (stored.result, stored.versions) == ("nieuw", ("1",))
    regeling = versie.regeling
    assert (regeling.identifier, regeling.slug) == (
        "CVDR999",
        "urgentieverordening-utrecht",
    )
    assert regeling.gemeente == Gemeente.objects.get(naam="Utrecht")
    assert versie.valid_from == datetime.date(2024, 1, 1)
    assert versie.source == "https://lokaleregelgeving.overheid.nl/CVDR999/1"
    assert versie.published_at is None
    assert versie.tekst == xml.read(source(), "x").regeling
    rows = versie.artikelen.values_list(
        "order", "address", "number", "title", "text", "status"
    )
    assert list(rows) == [
        (1, "artikel-1", "1", "Doel", "Tekst.", "geldend"),
        (2, "artikel-2", "2", "", "B.", "geldend"),
    ]


def test_the_same_file_again_changes_nothing():
    take(source())
    again = take(source())
    assert again.result == "ongewijzigd"
    assert (Regeling.objects.count(), RegelingVersie.objects.count()) == (1, 1)
    assert ArtikelRij.objects.count() == 2


def test_another_text_is_a_new_version_and_the_old_one_stays():
    take(source())
    second = take(source("Anders.", version=2, begin="2025-01-01"))
    assert (second.result, second.versions) == ("nieuwe versie", ("1", "2"))
    versies = second.versie.regeling.versies
    on = datetime.date
    assert versies.valid_on(on(2024, 6, 1)).labels == ["1"]
    assert versies.valid_on(on(2025, 1, 1)).labels == ["2"]
    assert versies.valid_on(on(2023, 6, 1)) is None
    assert take(source()).result == "ongewijzigd"


def test_versions_may_come_in_any_order():
    take(source("Nieuw.", version=2, begin="2025-01-01"))
    older = take(source("Oud.", version=1, begin="2024-01-01"))
    assert (older.result, older.versions) == ("nieuwe versie", ("1", "2"))


def test_a_later_version_with_the_same_text_is_no_new_one_but_holds_longer():
    take(source(end="2025-01-01"))
    second = take(source(version=2, begin="2025-01-01"))
    assert (second.result, second.versions) == ("ongewijzigd", ("1", "2"))
    assert RegelingVersie.objects.get().valid_until is None
    # The first file again does not shorten it.
    assert take(source(end="2025-01-01")).result == "ongewijzigd"
    assert RegelingVersie.objects.get().valid_until is None


def test_the_end_of_a_version_is_taken_over_when_it_becomes_known():
    take(source())
    assert take(source(end="2026-01-01")).result == "ongewijzigd"
    versie = RegelingVersie.objects.get()
    assert versie.valid_until == datetime.date(2026, 1, 1)
    assert versie.regeling.versies.valid_on(datetime.date(2026, 1, 1)) is None


def test_a_text_that_comes_back_is_a_version_of_its_own():
    for n, text in enumerate(("A.", "B.", "A."), 1):
        stored = take(source(text, version=n, begin=f"202{n}-01-01"))
    assert stored.result == "nieuwe versie"
    assert stored.versie.regeling.versies.count() == 3


def test_a_correction_of_the_same_version_is_kept_beside_it():
    take(source())
    corrected = take(source("Verbeterd."))
    assert (corrected.result, corrected.versions) == ("nieuwe versie", ("1",))
    assert (
        corrected.versie.regeling.versies.valid_on(datetime.date(2024, 6, 1))
        == corrected.versie
    )
    assert take(source("Verbeterd.")).result == "ongewijzigd"


def test_a_municipality_that_is_not_in_the_list_is_told():
    stored = take(source(creator="Voorbeeldstad"))
    assert stored.versie.regeling.gemeente is None
    assert stored.versie.regeling.authority == "Voorbeeldstad"
    assert "‘Voorbeeldstad’ staat niet in de lijst van gemeenten" in stored.warnings[-1]


def test_texts_without_identifier_are_known_by_title_and_authority():
    data = source().replace(b"CVDR999_1", b"onbekend")
    assert take(data).result == "nieuw"
    assert take(data).result == "ongewijzigd"
    changed = take(data.replace(b"Tekst.", b"Anders."))
    assert changed.result == "nieuwe versie"
    assert "Aan de titel herkend" in changed.warnings[-1]
    other = take(data.replace(b"<creator>Utrecht", b"<creator>Zeist"))
    assert other.result == "nieuw"
    assert other.versie.regeling.slug == "urgentieverordening-utrecht-2"


def test_a_refused_file_leaves_nothing():
    stored = take(b"<factuur/>")
    assert (stored.result, stored.versie) == ("geweigerd", None)
    assert not Regeling.objects.exists()


def test_publishing_also_a_text_that_was_there():
    take(source())
    assert not RegelingVersie.objects.published().exists()
    assert take(source(), publish=True).result == "ongewijzigd"
    assert RegelingVersie.objects.published().count() == 1


def test_only_editors_take_texts_in(make_user):
    with pytest.raises(PermissionDenied):
        take(source(), user=make_user("deskundige"))
    assert not Regeling.objects.exists()
    assert take(source(), user=make_user("redacteur")).result == "nieuw"


def test_storing_a_thousand_articles_takes_less_than_five_seconds(
    django_assert_max_num_queries,
):
    body = "".join(artikel(f"<al>Tekst {n}.</al>", str(n)) for n in range(1, 1001))
    start = time.monotonic()
    with django_assert_max_num_queries(36):
        stored = take(cvdr_bytes(body))
    assert time.monotonic() - start < 5
    assert stored.versie.artikelen.count() == 1000


def command(capsys, *paths, **options) -> tuple[list[dict], int, str]:
    status = 0
    try:
        call_command("import_regeling", *map(str, paths), json=True, **options)
    except CommandError as error:
        status = error.returncode
    captured = capsys.readouterr()
    return json.loads(captured.out or "[]"), status, captured.err


def test_the_command_reports_each_file_and_goes_on_after_a_bad_one(tmp_path, capsys):
    (tmp_path / "1.xml").write_bytes(source())
    (tmp_path / "2.xml").write_bytes(b"<factuur/>")
    (tmp_path / "3.xml").write_bytes(source("Anders.", version=2, begin="2025-01-01"))
    rows, status, _err = command(capsys, tmp_path)
    assert status == 1
    assert [row["result"] for row in rows] == ["nieuw", "geweigerd", "nieuwe versie"]
    first, refused, last = rows
    assert first == {
        "path": str(tmp_path / "1.xml"),
        "form": "cvdr",
        "id": "CVDR999",
        "title": "Verordening",
        "versions": ["1"],
        "articles": 2,
        "article_numbers": ["1", "2"],
        "chars_in": 39,
        "chars_kept": 39,
        "warnings": [],
        "result": "nieuw",
    }
    assert last["versions"] == ["1", "2"]
    assert refused["warnings"][0].startswith("De vorm van dit bestand (‘factuur’)")
    assert (refused["id"], refused["articles"], refused["chars_in"]) == ("", 0, 0)
    assert Regeling.objects.count() == 1


def test_a_file_that_cannot_be_stored_leaves_nothing_and_the_others_go_on(
    tmp_path, capsys, monkeypatch
):
    (tmp_path / "1.xml").write_bytes(source("Kapot."))
    (tmp_path / "2.xml").write_bytes(source().replace(b"CVDR999_1", b"CVDR998_1"))
    words = services.tree.text_inside

    def breaks(node):
        if node.number == "2" and not ArtikelRij.objects.exists():
            monkeypatch.setattr(services.tree, "text_inside", words)
            raise RuntimeError
        return words(node)

    monkeypatch.setattr(services.tree, "text_inside", breaks)
    rows, status, _err = command(capsys, tmp_path)
    assert [row["result"] for row in rows] == ["geweigerd", "nieuw"]
    assert status == 1
    assert [regeling.identifier for regeling in Regeling.objects.all()] == ["CVDR998"]


def test_the_command_without_a_readable_path_does_nothing(tmp_path, capsys):
    rows, status, _err = command(capsys, tmp_path / "none.xml")
    assert (rows, status) == ([], 2)


def test_the_command_publishes_when_asked(tmp_path, capsys):
    (tmp_path / "1.xml").write_bytes(source())
    assert command(capsys, tmp_path, publish=True)[1] == 0
    assert RegelingVersie.objects.published().count() == 1


def test_the_command_tells_people_in_words(tmp_path, capsys):
    (tmp_path / "1.xml").write_bytes(source(creator="Voorbeeldstad"))
    call_command("import_regeling", str(tmp_path))
    out = capsys.readouterr().out
    assert "1.xml: nieuw" in out
    assert "Verordening: 2 artikelen, 100.0% van de tekst" in out
    assert "- ‘Voorbeeldstad’ staat niet" in out


def test_the_three_fictitious_ordinances_are_taken_in_whole(capsys):
    rows, status, _err = command(capsys, FILES)
    assert status == 0
    assert [(row["id"], row["articles"]) for row in rows] == [
        ("CVDR999002", 14),
        ("CVDR999001", 16),
        ("CVDR999003", 13),
    ]
    assert all(row["chars_kept"] / row["chars_in"] >= 0.99 for row in rows)


def test_the_real_files_are_taken_in_and_again(capsys):
    # Others' files stand beside the project and are not ours to commit; the fictitious
    # ones above hold the same wherever the tests run.
    if not SHARED.exists():
        pytest.skip("geen echte regelingen op deze machine (THUISLOKET_SHARED)")
    rows, status, _err = command(capsys, SHARED)
    assert status == 1
    refused = {row["form"] for row in rows if row["result"] == "geweigerd"}
    assert refused == {"manifest", "sru"}
    again, _status, _err = command(capsys, SHARED)
    assert {row["result"] for row in again} == {"ongewijzigd", "geweigerd"}
    manifest = next(row for row in again if row["form"] == "manifest")
    assert manifest["versions"][0] == "2022-05-01_0"
