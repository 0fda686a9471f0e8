"""The application: routes, error handlers and manners put together, nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from flask import Flask

from si_lod.engine.sharing.budgets import Budgets
from si_lod.releases import Releases
from si_lod.serve import manners, pages, spelling
from si_lod.serve.assets import assets
from si_lod.serve.current import SOON, Current
from si_lod.serve.documents.definitions import Definitions
from si_lod.serve.documents.resources import Resources
from si_lod.serve.documents.timemap import TimeMaps
from si_lod.serve.harvest.catalogs import Catalogs
from si_lod.serve.harvest.crawling import Crawling
from si_lod.serve.harvest.descriptions import Descriptions
from si_lod.serve.harvest.dumps import Dumps
from si_lod.serve.harvest.feeds import Feeds
from si_lod.serve.health import Health
from si_lod.serve.overviews.charts import Charts
from si_lod.serve.overviews.embedding import Embedding
from si_lod.serve.overviews.geography import Atlas
from si_lod.serve.overviews.home import Home
from si_lod.serve.overviews.listing import Lists
from si_lod.serve.overviews.searching import Search
from si_lod.serve.problems.handlers import Problems
from si_lod.serve.releases.files import Files
from si_lod.serve.releases.history import History
from si_lod.serve.releases.records import Records
from si_lod.serve.releases.rehearsal import Rehearsal
from si_lod.serve.replies import conditions
from si_lod.serve.sparql.completion import Completion
from si_lod.serve.sparql.endpoint import Endpoint
from si_lod.serve.sparql.queries import Queries, places_of
from si_lod.serve.sparql.showing import Showing
from si_lod.serve.transport.accounts import Accounts
from si_lod.serve.transport.asking import Asking
from si_lod.serve.transport.content import MOST
from si_lod.serve.transport.deployment import Deployment, checked_prefix
from si_lod.serve.transport.figures import Figures
from si_lod.serve.transport.gateway import Gateway
from si_lod.serve.transport.kept import Kept
from si_lod.serve.transport.lanes import Lanes
from si_lod.serve.transport.log import RequestLog, lost
from si_lod.serve.transport.outlet import Outlet
from si_lod.serve.travel import Travel

if TYPE_CHECKING:
    from si_lod.settings import Settings


def create_app(releases: Releases, queries: Queries | None = None) -> Flask:
    """Return the WSGI application over ``releases``; it opens the current one when a request needs it.

    ``queries`` says how clients' queries are bounded; without it, they are evaluated in this process and are not.
    """
    current = Current(releases, queries.evaluation if queries else None)
    return _flask(current, Figures(), queries.budgets if queries else Budgets())


def create_gateway(
    settings: Settings, figures: Figures, queries: Queries | None = None, lanes: Lanes | None = None
) -> Gateway:
    """Return the ASGI application as it is deployed: with its memory, its limits and its place behind proxies.

    The release is opened now if there is one, so that the first request need not wait for it; but an engine on another
    machine is not waited for. ``queries`` and ``lanes`` are what the settings say of them, for whoever has made them.
    """
    queries = queries or Queries.of(settings, figures.count_query, figures.folder)
    current = Current(Releases(settings.releases), queries.evaluation)
    current.open(SOON if settings.engine else None)
    return gateway_over(current, settings, figures, queries.budgets, lanes)


def gateway_over(
    current: Current, settings: Settings, figures: Figures, budgets: Budgets, lanes: Lanes | None = None
) -> Gateway:
    """Return the ASGI application over what ``current`` opens, which also says where clients' queries go."""
    app = _flask(current, figures, budgets)
    deployment = Deployment(app, checked_prefix(settings.prefix), settings.proxy_hops)
    log = RequestLog(Outlet(sys.stdout.fileno(), lost), settings.proxy_hops) if settings.access_log else None
    kept = Kept(settings.memory * 1024 * 1024, current.epoch)
    asking = Asking(deployment, lanes or Lanes.of(places_of(settings), is_remote=bool(settings.engine)))
    return Gateway(asking, kept, Accounts(figures, log), deployment.root)


def _flask(current: Current, figures: Figures, budgets: Budgets) -> Flask:
    app = Flask("si_lod.serve", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST
    app.url_map.merge_slashes = False
    manners.init_app(app)
    spelling.init_app(app)
    conditions.init_app(app)
    pages.init_app(app)
    Problems(current).init_app(app)
    app.register_blueprint(Endpoint(current, budgets, Showing(budgets.charge_seconds)).blueprint())
    rooms = (
        Resources,
        Completion,
        Home,
        Charts,
        Embedding,
        History,
        Records,
        Rehearsal,
        TimeMaps,
        Lists,
        Search,
        Files,
        Atlas,
        Catalogs,
        Dumps,
        Descriptions,
        Crawling,
        Feeds,
        Definitions,
    )
    for room in rooms:
        app.register_blueprint(room(current).blueprint())
    app.register_blueprint(assets())
    app.register_blueprint(Health(current, figures).blueprint())
    app.wsgi_app = Travel(app.wsgi_app, current.releases)  # type: ignore[method-assign]
    return app
