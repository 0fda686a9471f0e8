"""OpenAPI: valid, of this service alone, and true of each address, method, parameter and media type that it names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from si_lod import __version__
from si_lod.publish.road import publish
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.serve.sparql.protocol import PARAMETERS
from tests.publish.conftest import Copy
from tests.publish.test_catalogue import divide
from tests.serve.transport.conftest import direct

ASK: Final = "ASK { ?s ?p ?o }"
QUERIES: Final = (
    "SELECT * WHERE { ?s ?p ?o } LIMIT 1",
    'SELECT * WHERE { VALUES (?name ?count) { ("a" 1) ("b" 2) } }',
    ASK,
    "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 1",
    "DESCRIBE <https://data.example.org/reading/id/dataset/visits>",
)
CONTACT: Final = """
<dataset/visits> dcat:contactPoint <contact/editors> .
<contact/editors> a vcard:Kind ; vcard:fn "Redactie"@nl, "Editors"@en ;
    vcard:hasURL <https://example.org/contact> ; vcard:hasEmail <mailto:editors@example.org> .
"""
Operation = tuple[str, str, dict[str, Any]]


@pytest.fixture
def described(client: FlaskClient) -> Any:
    return client.get("/openapi.json").json


def operations(described: Any) -> list[Operation]:
    return [(path, method, one) for path, item in described["paths"].items() for method, one in item.items()]


def choices(operation: dict[str, Any], place: str) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in operation["parameters"] if one["in"] == place}


def filled(path: str, operation: dict[str, Any], **chosen: str) -> str:
    """Return the path with what its parameters have as examples, unless they are chosen."""
    named = choices(operation, "path")
    return re.sub(r"{(\w+)}", lambda found: chosen.get(found[1]) or quote(str(named[found[1]]["example"])), path)


def promised(operation: dict[str, Any]) -> set[str]:
    return set(operation["responses"]["200"]["content"])


def type_of(client: FlaskClient, address: str, accept: str = "*/*") -> str:
    response = client.get(address, headers={"Accept": accept}, buffered=True)
    assert response.status_code == 200, (address, accept, response.text)
    return str(response.mimetype)


def test_any_program_may_read_it_and_it_is_valid_as_far_as_it_goes(client: FlaskClient) -> None:
    response = client.get("/openapi.json", headers={"Origin": "https://example.org"})
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    described = json.loads(response.data)
    assert described["openapi"] == "3.1.0"
    assert {"openapi", "info", "servers", "paths", "components"} == set(described)
    names = [one["operationId"] for _, _, one in operations(described)]
    assert len(names) == len(set(names)) > 15
    for path, method, one in operations(described):
        assert path.startswith("/")
        assert method in {"get", "post"}
        named = [(each["name"], each["in"]) for each in one["parameters"]]
        assert len(named) == len(set(named))
        assert {name for name, place in named if place == "path"} == set(re.findall(r"{(\w+)}", path))
        assert all(each["required"] for each in choices(one, "path").values())
        assert all(each["description"] and each["schema"]["type"] for each in one["parameters"])
        assert all(set(re.findall("^[1-5][0-9]{2}$|^default$", status)) for status in one["responses"])
        assert one["responses"]["default"] == {"$ref": "#/components/responses/Problem"}


def test_it_is_told_who_answers_for_it_and_under_which_licence(client: FlaskClient, described: Any) -> None:
    info = described["info"]
    assert info["version"] == __version__
    assert info["title"] == "Public libraries counted"
    assert info["license"]["url"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert info["license"]["name"] == info["license"]["url"]
    assert client.get("/openapi.json?lang=nl", headers={"Accept-Language": "nl"}).json == described


def test_its_contact_is_that_of_the_catalogue_in_english_where_it_has_that(site: Copy) -> None:
    divide(site)
    description = (site.root / "data/dataset.ttl").read_text(encoding="utf-8")
    site.write("data/dataset.ttl", f"@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .\n{description}{CONTACT}")
    publish(site.source(), releases := Releases(site.root / "releases"))
    assert json.loads(create_app(releases).test_client().get("/openapi.json").data)["info"]["contact"] == {
        "name": "Editors",
        "url": "https://example.org/contact",
        "email": "editors@example.org",
    }


def test_each_path_is_one_of_the_routes_and_none_of_a_program_is_missing(client: FlaskClient, described: Any) -> None:
    adapter = client.application.url_map.bind("localhost")
    found = {adapter.match(filled(path, one), method.upper())[0] for path, method, one in operations(described)}
    assert found == {
        *("resources.thing", "resources.document", "search.search-as", "lists.list", "sparql.sparql"),
        *("catalogs.catalog", "catalogs.catalog-as", "descriptions.void_in", "dumps.dump"),
        *("feeds.feed", "feeds.feed-as", "feeds.feed-page", "feeds.feed-page-as", "health.live", "health.ready"),
    }


def test_each_address_answers_as_is_promised(client: FlaskClient, described: Any) -> None:
    for path, method, one in operations(described):
        if method == "get" and "303" in one["responses"]:
            response = client.get(filled(path, one))
            assert response.status_code == 303
            assert client.get(response.headers["Location"]).status_code == 200
        elif method == "get":
            assert type_of(client, filled(path, one)) in promised(one)


def test_each_media_type_that_is_promised_is_to_be_had(client: FlaskClient, described: Any) -> None:
    for path, method, one in operations(described):
        if "negotiated" in one["summary"]:
            for media_type in promised(one):
                assert type_of(client, filled(path, one), media_type) == media_type
        elif "suffix" in (named := choices(one, "path")):
            there = named["suffix"]["schema"]["enum"]
            assert {type_of(client, filled(path, one, suffix=suffix)) for suffix in there} == promised(one)
        elif path == "/sparql" and method == "get":
            assert {
                media_type
                for query in QUERIES
                for media_type in promised(one)
                if client.get(path, query_string={"query": query}, headers={"Accept": media_type}).mimetype
                == media_type
            } == promised(one)


def test_each_download_has_a_type_that_is_promised(client: FlaskClient, described: Any, twice: Path) -> None:
    types = promised(described["paths"]["/dump/{file}"]["get"])
    names = [path.name for path in (twice / "2/dump").iterdir()]
    assert {type_of(client, f"/dump/{name}") for name in [*names, "datapackage.json", "SHA256SUMS"]} == types


def test_each_parameter_is_known_to_its_route(client: FlaskClient, described: Any) -> None:
    paths = described["paths"]
    assert set(choices(paths["/sparql"]["get"], "query")) == PARAMETERS
    form = paths["/sparql"]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
    assert set(form["schema"]["properties"]) == PARAMETERS
    for path, _, one in operations(described):
        for name, parameter in choices(one, "query").items():
            if path != "/sparql" and name not in {"lang", "filters"}:
                twice = client.get(f"{filled(path, one)}?{name}=1&{name}=2")
                assert (twice.status_code, name in twice.text) == (400, True), (path, name)
            for value in parameter["schema"].get("enum", ()):
                more = f"&query={quote(QUERIES[0])}" if path == "/sparql" and name != "format" else ""
                assert client.get(f"{filled(path, one)}?{name}={value}{more}").status_code == 200


def test_each_format_of_results_that_it_names_is_one(client: FlaskClient, described: Any) -> None:
    for suffix in choices(described["paths"]["/sparql"]["get"], "query")["format"]["schema"]["enum"]:
        statuses = {client.get("/sparql", query_string={"query": q, "format": suffix}).status_code for q in QUERIES}
        assert 200 in statuses
        assert statuses <= {200, 406}


def test_a_query_is_answered_in_each_content_that_it_names(client: FlaskClient, described: Any) -> None:
    contents = described["paths"]["/sparql"]["post"]["requestBody"]["content"]
    assert set(contents) == {"application/sparql-query", "application/x-www-form-urlencoded"}
    for media_type in contents:
        data = ASK if media_type.endswith("query") else f"query={quote(ASK)}"
        assert client.post("/sparql", data=data, content_type=media_type).text.count("true") == 1


def test_its_server_is_where_the_service_runs_whichever_host_it_is_asked_on(twice: Path) -> None:
    releases = Releases(twice)
    for prefix in ("", "/reading"):
        for release in ("", "/release/1"):
            answer = direct(releases, prefix=prefix).get(f"{prefix}{release}/openapi.json")
            assert answer.status == 200
            described = json.loads(answer.content)
            assert described["servers"] == [{"url": f"{prefix}{release}" or "/"}]
            assert "localhost" not in json.dumps(described)


def test_the_start_and_the_catalogue_lead_to_it(client: FlaskClient) -> None:
    for path in ("/", "/catalog", "/catalog.ttl"):
        link = '</openapi.json>; rel="service-desc"; type="application/json"'
        assert link in client.get(path).headers["Link"].split(", "), path


def test_what_a_release_has_not_is_not_described(many: Path) -> None:
    paths = json.loads(create_app(Releases(many)).test_client().get("/openapi.json").data)["paths"]
    assert "/sparql" in paths
    assert not any(path.startswith("/feed") for path in paths)
