"""A small description that is the same until what it describes changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.serve.opened import digest_of
from si_lod.serve.replies.reply import Reply

if TYPE_CHECKING:
    from flask import Response

    from si_lod.serve.replies.links import Link
    from si_lod.serve.visit import Visit


def settled(visit: Visit, media_type: str, content: bytes, links: tuple[Link, ...] = ()) -> Response:
    """Return the content, which is small, with a validator that is its own."""
    reply = Reply(media_type, tag="bytes", links=links, digest=digest_of(content.decode()))
    return reply.respond(visit, lambda: content)
