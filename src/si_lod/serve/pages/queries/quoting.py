"""A query as a text of a programming language: read by that language, it is the same query.

What looks like nothing, or like something else, is written by its number: a control character, an end of a line that
is none to the language, a mark that turns the line around. All else stays as people wrote it, if the language lets it.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

_ODD: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
_BASIC: Final = 0x10000
_PIECE: Final = 300
"""So many characters make one text of R where some are written by their numbers, in ten bytes at most."""
_MOST_LINE: Final = 4000
"""So many bytes of a program are one line of it; R takes 4095."""
_MOST_ARGUMENT: Final = 100_000
"""So many bytes are one argument of a command; Linux takes 128 KiB."""


def python(text: str) -> str:
    """Return the literal of Python; raw where that can be, since queries have backslashes of their own."""
    if not _ODD.search(text) and '"""' not in text:
        return f'r"""\n{text}\n"""'
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'"""\n{_ODD.sub(_numbered, escaped)}\n"""'


def javascript(text: str) -> str:
    """Return the template literal of JavaScript (ECMA-262 §12.9.6), in which ends of lines stand as they are."""
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"`{_ODD.sub(_numbered, escaped)}`"


def r(text: str) -> str:
    """Return the expression of R: a raw text where all is ASCII, since R reads a program in the system's own encoding.

    No text of R has U+0000, which a query can write by its number (SPARQL 1.1 §19.2).
    """
    text = text.replace("\0", "\\u0000")
    if text.isascii() and not _ODD.search(text) and max(map(len, text.split("\n"))) <= _MOST_LINE:
        dashes = ""
        while f'){dashes}"' in text:
            dashes += "-"
        return f'r"{dashes}(\n{text}\n){dashes}"'
    pieces = [f'"{_r_escaped(piece)}"' for piece in _pieces(text)]
    return pieces[0] if len(pieces) == 1 else "paste0(\n{}\n)".format(",\n".join(pieces))


def shell(text: str, name: str) -> tuple[str, str]:
    """Return the options of curl that send ``text`` as a field of a form, and what follows the command.

    What is too long for an argument is its input.
    """
    if _ODD.search(text):
        option, field = "--data", f"{name}={quote(text, safe='')}"
        return (f"{option} {field}", "") if len(field) <= _MOST_ARGUMENT else (f"{option} @-", _input(field))
    if len(text.encode()) <= _MOST_ARGUMENT:
        return f"--data-urlencode {shlex.quote(f'{name}={text}')}", ""
    return f"--data-urlencode {name}@-", _input(text)


def _input(text: str) -> str:
    """Return the here-document of a shell (POSIX.1-2017, XCU 2.7.4), whose last line is none of the text."""
    lines, end = set(text.split("\n")), "QUERY"
    while end in lines:
        end += "_"
    return f" <<'{end}'\n{text}\n{end}"


def _numbered(found: re.Match[str]) -> str:
    """Return the character by its number, as Python and JavaScript write it; all odd ones have four digits."""
    return f"\\u{ord(found[0]):04x}"


def _r_escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(
        one
        if one.isascii() and not _ODD.match(one)
        else f"\\u{ord(one):04x}"
        if ord(one) < _BASIC
        else f"\\U{ord(one):08x}"
        for one in escaped
    )


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _PIECE):
        yield text[start : start + _PIECE]
