"""``make test``: everything that can run on this machine, and what could not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import services  # noqa: E402

PLAIN = "not e2e and not elasticsearch"
# The ranking does not depend on the database, and these bring a SQLite file of their own.
OWN_DATABASE = (
    "--ignore=tests/search/test_evaluation.py",
    "--ignore=tests/search/test_many_processes.py",
    "--ignore=tests/core/test_mail_kills.py",
)


def pytest(
    name: str, *arguments: str, out: IO[str] | None = None, **environment: str
) -> int:
    """One pass; ``out`` keeps what it says apart, to be shown when it is done."""
    print(f"\n== {name}", flush=True, file=out)
    began = time.monotonic()
    status = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--durations=5", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=out,
        stderr=subprocess.STDOUT if out else None,
    ).returncode
    took = f"== {name}: {time.monotonic() - began:.0f} s, uitkomst {status}"
    print(took, flush=True, file=out)
    return status


def main() -> int:
    absent = services.absent()
    for name in absent:
        print(f"{name} ontbreekt: {services.HOW_TO_GET[name]}", flush=True)
    if absent and services.required():
        print("REQUIRE_SERVICES=1: alle diensten moeten er zijn (make services).")
        return 1
    workers = os.environ.get("TEST_WORKERS", str(min(os.cpu_count() or 1, 4)))
    statuses = [pytest("SQLite", "-n", workers, "-m", PLAIN)]
    if "PostgreSQL" not in absent:
        with services.postgres() as url:
            statuses.append(
                pytest(
                    "PostgreSQL",
                    "-n",
                    workers,
                    "-m",
                    PLAIN,
                    *OWN_DATABASE,
                    DATABASE_URL=url,
                )
            )
    # Each of these waits for others most of the time, so they go side by side.
    with ThreadPoolExecutor() as pool, TemporaryFile("w+") as out:
        found = None
        if "Elasticsearch" not in absent:
            found = pool.submit(pytest, "Elasticsearch", "-m", "elasticsearch", out=out)
        if "Chromium" not in absent:
            statuses.append(pytest("Browser", "-m", "e2e"))
        if found is not None:
            statuses.append(found.result())
            out.seek(0)
            print(out.read(), flush=True)
    for name in absent:
        print(
            f"Niet getest zonder {name}. Zo krijgt u het: {services.HOW_TO_GET[name]}"
        )
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
