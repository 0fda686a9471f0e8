"""What the members of a feed come to so far, read back from its pages."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Self

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, parse

from si_lod.publish.catalogue.terms import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Triple

AS: Final = "https://www.w3.org/ns/activitystreams#"
OBJECT: Final = NamedNode(f"{AS}object")
PUBLISHED: Final = NamedNode(f"{AS}published")


@dataclass(slots=True)
class History:
    """What the members so far come to: ``state`` has the digest of what is said of each thing that is still there.

    ``moments`` has those of the first and the last member of each page.
    """

    moments: list[tuple[str, str]] = field(default_factory=list)
    state: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Return the history in the pages of ``folder``, none if it has none."""
        history = cls()
        while (path := folder / f"{history.pages + 1}.nq").is_file():
            moments = set()
            for kind, thing, moment, graph in _members(path):
                moments.add(moment)
                history.state.pop(thing, None)
                if kind != "Delete":
                    history.state[thing] = digest(graph)
            history.moments.append((min(moments), max(moments)))
        return history

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.moments)

    @property
    def moment(self) -> str:
        """The moment of the last member, empty if there is none."""
        return max((last for _, last in self.moments), default="")

    def next_moment(self, day: str) -> str:
        """Return the day's beginning, and a second later for each release of that day, so that moments differ."""
        begin = f"{day}T00:00:00Z"
        if begin > self.moment:
            return begin
        return (datetime.fromisoformat(self.moment) + timedelta(seconds=1)).isoformat().replace("+00:00", "Z")


def _members(path: Path) -> Iterator[tuple[str, str, str, list[Triple]]]:
    """Yield the members of a page: the kind, the thing, the moment, and what was said of the thing."""
    told: dict[str, dict[NamedNode, str]] = defaultdict(dict)
    graphs: dict[str, list[Triple]] = defaultdict(list)
    for quad in parse(path=str(path), format=RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, DefaultGraph):
            told[str(quad.subject)][quad.predicate] = getattr(quad.object, "value", "")
        else:
            graphs[str(quad.graph_name)].append(quad.triple)
    for activity, said in told.items():
        yield said[TYPE].removeprefix(AS), said[OBJECT], said[PUBLISHED], graphs[activity]


def digest(triples: Iterable[Triple]) -> str:
    """Return what tells these triples from others, in whatever order they come."""
    return hashlib.sha256("\n".join(sorted(map(str, triples))).encode()).hexdigest()
