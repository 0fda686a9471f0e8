"""What ``site.toml`` names must be there: a name that leads nowhere would be left out of the pages in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.errors import Problem
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from pyoxigraph import Store

    from si_lod.sites import Site

_FILE: Final = "data/site.toml"
_SELECT: Final = NamedNode("http://www.w3.org/ns/shacl#select")


def undescribed(site: Site, store: Store) -> Iterator[Problem]:
    """Yield a problem for each thing that the site names and the dataset says nothing of."""
    named = {"ontology": (site.ontology,), "lists": site.lists, "unmarked": site.unmarked, "marks": tuple(site.marks)}
    for key, iris in named.items():
        for iri in iris:
            node = NamedNode(iri)
            if not any(store.quads_for_pattern(node, None, None)) and not any(
                store.quads_for_pattern(None, None, node)
            ):
                yield _problem(
                    told(
                        "{key}: expected something that tables and documents describe, found {iri}; "
                        "mend the name, or the base if the other files have another",
                        key=key,
                        iri=iri,
                    )
                )


def unanswerable(site: Site, store: Store, broken: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each headline that is no SELECT query; those in the ``broken`` files are told already."""
    for name in site.headlines:
        node, file = NamedNode(f"{site.base}id/query/{name}"), f"data/queries/{name}.rq"
        if file in broken or any(store.quads_for_pattern(node, _SELECT, None)):
            continue
        if any(store.quads_for_pattern(node, None, None)):
            message = told(
                "headlines: expected a SELECT query, whose rows open the home page, found {file}, which selects none",
                file=file,
            )
        else:
            message = told('headlines: expected the name of a SELECT query in data/queries, found "{name}"', name=name)
        yield _problem(message)


def _problem(message: str) -> Problem:
    return Problem(_FILE, 0, "", message)
