"""Which artikelen of two legal texts belong together, and what happened to them.

By number and content, where content decides: the words of each artikel are weighed by
how rare they are in both texts. Texts that resemble each other about equally are told
apart by number, title and the artikelen around them.

1. Candidates: pairs that share words, a number or a title (an inverted index, so that
   most of all pairs are never looked at).
2. Anchors: pairs that prefer each other by far. They show how the one text runs along
   the other, and whether numbers still say anything.
3. An optimal assignment of pairs that are alike.
4. Splits and merges: an artikel left over whose words are what its counterpart lost.
5. An assignment of what remains on weaker signs: same title, same number and place.

Kinds, of which several may hold, but *gelijk* stands alone:

- *hernummerd*: another number, however it is printed; of a split or merge: no number of
  the one side is one of the other.
- *verplaatst*: under another hoofdstuk, afdeling or paragraaf. Those are matched on the
  artikelen that they share, their title and their number, so one that only got another
  number or title is the same. A level that only one of the two has moves nothing, and
  neither does another place in the same hoofdstuk.
- *gewijzigd*: letters or digits of title or text differ. Layout is no change: numbering
  of leden, list or leden, the label, spaces, quotes, dashes and capitals. Of a split or
  merge: the words of both sides taken together differ, titles aside.
- *gesplitst*, *samengevoegd*: one artikel became several, or several became one.
- *toegevoegd*, *vervallen*: only right, only left. Of a pair: the left or the right says
  no more than 'Vervallen', or has that status.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from knowledge.regelingen.tree import GROUPS, Node, Regeling, Status, artikelen
from knowledge.regelingen.vergelijken import words as w

GELIJK = "gelijk"
GEWIJZIGD = "gewijzigd"
HERNUMMERD = "hernummerd"
VERPLAATST = "verplaatst"
TOEGEVOEGD = "toegevoegd"
VERVALLEN = "vervallen"
GESPLITST = "gesplitst"
SAMENGEVOEGD = "samengevoegd"
KINDS = (
    GELIJK,
    GEWIJZIGD,
    HERNUMMERD,
    VERPLAATST,
    TOEGEVOEGD,
    VERVALLEN,
    GESPLITST,
    SAMENGEVOEGD,
)

CLEAR = 0.6  # a pair that is this much alike goes before splits and merges
ALIKE = 0.46  # a pair that is this much alike is a pair, whatever its number
FAINT = 0.36  # a pair of what is left over, its place counted
SAME_WORDING = 0.5  # the part of what has a counterpart that must have a clear one
WORDED = 0.4  # what place then still counts, of what it counts in texts in other words
COVERED = 0.5  # the part of a new artikel that its counterpart must have lost
MORE = 0.06  # how much more that is in texts that mostly share their wording
ONE_SIDED = 0.35  # words that only one of the texts has may be other words for the same
COVERED_BESIDE = 0.35  # the same, when it stands next to the counterpart
WITHIN = 0.55  # how much alike a text is with one that holds all of it
SAME_TITLE = 0.15  # what the same title adds, which tells near-twins apart
SAME_NUMBER = 0.08  # what the same number adds, as far as numbers say anything here
SAME_PLACE = 0.06  # what standing as far after, and before, the nearest pair adds
OWN_SENTENCES = 0.3  # what sentences add that stand in no other artikel of either text
FULL = 4  # words of a sentence that says something
SURE = 1.05  # the most that sentences and words make without the whole being the same
MANY = 12  # candidates kept of each artikel
FEW = 4  # with fewer candidates the same place is looked at too
LEAST = 0.1  # what a word weighs that every artikel has


@dataclass(frozen=True, slots=True)
class Alignment:
    """Addresses of artikelen that belong together; one side is empty of what is new or
    gone."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    kinds: frozenset[str]


@dataclass(slots=True)
class _Artikel:
    at: int
    address: str
    number: str
    title: list[str]
    body: list[str]
    groups: tuple[int, ...]
    lapsed: bool
    empty: bool
    key: str = ""
    sentences: dict[str, int] = field(default_factory=dict)
    features: Counter[str] = field(default_factory=Counter)
    weight: float = 0.0


Pairs = dict[int, dict[int, float]]


def align(left: Regeling, right: Regeling) -> tuple[Alignment, ...]:
    """Every artikel of both texts in exactly one alignment, in the order of the left;
    what is new stands after what it follows on the right."""
    ours, our_groups = _read(left)
    theirs, their_groups = _read(right)
    weights = _weigh(ours, theirs)
    alike = _candidates(ours, theirs, weights)
    links = _link(ours, theirs, alike, weights)
    partners = _partners(ours, theirs, our_groups, their_groups, links)
    found = [
        Alignment(
            tuple(ours[i].address for i in mine),
            tuple(theirs[j].address for j in yours),
            _kinds([ours[i] for i in mine], [theirs[j] for j in yours], partners),
        )
        for mine, yours in _components(len(ours), len(theirs), links)
    ]
    return tuple(found)


# Reading


def _read(regeling: Regeling) -> tuple[list[_Artikel], list[Node]]:
    groups: dict[int, int] = {}
    nodes: list[Node] = []
    found = []
    for at, placed in enumerate(artikelen(regeling)):
        inside = []
        for node in placed.above:
            if node.soort in GROUPS:
                if id(node) not in groups:
                    groups[id(node)] = len(nodes)
                    nodes.append(node)
                inside.append(groups[id(node)])
        node = placed.node
        title = w.tokens(node.title)
        body = w.body(node)
        silent = not body or w.says_lapsed(body)
        says = w.says_lapsed(body or title)
        found.append(
            _Artikel(
                at,
                placed.address,
                w.plain_number(node.number),
                title,
                body,
                tuple(inside),
                lapsed=says or node.status is Status.VERVALLEN,
                empty=silent and (says or node.status is Status.VERVALLEN),
                key=w.letters(title + body),
                sentences=_sentences(node),
            )
        )
    return found, nodes


def _sentences(node: Node) -> dict[str, int]:
    """The texts of its leden and onderdelen, as letters, and how many words each has."""
    found = {}
    for part in w.parts_of(node):
        words = w.tokens(w.without_marks(part))
        if len(words) >= FULL:
            found[w.letters(words)] = len(words)
    return found


def _keep_own(ours: list[_Artikel], theirs: list[_Artikel]) -> None:
    """Keep of each artikel the sentences that stand once in both texts."""
    counts = [Counter(s for a in side for s in a.sentences) for side in (ours, theirs)]
    for artikel in (*ours, *theirs):
        artikel.sentences = {
            sentence: size
            for sentence, size in artikel.sentences.items()
            if counts[0][sentence] == counts[1][sentence] == 1
        }


def _stem(word: str) -> str:
    return word if word[0].isdigit() else word[:7]


def _weigh(ours: list[_Artikel], theirs: list[_Artikel]) -> dict[str, float]:
    """Give each artikel its features, words and pairs of words; how rare each is."""
    count: Counter[str] = Counter()
    for artikel in (*ours, *theirs):
        stems = [_stem(word) for word in artikel.body]
        artikel.features = Counter(stems)
        artikel.features.update(f"{a} {b}" for a, b in pairwise(stems))
        count.update(artikel.features.keys())
    _keep_own(ours, theirs)
    total = len(ours) + len(theirs) + 1
    sides = [
        {name for artikel in side for name in artikel.features}
        for side in (ours, theirs)
    ]
    both = sides[0] & sides[1]
    weights = {
        name: (LEAST + math.log(total / n))
        * (0.5 if " " in name else 1.0)
        * (1.0 if name in both else ONE_SIDED)
        for name, n in count.items()
    }
    for artikel in (*ours, *theirs):
        artikel.weight = _mass(artikel.features, weights)
    return weights


def _mass(features: Counter[str], weights: dict[str, float]) -> float:
    return sum(weights[name] * n for name, n in features.items())


def _shared(one: Counter[str], other: Counter[str], weights: dict[str, float]) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(
        weights[name] * min(n, other[name]) for name, n in one.items() if name in other
    )


# Candidates


def _candidates(
    ours: list[_Artikel], theirs: list[_Artikel], weights: dict[str, float]
) -> Pairs:
    """How much alike each pair is that may belong together: 0 to 1."""
    index: dict[str, list[int]] = defaultdict(list)
    for artikel in theirs:
        for name in artikel.features:
            index[name].append(artikel.at)
    common = max(8, len(theirs) // 6)
    by_number: dict[str, list[int]] = defaultdict(list)
    by_title: dict[str, list[int]] = defaultdict(list)
    by_key: dict[str, list[int]] = defaultdict(list)
    for artikel in theirs:
        by_key[artikel.key].append(artikel.at)
        if artikel.number:
            by_number[artikel.number].append(artikel.at)
        if artikel.title:
            by_title[w.letters(artikel.title)].append(artikel.at)
    rough: dict[int, dict[int, float]] = {}
    for artikel in ours:
        score: dict[int, float] = defaultdict(float)
        for name in artikel.features:
            postings = index.get(name, ())
            if len(postings) <= common:
                for j in postings:
                    score[j] += weights[name]
        rough[artikel.at] = score
    wanted: set[tuple[int, int]] = set()
    best_of: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for i, score in rough.items():
        for j, value in score.items():
            best_of[j].append((value, i))
        wanted |= {(i, j) for j in sorted(score, key=lambda j: -score[j])[:MANY]}
    for j, scores in best_of.items():
        wanted |= {(i, j) for _, i in sorted(scores, reverse=True)[:MANY]}
    for artikel in ours:
        wanted |= {(artikel.at, j) for j in by_number.get(artikel.number, ())}
        if artikel.title:
            wanted |= {
                (artikel.at, j) for j in by_title.get(w.letters(artikel.title), ())
            }
        wanted |= {(artikel.at, j) for j in by_key[artikel.key]}
        if len(rough[artikel.at]) < FEW:
            # Words that all share point nowhere: look around the same place.
            place = artikel.at * len(theirs) // len(ours)
            around = range(place - FEW, place + FEW + 1)
            wanted |= {(artikel.at, j) for j in around if 0 <= j < len(theirs)}
    found: Pairs = defaultdict(dict)
    for i, j in wanted:
        found[i][j] = _alike(ours[i], theirs[j], weights)
    return found


def _alike(one: _Artikel, other: _Artikel, weights: dict[str, float]) -> float:
    if one.key == other.key:
        return 1.2
    if (one.empty and other.empty) or one.body == other.body != []:
        return 1.1
    if one.empty or other.empty:
        return FAINT if one.number == other.number else 0.0
    whole = one.weight + other.weight
    shared = _shared(one.features, other.features, weights)
    least = min(one.weight, other.weight)
    body = max(2 * shared / whole, WITHIN * shared / least) if least else 0.0
    same = one.sentences.keys() & other.sentences.keys()
    if same:
        # Near-twins differ in a few words: a sentence that is the same to the letter says
        # more than all the words that they share.
        words = len(one.body) + len(other.body)
        part = 2 * sum(one.sentences[s] for s in same) / words
        body = min(SURE, body + OWN_SENTENCES * part)
    if one.title and other.title:
        mine, yours = Counter(one.title), Counter(other.title)
        title = 2 * (mine & yours).total() / (mine.total() + yours.total())
        return body + 0.2 * (title - 0.3) * (1 - body) + SAME_TITLE * (title == 1)
    return body


# Linking


def _link(
    ours: list[_Artikel],
    theirs: list[_Artikel],
    alike: Pairs,
    weights: dict[str, float],
) -> set[tuple[int, int]]:
    links = _the_same(ours, theirs)
    turned = _turned(alike)
    known = links | {
        (i, j)
        for i, j in _anchors(alike)
        if all(i != mine and j != yours for mine, yours in links)
    }
    # Texts that mostly say the same in the same words hardly need a place: what is little
    # alike there is new on the one side and gone on the other.
    best = [max(row.values(), default=0.0) for row in alike.values()]
    clear = sum(value >= CLEAR for value in best)
    faint = sum(value >= FAINT for value in best)
    own_words = clear < SAME_WORDING * min(faint, len(theirs))
    more = 0.0 if own_words else MORE
    for least in (CLEAR, ALIKE, FAINT):
        placed = _with_place(ours, theirs, alike, known, 1.0 if own_words else WORDED)
        measure = placed if least == FAINT and own_words else alike
        links |= _assign(_open(placed, measure, links, least))
        links |= _divided(ours, theirs, links, alike, weights, more)
        back = {(j, i) for i, j in links}
        links |= {
            (i, j) for j, i in _divided(theirs, ours, back, turned, weights, more)
        }
        known = links
    return links


def _the_same(ours: list[_Artikel], theirs: list[_Artikel]) -> set[tuple[int, int]]:
    """Pairs with the same letters, when both texts have as many of them: those with the
    same number first, the others in order."""
    sides: tuple[dict[str, list[_Artikel]], ...] = (
        defaultdict(list),
        defaultdict(list),
    )
    for side, text in zip(sides, (ours, theirs), strict=True):
        for artikel in text:
            side[artikel.key].append(artikel)
    links = set()
    for key, mine in sides[0].items():
        yours = sides[1].get(key, [])
        if len(mine) != len(yours):
            continue
        by_number: dict[str, list[_Artikel]] = defaultdict(list)
        for artikel in reversed(yours):
            by_number[artikel.number].append(artikel)
        left = []
        for artikel in mine:
            if by_number[artikel.number]:
                links.add((artikel.at, by_number[artikel.number].pop().at))
            else:
                left.append(artikel.at)
        right = sorted(a.at for rest in by_number.values() for a in rest)
        links |= set(zip(left, right, strict=True))
    return links


def _open(
    placed: Pairs, measure: Pairs, links: set[tuple[int, int]], least: float
) -> Pairs:
    """How much more alike than needed each pair is of what is not linked yet.

    What is above the least counts, so that one pair that is much alike goes before two
    that are so by a little: a part of an artikel and the twin of it that is gone.
    """
    left = {i for i, _ in links}
    right = {j for _, j in links}
    return {
        i: {
            j: value - least
            for j, value in row.items()
            if j not in right and measure[i][j] >= least
        }
        for i, row in placed.items()
        if i not in left
    }


def _turned(pairs: Pairs) -> Pairs:
    found: Pairs = defaultdict(dict)
    for i, row in pairs.items():
        for j, value in row.items():
            found[j][i] = value
    return found


def _anchors(alike: Pairs) -> set[tuple[int, int]]:
    """Pairs that are more alike than either is like any other."""
    first: dict[int, tuple[float, int]] = {}
    second: dict[int, float] = defaultdict(float)
    for i, row in alike.items():
        for j, value in row.items():
            if value > first.get(j, (0.0, -1))[0]:
                second[j] = first.get(j, (0.0, -1))[0]
                first[j] = (value, i)
            elif value > second[j]:
                second[j] = value
    found = set()
    for i, row in alike.items():
        if not row:
            continue
        best = max(row, key=lambda j: row[j])
        value = row[best]
        next_best = max((v for j, v in row.items() if j != best), default=0.0)
        if (
            value >= 0.5
            and value - next_best >= 0.1
            and first[best][1] == i
            and value - second[best] >= 0.1
        ):
            found.add((i, best))
    return found


def _with_place(
    ours: list[_Artikel],
    theirs: list[_Artikel],
    alike: Pairs,
    anchors: set[tuple[int, int]],
    counts: float,
) -> Pairs:
    """Add to how much alike a pair is what its number, title and neighbours say."""
    to = dict(anchors)
    same = sum(ours[i].number == theirs[j].number for i, j in anchors)
    trust = (same + 1) / (len(anchors) + 2)
    before = _nearest(range(len(ours)), to)
    after = _nearest(range(len(ours) - 1, -1, -1), to)
    found: Pairs = {}
    for i, row in alike.items():
        found[i] = {}
        for j, value in row.items():
            if (i, j) in anchors:
                found[i][j] = value + 0.2
                continue
            bonus = counts * SAME_NUMBER * trust * (ours[i].number == theirs[j].number)
            for nearest, sign in ((before[i], 1), (after[i], -1)):
                if nearest is None:
                    bonus += counts * 0.02
                    continue
                gap = abs(i - nearest)
                way = (j - to[nearest]) * sign
                if way > 0:
                    bonus += counts * SAME_PLACE / (1 + abs(way - gap))
            found[i][j] = value + bonus
    return found


def _nearest(order: Iterable[int], to: dict[int, int]) -> dict[int, int | None]:
    last: int | None = None
    found: dict[int, int | None] = {}
    for i in order:
        found[i] = last
        if i in to:
            last = i
    return found


def _assign(pairs: Pairs) -> set[tuple[int, int]]:
    """The pairs, each artikel in at most one, that are together most alike (an auction)."""
    price: dict[int, float] = defaultdict(float)
    owner: dict[int, int] = {}
    waiting = sorted(pairs, reverse=True)
    step = 0.002
    while waiting:
        i = waiting.pop()
        best, value, second = -1, 0.0, 0.0
        for j, worth in pairs[i].items():
            net = worth - price[j]
            if net > value:
                best, value, second = j, net, value
            elif net > second:
                second = net
        if best < 0:
            continue
        price[best] += value - second + step
        if best in owner:
            waiting.append(owner[best])
        owner[best] = i
    return {(i, j) for j, i in owner.items()}


def _divided(
    ours: list[_Artikel],
    theirs: list[_Artikel],
    links: set[tuple[int, int]],
    alike: Pairs,
    weights: dict[str, float],
    more: float,
) -> set[tuple[int, int]]:
    """Pairs of an artikel with one more counterpart, to which a part of it went."""
    taken = {j for _, j in links}
    free = {artikel.at for artikel in ours} - {i for i, _ in links}
    # No part of one artikel is what is more like another as a whole: a twin of that.
    own: dict[int, float] = defaultdict(float)
    for i, row in alike.items():
        for j, value in row.items():
            own[j] = max(own[j], value if i in free else min(1.0, value))
    rest: dict[int, Counter[str]] = {}
    counterpart = dict(links)
    for artikel in ours:
        left_over = Counter(artikel.features)
        if artikel.at in counterpart:
            left_over -= theirs[counterpart[artikel.at]].features
        rest[artikel.at] = left_over
    index: dict[str, list[int]] = defaultdict(list)
    for i, left_over in rest.items():
        for name in left_over:
            index[name].append(i)
    options = []
    for artikel in theirs:
        if artikel.at in taken or artikel.empty or not artikel.weight:
            continue
        rough: dict[int, float] = defaultdict(float)
        for name in artikel.features:
            for i in index.get(name, ()):
                rough[i] += weights[name]
        for i in sorted(rough, key=lambda i: -rough[i])[:4]:
            part = _shared(artikel.features, rest[i], weights) / artikel.weight
            options.append((part, i, artikel.at))
    found: set[tuple[int, int]] = set()
    for _, i, j in sorted(options, reverse=True):
        if j in taken:
            continue
        part = _shared(theirs[j].features, rest[i], weights) / theirs[j].weight
        beside = i in counterpart and abs(counterpart[i] - j) == 1
        least = (COVERED_BESIDE if beside else COVERED) + more
        if part >= max(least, own[j]) and i in counterpart:
            found.add((i, j))
            taken.add(j)
            rest[i] = rest[i] - theirs[j].features
    return found


# Kinds


def _partners(
    ours: list[_Artikel],
    theirs: list[_Artikel],
    our_groups: list[Node],
    their_groups: list[Node],
    links: set[tuple[int, int]],
) -> tuple[dict[int, int], dict[int, int]]:
    """Which hoofdstuk, afdeling or paragraaf is which, from both sides."""
    shared: Counter[tuple[int, int]] = Counter()
    for i, j in links:
        shared.update((g, h) for g in ours[i].groups for h in theirs[j].groups)
    size = Counter(g for artikel in ours for g in artikel.groups)
    their_size = Counter(h for artikel in theirs for h in artikel.groups)
    options = []
    for g, mine in enumerate(our_groups):
        for h, yours in enumerate(their_groups):
            both = 2 * shared[g, h] / (size[g] + their_size[h])
            title = w.letters(w.tokens(mine.title))
            same_title = bool(title) and title == w.letters(w.tokens(yours.title))
            number = w.plain_number(mine.number)
            same_number = bool(number) and number == w.plain_number(yours.number)
            if both or same_title:
                score = both + 0.6 * same_title + 0.1 * same_number
                score += 0.3 * (mine.soort is yours.soort)
                options.append((score, g, h))
    there: dict[int, int] = {}
    back: dict[int, int] = {}
    for _, g, h in sorted(options, key=lambda o: (-o[0], o[1] + o[2])):
        if g not in there and h not in back:
            there[g], back[h] = h, g
    return there, back


def _stays(
    mine: _Artikel, yours: _Artikel, partners: tuple[dict[int, int], dict[int, int]]
) -> bool:
    there, back = partners
    return all(there[g] in yours.groups for g in mine.groups if g in there) and all(
        back[h] in mine.groups for h in yours.groups if h in back
    )


def _kinds(
    mine: list[_Artikel],
    yours: list[_Artikel],
    partners: tuple[dict[int, int], dict[int, int]],
) -> frozenset[str]:
    if not yours:
        return frozenset({VERVALLEN})
    if not mine:
        return frozenset({TOEGEVOEGD})
    kinds = set()
    if len(mine) > 1:
        kinds.add(SAMENGEVOEGD)
    if len(yours) > 1:
        kinds.add(GESPLITST)
    numbers = {a.number for a in mine}, {a.number for a in yours}
    if all(numbers[0]) and all(numbers[1]) and not numbers[0] & numbers[1]:
        kinds.add(HERNUMMERD)
    if not any(_stays(a, b, partners) for a in mine for b in yours):
        kinds.add(VERPLAATST)
    if len(mine) == len(yours) == 1:
        (one,), (other,) = mine, yours
        if one.lapsed != other.lapsed:
            kinds.add(VERVALLEN if other.lapsed else TOEGEVOEGD)
        if one.key != other.key and not (one.empty and other.empty):
            kinds.add(GEWIJZIGD)
    elif sum((Counter(a.body) for a in mine), Counter()) != sum(
        (Counter(b.body) for b in yours), Counter()
    ):
        kinds.add(GEWIJZIGD)
    return frozenset(kinds or {GELIJK})


def _components(
    ours: int, theirs: int, links: set[tuple[int, int]]
) -> list[tuple[list[int], list[int]]]:
    """What hangs together by links, and what hangs on nothing, in reading order."""
    to: dict[int, list[int]] = defaultdict(list)
    back: dict[int, list[int]] = defaultdict(list)
    for i, j in sorted(links):
        to[i].append(j)
        back[j].append(i)
    seen_left: set[int] = set()
    seen_right: set[int] = set()
    found: list[tuple[list[int], list[int]]] = []
    for start in range(ours):
        if start in seen_left:
            continue
        mine, yours, todo = {start}, set(), [start]
        while todo:
            for j in to[todo.pop()]:
                if j not in yours:
                    yours.add(j)
                    new = set(back[j]) - mine
                    mine |= new
                    todo += new
        seen_left |= mine
        seen_right |= yours
        found.append((sorted(mine), sorted(yours)))
    place = {j: at for at, (_, yours) in enumerate(found) for j in yours}
    after: dict[int, list[int]] = defaultdict(list)
    last = -1
    for j in range(theirs):
        if j in place:
            last = place[j]
        else:
            after[last].append(j)
    ordered: list[tuple[list[int], list[int]]] = []
    for at in range(-1, len(found)):
        if at >= 0:
            ordered.append(found[at])
        ordered += [([], [j]) for j in after[at]]
    return ordered
