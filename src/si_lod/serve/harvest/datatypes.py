"""What others call the datatypes of CSVW, and how values are written that XSD writes otherwise (CSVW Model §6.4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.serve.harvest.columns import Column


class Kind(NamedTuple):
    """A datatype: ``field`` is its name in Table Schema, ``data_type`` that in Croissant."""

    field: str
    data_type: str


_TEXT: Final = Kind("string", "sc:Text")
_WHOLE_NUMBERS: Final = (
    *("integer", "int", "long", "short", "byte"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte"),
)
_KINDS: Final = {
    **dict.fromkeys(("decimal", "double", "float", "number"), Kind("number", "sc:Float")),
    **dict.fromkeys(_WHOLE_NUMBERS, Kind("integer", "sc:Integer")),
    **dict.fromkeys(("dateTime", "datetime", "dateTimeStamp"), Kind("datetime", "sc:DateTime")),
    "boolean": Kind("boolean", "sc:Boolean"),
    "date": Kind("date", "sc:Date"),
    "time": Kind("time", "sc:Text"),
    "gYear": Kind("year", "sc:Text"),
    "gYearMonth": Kind("yearmonth", "sc:Text"),
    "duration": Kind("duration", "sc:Text"),
    "anyURI": Kind("string", "sc:URL"),
}
_MOMENTS: Final = frozenset({"date", "time", "datetime"})
_PARTS: Final = re.compile(r"yyyy|MM?|dd?|HH|mm|ss|\.S+| ?X+| ?x+|.")
_PLAIN: Final = {"yyyy": "%Y", "M": "%m", "MM": "%m", "d": "%d", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
_ANY: Final = "any"


def kind(column: Column) -> Kind:
    """Return what others call the datatype of a column; a cell with several values is text to them."""
    return _TEXT if column.several else _KINDS.get(column.base, _TEXT)


def data_type(column: Column) -> str:
    """Return the datatype in Croissant, which knows no way to say how numbers and truth are written: text then."""
    found = kind(column)
    is_plain = found.field in _MOMENTS or not _writing(column)
    return found.data_type if is_plain else _TEXT.data_type


def moment(column: Column) -> str:
    """Return the pattern of a column's days or times (Python's ``strptime``); empty if they are written as XSD does.

    "any" stands for what has no such pattern: parts of a second, or an offset, that may be left out.
    """
    told = column.datatype.get("format")
    if kind(column).field not in _MOMENTS:
        return ""
    if not isinstance(told, str):
        return _ANY if kind(column).field == "datetime" else ""
    parts: list[str] = re.findall(_PARTS, told)
    if any(len(part) > 1 and part not in _PLAIN for part in parts):
        return _ANY
    return "".join(_PLAIN.get(part, part) for part in parts)


def written(column: Column) -> Iterator[tuple[str, Any]]:
    """Yield what Table Schema has to be told of how values are written (Table Schema 1, "Types and Formats")."""
    if pattern := moment(column):
        yield "format", pattern
    yield from _writing(column).items()


def _writing(column: Column) -> dict[str, Any]:
    told = column.datatype.get("format")
    match kind(column).field, told:
        case "boolean", str():
            yes, _, no = told.partition("|")
            return {"trueValues": [yes], "falseValues": [no]}
        case "number" | "integer", str() | dict():
            return _numeral({"pattern": told} if isinstance(told, str) else told)
    return {}


def _numeral(told: dict[str, Any]) -> dict[str, Any]:
    """Return how numbers are written; a comma parts groups unless something else does (CSVW Model §6.4.2)."""
    point, group, pattern = told.get("decimalChar", "."), told.get("groupChar"), str(told.get("pattern", ""))
    group = group or ("," if "," in pattern else None)
    found = {"decimalChar": point if point != "." else None, "groupChar": group if group != point else None}
    if "%" in pattern or "‰" in pattern:
        found["bareNumber"] = False
    return {name: value for name, value in found.items() if value is not None}
