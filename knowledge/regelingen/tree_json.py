"""The tree as plain JSON, as the database keeps it. Nothing that is empty is written."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from .tree import Node, Regeling, Soort, Status

_WORDS = ("label", "number", "title", "text", "about", "source_id")
_HEAD = (
    "title",
    "id",
    "version",
    "kind",
    "citeertitel",
    "authority",
    "valid_from",
    "valid_until",
    "source",
)


def to_json(regeling: Regeling) -> dict[str, Any]:
    """A dict of strings, lists and dicts."""
    head: dict[str, Any] = {
        name: getattr(regeling, name) for name in _HEAD if getattr(regeling, name)
    }
    if regeling.bases:
        head["bases"] = list(regeling.bases)
    head["children"] = [_node_to_json(child) for child in regeling.children]
    return head


def from_json(data: dict[str, Any]) -> Regeling:
    """The regeling of a dict that to_json wrote."""
    return Regeling(
        children=tuple(_node_from_json(child) for child in data["children"]),
        bases=tuple(data.get("bases", ())),
        **{name: data.get(name, "") for name in _HEAD},
    )


def digest(regeling: Regeling) -> str:
    """What the text is, to see that it changed: words and structure, nothing about the file."""
    text = {
        "title": regeling.title,
        "citeertitel": regeling.citeertitel,
        "children": [_node_to_json(child, own=True) for child in regeling.children],
    }
    written = json.dumps(text, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()


def _node_to_json(node: Node, *, own: bool = False) -> dict[str, Any]:
    data: dict[str, Any] = {"soort": node.soort.value}
    for name in _WORDS:
        value = getattr(node, name)
        if value and not (own and name == "source_id"):
            data[name] = value
    if node.rows:
        data["rows"] = [list(row) for row in node.rows]
    if node.also:
        data["also"] = list(node.also)
    if node.status is not Status.GELDEND:
        data["status"] = node.status.value
    if node.children:
        data["children"] = [_node_to_json(child, own=own) for child in node.children]
    return data


def _node_from_json(data: dict[str, Any]) -> Node:
    return Node(
        Soort(data["soort"]),
        children=tuple(_node_from_json(child) for child in data.get("children", ())),
        rows=tuple(tuple(row) for row in data.get("rows", ())),
        also=tuple(data.get("also", ())),
        status=Status(data.get("status", Status.GELDEND)),
        **{name: data.get(name, "") for name in _WORDS},
    )
