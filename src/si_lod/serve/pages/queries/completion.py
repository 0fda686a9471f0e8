"""What an editor of queries completes: the classes and properties of the release, with their names and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode

from si_lod.engine.diagnosis.words.prefixes import WELL_KNOWN
from si_lod.serve.nodes import LABELS
from si_lod.serve.pages.facts import Facts, of_triples
from si_lod.serve.pages.words.wording import Wording

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine, Term
    from si_lod.serve.view import View

_VOID: Final = "http://rdfs.org/ns/void#"
_COUNTED: Final = {
    "classes": (f"{_VOID}class", f"{_VOID}entities"),
    "properties": (f"{_VOID}property", f"{_VOID}triples"),
}
"""The properties by which VoID says what is in a partition, and how much (VoID §4)."""


def completion(view: View) -> dict[str, Any]:
    """Return the prefixes, the classes and the properties that a query can name, the most used first.

    The counts are those of the release's VoID; a release without partitions has no terms to complete.
    """
    return {
        "prefixes": dict(sorted({**_usual(), **view.manifest.site.prefixes}.items())),
        **{name: _terms(view, *terms) for name, terms in _COUNTED.items()},
    }


def _usual() -> dict[str, str]:
    return {name: WELL_KNOWN[name] for name in ("rdf", "rdfs", "xsd")}


def _terms(view: View, what: str, how_much: str) -> list[dict[str, object]]:
    counted = sorted(_counted(view.engine, what, how_much).items(), key=lambda pair: (-pair[1], pair[0]))
    said = view.engine.match_each((NamedNode(iri), label, None) for iri, _ in counted for label in LABELS)
    wording = Wording(view, Facts.of(*map(of_triples, said)))
    return [{"iri": iri, "name": wording.term(iri).words, "count": count} for iri, count in counted]


def _counted(engine: Engine, what: str, how_much: str) -> dict[str, int]:
    found: dict[str, int] = {}
    partitions = [
        (triple.subject, triple.object.value)
        for triple in engine.match(None, NamedNode(what), None)
        if isinstance(triple.object, NamedNode) and isinstance(triple.subject, NamedNode)
    ]
    counted = engine.match_each((partition, NamedNode(how_much), None) for partition, _ in partitions)
    for (_, term), triples in zip(partitions, counted, strict=True):
        found[term] = max((_whole(triple.object) for triple in triples), default=0)
    return found


def _whole(term: Term) -> int:
    return int(term.value) if isinstance(term, Literal) and term.value.isdecimal() else 0
