"""What was asked, without who asked: counts per day, query and filters.

A query with anything that may point to a person is not counted at all. Sources are told
apart by a hash of their network with a secret of that day; secret and hashes go when the
day is over, so nobody can be followed from one day to the next. That also means that the
same person on three days looks like three: a query is therefore shown only when it had
SOURCES different sources on one and the same day.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Case, F, IntegerField, Max, Sum, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from core import ratelimit
from core.models import User
from core.person import person_of

from . import lexicon, resources, steering
from .analysis import fold
from .documents import SearchQuery, SearchResults
from .models import ApprovedQuery, DailySalt, QueryCount, QuerySource

SOURCES = 3
KEEP = datetime.timedelta(days=396)
MAX_LENGTH = 150
SALT = "search.querylog"
MAX_RANK = 300

_BOTS = re.compile(
    r"bot|crawl|spider|slurp|curl|wget|python|java/|go-http|headless|monitor|preview|scan",
    re.I,
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_MANY_DIGITS = re.compile(r"\d(?:[\s.,()/+-]{0,2}\d){4}")
_ADDRESS = re.compile(r"@|://|\bwww\.|\b[1-9]\d{3}\s?[A-Z]{2}\b|\b[1-9]\d{3}[a-z]{2}\b")
_INITIALS = re.compile(r"\b(?:[A-Z]\.\s?)+(?:(?:van|de|der|den|ten|ter)\s)*[A-Z]\w")
_TITLED = re.compile(
    r"\b(?:de heer|dhr|mevrouw|mevr|mw|meneer|juffrouw|familie|fam|mijn naam is|ik heet"
    r"|genaamd|geboren op|bsn)\b\.?\s+\w",
    re.I,
)
_CAPITAL = re.compile(r"[A-Z][\w'’-]+")
_PREFIXES = frozenset(["van", "de", "der", "den", "ten", "ter", "el", "al", "ben"])


# -- what may be counted ---------------------------------------------------------


@cache
def _names() -> frozenset[str]:
    return frozenset(row[0] for row in lexicon.rows("namen.txt"))


def countable(text: str) -> str:
    """The query in the form in which it is counted; '' when it must not be kept.

    In the dark it is left out: an address, a long number, a name of a person, or a text
    too long to be a query.
    """
    text = " ".join(text.split())
    if (
        not 1 < len(text) <= MAX_LENGTH
        or _MANY_DIGITS.search(_YEARS.sub(" ", text))
        or _ADDRESS.search(text)
        or _INITIALS.search(text)
        or _TITLED.search(text)
        or _names_somebody(text)
    ):
        return ""
    return " ".join(re.findall(r"[\w:/.-]*\w", fold(text)))[:MAX_LENGTH]


def _names_somebody(text: str) -> bool:
    """Whether it has a name that the public pages do not have, or a name in full.

    A first name with an unknown or capital word behind it is a name; so are two capital
    words of which the index and the dictionary know none.
    """
    known = resources.vocabulary().words
    words = re.findall(r"[\w'’]+", text)
    folded = [fold(word) for word in words]
    for place, word in enumerate(folded):
        rest = [
            number
            for number in range(place + 1, len(folded))
            if folded[number] not in _PREFIXES
        ]
        after = rest[0] if rest else None
        if word in _names():
            if word not in known:
                return True
            if after is not None and folded[after] not in known:
                return True
        if (
            after is not None
            and _CAPITAL.fullmatch(words[place])
            and _CAPITAL.fullmatch(words[after])
            and not any(
                folded[n] in known or folded[n] in lexicon.frequencies()
                for n in (place, after)
            )
        ):
            return True
    return False


def _is_counted(request: HttpRequest) -> bool:
    """A person of outside who looks at a page: no staff, machine or preloading browser."""
    agent = request.headers.get("User-Agent", "")
    return (
        request.method == "GET"
        and bool(agent)
        and not _BOTS.search(agent)
        and "Sec-Purpose" not in request.headers
        and not person_of(request).is_staff_member
    )


# -- counting ----------------------------------------------------------------------


def note(request: HttpRequest, query: SearchQuery, results: SearchResults) -> str:
    """Have a search counted, after the answer; returns what a click on a hit sends back.

    '' when nothing may be kept. A next page or another order is no new search.
    """
    text = countable(query.text) if _is_counted(request) else ""
    if not text:
        return ""
    day = timezone.localdate()
    filters = filters_of(query)
    first = query.page == 1 and query.sort == "relevantie"
    if first and ratelimit.hit("querylog-network", ratelimit.client_ip(request)):
        from .tasks import count_query

        try:
            count_query.apply_async(
                kwargs={
                    "day": day.isoformat(),
                    "text": text,
                    "filters": filters,
                    "source": source_of(_address(request), day),
                    "results": results.total,
                    "unsure": bool(results.total) and not results.confident,
                },
                retry=False,
            )
        except OperationalError:
            # A count is worth less than an answer: without a broker it is lost.
            return ""
    return signing.dumps([day.isoformat(), text, filters], salt=SALT, compress=True)


def _address(request: HttpRequest) -> str:
    """The address of a source; of IPv6 the network, since a device has many of its own."""
    address = ratelimit.client_ip(request)
    return ratelimit.network_of(request) if ":" in address else address


def filters_of(query: SearchQuery) -> str:
    return " ".join(
        f"{name}={value}"
        for name in sorted(query.filters)
        for value in sorted(query.filters[name])
    )[:200]


_salts: dict[datetime.date, bytes] = {}


def source_of(network: str, day: datetime.date) -> str:
    """A network as a hash that is worth nothing tomorrow."""
    salt = _salts.get(day)
    if salt is None:
        row, made = DailySalt.objects.get_or_create(
            day=day, defaults={"salt": secrets.token_bytes(32)}
        )
        if made:
            forget_sources(day)
        salt = bytes(row.salt)
        _salts.clear()
        _salts[day] = salt
    return hmac.new(salt, network.encode(), hashlib.sha256).hexdigest()[:32]


@transaction.atomic
def count(
    *,
    day: datetime.date,
    text: str,
    filters: str,
    source: str,
    results: int,
    unsure: bool,
) -> None:
    """Add one search to its row."""
    row, _made = QueryCount.objects.get_or_create(day=day, text=text, filters=filters)
    try:
        with transaction.atomic():
            QuerySource.objects.create(count=row, source=source)
        new = 1
    except IntegrityError:
        new = 0
    QueryCount.objects.filter(pk=row.pk).update(
        asked=F("asked") + 1,
        sources=F("sources") + new,
        results=results,
        zero=F("zero") + int(not results),
        unsure=F("unsure") + int(unsure),
    )


def count_click(*, token: str, rank: int) -> bool:
    """Add one opened hit to its search; False for a token that is not ours or too old."""
    try:
        day, text, filters = signing.loads(token, salt=SALT, max_age=86400)
    except signing.BadSignature:
        return False
    if not 1 <= rank <= MAX_RANK:
        return False
    return bool(
        QueryCount.objects.filter(day=day, text=text, filters=filters).update(
            clicks=F("clicks") + 1, rank_sum=F("rank_sum") + rank
        )
    )


def forget_sources(today: datetime.date) -> None:
    """Destroy the secrets and hashes of the days before."""
    for day in [day for day in _salts if day < today]:
        del _salts[day]
    DailySalt.objects.filter(day__lt=today).delete()
    QuerySource.objects.filter(count__day__lt=today).delete()


@transaction.atomic
def clean_up(today: datetime.date | None = None) -> int:
    """Destroy what the past days must not leave behind; returns the old counts removed."""
    today = today or timezone.localdate()
    forget_sources(today)
    return QueryCount.objects.filter(day__lt=today - KEEP).delete()[0]


# -- reading -----------------------------------------------------------------------

LISTS = ("vaak", "niets", "onzeker", "geen-klik")


@dataclass(frozen=True)
class Asked:
    """A query that enough sources asked, over a period."""

    text: str
    asked: int
    zero: int
    unsure: int
    clicks: int
    results: int
    mean_rank: float | None
    approved: bool = False


def _shown(since: datetime.date) -> Any:
    """Sums per query since a day, of queries that had enough sources on one day.

    Sources are added up over the filters of a day, at most as many as there were: the
    same source with two filters counts in two rows, so only the highest row counts.
    """
    return (
        QueryCount.objects.filter(day__gte=since)
        .values("text")
        .annotate(
            n=Sum("asked"),
            none=Sum("zero"),
            doubt=Sum("unsure"),
            opened=Sum("clicks"),
            ranks=Sum("rank_sum"),
            most=Max("sources"),
            found=Max(
                Case(
                    When(filters="", then=F("results")),
                    default=0,
                    output_field=IntegerField(),
                )
            ),
        )
        .filter(most__gte=SOURCES)
    )


def asked(
    which: str, *, days: int = 30, start: int = 0, limit: int = 50
) -> list[Asked]:
    """Queries for editors: asked often, without results, in doubt, or never opened."""
    rows: Any = _shown(timezone.localdate() - datetime.timedelta(days=days))
    if which == "niets":
        rows = rows.filter(none__gt=0).order_by("-none", "text")
    elif which == "onzeker":
        rows = rows.filter(doubt__gt=0).order_by("-doubt", "text")
    elif which == "geen-klik":
        rows = rows.filter(opened=0, none=0).order_by("-n", "text")
    else:
        rows = rows.order_by("-n", "text")
    page = list(rows[start : start + limit])
    approved = set(
        ApprovedQuery.objects.filter(text__in=[r["text"] for r in page]).values_list(
            "text", flat=True
        )
    )
    return [
        Asked(
            row["text"],
            row["n"],
            row["none"],
            row["doubt"],
            row["opened"],
            row["found"],
            row["ranks"] / row["opened"] if row["opened"] else None,
            row["text"] in approved,
        )
        for row in page
    ]


@dataclass(frozen=True)
class Totals:
    """All searches of a period, those too rare to show included."""

    asked: int
    zero: int
    unsure: int
    shown: int


def totals(days: int = 30) -> Totals:
    since = timezone.localdate() - datetime.timedelta(days=days)
    sums = QueryCount.objects.filter(day__gte=since).aggregate(
        n=Sum("asked", default=0),
        none=Sum("zero", default=0),
        doubt=Sum("unsure", default=0),
    )
    shown = sum(row["n"] for row in _shown(since))
    return Totals(sums["n"], sums["none"], sums["doubt"], shown)


def is_shown(text: str) -> bool:
    """Whether enough sources asked this on one day."""
    return QueryCount.objects.filter(text=text, sources__gte=SOURCES).exists()


def approve(*, actor: User, text: str) -> ApprovedQuery:
    """Let the search box suggest a query that many asked.

    Raises PermissionDenied, or ValidationError for one that too few asked.
    """
    if steering.may_steer(actor) and not is_shown(text):
        raise ValidationError(_("Te weinig mensen stelden deze zoekvraag."))
    row = ApprovedQuery.objects.filter(text=text).first() or ApprovedQuery(text=text)
    row.active = True
    steering.save(actor=actor, row=row)
    return row
