"""The files that a release was made of, and one row of a table among them.

They have their addresses below a release, since they are another release's tomorrow: ``/release/2026.1/files/...``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from flask import Blueprint, request
from werkzeug.security import safe_join

from si_lod.errors import InvalidRequest, UnknownResource
from si_lod.folders import is_file
from si_lod.index.origins import Origin, described, table_file
from si_lod.reading import Reading
from si_lod.sentences import told
from si_lod.serve.pages import ShownRow, row_page
from si_lod.serve.releases.tables import Marks, record
from si_lod.serve.replies.asked import Asked, Findings, single
from si_lod.serve.replies.conditions import has
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.sending import sent
from si_lod.serve.replies.variants import Variant
from si_lod.serve.transport.negotiation import Offer
from si_lod.serve.travel import address_of
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Response
    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current

_TYPES: Final = {
    ".csv": "text/csv; charset={encoding}",
    ".tsv": "text/tab-separated-values; charset={encoding}",
    ".txt": "text/plain; charset={encoding}",
    ".ttl": "text/turtle; charset=utf-8",
    ".rq": "application/sparql-query; charset=utf-8",
    ".json": "application/json",
    ".toml": "application/toml",
    ".md": "text/markdown; charset=utf-8",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_CSV: Final = Variant(Offer("text/csv"), "csv")
_DIGITS: Final = 12
"""No row has a number that long."""


@dataclass(frozen=True, slots=True)
class Files:
    """The routes of a release's files; without a version they lead to those of the current one."""

    current: Current
    _marks: Reading[Marks] = field(default_factory=lambda: Reading(Marks))

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("files", __name__)
        routes.add_url_rule("/files/<path:name>", "file", self.file)
        return routes

    def file(self, name: str) -> AnyResponse:
        """Return the file as it is, with ranges (RFC 9110 §14), or the row that ``?row=`` asks for."""
        visit = Visit.of(self.current)
        path = _path(visit, name)
        if not visit.named:
            return lead(f"{visit.home}{address_of(visit.manifest.version)}{quote(request.path)}", 302)
        return self._row(visit, path, name) if "row" in request.args else _whole(visit, path, name)

    def _row(self, visit: Visit, path: Path, name: str) -> Response:
        """Return one row; negotiated, since a page of it is for people and its cells are for programs."""
        text = single("row")
        if not (text.isascii() and text.isdigit() and len(text) < _DIGITS):
            raise InvalidRequest(told('row: expected a whole number, found "{text}"', text=text[:40]))
        number = int(text)
        asked = visit.at([("row", str(number))])
        find = partial(_found, asked, self._marks.of(path), name, number)
        return Asked(asked, f"files/{name}", asked.arguments, (_CSV,), find, is_file=True, meant=True).respond(None)


def _path(visit: Visit, name: str) -> Path:
    """Return where the file is; raises UnknownResource if the release was made of no such file."""
    folder = visit.serving.release.path / "files"
    joined = safe_join(str(folder), name)
    path = folder / name
    if joined is None or name.endswith("/") or path.suffix.lower() not in _TYPES or not is_file(path):
        raise UnknownResource(told("{path}: the release was made of no file of this name", path=request.path))
    return path.absolute()


def _whole(visit: Visit, path: Path, name: str) -> Response:
    # The release never changes, so its name and the file's tell which content this is.
    tag = f"{visit.serving.key}-files-{quote(name.replace('/', '.'))}"
    table = table_file(visit.index, name) if visit.index and not has(tag) else None
    media_type = _TYPES[path.suffix.lower()].format(encoding=table.encoding if table else "utf-8")
    if table and media_type.startswith(_CSV.offer.media_type):
        # Of a file that is no table of the site nobody has said whether it has one (RFC 4180 §3).
        media_type += f"; header={'present' if table.header else 'absent'}"
    response = sent(path, media_type, tag, visit.since(path))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _found(visit: Visit, marks: Marks, name: str, number: int) -> Findings:
    """Return the row; raises UnknownResource if the file is no table or has no such row."""
    index = visit.index
    table = table_file(index, name) if index else None
    if index is None or table is None:
        raise UnknownResource(told("{path}: this release has no table of this name", path=request.path))
    found, things = record(marks, table, number), described(index, Origin(table.name, number))
    row = ShownRow(table.name, number, found.pairs(), things, found.is_last)
    return Findings(visit.arguments, {_CSV: found.text}, partial(row_page, visit.view, row))
