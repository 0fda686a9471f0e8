"""The reference of CSVW's keys is true: each key is there, and is read or refused as the page says."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from si_lod.errors import InvalidFiles
from si_lod.publish import csvw
from si_lod.publish.csvw import read_metadata

from .conftest import BASE, CONTEXT, Json

PAGE = Path(__file__).parents[3] / "docs/reference/csvw.md"
CODE = Path(csvw.__file__).parent
ROW = re.compile(r"\| ([a-z ,]+) \| `(@?[A-Za-z]+)` \| (done|checked|refused) \| (done|checked|refused) \|")
ROWS = [match.groups() for match in map(ROW.fullmatch, PAGE.read_text(encoding="utf-8").splitlines()) if match]
# The methods and functions that ask a description for a key.
ASKERS = {
    "has",
    "text",
    "flag",
    "count",
    "texts",
    "value",
    "object",
    "objects",
    "part",
    "language",
    "_character",
    "_reference",
}
TABLES = {"PROPERTIES", "LENGTHS", "BOUNDS"}

KEY = {"columnReference": "a", "reference": {"resource": "t.csv", "columnReference": "a"}}
VALUES: dict[str, object] = {
    "@language": "nl",
    "@base": "",
    "@id": "http://a.example/x",
    "notes": [{"oa:hasBody": {"@value": "x", "@language": "en"}}],
    "tableDirection": "ltr",
    "transformations": [{"url": "a", "scriptFormat": "http://a.example/", "targetFormat": "http://a.example/"}],
    "suppressOutput": False,
    "aboutUrl": "#{a}",
    "propertyUrl": "dc:title",
    "valueUrl": "#{a}",
    "datatype": "string",
    "default": "x",
    "lang": "nl",
    "null": ["-"],
    "ordered": True,
    "required": True,
    "separator": ";",
    "textDirection": "rtl",
    "primaryKey": "a",
    "foreignKeys": [KEY],
    "rowTitles": ["a"],
    "name": "a",
    "titles": {"nl": ["a"]},
    "virtual": False,
    "commentPrefix": "#",
    "delimiter": ";",
    "doubleQuote": True,
    "encoding": "utf-8",
    "header": True,
    "headerRowCount": 1,
    "lineTerminators": ["\r\n", "\n"],
    "quoteChar": "'",
    "skipBlankRows": True,
    "skipColumns": 1,
    "skipInitialSpace": True,
    "skipRows": 1,
    "trim": "start",
    "format": "#0",
    **dict.fromkeys(("length", "minLength", "maxLength"), 2),
    **dict.fromkeys(("minimum", "maximum", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive"), 2),
    "pattern": "#0",
    "decimalChar": ",",
    "groupChar": ".",
}
# These stand in every document below.
ALWAYS = {
    "@context",
    "tables",
    "dialect",
    "tableSchema",
    "url",
    "columns",
    "columnReference",
    "reference",
    "resource",
    "base",
    "@type",
}


def document(place: str, key: str, value: object) -> Json:
    """A metadata document in which one object, of the kind that the page names, has the key."""
    own: Json = {key: value}
    at = {name.strip(): own for name in place.split(",")}
    if place in {"inherited", "any"}:
        at = dict.fromkeys(("column", "table"), own)
    number = key[:3] in {"min", "max"} and "Length" not in key
    base = "decimal" if number or key in {"format", "pattern", "decimalChar", "groupChar"} else "string"
    form = {"format": {"decimalChar": ",", "groupChar": ".", **own}} if place == "format of numbers" else {}
    datatype = {"base": base, **form, **at.get("datatype", {})}
    reference = {**({} if key == "schemaReference" else {"resource": "t.csv"}), **at.get("reference", {})}
    column = {"name": "a", "datatype": datatype, **at.get("column", {})}
    schema = {
        "@id": "s.json",
        "aboutUrl": "#{_row}",
        "columns": [column],
        "foreignKeys": [{**KEY, "columnReference": "b", "reference": {"columnReference": "b", **reference}}],
        **at.get("schema", {}),
    }
    schema["columns"] = [column, {"name": "b", "datatype": "string", "separator": None}]
    table = {"url": "t.csv", "tableSchema": schema, "dialect": at.get("dialect", {}), **at.get("table", {})}
    return {
        "@context": [CONTEXT, at.get("context", {"@language": "en"})],
        "tables": [table],
        **at.get("table group", {}),
    }


@pytest.mark.parametrize("row", ROWS, ids=[f"{one[0]}-{one[1]}" for one in ROWS])
@pytest.mark.parametrize("lenient", [False, True], ids=["publishing", "converting"])
def test_a_key_is_read_or_refused_as_the_page_says(tmp_path: Path, row: tuple[str, ...], *, lenient: bool) -> None:
    place, key, publishing, converting = row
    value = "s.json" if key == "schemaReference" else VALUES.get(key)
    written = document(place, "@id", "http://a.example/x") if key in ALWAYS else document(place, key, value)
    (tmp_path / "m.json").write_text(json.dumps(written), encoding="utf-8")
    said = converting if lenient else publishing
    if said == "refused":
        with pytest.raises(InvalidFiles, match=key):
            read_metadata(tmp_path / "m.json", base=BASE, lenient=lenient)
    else:
        assert read_metadata(tmp_path / "m.json", base=BASE, lenient=lenient).warnings == ()


def test_the_page_has_every_key_that_the_code_asks_for_and_no_other() -> None:
    rooms = [*(CODE / "metadata").glob("*.py"), *(CODE / "documents").glob("*.py")]
    asked = {key for path in rooms for key in keys(ast.parse(path.read_text(encoding="utf-8")))}
    assert {one[1] for one in ROWS} == asked - {"scriptFormat", "targetFormat", "source", "\n"}
    assert {one[1] for one in ROWS} == {*VALUES, *ALWAYS, "schemaReference"}


def keys(module: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            words = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            found |= set(words[:1]) if name in ASKERS else set()
        elif (
            isinstance(node, ast.AnnAssign)
            and getattr(node.target, "id", "") in TABLES
            and isinstance(node.value, ast.Dict)
        ):
            found |= {str(key.value) for key in node.value.keys if isinstance(key, ast.Constant)}
    return found
