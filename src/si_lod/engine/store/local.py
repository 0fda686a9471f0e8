"""Evaluation in this process, over a store that is opened read-only; the home of the store's errors."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, Self, cast

from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, RdfFormat, Variable

from si_lod.engine.diagnosis import explaining
from si_lod.engine.evaluation import Result
from si_lod.engine.policy.admission import admit
from si_lod.engine.store.dataset import Dataset, dataset_of, refuse_unknown
from si_lod.engine.store.functions import Functions
from si_lod.engine.store.stack import run_with_deep_stack
from si_lod.engine.store.syntax import invalid_query, store_failed, unevaluable_query
from si_lod.engine.store.xml import CheckedXml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import (
        QuerySolutions,
        Store,
        Triple,
    )

    from si_lod.engine.evaluation import Asker, Pattern, Query, QueryRequest, Solution, Term


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """An ``evaluation.Engine`` over ``store``; safe to use from several threads at once.

    Nothing bounds a query here: clients' queries belong in ``pool.engine.PooledEngine``.
    """

    store: Store

    damage: ClassVar[str] = ""
    """What is read here is compared with nothing."""

    def timed(self) -> Self:
        """Return itself: nobody waits for this one."""
        return self

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        """Yield the triples of the default graph that fit the pattern, at most ``most`` of them.

        Raises StoreFailed.
        """
        try:
            for quad in islice(self.store.quads_for_pattern(subject, predicate, obj, DefaultGraph()), most):
                yield quad.triple
        except (RuntimeError, OSError) as error:
            raise store_failed(error) from None

    def match_each(self, patterns: Iterable[Pattern], *, most: int | None = None) -> Iterator[Iterator[Triple]]:
        """Return what ``match`` returns for each of the patterns, looked up when it is come to."""
        return (self.match(*pattern, most=most) for pattern in patterns)

    def select(self, query: str, /, **bindings: Term) -> list[Solution]:
        """Return every solution of one of our own SELECT queries; each binding must be in its projection.

        Raises StoreFailed.
        """
        try:
            return _solutions(self.store, query, {Variable(name): term for name, term in bindings.items()})
        except (RuntimeError, OSError) as error:
            failed = store_failed(error)
        # Raised where nothing refers to the other one any more, and so to the solutions, which can be very large.
        raise failed

    def admit(self, text: str, asker: Asker) -> Query:
        """Return the client's query as one that may be evaluated; raises InvalidQuery with an explanation if not."""
        with explaining(text, asker.prefixes):
            return admit(text)

    def answer(self, request: QueryRequest) -> Result:
        """Return the whole result of a client's query; raises InvalidQuery or InvalidRequest."""
        content = BytesIO()
        with explaining(request.query.text, request.asker.prefixes):
            run_with_deep_stack(lambda: evaluate(self.store, request, content))
        return Result(request.format.media_type, content.getvalue())


def _solutions(store: Store, query: str, substitutions: dict[Variable, Term]) -> list[Solution]:
    found = store.query(query, substitutions=substitutions, custom_functions=Functions().named())
    solutions = cast("QuerySolutions", found)
    names = [variable.value for variable in solutions.variables]
    return [dict(zip(names, solution, strict=True)) for solution in solutions]


def evaluate(store: Store, request: QueryRequest, output: BinaryIO) -> None:
    """Write the whole result of a client's query; what was written is no answer if this raises.

    Raises InvalidQuery, InvalidRequest, StoreFailed, MemoryError, or what ``output`` raises.
    """
    dataset = dataset_of(request)
    if not dataset:
        refuse_unknown(store, request.query.graphs)
    if request.format in {QueryResultsFormat.XML, RdfFormat.RDF_XML}:
        checked = CheckedXml(output)
        _write(store, request, dataset, checked)
        checked.end()
    else:
        _write(store, request, dataset, output)


def _write(store: Store, request: QueryRequest, dataset: Dataset, output: BinaryIO | CheckedXml) -> None:
    functions = Functions()
    try:
        # Never bound to a name: an error's traceback would keep it, and it may be dropped by this thread only.
        cast("Any", functions.asked(store, request.query.plain, **dataset)).serialize(output, format=request.format)
    except SyntaxError as error:
        raise invalid_query(error, request.query.text) from None
    except (RuntimeError, OSError) as error:
        # It raises the latter also where a format cannot hold what the query made.
        raise unevaluable_query(error) from None
    functions.settle()
