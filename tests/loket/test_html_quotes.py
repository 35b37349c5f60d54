"""The earlier mail in HTML alone: marked where the program named it, and not in doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inscriptis import get_text
from lxml import etree, html

from loket.mail.html_quotes import MARK, mark_quote
from loket.mail.parsing import parse
from loket.mail.quoting import split

GMAIL = (
    '<div dir="ltr">In mei.</div><div class="gmail_quote"><div class="gmail_attr">Op di 3 nov 2026 schreef'
    ' Loket:<br></div><blockquote class="gmail_quote">Wanneer is het klaar?</blockquote></div>'
)
THUNDERBIRD = (
    '<p>In mei.</p><div class="moz-cite-prefix">Op 03-11-2026 om 16:40 schreef Loket:<br></div>'
    '<blockquote type="cite" cite="mid:1"><p>Wanneer is het klaar?</p></blockquote>'
)
OUTLOOK = (
    '<div>In mei.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Van:</b> Loket<br>'
    "<b>Verzonden:</b> dinsdag</div><div>Wanneer is het klaar?</div>"
)


def new_text(source, marked=True):
    tree = html.fromstring(f"<html><body>{source}</body></html>")
    if marked:
        mark_quote(tree)
    return split(get_text(html.tostring(tree, encoding="unicode")))[0].strip()


@pytest.mark.parametrize("source", [GMAIL, THUNDERBIRD, OUTLOOK])
def test_only_the_new_text_is_left(source):
    assert new_text(source) == "In mei."
    assert "Wanneer" in new_text(source, marked=False)
    raw = (
        f"Subject: Re: x\nContent-Type: text/html\n\n<html><body>{source}</body></html>"
    )
    mail = parse(raw.encode())
    assert mail.new_text.strip() == "In mei."
    assert "Wanneer" in mail.quoted


@pytest.mark.parametrize(
    "source",
    [
        THUNDERBIRD.replace("<p>In mei.</p>", "") + "<p>In mei.</p>",
        GMAIL + "<div>En nog iets.</div>",
        GMAIL.replace("In mei.", "Zie mijn antwoord hieronder."),
        GMAIL.replace("In mei.", "Zij schreven ons:"),
        GMAIL.replace("In mei.", ""),
        GMAIL.replace("Op di", "---------- Forwarded message ---------<br>Op di"),
        "<blockquote>De wet zegt dit.</blockquote><p>Geldt dat?</p>",
        "<p>Geldt dit?</p><blockquote>De wet zegt dit.</blockquote>",
    ],
)
def test_in_doubt_all_is_left(source):
    whole = get_text(f"<html><body>{source}</body></html>")
    assert "".join(new_text(source).replace("-----Oorspronkelijk bericht-----", "").split()) == (
        "".join(whole.split())
    )  # fmt: skip


TAGS = st.sampled_from(
    ["<div>", "</div>", '<div class="gmail_quote">', "<blockquote type=cite>", "</blockquote>",
     "tekst", '<hr id="stopSpelling">', "<!-- x -->", "<?xml encoding='x'?>", "<", "\0", "<style>x"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(TAGS).map("".join)))
def test_any_html_is_taken(source):
    try:
        tree = html.fromstring(source)
    except (etree.ParserError, ValueError):
        return
    before = "".join(tree.itertext())
    marked = mark_quote(tree)
    assert "".join(tree.itertext()).replace(MARK, "", marked) == before
