"""The application: routes, error handlers and manners put together, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Flask

from si_lod.serve import manners, pages, spelling
from si_lod.serve.charts import Charts
from si_lod.serve.current import Current
from si_lod.serve.definitions import Definitions
from si_lod.serve.embedding import Embedding
from si_lod.serve.history import History
from si_lod.serve.places import Places
from si_lod.serve.problems import Problems
from si_lod.serve.records import Records
from si_lod.serve.resources import Resources
from si_lod.serve.sparql import Endpoint
from si_lod.serve.timemap import TimeMaps
from si_lod.serve.travel import Travel

if TYPE_CHECKING:
    from si_lod.releases import Releases

MOST_CONTENT: Final = 4 * 1024 * 1024
"""The most bytes of a request's content: the longest query, percent-encoded."""


def create_app(releases: Releases) -> Flask:
    """Return the WSGI application over ``releases``; it opens the current one when a request needs it."""
    app = Flask("si_lod.serve")
    app.config["MAX_CONTENT_LENGTH"] = MOST_CONTENT
    app.url_map.merge_slashes = False
    current = Current(releases)
    manners.init_app(app)
    spelling.init_app(app)
    pages.init_app(app)
    Problems(current).init_app(app)
    for room in (Resources, Endpoint, Places, Charts, Embedding, History, Records, TimeMaps, Definitions):
        app.register_blueprint(room(current).blueprint())
    app.wsgi_app = Travel(app.wsgi_app, releases)  # type: ignore[method-assign]
    return app
