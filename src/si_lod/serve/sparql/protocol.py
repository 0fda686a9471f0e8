"""The SPARQL 1.1 Protocol §2.1: what an HTTP request asks for, before anything is known of the query.

``query`` may come in the URL, in a form, or as the content itself; the dataset in the URL or the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import parse_qsl

from si_lod.errors import InvalidRequest, Refused, UnsupportedMediaType
from si_lod.sentences import told

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from si_lod.sentences import Sentence

PARAMETERS: Final = frozenset({"query", "default-graph-uri", "named-graph-uri", "format", "timeout", "size"})
"""What the address and a form may say: of the protocol, and what is added to it."""
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MOST_FIELDS: Final = 1000
_SECONDS: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
_LEAST_SECONDS: Final = 0.1
"""Whoever wants an answer sooner wants none: what is ended costs more than most answers."""
Fields = list[tuple[str, str]]


def fields_of(request: Request) -> Fields:
    """Return what a request says, in the URL and then in a form or as the query itself, each as often as it is there.

    Raises InvalidRequest (no UTF-8, too many), Refused (an update) or UnsupportedMediaType.
    """
    fields = _fields(request.environ.get("QUERY_STRING", "").encode("latin-1"), told("the address"))
    if request.method == "POST":
        fields += _content(request)
    # A form sends lines with the ends that mail has, whichever the person typed (HTML §4.10.22.4).
    return [(name, value.replace("\r\n", "\n")) for name, value in fields] if _is_brief(fields) else fields


def first(fields: Fields, name: str) -> str:
    """Return the value of the first field of that name, or nothing."""
    return next((value for field, value in fields if field == name), "")


@dataclass(frozen=True, slots=True)
class Operation:
    """A query operation; ``query`` is None where there is none, ``format`` the name that ``format=`` gave.

    ``seconds`` is what ``timeout=`` gave, None where it is not there; ``is_brief`` says that what is short is to be
    led to its own address.
    """

    query: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str
    seconds: float | None = None
    size: str = ""
    is_brief: bool = False

    @classmethod
    def of(cls, fields: Fields) -> Self:
        """Return the operation that a request with these fields describes.

        Raises InvalidRequest (several queries, no time) or Refused (an update).
        """
        if any(name == "update" for name, _ in fields):
            raise Refused(told("update: this endpoint only reads; send a query"))
        queries = _values(fields, "query")
        if len(queries) > 1:
            raise InvalidRequest(told("query: expected one, found {number}", number=len(queries)))
        return cls(
            # What an editor of files may put before a text (RFC 3629 §6).
            query=queries[0].removeprefix("\ufeff") if queries else None,
            default_graphs=_values(fields, "default-graph-uri"),
            named_graphs=_values(fields, "named-graph-uri"),
            format=first(fields, "format"),
            seconds=_seconds(first(fields, "timeout")),
            size=first(fields, "size"),
            is_brief=_is_brief(fields),
        )


def _is_brief(fields: Fields) -> bool:
    return first(fields, "redirect") == "short"


def _content(request: Request) -> Fields:
    kind = request.mimetype
    if kind == _UPDATE:
        raise Refused(told("{update}: this endpoint only reads; send {query}", update=_UPDATE, query=_QUERY))
    if kind not in {_FORM, _QUERY}:
        raise UnsupportedMediaType(
            told('Content-Type: expected {query} or {form}, found "{kind}"', query=_QUERY, form=_FORM, kind=kind)
        )
    if request.mimetype_params.get("charset", "utf-8").lower() not in {"utf-8", "utf8"}:
        raise UnsupportedMediaType(told("Content-Type: expected UTF-8, the only encoding of SPARQL"))
    if (coding := request.headers.get("Content-Encoding", "identity").strip().lower()) != "identity":
        raise UnsupportedMediaType(
            told('Content-Encoding: expected none, found "{coding}"; it is not unpacked here', coding=coding[:40])
        )
    content = request.get_data()
    return _fields(content, told("the form")) if kind == _FORM else [("query", _text(content))]


def _fields(content: bytes, where: Sentence) -> Fields:
    try:
        return parse_qsl(
            _text(content), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise InvalidRequest(told("{where}: expected UTF-8 in percent-encoding", where=where)) from None
    except ValueError:
        raise InvalidRequest(told("{where}: expected at most {most} fields", where=where, most=_MOST_FIELDS)) from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidRequest(
            told("expected UTF-8, found another byte at position {place}", place=error.start)
        ) from None


def _seconds(text: str) -> float | None:
    """Return the seconds that ``timeout=`` asks for; raises InvalidRequest unless they are a number of some size."""
    if not text:
        return None
    if not _SECONDS.fullmatch(text) or float(text) < _LEAST_SECONDS:
        raise InvalidRequest(
            told(
                'timeout: expected seconds such as 5 or 0.5, at least {least}, found "{found}"',
                least=_LEAST_SECONDS,
                found=text[:20],
            )
        )
    return float(text)


def _values(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(value for field, value in fields if field == name)
