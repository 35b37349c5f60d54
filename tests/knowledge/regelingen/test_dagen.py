import pytest

from knowledge.regelingen.dagen import gewoon


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            "Huisvestingswet 2014, zoals die geldt op 2026-07-01",
            "Huisvestingswet 2014, zoals die geldt op 1 juli 2026",
        ),
        ("2026-02-30 en 2025-12-31", "2026-02-30 en 31 december 2025"),
        ("12026-07-01, artikel 2-10", "12026-07-01, artikel 2-10"),
        ("", ""),
    ],
)
def test_a_date_in_a_sentence_is_said_as_people_write_it(given, said):
    assert gewoon(given) == said
