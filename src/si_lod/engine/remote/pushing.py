"""A release put into an engine: sent, read back, compared, and only then on the shelf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.engine.remote.holding.clearing import Clearing
from si_lod.engine.remote.holding.held import Held
from si_lod.engine.remote.holding.switching import Switching, noting
from si_lod.engine.remote.looking.naming import nothing_of, release_of
from si_lod.engine.remote.looking.reading import try_queries
from si_lod.engine.remote.transfer.comparing import Sent
from si_lod.engine.remote.transfer.fingerprint import Fingerprint
from si_lod.engine.remote.transfer.inspection import Inspection
from si_lod.engine.remote.transfer.sending import Sending
from si_lod.engine.remote.transfer.unpacking import unpacked
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections import Counter

    from si_lod.engine.remote.holding.graphstore import GraphStore
    from si_lod.engine.remote.speaking.exchange import Exchange
    from si_lod.release import Release


_UNNAMED: Final = told(
    "what was there under this version was not what was published, "
    "so servers of it have nothing to answer from until it is pushed"
)


@dataclass(frozen=True, slots=True)
class Pushed:
    """What came of a push: ``rewritten`` says how many literals of each kind the engine writes otherwise.

    ``cleared`` is how many graphs were taken away that stopped pushes had left.
    """

    was_sent: bool
    rewritten: Counter[str]
    cleared: int


@dataclass(frozen=True, slots=True)
class Push:
    """The way of one release into one engine; ``keep`` is how many others stay there.

    Where ``exchange`` is given, what a query finds is compared as well: some engines keep a literal and tell another.
    With ``by_value`` a literal may be written otherwise, if it has the same value and datatype. Whoever knows that no
    other push is under way says that this one ``is_alone``.
    """

    release: Release
    store: GraphStore
    keep: int
    exchange: Exchange | None = None
    by_value: bool = False
    is_alone: bool = False

    def run(self) -> Pushed:
        """Have the release in the engine and on its shelf as the current one.

        Until the label names the graph nobody reads from it, so a push that is broken off can be done again. Raises
        EndpointFailed if the engine does not give back what it was sent, NoRelease if the release's file is broken.
        """
        if self.exchange is not None:
            try_queries(self.exchange, nothing_of(self._base), self.store.seconds)
        clearing, release = Clearing(self.store, self._base), release_of(self.release.manifest)
        switching, cleared = Switching(clearing, release, self.keep), clearing.sweep(is_alone=self.is_alone)
        held, new = clearing.standing(release), Held.of(self.release.manifest)
        with unpacked(self.release) as (file, size):
            sent = Sent(file, Fingerprint.of(file), self.by_value)
            kept = self._inspection(held).kept(sent) if held else None
            if kept is not None:
                switching.to_named()
                return Pushed(was_sent=False, rewritten=kept, cleared=cleared)
            with noting(_UNNAMED if held else ""):
                clearing.take_away(frozenset({held.graph} if held else ()))
                rewritten = self._sent(sent, size, new)
        switching.to_new(new)
        return Pushed(was_sent=True, rewritten=rewritten, cleared=cleared)

    @property
    def _base(self) -> str:
        return self.release.manifest.site.base

    def _inspection(self, held: Held) -> Inspection:
        return Inspection(self.store, self.exchange, held.graph)

    def _sent(self, sent: Sent, size: int, held: Held) -> Counter[str]:
        """Return what is written otherwise in the graph that was sent and is whole."""
        inspection = self._inspection(held)
        with Sending(self.store, held.graph, self._base).put(sent.file, size):
            return inspection.stored(sent) | inspection.found(sent)
