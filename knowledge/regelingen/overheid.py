"""Fetching a legal text from overheid.nl by its number: CVDR by the search service, BWB
by its manifest.

Only numbers go in. An address comes from the settings, or from an answer of overheid.nl
and then only on the hosts of those settings, also after a redirect.
"""

from __future__ import annotations

import http.client
import re
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from lxml import etree

from .limits import MAX_BYTES, Unreadable, megabytes
from .xml.bwb import read_manifest
from .xml.identifiers import cvdr_id, iso_date
from .xml.reading import name, parse

TRIES = 3
# Seconds: for one answer to begin or go on, for a whole file, and before trying again.
PATIENCE, DEADLINE, PAUSE = 10.0, 60.0, 1.0
MAX_REDIRECTS = 3
# A search for one work has a record for each of its versions.
MAX_RECORDS = 200
_CHUNK = 64 * 1024
_CVDR = re.compile(r"CVDR(\d{3,9})(?:[_/](\d{1,4}))?", re.I)
_BWB = re.compile(r"(BWB[RVW]\d{7})(?:[_/](\d{4}-\d\d-\d\d(?:_\d{1,3})?))?", re.I)


class NotFetched(Exception):
    """Nothing came; the message says what was asked, what happened and what to do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file with where it came from. work: the number that its text must have."""

    address: str
    data: bytes
    work: str


def is_on() -> bool:
    return bool(settings.OVERHEID_SRU_URL and settings.OVERHEID_REPOSITORY_URL)


def is_number(text: str) -> bool:
    """Whether this is a number that can be fetched: 'CVDR718456', 'BWBR0035303'."""
    return bool(_CVDR.fullmatch(text) or _BWB.fullmatch(text))


def fetch(number: str) -> Fetched:
    """The file of a regulation: of the version that is named, or else the newest.

    Raises NotFetched.
    """
    number = number.strip()
    if not is_on():
        raise NotFetched(
            _(
                "Ophalen uit overheid.nl staat uit op deze installatie. Download de XML zelf en "
                "lees het bestand in."
            )
        )
    if cvdr := _CVDR.fullmatch(number):
        work, version = f"CVDR{cvdr[1]}", cvdr[2] or ""
        address = _cvdr_address(work, version)
    elif bwb := _BWB.fullmatch(number):
        work, version = bwb[1].upper(), bwb[2] or ""
        address = _bwb_address(work, version)
    else:
        raise NotFetched(
            _(
                "‘%(number)s’ is geen nummer van een regeling. Een nummer ziet eruit als CVDR718456 "
                "of BWBR0035303."
            )
            % {"number": number[:60]}
        )
    return Fetched(address, _get(address), work)


def _cvdr_address(work: str, version: str) -> str:
    """Where the file of a local regulation is, by the search service."""
    query = {
        "version": "1.2",
        "operation": "searchRetrieve",
        "x-connection": "cvdr",
        "startRecord": "1",
        "maximumRecords": str(MAX_RECORDS),
        "query": f"workid={work}",
    }
    root = _xml(f"{settings.OVERHEID_SRU_URL}?{urlencode(query)}")
    found: dict[int, tuple[str, str]] = {}
    for record in root.iter("{*}gzd"):
        own, number = cvdr_id(_text(record, "identifier"))
        address = _text(record, "publicatieurl_xml")
        if own == work and number and address:
            found[int(number)] = (
                iso_date(_text(record, "inwerkingtredingDatum")),
                address,
            )
    if not found:
        raise NotFetched(
            _("overheid.nl kent geen regeling met nummer %(number)s.")
            % {"number": work}
        )
    if version:
        if int(version) not in found:
            raise NotFetched(
                _(
                    "overheid.nl heeft van %(number)s geen versie %(version)s. Wel: %(known)s."
                )
                % {
                    "number": work,
                    "version": version,
                    "known": ", ".join(map(str, sorted(found))),
                }
            )
        return found[int(version)][1]
    today = timezone.localdate().isoformat()
    begun = [number for number, (begin, _url) in found.items() if begin <= today]
    return found[max(begun or found)][1]


def _bwb_address(work: str, version: str) -> str:
    """Where the file of a law is, by the manifest with all its versions."""
    base = f"{settings.OVERHEID_REPOSITORY_URL.rstrip('/')}/bwb/"
    data = _get(f"{base}{work}/manifest.xml")
    try:
        manifest = read_manifest(data)
    except (Unreadable, ValueError) as error:
        raise NotFetched(_no_list(work)) from error
    if manifest.id != work or not manifest.expressions:
        raise NotFetched(_no_list(work))
    wanted = [
        one
        for one in manifest.expressions
        if not version or one.label == version or one.label.startswith(f"{version}_")
    ]
    if not wanted:
        raise NotFetched(
            _("overheid.nl heeft van %(number)s geen versie %(version)s. De nieuwste is %(known)s.")
            % {
                "number": work,
                "version": version,
                "known": manifest.latest or manifest.expressions[-1].label,
            }
        )  # fmt: skip
    newest = [one for one in wanted if not version and one.label == manifest.latest]
    path = (newest or wanted)[-1].path
    if not re.fullmatch(rf"{work}/[\w-]+/xml/[\w-]+\.xml", path):
        raise NotFetched(_no_list(work))
    return base + path


def _no_list(work: str) -> str:
    return _(
        "Wat overheid.nl gaf bij %(number)s is niet de verwachte lijst van versies (manifest)."
    ) % {"number": work}


def _xml(address: str) -> etree._Element:
    try:
        return parse(_get(address))
    except Unreadable as error:
        raise NotFetched(
            _("Het antwoord van overheid.nl is niet de verwachte XML.")
        ) from error


def _text(element: etree._Element, local: str) -> str:
    """The text of the first element with this local name; empty when there is none."""
    found = next((one for one in element.iter("{*}*") if name(one) == local), None)
    return (found.text or "").strip() if found is not None else ""


# -- one file over HTTP -----------------------------------------------------------------


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Answers that point elsewhere come back as they are; ``_followed`` looks where."""

    def http_error_302(self, *args: Any, **kwargs: Any) -> None:
        return None

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


_opener = urllib.request.build_opener(_NoRedirects)


class _TryAgain(Exception):
    pass


def _get(address: str) -> bytes:
    """A file, read within limits, after a few tries when the other side falters."""
    deadline = time.monotonic() + DEADLINE
    for left in reversed(range(TRIES)):
        try:
            return _followed(address, deadline)
        except _TryAgain as error:
            if not left or time.monotonic() + PAUSE > deadline:
                raise NotFetched(str(error)) from error
            time.sleep(PAUSE)
    raise AssertionError


def _followed(address: str, deadline: float) -> bytes:
    for _hop in range(MAX_REDIRECTS + 1):
        if not _is_ours(address):
            raise NotFetched(
                _(
                    "overheid.nl verwijst naar een ander adres (%(host)s). Daar haalt het loket "
                    "niets op."
                )
                % {"host": address[:100]}
            )
        data, further = _once(address, deadline)
        if not further:
            return data
        try:
            address = urljoin(address, further)
        except ValueError:
            address = further
    raise NotFetched(_("overheid.nl verwijst te vaak door."))


def _is_ours(address: str) -> bool:
    """Whether it is on a host of the settings, with the same scheme and port."""
    known = {
        (urlsplit(base).scheme, urlsplit(base).netloc)
        for base in (settings.OVERHEID_SRU_URL, settings.OVERHEID_REPOSITORY_URL)
    }
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        address.isascii()
        and parts.scheme in ("http", "https")
        and (parts.scheme, parts.netloc) in known
    )


def _once(address: str, deadline: float) -> tuple[bytes, str]:
    """What one request gives: the bytes, or the address to which it points."""
    request = urllib.request.Request(  # noqa: S310
        address, headers={"User-Agent": "Thuisloket", "Accept": "application/xml, */*"}
    )
    try:
        with _opener.open(request, timeout=PATIENCE) as answer:
            return _read(answer, deadline), ""
    except urllib.error.HTTPError as error:
        with error:
            if error.code in (301, 302, 303, 307, 308):
                return b"", error.headers.get("Location", "") or "about:"
            told = _("overheid.nl antwoordt met fout %(code)s.") % {"code": error.code}
            if error.code in (404, 410):
                raise NotFetched(
                    _("overheid.nl heeft dit bestand niet (fout %(code)s): %(address)s")
                    % {"code": error.code, "address": address}
                ) from error
            if error.code >= 500 or error.code == 429:
                raise _TryAgain(told) from error
            raise NotFetched(told) from error
    except TimeoutError as error:
        raise _TryAgain(_too_slow()) from error
    except (http.client.HTTPException, OSError) as error:
        if isinstance(getattr(error, "reason", None), TimeoutError):
            raise _TryAgain(_too_slow()) from error
        raise _TryAgain(
            _(
                "overheid.nl is niet te bereiken, of brak het antwoord af. Probeer het later "
                "opnieuw, of download de XML zelf en lees het bestand in."
            )
        ) from error


def _read(answer: http.client.HTTPResponse, deadline: float) -> bytes:
    length = answer.headers.get("Content-Length") or ""
    promised = int(length) if length.isascii() and length.isdigit() else -1
    parts: list[bytes] = []
    size = 0
    while chunk := answer.read1(_CHUNK) if promised <= MAX_BYTES else b"":
        size += len(chunk)
        parts.append(chunk)
        if size > MAX_BYTES:
            break
        if time.monotonic() > deadline:
            raise NotFetched(_too_slow())
    if max(promised, size) > MAX_BYTES:
        raise NotFetched(
            _("Het bestand van overheid.nl is groter dan de grens van %(size)s MB.")
            % {"size": megabytes(MAX_BYTES)}
        )
    if promised > size:
        raise http.client.IncompleteRead(b"", promised - size)
    return b"".join(parts)


def _too_slow() -> str:
    return _("overheid.nl antwoordt te langzaam. Probeer het later opnieuw.")
