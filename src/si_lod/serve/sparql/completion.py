"""The names that the query page's editor completes, as JSON from the release."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint

from si_lod.serve.pages import completion
from si_lod.serve.replies.reply import Reply
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from flask import Response

    from si_lod.serve.current import Current


@dataclass(frozen=True, slots=True)
class Completion:
    """The route of what can be completed, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the route."""
        routes = Blueprint("completion", __name__)
        routes.add_url_rule("/sparql/terms.json", "terms", self.terms)
        return routes

    def terms(self) -> Response:
        """Return prefixes, classes and properties, named in the reader's language."""
        visit = Visit.of(self.current)
        reply = Reply(
            "application/json",
            tag=f"terms-{visit.language}",
            vary=() if visit.chosen else ("Accept-Language",),
            language=visit.language,
        )
        return reply.respond(visit, lambda: json.dumps(completion(visit.view), ensure_ascii=False))
