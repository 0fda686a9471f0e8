"""What programs can ask of the service, for those who make clients and registers of APIs (OpenAPI 3.1.0)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from si_lod import __version__
from si_lod.iris import Space
from si_lod.serve.harvest.feed import FOLDER as FEEDS
from si_lod.serve.harvest.files import GZIP, Files
from si_lod.serve.harvest.licences import licence
from si_lod.serve.harvest.operation import Offered
from si_lod.serve.harvest.operations import operations
from si_lod.serve.harvest.parameters import parameter_object, schema_object
from si_lod.serve.pages import kind_of
from si_lod.serve.pages.vocabulary import DCAT, DCT, LICENSE, SKOS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import NamedNode

    from si_lod.serve.harvest.catalog import Catalog
    from si_lod.serve.harvest.operation import Operation, Parameter
    from si_lod.serve.visit import Visit

_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_PROBLEM: Final = "#/components/responses/Problem"
_QUERY: Final = "application/sparql-query"
_FORM: Final = "application/x-www-form-urlencoded"


def openapi(visit: Visit, catalog: Catalog) -> dict[str, Any]:
    """Return the description of the service at the address where it was asked for, whichever host that is on."""
    paths: dict[str, dict[str, Any]] = {}
    for one in operations(_offered(visit, catalog)):
        paths.setdefault(one.path, {})["post" if one.form else "get"] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": _info(visit, catalog),
        "servers": [{"url": visit.root or "/"}],
        "paths": paths,
        "components": {"responses": {"Problem": _problem()}},
    }


def _offered(visit: Visit, catalog: Catalog) -> Offered:
    release, site = visit.serving.release.path, visit.manifest.site
    parsed = filter(None, (visit.design.parse(data_set.value) for data_set in catalog.data_sets))
    references = (reference for space, reference in parsed if space is Space.THING)
    feeds = release / FEEDS
    listed = sorted(Files.of(release).listed.items())
    return Offered(
        thing=next((one for one in references if one.count("/") == 1), ""),
        lists=tuple(kind_of(class_iri) for class_iri in site.lists),
        files=tuple((name, GZIP if file.packed else file.media_type) for name, file in listed),
        feeds=tuple(sorted(path.name for path in feeds.iterdir() if path.is_dir())) if feeds.is_dir() else (),
        languages=tuple(site.languages),
        searched=visit.index is not None,
    )


def _info(visit: Visit, catalog: Catalog) -> dict[str, Any]:
    """Return what the catalogue says, in English if the site has it, as whoever makes clients reads that."""
    site = visit.manifest.site
    tags = tuple(sorted(site.languages, key=lambda tag: tag != "en"))
    title = catalog.text(catalog.root, f"{DCT}title", tags) or site.title.get(tags[0]) or site.base
    description = catalog.text(catalog.root, f"{DCT}description", tags)
    nodes = catalog.root, *catalog.data_sets
    return {
        "title": title,
        **({"description": description} if description else {}),
        "version": __version__,
        **({"contact": found} if (found := _contact(catalog, nodes, tags)) else {}),
        **({"license": found} if (found := _licence(catalog, nodes, tags)) else {}),
    }


def _licence(catalog: Catalog, nodes: tuple[NamedNode, ...], tags: tuple[str, ...]) -> dict[str, str]:
    """Return the licence of the catalogue or else of a data set, by its name if the catalogue knows that."""
    for node in nodes:
        if address := licence(catalog, node):
            names = (catalog.text(code, f"{SKOS}prefLabel", tags) for code in catalog.nodes(node, LICENSE))
            return {"name": next(filter(None, names), address), "url": address}
    return {}


def _contact(catalog: Catalog, nodes: tuple[NamedNode, ...], tags: tuple[str, ...]) -> dict[str, str]:
    """Return the first contact that the catalogue or a data set of it has, with what is known of it."""
    contact = next((one for node in nodes for one in catalog.nodes(node, f"{DCAT}contactPoint")), None)
    if contact is None:
        return {}
    known = {
        "name": catalog.text(contact, f"{_VCARD}fn", tags),
        "url": next((one.value for one in catalog.nodes(contact, f"{_VCARD}hasURL")), ""),
        "email": next((one.value for one in catalog.nodes(contact, f"{_VCARD}hasEmail")), "").removeprefix("mailto:"),
    }
    return {name: value for name, value in known.items() if value}


def _operation(one: Operation) -> dict[str, Any]:
    answered = {str(status): _answer(one, HTTPStatus(status)) for status in one.statuses}
    return {
        "operationId": one.name,
        "summary": one.about,
        "parameters": [parameter_object(parameter, one.path) for parameter in one.parameters],
        **({"requestBody": _content(one.form)} if one.form else {}),
        "responses": {**answered, "default": {"$ref": _PROBLEM}},
    }


def _answer(one: Operation, status: HTTPStatus) -> dict[str, Any]:
    content: dict[str, Any] = {"content": {media_type: {} for media_type in one.types}} if one.types else {}
    location = {"Location": {"description": "Where to go on.", "schema": {"type": "string", "format": "uri-reference"}}}
    return {
        "description": status.phrase,
        **({"headers": location} if status is HTTPStatus.SEE_OTHER else {}),
        **content,
    }


def _content(fields: tuple[Parameter, ...]) -> dict[str, Any]:
    """Return the two contents of a query by POST (SPARQL 1.1 Protocol §2.1.2 and §2.1.3)."""
    properties: Mapping[str, Any] = {field.name: schema_object(field) for field in fields}
    form = {"schema": {"type": "object", "required": ["query"], "properties": properties}}
    return {"required": True, "content": {_QUERY: {"schema": {"type": "string"}}, _FORM: form}}


def _problem() -> dict[str, Any]:
    """Return how anything that goes wrong is told (RFC 9457)."""
    members = {"title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"}}
    details = {"schema": {"type": "object", "properties": members}}
    content = {"application/problem+json": details, "text/plain": {}, "text/html": {}}
    return {"description": "What is wrong, and what to do.", "content": content}
