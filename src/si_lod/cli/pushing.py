"""``si-lod push``: a release into the engine of another machine."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from si_lod.cli.manner import quiet_option, tell
from si_lod.cli.options import releases_option, setting_options, settings
from si_lod.cli.speech import Spoken
from si_lod.releases import Releases
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections import Counter
    from typing import Any


@click.command(cls=Spoken)
@releases_option
@click.option("--to", "address", metavar="URL", required=True, help="Graph store of the engine.")
@click.option("--version", help="The release; default: the current one.")
@click.option(
    "--keep", type=click.IntRange(0, 1000), default=2, show_default=True, help="How many other releases stay there."
)
@click.option(
    "--seconds", type=click.IntRange(1, 86400), default=600, show_default=True, help="Time for each step of the engine."
)
@click.option(
    "--by-value", is_flag=True, help="Take an engine that writes literals otherwise, with the same value and datatype."
)
@click.option(
    "--alone", is_flag=True, help="No other push is under way: take away at once what stopped ones have left."
)
@setting_options("engine", "engine_user")
@quiet_option
def push(  # noqa: PLR0913  the options of a command
    address: str, version: str | None, keep: int, seconds: int, *, by_value: bool, alone: bool, **options: Any
) -> None:
    """Put a release into an engine by the SPARQL 1.1 Graph Store HTTP Protocol, for si-lod serve --engine.

    Each push makes a graph of its own. It is read back and compared with what was sent; only then it is the one that
    servers read, and the current one on the engine's shelf, a small graph. With --engine it is also asked by a query,
    and the example queries are tried. The password is in SI_LOD_ENGINE_PASSWORD.

    What a push left that was stopped halfway, another takes away when its time is over, or at once with --alone.

    Some engines write literals otherwise than they were sent, such as 1.50 as 1.5. That is refused, unless
    --by-value takes it; another value or datatype is always refused.

    \b
    si-lod push --to http://db.example:7878/store --engine http://db.example:7878/query
    SI_LOD_ENGINE_PASSWORD=... si-lod push --to https://db.example/rdf/data --engine-user publisher
    """  # noqa: D301 - click wants \b as it is
    from si_lod.engine.remote.holding.graphstore import GraphStore
    from si_lod.engine.remote.pushing import Push
    from si_lod.engine.remote.speaking.credentials import Credentials, endpoint_of
    from si_lod.engine.remote.speaking.exchange import Exchange
    from si_lod.engine.remote.transfer.trial import misanswered

    # What is wrong with the engine is told by the command itself, not as a service tells it in its log.
    logging.getLogger("si_lod.engine.remote").setLevel(logging.CRITICAL)
    chosen = settings(**options)
    shelf = Releases(chosen.releases)
    release = shelf.open(version) if version else shelf.current()
    credentials = Credentials(chosen.engine_user, chosen.engine_password)
    store = GraphStore(endpoint_of(address), credentials, float(seconds))
    exchange = Exchange(endpoint_of(chosen.engine), credentials) if chosen.engine else None
    pushed = Push(release, store, keep, exchange, by_value, is_alone=alone).run()
    if pushed.cleared:
        tell(told("graphs that stopped pushes had left, taken away: {graphs}", graphs=pushed.cleared))
    known = {"version": release.manifest.version, "triples": release.manifest.triples, "address": address}
    if pushed.was_sent:
        tell(told("{version}: {triples} triples sent to {address}, read back and found the same", **known))
    else:
        tell(told("{version}: its {triples} triples are in {address} already, and are the same", **known))
    _warn(pushed.rewritten, list(misanswered(release, exchange)) if exchange else [])


def _warn(rewritten: Counter[str], queries: list[str]) -> None:
    from si_lod.engine.remote.transfer.comparing import kinds

    if rewritten:
        warning = told(
            "warning: the engine writes literals otherwise than they were sent, with the same values and "
            "datatypes: {kinds}",
            kinds=kinds(rewritten),
        )
        tell(warning, wrong=True)
    if queries:
        warning = told(
            "warning: the engine answers these example queries of the release otherwise than its own store does: "
            "{names}",
            names=", ".join(queries),
        )
        tell(warning, wrong=True)
