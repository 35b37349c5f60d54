"""Reading a mail: limits, proof of who sent it, and what the samples cannot show."""

from __future__ import annotations

import time

import pytest

from loket.mail.headers import addresses, decode_words, message_ids, parameters
from loket.mail.markup import real_target, to_text_and_html
from loket.mail.message import Adres
from loket.mail.parsing import MAX_BYTES, NOT_SPLIT, parse, unflow

HEAD = b"From: Hilde <hilde@eikenrade.example.nl>\r\nSubject: Groot\r\n"
MB = 1024 * 1024


def multipart(body: bytes) -> bytes:
    return HEAD + b"Content-Type: multipart/mixed; boundary=g\r\n\r\n" + body


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (HEAD + b"\r\n" + b"x" * MAX_BYTES, "groter dan 25 MB"),
        (HEAD + b"\r\n" + b"woord \n" * (2 * MB), "groter dan 10 MB"),
        (multipart(b"--g\r\n\r\nx\r\n" * 1001), "meer dan 1000 delen"),
        (HEAD + b"X-A: " + b"a" * (2 * MB) + b"\r\n\r\nx", "langer dan 1 MB"),
    ],
    ids=["bytes", "text", "parts", "header"],
)
def test_over_a_limit_is_unreadable_with_sender_and_subject(
    raw: bytes, reason: str
) -> None:
    mail = parse(raw)
    assert reason in mail.unreadable
    assert mail.subject == "Groot"
    assert mail.froms == (Adres("hilde@eikenrade.example.nl", "Hilde"),)


def test_at_the_limits_it_is_read() -> None:
    assert parse(multipart(b"--g\r\n\r\nx\r\n" * 999)).unreadable == ""
    nested = b"Content-Type: text/plain\r\n\r\nDiep."
    for number in range(49):
        sign = b"d%d" % number
        nested = (
            b"Content-Type: multipart/mixed; boundary=%b\r\n\r\n--%b\r\n%b\r\n--%b--\r\n"
            % (sign, sign, nested, sign)
        )
    assert parse(HEAD + nested).text == "Diep."
    assert (
        "50 lagen"
        in parse(
            HEAD
            + b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n"
            + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
            + nested
        ).unreadable
    )


def test_twenty_four_mb_of_attachment_is_read() -> None:
    body = b"--g\r\n\r\nZie bijlage.\r\n--g\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    start = time.process_time()
    mail = parse(
        multipart(body + (b"QUJD" * 19 + b"\r\n") * (24 * MB // 78) + b"--g--\r\n")
    )
    assert time.process_time() - start < 2
    assert len(mail.attachments[0].data) == 24 * MB // 78 * 57


HARD = {
    "words": HEAD[:-7] + b"=?a?q? " * 140_000 + b"\r\n\r\nx",
    "addresses": b"From: " + b"a@b.nl, (" * 100_000 + b"\r\n\r\nx",
    "quotes": b"From: " + b'"\\' * 400_000 + b"\r\n\r\nx",
    "parameters": HEAD
    + b"Content-Type: text/plain; "
    + b"a*0=b;" * 150_000
    + b"\r\n\r\nx",
    "uuencode": HEAD + b"\r\n" + b"begin 644 a\n" * 80_000 + b"end\n",
    "flowed": HEAD
    + b"Content-Type: text/plain; format=flowed\r\n\r\n"
    + b"woord \n" * 150_000,
    "dashes": HEAD + b"\r\n" + b"-" * MB,
    "scripts": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<script " * 130_000,
    "divs": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 120_000,
    "tables": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<table><tr><td>" * 40_000,
    "entities": HEAD + b"Content-Type: text/html\r\n\r\n" + b"&amp" * 160_000,
    "boundaries": multipart(b"--gg\r\n" * (3 * MB)),
    "guesses": HEAD
    + b"Content-Type: multipart/mixed\r\n\r\n"
    + (b"--" + b" " * 400) * 40_000,
    "headers": HEAD + b"a:b\n" * 250_000 + b"\nx",
}


@pytest.mark.parametrize("name", HARD)
def test_mail_made_to_be_slow_is_not(name: str) -> None:
    start = time.process_time()
    mail = parse(HARD[name])
    assert time.process_time() - start < 2
    assert "niet te lezen (" not in mail.unreadable


def test_every_place_where_a_token_may_stand_is_in_recipients() -> None:
    raw = b"To: A <a@x.nl>\nCc: b@x.nl\nDelivered-To: C@x.nl\nX-Original-To: d@x.nl\nBcc: e@x.nl\n\nx"
    assert parse(raw).recipients == ("a@x.nl", "b@x.nl", "c@x.nl", "d@x.nl")


def test_an_empty_return_path_is_not_a_missing_one() -> None:
    assert parse(b"Return-Path: <>\n\nx").return_path == ""
    assert parse(b"From: a@b.nl\n\nx").return_path is None
    assert parse(b"Return-Path: <a@b.nl>\n\nx").return_path == "a@b.nl"


@pytest.mark.parametrize(
    ("value", "seen", "group"),
    [
        ("Jan <jan@x.nl>", [("jan@x.nl", "Jan")], False),
        ("<jan@x.nl>, piet@x.nl", [("jan@x.nl", ""), ("piet@x.nl", "")], False),
        ('"jan@echt.nl" <vals@x.nl>', [("vals@x.nl", "jan@echt.nl")], False),
        ("jan@echt.nl <vals@x.nl>", [("vals@x.nl", "jan@echt.nl")], False),
        ("team: jan@x.nl, piet@x.nl;", [("jan@x.nl", ""), ("piet@x.nl", "")], True),
        ("undisclosed-recipients:;", [], True),
        ('"Jan \\"J\\" X" <jan@x.nl>', [("jan@x.nl", 'Jan "J" X')], False),
        ("jan@x.nl (commentaar (diep) <a@b.nl>)", [("jan@x.nl", "")], False),
        ("Jan <jan @ x.nl>", [("jan@x.nl", "Jan")], False),
        ("jan@X.NL\x00", [("jan@x.nl", "")], False),
        ("", [], False),
    ],
)
def test_addresses(value: str, seen: list[tuple[str, str]], group: bool) -> None:
    found, in_group = addresses(value.encode())
    assert [(a.address, a.name) for a in found] == seen
    assert in_group is group


def test_a_letter_that_looks_like_another_stays_another() -> None:
    """str.lower() makes a k of the Kelvin sign, and so another sender's address."""
    found, _group = addresses("<jan@ban\u212a.nl>".encode())
    assert found[0].address == "jan@ban\u212a.nl"


def test_message_ids_of_all_forms() -> None:
    assert message_ids(b"<a@b>\n <c@d> tekst") == ("<a@b>", "<c@d>")
    assert message_ids(b"a@b") == ("a@b",)
    assert message_ids(b"<a@\n b>") == ("<a@b>",)
    assert message_ids(b"geen") == ()
    assert message_ids(b"<a@b> <a@b>") == ("<a@b>",)


def test_words_keep_the_text_around_them() -> None:
    assert decode_words("voor =?utf-8?q?=C3=A9?= na") == "voor é na"
    assert decode_words("=?utf-8?q?a?= =?utf-8?q?b?=") == "ab"
    assert decode_words("=?utf-8?q?a?= x =?utf-8?q?b?=") == "a x b"
    assert decode_words("=?utf-8?q?wat?nu?=") == "wat?nu"
    assert decode_words("=?utf-8*nl?q?=C3=A9?=") == "é"


def test_parameters_without_a_kind() -> None:
    assert parameters(b"") == ("", {})
    assert parameters(b"text/plain; charset") == ("text/plain", {})
    assert parameters(b'TEXT/Plain; Charset="UTF-8" ; x=y') == (
        "text/plain",
        {"charset": "UTF-8", "x": "y"},
    )


def test_unflow_keeps_quotes_and_signatures_apart() -> None:
    assert unflow("een \ntwee\n> q1 \n> q2\n-- \nik") == "een twee\n> q1 q2\n-- \nik"
    assert unflow(" > geen citaat") == "> geen citaat"
    assert unflow("a \n> b") == "a\n> b"


def test_where_a_link_leads() -> None:
    outlook = "https://eur02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fx.nl%2Fa&data=1"
    assert real_target(outlook) == "https://x.nl/a"
    assert real_target("javascript:x()") == ""
    assert real_target("https://[kapot") == ""
    assert real_target(outlook.replace("https%3A", "javascript%3A")).startswith(
        "https://eur02"
    )


def test_html_that_is_too_big_shows_its_text_and_says_so() -> None:
    text, html, fault = to_text_and_html(
        "<style>p{}</style><p>Regel</p>" + "<p>woord</p>" * 80_000
    )
    assert text.startswith("Regel\nwoord\n")
    assert html == ""
    assert fault


def test_text_that_cannot_be_split_is_all_new(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object, **_options: object) -> tuple[str, str]:
        raise IndexError

    monkeypatch.setattr("loket.mail.quoting.split", fails)
    mail = parse(HEAD + b"\r\nNieuw.\r\n> Oud.\r\n")
    assert (mail.new_text, mail.quoted, mail.unreadable) == ("Nieuw.\n> Oud.", "", "")
    assert NOT_SPLIT in mail.faults


def test_a_line_that_begins_with_much_white_space_is_split_all_the_same() -> None:
    assert NOT_SPLIT not in parse(HEAD + b"\r\n" + b" " * 5000 + b"x\r\n").faults
    assert (
        NOT_SPLIT
        not in parse(b"Subject: Re: s\r\n\r\n" + b" " * 5000 + b"x\r\n").faults
    )


@pytest.mark.parametrize("fold", [b"\r\n \r\n ", b"\n\t\n\t"])
def test_a_folded_name_may_hold_a_line_of_blanks(fold: bytes) -> None:
    mail = parse(
        b'From: "Hilde' + fold + b'Eik" <hilde@eikenrade.example.nl>\r\n\r\nHallo'
    )
    assert mail.froms == (Adres("hilde@eikenrade.example.nl", "Hilde Eik"),)
    assert mail.text.strip() == "Hallo"


def test_a_line_of_blanks_ends_the_headers_otherwise() -> None:
    mail = parse(HEAD + b" \r\nHallo\r\n\r\nHilde")
    assert mail.subject == "Groot"
    assert mail.text.split() == ["Hallo", "Hilde"]
