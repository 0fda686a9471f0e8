"""``si-lod rehearse``: what each portal would take of a running site, before it comes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from si_lod.cli.manner import language, quiet, tell
from si_lod.cli.options import releases_option, settings
from si_lod.cli.speech import Spoken
from si_lod.errors import CannotWrite
from si_lod.releases import Releases
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.judging import Judge
    from si_lod.rehearse.rehearsal import Rehearsal


@click.command(cls=Spoken)
@click.argument("url", default="http://127.0.0.1:8000")
@click.option("--base", default="", help="What the site's IRIs begin with; default: what its catalogue says.")
@click.option(
    "--shapes",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of official shapes: dcat-ap-3.0.1/, dcat-ap-nl-3.0.0/, nde/ ...; without it these are not asked.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    show_default=True,
    help="Tell it as text, to programs, or as a page, on standard output.",
)
@click.option(
    "--save", is_flag=True, help="Keep it beside the release that is served; the site shows it at /rehearsal."
)
@releases_option
@click.pass_context
def rehearse(context: click.Context, /, url: str, base: str, shapes: Path | None, form: str, **saving: Any) -> None:
    """Visit the running site at URL as each portal does, and tell what it would take, what it would drop, and why.

    CKAN, data.europa.eu with the points of its quality assessment, data.overheid.nl, the Dutch heritage register,
    Google Dataset Search, FAIR assessors and crawlers: the catalogue is fetched as they fetch it, and every address
    in it is visited with HEAD and GET. Placeholders that are still there are named.

    \b
    si-lod rehearse
    si-lod rehearse https://data.example.org --shapes dcat-shapes --format html > rehearsal.html
    si-lod rehearse https://data.example.org --save

    A site can be rehearsed before it is at home: IRIs below its base are visited below URL. No other host is visited.
    Exit status: 0 every portal takes everything, 1 something is dropped or lost, 3 nothing answers at URL.
    """  # noqa: D301 - click wants \b as it is
    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.form import document
    from si_lod.rehearse.page import page
    from si_lod.rehearse.rehearsal import rehearse as judged
    from si_lod.rehearse.telling import text

    shelf = Releases(settings(releases=saving["releases"]).releases) if saving["save"] else None
    served = shelf.current().manifest.version if shelf else ""
    evidence = Evidence.gather(url, base=base, shapes=_judge(shapes))
    found = judged(evidence)
    if form != "text" or not (quiet() and found.whole):
        click.echo({"text": text, "json": document, "html": page}[form](found, language()), nl=False)
    if shelf:
        _save(shelf, served, evidence, found)
    if not found.whole:
        context.exit(1)


def _judge(shapes: Path | None) -> Judge | None:
    if shapes is None:
        return None
    from si_lod.rehearse.shapes import Shapes

    return Shapes(shapes)


def _save(shelf: Releases, served: str, evidence: Evidence, found: Rehearsal) -> None:
    from si_lod.rehearsals import Rehearsals
    from si_lod.rehearse.filing import filed

    rehearsed = filed(found, evidence, served)
    if shelf.current_version() != served:
        raise CannotWrite(
            told(
                "{root}: another release than {version} was switched to meanwhile; nothing was saved; rehearse again",
                root=shelf.root,
                version=served,
            )
        )
    Rehearsals(shelf.root).keep(rehearsed)
    tell(told("saved; {address} shows it", address=f"{found.url}rehearsal"), aside=True)
