"""Each dump as a distribution of its data set (DCAT 3 §6.8), its size taken from the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from si_lod.publish.catalogue.formats import GZIP, SCHEME, SPARQL_RESULTS, TRIG, described_media
from si_lod.publish.catalogue.terms import DCAT, DCATAP, DCT, FOAF, SKOS, XSD, entitled, said, typed, worded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

    from si_lod.publish.catalogue.dumps import Dump
    from si_lod.publish.catalogue.statement import Statement

_INHERITED: Final = (
    *(DCT + name for name in ("license", "rights", "language", "conformsTo")),
    f"{DCATAP}availability",
)
"""What holds for a file because it holds for its data set; portals look for it on the file."""
_AS: Final = {"nl": "{title} als {format}{packed}", "en": "{title} as {format}{packed}"}
_TABLE: Final = {"nl": "{title}: tabel {table}{packed}", "en": "{title}: table {table}{packed}"}
_PACKED: Final = {"nl": ", ingepakt", "en": ", compressed"}
_ALL: Final = {
    "nl": "De hele dataset in één bestand, in het formaat {format}.",
    "en": "The whole data set in one file, in the format {format}.",
}
_ROWS: Final = {
    "nl": "De tabel zoals de redactie haar bijhoudt; de kolommen zijn beschreven in {table}.csv-metadata.json (CSVW).",
    "en": "The table as its editors keep it; {table}.csv-metadata.json (CSVW) describes its columns.",
}


def distribution_iri(base: str, dump: Dump) -> NamedNode:
    """Return the IRI of the distribution that ``dump`` is."""
    return NamedNode(f"{base}id/distribution/{distribution_name(dump.name)}")


def distribution_name(file: str) -> str:
    """Return what a distribution is called: its file's name, without a dot that would read as a suffix."""
    return file.replace(".", "-")


def distributions(dumps: Iterable[Dump], statement: Statement, base: str) -> Iterator[Triple]:
    """Yield what is said of each file, and of its data set through it; dates are added later."""
    for dump in dumps:
        yield from _distribution(dump, statement, base)


def described_formats(dumps: Iterable[Dump]) -> Iterator[Triple]:
    """Yield what the formats of the files are, as the lists that define them say."""
    dumps = list(dumps)
    for form in dict.fromkeys([*(dump.format for dump in dumps), SPARQL_RESULTS, TRIG]):
        yield from form.triples()
    if dumps:
        yield from described_media(GZIP)
        yield from typed(SCHEME, f"{SKOS}ConceptScheme")
        yield from said(SCHEME, f"{DCT}title", Literal("File type", language="en"))


def landing_page(dataset: NamedNode, base: str) -> NamedNode:
    """Return the page about a data set."""
    return NamedNode(f"{base}doc/{dataset.value.removeprefix(f'{base}id/')}")


def _distribution(dump: Dump, statement: Statement, base: str) -> Iterator[Triple]:
    node, page = distribution_iri(base, dump), landing_page(dump.dataset, base)
    size = Literal(str(dump.size), datatype=NamedNode(f"{XSD}nonNegativeInteger"))
    file = NamedNode(f"{base}dump/{dump.name}")
    yield from said(dump.dataset, f"{DCAT}distribution", node)
    yield from typed(node, f"{DCAT}Distribution")
    titles, what = statement.titles(dump.dataset), f"{dump.table}.csv" if dump.table else dump.format.name
    known = _texts(_TABLE if dump.table else _AS, dump, titles)
    told = entitled(titles, known, f"{what}, gzip" if dump.compressed else what)
    yield from said(node, f"{DCT}title", *worded(told))
    yield from said(node, f"{DCT}description", *worded(_texts(_ROWS if dump.table else _ALL, dump, titles)))
    yield from said(node, f"{DCAT}accessURL", page)
    yield from said(node, f"{DCAT}downloadURL", file)
    yield from typed(file, f"{FOAF}Document")
    yield from said(node, f"{DCT}format", dump.format.file_type)
    yield from said(node, f"{DCAT}mediaType", dump.format.media)
    yield from said(node, f"{DCAT}byteSize", size)
    if dump.compressed:
        packing = NamedNode(f"https://www.iana.org/assignments/media-types/{GZIP}")
        yield from said(node, f"{DCAT}compressFormat", packing)
    yield from inherited(node, dump.dataset, statement)


def inherited(node: NamedNode, dataset: NamedNode, statement: Statement) -> Iterator[Triple]:
    """Yield what holds for a distribution because it holds for its data set."""
    for predicate in _INHERITED:
        yield from said(node, predicate, *statement.terms(dataset, predicate))


def _texts(patterns: dict[str, str], dump: Dump, titles: dict[str, str]) -> dict[str, str]:
    """Return the pattern filled in for each language that it and the title of the data set are in."""
    return {
        tag: pattern.format(
            title=titles[tag],
            format=dump.format.name,
            table=dump.table,
            packed=_PACKED[tag] if dump.compressed else "",
        )
        for tag, pattern in patterns.items()
        if tag in titles
    }
