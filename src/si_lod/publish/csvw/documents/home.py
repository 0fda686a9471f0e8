"""Where a metadata document lies: files beside it or below are read, and nothing else ever is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from pyoxigraph import NamedNode

from si_lod.misreadings import no_json, reason_of
from si_lod.publish.csvw.documents import objects
from si_lod.publish.csvw.documents.context import Context, read_context
from si_lod.publish.csvw.documents.descriptors import Descriptor
from si_lod.publish.csvw.documents.objects import Members
from si_lod.publish.csvw.faults import Faults, excerpt, named
from si_lod.sentences import told

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of a metadata document, the IRI that the folder stands for, and where faults go.

    ``root`` is the folder that messages name files relative to.
    """

    folder: Path
    iri: str
    root: Path
    faults: Faults

    def file(self, url: str) -> Path | None:
        """Return the file that an absolute IRI stands for, or None when it is not beside the document or below.

        A query is part of a table's IRI and not of its file's name; only a lenient reading allows one.
        """
        reference, folder = urlsplit(url), urlsplit(self.iri)
        name = unquote(reference.path.removeprefix(folder.path))
        inside = reference[:2] == folder[:2] and reference.path.startswith(folder.path)
        if not name or not inside or name.startswith("/") or ".." in name.split("/") or not _is_iri(url):
            return None
        return None if reference.query and not self.faults.lenient else self.folder / name

    def document(self, path: Path) -> Descriptor | None:
        """Return the JSON object that a document is, or None with the fault reported."""
        file = named(path, self.root)
        members = _members(path, file, self.faults)
        return None if members is None else Descriptor(members, "", file=file, faults=self.faults)

    def part(self, described: Descriptor, key: str, context: Context) -> tuple[Descriptor, Context] | None:
        """Return the object of a key, from the file that it refers to if it is a string (Metadata §5.1.5)."""
        found = described.value(key)
        if not isinstance(found, str):
            inner = described.object(key, "" if key == "tableSchema" else key)
            return (inner, context) if inner else None
        url = urljoin(context.base, found)
        path = self.file(url)
        if path is None or not path.is_file():
            described.fault(
                key, told("expected an object or a file beside the metadata, found {found}", found=excerpt(found))
            )
            return None
        inner = self.document(path)
        if inner is None:
            return None
        return inner, read_context(inner, url) if inner.has("@context") else Context(context.tongue, url)


def _is_iri(url: str) -> bool:
    try:
        NamedNode(url)
    except ValueError:
        return False
    return True


def _members(path: Path, file: str, faults: Faults) -> Members | None:
    try:
        parsed = objects.parse(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        faults.add(
            file, told("expected JSON: {error}", error=no_json(error.msg)), line=error.lineno, column=str(error.colno)
        )
    except UnicodeDecodeError as error:
        faults.add(
            file,
            told(
                "expected UTF-8, found the byte 0x{byte:02X} at {start}",
                byte=error.object[error.start],
                start=error.start,
            ),
        )
    except OSError as error:
        faults.add(file, told("cannot be read: {reason}", reason=reason_of(error)))
    except RecursionError:
        faults.add(file, told("expected table metadata, found arrays or objects nested too deep"))
    else:
        if isinstance(parsed, Members):
            return parsed
        faults.add(file, told("expected a JSON object, found {found}", found=excerpt(parsed)), line=1)
    return None
