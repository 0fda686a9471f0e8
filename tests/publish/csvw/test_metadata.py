"""Metadata is read whole or refused with every fault at once; nothing in it is passed over in silence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from si_lod.errors import InvalidFiles
from si_lod.publish.csvw import read_metadata

from .conftest import BASE, CONTEXT, Bench, Json, table

ID: Json = {"name": "id", "suppressOutput": True}


def faults(bench: Bench) -> list[str]:
    with pytest.raises(InvalidFiles) as caught:
        bench.read()
    return [str(problem) for problem in caught.value.problems]


def column(**properties: object) -> Json:
    return {"name": "x", **properties}


def test_the_tables_of_a_group_are_read_in_order_with_what_they_inherit(bench: Bench) -> None:
    bench.describe(
        {"url": "a.csv", "null": "-", "tableSchema": {"lang": "en", "columns": [ID, column(lang="nl"), {"name": "y"}]}},
        {"url": "sub/b%20c.csv", "tableSchema": {"columns": [{"titles": {"nl": ["een", "twee"], "en": "one"}}]}},
        lang="de",
        aboutUrl="#{_row}",
        dialect={"delimiter": ";"},
    )
    first, second = bench.read().tables
    assert (first.url, first.path) == (f"{BASE}a.csv", bench.root / "data/a.csv")
    assert [(c.name, c.inherited.lang, c.inherited.null) for c in first.columns] == [
        ("id", "en", ("-",)),
        ("x", "nl", ("-",)),
        ("y", "en", ("-",)),
    ]
    assert second.columns[0].inherited.lang == "de"
    assert second.columns[0].titles == ("een", "twee", "one")
    assert second.dialect.delimiter == ";"


def test_a_single_table_is_a_group_of_one(bench: Bench) -> None:
    bench.write("csv-metadata.json", json.dumps({"@context": [CONTEXT, {"@language": "en"}], **table("a.csv", ID)}))
    assert [one.url for one in bench.read().tables] == [f"{BASE}a.csv"]


def test_a_column_without_a_name_has_its_title_for_one(bench: Bench) -> None:
    bench.describe(table("a.csv", ID, {"titles": "a b-c"}, {"virtual": True, "suppressOutput": True}))
    assert [c.name for c in bench.read().tables[0].columns] == ["id", "a%20b%2Dc", "_col.3"]


def test_annotations_of_other_vocabularies_and_notes_may_stand_there(bench: Bench) -> None:
    bench.describe(
        {**table("a.csv", {**ID, "rdfs:comment": "x"}), "dc:title": "T", "@id": "http://a/t", "@type": "Table"},
        notes=[{"a": "b"}],
        **{"schema:name": {"@value": "N", "@language": "en"}},
    )
    assert len(bench.read().tables) == 1


def test_faults_are_placed_on_the_line_of_their_object_and_all_are_told(bench: Bench) -> None:
    bench.write(
        "csv-metadata.json",
        '{"@context": "http://www.w3.org/ns/csvw",\n'
        ' "tables": [{\n'
        '   "url": "a.csv", "tableSchema": {"aboutUrl": "{id", "columns": [\n'
        '     {"name": "id", "datatyp": "string"},\n'
        '     {"name": "x", "datatype": {"base": "decimal", "minimun": 0}, "required": "yes"},\n'
        '     {"name": "x"}]}}]}\n',
    )
    subject = "aboutUrl: expected a template for the subject; without it there are blank nodes"
    assert [fault.removeprefix("data/csv-metadata.json:").split(": ", 1) for fault in faults(bench)] == [
        ["3", 'table "a.csv": aboutUrl: expected each { to have its } in the URI template, in "{id"'],
        ["3", f'table "a.csv": column "id": {subject}'],
        ["3", f'table "a.csv": column "x": {subject}'],
        ["4", 'table "a.csv", column "id": datatyp: is not a key that CSVW has here; is "datatype" meant?'],
        ["5", 'table "a.csv", column "x", datatype: minimun: is not a key that CSVW has here; is "minimum" meant?'],
        ["5", 'table "a.csv", column "x": required: expected true or false, found "yes"'],
        ["6", 'table "a.csv", column "x": name: expected a name of its own, found a second column "x"'],
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('{"a": 1,\n}', "data/csv-metadata.json:2:1: expected JSON: "),
        ('{"a":\n NaN}', "data/csv-metadata.json:2:2: expected JSON: NaN is not JSON"),
        ('{"a":\n "\\uD800"}', "data/csv-metadata.json:2:3: expected JSON: half a surrogate pair is no character"),
        ("", "data/csv-metadata.json:1:1: expected JSON"),
        ("[]", "data/csv-metadata.json:1: expected a JSON object, found []"),
        (b'{"\xe9": 1}', "data/csv-metadata.json: expected UTF-8, found the byte 0xE9 at 2"),
        ('{"tables": [], "tables": []}', "tables: stands here twice"),
        ("[" * 100_000, "nested too deep"),
    ],
)
def test_a_document_that_is_no_json_object_is_refused(bench: Bench, content: str | bytes, expected: str) -> None:
    bench.write("csv-metadata.json", content)
    assert any(expected in fault for fault in faults(bench))


def test_a_missing_document_is_named(bench: Bench) -> None:
    assert faults(bench) == ["data/csv-metadata.json: cannot be read: No such file or directory"]


@pytest.mark.parametrize(
    "context",
    [
        "http://evil.example/context.jsonld",
        [CONTEXT, "http://evil.example/context.jsonld"],
        ["http://evil.example/context.jsonld", {"@language": "en"}],
        [],
        None,
        {"@language": "en"},
    ],
)
def test_another_context_is_refused_and_never_fetched(bench: Bench, context: object) -> None:
    bench.write("csv-metadata.json", json.dumps({"@context": context, "tables": [table("a.csv", ID)]}))
    (fault,) = faults(bench)
    assert f'@context: expected "{CONTEXT}"' in fault
    assert "no other context is read or fetched" in fault


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ({"transformations": []}, "transformations: this key of CSVW is not implemented"),
        ({"tableSchem": {}}, 'tableSchem: is not a key that CSVW has here; is "tableSchema" meant?'),
        ({"@type": "Table"}, '@type: expected "TableGroup", found "Table"'),
        ({"@id": "_:b"}, "@id: expected an IRI, found a blank node"),
        ({"tableDirection": "up"}, "tableDirection: expected one of"),
        ({"dialect": "dialect.json"}, "dialect: expected an object or a file beside the metadata"),
        ({"dialect": "http://a.example/dialect.json"}, "dialect: expected an object or a file beside the metadata"),
        ({"dialect": {"encoding": "utf-16"}}, "dialect: encoding: expected utf-8, an iso-8859"),
        ({"dialect": {"encoding": "klingon"}}, "dialect: encoding: expected utf-8, an iso-8859"),
        ({"dialect": {"delimiter": ";;"}}, 'dialect: delimiter: expected one character, found ";;"'),
        ({"dialect": {"delimiter": '"'}}, "dialect: delimiter: expected another character than quoteChar"),
        ({"dialect": {"doubleQuote": False}}, "dialect: doubleQuote: false is not implemented"),
        ({"dialect": {"headerRowCount": 2}}, "dialect: headerRowCount: more than one header row is not implemented"),
        ({"dialect": {"lineTerminators": ["\r"]}}, "dialect: lineTerminators: other than"),
        ({"dialect": {"skipRows": -1}}, "dialect: skipRows: expected a number that is not negative"),
        ({"dialect": {"skipRows": 1.5}}, "dialect: skipRows: expected a whole number"),
        ({"dialect": {"trim": "left"}}, 'dialect: trim: expected true, false, "start" or "end"'),
        ({"dialect": {"seperator": ";"}}, "dialect: seperator: is not a key that CSVW has here"),
    ],
)
def test_a_key_of_the_group_that_is_not_implemented_is_refused_by_name(
    bench: Bench, group: dict[str, Any], expected: str
) -> None:
    bench.describe(table("a.csv", ID), **group)
    assert any(expected in fault for fault in faults(bench)), faults(bench)


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ({"name": "_x"}, "name: expected letters, digits"),
        ({"name": "a b"}, "name: expected letters, digits"),
        ({"name": 5}, "name: expected a string, found 5"),
        ({"titles": 5}, "titles: expected a string or an array of strings"),
        ({"titles": {"not a tag": "x"}}, "titles: not a tag: expected a language tag"),
        ({"valueUrl": "{id}{"}, "valueUrl: expected each { to have its }"),
        ({"valueUrl": "../{idd}"}, 'valueUrl: names {idd}, and there is no such column; is "id" meant?'),
        ({"propertyUrl": "http://a b/"}, "propertyUrl: expected an absolute IRI"),
        ({"propertyUrl": 5}, "propertyUrl: expected a string, found 5"),
        ({"ordered": True}, "ordered: true is not implemented"),
        ({"lang": "en us"}, "lang: expected a language tag"),
        ({"textDirection": "down"}, "textDirection: expected one of"),
        ({"separator": ""}, "separator: expected one or more characters"),
        ({"separator": 5}, "separator: expected a string, found 5"),
        ({"null": [1]}, "null: expected a string or an array of strings"),
        ({"default": 0}, "default: expected a string, found 0"),
        ({"virtual": "yes"}, "virtual: expected true or false"),
        ({"suppressOutput": 1}, "suppressOutput: expected true or false"),
        ({"datatype": "text"}, 'datatype: expected a datatype of CSVW, found "text"'),
        ({"propertyURL": "a"}, 'propertyURL: is not a key that CSVW has here; is "propertyUrl" meant?'),
    ],
)
def test_a_property_of_a_column_that_is_wrong_is_refused_by_name(
    bench: Bench, properties: dict[str, Any], expected: str
) -> None:
    bench.describe(table("a.csv", ID, column(**properties)))
    assert any(expected in fault for fault in faults(bench)), faults(bench)


def reference(resource: str, name: object = "id", own: object = "id") -> Json:
    return {"columnReference": own, "reference": {"resource": resource, "columnReference": name}}


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"primaryKey": "idd"}, 'primaryKey: expected columns of a.csv, found "idd"; is "id" meant?'),
        ({"rowTitles": ["no"]}, 'rowTitles: expected columns of a.csv, found "no"'),
        ({"primaryKey": "list"}, 'a key of lists is not implemented; column "list" has a separator'),
        ({"foreignKeys": [reference("c.csv")]}, 'resource: expected a table of this group, found "c.csv"'),
        ({"foreignKeys": [reference("b.csv", "x")]}, 'columnReference: expected columns of b.csv, found "x"'),
        ({"foreignKeys": [reference("b.csv", own="y")]}, 'columnReference: expected columns of a.csv, found "y"'),
        ({"foreignKeys": [reference("b.csv", own=["id", "x"])]}, "has 2 columns, and its reference 1"),
        ({"foreignKeys": [{"columnReference": "id"}]}, "expected a columnReference and a reference"),
        ({"foreignKeys": [{"columnReference": "id", "reference": {"schemaReference": "s"}}]}, "schemaReference"),
        ({"foreignKeys": [{**reference("b.csv"), "dc:title": "x"}]}, "dc:title: is not a key that CSVW has here"),
        ({"foreignKeys": ["id"]}, 'expected an object as foreign key 1, found "id"'),
        ({"columns": []}, "columns: expected at least one column, found none"),
        ({"columns": {}}, "columns: expected an array of objects, found {}"),
        ({"primarykey": "id"}, 'primarykey: is not a key that CSVW has here; is "primaryKey" meant?'),
    ],
)
def test_a_key_of_a_schema_that_is_wrong_is_refused_by_name(
    bench: Bench, schema: dict[str, Any], expected: str
) -> None:
    first = table("a.csv", ID, column(), {"name": "list", "separator": ";"}, **schema)
    bench.describe(first, table("b.csv", ID))
    assert any(expected in fault for fault in faults(bench)), faults(bench)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "../a.csv",
        "http://elsewhere.example/a.csv",
        "a.csv?b=c",
        "%2e%2e/a.csv",
        "/a.csv",
        "{a.csv",
        "[a.csv",
        "a b.csv",
    ],
)
def test_a_table_that_is_not_beside_its_metadata_is_refused(bench: Bench, url: str) -> None:
    bench.describe(table(url, ID))
    assert any("url: expected a file beside the metadata" in fault for fault in faults(bench))


def test_a_virtual_column_stands_after_the_others(bench: Bench) -> None:
    bench.describe(table("a.csv", ID, {"name": "v", "virtual": True}, column()))
    assert "expected the virtual columns to come last" in faults(bench)[0]


def test_a_group_without_tables_and_a_table_without_columns_are_refused(bench: Bench) -> None:
    bench.describe()
    assert faults(bench) == ["data/csv-metadata.json:1: tables: expected at least one table, found none"]
    bench.describe(
        {"url": "a.csv"}, {"url": "b.csv", "tableSchema": "schema.json"}, table("c.csv", ID), table("c.csv", ID)
    )
    assert faults(bench) == [
        'data/csv-metadata.json:1: table "a.csv": tableSchema: expected the table\'s columns, found none',
        (
            'data/csv-metadata.json:1: table "b.csv": tableSchema: expected an object or a file beside the '
            'metadata, found "schema.json"'
        ),
        "data/csv-metadata.json:1: tables: expected a different url for each table, found one of them twice",
    ]


def test_the_document_is_named_relative_to_the_folder_that_is_asked_for(bench: Bench) -> None:
    path = bench.root / "data/csv-metadata.json"
    with pytest.raises(InvalidFiles, match=r"^csv-metadata\.json: cannot be read"):
        read_metadata(path, base=BASE, root=path.parent)
