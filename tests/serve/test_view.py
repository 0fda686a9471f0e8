"""Where the site's addresses lead where the application runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from si_lod.engine.store.local import LocalEngine
from si_lod.serve.app import create_app
from si_lod.serve.view import View
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
        ("rehearsal.json", "/x/rehearsal.json"),
        ("favicon.ico", "/x/favicon.ico"),
        (".well-known/void", "/x/.well-known/void"),
        ("", "/x/"),
        ("release/1/files/data/a%20b.csv#row=3", "/x/release/1/files/data/a%20b.csv#row=3"),
        ("unheard/of", None),
    ],
)
def test_every_address_of_the_site_leads_to_where_it_runs(mills: Releases, iri: str, expected: str | None) -> None:
    view = View(mills.open("2025.1").manifest, LocalEngine(Store()), "en", "/x")
    assert view.href(f"{BASE}{iri}") == expected
    assert view.href(f"https://elsewhere.example/{iri}") is None


def test_the_picture_of_the_site_is_found_where_browsers_look_for_it(mills: Releases) -> None:
    response = create_app(mills).test_client().get("/favicon.ico", follow_redirects=True)
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
