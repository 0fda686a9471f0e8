"""A release about mills, made of one Turtle file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from si_lod.index.writing import new_index, write_index
from si_lod.release import Manifest
from si_lod.sites import Site
from si_lod.workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Triple

    from si_lod.releases import Releases

HERE = Path(__file__).parent
BASE = "https://mills.example/"
LINKS = 450
"""How many things link to the dyke."""
SITE = Site(
    base=BASE,
    ontology=f"{BASE}def/m",
    languages=("nl", "en"),
    title={"nl": "Molens", "en": "Mills"},
    description={"nl": "Molens, geteld.", "en": "Mills, counted."},
    prefixes={"m": f"{BASE}def/m#", "mill": f"{BASE}id/mill/", "unused": "https://unused.example/"},
    lists=(f"{BASE}def/m#Mill",),
    plurals={f"{BASE}def/m#Mill": {"nl": "molens", "en": "mills"}},
    remarks={f"{BASE}def/m#Mill": {"nl": "Alleen molens met een naam.", "en": "Only mills that have a name."}},
)


def facts() -> Iterable[Triple]:
    """Return the triples about mills, and of many that stand on one dyke."""
    yield from (quad.triple for quad in parse(path=HERE / "fixtures/mills.ttl", format=RdfFormat.TURTLE))
    stands, dyke = NamedNode(f"{BASE}def/m#stands"), NamedNode(f"{BASE}id/place/dyke")
    for number in range(LINKS - 1):
        yield Quad(NamedNode(f"{BASE}id/mill/number-{number}"), stands, dyke).triple


def publish(
    releases: Releases, version: str, triples: Iterable[Triple], *, issued: str = "2025-03-01", site: Site = SITE
) -> None:
    """Put a release of the triples in place and make it current."""
    with Workshop.open(releases) as workshop, workshop.build(version) as folder:
        store = Store(str(folder / "store"))
        store.extend(Quad(*triple) for triple in triples)
        store.flush()
        with new_index(folder):
            pass
        index = write_index(folder, store, site)
        manifest = Manifest(version, issued, site, len(store), {}, {}, "0" * 64, version.rjust(64, "0"), {}, index)
        del store
        (folder / "dataset.nq.gz").touch()
        (folder / "report.ttl").touch()
        manifest.write(folder / "manifest.json")
