"""Dates and times: whether they exist in the calendar, and which of two comes first (XSD 1.1 Part 2, Appendix E)."""

from __future__ import annotations

import calendar
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.datatypes.lexical import TEMPORAL, stored

if TYPE_CHECKING:
    from si_lod.publish.csvw.datatypes.lexical import Canonical

# A year that has the 29th of February, and a month that has a 31st, for values which do not say theirs.
LEAP_YEAR: Final = 1972
LONG_MONTH: Final = 12
DAY: Final = 86_400
ERA: Final = 400


def canonical_moment(name: str) -> Canonical:
    """Return the check of a datatype of dates or times, which gives the canonical form; ValueError if it is none."""
    pattern = re.compile(TEMPORAL[name])

    def check(text: str) -> str:
        match = pattern.fullmatch(text)
        if not match:
            raise ValueError(text)
        part = match.groupdict()
        if part.get("day"):
            year = int(part.get("year") or LEAP_YEAR)
            if int(part["day"]) > days_in(year, int(part.get("month") or LONG_MONTH)):
                raise ValueError(text)
        return stored(text, name) if ":" in text else text

    return check


def days_in(year: int, month: int) -> int:
    """Return the number of days of a month in the proleptic Gregorian calendar, whatever the year."""
    return calendar.monthrange(year % ERA + ERA, month)[1]


def seconds_of(name: str, text: str) -> Decimal:
    """Return a number that orders values of one datatype; without a time zone they count as UTC.

    >>> seconds_of("date", "2020-03-01") - seconds_of("date", "2020-02-28") == 2 * DAY
    True
    """
    match = re.fullmatch(TEMPORAL[name], text)
    part = {key: value for key, value in (match.groupdict() if match else {}).items() if value}
    year, month = int(part.get("year", LEAP_YEAR)), int(part.get("month", LONG_MONTH))
    clock = int(part.get("hour", part.get("midnight", 0))) * 3600 + int(part.get("minute", 0)) * 60
    seconds = clock + Decimal(part.get("second", 0)) - _offset(part.get("zone", "Z"))
    return _days(year, month if "month" in part else 1, int(part.get("day", 1))) * DAY + seconds


def _days(year: int, month: int, day: int) -> int:
    past = year - 1
    leaps = past // 4 - past // 100 + past // 400
    return past * 365 + leaps + sum(days_in(year, earlier) for earlier in range(1, month)) + day


def _offset(zone: str) -> int:
    if zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds
