"""A client of event streams, which knows nothing of us, reads the feeds and comes to what the release says."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse
from werkzeug.serving import make_server

from si_lod.publish.road import publish
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from tests.acceptance.conftest import run
from tests.publish.conftest import Copy
from tests.publish.test_catalogue import raise_version

AS = "https://www.w3.org/ns/activitystreams#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

Term = list[str]


@pytest.fixture(scope="module")
def program(root: Path) -> Path:
    folder = root / "tests/acceptance/ldes"
    if (folder / "node_modules/ldes-client").is_dir() and shutil.which("node"):
        return folder / "read.mjs"
    message = "ldes-client is not installed; make test installs it by npm"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="module")
def served(libraries: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The base of a site that is served where its IRIs say, and the folder of its second release."""
    folder = tmp_path_factory.mktemp("feeds")
    server = make_server("127.0.0.1", 0, lambda _, __: [], threaded=True)
    base = f"http://127.0.0.1:{server.server_port}/"
    copy = Copy(folder / "site")
    shutil.copytree(libraries, copy.root)
    for path in copy.root.rglob("*.*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("https://data.example.org/reading/", base), encoding="utf-8")
    releases = Releases(folder / "releases")
    publish(copy.source(), releases)
    raise_version(copy, "2", "2026-03-01")
    copy.replace("data/visits.csv", "v-1,harbour,2024,12000", "v-1,harbour,2024,12100")
    publish(copy.source(), releases)
    server.app = create_app(releases)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield base, releases.root / "2"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def read(program: Path, address: str) -> dict[str, set[Triple]]:
    """Return what is said of each thing after all members; the client leaves files behind."""
    with TemporaryDirectory() as folder:
        shown = run("node", program, address, env={**os.environ, "TMPDIR": folder})
    assert shown.returncode == 0, shown.stderr
    members = [json.loads(line) for line in shown.stdout.splitlines() if line.startswith("{")]
    assert members, shown.stdout
    moments: dict[str, list[tuple[str, set[Triple]]]] = {}
    for member in members:
        own = {quad[1][1]: quad[2][1] for quad in member["quads"] if quad[3][1] == ""}
        graph = {Triple(NamedNode(s[1]), NamedNode(p[1]), term(o)) for s, p, o, g in member["quads"] if g[1]}
        moments.setdefault(own[f"{AS}object"], []).append((own[f"{AS}published"], graph))
        assert own[TYPE] in {f"{AS}Create", f"{AS}Update"}
    return {thing: max(states, key=lambda state: state[0])[1] for thing, states in moments.items()}


def term(told: Term) -> NamedNode | Literal:
    kind, value, what = told
    if kind == "NamedNode":
        return NamedNode(value)
    return Literal(value, datatype=NamedNode(what)) if "://" in what else Literal(value, language=what)


def test_it_comes_to_the_catalogue(program: Path, served: tuple[str, Path]) -> None:
    base, folder = served
    state = read(program, f"{base}feed/catalog")
    catalogue = {q.triple for q in parse(path=str(folder / "catalog.nt"), format=RdfFormat.N_TRIPLES)}
    assert set().union(*state.values()) == catalogue


def test_it_comes_to_the_observations_with_the_changed_one_as_it_is_now(
    program: Path, served: tuple[str, Path]
) -> None:
    base, folder = served
    state = read(program, f"{base}feed/observations")
    dump = [q.triple for q in parse(path=str(folder / "dump/visits.nt"), format=RdfFormat.N_TRIPLES)]
    assert len(state) == 3
    for thing, graph in state.items():
        assert graph == {triple for triple in dump if triple.subject == NamedNode(thing)}
    assert any("12100" in str(triple) for triple in state[f"{base}id/count/v-1"])
