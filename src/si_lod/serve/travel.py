"""Any address as it was in a release: ``/release/{version}/...`` is the application again, over that release.

The prefix becomes part of where the application runs (``SCRIPT_NAME``, PEP 3333), so every route answers there as
it does at the root, and links stay within the release.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from si_lod.releases import Releases

SHELF: Final = "/release"
"""Where the releases are listed; each is below it."""

_NAMED: Final = "si_lod.version"


@dataclass(frozen=True, slots=True)
class Travel:
    """The application, over each of the releases by its address."""

    app: WSGIApplication
    releases: Releases

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request; an address of no release is left as it is, and leads nowhere."""
        version, slash, rest = environ.get("PATH_INFO", "").removeprefix(f"{SHELF}/").partition("/")
        is_below = environ.get("PATH_INFO", "").startswith(f"{SHELF}/{version}/")
        # A shelf within a release would give everything a second address.
        if is_below and not f"/{rest}/".startswith(f"{SHELF}/") and self.releases.holds(version):
            root = environ.get("SCRIPT_NAME", "").rstrip("/") + address_of(version)
            environ = {**environ, "SCRIPT_NAME": root, "PATH_INFO": slash + rest, _NAMED: version}
        return self.app(environ, start_response)


def named_version(environ: Mapping[str, object]) -> str:
    """Return the version that the request's address names, or nothing."""
    return str(environ.get(_NAMED, ""))


def address_of(version: str) -> str:
    """Return where a release has its addresses below where the application runs, or nothing for no version."""
    return f"{SHELF}/{version}" if version else ""
