"""What the shapes demand (SHACL §2), in the words that they have for people."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from si_lod.serve.nodes import is_generated
from si_lod.serve.pages.definitions.glossary import anchor
from si_lod.serve.pages.vocabulary import SH, TYPE
from si_lod.serve.pages.words.wording import Link, Text, Wording, by_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.serve.pages.facts import Facts

_FOUND: Final = re.compile(r"\{[?$]\w+\}")
_NUMBER: Final = re.compile(r"(\d{1,18})", re.ASCII)


class Target(StrEnum):
    """What a shape can be about (SHACL §2.1.3): things of a class, one thing, or what has or is a property's value."""

    CLASS = f"{SH}targetClass"
    NODE = f"{SH}targetNode"
    SUBJECTS = f"{SH}targetSubjectsOf"
    OBJECTS = f"{SH}targetObjectsOf"


@dataclass(frozen=True, slots=True)
class Rule:
    """One demand: its place on the page, what it is about, how grave it is, and what an editor is told.

    ``anchor`` is empty where the same shape stands on the page before; ``path`` is the property if it is a single
    one; ``severity`` the local name of a severity (SHACL §2.1.4).
    """

    iri: str
    anchor: str
    name: Text | None
    path: Link | None
    severity: str
    messages: list[Text]


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The demands that one node shape makes of its targets."""

    anchor: str
    iri: str
    name: Text
    targets: list[tuple[Target, list[Link]]]
    rules: list[Rule]


def rule_sets(wording: Wording, document: str) -> list[RuleSet]:
    """Return what the node shapes in the namespace of ``document`` demand, by name; those with messages only.

    ``wording`` knows the shapes and the names of what they mention.
    """
    facts = wording.facts
    shapes = [iri for iri in facts.index if iri.startswith(f"{document}#") and _is_node_shape(facts, iri)]
    named = sorted((((_name(wording, iri) or wording.term(iri)), iri) for iri in shapes), key=_by_name)
    seen = set(shapes)
    found = [RuleSet(anchor(iri), iri, name, _targets(wording, iri), _rules(wording, iri, seen)) for name, iri in named]
    return [one for one in found if one.rules]


def severities(sets: Iterable[RuleSet]) -> list[tuple[str, int]]:
    """Return how many rules there are of each severity, the gravest first; a shape that several share counts once."""
    counts = Counter({rule.iri: rule.severity for one in sets for rule in one.rules}.values())
    order = ["Violation", "Warning", "Info"]
    return sorted(counts.items(), key=lambda pair: (order.index(pair[0]) if pair[0] in order else len(order), pair[0]))


def _is_node_shape(facts: Facts, iri: str) -> bool:
    typed = f"{SH}NodeShape" in facts.iris(iri, TYPE)
    return typed or (f"{SH}path" not in facts.about(iri) and any(target in facts.about(iri) for target in Target))


def _targets(wording: Wording, iri: str) -> list[tuple[Target, list[Link]]]:
    found = ((target, sorted(map(wording.link, wording.facts.iris(iri, target)), key=by_words)) for target in Target)
    return [(target, links) for target, links in found if links]


def _rules(wording: Wording, iri: str, seen: set[str]) -> list[Rule]:
    """Return the rules of a node shape; ``seen`` are the shapes that have their place already, and gets these."""
    facts, found = wording.facts, []
    for part in (iri, *facts.iris(iri, f"{SH}property"), *facts.iris(iri, f"{SH}sparql")):
        messages = [_message(wording.text(literal)) for literal in wording.best(facts.objects(part, f"{SH}message"))]
        if messages:
            paths = [wording.link(path) for path in facts.iris(part, f"{SH}path") if not is_generated(path)]
            place = "" if part in seen else anchor(part)
            severity = _severity(facts, part, iri)
            found.append(Rule(part, place, _name(wording, part), next(iter(paths), None), severity, messages))
        seen.add(part)
    return found


def _message(text: Text) -> Text:
    """Return a message without the places where it names what was found (SHACL-SPARQL §5.3.1)."""
    return replace(text, words=_FOUND.sub("…", text.words))


def _severity(facts: Facts, part: str, shape: str) -> str:
    """Return the severity of a part; a SPARQL constraint has that of its shape, and a shape without one is grave."""
    is_shape = f"{SH}path" in facts.about(part) or part == shape
    told = facts.iris(part if is_shape else shape, f"{SH}severity")
    return anchor(told[0]) if told else "Violation"


def _name(wording: Wording, iri: str) -> Text | None:
    found = wording.best(wording.facts.objects(iri, f"{SH}name"))
    return wording.text(found[0]) if found else None


def _by_name(pair: tuple[Text, str]) -> tuple[list[tuple[str, int]], str]:
    """Return what names are sorted by, numbers in them as numbers."""
    parts = _NUMBER.split(pair[0].words.casefold())
    return [(words, int(number or 0)) for words, number in zip(parts[::2], [*parts[1::2], ""], strict=True)], pair[1]
