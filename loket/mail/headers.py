"""The headers of a mail, also the broken ones: words, parameters, addresses, ids, dates."""

from __future__ import annotations

import binascii
import datetime
import email.utils
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_to_bytes

from .charsets import clean_line, decode
from .message import Adres

Headers = tuple[tuple[str, bytes], ...]

_LINE: Final = re.compile(rb"\r\n|\n|\r")
_NAME: Final = re.compile(rb"([!-9;-~]+)[ \t]*:")
# A literal question mark may stand in a word that is written wrongly; three are enough.
_WORD: Final = re.compile(
    r"=\?([^\s?=]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,3}?)\?="
)
_ID: Final = re.compile(r"<([^<>]{1,998})>")
_MAX_PARAMETERS: Final = 65_536
# Stands for @ in a quoted name, where it makes no address.
_AT: Final = "\ue000"
_UPPER: Final = {n: n + 32 for n in range(ord("A"), ord("Z") + 1)}


def split_headers(block: bytes) -> Headers:
    """Names in lower case and raw values, unfolded. A line that is no header and continues
    none is left out."""
    found: list[list[bytes]] = []
    for line in _LINE.split(block):
        if line[:1] in (b" ", b"\t"):
            if found:
                found[-1].append(line)
        elif match := _NAME.match(line):
            found.append([match[1].lower(), line[match.end() :]])
    return tuple(
        (parts[0].decode("ascii"), b"".join(parts[1:]).strip()) for parts in found
    )


def first(headers: Headers, name: str) -> bytes:
    return next((value for key, value in headers if key == name), b"")


def every(headers: Headers, name: str) -> list[bytes]:
    return [value for key, value in headers if key == name]


def text_of(value: bytes) -> str:
    """A raw value as text, encoded words still encoded; eight-bit bytes are UTF-8 or
    Windows-1252."""
    return decode(value)[0]


def decode_words(text: str) -> str:
    """The encoded words of RFC 2047 as text. Neighbours of one character set are joined
    before they are decoded, as a letter may be cut in two."""
    out: list[str] = []
    pending: list[bytes] = []
    charset = ""
    end = 0

    def flush() -> None:
        if pending:
            out.append(decode(b"".join(pending), charset)[0])
            pending.clear()

    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        end = match.end()
        if between.strip() or not (pending or out):
            flush()
            out.append(between)
        elif between and not pending:
            out.append(between)
        name = match[1].partition("*")[0].lower()
        if pending and name != charset:
            flush()
        charset = name
        pending.append(_word_bytes(match[2], match[3]))
    flush()
    out.append(text[end:])
    return "".join(out)


def _word_bytes(how: str, payload: str) -> bytes:
    raw = payload.encode("utf-8", "replace")
    if how in "bB":
        return base64_bytes(raw)
    return binascii.a2b_qp(raw, header=True)


def base64_bytes(data: bytes) -> bytes:
    """What base64 holds, also with rubbish in it or cut off at any point."""
    kept = re.sub(rb"[^A-Za-z0-9+/=]", b"", data)
    whole = kept.rstrip(b"=")
    if b"=" in whole:
        parts = (p for p in re.split(rb"=+", kept) if p)
        return b"".join(_base64_run(part) for part in parts)
    return _base64_run(whole)


def _base64_run(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def value_text(value: bytes) -> str:
    """A header as a reader sees it: decoded, on one line."""
    return clean_line(decode_words(text_of(value)))


def parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """The value before the first ``;`` in lower case, and the parameters, decoded by RFC
    2231 or RFC 2047, whichever they use, also in the forms that break both."""
    text = text_of(value[:_MAX_PARAMETERS])
    head, _sep, rest = text.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, content, quoted in _pairs(rest):
        match = re.fullmatch(r"([^*]+)(?:\*(\d{1,3}))?(\*)?", name)
        if match is None:
            continue
        base, number, extended = match[1], match[2], bool(match[3])
        if number is None and not extended:
            plain.setdefault(
                base, decode_words(content) if "=?" in content else content
            )
        else:
            pieces.setdefault(base, {}).setdefault(
                int(number or 0), (content, extended and not (quoted and number))
            )
    for base, parts in pieces.items():
        joined = _join_pieces(parts)
        if joined:
            plain[base] = joined
    return clean_line(head).lower(), {k: clean_line(v) for k, v in plain.items()}


def _pairs(text: str) -> Iterator[tuple[str, str, bool]]:
    """name, value, was it quoted; a quote that is never closed runs to the end."""
    at = 0
    while at < len(text):
        equals = text.find("=", at)
        if equals < 0:
            return
        semicolon = text.find(";", at, equals)
        if semicolon >= 0:
            at = semicolon + 1
            continue
        name = text[at:equals].strip().lower()
        at = equals + 1
        while at < len(text) and text[at] in " \t\r\n":
            at += 1
        if text[at : at + 1] == '"':
            match = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)', re.DOTALL).match(
                text, at
            )
            content = match[1] if match else text[at + 1 :]
            at = match.end() if match else len(text)
            semicolon = text.find(";", at)
            at = len(text) if semicolon < 0 else semicolon + 1
            yield name, re.sub(r'\\(["\\])', r"\1", content), True
        else:
            semicolon = text.find(";", at)
            stop = len(text) if semicolon < 0 else semicolon
            yield name, text[at:stop].strip(), False
            at = stop + 1


def _join_pieces(parts: dict[int, tuple[str, bool]]) -> str:
    """The pieces of one parameter in their order; a charset stands in the first only."""
    charset = ""
    raw: list[bytes] = []
    for number in sorted(parts):
        content, extended = parts[number]
        if extended and not charset and content.count("'") >= 2:
            charset, _language, content = content.split("'", 2)
        data = content.encode("utf-8", "replace")
        raw.append(unquote_to_bytes(data) if extended else data)
    text = decode(b"".join(raw), charset)[0]
    return decode_words(text) if "=?" in text else text


def addresses(value: bytes) -> tuple[tuple[Adres, ...], bool]:
    """The addresses of a header, and whether one stands in a group.

    Careful rather than kind: where it is not clear which address is meant, all of them are
    given, so that a forged sender shows as more than one.
    """
    found: list[Adres] = []
    in_group = False
    words: list[str] = []
    angled: list[str] = []

    def finish() -> None:
        name = clean_line(decode_words(" ".join(words))).replace(_AT, "@")
        if angled:
            found.extend(Adres(_address(a), name) for a in angled if a.strip())
        else:
            bare = [w for w in " ".join(words).split() if "@" in w]
            if bare:
                found.extend(Adres(_address(a)) for a in bare)
            elif name:
                found.append(Adres(name, ""))
        words.clear()
        angled.clear()

    for kind, found_text in _address_tokens(text_of(value)):
        if kind == "angle":
            angled.append(found_text)
        elif kind == "word":
            words.append(found_text)
        elif found_text in ",;":
            finish()
        else:
            in_group = True
            words.clear()
    finish()
    return tuple(found), in_group


_TOKEN: Final = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*)(?:"|\\?\Z)|<(?P<angle>[^<>]*)>?|(?P<sign>[,;:])|(?P<word>[^"<>(),;:\s]+)',
    re.DOTALL,
)


def _address_tokens(text: str) -> Iterator[tuple[str, str]]:
    at = depth = 0
    while at < len(text):
        letter = text[at]
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        elif depth == 0:
            match = _TOKEN.match(text, at)
            if match:
                at = match.end()
                if match["quoted"] is not None:
                    content = re.sub(r"\\(.)", r"\1", match["quoted"])
                    if text[at : at + 1] == "@":  # "jan jansen"@example.nl
                        tail = re.compile(r"[^\s,;<>]*").match(text, at)
                        at = tail.end() if tail else at
                        content = f'"{content}"'.replace(" ", "\u00a0")
                        yield "word", content + (tail[0] if tail else "")
                    else:
                        yield "word", content.replace("@", _AT)
                elif match["angle"] is not None:
                    yield "angle", match["angle"]
                elif match["sign"]:
                    yield "sign", match["sign"]
                else:
                    yield "word", match["word"]
                continue
        at += 1


def _address(text: str) -> str:
    """Without white space, in lower case. ASCII only: lowering U+212A would make a k, and
    so another sender."""
    return clean_line(text).replace(" ", "").replace("\u00a0", " ").translate(_UPPER)


def message_ids(value: bytes, limit: int = 1000) -> tuple[str, ...]:
    """The Message-IDs of a header with ``<`` and ``>``; words with ``@`` when it has none
    in that form."""
    text = clean_line(text_of(value))
    ids = [f"<{''.join(found.split())}>" for found in _ID.findall(text)]
    if not ids:
        ids = [word for word in text.split() if "@" in word]
    return tuple(dict.fromkeys(ids))[:limit]


def date_of(value: bytes) -> datetime.datetime | None:
    try:
        found = email.utils.parsedate_to_datetime(text_of(value))
    except Exception:  # the library raises six kinds on a bad date
        return None
    if not 1980 <= found.year <= 2100:
        return None
    offset = found.utcoffset()
    if offset is None or abs(offset) >= datetime.timedelta(hours=24):
        found = found.replace(tzinfo=datetime.UTC)
    return found
