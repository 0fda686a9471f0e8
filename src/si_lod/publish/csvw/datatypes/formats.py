"""Formats: how a table writes its texts, booleans, dates and times (Model §6.4.3 to §6.4.6).

Each reader turns a string of the table into a lexical form of the datatype, or raises ValueError. What cannot be
a format raises ValueError when the reader is made, and says why.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from typing import Final

from si_lod.misreadings import no_expression
from si_lod.sentences import told

Reader = Callable[[str], str]

DATE: Final = (
    r"yyyy-MM-dd|yyyyMMdd|(?:dd(?P<a>[-/.])MM(?P=a)|d(?P<b>[-/.])M(?P=b)"
    r"|MM(?P<c>[-/.])dd(?P=c)|M(?P<d>[-/.])d(?P=d))yyyy"
)
TIME: Final = r"HH:mm(?::ss(?:\.S+)?)?|HHmm(?:ss)?"
ZONE: Final = r" ?(?:X{1,3}|x{1,3})"
SHAPES: Final = {
    "date": rf"(?:{DATE})(?:{ZONE})?",
    "time": rf"(?:{TIME})(?:{ZONE})?",
    "dateTime": rf"(?:{DATE})[T ](?:{TIME})(?:{ZONE})?",
    "dateTimeStamp": rf"(?:{DATE})[T ](?:{TIME})(?:{ZONE})",
}
FIELD: Final = re.compile(r"yyyy|MM?|dd?|HH|mm|ss|\.S+|X+|x+|.")
FIELDS: Final = {
    "yyyy": r"(?P<year>-?[0-9]{4,})",
    "MM": r"(?P<month>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "dd": r"(?P<day>[0-9]{2})",
    "d": r"(?P<day>[0-9]{1,2})",
    "HH": r"(?P<hour>[0-9]{2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2})",
    "X": r"(?P<zone>Z|[+-][0-9]{2}(?:[0-9]{2})?)",
    "XX": r"(?P<zone>Z|[+-][0-9]{4})",
    "XXX": r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})",
    "x": r"(?P<zone>[+-][0-9]{2}(?:[0-9]{2})?)",
    "xx": r"(?P<zone>[+-][0-9]{4})",
    "xxx": r"(?P<zone>[+-][0-9]{2}:[0-9]{2})",
}


def pattern_reader(pattern: str) -> Reader:
    """Return the reader of strings that match a regular expression as a whole (Model §6.4.5, §6.4.6).

    The standard's expressions are those of ECMAScript, where the classes of digits and letters mean ASCII.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            matches = re.compile(pattern, re.ASCII).fullmatch
        except (re.error, FutureWarning, OverflowError) as error:
            raise ValueError(
                told("expected a regular expression, found a fault in it: {error}", error=no_expression(error))
            ) from error

    def read(text: str) -> str:
        if not matches(text):
            raise ValueError(text)
        return text

    return read


def boolean_reader(form: str) -> Reader:
    """Return the reader of booleans written as the two sides of ``Y|N`` (Model §6.4.3)."""
    yes, _, no = form.partition("|")
    if not yes or not no or yes == no or "|" in no:
        raise ValueError(told('expected two different texts with a bar between them, as "Y|N"'))
    words = {yes: "true", no: "false"}

    def read(text: str) -> str:
        if text not in words:
            raise ValueError(text)
        return words[text]

    return read


def moment_reader(form: str, datatype: str) -> Reader:
    """Return the reader of dates or times in one of the formats of Model §6.4.4."""
    shape = SHAPES[datatype]
    if not re.fullmatch(shape, form):
        raise ValueError(
            told(
                'expected a {datatype} format of CSVW, such as "{example}"',
                datatype=datatype,
                example=_example(datatype),
            )
        )
    pattern = re.compile("".join(map(_expression, FIELD.findall(form))))

    def read(text: str) -> str:
        match = pattern.fullmatch(text)
        if not match:
            raise ValueError(text)
        return _assembled(match.groupdict(""))

    return read


def _expression(field: str) -> str:
    if field.startswith(".S"):
        return rf"(?P<fraction>\.[0-9]{{1,{len(field) - 1}}})?"
    return FIELDS.get(field) or re.escape(field)


def _assembled(part: dict[str, str]) -> str:
    date = f"{part['year']}-{part['month']:0>2}-{part['day']:0>2}" if "year" in part else ""
    clock = ""
    if "hour" in part:
        clock = f"{part['hour']}:{part['minute']}:{part.get('second') or '00'}{part.get('fraction', '')}"
    zone = part.get("zone", "")
    if zone and zone != "Z":
        digits = zone[1:].replace(":", "")
        zone = f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"
    return "T".join(filter(None, (date, clock))) + zone


def _example(datatype: str) -> str:
    return {"date": "dd-MM-yyyy", "time": "HH:mm"}.get(datatype, "yyyy-MM-ddTHH:mm:ssXXX")
