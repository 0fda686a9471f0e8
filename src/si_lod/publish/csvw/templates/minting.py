"""Minting: the IRIs that the templates of a table make of a row's values (Metadata §5.1.3, RFC 3987)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Final

from pyoxigraph import NamedNode

from si_lod.publish.csvw.faults import excerpt
from si_lod.publish.csvw.templates.expansion import Expansion, expander
from si_lod.publish.csvw.templates.template import Template, Value
from si_lod.sentences import listed, told

Mint = Callable[[Sequence[Value]], NamedNode]
REMEMBERED: Final = 4_096
SHORT: Final = 300


class Unmintable(ValueError):
    """A row gives no IRI for a template; ``column`` is the one to mend, empty when the template has none."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


def minter(template: Template, key: str, places: Mapping[str, int], base: str) -> Mint:
    """Return the function from a row's values to the IRI that the template makes of them.

    The function raises Unmintable for an empty cell, and for what is not an absolute IRI. The last IRIs are kept,
    since a row needs its subject many times, and many rows point to the same things.
    """
    make = _maker(template, key, places, expander(template, places, base))
    if not template.variables:
        node = make(())
        return lambda _values: node
    if len(template.variables) == 1:
        return _remembering(make, itemgetter(places[template.variables[0]]))
    return _remembering(make, itemgetter(*[places[name] for name in template.variables]))


def _remembering(make: Mint, part: Callable[[Sequence[Value]], object]) -> Mint:
    memory: dict[object, NamedNode] = {}

    def mint(values: Sequence[Value]) -> NamedNode:
        found = part(values)
        node = memory.get(found)
        if node is None:
            node = make(values)
            if len(memory) >= REMEMBERED:
                memory.clear()
            if len(node.value) <= SHORT:
                memory[found] = node
        return node

    return mint


def _maker(template: Template, key: str, places: Mapping[str, int], expansion: Expansion) -> Mint:
    names, what = template.variables, f"{key} {excerpt(template.text)}"

    def make(values: Sequence[Value]) -> NamedNode:
        found = [values[places[name]] for name in names]
        if None in found:
            raise Unmintable(
                names[found.index(None)], told("expected a value, of which {what} makes an IRI, found none", what=what)
            )
        iri = ""
        try:
            iri = expansion(values)
            return NamedNode(iri)
        except ValueError as error:
            reason = (
                told("{iri} ({error})", iri=excerpt(iri), error=str(error)) if iri else listed([*map(excerpt, found)])
            )
            message = told(
                "expected an absolute IRI such as https://www.w3.org/ from {what}, found {reason}",
                what=what,
                reason=reason,
            )
            raise Unmintable(names[0] if names else "", message) from error

    return make
