"""What a release keeps of its judgement: the report, the counts, and how both differ from the release before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from si_lod.changes.comparison import FOLDER, write_changes
from si_lod.publish.dataset.metrics import DQV
from si_lod.publish.record.quality import Assessment, compare_results
from si_lod.publish.shacl.report import SH
from si_lod.sentences import LANGUAGES, in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from pyoxigraph import Store, Triple

    from si_lod.publish.judgement.verdict import Verdict
    from si_lod.release import Release
    from si_lod.sites import Site

REPORT: Final = "report.ttl"
_PREFIXES: Final = {"sh": SH, "dqv": DQV, "prov": "http://www.w3.org/ns/prov#"}


@dataclass(frozen=True, slots=True)
class Record:
    """The record of the release ``version`` in its folder."""

    site: Site
    version: str
    folder: Path

    def write(self, verdict: Verdict, store: Store, tools: Mapping[str, str]) -> None:
        """Write the validation report in RDF and in words, and the verdict that it comes to."""
        assessment = Assessment(self.site.base, self.version)
        self._write(REPORT, verdict.report.triples(assessment.report))
        self._write("verdict.ttl", assessment.verdict(verdict.report, store, tools))
        for language in LANGUAGES:
            text = verdict.text(language=language)
            (self.folder / in_language("report.txt", language)).write_text(text, encoding="utf-8")

    def compare(self, before: Release) -> None:
        """Write what changed since the release ``before``, in its facts and in its validation results."""
        comparison = write_changes(before.path, before.manifest, self.folder, version=self.version, site=self.site)
        results = compare_results(before.path / REPORT, self.folder / REPORT)
        replace(comparison, results=results).write(self.folder)
        assessment = Assessment(self.site.base, self.version)
        self._write(f"{FOLDER}/quality.ttl", assessment.comparison(results, before.manifest.version))

    def _write(self, name: str, triples: Iterable[Triple]) -> None:
        content = serialize(triples, format=RdfFormat.TURTLE, prefixes={**_PREFIXES, **self.site.prefixes})
        (self.folder / name).write_bytes(content or b"")
