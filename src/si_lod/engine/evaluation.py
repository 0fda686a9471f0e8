"""The seam: what the server asks of whoever evaluates its queries.

A release's triples are all in the default graph, so ``match`` and ``select`` look there and a query that names
no dataset sees everything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

    from si_lod.engine.spool import Spooled

    Term = NamedNode | BlankNode | Literal | Triple
    """What an RDF term can be here."""

    Pattern = tuple[NamedNode | None, NamedNode | None, Term | None]
    """Subject, predicate and object of triples that are looked for; None fits every term."""

    Solution = dict[str, Term | None]
    """One solution: each variable of the projection by its name, None where it is not bound."""


class Form(StrEnum):
    """What a query asks for (SPARQL 1.1 §16), which decides the formats that can answer it."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def is_graph(self) -> bool:
        """Return whether the answer is RDF."""
        return self in {Form.CONSTRUCT, Form.DESCRIBE}


@dataclass(frozen=True, slots=True)
class Query:
    """A text that ``policy.admit`` has let through: it only reads, reaches no network, and is of bounded size."""

    text: str
    """As it came: for people, who find places in it."""
    plain: str
    """What is evaluated: the same query to every parser, without comments and codepoint escapes."""
    form: Form
    graphs: tuple[str, ...] = ()
    """The IRIs after FROM and FROM NAMED."""
    repeatable: bool = True
    """Whether the same release always gives the same solutions: no NOW, RAND or fresh name in it."""


@dataclass(frozen=True, slots=True)
class Asker:
    """On whose behalf a query is answered: which ``client``, nobody's for our own queries, and what is known of them.

    ``seconds`` lowers the engine's deadline, which counts from ``begun`` (``time.monotonic``), or from when the engine
    is asked. ``prefixes`` are those that the client may mean.
    """

    client: str = ""
    seconds: float | None = None
    begun: float | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """One operation of the SPARQL 1.1 Protocol §2.1, with the format that was negotiated for the query's form.

    ``default_graphs`` and ``named_graphs`` are IRIs. When either is given they replace the whole dataset that the
    query describes (§2.1.4): named graphs alone leave the default graph empty. ``most`` lowers the engine's
    bound on the result's bytes.
    """

    query: Query
    format: QueryResultsFormat | RdfFormat
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    asker: Asker = field(default_factory=Asker)
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A whole result: it exists only if evaluation ended, and no error was met. A large one is not in memory.

    The store leaves out a row in silence if an expression cannot read a term from the disk: what is to be answered
    from must have been found whole before, and is compared again while it is open (``si_lod.comparison``).
    """

    media_type: str
    body: bytes | Spooled

    @property
    def content(self) -> bytes:
        """The result in memory."""
        return self.body if isinstance(self.body, bytes) else b"".join(self.body)


class Engine(Protocol):
    """Evaluates over one release, for as long as that release is open."""

    @property
    def damage(self) -> str:
        """What is known to be wrong with what it reads, empty if nothing is: from then on nothing is asked of it."""
        ...

    def timed(self) -> Engine:
        """Return the engine for one request, all of whose look-ups together take no longer than one may wait for it.

        Who has this one keeps the engine itself for as long.
        """
        ...

    def match(
        self, subject: NamedNode | None, predicate: NamedNode | None, obj: Term | None, *, most: int | None = None
    ) -> Iterator[Triple]:
        """Return the triples that fit the pattern, in no order, at most ``most`` of them; None fits every term.

        Raises StoreFailed, also while they are read.
        """
        ...

    def match_each(self, patterns: Iterable[Pattern], *, most: int | None = None) -> Iterator[Iterator[Triple]]:
        """Return for each of the patterns, in their order, what ``match`` returns.

        Whoever looks for several things asks for them by this: an engine that is far away is asked once for many.
        """
        ...

    def select(self, query: str, /, **bindings: Term) -> list[Solution]:
        """Return every solution of one of our own SELECT queries.

        ``bindings`` replace variables of the projection by terms; a query's text is never put together from input.
        """
        ...

    def admit(self, text: str, asker: Asker) -> Query:
        """Return the client's query as one that may be evaluated; raises InvalidQuery with an explanation if not."""
        ...

    def answer(self, request: QueryRequest) -> Result:
        """Return the whole result of a client's query.

        Raises InvalidQuery if it is not SPARQL 1.1, Unanswered if it is and has no whole answer within the bounds,
        StoreFailed if what it is asked of cannot be read.
        """
        ...
