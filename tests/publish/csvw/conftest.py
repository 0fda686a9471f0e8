"""A workbench: a site folder with one metadata document, whose tables a test writes as it likes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw import TableGroup, convert, read_metadata

BASE = "https://example.org/data/"
CONTEXT = "http://www.w3.org/ns/csvw"

Json = dict[str, object]


@dataclass(frozen=True)
class Bench:
    root: Path

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / "data" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def describe(self, *tables: Json, **group: object) -> None:
        self.write("csv-metadata.json", json.dumps({"@context": CONTEXT, **group, "tables": list(tables)}))

    def read(self) -> TableGroup:
        return read_metadata(self.root / "data/csv-metadata.json", base=BASE)

    def lines(self) -> list[str]:
        """Each triple as N-Triples, in the order in which the converter yields them."""
        return [f"{statement.triple} ." for statement in convert(self.read(), root=self.root)]

    def objects(self, name: str) -> list[str]:
        """The objects of one column's triples, as N-Triples."""
        statements = convert(self.read(), root=self.root)
        return [str(statement.triple.object) for statement in statements if statement.cell.column == name]

    def problems(self) -> list[str]:
        """Everything that is wrong, as an editor sees it."""
        with pytest.raises(InvalidFiles) as caught:
            self.lines()
        return [str(problem) for problem in caught.value.problems]

    def column(self, text: str, **properties: object) -> None:
        """One table of one row with an id and a column ``x`` of these properties, which holds the text."""
        self.columns([text], **properties)

    def columns(self, texts: list[str], **properties: object) -> None:
        """One table with an id and a column ``x`` of these properties, with a row for each text."""
        x: Json = {"name": "x", "propertyUrl": "http://example.org/x", **properties}
        self.describe(table("t.csv", {"name": "id", "suppressOutput": True}, x))
        rows = "".join(f'r{number},"{text.replace(chr(34), chr(34) * 2)}"\n' for number, text in enumerate(texts, 1))
        self.write("t.csv", f"id,x\n{rows}")


def table(url: str, *columns: Json, **schema: object) -> Json:
    """A table whose rows are about ``../id/{id}``."""
    return {"url": url, "tableSchema": {"aboutUrl": "../id/{id}", "columns": list(columns), **schema}}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)
