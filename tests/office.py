"""LibreOffice without a screen: what it makes of a file that we wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests import services


def convert(path: Path, form: str) -> Path:
    """The file in another form ('pdf', 'txt:Text'), beside the first."""
    services.need("LibreOffice")
    made = path.parent / form.partition(":")[0]
    done = subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{path.parent}/profiel",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(made),
            str(path),
        ],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    found = made / f"{path.stem}.{made.name}"
    assert found.exists(), done.stderr
    return found
