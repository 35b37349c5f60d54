"""What an engine is asked: a small tree that every engine translates one to one.

Weights stand in the leaves, so that a tree scores the same in every engine.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TermNode:
    """A document whose field holds the value; scored by BM25 × weight."""

    field: str
    value: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PhraseNode:
    """The values one after the other in a field with positions."""

    field: str
    values: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class SumNode:
    """At least ``minimum`` children match; scores add up."""

    children: tuple[Node, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class AllNode:
    """Every child matches; scores add up."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class MaxNode:
    """At least one child matches; the best score counts."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ConstNode:
    """The child matches; the score is fixed."""

    child: Node
    score: float


Node = TermNode | PhraseNode | SumNode | AllNode | MaxNode | ConstNode
