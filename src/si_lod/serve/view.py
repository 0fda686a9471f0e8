"""What every page needs to know: the release, the reader's language, and where the application runs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urlencode

from babel import Locale, UnknownLocaleError

from si_lod.iris import IriDesign, Space
from si_lod.serve.once import Once
from si_lod.serve.transport.addresses import ROUTED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.once import Found

_ABOVE: Final = frozenset({"release", "rehearsal", "health", "metrics", "timemap"})


@dataclass(frozen=True, slots=True)
class View:
    """One reader's view of one release.

    ``root`` is the script root without a trailing slash, ``path`` the decoded path below it and ``arguments`` the
    query parameters that mean something there. ``chosen`` says that the reader asked for ``language`` by ``?lang=``,
    so that links keep it. ``home`` is where the application runs when the request named a release, whose addresses are
    below ``root`` then; None where they are the same. ``once`` keeps what every page of the release has.
    """

    manifest: Manifest
    engine: Engine
    language: str
    root: str = ""
    path: str = "/"
    arguments: tuple[tuple[str, str], ...] = ()
    chosen: bool = False
    home: str | None = None
    once: Once = field(default_factory=Once)

    def known(self, find: Callable[[Engine, Manifest], Found]) -> Found:
        """Return what ``find`` finds in the release, which is asked once for all readers."""
        return self.once.get(find, self.engine, self.manifest)

    def known_of(self, term: str, find: Callable[[Engine, Manifest, str], Found]) -> Found:
        """Return what ``find`` finds of ``term`` in the release, which is kept for all readers for a while."""
        return self.once.of(term, find, self.engine, self.manifest)

    @property
    def top(self) -> str:
        """Where the application runs, whichever release is read."""
        return self.root if self.home is None else self.home

    @property
    def named(self) -> bool:
        """Whether the reader is in a release that the address names."""
        return self.top != self.root

    @property
    def languages(self) -> tuple[str, ...]:
        """The order of fallback for texts: the page's language, then the site's others as it lists them."""
        return (self.language, *(tag for tag in self.manifest.site.languages if tag != self.language))

    @property
    def locale(self) -> Locale:
        """The locale that numbers and dates are written in; English where Babel has none for the language.

        English that names no country writes its days and months in the order that Europe does.
        """
        return _locale(self.language)

    def words(self, texts: dict[str, str]) -> str:
        """Return the one of ``texts`` (by language tag) that this reader gets."""
        return next((texts[tag] for tag in self.languages if tag in texts), "")

    def link(self, path: str, **arguments: str) -> str:
        """Return the address of ``path`` (below the root, with its leading slash) with ``arguments`` as its query."""
        asked = {**arguments, "lang": self.language} if self.chosen else arguments
        return f"{self.root}{quote(path)}{'?' if asked else ''}{urlencode(asked)}"

    def asking(self, path: str, parameters: Sequence[tuple[str, str]]) -> str:
        """Return the address of ``path`` with ``parameters`` as its query, each as often as it is there."""
        asked = [*parameters, *([("lang", self.language)] if self.chosen else ())]
        return f"{self.root}{quote(path)}{'?' if asked else ''}{urlencode(asked)}"

    def outside(self, path: str, **arguments: str) -> str:
        """Return the address of ``path`` where the application runs, which is outside a release that is named."""
        return replace(self, root=self.top).link(path, **arguments)

    def switch(self, language: str) -> str:
        """Return the address of this same page in ``language``."""
        kept = [(name, value) for name, value in self.arguments if name != "lang"]
        return f"{self.root}{quote(self.path)}?{urlencode([*kept, ('lang', language)])}"

    def unchosen(self) -> str:
        """Return the address of this same page in whichever language the next reader prefers."""
        kept = [(name, value) for name, value in self.arguments if name != "lang"]
        return f"{self.root}{quote(self.path)}{'?' if kept else ''}{urlencode(kept)}"

    def href(self, iri: str) -> str | None:
        """Return where ``iri`` is answered where the application runs, or None if it is no address of the site.

        Of a thing that is the page about it; a download, the catalogue and whatever else has a route answer there.
        """
        whole, fragment = urldefrag(iri)
        design = IriDesign(self.manifest.site.base)
        parsed = design.parse(whole)
        if parsed is None:
            address = self._routed(design.path(whole))
        else:
            space, reference = parsed
            address = self.link(f"/{Space.DOCUMENT if space is Space.THING else space}/{reference}")
        return f"{address}#{quote(fragment, safe='/=')}" if address and fragment else address

    def _routed(self, below: str | None) -> str | None:
        """Return the address of what is ``below`` the base, as an IRI writes it, if its first segment has a route."""
        path, _, query = (below or "").partition("?")
        head = path.partition("/")[0]
        if below is None or (path and head not in ROUTED and head.partition(".")[0] not in ROUTED):
            return None
        # A release has all addresses below its own, but those of the releases.
        reader = replace(self, root=self.top) if head in _ABOVE else self
        return reader.asking(f"/{unquote(path)}", parse_qsl(query, keep_blank_values=True))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """Return the locale of a language; every number and date of a page asks for it."""
    try:
        return Locale.parse("en-GB" if language == "en" else language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en_GB")
