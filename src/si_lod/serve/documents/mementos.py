"""Which releases describe a thing, by the day on which each was issued; as few are opened as can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.index.file import Index
from si_lod.index.presence import describes
from si_lod.iris import Space
from si_lod.serve.nodes import TYPE
from si_lod.serve.opened import digest_of
from si_lod.serve.replies.variants import split_suffix

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from si_lod.release import Manifest
    from si_lod.serve.current import Current


@dataclass(frozen=True, slots=True)
class Mementos:
    """The releases among ``manifests``, the first first, that describe the thing of ``reference``.

    A release is opened only to see whether it does, and only if its index does not tell so already.
    """

    current: Current
    reference: str
    manifests: Sequence[Manifest]
    _known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, current: Current, reference: str) -> Mementos:
        """Return them among all releases that there are now."""
        return cls(current, reference, current.manifests())

    @property
    def digest(self) -> str:
        """What changes whenever another answer could be found: the reference, and which releases there are."""
        releases = (part for each in self.manifests for part in (each.version, each.issued, each.dataset))
        return digest_of(self.reference, *releases)

    def first(self) -> Manifest | None:
        """Return what the one that was issued first says of itself."""
        return next(filter(self._has, self.manifests), None)

    def last(self, by: datetime | None = None) -> Manifest | None:
        """Return the same of the last one, or of the last one by that time."""
        wanted = (each for each in reversed(self.manifests) if by is None or issued(each) <= by)
        return next(filter(self._has, wanted), None)

    def all(self) -> list[Manifest]:
        """Return the same of each, the first first."""
        return list(filter(self._has, self.manifests))

    def _has(self, manifest: Manifest) -> bool:
        version = manifest.version
        if version not in self._known:
            stems = dict.fromkeys((self.reference, split_suffix(self.reference)[0]))
            iris = [f"{manifest.site.base}{Space.THING}/{stem}" for stem in stems]
            index = Index.of(self.current.releases.root / version)
            told = describes(index, iris) if index else None
            self._known[version] = self._describes(version, iris) if told is None else told
        return self._known[version]

    def _describes(self, version: str, iris: Iterable[str]) -> bool:
        things = filter(None, map(_node, iris))
        return any(self.current.states(version, thing, TYPE, None) for thing in things)


def issued(manifest: Manifest) -> datetime:
    """Return the time of a release's mementos."""
    return datetime.fromisoformat(manifest.issued).replace(tzinfo=UTC)


def _node(iri: str) -> NamedNode | None:
    try:
        return NamedNode(iri)
    except ValueError:
        return None
