"""Markdown to safe HTML and to plain text; raw HTML never passes."""

import html
import re

import nh3
from django.conf import settings
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
_mail_markdown = MarkdownIt("commonmark", {"html": False})
_mail_markdown.validateLink = lambda url: url.startswith(settings.BASE_URL + "/")  # type: ignore[method-assign]
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "h4", "blockquote",
    "code", "pre", "hr", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip


def clean(html: str) -> str:
    """HTML with only text marks; links to http(s), mailto and the site itself."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )


def render(text: str) -> str:
    """CommonMark with tables to safe HTML."""
    return clean(_markdown.render(text))


def render_mail(text: str) -> str:
    """As ``render``, but only links into this site become links.

    Text of others in a message can then never carry a link of theirs.
    """
    own = re.escape(settings.BASE_URL)
    text = re.sub(rf"(?<![(<\w/])({own}[^\s)>]*)", r"<\1>", text)
    return clean(_mail_markdown.render(text))


def to_text(markdown: str) -> str:
    """Markdown as a person would type it in plain mail: links as ``tekst: adres``."""
    markdown = html.unescape(markdown)
    text = re.sub(
        r"\[([^\]]+)\]\(([^)]+)\)",
        lambda m: m[2] if m[1] == m[2] else f"{m[1]}: {m[2]}",
        markdown,
    )
    text = re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)
    text = re.sub(r"^#+\s*", "", text, flags=re.M)
    return text.strip() + "\n"
