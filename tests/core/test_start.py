"""What stops a start, in one line; nobody reads a traceback to learn that a disk is full."""

import errno
import importlib.util
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from config.management.commands import start

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def embedded(settings, tmp_path, monkeypatch):
    """A start of the demo in this process that ends at the fault of the test."""
    settings.EMBEDDED = True
    settings.DEMO = True
    settings.DATA_DIR = tmp_path

    def fail(error: Exception) -> None:
        def prepare(self: start.Command) -> None:
            raise error

        monkeypatch.setattr(start.Command, "_prepare", prepare)

    return fail


def begin(**options) -> str:
    """The refusal of a start on a free port."""
    if "port" not in options:
        options["port"] = free_port()
    with pytest.raises(CommandError) as refused:
        call_command("start", **options)
    return str(refused.value)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_process(**environment: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", "start", "--port", str(free_port())],
        cwd=ROOT,
        env={
            **clean,
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_without_demo_a_start_needs_a_mail_server(tmp_path):
    result = start_process(THUISLOKET_DATA=str(tmp_path), THUISLOKET_DEMO="0")
    assert result.returncode != 0
    (line,) = result.stderr.splitlines()
    assert "Stel EMAIL_URL in" in line
    assert not (tmp_path / "thuisloket.sqlite3").exists()


@pytest.mark.parametrize("backend", ["console", "dummy", "filebased"])
def test_mail_that_goes_nowhere_is_refused_without_demo(settings, embedded, backend):
    settings.DEMO = False
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    embedded(AssertionError("zo ver komt het niet"))
    assert "EMAIL_URL" in begin()


def test_a_real_mail_server_is_enough_without_demo(settings, embedded, capsys):
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    embedded(CommandError("verder dan de mail"))
    assert begin() == "verder dan de mail"
    assert "Stel MAIL_FROM in" in capsys.readouterr().err


@pytest.mark.parametrize("port", [-1, 0, 65536, 99999])
def test_a_port_that_does_not_exist(embedded, port):
    assert f"Poort {port} bestaat niet" in begin(port=port)


def test_a_port_in_use(embedded):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        assert "is bezet" in begin(port=other.getsockname()[1])


def test_a_port_that_this_account_may_not_use(embedded, monkeypatch):
    class Refusing(socket.socket):
        def bind(self, address) -> None:
            raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(start.socket, "socket", Refusing)
    text = begin(port=80)
    assert "mag poort 80 niet gebruiken" in text
    assert "bezet" not in text


def test_an_address_of_another_machine(settings, embedded):
    settings.DEMO = False
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert "192.0.2.1" in begin(host="192.0.2.1")


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OperationalError("database or disk is full"),
    ],
)
def test_a_full_disk(embedded, error):
    embedded(error)
    assert "De schijf is vol" in begin()


def test_a_full_disk_that_kills_the_writer_of_the_index(embedded, monkeypatch):
    embedded(ValueError("An error occurred in a thread: 'io::Error'"))
    monkeypatch.setattr(
        start.shutil, "disk_usage", lambda path: SimpleNamespace(free=0)
    )
    assert "De schijf is vol" in begin()


def test_an_unknown_fault_is_not_hidden(embedded):
    embedded(ValueError("iets anders"))
    with pytest.raises(ValueError, match="iets anders"):
        call_command("start", port=free_port())


def test_a_data_folder_that_cannot_be_written(tmp_path, embedded):
    (tmp_path / "bestand").write_text("")
    result = start_process(THUISLOKET_DATA=str(tmp_path / "bestand" / "map"))
    assert result.returncode != 0
    (line,) = result.stderr.splitlines()
    assert "kan Thuisloket niet schrijven" in line
    assert "THUISLOKET_DATA" in line
    (tmp_path / "start.slot").mkdir()
    assert "kan Thuisloket niet schrijven" in begin()
    embedded(OperationalError("attempt to write a readonly database"))
    (tmp_path / "start.slot").rmdir()
    assert "kan Thuisloket niet schrijven" in begin()


# -- the virtual environment ---------------------------------------------------------


@pytest.fixture
def bootstrap(tmp_path, monkeypatch):
    """site/bootstrap.py on an empty folder; its environments come without pip."""
    spec = importlib.util.spec_from_file_location(
        "bootstrap", ROOT / "site" / "bootstrap.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(module, "PYTHON", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr(
        module,
        "run",
        lambda command: subprocess.run([*command, "--without-pip"], check=True),
    )
    return module


def test_an_interrupted_environment_is_made_again_and_a_finished_one_is_left(
    bootstrap, tmp_path
):
    half = tmp_path / ".venv" / "bin" / "python"
    half.parent.mkdir(parents=True)
    half.write_text("half")
    bootstrap.make_venv()
    answer = subprocess.run(
        [str(half), "-c", "import sys; print(*sys.path)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert {str(ROOT), str(ROOT / "site")} <= set(answer)
    mark = tmp_path / ".venv" / "blijft"
    mark.write_text("")
    bootstrap.make_venv()
    assert mark.exists()
