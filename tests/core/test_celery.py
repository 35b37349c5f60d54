"""The delivery task on the in-process broker and on a real Redis."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = textwrap.dedent(
    """
    import sys, threading, time
    import django
    django.setup()
    from django.core.management import call_command
    call_command("migrate", "core", verbosity=0)
    from config import celery_app
    from core import outbox
    from core.models import Outbox
    outbox.handler("proef")(lambda row: None)
    worker = celery_app.WorkController(pool="solo", concurrency=1, without_gossip=True, without_mingle=True, quiet=True)
    threading.Thread(target=worker.start, daemon=True).start()
    time.sleep(1)
    outbox.enqueue(kind="proef", key="a")
    for _ in range(150):
        if Outbox.objects.filter(kind="proef").exclude(done_at=None).exists():
            print("bezorgd")
            sys.stdout.flush()
            import os; os._exit(0)
        time.sleep(0.1)
    import os; os._exit(1)
    """
)


def deliver(tmp_path: Path, broker: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=ROOT,
        env={
            **{k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")},
            "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}",
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
            "THUISLOKET_DATA": str(tmp_path),
            "CELERY_BROKER_URL": broker,
        },
        capture_output=True,
        text=True,
        timeout=90,
    )


def test_a_row_is_delivered_by_the_worker_in_the_process(tmp_path):
    result = deliver(tmp_path, "memory://localhost/")
    assert "bezorgd" in result.stdout, result.stderr


def test_a_row_is_delivered_over_redis(tmp_path, redis_url):
    result = deliver(tmp_path, redis_url)
    assert "bezorgd" in result.stdout, result.stderr
