"""``si-lod serve``: a release over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.options import misspelt, releases_option, setting_options, settings
from si_lod.cli.speech import Spoken
from si_lod.sentences import told

if TYPE_CHECKING:
    from typing import Any


@click.command(cls=Spoken)
@releases_option
@click.option("--host", help="Address to listen on; SI_LOD_HOST; default: 127.0.0.1.")
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on; SI_LOD_PORT; default: 8000.")
@click.option("--workers", type=click.IntRange(1, 64), help="Web worker processes; SI_LOD_WORKERS; default: 2.")
@click.option(
    "--memory", type=click.IntRange(0, 65536), help="MB of answers each worker keeps; SI_LOD_MEMORY; default: 64."
)
@click.option("--prefix", help="Path below which a proxy publishes the service; SI_LOD_PREFIX; default: none.")
@click.option(
    "--proxy-hops", type=click.IntRange(0, 9), help="Trusted proxies in front; SI_LOD_PROXY_HOPS; default: 0."
)
@click.option(
    "--access-log", type=click.IntRange(0, 1), help="1: a line of JSON per request; SI_LOD_ACCESS_LOG; default: 0."
)
@setting_options(
    "worker_memory",
    "compare_seconds",
    "evaluators",
    "query_seconds",
    "query_memory",
    "result_size",
    "result_room",
    "result_cache",
    "time_budget",
    "error_budget",
    "budget_store",
    "engine",
    "engine_user",
)
@quiet_option
def serve(**options: Any) -> None:
    """Serve the current release over HTTP until stopped.

    \b
    si-lod serve --port 8080
    SI_LOD_RELEASES=/srv/releases si-lod serve --host 0.0.0.0 --workers 4
    si-lod serve --prefix /monitor --proxy-hops 1      behind a proxy, as https://example.org/monitor/
    si-lod serve --host ::1                            on IPv6
    si-lod serve --query-seconds 60 --time-budget 120/minute
    si-lod serve --engine http://db.example:7878/query    the release is held there, by si-lod push
    """  # noqa: D301 - click wants \b as it is
    from si_lod.serve.server import prepare

    chosen = settings(**options)
    for name, meant in misspelt():
        message = told(
            "{name}: no setting has this name, so it says nothing; is {meant} meant?", name=name, meant=meant
        )
        tell(message, wrong=True)
    run = prepare(chosen)
    for fault in run.faults:
        tell(told("not served: {fault}", fault=str(fault)), wrong=True)
    host = f"[{chosen.host}]" if ":" in chosen.host and not chosen.host.startswith("[") else chosen.host
    address = f"http://{host}:{chosen.port}{chosen.prefix.rstrip('/')}/"
    tell(told("serving {version} on {address}", version=run.version, address=address), aside=True)
    run()
