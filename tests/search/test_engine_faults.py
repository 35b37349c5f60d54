"""Elasticsearch away, slow, cut off, red, or another one than we know.

The real server with a proxy in front of it that has faults. Readers get their answer from
the embedded index of this machine; operators see why.
"""

from __future__ import annotations

import contextlib
import http.server
import json
import socket
import threading
import time
import uuid

import pytest

from core.models import Outbox
from knowledge.models import KennisPagina
from search import engines, services
from search.documents import SearchQuery
from search.engines import elasticsearch as module
from search.engines.base import EngineQuery, EngineUnavailable, IndexMissing
from search.engines.elasticsearch import ElasticsearchEngine
from search.models import IndexState

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]
EVERYTHING = EngineQuery(sections=None, pages=None)
PATIENCE = 1.0


class FaultyProxy:
    """Passes bytes to a server; ``fault`` says how it goes wrong."""

    def __init__(self, url: str) -> None:
        host, _, port = url.rpartition("/")[2].partition(":")
        self._server = (host, int(port))
        self._open: list[socket.socket] = []
        self._listener: socket.socket | None = None
        self.port = 0
        self.fault = ""
        self.requests: list[bytes] = []
        self.listen()

    @property
    def closed(self) -> bool:
        return self._listener is None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def listen(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(
            target=self._accept, args=(self._listener,), daemon=True
        ).start()

    def refuse(self) -> None:
        """No one listens any more, and what was open is closed."""
        if self._listener:
            # Closing alone does not wake the thread that waits in accept.
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        self.cut()

    def cut(self) -> None:
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self._open.clear()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = listener.accept()
                server = socket.create_connection(self._server)
                self._open += [client, server]
                for source, target in ((client, server), (server, client)):
                    threading.Thread(
                        target=self._pump,
                        args=(source, target, source is server),
                        daemon=True,
                    ).start()

    def _pump(self, source: socket.socket, target: socket.socket, back: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not back:
                    self.requests.append(data)
                if self.fault == "half-open":
                    continue
                if self.fault == "slow" and back:
                    time.sleep(10)
                if self.fault == "cut" and back:
                    target.sendall(data[: len(data) // 2])
                    break
                target.sendall(data)
            target.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def proxy(elasticsearch_url):
    proxy = FaultyProxy(elasticsearch_url)
    yield proxy
    proxy.refuse()


@pytest.fixture
def stack(proxy, settings, tmp_path, monkeypatch):
    """Elasticsearch behind the proxy, the embedded index beside it; both are filled."""
    monkeypatch.setattr(module, "GRACE_SECONDS", 0.0)
    # A busy test machine is not a fault; ``break_down`` takes this patience away.
    monkeypatch.setattr(module, "SEARCH_SECONDS", 60.0)
    settings.SEARCH_ENGINE = {
        "BACKEND": "search.engines.elasticsearch.ElasticsearchEngine",
        "OPTIONS": {"url": proxy.url, "prefix": f"storing-{uuid.uuid4().hex[:8]}"},
    }
    settings.SEARCH_FALLBACK = [
        {
            "BACKEND": "search.engines.embedded.EmbeddedEngine",
            "OPTIONS": {"path": str(tmp_path / "index")},
        }
    ]
    engines.reset()
    services.rebuild()
    yield engines.get_engine()
    proxy.fault = ""
    engines.reset()


def titles(text: str) -> list[str]:
    return [hit.title for hit in services.find(SearchQuery(text=text)).hits]


def break_down(proxy: FaultyProxy, fault: str) -> None:
    engine = engines.get_engine()
    engine._client = engine._client.options(request_timeout=PATIENCE)
    if fault == "refuse":
        proxy.refuse()
    else:
        proxy.fault = fault


def mend(proxy: FaultyProxy) -> None:
    engine = engines.get_engine()
    engine._client = engine._client.options(request_timeout=60.0)
    proxy.fault = ""
    proxy.cut()
    if proxy.closed:
        proxy.listen()


FAULTS = {
    "slow": "antwoordt niet op tijd",
    "half-open": "antwoordt niet op tijd",
    "cut": "geen verbinding met",
    "refuse": "geen verbinding met",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_reader_gets_an_answer_whatever_the_server_does(
    stack, proxy, client, caplog, fault
):
    healthy = client.get("/zoeken/?q=majella")
    assert services.health()["answering"] == "elasticsearch"
    break_down(proxy, fault)
    response = client.get("/zoeken/?q=majella")
    assert response.status_code == 200
    assert "Majella Wonen" in response.content.decode()
    assert response.content.decode().count(
        "<article"
    ) == healthy.content.decode().count("<article")
    assert FAULTS[fault] in caplog.text

    # Those that follow do not wait for it.
    proxy.requests.clear()
    began = time.perf_counter()
    with pytest.raises(EngineUnavailable, match="weer geprobeerd"):
        stack.search(EVERYTHING)
    assert time.perf_counter() - began < PATIENCE / 2
    assert proxy.requests == []
    assert titles("majella")[0] == "Majella Wonen"


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_asked_again_when_it_is_back(stack, proxy, fault):
    break_down(proxy, fault)
    titles("majella")
    stack._retry_at -= module.PAUSE_SECONDS
    # Still broken: one tries, and the pause begins anew.
    with pytest.raises(EngineUnavailable, match=FAULTS[fault]):
        stack.search(EVERYTHING)
    with pytest.raises(EngineUnavailable, match="weer geprobeerd"):
        stack.search(EVERYTHING)
    mend(proxy)
    stack._retry_at -= module.PAUSE_SECONDS
    assert stack.search(EVERYTHING).total > 5
    assert services.health()["answering"] == "elasticsearch"


def test_while_one_tries_the_others_do_not_wait(stack, proxy):
    break_down(proxy, "half-open")
    titles("majella")
    stack._retry_at = time.monotonic()
    first = threading.Thread(target=_swallow, args=(stack,))
    first.start()
    time.sleep(PATIENCE / 5)
    began = time.perf_counter()
    with pytest.raises(EngineUnavailable, match="weer geprobeerd"):
        stack.search(EVERYTHING)
    assert time.perf_counter() - began < PATIENCE / 2
    first.join()


def _swallow(engine) -> None:
    with contextlib.suppress(EngineUnavailable):
        engine.search(EVERYTHING)


def test_a_connection_that_was_closed_meanwhile_costs_nothing(stack, proxy):
    before = stack.search(EVERYTHING)
    proxy.cut()
    assert stack.search(EVERYTHING) == before


@pytest.mark.parametrize("fault", ["slow", "refuse"])
def test_without_another_engine_search_says_that_it_is_unavailable(
    stack, proxy, settings, fault
):
    settings.SEARCH_FALLBACK = []
    engines.engines.cache_clear()
    break_down(proxy, fault)
    with pytest.raises(services.SearchUnavailable):
        services.find(SearchQuery(text="majella"))


def test_operators_see_who_answers_and_why(stack, proxy, client):
    response = client.get("/-/readyz")
    assert response.status_code == 200
    index = response.json()["parts"]["index"]
    assert (index["ok"], index["answering"]) == (True, "elasticsearch")
    assert index["docs"] > 5
    assert index["fallback"]["ok"] is True
    break_down(proxy, "refuse")
    response = client.get("/-/readyz")
    index = response.json()["parts"]["index"]
    # Readers still get answers here: this host must not be taken out of service.
    assert response.status_code == 200
    assert (index["ok"], index["answering"]) == (True, "embedded")
    assert "geen verbinding" in index["reason"]
    assert index["engine"] == "elasticsearch"


def test_nobody_answers_is_not_ready(stack, proxy, client):
    break_down(proxy, "refuse")
    IndexState.objects.filter(engine="embedded").delete()
    response = client.get("/-/readyz")
    assert response.status_code == 503
    index = response.json()["parts"]["index"]
    assert (index["ok"], index["answering"]) == (False, None)


def test_a_change_while_it_is_away_reaches_it_later(stack, proxy, outbox):
    break_down(proxy, "refuse")
    page = KennisPagina.objects.get(slug="majella-wonen").specific
    page.title = "Zeldzaamwoord"
    page.save_revision().publish()
    outbox()
    # The index of this machine has it, the message waits for the other.
    assert titles("zeldzaamwoord") == ["Zeldzaamwoord"]
    waiting = Outbox.objects.filter(kind="search.refresh", done_at=None)
    assert "geen verbinding" in waiting.get().last_error
    mend(proxy)
    stack._retry_at = 0.0
    assert stack.search(EVERYTHING).total > 5
    assert services.check(stack)["stale"] != []
    waiting.update(available_at=waiting.get().created_at)
    outbox()
    assert services.check(stack) == {"missing": [], "superfluous": [], "stale": []}
    assert titles("zeldzaamwoord") == ["Zeldzaamwoord"]


def test_a_red_index_is_not_half_an_answer(stack):
    # A new index that no machine may hold: an old one is brought back by the machine
    # that has its files, even against its settings.
    stack._writer.indices.create(
        index=f"{stack.live}-rood",
        settings=module.SETTINGS
        | {"index.routing.allocation.require._name": "niemand"},
        mappings=stack.mapping(),
        aliases={stack.building: {}},
        wait_for_active_shards="0",
    )
    stack._switch(f"{stack.live}-rood")
    with pytest.raises(EngineUnavailable, match="503"):
        stack.search(EVERYTHING)
    state = stack.health()
    assert (state["ok"], state["status"]) == (False, "red")
    assert "red" in state["reason"]
    assert titles("majella")[0] == "Majella Wonen"


def test_a_missing_alias_says_what_to_run(stack, caplog):
    stack._writer.indices.update_aliases(
        actions=[{"remove": {"index": f"{stack.prefix}-*", "alias": stack.live}}]
    )
    with pytest.raises(IndexMissing):
        stack.search(EVERYTHING)
    assert titles("majella")[0] == "Majella Wonen"
    assert "search_rebuild" in caplog.text
    services.rebuild(stack)
    assert stack.search(EVERYTHING).total > 5


# -- servers that are not ours ---------------------------------------------------


@contextlib.contextmanager
def fake_server(status: int, body: bytes, **headers: str):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = do_HEAD = do_GET

        def log_message(self, *arguments: object) -> None:
            """Not on the screen."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def _version(number: str) -> bytes:
    return json.dumps({"version": {"number": number}, "tagline": "x"}).encode()


JSON = {"Content_Type": "application/json", "X_Elastic_Product": "Elasticsearch"}


@pytest.mark.parametrize(
    ("status", "body", "headers", "reason"),
    [
        (200, _version("8.19.2"), JSON, "Elasticsearch 8.19.2; nodig is 9"),
        (200, _version("10.0.0"), JSON, "Elasticsearch 10.0.0; nodig is 9"),
        (200, _version("9.0.0"), {"Content_Type": "application/json"}, "geen Elastic"),
        (200, b"<html>welkom</html>", {"Content_Type": "text/html"}, "geen"),
        (200, b"{kapot", JSON, "geen leesbaar antwoord"),
        (200, b"{}", JSON, "Elasticsearch onbekend; nodig is 9"),
        (500, b'{"error": {"type": "x", "reason": "stuk"}}', JSON, "500 x: stuk"),
        (502, b"<html>gateway</html>", {"Content_Type": "text/html"}, "502"),
        (503, b'{"error": "druk"}', JSON, "503 druk"),
        (429, b"{}", JSON, "429"),
        (401, b"{}", JSON, "401"),
        (404, b"niets", {"Content_Type": "text/plain"}, "404"),
    ],
)
def test_a_server_that_is_not_ours_is_named(status, body, headers, reason):
    with fake_server(status, body, **headers) as url:
        engine = ElasticsearchEngine(url.replace("//", "//iemand:geheim@"), "proef")
        with pytest.raises(EngineUnavailable) as caught:
            engine.search(EVERYTHING)
        assert reason in str(caught.value)
        state = engine.health()
        assert state["ok"] is False
        assert reason in state["reason"]
        assert "geheim" not in f"{caught.value}{state}"
        for call in (engine.hashes, lambda: engine.rebuild([])):
            with pytest.raises(EngineUnavailable):
                call()
        engine.close()


def test_an_address_that_is_none_is_said_at_the_start():
    from django.core.exceptions import ImproperlyConfigured

    with pytest.raises(ImproperlyConfigured, match="ELASTICSEARCH_URL"):
        ElasticsearchEngine("zoekmachine", "proef")
