"""The example ordinances that ship: their size, their marks and what they cite."""

import re
from pathlib import Path

import pytest

MODELLEN = Path(__file__).parents[3] / "knowledge" / "starter" / "modellen"
SIZES = [("urgentieverordening", 35, 12), ("huisvestingsverordening", 55, 18)]
# Articles of laws of which the reference gives the content; of others only the law is named.
KNOWN = {"Huisvestingswet 2014": {"4", "6", "12"}, "Gemeentewet": {"147", "149"}}


def text_of(name: str) -> str:
    return (MODELLEN / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize(("name", "articles", "choices"), SIZES)
def test_a_model_is_whole_and_marked_as_example(name, articles, choices):
    text = text_of(name)
    assert "\nvoorbeeld: ja\n" in text
    assert "geen model van de VNG en geen juridisch advies" in text
    numbers = re.findall(r"^## Artikel (\d+) \S", text, re.M)
    assert len(set(numbers)) >= articles
    assert sorted(set(map(int, numbers))) == list(range(1, len(set(numbers)) + 1))
    kinds = re.findall(r"^\[keuze [\w-]+\]\nsoort: (\w+)", text, re.M)
    assert len(kinds) >= choices
    assert set(kinds) == {"invulveld", "facultatief", "variant"}


@pytest.mark.parametrize("name", [name for name, *_ in SIZES])
def test_each_artikel_has_a_toelichting_and_each_choice_its_consequences(name):
    text = text_of(name)
    articles = re.split(
        r"^## Artikel ", text.split("\n# Algemene toelichting")[0], flags=re.M
    )
    for artikel in articles[1:]:
        assert re.search(r"^> \S", artikel, re.M), artikel[:60]
    for keuze in re.findall(r"^\[keuze .*?^\[/keuze\]", text, re.M | re.S):
        assert re.search(r"^vraag: .+\?$", keuze, re.M), keuze
        assert len(re.search(r"^uitleg: (.+)$", keuze, re.M)[1]) > 40, keuze
        if "soort: facultatief" in keuze:
            assert "gevolg ja: " in keuze
            assert "gevolg nee: " in keuze
        elif "soort: variant" in keuze:
            options = re.findall(r"^optie: .+ \| .+ \| .+$", keuze, re.M)
            assert len(options) >= 2, keuze
        else:
            assert "voorbeeld: " in keuze, keuze


@pytest.mark.parametrize("name", [name for name, *_ in SIZES])
def test_a_model_cites_no_artikel_of_a_law_that_was_not_checked(name):
    text = text_of(name)
    cited = re.findall(
        r"artikel(?:en)? ([\d, en]+?) van (?:de |het )?([A-Z][\w ]+?(?: 2014)?)(?=[ .,;]|$)",
        text,
    )
    assert cited
    for numbers, law in cited:
        wet = next(known for known in KNOWN if law.startswith(known.split()[0]))
        assert set(re.findall(r"\d+", numbers)) <= KNOWN[wet], (numbers, law)
