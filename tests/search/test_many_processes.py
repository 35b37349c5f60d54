"""One index, many processes: readers while others write, and processes that are killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SEARCH_KILLS", "6"))

# A process of its own with a small registered kind: fifty documents, whose text can be
# changed, on a SQLite file and an index folder that the processes share.
PRELUDE = """
import os, sys, time, random
import django
django.setup()
from django.core.management import call_command
from search import indexing, registry, services
from search.documents import SearchDocument, SearchQuery, Section
from search.models import Document
from pathlib import Path
STATE = Path(os.environ["TEXTS"])
class Kind:
    kind, label, family = "proef", "Proef", "proef"
    def texts(self):
        return dict(line.split("\\t") for line in STATE.read_text().splitlines())
    def all_ids(self):
        return [int(pk) for pk in self.texts()]
    def document(self, pk):
        text = self.texts().get(str(pk))
        if text is None:
            return None
        return SearchDocument(self.kind, pk, f"/proef/{pk}/", f"Proef {pk}", "Proef",
            (Section("", "", "", f"gemeenschappelijk {text}"),))
    def visible_ids(self, person, ids):
        return set(ids)
registry._indexers.clear()
registry.register(Kind())
def put(pk, text):
    rows = Kind().texts()
    if text is None:
        rows.pop(str(pk), None)
    else:
        rows[str(pk)] = text
    fresh = STATE.with_suffix(f".{os.getpid()}")
    fresh.write_text("".join(f"{k}\\t{v}\\n" for k, v in rows.items()))
    fresh.replace(STATE)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """run(code) → a process on a database and index of this file, with fifty documents."""
    tmp_path = tmp_path_factory.mktemp("processen")
    texts = tmp_path / "teksten.tsv"
    texts.write_text("".join(f"{pk}\twoord{pk}\n" for pk in range(1, 51)))
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
        "THUISLOKET_DATA": str(tmp_path / "data"),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'proef.sqlite3'}",
        "TEXTS": str(texts),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    (tmp_path / "data").mkdir()

    def start(code: str) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", PRELUDE + code],
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(code: str) -> str:
        process = start(code)
        output, _ = process.communicate(timeout=240)
        assert process.returncode == 0
        return output

    run("call_command('migrate', verbosity=0); services.rebuild()")
    run.start = start
    return run


def test_readers_never_miss_a_document_while_another_process_writes_and_rebuilds(site):
    reader = site.start(
        """
import json
found, wrong = 0, []
print("klaar", flush=True)
end = time.monotonic() + 12
while time.monotonic() < end:
    result = services.find(SearchQuery(text="gemeenschappelijk", per_page=5))
    found += 1
    if result.total < 50:
        wrong.append(result.total)
print(json.dumps([found, wrong]))
"""
    )
    assert reader.stdout.readline() == "klaar\n"
    site(
        """
end = time.monotonic() + 8
n = 0
while time.monotonic() < end:
    n += 1
    put(1 + n % 50, f"versie{n}")
    services.refresh("proef", 1 + n % 50)
    if n % 15 == 0:
        services.rebuild()
"""
    )
    output, _ = reader.communicate(timeout=60)
    found, wrong = json.loads(output)
    assert found > 10
    assert wrong == []


def test_a_change_is_found_by_another_process_at_its_next_search(site):
    site("put(7, 'zeldzaamheid'); services.refresh('proef', 7)")
    output = site(
        "print([h.object_id for h in services.find(SearchQuery(text='zeldzaamheid')).hits])"
    )
    assert output.strip() == "[7]"


def test_a_killed_writer_or_rebuild_leaves_an_index_that_can_be_repaired(site):
    """kill -9 at seeded moments; the outbox row of a killed act is delivered again."""
    chance = random.Random(4)
    for number in range(KILLS):
        act = ["write", "rebuild", "switch"][number % 3]
        victim = site.start(
            f"""
from search.engines import get_engine
engine = get_engine()
if {act!r} == "switch":
    own = engine._switch
    def slow(name):
        print("klaar", flush=True)
        own(name)
        time.sleep(0.02)
    engine._switch = slow
else:
    print("klaar", flush=True)
for n in range(1000):
    pk = 1 + n % 60
    if {act!r} == "write":
        put(pk, f"ronde{number}x{{n}}" if n % 7 else None)
        services.refresh("proef", pk)
    else:
        put(pk, f"ronde{number}x{{n}}")
        services.rebuild()
"""
        )
        assert victim.stdout.readline() == "klaar\n"
        time.sleep(chance.random() * (0.05 if act == "switch" else 0.8))
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        victim.stdout.close()
        output = site(
            """
import json
# What was under way is delivered again, as the outbox does.
for pk in range(1, 61):
    services.refresh("proef", pk)
print(json.dumps(services.check()))
print(services.find(SearchQuery(text="gemeenschappelijk")).total == len(Kind().all_ids()))
"""
        )
        differences, whole = output.strip().splitlines()
        assert json.loads(differences) == {
            "missing": [],
            "superfluous": [],
            "stale": [],
        }
        assert whole == "True"
    print(
        f"zoekindex: {KILLS} keer kill -9 in schrijven, herbouw en wissel: 0 verschillen"
    )
