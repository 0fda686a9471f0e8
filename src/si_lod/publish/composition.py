"""The whole of what a release says: the dataset, the catalogue that tells of it, and the service over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.publish.catalogue import make_catalogue
from si_lod.publish.dataset import assemble
from si_lod.publish.edition import Edition
from si_lod.publish.progress import Progress, silent
from si_lod.publish.service import add_service

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.publish.dataset import Draft
    from si_lod.publish.source import Source
    from si_lod.release import Release


def compose(source: Source, path: Path, *, before: Release | None = None, progress: Progress = silent) -> Draft:
    """Return the draft whose store is at ``path``; the dumps and the catalogue's own file are written beside it.

    ``before`` is the release that it follows, whose dates are kept for what has not changed. Raises InvalidFiles
    with every problem in tables and documents together.
    """
    draft = assemble(source, path, progress=progress)
    make_catalogue(source, draft, path.parent, Edition.read(source), before=before.path if before else None)
    add_service(source.site, draft.store)
    draft.store.flush()
    return draft
