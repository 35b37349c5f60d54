"""One file with a legal text, read by the parser of its form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.regelingen.imports import Import

ZIP = b"PK\x03\x04"


def read_file(path: Path) -> Import:
    """The text of a file, or why it was refused. What is in it decides its form, not its
    name. Raises OSError when the file cannot be read at all."""
    data = path.read_bytes()
    if data.startswith(ZIP):
        from knowledge.regelingen import docx

        return docx.read(data, path.name)
    from knowledge.regelingen import xml

    return xml.read(data, path.name)
