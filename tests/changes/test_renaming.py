"""What went and came under another name is one thing."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from si_lod.changes.change import Change
from si_lod.changes.facts import ChangedThing
from si_lod.changes.renaming import joined, renamed

REPLACED = "http://purl.org/dc/terms/isReplacedBy"
DEPRECATED = "http://www.w3.org/2002/07/owl#deprecated"
NAME, YEAR = "https://example.org/name", "https://example.org/year"


def gone(iri: str, *said: tuple[str, str], to: str, extra: tuple[Change, ...] = ()) -> ChangedThing:
    changes = [Change(predicate, Literal(value), None) for predicate, value in said]
    told = (*changes, Change(REPLACED, None, NamedNode(to)), *extra)
    return ChangedThing(iri, existed=True, exists=False, changes=told, old_sources=("s:old",))


def came(iri: str, *said: tuple[str, str]) -> ChangedThing:
    changes = tuple(Change(predicate, None, Literal(value)) for predicate, value in said)
    return ChangedThing(iri, existed=False, exists=True, changes=changes, new_sources=("s:new",))


def test_only_what_is_another_beside_the_name_changed() -> None:
    old, new = gone("e:a", (NAME, "A"), (YEAR, "1999"), to="e:b"), came("e:b", (NAME, "B"), (YEAR, "1999"))
    assert renamed([old, new]) == {"e:b": "e:a"}
    whole = joined(old, new)
    assert (whole.iri, whole.existed, whole.exists) == ("e:b", True, True)
    assert whole.changes == (Change(NAME, Literal("A"), Literal("B")),)
    assert (whole.old_sources, whole.new_sources) == (("s:old",), ("s:new",))


def test_several_values_of_a_property_come_and_go_each_by_itself() -> None:
    old, new = gone("e:a", (NAME, "A"), (NAME, "Aa"), to="e:b"), came("e:b", (NAME, "B"))
    assert {(change.old, change.new) for change in joined(old, new).changes} == {
        (Literal("A"), None),
        (Literal("Aa"), None),
        (None, Literal("B")),
    }


def test_what_was_withdrawn_in_favour_of_something_was_not_renamed() -> None:
    ended = (Change(DEPRECATED, None, Literal("true")),)
    assert renamed([gone("e:a", to="e:b", extra=ended), came("e:b", (NAME, "B"))]) == {}


def test_two_that_became_one_and_a_name_that_is_not_new_are_no_renaming() -> None:
    assert renamed([gone("e:a", to="e:c"), gone("e:b", to="e:c"), came("e:c", (NAME, "C"))]) == {}
    assert renamed([gone("e:a", to="e:b")]) == {}
