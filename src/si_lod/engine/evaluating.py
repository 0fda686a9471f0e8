"""What one server process does to have queries evaluated over each of its releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from si_lod.engine.evaluation import Engine
    from si_lod.engine.pool.pool import Pool
    from si_lod.release import Release


class Evaluating(Protocol):
    """Opens engines: ``pool.engine`` over the releases' own stores, ``remote.answering`` over what was pushed."""

    @property
    def pool(self) -> Pool:
        """What bounds and counts clients' queries."""
        ...

    def over(self, release: Release, key: str, *, is_awaited: bool = True) -> Engine:
        """Return the engine over the release; ``key`` is of its content.

        Queries over one that ``is_awaited`` are likely, so what they need is made ready for them.

        Raises NoRelease if it cannot be opened, Unanswered if that cannot be known now.
        """
        ...
