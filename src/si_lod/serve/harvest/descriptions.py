"""The routes of what else is said of the catalogue, each in the form that one kind of reader knows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, redirect, request
from pyoxigraph import RdfFormat

from si_lod.errors import UnknownResource
from si_lod.iris import slug
from si_lod.sentences import told
from si_lod.serve.documents.gone import new_reference
from si_lod.serve.harvest.croissant import croissant
from si_lod.serve.harvest.files import FOLDER, METADATA, Files
from si_lod.serve.harvest.linkset import CATALOG, LINKSET, OPENAPI, catalog_linkset, linkset, page_path
from si_lod.serve.harvest.openapi import openapi
from si_lod.serve.harvest.package import PACKAGE, package
from si_lod.serve.harvest.places import catalog_of, published_base
from si_lod.serve.harvest.settled import settled
from si_lod.serve.harvest.void import described
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.representations import PREFIXES
from si_lod.serve.replies.syntaxes import SYNTAXES, written
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Response
    from pyoxigraph import NamedNode
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current
    from si_lod.serve.harvest.catalog import Catalog

_ROUTES = {
    "/.well-known/void": "void",
    "/void.<suffix>": "void_in",
    "/.well-known/csvm": "csvm",
    "/croissant/<name>.json": "croissant",
    f"/{FOLDER}/{PACKAGE}": "package",
    "/linkset/dataset/<name>": "linkset",
    f"/linkset/{CATALOG}": "catalog_linkset",
    f"/{OPENAPI}": "openapi",
}


@dataclass(frozen=True, slots=True)
class Descriptions:
    """The routes of the catalogue's other descriptions, in each release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("descriptions", __name__)
        for path, name in _ROUTES.items():
            routes.add_url_rule(path, name, getattr(self, name))
        return routes

    def void(self) -> AnyResponse:
        """Return the way to the VoID description (VoID §7.2)."""
        return redirect(Visit.of(self.current).href("void.ttl"), 302)

    def void_in(self, suffix: str) -> Response:
        """Return the VoID description in the syntax of that suffix."""
        visit = Visit.of(self.current)
        syntax = next((one for one in SYNTAXES if one.file_extension == suffix), None)
        if syntax is None:
            there = ", ".join(one.file_extension for one in SYNTAXES)
            raise UnknownResource(told("{path}: expected one of the formats {there}", path=request.path, there=there))
        return settled(visit, syntax.media_type, partial(_void, visit, catalog_of(visit), syntax))

    def csvm(self) -> Response:
        """Return where the metadata of a table are (CSVW Model §5.3): beside it, as the default has it."""
        templates = f"{{+url}}{METADATA}\ncsv-metadata.json\n"
        return settled(Visit.of(self.current), "text/plain", templates.encode)

    def croissant(self, name: str) -> Response:
        """Return the description of a data set for machine learning."""
        visit, catalog, data_set = self._asked(name)
        tags = visit.manifest.site.languages
        language = "en" if "en" in tags else tags[0]
        links = (Link(visit.href(page_path(visit.design, data_set.value)), "describes", "text/html"),)
        return settled(
            visit,
            "application/ld+json",
            lambda: _json(croissant(catalog, _files(visit), data_set, language)),
            links,
        )

    def package(self) -> Response:
        """Return the tables as a data package, which stands beside them."""
        visit = Visit.of(self.current)
        catalog = catalog_of(visit)
        tags = visit.manifest.site.languages
        return settled(visit, "application/json", lambda: _json(package(catalog, _files(visit), tags, catalog.whole)))

    def linkset(self, name: str) -> Response:
        """Return the links of a data set."""
        visit, catalog, data_set = self._asked(name)
        base = published_base(visit)
        return settled(
            visit,
            LINKSET,
            lambda: _json(linkset(catalog, data_set, visit.design, files=_files(visit), base=base)),
        )

    def catalog_linkset(self) -> Response:
        """Return the links of the catalogue."""
        visit = Visit.of(self.current)
        catalog, base = catalog_of(visit), published_base(visit)
        return settled(visit, LINKSET, lambda: _json(catalog_linkset(catalog, visit.design, base)))

    def openapi(self) -> Response:
        """Return what programs can ask of the release (OpenAPI 3.1.0)."""
        visit = Visit.of(self.current)
        return settled(visit, "application/json", lambda: _json(openapi(visit, catalog_of(visit))))

    def _asked(self, name: str) -> tuple[Visit, Catalog, NamedNode]:
        """Return the data set of that name with its catalogue; raises UnknownResource if there is none.

        One that is renamed leads on, and one that was withdrawn raises Withdrawn.
        """
        visit = Visit.of(self.current)
        catalog = catalog_of(visit)
        for data_set in catalog.data_sets:
            if slug(data_set.value) == name:
                return visit, catalog, data_set
        if (iri := visit.thing(f"dataset/{name}")) and (renamed := new_reference(visit, iri)):
            path = request.path.lstrip("/").replace(f"/{name}", f"/{slug(renamed)}")
            abort(lead(visit.href(path), 308))
        raise UnknownResource(told("{path}: the catalogue has no data set of this name", path=request.path))


def _void(visit: Visit, catalog: Catalog, syntax: RdfFormat) -> bytes:
    address = f"{published_base(visit)}void.{RdfFormat.TURTLE.file_extension}"
    return written(described(catalog, address), syntax, PREFIXES | visit.manifest.site.prefixes)


def _files(visit: Visit) -> Files:
    return Files.of(visit.serving.release.path)


def _json(table: dict[str, Any]) -> bytes:
    return f"{json.dumps(table, indent=1, ensure_ascii=False)}\n".encode()
