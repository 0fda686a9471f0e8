"""Why a graph store did not do what it was asked: what was expected there, what was found, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException
from typing import TYPE_CHECKING, Final

from si_lod.foreign import MOST, in_one_line
from si_lod.sentences import told

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from urllib.error import HTTPError

    from si_lod.sentences import Sentence

_PAGES: Final = frozenset(["text/html", "application/xhtml+xml", "application/json", "text/xml", "application/xml"])
"""What a website answers, and no engine that is asked for N-Triples."""
_UNKNOWN, _FORBIDDEN, _TOO_LARGE = 401, 403, 413
_REDIRECTS: Final = range(300, 400)
_NOT_THERE: Final = frozenset([400, 404, 405, 406, 410, 415, 501])
"""How what is no graph store answers to what only a graph store does."""
_FAULTS: Final = range(500, 600)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of the store at ``address``; ``user`` is who asked, empty for nobody."""

    address: str
    method: str
    user: str

    def refused(self, error: HTTPError) -> Sentence:
        """Return what is said of an answer that is no success (RFC 9110 §15.4 to §15.6)."""
        found = _found(error)
        if error.code in _REDIRECTS:
            return told(
                "{address}: expected a graph store, found a redirect to {there}; "
                "if that is the engine, give its own address to --to",
                address=self.address,
                there=in_one_line(error.headers.get("Location", "?")),
            )
        if error.code == _UNKNOWN:
            return self._unknown(found)
        if error.code == _FORBIDDEN:
            return told(
                "{address}: {method} is refused: {found}; if the engine is read-only, start it as one that takes "
                "writing, else push as a user who may write (--engine-user)",
                address=self.address,
                method=self.method,
                found=found,
            )
        return self._other(error.code, found)

    def _unknown(self, found: str) -> Sentence:
        if not self.user:
            return told(
                "{address}: the engine wants to know who writes: {found}; "
                "give a user by --engine-user and the password in SI_LOD_ENGINE_PASSWORD",
                address=self.address,
                found=found,
            )
        return told(
            '{address}: the engine does not know the user "{user}" with this password: {found}; '
            "look at --engine-user and SI_LOD_ENGINE_PASSWORD",
            address=self.address,
            user=self.user,
            found=found,
        )

    def _other(self, code: int, found: str) -> Sentence:
        if code in _NOT_THERE and self.method == "GET":
            return self.no_store(found)
        if code in _NOT_THERE:
            return told(
                "{address}: expected a graph store that takes writing (SPARQL 1.1 Graph Store HTTP Protocol), found at "
                "{method}: {found}; give --to the address that the engine has for it, such as "
                "http://localhost:7878/store, or start the engine as one that is not read-only",
                address=self.address,
                method=self.method,
                found=found,
            )
        if code == _TOO_LARGE:
            return told(
                "{address}: the release is larger than what is taken there: {found}; "
                "raise the engine's limit for what it is sent, or that of the proxy before it",
                address=self.address,
                found=found,
            )
        if code in _FAULTS:
            return told(
                "{address}: the engine failed at {method}: {found}; its own log has the reason: is its disk full?",
                address=self.address,
                method=self.method,
                found=found,
            )
        return self._failed(found)

    def no_store(self, found: object) -> Sentence:
        """Return what is said where something else is than a graph store."""
        return told(
            "{address}: expected a graph store (SPARQL 1.1 Graph Store HTTP Protocol), found: {found}; give --to the "
            "address that the engine has for it, such as http://localhost:7878/store",
            address=self.address,
            found=found,
        )

    def page(self, headers: HTTPMessage) -> Sentence | None:
        """Return what is said if what was answered to a request for a graph is what websites answer, else None."""
        kind = headers.get_content_type()
        return self.no_store(told("content of type {kind}", kind=kind)) if kind in _PAGES else None

    def _failed(self, reason: str) -> Sentence:
        return told("{address}: {method} failed: {reason}", address=self.address, method=self.method, reason=reason)


def _found(error: HTTPError) -> str:
    """Return the status and the beginning of what was said with it, but nothing of a page."""
    try:
        said = error.read(MOST).decode(errors="replace").strip()
    except (HTTPException, OSError):
        said = ""
    status = in_one_line(f"{error.code} {error.reason}".strip())
    return status if not said or said.startswith("<") else f"{status}: {in_one_line(' '.join(said.split()))}"
