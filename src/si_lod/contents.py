"""What an endpoint answers, as it arrives: whole, of the type that was asked for, and text."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from si_lod.sentences import told

if TYPE_CHECKING:
    from http.client import HTTPResponse
    from urllib.error import HTTPError

_MOST_OF_ERROR: Final = 64 * 1024


def refuse_user(endpoint: str) -> None:
    """Raise ValueError for an address that has a user in it, or is none."""
    if "@" in urlsplit(endpoint).netloc:
        raise ValueError(told("no user or password may stand in its address"))


def whole_text(response: HTTPResponse, types: frozenset[str], most: int) -> str:
    """Return the content as text; raises ValueError if it is of another type, cut off, too long or no UTF-8."""
    with response:
        media_type = response.headers.get_content_type()
        if media_type not in types:
            raise ValueError(told("it is {found}, expected {types}", found=media_type, types=", ".join(sorted(types))))
        content = response.read(most + 1)
        if len(content) > most:
            raise ValueError(told("it has more than {most:,} bytes; ask for a part at a time", most=most))
        if response.length:
            raise ValueError(told("it is cut off"))
        return content.decode()


def boolean(text: str) -> bool:
    """Return what an ASK query is answered; raises ValueError, LookupError or TypeError where that is no answer."""
    answer = json.loads(text)["boolean"]
    if not isinstance(answer, bool):
        raise TypeError(told("it is neither true nor false"))
    return answer


def beginning(error: HTTPError) -> bytes:
    """Return the beginning of the content of an answer that is an error; nothing if it breaks off."""
    try:
        return error.read(_MOST_OF_ERROR)
    except (HTTPException, OSError):
        return b""
