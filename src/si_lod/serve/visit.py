"""One request's view of the service: the release that answers it, the language, and where the app runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import g, request
from pyoxigraph import NamedNode

from si_lod.errors import UnknownResource
from si_lod.index.file import Index
from si_lod.index.links import Links
from si_lod.iris import IriDesign, Space
from si_lod.sentences import told
from si_lod.serve.outgoing import LOOK
from si_lod.serve.transport.negotiation import choose_language
from si_lod.serve.travel import address_of, named_version
from si_lod.serve.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.current import Current
    from si_lod.serve.opened import Serving


@dataclass(frozen=True, slots=True)
class Visit:
    """What every route needs of its request; ``chosen`` says that ``?lang=`` named the language.

    ``root`` is where the release that answers has its addresses; ``home`` is where the application runs, which is
    another place when the request named a release. ``switched`` is when the current release became it, in seconds,
    if it is the one that answers and that is sure; ``turned`` when the releases last went another way than onward.
    ``arguments`` are the query parameters that mean something at the address, which the way to another language keeps.
    """

    serving: Serving
    engine: Engine
    """The engine over the release, for this request: however much is looked up, its reader waits no longer."""
    language: str
    chosen: bool
    root: str
    home: str
    switched: float | None
    turned: float
    arguments: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, current: Current, posted: str = "") -> Visit:
        """Return the visit of the present request, the same one however often it is asked for.

        ``posted`` is the language that a form asks for, if the address asks for none; whoever reads the form is first
        to ask. Raises NoRelease if there is nothing to serve.
        """
        if "visit" not in g:
            version = named_version(request.environ)
            serving, switched = (current.at(version), None) if version else current.dated()
            languages = serving.release.manifest.site.languages
            asked = request.args.get("lang", posted)
            accept = request.headers.get("Accept-Language", "")
            language = asked if asked in languages else choose_language(accept, languages)
            root = request.root_path.rstrip("/")
            home = root.removesuffix(address_of(version))
            turned, engine = current.releases.turned(), serving.engine.timed()
            g.visit = cls(serving, engine, language, asked in languages, root, home, switched, turned)
        visit: Visit = g.visit
        return visit

    @property
    def named(self) -> bool:
        """Whether the request named the release that answers it, so that the answer never changes."""
        return self.root != self.home

    def since(self, path: Path) -> float | None:
        """Return since when a file of the release has been at its address, in seconds, if that is sure.

        One that the release before had as well keeps its time, which says nothing after another way than onward.
        """
        moment = path.stat().st_mtime
        if self.named:
            return moment
        return None if self.switched is None else max(moment, self.turned)

    @property
    def index(self) -> Index | None:
        """The index of the release, if it has one."""
        return Index.of(self.serving.release.path)

    @property
    def links(self) -> Links | None:
        """The numbers of what leads to the much linked things of the release, if it has an index."""
        index = self.index
        return Links(index) if index else None

    @property
    def manifest(self) -> Manifest:
        """What the release says of itself."""
        return self.serving.release.manifest

    @property
    def design(self) -> IriDesign:
        """The IRIs of the release's site."""
        return IriDesign(self.manifest.site.base)

    @property
    def view(self) -> View:
        """What a page needs to know."""
        return View(
            manifest=self.manifest,
            engine=self.engine,
            language=self.language,
            root=self.root,
            path=request.path,
            arguments=self.arguments,
            chosen=self.chosen,
            home=self.home,
            once=self.serving.once,
        )

    def at(self, arguments: Iterable[tuple[str, str]]) -> Visit:
        """Return this visit of the address with these query parameters, of which the language is none."""
        return replace(self, arguments=tuple(pair for pair in arguments if pair[0] != "lang"))

    def href(self, path: str) -> str:
        """Return the path-absolute reference to ``path``, which is below where the application runs."""
        return f"{self.root}/{quote(path)}"

    def thing(self, reference: str) -> str | None:
        """Return the IRI of the thing of that reference, or None if the release says nothing about it."""
        try:
            iri = self.design.mint(Space.THING, reference)
        except ValueError:
            return None
        return iri if self.knows(iri) else None

    def known(self, reference: str, asked: str = "") -> str:
        """Return the IRI of the thing of that reference; raises UnknownResource if the release has none.

        ``asked`` is the address by which the client asked for it, where that is not the request's own.
        """
        iri = self.thing(reference)
        if iri is None:
            path = asked or f"/{request.path.lstrip('/')}"
            raise UnknownResource(told("{path}: this release has nothing of this name", path=path))
        return iri

    def knows(self, iri: str) -> bool:
        """Return whether the release says anything about ``iri``."""
        try:
            subject = NamedNode(iri)
        except ValueError:
            return False
        return any(self.engine.match(subject, None, None, most=LOOK))
