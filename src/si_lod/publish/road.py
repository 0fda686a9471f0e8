"""The road from a site's files to a release: the steps in order, and no detail."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from sqlite3 import sqlite_version
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from si_lod.changes.comparison import DUMP
from si_lod.changes.consequences import FILE as CONSEQUENCES
from si_lod.changes.consequences import write_consequences
from si_lod.errors import InvalidFiles, NoRelease, ReleaseConflict
from si_lod.folders import let_go
from si_lod.index.writing import new_index, write_index
from si_lod.publish.composition import STATED, Composer
from si_lod.publish.dataset.canonical import write_dataset
from si_lod.publish.judgement.continuity import keep_apart, predecessor
from si_lod.publish.judgement.draft import Judge
from si_lod.publish.progress import WRITING, Progress, silent
from si_lod.publish.record.evidence import Record
from si_lod.publish.record.refusal import Refusal
from si_lod.publish.source.edition import Edition
from si_lod.release import MANIFEST, Manifest
from si_lod.sentences import told
from si_lod.workshop import Workshop

if TYPE_CHECKING:
    from datetime import date

    from si_lod.errors import Problem
    from si_lod.publish.judgement.verdict import Verdict
    from si_lod.publish.source.files import Source
    from si_lod.release import Release
    from si_lod.releases import Releases

_TOOLS: Final = ("si-lod", "pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing came to: the release, and whether it is new; ``verdict`` is None if nothing had changed."""

    release: Release
    verdict: Verdict | None


def check(source: Source, releases: Releases | None = None, *, progress: Progress = silent) -> Verdict:
    """Return the verdict on the site's files, without writing anything that stays.

    With ``releases`` that have one of this site they are held against it: is anything gone, is the version free?
    Raises InvalidFiles or NonConforming, with everything that is known, if what else a release needs is not right.
    """
    with TemporaryDirectory(prefix="si-lod-", ignore_cleanup_errors=True) as folder:
        try:
            return _check(source, releases, Path(folder) / "store", progress)
        except BaseException as error:
            let_go(error)
            raise


def _check(source: Source, releases: Releases | None, path: Path, progress: Progress) -> Verdict:
    # A function of its own, so that the store is closed before its folder goes.
    before = predecessor(source, releases)
    faults: list[Problem] = []
    conflicts: list[Problem] = []
    edition = forerunner = None
    try:
        edition = Edition.read(source)
        forerunner = edition.forerunner(releases) if before and releases else None
        faults += edition.order(releases) if before and releases else ()
        conflicts += edition.conflict(source, releases) if before and releases else ()
    except InvalidFiles as error:
        faults += error.problems
    draft = Composer(source, edition, forerunner, progress).compose(path)
    judgement = Judge(source, draft, before, progress).judge([*faults, *conflicts])
    refusal = judgement.refusal(ReleaseConflict if conflicts else InvalidFiles)
    if refusal and judgement.faults:
        raise refusal
    verdict = judgement.verdict
    return replace(verdict, remarks=(*verdict.remarks, *(edition.remarks(_today()) if edition else ())))


def _today() -> date:
    # The clock decides nothing: it is read for what people are told, and for that only.
    return datetime.now(tz=UTC).date()


def publish(source: Source, releases: Releases, *, progress: Progress = silent) -> Outcome:
    """Return the release made of the site's files, put in place and served.

    Raises InvalidFiles or NonConforming if they may not be published, ReleaseConflict if their version is published
    already with other content, CannotWrite if the releases' folder does not let itself be written. Whatever is
    raised, the releases are as they were; why the files may not be published is kept beside them.
    """
    try:
        edition = Edition.read(source)
    except InvalidFiles:
        check(source, releases, progress=progress)  # Tells the faults of all the other files with that.
        raise
    with Workshop.open(releases) as workshop:
        keep_apart(source, releases)
        refusal = Refusal(releases, edition.version, edition.issued)
        if releases.holds(edition.version):
            with refusal.keeping():
                release = _unchanged(source, releases, edition, progress)
            if release:
                refusal.lift()
                return Outcome(release, None)
        with workshop.build(edition.version) as folder, refusal.keeping(folder):
            verdict = _build(source, edition, folder, releases, progress)
        refusal.lift()
    return Outcome(releases.open(edition.version), verdict)


def _unchanged(source: Source, releases: Releases, edition: Edition, progress: Progress) -> Release | None:
    """Return the release that is there already, or None if it is not whole, and is to be made anew."""
    conflicts = list(edition.conflict(source, releases))
    if conflicts:
        check(source, releases, progress=progress)  # Tells whatever else is wrong with that.
        raise ReleaseConflict(conflicts)
    try:
        release = releases.open(edition.version)
        release.verify()
    except NoRelease:
        return None
    if releases.current_version() is None:
        releases.switch(edition.version)
    return release


def _build(source: Source, edition: Edition, folder: Path, releases: Releases, progress: Progress) -> Verdict:
    # Everything is read from the copy, so that an edit in the meantime cannot get half into the release.
    snapshot = source.copy(folder / "files")
    if Edition.read(snapshot) != edition:
        raise InvalidFiles([edition.fault(told("the version was changed while it was being published; publish again"))])
    before = edition.predecessor(releases)
    with new_index(folder) as origins:
        draft = Composer(snapshot, edition, edition.forerunner(releases), progress).compose(folder / "store", origins)
    judgement = Judge(snapshot, draft, before, progress).judge(edition.order(releases))
    tools = {tool: version(tool) for tool in _TOOLS} | {"sqlite": sqlite_version}
    if not judgement.unjudged and not draft.damage:
        Record(snapshot.site, edition.version, folder).write(judgement.verdict, draft.store, tools)
    if refusal := judgement.refusal():
        raise refusal
    progress(told("writing the release"), WRITING)
    digest = write_dataset(draft.store, folder / DUMP)
    write_consequences(folder / STATED, folder / DUMP, folder / CONSEQUENCES)
    (folder / STATED).unlink()
    manifest = Manifest(
        version=edition.version,
        issued=edition.issued,
        site=snapshot.site,
        triples=len(draft.store),
        rows=dict(draft.tally.rows),
        results=judgement.verdict.report.counts(),
        content=snapshot.digest(),
        dataset=digest,
        tools=tools,
        index=write_index(folder, draft.store, snapshot.site),
        sealed=True,
    )
    manifest.write(folder / MANIFEST)
    if before:
        Record(snapshot.site, edition.version, folder).compare(before)
    draft.store.optimize()
    return replace(judgement.verdict, remarks=(*judgement.verdict.remarks, *edition.remarks(_today())))
