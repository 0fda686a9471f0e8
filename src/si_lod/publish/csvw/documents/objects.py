"""JSON objects that know the line they begin on, so that a wrong key can be pointed at."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

BRACE: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)


class Members(dict[str, object]):
    """The members of one JSON object, with the physical line of its opening brace and the keys it has twice."""

    def __init__(self, pairs: list[tuple[str, object]], line: int) -> None:
        super().__init__(pairs)
        self.line = line
        keys = [key for key, _ in pairs]
        self.repeated = sorted({key for key in keys if keys.count(key) > 1})


def parse(text: str) -> object:
    """Return the JSON value, its objects as ``Members``.

    Raises json.JSONDecodeError, with line and column, for what is not JSON (RFC 8259); that includes the
    constants NaN and Infinity and half a surrogate pair, which Python's reader would take.
    """
    _refuse_surrogates(text, json.loads(text))
    lines = _lines_of_objects(text)
    return json.loads(
        text,
        object_pairs_hook=lambda pairs: Members(pairs, next(lines)),
        parse_constant=lambda name: _refuse(text, name),
    )


def _lines_of_objects(text: str) -> Iterator[int]:
    """Yield each object's first line in the order in which the objects end, which is the order of the hook."""
    opened: list[int] = []
    line, past = 1, 0
    for match in BRACE.finditer(text):
        line += text.count("\n", past, match.start())
        past = match.start()
        if match[0] == "{":
            opened.append(line)
        elif match[0] == "}":
            yield opened.pop()


def _refuse_surrogates(text: str, value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        place = max(text.lower().find("\\ud"), 0)
        raise json.JSONDecodeError(told("half a surrogate pair is no character"), text, place) from error


def _refuse(text: str, name: str) -> None:
    raise json.JSONDecodeError(told("{name} is not JSON", name=name), text, max(text.find(name), 0))
