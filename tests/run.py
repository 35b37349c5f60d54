"""``make test``: everything that can run on this machine, and what could not."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import services  # noqa: E402

PLAIN = "not e2e and not elasticsearch"
# The ranking does not depend on the database, and these bring a SQLite file of their own.
OWN_DATABASE = (
    "--ignore=tests/search/test_evaluation.py",
    "--ignore=tests/search/test_many_processes.py",
)


def pytest(name: str, *arguments: str, **environment: str) -> int:
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    status = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--durations=5", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
    ).returncode
    print(f"== {name}: {time.monotonic() - began:.0f} s, uitkomst {status}", flush=True)
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
    if "Elasticsearch" not in absent:
        statuses.append(pytest("Elasticsearch", "-m", "elasticsearch"))
    if "Chromium" not in absent:
        statuses.append(pytest("Browser", "-m", "e2e"))
    for name in absent:
        print(
            f"Niet getest zonder {name}. Zo krijgt u het: {services.HOW_TO_GET[name]}"
        )
    return max(statuses)


if __name__ == "__main__":
    sys.exit(main())
