"""A handful of things to look for, and the index of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Store, parse

from si_lod.index.file import Index
from si_lod.index.writing import new_index, write_index
from si_lod.sites import Site

if TYPE_CHECKING:
    from pathlib import Path

BASE: Final = "https://shelves.example/"
SITE: Final = Site(
    base=BASE,
    ontology=f"{BASE}def/s",
    languages=("nl", "en"),
    title={"nl": "Planken", "en": "Shelves"},
    description={"nl": "Boeken.", "en": "Books."},
    lists=(f"{BASE}def/s#Book", f"{BASE}def/s#Person"),
)


def indexed(folder: Path, turtle: str) -> Index:
    """Return the index of a release that says what ``turtle`` says, with the prefixes of the test site."""
    store = Store()
    prefixes = f"""@base <{BASE}> . @prefix s: <{BASE}def/s#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix schema: <https://schema.org/> ."""
    store.extend(parse(prefixes + turtle, format=RdfFormat.TURTLE))
    with new_index(folder):
        pass
    write_index(folder, store, SITE)
    index = Index.of(folder)
    assert index is not None
    return index
