"""Mark in HTML where the earlier mail starts, for a mail that has no plain text.

As text such a mail has no '>' any more, and not always an address. The programs do name
the element: a line that ``quoting`` knows is put before it, and all rules of that module
(nothing new below, not pointed at, not forwarded) decide on the text.
"""

from __future__ import annotations

from lxml import html

MARK = "-----Oorspronkelijk bericht-----"
_CLASSES = {
    "gmail_quote", "gmail_quote_container", "ecxgmail_quote", "moz-cite-prefix",
    "yahoo_quoted", "protonmail_quote", "zmail_extra", "tutanota_quote",
}  # fmt: skip
# From these on everything is the earlier mail; of the others own text can follow.
_TO_THE_END = {"divRplyFwdMsg", "appendonsend", "stopSpelling", "OLK_SRC_BODY_SECTION"}
_FORWARDED = ("forwarded message", "doorgestuurd bericht")
_MOST_DEPTH = 200


def mark_quote(root: html.HtmlElement) -> bool:
    """Put a line before the earlier mail; False, and nothing changed, when in doubt."""
    seen_text = False
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element is not root and _is_quote(element):
            forwarded = " ".join(element.itertext())[:400].lower()
            if (
                not seen_text
                or any(word in forwarded for word in _FORWARDED)
                or (element.get("id") not in _TO_THE_END and _own_text_after(element))
            ):
                return False
            mark = html.Element("p")
            mark.text = MARK
            element.addprevious(mark)
            return True
        seen_text = seen_text or (
            element.tag not in ("style", "script", "title", "head")
            and bool((element.text or "").strip())
        )
        seen_text = seen_text or bool((element.tail or "").strip())
    return False


def _is_quote(element: html.HtmlElement) -> bool:
    return (
        element.get("id") in _TO_THE_END
        or bool(_CLASSES & set((element.get("class") or "").split()))
        or (element.tag == "blockquote" and element.get("type") == "cite")
    )


def _own_text_after(element: html.HtmlElement) -> bool:
    """Whether text follows in the document that is not in a quote."""
    here: html.HtmlElement | None = element
    for _depth in range(_MOST_DEPTH):
        if here is None:
            return False
        if (here.tail or "").strip():
            return True
        for after in here.itersiblings():
            if not isinstance(after.tag, str):
                continue
            if after.tag != "blockquote" and "".join(after.itertext()).strip():
                return True
            if (after.tail or "").strip():
                return True
        here = here.getparent()
    return True
