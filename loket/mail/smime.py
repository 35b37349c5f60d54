"""The text inside a mail that is signed as a whole (S/MIME, CMS signed-data).

Outlook can send the signed mail packed up in its signature. It is not secret, so it is
read; whether the signature is right is not judged.
"""

from __future__ import annotations

from typing import Final

_SIGNED_DATA: Final = bytes.fromhex("2a864886f70d010702")
_MAX_DEPTH: Final = 20


def signed_content(data: bytes) -> bytes | None:
    """The signed mail; None when the content is encrypted or broken."""
    try:
        kind, wrapped = _children(data, *_element(data, 0)[1:3])[:2]
        if data[kind[1] : kind[2]] != _SIGNED_DATA:
            return None
        signed = _children(data, *wrapped[1:3])[0]
        packed = _children(data, *signed[1:3])[2]
        content = _children(data, *packed[1:3])[1]
        return _octets(data, _children(data, *content[1:3])[0])
    except (IndexError, ValueError):
        return None


Element = tuple[int, int, int, int]


def _element(data: bytes, at: int, depth: int = 0) -> Element:
    """Tag, start and end of the content, and where the next element begins (X.690)."""
    if depth > _MAX_DEPTH:
        raise ValueError("too deep")
    tag, length = data[at], data[at + 1]
    start = at + 2
    if tag & 0x1F == 0x1F:
        raise ValueError("long tag")
    if length == 0x80:  # runs until two zero bytes
        end = start
        while data[end] or data[end + 1]:
            end = _element(data, end, depth + 1)[3]
        return tag, start, end, end + 2
    if length > 0x80:
        size = length & 0x7F
        if size > 8:
            raise ValueError("too long")
        length = int.from_bytes(data[start : start + size], "big")
        start += size
    if start + length > len(data):
        raise ValueError("cut off")
    return tag, start, start + length, start + length


def _children(data: bytes, start: int, end: int) -> list[Element]:
    found = []
    while start < end:
        found.append(_element(data, start))
        start = found[-1][3]
    return found


def _octets(data: bytes, element: Element) -> bytes:
    """A string of bytes, whole or in pieces."""
    tag, start, end, _next = element
    if tag == 0x04:
        return data[start:end]
    if tag != 0x24:
        raise ValueError("no string of bytes")
    return b"".join(
        data[s:e] for t, s, e, _n in _children(data, start, end) if t == 0x04
    )
