"""Whatever a table is written like, its descriptions say so, and every row of it fits what they say."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from si_lod.publish.road import publish
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.publish.conftest import Copy

Edit = Callable[[list[dict[str, Any]]], None]
READ = "../def/read#"


def serving(site: Copy, edit: Edit = lambda _: None) -> FlaskClient:
    """Publish the site with its tables' metadata edited, and return a client of it."""
    path = site.root / "data/csv-metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    edit(metadata["tables"])
    path.write_text(json.dumps(metadata), encoding="utf-8")
    releases = Releases(site.root.parent / "releases")
    publish(site.source(), releases)
    return create_app(releases).test_client()


def resource(client: FlaskClient, path: str) -> dict[str, Any]:
    """Return what the data package says of a table."""
    package = json.loads(client.get("/dump/datapackage.json").data)
    (found,) = [one for one in package["resources"] if one["path"] == path]
    return dict(found)


def fields(client: FlaskClient, path: str) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in resource(client, path)["schema"]["fields"]}


def records(client: FlaskClient) -> dict[str, list[dict[str, Any]]]:
    """Return the fields of each table, as Croissant has them."""
    found = json.loads(client.get("/croissant/visits.json").data)["recordSet"]
    assert len({one["@id"] for one in found}) == len(found)
    return {one["name"]: one["field"] for one in found}


def columns(client: FlaskClient, table: str) -> list[str]:
    return [field["source"]["extract"]["column"] for field in records(client)[table]]


def test_a_byte_order_mark_is_no_part_of_a_name(site: Copy) -> None:
    path = site.root / "data/branches.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    client = serving(site)
    assert list(fields(client, "branches.csv")) == ["id", "name", "opened"] == columns(client, "branches")


def test_a_table_with_a_dot_in_its_name_has_its_own_columns(site: Copy) -> None:
    (site.root / "data/visits.csv").rename(site.root / "data/branches.counts.csv")
    client = serving(site, lambda tables: tables[2].update(url="branches.counts.csv"))
    assert list(fields(client, "branches.counts.csv"))[:3] == ["id", "branch", "year"]
    assert list(fields(client, "branches.csv")) == columns(client, "branches") == ["id", "name", "opened"]
    assert columns(client, "branches.counts")[:3] == ["id", "branch", "year"]


def test_what_stands_before_the_header_is_none_of_it(site: Copy) -> None:
    path = site.root / "data/branches.csv"
    rows = path.read_text(encoding="utf-8").replace("id,name,opened", "'id';'name';'opened'").replace(",", ";")
    path.write_text("list of branches\n" + rows, encoding="utf-8")
    client = serving(site, lambda tables: tables[0].update(dialect={"skipRows": 1, "quoteChar": "'", "delimiter": ";"}))
    assert list(fields(client, "branches.csv")) == ["id", "name", "opened"] == columns(client, "branches")
    told = resource(client, "branches.csv")["dialect"]
    assert told == {"delimiter": ";", "quoteChar": "'", "header": True, "commentRows": [1], "headerRows": [2]}


@pytest.mark.parametrize("dialect", [{"headerRowCount": 0}, {"header": False}])
def test_a_table_without_a_header_is_told_to_have_none(site: Copy, dialect: dict[str, Any]) -> None:
    path = site.root / "data/branches.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    client = serving(site, lambda tables: tables[0].update(dialect=dialect))
    assert list(fields(client, "branches.csv")) == ["id", "name", "opened"]
    assert resource(client, "branches.csv")["dialect"]["header"] is False
    with client.get("/dump/branches.csv") as sent:
        assert sent.headers["Content-Type"] == "text/csv; charset=utf-8; header=absent"


def test_what_a_column_has_from_its_table_holds_for_it(site: Copy) -> None:
    def edit(tables: list[dict[str, Any]]) -> None:
        tables[0]["null"] = ["-", ""]
        tables[0]["tableSchema"]["datatype"] = "gYear"
        for column in tables[0]["tableSchema"]["columns"][:2]:
            column.setdefault("datatype", "string")
        del tables[0]["tableSchema"]["columns"][2]["datatype"]

    site.replace("data/branches.csv", "1958", "-")
    client = serving(site, edit)
    assert resource(client, "branches.csv")["schema"]["missingValues"] == ["-", ""]
    assert fields(client, "branches.csv")["opened"]["type"] == "year"
    assert fields(client, "branches.csv")["name"]["type"] == "string"


def test_what_is_missing_in_one_column_is_a_value_in_the_others(site: Copy) -> None:
    site.replace("data/branches.csv", "1958", "unknown")
    client = serving(site, lambda tables: tables[0]["tableSchema"]["columns"][2].update(null=["unknown", ""]))
    assert resource(client, "branches.csv")["schema"]["missingValues"] == [""]
    found = fields(client, "branches.csv")
    assert found["opened"]["missingValues"] == ["unknown", ""]
    assert "missingValues" not in found["name"]


@pytest.mark.parametrize(
    ("datatype", "cells", "told", "kind"),
    [
        ({"base": "date", "format": "d-M-yyyy"}, ("1-2-1931", "3-4-1958"), {"format": "%d-%m-%Y"}, "sc:Date"),
        ({"base": "date"}, ("1931-02-01", "1958-04-03"), {}, "sc:Date"),
        (
            {"base": "dateTime", "format": "yyyy-MM-dd HH:mm"},
            ("1931-02-01 09:00", "1958-04-03 10:30"),
            {"format": "%Y-%m-%d %H:%M"},
            "sc:DateTime",
        ),
        ("dateTime", ("1931-02-01T09:00:00", "1958-04-03T10:30:00.5Z"), {"format": "any"}, "sc:DateTime"),
        (
            {"base": "boolean", "format": "ja|nee"},
            ("ja", "nee"),
            {"trueValues": ["ja"], "falseValues": ["nee"]},
            "sc:Text",
        ),
        ("boolean", ("true", "0"), {}, "sc:Boolean"),
        (
            {"base": "decimal", "format": {"decimalChar": ",", "groupChar": "."}},
            ('"1.200,5"', '"3,25"'),
            {"decimalChar": ",", "groupChar": "."},
            "sc:Text",
        ),
        ({"base": "decimal", "format": "#,##0.00"}, ('"1,200.50"', "3.25"), {"groupChar": ","}, "sc:Text"),
        ("unsignedInt", ("3", "4"), {}, "sc:Integer"),
        ("negativeInteger", ("-3", "-4"), {}, "sc:Integer"),
    ],
)
def test_values_are_told_to_be_written_as_they_are(
    site: Copy, datatype: Any, cells: tuple[str, str], told: dict[str, Any], kind: str
) -> None:
    column = {"name": "extra", "titles": "extra", "propertyUrl": f"{READ}opened", "datatype": datatype}
    site.write("data/branches.csv", f"id,name,extra\nharbour,Harbour,{cells[0]}\nhill,Hill,{cells[1]}\n")

    def edit(tables: list[dict[str, Any]]) -> None:
        tables[0]["tableSchema"]["columns"][2] = column

    client = serving(site, edit)
    field = fields(client, "branches.csv")["extra"]
    assert {name: value for name, value in field.items() if name not in {"name", "type", "title"}} == told
    (found,) = [one for one in records(client)["branches"] if one["name"] == "extra"]
    assert found["dataType"] == kind
    assert ("format" in found["source"]) == ("%" in str(told.get("format", "")))


def test_the_keywords_of_a_package_are_in_the_language_of_its_title(site: Copy) -> None:
    site.replace("data/dataset.ttl", 'dcat:version "1" ;', 'dcat:version "1" ; dcat:keyword "loans"@en, "uitleen"@nl ;')
    package = json.loads(serving(site).get("/dump/datapackage.json").data)
    assert (package["title"], package["keywords"]) == ("Library visits", ["loans"])
