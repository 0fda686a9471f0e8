"""The bridge: a release is a folder that is complete or absent.

::

    2026.1/
        dataset.nq.gz      every quad, sorted, no blank nodes
        catalog.nt         the catalogue (DCAT), complete in itself: what the data sets are and what they can be had as
        dump/              the downloads that it tells of, the metadata of the tables among them (CSVW), SHA256SUMS
        feed/              what each release changed in the catalogue and in the observations, page by page (LDES)
        things/            what is in each data set, by IRI: whatever has a page, with the day on which it last changed
        derived.nq.gz      those of its lines that no file states, but that follow
        files/             the tables, ontology, shapes and queries that it was made from
        report.ttl         why it was let through; report.txt says the same to people, report.nl.txt in Dutch
        verdict.ttl        the report counted, by what it was made, by which version of the shapes
        manifest.json      version, base IRI, counts, digests, tool versions
        changes/           how it differs from the release before it, if there was one (si_lod.changes)
        index.sqlite       what is looked up by words, and which row says what (si_lod.index)
        store/             Oxigraph, built from dataset.nq.gz, and a digest of each of its files (si_lod.seals)

Same input after the same release, same bytes in everything but ``store/``: the catalogue keeps the dates of what has
not changed since the release before.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self

from pyoxigraph import Store

from si_lod.errors import Damaged, InvalidSetting, NoRelease
from si_lod.misreadings import no_json, no_utf_8, reason_of
from si_lod.seals import damage, identity_of, is_sealed
from si_lod.sentences import listed, told
from si_lod.sites import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from si_lod.seals import Identity

_LOG: Final = logging.getLogger(__name__)
MANIFEST: Final = "manifest.json"
CATALOG_FILE: Final = "catalog.nt"
DUMPS: Final = "dump"
DIGESTS: Final = "SHA256SUMS"
"""The file beside the downloads with the digest of each, as ``sha256sum --check`` reads it."""
FEEDS: Final = "feed"
MOMENTS: Final = ".moments"
"""How the file beside a feed is called after it; a line for each page has the moments of its first and last member."""
THINGS: Final = "things"
PARTS: Final = (MANIFEST, "dataset.nq.gz", "report.ttl", "store")
"""What a release cannot be without."""
REMEDY: Final = told(
    "publishing the files that it was made of makes it anew, and another one is served by: si-lod releases rollback"
)
"""What there is to do about a release that is not whole."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a release says of itself: equal for equal input, so it names no clock and no machine.

    ``issued`` is an xsd:date, ``rows`` counts the records of each table, ``results`` the validation results by
    severity. Digests are SHA-256 in hexadecimal: ``content`` over the site's files, ``dataset`` over the
    uncompressed N-Quads, ``index`` over the file of the index, empty for a release that has none. Those of the
    ``sealed`` store's files are beside them, because they differ whenever it is built.
    """

    version: str
    issued: str
    site: Site
    triples: int
    rows: Mapping[str, int]
    results: Mapping[str, int]
    content: str
    dataset: str
    tools: Mapping[str, str]
    index: str = ""
    sealed: bool = False

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the manifest in the file ``path``; raises NoRelease if it is missing or is none."""
        try:
            table = json.loads(path.read_text(encoding="utf-8"))
            return cls(**{**table, "site": Site.restore(table["site"])})
        except OSError as error:
            reason = reason_of(error)
        except UnicodeDecodeError as error:
            reason = no_utf_8(error)
        except json.JSONDecodeError as error:
            reason = no_json(error.msg)
        except (ValueError, TypeError, KeyError, AttributeError, InvalidSetting):
            reason = told("it says something else than a manifest does")
        message = told(
            "{path}: expected the manifest of a release: {reason}; {remedy}", path=path, reason=reason, remedy=REMEDY
        )
        raise NoRelease(message)

    def write(self, path: Path) -> None:
        """Write this manifest as JSON with sorted keys."""
        table: dict[str, Any] = {**asdict(self), "site": self.site.store()}
        path.write_text(json.dumps(table, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Release:
    """One release: its folder, what its manifest says, and which store was there before that was read."""

    path: Path
    manifest: Manifest
    identity: Identity | None = field(default=None, compare=False)

    @classmethod
    def open(cls, path: Path, read: Callable[[Path], Manifest] = Manifest.read) -> Self:
        """Return the release in the folder ``path``; raises NoRelease if it is not whole, and what ``read`` raises."""
        identity = identity_of(path / "store")
        manifest = read(path / MANIFEST)
        missing = [name for name in PARTS if not (path / name).exists()]
        if missing:
            found = told(
                "{path}: expected a whole release, found no {missing}; {remedy}",
                path=path,
                missing=listed(missing),
                remedy=REMEDY,
            )
            raise NoRelease(found)
        return cls(path, manifest, identity)

    @property
    def is_replaced(self) -> bool:
        """Whether another release has come in its folder since; while none is there, it is not."""
        return identity_of(self.path / "store") not in {None, self.identity}

    def store(self, seen: Callable[[Path], str] = damage) -> Store:
        """Return the release's store, opened read-only; call it in the process that will read it.

        Raises NoRelease if it cannot be opened, Damaged if any of it is, which ``seen`` tells: what cannot be read
        would be missing in answers without a word.
        """
        self.verify(seen)
        try:
            return Store.read_only(str(self.path / "store"))
        except (OSError, RuntimeError) as error:  # RocksDB tells of damaged files by the latter
            message = told("{path}: the store cannot be opened: {error}", path=self.path / "store", error=error)
            raise NoRelease(message) from None

    def verify(self, seen: Callable[[Path], str] = damage) -> None:
        """Raise Damaged unless every file of the store is as it was written, NoRelease if that is not to be known."""
        path = self.path / "store"
        if not self.manifest.sealed and not is_sealed(path):
            _LOG.warning("%s: made before stores had digests, so damage to it is not seen; %s", path, REMEDY)
            return
        try:
            reason = seen(path)
        except OSError as error:
            message = told("{path}: the store cannot be opened: {error}", path=path, error=reason_of(error))
            raise NoRelease(message) from None
        if reason:
            message = told("{path}: {reason}; {remedy}", path=path, reason=reason, remedy=REMEDY)
            raise Damaged(message, reason=reason)
