"""The service clock: working minutes, pauses, and when an answer is due.

Pure. Times are local wall-clock times without offset (Europe/Amsterdam); changes of
summer time fall on Sunday nights, outside working time.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from core.maanden import MAANDEN

MINUTES_PER_DAY = 480
MAX_DAYS = 3700

Period = tuple[datetime.datetime, datetime.datetime]
Hours = Mapping[int, tuple[datetime.time, datetime.time]]
OFFICE_HOURS: Hours = {
    weekday: (datetime.time(9), datetime.time(17)) for weekday in range(5)
}
_DAYS = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]


@dataclass(frozen=True)
class Kalender:
    """Opening hours by weekday (0 is Monday), half-open, without the closed days
    (date → name). Unless said otherwise Monday to Friday 09:00-17:00."""

    closed: Mapping[datetime.date, str] = field(default_factory=dict)
    hours: Hours = field(default_factory=lambda: dict(OFFICE_HOURS))

    def is_open_on(self, day: datetime.date) -> bool:
        return day.weekday() in self.hours and day not in self.closed

    @property
    def has_own_hours(self) -> bool:
        return dict(self.hours) != OFFICE_HOURS

    def windows(self, start: datetime.datetime) -> Iterator[Period]:
        """Working periods from ``start`` on, in order."""
        day = start.date()
        for _ in range(MAX_DAYS):
            if self.is_open_on(day):
                opens, closes = self.hours[day.weekday()]
                begin = max(start, datetime.datetime.combine(day, opens))
                end = datetime.datetime.combine(day, closes)
                if begin < end:
                    yield begin, end
            day += datetime.timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """The moment an answer is due and one Dutch sentence that explains it."""

    at: datetime.datetime
    sentence: str


def merge(pauses: Iterable[Period]) -> list[Period]:
    """Pauses in order; overlapping and touching ones joined, empty ones left out."""
    merged: list[Period] = []
    for start, end in sorted(p for p in pauses if p[0] < p[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _without(window: Period, pauses: list[Period]) -> Iterator[Period]:
    start, end = window
    for pause_start, pause_end in pauses:
        if pause_end <= start or pause_start >= end:
            continue
        if start < pause_start:
            yield start, pause_start
        start = max(start, pause_end)
        if start >= end:
            return
    if start < end:
        yield start, end


def due(
    start: datetime.datetime,
    minutes: int,
    pauses: Iterable[Period],
    kalender: Kalender,
    what: str = "Antwoord",
) -> Due:
    """When the last of ``minutes`` working minutes has passed.

    what: the first word of the sentence. start: local time. A question outside opening hours starts at the next opening.
    Raises ValueError for a negative number of minutes or an aware datetime.
    """
    if minutes < 0:
        raise ValueError("het aantal minuten kan niet negatief zijn")
    if start.tzinfo is not None:
        raise ValueError("geef een lokale tijd zonder tijdzone")
    held = merge(pauses)
    left = datetime.timedelta(minutes=minutes)
    for window in kalender.windows(start):
        for begin, end in _without(window, held):
            if left <= end - begin:
                at = begin + left
                return Due(at, _explain(start, at, minutes, held, kalender, what))
            left -= end - begin
    raise ValueError("de termijn ligt meer dan tien jaar vooruit")


def minutes_between(
    start: datetime.datetime,
    end: datetime.datetime,
    pauses: Iterable[Period],
    kalender: Kalender,
) -> int:
    """Working minutes from start to end without the pauses; 0 when end is earlier."""
    held, total = merge(pauses), datetime.timedelta()
    for window_start, window_end in kalender.windows(start):
        if window_start >= end:
            break
        for begin, stop in _without((window_start, min(window_end, end)), held):
            total += stop - begin
    return int(total.total_seconds() // 60)


def add_days(
    start: datetime.datetime, days: int, kalender: Kalender
) -> datetime.datetime:
    """The same time of day, this many open days after the day of ``start``."""
    day = start.date()
    for _ in range(MAX_DAYS):
        if days <= 0:
            return datetime.datetime.combine(day, start.time())
        day += datetime.timedelta(days=1)
        days -= kalender.is_open_on(day)
    raise ValueError("de termijn ligt meer dan tien jaar vooruit")


def moment(at: datetime.datetime) -> str:
    """``donderdag 26 november 2026 om 17.00 uur``."""
    return f"{_DAYS[at.weekday()]} {at.day} {MAANDEN[at.month - 1]} {at.year} om {at:%H.%M} uur"


def promise(minutes: int) -> str:
    """``5 werkdagen``, ``3 uur`` or ``90 minuten``."""
    if minutes and minutes % MINUTES_PER_DAY == 0:
        days = minutes // MINUTES_PER_DAY
        return f"{days} werkdag{'en' if days > 1 else ''}"
    if minutes and minutes % 60 == 0:
        return f"{minutes // 60} uur werktijd"
    return f"{minutes} minuten werktijd"


def hours_in_words(hours: Hours) -> str:
    """``maandag en dinsdag van 9.00 tot 13.00 uur``; days with the same hours joined."""
    groups: dict[tuple[datetime.time, datetime.time], list[str]] = {}
    for weekday in sorted(hours):
        groups.setdefault(hours[weekday], []).append(_DAYS[weekday])
    return " en ".join(
        f"{_joined_days(days)} van {_clock(opens)} tot {_clock(closes)} uur"
        for (opens, closes), days in groups.items()
    )


def _joined_days(days: list[str]) -> str:
    """``maandag tot en met vrijdag`` for three or more in a row."""
    first = _DAYS.index(days[0])
    if len(days) > 2 and days == _DAYS[first : first + len(days)]:
        return f"{days[0]} tot en met {days[-1]}"
    return _joined(days)


def _joined(words: list[str]) -> str:
    return " en ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _clock(at: datetime.time) -> str:
    return f"{at.hour}.{at.minute:02}"


def _explain(
    start: datetime.datetime,
    at: datetime.datetime,
    minutes: int,
    pauses: list[Period],
    kalender: Kalender,
    what: str,
) -> str:
    text = f"{what} uiterlijk {moment(at)}: {promise(minutes)} na {moment(start)}"
    if kalender.has_own_hours:
        text += f", waarbij het team werkt op {hours_in_words(kalender.hours)}"
    skipped = [
        name
        for day, name in sorted(kalender.closed.items())
        if start.date() <= day <= at.date() and day.weekday() in kalender.hours
    ]
    if skipped:
        text += f", zonder {_joined(skipped)}"
    held = sum(
        minutes_between(max(a, start), min(b, at), [], kalender)
        for a, b in pauses
        if b > start and a < at
    )
    if held:
        text += f"; de klok stond {promise(held)} stil"
    return text + "."
