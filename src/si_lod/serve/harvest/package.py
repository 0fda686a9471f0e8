"""The tables among the downloads as a Frictionless Data Package (Data Package 1, Tabular Data Package 1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from si_lod.serve.harvest.columns import schema
from si_lod.serve.harvest.datatypes import kind, written
from si_lod.serve.harvest.licences import licence
from si_lod.serve.pages.vocabulary import CREATOR, DCAT, DCT, FOAF

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from si_lod.serve.harvest.catalog import Catalog
    from si_lod.serve.harvest.columns import Column, Schema
    from si_lod.serve.harvest.dialects import Dialect
    from si_lod.serve.harvest.files import File, Files

PACKAGE: Final = "datapackage.json"
_BOUNDS: Final = {"minimum": "minimum", "minInclusive": "minimum", "maximum": "maximum", "maxInclusive": "maximum"}
_LENGTHS: Final = ("minLength", "maxLength")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UNFIT: Final = re.compile(r"[^a-z0-9._-]+")


def package(catalog: Catalog, files: Files, languages: tuple[str, ...], whole: NamedNode) -> dict[str, Any]:
    """Return the package of all tables; ``whole`` is the data set that it describes, ``languages`` its words."""
    tables = [file for _, file in sorted(files.listed.items()) if file.is_table and not file.packed]
    terms = licence(catalog, whole)
    found = {
        "profile": "tabular-data-package",
        "name": name(whole.value.rpartition("/")[2]),
        "id": whole.value,
        "title": catalog.text(whole, f"{DCT}title", languages),
        "description": catalog.text(whole, f"{DCT}description", languages),
        "homepage": next((node.value for node in catalog.nodes(whole, f"{DCAT}landingPage")), ""),
        "version": catalog.text(whole, f"{DCAT}version"),
        "created": _moment(catalog.text(whole, f"{DCT}issued")),
        "keywords": _keywords(catalog, whole, languages),
        "licenses": [{"path": terms}] if terms else [],
        "contributors": list(_contributors(catalog, whole, languages)),
        "resources": [_resource(catalog, files, file, languages) for file in tables],
    }
    return {key: value for key, value in found.items() if value}


def _keywords(catalog: Catalog, whole: NamedNode, languages: tuple[str, ...]) -> list[str]:
    """Return the keywords in the language of the title, or in whichever they are in."""
    titled = [one.language for one in catalog.literals(whole, f"{DCT}title")]
    language = next((tag for tag in languages if tag in titled), None)
    every = catalog.literals(whole, f"{DCAT}keyword")
    return sorted({one.value for one in every if one.language in {language, None}} or {one.value for one in every})


def name(text: str) -> str:
    """Return the text in the characters that a name may have."""
    return _UNFIT.sub("-", text.lower()).strip("-") or "data"


def _moment(text: str) -> str:
    """Return the beginning of a day, which has to be a moment here, and a moment as it is (Data Package §created)."""
    return f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text


def _contributors(catalog: Catalog, whole: NamedNode, languages: tuple[str, ...]) -> Iterator[dict[str, str]]:
    for predicate, role in ((CREATOR, "author"), (f"{DCT}publisher", "publisher")):
        for agent in catalog.nodes(whole, predicate):
            title = catalog.text(agent, f"{FOAF}name", languages) or agent.value
            yield {"title": title, "path": agent.value, "role": role}


def _resource(catalog: Catalog, files: Files, file: File, languages: tuple[str, ...]) -> dict[str, Any]:
    described = schema(files, file.table)
    return {
        "profile": "tabular-data-resource",
        "name": name(file.table),
        "path": file.name,
        "title": catalog.text(file.node, f"{DCT}title", languages),
        "description": catalog.text(file.node, f"{DCT}description", languages),
        "format": "csv",
        "mediatype": file.media_type,
        "encoding": described.dialect.encoding,
        "bytes": (files.folder / file.name).stat().st_size,
        "hash": f"sha256:{files.digest(file.name)}",
        "dialect": _dialect(described.dialect),
        "schema": _schema(described, languages),
    }


def _dialect(told: Dialect) -> dict[str, Any]:
    """Return how the file is written (CSV Dialect 1.2; Table Dialect 2 for what stands before the header)."""
    found: dict[str, Any] = {"delimiter": told.delimiter, "header": told.header}
    found |= {"quoteChar": told.quote} if told.quote else {}
    found |= {"commentChar": told.comment} if told.comment else {}
    found |= {"skipInitialSpace": True} if told.trim in {"start", "both"} else {}
    if told.skip_rows:
        found["commentRows"] = list(range(1, told.skip_rows + 1))
        found |= {"headerRows": [told.skip_rows + 1]} if told.header else {}
    return found


def _schema(described: Schema, languages: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of a table; what is missing in some columns only is told with those (Table Schema 2)."""
    by_name = {column.name: column.header for column in described.columns}
    first, *others = [column.nulls for column in described.columns] or [("",)]
    shared = [null for null in first if all(null in nulls for nulls in others)]
    key = [by_name[one] for one in described.key if one in by_name]
    return {
        "fields": [_field(column, languages, shared) for column in described.columns],
        "missingValues": shared,
        **({"primaryKey": key} if key else {}),
    }


def _field(column: Column, languages: tuple[str, ...], missing: list[str]) -> dict[str, Any]:
    found_kind = kind(column).field
    title = next((column.titles[tag] for tag in languages if tag in column.titles), "")
    found: dict[str, Any] = {"name": column.header, "type": found_kind, **({"title": title} if title else {})}
    if column.base == "anyURI" and not column.several:
        found["format"] = "uri"
    found |= dict(written(column))
    found |= {"missingValues": list(column.nulls)} if set(column.nulls) != set(missing) else {}
    if constraints := _constraints(column, found_kind):
        found["constraints"] = constraints
    return found


def _constraints(column: Column, of_kind: str) -> dict[str, Any]:
    """Return what a value of the column has to be; a pattern is that of the whole value, as in CSVW."""
    told = column.datatype
    found: dict[str, Any] = {"required": True} if column.required else {}
    if column.several:
        return found
    found |= {bound: told[name] for name, bound in _BOUNDS.items() if name in told and of_kind in {"number", "integer"}}
    found |= {name: told[name] for name in _LENGTHS if name in told}
    if of_kind == "string" and isinstance(told.get("format"), str):
        found["pattern"] = f"^(?:{told['format']})$"
    return found
