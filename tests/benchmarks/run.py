"""``make bench``: what the product costs, as a ratio to a named baseline of the same run.

Fills an installation of its own in a temporary folder. ``TICKETS=`` sets how many
questions the pile holds (100,000), ``DATABASE_URL=`` another database than SQLite.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKETS = int(os.environ.get("TICKETS", "100000"))
FEW, MANY = 10, 10_000


@dataclass(frozen=True)
class Row:
    name: str
    ours_ms: float
    baseline: str
    baseline_ms: float

    def __str__(self) -> str:
        return (
            f"{self.name:<46}{self.ours_ms:>9.1f} ms  {self.ours_ms / self.baseline_ms:>7.2f} ×"
            f"  {self.baseline} ({self.baseline_ms:.1f} ms)"
        )


def median_ms(act: Callable[[], object], times: int) -> float:
    """Median of ``times`` calls after two that warm up, in milliseconds."""
    for _ in range(2):
        act()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


class Sink:
    """An SMTP server that accepts everything and keeps nothing."""

    async def handle_DATA(self, server, session, envelope) -> str:
        return "250 OK"


def page_row(client) -> Row:
    from wagtail.models import Page, Site

    from knowledge.models import Handreiking

    ours = Handreiking.objects.live().filter(slug="urgentieverordening-opstellen").get()
    bare = Page(title="Kaal", slug="kaal")
    Site.objects.get().root_page.add_child(instance=bare)

    def get(page):
        answer = client.get(page.get_url())
        assert answer.status_code == 200
        return len(answer.content)

    return Row(
        f"handreiking tonen ({get(ours) // 1024} kB)",
        median_ms(lambda: get(ours), 30),
        f"Wagtails kale pagina ({get(bare)} bytes)",
        median_ms(lambda: get(bare), 30),
    )


def regeling_row(client) -> Row:
    """A regulation of 120 articles of two versions, cited by a law that is here too."""
    from core import outbox
    from knowledge.regelingen import xml
    from knowledge.regelingen.imports import Import
    from knowledge.regelingen.services import store
    from tests.benchmarks.regelingen import ordinance

    read = xml.read(ordinance(120), "x.xml").regeling
    assert read is not None
    for year, title in (("2024", "Bank"), ("2025", "Bank"), ("2025", "Andere bank")):
        text = replace(
            read,
            title=f"Verordening {title}",
            valid_from=f"{year}-01-01",
            version=year,
            children=read.children[: 119 if year == "2024" else None],
        )
        kept = store(imported=Import("cvdr", text), publish=True).versie
    assert kept is not None
    outbox.drain()
    address = kept.regeling.get_absolute_url()

    def get(path: str) -> int:
        answer = client.get(path)
        assert answer.status_code == 200
        return len(answer.content)

    return Row(
        f"regeling van 120 artikelen tonen ({get(address) // 1024} kB)",
        median_ms(lambda: get(address), 20),
        "de lijst van regelingen",
        median_ms(lambda: get("/verordeningen/"), 20),
    )


def draft_rows(client) -> list[Row]:
    """A whole draft of the longest model that ships: its page, and its file in Word."""
    import io

    import docx

    from core.person import Person
    from knowledge.concepten import services
    from knowledge.concepten.selectors import Stand
    from knowledge.regelingen.selectors import models
    from knowledge.regelingen.tree import text_of

    regeling, versie = max(models(), key=lambda both: len(both[1].modeltekst))
    concept = services.begin(person=Person(), regeling=regeling, versie=versie)
    words = [
        line
        for node in Stand(concept).draft.regeling.children
        for line in text_of(node).splitlines()
    ]
    address = concept.get_absolute_url()

    def get(path: str) -> None:
        assert client.get(path).status_code == 200

    def plain() -> None:
        document = docx.Document()
        for line in words:
            document.add_paragraph(line)
        document.save(io.BytesIO())

    return [
        Row(
            f"concept van {len(words)} regels tonen",
            median_ms(lambda: get(address), 15),
            "de lijst van modellen",
            median_ms(lambda: get("/concepten/"), 15),
        ),
        Row(
            "concept als Word-bestand",
            median_ms(lambda: get(f"{address}verordening.docx"), 5),
            "dezelfde regels, elk een kale alinea",
            median_ms(plain, 5),
        ),
    ]


def ask_row() -> Row:
    from django.core.mail import EmailMessage

    from core import outbox
    from core.models import Gemeente
    from loket import services
    from loket.models import Zelfgevonden

    asker = services.Asker(
        email="vrager@volume.example", gemeente=Gemeente.objects.order_by("code")[0]
    )
    text = (
        "Mag een jongere van 18 uit jeugdhulp urgentie krijgen, en tot welke leeftijd?"
    )

    def ask() -> None:
        services.ask(asker=asker, text=text)
        outbox.drain()

    def least() -> None:
        Zelfgevonden.objects.create(kind="proef", object_id=1, titel=text)
        EmailMessage("Uw vraag", text, to=[asker.email]).send()

    outbox.drain()
    return Row(
        "vraag stellen tot en met de mail",
        median_ms(ask, 30),
        "één INSERT en één SMTP-bericht",
        median_ms(least, 30),
    )


def helpdesk_list(user, **filtering) -> Callable[[], object]:
    """The list of django-helpdesk's own agent interface: first page of 25."""
    from helpdesk.query import __Query__ as Query
    from helpdesk.user import HelpdeskUser

    def act() -> object:
        params = {
            "filtering": dict(filtering),
            "sorting": "created",
            "sortreverse": True,
        }
        return Query(HelpdeskUser(user), query_params=params).get_datatables_context()[
            "data"
        ]

    return act


def pile_rows(client, user) -> list[Row]:
    from loket.models import Vraag

    count = Vraag.objects.count()
    rows = []
    for view, name, filtering in (
        ("niet-toegewezen", "open", {"status__in": [1, 2, 6]}),
        ("afgerond", "alle", {}),
    ):

        def get(view: str = view) -> None:
            assert client.get(f"/werkplek/?weergave={view}").status_code == 200

        rows.append(
            Row(
                f"stapel '{view}', {count:,} vragen",
                median_ms(get, 15),
                f"lijst van django-helpdesk, {name}",
                median_ms(helpdesk_list(user, **filtering), 3),
            )
        )
    return rows


def database_rows(user) -> list[Row]:
    """What the rows of the first page and the numbers above it cost in the database.

    Beside one question by its key; the views of a person with a few questions as well.
    """
    from django.db import connection

    from core.person import Person
    from loket import selectors
    from loket.models import Vraag

    person = Person(user=user)
    key = Vraag.objects.order_by("pk").values_list("pk", flat=True)[0]
    acts: dict[str, Callable[[], object]] = {
        f"'{view}'": lambda view=view: selectors.with_rows(
            selectors.pile(person, view).values_list("pk", flat=True)[:30]
        )
        for view in selectors.VIEWS
    }
    acts["de aantallen"] = lambda: selectors.pile_counts(person)
    one = database_ms(connection, lambda: Vraag.objects.get(pk=key), 30)
    return [
        Row(
            f"database: {name}, {Vraag.objects.count():,} vragen",
            database_ms(connection, act, 15),
            "één vraag op sleutel",
            one,
        )
        for name, act in acts.items()
    ]


def database_ms(connection, act: Callable[[], object], times: int) -> float:
    """Median time of the queries of an act, with all their rows read."""
    asked: list[tuple[str, object]] = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()

    def again() -> None:
        with connection.cursor() as cursor:
            for sql, params in asked:
                cursor.execute(sql, params)
                cursor.fetchall()

    return median_ms(again, times)


def query_counts(client, reference: str) -> dict[str, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = {}
    for path in (
        "/werkplek/?weergave=niet-toegewezen",
        "/werkplek/?weergave=afgerond",
        f"/werkplek/{reference}/",
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        counts[path.replace(reference, "…")] = len(queries)
    return counts


def main() -> int:
    from aiosmtpd.controller import Controller

    from tests.services import free_port

    port = free_port()
    sink = Controller(Sink(), hostname="127.0.0.1", port=port)
    sink.start()
    with tempfile.TemporaryDirectory(prefix="thuisloket-meting-") as folder:
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings.embedded",
            THUISLOKET_DATA=folder,
            THUISLOKET_DEMO="0",
            EMAIL_URL=f"smtp://127.0.0.1:{port}",
            ALLOWED_HOSTS="testserver",
            LOG_LEVEL="ERROR",
        )
        try:
            return measure()
        finally:
            sink.stop()


def measure() -> int:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from config.setup import set_up
    from core.models import User
    from core.permissions import LOKETMEDEWERKER
    from core.services import ensure_groups
    from loket import volume
    from loket.models import Vraag
    from search.services import rebuild

    call_command("migrate", verbosity=0, interactive=False)
    set_up(lambda line: None)
    rebuild()
    user = User.objects.create_superuser("meting@example.nl", None)
    user.groups.add(ensure_groups()[LOKETMEDEWERKER])
    staff, anyone = Client(), Client()
    staff.force_login(user)

    def fill(total: int) -> float:
        began = time.perf_counter()
        count = total - Vraag.objects.count()
        volume.fill(count=count, seed=total, progress=lambda made: None)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return time.perf_counter() - began

    print(
        f"Python {sys.version.split()[0]}, {connection.vendor}, {os.cpu_count()} kernen"
    )
    print(page_row(anyone), flush=True)
    print(regeling_row(anyone), flush=True)
    for row in draft_rows(anyone):
        print(row, flush=True)
    fill(FEW)
    reference = Vraag.objects.latest("pk").reference
    few = query_counts(staff, reference)
    fill(MANY)
    many = query_counts(staff, reference)
    for path, count in few.items():
        print(
            f"{path:<46}{count:>4} query's bij {FEW} vragen, {many[path]} bij {MANY:,}"
        )
    took = fill(TICKETS)
    print(f"(vullen tot {TICKETS:,} vragen: {took:.0f} s)")
    for row in pile_rows(staff, user):
        print(row, flush=True)
    for row in database_rows(user):
        print(row, flush=True)
    print(ask_row(), flush=True)
    return 0 if few == many else 1


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    sys.exit(main())
