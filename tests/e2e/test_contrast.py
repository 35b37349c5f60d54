"""Every pair of tokens that stands together has the contrast that WCAG asks."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).resolve().parents[2] / "site/static/css/site.css").read_text()
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", CSS))
PAIRS = [
    ("inkt", "papier", 4.5), ("inkt", "zand", 4.5), ("inkt-zacht", "papier", 4.5), ("inkt-zacht", "zand", 4.5),
    ("den", "papier", 4.5), ("den-donker", "papier", 4.5), ("den-donker", "den-licht", 4.5), ("den-donker", "zand", 4.5),
    ("inkt", "den-licht", 4.5), ("blauw", "blauw-licht", 4.5), ("amber", "amber-licht", 4.5), ("inkt", "amber-licht", 4.5),
    ("baksteen", "baksteen-licht", 4.5), ("baksteen", "papier", 4.5), ("inkt", "markeer", 4.5),
    ("lijn", "papier", 3), ("lijn", "vlak", 3), ("lijn", "zand", 3), ("inkt", "focus", 3),
]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2, definition)."""
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("front", "back", "needed"), PAIRS)
def test_contrast(front, back, needed):
    light, dark = sorted(
        (luminance(TOKENS[front]), luminance(TOKENS[back])), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= needed
