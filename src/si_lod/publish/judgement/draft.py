"""The judgement of a draft: everything that can be known of it at once, and what cannot be known yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from si_lod.errors import InvalidFiles, Level, NonConforming, Problem
from si_lod.publish.csvw import convert
from si_lod.publish.dataset.assembly import read_tables
from si_lod.publish.judgement.certainty import Certainty
from si_lod.publish.judgement.continuity import gaps
from si_lod.publish.judgement.standard import Standard
from si_lod.publish.judgement.strangers import unheard_of
from si_lod.publish.judgement.suggestions import Suggestions
from si_lod.publish.judgement.trace import Trace
from si_lod.publish.judgement.verdict import Verdict
from si_lod.publish.judgement.withdrawals import lost_successors, strangers
from si_lod.publish.progress import TRACING, VALIDATING
from si_lod.publish.shacl.report import ValidationReport
from si_lod.publish.source.places import placed
from si_lod.sentences import counted, listed, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from si_lod.errors import Unfit
    from si_lod.publish.csvw import Cell, Statement
    from si_lod.publish.dataset.assembly import Draft
    from si_lod.publish.progress import Progress
    from si_lod.publish.source.files import Source
    from si_lod.release import Release

_NOTHING: ValidationReport = ValidationReport(())


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict of the shapes, what else is wrong, and in one sentence what these faults leave unjudged."""

    verdict: Verdict
    faults: tuple[Problem, ...]
    unjudged: tuple[str, ...]

    def refusal(self, kind: type[InvalidFiles] = InvalidFiles) -> Unfit | None:
        """Return the error that says why the files may not be published, or None if they may.

        That is of the ``kind`` when there are faults that the graph itself does not show.
        """
        violations = self.verdict.violations
        beside = self.verdict.problems[len(violations) :]
        if violations and not self.unjudged and kind is InvalidFiles:
            return NonConforming([*violations, *self.faults], beside=beside)
        if violations or self.faults:
            return kind([*violations, *self.faults], beside=beside, unjudged=self.unjudged)
        return None


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges the ``draft`` of the site ``source``, which is to follow the release ``before``, if there is one."""

    source: Source
    draft: Draft
    before: Release | None
    progress: Progress

    def judge(self, faults: Iterable[Problem] = ()) -> Judgement:
        """Return the judgement; ``faults`` were found before."""
        found = [*faults, *self.draft.faults]
        standard = Standard.read(self.source, self.draft, found)
        found += standard.faults
        withheld: list[str] = []
        for step in (self._answers, self._continuity):
            found += step(withheld)
        verdict = replace(self._verdict(standard, found, withheld), remarks=tuple(self._remarks()))
        what = listed(withheld)
        unjudged = told("not judged until that is mended, since it may only follow from it: {what}", what=what)
        return Judgement(verdict, tuple(found), (unjudged,) if withheld else ())

    def _answers(self, withheld: list[str]) -> Iterator[Problem]:
        answers = self.draft.answers
        if not self.draft.damage:
            yield from answers
        elif answers:
            withheld.append(
                counted("the answer of {number} example query", "the answers of {number} example queries", len(answers))
            )

    def _continuity(self, withheld: list[str]) -> Iterator[Problem]:
        store, base, damage = self.draft.store, self.source.site.base, self.draft.damage
        if lost := list(lost_successors(store, base, damage)):
            cells = self._cells(each.triple for each in lost)
            yield from (each.problem(base, cells.get(each.triple)) for each in lost)
        missing = list(gaps(self.before, store, base)) if self.before else []
        unsure = [gap for gap in missing if damage and damage.may_describe(gap.iri)]
        if unsure:
            withheld.append(
                counted(
                    "whether {number} thing that was published is gone",
                    "whether {number} things that were published are gone",
                    len(unsure),
                )
            )
        if self.before:
            yield from (gap.problem(self.before.manifest.version) for gap in missing if gap not in unsure)

    def _remarks(self) -> Iterator[Problem]:
        """Yield a warning for what shapes ask about and nothing is, and for each row of what was never published."""
        before, base = self.before, self.source.site.base
        if self.draft.damage:
            return
        yield from unheard_of(placed(self.source), self.draft.store, base)
        if before is None:
            return
        unknown = list(strangers(before, self.draft.store, base))
        cells = self._cells(unknown)
        for triple in unknown:
            if triple in cells:
                message = told(
                    "{thing}: expected a thing that was published, found none of this name in release {version}; "
                    "mend the id, or remove the row",
                    thing=str(getattr(triple.subject, "value", "")).removeprefix(f"{base}id/"),
                    version=before.manifest.version,
                )
                yield Problem(cells[triple].file, cells[triple].line, "", message, Level.WARNING)

    def _cells(self, triples: Iterable[Triple]) -> dict[Triple, Cell]:
        """Return the cells that say these triples, as far as cells do."""
        wanted = set(triples)
        return {each.triple: each.cell for each in self._statements() if each.triple in wanted} if wanted else {}

    def _verdict(self, standard: Standard, found: list[Problem], withheld: list[str]) -> Verdict:
        self.progress(told("validating"), VALIDATING)
        report, shapes = _NOTHING, standard.shapes
        if shapes:
            try:
                report = standard.report(shapes)
            except InvalidFiles as error:
                found += error.problems
                shapes = None
        self.progress(told("looking for the places"), TRACING)
        trace = Trace.of(report.results, self._statements())
        if shapes is None:
            withheld.append(told("what the shapes ask"))
        elif self.draft.damage:
            places = frozenset((problem.file, problem.line, problem.column) for problem in found)
            certainty = Certainty(self.draft.damage, self.draft.store, shapes, trace, places)
            report = _sure(report, certainty, withheld)
        return Verdict.of(report, trace, self.source.site.base, Suggestions(self.draft.store))

    def _statements(self) -> Iterator[Statement]:
        tables = (
            _as_far_as_right(convert(read_tables(self.source), root=self.source.root)) if self.draft.readable else ()
        )
        return chain(tables, placed(self.source))


def _as_far_as_right(statements: Iterator[Statement]) -> Iterator[Statement]:
    """Yield the statements of tables whose faults were told before."""
    try:
        yield from statements
    except InvalidFiles:
        return


def _sure(report: ValidationReport, certainty: Certainty, withheld: list[str]) -> ValidationReport:
    """Return the report without what is told otherwise, and what may only follow from that, which is counted."""
    fresh = [result for result in report.results if not certainty.is_told(result)]
    sure = [result for result in fresh if certainty.holds(result)]
    unsure = len(fresh) - len(sure)
    if unsure:
        withheld.append(counted("{number} finding of the shapes", "{number} findings of the shapes", unsure))
    return ValidationReport.of(sure)
