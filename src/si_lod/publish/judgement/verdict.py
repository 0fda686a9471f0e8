"""The verdict on a site's files: each validation result at the place where an editor can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from si_lod.errors import Level, Problem
from si_lod.publish.shacl.report import SH
from si_lod.publish.shacl.wording import constraint_name
from si_lod.publish.source.skolems import GENID
from si_lod.sentences import Translated, say, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.publish.judgement.suggestions import Suggestions
    from si_lod.publish.judgement.trace import Trace
    from si_lod.publish.shacl.report import ValidationReport, ValidationResult

_SEVERITIES: Final = {"Violation": told("Violation"), "Warning": told("Warning"), "Info": told("Info")}
_LEVELS: Final = {f"{SH}Violation": Level.ERROR, f"{SH}Warning": Level.WARNING}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A validation report, and in the same order its results as problems in the site's files.

    ``remarks`` are what else an editor may want to look at; they are no part of the report and refuse nothing.
    """

    report: ValidationReport
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, report: ValidationReport, trace: Trace, base: str, suggestions: Suggestions) -> Self:
        """Return the verdict that ``report`` comes to, by the trace of its results, with what may be meant."""
        return cls(report, tuple(_problem(result, trace, base, suggestions) for result in report.results))

    @property
    def violations(self) -> tuple[Problem, ...]:
        """The problems that refuse a release."""
        return self.problems[: len(self.report.violations())]

    def text(self, *severities: str, language: str = "en") -> str:
        """Return the verdict as people read it: the counts, then each problem of these severities, by its place.

        Without severities every problem is told.
        """
        return "".join(f"{line}\n" for line in self._lines(severities, language))

    def _lines(self, severities: tuple[str, ...], language: str) -> Iterator[str]:
        counts = self.report.counts()
        words = {severity: say(_SEVERITIES.get(severity, severity), language) for severity in counts}
        found = ", ".join(f"{count} {words[severity]}" for severity, count in counts.items())
        yield say(told("validation results: {counts}", counts=found), language)
        for severity in severities or counts:
            of_kind = [
                problem
                for problem, result in zip(self.problems, self.report.results, strict=True)
                if result.severity == SH + severity
            ]
            if of_kind:
                yield f"\n{words[severity]}"
                yield from (problem.said(language) for problem in sorted(of_kind))


def _problem(result: ValidationResult, trace: Trace, base: str, suggestions: Suggestions) -> Problem:
    cell = trace.cell(result)
    shape = _shape_name(result)
    focus_node = result.focus_node.value.removeprefix(base)
    message: str = Translated.by_language({tag: text.replace(base, "") for tag, text in result.texts().items()})
    near = suggestions.meant(result)
    if near:
        message = told("{message} Is {near} meant?", message=message, near=near)
    level = _LEVELS.get(result.severity, Level.NOTE)
    if cell is None:
        # Neither a table nor a document says anything of it: it follows from them, and its IRI names it.
        return Problem(focus_node, 0, "", told("{message} [{shape}]", message=message, shape=shape), level, shape)
    about = told("{message} [{shape}: {focus_node}]", message=message, shape=shape, focus_node=focus_node)
    return Problem(cell.file, cell.line, cell.column, about, level, shape)


def _shape_name(result: ValidationResult) -> str:
    """Return the last part of the shape's IRI; of one that has none but a made one, the constraint that was not met."""
    iri = result.source_shape.value
    return constraint_name(result.component) if GENID in iri else iri.rpartition("#")[2]
