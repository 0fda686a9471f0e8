"""Differences as facts, as text, as RDF and back."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse, serialize

from si_lod.changes.change import Change
from si_lod.changes.counting import Counts
from si_lod.changes.facts import ChangedThing, changed_things
from si_lod.changes.merging import differences
from si_lod.changes.naming import Names
from si_lod.changes.provenance import Revision
from si_lod.changes.recollection import recall
from si_lod.changes.telling import LONGEST, aftermath, tell
from si_lod.sentences import say
from si_lod.sites import Site

BASE = "https://a.example/"
P, Q, DERIVED = f"{BASE}def/a#p", f"{BASE}def/a#q", "http://www.w3.org/ns/prov#wasDerivedFrom"
TYPE, DEPRECATED = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2002/07/owl#deprecated"
SITE = Site(BASE, f"{BASE}def/a", ("en",), {"en": "T"}, {"en": "D"}, {"a": f"{BASE}def/a#", "prov": DERIVED[:-14]})
REVISION = Revision(BASE, "1", "2")


def lines(*said: tuple[str, str, str]) -> list[bytes]:
    return sorted(f"<{BASE}id/{subject}> <{predicate}> {value} .\n".encode() for subject, predicate, value in said)


def changed(old: list[bytes], new: list[bytes]) -> list[ChangedThing]:
    return list(changed_things(differences(old, new)))


def test_a_value_that_is_another_shows_both_and_the_sources_of_each() -> None:
    old = lines(("x", P, '"1"'), ("x", DERIVED, f"<{BASE}id/report/a>"), ("x", TYPE, f"<{BASE}def/a#X>"))
    new = lines(("x", P, '"2"'), ("x", DERIVED, f"<{BASE}id/report/b>"), ("x", TYPE, f"<{BASE}def/a#X>"))
    (thing,) = changed(old, new)
    assert (thing.existed, thing.exists) == (True, True)
    assert Change(P, Literal("1"), Literal("2")) in thing.changes
    assert (thing.old_sources, thing.new_sources) == ((f"{BASE}id/report/a",), (f"{BASE}id/report/b",))


def test_what_was_derived_or_keeps_the_books_follows_and_comes_last() -> None:
    version = "http://www.w3.org/ns/dcat#version"
    old = lines(("x", P, '"1"'), ("x", Q, '"label 1"'), ("x", version, '"1"'))
    new = lines(("x", P, '"2"'), ("x", Q, '"label 2"'), ("x", version, '"2"'))
    derived = frozenset(line for line in (*old, *new) if b"label" in line)
    (found,) = differences(old, new)
    thing = ChangedThing.of(replace(found, derived=derived))
    assert [change.predicate for change in thing.own] == [P]
    assert [change.predicate for change in thing.following] == [version, Q]
    assert thing.changes == (*thing.own, *thing.following)


def test_a_source_that_one_cell_names_is_changed_once_and_is_not_according_to_itself() -> None:
    old = lines(("x", P, f"<{BASE}id/report/a>"), ("x", DERIVED, f"<{BASE}id/report/a>"), ("x", Q, '"1"'))
    new = lines(("x", P, f"<{BASE}id/report/b>"), ("x", DERIVED, f"<{BASE}id/report/b>"), ("x", Q, '"2"'))
    (thing,) = changed(old, new)
    assert [change.predicate for change in thing.own] == [P, Q]
    assert [change.predicate for change in thing.following] == [DERIVED]
    assert [thing.sources_of(change) for change in thing.own] == [
        ((), ()),
        ((f"{BASE}id/report/a",), (f"{BASE}id/report/b",)),
    ]


def test_a_further_source_is_a_change_of_its_own() -> None:
    first = ("x", P, f"<{BASE}id/report/a>")
    old = lines(first, ("x", DERIVED, f"<{BASE}id/report/a>"))
    new = lines(first, ("x", DERIVED, f"<{BASE}id/report/a>"), ("x", DERIVED, f"<{BASE}id/report/c>"))
    (thing,) = changed(old, new)
    assert thing.own == (Change(DERIVED, None, NamedNode(f"{BASE}id/report/c")),)


def test_of_several_sources_the_one_that_a_cell_names_is_changed_once_too() -> None:
    further = ("x", DERIVED, f"<{BASE}id/report/c>")
    old = lines(("x", P, f"<{BASE}id/report/a>"), ("x", DERIVED, f"<{BASE}id/report/a>"), further)
    new = lines(("x", P, f"<{BASE}id/report/b>"), ("x", DERIVED, f"<{BASE}id/report/b>"), further)
    (thing,) = changed(old, new)
    assert [change.predicate for change in thing.own] == [P]
    assert len(thing.following) == 2


def test_the_date_of_a_catalogue_keeps_the_books() -> None:
    issued, catalogue = "http://purl.org/dc/terms/issued", ("c", TYPE, "<http://www.w3.org/ns/dcat#Catalog>")
    (thing,) = changed(lines(catalogue, ("c", issued, '"1"')), lines(catalogue, ("c", issued, '"2"')))
    assert (thing.own, [change.predicate for change in thing.following]) == ((), [issued])


def test_names_are_told_in_the_language_of_the_reader() -> None:
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    store = Store()
    for iri, text, tag in (
        (f"{BASE}id/x", "thing", "en"),
        (f"{BASE}id/x", "ding", "nl"),
        (P, "eigenschap", "nl"),
        (f"{BASE}id/z", "Z", None),
    ):
        store.add(Quad(NamedNode(iri), NamedNode(label), Literal(text, language=tag), DefaultGraph()))
    things = changed(lines(("x", P, '"1"'), ("x", Q, '"3"')), lines(("x", P, f"<{BASE}id/z>"), ("x", Q, '"4"')))
    assert list(tell(things, SITE, Names((Store(), store), ("nl", "en")))) == [
        "~ id/x: ding",
        "    eigenschap",
        '      - "1"',
        "      + id/z: Z",
        "    a:q",
        '      - "3"',
        '      + "4"',
    ]
    assert next(tell(things, SITE, Names((store,), ("en", "nl")))) == "~ id/x: thing"


def test_a_value_that_people_wrote_in_the_place_of_a_derived_one_is_their_change() -> None:
    old, new = lines(("x", P, '"1"')), lines(("x", P, '"2"'))
    (found,) = differences(old, new)
    for derived, follows in ((old, False), (new, False), ([*old, *new], True)):
        (change,) = ChangedThing.of(replace(found, derived=frozenset(derived))).changes
        assert change.follows is follows


def test_the_counts_keep_what_people_changed_apart_from_what_follows() -> None:
    old = lines(("x", P, '"1"'), ("x", Q, '"1"'), ("y", Q, '"1"'), ("z", P, '"1"'))
    new = lines(("x", P, '"2"'), ("x", Q, '"2"'), ("y", Q, '"2"'), ("w", P, '"1"'))
    derived = frozenset(line for line in (*old, *new) if Q.encode() in line)
    counts = Counts()
    found = differences(old, new)
    list(counts.passing(ChangedThing.of(replace(difference, derived=derived)) for difference in found))
    assert counts.things == {"added": 1, "removed": 1, "changed": 1}
    assert counts.facts == {"added": 1, "removed": 1, "changed": 1}
    assert counts.following == {"facts": 2, "things": 2, "alone": 1}
    assert say(aftermath(counts.following), "nl") == "daaruit volgen 2 feiten, over 2 dingen"


def test_one_value_more_or_less_is_a_fact_that_came_or_went() -> None:
    one, two = lines(("x", P, '"1"')), lines(("x", P, '"1"'), ("x", P, '"2"'))
    assert changed(one, two)[0].changes == (Change(P, None, Literal("2")),)
    assert changed(two, one)[0].changes == (Change(P, Literal("2"), None),)


def test_a_text_has_one_value_in_each_language() -> None:
    old, new = lines(("x", P, '"a"@nl'), ("x", P, '"b"@en')), lines(("x", P, '"c"@nl'), ("x", P, '"b"@en'))
    assert changed(old, new)[0].changes == (Change(P, Literal("a", language="nl"), Literal("c", language="nl")),)


def test_what_is_withdrawn_exists_no_longer_although_it_is_said_why() -> None:
    old = lines(("x", TYPE, f"<{BASE}def/a#X>"))
    new = lines(("x", DEPRECATED, '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'))
    (thing,) = changed(old, new)
    assert (thing.existed, thing.exists) == (True, False)
    (later,) = changed(new, sorted([*new, *lines(("x", P, '"why"'))]))
    assert (later.existed, later.exists) == (True, True), "it was gone already; what is said of that changed"


def test_the_text_shows_each_property_once_and_cuts_what_is_long() -> None:
    old = lines(("x", P, '"1"'), ("x", P, '"2"'), ("x", DERIVED, f"<{BASE}id/report/a>"))
    new = lines(("x", DERIVED, f"<{BASE}id/report/a>"), ("x", Q, f'"{"y" * 1000}"'))
    text = list(tell(changed(old, new), SITE))
    assert text[:5] == ["~ id/x", "    a:p", '      - "1"', '      - "2"', "    a:q"]
    assert text[5] == f'      + "{"y" * (LONGEST - 1)}…'


def test_the_text_names_the_sources_of_a_value_and_the_sign_of_a_thing() -> None:
    old = lines(("x", P, '"1"'), ("x", DERIVED, f"<{BASE}id/report/a>"), ("z", P, '"1"'))
    new = lines(("x", P, '"2"'), ("x", DERIVED, f"<{BASE}id/report/a>"), ("y", P, f"<{BASE}id/z>"))
    text = list(tell(changed(old, new), SITE))
    assert text[:4] == ["~ id/x", "    a:p", '      - "1"  (id/report/a)', '      + "2"  (id/report/a)']
    assert text[4:] == ["+ id/y", "    a:p", "      + id/z", "- id/z", "    a:p", '      - "1"']


VALUES = st.sampled_from(['"1"', '"2"', '"w"@nl', '"v"@nl', '"v"@en', f"<{BASE}id/z>"])
SAID = st.tuples(st.sampled_from(["x", "x/y", "z"]), st.sampled_from([P, Q, DERIVED, TYPE, DEPRECATED]), VALUES)
DUMPS = st.sets(SAID).map(lambda said: lines(*said))


@given(DUMPS, DUMPS, DUMPS)
def test_the_rdf_says_all_that_the_changes_say(old: list[bytes], new: list[bytes], derived: list[bytes]) -> None:
    found = (replace(difference, derived=frozenset(derived)) for difference in differences(old, new))
    things = list(changed_things(found))
    text = serialize(REVISION.triples(things), format=RdfFormat.N_TRIPLES)
    assert text is not None
    assert list(recall(quad.triple for quad in parse(text, format=RdfFormat.N_TRIPLES))) == things


def test_the_rdf_is_a_revision_whose_states_have_the_addresses_of_their_releases() -> None:
    old, new = lines(("x", P, '"1"'), ("gone", P, '"1"')), lines(("x", P, '"2"'), ("new", P, '"1"'))
    triples = {tuple(map(str, triple)) for triple in REVISION.triples(changed(old, new))}
    prov = "<http://www.w3.org/ns/prov#{}>".format
    made = f"<{BASE}release/2/changes#activity>"
    assert (f"<{BASE}id/release/2>", prov("wasRevisionOf"), f"<{BASE}id/release/1>") in triples
    assert (f"<{BASE}release/2/id/x>", prov("wasRevisionOf"), f"<{BASE}release/1/id/x>") in triples
    assert (f"<{BASE}release/2/id/new>", prov("wasGeneratedBy"), made) in triples
    assert (f"<{BASE}release/1/id/gone>", prov("wasInvalidatedBy"), made) in triples


def test_no_node_of_the_rdf_is_blank() -> None:
    outside = [b'<https://elsewhere.example/x> <https://a.example/p> "1" .\n']
    triples = list(REVISION.triples(changed(outside, lines(("x", P, '"2"')))))
    assert all(isinstance(triple.subject, NamedNode) for triple in triples)
