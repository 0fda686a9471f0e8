"""What a request says, as fields: in its address and then in its content.

``query`` may come in the URL, in a form, or as the content itself (SPARQL 1.1 Protocol §2.1.1 to §2.1.3); the
dataset in the URL or the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from si_lod.errors import InvalidRequest, Refused, UnsupportedMediaType
from si_lod.sentences import told

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

    from si_lod.sentences import Sentence

_SAID_ONCE: Final = ("timeout", "size")
"""Of what the address says, and a form likewise; the address goes before a form. Of formats the first counts: client
libraries send one under several names."""
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MOST_FIELDS: Final = 1000
Fields = list[tuple[str, str]]


def fields_of(request: Request) -> Fields:
    """Return what a request says, in the URL and then in a form or as the query itself, each as often as it is there.

    Raises InvalidRequest (no UTF-8, too many, two that disagree), Refused (an update) or UnsupportedMediaType.
    """
    fields = _fields(request.environ.get("QUERY_STRING", "").encode("latin-1"), told("the address"))
    if request.method == "POST":
        fields += _content(request)
    # A form sends lines with the ends that mail has, whichever the person typed (HTML §4.10.22.4).
    return [(name, value.replace("\r\n", "\n")) for name, value in fields] if is_brief(fields) else fields


def first(fields: Fields, name: str) -> str:
    """Return the value of the first field of that name, or nothing."""
    return next((value for field, value in fields if field == name), "")


def values_of(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the values of the fields of that name."""
    return tuple(value for field, value in fields if field == name)


def is_brief(fields: Fields) -> bool:
    """Return whether what is short is to be led to its own address."""
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
        fields = parse_qsl(
            _text(content), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=_MOST_FIELDS
        )
    except UnicodeDecodeError:
        raise InvalidRequest(told("{where}: expected UTF-8 in percent-encoding", where=where)) from None
    except ValueError:
        raise InvalidRequest(told("{where}: expected at most {most} fields", where=where, most=_MOST_FIELDS)) from None
    return _unambiguous(fields)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidRequest(
            told("expected UTF-8, found another byte at position {place}", place=error.start)
        ) from None


def _unambiguous(fields: Fields) -> Fields:
    """Return the fields; raises InvalidRequest where several of what can be said once say different things."""
    for name in _SAID_ONCE:
        found = dict.fromkeys(values_of(fields, name))
        if len(found) > 1:
            shown = ", ".join(value[:20] for value in [*found][:3])
            raise InvalidRequest(told("{name}: expected one, found several: {found}", name=name, found=shown))
    return fields
