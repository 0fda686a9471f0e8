"""Datatypes: what a string of the table must be, and the lexical form that its value has in RDF (Metadata §5.11)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.publish.csvw.datatypes.hints import hint
from si_lod.publish.csvw.faults import excerpt
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.publish.csvw.datatypes.builtins import Builtin
    from si_lod.publish.csvw.datatypes.formats import Reader
    from si_lod.publish.csvw.datatypes.writing import Writer


@dataclass(frozen=True, slots=True)
class Facet:
    """One constraint on the values: what it says, for a message, and whether a canonical form keeps to it."""

    says: str
    holds: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Datatype:
    """A datatype as a column uses it: a built-in one, how the table writes it, and facets of its values.

    ``form`` is the format as a message shows it, ``reader`` what turns a string in that format into a lexical form,
    ``writer`` the way back. ``says`` is what its description says of it to people, or nothing.
    """

    base: Builtin
    iri: str
    form: str = ""
    reader: Reader | None = None
    writer: Writer | None = None
    facets: tuple[Facet, ...] = ()
    says: str = ""

    @property
    def plain(self) -> bool:
        """True when every string is a value of this datatype, as it stands."""
        return self.base.name == "string" and not self.reader and not self.facets

    @property
    def expected(self) -> str:
        """Return what a cell should hold, for a message."""
        if self.says:
            return self.says
        if not self.form:
            return self.base.expected
        kind = told("text") if self.base.family == "string" else self.base.noun
        return told("{kind} in the form {form}", kind=kind, form=self.form)

    def canonical(self, text: str) -> str:
        """Return the canonical lexical form of a string of the table.

        Raises ValueError, whose message says what was expected and what was found.
        """
        try:
            value = self.base.canonical(self.reader(text) if self.reader else text)
        except (ValueError, KeyError) as error:
            raise ValueError(
                told(
                    "expected {expected}, found {text}{hint}",
                    expected=self.expected,
                    text=excerpt(text),
                    hint=hint(self.base, self.form, text),
                )
            ) from error
        for facet in self.facets:
            if not facet.holds(value):
                raise ValueError(told("expected {says}, found {text}", says=facet.says, text=excerpt(text)))
        return value

    def written(self, lexical: str) -> str:
        """Return the string that a table holds for a lexical form, which is itself where the format has no other."""
        if not self.writer or not self.reader:
            return lexical
        try:
            canonical = self.base.canonical(lexical)
            text = self.writer(canonical)
            return text if self.base.canonical(self.reader(text)) == canonical else lexical
        except ValueError:
            return lexical
