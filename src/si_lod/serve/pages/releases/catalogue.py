"""The catalogue for people: what there is to take along, in which form and how large, and how a portal takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from babel.numbers import format_decimal

from si_lod.release import DIGESTS
from si_lod.serve.pages.rendering import FORMATS, render_with_licence
from si_lod.serve.pages.vocabulary import DCAT, DCT, FOAF, PUBLISHER
from si_lod.serve.pages.words.formatting import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from babel import Locale
    from pyoxigraph import NamedNode

    from si_lod.serve.harvest.catalog import Catalog
    from si_lod.serve.harvest.files import File, Files
    from si_lod.serve.harvest.portion import Portion
    from si_lod.serve.view import View

_STREAM: Final = "https://w3id.org/ldes#EventStream"
_THOUSAND: Final = 1000
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take along; ``packed`` is the same compressed, ``metadata`` is where its columns are described."""

    name: str
    what: str
    href: str
    size: str
    media_type: str
    packed: tuple[str, str] | None = None
    metadata: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A data set with its files, those of the whole and those of its tables."""

    title: str
    description: str
    href: str | None
    iri: str
    modified: str
    version: str
    slug: str
    wholes: Sequence[Download]
    tables: Sequence[Download]


def catalogue_page(
    view: View, catalog: Catalog, files: Files, portion: Portion, alternates: Sequence[tuple[str, str]]
) -> str:
    """Return the page of a portion of the catalogue."""
    return render_with_licence(
        view,
        "catalogue.html",
        canonical=f"{view.manifest.site.base}catalog",
        alternates=alternates,
        title=catalog.text(catalog.root, f"{DCT}title", view.languages),
        text=catalog.text(catalog.root, f"{DCT}description", view.languages),
        publishers=[
            catalog.text(node, f"{FOAF}name", view.languages) for node in catalog.nodes(catalog.root, PUBLISHER)
        ],
        modified=_day(view, catalog, catalog.root),
        shelves=[_shelf(view, catalog, files, node) for node in _shown(catalog, portion)],
        services=[_service(view, catalog, node) for node in catalog.instances(f"{DCAT}DataService")],
        feeds=list(_feeds(view, catalog)),
        portion=portion,
        base=view.manifest.site.base,
        sums=files.path(DIGESTS) is not None,
    )


def _shown(catalog: Catalog, portion: Portion) -> list[NamedNode]:
    """Return the data sets of the page, the one that holds all others first."""
    described = {triple.subject for triple in portion.triples}
    shown = [node for node in catalog.data_sets if node in described]
    return sorted(shown, key=lambda node: -len(catalog.nodes(node, f"{DCT}hasPart")))


def _shelf(view: View, catalog: Catalog, files: Files, node: NamedNode) -> Shelf:
    own = files.of_data_set(node)
    downloads = [_download(view, files, file) for file in own if not file.packed]
    tables = {file.name for file in own if file.is_table}
    return Shelf(
        title=catalog.text(node, f"{DCT}title", view.languages),
        description=catalog.text(node, f"{DCT}description", view.languages),
        href=view.href(node.value),
        iri=node.value,
        modified=_day(view, catalog, node),
        version=catalog.text(node, f"{DCAT}version"),
        slug=node.value.rpartition("/")[2],
        wholes=[one for one in downloads if one.name not in tables],
        tables=[one for one in downloads if one.name in tables],
    )


def _download(view: View, files: Files, file: File) -> Download:
    packed = files.listed.get(f"{file.name}.gz")
    metadata = f"{file.name}-metadata.json"
    return Download(
        name=file.name,
        what=file.table if file.is_table else FORMATS.get(file.media_type, file.media_type),
        href=view.link(f"/dump/{file.name}"),
        size=_size(files, file.name, view.locale),
        media_type=file.media_type,
        packed=(view.link(f"/dump/{packed.name}"), _size(files, packed.name, view.locale)) if packed else None,
        metadata=view.link(f"/dump/{metadata}") if file.is_table and files.path(metadata) else "",
    )


def _size(files: Files, name: str, locale: Locale) -> str:
    path = files.path(name)
    return size_in_words(path.stat().st_size, locale) if path else ""


def size_in_words(size: int, locale: Locale) -> str:
    """Return a number of bytes in the unit that people read it in, with at most one digit behind the comma."""
    amount, unit = float(size), 0
    while amount >= _THOUSAND and unit < len(_UNITS) - 1:
        amount, unit = amount / _THOUSAND, unit + 1
    digits = "#,##0.#" if unit and amount < _THOUSAND / 10 else "#,##0"
    return f"{format_decimal(amount, digits, locale=locale)}\N{NO-BREAK SPACE}{_UNITS[unit]}"


def _day(view: View, catalog: Catalog, node: NamedNode) -> str:
    days = catalog.literals(node, f"{DCT}modified")
    return written(days[0], view.locale) if days else ""


def _feeds(view: View, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield the address, below the base, and the title of each event stream."""
    for node in catalog.instances(f"{DCAT}Distribution"):
        if any(kind.value == _STREAM for kind in catalog.nodes(node, f"{DCT}type")):
            for address in catalog.nodes(node, f"{DCAT}accessURL"):
                path = address.value.removeprefix(view.manifest.site.base)
                yield path, catalog.text(node, f"{DCT}title", view.languages)


def _service(view: View, catalog: Catalog, node: NamedNode) -> tuple[str, str, str]:
    """Return title, description and address of a service."""
    endpoints = [one.value for one in catalog.nodes(node, f"{DCAT}endpointURL")]
    base = view.manifest.site.base
    address = endpoints[0] if endpoints else node.value
    href = view.link(f"/{address.removeprefix(base)}") if address.startswith(base) else address
    return (
        catalog.text(node, f"{DCT}title", view.languages),
        catalog.text(node, f"{DCT}description", view.languages),
        href,
    )
