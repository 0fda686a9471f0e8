"""What all portals judge: one visit's answers, the catalogue in each syntax, and what a check is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING, Self

from pyoxigraph import NamedNode

from si_lod.errors import EndpointFailed
from si_lod.rehearse.finding import Finding
from si_lod.rehearse.graph import Graph, Node, Term
from si_lod.rehearse.harvest import SYNTAXES, Harvest, harvest, read
from si_lod.rehearse.site import Site, base_of
from si_lod.rehearse.terms import DCAT
from si_lod.rehearse.visiting import Answer, Visitor
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.rehearse.judging import Judge


@dataclass(frozen=True, slots=True)
class Evidence:
    """The catalogue as it came in each syntax, and the visitor to ask more; ``graph`` is the first one readable.

    ``shapes`` has the official shapes, if the operator does. ``pause`` is how many seconds lie between two visits that
    should find the same.
    """

    visitor: Visitor
    harvests: Mapping[str, Harvest]
    graph: Graph
    shapes: Judge | None
    pause: float
    begun: float

    @classmethod
    def gather(cls, url: str, *, base: str = "", shapes: Judge | None = None, pause: float = 1.0) -> Self:
        """Return what a site says of itself; raises EndpointFailed if nothing answers there."""
        site = Site.at(url)
        if not base:
            base = _base(Visitor(site)) or site.url
        visitor = Visitor(Site(site.url, base))
        harvests = {syntax: harvest(visitor, syntax) for syntax in SYNTAXES}
        graph = next((each.graph for each in harvests.values() if each.graph.datasets), Graph())
        return cls(visitor, harvests, graph, shapes, pause, monotonic())

    def again(self, iri: str) -> Answer:
        """Return what comes a second time, when the clock shows another time than at the first."""
        sleep(max(0.0, self.begun + self.pause - monotonic()))
        return self.visitor.again(iri)

    @property
    def site(self) -> Site:
        """The site that was visited."""
        return self.visitor.site

    @property
    def names(self) -> tuple[str, ...]:
        """What the data sets are called."""
        return tuple(self.graph.name(dataset) for dataset in self.graph.datasets)

    def judges(self, pattern: str) -> bool:
        """Return whether the official shapes in folders of that name are at hand."""
        return self.shapes is not None and self.shapes.has(pattern)

    def distributions(self) -> Iterator[tuple[str, Term]]:
        """Yield each distribution with the name of its data set."""
        for dataset in self.graph.datasets:
            for distribution in self.graph.distributions(dataset):
                yield self.graph.name(dataset), distribution

    def described(self) -> Iterator[tuple[str, Node]]:
        """Yield each data set with its name."""
        for dataset in self.graph.datasets:
            yield self.graph.name(dataset), dataset


Check = Callable[[Evidence], Iterator[Finding]]
"""One thing that a portal looks at."""


def _base(visitor: Visitor) -> str:
    """Return the base that the catalogue's IRI has, or nothing if there is none to read."""
    answers = []
    for path in SYNTAXES.values():
        address = visitor.site.url + path
        page = read(address, visitor.get(address))
        for catalogue in page.graph.instances(f"{DCAT}Catalog"):
            if isinstance(catalogue, NamedNode):
                return base_of(catalogue.value)
        answers.append(page.answer)
    if not any(answer.status for answer in answers):
        raise EndpointFailed(told("{address} {failure}", address=visitor.site.url, failure=answers[0].failure))
    return ""
