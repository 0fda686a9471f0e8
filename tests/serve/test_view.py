"""Where the site's addresses lead where the application runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from si_lod.engine.local import LocalEngine
from si_lod.iris import Space
from si_lod.serve.app import create_app
from si_lod.serve.view import ROUTED, View
from tests.serve.site import BASE

if TYPE_CHECKING:
    from si_lod.releases import Releases


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("id/mill/a", "/x/doc/mill/a"),
        ("def/m#Mill", "/x/def/m#Mill"),
        ("dump/mills.ttl.gz", "/x/dump/mills.ttl.gz"),
        ("catalog.ttl?page=2", "/x/catalog.ttl?page=2"),
        ("sparql", "/x/sparql"),
        ("", "/x/"),
        ("release/1/files/data/a%20b.csv#row=3", "/x/release/1/files/data/a%20b.csv#row=3"),
        ("unheard/of", None),
    ],
)
def test_every_address_of_the_site_leads_to_where_it_runs(mills: Releases, iri: str, expected: str | None) -> None:
    view = View(mills.open("2025.1").manifest, LocalEngine(Store()), "en", "/x")
    assert view.href(f"{BASE}{iri}") == expected
    assert view.href(f"https://elsewhere.example/{iri}") is None


def test_what_is_routed_is_what_the_routes_are(mills: Releases) -> None:
    rules = [rule.rule for rule in create_app(mills).url_map.iter_rules()]
    heads = {rule.lstrip("/").partition("/")[0] for rule in rules}
    named = {
        head if head.startswith(".") else head.partition(".")[0] for head in heads if "<" not in head.partition(".")[0]
    }
    assert named - {"", *Space} - ROUTED == set()


def test_the_picture_of_the_site_is_found_where_browsers_look_for_it(mills: Releases) -> None:
    response = create_app(mills).test_client().get("/favicon.ico", follow_redirects=True)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
