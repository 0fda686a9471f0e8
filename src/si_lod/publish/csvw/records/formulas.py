"""Formulas: cells that a spreadsheet would run instead of show when somebody opens the table in it."""

from __future__ import annotations

import re
from typing import Final

RUN: Final = frozenset("=@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH COMMERCIAL AT}")
SIGNS: Final = frozenset("+-\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}")
STARTS: Final = RUN | SIGNS | frozenset("\t\r\n \N{NO-BREAK SPACE}")
"""What such a cell can begin with, to tell at a glance those that cannot be one."""
CALL: Final = re.compile(r"(?<!\w)[^\W\d]\w*\s*\(")


def is_formula(text: str) -> bool:
    """Return whether a spreadsheet may run this cell.

    That is what begins with ``=`` or ``@``, also in full width or after white space, and whatever begins with a tab
    or a carriage return. What begins with ``+`` or ``-`` can be a telephone number, a temperature or a dash in a list;
    it is a formula where it calls a function or starts another program (``|``), since it can do nothing without.

    >>> is_formula("=1+1"), is_formula("-2+cmd|' /C calc'!A0"), is_formula('+HYPERLINK("...")')
    (True, True, True)
    >>> is_formula("+31 (0)6 1234 5678"), is_formula("-12 in winter"), is_formula("- none")
    (False, False, False)
    """
    shown = text.strip()
    if text[:1] in {"\t", "\r"} or shown[:1] in RUN:
        return True
    return shown[:1] in SIGNS and ("|" in shown or bool(CALL.search(shown)))
