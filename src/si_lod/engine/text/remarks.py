"""What the comments of a query say of it to people: notes by language, and the variables that follow the reader.

::

    # note@en: Trees that two sources count are counted twice: what a source says of the
    #   trees of another is not among these data.
    # reader-language: sourceLabel
"""

from __future__ import annotations

import re
from typing import Final

CONTINUED: Final = r"(?:\n#[ \t]{2,}\S.*)*"
"""The lines that go on with what a comment says: those that stand further in."""
_NOTE: Final = re.compile(rf"^#[ \t]*note@([A-Za-z0-9-]+):[ \t]*(\S.*{CONTINUED})", re.MULTILINE)
_READ: Final = re.compile(r"^#[ \t]*reader-language:[ \t]*(\S.*?)[ \t]*$", re.MULTILINE)
_BREAK: Final = re.compile(r"\s*\n#\s*")


def notes(text: str) -> dict[str, str]:
    """Return what there is to know beside the title, by language, each as one paragraph."""
    return {language: _BREAK.sub(" ", said).strip() for language, said in _NOTE.findall(text)}


def following(text: str) -> tuple[str, ...]:
    """Return the variables, without question marks, whose words are asked in the language of who reads."""
    found = _READ.search(text)
    return tuple(name.lstrip("?") for name in found[1].replace(",", " ").split()) if found else ()
