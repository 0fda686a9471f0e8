"""An example query of the site: what it says of itself, whether what it gives is that, and the query as data.

A query is a file that says in its first comments what it asks and what must come::

    # title@nl: Hoeveel bomen telt elke bron?
    # title@en: How many trees does each source count?
    # note@en: What else there is to know; a line that stands further in
    #   goes on with it.
    # columns: source sourceLabel trees
    # reader-language: sourceLabel
    # least-rows: 2
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Triple

from si_lod.engine.diagnosis import explaining
from si_lod.engine.evaluation import Form
from si_lod.engine.policy.admission import admit
from si_lod.engine.text.languages import languages
from si_lod.engine.text.remarks import following, notes
from si_lod.errors import InvalidQuery, Problem
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAG: Final = r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"
_SAID: Final = re.compile(rf"^#[ \t]*([\w-]+)(?:@({_TAG}))?:[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)
_HEAD: Final = re.compile(r"\A(?:[ \t]*(?:#.*)?\r?\n)*")
_SH: Final = "http://www.w3.org/ns/shacl#"
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_COMMENT: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_LABEL: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
Results = QuerySolutions | QueryBoolean | list[Triple]
_KINDS: Final = {
    Form.SELECT: ("SPARQLSelectExecutable", "select"),
    Form.ASK: ("SPARQLAskExecutable", "ask"),
    Form.CONSTRUCT: ("SPARQLConstructExecutable", "construct"),
    Form.DESCRIBE: ("SPARQLExecutable", "select"),
}


@dataclass(frozen=True, slots=True)
class Example:
    """One example query and what it says of itself; ``lines`` has the line of each thing said, and of the query."""

    file: str
    text: str
    form: Form
    titles: dict[str, str]
    notes: dict[str, str]
    columns: tuple[str, ...]
    least_rows: int
    lines: Mapping[str, int]

    @classmethod
    def read(cls, path: Path, file: str) -> Self:
        """Return the query in the file ``path``; raises InvalidQuery if it is none."""
        if not _NAME.fullmatch(path.stem):
            message = told('expected a name of lower-case letters, digits and hyphens, found "{name}"', name=path.stem)
            raise InvalidQuery(message)
        text = path.read_text(encoding="utf-8")
        said = {(match[1], match[2] or ""): match for match in _SAID.finditer(text)}
        lines = {key: _line(text, match.start()) for (key, _), match in said.items()}
        rows, columns = (said[key, ""][3] if (key, "") in said else "" for key in ("least-rows", "columns"))
        if rows and not rows.isdecimal():
            message = told('least-rows: expected a whole number, found "{rows}"', rows=rows)
            raise InvalidQuery(message, line=lines["least-rows"])
        with explaining(text):
            form = admit(text).form
        return cls(
            file=file,
            text=text,
            form=form,
            titles={language: match[3] for (key, language), match in said.items() if key == "title"},
            notes=notes(text),
            columns=tuple(columns.split()),
            least_rows=int(rows or 1),
            lines={"": _line(text, len(text) - len(_HEAD.sub("", text))), **lines},
        )

    def untitled(self, languages: tuple[str, ...]) -> Iterator[Problem]:
        """Yield a problem for each of the languages that the query has no title in."""
        for language in languages:
            if language not in self.titles:
                message = told('expected a first comment "# title@{language}: ...", found none', language=language)
                yield Problem(self.file, 1, "", message)

    def unread(self, known: tuple[str, ...]) -> Iterator[Problem]:
        """Yield a problem for each variable that is to follow the reader and is not asked in one of the languages."""
        asked = languages(self.text, known)
        for variable in following(self.text):
            if len(asked.get(variable, ())) != 1:
                message = told(
                    "reader-language: expected the query to ask for ?{variable} in one language of the site, such as "
                    'LANG(?{variable}) = "{language}", found {found}; ask so, or take the variable away here',
                    variable=variable,
                    language=known[0] if known else "",
                    found=", ".join(sorted(asked.get(variable, ()))) or told("none"),
                )
                yield Problem(self.file, self.lines["reader-language"], "", message)

    def other_columns(self, results: Results) -> Iterator[Problem]:
        """Yield what is not as the query says of its columns."""
        if not self.columns:
            return
        if not isinstance(results, QuerySolutions):
            message = told(
                "columns: expected a SELECT query, which has columns, found {form}; take the comment away, or select",
                form=self.form.value,
            )
            yield Problem(self.file, self.lines["columns"], "", message)
            return
        found = tuple(variable.value for variable in results.variables)
        if found != self.columns:
            message = told(
                "columns: expected {columns}, found {found}; write here the variables that the query selects, in "
                "their order, or mend the query",
                columns=" ".join(self.columns),
                found=" ".join(found),
            )
            yield Problem(self.file, self.lines["columns"], "", message)

    def shortfall(self, results: Results) -> Iterator[Problem]:
        """Yield what the results lack of what the query says; it reads them to their end."""
        if isinstance(results, QueryBoolean):
            if not results:
                message = told("expected the answer true, found false; mend the query, or the facts that it asks about")
                yield Problem(self.file, self.lines[""], "", message)
            return
        rows = sum(1 for _ in results)
        if rows < self.least_rows:
            yield self._too_few(rows)

    def _too_few(self, found: int) -> Problem:
        message = told(
            "least-rows: expected at least {least}, found {found}; if that is right now lower the number here, "
            "else mend the query or the facts",
            least=self.least_rows,
            found=found,
        )
        return Problem(self.file, self.lines.get("least-rows", self.lines[""]), "", message)

    def quads(self, iri: str) -> Iterator[Quad]:
        """Yield the query as data."""
        query = NamedNode(iri)
        kind, predicate = _KINDS[self.form]
        for name in dict.fromkeys(("SPARQLExecutable", kind)):
            yield Quad(query, _TYPE, NamedNode(_SH + name))
        yield Quad(query, NamedNode(_SH + predicate), Literal(self.text))
        for language, title in self.titles.items():
            yield Quad(query, _LABEL, Literal(title, language=language))
        for language, note in self.notes.items():
            yield Quad(query, _COMMENT, Literal(note, language=language))


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
