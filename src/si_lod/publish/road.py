"""The road from a site's files to a release: the steps in order, and no detail."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from si_lod.errors import InvalidFiles, NonConforming, ReleaseConflict
from si_lod.publish.canonical import write_dataset
from si_lod.publish.continuity import gaps, lost_successors
from si_lod.publish.dataset import assemble
from si_lod.publish.edition import Edition
from si_lod.publish.record import Record
from si_lod.publish.refusal import Refusal
from si_lod.publish.shacl import gate
from si_lod.publish.shacl.shapes import Shapes
from si_lod.publish.source import Source
from si_lod.publish.verdict import Verdict
from si_lod.release import Manifest, Release

if TYPE_CHECKING:
    from pyoxigraph import Store

    from si_lod.releases import Releases

_TOOLS: Final = ("si-lod", "pyoxigraph", "pyshacl", "rdflib")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What publishing came to: the release, and whether it is new; ``verdict`` is None if nothing had changed."""

    release: Release
    verdict: Verdict | None


def check(source: Source) -> Verdict:
    """Return the verdict on the site's files, without writing anything that stays.

    Raises InvalidFiles if they cannot be made into a graph at all.
    """
    Edition.read(source)
    with TemporaryDirectory(prefix="si-lod-") as folder:
        store, _ = assemble(source, Path(folder) / "store")
        return _judge(source, store)


def publish(source: Source, releases: Releases) -> Outcome:
    """Return the release made of the site's files, put in place and served.

    Raises InvalidFiles or NonConforming if they may not be published, ReleaseConflict if their version is published
    already with other content, CannotWrite if the releases' folder does not let itself be written. Whatever is
    raised, the releases are as they were; why the files may not be published is kept beside them.
    """
    edition = Edition.read(source)
    with releases.lock():
        refusal = Refusal(releases, edition.version)
        if edition.version in releases.versions():
            with refusal.told():
                return Outcome(_unchanged(source, releases.open(edition.version)), None)
        before = releases.latest()
        with releases.build(edition.version) as folder, refusal.told(folder):
            verdict = _build(source, edition, folder, before)
        refusal.lift()
    return Outcome(releases.open(edition.version), verdict)


def _unchanged(source: Source, release: Release) -> Release:
    if release.manifest.content != source.digest():
        raise ReleaseConflict(
            f"{release.manifest.version} is published already, with other content, and a release never changes; "
            f"raise dcat:version and dct:issued in data/dataset.ttl and publish again"
        )
    return release


def _build(source: Source, edition: Edition, folder: Path, before: Release | None) -> Verdict:
    # Everything is read from the copy, so that an edit in the meantime cannot get half into the release.
    snapshot = _copy(source, folder / "files")
    store, rows = assemble(snapshot, folder / "store")
    verdict = _judge(snapshot, store)
    tools = {tool: version(tool) for tool in _TOOLS}
    Record(snapshot.site, edition.version, folder).write(verdict, store, tools)
    gone = [*lost_successors(store, snapshot.site.base), *(gaps(before, store, snapshot.site.base) if before else ())]
    if verdict.violations:
        raise NonConforming([*verdict.violations, *gone])
    if gone:
        raise InvalidFiles(gone)
    digest = write_dataset(store, folder / "dataset.nq.gz")
    manifest = Manifest(
        version=edition.version,
        issued=edition.issued,
        site=snapshot.site,
        triples=len(store),
        rows=rows,
        results=verdict.report.counts(),
        content=snapshot.digest(),
        dataset=digest,
        tools=tools,
    )
    manifest.write(folder / "manifest.json")
    if before:
        Record(snapshot.site, edition.version, folder).compare(before)
    store.optimize()
    return verdict


def _copy(source: Source, folder: Path) -> Source:
    for path in source.inputs():
        target = folder / source.name(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return Source.read(folder)


def _judge(source: Source, store: Store) -> Verdict:
    report = gate.validate(store, Shapes.read(source.files("shapes/*.ttl")))
    return Verdict.of(report, source)
