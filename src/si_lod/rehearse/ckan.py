"""A CKAN portal with ckanext-dcat: how it opens a catalogue, goes from page to page, and makes data sets of it.

The rules are those of ckanext-dcat 2.4 with its default profile, ``euro_dcat_ap_3``, and of ckanext-harvest.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.harvest import read
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.harvest import Harvest, Page

_LARGEST: Final = 50 * 1024 * 1024
_GOES_ON: Final = frozenset({400, 405})
"""The statuses of HEAD after which CKAN tries GET."""


def opening(evidence: Evidence) -> Iterator[Finding]:
    """Yield what hinders the first request: HEAD, then GET with ``Accept: */*``."""
    for each in evidence.harvests.values():
        first = each.pages[0]
        head = evidence.visitor.head(first.address)
        if head.status in _GOES_ON:
            said = told("answers HEAD with {status}; CKAN goes on with GET", status=head.status)
            yield Finding(Effect.NOTE, first.address, said)
        elif not head.well:
            said = told("HEAD: expected 200, found: {outcome}; CKAN gives up", outcome=head.outcome)
            yield Finding(Effect.STOPS, first.address, said)
        length = head.headers.get("content-length", "")
        if length.isdecimal() and int(length) > _LARGEST:
            said = told("expected 50 MB at most, found {size} bytes; CKAN gives up", size=int(length))
            yield Finding(Effect.STOPS, first.address, said)


def reading(evidence: Evidence) -> Iterator[Finding]:
    """Yield which pages cannot be read: CKAN then has nothing of the catalogue."""
    for each in evidence.harvests.values():
        kind = each.pages[0].answer.media_type
        for page in each.pages:
            if page.relative:
                said = told("has a relative address, which CKAN does not resolve: {fault}", fault=page.fault)
                yield Finding(Effect.STOPS, page.address, said)
            elif page.fault:
                said = told("the whole catalogue is lost: {fault}", fault=page.fault)
                yield Finding(Effect.STOPS, page.address, said)
            elif page.answer.media_type != kind:
                found = page.answer.media_type
                said = told('is "{found}", but CKAN reads it as the first page, "{kind}"', found=found, kind=kind)
                yield Finding(Effect.STOPS, page.address, said)


def paging(evidence: Evidence) -> Iterator[Finding]:
    """Yield where going from page to page ends wrongly, loses a data set or doubles one."""
    for each in evidence.harvests.values():
        if each.round:
            said = told("leads back to the first page, where CKAN ends; other harvesters do not")
            yield Finding(Effect.NOTE, each.pages[-1].address, said)
        elif each.stuck:
            yield Finding(Effect.STOPS, each.pages[-1].address, each.stuck)
        yield from _doubled(each)


def _doubled(each: Harvest) -> Iterator[Finding]:
    counted = Counter(dataset for page in each.pages for dataset in page.graph.datasets)
    for dataset, pages in counted.items():
        if pages > 1:
            said = told("is on {number} pages; CKAN makes {number} data sets of it", number=pages)
            yield Finding(Effect.LOSES, dataset.value, said, dataset.value)


def agreeing(evidence: Evidence) -> Iterator[Finding]:
    """Yield in which syntax the catalogue says something else than in the others."""
    graphs = {name: each.graph for name, each in evidence.harvests.items() if each.readable}
    for name, graph in graphs.items():
        difference = len(graph.content ^ evidence.graph.content)
        if difference and not graph.blank and not evidence.graph.blank:
            said = told("says other things than the other syntaxes: {number:,} triples differ", number=difference)
            yield Finding(Effect.LOSES, evidence.harvests[name].pages[0].address, said)


def steady(evidence: Evidence) -> Iterator[Finding]:
    """Yield which pages have other data sets when they are harvested a second time."""
    for each in evidence.harvests.values():
        yield from (found for page in each.pages for found in _again(evidence, page))


def _again(evidence: Evidence, page: Page) -> Iterator[Finding]:
    answer = evidence.again(page.address)
    later = page if answer.digest == page.answer.digest else read(page.address, answer)
    if [str(node) for node in later.graph.datasets] != [str(node) for node in page.graph.datasets]:
        said = told("has other data sets at the second harvest; CKAN deletes those that are absent")
        yield Finding(Effect.LOSES, page.address, said)
