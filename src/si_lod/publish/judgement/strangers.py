"""Strangers: what shapes ask about and nothing in the site is, such as a class whose name is misspelt.

A shape of such a class finds nothing wrong, whatever is in the data, so it is told. Names of others are not: a site may
well have shapes for what it does not have yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.errors import Level, Problem
from si_lod.publish.judgement.continuity import TYPE
from si_lod.publish.judgement.suggestions import Suggestions
from si_lod.publish.shacl.report import SH
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Store

    from si_lod.publish.csvw import Statement

_NAMING: Final = frozenset(
    NamedNode(f"{SH}{name}") for name in ("targetClass", "class", "targetSubjectsOf", "targetObjectsOf", "path")
)


def unheard_of(statements: Iterable[Statement], store: Store, base: str) -> Iterator[Problem]:
    """Yield a warning for each class and property below ``base`` in a shape that nothing in the ``store`` is."""
    suggestions = Suggestions(store)
    for triple, cell in statements:
        named = triple.object
        if not cell.file.startswith("shapes/") or triple.predicate not in _NAMING or not isinstance(named, NamedNode):
            continue
        if named.value.startswith(base) and not _is_known(named, store):
            message = told(
                "sh:{name}: nothing in the site is {thing}, so this asks nothing; mend the name, or describe it in "
                "the ontology.",
                name=triple.predicate.value.removeprefix(SH),
                thing=named.value.removeprefix(base),
            )
            near = suggestions.near(named)
            if near:
                message = told("{message} Is {near} meant?", message=message, near=near)
            yield Problem(cell.file, cell.line, "", message, Level.WARNING)


def _is_known(named: NamedNode, store: Store) -> bool:
    """Return whether anything is said of it, with it, or to be of it."""
    patterns = ((named, None, None), (None, named, None), (None, TYPE, named))
    return any(any(store.quads_for_pattern(*pattern)) for pattern in patterns)
