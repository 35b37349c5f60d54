"""A server on this machine that answers as overheid.nl does, with its address shapes:
the SRU search for CVDR, and the repository with files of CVDR and BWB."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class Overheid:
    """files: path → bytes. records: work → (version, begin, path of its file).

    odd: path → how it answers instead: a status, 'slow', 'drip', 'cut', 'big',
    'html', or an address to which it redirects. asked: every path that was requested.
    """

    base: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    records: dict[str, list[tuple[int, str, str]]] = field(default_factory=dict)
    odd: dict[str, object] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def add_cvdr(self, work: str, data: bytes, version: int = 1, begin: str = "2020-01-01") -> str:  # fmt: skip
        path = f"/CVDR/{work}/{version}/xml/{work}_{version}.xml"
        self.files[path] = data
        self.records.setdefault(work, []).append((version, begin, path))
        return path

    def add_bwb(self, work: str, manifest: bytes, texts: dict[str, bytes]) -> None:
        self.files[f"/bwb/{work}/manifest.xml"] = manifest
        for label, data in texts.items():
            self.files[f"/bwb/{work}/{label}/xml/{work}_{label}.xml"] = data

    def search(self, parameters: dict[str, list[str]]) -> bytes:
        found = re.fullmatch(r"workid=(\w+)", parameters["query"][0])
        assert parameters["x-connection"] == ["cvdr"]
        assert parameters["operation"] == ["searchRetrieve"]
        assert found
        own = self.records.get(found[1], [])
        records = "".join(
            '<record><recordSchema>http://standaarden.overheid.nl/sru/</recordSchema><recordData><gzd xmlns="http://standaarden.overheid.nl/sru">'
            '<originalData><overheidrg:meta xmlns:overheidrg="http://standaarden.overheid.nl/cvdr/terms/"><owmskern>'
            f'<dcterms:identifier xmlns:dcterms="http://purl.org/dc/terms/">{found[1]}_{version}</dcterms:identifier></owmskern>'
            f"<cvdripm><overheidrg:inwerkingtredingDatum>{begin}</overheidrg:inwerkingtredingDatum></cvdripm></overheidrg:meta></originalData>"
            f"<enrichedData><organisatietype>Gemeente</organisatietype><publicatieurl_xml>{path if '://' in path else self.base + path}</publicatieurl_xml>"
            f"<preferred_work_url>https://lokaleregelgeving.overheid.nl/{found[1]}</preferred_work_url></enrichedData></gzd></recordData></record>"
            for version, begin, path in own
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/">'
            f"<version>1.2</version><numberOfRecords>{len(own)}</numberOfRecords><records>{records}</records></searchRetrieveResponse>"
        ).encode()


@contextmanager
def running() -> Iterator[Overheid]:
    overheid = Overheid()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            try:
                self._answer()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            overheid.asked.append(parts.path)
            odd = overheid.odd.get(parts.path)
            if isinstance(odd, list):
                odd = odd.pop(0) if odd else None
            data = overheid.files.get(parts.path)
            if parts.path == "/sru/Search":
                data = overheid.search(parse_qs(parts.query))
            if isinstance(odd, int):
                self.send_error(odd)
            elif odd == "slow":
                time.sleep(3)
            elif odd == "drip":
                self._head(10_000)
                for _n in range(40):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.1)
            elif odd == "cut" and data:
                self._head(len(data))
                self.wfile.write(data[: len(data) // 2])
            elif odd == "big":
                self._head(None)
                for _n in range(80):
                    self.wfile.write(b"<!-- -->" * 131_072)
            elif odd == "promise":
                self._head(10**12)
            elif odd == "html":
                self._send(b"<!DOCTYPE html><html><body>Onderhoud</body></html>")
            elif isinstance(odd, str):
                self.send_response(302)
                self.send_header("Location", odd)
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif data is None:
                self.send_error(404)
            else:
                self._send(data)

        def _head(self, size: int | None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/xml")
            if size is not None:
                self.send_header("Content-Length", str(size))
            self.end_headers()

        def _send(self, data: bytes) -> None:
            self._head(len(data))
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            """Tests look at ``asked`` instead."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    overheid.base = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield overheid
    finally:
        server.shutdown()
        server.server_close()
