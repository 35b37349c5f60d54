"""Bytes to text, whatever a mail says about its characters."""

from __future__ import annotations

import codecs
import re
from typing import Final

# Encodings of Python that are no character sets, or that take time out of proportion.
_REFUSED: Final = frozenset(
    {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined"}
)
# ISO-8859-1 holds no letter that Windows-1252 does not have, and is often its wrong label.
_WESTERN: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
_ALIASES: Final = {
    "iso-8859-8-i": "iso8859-8",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
    "ks_c_5601-1987": "cp949",
    "cp-850": "cp850",
    "x-sjis": "shift_jis",
}
_C1: Final = re.compile("[\x80-\x9f]")
# NUL, controls, lone surrogates, marks that turn the direction of text, no characters.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]"
)
_NEWLINES: Final = re.compile("\r\n?|\x85|\u2028|\u2029")


# What Python makes of bytes that are no UTF-8, as what they are in Windows-1252.
_STRAY: Final = {
    0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(128, 256)
}


def _utf_8_or_windows_1252(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape").translate(_STRAY)


def codec_of(charset: str) -> str:
    """The codec of Python for a declared character set; empty when there is none."""
    name = charset.strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError, UnicodeError):
        return ""
    if found.name in _REFUSED or not getattr(found, "_is_text_encoding", True):
        return ""
    return found.name


def decode(data: bytes, charset: str = "") -> tuple[str, str]:
    """The text of ``data``, and in Dutch what was wrong with it (empty: nothing).

    What is no UTF-8 is read as Windows-1252, byte by byte, so that nothing is lost when one
    mail holds both. Text that is UTF-8 while it says ISO-8859-1 is read as UTF-8: real text
    in ISO-8859-1 is practically never valid UTF-8.
    """
    if data.startswith(codecs.BOM_UTF8):
        return _utf_8_or_windows_1252(data[3:]), ""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and len(data) > 2:
        try:
            return data.decode("utf-16"), ""
        except UnicodeError:
            pass
    if data.isascii() and codec_of(charset) in {"", "utf-8", *_WESTERN}:
        fault = "" if not charset or codec_of(charset) else _unknown(charset)
        return data.decode("ascii"), fault
    codec = codec_of(charset)
    if codec and codec not in _WESTERN and codec != "utf-8":
        try:
            text = data.decode(codec)
        except (UnicodeError, ValueError):
            text = ""
        if text and not (codec.startswith("iso8859") and _C1.search(text)):
            return text, ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text:
        if codec == "utf-8" or (not codec and not charset):
            return text, ""
        if not codec:
            return text, _unknown(charset)
        return text, f"De mail zegt tekens van {charset} te hebben, maar het is UTF-8."
    if codec in _WESTERN or codec.startswith("iso8859"):
        return data.decode("cp1252", "replace"), ""
    text = _utf_8_or_windows_1252(data)
    if charset and not codec:
        return text, _unknown(charset)
    if charset:
        return text, f"Niet alle tekens passen bij {charset}, zoals de mail zegt."
    return text, ""


def _unknown(charset: str) -> str:
    return f"De mail noemt een onbekende tekenset ({clean_line(charset)[:40]})."


def clean(text: str) -> str:
    """Text without what a database or a reader cannot bear, lines ending in ``\\n``."""
    return _UNWANTED.sub("", _NEWLINES.sub("\n", text))


def clean_line(text: str) -> str:
    """The same on one line, white space folded."""
    return " ".join(clean(text).split())
