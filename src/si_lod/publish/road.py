"""The road from a site's files to a release: the steps in order, and no detail."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from si_lod.errors import InvalidFiles, NonConforming, ReleaseConflict
from si_lod.folders import let_go
from si_lod.publish.canonical import write_dataset
from si_lod.publish.composition import compose
from si_lod.publish.continuity import gaps, lost_successors
from si_lod.publish.edition import Edition
from si_lod.publish.formulas import formulas
from si_lod.publish.progress import TRACING, VALIDATING, WRITING, Progress, silent
from si_lod.publish.record import Record
from si_lod.publish.refusal import Refusal
from si_lod.publish.shacl import gate
from si_lod.publish.shacl.shapes import Shapes
from si_lod.publish.source import Source
from si_lod.publish.verdict import Verdict
from si_lod.release import Manifest, Release
from si_lod.sentences import told

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.errors import Problem
    from si_lod.releases import Releases

_TOOLS: Final = ("si-lod", "pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing came to: the release, and whether it is new; ``verdict`` is None if nothing had changed."""

    release: Release
    verdict: Verdict | None


def check(source: Source, *, progress: Progress = silent) -> Verdict:
    """Return the verdict on the site's files, without writing anything that stays.

    Raises InvalidFiles if they cannot be made into a graph at all, or if what else a release needs is not right.
    """
    with TemporaryDirectory(prefix="si-lod-", ignore_cleanup_errors=True) as folder:
        _edition(source)
        try:
            return _check(source, Path(folder) / "store", progress)
        except BaseException as error:
            let_go(error)
            raise


def _check(source: Source, path: Path, progress: Progress) -> Verdict:
    # A function of its own, so that the store is closed before its folder goes.
    draft = compose(source, path, progress=progress)
    verdict = _judge(source, draft.store, progress)
    if draft.faults:
        raise InvalidFiles([*verdict.violations, *draft.faults])
    return verdict


def publish(source: Source, releases: Releases, *, progress: Progress = silent) -> Outcome:
    """Return the release made of the site's files, put in place and served.

    Raises InvalidFiles or NonConforming if they may not be published, ReleaseConflict if their version is published
    already with other content, CannotWrite if the releases' folder does not let itself be written. Whatever is
    raised, the releases are as they were; why the files may not be published is kept beside them.
    """
    edition = _edition(source)
    with releases.lock():
        refusal = Refusal(releases, edition.version)
        if edition.version in releases.versions():
            with refusal.keeping():
                return Outcome(_unchanged(source, releases, edition), None)
        before = releases.latest()
        with releases.build(edition.version) as folder, refusal.keeping(folder):
            verdict = _build(source, edition, folder, before, progress)
        refusal.lift()
    return Outcome(releases.open(edition.version), verdict)


def _edition(source: Source) -> Edition:
    """Return the edition; where there is none, the faults of all the other files are told with that."""
    try:
        return Edition.read(source)
    except InvalidFiles as error:
        faults = list(error.problems)
        with TemporaryDirectory(prefix="si-lod-", ignore_cleanup_errors=True) as folder:
            try:
                _check(source, Path(folder) / "store", silent)
            except InvalidFiles as others:
                faults += others.problems
        raise InvalidFiles(faults) from None


def _unchanged(source: Source, releases: Releases, edition: Edition) -> Release:
    release = releases.open(edition.version)
    if release.manifest.content != source.digest():
        raise ReleaseConflict(
            told(
                "{version} is published already, with other content, and a release never changes; "
                "raise dcat:version and dct:issued in data/dataset.ttl and publish again",
                version=release.manifest.version,
            )
        )
    if releases.current_version() is None:
        releases.switch(edition.version)
    return release


def _build(source: Source, edition: Edition, folder: Path, before: Release | None, progress: Progress) -> Verdict:
    # Everything is read from the copy, so that an edit in the meantime cannot get half into the release.
    snapshot = _copy(source, folder / "files")
    if Edition.read(snapshot) != edition:
        raise InvalidFiles([edition.fault(told("the version was changed while it was being published; publish again"))])
    draft = compose(snapshot, folder / "store", before=before, progress=progress)
    verdict = _judge(snapshot, draft.store, progress)
    tools = {tool: version(tool) for tool in _TOOLS}
    Record(snapshot.site, edition.version, folder).write(verdict, draft.store, tools)
    _refuse(verdict, [*draft.faults, *_lost(draft.store, snapshot.site.base, before)])
    progress(told("writing the release"), WRITING)
    digest = write_dataset(draft.store, folder / "dataset.nq.gz")
    manifest = Manifest(
        version=edition.version,
        issued=edition.issued,
        site=snapshot.site,
        triples=len(draft.store),
        rows=draft.rows,
        results=verdict.report.counts(),
        content=snapshot.digest(),
        dataset=digest,
        tools=tools,
    )
    manifest.write(folder / "manifest.json")
    if before:
        Record(snapshot.site, edition.version, folder).compare(before)
    draft.store.optimize()
    return verdict


def _lost(store: Store, base: str, before: Release | None) -> list[Problem]:
    return [*lost_successors(store, base), *(gaps(before, store, base) if before else ())]


def _refuse(verdict: Verdict, faults: list[Problem]) -> None:
    if verdict.violations:
        raise NonConforming([*verdict.violations, *faults])
    if faults:
        raise InvalidFiles(faults)


def _copy(source: Source, folder: Path) -> Source:
    for path in source.inputs():
        target = folder / source.name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return Source.read(folder)


def _judge(source: Source, store: Store, progress: Progress) -> Verdict:
    progress(told("validating"), VALIDATING)
    report = gate.validate(store, Shapes.read(source.files("shapes/*.ttl")), base=source.site.base)
    progress(told("looking for the places"), TRACING)
    return Verdict.of(report, source, formulas(store))
