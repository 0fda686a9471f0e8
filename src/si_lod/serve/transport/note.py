"""What the application tells the transport about the answer to one request; it travels in the WSGI environment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from si_lod.serve.transport.negotiation import Offer

NOTE: Final = "si_lod.note"
"""Where the environment has it."""
BEGINNING: Final = 4000
"""How many bytes of a request's content are remembered for the log: as many characters as are told, in any script."""


@dataclass(slots=True)
class Note:
    """Filled in on the way through the application.

    ``lasting`` says that the answer is the same until the release that is served changes, for every request with
    which ``offers`` and ``languages`` lead to the same choice. ``made`` says that a representation was computed.
    ``links`` is what the Link header is to who has the representation already, None if it is the same. ``sent`` is how
    many bytes of content the request had, and ``content`` their beginning.
    """

    route: str = ""
    release: str = ""
    made: bool = False
    lasting: bool = False
    offers: tuple[Offer, ...] = ()
    languages: tuple[str, ...] = ()
    links: str | None = None
    sent: int = 0
    content: bytes = b""


def note_of(environ: Mapping[str, object]) -> Note:
    """Return the note of the request; where no transport asks for one, a note that nobody reads."""
    note = environ.get(NOTE)
    return note if isinstance(note, Note) else Note()
