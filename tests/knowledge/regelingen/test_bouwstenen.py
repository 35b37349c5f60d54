"""Which building block an article is: measured on what people labelled."""

import pytest

from knowledge import choices
from knowledge.regelingen.bouwstenen import NAMES, bouwsteen_of
from tests.knowledge.regelingen.labelled import SHARED, Labelled, labelled


def right(rows: list[Labelled]) -> float:
    return sum(bouwsteen_of(r.title, r.text, r.path) == r.label for r in rows) / len(
        rows
    )


@pytest.mark.parametrize("half", "ab")
def test_nine_of_ten_articles_are_right_in_each_half(half):
    rows = [row for row in labelled() if row.half == half]
    assert len(rows) >= 50
    assert right(rows) >= 0.9
    if SHARED.exists():
        assert len(labelled()) >= 200


def test_the_rules_and_the_vocabulary_know_the_same_names():
    assert set(NAMES) == set(choices.ArtikelBouwsteen.values)
    assert {row.label for row in labelled()} - {""} <= set(NAMES)


@pytest.mark.parametrize(
    ("title", "text", "path", "found"),
    [
        ("", "[Vervallen per 1 januari 2025]", "Urgentie", ""),
        ("[Vervallen]", "", "Weigering", ""),
        ("Vervallen van de indeling", "Het college trekt haar in.", "", "intrekking"),
        ("Duur", "Deze verordening treedt in werking op 1 juli.", "", "slotbepalingen"),
        ("Duur", "De urgentie duurt drie maanden.", "", "geldigheidsduur"),
        ("Rookmelders", "Elke woning heeft er een.", "Algemeen", ""),
        ("Brandwonden", "Wie die heeft.", "Urgentiecategorieën", "categorieen"),
        ("Bescherming van gegevens", "Het college bewaart ze.", "Aanvraag", ""),
        ("", "", "", ""),
    ],
)
def test_an_article_has_one_building_block_or_none(title, text, path, found):
    assert bouwsteen_of(title, text, path) == found
