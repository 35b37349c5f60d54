"""The sample mails beside the project: 30 of our own, and public ones of other parsers."""

from __future__ import annotations

import pytest
import yaml

from loket.mail.judging import Eigen, judge
from loket.mail.parsing import parse
from tests.loket.mail import make_corpus
from tests.loket.mail.mutator import MAIL
from tests.loket.mail.test_corpus import BAR, OWN, folded
from tests.loket.mail.test_mutants import read_one

# These mails lie beside the project and are not ours to commit; the own corpus always runs.
pytestmark = pytest.mark.skipif(
    not MAIL.is_dir(), reason="geen voorbeeldmails op deze machine (THUISLOKET_SHARED)"
)


def test_our_own_thirty() -> None:
    expected = yaml.safe_load(
        (MAIL / "eigen" / "expected.yml").read_text(encoding="utf-8")
    )
    wrong: dict[str, list[str]] = {"kind": [], "text": [], "attachments": []}
    for name, want in expected.items():
        raw = (MAIL / "eigen" / name).read_bytes()
        raw = raw.replace(b"@@TOKEN_TO@@", make_corpus.TOKEN.encode())
        mail = parse(raw.replace(b"@@MESSAGE_ID@@", make_corpus.OWN_ID.encode()))
        if judge(mail, OWN).soort not in want["kind"].split("|"):
            wrong["kind"].append(name)
        shown = folded(mail.new_text)
        if not all(folded(p) in shown for p in want["shows"]) or any(
            folded(p) in shown for p in want["hides"]
        ):
            wrong["text"].append(name)
        if (
            want["attachments"] is not None
            and len(mail.attachments) != want["attachments"]
        ):
            wrong["attachments"].append(name)
    for what, names in wrong.items():
        print(f"eigen, {what}: {len(expected) - len(names)}/{len(expected)}", *names)
        assert len(names) <= (1 - BAR) * len(expected), what


def test_public_samples_raise_nothing() -> None:
    paths = [p for p in MAIL.rglob("*") if p.suffix in (".eml", ".txt", ".html")]
    assert len(paths) >= 100
    assert {p.name: read_one(p.read_bytes())[1] for p in paths} == {
        p.name: "" for p in paths
    }


def test_a_report_of_a_server_is_a_bounce() -> None:
    raw = (MAIL / "mailparser" / "delivery-status.eml").read_bytes()
    assert judge(parse(raw), Eigen(frozenset())).soort == "bounce"
