"""What 'Maak er kennis van' proposes: a question, an answer, groups and themes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from knowledge.models import Aandachtsgroep, Thema
from search.analysis import terms
from search.analysis.bag import every_form

from .models import Bericht, Vraag

TITLE_LENGTH = 200
SUMMARY_WORDS = 60
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
_GREETING = re.compile(
    r"\A(?:hallo|hoi|beste|geachte|dag|goede(?:morgen|middag|navond|ndag))"
    r"(?:\s+[^\s,.!?]+){0,4}(?:[,!]\s*|\Z)",
    re.I,
)


def answers_of(vraag: Vraag) -> list[Bericht]:
    """The answers of a thread, oldest first."""
    return list(
        vraag.berichten.filter(soort=Bericht.Soort.ANTWOORD).prefetch_related("bronnen")
    )


def proposal(vraag: Vraag, answers: Sequence[Bericht]) -> dict[str, Any]:
    """The fields of the form, from the question and the answers that somebody chose."""
    asked = vraag.berichten.filter(soort=Bericht.Soort.VRAAG).first()
    question = asked.text if asked else vraag.titel
    text = "\n\n".join(_without_sources(answer) for answer in answers)
    return {
        "title": question_in(question),
        "kort_antwoord": summary_of(text),
        "text": text,
        "doelgroepen": _proposed(
            vraag.doelgroepen.all(), Aandachtsgroep.objects.all(), question, text
        ),
        "themas": _proposed(vraag.themas.all(), Thema.objects.all(), question, text),
    }


def question_in(text: str) -> str:
    """The first sentence that asks, else the first one as a question; never cut in a word."""
    sentences = [s for s in map(_plain, _SENTENCE_END.split(text)) if s]
    asking = [s for s in sentences if s.endswith("?")]
    chosen = next(iter([s for s in asking if len(s) >= 15] or asking or sentences), "")
    chosen = chosen.rstrip(" .!?…;:,")
    if len(chosen) >= TITLE_LENGTH:
        chosen = chosen[: TITLE_LENGTH - 1]
        chosen = (chosen.rpartition(" ")[0] or chosen).rstrip(" .;:,")
    return f"{chosen[:1].upper()}{chosen[1:]}?" if chosen else ""


def summary_of(text: str) -> str:
    """The first whole sentences, together at most SUMMARY_WORDS words."""
    words: list[str] = []
    for sentence in map(_plain, _SENTENCE_END.split(text)):
        more = sentence.split()
        if words and len(words) + len(more) > SUMMARY_WORDS:
            break
        words += more
    return " ".join(words[:SUMMARY_WORDS])


def _plain(sentence: str) -> str:
    return _GREETING.sub("", " ".join(sentence.split()))


def _without_sources(answer: Bericht) -> str:
    """The text without its greeting and without the lines of its sources, which the page
    lists itself."""
    printed = {f"Bron: [{ref.tekst}]({ref.url})" for ref in answer.bronnen.all()}
    kept = [line for line in answer.text.splitlines() if line.strip() not in printed]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return re.sub(r"\A[^\n]*", lambda first: _GREETING.sub("", first[0]), text).lstrip()


def _proposed(
    known: Iterable[Any], rows: Iterable[Any], question: str, answer: str
) -> list[Any]:
    """What the question has, with what its words name; else what the answer names."""
    found = {row.pk: row for row in [*known, *_named(question, rows)]}
    return list(found.values()) or _named(answer, rows)


def _named(text: str, rows: Iterable[Any]) -> list[Any]:
    stems = every_form(text)
    found = []
    for row in rows:
        names = [row.naam, getattr(row, "kort", ""), *row.andere_woorden]
        needed = [{t.stem for t in terms(name) if not t.is_stop} for name in names]
        if any(stem_set and stem_set <= stems for stem_set in needed):
            found.append(row)
    return found
