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
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_address = False
    if is_address:
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


def without_user(address: str) -> str:
    """Return the address as it may be shown to anybody: with an ellipsis for whatever stands before an @."""
    return _USER.sub(r"\1…@", address)
