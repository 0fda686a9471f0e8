"""What a search found, as a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.index.names import kinds_of
from si_lod.index.searching import Taste, excerpt, marked, search
from si_lod.languages import is_variety
from si_lod.serve.pages.facts import Facts, named
from si_lod.serve.pages.lists.kinds import plural
from si_lod.serve.pages.lists.paging import Paging
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.standing import called_classes
from si_lod.serve.pages.words.wording import Link, Text, Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.index.file import Index
    from si_lod.index.searching import Found, Match, Piece
    from si_lod.serve.view import View

PAGE_LENGTH: Final = 20
PATH: Final = "/search"


@dataclass(frozen=True, slots=True)
class Request:
    """What a reader looks for: ``words``, among the things of one ``kind`` if that is not empty, and the page."""

    words: str
    kind: str = ""
    page: int = 1

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The query string, but for the page."""
        return [(name, value) for name, value in (("q", self.words), ("type", self.kind)) if value]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found; ``excerpt`` is some of what is said of it, in ``language`` if that is not the page's.

    ``name`` is that of the link in pieces, if any of it is what was looked for.
    """

    link: Link
    name: Sequence[Piece]
    kind: Text
    kind_iri: str
    excerpt: Sequence[Piece]
    language: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind that the search can be narrowed to, or widened from if it is the present one."""

    name: Text
    iri: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What one page shows of what was found; ``more`` says that not all of what fits was looked at.

    ``known`` are the prefixed names of the kinds that there are, if what was asked for is none of them; ``kinds`` are
    then those to choose from.
    """

    request: Request
    hits: list[Hit]
    kinds: list[Choice]
    paging: Paging
    more: bool
    known: list[str]


def results(view: View, index: Index, request: Request) -> Results:
    """Return what the release has for a request; raises UnknownResource if it has no such page."""
    lists = view.manifest.site.lists
    kind, every = _expanded(view, request.kind), kinds_of(index) if request.kind else []
    unknown = [] if kind in {"", *every} else every
    found = search(index, request.words, Taste(view.languages, lists), kind)
    paging = Paging(request.page, PAGE_LENGTH, len(found.matches), PATH, request.parameters)
    shown = found.matches[paging.places]
    iris = [NamedNode(iri) for iri in (*(match.iri for match in shown), *found.kinds)]
    wording = Wording(view, Facts.of(named(view.engine, iris), view.known(called_classes).triples()))
    hits = [_hit(wording, index, request.words, match) for match in shown]
    choices = _choices(wording, request, found, kind)
    return Results(request, hits, choices, paging, found.more, sorted(map(wording.prefixed, unknown)))


def search_page(view: View, found: Results, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page of what was found, or of an empty form."""
    return render_with_licence(view, "search.html", found=found, paging=found.paging, alternates=alternates)


def _hit(wording: Wording, index: Index, words: str, match: Match) -> Hit:
    language = match.language
    is_own = not language or is_variety(wording.view.language, language)
    pieces = excerpt(index, words, match)
    link = wording.link(match.iri)
    name = marked(index, words, match, link.text.words)
    return Hit(link, name, wording.term(match.kind), match.kind, pieces, None if is_own else language)


def _choices(wording: Wording, request: Request, found: Found, kind: str) -> list[Choice]:
    """Return the kinds of what was found, the commonest first, and a way to each or back from it.

    Kinds of different vocabularies may have the same name; these are told apart by their prefixed names.
    """
    names = {iri: plural(wording, iri) for iri in found.kinds}
    alike = Counter(name.words for name in names.values())
    choices = []
    for iri, count in found.kinds.items():
        is_chosen, name, prefixed = iri == kind, names[iri], wording.prefixed(iri)
        told = name if alike[name.words] == 1 else replace(name, words=f"{name.words} ({prefixed})")
        to = Request(request.words, "" if is_chosen else prefixed)
        choices.append(Choice(told, iri, count, wording.view.asking(PATH, to.parameters), is_chosen))
    return sorted(choices, key=lambda choice: (-choice.count, choice.name.words.casefold(), choice.iri))


def _expanded(view: View, name: str) -> str:
    """Return the IRI that a prefixed name stands for, or the name as it is."""
    prefix, colon, local = name.partition(":")
    namespace = view.manifest.site.prefixes.get(prefix)
    return f"{namespace}{local}" if colon and namespace else name
