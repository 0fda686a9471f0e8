"""Number formats: grouping and decimal characters, and patterns of Unicode's UAX 35 (Model §6.4.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from babel.numbers import parse_pattern

from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.datatypes.formats import Reader

SYMBOLS: Final = re.compile(
    r"(?P<sign>[+-]?)(?P<before>[%‰]?)(?P<whole>[#0,]+)(?:\.(?P<fraction>[#0,]*))?(?P<exponent>E[+]?#*0+)?(?P<after>[%‰]?)"
)
SHIFT: Final = {"%": -2, "‰": -3}
SPECIAL: Final = frozenset({"NaN", "INF", "-INF"})


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How numbers are written; an empty ``group`` means that digits are not grouped, no ``pattern`` any width."""

    pattern: str = ""
    decimal: str = "."
    group: str = ""

    @property
    def in_english(self) -> str:
        """Return the pattern with . and , for the two characters, and ? for what is neither."""
        swap = {self.decimal: ".", self.group: ","}
        return "".join(swap.get(sign, "?" if sign in ".," else sign) for sign in self.pattern)

    @property
    def grouped(self) -> NumberFormat:
        """Return the format with the group character that a pattern implies, when none is stated."""
        implied = "," in self.pattern and not self.group and self.decimal != ","
        return replace(self, group=",") if implied else self


def number_reader(form: NumberFormat, *, exact: bool) -> Reader:
    """Return the reader of numbers in this format; an exact datatype has no exponent and no special values.

    Raises ValueError for a pattern or a character that cannot be one.
    """
    if form.decimal == form.group or len(form.decimal) != 1 or len(form.group) > 1:
        raise ValueError(told("expected decimalChar and groupChar to be two different characters"))
    form = form.grouped
    expression = re.compile(_of_pattern(form) if form.pattern else _of_characters(form))

    def read(text: str) -> str:
        if not exact and text in SPECIAL:
            return text
        match = expression.fullmatch(text)
        if not match or (exact and match["exponent"]):
            raise ValueError(text)
        number = match["number"].replace(form.group, "") if form.group else match["number"]
        return _shifted(
            number.replace(form.decimal, ".") + (match["exponent"] or ""),
            SHIFT.get(text[-1], 0) or SHIFT.get(text[0], 0),
        )

    return read


def _shifted(number: str, places: int) -> str:
    if not places:
        return number
    sign, digits, exponent = Decimal(number).as_tuple()
    return format(Decimal((sign, digits, int(exponent) + places)), "f")


def _of_characters(form: NumberFormat) -> str:
    point, group = re.escape(form.decimal), re.escape(form.group)
    whole = f"[0-9]+(?:{group}[0-9]+)*" if group else "[0-9]+"
    return rf"(?P<number>[+-]?(?:{whole})(?:{point}[0-9]+)?)(?P<exponent>[Ee][+-]?[0-9]+)?[%‰]?"


def _of_pattern(form: NumberFormat) -> str:
    pattern = form.in_english
    part = SYMBOLS.fullmatch(pattern)
    if not part or not re.search("[#0]", pattern) or (part["before"] and part["after"]):
        raise ValueError(told('expected a number pattern such as "#,##0.00", of # 0 E + - % and the two characters'))
    # Babel reads grouping in the whole part only, so the fraction is read here.
    parsed = parse_pattern(part["whole"])
    sign = "[+-]" if part["sign"] else "[+-]?"
    whole = _whole(form, parsed.int_prec[0], parsed.grouping if "," in part["whole"] else ())
    least = (part["exponent"] or "").count("0")
    exponent, optional = (rf"E[+-]?[0-9]{{{least},}}", "") if least else ("(?!)", "?")
    fraction = _fraction(form, part["fraction"] or "")
    return rf"{part['before']}(?P<number>{sign}{whole}{fraction})(?P<exponent>{exponent}){optional}{part['after']}"


def _whole(form: NumberFormat, least: int, sizes: tuple[int, ...]) -> str:
    if not sizes:
        return rf"[0-9]{{{max(least, 1)},}}"
    group, first, further = re.escape(form.group), sizes[0], sizes[-1]
    grouped = rf"[0-9]{{1,{further}}}(?:{group}[0-9]{{{further}}})*{group}[0-9]{{{first}}}|[0-9]{{1,{first}}}"
    enough = rf"(?=(?:{group}?[0-9]){{{max(least, 1)},}})"
    return f"{enough}(?:{grouped})"


def _fraction(form: NumberFormat, symbols: str) -> str:
    """Return the expression of the digits after the decimal character, which are grouped from the left."""
    expression, group = "", re.escape(form.group)
    for comma, symbol in reversed(re.findall("(,?)([#0])", symbols)):
        digits = f"{group if comma else ''}[0-9]{expression}"
        expression = digits if symbol == "0" else f"(?:{digits})?"
    if not expression:
        return ""
    point = re.escape(form.decimal)
    return point + expression if "0" in symbols else f"(?:{point}{expression.removesuffix('?')})?"
