"""What reading one file gives, whatever its form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .tree import Node, Regeling


@dataclass(frozen=True, slots=True)
class Import:
    """A text that was read, or the reason why it was not.

    form: 'cvdr', 'bwb', 'gmb', 'stb', 'docx' or the name of a form that is refused.
    refusal: what was expected and what was found, for the reader; empty when regeling is
    there. warnings: what was not coupled or not understood, each with its place in the
    file. chars_in and chars_kept: characters of the legal text without white space, in
    the file and in the tree; the closing sign of a number ('1.', 'a)') is form and counts
    in neither. versions: the labels that a list of versions names.
    """

    form: str
    regeling: Regeling | None = None
    refusal: str = ""
    warnings: tuple[str, ...] = ()
    chars_in: int = 0
    chars_kept: int = 0
    versions: tuple[str, ...] = ()


def refused(form: str, refusal: str, *warnings: str) -> Import:
    return Import(form=form, refusal=refusal, warnings=warnings)


def count_chars(text: str) -> int:
    """The characters of a text without white space."""
    return len(re.sub(r"\s+", "", text))


def chars_of(nodes: Iterable[Node]) -> int:
    """The characters in a tree, without white space."""
    total = 0
    for node in nodes:
        total += count_chars(node.label + node.number + node.title + node.text)
        total += sum(count_chars(cell) for row in node.rows for cell in row)
        total += chars_of(node.children)
    return total
