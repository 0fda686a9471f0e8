"""A release put into a real engine: whole and the same, or not on the shelf."""

from __future__ import annotations

import gzip
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from si_lod.engine.remote.holding.graphstore import GraphStore
from si_lod.engine.remote.holding.held import Held
from si_lod.engine.remote.holding.shelf import Shelf
from si_lod.engine.remote.looking.naming import label_of, release_in, release_of, shelf_of, transit_of
from si_lod.engine.remote.pushing import Push
from si_lod.engine.remote.speaking.credentials import Credentials, endpoint_of
from si_lod.engine.remote.speaking.exchange import Exchange
from si_lod.engine.remote.transfer.trial import misanswered
from si_lod.errors import EndpointFailed, InvalidSetting, NoRelease
from si_lod.releases import Releases
from tests.engine.remote.conftest import graph_in, graphs_of, push
from tests.engine.remote.machine import Oxigraph, disturbed
from tests.serve.library import BASE


def shelf(oxigraph: Oxigraph) -> Shelf:
    return Shelf.read(GraphStore(oxigraph.store, Credentials(), 20.0), BASE)


def lines(oxigraph: Oxigraph, graph: str) -> list[bytes] | None:
    with GraphStore(oxigraph.store, Credentials(), 20.0).get(graph) as arrival:
        return sorted(arrival.whole().splitlines(keepends=True)) if arrival else None


def known(oxigraph: Oxigraph) -> set[str]:
    """Return what is there if nothing is left behind: the releases with their labels, and the lists of them."""
    held = shelf(oxigraph).graphs()
    return {shelf_of(BASE), transit_of(BASE), *held, *(label_of(release_in(graph)) for graph in held)}


def test_the_engine_holds_every_triple_of_the_release_and_no_other(two: Releases, oxigraph: Oxigraph) -> None:
    assert push(two, oxigraph.store)
    with gzip.open(two.open("2").path / "dataset.nq.gz") as file:
        assert lines(oxigraph, graph_in(two, oxigraph.store)) == file.readlines()


def test_the_shelf_names_what_is_whole_and_the_one_pushed_last(two: Releases, oxigraph: Oxigraph) -> None:
    assert shelf(oxigraph).held == ()
    for version in ("1", "2"):
        push(two, oxigraph.store, version)
    found = shelf(oxigraph)
    assert [(held.version, held.issued) for held in found.held] == [("1", "2026-02-01"), ("2", "2026-05-01")]
    assert found.current == graph_in(two, oxigraph.store)
    push(two, oxigraph.store, "1")
    assert shelf(oxigraph).current == graph_in(two, oxigraph.store, "1")


def test_a_shelf_that_another_push_wrote_over_is_told(two: Releases, oxigraph: Oxigraph) -> None:
    direct = GraphStore(oxigraph.store, Credentials(), 20.0)
    first, second = (Held.of(two.open(version).manifest) for version in ("1", "2"))

    def other_at_once(answer: bytes) -> Iterator[bytes]:
        if answer.startswith(b"HTTP/1.1 20") and not Shelf.read(direct, BASE).current.endswith(first.graph):
            Shelf(BASE, (first,), first.graph).write(direct)
        yield answer

    with disturbed(oxigraph.port, other_at_once) as port, pytest.raises(EndpointFailed, match="another push"):
        Shelf(BASE, (second,), second.graph).write(GraphStore(f"http://127.0.0.1:{port}/store", Credentials(), 20.0))
    assert Shelf.read(direct, BASE).held == (first,)


def test_a_release_has_another_graph_only_when_it_was_sent_again(two: Releases, oxigraph: Oxigraph) -> None:
    push(two, oxigraph.store)
    before = shelf(oxigraph)
    assert not push(two, oxigraph.store)
    assert shelf(oxigraph) == before
    oxigraph.update(f"DELETE WHERE {{ GRAPH <{before.current}> {{ ?s a ?o }} }}")
    assert push(two, oxigraph.store)
    after = shelf(oxigraph)
    assert len(after.held) == 1
    assert after.current != before.current
    assert release_in(after.current) == release_in(before.current) == release_of(two.open("2").manifest)
    assert lines(oxigraph, before.current) is None


def test_what_is_there_already_is_not_sent_again(two: Releases, oxigraph: Oxigraph) -> None:
    assert push(two, oxigraph.store)
    assert not push(two, oxigraph.store)
    graph = graph_in(two, oxigraph.store)
    oxigraph.update(f"INSERT DATA {{ GRAPH <{graph}> {{ <http://a/s> <http://a/p> 1 }} }}")
    assert push(two, oxigraph.store)
    assert len(lines(oxigraph, graph_in(two, oxigraph.store)) or ()) == two.open("2").manifest.triples


def test_no_more_releases_stay_than_are_to_be_kept(two: Releases, oxigraph: Oxigraph) -> None:
    push(two, oxigraph.store, "1")
    push(two, oxigraph.store, "2", keep=0)
    assert [held.version for held in shelf(oxigraph).held] == ["2"]
    assert graphs_of(oxigraph) == known(oxigraph)


def test_an_engine_that_gives_back_other_triples_is_told_which_and_gets_nothing_switched(
    two: Releases, oxigraph: Oxigraph
) -> None:
    def rewriting(answer: bytes) -> Iterator[bytes]:
        yield answer.replace(b'"12100"', b'"12101"')

    push(two, oxigraph.store, "1")
    with disturbed(oxigraph.port, rewriting) as port, pytest.raises(EndpointFailed) as caught:
        push(two, f"http://127.0.0.1:{port}/store")
    message = str(caught.value)
    assert re.search(
        r'sent and not found: <\S+> <\S+> "12100"\S+ \.; found and not sent: <\S+> <\S+> "12101"\S+ \.$', message
    )
    assert [held.version for held in shelf(oxigraph).held] == ["1"]
    assert graphs_of(oxigraph) == known(oxigraph)


def test_an_engine_whose_queries_find_other_triples_than_it_keeps_gets_nothing_switched(
    two: Releases, oxigraph: Oxigraph
) -> None:
    def rewriting(answer: bytes) -> Iterator[bytes]:
        yield answer.replace(b'"12100"', b'"12101"')

    direct, release = GraphStore(oxigraph.store, Credentials(), 60.0), two.open("2")
    with disturbed(oxigraph.port, rewriting) as port:
        queries = Exchange(f"http://127.0.0.1:{port}/query", Credentials())
        with pytest.raises(EndpointFailed, match=r'/query: expected .* found and not sent: .*"12101"'):
            Push(release, direct, 2, queries).run()
        assert graphs_of(oxigraph) <= known(oxigraph)
        assert push(two, oxigraph.store)
        with pytest.raises(EndpointFailed, match=r'/query: expected .* found and not sent: .*"12101"'):
            Push(release, direct, 2, queries).run()
    assert not Push(release, direct, 2, Exchange(oxigraph.query, Credentials())).run().was_sent


def test_example_queries_that_are_answered_otherwise_are_named(two: Releases, oxigraph: Oxigraph) -> None:
    def losing(answer: bytes) -> Iterator[bytes]:
        yield answer.replace(b'"12100"', b'"12101"')

    push(two, oxigraph.store)
    release = two.open("2")
    assert list(misanswered(release, Exchange(oxigraph.query, Credentials()))) == []
    with disturbed(oxigraph.port, losing) as port:
        assert list(misanswered(release, Exchange(f"http://127.0.0.1:{port}/query", Credentials()))) == ["visits"]
    assert list(misanswered(release, Exchange("http://127.0.0.1:9/query", Credentials()))) == ["visits"]


def test_an_engine_whose_answers_are_cut_off_is_not_believed(two: Releases, oxigraph: Oxigraph) -> None:
    def half(answer: bytes) -> Iterator[bytes]:
        yield answer[: len(answer) // 2] if len(answer) > 10_000 else answer

    with disturbed(oxigraph.port, half) as port, pytest.raises(EndpointFailed, match="cut off"):
        push(two, f"http://127.0.0.1:{port}/store")
    assert shelf(oxigraph).held == ()


def test_a_file_that_is_not_what_the_manifest_says_is_not_sent(
    two: Releases, oxigraph: Oxigraph, tmp_path: Path
) -> None:
    shutil.copytree(two.root, tmp_path / "releases", symlinks=True)
    broken = Releases(tmp_path / "releases")
    file = broken.open("2").path / "dataset.nq.gz"
    whole = file.read_bytes()
    for content in (whole[: len(whole) // 2], gzip.compress(b"<http://a/s> <http://a/p> <http://a/o> .\n"), b"", b"?"):
        file.write_bytes(content)
        with pytest.raises(NoRelease, match=r"dataset\.nq\.gz: this is not what"):
            push(broken, oxigraph.store)
    assert lines(oxigraph, shelf_of(BASE)) is None


def test_an_engine_that_is_not_there_or_refuses_is_named_with_its_reason(two: Releases, oxigraph: Oxigraph) -> None:
    with pytest.raises(EndpointFailed, match=r"127\.0\.0\.1:9/store: GET failed: .*refused"):
        push(two, "http://127.0.0.1:9/store")
    with pytest.raises(EndpointFailed, match=r"expected a graph store .*, found: 400 Bad Request: "):
        push(two, oxigraph.query)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "db.example",
        "file:///etc/passwd",
        "http://",
        "http://me:secret@db.example/",
        "http://[x",
        "http://127.0.0.1:99999/query",
        "http://127.0.0.1:0/query",
        "http://db.example:sparql/",
        "http://db.example/a b",
        "http://db.example/\n",
    ],
)
def test_what_is_no_address_of_an_engine_is_a_wrong_setting(text: str) -> None:
    with pytest.raises(InvalidSetting, match="expected an address"):
        endpoint_of(text)
    assert endpoint_of("https://db.example/a@b") == "https://db.example/a@b"


@pytest.mark.parametrize(
    "text",
    [
        "http://me:secret@db.example/store",
        "http://:secret@db.example/store",
        "me:secret@db.example/store",
        "htps://me:a/secret@db.example/store",
        "http://me:a@secret@db.example/store",
        "http:me:secret@db.example/store",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(InvalidSetting, match="without a user or a password in it") as caught:
        endpoint_of(text)
    assert "secret" not in str(caught.value)
    assert "…@db.example/store" in str(caught.value)
    assert "--engine-user" in str(caught.value)


def test_a_release_that_is_there_stays_on_the_shelf_when_reading_it_back_breaks_off(
    two: Releases, oxigraph: Oxigraph
) -> None:
    def half(answer: bytes) -> Iterator[bytes]:
        yield answer[: len(answer) // 2] if len(answer) > 10_000 else answer

    push(two, oxigraph.store)
    before = shelf(oxigraph)
    with disturbed(oxigraph.port, half) as port, pytest.raises(EndpointFailed, match="cut off"):
        push(two, f"http://127.0.0.1:{port}/store")
    assert shelf(oxigraph) == before
    assert lines(oxigraph, before.current)
