"""Which of several texts a reader gets: one declared order of languages, for everything on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from si_lod.engine.evaluation import Term


def best(terms: Iterable[Term], languages: Sequence[str]) -> list[Literal]:
    """Return the literals to show of one property: those in the first language there is, and the untagged ones.

    The order: ``languages``, which are the page's and then the site's others; untagged; any other by its tag.
    """
    literals = [term for term in terms if isinstance(term, Literal)]
    tagged = {literal: _rank(literal, languages) for literal in literals if literal.language}
    untagged = [literal for literal in literals if not literal.language]
    first = min(tagged.values(), default=None)
    if first is None or (untagged and first[0] == len(languages)):
        return untagged
    return [*(literal for literal, rank in tagged.items() if rank == first), *untagged]


def is_variety(wanted: str, tag: str) -> bool:
    """Return whether ``tag`` is ``wanted`` or a variety of it (basic filtering, RFC 4647 §3.3.1)."""
    return f"{tag.lower()}-".startswith(f"{wanted.lower()}-")


def _rank(literal: Literal, languages: Sequence[str]) -> tuple[int, str]:
    tag = literal.language or ""
    places = [place for place, wanted in enumerate(languages) if is_variety(wanted, tag)]
    return (places[0], "") if places else (len(languages), tag)
