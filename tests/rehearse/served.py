"""A site of files, served over HTTP: the sample's release as portals find it, to be spoiled one thing at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from pyoxigraph import RdfFormat, Triple, parse, serialize

from si_lod.rehearse.graph import Graph, Node
from si_lod.rehearse.harvest import SYNTAXES
from si_lod.rehearse.terms import DCAT, DCT, MEDIA_TYPES, SERVICE_DESCRIPTION, SKOS, VOID

BASE = "https://w3id.org/smart-industry/"
FORMS = {"Turtle": RdfFormat.TURTLE, "RDF/XML": RdfFormat.RDF_XML, "JSON-LD": RdfFormat.JSON_LD}
KEPT = ("-ttl", "-nt", "-csv", "-ttl-gz", "sparql")


@dataclass(frozen=True)
class File:
    """What one address answers; a ``head`` of its own, or a body made anew at each request, if it has one."""

    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    head: int | None = None
    fresh: Callable[[], bytes] | None = None
    tagged: Callable[[], str] | None = None

    def also(self, **headers: str) -> File:
        """Return the file with these headers, of which underscores are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return replace(self, headers={**self.headers, **named})


NOTHING = File(b"not found", {"Content-Type": "text/plain"}, 404)
Files = dict[str, File]
"""Files by path; where one is negotiated, by path and Accept."""


def document(body: str | bytes, media_type: str, **headers: str) -> File:
    content = body.encode() if isinstance(body, str) else body
    return File(content, {"Content-Type": media_type}).also(**headers)


def site(release: Path, lines: list[str]) -> Files:
    """Return the files of a site with that catalogue in N-Triples; what lies below ``dump/`` is the release's."""
    graph = Graph(quad.triple for quad in parse("".join(lines).encode(), format=RdfFormat.N_TRIPLES))
    files = catalogue(sorted(graph.triples, key=str))
    files["robots.txt"] = document(f"User-agent: *\nAllow: /\nSitemap: {BASE}sitemap.xml\n", "text/plain")
    files["sparql"] = document(f"<{BASE}sparql> a <{SERVICE_DESCRIPTION}Service> .", "text/turtle")
    files[".well-known/void text/turtle"] = document(f"<{BASE}void> a <{VOID}Dataset> .", "text/turtle")
    pages: dict[str, str] = {}
    for dataset in graph.datasets:
        for page in graph.texts(dataset, f"{DCAT}landingPage"):
            path = page.removeprefix(BASE)
            files |= _pages(graph, dataset, path)
            pages[page] = "".join(graph.texts(dataset, f"{DCT}modified")[:1])
    files["sitemap.xml"] = document(_sitemap(pages), "application/xml")
    files |= _dumps(graph, release)
    files |= {path: document("", "text/turtle") for path in ("def/si", "def/shapes")}
    for node in {*graph.datasets, *graph.instances(f"{DCAT}Distribution")}:
        files.setdefault(node.value.removeprefix(BASE), document("", "text/turtle"))
    return files


def catalogue(triples: list[Triple]) -> Files:
    """Return the catalogue's files in each syntax."""
    files: Files = {"catalog text/html": document("", "text/html", Vary="Accept")}
    for name, form in FORMS.items():
        page = document(serialize(triples, format=form) or b"", form.media_type, Access_Control_Allow_Origin="*")
        files |= {SYNTAXES[name]: page, f"catalog {form.media_type}": page.also(Vary="Accept")}
    return files


def thinned(text: str) -> list[str]:
    """Return the lines of a catalogue with a few distributions of each data set, so that a visit is short."""
    lines = text.splitlines(keepends=True)
    predicate = f"<{DCAT}distribution>"
    dropped = {
        line.split()[2] for line in lines if f" {predicate} " in line and not line.split()[2][:-1].endswith(KEPT)
    }
    tables: set[str] = set()
    for line in lines:
        subject, link, node = line.split()[:3]
        if link == predicate and node.endswith("-csv>"):
            dropped |= {node} if subject in tables else set()
            tables.add(subject)
    return [line for line in lines if not dropped.intersection(line.split()[:3])]


def _dumps(graph: Graph, release: Path) -> Files:
    files: Files = {}
    for node in graph.instances(f"{DCAT}Distribution"):
        for address in graph.texts(node, f"{DCAT}downloadURL"):
            path = release / address.removeprefix(BASE)
            if path.is_file():
                packed = graph.texts(node, f"{DCAT}compressFormat")
                media = "".join(packed or graph.texts(node, f"{DCAT}mediaType")).removeprefix(MEDIA_TYPES)
                files[address.removeprefix(BASE)] = document(path.read_bytes(), media or "text/turtle")
    return files


def _pages(graph: Graph, dataset: Node, path: str) -> Files:
    set_path, turtle = f"linkset/{path.removeprefix('doc/')}", f"{path}.ttl"
    links = {
        "cite-as": dataset.value,
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "type": "https://schema.org/AboutPage",
    }
    header = [f'<{target}>; rel="{relation}"' for relation, target in links.items()]
    header += [f'<{BASE}{turtle}>; rel="describedby"; type="text/turtle"']
    header += [f'<{BASE}{set_path}>; rel="linkset"; type="application/linkset+json"']
    context = {"anchor": f"{BASE}{path}", "cite-as": [{"href": dataset.value}]}
    block = json.dumps(structured(graph, dataset))
    html = f'<html><head><script type="application/ld+json">{block}</script></head></html>'
    return {
        path: document(html, "text/html; charset=utf-8", Link=", ".join(header)),
        turtle: document("", "text/turtle"),
        set_path: document(json.dumps({"linkset": [context]}), "application/linkset+json"),
    }


def structured(graph: Graph, dataset: Node) -> dict[str, Any]:
    """Return the JSON-LD of a data set's page."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": dataset.value,
        "name": graph.texts(dataset, f"{DCT}title"),
        "description": graph.texts(dataset, f"{DCT}description"),
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "dateModified": graph.texts(dataset, f"{DCT}modified"),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": address}
            for node in graph.distributions(dataset)
            for address in graph.texts(node, f"{DCAT}downloadURL")
        ],
        "sameAs": [
            iri for term in graph.values(dataset, f"{DCT}license") for iri in graph.texts(term, f"{SKOS}exactMatch")
        ],
    }


def _sitemap(pages: Mapping[str, str]) -> str:
    entries = "".join(f"<url><loc>{page}</loc><lastmod>{day}</lastmod></url>" for page, day in pages.items())
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


@contextmanager
def serving(files: Files) -> Iterator[str]:
    """Serve the files on a free port of this machine; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Headers and body are written apart; the second would wait for the first to be acknowledged.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            path = self.path.removeprefix("/")
            negotiated = files.get(f"{path} {self.headers.get('Accept')}", NOTHING)
            found = files.get(path, negotiated)
            body = found.fresh() if found.fresh else found.body
            tag = found.tagged() if found.tagged else f'"{sha256(body).hexdigest()}"'
            status = found.head if found.head and not with_body else found.status
            if status == 200 and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"ETag": tag, "Content-Length": str(len(body)), **found.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(body)
                # Whoever was told of more would wait for it.
                self.close_connection = int(found.headers.get("Content-Length", "0")) > len(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
