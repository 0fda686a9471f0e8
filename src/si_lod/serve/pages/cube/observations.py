"""Which observations are about a thing, and everything that a page needs to show them, in two queries."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.serve.pages.facts import READABLE, Fact, Facts, asked, of_triples
from si_lod.serve.pages.vocabulary import HAS_TARGET, PREFIXES, QB, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.engine.evaluation import Engine
    from si_lod.serve.outgoing import Outgoing

MOST: Final = 500
"""How many observations a page shows; the rest is a query away."""

_MOST_ROWS: Final = MOST * 30
_OBSERVATION: Final = f"{QB}Observation"
_ABOUT: Final = "?s ?via ?this . ?component qb:dimension ?via ."
_TARGETS: Final = "?this oa:hasTarget ?s ."


def _row_query(pattern: str) -> str:
    return f"{PREFIXES} SELECT ?this ?s ?p ?o WHERE {{ {pattern} ?s ?p ?o }} ORDER BY ?s LIMIT {_MOST_ROWS}"


def _node_query(pattern: str) -> str:
    nodes = pattern.replace("?s ", "?observation ").replace("?component", "?spec")
    return f"{PREFIXES} SELECT DISTINCT ?this ?s ?p ?o WHERE {{ {nodes} ?observation ?any ?s . ?s ?p ?o {READABLE} }}"


ABOUT: Final = (_row_query(_ABOUT), _node_query(_ABOUT))
"""Queries for the observations that have ``?this`` in one of their dimensions, and for what these mention."""

_TARGETED: Final = (_row_query(_TARGETS), _node_query(_TARGETS))
"""The same for the observations that the annotation ``?this`` is about."""


def targeted(engine: Engine, iri: str, outgoing: Outgoing) -> tuple[list[str], Facts]:
    """Return the IRIs of the observations that ``iri`` is an annotation of, as far as it is read, and their facts."""
    if HAS_TARGET not in outgoing.beyond:
        return found(engine, _TARGETED, iri)
    shown = [triple.object for triple in outgoing.own if triple.predicate.value == HAS_TARGET]
    iris = [node.value for node in shown if isinstance(node, NamedNode)]
    facts = Facts.of(looked_up(engine, iris))
    return [one for one in iris if _OBSERVATION in facts.iris(one, TYPE)], facts


def looked_up(engine: Engine, iris: Iterable[str]) -> Iterator[Fact]:
    """Return all that is said of the few observations ``iris`` and of what they mention, by pattern lookups."""
    own = list(chain.from_iterable(engine.match_each((NamedNode(iri), None, None) for iri in iris)))
    mentioned = dict.fromkeys(triple.object for triple in own if isinstance(triple.object, NamedNode))
    return of_triples(chain(own, *engine.match_each((node, None, None) for node in mentioned)))


def found(engine: Engine, queries: tuple[str, str], iri: str) -> tuple[list[str], Facts]:
    """Return the IRIs of the observations that ``queries`` select, at most ``MOST``, and the facts of their rows."""
    said = list(asked(engine, queries[0], this=NamedNode(iri)))
    mentioned: Iterable[Fact] = asked(engine, queries[1], this=NamedNode(iri)) if said else ()
    facts, whole = Facts.of(said, mentioned), dict.fromkeys(fact[0] for fact in said)
    if len(said) == _MOST_ROWS:
        whole.popitem()
    return [one for one in whole if _OBSERVATION in facts.iris(one, TYPE)][:MOST], facts
