"""Read what a stranger hands in, in a process of its own that can hurt nobody.

``read`` starts ``python -m knowledge.regelingen.apart``, which gets the bytes and gives
back JSON. It may use so much memory and time and no more; what goes wrong in there is a
refusal here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from knowledge.regelingen import files, plain, tree_json
from knowledge.regelingen.imports import Import, refused

SECONDS = 30
MEMORY = 1536 * 1024 * 1024
TOO_MUCH = (
    "Dit bestand lezen kost te veel tijd of geheugen. Haal afbeeldingen en bijlagen "
    "eruit, sla het op als DOCX (Word: Opslaan als, Word-document) en lever dat aan."
)


def read(data: bytes, name: str, *, pasted: bool = False) -> Import:
    """What is in a file, or in text that was pasted (UTF-8)."""
    try:
        done = subprocess.run(  # noqa: S603  our own module, nothing of the visitor
            [sys.executable, "-m", __name__, "tekst" if pasted else "bestand", name],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
        )
        found: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return refused("te zwaar", TOO_MUCH)
    boom = found.pop("boom")
    return Import(
        regeling=tree_json.from_json(boom) if boom else None,
        warnings=tuple(found.pop("warnings")),
        **found,
    )


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main(kind: str, name: str) -> None:
    _limit()
    data = sys.stdin.buffer.read()
    if kind == "tekst":
        found = plain.read(data.decode("utf-8"), name)
    else:
        found = files.read(data, name)
    answer = {
        "form": found.form,
        "refusal": found.refusal,
        "warnings": found.warnings,
        "chars_in": found.chars_in,
        "chars_kept": found.chars_kept,
        "boom": tree_json.to_json(found.regeling) if found.regeling else None,
    }
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
