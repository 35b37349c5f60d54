"""Rebuild while others write and read: no read fails, none is stale, nothing is lost."""

import json
import os
import subprocess
import sys

import pytest

SECONDS = "6"


@pytest.mark.parametrize(
    "name", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
)
def test_readers_and_writers_do_not_notice_a_rebuild(name, tmp_path, request):
    place = str(tmp_path / "index")
    if name == "elasticsearch":
        place = request.getfixturevalue("elasticsearch_url")
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.contract.race", name, place, SECONDS],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        },
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result = json.loads(done.stdout)
    assert result["faults"] == []
    assert result["different"] == []
    assert result["sections"] == []
    assert result["rebuilds"] >= 2
    assert min(result["reads"], result["writes"]) >= 10
