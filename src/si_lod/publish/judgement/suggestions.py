"""Suggestions: which thing that is described may be meant by an IRI that nothing is said of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.publish.csvw.faults import nearest

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.publish.shacl.report import ValidationResult

_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
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
                folder, _, name = node.value.rpartition("/")
                return nearest(name, self._known(folder)) if folder and name else ""
        return ""

    def _known(self, folder: str) -> list[str]:
        if folder not in self._names:
            start = f"{folder}/"
            typed = (quad.subject for quad in self.store.quads_for_pattern(None, _TYPE, None))
            found = {
                n.value.removeprefix(start) for n in typed if isinstance(n, NamedNode) and n.value.startswith(start)
            }
            self._names[folder] = sorted(name for name in found if "/" not in name)[:_MOST]
        return self._names[folder]
