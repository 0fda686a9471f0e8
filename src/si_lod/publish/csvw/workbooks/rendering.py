"""Rendering: what a workbook's cell holds becomes the text that the table's CSV file would have there."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from si_lod.publish.csvw.datatypes.datatype import Datatype


def rendered(found: object, datatype: Datatype) -> str:
    """Return the text of a cell in a column of this datatype: a string as it stands, any other value in its format.

    A date of a workbook may have a time of midnight; a column of dates takes the date of it, one of dates and times
    the midnight of a date.
    """
    if found is None:
        return ""
    if isinstance(found, str):
        return found
    return datatype.written(_lexical(found, datatype.base.name))


def _lexical(found: object, name: str) -> str:
    if isinstance(found, bool):
        return str(found).lower()
    if isinstance(found, int | float | Decimal):
        return _number(found)
    if isinstance(found, timedelta):
        clock = name == "time" and timedelta() <= found < timedelta(days=1)
        return (datetime.min.replace(tzinfo=UTC) + found).time().isoformat() if clock else _duration(found)
    return _moment(found, name) if isinstance(found, date | time) else str(found)


def _number(found: float | Decimal) -> str:
    # Fifteen digits are what a spreadsheet keeps of a number; the rest is noise of the binary form.
    number = format(Decimal(format(found, ".15g")), "f")
    return number.rstrip("0").rstrip(".") if "." in number else number


def _moment(found: date | time, name: str) -> str:
    if isinstance(found, datetime):
        if name in {"dateTime", "dateTimeStamp"} or found.time() != time():
            return found.isoformat()
        return found.date().isoformat()
    midnight = "T00:00:00" if isinstance(found, date) and name == "dateTime" else ""
    return found.isoformat() + midnight


def _duration(found: timedelta) -> str:
    seconds = Decimal(found.seconds) + Decimal(found.microseconds) / 1_000_000
    days = f"{found.days}D" if found.days else ""
    return f"P{days}T{seconds.normalize():f}S" if seconds or not days else f"P{days}"
