"""The metrics of data.europa.eu's quality assessment (MQA): 405 points, as its methodology and scoring say.

``scoring`` has how they add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.rehearse import lists
from si_lod.rehearse.faults import DATES
from si_lod.rehearse.terms import DCAT, DCT, SKOS, shortened
from si_lod.sentences import Sentence, told

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.rehearse.graph import Graph, Term
    from si_lod.rehearse.visiting import Visitor

COMPLIANCE: Final = 30
"""The points for a data set that conforms to DCAT-AP with all of its parts; they are not in the table below."""
POSSIBLE: Final = 405


@dataclass(frozen=True, slots=True)
class Subject:
    """What a metric looks at: a node of the graph, the data set it is or is of, and whom to ask for links."""

    graph: Graph
    visitor: Visitor
    node: Term
    dataset: Term

    def answers(self, predicate: str) -> bool | None:
        """Return whether all addresses in that property answer HEAD, and there is one; None for those elsewhere."""
        found = self.graph.texts(self.node, predicate)
        if any(self.visitor.site.address(address) is None for address in found):
            return None
        return bool(found) and all(self.visitor.head(address).well for address in found)

    def listed(self, predicate: str, values: lists.ValueList) -> bool:
        """Return whether a value of that property is in the list."""
        return any(map(values.has, self.graph.texts(self.node, predicate)))

    def dated(self, predicate: str) -> bool:
        """Return whether there is a typed date; a date on the distribution hides that of its data set."""
        values = self.graph.values(self.node, predicate) or self.graph.values(self.dataset, predicate)
        return any(isinstance(value, Literal) and value.datatype.value in DATES for value in values)

    def licensed(self) -> bool:
        """Return whether the licence is one that the EU's list knows, itself or as an exact match of its own."""
        licences = self.graph.values(self.node, f"{DCT}license")
        matches = [same for term in licences for same in self.graph.texts(term, f"{SKOS}exactMatch")]
        return any(map(lists.LICENCES.has, [*(term.value for term in licences), *matches]))


@dataclass(frozen=True, slots=True)
class Metric:
    """What is worth points when it is so, and what to tell when it is not; None is not judged."""

    points: int
    met: Callable[[Subject], bool | None]
    missing: Sentence


def _present(points: int, predicate: str) -> Metric:
    missing = told("has no {what}", what=shortened(predicate))
    return Metric(points, lambda subject: bool(subject.graph.values(subject.node, predicate)), missing)


def _answering(points: int, predicate: str) -> Metric:
    return Metric(
        points,
        lambda subject: subject.answers(predicate),
        told("{what} does not answer HEAD with 200", what=shortened(predicate)),
    )


def _dated(points: int, predicate: str) -> Metric:
    missing = told("has no {what} that is typed as a date", what=shortened(predicate))
    return Metric(points, lambda subject: subject.dated(predicate), missing)


def _listed(points: int, predicate: str, values: lists.ValueList, missing: Sentence) -> Metric:
    return Metric(points, lambda subject: subject.listed(predicate, values), missing)


OF_DATASET: Final = (
    _present(30, f"{DCAT}keyword"),
    _present(30, f"{DCAT}theme"),
    _present(20, f"{DCT}spatial"),
    _present(20, f"{DCT}temporal"),
    _present(10, f"{DCT}accessRights"),
    _listed(5, f"{DCT}accessRights", lists.ACCESS_RIGHTS, told("dct:accessRights is not from the EU's list")),
    _present(20, f"{DCAT}contactPoint"),
    _present(10, f"{DCT}publisher"),
)
"""What is measured on a data set."""
OF_DISTRIBUTION: Final = (
    _answering(50, f"{DCAT}accessURL"),
    _present(20, f"{DCAT}downloadURL"),
    _answering(30, f"{DCAT}downloadURL"),
    _present(20, f"{DCT}format"),
    _present(10, f"{DCAT}mediaType"),
    Metric(
        10,
        lambda s: s.listed(f"{DCT}format", lists.FILE_TYPES) and s.listed(f"{DCAT}mediaType", lists.MEDIA),
        told("dct:format and dcat:mediaType are not both from their lists"),
    ),
    _listed(20, f"{DCT}format", lists.OPEN_FILE_TYPES, told("dct:format is none that counts as non-proprietary")),
    _listed(20, f"{DCT}format", lists.READABLE_FILE_TYPES, told("dct:format is none that counts as machine-readable")),
    _present(20, f"{DCT}license"),
    Metric(10, Subject.licensed, told("dct:license is none that the EU's list knows")),
    _present(5, f"{DCT}rights"),
    _present(5, f"{DCAT}byteSize"),
    _dated(5, f"{DCT}issued"),
    _dated(5, f"{DCT}modified"),
)
"""What is measured on a distribution."""
