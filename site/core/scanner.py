"""The malware scanner: clamd, when CLAMD_URL says where it is."""

from __future__ import annotations

from typing import BinaryIO
from urllib.parse import urlsplit

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# What clamd says of a file that it could not look into: a password, or too large.
CANNOT_LOOK_INTO = ("Heuristics.Encrypted", "Heuristics.Limits")


class ScannerAway(Exception):
    """The scanner gave no verdict; the file stays held."""


def is_configured() -> bool:
    return bool(settings.CLAMD_URL)


def _client() -> ClamdNetworkSocket:
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix" and address.path:
        return ClamdUnixSocket(address.path, timeout=settings.CLAMD_TIMEOUT)
    if address.scheme == "tcp" and address.hostname:
        return ClamdNetworkSocket(
            address.hostname, address.port or 3310, timeout=settings.CLAMD_TIMEOUT
        )
    raise ImproperlyConfigured(
        "CLAMD_URL moet tcp://host:3310 of unix:///pad zijn, en is iets anders."
    )


def scan(file: BinaryIO) -> str:
    """The name of what was found in a file; empty when it is clean.

    Raises ScannerAway when there is no verdict, whatever the reason.
    """
    try:
        verdicts = list(_client().instream(file).values())
    except (ClamdError, OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error
    if not verdicts:
        raise ScannerAway("geen oordeel")
    for status, found in verdicts:
        if status == "FOUND":
            return str(found or "onbekend")
        if status != "OK":
            raise ScannerAway(f"{status}: {found}")
    return ""


def version() -> str:
    """What the scanner says of itself and its signatures; raises ScannerAway."""
    try:
        return _client().version()
    except (ClamdError, OSError, ValueError) as error:
        raise ScannerAway(str(error)) from error
