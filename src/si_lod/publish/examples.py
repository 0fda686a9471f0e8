"""The site's example queries: each is run before it is published, and becomes data of the release.

A query is a file that says in its first comments what it asks and what must come::

    # title@nl: Hoeveel bomen telt elke bron?
    # title@en: How many trees does each source count?
    # columns: source trees
    # least-rows: 2
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from si_lod.engine.evaluation import Form
from si_lod.engine.policy import admit
from si_lod.errors import InvalidQuery, Problem
from si_lod.misreadings import no_utf_8
from si_lod.publish.queries import evaluate
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

    from si_lod.publish.source import Source

_QUERIES: Final = "data/queries/*.rq"
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TAG: Final = r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"
_SAID: Final = re.compile(rf"^#[ \t]*([\w-]+)(?:@({_TAG}))?:[ \t]*(\S.*?)[ \t\r]*$", re.MULTILINE)
_SH: Final = "http://www.w3.org/ns/shacl#"
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_KINDS: Final = {
    Form.SELECT: ("SPARQLSelectExecutable", "select"),
    Form.ASK: ("SPARQLAskExecutable", "ask"),
    Form.CONSTRUCT: ("SPARQLConstructExecutable", "construct"),
    Form.DESCRIBE: ("SPARQLExecutable", "select"),
}


def add_examples(source: Source, store: Store) -> list[Problem]:
    """Run each example query on ``store``, then add what they are as ``sh:SPARQLExecutable`` (SHACL-AF §5).

    Returns a problem for every one that is no query, gives other columns or fewer rows than it says, answers false,
    or lacks a title in one of the site's languages.
    """
    problems: list[Problem] = []
    quads: list[Quad] = []
    for path in source.files(_QUERIES):
        file = source.name(path)
        try:
            example = Example.read(path, file)
            problems += example.faults(store, source.site.languages)
            quads += example.quads(f"{source.site.base}id/query/{path.stem}")
        except InvalidQuery as fault:
            problems.append(Problem(file, fault.line or 0, str(fault.column or ""), str(fault)))
        except UnicodeDecodeError as error:
            problems.append(
                Problem(file, 0, "", told("expected a SPARQL query in UTF-8: {error}", error=no_utf_8(error)))
            )
    store.extend(quads)
    return problems


@dataclass(frozen=True, slots=True)
class Example:
    """One example query and what it says of itself."""

    file: str
    text: str
    form: Form
    titles: dict[str, str]
    columns: tuple[str, ...]
    least_rows: int

    @classmethod
    def read(cls, path: Path, file: str) -> Self:
        """Return the query in the file ``path``; raises InvalidQuery if it is none."""
        if not _NAME.fullmatch(path.stem):
            message = told('expected a name of lower-case letters, digits and hyphens, found "{name}"', name=path.stem)
            raise InvalidQuery(message)
        text = path.read_text(encoding="utf-8")
        said = {(key, language): value for key, language, value in _SAID.findall(text)}
        rows = said.get(("least-rows", ""), "1")
        if not rows.isdecimal():
            raise InvalidQuery(told('least-rows: expected a whole number, found "{rows}"', rows=rows))
        return cls(
            file=file,
            text=text,
            form=admit(text).form,
            titles={language: value for (key, language), value in said.items() if key == "title"},
            columns=tuple(said.get(("columns", ""), "").split()),
            least_rows=int(rows),
        )

    def faults(self, store: Store, languages: tuple[str, ...]) -> Iterator[Problem]:
        """Yield what is not as the query says, once it was run; raises InvalidQuery if it cannot be."""
        for language in languages:
            if language not in self.titles:
                message = told('expected a first comment "# title@{language}: ...", found none', language=language)
                yield Problem(self.file, 1, "", message)
        results = evaluate(store, self.text)
        if isinstance(results, QuerySolutions):
            found = tuple(variable.value for variable in results.variables)
            if self.columns and found != self.columns:
                yield self._fault(told("the columns {columns}", columns=" ".join(self.columns)), " ".join(found))
        if isinstance(results, QueryBoolean) and not results:
            yield self._fault(told("the answer true"), told("false"))
        if isinstance(results, QuerySolutions | QueryTriples):
            rows = sum(1 for _ in results)
            if rows < self.least_rows:
                yield self._fault(told("at least {least} rows", least=self.least_rows), str(rows))

    def _fault(self, expected: str, found: str) -> Problem:
        message = told(
            "expected {expected}, found {found}; mend the query, the facts or the comment",
            expected=expected,
            found=found,
        )
        return Problem(self.file, 1, "", message)

    def quads(self, iri: str) -> Iterator[Quad]:
        """Yield the query as data."""
        query = NamedNode(iri)
        kind, predicate = _KINDS[self.form]
        for name in dict.fromkeys(("SPARQLExecutable", kind)):
            yield Quad(query, _TYPE, NamedNode(_SH + name))
        yield Quad(query, NamedNode(_SH + predicate), Literal(self.text))
        for language, title in self.titles.items():
            yield Quad(query, _LABEL, Literal(title, language=language))
