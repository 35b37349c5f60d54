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
        import knowledge.regelingen.docx as docx_parser

        return docx_parser.read(data, path.name)
    import knowledge.regelingen.xml as xml_parser

    return xml_parser.read(data, path.name)
