"""A release that is open, and the older ones that are: the last few that were asked for."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from importlib.metadata import version
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod import __version__
from si_lod.engine.store.local import LocalEngine
from si_lod.errors import NoRelease, UnknownRelease
from si_lod.serve.once import Once

if TYPE_CHECKING:
    from collections.abc import Callable

    from si_lod.engine.evaluating import Evaluating
    from si_lod.engine.evaluation import Engine
    from si_lod.release import Release

LIBRARIES: Final = ("babel", "brotli", "flask", "flask-babel", "jinja2", "pyoxigraph", "werkzeug")
"""Those whose versions can change a byte of an answer."""

PATIENCE: Final = 10.0
"""Seconds until a release that could not be opened is tried again: the machine may have been short of something."""

MOST: Final = 8
"""How many are kept open; an open release costs files and memory."""


@dataclass(frozen=True, slots=True)
class Serving:
    """An open release: ``key`` changes with whatever can change a byte of what is served from it.

    ``once`` keeps what every page of it has; ``digests`` are those of contents that have one of their own, by their
    names, so that each is made once only.
    """

    release: Release
    engine: Engine
    key: str
    once: Once = field(default_factory=Once, compare=False)
    digests: dict[str, str] = field(default_factory=dict, compare=False)
    since: float = field(default_factory=monotonic, compare=False)
    """When it was opened: what was made of it before it had to be opened anew is of no use any more."""

    @property
    def is_damaged(self) -> bool:
        """Whether it is known that its store is no longer as it was written."""
        return bool(self.engine.damage)

    @classmethod
    def of(cls, release: Release, evaluation: Evaluating | None = None, *, is_current: bool = True) -> Serving:
        """Return the release, opened; raises NoRelease if its store cannot be, Unanswered if that is not to be known.

        Clients' queries are evaluated as ``evaluation`` says, or without any bounds in this process if it is None.
        Most are asked of the current release; for another nothing is made ready before a query is asked of it.
        """
        manifest = release.manifest
        key = digest_of(manifest.version, manifest.issued, manifest.content, manifest.dataset)
        if evaluation is None:
            return cls(release, LocalEngine(release.store()), key)
        return cls(release, evaluation.over(release, key, is_awaited=is_current), key)


def digest_of(*parts: str) -> str:
    """Return a digest of the parts and of whatever else can change a byte of what is made of them."""
    software = (__version__, *(f"{library} {version(library)}" for library in LIBRARIES))
    return hashlib.sha256("\n".join((*parts, *software)).encode()).hexdigest()[:20]


@dataclass(slots=True)
class Opened:
    """Open releases by their version, the one that was asked for last at the end; safe for several threads.

    One that is put away stays open until the last request that reads it is done.
    """

    _held: OrderedDict[str, Serving] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _opening: dict[str, Lock] = field(default_factory=dict)
    _failed: dict[str, tuple[NoRelease, float]] = field(default_factory=dict)

    def get(self, version: str, open_: Callable[[], Serving]) -> Serving:
        """Return the release of that version, by ``open_`` if it is not held; what that raises goes through.

        Who waits for one to be opened waits for no other. Where it raised NoRelease that is raised for a while, unless
        there is no such version: to find out took long.
        """
        with self._lock:
            turn = self._opening.setdefault(version, Lock())
        try:
            with turn:
                return self._taken(version) or self._kept(version, self._tried(version, open_))
        finally:
            self._opening.pop(version, None)

    def _tried(self, version: str, open_: Callable[[], Serving]) -> Serving:
        error, until = self._failed.get(version, (None, 0.0))
        if error is not None and monotonic() < until:
            raise error.with_traceback(None)
        self._failed.pop(version, None)
        try:
            return open_()
        except UnknownRelease:
            raise
        except NoRelease as found:
            self._failed[version] = (found, monotonic() + PATIENCE)
            raise

    def _taken(self, version: str) -> Serving | None:
        with self._lock:
            serving = self._held.get(version)
            if serving is None or serving.release.is_replaced or serving.is_damaged:
                return None
            self._held.move_to_end(version)
            return serving

    def _kept(self, version: str, serving: Serving) -> Serving:
        with self._lock:
            self._held[version] = serving
            while len(self._held) > MOST:
                self._held.popitem(last=False)
            return serving
