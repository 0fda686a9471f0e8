"""A feed replayed is what there is, whatever happened in between; a page never changes."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse

from si_lod.publish.catalogue.feeds import Feed
from si_lod.publish.road import publish
from si_lod.release import Release
from si_lod.releases import Releases
from tests.publish.conftest import Copy
from tests.publish.test_catalogue import Catalogue, raise_version

READING = "https://data.example.org/reading/"
DCT = "http://purl.org/dc/terms/"
AS = "https://www.w3.org/ns/activitystreams#"
SAYS = NamedNode("https://example.org/says")
MOST = 3

State = dict[str, frozenset[str]]
Member = tuple[str, str, str, set[Triple]]


def contents(release: Path) -> dict[str, bytes]:
    """Return the pages of a feed of that release, none if it never had anything to tell."""
    return {path.name: path.read_bytes() for path in (release / "feed/things").glob("*")}


def members(folder: Path) -> list[Member]:
    """Return kind, object, moment and graph of each member, in the order of the pages."""
    found: list[Member] = []
    for number in range(1, len(list(folder.glob("*"))) + 1):
        told: dict[str, dict[str, str]] = defaultdict(dict)
        graphs: dict[str, set[Triple]] = defaultdict(set)
        for quad in parse(path=str(folder / f"{number}.nq"), format=RdfFormat.N_QUADS):
            if isinstance(quad.graph_name, DefaultGraph):
                assert isinstance(quad.object, NamedNode | Literal)
                told[str(quad.subject)][quad.predicate.value.rpartition("#")[2]] = quad.object.value
            else:
                graphs[str(quad.graph_name)].add(quad.triple)
        found += [(one["type"].removeprefix(AS), one["object"], one["published"], graphs[a]) for a, one in told.items()]
    return found


def replayed(found: list[Member]) -> dict[str, set[Triple]]:
    state: dict[str, set[Triple]] = {}
    for kind, thing, _, graph in sorted(found, key=lambda member: member[2]):
        assert (kind == "Create") == (thing not in state)
        state.pop(thing, None)
        if kind != "Delete":
            state[thing] = graph
    return state


def described(state: State) -> dict[str, set[Triple]]:
    return {
        f"https://example.org/{name}": {
            Triple(NamedNode(f"https://example.org/{name}"), SAYS, Literal(text)) for text in texts
        }
        for name, texts in state.items()
    }


states = st.dictionaries(st.sampled_from("abcdefgh"), st.frozensets(st.text(max_size=3), min_size=1, max_size=2))
days = st.lists(st.sampled_from(("2026-01-01", "2026-01-02", "2026-02-01")), min_size=6, max_size=6).map(sorted)


@given(history=st.lists(states, max_size=6), days=days)
def test_all_members_replayed_are_what_there_is_and_pages_stay(history: list[State], days: list[str]) -> None:
    with TemporaryDirectory() as place:
        before: Path | None = None
        pages: dict[str, bytes] = {}
        for number, state in enumerate(history):
            folder = Path(place) / str(number)
            Feed("things", "https://example.org/", folder, before, most=MOST).write(
                ((NamedNode(iri), triples) for iri, triples in sorted(described(state).items())), days[number]
            )
            found = members(folder / "feed/things")
            assert replayed(found) == described(state)
            now = contents(folder)
            assert {name: now[name] for name in pages} == pages, "a page never changes"
            fresh = [member for member in found if member not in members(before / "feed/things")] if before else found
            assert len(now) == len(pages) + -(-len(fresh) // MOST)
            if before is not None:
                assert contents(before) == pages, "a release that is there is never written to"
            pages, before = now, folder


def test_the_moments_of_two_releases_of_one_day_differ(tmp_path: Path) -> None:
    before = None
    for number, text in enumerate("abc"):
        folder = tmp_path / str(number)
        feed = Feed("things", "https://example.org/", folder, before)
        feed.write([(SAYS, [Triple(SAYS, SAYS, Literal(text))])], "2026-01-01")
        before = folder
    assert [moment for _, _, moment, _ in members(tmp_path / "2/feed/things")] == [
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:01Z",
        "2026-01-01T00:00:02Z",
    ]


def test_the_feeds_of_a_release_replayed_are_its_catalogue_and_its_observations(site: Copy, tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    first = publish(site.source(), releases).release
    check(first)
    raise_version(site, "2", "2026-03-01")
    site.replace("data/visits.csv", "v-1,harbour,2024,12000", "v-1,harbour,2024,12100")
    second = publish(site.source(), releases).release
    check(second)
    news = [
        (kind, thing) for kind, thing, moment, _ in members(second.path / "feed/observations") if moment > "2026-03"
    ]
    assert news == [("Update", "https://data.example.org/reading/id/count/v-1")]
    kinds = {kind for kind, _, moment, _ in members(second.path / "feed/catalog") if moment > "2026-03"}
    assert kinds == {"Update"}


def announced(release: Release) -> dict[str, str]:
    """Return the last day of change of each feed that the catalogue tells of, by its address."""
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in parse(path=str(release.path / "catalog.nt"), format=RdfFormat.N_TRIPLES):
        told[str(quad.subject)][quad.predicate.value] = getattr(quad.object, "value", "")
    streams = [one for one in told.values() if one.get(f"{DCT}type") == "https://w3id.org/ldes#EventStream"]
    return {one["http://www.w3.org/ns/dcat#accessURL"]: one[f"{DCT}modified"] for one in streams}


def test_a_feed_has_changed_when_it_has_members_more(site: Copy, tmp_path: Path) -> None:
    catalog, observations = f"{READING}feed/catalog", f"{READING}feed/observations"
    releases = Releases(tmp_path / "releases")
    assert announced(publish(site.source(), releases).release) == {catalog: "2026-02-01", observations: "2026-02-01"}
    raise_version(site, "2", "2026-03-01")
    site.replace("data/branches.csv", "Harbour branch", "Harbour")
    second = publish(site.source(), releases).release
    assert announced(second) == {catalog: "2026-03-01", observations: "2026-02-01"}
    raise_version(site, "3", "2026-04-01", old="2", old_day="2026-03-01")
    site.replace("data/visits.csv", "v-1,harbour,2024,12000", "v-1,harbour,2024,12100")
    third = publish(site.source(), releases).release
    assert announced(third) == {catalog: "2026-04-01", observations: "2026-04-01"}
    check(third)


def test_a_site_without_observations_has_no_feed_of_them_and_tells_of_none(site: Copy, tmp_path: Path) -> None:
    site.replace("ontology/read.ttl", "rdfs:subClassOf qb:Observation", "rdfs:subClassOf rdfs:Resource")
    release = publish(site.source(), Releases(tmp_path / "releases")).release
    assert {path.name.partition(".")[0] for path in (release.path / "feed").iterdir()} == {"catalog"}
    assert announced(release) == {f"{READING}feed/catalog": "2026-02-01"}


def test_a_feed_goes_on_when_everything_in_it_is_gone(tmp_path: Path) -> None:
    gone, after = tmp_path / "gone", tmp_path / "after"
    Feed("things", "https://example.org/", gone, None).write([(SAYS, [Triple(SAYS, SAYS, Literal("a"))])], "2026-01-01")
    Feed("things", "https://example.org/", after, gone).write([], "2026-01-02")
    assert [kind for kind, *_ in members(after / "feed/things")] == ["Create", "Delete"]


def check(release: Release) -> None:
    catalogue = {q.triple for q in parse(path=str(release.path / "catalog.nt"), format=RdfFormat.N_TRIPLES)}
    assert set().union(*replayed(members(release.path / "feed/catalog")).values()) == catalogue
    store = release.store()
    kind = NamedNode("http://purl.org/linked-data/cube#Observation")
    type_ = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    observations = [quad.subject for quad in store.quads_for_pattern(None, type_, kind)]
    expected = {str(one)[1:-1]: {q.triple for q in store.quads_for_pattern(one, None, None)} for one in observations}
    assert len(expected) == 3
    assert replayed(members(release.path / "feed/observations")) == expected


def test_after_a_rollback_feeds_and_dates_go_on_from_the_release_issued_last(site: Copy, tmp_path: Path) -> None:
    releases = Releases(tmp_path / "releases")
    publish(site.source(), releases)
    first = (site.root / "data/visits.csv").read_text(encoding="utf-8")
    raise_version(site, "2", "2026-03-01")
    site.write("data/visits.csv", first + "v-4,hill,2023,700,counted,annual-2024,\n")
    second = publish(site.source(), releases).release
    releases.switch("1")
    raise_version(site, "3", "2026-04-01", old="2", old_day="2026-03-01")
    site.write("data/visits.csv", first)
    third = publish(site.source(), releases).release
    for name in ("observations", "catalog"):
        pages = {path.name: path.read_bytes() for path in (third.path / "feed" / name).iterdir()}
        for path in (second.path / "feed" / name).iterdir():
            assert pages.pop(path.name) == path.read_bytes(), "who has read a page need not come back"
        assert pages
    check(third)
    *_, last = members(third.path / "feed/observations")
    assert last[:3] == ("Delete", "https://data.example.org/reading/id/count/v-4", "2026-04-01T00:00:00Z")
    modified = Catalogue(third).values("https://data.example.org/reading/id/dataset/visits", f"{DCT}modified")
    assert modified == ["2026-04-01"], "it is other than what was last issued"
