"""Words that stand where a name, a variable or a text should: what each of them probably is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.diagnosis.stopping.stop import Finding
from si_lod.engine.diagnosis.stopping.terminals import UNKNOWN
from si_lod.engine.diagnosis.words.prefixes import WELL_KNOWN
from si_lod.engine.text.prologue import Prologue
from si_lod.engine.text.tokens import Kind
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.engine.diagnosis.stopping.stop import Stop

_OF_THE_STANDARDS: Final = {
    local.lower(): (prefix, local)
    for prefix, locals_ in {
        "rdfs": ["label", "comment", "seeAlso", "isDefinedBy", "subClassOf", "subPropertyOf", "domain", "range"],
        "skos": ["prefLabel", "altLabel", "definition", "notation", "broader", "narrower", "inScheme", "exactMatch"],
        "owl": ["sameAs"],
        "xsd": [
            "boolean",
            "date",
            "dateTime",
            "decimal",
            "double",
            "float",
            "gYear",
            "gYearMonth",
            "integer",
            "string",
        ],
    }.items()
    for local in locals_
}
_TYPES: Final = {"int": "integer", "bool": "boolean", "datetime": "dateTime", "str": "string", "year": "gYear"}
_BEING: Final = frozenset(["IS", "ISA", "TYPE", "INSTANCEOF", "INSTANCE_OF", "HASTYPE", "RDF_TYPE"])


def being(stop: Stop) -> Finding | None:
    """Find ``is a`` and other words for ``a`` (SPARQL 1.1 §4.2.4)."""
    if stop.word() not in _BEING or not stop.accepts("A"):
        return None
    wrong = stop.piece(0, 2 if stop.token(1).text.lower() in {"a", "an"} else 1)
    return Finding(wrong, told('that a thing is of a class is said by the one word "a"'), "a")


def datatype(stop: Stop) -> Finding | None:
    """Find ``"x"^^string``: the type of a text is a name (SPARQL 1.1 §4.1.2)."""
    if stop.mark(-1) != "^^" or stop.kind() not in {Kind.WORD, Kind.STRING}:
        return None
    word = stop.found.text.strip("\"'")
    prefix, local = _OF_THE_STANDARDS.get(_TYPES.get(word.lower(), word).lower(), ("", ""))
    meant = prefixed(stop, "xsd", local) if prefix == "xsd" else ""
    return Finding(stop.found, told("the type of a text is a name, such as xsd:date"), meant)


def unprefixed(stop: Stop) -> Finding | None:
    """Find a property or a class without its prefix."""
    if stop.terminal() != UNKNOWN or stop.word() in {"", "A"} or not (stop.accepts("A") or _is_named(stop)):
        return None
    word = stop.found.text
    message = told('"{word}" has no prefix before it, as names have: prefix:{word}', word=word)
    if stop.accepts("A") and word.lower() in _OF_THE_STANDARDS:
        return Finding(stop.found, message, prefixed(stop, *_OF_THE_STANDARDS[word.lower()]))
    if f"?{word}" in stop.variables and stop.token(1).text != f"?{word}":
        return Finding(stop.found, told('"{word}" is no variable without a question mark', word=word), f"?{word}")
    own = [prefix for prefix, iri in Prologue.of(stop.read).prefixes.items() if iri not in WELL_KNOWN.values()]
    return Finding(stop.found, message, f"{own[0]}:{word}" if len(own) == 1 else "")


def bare_word(stop: Stop) -> Finding | None:
    """Find a word that should be a variable, or a text in quotes."""
    if stop.terminal() != UNKNOWN or not stop.word():
        return None
    word = stop.found.text
    if stop.accepts("VARIABLE") and (f"?{word}" in stop.variables or not stop.accepts("STRING")):
        return Finding(stop.found, told('"{word}" is no variable without a question mark', word=word), f"?{word}")
    if stop.accepts("STRING") and stop.accepts("BOUND") and word[0].islower():
        message = told('"{word}" without quotes is no text, without a question mark no variable', word=word)
        return Finding(stop.found, message, f'"{word}"')
    if stop.accepts("STRING"):
        message = told('"{word}" is no name without its prefix, no text without quotes, no variable without a question '
                       "mark", word=word)  # fmt: skip
        return Finding(stop.found, message)
    return None


def of_the_standards(local: str) -> str:
    """Return the prefixed name that everyone means by the word, or nothing."""
    return ":".join(_OF_THE_STANDARDS.get(local.lower(), ()))


def _is_named(stop: Stop) -> bool:
    """Return whether a class or a resource is what stands here."""
    return (stop.token(-1).text in {"a", "rdf:type"} or stop.word(-1) == "DESCRIBE") and stop.accepts("IRIREF")


def prefixed(stop: Stop, prefix: str, local: str) -> str:
    """Return the name with the prefix that the query has for the vocabulary, else with the usual one."""
    declared = Prologue.of(stop.read).prefixes
    return f"{next((own for own, iri in declared.items() if iri == WELL_KNOWN[prefix]), prefix)}:{local}"


MISTAKES: Final = (datatype, being, unprefixed)
