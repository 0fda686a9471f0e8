"""Requests that stay where they are sent."""

from __future__ import annotations

from urllib.request import HTTPRedirectHandler


class Here(HTTPRedirectHandler):
    """Goes nowhere else: an engine is where it is said to be, and who we are is told to nobody else."""

    def redirect_request(self, *_: object) -> None:
        """Return no other request."""
