"""The sample mails: each is read and judged as its own file says."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from loket.mail.judging import Eigen, judge
from loket.mail.message import Bounce, Mail
from loket.mail.parsing import parse
from tests.loket.mail import make_corpus

FOLDER = Path(__file__).parent / "corpus"
NAMES = sorted(path.stem for path in FOLDER.glob("*.eml"))
BAR = 0.98
OWN = Eigen(
    addresses=frozenset({make_corpus.LOKET}),
    is_own_message_id=lambda found: found.strip("<>") == make_corpus.OWN_ID.strip("<>"),
    is_own_recipient=lambda found: found == make_corpus.TOKEN,
)


def folded(text: str) -> str:
    return " ".join(text.split())


def expected_of(name: str) -> dict[str, Any]:
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


@dataclass
class Score:
    kind: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)


def wrong_kind(mail: Mail, want: dict[str, Any]) -> list[str]:
    verdict = judge(mail, OWN)
    found = []
    if verdict.soort not in want["kind"].split("|"):
        found.append(f"kind {verdict.soort}, not {want['kind']} {verdict.signalen}")
    if not verdict.reden.endswith(".") or len(verdict.reden) > 200:
        found.append(f"reason {verdict.reden!r}")
    if "from" in want and [a.address for a in mail.froms] != want["from"]:
        found.append(f"from {mail.froms}")
    if "name" in want and mail.froms[0].name != want["name"]:
        found.append(f"name {mail.froms[0].name!r}")
    if "doubt" in want and bool(mail.from_doubt) != want["doubt"]:
        found.append(f"doubt {mail.from_doubt!r}")
    if "bounced" in want and mail.bounces != tuple(Bounce(*b) for b in want["bounced"]):
        found.append(f"bounced {mail.bounces}")
    if "bounced_ids" in want and list(mail.bounced_ids) != want["bounced_ids"]:
        found.append(f"bounced ids {mail.bounced_ids}")
    return found


def wrong_text(mail: Mail, want: dict[str, Any]) -> list[str]:
    found = []
    if "subject" in want and mail.subject != want["subject"]:
        found.append(f"subject {mail.subject!r}")
    if "text" in want and folded(mail.new_text) != folded(want["text"]):
        found.append(f"text {mail.new_text!r}, not {want['text']!r}")
    for line in want.get("lines", []):
        if line not in mail.text.split("\n"):
            found.append(f"line {line!r} in {mail.text!r}")
    for phrase in want.get("shows", []):
        if phrase not in folded(mail.new_text):
            found.append(f"does not show {phrase!r}")
    for phrase in want.get("html_hides", []):
        if phrase in mail.html.lower() or not mail.html:
            found.append(f"html {mail.html!r}")
    if want.get("fault", False) != bool(mail.faults) and "fault" in want:
        found.append(f"faults {mail.faults}")
    return found


def wrong_attachments(mail: Mail, want: dict[str, Any]) -> list[str]:
    found = []
    have = [[b.name, b.media_type, len(b.data)] for b in mail.attachments]
    if want.get("attachments") is not None and have != want["attachments"]:
        found.append(f"attachments {have}, not {want['attachments']}")
    if "notes" in want and [b.note for b in mail.attachments] != want["notes"]:
        found.append(f"notes {[b.note for b in mail.attachments]}")
    return found


def test_corpus() -> None:
    """At least 98 % right on kind, text and attachments, each."""
    score = Score()
    for name in NAMES:
        mail, want = parse((FOLDER / f"{name}.eml").read_bytes()), expected_of(name)
        score.kind += [f"{name}: {w}" for w in wrong_kind(mail, want)][:1]
        score.text += [f"{name}: {w}" for w in wrong_text(mail, want)][:1]
        score.attachments += [f"{name}: {w}" for w in wrong_attachments(mail, want)][:1]
    assert len(NAMES) >= 100
    for what, wrong in vars(score).items():
        share = 1 - len(wrong) / len(NAMES)
        print(
            f"{what}: {len(NAMES) - len(wrong)}/{len(NAMES)} = {share:.1%}",
            *wrong,
            sep="\n  ",
        )
    for what, wrong in vars(score).items():
        assert len(wrong) <= (1 - BAR) * len(NAMES), (what, wrong)


@pytest.mark.parametrize("name", NAMES)
def test_what_always_holds(name: str) -> None:
    """New text and quoted text are the whole text; no text holds what PostgreSQL refuses."""
    mail = parse((FOLDER / f"{name}.eml").read_bytes())
    lines = set(map(str.strip, mail.text.split("\n")))
    assert set(map(str.strip, f"{mail.new_text}\n{mail.quoted}".split("\n"))) - {
        ""
    } == lines - {""}
    for text in (mail.text, mail.html, mail.subject, *(v for _n, v in mail.headers)):
        assert "\x00" not in text
        text.encode("utf-8")  # no lone surrogates
    assert mail == parse((FOLDER / f"{name}.eml").read_bytes())


def test_the_files_are_what_the_script_makes() -> None:
    made = {one.name: one for one in make_corpus.cases()}
    assert set(made) == {name for name in NAMES if not name.startswith("hand-")}
    for name, one in made.items():
        assert (FOLDER / f"{name}.eml").read_bytes() == one.raw, name
        assert expected_of(name) == one.expected, name
