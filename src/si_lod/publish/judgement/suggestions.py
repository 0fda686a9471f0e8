"""Suggestions: which thing that is described may be meant by an IRI that nothing is said of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.publish.csvw.faults import nearest

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.publish.shacl.report import ValidationResult

_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_NAME: Final = re.compile(r"[^/#]+\Z")
"""The last part of an IRI; what comes before it is its folder."""
_MOST: Final = 2_000
"""How many things are compared with a name."""


@dataclass(slots=True)
class Suggestions:
    """What ``store`` describes, by the folder of its IRIs; each folder is looked through once."""

    store: Store
    _names: dict[str, list[str]] = field(default_factory=dict)

    def meant(self, result: ValidationResult) -> str:
        """Return the name, in quotes, most like that of a thing which the result is about and nothing is said of.

        Nothing where there is no such thing, or none is like it.
        """
        for node in (result.value, result.focus_node):
            if isinstance(node, NamedNode) and not any(self.store.quads_for_pattern(node, None, None)):
                return self.near(node)
        return ""

    def near(self, node: NamedNode) -> str:
        """Return the name, in quotes, of a thing that is described and most like ``node``, nothing if none is."""
        name = _NAME.search(node.value)
        return nearest(name[0], self._known(node.value[: name.start()])) if name else ""

    def _known(self, folder: str) -> list[str]:
        if folder not in self._names:
            typed = (quad.subject for quad in self.store.quads_for_pattern(None, _TYPE, None))
            found = {
                n.value.removeprefix(folder) for n in typed if isinstance(n, NamedNode) and n.value.startswith(folder)
            }
            self._names[folder] = sorted(name for name in found if _NAME.fullmatch(name))[:_MOST]
        return self._names[folder]
