"""A legal text as one HTML file, or one artikel of it to paste elsewhere."""

from __future__ import annotations

from html import escape

from knowledge.regelingen import rendering
from knowledge.regelingen.tree import Regeling, Soort, walk

from .lines import Cover


def write(regeling: Regeling, cover: Cover | None = None) -> str:
    """A whole page without style: every artikel is a section with its own address."""
    cover = cover or Cover()
    before = "".join(f"<p>{escape(remark)}</p>" for remark in cover.remarks)
    if cover.concept:
        before = f"<p><strong>Concept: deze tekst is nog niet af.</strong></p>{before}"
    if cover.points:
        items = "".join(f"<li>{escape(point)}</li>" for point in cover.points)
        before += f"<h2>Open punten</h2><ol>{items}</ol>"
    return (
        f'<!doctype html><html lang="nl"><head><meta charset="utf-8">'
        f"<title>{escape(regeling.title)}</title></head><body>"
        f"<h1>{escape(regeling.title)}</h1>{before}{rendering.body(rendering.Plain(regeling))}"
        "</body></html>"
    )


def artikel(regeling: Regeling, address: str) -> str | None:
    """One artikel with its toelichting; None when it is not there."""
    found = next((p.node for p in walk(regeling) if p.address == address), None)
    if found is None or found.soort is not Soort.ARTIKEL:
        return None
    notes = tuple(
        placed.node
        for placed in walk(regeling)
        if found.number and placed.node.about == found.number
    )
    part = Regeling(regeling.title, (found, *notes))
    return rendering.body(rendering.Plain(part))
