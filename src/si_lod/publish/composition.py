"""The whole of what a release says: the dataset, the catalogue that tells of it, and the service over both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from si_lod.publish.catalogue import make_catalogue
from si_lod.publish.catalogue.namesakes import namesakes
from si_lod.publish.catalogue.service import add_service
from si_lod.publish.dataset.assembly import assemble
from si_lod.publish.dataset.tally import Tally
from si_lod.publish.progress import Progress, silent

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.index.origins import Origins
    from si_lod.publish.dataset.assembly import Draft
    from si_lod.publish.source.edition import Edition
    from si_lod.publish.source.files import Source
    from si_lod.release import Release

STATED: Final = "stated.nq.gz"
"""The dump of what tables and documents state, from which nothing is derived yet."""


@dataclass(frozen=True, slots=True)
class Composer:
    """Who composes the draft of the site ``source``, issued after the release ``before``, if there is one.

    Without an edition there is no catalogue, and neither is without tables, or where downloads would have the same
    name: the draft is damaged then.
    """

    source: Source
    edition: Edition | None
    before: Release | None = None
    progress: Progress = silent

    def compose(self, path: Path, origins: Origins | None = None) -> Draft:
        """Return the draft whose store is at ``path``; the dumps and the catalogue's own file are written beside it.

        So is a dump of what tables and documents state. ``origins`` are told which row made what.
        """
        draft = assemble(
            self.source, path, stated=path.with_name(STATED), progress=self.progress, tally=Tally(origins=origins)
        )
        clashes = tuple(namesakes(self.source)) if draft.readable else ()
        if self.edition and draft.readable and not clashes:
            before = self.before.path if self.before else None
            make_catalogue(self.source, draft, path.parent, self.edition, before=before)
        else:
            draft.damage.anything()
        add_service(self.source.site, draft.store)
        draft.store.flush()
        return replace(draft, faults=(*draft.faults, *clashes))
