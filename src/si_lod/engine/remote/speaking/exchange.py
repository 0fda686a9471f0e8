"""A query sent to the engine and its answer, and what goes wrong with it.

It is loaded when an engine is configured and not before: the library that asks brings rdflib along.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPResponse
from time import monotonic
from typing import TYPE_CHECKING, Final

from si_lod.engine.evaluation import Form
from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.pool.keeper import within
from si_lod.engine.remote.speaking.arrival import arriving
from si_lod.engine.remote.speaking.booleans import Worded
from si_lod.engine.remote.speaking.complaint import BAD_QUERY, Complaint
from si_lod.engine.remote.speaking.presence import Presence
from si_lod.engine.remote.speaking.pulse import Pulse
from si_lod.engine.remote.speaking.wrapper import Wrapper
from si_lod.errors import InvalidSyntax, Unevaluated
from si_lod.foreign import in_one_line
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.engine.remote.speaking.arrival import Arriving
    from si_lod.engine.remote.speaking.credentials import Credentials

_RETRY_AFTER: Final = 5
_PROBED: Final = 5.0
"""Seconds in which an engine answers next to nothing, if it answers anything."""
_UNAVAILABLE: Final = frozenset([429, 503])
_TIMED_OUT: Final = frozenset([408, 504])


@dataclass(frozen=True, slots=True)
class Exchange:
    """The SPARQL endpoint of an engine; safe for several threads, since each query has a connection of its own."""

    endpoint: str
    credentials: Credentials
    presence: Presence = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Know nothing of the engine yet."""
        object.__setattr__(self, "presence", Presence(self.endpoint, Pulse(self._probe)))

    @contextmanager
    def ask(
        self, text: str, form: Form, deadline: Deadline, *, default: tuple[str, ...], named: tuple[str, ...] = ()
    ) -> Iterator[Arriving]:
        """Give the answer as it arrives: SPARQL JSON, or N-Triples where the form's answer is RDF.

        ``default`` and ``named`` are the dataset of the SPARQL 1.1 Protocol §2.1.4, and never empty together. Raises
        InvalidSyntax if the engine cannot read the query, Unevaluated if it answers with another error, Overdue at the
        deadline, EngineLost if nobody answers (at once if it is known that nobody does), EngineFailed if what is
        answered is of no use.
        """
        self.presence.insist()
        with self._asking(text, form, deadline, default, named) as arrival:
            yield arrival

    def _probe(self) -> None:
        deadline = Deadline(_PROBED, monotonic() + _PROBED)
        with self._asking("ASK {}", Form.ASK, deadline, (), ()) as arrival:
            arrival.whole()

    @contextmanager
    def _asking(
        self, text: str, form: Form, deadline: Deadline, default: tuple[str, ...], named: tuple[str, ...]
    ) -> Iterator[Arriving]:
        wrapper = Wrapper(self.endpoint, self.credentials)
        wrapper.prepare(text, form, deadline.left())
        for graph in default:
            wrapper.addDefaultGraph(graph)
        for graph in named:
            wrapper.addNamedGraph(graph)
        response = self._response(wrapper, deadline)
        with self.presence.answering(), arriving(response, deadline) as arrival:
            yield arrival if form.is_graph else Worded(arrival)

    def _response(self, wrapper: Wrapper, deadline: Deadline) -> HTTPResponse:
        begun, line = monotonic(), wrapper.line
        try:
            # What the library bounds is each step, and an engine may take many: for a name, a connection, a header.
            return within(deadline.left(), wrapper.answered, HTTPResponse.close)
        except TimeoutError:
            # The thread would wait for them, with nobody waiting for it.
            line.hang_up()
            raise deadline.overdue() from None
        except Complaint as complaint:
            raise self._refusal(complaint, deadline, begun) from None
        except (HTTPException, OSError, ValueError) as error:
            if deadline.is_over:
                raise deadline.overdue() from None
            reason = in_one_line(str(getattr(error, "reason", error))) or type(error).__name__
            kind = reason if isinstance(error, OSError) else type(error).__name__
            raise self.presence.lost(reason, kind=kind) from None
        finally:
            line.let_go()

    def _refusal(self, complaint: Complaint, deadline: Deadline, begun: float) -> Exception:
        """Return what is said of a query that is not answered; whether any is, has to be found out elsewhere."""
        # That is an answer: the engine may be slow or have no time, and is not hung.
        self.presence.pulse.heard()
        if complaint.code in _TIMED_OUT:
            return deadline.overdue()
        is_there = complaint.code not in _UNAVAILABLE
        if is_there:
            self.presence.is_here(begun)
        if complaint.code == BAD_QUERY:
            said = complaint.said.replace("\n", " ")
            return InvalidSyntax(told("the engine cannot evaluate the query: {error}", error=said))
        return Unevaluated(
            told("the engine behind this service failed; try again later"),
            retry_after=0 if is_there else complaint.retry_after or _RETRY_AFTER,
            complaint=complaint.sentence or complaint.status,
            reason=complaint.reason(self.credentials.user),
            kind=str(complaint.code),
        )
