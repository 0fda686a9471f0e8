"""What whoever writes queries can mend: they are wrong, or have no whole answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.errors.client import ClientError
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Sequence


class InvalidQuery(ClientError):
    """The query is not SPARQL 1.1, or asks for what is not offered; line and column where they are known."""

    exit_status = 1

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        self.line = line
        self.column = column
        super().__init__(message)

    @property
    def placed(self) -> str:
        """The message behind its place, where that is known."""
        if self.line is None:
            return str(self)
        message = self.args[0]
        return told("line {line}, column {column}: {message}", line=self.line, column=self.column, message=message)


class InvalidSyntax(InvalidQuery):
    """The query is not SPARQL 1.1: ``token`` stands where ``expected`` could; ``suggestion`` is near and right."""

    def __init__(  # noqa: PLR0913  one for each member of the problem details
        self,
        message: str,
        *,
        line: int | None = None,
        column: int | None = None,
        token: str = "",
        expected: Sequence[str] = (),
        suggestion: str = "",
    ) -> None:
        self.token = token
        self.expected = tuple(expected)
        self.suggestion = suggestion
        super().__init__(message, line=line, column=column)


class Unanswered(ClientError):
    """The query has no answer, or none that is whole; ``retry_after`` in seconds, 0 if trying again is of no use."""

    status = 503

    def __init__(self, message: str, *, retry_after: int = 0) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class Overdue(Unanswered):
    """The query took longer than its deadline (RFC 9110 §15.6.5)."""

    status = 504


class TooLarge(Unanswered):
    """The query needs more memory than one is given, or its result more room (RFC 4918 §11.5)."""

    status = 507


class Busy(Unanswered):
    """Nobody is free to answer (RFC 9110 §15.6.4)."""


class Ended(Unanswered):
    """The process that was answering was ended from outside: by the system, or by whoever runs it (§15.6.4).

    ``reason`` is for them, and told to nobody else.
    """

    def __init__(self, message: str, *, retry_after: int = 0, reason: str = "") -> None:
        self.reason = reason
        super().__init__(message, retry_after=retry_after)


class NoRoom(Unanswered):
    """Here is no room to keep a result until it is whole, which its operator can mend (RFC 9110 §15.6.4)."""


class EngineLost(Unanswered):
    """The engine on another machine cannot be reached (RFC 9110 §15.6.4).

    ``reason`` is for whoever runs this, and told to nobody else.
    """

    def __init__(self, message: str, *, retry_after: int = 0, reason: str = "") -> None:
        self.reason = reason
        super().__init__(message, retry_after=retry_after)


class EngineFailed(Unanswered):
    """The engine on another machine answers with an error, or with less than a whole result (RFC 9110 §15.6.3).

    ``reason`` is for whoever runs this, and told to nobody else.
    """

    status = 502

    def __init__(self, message: str, *, retry_after: int = 0, reason: str = "") -> None:
        self.reason = reason
        super().__init__(message, retry_after=retry_after)


class Unevaluated(Unanswered):
    """The engine on another machine refuses this query or fails at it (SPARQL 1.1 Protocol §2.1.7).

    ``complaint`` is what whoever wrote the query may know of its reason, ``reason`` is for whoever runs this; ``kind``
    tells it from others where the engine says something else each time.
    """

    status = 500

    def __init__(
        self, message: str, *, retry_after: int = 0, complaint: str = "", reason: str = "", kind: str = ""
    ) -> None:
        self.complaint = complaint
        self.reason = reason
        self.kind = kind
        super().__init__(message, retry_after=retry_after)


class OverBudget(Unanswered):
    """The client has used up what one may use in a while (RFC 6585 §4)."""

    status = 429
