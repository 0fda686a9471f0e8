"""A data set for those who train and test with it: files, tables and their fields (Croissant 1.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from si_lod.serve.harvest.columns import schema
from si_lod.serve.harvest.datatypes import data_type, moment
from si_lod.serve.harvest.licences import licence
from si_lod.serve.harvest.linkset import CROISSANT
from si_lod.serve.pages.vocabulary import CREATOR, DCAT, DCT, FOAF, PUBLISHER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from si_lod.serve.harvest.catalog import Catalog
    from si_lod.serve.harvest.columns import Column
    from si_lod.serve.harvest.files import File, Files

_OWN: Final = (
    *(
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileProperty",
        "fileObject",
        "fileSet",
        "format",
        "includes",
    ),
    *("isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: Final[dict[str, Any]] = {
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in _OWN},
}
"""The context that the specification asks for, in full (Croissant 1.0, Appendix 1)."""


def croissant(catalog: Catalog, files: Files, data_set: NamedNode, language: str) -> dict[str, Any]:
    """Return the description of a data set with its files, and those of its parts' that are tables."""
    parts = [node for node in catalog.nodes(data_set, f"{DCT}hasPart") if node in catalog.about]
    own = [file for file in files.of_data_set(data_set) if not file.packed]
    others = [file for part in parts for file in files.of_data_set(part) if file.is_table and not file.packed]
    every = sorted((*own, *others), key=lambda file: file.name)
    found = {
        "@context": {"@language": language, **_CONTEXT},
        "@type": "sc:Dataset",
        "@id": data_set.value,
        "conformsTo": CROISSANT,
        **_told(catalog, data_set, language),
        "distribution": [_file(files, file) for file in every],
        "recordSet": [_records(catalog, files, file, language) for file in every if file.is_table],
    }
    return {key: value for key, value in found.items() if value}


def _told(catalog: Catalog, node: NamedNode, language: str) -> dict[str, Any]:
    keywords = [one.value for one in catalog.literals(node, f"{DCAT}keyword") if one.language == language]
    pages, title = catalog.nodes(node, f"{DCAT}landingPage"), catalog.text(node, f"{DCT}title", (language,))
    return {
        "name": title,
        "description": catalog.text(node, f"{DCT}description", (language,)) or title,  # It is required.
        "url": pages[0].value if pages else node.value,
        "license": licence(catalog, node),
        "keywords": keywords,
        "version": catalog.text(node, f"{DCAT}version"),
        "datePublished": catalog.text(node, f"{DCT}issued"),
        "dateModified": catalog.text(node, f"{DCT}modified"),
        "citeAs": _citation(catalog, node, language),
        "creator": list(_agents(catalog, catalog.nodes(node, CREATOR), language)),
        "publisher": list(_agents(catalog, catalog.nodes(node, PUBLISHER), language)),
    }


def _citation(catalog: Catalog, node: NamedNode, language: str) -> str:
    names = [catalog.text(agent, f"{FOAF}name", (language,)) for agent in catalog.nodes(node, PUBLISHER)]
    title, version = (catalog.text(node, name, (language,)) for name in (f"{DCT}title", f"{DCAT}version"))
    year = catalog.text(node, f"{DCT}modified")[:4]
    said = (", ".join(filter(None, names)), f"({year})" if year else "", f"{title}.", version and f"Version {version}.")
    return " ".join(filter(None, (*said, node.value)))


def _agents(catalog: Catalog, nodes: list[NamedNode], language: str) -> Iterator[dict[str, str]]:
    for node in nodes:
        name = catalog.text(node, f"{FOAF}name", (language,)) or node.value
        yield {"@type": "sc:Organization", "@id": node.value, "name": name, "url": node.value}


def _file(files: Files, file: File) -> dict[str, str]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.address,
        "contentSize": f"{(files.folder / file.name).stat().st_size} B",
        "encodingFormat": file.media_type,
        "sha256": files.digest(file.name),
    }


def _records(catalog: Catalog, files: Files, file: File, language: str) -> dict[str, Any]:
    described = schema(files, file.table)
    by_name = {column.name: f"{file.table}/{column.name}" for column in described.columns}
    key = [{"@id": by_name[name]} for name in described.key if name in by_name]
    return {
        "@type": "cr:RecordSet",
        "@id": file.table,
        "name": file.table,
        "description": catalog.text(file.node, f"{DCT}title", (language,)),
        **({"key": key} if key else {}),
        "field": [_field(column, file, language) for column in described.columns],
    }


def _field(column: Column, file: File, language: str) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{file.table}/{column.name}",
        "name": column.name,
        "description": column.titles.get(language) or next(iter(column.titles.values()), column.name),
        "dataType": data_type(column),
        "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.header}, **_format(column)},
    }


def _format(column: Column) -> dict[str, str]:
    """Return the pattern of days and times that are written otherwise than as XSD does (Croissant 1.0, "format")."""
    pattern = moment(column)
    return {"format": pattern} if "%" in pattern else {}
