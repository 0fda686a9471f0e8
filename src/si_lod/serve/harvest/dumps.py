"""The route of the downloads: each file as it is, with what leads from it to its description and its data set."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, request

from si_lod.errors import UnknownResource
from si_lod.release import DIGESTS
from si_lod.sentences import told
from si_lod.serve.harvest.catalog import Catalog
from si_lod.serve.harvest.dialects import Dialect
from si_lod.serve.harvest.files import CSV, CSVM, FOLDER, GZIP, METADATA, Files
from si_lod.serve.harvest.licences import licence
from si_lod.serve.harvest.linkset import LINKSET, linkset_path, page_path
from si_lod.serve.replies.links import Link
from si_lod.serve.replies.reply import caching
from si_lod.serve.replies.sending import sent
from si_lod.serve.transport.note import note_of
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Response

    from si_lod.serve.current import Current
    from si_lod.serve.harvest.files import File


@dataclass(frozen=True, slots=True)
class Dumps:
    """The routes of the downloads of each release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("dumps", __name__)
        routes.add_url_rule(f"/{FOLDER}/<name>", "dump", self.dump)
        return routes

    def dump(self, name: str) -> Response:
        """Return the file of that name, with ranges; raises UnknownResource if there is none."""
        visit = Visit.of(self.current)
        files = Files.of(visit.serving.release.path)
        path = files.path(name)
        if path is None:
            message = told("{path}: this release has no download of this name; /catalog lists them", path=request.path)
            raise UnknownResource(message)
        digest = files.digest(name)
        response = sent(path, _media_type(files, name), digest[:32], visit.since(path))
        response.headers["Cache-Control"] = caching(visit)
        response.headers["Repr-Digest"] = f"sha-256=:{base64.b64encode(bytes.fromhex(digest)).decode()}:"
        response.headers["Link"] = ", ".join(map(str, _links(visit, files, name)))
        note = note_of(request.environ)
        note.release = visit.manifest.version
        return response


def _media_type(files: Files, name: str) -> str:
    """Return the media type with its parameters; a table's metadata know those of the table (RFC 7111 §4.1)."""
    if name == DIGESTS:
        return "text/plain; charset=utf-8"
    if name.endswith(METADATA):
        return CSVM
    file = files.listed.get(name)
    if file is None or file.packed:
        return GZIP if name.endswith(".gz") else "application/octet-stream"
    if file.media_type == CSV:
        dialect = Dialect.of(files.metadata(file.table).get("dialect", {}))
        return f"{CSV}; charset={dialect.encoding}; header={'present' if dialect.header else 'absent'}"
    return f"{file.media_type}; charset=utf-8" if file.media_type.startswith("text/") else file.media_type


def _links(visit: Visit, files: Files, name: str) -> Iterator[Link]:
    yield Link(f"{visit.manifest.site.base}{FOLDER}/{name}", "canonical")
    file, catalog = files.listed.get(name), Catalog.of(visit.serving.release.path)
    if name.endswith(METADATA):
        yield Link(visit.href(f"{FOLDER}/{name.removesuffix(METADATA)}"), "describes", CSV)
    if file is not None and catalog is not None:
        yield from _ways_back(visit, files, file, licence(catalog, file.node))


def _ways_back(visit: Visit, files: Files, file: File, terms: str) -> Iterator[Link]:
    """Yield what leads from a file to its description and its data set (FAIR Signposting, content resource)."""
    if metadata := files.described_by(file):
        yield Link(visit.href(f"{FOLDER}/{metadata}"), "describedby", CSVM)
    page = page_path(visit.design, file.data_set.value)
    if page:
        yield Link(visit.href(page), "collection", "text/html")
        yield Link(visit.href(linkset_path(file.data_set.value)), "linkset", LINKSET)
    if terms:
        yield Link(terms, "license")
