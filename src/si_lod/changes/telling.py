"""Changes as text: what came has a plus, what went a minus, a value that is another shows both, with its sources."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.changes.naming import Names
from si_lod.iris import Space
from si_lod.sentences import counted, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from si_lod.changes.change import Change, Term
    from si_lod.changes.facts import ChangedThing
    from si_lod.sites import Site

NAMELESS: Final = Names()
LONGEST: Final = 300
"""How many characters of a value are shown; the patch has all of it."""
FOLLOWING: Final = told("what follows from that, and the bookkeeping of the release:")
_WORDS: Final = frozenset(
    {"http://www.w3.org/2001/XMLSchema#string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}
)


def summary(facts: Mapping[str, int]) -> str:
    """Return how many facts people changed, by the kinds ``changed``, ``added`` and ``removed``, as a sentence."""
    return told(
        "{changed}, {added}, {removed}",
        changed=counted("{number:,} value changed", "{number:,} values changed", facts["changed"]),
        added=counted("{number:,} fact added", "{number:,} facts added", facts["added"]),
        removed=counted("{number:,} removed", "{number:,} removed", facts["removed"]),
    )


def aftermath(following: Mapping[str, int]) -> str:
    """Return how many facts followed, about how many ``things``, as a sentence."""
    return counted(
        "{number:,} fact follows from that, about {things}",
        "{number:,} facts follow from that, about {things}",
        following["facts"],
        things=counted("{number:,} thing", "{number:,} things", following["things"]),
    )


def beginning(triples: int) -> str:
    """Return what there is to say of a first release, with its statements counted, as a sentence."""
    return counted(
        "this is the first release; its only statement is new",
        "this is the first release; all of its {number:,} statements are new",
        triples,
    )


def tell(
    things: Iterable[ChangedThing], site: Site, names: Names = NAMELESS, *, following: bool = False
) -> Iterator[str]:
    """Yield lines without their ends for what people changed, or for what is ``following`` from it.

    IRIs are written short by the site's prefixes and base; things have their names beside that, and properties in the
    place of it.
    """
    for thing in things:
        told_of = thing.following if following else thing.own
        if told_of:
            sign = "~" if thing.existed and thing.exists else "+" if thing.exists else "-"
            yield f"{sign} {_named(thing.iri, site, names)}"
        for predicate, changes in groupby(told_of, key=attrgetter("predicate")):
            yield f"    {names.of(predicate) or _prefixed(predicate, site)}"
            for change in changes:
                yield from _values(change, thing, site, names)


def _values(change: Change, thing: ChangedThing, site: Site, names: Names) -> Iterator[str]:
    before, now = thing.sources_of(change)
    for sign, term, sources in (("-", change.old, before), ("+", change.new, now)):
        if term is not None:
            named = ", ".join(_short(source, site) for source in sources)
            yield f"      {sign} {_term(term, site, names)}{f'  ({named})' if named else ''}"


def _named(iri: str, site: Site, names: Names) -> str:
    name = names.of(iri)
    return f"{_short(iri, site)}: {name}" if name else _short(iri, site)


def _term(term: Term, site: Site, names: Names) -> str:
    if isinstance(term, NamedNode):
        return _named(term.value, site, names)
    is_word = isinstance(term, Literal) and term.datatype.value in _WORDS
    text = str(term) if is_word or not isinstance(term, Literal) else term.value
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _short(iri: str, site: Site) -> str:
    return iri.removeprefix(site.base) if iri.startswith(f"{site.base}{Space.THING}/") else _prefixed(iri, site)


def _prefixed(iri: str, site: Site) -> str:
    fitting = [(len(space), name) for name, space in site.prefixes.items() if iri.startswith(space)]
    if not fitting:
        return f"<{iri}>"
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"
