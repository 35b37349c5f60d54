"""Which words have a form, in little memory: sorted numbers in the place of a dict."""

from __future__ import annotations

import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

_LOW = 0xFFFFFFFF


class Hashed:
    """Places by the hash of a form: eight bytes for each pair. Hashes may collide, so who
    asks looks whether a place really has the form."""

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        """``pairs``: form and place, a number of 32 bits."""
        # Sorted in parts: all at once would leave a hole of forty bytes a pair.
        buckets = [array("Q") for _ in range(256)]
        for form, place in pairs:
            value = zlib.crc32(form.encode())
            buckets[value >> 24].append(value << 32 | place)
        self._hashes, self._places = array("I"), array("I")
        for bucket in buckets:
            for pair in sorted(bucket):
                self._hashes.append(pair >> 32)
                self._places.append(pair & _LOW)

    def of(self, form: str) -> array[int]:
        """Places of a form, and by chance of another one."""
        value = zlib.crc32(form.encode())
        start = bisect_left(self._hashes, value)
        return self._places[start : bisect_right(self._hashes, value, lo=start)]
