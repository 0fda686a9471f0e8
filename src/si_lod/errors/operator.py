"""What whoever runs the service, or a command, can mend."""

from __future__ import annotations

from si_lod.errors.base import LodError


class OperatorError(LodError):
    """The machine or the configuration is wrong; whoever runs the service can mend it."""


class InvalidSetting(OperatorError):
    """A setting has a value that cannot be used."""

    exit_status = 2


class NoRelease(OperatorError):
    """There is no release to open, or it is not whole."""


class Damaged(NoRelease):
    """The store of a release is not as it was written; ``reason`` says what of it, and names no folder."""

    def __init__(self, message: str, *, reason: str) -> None:
        self.reason = reason
        super().__init__(message)


class StoreFailed(OperatorError):
    """The store of an open release cannot be read any more."""


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
