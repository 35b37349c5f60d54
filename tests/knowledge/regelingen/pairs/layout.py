"""The same text in another layout: no change to a lawyer, and none to the comparison."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from knowledge.regelingen.tree import GROUPS, Node, Regeling, Soort

Change = Callable[[Node], Node]


def each(regeling: Regeling, change: Change) -> Regeling:
    """The text with every node changed, from the inside out."""

    def visit(node: Node) -> Node:
        return change(replace(node, children=tuple(map(visit, node.children))))

    return replace(regeling, children=tuple(map(visit, regeling.children)))


def words(regeling: Regeling, change: Callable[[str], str]) -> Regeling:
    """The text with every title and text changed."""
    return each(
        regeling,
        lambda node: replace(node, title=change(node.title), text=change(node.text)),
    )


def numbers(
    soort: Soort, change: Callable[[str], str]
) -> Callable[[Regeling], Regeling]:
    def act(regeling: Regeling) -> Regeling:
        return each(
            regeling,
            lambda node: (
                replace(node, number=change(node.number))
                if node.soort is soort
                else node
            ),
        )

    return act


def label(text: str) -> Callable[[Regeling], Regeling]:
    def act(regeling: Regeling) -> Regeling:
        return each(
            regeling,
            lambda node: (
                replace(node, label=text) if node.soort is Soort.ARTIKEL else node
            ),
        )

    return act


def list_for_leden(regeling: Regeling) -> Regeling:
    """Leden as a list, what was a list in them one level deeper."""
    deeper = {
        Soort.LID: Soort.ONDERDEEL,
        Soort.ONDERDEEL: Soort.SUBONDERDEEL,
    }
    return each(regeling, lambda n: replace(n, soort=deeper.get(n.soort, n.soort)))


def _typed(node: Node, mark: str = "") -> Iterable[str]:
    if node.text:
        yield f"{mark}{node.text}"
    for child in node.children:
        sign = "." if child.soort is Soort.LID else ")"
        yield from _typed(child, f"{child.number}{sign} ")


def typed_numbers(regeling: Regeling) -> Regeling:
    """Each artikel as loose paragraphs, numbers typed before the words."""
    return each(
        regeling,
        lambda n: (
            replace(n, text="\n".join(_typed(n)), children=())
            if n.soort is Soort.ARTIKEL
            else n
        ),
    )


def one_paragraph(regeling: Regeling) -> Regeling:
    """Each artikel as one running paragraph, numbers between the sentences."""
    return each(
        regeling,
        lambda n: (
            replace(n, text=" ".join(_typed(n)), children=())
            if n.soort is Soort.ARTIKEL
            else n
        ),
    )


def empty_koppen(regeling: Regeling) -> Regeling:
    """Every hoofdstuk has an empty kop, and holds an afdeling with one."""

    def change(node: Node) -> Node:
        if node.soort not in GROUPS:
            return node
        inner = Node(Soort.AFDELING, children=node.children)
        return Node(node.soort, children=(inner,))

    return each(regeling, change)


def no_koppen(regeling: Regeling) -> Regeling:
    """No hoofdstukken at all."""
    flat: list[Node] = []
    for node in regeling.children:
        flat += node.children if node.soort in GROUPS else (node,)
    return replace(regeling, children=tuple(flat))


def quotes(text: str) -> str:
    text = re.sub(r"\b(passende|urgentieverklaring|woonruimte)\b", r"‘\1’", text)
    return text.replace("-", "‑").replace(": ", " – ")


def spaces(text: str) -> str:
    text = text.replace(" ", "  ", 3).replace(" de ", "\u00a0de ")
    return text.replace("woning", "wo\u00adning").replace(", ", ",\n")


def bold(text: str) -> str:
    return f"**{text}**" if text else ""


def terms(regeling: Regeling) -> Regeling:
    """Definitions as begrippen with a term of their own."""

    def change(node: Node) -> Node:
        if node.soort is not Soort.ONDERDEEL or ": " not in node.text:
            return node
        term, _, text = node.text.partition(": ")
        return Node(Soort.BEGRIP, title=term, text=text)

    return each(regeling, change)


def chained(*acts: Callable[[Regeling], Regeling]) -> Callable[[Regeling], Regeling]:
    def act(regeling: Regeling) -> Regeling:
        for one in acts:
            regeling = one(regeling)
        return regeling

    return act


VARIANTS: dict[str, Callable[[Regeling], Regeling]] = {
    "leden 1°": numbers(Soort.LID, lambda n: f"{n}°"),
    "leden zonder nummer": numbers(Soort.LID, lambda n: ""),
    "leden i, ii": numbers(Soort.LID, lambda n: "i" * int(n)),
    "onderdelen 1°": numbers(Soort.ONDERDEEL, lambda n: f"{ord(n[0]) - 96}°"),
    "onderdelen met streepjes": numbers(Soort.ONDERDEEL, lambda n: ""),
    "lijst in plaats van leden": list_for_leden,
    "getypte nummers": typed_numbers,
    "één alinea": one_paragraph,
    "Art.": label("Art."),
    "zonder label": label(""),
    "nummer met punt": numbers(Soort.ARTIKEL, lambda n: f"{n}."),
    "dubbele punt in nummers": numbers(
        Soort.ARTIKEL, lambda n: n.replace(".", ":") if "." in n else n
    ),
    "lege koppen": empty_koppen,
    "zonder koppen": no_koppen,
    "vet": lambda r: words(r, bold),
    "hoofdletters in titels": lambda r: each(
        r, lambda n: replace(n, title=n.title.upper())
    ),
    "aanhalingstekens en streepjes": lambda r: words(r, quotes),
    "witruimte": lambda r: words(r, spaces),
    "begrippen": terms,
    "alles door elkaar": chained(
        terms,
        list_for_leden,
        numbers(Soort.ONDERDEEL, lambda n: f"{n}°"),
        label("Art."),
        empty_koppen,
        lambda r: words(r, spaces),
        lambda r: words(r, quotes),
    ),
}
