"""Everything that has a name, with all that it is called and what is said of it, a record for each language."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pyoxigraph import DefaultGraph, Literal, NamedNode

from si_lod.index.roles import ROLES, SUBCLASS, TYPE
from si_lod.iris import IriDesign
from si_lod.languages import LANGUAGE, language_code

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Store

    from si_lod.index.file import Index
    from si_lod.sites import Site

_SHACL: Final = "http://www.w3.org/ns/shacl#"
_UNLISTED: Final = frozenset({f"{_SHACL}{name}" for name in ("NodeShape", "PropertyShape", "PropertyGroup")})
"""What is of use to editors and programs, and has no page of its own."""

_BEFORE: Final = (
    "CREATE TEMPORARY TABLE said (thing TEXT, role INTEGER, rank INTEGER, language TEXT, text TEXT)",
    "CREATE TEMPORARY TABLE types (thing TEXT, class TEXT)",
)
_INDEXES: Final = ("CREATE INDEX temp.said_of ON said (thing)", "CREATE INDEX temp.types_of ON types (thing)")
_AFTER: Final = ("DROP TABLE said", "DROP TABLE types")
_CLASSES: Final = "SELECT thing, class FROM types ORDER BY thing, class"
_SAID: Final = "SELECT language, role, text FROM said WHERE thing = ? ORDER BY role, rank, text"


def is_named(index: Index, iri: str) -> bool:
    """Return whether ``iri`` is among what the release has a name and a type of."""
    return bool(index.rows("SELECT 1 FROM things WHERE iri = ?", (iri,)))


def kinds_of(index: Index) -> list[str]:
    """Return the classes by which the things that have a name are listed."""
    return [str(kind) for (kind,) in index.rows("SELECT DISTINCT kind FROM things ORDER BY kind")]


def write_names(store: Store, site: Site, database: sqlite3.Connection) -> None:
    """Write what people may look for: the site's things and terms that have a name and a type.

    Those of the rarest kinds come first, which is the order in which a search that finds too many looks at them.
    """
    _run(database, _BEFORE)
    design = IriDesign(site.base)
    database.executemany("INSERT INTO said VALUES (?, ?, ?, ?, ?)", _said(store, design))
    database.executemany("INSERT INTO types VALUES (?, ?)", _types(store, design))
    _run(database, _INDEXES)
    kinds = _kinds(store, site, database)
    population, spoken = Counter(kinds.values()), _languages(store)
    for number, iri in enumerate(sorted(kinds, key=lambda iri: (population[kinds[iri]], kinds[iri], iri)), start=1):
        database.execute("INSERT INTO things VALUES (?, ?, ?)", (number, iri, kinds[iri]))
        records = _records(database.execute(_SAID, (iri,)).fetchall(), spoken.get(iri, ""))
        rows = ((*record, number, language) for language, record in records)
        database.executemany("INSERT INTO search VALUES (?, ?, ?, ?, ?, ?)", rows)
    _run(database, _AFTER)


def _run(database: sqlite3.Connection, statements: Iterable[str]) -> None:
    for statement in statements:
        database.execute(statement)


def _said(store: Store, design: IriDesign) -> Iterator[tuple[str, int, int, str, str]]:
    for role, properties in enumerate(ROLES):
        for rank, property_ in enumerate(properties):
            for quad in store.quads_for_pattern(None, NamedNode(property_), None, DefaultGraph()):
                if isinstance(quad.object, Literal) and _is_own(quad.subject, design):
                    yield _iri(quad.subject), role, rank, (quad.object.language or "").lower(), quad.object.value


def _types(store: Store, design: IriDesign) -> Iterator[tuple[str, str]]:
    for quad in store.quads_for_pattern(None, NamedNode(TYPE), None, DefaultGraph()):
        if isinstance(quad.object, NamedNode) and _is_own(quad.subject, design):
            yield _iri(quad.subject), quad.object.value


def _is_own(term: object, design: IriDesign) -> bool:
    return isinstance(term, NamedNode) and design.parse(term.value.partition("#")[0]) is not None


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""


def _kinds(store: Store, site: Site, database: sqlite3.Connection) -> dict[str, str]:
    """Return the one class by which each thing that has a name is listed: the site's own lists first."""
    named = {str(thing) for (thing,) in database.execute("SELECT DISTINCT thing FROM said WHERE role = 0")}
    above = _superclasses(store)
    found = {}
    for thing, rows in groupby(database.execute(_CLASSES), key=lambda row: str(row[0])):
        classes = {str(class_) for _, class_ in rows}
        if thing in named and not classes & _UNLISTED:
            listed = [class_ for class_ in site.lists if class_ in classes]
            implied = {wider for class_ in classes for wider in above.get(class_, ()) if wider != class_}
            found[thing] = listed[0] if listed else min(classes - implied or classes)
    return found


def _superclasses(store: Store) -> Mapping[str, set[str]]:
    """Return all superclasses of each class, whatever is stated of them."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, NamedNode(SUBCLASS), None, DefaultGraph()):
        above[_iri(quad.subject)].add(_iri(quad.object))
    for _ in range(len(above)):
        wider = {name: found.union(*(above.get(class_, set()) for class_ in found)) for name, found in above.items()}
        if wider == above:
            break
        above.update(wider)
    return above


def _languages(store: Store) -> Mapping[str, str]:
    """Return the tag of the one language that each thing is said to be in."""
    found: dict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, NamedNode(LANGUAGE), None, DefaultGraph()):
        found[_iri(quad.subject)].add((language_code(_iri(quad.object)) or "").lower())
    return {iri: tags.pop() for iri, tags in found.items() if len(tags) == 1}


def _records(said: Sequence[tuple[str, int, str]], spoken: str) -> Iterator[tuple[str, list[str]]]:
    """Yield for each language the names, other names, codes and texts; what is in no language is in every record.

    Where nothing tells its language, the record is in the one that the thing is said to be in.
    """
    languages = sorted({language for language, *_ in said if language}) or [spoken]
    for language in languages:
        parts: list[list[str]] = [[] for _ in ROLES]
        for tag, role, text in said:
            if tag in {language, ""}:
                parts[role].append(text)
        yield language, ["\n".join(_once(part)) for part in parts]


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
