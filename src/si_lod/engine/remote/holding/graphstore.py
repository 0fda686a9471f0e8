"""An engine's graphs, written and read whole by the SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, BinaryIO, Final, cast
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, build_opener

from pyoxigraph import RdfFormat, parse, serialize

from si_lod.engine.pool.deadline import Deadline
from si_lod.engine.remote.holding.challenge import authorization
from si_lod.engine.remote.holding.refusing import Asked
from si_lod.engine.remote.speaking.arrival import arriving
from si_lod.engine.remote.speaking.hearing import unheard
from si_lod.engine.remote.speaking.here import Here
from si_lod.errors import EndpointFailed, Unanswered
from si_lod.foreign import in_one_line
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from http.client import HTTPResponse

    from pyoxigraph import Triple

    from si_lod.engine.remote.speaking.arrival import Arrival
    from si_lod.engine.remote.speaking.credentials import Credentials

_N_TRIPLES: Final = "application/n-triples"
_NOT_FOUND: Final = 404


@dataclass(frozen=True, slots=True)
class GraphStore:
    """The graph store at ``address``, its "indirect graph identification" (§4.2); each operation has ``seconds``.

    Raises EndpointFailed when it cannot be reached, refuses, or is cut off.
    """

    address: str
    credentials: Credentials
    seconds: float

    def put(self, graph: str, content: BinaryIO, size: int) -> None:
        """Make the ``size`` bytes of N-Triples in the file all that the graph holds (§5.3)."""
        headers = {"Content-Type": _N_TRIPLES, "Content-Length": str(size)}
        self._done(Request(self._of(graph), content, headers, method="PUT"))  # noqa: S310  checked by endpoint_of

    def write(self, graph: str, triples: Iterable[Triple]) -> None:
        """Make the few triples all that the graph holds."""
        content = cast("bytes", serialize(triples, format=RdfFormat.N_TRIPLES))
        self.put(graph, BytesIO(content), len(content))

    def add(self, graph: str, triples: Iterable[Triple]) -> None:
        """Have the few triples in the graph besides what it holds (§5.5)."""
        content = cast("bytes", serialize(triples, format=RdfFormat.N_TRIPLES))
        self._done(Request(self._of(graph), content, {"Content-Type": _N_TRIPLES}, method="POST"))  # noqa: S310

    def read(self, graph: str) -> list[Triple]:
        """Return all that the small graph holds; nothing if there is none."""
        with self.get(graph) as arrival:
            content = arrival.whole() if arrival else b""
        try:
            return [quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES)]
        except SyntaxError as error:
            found = in_one_line(str(error))
            message = told("{address}: expected N-Triples: {error}", address=self.address, error=found)
            raise EndpointFailed(message) from None

    def drop(self, graph: str) -> None:
        """Have the graph no more (§5.4); it need not be there."""
        self._done(Request(self._of(graph), method="DELETE"), also=_NOT_FOUND)  # noqa: S310

    @contextmanager
    def get(self, graph: str) -> Iterator[Arrival | None]:
        """Give the graph as N-Triples while it arrives (§5.2), None if there is none."""
        deadline = self._deadline()
        request = Request(self._of(graph), headers={"Accept": _N_TRIPLES})  # noqa: S310
        response = self._opened(request, deadline, also=_NOT_FOUND)
        if response is None:
            yield None
            return
        if page := self._asked(request).page(response.headers):
            response.close()
            raise EndpointFailed(page)
        try:
            with arriving(response, deadline) as arrival:
                yield arrival
        except Unanswered as error:
            raise EndpointFailed(told("{address}: {reason}", address=self.address, reason=str(error))) from None

    def _of(self, graph: str) -> str:
        return f"{self.address}{'&' if '?' in self.address else '?'}graph={quote(graph, safe='')}"

    def _deadline(self) -> Deadline:
        return Deadline(self.seconds, monotonic() + self.seconds)

    def _done(self, request: Request, *, also: int = 0) -> None:
        response = self._opened(request, self._deadline(), also=also)
        if response is not None:
            response.close()

    def _asked(self, request: Request) -> Asked:
        return Asked(self.address, request.get_method(), self.credentials.user)

    def _opened(self, request: Request, deadline: Deadline, *, also: int = 0) -> HTTPResponse | None:
        """Return the response if it is one of success, None if its status is ``also``."""
        asked = self._asked(request)
        try:
            who = authorization(request, self.credentials, deadline.left())
            if who:
                request.add_unredirected_header("Authorization", who)
            response: HTTPResponse = build_opener(Here).open(request, timeout=deadline.left())
        except HTTPError as error:
            with error:
                if error.code == also:
                    return None
                raise EndpointFailed(asked.refused(error)) from None
        except (HTTPException, OSError, ValueError) as error:
            raise EndpointFailed(unheard(self.address, request.get_method(), error)) from None
        return response
