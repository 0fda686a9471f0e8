"""What whoever sends requests can mend; each has its HTTP status."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from si_lod.errors.base import LodError

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClientError(LodError):
    """The request is wrong; ``status`` is the HTTP status that says so (RFC 9110 §15)."""

    status: ClassVar[int] = 400


class UnknownResource(ClientError):
    """The release says nothing about this IRI."""

    status = 404


class Withdrawn(ClientError):
    """What was at this address is published no longer (RFC 9110 §15.5.11).

    ``reasons`` are texts by language; ``successor`` is the address of what came in its place, or empty, and ``names``
    are what that is called, by language.
    """

    status = 410

    def __init__(self, message: str, *, reasons: Mapping[str, str], successor: str, names: Mapping[str, str]) -> None:
        self.reasons = dict(reasons)
        self.successor = successor
        self.names = dict(names)
        super().__init__(message)


class NotAcceptable(ClientError):
    """No representation fits what the client accepts (RFC 9110 §15.5.7)."""

    status = 406


class InvalidRequest(ClientError):
    """The request cannot be understood, whatever the release holds."""


class NotImplementedHere(ClientError):
    """What is asked for is known, and this service does not do it (RFC 9110 §15.6.2)."""

    status = 501


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
    """What is here is in another state than the one that the client insists on (RFC 9110 §15.5.13)."""

    status = 412


class NoSuchRange(ClientError):
    """The file is shorter than the range begins, ``size`` bytes (RFC 9110 §15.5.17)."""

    status = 416

    def __init__(self, message: str, *, size: int) -> None:
        self.size = size
        super().__init__(message)
