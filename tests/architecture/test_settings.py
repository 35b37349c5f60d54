import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ROOT / "site" / "config" / "settings"
PRODUCTION = {
    "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
    "ALLOWED_HOSTS": "loket.voorbeeld.nl",
    "BASE_URL": "https://loket.voorbeeld.nl",
    "DATABASE_URL": "postgres://loket@localhost/loket",
    "EMAIL_URL": "smtp+tls://loket:geheim@mail.voorbeeld.nl:587",
    "MAIL_FROM": "loket@voorbeeld.nl",
    "CELERY_BROKER_URL": "redis://localhost:6379/0",
    "CACHE_URL": "rediscache://localhost:6379/1",
}
# Of the machine or of the tests themselves, so nothing to choose.
NOT_OURS = {"DJANGO_ALLOW_ASYNC_UNSAFE", "SECRET_KEY_FILE", "XDG_CACHE_HOME"}


def read_names(text: str) -> set[str]:
    """Names that a piece of Python or a Makefile reads from the environment."""
    pattern = re.compile(
        r"""\benv\.[a-z_]+\(\s*["']([A-Z_]+)["']"""
        r"""|\benviron(?:\.[a-z]+\(|\[)\s*["']([A-Z_]+)["']"""
        r"""|\bgetenv\(\s*["']([A-Z_]+)["']"""
        r"""|^([A-Z_]+) \?=""",
        re.M,
    )
    return {name for found in pattern.findall(text) for name in found if name}


def environment_names() -> set[str]:
    """Names that the product, the start and the helpers of the tests read."""
    paths = [ROOT / "manage.py", ROOT / "Makefile", *ROOT.glob("tests/*.py")]
    paths += ROOT.glob("tests/benchmarks/*.py")
    for folder in ("site", "knowledge", "loket", "experts", "search"):
        paths += ROOT.joinpath(folder).rglob("*.py")
    return {
        name
        for path in paths
        if path != SETTINGS / "test.py"
        for name in read_names(path.read_text())
    } - NOT_OURS


@pytest.mark.parametrize(
    "text",
    [
        'A = env.int("NAAM", default=1)',
        'A = env.str(\n    "NAAM",\n)',
        'os.environ.get("NAAM")',
        "os.environ['NAAM']",
        'os.environ.setdefault("NAAM", "x")',
        'os.getenv("NAAM")',
        "NAAM ?= 8000",
    ],
)
def test_every_way_to_read_the_environment_is_seen(text):
    assert read_names(text) == {"NAAM"}


def test_every_setting_is_documented_and_no_other():
    text = (ROOT / "docs" / "installatie.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", text, re.M))
    assert documented == environment_names()


@pytest.mark.django_db
def test_no_pending_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def run_check(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_check_deploy_is_clean_on_production_settings():
    result = run_check(PRODUCTION)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("EMAIL_URL", "consolemail://", "config.E002"),
        ("MAIL_FROM", "loket@example.nl", "config.W001"),
        ("ALLOWED_HOSTS", "localhost", "config.E003"),
        ("CELERY_BROKER_URL", "memory://", "config.E004"),
    ],
)
def test_check_deploy_refuses_what_may_not_go_live(name, value, told):
    result = run_check({**PRODUCTION, name: value})
    assert result.returncode != 0
    assert told in result.stderr


def test_check_deploy_refuses_a_cache_of_one_process():
    result = run_check({k: v for k, v in PRODUCTION.items() if k != "CACHE_URL"})
    assert result.returncode != 0
    assert "config.E005" in result.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "DATABASE_URL", "EMAIL_URL"])
def test_production_needs_its_secrets(name):
    environment = {k: v for k, v in PRODUCTION.items() if k != name}
    result = run_check(environment)
    assert result.returncode != 0
    assert name in result.stderr


def test_production_knows_no_demo_mode():
    result = run_check({**PRODUCTION, "THUISLOKET_DEMO": "1"})
    assert result.returncode == 0
    assert "config.E001" not in result.stderr
