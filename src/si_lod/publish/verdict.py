"""The verdict on a site's files: each validation result at the place where an editor can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from si_lod.errors import Problem
from si_lod.publish.csvw import convert
from si_lod.publish.dataset import read_tables
from si_lod.publish.shacl.report import SH
from si_lod.publish.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.publish.shacl.report import ValidationReport, ValidationResult
    from si_lod.publish.source import Source


@dataclass(frozen=True, slots=True)
class Verdict:
    """A validation report and, in the same order, its results as problems in the site's files."""

    report: ValidationReport
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, report: ValidationReport, source: Source, *, language: str = "en") -> Self:
        """Return the verdict that ``report`` comes to, its messages in ``language``."""
        trace = Trace.of(report.results, convert(read_tables(source), root=source.root))
        return cls(report, tuple(_problem(result, trace, source.site.base, language) for result in report.results))

    @property
    def violations(self) -> tuple[Problem, ...]:
        """The problems that refuse a release."""
        return self.problems[: len(self.report.violations())]

    def text(self, *severities: str) -> str:
        """Return the verdict as people read it: the counts, then each problem of these severities, by its place.

        Without severities every problem is told.
        """
        return "".join(f"{line}\n" for line in self._lines(severities))

    def _lines(self, severities: tuple[str, ...]) -> Iterator[str]:
        counts = self.report.counts()
        yield "validation results: " + ", ".join(f"{count} {severity}" for severity, count in counts.items())
        for severity in severities or counts:
            of_kind = [
                problem
                for problem, result in zip(self.problems, self.report.results, strict=True)
                if result.severity == SH + severity
            ]
            yield from [f"\n{severity}", *map(str, sorted(of_kind))] if of_kind else []


def _problem(result: ValidationResult, trace: Trace, base: str, language: str) -> Problem:
    cell = trace.cell(result)
    shape = result.source_shape.value.rpartition("#")[2]
    focus_node = result.focus_node.value.removeprefix(base)
    message = result.message(language).replace(base, "")
    if cell is None:
        # What no table says is in the ontology or another document, which its IRI names.
        return Problem(focus_node, 0, "", f"{message} [{shape}]")
    return Problem(cell.file, cell.line, cell.column, f"{message} [{shape}: {focus_node}]")
