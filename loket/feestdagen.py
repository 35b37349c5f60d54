"""Dutch public holidays, as a proposal for the editable table Sluitingsdag."""

import datetime

import holidays

# Which days are off is policy, so data: an operator changes Sluitingsdag, not this list.
OFF = {
    "Nieuwjaarsdag": True,
    "Goede Vrijdag": False,
    "Tweede Paasdag": True,
    "Koningsdag": True,
    "Bevrijdingsdag": True,
    "Hemelvaartsdag": True,
    "Tweede Pinksterdag": True,
    "Eerste Kerstdag": True,
    "Tweede Kerstdag": True,
}


def holidays_of(year: int) -> dict[datetime.date, str]:
    """All holidays of a year that an office may close for, with their Dutch names.

    Bevrijdingsdag counts in lustrum years only; Koningsdag moves to 26 April when the
    27th is a Sunday.
    """
    calendar = holidays.country_holidays(
        "NL", years=year, language="nl", categories=("public", "optional")
    )
    found: dict[datetime.date, str] = {}
    for day, names in calendar.items():
        for name in names.split("; "):
            wanted = next(
                (known for known in OFF if known.lower() == name.strip().lower()), None
            )
            if wanted == "Bevrijdingsdag" and year % 5:
                continue
            if wanted:
                found[day] = wanted
    return found


def default_closed(
    years: range, *, good_friday_off: bool = False
) -> dict[datetime.date, str]:
    """Days off by default over some years."""
    return {
        day: name
        for year in years
        for day, name in holidays_of(year).items()
        if OFF[name] or (good_friday_off and name == "Goede Vrijdag")
    }
