"""What the template filters make of a text."""

import pytest

from core.templatetags.components import teaser


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("Kort genoeg.", 40, "Kort genoeg."),
        ("Eerste zin. Tweede zin die niet past.", 20, "Eerste zin."),
        ("Eerste zin. Tweede. Derde zin past niet.", 20, "Eerste zin. Tweede."),
        ("Een lange zin, die nergens ophoudt", 17, "Een lange zin …"),
        ("Lees art. 3 en daarna. Dan verder.", 24, "Lees art. 3 en daarna."),
        ("", 10, ""),
    ],
)
def test_a_teaser_ends_at_a_sentence_or_a_word(text, length, shown):
    assert teaser(text, length) == shown
