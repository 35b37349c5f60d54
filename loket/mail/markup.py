"""HTML of a mail: as text with its structure, and cleaned for display."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final
from urllib.parse import parse_qs, urlsplit

import nh3
from inscriptis.css_profiles import STRICT_CSS_PROFILE
from inscriptis.html_engine import Inscriptis
from inscriptis.model.config import ParserConfig
from lxml import etree
from lxml import html as lxml_html

from .charsets import clean
from .html_quotes import mark_quote

# Above this size only a plain reading fits in the time that one mail may take.
MAX_LAID_OUT: Final = 700_000
_MAX_ELEMENTS: Final = 30_000
_MAX_QUOTES: Final = 60
_MAX_DEPTH: Final = 120
_CONFIG: Final = ParserConfig(css=STRICT_CSS_PROFILE, table_cell_separator="  ")
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I
)
_DROPPED: Final = (
    "script",
    "style",
    "head",
    "title",
    "template",
    "noscript",
    "object",
    "svg",
    "math",
    "iframe",
    "textarea",
    "select",
    "audio",
    "video",
)
_ALLOWED: Final = {
    "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup",
    "dd", "del", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "ins", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
}  # fmt: skip
_ATTRIBUTES: Final = {
    "a": {"href"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_BLOCK_END: Final = re.compile(
    r"</(?:p|div|tr|li|h[1-6]|table|blockquote)\s*>|<br\b[^<>]*>", re.I
)
_CODE: Final = re.compile(r"<(script|style|head)\b", re.I)
_TAG: Final = re.compile(r"<[^<>]*>")


def to_text_and_html(source: str) -> tuple[str, str, str]:
    """Text, cleaned HTML, and in Dutch what was wrong (empty: nothing)."""
    source = clean(source)
    if not source.strip():
        return "", "", ""
    if len(source) > MAX_LAID_OUT:
        return plain(source), "", "De opmaak van de mail is te groot; u ziet de tekst."
    try:
        tree = _tree(source)
        if tree is None:
            return "", "", ""
        _lighten(tree)
        cleaned = clean_html(lxml_html.tostring(tree, encoding="unicode"))
        mark_quote(tree)
        _mark_quotes(tree)
        return _text(tree), cleaned, ""
    except (etree.LxmlError, ValueError, RecursionError, AttributeError, TypeError,
            AssertionError, IndexError, KeyError, ZeroDivisionError):  # fmt: skip
        return (
            plain(source),
            "",
            "De opmaak van de mail is niet te lezen; u ziet de tekst.",
        )


def plain(source: str) -> str:
    """The text of HTML without looking at its structure: for what is too big or too broken."""
    text = unescape(_TAG.sub(" ", _BLOCK_END.sub("\n", _without_code(source))))
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_code(source: str) -> str:
    """Without scripts, styles and the head, each to its end or to the end of the mail."""
    kept: list[str] = []
    at = 0
    while match := _CODE.search(source, at):
        kept.append(source[at : match.start()])
        end = re.compile(rf"</{match[1]}\s*>", re.I).search(source, match.end())
        at = end.end() if end else len(source)
    return " ".join([*kept, source[at:]])


def clean_html(source: str) -> str:
    """Only marks that structure text: no images, forms, styles, scripts or addresses other
    than of the web, of mail and of telephones."""
    return nh3.clean(
        source,
        tags=_ALLOWED,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
        strip_comments=True,
    ).strip()


def from_text(text: str) -> str:
    """Text as HTML, for a part without HTML between parts that have it."""
    return "<p>" + escape(text.strip(), quote=False).replace("\n", "<br>\n") + "</p>"


def _tree(source: str) -> lxml_html.HtmlElement | None:
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False
    )
    tree = lxml_html.document_fromstring(source.encode("utf-8"), parser=parser)
    if any(e.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for e in parser.error_log):
        raise ValueError("too deep, and the rest is not in the tree")
    if sum(1 for _element in tree.iter()) > _MAX_ELEMENTS:
        raise ValueError("too many elements")
    return tree


def _lighten(tree: lxml_html.HtmlElement) -> None:
    """Drop what nobody sees, and write behind a link where it leads."""
    for element in list(tree.iter(etree.Element)):
        if element is tree or element.getparent() is None:
            continue
        if (
            element.tag in _DROPPED
            or "hidden" in element.attrib
            or _HIDDEN.search(element.get("style", ""))
        ):
            element.drop_tree()
        elif element.tag in ("wbr", "font", "center") or ":" in str(element.tag):
            element.drop_tag()  # Word writes <o:p>
    for element in tree.iter("a"):
        target = real_target(element.get("href", ""))
        if target:
            element.set("href", target)


def real_target(href: str) -> str:
    """Where a link leads, without the detour that Outlook puts around it."""
    href = href.strip()
    try:
        parts = urlsplit(href)
        if (parts.hostname or "").endswith(".safelinks.protection.outlook.com"):
            inner = parse_qs(parts.query, max_num_fields=20).get("url", [""])[0]
            if inner.startswith(("http://", "https://", "mailto:")):
                return inner
    except ValueError:
        return ""
    return href if parts.scheme in ("http", "https", "mailto") else ""


def _mark_quotes(tree: lxml_html.HtmlElement) -> None:
    """Write links out, and put ``> `` before what a client marked as quoted, so that text
    made of HTML shows it as a mail in plain text does."""
    for element in tree.iter("a"):
        target = element.get("href", "")
        shown = "".join(element.itertext()).strip()
        bare = re.sub(r"\A(?:https?://|mailto:)", "", target).rstrip("/")
        if target and shown and bare and bare not in shown and shown not in target:
            element.tail = f" <{target}>{element.tail or ''}"
    quotes = [
        element
        for element in tree.iter("blockquote")
        if element.get("type") == "cite" or "gmail_quote" in element.get("class", "")
    ]
    if len(quotes) > _MAX_QUOTES:
        return
    for element in reversed(quotes):  # the innermost first
        tail, element.tail = element.tail, None
        lines = _text(element).split("\n")
        quoted = etree.Element("pre")
        quoted.text = "\n".join(f">{line}" if line[:1] == ">" else f"> {line}".rstrip()
                                for line in lines)  # fmt: skip
        quoted.tail = tail
        parent = element.getparent()
        if parent is not None:
            parent.replace(element, quoted)


def _text(tree: lxml_html.HtmlElement) -> str:
    text = Inscriptis(tree, _CONFIG).get_text()
    lines = [line.rstrip() for line in clean(text.replace("\xa0", " ")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
