"""The same release wherever it is deployed: a crawler follows every link and finds none broken, foreign or outside."""

from __future__ import annotations

import gzip
import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from si_lod.errors import InvalidSetting
from si_lod.iris import Space
from si_lod.serve.app import create_app
from si_lod.serve.transport.addresses import OWN
from si_lod.serve.transport.deployment import Deployment, checked_prefix
from tests.serve.library import publish_twice
from tests.serve.test_server import answered, running
from tests.serve.transport.client import Got
from tests.serve.transport.conftest import direct
from tests.serve.transport.crawler import Crawl
from tests.serve.transport.tls import ending_tls

if TYPE_CHECKING:
    from pathlib import Path

    from si_lod.releases import Releases

COUNT = "/doc/count/v-1"


@dataclass(frozen=True)
class Way:
    """How a deployment is reached: where readers see it, what its settings are, what the proxies do to a request."""

    origin: str
    prefix: str = ""
    settings: tuple[tuple[str, int | str], ...] = ()
    strips: bool = False
    headers: tuple[tuple[str, str], ...] = ()


FORGED = (("Host", "evil.example"), ("X-Forwarded-Host", "evil.example"))
WAYS = {
    "at the root": Way("http://127.0.0.1:8000"),
    "below a prefix": Way("https://example.org", "/monitor", (("prefix", "/monitor"),)),
    "below a deep prefix": Way("https://example.org", "/a/b-c/d.e", (("prefix", "/a/b-c/d.e/"),)),
    "a proxy strips the prefix": Way("https://example.org", "/monitor", (("prefix", "/monitor"),), strips=True),
    "a proxy strips the prefix and says so": Way(
        "https://example.org",
        "/monitor",
        (("proxy_hops", 1),),
        strips=True,
        headers=(("X-Forwarded-Prefix", "/monitor"),),
    ),
    "two hops": Way(
        "https://example.org",
        "/monitor",
        (("proxy_hops", 2),),
        strips=True,
        headers=(
            ("X-Forwarded-Prefix", "/forged, /monitor, /inner"),
            ("X-Forwarded-For", "6.6.6.6, 192.0.2.1, 10.0.0.1"),
        ),
    ),
    "TLS ended at the proxy": Way(
        "https://example.org", "", (("proxy_hops", 1),), headers=(("X-Forwarded-Proto", "https"),)
    ),
    "a wrong host": Way("https://example.org", headers=FORGED),
    "a wrong host, with hops": Way("https://example.org", settings=(("proxy_hops", 1),), headers=FORGED),
    "headers of proxies that are not trusted": Way(
        "https://example.org",
        headers=(*FORGED, ("X-Forwarded-Prefix", "//evil.example"), ("X-Forwarded-Proto", "gopher")),
    ),
    "a trusted proxy that was fooled": Way(
        "https://example.org", settings=(("proxy_hops", 1),), headers=(("X-Forwarded-Prefix", "//evil.example"),)
    ),
}


@pytest.fixture(scope="session")
def library(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return publish_twice(libraries, tmp_path_factory.mktemp("deployed"))


@pytest.fixture(scope="session")
def told(library: Releases) -> str:
    """All IRIs of the data of both releases, and those of the releases themselves, which citations name."""
    return "".join(
        gzip.decompress((library.root / version / "dataset.nq.gz").read_bytes()).decode()
        + f"<{library.open(version).manifest.site.base}id/release/{version}>"
        for version in "12"
    )


@pytest.fixture(scope="session")
def base(library: Releases) -> str:
    return library.open("1").manifest.site.base


@pytest.mark.parametrize("name", WAYS)
def test_every_link_leads_to_an_answer_within_the_deployment(
    library: Releases, told: str, base: str, name: str
) -> None:
    way = WAYS[name]
    client = direct(library, **dict(way.settings))

    def ask(path: str, accept: str) -> Got:
        target = path.removeprefix(way.prefix) if way.strips else path
        got = client.get(target, {"Host": "example.org", "Accept": accept, **dict(way.headers)})
        assert "evil.example" not in str(got.headers) + got.content.decode("utf-8", "replace")
        return got

    # The whole site once; in each other deployment as much of it as shows every kind of page.
    most = 400 if name == "at the root" else 120
    crawl = Crawl(way.origin, f"{way.origin}{way.prefix}/", ask, told, base, most)
    crawl.walk()
    assert crawl.problems == []
    assert len(crawl.seen) > 100


@pytest.mark.parametrize("name", WAYS)
def test_a_thing_leads_to_its_document_where_the_readers_are(library: Releases, name: str) -> None:
    way = WAYS[name]
    client = direct(library, **dict(way.settings))
    asked = "" if way.strips else way.prefix
    for path, target in (
        ("/id/count/v-1", COUNT),
        (f"{COUNT}/", COUNT),
        ("/doc/count/v%2D1", COUNT),
        ("/release/1/id/count/v-1", f"/release/1{COUNT}"),
        ("/release/1/doc/count/v%2D1", f"/release/1{COUNT}"),
        ("/doc/../doc/count/v-1", COUNT),
        ("/release/1/doc/./count/v-1", f"/release/1{COUNT}"),
    ):
        got = client.get(f"{asked}{path}", way.headers)
        assert got.headers["location"] == f"{way.prefix}{target}"


def test_memory_keeps_what_different_prefixes_say_apart(library: Releases) -> None:
    client = direct(library, proxy_hops=1)
    for prefix in ("/a", "/b", "/a", "/b", ""):
        got = client.get(COUNT, {"X-Forwarded-Prefix": prefix} if prefix else {})
        assert got.headers["content-location"] == f"{prefix}{COUNT}.ttl"
    assert client.figure("si_lod_memory_total", outcome="hit") == 2


@pytest.mark.parametrize(
    "prefix", ["monitor", "//evil.example", "/a//b", "/a b", "/%2e", "/a?b", "/é", "/a\n", "/..", "/a/../b", "/."]
)
def test_a_prefix_that_is_none_is_refused(prefix: str) -> None:
    with pytest.raises(InvalidSetting, match="SI_LOD_PREFIX: expected a path such as /monitor"):
        checked_prefix(prefix)


def test_what_the_addresses_begin_with_is_known_before_any_of_them(library: Releases) -> None:
    routes = create_app(library).url_map.iter_rules()
    rules = (rule.rule[1:].partition("/")[0].removesuffix(".<suffix>") for rule in routes)
    assert {name for name in rules if name and "<" not in name} | set(Space) == OWN


@pytest.mark.parametrize("prefix", ["/doc", "/id/", "/def/x", "/release", "/static/a", "/search", "/.well-known"])
def test_a_prefix_that_begins_as_the_addresses_do_is_refused(library: Releases, prefix: str) -> None:
    with pytest.raises(InvalidSetting, match="SI_LOD_PREFIX: expected a path that begins otherwise"):
        direct(library, prefix=prefix)
    got = direct(library, prefix="/set", proxy_hops=1).get("/id/count/v-1", {"X-Forwarded-Prefix": prefix})
    assert got.headers["location"] == f"/set{COUNT}"


SPELLINGS = {
    "/%6Donitor/doc/count/v-1": 308,
    "/monito%72/doc/count/v-1": 308,
    "/x/../monitor/doc/count/v-1": 308,
    "/./monitor/doc/count/v-1": 308,
    "/%6Donitor/release/1/../../doc/count/v-1": 308,
    "/monitor/../monitor/doc/count/v-1": 308,
    "/monitor/doc/count/v%2D1?x=/monitor": 308,
    "/monitor%2Fdoc/count/v-1": 400,
    "/monitor/doc%2Fcount/v-1": 400,
    "/monitor//doc/count/v-1": 404,
    "//monitor/doc/count/v-1": 404,
    "/monitors/doc/count/v-1": 404,
    "/Monitor/doc/count/v-1": 404,
}


@pytest.mark.parametrize(("path", "status"), SPELLINGS.items())
def test_the_prefix_has_one_spelling_too(library: Releases, path: str, status: int) -> None:
    client = direct(library, prefix="/monitor")
    got = client.get(path)
    assert got.status == status
    if status == 308:
        assert got.headers["location"].partition("?")[0] == f"/monitor{COUNT}"
        assert client.get(got.headers["location"]).status == 200


@pytest.mark.parametrize(
    ("prefix", "right"), [("", ""), ("/", ""), ("/monitor", "/monitor"), ("/a/b/", "/a/b"), ("/..a/.b", "/..a/.b")]
)
def test_a_prefix_has_no_slash_at_its_end(prefix: str, right: str) -> None:
    assert checked_prefix(prefix) == right


@pytest.mark.parametrize(
    ("hops", "forwarded", "root"),
    [
        (0, "/x", "/set"),
        (1, "/x", "/x"),
        (1, "/x/", "/x"),
        (1, "/forged, /x", "/x"),
        (2, "/x, /y", "/x"),
        (2, "/x", "/set"),
        (1, "", "/set"),
        (1, "//evil.example", "/set"),
        (1, "/x\r\nSet-Cookie: a", "/set"),
        (1, "https://evil.example/", "/set"),
        (1, "/..", "/set"),
        (1, "/x/../y", "/set"),
        (1, "/.", "/set"),
    ],
)
def test_a_proxy_is_believed_as_far_as_it_is_trusted(hops: int, forwarded: str, root: str) -> None:
    assert Deployment(lambda _environ, _start: [], "/set", hops).root(forwarded) == root


def test_it_listens_on_ipv6_below_a_prefix_and_every_link_is_right(library: Releases, told: str, base: str) -> None:
    with running(library, host="::1", prefix="/monitor") as (_, address):
        assert address.startswith("http://[::1]:")
        assert answered(address, "/monitor/health/ready")[0] == 200
        parts = urlsplit(address)

        def ask(path: str, accept: str) -> Got:
            connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
            connection.request("GET", path, headers={"Accept": accept})
            response = connection.getresponse()
            got = Got(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
            connection.close()
            return got

        crawl = Crawl(address, f"{address}/monitor/", ask, told, base, 120)
        crawl.walk()
        assert crawl.problems == []
        assert len(crawl.seen) > 100


FORGED_WAY = (*FORGED, ("X-Forwarded-Proto", "gopher"), ("X-Forwarded-For", "6.6.6.6"))


def test_tls_that_a_proxy_ends_changes_no_link_and_nothing_forged_gets_through(
    library: Releases, told: str, base: str, tmp_path: Path
) -> None:
    with running(library, prefix="/monitor", proxy_hops=1) as (_, address), ending_tls(tmp_path, address) as proxy:
        assert answered(address, "/monitor/health/ready")[0] == 200

        def ask(path: str, accept: str) -> Got:
            got = proxy.ask(path, ("Accept", accept), *FORGED_WAY)
            assert "evil.example" not in str(got.headers) + got.content.decode("utf-8", "replace")
            return got

        crawl = Crawl(proxy.origin, f"{proxy.origin}/monitor/", ask, told, base, 120)
        crawl.walk()
        assert crawl.problems == []
        assert len(crawl.seen) > 100
        got = proxy.ask("/monitor/id/count/v-1", *FORGED_WAY)
        assert (got.status, got.headers["location"]) == (303, f"/monitor{COUNT}")
        # Who ends TLS says whether it is to be asked for again; over plain HTTP nobody would listen (RFC 6797 §8.1).
        assert "strict-transport-security" not in got.headers
        for method in ("GET", "HEAD"):
            assert proxy.ask("/monitor/doc/count/v%2D1", method=method).headers["location"] == f"/monitor{COUNT}"


def test_the_log_has_the_client_by_the_trusted_proxy_alone(library: Releases, tmp_path: Path) -> None:
    served = running(library, proxy_hops=1, access_log=1)
    with served as (process, address), ending_tls(tmp_path, address) as proxy:
        assert answered(address, "/health/ready")[0] == 200
        for path in ("/", COUNT, "/doc/nope"):
            proxy.ask(path, *FORGED_WAY)
        process.terminate()
        log = process.communicate(timeout=20)[0]
        clients = {json.loads(line)["client"] for line in log.splitlines() if line.startswith("{")}
        assert clients == {"127.0.0.1"}
