"""The list of releases, and what one release is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode

from si_lod.serve.pages.citing.works import release_work
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.vocabulary import XSD
from si_lod.serve.pages.words.formatting import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from si_lod.serve.releases.shelf import Listed
    from si_lod.serve.view import View


@dataclass(frozen=True, slots=True)
class Row:
    """A release as the pages show it.

    ``changes`` counts the facts that people changed, and is None for a first release; ``following`` are those that
    followed.
    """

    version: str
    issued: str
    statements: int
    violations: int
    warnings: int
    changes: Mapping[str, int] | None
    following: int
    previous: str | None
    is_current: bool
    rows: Mapping[str, int]
    href: str


def releases_page(
    view: View, listed: Sequence[Listed], alternates: Sequence[tuple[str, str]], *, is_rehearsed: bool = False
) -> str:
    """Return the page that lists the releases, and leads to the rehearsal if there is one."""
    return render_with_licence(
        view,
        "releases.html",
        canonical=f"{view.manifest.site.base}release",
        alternates=alternates,
        rows=[_row(view, each) for each in listed],
        is_rehearsed=is_rehearsed,
    )


def release_page(view: View, listed: Listed, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page of one release."""
    return render_with_licence(
        view,
        "release.html",
        canonical=f"{view.manifest.site.base}release/{listed.manifest.version}",
        alternates=alternates,
        iri=f"{view.manifest.site.base}id/release/{listed.manifest.version}",
        row=_row(view, listed),
        citation=release_work(view, listed.manifest.version, listed.manifest.issued),
    )


def _row(view: View, listed: Listed) -> Row:
    manifest = listed.manifest
    return Row(
        version=manifest.version,
        issued=written(Literal(manifest.issued, datatype=NamedNode(f"{XSD}date")), view.locale),
        statements=manifest.triples,
        violations=manifest.results.get("Violation", 0),
        warnings=manifest.results.get("Warning", 0),
        changes=listed.comparison.facts if listed.comparison else None,
        following=listed.comparison.following["facts"] if listed.comparison else 0,
        previous=listed.comparison.version if listed.comparison else None,
        is_current=listed.is_current,
        rows=manifest.rows,
        href=f"/release/{manifest.version}",
    )
