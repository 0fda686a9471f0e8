"""A validation report: what did not conform, as values, as RDF and as text (SHACL §3.6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SH: Final = "http://www.w3.org/ns/shacl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SEVERITIES: Final = tuple(f"{SH}{name}" for name in ("Violation", "Warning", "Info"))
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

Node = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One validation result (SHACL §3.6.2).

    ``path`` is None where the result has none or where it is no predicate path; the source shape then tells.
    ``messages`` are in the languages of the shape, sorted.
    """

    severity: str
    focus_node: Node
    path: NamedNode | None
    value: Node | None
    source_shape: Node
    component: str
    messages: tuple[Literal, ...]

    def key(self) -> tuple[int | str, ...]:
        """Return what results are sorted by: the gravest first, then by focus node, path, value and shape."""
        rank = SEVERITIES.index(self.severity) if self.severity in SEVERITIES else len(SEVERITIES)
        place = (str(self.focus_node), str(self.path), str(self.value), str(self.source_shape), self.component)
        return (rank, *place, *map(str, self.messages))

    def texts(self) -> dict[str, str]:
        """Return the messages by language; one without a language counts as English, none as the component's name."""
        return {message.language or "en": message.value for message in self.messages} or {"en": self.message("en")}

    def message(self, language: str) -> str:
        """Return the message in that language, or in another if there is none in it."""
        fitting = [message for message in self.messages if message.language == language] or list(self.messages)
        return fitting[0].value if fitting else self.component.removeprefix(SH)


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All results of one validation, in a stable order."""

    results: tuple[ValidationResult, ...]

    @classmethod
    def of(cls, results: Iterable[ValidationResult]) -> Self:
        """Return the report of these results, sorted, each once."""
        return cls(tuple(sorted(set(results), key=ValidationResult.key)))

    @property
    def conforms(self) -> bool:
        """Whether there is no result at all (SHACL §3.6.1.1); a graph with warnings does not conform."""
        return not self.results

    def violations(self) -> tuple[ValidationResult, ...]:
        """Return the results that refuse a release."""
        return tuple(result for result in self.results if result.severity == f"{SH}Violation")

    def counts(self) -> Mapping[str, int]:
        """Return how many results there are by the local name of their severity, none left out."""
        counted = Counter(result.severity for result in self.results)
        names = dict.fromkeys([*SEVERITIES, *sorted(counted)])
        return {name.removeprefix(SH): counted[name] for name in names}

    def triples(self, iri: str) -> Iterator[Triple]:
        """Yield the report as RDF (SHACL §3.6.1): its node is ``iri``, its results are numbered below it."""
        report = NamedNode(iri)
        yield Triple(report, _TYPE, NamedNode(f"{SH}ValidationReport"))
        conforms = Literal(str(self.conforms).lower(), datatype=NamedNode(f"{XSD}boolean"))
        yield Triple(report, NamedNode(f"{SH}conforms"), conforms)
        for number, result in enumerate(self.results, start=1):
            node = NamedNode(f"{iri}#result-{number}")
            yield Triple(report, NamedNode(f"{SH}result"), node)
            yield from _result_triples(node, result)


def _result_triples(node: NamedNode, result: ValidationResult) -> Iterator[Triple]:
    yield Triple(node, _TYPE, NamedNode(f"{SH}ValidationResult"))
    stated: dict[str, Node | None] = {
        "resultSeverity": NamedNode(result.severity),
        "focusNode": result.focus_node,
        "resultPath": result.path,
        "value": result.value,
        "sourceShape": result.source_shape,
        "sourceConstraintComponent": NamedNode(result.component),
    }
    for name, value in stated.items():
        if value is not None:
            yield Triple(node, NamedNode(SH + name), value)
    for message in result.messages:
        yield Triple(node, NamedNode(f"{SH}resultMessage"), message)
