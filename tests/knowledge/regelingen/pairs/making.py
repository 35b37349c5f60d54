"""Pairs of texts with the truth about how their articles belong together.

Each pair is a window of articles of one source (the left) and what a recipe makes of it
(the right). The truth follows from what the recipe did, and 'gewijzigd' from the letters
and digits, compared here with a rule of its own. Same seed, same pairs.
"""

from __future__ import annotations

import random
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from string import ascii_lowercase

from knowledge.regelingen.tree import Node, Regeling, Soort
from tests.knowledge.regelingen.pairs.reading import Art, Lid, Source
from tests.knowledge.regelingen.pairs.wording import paraphrase

# (articles of the left, articles of the right, kinds), numbers as printed
Link = tuple[frozenset[str], frozenset[str], frozenset[str]]

CHAPTERS = (
    "Algemene bepalingen",
    "Toepassing en reikwijdte",
    "Procedure",
    "Bijzondere bepalingen",
    "Toezicht en handhaving",
    "Overgangs- en slotbepalingen",
)
NEW_TITLES = (
    "Nadere bepaling",
    "Uitzondering",
    "Aanvullende regels",
    "Werkwijze",
    "Bijzondere gevallen",
    "",
)
TWIN_WORDS = (
    "vergunning",
    "ontheffing",
    "vrijstelling",
    "toestemming",
    "verklaring",
    "registratie",
    "erkenning",
    "subsidie",
)


@dataclass(frozen=True)
class Pair:
    name: str
    recipe: str
    left: Regeling
    right: Regeling
    truth: tuple[Link, ...] = field(repr=False)


def held_out(name: str) -> bool:
    """A quarter of the sources is for the final measure only."""
    return zlib.crc32(name.encode()) % 4 == 0


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def printed(lid: Lid) -> str:
    return " ".join((lid.text, *lid.items))


class Making:
    """One pair while it is made: left stays, right changes."""

    def __init__(self, source: Source, rng: random.Random, size: int = 0) -> None:
        self.rng = rng
        size = min(size or rng.randint(15, 60), len(source.articles))
        start = rng.randint(0, len(source.articles) - size)
        taken = list(source.articles[start : start + size])
        self.spare = [*source.articles[:start], *source.articles[start + size :]]
        self.left = self._chaptered(taken)
        self.right: list[Art] = []
        self.copied: set[int] = set()
        self.fresh = rng.random() < 0.5
        self.lead = 0

    def begin(self) -> None:
        """The right starts as the left; call when the left is complete."""
        self.right = [
            replace(art, origin=(i,), edited=False) for i, art in enumerate(self.left)
        ]

    def _chaptered(self, articles: list[Art]) -> list[Art]:
        """Give each run of articles under one heading a chapter of its own name."""
        if self.rng.random() < 0.15:
            return [replace(a, chapter="") for a in articles]
        if (
            all(not a.chapter for a in articles)
            or len({a.chapter for a in articles}) == 1
        ):
            count = self.rng.randint(2, max(2, min(5, len(articles) // 4)))
            names = CHAPTERS[: count - 1] + CHAPTERS[-1:]
            return [
                replace(a, chapter=names[i * count // len(articles)])
                for i, a in enumerate(articles)
            ]
        seen: dict[str, int] = {}
        out: list[Art] = []
        before = None
        name = ""
        for art in articles:
            if art.chapter != before:
                before = art.chapter
                base = art.chapter or "Bepalingen"
                seen[base] = seen.get(base, 0) + 1
                name = base if seen[base] == 1 else f"{base} ({seen[base]})"
            out.append(replace(art, chapter=name))
        return out

    # What a recipe can do

    def pick(self, want: Callable[[Art], bool] = lambda art: True) -> int | None:
        fit = [
            i
            for i, art in enumerate(self.right)
            if len(art.origin) == 1 and not art.edited and want(art)
        ]
        return self.rng.choice(fit) if fit else None

    def twin(self) -> None:
        """Before the start: an article that differs in a word or two from another."""
        if self.right:
            raise AssertionError("twins belong to both sides")
        i = self.rng.randrange(len(self.left))
        art = self.left[i]
        other = twin_of(art, self.rng)
        if other is not None:
            far = 1 if self.rng.random() < 0.6 else self.rng.randint(2, 6)
            at = min(i + far, len(self.left))
            other = replace(other, chapter=self.left[at - 1].chapter)
            self.left.insert(at, other)

    def family(self) -> None:
        """Before the start: two to four twins of one article, one after the other."""
        i = self.rng.randrange(len(self.left))
        art = self.left[i]
        for _ in range(self.rng.randint(2, 4)):
            other = twin_of(art, self.rng)
            if other is not None:
                self.left.insert(i + 1, replace(other, chapter=art.chapter))

    def own_terms(self, part: float) -> None:
        """Another term for a part of all words of weight, the same one everywhere."""
        seen = Counter(
            word
            for art in self.right
            for lid in art.leden
            for word in re.findall(r"\b[a-zë]{6,}\b", printed(lid))
        )
        terms = {
            word: self._term() for word in sorted(seen) if self.rng.random() < part
        }

        def said(text: str) -> str:
            return re.sub(r"\b[a-zë]{6,}\b", lambda m: terms.get(m[0], m[0]), text)

        self.right = [
            replace(
                art,
                leden=tuple(
                    Lid(said(x.text), tuple(said(i) for i in x.items))
                    for x in art.leden
                ),
            )
            for art in self.right
        ]

    def _term(self) -> str:
        """A word that stands in no law, so that it helps nobody."""
        return "".join(
            self.rng.choice(("ba", "del", "kor", "mi", "stan", "ver", "lu", "goe"))
            for _ in range(3)
        )

    def replace_there(self) -> None:
        """An article goes and another, of the same law, comes with its number."""
        i = self.pick(lambda art: art.origin[0] not in self.copied)
        if i is None or not self.spare:
            return
        here = self.right[i]
        new = self.spare.pop(self.rng.randrange(len(self.spare)))
        self.right[i] = replace(
            new, chapter=here.chapter, origin=(), number=here.number, edited=True
        )

    def swap_chapters(self) -> None:
        """Two chapters change places, with all that is in them."""
        names = list(dict.fromkeys(art.chapter for art in self.right))
        if len(names) < 3:
            return
        a, b = self.rng.sample(range(len(names)), 2)
        names[a], names[b] = names[b], names[a]
        self.right.sort(key=lambda art: names.index(art.chapter))

    def edit_many(self) -> None:
        """Sentences come and go in an article of which a part was split or merged."""
        many = [
            i
            for i, art in enumerate(self.right)
            if art.edited and art.origin and len(art.leden) > 1
        ]
        if not many:
            return
        i = self.rng.choice(many)
        art = self.right[i]
        leden = list(art.leden)
        at = self.rng.randrange(len(leden))
        leden[at] = Lid(
            paraphrase(leden[at].text, self.rng, 0.9),
            tuple(paraphrase(item, self.rng, 0.9) for item in leden[at].items),
        )
        self.right[i] = replace(art, leden=tuple(leden))

    def edit(self) -> None:
        """A small change of wording: an amount, a sentence more or less, a word."""
        i = self.pick()
        if i is None:
            return
        art = self.right[i]
        leden = list(art.leden)
        what = self.rng.random()
        at = self.rng.randrange(len(leden))
        if what < 0.3 and len(leden) > 2:
            del leden[at]
        elif what < 0.55 and self.spare:
            leden.insert(at + 1, self.rng.choice(self._others()))
        elif what < 0.8:
            words = leden[at].text.split()
            for _ in range(max(1, len(words) // 6)):
                k = self.rng.randrange(len(words))
                words[k] = self.rng.choice(
                    ("nader", "bepaalde", "wettelijke", "twaalf")
                )
            leden[at] = replace(leden[at], text=" ".join(words))
        else:
            more = (
                f"{art.title} en overige gevallen" if art.title else "Overige gevallen"
            )
            art = replace(art, title=more)
        self.right[i] = replace(art, leden=tuple(leden), edited=True)

    def _others(self) -> list[Lid]:
        few = self.rng.sample(self.spare, min(5, len(self.spare)))
        return [lid for art in few for lid in art.leden]

    def reword(self, strength: float) -> None:
        i = self.pick(lambda art: art.words > 25)
        if i is None:
            return
        art = self.right[i]
        leden = tuple(
            Lid(
                paraphrase(lid.text, self.rng, strength),
                tuple(paraphrase(item, self.rng, strength) for item in lid.items),
            )
            for lid in art.leden
        )
        if strength > 0.8:
            leden = tuple(replace(lid, text=self._shorter(lid.text)) for lid in leden)
        if len(leden) > 2 and self.rng.random() < 0.3:
            leden = (*leden[1:], leden[0])
        self.right[i] = replace(art, leden=leden, edited=True)

    def _shorter(self, text: str) -> str:
        words = text.split()
        kept = [x for x in words if self.rng.random() > 0.15 or len(words) < 8]
        return " ".join(kept) if kept else text

    def move(self) -> None:
        """To another chapter, or elsewhere when there are none."""
        i = self.pick()
        if i is None:
            return
        art = self.right[i]
        chapters = sorted({a.chapter for a in self.right} - {art.chapter})
        if chapters:
            chapter = self.rng.choice(chapters)
            del self.right[i]
            places = [k for k, a in enumerate(self.right) if a.chapter == chapter]
            at = self.rng.choice(places) + 1
            self.right.insert(at, replace(art, chapter=chapter, number=""))
        else:
            del self.right[i]
            at = self.rng.randrange(len(self.right))
            self.right.insert(at, replace(art, number=""))

    def remove(self) -> None:
        i = self.pick(lambda art: art.origin[0] not in self.copied)
        if i is not None and len(self.right) > 8:
            del self.right[i]

    def insert(self) -> None:
        """An article of the same law from outside the window, or a twin on one side."""
        at = self.rng.randrange(len(self.right))
        here = self.right[at]
        new = None
        if self.rng.random() < 0.25 and not here.edited:
            # Without the article it resembles it would be that article.
            new = twin_of(here, self.rng)
            self.copied.update(here.origin)
        elif self.spare:
            new = self.spare.pop(self.rng.randrange(len(self.spare)))
        if new is not None:
            new = replace(new, chapter=here.chapter, origin=(), number="", edited=True)
            self.right.insert(at + self.rng.randint(0, 1), new)

    def split(self) -> None:
        """A part of the leden goes to a new article: half, 30 or 15 of a hundred."""
        i = self.pick(lambda art: len(art.leden) >= 2 and art.words >= 50)
        if i is None:
            return
        art = self.right[i]
        part = self.rng.choice((0.15, 0.3, 0.3, 0.5))
        leden = list(art.leden)
        sizes = [len(printed(lid).split()) for lid in leden]
        count = 1
        while count < len(leden) - 1 and sum(sizes[-count - 1 :]) <= part * sum(sizes):
            count += 1
        if self.rng.random() < 0.7:
            kept, gone = leden[:-count], leden[-count:]
        else:
            kept, gone = leden[count:], leden[:count]
        if min(sum(len(printed(x).split()) for x in side) for side in (kept, gone)) < 9:
            return
        new = replace(
            art,
            leden=tuple(gone),
            title=self.rng.choice(NEW_TITLES) if art.title else "",
            number="",
            edited=True,
        )
        self.right[i] = replace(art, leden=tuple(kept), edited=True)
        at = i + 1
        if self.rng.random() < 0.25:
            at = min(len(self.right), i + self.rng.randint(2, 5))
            new = replace(new, chapter=self.right[at - 1].chapter)
        self.right.insert(at, new)

    def merge(self) -> None:
        """Two articles become one, the second mostly the neighbour."""
        i = self.pick(lambda art: art.words >= 12)
        if i is None:
            return
        art = self.right[i]
        far = 1 if self.rng.random() < 0.75 else self.rng.randint(2, 4)
        if i + far >= len(self.right):
            return
        other = self.right[i + far]
        if len(other.origin) != 1 or other.edited or other.words < 9:
            return
        self.right[i] = replace(
            art,
            leden=art.leden + other.leden,
            origin=art.origin + other.origin,
            edited=True,
        )
        del self.right[i + far]

    # The result

    def pair(self, name: str, recipe: str) -> Pair:
        rng = self.rng
        style = rng.choice(("plain", "plain", "dotted", "colon"))
        if any(not a.chapter for a in self.left):
            style = "plain"
        left = numbered(self.left, style, 1)
        if self.fresh:
            right = numbered(self.right, style, 1 + self.lead)
        else:
            right = kept_numbers(self.right, left)
        if rng.random() < 0.6:
            new = {
                left[art.origin[0]].number: art.number
                for art in reversed(right)
                if art.origin
            }
            right = [follow(art, new) for art in right]
        renamed = rng.random() < 0.15
        return Pair(
            name,
            recipe,
            tree(left, rng, renamed=False, lead=0),
            tree(right, rng, renamed=renamed, lead=self.lead if self.fresh else 0),
            tuple(truth(left, right)),
        )


def twin_of(art: Art, rng: random.Random) -> Art | None:
    """A copy in which one or two words of weight are others; None when it has none."""
    text = " ".join(printed(lid) for lid in art.leden)
    if art.words >= 12 and rng.random() < 0.35:
        other = other_amounts(art, rng)
        if other.leden != art.leden:
            return other
    long = Counter(w for w in re.findall(r"[a-z]{8,}", text))
    words = [w for w, _ in long.most_common(4)]
    if not words or art.words < 15:
        return None
    swaps = {
        word: rng.choice(TWIN_WORDS)
        for word in rng.sample(words, min(len(words), rng.randint(1, 2)))
    }

    def swap(value: str) -> str:
        for old, new in swaps.items():
            value = re.sub(rf"\b{old}\b", new, value)
        return value

    leden = tuple(
        Lid(swap(lid.text), tuple(swap(i) for i in lid.items)) for lid in art.leden
    )
    if leden == art.leden:
        return None
    title = f"{art.title} ({next(iter(swaps.values()))})" if art.title else ""
    return replace(art, leden=leden, title=title)


def other_amounts(art: Art, rng: random.Random) -> Art:
    """A copy in which only amounts, terms and the title are others."""
    names = ("twee", "drie", "vier", "zes", "acht", "tien", "dertien")

    def swap(value: str) -> str:
        value = re.sub(
            r"(?<![\w.:])(?<!rtikel )(?<!rtikelen )\d+(?![\w.:])",
            lambda m: str(int(m[0]) + rng.randint(1, 9)),
            value,
        )
        return re.sub(rf"\b({'|'.join(names)})\b", lambda m: rng.choice(names), value)

    leden = tuple(
        Lid(swap(lid.text), tuple(swap(i) for i in lid.items)) for lid in art.leden
    )
    title = f"{art.title} bij {rng.choice(TWIN_WORDS)}" if art.title else ""
    return replace(art, leden=leden, title=title)


def numbered(articles: list[Art], style: str, first: int) -> list[Art]:
    """Numbers in order: 1, 2, 3, or of the chapter and in it: 2.1, 2:1."""
    if style == "plain":
        return [replace(a, number=str(i)) for i, a in enumerate(articles, first)]
    sign = "." if style == "dotted" else ":"
    out: list[Art] = []
    chapter, before, count = first - 1, None, 0
    for art in articles:
        if art.chapter != before:
            chapter, before, count = chapter + 1, art.chapter, 0
        count += 1
        out.append(replace(art, number=f"{chapter}{sign}{count}"))
    return out


def kept_numbers(right: list[Art], left: list[Art]) -> list[Art]:
    """What stayed has its old number; what came gets that of its neighbour and a letter."""
    used: set[str] = set()
    out: list[Art] = []
    place = 0
    last = "0"
    for art in right:
        number = ""
        if art.origin and art.number:
            number = left[art.origin[0]].number
            if art.origin[0] < place or number in used:
                number = ""
        if number:
            place = art.origin[0]
            last = number
        else:
            names = ascii_lowercase, (f"a{c}" for c in ascii_lowercase)
            number = next(
                f"{last}{letter}"
                for letter in chain(*names)
                if f"{last}{letter}" not in used
            )
        used.add(number)
        out.append(replace(art, number=number))
    return out


def follow(art: Art, new: dict[str, str]) -> Art:
    """References to articles of the text itself get the new number."""

    def changed(match: re.Match[str]) -> str:
        return f"{match[1]}{new.get(match[2], match[2])}"

    def text(value: str) -> str:
        return re.sub(
            r"\b([Aa]rtikel )(\d[\w.:]*\w|\d)(?!.{0,40}\bvan (?:de|het|Boek)\b)",
            changed,
            value,
        )

    return replace(
        art,
        leden=tuple(
            Lid(text(lid.text), tuple(text(i) for i in lid.items)) for lid in art.leden
        ),
    )


def truth(left: list[Art], right: list[Art]) -> Iterator[Link]:
    group = list(range(len(left)))
    for art in right:
        for other in art.origin[1:]:
            old, new = group[other], group[art.origin[0]]
            group = [new if g == old else g for g in group]
    for g in dict.fromkeys(group):
        mine = [left[i] for i in range(len(left)) if group[i] == g]
        theirs = [a for a in right if a.origin and group[a.origin[0]] == g]
        kinds: set[str] = set()
        if not theirs:
            kinds.add("vervallen")
        else:
            if len(mine) > 1:
                kinds.add("samengevoegd")
            if len(theirs) > 1:
                kinds.add("gesplitst")
            if not {a.number for a in mine} & {a.number for a in theirs}:
                kinds.add("hernummerd")
            if not {a.chapter for a in mine} & {a.chapter for a in theirs}:
                kinds.add("verplaatst")
            one = len(mine) == len(theirs) == 1
            if words(mine, titles=one) != words(theirs, titles=one):
                kinds.add("gewijzigd")
        yield (
            frozenset(a.number for a in mine),
            frozenset(a.number for a in theirs),
            frozenset(kinds or {"gelijk"}),
        )
    for art in right:
        if not art.origin:
            yield frozenset(), frozenset({art.number}), frozenset({"toegevoegd"})


def words(articles: list[Art], *, titles: bool) -> list[str]:
    """What must be the same: all letters of one article, the leden of several."""
    leden = [letters(printed(lid)) for a in articles for lid in a.leden]
    return [letters(a.title) for a in articles] + leden if titles else sorted(leden)


def node(art: Art, label: str = "Artikel") -> Node:
    children: list[Node] = []
    for i, lid in enumerate(art.leden, 1):
        items = tuple(
            Node(Soort.ONDERDEEL, number=chr(ord("a") + k % 26) * (1 + k // 26), text=t)
            for k, t in enumerate(lid.items)
        )
        children.append(Node(Soort.LID, number=str(i), text=lid.text, children=items))
    if len(children) == 1:
        only = children[0]
        return Node(
            Soort.ARTIKEL, label, art.number, art.title, only.text, only.children
        )
    return Node(Soort.ARTIKEL, label, art.number, art.title, children=tuple(children))


def tree(
    articles: list[Art], rng: random.Random, *, renamed: bool, lead: int
) -> Regeling:
    """The text; renamed: one of the chapters has another title."""
    chapters: list[tuple[str, list[Art]]] = []
    for art in articles:
        if not chapters or chapters[-1][0] != art.chapter:
            chapters.append((art.chapter, []))
        chapters[-1][1].append(art)
    other = rng.randrange(len(chapters)) if renamed else -1
    children: list[Node] = []
    for i, (title, inside) in enumerate(chapters):
        nodes = tuple(node(art) for art in inside)
        if not title:
            children.extend(nodes)
            continue
        if i == other and len(inside) >= 3:
            title = "Voorschriften"
        children.append(
            Node(Soort.HOOFDSTUK, "Hoofdstuk", str(i + 1 + lead), title, children=nodes)
        )
    return Regeling("Verordening", tuple(children))


Recipe = Callable[[Making], None]


def _times(making: Making, low: int, high: int, *acts: Callable[[], None]) -> None:
    for _ in range(making.rng.randint(low, high)):
        making.rng.choice(acts)()


def _renumbered(m: Making) -> None:
    _times(m, 3, 7, m.twin, m.family)
    m.begin()
    m.fresh = True
    m.lead = m.rng.choice((0, 1, 1, 2, 10))
    if m.rng.random() < 0.4:
        m.swap_chapters()
    _times(m, 2, 6, m.insert, m.remove)
    _times(m, 6, 14, m.edit)


def _moved(m: Making) -> None:
    _times(m, 1, 6, m.twin, m.family)
    m.begin()
    _times(m, 3, 8, m.move)
    _times(m, 3, 10, m.edit)
    _times(m, 2, 6, lambda: m.reword(1.0))
    _times(m, 1, 3, m.split)


def _changed(m: Making) -> None:
    m.begin()
    _times(m, 0, 2, m.split, m.merge)
    _times(m, 3, 9, m.insert, m.remove, m.replace_there)
    _times(m, 4, 12, m.edit)
    _times(m, 2, 6, lambda: m.reword(1.0))


def _split(m: Making) -> None:
    m.begin()
    _times(m, 4, 9, m.split)
    _times(m, 1, 5, m.edit, m.insert, m.remove, m.replace_there)
    _times(m, 0, 3, m.edit_many)


def _merged(m: Making) -> None:
    m.begin()
    _times(m, 4, 8, m.merge)
    _times(m, 1, 5, m.edit, m.insert, m.remove, m.replace_there)
    _times(m, 0, 3, m.edit_many)


def _twins(m: Making) -> None:
    _times(m, 6, 12, m.twin, m.family)
    m.begin()
    m.fresh = m.rng.random() < 0.7
    m.lead = m.rng.choice((0, 0, 1))
    _times(m, 3, 9, m.edit, m.move, m.remove)
    _times(m, 2, 6, m.insert)
    _times(m, 2, 8, lambda: m.reword(0.8))


def _paraphrased(m: Making) -> None:
    _times(m, 3, 8, m.twin, m.family)
    m.begin()
    m.fresh = m.rng.random() < 0.6
    m.lead = m.rng.choice((0, 0, 1))
    _times(m, 1, 4, m.split, m.merge)
    _times(m, 0, 4, m.move)
    for _ in range(len(m.right)):
        m.reword(m.rng.uniform(0.6, 1.0))
    m.own_terms(m.rng.choice((0.2, 0.35, 0.5)))
    _times(m, 4, 10, m.insert, m.remove, m.replace_there)


def _combined(m: Making) -> None:
    _times(m, 3, 8, m.twin, m.family)
    m.begin()
    m.fresh = m.rng.random() < 0.75
    m.lead = m.rng.choice((0, 0, 1))
    _times(m, 2, 5, m.split)
    _times(m, 2, 4, m.merge)
    _times(m, 2, 6, m.move, m.insert, m.remove, m.replace_there)
    for _ in range(len(m.right) // 4):
        m.reword(m.rng.uniform(0.4, 1.0))
    _times(m, 2, 6, m.edit)
    _times(m, 0, 4, m.edit_many)
    if m.rng.random() < 0.4:
        m.own_terms(m.rng.choice((0.15, 0.3)))


RECIPES: dict[str, Recipe] = {
    "hernummerd": _renumbered,
    "verplaatst": _moved,
    "erbij en eraf": _changed,
    "gesplitst": _split,
    "samengevoegd": _merged,
    "tweelingen": _twins,
    "omschreven": _paraphrased,
    "van alles": _combined,
}


def pairs(sources: list[Source], count: int, seed: int) -> Iterator[Pair]:
    """``count`` pairs, sources and recipes in turn."""
    order = sorted(sources, key=lambda s: zlib.crc32(f"{seed}{s.name}".encode()))
    recipes = list(RECIPES)
    for k in range(count):
        source = order[k % len(order)]
        recipe = recipes[k % len(recipes)]
        rng = random.Random(f"{seed}-{k}-{source.name}")
        making = Making(source, rng)
        RECIPES[recipe](making)
        yield making.pair(f"{k:03d} {source.name}", recipe)


def _dense(m: Making) -> None:
    """As many acts as there are articles."""
    if m.rng.random() < 0.5:
        _times(m, 1, 2, m.twin)
    m.begin()
    m.fresh = m.rng.random() < 0.6
    m.lead = m.rng.choice((0, 0, 1))
    count = len(m.right)
    acts = (
        *(
            m.split,
            m.merge,
            m.move,
            m.insert,
            m.remove,
            m.replace_there,
            m.edit,
            m.edit,
        ),
        *(lambda: m.reword(0.8), lambda: m.reword(1.0)),
    )
    _times(m, count, count, *acts)
    if m.rng.random() < 0.25:
        m.own_terms(m.rng.choice((0.15, 0.3)))


def dense_pairs(sources: list[Source], count: int, seed: int) -> Iterator[Pair]:
    """Pairs of five to nine articles in which almost every article changes."""
    order = sorted(sources, key=lambda s: zlib.crc32(f"{seed}{s.name}".encode()))
    for k in range(count):
        source = order[k % len(order)]
        rng = random.Random(f"dicht-{seed}-{k}-{source.name}")
        making = Making(source, rng, size=rng.randint(5, 9))
        _dense(making)
        yield making.pair(f"{k:03d} {source.name}", "dicht")


def tangled_pairs(sources: list[Source], count: int, seed: int) -> Iterator[Pair]:
    """The recipes of a long text on five to nine articles: most of each pair is twins."""
    order = sorted(sources, key=lambda s: zlib.crc32(f"{seed}{s.name}".encode()))
    recipes = list(RECIPES)
    for k in range(count):
        source = order[k % len(order)]
        recipe = recipes[k % len(recipes)]
        rng = random.Random(f"dense-{seed}-{k}-{source.name}")
        making = Making(source, rng, size=rng.randint(5, 9))
        RECIPES[recipe](making)
        yield making.pair(f"{k:03d} {source.name}", recipe)


CATEGORIES = (
    "standplaatsen",
    "ligplaatsen",
    "terrassen",
    "evenementen",
    "inritten",
    "uitwegen",
    "speelautomaten",
    "reclameborden",
)


def _families(m: Making) -> None:
    """Of a few articles one for each of two to five categories, in one order or spread."""
    left = list(m.left)
    for base in m.rng.sample(left, m.rng.randint(2, 3)):
        kinds = m.rng.sample(CATEGORIES, m.rng.randint(2, 5))
        at = next(i for i, art in enumerate(m.left) if art is base)
        family = [
            replace(for_category(base, kind), chapter=base.chapter) for kind in kinds
        ]
        if m.rng.random() < 0.7:
            m.left[at : at + 1] = family
        else:
            m.left[at] = family[0]
            for art in family[1:]:
                place = m.rng.randint(0, len(m.left) - 1)
                chapter = m.left[place].chapter
                m.left.insert(place + 1, replace(art, chapter=chapter))


def for_category(art: Art, kind: str) -> Art:
    """The article as it would stand there for one category: in its title and each lid."""

    def said(text: str) -> str:
        words = text.split()
        at = min(len(words), 4)
        return " ".join([*words[:at], "voor", kind, *words[at:]])

    leden = tuple(Lid(said(lid.text), lid.items) for lid in art.leden)
    return replace(art, leden=leden, title=f"{art.title} {kind}" if art.title else "")


def _by_category(m: Making) -> None:
    _families(m)
    if m.rng.random() < 0.5:
        m.left = [replace(art, title="") for art in m.left]
    m.begin()
    m.fresh = True
    m.lead = m.rng.choice((0, 0, 1, 2))
    _times(m, 1, 4, m.move)
    _times(m, 1, 3, m.insert)
    _times(m, 1, 3, m.remove)
    _times(m, 2, 6, m.edit)
    _times(m, 1, 4, lambda: m.reword(0.8))
    _times(m, 0, 1, m.split, m.merge)


def category_pairs(sources: list[Source], count: int, seed: int) -> Iterator[Pair]:
    """Pairs of which most articles stand there once for each category, all renumbered."""
    for k in range(count):
        source = sources[k % len(sources)]
        rng = random.Random(f"categorie-{seed}-{k}-{source.name}")
        making = Making(source, rng, size=rng.randint(6, 10))
        _by_category(making)
        yield making.pair(f"{k:03d} {source.name}", "categorie")
