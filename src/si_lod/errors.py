"""What can go wrong, by who can mend it.

    LodError
    ├── EditorError          the site's files are wrong            exit status 1
    │   └── Unfit              every problem at once, and what could not be judged for them
    │       ├── InvalidFiles     tables, metadata, Turtle, queries
    │       │   └── ReleaseConflict  other content under a version that is published already
    │       └── NonConforming    the graph does not conform to the shapes
    ├── OperatorError        the machine or the settings are wrong exit status 3
    │   ├── InvalidSetting     a setting that cannot be used       exit status 2
    │   ├── NoRelease          nothing to serve, or a release that is not whole
    │   │   ├── UnknownRelease   a version that is not there       exit status 2
    │   │   └── NotPushed        the remote engine does not hold it
    │   ├── WrongUsage         a folder that is not to be written  exit status 2
    │   ├── CannotWrite        a folder or file that cannot be written
    │   └── EndpointFailed     a SPARQL endpoint that cannot be reached or fails
    └── ClientError          the request is wrong                  an HTTP status
        ├── UnknownResource    404
        ├── Withdrawn          410, with the reason and the successor
        ├── NotAcceptable      406
        ├── InvalidRequest     400
        ├── UnsupportedMediaType 415
        ├── Refused            403
        ├── TargetTooLong      414
        ├── HeadersTooLarge    431
        ├── TooSlow            408
        ├── Changed            412
        ├── NoSuchRange        416, with the size of what there is
        ├── InvalidQuery       400, with line and column
        │   └── InvalidSyntax    the same, with what was expected and a right form
        └── Unanswered         the query may be right and has no answer, or none that is whole
            ├── Overdue          504, it took longer than its deadline
            ├── TooLarge         507, it needs more memory than it is given, or its result more room
            ├── Busy             503, others are being answered; when to try again
            ├── EngineLost       503, the remote engine cannot be reached; when to try again
            ├── EngineFailed     502, what the remote engine answers is of no use
            └── OverBudget       429, this client has had its share; when to try again

A message names the thing, what was expected, what was found and what to do. It is lower case and has no
trailing stop, so that it can follow a place: ``data/observations.csv:28:value: expected a decimal, ...``. It is an
English text that ``si_lod.sentences`` can say in another language, and is said so where it leaves the program.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

# Whoever raises an error about files needs both; "as" is how a name is passed on.
from si_lod.problems import Level as Level  # noqa: PLC0414
from si_lod.problems import Problem as Problem  # noqa: PLC0414, TC001
from si_lod.sentences import say, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class LodError(Exception):
    """The base of every error that this package raises on purpose."""

    exit_status: ClassVar[int] = 3

    def said(self, language: str) -> str:
        """Return the message in that language."""
        return say(str(self), language)


class EditorError(LodError):
    """The site's files are wrong; whoever edits them can mend it."""

    exit_status = 1


class Unfit(EditorError):
    """The site's files may not be published; ``problems`` has every reason, at its place.

    ``beside`` has what would be published with them, such as warnings. ``unjudged`` says what could not be judged
    yet, because of these problems.
    """

    def __init__(
        self, problems: Iterable[Problem], *, beside: Iterable[Problem] = (), unjudged: Iterable[str] = ()
    ) -> None:
        self.problems, self.beside, self.unjudged = tuple(problems), tuple(beside), tuple(unjudged)
        super().__init__("\n".join(map(str, (*self.problems, *self.unjudged))))

    def said(self, language: str) -> str:
        """Return every problem in that language, each on a line."""
        return "\n".join(problem.said(language) for problem in self.problems)


class InvalidFiles(Unfit):
    """One or more of the site's files cannot be read as what they should be; ``problems`` is sorted, each once."""

    def __init__(
        self, problems: Iterable[Problem], *, beside: Iterable[Problem] = (), unjudged: Iterable[str] = ()
    ) -> None:
        super().__init__(sorted(set(problems)), beside=beside, unjudged=unjudged)


class NonConforming(Unfit):
    """The graph violates the shapes (SHACL §1.2); ``problems`` has each violation, traced to its cell."""


class ReleaseConflict(InvalidFiles):
    """The version is published already, with other content; a release never changes."""


class OperatorError(LodError):
    """The machine or the configuration is wrong; whoever runs the service can mend it."""


class InvalidSetting(OperatorError):
    """A setting has a value that cannot be used."""

    exit_status = 2


class NoRelease(OperatorError):
    """There is no release to open, or it is not whole."""


class UnknownRelease(NoRelease):
    """A version was asked for that is not among the releases."""

    exit_status = 2


class NotPushed(NoRelease):
    """The engine on another machine does not hold the release, or not the whole of it."""

    def __init__(self, message: str, *, version: str) -> None:
        self.version = version
        super().__init__(message)


class WrongUsage(OperatorError):
    """What was asked for is not what this command is for: another folder, or another command, does it."""

    exit_status = 2


class CannotWrite(OperatorError):
    """A folder or file cannot be written, or another publisher is writing there."""


class EndpointFailed(OperatorError):
    """A SPARQL endpoint cannot be reached, fails, or takes too long."""


class ClientError(LodError):
    """The request is wrong; ``status`` is the HTTP status that says so (RFC 9110 §15)."""

    status: ClassVar[int] = 400


class UnknownResource(ClientError):
    """The release says nothing about this IRI."""

    status = 404


class Withdrawn(ClientError):
    """What was at this address is published no longer (RFC 9110 §15.5.11).

    ``reasons`` are texts by language; ``successor`` is the address of what came in its place, or empty.
    """

    status = 410

    def __init__(self, message: str, *, reasons: Mapping[str, str], successor: str) -> None:
        self.reasons = dict(reasons)
        self.successor = successor
        super().__init__(message)


class NotAcceptable(ClientError):
    """No representation fits what the client accepts (RFC 9110 §15.5.7)."""

    status = 406


class InvalidRequest(ClientError):
    """The request cannot be understood, whatever the release holds."""


class UnsupportedMediaType(ClientError):
    """The request's content has a media type that this route does not take (RFC 9110 §15.5.16)."""

    status = 415


class Refused(ClientError):
    """The request is understood and never carried out here: the service only reads."""

    status = 403


class TargetTooLong(ClientError):
    """The request's address is longer than any here (RFC 9110 §15.5.15)."""

    status = 414


class HeadersTooLarge(ClientError):
    """The request's headers are larger than any request needs (RFC 6585 §5)."""

    status = 431


class TooSlow(ClientError):
    """The request's content did not come in time (RFC 9110 §15.5.9)."""

    status = 408


class Changed(ClientError):
    """What is here is no longer what the client asked to be given a part of (RFC 9110 §15.5.13)."""

    status = 412


class NoSuchRange(ClientError):
    """The file is shorter than the range begins, ``size`` bytes (RFC 9110 §15.5.17)."""

    status = 416

    def __init__(self, message: str, *, size: int) -> None:
        self.size = size
        super().__init__(message)


class InvalidQuery(ClientError):
    """The query is not SPARQL 1.1, or asks for what is not offered; line and column where they are known."""

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
    """Nobody is free to answer, or whoever was answering was ended from outside (RFC 9110 §15.6.4)."""


class EngineLost(Unanswered):
    """The engine on another machine cannot be reached (RFC 9110 §15.6.4)."""


class EngineFailed(Unanswered):
    """The engine on another machine answers with an error, or with less than a whole result (RFC 9110 §15.6.3)."""

    status = 502


class OverBudget(Unanswered):
    """The client has used up what one may use in a while (RFC 6585 §4)."""

    status = 429
