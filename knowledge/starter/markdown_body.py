"""From the Markdown of a starter section to the stream of a page section."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_PAGE_LINK = re.compile(r"^/kennisbank/([a-z-]+)/([a-z0-9-]+)/(#.*)?$")


def to_stream(
    markdown: str, page_id: Callable[[str], int | None]
) -> list[dict[str, Any]]:
    """Blocks 'tekst' (rich text as Wagtail stores it) and 'tabel', in order.

    page_id: gives the id for ``soort/slug``; links to pages then survive a rename.
    """
    blocks: list[dict[str, Any]] = []
    buffer: list[str] = []

    def flush() -> None:
        html = "".join(buffer).strip()
        if html:
            blocks.append({"type": "tekst", "value": html})
        buffer.clear()

    soup = BeautifulSoup(_markdown.render(markdown), "html.parser")
    for link in soup.find_all("a"):
        match = _PAGE_LINK.match(str(link.get("href", "")))
        pk = page_id(f"{match[1]}/{match[2]}") if match else None
        if pk is not None and match and not match[3]:
            link.attrs = {"linktype": "page", "id": str(pk)}
    for tag, name in (("strong", "b"), ("em", "i")):
        for element in soup.find_all(tag):
            element.name = name
    for element in soup.find_all("code"):
        element.unwrap()
    for node in list(soup.children):
        if getattr(node, "name", None) == "table":
            flush()
            blocks.append({"type": "tabel", "value": _table(node)})
        else:
            buffer.append(str(node))
    flush()
    return blocks


def _table(table: Any) -> dict[str, Any]:
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"])]
        for row in table.find_all("tr")
    ]
    return {
        "data": rows,
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": False,
        "table_caption": "",
        "mergeCells": [],
    }
