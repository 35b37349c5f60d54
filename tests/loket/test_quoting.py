"""What is new in a reply: the corpus of ``quoting/``, the samples, and any text at all."""

import email
import os
from email import policy
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from loket.mail import quoting
from loket.mail.quoting import parts, split
from tests.loket.quoting import replies

SAMPLES = (
    Path(os.environ.get("THUISLOKET_SHARED", Path(__file__).parents[3] / "shared"))
    / "data/mail"
)
OWN, LATER = replies("antwoorden.txt"), replies("achteraf.txt")
ALL = [pytest.param(row, id=row.name) for row in OWN + LATER]


def squash(text):
    return "".join(text.split())


@pytest.mark.parametrize("row", ALL)
def test_no_new_text_is_taken_off(row):
    assert row.new in split(row.text, subject=row.subject)[0]


@pytest.mark.parametrize("rows", [OWN, LATER], ids=["made with the rules", "held out"])
def test_at_least_95_percent_keep_exactly_the_new_text(rows):
    more = [
        row.name for row in rows if split(row.text, subject=row.subject)[0] != row.new
    ]
    assert len(more) <= 0.05 * len(rows), more


@pytest.mark.parametrize("row", ALL)
def test_line_ends_of_mail_make_no_difference(row):
    crlf = split(row.text.replace("\n", "\r\n"), subject=row.subject)[0]
    assert crlf.replace("\r\n", "\n") == split(row.text, subject=row.subject)[0]


def test_a_forward_that_only_the_subject_tells_is_new_text():
    row = next(r for r in OWN if r.name == "outlook-doorgestuurd-zonder-merk")
    assert split(row.text, subject=row.subject) == (row.text, "")
    assert split(row.text, subject="RE: Vraag")[0] == "Kunt u hier iets mee?"


def test_in_a_mail_that_answers_none_only_a_signature_is_taken_off():
    row = next(r for r in OWN if r.name == "outlook-nl-desktop")
    text = row.text + "\n\nVerstuurd vanaf mijn iPhone"
    assert split(text, reply=True)[0] == row.new
    assert split(text, reply=False) == (row.text, "Verstuurd vanaf mijn iPhone")


def test_the_rest_is_what_stood_above_and_below():
    text = "Op 3-11-2026 om 16:40 schreef Loket:\n> Wanneer?\n\nIn mei.\n\n-- \nTom"
    assert parts(text) == (
        "Op 3-11-2026 om 16:40 schreef Loket:\n> Wanneer?\n\n",
        "In mei.",
        "-- \nTom",
    )
    assert split(text) == (
        "In mei.",
        "Op 3-11-2026 om 16:40 schreef Loket:\n> Wanneer?\n\n-- \nTom",
    )


PIECES = st.sampled_from(
    [
        "Van: Loket <l@x.nl>", "Verzonden: dinsdag 3 november 2026 16:40", "Aan: T",
        "Onderwerp: RE: x", "> gevraagd", ">> eerder", "", "-- ", "--", "Tom Bakker",
        "Op 3 nov 2026 om 16:40 schreef L <l@x.nl>:", "On 3/11/26 16:40, L wrote:",
        "Verstuurd vanaf mijn iPhone", "Begin doorgestuurd bericht:", "_" * 20,
        "-----Oorspronkelijk bericht-----", "Zie hieronder.", "Wij antwoorden ja.",
        "Kan dat?", "Zij schreven:", "\r", "\u00a0", "\u2028", ">>> L 3-11-26 16:40 >>>",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=25).map("\n".join)), st.text())
def test_of_any_text_nothing_is_lost(text, subject):
    above, new, below = parts(text, subject=subject)
    assert text.startswith(above)
    assert text.endswith(below)
    assert squash(above) + squash(new) + squash(below) == squash(text)
    assert new in text
    assert squash(new) or not squash(text)
    assert squash(split(text, subject=subject)[1]) == squash(above + below)
    if not above and not below:
        assert new == text


@given(
    st.lists(st.sampled_from(["Wij bouwen.", "Kan dat?", "", "- een", "Groet, Tom"]))
)
def test_plain_text_stays_whole(lines):
    text = "\n".join(lines)
    assert split(text) == (text, "")


@pytest.mark.parametrize(
    "piece",
    ["Van: a\n", "Van: a\nCc: b\nCc: c\n", "On a wrote\n", "> a\nb\n", "-- \na\n", "\n",
     "_____\n", "Op 3-11-2026 16:40 schreef x:\n", "Van: a\nDatum: 3-11-2026 16:40\nAan: b\n> x\ny\n"],
)  # fmt: skip
def test_the_work_grows_as_the_text_does(piece, monkeypatch):
    """Counted in expressions tried, so that a slow machine says the same."""

    class Counting:
        def __init__(self, pattern):
            self.pattern = pattern

        def __getattr__(self, name):
            nonlocal tried
            tried += 1
            return getattr(self.pattern, name)

    tried = 0
    for name, value in vars(quoting).copy().items():
        if hasattr(value, "pattern"):
            monkeypatch.setattr(quoting, name, Counting(value))
    counts = []
    for size in (500, 1000):
        tried = 0
        split(piece * size)
        counts.append(tried)
    assert counts[1] <= 2.2 * counts[0]


def sample_text(path):
    message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",))
    return (body.get_content() if body else None), str(message["subject"] or "")


def folded(text):
    return " ".join(text.split())


def test_the_own_samples_show_and_hide_what_they_must():
    # They lie beside the project and are not ours to commit; the own corpus always runs.
    if not SAMPLES.is_dir():
        pytest.skip("geen voorbeeldmails op deze machine (THUISLOKET_SHARED)")
    expected = yaml.safe_load((SAMPLES / "eigen/expected.yml").read_text("utf-8"))
    judged = 0
    for name, row in expected.items():
        # Of 17 the charset is wrong: that is for the reading of the mail, not for this.
        if row["kind"] not in ("vraag", "reactie") or name.startswith("17"):
            continue
        text, subject = sample_text(SAMPLES / "eigen" / name)
        if text is None:
            continue
        judged += 1
        new, _rest = split(text, subject=subject)
        for phrase in row["shows"]:
            assert folded(phrase) in folded(new), name
        for phrase in row["hides"]:
            assert folded(phrase) not in folded(new), name
    assert judged >= 15
