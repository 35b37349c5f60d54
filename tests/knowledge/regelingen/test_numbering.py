"""Numbers and headings as they are really printed."""

import pytest

from knowledge.regelingen.numbering import Kind, clean, kop, mark, typed


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        (("1.Parkeren", "", ""), ("", "1", "Parkeren")),
        (("Artikel", "1.1", "Recht"), ("Artikel", "1.1", "Recht")),
        (
            ("", "29. Intrekking oude regeling", ""),
            ("", "29", "Intrekking oude regeling"),
        ),
        (("Artikel", "29.Intrekking", ""), ("Artikel", "29", "Intrekking")),
        (("", "", "Artikel 5. Aanvraag"), ("Artikel", "5", "Aanvraag")),
        (("", "", "A. Toets bij aanvraag"), ("", "A", "Toets bij aanvraag")),
        (("Artikel 3 Aanvraag", "", ""), ("Artikel", "3", "Aanvraag")),
        (("Artikel", "Artikel 4", ""), ("Artikel", "4", "")),
        (("Artikel", "2:10.", "T"), ("Artikel", "2:10", "T")),
        (("Artikel", "12a", ""), ("Artikel", "12a", "")),
        (("Artikel", "12 bis", ""), ("Artikel", "12 bis", "")),
        (("Artikel", "2.4.1.", ""), ("Artikel", "2.4.1", "")),
        (
            ("Artikel", "10 t/m 12", "[Vervallen]"),
            ("Artikel", "10 t/m 12", "[Vervallen]"),
        ),
        (("Artikel", "5 De aanvraag", ""), ("Artikel", "5", "De aanvraag")),
        (("Artikel", "5", "12 jaar en ouder"), ("Artikel", "5", "12 jaar en ouder")),
        (("Hoofdstuk", "I", "Rechten"), ("Hoofdstuk", "I", "Rechten")),
        (("Bijlage", "", "bij artikel 8.8"), ("Bijlage", "", "bij artikel 8.8")),
        (("", "", "In deze wet"), ("", "", "In deze wet")),
        (("", "", ""), ("", "", "")),
    ],
)
def test_a_heading_is_found_wherever_it_was_put(printed, found):
    assert kop(*printed, of="artikel") == found


@pytest.mark.parametrize(
    ("printed", "kind", "number"),
    [
        ("1.", Kind.CIJFER, "1"),
        ("12a", Kind.CIJFER, "12a"),
        ("a.", Kind.LETTER, "a"),
        ("a)", Kind.LETTER, "a"),
        ("(b)", Kind.LETTER, "b"),
        ("aa.", Kind.LETTER, "aa"),
        ("1°", Kind.GRAAD, "1°"),
        ("2º.", Kind.GRAAD, "2º"),
        ("1e", Kind.GRAAD, "1e"),
        ("i.", Kind.ROMEIN, "i"),
        ("iv)", Kind.ROMEIN, "iv"),
        ("-", Kind.STREEP, ""),
        ("•", Kind.STREEP, ""),
        ("", Kind.STREEP, ""),
    ],
)
def test_the_way_a_number_is_written_says_what_it_is(printed, kind, number):
    found = mark(printed)
    assert (found.kind, found.number) == (kind, number)


def test_i_and_v_are_letters_in_a_row_of_letters():
    for before, after in (("h", "i"), ("u", "v"), ("w", "x")):
        assert mark(after, mark(before)).kind is Kind.LETTER


@pytest.mark.parametrize(
    ("printed", "without"), [("1.", "1"), ("1°.", "1°"), ("a) ", "a"), (".", ".")]
)
def test_the_closing_sign_is_no_part_of_a_number(printed, without):
    assert clean(printed) == without


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Het college", ("1.", "Het college")),
        ("a) een huis", ("a)", "een huis")),
        ("2 Het college", ("2", "Het college")),
        ("1° een huis", ("1°", "een huis")),
        ("12 weken na de aanvraag", None),
        ("Artikel 1", None),
    ],
)
def test_a_typed_number_is_told_from_a_count(text, found):
    assert typed(text) == found
