"""The site's example queries, tried: each is run before it is published, and becomes data of the release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from si_lod.errors import InvalidQuery, Problem
from si_lod.misreadings import no_utf_8
from si_lod.publish.dataset.examples import Example
from si_lod.sentences import told

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from si_lod.publish.dataset.queries import Inquiry
    from si_lod.publish.source.files import Source

_QUERIES: Final = "data/queries/*.rq"


def add_examples(source: Source, inquiry: Inquiry) -> Tried:
    """Run each example query, then add what they are to the store as ``sh:SPARQLExecutable`` (SHACL-AF §5)."""
    problems: list[Problem] = []
    answers: list[Problem] = []
    quads: list[Quad] = []
    for path in source.files(_QUERIES):
        file = source.name(path)
        try:
            example = Example.read(path, file)
            problems += example.untitled(source.site.languages)
            problems += example.unread(source.site.languages)
            results = inquiry.ask(example.text)
            problems += example.other_columns(results)
            answers += example.shortfall(results)
            quads += example.quads(f"{source.site.base}id/query/{path.stem}")
        except InvalidQuery as fault:
            problems.append(Problem(file, fault.line or 0, str(fault.column or ""), str(fault)))
        except UnicodeDecodeError as error:
            problems.append(
                Problem(file, 0, "", told("expected a SPARQL query in UTF-8: {error}", error=no_utf_8(error)))
            )
    inquiry.add(quads)
    return Tried(tuple(problems), tuple(answers))


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying the example queries came to.

    ``problems`` are the queries' own: one that is none, takes too long, selects other columns than it says, or lacks
    a title in one of the site's languages. ``answers`` are of the facts as well: fewer rows than a query says, or the
    answer false.
    """

    problems: tuple[Problem, ...]
    answers: tuple[Problem, ...]
