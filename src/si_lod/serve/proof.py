"""What is to be served, seen to be good before the service listens: as it was written, and it can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import TYPE_CHECKING, Self

from si_lod.errors import NoRelease
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection

    from si_lod.release import Release
    from si_lod.releases import Releases


@dataclass(frozen=True, slots=True)
class Proof:
    """A release that was good a moment ago; ``faults`` say why those are not served that should be rather."""

    release: Release
    faults: tuple[NoRelease, ...] = ()

    @classmethod
    def of(cls, releases: Releases) -> Self:
        """Return the one of the current release, or of the last good one before it.

        Raises NoRelease if there is none, which says of each what is wrong with it.
        """
        faults: list[NoRelease] = []
        for find in _candidates(releases):
            try:
                release = find()
                _prove(release)
            except NoRelease as error:
                faults.append(error)
            else:
                return cls(release, tuple(faults))
        first, *others = faults
        for other in others:
            first.add_note(str(other))
        raise first


def _candidates(releases: Releases) -> Iterator[Callable[[], Release]]:
    yield releases.current
    if version := releases.current_version():
        yield from (partial(_itself, release) for release in releases.instead(version))


def _itself(release: Release) -> Release:
    return release


def _prove(release: Release) -> None:
    """Raise NoRelease unless the release is good.

    An open store does not survive a fork, and the service is going to fork: so another process opens it, and ends.
    """
    release.verify()
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_try, args=(release, theirs))
    process.start()
    theirs.close()
    with ours:
        try:
            fault = ours.recv()
        except EOFError:
            path, why = release.path / "store", told("the process that opened it was ended")
            fault = NoRelease(told("{path}: the store cannot be opened: {error}", path=path, error=why))
    process.join()
    if fault is not None:
        raise fault


def _try(release: Release, teller: Connection) -> None:
    """Tell what is wrong when the store is opened, which was read just now, or None."""
    try:
        release.store(lambda _store: "")
    except NoRelease as error:
        teller.send(error)
    else:
        teller.send(None)
