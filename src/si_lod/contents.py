"""What an endpoint answers, as it arrives: whole, of the type that was asked for, and text."""

from __future__ import annotations

import json
from http.client import HTTPException
from typing import TYPE_CHECKING, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from si_lod.foreign import in_one_line
from si_lod.misreadings import no_json, reason_of
from si_lod.quoting import Quoted
from si_lod.sentences import Sentence, told

if TYPE_CHECKING:
    from http.client import HTTPResponse

_MOST_OF_ERROR: Final = 64 * 1024


def refuse_user(endpoint: str) -> None:
    """Raise ValueError for an address that has a user in it."""
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
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise ValueError(told("it is no UTF-8 at byte {place}", place=error.start)) from None


def boolean(text: str) -> bool:
    """Return what an ASK query is answered; raises ValueError where that is no answer."""
    found = json.loads(text)
    answer = found.get("boolean") if isinstance(found, dict) else None
    if not isinstance(answer, bool):
        raise ValueError(told("it is neither true nor false"))  # noqa: TRY004  it is what was answered, not our type
    return answer


def no_answer(error: Exception) -> Sentence:
    """Return why there is no answer, or none that can be used."""
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, OSError):
        return reason_of(reason)
    if isinstance(reason, json.JSONDecodeError):
        return no_json(reason.msg)
    said = reason.args[0] if isinstance(reason, Exception) and reason.args else reason
    return said if isinstance(said, Sentence) else Quoted.text(in_one_line(str(reason)) or type(error).__name__)


def beginning(error: HTTPError) -> bytes:
    """Return the beginning of the content of an answer that is an error; nothing if it breaks off."""
    try:
        return error.read(_MOST_OF_ERROR)
    except (HTTPException, OSError):
        return b""
