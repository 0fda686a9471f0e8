"""Where the application runs, as readers see it: below a prefix, behind proxies that are trusted.

Nothing that a client sends is believed: the host that was asked reaches no answer, and headers of proxies count
only as far as the settings say how many proxies there are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from werkzeug.middleware.proxy_fix import ProxyFix

from si_lod.errors import InvalidSetting
from si_lod.sentences import told
from si_lod.serve.transport.addresses import OWN
from si_lod.serve.transport.environ import TARGET

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX: Final = re.compile(r"(/(?!\.{1,2}(/|$))[A-Za-z0-9._~-]+)*")
"""A prefix: segments that need no encoding and are no detour, or nothing. Two slashes would name a host."""
_FORWARDED: Final = "HTTP_X_FORWARDED_PREFIX"


def checked_prefix(prefix: str) -> str:
    """Return the prefix without a slash at its end; raises InvalidSetting for what is none.

    It may not begin as the addresses of the service do: nobody could tell whether a proxy has taken it away.
    """
    right = prefix.rstrip("/")
    if not PREFIX.fullmatch(right):
        message = told('{name}: expected a path such as /monitor, found "{text}"', name="SI_LOD_PREFIX", text=prefix)
        raise InvalidSetting(message)
    if _first(right) in OWN:
        message = told(
            "{name}: expected a path that begins otherwise than the addresses of the service, found {text}",
            name="SI_LOD_PREFIX",
            text=prefix,
        )
        raise InvalidSetting(message)
    return right


def _first(path: str) -> str:
    return path[1:].partition("/")[0]


@dataclass(frozen=True, slots=True)
class Deployment:
    """The application below ``prefix`` and behind ``hops`` proxies.

    A proxy may take the prefix away before it asks, or not: both are understood, since no address of the service
    begins as the prefix does.
    """

    app: WSGIApplication
    prefix: str = ""
    hops: int = 0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as the application below the prefix."""
        environ = dict(environ)
        root = self.root(environ.pop(_FORWARDED, ""))
        path = environ.get("PATH_INFO", "")
        if root and f"{path}/".startswith(f"{root}/"):
            environ["PATH_INFO"] = path.removeprefix(root) or "/"
            environ[TARGET] = _below(root, environ.get(TARGET, ""))
        environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + root
        if not self.hops:
            return self.app(environ, start_response)
        # The host is not taken from the proxy either: absolute addresses come from the release.
        trusting = ProxyFix(self.app, x_for=self.hops, x_proto=self.hops, x_host=0, x_port=0, x_prefix=0)
        return trusting(environ, start_response)

    def root(self, forwarded: str) -> str:
        """Return the prefix by the proxy's header, which has one value for each proxy, or else by the settings."""
        values = [value.strip().rstrip("/") for value in forwarded.split(",")]
        told = values[-self.hops] if 0 < self.hops <= len(values) else ""
        is_prefix = told and PREFIX.fullmatch(told) and _first(told) not in OWN
        return told if is_prefix else self.prefix


def _below(root: str, target: str) -> str:
    """Return the request target without the prefix, or as it is if the prefix is spelled otherwise in it."""
    rest = target.removeprefix(root)
    return rest if rest != target and rest[:1] in {"", "/", "?"} else target
