"""Annotations on a thing or on its observations (Web Annotation §3.1): what was noticed, and on which statements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.nodes import LABELS
from si_lod.serve.pages.cube.periods import in_time
from si_lod.serve.pages.facts import READABLE, Facts, asked, named, of_triples
from si_lod.serve.pages.thing.moments import dated
from si_lod.serve.pages.thing.reporters import reporters, reporting
from si_lod.serve.pages.vocabulary import DESCRIPTIONS, HAS_TARGET, OA, PREFIXES, TECHNICAL, TYPE
from si_lod.serve.pages.words.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.pages.cube.structure import Structure

_PATTERNS: Final = (
    "?s oa:hasTarget ?this .",
    # A filter, since a pattern for the class would have the store begin with everything of that class.
    "?observation ?via ?this . ?s oa:hasTarget ?observation . FILTER EXISTS { ?observation a qb:Observation }",
)
_SOURCED: Final = "?s prov:wasDerivedFrom ?o BIND(prov:wasDerivedFrom AS ?p) FILTER EXISTS { ?s a qb:Observation }"
_QUERIES: Final = tuple(
    f"{PREFIXES} SELECT DISTINCT ?this ?s ?p ?o WHERE {{ {pattern} }}"
    for where in _PATTERNS
    for annotated in [where.replace("?s ", "?annotation ")]
    for pattern in (
        f"{where} ?s ?p ?o",
        f"{annotated} ?annotation ?any ?s . ?s ?p ?o {READABLE}",
        f"{annotated} ?annotation oa:hasTarget ?s . {_SOURCED}",
        f"{annotated} ?annotation oa:hasTarget/prov:wasDerivedFrom ?s . ?s ?p ?o {READABLE}",
    )
)
_CIRCLED: Final = 10
"""How many numbers are written as one sign, in a circle; common fonts have no more of Unicode's."""
_SAID: Final = (*DESCRIPTIONS, f"{OA}bodyValue")


@dataclass(frozen=True, slots=True)
class Target:
    """A thing that is annotated; of a statement, ``sources`` are who states it, each leading to where."""

    link: Link
    sources: list[Link]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One annotation: its kind, what it says, what it is about; ``anchor`` is its place on the page.

    ``number`` is what a chart calls it beside the statements that it is about, as a sign, if it draws any of them.
    """

    anchor: str
    iri: str
    link: Link
    kinds: list[Link]
    explanations: list[Text]
    targets: list[Target]
    number: str = ""

    @property
    def reporters(self) -> list[Link]:
        """Who states any of what it is about, each once."""
        return list({source.text: source for target in self.targets for source in target.sources}.values())


def noticed(engine: Engine, iri: str, structure: Structure) -> Facts:
    """Return the annotations that target ``iri`` or an observation that refers to it, and what they mention."""
    this = NamedNode(iri)
    annotated = [pattern.replace("?s ", "?annotation ") for pattern in _PATTERNS]
    return Facts.of(*(asked(engine, query, this=this) for query in _QUERIES), dated(engine, this, structure, annotated))


def noticed_of(engine: Engine, observations: Iterable[str]) -> Facts:
    """Return the annotations that target one of the few ``observations`` and what they mention, by pattern lookups."""
    target = NamedNode(HAS_TARGET)
    found = chain.from_iterable(engine.match_each((None, target, NamedNode(one)) for one in observations))
    subjects = dict.fromkeys(triple.subject for triple in found if isinstance(triple.subject, NamedNode))
    own = list(chain.from_iterable(engine.match_each((one, None, None) for one in subjects)))
    mentioned = [triple.object for triple in own if isinstance(triple.object, NamedNode)]
    return Facts.of(of_triples(own), named(engine, mentioned), reporting(engine, mentioned))


def annotating(facts: Facts) -> list[str]:
    """Return the IRIs of the annotations among ``facts``."""
    return sorted(iri for iri in facts.index if facts.objects(iri, HAS_TARGET))


def contradictions(
    wording: Wording, structure: Structure, iris: list[str], drawn: Collection[str] = ()
) -> list[Contradiction]:
    """Return the annotations ``iris`` as a page shows them: as a chart of ``drawn`` numbers them, then by name.

    What each is about is in the order of time, as in the tables.
    """
    signs = numbers({iri: wording.facts.iris(iri, HAS_TARGET) for iri in iris}, drawn)
    places = {iri: place for place, iri in enumerate(signs)}
    found = (replace(_contradiction(wording, structure, iri), number=signs.get(iri, "")) for iri in iris)
    return sorted(found, key=lambda one: (places.get(one.iri, len(places)), by_words(one.link)))


def numbers(targets: Mapping[str, Collection[str]], drawn: Collection[str]) -> dict[str, str]:
    """Return a sign for each annotation of which any of its ``targets`` is ``drawn``, in the order of their IRIs."""
    held = set(drawn)
    found = sorted(iri for iri, about in targets.items() if held.intersection(about))
    return {iri: chr(0x2460 + place) if place < _CIRCLED else f"({place + 1})" for place, iri in enumerate(found)}


def marks(found: list[Contradiction]) -> dict[str, list[Contradiction]]:
    """Return the contradictions by the IRI of each thing that they are about."""
    return {
        target.link.iri: [one for one in found if target.link.iri in {other.link.iri for other in one.targets}]
        for contradiction in found
        for target in contradiction.targets
    }


def _contradiction(wording: Wording, structure: Structure, iri: str) -> Contradiction:
    facts = wording.facts
    apart = {TYPE, HAS_TARGET, *_SAID, *TECHNICAL, *(label.value for label in LABELS)}
    kinds = [
        item
        for property_, terms in facts.about(iri).items()
        if property_ not in apart
        for item in wording.items(terms)
        if isinstance(item, Link) and not item.external
    ]
    said = [text for path in _SAID for text in map(wording.text, wording.best(facts.objects(iri, path)))]
    about = in_time(facts, structure, facts.iris(iri, HAS_TARGET))
    targets = [Target(wording.link(one), reporters(wording, one)) for one in about]
    code = wording.code(iri)
    return Contradiction(f"note-{code}", iri, wording.link(iri), kinds, list(dict.fromkeys(said)), targets)
