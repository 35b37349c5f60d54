"""Writes the sample mails of ``corpus/`` and, beside each, what must become of it.

    python -m tests.loket.mail.make_corpus

What is expected is written by hand, next to the bytes and before they are read; a test
holds the files to what this script makes. Persons and municipalities are invented. The
mails whose name begins with ``hand-`` are written by hand and not made here.
"""

from __future__ import annotations

import base64
import quopri
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "corpus"
LOKET = "loket@thuisloket.example.nl"
TOKEN = "loket+vraag-12-contact-4-abcdefghijklmnopqrstuvwxyz@thuisloket.example.nl"
OWN_ID = "<loket.vraag-12.3.0123456789abcdef01234567@thuisloket.example.nl>"
HILDE = '"Hilde Boersma" <hilde.boersma@eikenrade.example.nl>'
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Case:
    name: str
    raw: bytes
    expected: dict[str, Any]


CASES: list[Case] = []


def case(name: str, raw: bytes, kind: str, /, **expected: Any) -> None:
    CASES.append(Case(name, raw, {"kind": kind, **expected}))


def as_bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode()


def crlf(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def b64(data: bytes) -> bytes:
    return base64.encodebytes(data)


def qp(text: str, charset: str = "utf-8") -> bytes:
    return quopri.encodestring(text.encode(charset))


def part(
    body: str | bytes,
    kind: str = 'text/plain; charset="utf-8"',
    *headers: str | bytes,
) -> bytes:
    lines = [b"Content-Type: " + as_bytes(kind)] if kind else []
    return b"\n".join([*lines, *map(as_bytes, headers), b"", as_bytes(body)])


def attached(
    data: bytes,
    kind: str,
    disposition: str | bytes = "attachment",
    *headers: str | bytes,
) -> bytes:
    return part(
        b64(data),
        kind,
        "Content-Transfer-Encoding: base64",
        b"Content-Disposition: " + as_bytes(disposition),
        *headers,
    )


def multi(kind: str, *parts: bytes, sign: str = "grens", params: str = "") -> bytes:
    """Content-Type and body of a multipart, to put behind other headers."""
    head = f'Content-Type: multipart/{kind}; boundary="{sign}"{params}\n\n'.encode()
    mark = b"--" + sign.encode()
    body = b"".join(mark + b"\n" + one.rstrip(b"\n") + b"\n" for one in parts)
    return head + body + mark + b"--\n"


def top(
    subject: str | bytes | None = "Vraag over wonen",
    sender: str | bytes | None = HILDE,
    *headers: str | bytes,
    to: str = LOKET,
    mid: str = "<20261104140001.V1@eikenrade.example.nl>",
) -> bytes:
    lines: list[bytes] = [
        b"Received: from uit.eikenrade.example.nl (uit.eikenrade.example.nl [198.51.100.7])\n"
        b"\tby postbus.example.org (Postfix) with ESMTPS id 4F2A1C0033\n"
        b"\tfor <loket@thuisloket.example.nl>; Wed,  4 Nov 2026 14:01:11 +0100 (CET)"
    ]
    if sender is not None:
        lines.append(b"From: " + as_bytes(sender))
    lines.append(b"To: " + to.encode())
    if subject is not None:
        lines.append(b"Subject: " + as_bytes(subject))
    lines += [b"Date: Wed, 04 Nov 2026 14:01:05 +0100"]
    if mid:
        lines.append(b"Message-ID: " + mid.encode())
    lines += [b"MIME-Version: 1.0", *map(as_bytes, headers)]
    return b"\n".join(lines) + b"\n"


def plain(
    body: str | bytes,
    subject: str | bytes | None = "Vraag over wonen",
    *headers: str | bytes,
    kind: str = 'text/plain; charset="utf-8"',
    cte: str = "8bit",
    **options: Any,
) -> bytes:
    sender = options.pop("sender", HILDE)
    head = top(subject, sender, *headers, **options)
    extra = b""
    if kind:
        extra += b"Content-Type: " + kind.encode() + b"\n"
    if cte:
        extra += b"Content-Transfer-Encoding: " + cte.encode() + b"\n"
    return crlf(head + extra + b"\n" + as_bytes(body))


def whole(
    multipart: bytes,
    subject: str | bytes = "Vraag over wonen",
    *headers: str | bytes,
    **options: Any,
) -> bytes:
    sender = options.pop("sender", HILDE)
    return crlf(top(subject, sender, *headers, **options) + multipart)


def html(source: str) -> bytes:
    return part(
        qp(source),
        'text/html; charset="utf-8"',
        "Content-Transfer-Encoding: quoted-printable",
    )


REPLY = (f"In-Reply-To: {OWN_ID}", f"References: {OWN_ID}")
VRAAG = "Mogen wij leges heffen voor een urgentieverklaring?"


def tnef(*objects: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(objects)


def tnef_object(level: int, name: int, kind: int, data: bytes) -> bytes:
    return (
        struct.pack("<BHHI", level, name, kind, len(data))
        + data
        + struct.pack("<H", sum(data) & 0xFFFF)
    )


def tnef_file(title: bytes, data: bytes, long_name: str = "") -> bytes:
    made = tnef_object(2, 0x9002, 6, bytes(14)) + tnef_object(
        2, 0x8010, 1, title + b"\0"
    )
    made += tnef_object(2, 0x800F, 6, data)
    if long_name:
        value = (long_name + "\0").encode("utf-16-le")
        padded = value + bytes(-len(value) % 4)
        props = struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(value)) + padded
        made += tnef_object(2, 0x9005, 6, props)
    return made


CODEPAGE = tnef_object(1, 0x9007, 6, struct.pack("<II", 1252, 0))


def der(tag: int, *content: bytes) -> bytes:
    data = b"".join(content)
    size = len(data)
    if size < 128:
        return bytes([tag, size]) + data
    return bytes([tag, 0x82]) + size.to_bytes(2, "big") + data


def clients() -> None:
    word = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal '
        '{margin:0cm;font-size:11.0pt} --></style></head><body lang="NL"><div class="WordSection1">'
        '<p class="MsoNormal">Goedemiddag,<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        f'<p class="MsoNormal">{VRAAG}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
        '<p class="MsoNormal">Met vriendelijke groet,<o:p></o:p></p><p class="MsoNormal">Hilde Boersma<o:p></o:p></p></div></body></html>'
    )
    greeting = f"Goedemiddag,\n\n{VRAAG}\n\nMet vriendelijke groet,\nHilde Boersma\n"
    said = f"Goedemiddag, {VRAAG} Met vriendelijke groet, Hilde Boersma"
    case(
        "client-outlook",
        whole(
            multi(
                "alternative",
                part(quopri.encodestring(greeting.encode("cp1252")), 'text/plain; charset="iso-8859-1"', "Content-Transfer-Encoding: quoted-printable"),
                part(quopri.encodestring(word.encode("cp1252")), 'text/html; charset="iso-8859-1"', "Content-Transfer-Encoding: quoted-printable"),
                sign="_000_AM0PR04MB5587_",
            ),
            "Leges en urgentie",
            "Thread-Topic: Leges en urgentie",
            "X-MS-Has-Attach:",
            "X-MS-Exchange-Organization-SCL: 1",
        ),
        "vraag", subject="Leges en urgentie", text=said, attachments=[],
    )  # fmt: skip
    case(
        "client-outlook-alleen-html",
        whole(html(word), "Leges"),
        "vraag",
        text=said,
        attachments=[],
    )
    case(
        "client-outlook-web-base64",
        whole(multi("alternative", part(b64(greeting.encode()), 'text/plain; charset="utf-8"', "Content-Transfer-Encoding: base64"), html(word), sign="_000_DB7_")),
        "vraag", text=said, attachments=[],
    )  # fmt: skip
    case(
        "client-gmail",
        whole(
            multi(
                "alternative",
                part("Hoi,\n\nWie bekostigt de taxatie van een standplaats?\n\nGroet,\nKoen\n", 'text/plain; charset="UTF-8"'),
                html('<div dir="ltr"><div>Hoi,</div><div><br></div><div>Wie bekostigt de taxatie van een standplaats?</div><div><br></div><div>Groet,</div><div>Koen</div></div>'),
                sign="000000000000f3b2c5062a",
            ),
            "Taxatie",
            sender="Koen Verspaandonk <k.verspaandonk@gmail.example.com>",
            mid="<CAF=abc+123@mail.gmail.example.com>",
        ),
        "vraag", subject="Taxatie", text="Hoi, Wie bekostigt de taxatie van een standplaats? Groet, Koen",
        attachments=[], **{"from": ["k.verspaandonk@gmail.example.com"]},
    )  # fmt: skip
    case(
        "client-apple-flowed",
        plain(
            "Dag,\n\nDe raad wil weten hoeveel woningen wij moeten toewijzen aan \nstatushouders die al een jaar in een \ntussenvoorziening wonen.\n\nWie weet dat?\n",
            "Statushouders", "X-Mailer: Apple Mail (2.3826.200.121)", kind="text/plain; charset=utf-8; format=flowed",
        ),
        "vraag",
        text="Dag, De raad wil weten hoeveel woningen wij moeten toewijzen aan statushouders die al een jaar in een tussenvoorziening wonen. Wie weet dat?",
        lines=["De raad wil weten hoeveel woningen wij moeten toewijzen aan statushouders die al een jaar in een tussenvoorziening wonen."],
        attachments=[],
    )  # fmt: skip
    case(
        "client-apple-delsp",
        plain("Huurprijs \nbeleid is een woord dat gebroken wer \nd.\n\nGroet \n", "Regels", kind="text/plain; charset=utf-8; format=flowed; delsp=yes"),
        "vraag", text="Huurprijsbeleid is een woord dat gebroken werd. Groet", attachments=[],
    )  # fmt: skip
    case(
        "client-apple-bijlage-tussen-tekst",
        whole(multi("mixed", part("Eerst dit:\n"), attached(PDF, 'application/pdf; name="plattegrond.pdf"', 'inline; filename="plattegrond.pdf"'), part("En daarna de vraag: mag dit?\n"), sign="Apple-Mail=_1")),
        "vraag", text="Eerst dit: En daarna de vraag: mag dit?", attachments=[["plattegrond.pdf", "application/pdf", len(PDF)]],
    )  # fmt: skip
    case(
        "client-apple-alternative-met-mixed",
        whole(
            multi(
                "alternative",
                part("Zie de tekening.\nKlopt de maat?\n"),
                multi("mixed", html("<p>Zie de tekening.</p>"), attached(PNG, "image/png", "inline; filename=tekening.png"), html("<p>Klopt de maat?</p>"), sign="Apple-Mail=_3"),
                sign="Apple-Mail=_2",
            )
        ),
        "vraag", text="Zie de tekening. Klopt de maat?", attachments=[["tekening.png", "image/png", len(PNG)]],
    )  # fmt: skip
    case(
        "client-thunderbird-afbeelding-in-tekst",
        whole(
            multi(
                "related",
                html('<p>Deze kaart <img src="cid:kaart1@ex" alt="kaart"> klopt niet.</p>'),
                attached(PNG, 'image/png; name="kaart.png"', 'inline; filename="kaart.png"', "Content-ID: <kaart1@ex>"),
                sign="------------0A1b",
            )
        ),
        "vraag", text="Deze kaart klopt niet.", attachments=[["kaart.png", "image/png", len(PNG)]], html_hides=["<img", "cid:"],
    )  # fmt: skip
    case(
        "client-zonder-mime",
        crlf(
            b"From: balie@eikenrade.example.nl\nTo: loket@thuisloket.example.nl\nSubject: Formulier\nX-PHP-Originating-Script: 33:contact.php\n\nNaam: Jan\nVraag: wie betaalt de keuring?\n"
        ),
        "vraag",
        subject="Formulier",
        text="Naam: Jan Vraag: wie betaalt de keuring?",
        attachments=[],
    )
    case(
        "client-groupwise",
        plain(
            "Geachte,\r\n\r\nGraag uw advies over de huisvestingsverordening.\r\n",
            "Advies",
            "X-Mailer: Novell GroupWise Internet Agent 18.4",
            kind="text/plain; charset=ISO-8859-1",
            cte="quoted-printable",
        ),
        "vraag",
        text="Geachte, Graag uw advies over de huisvestingsverordening.",
        attachments=[],
    )
    case(
        "client-formulier-noreply",
        plain(
            "Via het contactformulier:\nWat kost een standplaats?\n",
            "Contactformulier",
            "Reply-To: bewoner@example.org",
            sender="noreply@eikenrade.example.nl",
        ),
        "vraag",
        text="Via het contactformulier: Wat kost een standplaats?",
        attachments=[],
    )
    case(
        "client-alleen-regeleinde-lf",
        top("LF") + b"\nAlleen regeleinden van Unix.\n",
        "vraag",
        text="Alleen regeleinden van Unix.",
        attachments=[],
    )
    case(
        "client-alleen-cr",
        (top("CR") + b"\nRegel een.\nRegel twee.\n").replace(b"\n", b"\r"),
        "vraag",
        subject="CR",
        text="Regel een. Regel twee.",
        attachments=[],
    )
    case(
        "client-uit-mbox",
        b"From hilde@eikenrade.example.nl Wed Nov  4 14:01:05 2026\n"
        + top("Mbox")
        + b"\nUit een mbox.\n",
        "vraag",
        subject="Mbox",
        text="Uit een mbox.",
        attachments=[],
        **{"from": ["hilde.boersma@eikenrade.example.nl"]},
    )
    case(
        "client-antwoord-van-mens-met-auto-submitted-no",
        plain(VRAAG, "Leges", "Auto-Submitted: no", "Precedence: normal"),
        "vraag",
        text=VRAAG,
        attachments=[],
    )


def html_mails() -> None:
    def one(name: str, source: str, kind: str = "vraag", **expected: Any) -> None:
        case(
            f"html-{name}",
            whole(html(source), "Vraag"),
            kind,
            attachments=[],
            **expected,
        )

    one("tabel", "<p>Per kern:</p><table><tr><th>Kern</th><th>Kamers</th></tr><tr><td>Marre</td><td>17</td></tr><tr><td>Wald</td><td>26</td></tr></table><p>Is dit genoeg?</p>",
        text="Per kern: Kern Kamers Marre 17 Wald 26 Is dit genoeg?")  # fmt: skip
    one(
        "lijst",
        "<p>Drie vragen:</p><ol><li>Wie tekent?</li><li>Wanneer?</li></ol><ul><li>Los</li></ul>",
        text="Drie vragen: 1. Wie tekent? 2. Wanneer? * Los",
    )
    one("koppeling", '<p>Geldt <a href="https://wetten.example.nl/BWBR0001">deze wet</a> nog? Zie https://eikenrade.example.nl/</p>',
        text="Geldt deze wet <https://wetten.example.nl/BWBR0001> nog? Zie https://eikenrade.example.nl/")  # fmt: skip
    one("safelinks", '<p>Klopt <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Feikenrade.example.nl%2Fbeleid&amp;data=05%7C02">ons beleid</a>?</p>',
        text="Klopt ons beleid <https://eikenrade.example.nl/beleid>?", html_hides=["safelinks"])  # fmt: skip
    one(
        "verborgen",
        '<div style="display:none">Voorproefje voor de inbox</div><p>Echte vraag?</p><span style="DISPLAY : NONE">gif</span><p hidden>weg</p>',
        text="Echte vraag?",
        html_hides=["Voorproefje", "gif", "weg"],
    )
    one("vijandig", "<p onclick='x()'>Vraag?</p><script>alert(1)</script><svg onload=alert(1)><a href='javascript:alert(1)'>klik</a><iframe src='//kwaad.example'></iframe><form action=x><input value=w></form><style>p{}</style><base href='//x'><meta http-equiv=refresh content='0;url=//x'>",
        text="Vraag?", html_hides=["script", "onclick", "onload", "javascript", "iframe", "style", "<form", "<base", "<meta"])  # fmt: skip
    one(
        "volgpixel",
        '<p>Goedendag, wat is de norm?</p><img src="https://volg.example.org/p.gif?id=7" width=1 height=1>',
        text="Goedendag, wat is de norm?",
        html_hides=["<img", "volg.example"],
    )
    one(
        "entiteiten",
        "<p>Prijs &euro;&nbsp;310 &amp; &lt;meer&gt; caf&eacute; &#8211; &#x2019;</p>",
        text="Prijs € 310 & <meer> café – ’",
    )
    one(
        "niet-gesloten",
        "<p>Een <b>vette <i>vraag<p>Nog een alinea<table><tr><td>cel",
        text="Een vette vraag Nog een alinea cel",
    )
    one(
        "regels",
        "Regel een<br>Regel twee<br/><br>Regel drie",
        text="Regel een Regel twee Regel drie",
        lines=["Regel een", "Regel twee", "Regel drie"],
    )
    one(
        "commentaar",
        "<p>Voor<!-- [if mso]> verborgen <![endif] -->na</p><?xml a?><p>Slot</p>",
        text="Voorna Slot",
        html_hides=["verborgen"],
    )
    one(
        "kop-en-pre",
        "<h1>Titel</h1><pre>a\n  b</pre><hr><blockquote>Gewoon citaat uit een wet</blockquote><p>Mag dat?</p>",
        text="Titel a b Gewoon citaat uit een wet Mag dat?",
    )
    case("html-met-arm-plat-deel", whole(multi("alternative", part("Uw mailprogramma toont geen HTML."), html("<p>" + "Dit is de hele vraag, met veel meer woorden dan het platte deel had. " * 5 + "Klopt dat?</p>"))),
         "vraag", text="Dit is de hele vraag, met veel meer woorden dan het platte deel had. " * 5 + "Klopt dat?", attachments=[])  # fmt: skip
    news = "https://volg.example.org/" + "a1b2c3" * 80
    signed = f'<p>Kunt u mij bellen?</p><p><a href="{news}">Volg ons</a> of <a href="{news}">lees meer</a></p>'
    case(
        "html-met-lange-koppelingen",
        whole(multi("alternative", part("Kunt u mij bellen?\n"), html(signed))),
        "vraag",
        text="Kunt u mij bellen?",
        attachments=[],
    )
    amp = part("<html amp4email></html>", "text/x-amp-html; charset=utf-8")
    case(
        "html-met-amp",
        whole(
            multi(
                "alternative", part("Gewone tekst."), amp, html("<p>Gewone tekst.</p>")
            )
        ),
        "vraag",
        text="Gewone tekst.",
        attachments=[],
    )
    case(
        "html-met-leeg-plat-deel",
        whole(
            multi(
                "alternative", part(" \n"), html("<p>Alleen hier staat de vraag.</p>")
            )
        ),
        "vraag",
        text="Alleen hier staat de vraag.",
        attachments=[],
    )
    case(
        "html-tekenset-in-meta",
        whole(
            part(
                "<html><head><meta charset='windows-1252'></head><body><p>Privé € 5 ‘nu’</p></body></html>".encode(
                    "cp1252"
                ),
                "text/html",
                "Content-Transfer-Encoding: 8bit",
            )
        ),
        "vraag",
        text="Privé € 5 ‘nu’",
        attachments=[],
    )
    case(
        "html-heel-diep",
        whole(
            part(
                "<div>" * 3000 + "Diep weg, mag dit?" + "</div>" * 3000,
                "text/html; charset=utf-8",
            )
        ),
        "vraag",
        text="Diep weg, mag dit?",
        attachments=[],
    )


def charsets() -> None:
    def one(name: str, body: bytes, charset: str, text: str, **expected: Any) -> None:
        kind = f"text/plain; charset={charset}" if charset else "text/plain"
        case(
            f"tekens-{name}",
            plain(body, "Tekens", kind=kind),
            "vraag",
            text=text,
            attachments=[],
            **expected,
        )

    one(
        "iso-8859-15-euro",
        "Wij betalen € 310 per kamer.".encode("iso-8859-15"),
        "iso-8859-15",
        "Wij betalen € 310 per kamer.",
    )
    one(
        "windows-1252-als-latin-1",
        "Wie is ‘inwoner’ … in uw model – en de €?".encode("cp1252"),
        "iso-8859-1",
        "Wie is ‘inwoner’ … in uw model – en de €?",
    )
    one(
        "windows-1252-als-iso-8859-15",
        "Zijn dat “kamers”?".encode("cp1252"),
        "iso-8859-15",
        "Zijn dat “kamers”?",
    )
    one(
        "windows-1252-als-us-ascii", "Eén café".encode("cp1252"), "us-ascii", "Eén café"
    )
    one(
        "windows-1252-als-utf-8",
        "Coöperatie Zuidoostbeemster vraagt: één kamer?".encode("cp1252"),
        "utf-8",
        "Coöperatie Zuidoostbeemster vraagt: één kamer?",
        fault=True,
    )
    one(
        "utf-8-als-latin-1",
        "Coöperatief wonen, hoe regel ik één contract?".encode(),
        "iso-8859-1",
        "Coöperatief wonen, hoe regel ik één contract?",
        fault=True,
    )
    one(
        "utf-8-zonder-etiket",
        "Financiële onderbouwing – ja?".encode(),
        "",
        "Financiële onderbouwing – ja?",
    )
    one(
        "windows-1252-zonder-etiket",
        "Financiële onderbouwing – ja?".encode("cp1252"),
        "",
        "Financiële onderbouwing – ja?",
    )
    one(
        "onbekend-etiket",
        "Reünie van bewoners".encode(),
        "x-onbekend",
        "Reünie van bewoners",
        fault=True,
    )
    one(
        "etiket-is-geen-tekenset",
        b"48656c6c6f",
        "hex",
        "48656c6c6f",
        fault=True,
    )
    one(
        "gemengd",
        "Één regel UTF-8: é. ".encode() + "Eén regel Windows: é €.".encode("cp1252"),
        "utf-8",
        "Één regel UTF-8: é. Eén regel Windows: é €.",
        fault=True,
    )
    one(
        "utf-16-met-bom",
        "﻿Vraag in UTF-16: één?".encode("utf-16-le"),
        "utf-16",
        "Vraag in UTF-16: één?",
    )
    one(
        "utf-8-met-bom",
        b"\xef\xbb\xbf" + "Met BOM één".encode(),
        "utf-8",
        "Met BOM één",
    )
    one(
        "turks",
        "İstanbul'dan gelen Çağla şikâyet".encode("iso-8859-9"),
        "iso-8859-9",
        "İstanbul'dan gelen Çağla şikâyet",
    )
    one(
        "pools",
        "Dzień dobry, źródło".encode("iso-8859-2"),
        "iso-8859-2",
        "Dzień dobry, źródło",
    )
    one("arabisch", "مرحبا".encode("cp1256"), "windows-1256", "مرحبا")
    one("chinees", "住房问题".encode("gb2312"), "gb2312", "住房问题")
    one("dos", "Coöperatie".encode("cp850"), "ibm850", "Coöperatie")
    one("etiket-met-aanhalingstekens", "één".encode(), '"utf-8"', "één")
    one(
        "nul-en-besturing",
        b"Voor\x00na \x07bel \x1b[31mrood\x1b[0m \x08terug\x7f",
        "utf-8",
        "Voorna bel [31mrood[0m terug",
    )
    one("losse-surrogaat", b"Voor \xed\xa0\x80 na", "utf-8", "Voor í € na", fault=True)
    one(
        "richting-gedraaid",
        "Factuur \u202efdp.exe\u202c klaar".encode(),
        "utf-8",
        "Factuur fdp.exe klaar",
    )
    one("utf-7", b"Fr+APY-sche", "utf-7", "Frösche")
    one(
        "emoji",
        "Bedankt 👍🏽 voor uw hulp".encode(),
        "utf-8",
        "Bedankt 👍🏽 voor uw hulp",
    )
    one("samengesteld", "Cafe\u0301".encode(), "utf-8", "Cafe\u0301")
    case(
        "tekens-quoted-printable-kapot",
        plain(
            "Vijftig =EURO en =C3=A9=C3=A9n = teken =\n\neind=",
            "QP",
            cte="quoted-printable",
        ),
        "vraag",
        text="Vijftig =EURO en één = teken eind",
        attachments=[],
    )
    case(
        "tekens-base64-kapot",
        plain(b"QmVzdGUsIG1hZyBkaXQ/IEdyb2V0LCBIaWxk!!\n*ZQ", "B64", cte="base64"),
        "vraag",
        text="Beste, mag dit? Groet, Hilde",
        attachments=[],
    )
    case(
        "tekens-base64-is-het-niet",
        plain("«»«»", "B64", cte="base64"),
        "vraag",
        text="«»«»",
        attachments=[],
        fault=True,
    )
    case(
        "tekens-onbekende-codering",
        plain("Gewoon leesbaar.", "X", cte="x-zelfbedacht"),
        "vraag",
        text="Gewoon leesbaar.",
        attachments=[],
    )
    case(
        "tekens-uuencode",
        plain(b"begin 644 t.txt\n%2&%L;&\\\n`\nend\n", "UU", cte="x-uuencode"),
        "vraag",
        text="Hallo",
        attachments=[],
    )


def header_mails() -> None:
    def one(name: str, subject: bytes | str | None, seen: str, **expected: Any) -> None:
        case(
            f"kop-{name}",
            plain("Tekst van de vraag.", subject),
            "vraag",
            subject=seen,
            text="Tekst van de vraag.",
            attachments=[],
            **expected,
        )

    one(
        "8-bit-latin-1",
        "Privé én sociale huur".encode("latin-1"),
        "Privé én sociale huur",
    )
    one(
        "8-bit-utf-8",
        "Privé én sociale huur – vraag".encode(),
        "Privé én sociale huur – vraag",
    )
    one(
        "woord-q", "=?iso-8859-1?Q?Priv=E9_=E9n_sociale_huur?=", "Privé én sociale huur"
    )
    one("woord-b", "=?UTF-8?B?UHJpdsOpIMOpbiBzb2NpYWxl?=", "Privé én sociale")
    one("letter-doormidden", "=?utf-8?Q?Priv=C3?=\n =?utf-8?Q?=A9_huur?=", "Privé huur")
    one("twee-tekensets", "=?utf-8?Q?=C3=A9?= =?iso-8859-15?Q?=A4?= 5", "é€ 5")
    one("windows-woord-als-latin-1", "=?iso-8859-1?Q?=91inwoner=92?=", "‘inwoner’")
    one("woord-met-spaties", "=?utf-8?Q?kosten per m=C2=B2?=", "kosten per m²")
    one("woord-zonder-vulling", "=?utf-8?B?w6ku?=", "é.")
    one("woord-kapot", "=?utf-8?Q?half", "=?utf-8?Q?half")
    one("woord-onbekende-set", "=?x-niets?Q?caf=C3=A9?=", "café")
    one(
        "woord-aan-tekst-vast", "Re:=?utf-8?Q?_=C3=A9=C3=A9n?=(spoed)", "Re: één(spoed)"
    )
    one(
        "nieuwe-regel-in-woord",
        "=?utf-8?Q?Vraag=0D=0ABcc:_x@kwaad.example?=",
        "Vraag Bcc: x@kwaad.example",
    )
    one("nul-in-woord", "=?utf-8?Q?a=00b?=", "ab")
    one(
        "gevouwen",
        "Een onderwerp dat\n\tover twee\n regels gaat",
        "Een onderwerp dat over twee regels gaat",
    )
    one("leeg", "", "")
    one("geen-onderwerp", None, "")
    one(
        "html-in-onderwerp",
        "<script>alert(1)</script> vraag",
        "<script>alert(1)</script> vraag",
    )
    one("lang-onderwerp", "w" * 5000, "w" * 5000)
    case(
        "kop-dubbel-onderwerp",
        plain("Tekst.", "Eerste", "Subject: Tweede"),
        "vraag",
        subject="Eerste",
        text="Tekst.",
        attachments=[],
    )
    case(
        "kop-spatie-voor-dubbelepunt",
        top("S").replace(b"Subject: S", b"Subject : Met spatie") + b"\nTekst.\n",
        "vraag",
        subject="Met spatie",
        text="Tekst.",
        attachments=[],
    )
    case(
        "kop-rare-regel-ertussen",
        top("Goed").replace(b"Date:", b"dit is geen kop\nDate:") + b"\nTekst.\n",
        "vraag",
        subject="Goed",
        text="Tekst.",
        attachments=[],
    )

    def sent_by(
        name: str,
        sender: str | bytes | None,
        seen: list[str],
        *headers: str,
        doubt: bool = False,
        shown: str | None = None,
    ) -> None:
        more = {"name": shown} if shown is not None else {}
        case(
            f"afzender-{name}",
            plain("Tekst van de vraag.", "Vraag", *headers, sender=sender),
            "vraag",
            text="Tekst van de vraag.",
            attachments=[],
            doubt=doubt,
            **{"from": seen},
            **more,
        )

    sent_by(
        "gewoon", HILDE, ["hilde.boersma@eikenrade.example.nl"], shown="Hilde Boersma"
    )
    sent_by(
        "hoofdletters",
        "Hilde <HILDE@Eikenrade.Example.NL>",
        ["hilde@eikenrade.example.nl"],
        shown="Hilde",
    )
    sent_by(
        "8-bit",
        "Gré Noordhuis <gre@oudeschans.example.nl>".encode("latin-1"),
        ["gre@oudeschans.example.nl"],
        shown="Gré Noordhuis",
    )
    sent_by(
        "woord",
        "=?utf-8?Q?Gr=C3=A9_Noordhuis?= <gre@oudeschans.example.nl>",
        ["gre@oudeschans.example.nl"],
        shown="Gré Noordhuis",
    )
    sent_by(
        "woord-in-aanhalingstekens",
        '"=?utf-8?Q?Noordhuis,_Gr=C3=A9?=" <gre@oudeschans.example.nl>',
        ["gre@oudeschans.example.nl"],
        shown="Noordhuis, Gré",
    )
    sent_by(
        "komma-in-naam",
        '"Noordhuis, Gré" <gre@oudeschans.example.nl>',
        ["gre@oudeschans.example.nl"],
        shown="Noordhuis, Gré",
    )
    sent_by(
        "commentaar",
        "gre@oudeschans.example.nl (Gré (van) Noordhuis)",
        ["gre@oudeschans.example.nl"],
    )
    sent_by(
        "adres-als-naam",
        '"chef@thuisloket.example.nl" <kwaad@example.org>',
        ["kwaad@example.org"],
        shown="chef@thuisloket.example.nl",
    )
    sent_by("kaal", "gre@oudeschans.example.nl", ["gre@oudeschans.example.nl"])
    sent_by("zonder", None, [], doubt=True)
    sent_by(
        "twee-adressen",
        "a@eikenrade.example.nl, b@example.org",
        ["a@eikenrade.example.nl", "b@example.org"],
        doubt=True,
    )
    sent_by(
        "twee-koppen",
        "a@eikenrade.example.nl",
        ["a@eikenrade.example.nl", "b@example.org"],
        "From: b@example.org",
        doubt=True,
    )
    sent_by(
        "groep",
        "Loket: a@eikenrade.example.nl;",
        ["a@eikenrade.example.nl"],
        doubt=True,
    )
    sent_by(
        "twee-haken",
        "<a@eikenrade.example.nl> <b@example.org>",
        ["a@eikenrade.example.nl", "b@example.org"],
        doubt=True,
    )
    sent_by(
        "haakje-te-veel",
        "a@eikenrade.example.nl)b@example.org",
        ["a@eikenrade.example.nl", "b@example.org"],
        doubt=True,
    )
    sent_by(
        "kelvinteken",
        "<hilde@ei\u212aenrade.example.nl>",
        ["hilde@ei\u212aenrade.example.nl"],
    )
    sent_by("geen-adres", "Hilde Boersma", ["Hilde Boersma"], doubt=True)
    sent_by("leeg", "<>", [], doubt=True)
    case(
        "kop-datum-onzin",
        top("D").replace(b"Wed, 04 Nov 2026 14:01:05 +0100", b"32 Brumaire 9999")
        + b"\nTekst.\n",
        "vraag",
        text="Tekst.",
        attachments=[],
        fault=True,
    )
    case(
        "kop-zonder-lege-regel",
        crlf(top("Alleen koppen")),
        "vraag",
        subject="Alleen koppen",
        text="",
        attachments=[],
    )
    case(
        "kop-ontbreekt",
        b"Dit is alleen tekst, zonder enige kop.\r\nTweede regel.\r\n",
        "vraag",
        text="Dit is alleen tekst, zonder enige kop. Tweede regel.",
        attachments=[],
        doubt=True,
    )
    case("kop-leeg-bestand", b"", "onleesbaar", text="", attachments=[])
    case("kop-alleen-nullen", b"\x00" * 500, "onleesbaar", attachments=[])


def attachments() -> None:
    def one(
        name: str,
        headers: list[str | bytes],
        seen: str,
        kind: str = "application/pdf",
        data: bytes = PDF,
        **expected: Any,
    ) -> None:
        made = part(b64(data), "", "Content-Transfer-Encoding: base64", *headers)
        case(
            f"bijlage-{name}",
            whole(multi("mixed", part("Zie bijlage, klopt dit?"), made), "Stuk"),
            "vraag",
            text="Zie bijlage, klopt dit?",
            attachments=[[seen, kind, len(data)]],
            **expected,
        )

    pdf = "Content-Type: application/pdf"
    disp = "Content-Disposition: attachment; "
    one(
        "gewoon",
        [
            'Content-Type: application/pdf; name="a.pdf"',
            disp + 'filename="Nota wonen.pdf"',
        ],
        "Nota wonen.pdf",
    )
    one(
        "rfc2231",
        [
            pdf,
            disp
            + "filename*=UTF-8''Co%C3%B6peratief%20wonen%20%E2%80%93%20notitie.pdf",
        ],
        "Coöperatief wonen – notitie.pdf",
    )
    one(
        "rfc2231-latin-1",
        [pdf, disp + "filename*=iso-8859-1'nl'Priv%E9.pdf"],
        "Privé.pdf",
    )
    one(
        "rfc2231-in-stukken",
        [
            pdf,
            disp
            + "\n filename*0*=UTF-8''Een%20lange%20naam%20met%20;\n filename*1*=%C3%A9%C3%A9n;\n filename*2=\" en slot.pdf\"",
        ],
        "Een lange naam met één en slot.pdf",
    )
    one(
        "rfc2231-stukken-door-elkaar",
        [pdf, disp + 'filename*1="twee.pdf"; filename*0="een-"'],
        "een-twee.pdf",
    )
    one(
        "rfc2231-letter-doormidden",
        [pdf, disp + "filename*0*=UTF-8''caf%C3; filename*1*=%A9.pdf"],
        "café.pdf",
    )
    one(
        "rfc2231-tussen-aanhalingstekens",
        [pdf, disp + "filename*=\"UTF-8''caf%C3%A9.pdf\""],
        "café.pdf",
    )
    one("rfc2231-zonder-tekenset", [pdf, disp + "filename*=kaal.pdf"], "kaal.pdf")
    one(
        "rfc2231-en-gewoon",
        [pdf, disp + "filename=\"cafe.pdf\"; filename*=UTF-8''caf%C3%A9.pdf"],
        "café.pdf",
    )
    one(
        "woord-in-naam", [pdf, disp + 'filename="=?utf-8?B?Y2Fmw6kucGRm?="'], "café.pdf"
    )
    one(
        "woord-in-naam-gevouwen",
        [pdf, disp + 'filename="=?utf-8?Q?caf=C3=A9_?=\n =?utf-8?Q?nota.pdf?="'],
        "café nota.pdf",
    )
    one(
        "8-bit-naam-utf-8",
        [pdf, 'Content-Disposition: attachment; filename="privé.pdf"'.encode()],
        "privé.pdf",
    )
    one(
        "8-bit-naam-latin-1",
        [
            pdf,
            'Content-Disposition: attachment; filename="privé.pdf"'.encode("latin-1"),
        ],
        "privé.pdf",
    )
    one(
        "naam-met-spaties-zonder-tekens",
        [pdf, disp + "filename=Nota wonen 2026.pdf"],
        "Nota wonen 2026.pdf",
    )
    one("naam-met-puntkomma", [pdf, disp + 'filename="a;b=c.pdf"'], "a;b=c.pdf")
    one(
        "naam-met-aanhalingsteken",
        [pdf, disp + r'filename="de \"norm\".pdf"'],
        'de "norm".pdf',
    )
    one("naam-niet-gesloten", [pdf, disp + 'filename="open.pdf'], "open.pdf")
    one(
        "naam-alleen-in-type",
        [
            'Content-Type: application/pdf; name="type.pdf"',
            "Content-Disposition: attachment",
        ],
        "type.pdf",
    )
    one("zonder-naam", [pdf, "Content-Disposition: attachment"], "bijlage-1.pdf")
    one(
        "pad-in-naam",
        [pdf, disp + r'filename="C:\Users\Hilde\nota.pdf"'],
        r"C:\Users\Hilde\nota.pdf",
    )
    one(
        "naam-gedraaid",
        [pdf, 'Content-Disposition: attachment; filename="nota\u202efdp.exe"'.encode()],
        "notafdp.exe",
    )
    one(
        "nieuwe-regel-in-naam",
        [pdf, disp + "filename*=UTF-8''a%0D%0AX%3A%20b.pdf"],
        "a X: b.pdf",
    )
    one("nul-in-naam", [pdf, disp + "filename*=UTF-8''a%00b.pdf"], "ab.pdf")
    one(
        "dubbele-naam",
        [pdf, disp + 'filename="een.pdf"; filename="twee.pdf"'],
        "een.pdf",
    )
    one(
        "type-onzin",
        ["Content-Type: pdf", disp + 'filename="x.pdf"'],
        "x.pdf",
        kind="text/plain",
    )
    one("leeg", [pdf, disp + 'filename="leeg.pdf"'], "leeg.pdf", data=b"")
    one(
        "tekstbestand",
        ["Content-Type: text/plain; charset=utf-8", disp + "filename=lijst.txt"],
        "lijst.txt",
        kind="text/plain",
        data=b"a\nb\n",
    )
    one(
        "tekstbestand-inline-met-naam",
        [
            "Content-Type: text/plain; charset=utf-8; name=lijst.txt",
            "Content-Disposition: inline; filename=lijst.txt",
        ],
        "lijst.txt",
        kind="text/plain",
        data=b"a\nb\n",
    )
    one(
        "html-bestand",
        ["Content-Type: text/html", disp + "filename=pagina.html"],
        "pagina.html",
        kind="text/html",
        data=b"<script>x()</script>",
    )
    one(
        "csv",
        ["Content-Type: text/csv", disp + "filename=cijfers.csv"],
        "cijfers.csv",
        kind="text/csv",
        data=b"a;b\n1;2\n",
    )
    one(
        "visitekaartje",
        ["Content-Type: text/vcard; name=hilde.vcf"],
        "hilde.vcf",
        kind="text/vcard",
        data=b"BEGIN:VCARD\nFN:Hilde\nEND:VCARD\n",
        notes=["Visitekaartje"],
    )
    two = multi(
        "mixed",
        part("Twee."),
        attached(PDF, "application/pdf", "attachment; filename=a.pdf"),
        attached(PNG, "image/png", "attachment; filename=a.pdf"),
    )
    case(
        "bijlage-twee-keer-dezelfde-naam",
        whole(two),
        "vraag",
        text="Twee.",
        attachments=[
            ["a.pdf", "application/pdf", len(PDF)],
            ["a.pdf", "image/png", len(PNG)],
        ],
    )
    case(
        "bijlage-alleen",
        whole(
            multi("mixed", attached(PDF, 'application/pdf; name="scan0001.pdf"')),
            "Scan",
        ),
        "vraag",
        subject="Scan",
        text="",
        attachments=[["scan0001.pdf", "application/pdf", len(PDF)]],
    )
    case(
        "bijlage-is-de-mail",
        whole(
            attached(PDF, "application/pdf", "attachment; filename=scan.pdf"), "Scan"
        ),
        "vraag",
        text="",
        attachments=[["scan.pdf", "application/pdf", len(PDF)]],
    )
    case(
        "bijlage-base64-met-rommel",
        whole(
            multi(
                "mixed",
                part("Kapot."),
                part(
                    b"JVBE*Ri0x\nLjQ",
                    "application/pdf",
                    "Content-Transfer-Encoding: base64",
                    "Content-Disposition: attachment; filename=k.pdf",
                ),
            )
        ),
        "vraag",
        text="Kapot.",
        attachments=[["k.pdf", "application/pdf", 8]],
    )
    # The last 30 bytes are gone: two line ends, a last line of base64, and more before it.
    half = base64.b64decode(b64(PDF).replace(b"\n", b"")[: -(30 - 4)] + b"==")
    case(
        "bijlage-afgebroken",
        crlf(
            top("Afgebroken")
            + b'Content-Type: multipart/mixed; boundary="grens"\n\n--grens\n'
            + part("Half.")
            + b"\n--grens\n"
            + attached(PDF, "application/pdf", "attachment; filename=h.pdf")
        )[:-30],
        "vraag",
        text="Half.",
        fault=True,
        attachments=[["h.pdf", "application/pdf", len(half)]],
    )
    case(
        "bijlage-quoted-printable",
        whole(
            multi(
                "mixed",
                part("QP."),
                part(
                    "a=3Db\n",
                    "text/csv",
                    "Content-Transfer-Encoding: quoted-printable",
                    "Content-Disposition: attachment; filename=q.csv",
                ),
            )
        ),
        "vraag",
        text="QP.",
        attachments=[["q.csv", "text/csv", 3]],
    )
    uu = "Zie het bestand.\n\nbegin 644 oud.txt\n%2&%L;&\\\n`\nend\n\nKlopt het?\n"
    case(
        "bijlage-uuencode-in-tekst",
        plain(uu, "UU"),
        "vraag",
        text="Zie het bestand. Klopt het?",
        attachments=[["oud.txt", "application/octet-stream", 5]],
    )

    inner = crlf(plain("De binnenste vraag.", "Binnenste")).rstrip()
    case(
        "doorgestuurd-als-bijlage",
        whole(
            multi("mixed", part("Wat vindt u hiervan?"), part(inner, "message/rfc822")),
            "Fwd: Binnenste",
        ),
        "vraag",
        text="Wat vindt u hiervan?",
        attachments=[["Binnenste.eml", "message/rfc822", len(inner)]],
        notes=["Doorgestuurde mail"],
    )
    case(
        "doorgestuurd-met-naam",
        whole(
            multi(
                "mixed",
                part("Kijk."),
                part(
                    inner,
                    "message/rfc822",
                    'Content-Disposition: attachment; filename="origineel.eml"',
                ),
            ),
            "Fwd",
        ),
        "vraag",
        text="Kijk.",
        attachments=[["origineel.eml", "message/rfc822", len(inner)]],
    )
    case(
        "doorgestuurd-als-base64",
        whole(
            multi(
                "mixed",
                part("Kijk."),
                attached(inner, "message/rfc822", "attachment; filename=b.eml"),
            ),
            "Fwd",
        ),
        "vraag",
        text="Kijk.",
        attachments=[["b.eml", "message/rfc822", len(inner)]],
    )
    nested = inner
    for number in range(1, 12):
        nested = whole(
            multi(
                "mixed",
                part(f"Laag {number}."),
                part(nested, "message/rfc822"),
                sign=f"laag{number}",
            ),
            f"Fwd: laag {number}",
        ).rstrip()
    case(
        "doorgestuurd-twaalf-keer-als-bijlage",
        whole(
            multi(
                "mixed",
                part("Twaalf keer doorgestuurd, wie weet het?"),
                part(nested, "message/rfc822"),
                sign="buiten",
            ),
            "Fwd",
        ),
        "vraag",
        text="Twaalf keer doorgestuurd, wie weet het?",
        attachments=[["Fwd: laag 11.eml", "message/rfc822", len(nested)]],
    )
    digest = multi("digest", b"\n" + plain("Een.", "D1"), b"\n" + plain("Twee.", "D2"))
    case(
        "doorgestuurd-verzameld",
        whole(multi("mixed", part("Twee mails."), digest, sign="om"), "Digest"),
        "vraag",
        text="Twee mails.",
        attachments=[
            ["D1.eml", "message/rfc822", len(plain("Een.", "D1"))],
            ["D2.eml", "message/rfc822", len(plain("Twee.", "D2"))],
        ],
    )
    case(
        "doorgestuurd-is-de-mail",
        whole(part(inner, "message/rfc822"), "Fwd: hele mail"),
        "vraag",
        subject="Fwd: hele mail",
        text="",
        attachments=[["Binnenste.eml", "message/rfc822", len(inner)]],
    )


def special() -> None:
    def winmail(
        name: str,
        data: bytes,
        seen: list[list[Any]],
        text: str = "Zie de notitie.",
        kind: str = "application/ms-tnef",
        body: bool = True,
        **expected: Any,
    ) -> None:
        parts = [part(text)] if body else []
        made = multi(
            "mixed",
            *parts,
            attached(
                data,
                f'{kind}; name="winmail.dat"',
                'attachment; filename="winmail.dat"',
            ),
        )
        case(
            f"winmail-{name}",
            whole(made, "Notitie"),
            "vraag",
            text=text,
            attachments=seen,
            **expected,
        )

    klas = tnef_object(1, 0x8008, 7, b"IPM.Microsoft Mail.Note\0")
    stream = "application/octet-stream"
    winmail(
        "een-bestand",
        tnef(CODEPAGE, klas, tnef_file(b"notitie.pdf", PDF)),
        [["notitie.pdf", stream, len(PDF)]],
        notes=["Uit winmail.dat, een bestand van Outlook"],
    )
    winmail(
        "zonder-codepagina",
        tnef(klas, tnef_file(b"notitie.pdf", PDF)),
        [["notitie.pdf", stream, len(PDF)]],
    )
    winmail(
        "lange-naam",
        tnef(CODEPAGE, tnef_file(b"COOPER~1.PDF", PDF, "Coöperatief wonen – één.pdf")),
        [["Coöperatief wonen – één.pdf", stream, len(PDF)]],
    )
    winmail(
        "twee-bestanden",
        tnef(CODEPAGE, tnef_file(b"a.pdf", PDF), tnef_file(b"b.png", PNG)),
        [["a.pdf", stream, len(PDF)], ["b.png", stream, len(PNG)]],
    )
    winmail(
        "naam-met-accent",
        tnef(CODEPAGE, tnef_file("privé.pdf".encode("cp1252"), PDF)),
        [["privé.pdf", stream, len(PDF)]],
    )
    winmail(
        "kapot", b"geen tnef", [["winmail.dat", "application/ms-tnef", 9]], fault=True
    )
    winmail(
        "afgebroken",
        tnef(CODEPAGE, tnef_file(b"a.pdf", PDF))[:40],
        [["winmail.dat", "application/ms-tnef", 40]],
    )
    winmail(
        "als-octet-stream",
        tnef(CODEPAGE, tnef_file(b"a.pdf", PDF)),
        [["a.pdf", stream, len(PDF)]],
        kind=stream,
    )
    winmail(
        "met-de-tekst",
        tnef(CODEPAGE, tnef_object(1, 0x800C, 2, b"De tekst zit in winmail.dat.\r\n")),
        [],
        text="De tekst zit in winmail.dat.",
        body=False,
    )

    ics = "BEGIN:VCALENDAR\nMETHOD:{}\nVERSION:2.0\nBEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nDTSTART{}\nSUMMARY;LANGUAGE=nl:Overleg \n kamers\\, deel 2\nORGANIZER:mailto:a@example.nl\nEND:VEVENT\nEND:VCALENDAR\n"

    def calendar(
        name: str,
        method: str,
        start: str,
        note: str,
        kind: str = "vraag",
        text: str = "Past dit?",
        subject: str = "Overleg",
    ) -> None:
        data = crlf(ics.format(method, start).encode()).rstrip()
        made = multi(
            "alternative",
            part(text),
            part(data, f"text/calendar; charset=utf-8; method={method}"),
        )
        case(
            f"agenda-{name}",
            whole(made, subject),
            kind,
            text=text,
            attachments=[["uitnodiging.ics", "text/calendar", len(data)]],
            notes=[note],
        )

    calendar(
        "uitnodiging-utc",
        "REQUEST",
        ":20261112T130000Z",
        "Agenda-uitnodiging: Overleg kamers, deel 2, 12 november 2026 om 14.00 uur",
    )
    calendar(
        "uitnodiging-tijdzone",
        "REQUEST",
        ";TZID=W. Europe Standard Time:20261112T140000",
        "Agenda-uitnodiging: Overleg kamers, deel 2, 12 november 2026 om 14.00 uur",
    )
    calendar(
        "hele-dag",
        "REQUEST",
        ";VALUE=DATE:20261112",
        "Agenda-uitnodiging: Overleg kamers, deel 2, 12 november 2026",
    )
    calendar(
        "onmogelijke-dag",
        "REQUEST",
        ":20269912T130000Z",
        "Agenda-uitnodiging: Overleg kamers, deel 2",
    )
    calendar(
        "afzegging",
        "CANCEL",
        ":20261112T130000Z",
        "Afzegging van een afspraak: Overleg kamers, deel 2, 12 november 2026 om 14.00 uur",
        subject="Geannuleerd: Overleg",
        text="Het gaat niet door.",
    )
    calendar(
        "antwoord",
        "REPLY",
        ":20261112T130000Z",
        "Antwoord op een agenda-uitnodiging: Overleg kamers, deel 2, 12 november 2026 om 14.00 uur",
        kind="automatisch",
        text="",
        subject="Geaccepteerd: Overleg",
    )
    calendar(
        "antwoord-met-vraag",
        "REPLY",
        ":20261112T130000Z",
        "Antwoord op een agenda-uitnodiging: Overleg kamers, deel 2, 12 november 2026 om 14.00 uur",
        text="Ik kom, maar mag Samira ook mee?",
        subject="Geaccepteerd: Overleg",
    )

    signature = b"0\x80\x06\t*\x86H\x86\xf7\r\x01\x07\x02"
    case(
        "ondertekend-smime",
        whole(
            multi(
                "signed",
                part("Deze vraag is ondertekend."),
                attached(
                    signature,
                    'application/pkcs7-signature; name="smime.p7s"',
                    'attachment; filename="smime.p7s"',
                ),
                params='; protocol="application/pkcs7-signature"; micalg=sha-256',
            )
        ),
        "vraag",
        text="Deze vraag is ondertekend.",
        attachments=[["smime.p7s", "application/pkcs7-signature", len(signature)]],
        notes=["Digitale handtekening (S/MIME)"],
    )
    entity = crlf(part("Deze vraag zit in de handtekening: mag dat?"))
    data = der(0x06, bytes.fromhex("2a864886f70d010701"))
    cms = der(
        0x30,
        der(0x06, bytes.fromhex("2a864886f70d010702")),
        der(
            0xA0,
            der(
                0x30,
                der(2, b"\1"),
                der(0x31),
                der(0x30, data, der(0xA0, der(4, entity))),
                der(0x31),
            ),
        ),
    )
    case(
        "ondertekend-smime-ingepakt",
        whole(
            attached(
                cms,
                "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
                "attachment; filename=smime.p7m",
            )
        ),
        "vraag",
        text="Deze vraag zit in de handtekening: mag dat?",
        attachments=[],
    )
    long = (
        b"\x30\x80"
        + der(0x06, bytes.fromhex("2a864886f70d010702"))
        + b"\xa0\x80\x30\x80"
        + der(2, b"\1")
        + der(0x31)
        + b"\x30\x80"
        + data
        + b"\xa0\x80\x24\x80"
        + der(4, entity[:20])
        + der(4, entity[20:])
        + bytes(4)
        + bytes(2)
        + der(0x31)
        + bytes(6)
    )
    case(
        "ondertekend-smime-ingepakt-in-stukken",
        whole(
            attached(
                long,
                "application/x-pkcs7-mime; name=smime.p7m",
                "attachment; filename=smime.p7m",
            )
        ),
        "vraag",
        text="Deze vraag zit in de handtekening: mag dat?",
        attachments=[],
    )
    secret = der(
        0x30,
        der(0x06, bytes.fromhex("2a864886f70d010703")),
        der(0xA0, der(0x30, der(2, b"\0"))),
    )
    case(
        "versleuteld-smime",
        whole(
            attached(
                secret,
                "application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
                "attachment; filename=smime.p7m",
            )
        ),
        "onleesbaar",
        text="",
        attachments=[["smime.p7m", "application/pkcs7-mime", len(secret)]],
        notes=["Versleutelde inhoud (S/MIME)"],
    )
    asc = b"-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n"
    case(
        "ondertekend-pgp",
        whole(
            multi(
                "signed",
                part("Getekend met PGP."),
                part(asc, "application/pgp-signature; name=signature.asc"),
                params='; protocol="application/pgp-signature"',
            )
        ),
        "vraag",
        text="Getekend met PGP.",
        attachments=[
            ["signature.asc", "application/pgp-signature", len(crlf(asc)) - 2]
        ],
        notes=["Digitale handtekening (PGP)"],
    )
    case(
        "ondertekend-pgp-in-tekst",
        plain(
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nMag een hospita verhuren?\n\n"
            + asc.decode()
        ),
        "vraag",
        text="Mag een hospita verhuren?",
        attachments=[],
    )
    version = b"Version: 1"
    body = b"-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----"
    case(
        "versleuteld-pgp",
        whole(
            multi(
                "encrypted",
                part(version, "application/pgp-encrypted"),
                part(body, 'application/octet-stream; name="encrypted.asc"'),
                params='; protocol="application/pgp-encrypted"',
            )
        ),
        "onleesbaar",
        text="",
        attachments=[
            ["bijlage-1.asc", "application/pgp-encrypted", len(version)],
            ["encrypted.asc", "application/octet-stream", len(crlf(body))],
        ],
    )
    case("versleuteld-pgp-in-tekst", plain(body.decode()), "onleesbaar", attachments=[])


def broken() -> None:
    head = top("Kapot")
    case(
        "bouw-zonder-slot",
        crlf(
            head
            + b"Content-Type: multipart/mixed; boundary=g\n\n--g\n"
            + part("Nooit gesloten.")
            + b"\n"
        ),
        "vraag",
        text="Nooit gesloten.",
        attachments=[],
        fault=True,
    )
    case(
        "bouw-verkeerde-grens",
        crlf(
            head
            + b"Content-Type: multipart/mixed; boundary=anders\n\n--echt\n"
            + part("Andere grens.")
            + b"\n--echt--\n"
        ),
        "vraag",
        text="Andere grens.",
        attachments=[],
        fault=True,
    )
    case(
        "bouw-geen-grens-genoemd",
        crlf(
            head
            + b"Content-Type: multipart/alternative\n\n--zelf\n"
            + part("Niet genoemd.")
            + b"\n--zelf--\n"
        ),
        "vraag",
        text="Niet genoemd.",
        attachments=[],
        fault=True,
    )
    case(
        "bouw-geen-delen",
        crlf(head + b"Content-Type: multipart/mixed; boundary=g\n\nGewoon tekst.\n"),
        "vraag",
        text="Gewoon tekst.",
        attachments=[],
        fault=True,
    )
    case(
        "bouw-voor-en-na",
        crlf(
            head
            + b"Content-Type: multipart/mixed; boundary=g\n\nThis is a multi-part message in MIME format.\n--g\n"
            + part("Het midden.")
            + b"\n--g--\nNaschrift van een filter.\n"
        ),
        "vraag",
        text="Het midden.",
        attachments=[],
    )
    case(
        "bouw-grens-met-tekens",
        whole(multi("mixed", part("Rare grens."), sign="a'()+_,-./:=? b")),
        "vraag",
        text="Rare grens.",
        attachments=[],
    )
    case(
        "bouw-grens-begint-gelijk",
        whole(
            multi(
                "mixed",
                multi(
                    "alternative",
                    part("Binnen."),
                    html("<p>Binnen.</p>"),
                    sign="grens-b",
                ),
                attached(PDF, "application/pdf", "attachment; filename=g.pdf"),
                sign="grens",
            )
        ),
        "vraag",
        text="Binnen.",
        attachments=[["g.pdf", "application/pdf", len(PDF)]],
    )
    case(
        "bouw-grens-in-tekst",
        whole(
            multi(
                "mixed",
                part(
                    "Dit is --grens midden in een regel\n  --grens en hier met spaties ervoor"
                ),
            )
        ),
        "vraag",
        text="Dit is --grens midden in een regel --grens en hier met spaties ervoor",
        attachments=[],
    )
    case(
        "bouw-type-onzin",
        plain("Type klopt niet.", kind="tekst"),
        "vraag",
        text="Type klopt niet.",
        attachments=[],
    )
    case(
        "bouw-leeg-deel",
        whole(multi("mixed", part(""), part("Tweede deel."))),
        "vraag",
        text="Tweede deel.",
        attachments=[],
    )
    starred = multi("mixed", part("Met een ster.")).replace(
        b"multipart/mixed", b"multipart/*"
    )
    case(
        "bouw-type-met-ster",
        whole(starred),
        "vraag",
        text="Met een ster.",
        attachments=[],
    )
    untold = multi("mixed", html("<p>Delen zonder dat het type het zegt.</p>"))
    untold = untold.replace(b"multipart/mixed", b"text/html", 1)
    case(
        "bouw-delen-zonder-type",
        whole(untold),
        "vraag",
        text="Delen zonder dat het type het zegt.",
        attachments=[],
        fault=True,
    )
    deep = part("Diep.")
    for number in range(40):
        deep = multi("mixed", deep, sign=f"d{number}")
    case("bouw-veertig-lagen", whole(deep), "vraag", text="Diep.", attachments=[])
    for number in range(40, 2000):
        head = f"Content-Type: multipart/mixed; boundary=d{number}\n\n--d{number}\n".encode()
        deep = head + deep
    case(
        "bouw-tweeduizend-lagen",
        whole(deep, "Lagen"),
        "onleesbaar",
        subject="Lagen",
        attachments=[],
    )
    case(
        "bouw-duizend-delen-te-veel",
        whole(multi("mixed", *[b"\nx"] * 1500), "Delen"),
        "onleesbaar",
        subject="Delen",
        attachments=[],
    )
    case(
        "bouw-willekeurig",
        bytes((n * 7919 + 13) % 256 for n in range(4000)),
        "vraag|onleesbaar",
        attachments=None,
    )


def replies() -> None:
    ask = "Wanneer start de pilot?"

    def one(
        name: str,
        body: str,
        text: str,
        subject: str = "Re: pilot",
        *headers: str,
        kind: str = "reactie",
        **options: Any,
    ) -> None:
        case(
            f"antwoord-{name}",
            plain(body, subject, *headers, **{"to": TOKEN, **options}),
            kind,
            text=text,
            attachments=[],
        )

    answer = "De pilot start in februari."
    gmail = f"{answer}\n\nOp di 3 nov. 2026 om 16:40 schreef Loket Thuisloket <{LOKET}>:\n\n> {ask}\n>\n"
    outlook = f"{answer}\n\nMet vriendelijke groet,\nHilde Boersma\n\n________________________________\nVan: Loket Thuisloket <{LOKET}>\nVerzonden: dinsdag 3 november 2026 16:40\nAan: Hilde Boersma <hilde@eikenrade.example.nl>\nOnderwerp: pilot\n\n{ask}\n"
    one("gmail", gmail, answer, "Re: pilot", *REPLY)
    one(
        "outlook",
        outlook,
        f"{answer} Met vriendelijke groet, Hilde Boersma",
        "RE: pilot",
        *REPLY,
    )
    one(
        "outlook-engels",
        f"{answer}\n\nFrom: Loket Thuisloket <{LOKET}>\nSent: Tuesday, November 3, 2026 4:40 PM\nTo: Hilde Boersma\nSubject: pilot\n\n{ask}\n",
        answer,
        "RE: pilot",
        *REPLY,
    )
    one(
        "apple",
        f"{answer}\n\n> Op 3 nov. 2026, om 16:40 heeft Loket Thuisloket <{LOKET}> het volgende geschreven:\n> \n> {ask}\n",
        answer,
        "Re: pilot",
        *REPLY,
    )
    one(
        "gmail-engels",
        f"{answer}\n\nOn Tue, Nov 3, 2026 at 4:40 PM Loket Thuisloket <{LOKET}> wrote:\n\n> {ask}\n",
        answer,
        "Re: pilot",
        *REPLY,
    )
    one(
        "thunderbird",
        f"Op 03-11-2026 om 16:40 schreef Loket Thuisloket:\n> {ask}\n\n{answer}\n",
        answer,
        "Re: pilot",
        *REPLY,
    )
    one(
        "oorspronkelijk-bericht",
        f"{answer}\n\n-----Oorspronkelijk bericht-----\nVan: Loket\nVerzonden: dinsdag 3 november 2026 16:40\nAan: Hilde\nOnderwerp: pilot\n\n{ask}\n",
        answer,
        "RE: pilot",
        *REPLY,
    )
    one(
        "tussen-de-regels",
        "> 1. Wie tekent?\n\nDe wethouder.\n\n> 2. Wanneer?\n\nVolgende week dinsdag.\n",
        "> 1. Wie tekent? De wethouder. > 2. Wanneer? Volgende week dinsdag.",
        "Re: pilot",
        *REPLY,
    )
    one("zonder-citaat", f"{answer}\n", answer, "Re: pilot", *REPLY)
    one("token-in-hoofdletters", f"{answer}\n", answer, to=TOKEN.upper())
    one(
        "alleen-onderwerp",
        f"{answer}\n",
        answer,
        "Re: [TL-2026-0012] pilot",
        kind="vraag",
        to=LOKET,
    )
    one(
        "verkeerd-token",
        f"{answer}\n",
        answer,
        kind="vraag",
        to="loket+vraag-99-contact-1-fout@thuisloket.example.nl",
    )
    one(
        "vreemd-message-id",
        f"{answer}\n",
        answer,
        "Re: pilot",
        "In-Reply-To: <iets@elders.example>",
        kind="vraag",
        to=LOKET,
    )
    one(
        "token-in-cc",
        f"{answer}\n",
        answer,
        "Re: pilot",
        f"Cc: Piet <piet@example.org>, {TOKEN}",
        to=LOKET,
    )
    one(
        "token-in-delivered-to",
        f"{answer}\n",
        answer,
        "Re: pilot",
        f"Delivered-To: {TOKEN}",
        to="alle@example.org",
    )
    one(
        "token-in-x-original-to",
        f"{answer}\n",
        answer,
        "Re: pilot",
        f"X-Original-To: {TOKEN}",
        to="alle@example.org",
    )
    one(
        "cc-veranderd",
        f"{answer}\n",
        answer,
        "Re: pilot",
        *REPLY,
        "Cc: vreemde@example.org",
        to=LOKET,
    )
    one(
        "references-gevouwen",
        f"{answer}\n",
        answer,
        "Re: pilot",
        f"References: <een@elders.example>\n\t{OWN_ID}\n <drie@elders.example>",
        to=LOKET,
    )
    one(
        "id-zonder-haken",
        f"{answer}\n",
        answer,
        "Re: pilot",
        "In-Reply-To: " + OWN_ID.strip("<>"),
        to=LOKET,
    )
    gmail_html = f'<div dir="ltr">{answer}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Op di 3 nov. 2026 om 16:40 schreef Loket Thuisloket &lt;<a href="mailto:{LOKET}">{LOKET}</a>&gt;:<br></div><blockquote class="gmail_quote" style="margin:0"><p>{ask}</p></blockquote></div>'
    case(
        "antwoord-gmail-alleen-html",
        whole(html(gmail_html), "Re: pilot", *REPLY, to=TOKEN),
        "reactie",
        text=answer,
        attachments=[],
    )
    outlook_html = f'<div class=WordSection1><p class=MsoNormal>{answer}<o:p></o:p></p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal><b>Van:</b> Loket Thuisloket &lt;{LOKET}&gt;<br><b>Verzonden:</b> dinsdag 3 november 2026 16:40<br><b>Aan:</b> Hilde Boersma<br><b>Onderwerp:</b> pilot<o:p></o:p></p></div></div><p class=MsoNormal>{ask}</p></div>'
    case(
        "antwoord-outlook-alleen-html",
        whole(html(outlook_html), "RE: pilot", *REPLY, to=TOKEN),
        "reactie",
        text=answer,
        attachments=[],
    )
    apple_html = f'<html><body>{answer}<br><div><br><blockquote type="cite"><div>Op 3 nov. 2026, om 16:40 heeft Loket &lt;{LOKET}&gt; het volgende geschreven:</div><br><div>{ask}</div></blockquote></div></body></html>'
    case(
        "antwoord-apple-alleen-html",
        whole(html(apple_html), "Re: pilot", *REPLY, to=TOKEN),
        "reactie",
        text=answer,
        attachments=[],
    )
    case(
        "antwoord-met-bijlage",
        whole(
            multi(
                "mixed",
                part(gmail),
                attached(PDF, "application/pdf", "attachment; filename=plan.pdf"),
            ),
            "Re: pilot",
            *REPLY,
            to=TOKEN,
        ),
        "reactie",
        text=answer,
        attachments=[["plan.pdf", "application/pdf", len(PDF)]],
    )
    case(
        "antwoord-flowed-citaat",
        plain(
            f"{answer}\n\nOp 03-11-2026 om 16:40 schreef Loket:\n> Wanneer start \n> de pilot?\n",
            "Re: pilot",
            *REPLY,
            kind="text/plain; charset=utf-8; format=flowed",
            to=TOKEN,
        ),
        "reactie",
        text=answer,
        attachments=[],
    )
    case(
        "antwoord-op-automatisch-antwoord",
        plain(
            "Dank, ik wacht tot maandag.",
            "Re: Automatisch antwoord: pilot",
            *REPLY,
            to=TOKEN,
        ),
        "reactie",
        text="Dank, ik wacht tot maandag.",
        attachments=[],
    )
    twelve = "".join(f"{'>' * n}{' ' if n else ''}Bericht {n}\n" for n in range(12))
    case(
        "doorgestuurd-twaalf-keer-in-tekst",
        plain(
            "Wie weet het antwoord?\n\n---------- Forwarded message ---------\nVan: Bewoner <b@example.org>\nOnderwerp: Fwd: Fwd: vraag\n\n"
            + twelve,
            "Fwd: Fwd: Fwd: vraag",
        ),
        "vraag",
        shows=["Wie weet het antwoord?"],
        attachments=[],
    )


def automatic() -> None:
    def one(
        name: str,
        subject: str,
        body: str,
        *headers: str,
        kind: str = "automatisch",
        **options: Any,
    ) -> None:
        case(
            f"auto-{name}" if kind == "automatisch" else f"mens-{name}",
            plain(body, subject, *headers, **{"to": TOKEN, **options}),
            kind,
            subject=subject,
            attachments=[],
        )

    away = "Ik ben afwezig tot 23 november."
    one(
        "outlook",
        "Automatisch antwoord: pilot",
        away,
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-MS-Exchange-Inbox-Rules-Loop: hilde@eikenrade.example.nl",
    )
    one("rfc3834", "Re: pilot", "Bedankt.", "Auto-Submitted: auto-replied (vacation)")
    one(
        "auto-notified",
        "Melding",
        "Er is iets gewijzigd.",
        "Auto-Submitted: auto-notified; owner-email=x@example.org",
    )
    one(
        "suppress-lijst",
        "Bevestigd",
        "Genoteerd.",
        "X-Auto-Response-Suppress: RN, NRN, OOF",
    )
    one("precedence-bulk", "Nieuws", "Wij zijn verhuisd.", "Precedence: bulk")
    one("precedence-auto-reply", "Re: pilot", "Bedankt.", "Precedence: auto_reply")
    one("x-precedence-junk", "Nieuws", "Aanbieding.", "X-Precedence: junk")
    one("x-autoreply", "Re: pilot", "Bedankt.", "X-Autoreply: yes")
    one("x-autorespond", "Re: pilot", "Bedankt.", "X-Autorespond: pilot")
    one("x-autoresponder", "Re: pilot", "Bedankt.", "X-Autoresponder: Gaarne")
    one("x-loop", "Re: pilot", "Bedankt.", "X-Loop: true")
    one("delivered-to", "Re: pilot", "Bedankt.", "Delivered-To: Autoresponder")
    one("leeg-return-path", "Re: pilot", "Bedankt.", "Return-Path: <>")
    one(
        "lijst",
        "[platform] Wie heeft een voorbeeld?",
        "Wie deelt iets?",
        "List-Id: platform <platform.lijsten.example.org>",
    )
    one(
        "nieuwsbrief",
        "Actueel nr. 41",
        "Het nieuws.",
        "List-Unsubscribe: <mailto:weg@nieuws.example.org>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    )
    one("campagne", "Aanbod", "Korting.", "X-Mailchimp-ID: 41", "X-Campaign: abc")
    one("zonder-kop-afwezig", "Afwezig: Re: pilot", "Ik lees geen mail.")
    one("zonder-kop-afwezigheidsbericht", "Afwezigheidsbericht", away)
    one(
        "zonder-kop-niet-aanwezig",
        "Niet aanwezig t/m 23 november",
        "Bel het secretariaat.",
    )
    one("zonder-kop-vakantie", "Met vakantie tot 3 december", "Bij spoed: 0123-456789.")
    one("zonder-kop-autoreply", "Auto Reply: pilot", "I am out.")
    one("zonder-kop-out-of-office", "Out of Office Re: pilot", "Back on Monday.")
    one("zonder-kop-ooo", "OOO: pilot", "Back on Monday.")
    one("zonder-kop-duits", "Abwesenheitsnotiz: pilot", "Ich bin im Urlaub.")
    one("zonder-kop-frans", "Réponse automatique : pilot", "Je suis absent.")
    one(
        "ontvangstbevestiging",
        "Ontvangstbevestiging M2611-0042",
        "Wij hebben uw melding geregistreerd.",
    )
    one(
        "tekst-vrij",
        "Re: pilot",
        "Goedendag,\n\nIk ben vrij van 3 tot en met 6 november en lees geen mail. Bel bij spoed het secretariaat.\n\nHilde",
    )
    one(
        "tekst-verlof",
        "RE: pilot",
        "Beste,\n\nIk ben met zwangerschapsverlof. Voor dringende zaken kunt u contact opnemen met Samira Haddou.",
    )
    one(
        "tekst-tijdens-afwezigheid",
        "Re: pilot",
        "Tijdens mijn afwezigheid wordt uw e-mail niet gelezen. Neem contact op met team Wonen.",
    )
    one(
        "tekst-niet-op-kantoor",
        "Re: pilot",
        "Op dit moment ben ik niet op kantoor. Maandag ben ik weer bereikbaar.",
    )
    one(
        "tekst-engels",
        "Re: pilot",
        "Hello, I'm on leave and back on the 23rd. For urgent matters please call the front desk.",
    )
    one(
        "tekst-engels-buiten",
        "Re: pilot",
        "Thank you for your message. I am currently out of the office with limited access to email. I will reply upon my return.",
    )
    one(
        "tekst-automatisch-bericht",
        "Uw melding",
        "Dit is een automatisch gegenereerd bericht. U kunt niet op deze mail antwoorden.",
    )
    one(
        "gelezen-zonder-rapport",
        "Gelezen: pilot",
        "Uw bericht\n\n  Aan: Hilde\n  Onderwerp: pilot\n\nis gelezen op woensdag 4 november 2026 14:15.",
    )

    one(
        "met-vakantie-en-vraag",
        "Re: pilot",
        "Ik ben met vakantie tot maandag en lees mijn mail niet elke dag. Kunt u het stuk alvast sturen?",
        *REPLY,
        kind="reactie",
    )
    one(
        "gaat-over-verlof",
        "Verlof van de wethouder",
        "De wethouder is met verlof. Wie tekent dan de overeenkomst?",
        kind="vraag",
        to=LOKET,
    )
    one(
        "bij-spoed",
        "Spoed",
        "Bij spoed bellen wij u. Wij horen graag wat de norm is.",
        kind="vraag",
        to=LOKET,
    )
    one(
        "afwezige-eigenaar",
        "Afwezige eigenaar van een woonwagen",
        "De eigenaar is al een jaar weg. Mogen wij de standplaats opzeggen?",
        kind="vraag",
        to=LOKET,
    )
    one(
        "onbestelbaar-poststuk",
        "Onbestelbaar poststuk",
        "Ons besluit kwam terug als onbestelbaar. Geldt het dan als bekendgemaakt?",
        kind="vraag",
        to=LOKET,
    )
    one(
        "stuurt-automatisch-antwoord-door",
        "Fwd: Automatisch antwoord: huur",
        "Dit kreeg ik van de corporatie. Wat nu?",
        kind="vraag",
        to=LOKET,
    )
    one(
        "read-in-onderwerp",
        "Read: the new law on housing",
        "Could you explain the new law on housing to our council in some detail?",
        kind="vraag",
        to=LOKET,
    )
    one(
        "gaat-over-automatisch",
        "Bevestigingen",
        "Is het goed dat onze brief zegt: dit is een automatisch bericht?",
        kind="vraag",
        to=LOKET,
    )
    one(
        "lang-over-afwezigheid",
        "Stand van zaken",
        "Ik ben maandag afwezig, daarom nu alvast dit. "
        + "Wij werken aan de verordening en hebben het hoofdstuk over urgentie af. "
        * 25
        + "Dinsdag ben ik weer bereikbaar.",
        kind="vraag",
        to=LOKET,
    )
    one(
        "excuus-voor-afwezigheid",
        "Re: pilot",
        "Sorry voor mijn late reactie, ik was ziek. De pilot start in februari.",
        *REPLY,
        kind="reactie",
    )

    mdn = multi(
        "report",
        part("Uw bericht is gelezen."),
        part(
            "Final-Recipient: rfc822;w.hania@marrewald.example.nl\nOriginal-Message-ID: "
            + OWN_ID
            + "\nDisposition: manual-action/MDN-sent-manually; displayed\n",
            "message/disposition-notification",
        ),
        params="; report-type=disposition-notification",
    )
    case(
        "auto-leesbevestiging",
        whole(mdn, "Gelezen: pilot", *REPLY, to=TOKEN),
        "automatisch",
        attachments=None,
        bounced=[],
        bounced_ids=[OWN_ID],
    )
    arf = multi(
        "report",
        part("This is an abuse report."),
        part("Feedback-Type: abuse\nVersion: 1\n", "message/feedback-report"),
        part(plain("Onze mail.", "Uw vraag"), "message/rfc822"),
        params="; report-type=feedback-report",
    )
    case(
        "auto-misbruikmelding",
        whole(arf, "FW: Uw vraag", sender="staff@hotmail.example.com"),
        "automatisch",
        attachments=None,
    )


def bounces() -> None:
    def dsn(
        name: str,
        subject: str,
        sender: str,
        recipient: str,
        action: str,
        status: str,
        *headers: str,
        kind: str = "bounce",
        told: str = "Uw bericht is niet bezorgd.",
    ) -> None:
        fields = f"Reporting-MTA: dns;mx.tolbrug.example.nl\n\nFinal-Recipient: rfc822;{recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp;550 {status} unknown\n"
        made = multi(
            "report",
            part(told),
            part(fields, "message/delivery-status"),
            part(f"Message-ID: {OWN_ID}\nSubject: pilot\n", "text/rfc822-headers"),
            params="; report-type=delivery-status",
        )
        prefix = "auto" if kind == "automatisch" else "bounce"
        case(
            f"{prefix}-{name}",
            whole(made, subject, *headers, sender=sender, to=TOKEN),
            kind,
            subject=subject,
            text=told,
            attachments=None,
            bounced=[[recipient.lower(), action, status]],
            bounced_ids=[OWN_ID],
        )

    dsn(
        "exchange-nl",
        "Onbestelbaar: pilot",
        "Microsoft Outlook <postmaster@tolbrug.example.nl>",
        "Koen@tolbrug.example.nl",
        "failed",
        "5.1.10",
        "Return-Path: <>",
        "Auto-Submitted: auto-replied",
    )
    dsn(
        "office-365",
        "Undeliverable: pilot",
        "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@tolbrug.example.nl>",
        "koen@tolbrug.example.nl",
        "failed",
        "5.4.1",
        "X-MS-Exchange-Message-Is-Ndr:",
    )
    dsn(
        "postfix",
        "Undelivered Mail Returned to Sender",
        "MAILER-DAEMON@mx.tolbrug.example.nl (Mail Delivery System)",
        "koen@tolbrug.example.nl",
        "failed",
        "5.2.2",
        "Auto-Submitted: auto-replied",
    )
    dsn(
        "gmail",
        "Delivery Status Notification (Failure)",
        "Mail Delivery Subsystem <mailer-daemon@googlemail.example.com>",
        "koen@gmail.example.com",
        "failed",
        "5.1.1",
        "X-Failed-Recipients: koen@gmail.example.com",
    )
    dsn(
        "vertraagd",
        "Delivery Status Notification (Delay)",
        "mailer-daemon@googlemail.example.com",
        "koen@gmail.example.com",
        "delayed",
        "4.4.1",
        kind="automatisch",
    )
    dsn(
        "bezorgd",
        "Bezorgd: pilot",
        "postmaster@tolbrug.example.nl",
        "koen@tolbrug.example.nl",
        "delivered",
        "2.1.5",
        kind="automatisch",
    )
    dsn(
        "doorgegeven",
        "Relayed: pilot",
        "postmaster@tolbrug.example.nl",
        "koen@tolbrug.example.nl",
        "relayed",
        "2.1.9",
        kind="automatisch",
    )
    original = plain("Onze mail.", "Uw vraag", mid=OWN_ID)
    made = multi(
        "report",
        part("Geweigerd."),
        part(
            "Reporting-MTA: dns;x\n\nOriginal-Recipient: rfc822;oud@tolbrug.example.nl\nFinal-Recipient: rfc822;koen@tolbrug.example.nl\nAction: failed\nStatus: 5.7.1 (policy)\n\nFinal-Recipient: rfc822; <pim@tolbrug.example.nl>\nAction: Failed\nStatus: 5.1.1\n",
            "message/delivery-status",
        ),
        part(original, "message/rfc822"),
        params="; report-type=delivery-status",
    )
    case(
        "bounce-twee-ontvangers",
        whole(made, "Mail delivery failed", sender="postmaster@tolbrug.example.nl"),
        "bounce",
        attachments=None,
        bounced=[
            ["koen@tolbrug.example.nl", "failed", "5.7.1"],
            ["pim@tolbrug.example.nl", "failed", "5.1.1"],
        ],
        bounced_ids=[OWN_ID],
    )
    exim = f"This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  koen@tolbrug.example.nl\n    550 5.1.1 user unknown\n\n------ This is a copy of the message, including all the headers. ------\n\nMessage-ID: {OWN_ID}\nTo: koen@tolbrug.example.nl\nSubject: pilot\n"
    case(
        "bounce-exim",
        plain(
            exim,
            "Mail delivery failed: returning message to sender",
            "X-Failed-Recipients: koen@tolbrug.example.nl",
            "Auto-Submitted: auto-replied",
            sender="Mail Delivery System <Mailer-Daemon@uit.example.org>",
        ),
        "bounce",
        attachments=[],
        bounced=[["koen@tolbrug.example.nl", "failed", ""]],
    )
    qmail = f"Hi. This is the qmail-send program at tolbrug.example.nl.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<koen@tolbrug.example.nl>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <x@thuisloket.example.nl>\nMessage-ID: {OWN_ID}\nSubject: pilot\n"
    case(
        "bounce-qmail",
        plain(
            qmail,
            "failure notice",
            "Return-Path: <>",
            sender="MAILER-DAEMON@tolbrug.example.nl",
        ),
        "bounce",
        attachments=[],
        bounced=[["koen@tolbrug.example.nl", "failed", "5.1.1"]],
        bounced_ids=[OWN_ID],
    )
    case(
        "bounce-zonder-rapport-nl",
        plain(
            "Het bericht kon niet worden bezorgd aan:\n\nkoen@tolbrug.example.nl\n\nHet postvak is vol.",
            "Niet bezorgd: pilot",
            "Return-Path: <>",
            sender="postmaster@tolbrug.example.nl",
        ),
        "bounce",
        attachments=[],
        bounced=[["koen@tolbrug.example.nl", "failed", ""]],
    )


def loops_and_spam() -> None:
    case(
        "lus-van-onszelf",
        plain("Uw vraag is binnen.", "Uw vraag", sender=f"Loket <{LOKET}>"),
        "lus",
        attachments=[],
    )
    case(
        "lus-van-ons-met-token",
        plain("Uw vraag is binnen.", "Uw vraag", sender=f"Loket <{TOKEN}>"),
        "lus",
        attachments=[],
    )
    case(
        "lus-van-ons-hoofdletters",
        plain("Uw vraag is binnen.", "Uw vraag", sender=LOKET.upper()),
        "lus",
        attachments=[],
    )
    case(
        "lus-eigen-message-id",
        plain("Uw vraag is binnen.", "Uw vraag", mid=OWN_ID),
        "lus",
        attachments=[],
    )
    case(
        "lus-twee-afzenders-een-van-ons",
        plain("Tekst.", "Vraag", sender=f"a@example.org, {LOKET}"),
        "lus",
        attachments=[],
        doubt=True,
    )
    case(
        "lus-x-loop",
        plain("Tekst.", "Vraag", f"X-Loop: {LOKET}"),
        "lus",
        attachments=[],
    )
    case(
        "lus-zestig-servers",
        plain(
            "Tekst.",
            "Vraag",
            *[
                f"Received: from s{n}.example.org by s{n + 1}.example.org; Wed, 4 Nov 2026 14:00:00 +0100"
                for n in range(60)
            ],
        ),
        "lus",
        attachments=[],
    )
    case(
        "lus-wint-van-automatisch",
        plain("Tekst.", "Uw vraag", "Auto-Submitted: auto-generated", sender=LOKET),
        "lus",
        attachments=[],
    )
    case(
        "geen-lus-zelfde-domein",
        plain("Mag dit?", "Vraag", sender="collega@thuisloket.example.nl"),
        "vraag",
        attachments=[],
    )
    case(
        "geen-lus-subdomein",
        plain("Mag dit?", "Vraag", sender="loket@post.thuisloket.example.nl"),
        "vraag",
        attachments=[],
    )
    case(
        "spam-vlag",
        plain("Koop nu.", "WIN", "X-Spam-Flag: YES", "X-Spam-Status: Yes, score=14.2"),
        "spam",
        attachments=[],
    )
    case(
        "spam-scl",
        plain("Koop nu.", "WIN", "X-MS-Exchange-Organization-SCL: 6"),
        "spam",
        attachments=[],
    )
    case(
        "spam-forefront",
        plain(
            "Koop nu.",
            "WIN",
            "X-Forefront-Antispam-Report: CIP:198.51.100.2;CTRY:;SFV:SPM;CAT:SPM;",
        ),
        "spam",
        attachments=[],
    )
    case(
        "spam-nee",
        plain(
            "Mag dit?",
            "Vraag",
            "X-Spam-Flag: NO",
            "X-Spam-Status: No, score=-1.2",
            "X-MS-Exchange-Organization-SCL: -1",
        ),
        "vraag",
        attachments=[],
    )
    case(
        "spam-lus-wint",
        plain("Koop.", "WIN", "X-Spam-Flag: YES", mid=OWN_ID),
        "lus",
        attachments=[],
    )


def cases() -> list[Case]:
    CASES.clear()
    for write in (
        clients,
        html_mails,
        charsets,
        header_mails,
        attachments,
        special,
        broken,
        replies,
        automatic,
        bounces,
        loops_and_spam,
    ):
        write()
    assert len({one.name for one in CASES}) == len(CASES)
    return list(CASES)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        if not old.name.startswith("hand-"):
            old.unlink()
    for one in cases():
        (FOLDER / f"{one.name}.eml").write_bytes(one.raw)
        text = yaml.safe_dump(
            one.expected, allow_unicode=True, sort_keys=False, width=100
        )
        (FOLDER / f"{one.name}.yml").write_text(text, encoding="utf-8")
    print(f"{len(CASES)} mails in {FOLDER}")


if __name__ == "__main__":
    main()
