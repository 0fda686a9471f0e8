"""Where the engine is, and who this service is to it."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from si_lod.errors import InvalidSetting
from si_lod.sentences import told

_USER: Final = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*:/*)?.*@", re.DOTALL)
"""A user and a password, as far as they can reach where somebody has written them without an escape."""
_BLANK: Final = re.compile(r"[\x00-\x20\x7f]")
"""What stands in no address (RFC 3986 §2), and what the library would leave out unsaid."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, or nobody."""

    user: str = ""
    password: str = field(default="", repr=False)

    def basic(self) -> str:
        """Return the value of the header Authorization that says so as it is (RFC 7617)."""
        return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"


def endpoint_of(text: str) -> str:
    """Return the address of an engine; raises InvalidSetting for a text that is none, or has a user in it."""
    if is_address(text) and "@" not in urlsplit(text).netloc:
        return text
    if "@" in text:
        message = told(
            "the engine: expected an address without a user or a password in it, such as "
            'http://localhost:7878/query, found "{text}"; give the user by --engine-user and the password in '
            "SI_LOD_ENGINE_PASSWORD",
            text=without_user(text),
        )
        raise InvalidSetting(message)
    raise InvalidSetting(
        told('the engine: expected an address such as http://localhost:7878/query, found "{text}"', text=text)
    )


def is_address(text: str) -> bool:
    """Return whether that is the address of something that HTTP is spoken with (RFC 9110 §4.2)."""
    try:
        parts = urlsplit(text)
        return (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and not _BLANK.search(text)
        )
    except ValueError:
        return False


def without_user(address: str) -> str:
    """Return the address as it may be shown to anybody: with an ellipsis for whatever stands before an @."""
    return _USER.sub(r"\1…@", address)
