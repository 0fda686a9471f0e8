"""What the data is made of, counted: triples, classes, properties, vocabularies, example things (VoID §2, §4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from si_lod.publish.catalogue.terms import TYPE, VOID, XSD, said, typed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from si_lod.publish.catalogue.dumps import Dump
    from si_lod.publish.catalogue.statement import Statement
    from si_lod.sites import Site

_INTEGER: Final = NamedNode(f"{XSD}integer")


def void(site: Site, statement: Statement, dumps: Iterable[Dump]) -> Iterator[Triple]:
    """Yield the VoID of each data set, counted from its N-Triples dump; the partitions are those of the whole."""
    for dump in dumps:
        if dump.format.syntax is RdfFormat.N_TRIPLES and not dump.compressed:
            yield from _counted(site, statement, dump)
        if dump.format.syntax is not None:
            yield from said(dump.dataset, f"{VOID}dataDump", NamedNode(f"{site.base}dump/{dump.name}"))


def _counted(site: Site, statement: Statement, dump: Dump) -> Iterator[Triple]:
    dataset = dump.dataset
    triples, classes, properties = 0, Counter[str](), Counter[str]()
    examples: dict[str, NamedNode] = {}
    for quad in parse(path=str(dump.path), format=RdfFormat.N_TRIPLES):
        triples += 1
        properties[quad.predicate.value] += 1
        if quad.predicate == TYPE and isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            classes[quad.object.value] += 1
            examples.setdefault(quad.object.value, quad.subject)
    yield from said(dataset, f"{VOID}triples", _number(triples))
    yield from said(dataset, f"{VOID}uriSpace", Literal(site.base))
    yield from said(dataset, f"{VOID}sparqlEndpoint", NamedNode(f"{site.base}sparql"))
    listed = {iri for iri in site.lists if iri in examples}
    yield from said(dataset, f"{VOID}exampleResource", *(examples[iri] for iri in sorted(listed)))
    if dataset == statement.whole:
        yield from said(dataset, f"{VOID}vocabulary", *_vocabularies([*classes, *properties], site))
        yield from _partitions(site, statement, {"class": classes, "property": properties})


def _partitions(site: Site, statement: Statement, counts: Mapping[str, Counter[str]]) -> Iterator[Triple]:
    whole, stated = statement.whole, _stated(statement)
    for kind, counter in counts.items():
        counted = "entities" if kind == "class" else "triples"
        names = _names(sorted(counter), site.prefixes)
        for iri, count in sorted(counter.items()):
            for node in stated.get(iri) or [NamedNode(f"{site.base}id/{kind}-partition/{names[iri]}")]:
                yield from typed(node, f"{VOID}Dataset")
                yield from said(whole, f"{VOID}{kind}Partition", node)
                yield from said(node, f"{VOID}{kind}", NamedNode(iri))
                yield from said(node, f"{VOID}{counted}", _number(count))


def _stated(statement: Statement) -> Mapping[str, list[NamedNode]]:
    """Return the partitions that documents describe, by their class: they have their IRIs already."""
    stated: dict[str, list[NamedNode]] = defaultdict(list)
    for node in statement.about:
        for class_ in statement.values(node, f"{VOID}class"):
            stated[class_.value].append(node)
    return stated


def _names(iris: Iterable[str], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Return a name for each term; one that would have another's gets its digest with it."""
    names: dict[str, str] = {}
    for iri in iris:
        name = _name(iri, prefixes)
        taken = name in names.values()
        names[iri] = f"{name}-{sha256(iri.encode()).hexdigest()[:8]}" if taken else name
    return names


def _name(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return a term as ``prefix-local``, or all of its IRI in the characters of a slug if no prefix fits."""
    fitting = [(len(space), prefix) for prefix, space in prefixes.items() if iri.startswith(space)]
    if fitting:
        length, prefix = max(fitting)
        local = iri[length:]
        if local.replace("-", "").replace("_", "").isalnum() and local.isascii():
            return f"{prefix}-{local}"
    slug = "".join(c if c.isascii() and c.isalnum() else "-" for c in iri.partition("://")[2] or iri)
    return "-".join(filter(None, slug.split("-")))


def _vocabularies(terms: Iterable[str], site: Site) -> list[NamedNode]:
    """Return the vocabularies that the terms are of: the site's own by its IRI, others by their namespace.

    A term such as ``urn:uuid:...`` has no namespace that anybody could look up.
    """
    spaces = {iri[: max(iri.rfind("#"), iri.rfind("/")) + 1] for iri in terms} - {""}
    return [NamedNode(space.rstrip("#") if space.startswith(site.base) else space) for space in sorted(spaces)]


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=_INTEGER)
