"""Mails that no client writes: real ones, broken in ways that a seed decides."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
SHARED = Path(
    os.environ.get("THUISLOKET_SHARED", Path(__file__).resolve().parents[4] / "shared")
)
MAIL = SHARED / "data" / "mail"
_MAX_SOURCE = 60_000

WORDS = [
    b"\x00", b"\r", b"\n", b"\r\n\r\n", b"--", b"--grens\r\n", b"--grens--\r\n", b"\xff\xfe", b"\xed\xa0\x80",
    b"=?utf-8?Q?=C3?=", b"=?utf-8?B?", b"?=", b"=?x?q?=00?=", b"filename*0*=", b"filename*=utf-8''%",
    b'boundary="', b"boundary=x", b"charset=utf-7", b"charset=hex", b"charset=utf-16", b"charset=unicode_escape",
    b"Content-Type: multipart/mixed; boundary=g\r\n", b"Content-Type: multipart/alternative\r\n",
    b"Content-Type: message/rfc822\r\n", b"Content-Type: multipart/report; report-type=delivery-status\r\n",
    b"Content-Type: application/ms-tnef\r\n", b"Content-Type: application/pkcs7-mime\r\n",
    b"Content-Type: text/calendar; method=REPLY\r\n", b"Content-Type: text/html\r\n",
    b"Content-Type: text/plain; format=flowed; delsp=yes\r\n", b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: quoted-printable\r\n", b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"From: a@b, c@d\r\n", b"From: g: a@b;\r\n", b"Date: Thu, 99 Foo 99999 99:99:99 +9999\r\n", b"Subject:\r\n",
    b"<table><tr><td>", b"</table>", b"<blockquote type=cite>", b"<!--", b"<?xml", b"<p style='display:none'>", b"&#x0;", b"&#55296;",
    b"begin 644 x\n", b"\nend\n", b"-----BEGIN PGP SIGNED MESSAGE-----\n", b"BEGIN:VEVENT\nDTSTART:00000000T000000Z\n",
    b"> ", b"Op di schreef:\n", b"Van: \nVerzonden: \n", b"-- \n", b"\x78\x9f\x3e\x22", b"\x30\x80\x06\x09", b"(", b'"', b"<", b";", b":",
]  # fmt: skip


def sources() -> list[bytes]:
    """The sample mails of ours, and those beside the project when they are there."""
    paths = sorted(CORPUS.glob("*.eml"))
    if MAIL.is_dir():
        paths += sorted(p for p in MAIL.rglob("*") if p.suffix in (".eml", ".txt"))
    return [path.read_bytes()[:_MAX_SOURCE] for path in paths]


def _span(mail: bytes, dice: random.Random, most: int = 400) -> tuple[int, int]:
    start = dice.randrange(len(mail) + 1)
    return start, min(len(mail), start + dice.randint(0, most))


def flip(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    data = bytearray(mail)
    for _ in range(dice.randint(1, 30) if data else 0):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def cut(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    start, end = _span(mail, dice)
    return mail[:start] + mail[end:]


def truncate(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    return mail[: dice.randrange(len(mail) + 1)]


def insert(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    for _ in range(dice.randint(1, 6)):
        at = dice.randrange(len(mail) + 1)
        mail = mail[:at] + dice.choice(WORDS) + mail[at:]
    return mail


def insert_line(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    lines = mail.split(b"\n")
    for _ in range(dice.randint(1, 4)):
        lines.insert(dice.randrange(len(lines)), dice.choice(WORDS).rstrip(b"\r\n"))
    return b"\n".join(lines)


def noise(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    at = dice.randrange(len(mail) + 1)
    return mail[:at] + dice.randbytes(dice.randint(1, 200)) + mail[at:]


def swap(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    lines = mail.split(b"\n")
    for _ in range(dice.randint(1, 5)):
        a, b = dice.randrange(len(lines)), dice.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def repeat(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    start, end = _span(mail, dice, 60)
    return mail[:end] + mail[start:end] * dice.choice((1, 10, 300, 2000)) + mail[end:]


def splice(mail: bytes, dice: random.Random, other: bytes) -> bytes:
    return (
        mail[: dice.randrange(len(mail) + 1)] + other[dice.randrange(len(other) + 1) :]
    )


def relabel(mail: bytes, dice: random.Random, _other: bytes) -> bytes:
    """Another character set, encoding or kind than the content has."""
    new = dice.choice(
        [
            b"utf-8",
            b"utf-16",
            b"iso-2022-jp",
            b"punycode",
            b"cp037",
            b"x",
            b"utf-7",
            b"base64",
        ]
    )
    pattern = dice.choice(
        [
            rb"utf-8",
            rb"iso-8859-1+5?",
            rb"quoted-printable",
            rb"base64",
            rb"8bit",
            rb"text/plain",
        ]
    )
    return re.sub(pattern, new, mail, count=dice.randint(0, 2))


def nest(mail: bytes, dice: random.Random, other: bytes) -> bytes:
    for number in range(dice.choice((1, 3, 30, 60))):
        sign = b"n%d" % number
        mail = (
            b"Content-Type: multipart/mixed; boundary="
            + sign
            + b"\n\n--"
            + sign
            + b"\n"
            + mail
            + b"\n--"
            + sign
            + b"\n"
            + (other[:500] if number == 0 else b"")
            + b"\n--"
            + sign
            + b"--\n"
        )
    return mail


Change = Callable[[bytes, random.Random, bytes], bytes]
CHANGES: list[Change] = [
    flip, cut, truncate, insert, insert_line, noise, swap, repeat, splice, relabel, nest,
]  # fmt: skip


def mutants(count: int, seed: int) -> Iterator[bytes]:
    """So many broken mails; the same ones for the same seed and the same sources."""
    dice = random.Random(seed)
    mails = sources()
    for _ in range(count):
        mail = dice.choice(mails)
        for _change in range(dice.choice((1, 1, 2, 3, 6))):
            mail = dice.choice(CHANGES)(mail, dice, dice.choice(mails))[:1_000_000]
        yield mail
