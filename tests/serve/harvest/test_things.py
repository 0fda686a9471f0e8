"""The day of each thing is written by who publishes it, and read by who serves it."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode

from si_lod.publish.catalogue.things import Things as WrittenThings
from si_lod.serve.harvest.things import Things

BASE = "https://data.example.org/reading/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def test_a_thing_is_found_in_a_list_of_any_length(tmp_path: Path) -> None:
    things = [f"{BASE}id/thing/{n}" for n in range(200)] + [f"{BASE}id/thing", f"{BASE}id/é", f"{BASE}id/thing#a"]
    ordered = sorted(things, key=lambda iri: f"{iri}>".encode())
    (tmp_path / "things").mkdir()
    (tmp_path / "things/empty.txt").write_bytes(b"")
    lines = "".join(f"{iri} 2026-01-{n % 28 + 1:02} 0\n" for n, iri in enumerate(ordered))
    (tmp_path / "things/some.txt").write_text(lines, encoding="utf-8")
    (tmp_path / "things/without.txt").write_text(f"{BASE}id/old\n", encoding="utf-8")
    found = Things(tmp_path)
    assert {iri: found.day(iri) for iri in ordered} == dict(found.of("some"))
    for iri in (f"{BASE}id/old", f"{BASE}id/thing/2000", f"{BASE}id/thing/", BASE, f"{BASE}z"):
        assert found.day(iri) == ""


def test_a_thing_keeps_its_day_as_long_as_it_has_its_description(tmp_path: Path) -> None:
    data_set, other = NamedNode(f"{BASE}id/dataset/a"), NamedNode(f"{BASE}id/dataset/b")
    typed = f"{TYPE} <{BASE}def/Thing> .\n"
    before: Path | None = None
    for number, contents in enumerate(({"a": 1, "a/b": 1, "c": 1}, {"a": 1, "a/b": 2, "d": 1}, {"a": 1, "c": 1})):
        folder = tmp_path / str(number)
        folder.mkdir()
        names = sorted(contents, key=lambda name: f"{name}>")
        described = [
            (
                other if name == "a" and number == 2 else data_set,
                [f"<{BASE}id/{name}> {typed}".encode() * contents[name]],
            )
            for name in names
        ]
        lists = WrittenThings(folder, before, f"2026-01-0{number + 1}")
        assert list(lists.listed(described, {data_set: "a", other: "b"})) == described
        before = folder
    told = {thing.removeprefix(f"{BASE}id/"): day for name in "ab" for thing, day in Things(tmp_path / "1").of(name)}
    assert told == {"a": "2026-01-01", "a/b": "2026-01-02", "d": "2026-01-02"}
    told = {thing.removeprefix(f"{BASE}id/"): day for name in "ab" for thing, day in Things(tmp_path / "2").of(name)}
    assert told == {"a": "2026-01-01", "c": "2026-01-03"}, "also where it is in another data set now"
