"""What programs can ask of a release, each with the types of its answers out of the tables by which they are chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from si_lod.engine.evaluation import Form
from si_lod.iris import Space
from si_lod.serve.harvest.feeds import VARIANTS
from si_lod.serve.harvest.files import CSVM, FOLDER, GZIP
from si_lod.serve.harvest.linkset import CATALOG
from si_lod.serve.harvest.operation import Operation, Parameter
from si_lod.serve.overviews.listing import CSV
from si_lod.serve.overviews.searching import JSON
from si_lod.serve.pages import SMALL
from si_lod.serve.replies.syntaxes import SYNTAXES
from si_lod.serve.replies.variants import CITATIONS, DOCUMENT, HTML
from si_lod.serve.sparql.results import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.serve.harvest.operation import Offered
    from si_lod.serve.replies.variants import Variant

_PAGE: Final = Parameter("page", "Which page of the answer.", "1", "integer")
_QUERY: Final = "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
_WORDS: Final = Parameter("q", "The words that are looked for.")
_JSON_TYPE: Final = "application/json"
SPARQL: Final = (
    Parameter("query", "A query in SPARQL 1.1. Without one, the endpoint tells what it is.", _QUERY),
    Parameter("default-graph-uri", "A graph of the default graph (SPARQL 1.1 Protocol §2.1.4).", repeated=True),
    Parameter("named-graph-uri", "A named graph (SPARQL 1.1 Protocol §2.1.4).", repeated=True),
    Parameter(
        "format",
        "The format by the suffix of its files, for whoever cannot send Accept.",
        choices=tuple(dict.fromkeys(variant.suffix for form in Form for variant in formats(form))),
    ),
    Parameter("timeout", "How many seconds the answer may take; never more than the service allows.", schema="number"),
    Parameter("size", "The size of a chart.", choices=(SMALL,)),
)


def operations(offered: Offered) -> Iterator[Operation]:
    """Yield all of them; those for which the release has nothing are left out."""
    lang = Parameter("lang", "The language, instead of Accept-Language.", choices=offered.languages)
    if offered.thing:
        yield from _things(offered.thing, lang)
    if offered.searched:
        kind = Parameter("type", "The IRI of a class, if only its things are looked for.")
        about = "Things in which the words occur"
        yield Operation("search", "/search.json", about, _types([JSON]), (_WORDS, kind, _PAGE, lang))
    if offered.lists:
        yield from _lists(offered.lists, lang)
    yield from _sparql()
    yield from _catalogue(lang)
    if offered.files:
        yield _files(offered.files)
    if offered.feeds:
        yield from _feeds(offered.feeds)
    for name, about in (("live", "Whether the process answers"), ("ready", "Whether a release is open and answers")):
        statuses = (200, 503) if name == "ready" else (200,)
        yield Operation(name, f"/health/{name}", about, (_JSON_TYPE,), statuses=statuses)


def _things(reference: str, lang: Parameter) -> Iterator[Operation]:
    kind, _, name = reference.partition("/")
    told = "The name of the thing. Some have more parts, which follow here after further slashes."
    named = (Parameter("kind", "The kind of the thing, as its IRI has it.", kind), Parameter("id", told, name))
    variants = (*DOCUMENT, *CITATIONS)
    thing, document = f"/{Space.THING}/{{kind}}/{{id}}", f"/{Space.DOCUMENT}/{{kind}}/{{id}}"
    yield Operation("thing", thing, "The way from a thing to what is said of it", (), named, (303,))
    about = "What is said of a thing, negotiated"
    yield from _both(Operation("document", document, about, _types(variants), (*named, _PAGE, lang)), variants)


def _lists(kinds: tuple[str, ...], lang: Parameter) -> Iterator[Operation]:
    variants = (HTML, CSV)
    parameters = (
        Parameter("kind", "The class of the things.", choices=kinds),
        replace(_WORDS, about="Words that each of the things has."),
        Parameter("sort", "The parameter of a column to sort by, after - from high to low."),
        Parameter("columns", "Whether columns are shown in which all is empty or the same.", choices=("all",)),
        Parameter("filters", "What the things have in a column, by the parameter of the column.", free=True),
        _PAGE,
        lang,
    )
    about = "All things of a kind, negotiated"
    yield from _both(Operation("list", "/list/{kind}", about, _types(variants), parameters), variants)


def _sparql() -> Iterator[Operation]:
    types = _types(variant for form in Form for variant in formats(form))
    yield Operation("query", "/sparql", "The result of a query", types, SPARQL)
    about = "The result of a query that is the content, or in a form"
    yield Operation("queryByPost", "/sparql", about, types, SPARQL[1:], form=SPARQL)


def _catalogue(lang: Parameter) -> Iterator[Operation]:
    release = Parameter("release", "The release whose catalogue is read, if not the current one.")
    about = "The catalogue in DCAT, negotiated"
    yield from _both(Operation("catalog", f"/{CATALOG}", about, _types(DOCUMENT), (_PAGE, release, lang)), DOCUMENT)
    suffix = _suffix(tuple(syntax.file_extension for syntax in SYNTAXES))
    types = tuple(syntax.media_type for syntax in SYNTAXES)
    yield Operation("void", "/void.{suffix}", "The data sets with their counts, in VoID", types, (suffix,))


def _files(files: tuple[tuple[str, str], ...]) -> Operation:
    types = tuple(dict.fromkeys([*(kind for _, kind in files), GZIP, CSVM, "text/plain", _JSON_TYPE]))
    named = Parameter("file", "The name of a download, as the catalogue has it.", files[0][0])
    return Operation("dump", f"/{FOLDER}/{{file}}", "A download, whole or in ranges", types, (named,), (200, 206))


def _feeds(names: tuple[str, ...]) -> Iterator[Operation]:
    named, types = Parameter("name", "What the feed tells of.", choices=names), _types(VARIANTS)
    number = Parameter("number", "The number of the page.", "1", "integer")
    about = "The pages of an event stream (LDES), negotiated"
    yield from _both(Operation("feed", "/feed/{name}", about, types, (named,)), VARIANTS)
    about = "A page of an event stream, which never changes, negotiated"
    yield from _both(Operation("feedPage", "/feed/{name}/{number}", about, types, (named, number)), VARIANTS)


def _both(negotiated: Operation, variants: Iterable[Variant]) -> Iterator[Operation]:
    """Yield the operation and the one that names the format in its address."""
    yield negotiated
    about = negotiated.about.replace("negotiated", "in the format of the suffix")
    parameters = (*negotiated.parameters, _suffix(tuple(variant.suffix for variant in variants)))
    path, name = f"{negotiated.path}.{{suffix}}", f"{negotiated.name}As"
    yield replace(negotiated, name=name, path=path, about=about, parameters=parameters)


def _suffix(there: tuple[str, ...]) -> Parameter:
    return Parameter("suffix", "The format.", choices=there)


def _types(variants: Iterable[Variant]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(variant.offer.media_type for variant in variants))
