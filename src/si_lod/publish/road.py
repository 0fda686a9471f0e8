"""The road from a site's files to a release: the steps in order, and no detail."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from si_lod.errors import NonConforming, ReleaseConflict
from si_lod.frames import let_go
from si_lod.publish.canonical import write_dataset
from si_lod.publish.dataset import assemble
from si_lod.publish.edition import Edition
from si_lod.publish.formulas import formulas
from si_lod.publish.progress import TRACING, VALIDATING, WRITING, Progress, silent
from si_lod.publish.shacl import gate
from si_lod.publish.shacl.report import SH
from si_lod.publish.shacl.shapes import Shapes
from si_lod.publish.source import Source
from si_lod.publish.verdict import Verdict
from si_lod.release import Manifest, Release
from si_lod.sentences import told

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.releases import Releases

_TOOLS: Final = ("si-lod", "pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing came to: the release, and whether it is new; ``verdict`` is None if nothing had changed."""

    release: Release
    verdict: Verdict | None


def check(source: Source, *, progress: Progress = silent) -> Verdict:
    """Return the verdict on the site's files, without writing anything that stays.

    Raises InvalidFiles if they cannot be made into a graph at all.
    """
    Edition.read(source)
    with TemporaryDirectory(prefix="si-lod-", ignore_cleanup_errors=True) as folder:
        try:
            return _check(source, Path(folder) / "store", progress)
        except BaseException as error:
            let_go(error)
            raise


def _check(source: Source, path: Path, progress: Progress) -> Verdict:
    # A function of its own, so that the store is closed before its folder goes.
    store, _ = assemble(source, path, progress=progress)
    return _judge(source, store, progress)


def publish(source: Source, releases: Releases, *, progress: Progress = silent) -> Outcome:
    """Return the release made of the site's files, put in place and served.

    Raises InvalidFiles or NonConforming if they may not be published, ReleaseConflict if their version is published
    already with other content, CannotWrite if the releases' folder does not let itself be written. Whatever is
    raised, the releases are as they were.
    """
    edition = Edition.read(source)
    with releases.lock():
        if edition.version in releases.versions():
            return Outcome(_unchanged(source, releases.open(edition.version)), None)
        with releases.build(edition.version) as folder:
            verdict = _build(source, edition, folder, progress)
    return Outcome(releases.open(edition.version), verdict)


def _unchanged(source: Source, release: Release) -> Release:
    if release.manifest.content != source.digest():
        raise ReleaseConflict(
            told(
                "{version} is published already, with other content, and a release never changes; "
                "raise dcat:version and dct:issued in data/dataset.ttl and publish again",
                version=release.manifest.version,
            )
        )
    return release


def _build(source: Source, edition: Edition, folder: Path, progress: Progress) -> Verdict:
    # Everything is read from the copy, so that an edit in the meantime cannot get half into the release.
    snapshot = _copy(source, folder / "files")
    store, rows = assemble(snapshot, folder / "store", progress=progress)
    verdict = _judge(snapshot, store, progress)
    if verdict.violations:
        raise NonConforming(verdict.violations)
    progress(told("writing the release"), WRITING)
    digest = write_dataset(store, folder / "dataset.nq.gz")
    iri = f"{source.site.base}release/{edition.version}/report"
    report = serialize(
        verdict.report.triples(iri), format=RdfFormat.TURTLE, prefixes={"sh": SH, **source.site.prefixes}
    )
    (folder / "report.ttl").write_bytes(report or b"")
    (folder / "report.txt").write_text(verdict.text(), encoding="utf-8")
    manifest = Manifest(
        version=edition.version,
        issued=edition.issued,
        site=snapshot.site,
        triples=len(store),
        rows=rows,
        results=verdict.report.counts(),
        content=snapshot.digest(),
        dataset=digest,
        tools={tool: version(tool) for tool in _TOOLS},
    )
    manifest.write(folder / "manifest.json")
    store.optimize()
    return verdict


def _copy(source: Source, folder: Path) -> Source:
    for path in source.inputs():
        target = folder / source.name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return Source.read(folder)


def _judge(source: Source, store: Store, progress: Progress) -> Verdict:
    progress(told("validating"), VALIDATING)
    report = gate.validate(store, Shapes.read(source.files("shapes/*.ttl")))
    progress(told("looking for the places"), TRACING)
    return Verdict.of(report, source, formulas(store))
