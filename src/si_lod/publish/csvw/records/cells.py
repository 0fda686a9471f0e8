"""Cells: the string of a cell becomes its value, as the column's properties say (Model §6.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from si_lod.publish.csvw.faults import excerpt
from si_lod.publish.csvw.records.formulas import STARTS, is_formula
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.datatypes.datatype import Datatype
    from si_lod.publish.csvw.metadata.tables import Inherited
    from si_lod.publish.csvw.templates.template import Value


class Misfit(ValueError):
    """A cell that is not what its column says; ``value`` is what a lenient reading takes it for (Model §6.4)."""

    def __init__(self, message: str, value: Value) -> None:
        super().__init__(message)
        self.value = value


class Unread(str):
    """A string that is no value of its column's datatype, and stays a string."""

    __slots__ = ()


CellReader = Callable[[str], "Value"]
REMEMBERED: Final = 2_048
SHORT: Final = 100
UNSTRIPPED: Final = frozenset({"string", "anyAtomicType"})


def cell_reader(inherited: Inherited) -> CellReader:
    """Return the function from a cell's string to its value: canonical lexical form, tuple of those, or None.

    The function raises Misfit, whose message says what was expected and what was found.
    """
    return _guarded(_reader(inherited))


def _guarded(read: CellReader) -> CellReader:
    """Return the same function, which also refuses what a spreadsheet would run, whatever its column allows."""

    def guarded(text: str) -> Value:
        value = read(text)
        if text[:1] in STARTS and is_formula(text):
            message = told(
                "expected a value, found {found}, which a spreadsheet runs as a formula; write the value itself, "
                "or begin the text with a letter, a digit or a real dash",
                found=excerpt(text),
            )
            raise Misfit(message, value)
        return value

    return guarded


def _reader(inherited: Inherited) -> CellReader:
    if inherited.separator:
        return _remembering(_list_reader(inherited))
    single = _single_reader(inherited)
    if inherited.datatype.plain and not inherited.default and inherited.null == ("",):
        return single if inherited.required else _text_or_nothing
    return _remembering(single)


def _text_or_nothing(text: str) -> Value:
    return text or None


def _single_reader(inherited: Inherited) -> CellReader:
    tidy, canonical = inherited.datatype.base.tidy, inherited.datatype.canonical
    default, nulls, required = inherited.default, frozenset(inherited.null), inherited.required
    expected = inherited.datatype.expected

    def read(text: str) -> Value:
        value = tidy(text) or default
        if value not in nulls:
            try:
                return canonical(value)
            except ValueError as error:
                raise Misfit(str(error), Unread(value)) from error
        if required:
            found = told("{value}, which stands for none", value=excerpt(value)) if value else told("an empty cell")
            raise Misfit(
                told("expected {expected}, found {found}; the column is required", expected=expected, found=found), None
            )
        return None

    return read


def _list_reader(inherited: Inherited) -> CellReader:
    datatype, separator = inherited.datatype, inherited.separator
    nulls = frozenset(inherited.null)
    strip = datatype.base.name not in UNSTRIPPED

    def read(text: str) -> Value:
        value = datatype.base.tidy(text) or inherited.default
        items = () if value in nulls or not value else value.split(separator)
        stripped = [(item.strip() if strip else item) or inherited.default for item in items]
        values, mistakes = _values([item for item in stripped if item not in nulls], datatype)
        if mistakes:
            raise Misfit(mistakes[0], values)
        if not values and inherited.required:
            raise Misfit(
                told("expected one or more values between {separator}, found none", separator=excerpt(separator)), None
            )
        return values or None

    return read


def _values(items: Sequence[str], datatype: Datatype) -> tuple[tuple[str, ...], list[str]]:
    values, mistakes = [], []
    for item in items:
        try:
            values.append(datatype.canonical(item))
        except ValueError as error:
            values.append(Unread(item))
            mistakes.append(str(error))
    return tuple(values), mistakes


def _remembering(read: CellReader) -> CellReader:
    """Return the same function with the last values of short strings kept, since columns repeat themselves."""
    memory: dict[str, Value] = {}

    def remember(text: str) -> Value:
        if text in memory:
            return memory[text]
        value = read(text)
        if len(memory) >= REMEMBERED:
            memory.clear()
        if len(text) <= SHORT:
            memory[text] = value
        return value

    return remember
