"""Dates that clients send (RFC 9110 §5.6.7), of which they may write any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.http import parse_date

if TYPE_CHECKING:
    from datetime import datetime


def date_of(text: str) -> datetime | None:
    """Return the date that the text tells, or None if it tells none, or one of a year that no calendar has."""
    try:
        return parse_date(text)
    except OverflowError:
        return None
