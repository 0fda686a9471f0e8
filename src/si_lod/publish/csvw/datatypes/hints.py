"""Hints: what a spreadsheet has done to a value that is not what its column says, and what to do about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.faults import nearest
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.datatypes.builtins import Builtin

ERROR: Final = re.compile(r"#[A-Z0-9/]+[!?]?|Err:[0-9]+")
DAY: Final = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2,4}(?: .*)?")
SERIAL: Final = re.compile(r"[0-9]{5}(?:[.,][0-9]+)?")
SCIENTIFIC: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?[Ee][+-]?[0-9]+")
CHOICE: Final = re.compile(r"[\w-]+(?:\|[\w-]+)+")
TRUTHS: Final = frozenset({"true", "false", "waar", "onwaar", "yes", "no", "ja", "nee", "y", "n", "j", "x"})


def hint(base: Builtin, form: str, text: str) -> str:
    """Return a hint to follow the message that ``text`` is no value of this datatype in this form, or nothing."""
    if ERROR.fullmatch(text):
        return told("; this is an error of the spreadsheet: correct the formula")
    if base.family == "string" and CHOICE.fullmatch(form):
        near = nearest(text, form.split("|"))
        return told("; is {near} meant?", near=near) if near else ""
    if base.family == "number":
        return _of_number(form, text)
    if base.family == "moment":
        return _of_moment(form, text)
    if base.family == "boolean" and not form and text.lower() in TRUTHS:
        return told('; write true or false, or say the two texts in the format, as "{text}|..."', text=text)
    return ""


def _of_number(form: str, text: str) -> str:
    if not form and SCIENTIFIC.fullmatch(text):
        return told("; the spreadsheet has shortened the number: show all of its digits before saving")
    if not form and "," in text:
        return told("; write it with a decimal point, or say decimalChar and groupChar in the format")
    return ""


def _of_moment(form: str, text: str) -> str:
    if SERIAL.fullmatch(text):
        return told("; is it the number that the spreadsheet keeps of a date? show the cells as dates before saving")
    if not form and DAY.fullmatch(text):
        return told('; write it as year-month-day, or say how it is written in the format, as in "d-M-yyyy"')
    return ""
