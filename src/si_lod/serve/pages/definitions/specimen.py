"""A worked example: one real thing of the release, as it is written in Turtle and statement by statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, RdfFormat

from si_lod.serve.pages.cube.observations import looked_up
from si_lod.serve.pages.cube.periods import NEVER, last_day
from si_lod.serve.pages.cube.structure import structure_of
from si_lod.serve.pages.facts import Facts
from si_lod.serve.pages.thing.shapes import Presentation
from si_lod.serve.pages.vocabulary import COMMENT, DEFINITION, PREFIXES, TYPE
from si_lod.serve.pages.words.wording import Link, Text, Wording
from si_lod.serve.replies.syntaxes import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.pages.cube.structure import Structure

_TRIED: Final = 60
"""Among how many of those of which most is said one is looked for whose time is known."""

_OBSERVATION: Final = f"""{PREFIXES}
SELECT ?this ?one (COUNT(DISTINCT ?property) AS ?count) WHERE {{
  ?class rdfs:isDefinedBy ?this ; rdfs:subClassOf+ qb:Observation . ?one a ?class ; ?property ?value }}
GROUP BY ?this ?one ORDER BY DESC(?count) ?one LIMIT {_TRIED}"""
_THING: Final = _OBSERVATION.replace(" ; rdfs:subClassOf+ qb:Observation", "")


@dataclass(frozen=True, slots=True)
class Statement:
    """A property of the example with its values and what it means; ``short`` is its prefixed name."""

    property: Link
    short: str
    values: list[Text | Link]
    meaning: list[Text]


@dataclass(frozen=True, slots=True)
class Specimen:
    """The example: where its own page is, what it is in Turtle, and what each statement says.

    ``prefixes`` are the lines of Turtle that come before ``turtle``.
    """

    link: Link
    prefixes: list[str]
    turtle: str
    statements: list[Statement]


def specimen(wording: Wording, engine: Engine, document: str) -> Specimen | None:
    """Return the observation of which most is said among those of a class of ``document``, the first by IRI.

    One of a known time goes before others, which would be a poor example. Where the document defines no observations
    it is anything that it defines; None if there is nothing of the kind.
    """
    iri = wording.view.known_of(document, _chosen)
    if iri is None:
        return None
    own = sorted(
        engine.match(NamedNode(iri), None, None), key=lambda triple: (triple.predicate.value != TYPE, str(triple))
    )
    facts = Facts.of(wording.facts.triples(), looked_up(engine, [iri]))
    words = Wording(wording.view, facts)
    presentation = Presentation.of(wording.view, facts.iris(iri, TYPE))
    lines = written(own, RdfFormat.TURTLE, wording.view.manifest.site.prefixes).decode().splitlines()
    prefixes = sorted(line for line in lines if line.startswith("@prefix"))
    return Specimen(
        link=words.link(iri),
        prefixes=prefixes,
        turtle="\n".join(lines[len(prefixes) :]).expandtabs(4),
        statements=[_statement(words, presentation, iri, path) for path in _ordered(presentation, facts.about(iri))],
    )


def _ordered(presentation: Presentation, paths: Iterable[str]) -> list[str]:
    """Return the properties as the shapes order them, the type first."""
    return sorted(paths, key=lambda path: (path != TYPE, presentation.rank(path), path))


def _chosen(engine: Engine, manifest: Manifest, document: str) -> str | None:
    """Return the thing that is shown; every thing of the document's classes is looked at."""
    for query in (_OBSERVATION, _THING):
        solutions = engine.select(query, this=NamedNode(document))
        found = [solution["one"].value for solution in solutions if isinstance(solution["one"], NamedNode)]
        if found:
            structure = structure_of(engine, manifest)
            return next((one for one in found if _is_dated(engine, structure, one)), found[0])
    return None


def _is_dated(engine: Engine, structure: Structure, iri: str) -> bool:
    return last_day(Facts.of(looked_up(engine, [iri])), structure, iri) != NEVER


def _statement(words: Wording, presentation: Presentation, iri: str, path: str) -> Statement:
    link = words.link(path)
    meanings = [words.best(words.facts.objects(path, said)) for said in (DEFINITION, COMMENT)]
    return Statement(
        property=Link(presentation.name(path, words), path, link.href, link.external),
        short=words.short(path),
        values=words.items(words.facts.objects(iri, path)),
        meaning=list(dict.fromkeys(words.text(literal) for found in meanings for literal in found)),
    )
