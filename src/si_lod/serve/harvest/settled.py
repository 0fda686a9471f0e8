"""A small description that is the same until what it describes changes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from flask import request

from si_lod.serve.opened import digest_of
from si_lod.serve.replies.reply import Reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Response

    from si_lod.serve.replies.links import Link
    from si_lod.serve.visit import Visit


def settled(visit: Visit, media_type: str, make: Callable[[], bytes], links: tuple[Link, ...] = ()) -> Response:
    """Return the content, which is small, with a validator that is its own.

    It is made for the validator once, and after that for who has it not.
    """
    content = cache(make)
    digest = known_digest(visit, request.path, lambda: (content().decode(),))
    return Reply(media_type, tag="bytes", links=links, digest=digest).respond(visit, content)


def known_digest(visit: Visit, path: str, parts: Callable[[], Iterable[str]]) -> str:
    """Return the digest of what is at ``path``; the parts that it is made of are asked for once in each release.

    What raises is not known, so there are no more digests than there are addresses with something at them.
    """
    digests, name = visit.serving.digests, f"{visit.named} {path}"
    if name not in digests:
        digests[name] = digest_of(*parts())
    return digests[name]
