"""Lists of references as programs that keep them read them: BibTeX, and CSL-JSON (citationstyles.org).

BibTeX is written in UTF-8. A backslash does not keep a brace from being counted, so braces, like every character that
TeX or BibTeX acts upon, are written as commands; the writers of the kept libraries do not do so.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from si_lod.serve.pages.citing.works import Work

_COMMANDS: Final = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_"},
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
    }
)


def bibtex(works: Iterable[Work], kind: str) -> str:
    """Return the works as BibTeX entries, which biblatex reads too; ``kind`` is what a record of the site is called.

    The access date is left to the reader.
    """
    return "\n".join(_entry(work, kind) for work in works)


def csl(works: Iterable[Work], kind: str) -> str:
    """Return the works as CSL-JSON 1.0.2."""
    return json.dumps([_item(work, kind) for work in works], indent=2, ensure_ascii=False) + "\n"


def _entry(work: Work, kind: str) -> str:
    fields = "".join(f",\n  {name} = {{{value}}}" for name, value in _fields(work, kind) if value)
    return f"@misc{{{work.key}{fields}\n}}\n"


def _fields(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    """Yield the fields; a second pair of braces keeps a title's capitals, and a name of several words in one piece."""
    date = ("year", "month", "day")
    yield "author", " and ".join(f"{{{_plain(author)}}}" for author in work.authors)
    yield "title", f"{{{_plain(work.title.words)}}}"
    yield "howpublished", _plain(work.container)
    yield "version", _plain(work.version)
    yield from ((name, str(part)) for name, part in zip(date, work.issued, strict=False))
    yield "url", work.url
    yield "language", work.language
    yield "note", _plain(_note(work, kind))


def _item(work: Work, kind: str) -> dict[str, Any]:
    told = {
        "id": work.key,
        "type": "dataset" if work.version else "document",
        "title": _words(work.title.words),
        "author": [{"literal": _words(author)} for author in work.authors],
        "publisher": _words(", ".join(work.authors)),
        "container-title": _words(work.container),
        "version": work.version,
        "issued": {"date-parts": [list(work.issued)]} if work.issued else None,
        "URL": work.url,
        "language": work.language,
        "note": _note(work, kind),
    }
    return {name: value for name, value in told.items() if value}


def _note(work: Work, kind: str) -> str:
    return ". ".join(filter(None, (kind, work.licence))) if work.version else ""


def _plain(text: str) -> str:
    return _words(text).translate(_COMMANDS)


def _words(text: str) -> str:
    """Return the text on one line, without the characters that end or control one."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
