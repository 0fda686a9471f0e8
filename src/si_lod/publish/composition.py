"""The whole of what a release says: the dataset, the catalogue that tells of it, and the service over both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.publish.catalogue import make_catalogue
from si_lod.publish.dataset import assemble
from si_lod.publish.progress import Progress, silent
from si_lod.publish.service import add_service

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.publish.dataset import Draft
    from si_lod.publish.edition import Edition
    from si_lod.publish.source import Source
    from si_lod.release import Release


def compose(
    source: Source,
    path: Path,
    edition: Edition | None,
    *,
    before: Release | None = None,
    progress: Progress = silent,
) -> Draft:
    """Return the draft whose store is at ``path``; the dumps and the catalogue's own file are written beside it.

    ``before`` is the release that it follows, whose dates are kept for what has not changed. Without an edition, or
    tables, there is no catalogue, and the draft is damaged.
    """
    draft = assemble(source, path, progress=progress)
    if edition and draft.readable:
        make_catalogue(source, draft, path.parent, edition, before=before.path if before else None)
    else:
        draft.damage.anything()
    add_service(source.site, draft.store)
    draft.store.flush()
    return draft
