"""Where the engine is, and who this service is to it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from si_lod.errors import InvalidSetting
from si_lod.sentences import told


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user and a password, or nobody."""

    user: str = ""
    password: str = field(default="", repr=False)

    def basic(self) -> str:
        """Return the value of the header Authorization that says so as it is (RFC 7617)."""
        return f"Basic {b64encode(f'{self.user}:{self.password}'.encode()).decode()}"


def endpoint_of(text: str) -> str:
    """Return the address of an engine; raises InvalidSetting for a text that is none."""
    try:
        parts = urlsplit(text)
        is_address = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        is_address = False
    if not is_address:
        message = told(
            'the engine: expected an address such as http://localhost:7878/query, without a user in it, found "{text}"',
            text=text,
        )
        raise InvalidSetting(message)
    return text
