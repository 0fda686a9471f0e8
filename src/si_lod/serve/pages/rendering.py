"""From a template and what it shows to HTML, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from flask import render_template
from flask_babel import Babel, force_locale, get_locale
from pyoxigraph import NamedNode

from si_lod.errors import Unanswered
from si_lod.serve.pages.citing.citation import issued, licences
from si_lod.serve.pages.vocabulary import DCAT, TYPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.view import View

_CATALOG: Final = NamedNode(f"{DCAT}Catalog")
FORMATS: Final = {
    "text/html": "HTML",
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF/XML",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
    "text/csv": "CSV",
    "image/svg+xml": "SVG",
    "text/plain": "TXT",
    "application/json": "JSON",
    "application/rdf-patch": "RDF Patch",
    "application/x-bibtex": "BibTeX",
    "application/vnd.citationstyles.csl+json": "CSL-JSON",
}
"""What people call the media types."""

_CITING: Final = frozenset({"application/x-bibtex", "application/vnd.citationstyles.csl+json"})
"""The media types of how to cite a page, which stand apart from those of what it says."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that the page can be read in, by the name that its speakers call it.

    ``locale`` is what Open Graph calls it: the language with the country that it is written for.
    """

    tag: str
    name: str
    href: str
    locale: str


def init_app(app: Flask) -> None:
    """Give ``app`` what pages need: the message catalogues and the settings of its templates.

    The source language of the interface is English; a language without a catalogue gets that.
    """
    Babel(app, default_locale="en", default_translation_directories="translations")
    app.jinja_env.filters["tongue"] = tongue
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def tongue(tag: str) -> str:
    """Return what a language is called in that of the page, or its tag where Babel knows no name for it."""
    try:
        return Locale.parse(tag, sep="-").get_language_name(get_locale() or "en") or tag
    except (ValueError, UnknownLocaleError):
        return tag


def render(view: View, template: str, *, alternates: Sequence[tuple[str, str]] = (), **shown: object) -> str:
    """Return the HTML of ``template``; needs an application context but no request.

    Of ``alternates``, (media type, href), those that say how to cite the page are given apart.
    """
    with force_locale(str(view.locale)):
        return render_template(
            template,
            view=view,
            released=issued(view),
            tongues=tongues(view),
            format_names=FORMATS,
            has_catalogue=_has_catalogue(view),
            alternates=[one for one in alternates if one[0] not in _CITING],
            citing=[one for one in alternates if one[0] in _CITING],
            **shown,
        )


def render_with_licence(
    view: View, template: str, *, alternates: Sequence[tuple[str, str]] = (), **shown: object
) -> str:
    """Return the HTML of ``template`` with the licence of the data at its foot, for which the engine is asked."""
    return render(view, template, alternates=alternates, licences=licences(view), **shown)


def _has_catalogue(view: View) -> bool:
    """Return the same as far as it can be known: a page that tells what went wrong has no other need of the engine."""
    try:
        return view.known(has_catalogue)
    except Unanswered:
        return False


def has_catalogue(engine: Engine, _: Manifest) -> bool:
    """Return whether the release tells what it can be had as."""
    return any(engine.match(None, NamedNode(TYPE), _CATALOG, most=1))


def tongues(view: View) -> list[Tongue]:
    """Return the languages of the site, in its order."""
    found = []
    for tag in view.manifest.site.languages:
        locale = replace(view, language=tag).locale
        name = locale.get_language_name() or tag
        likely = str(get_global("likely_subtags").get(str(locale), locale)).split("_")
        full = f"{locale.language}_{locale.territory or likely[-1]}"
        found.append(Tongue(tag, name[:1].upper() + name[1:], view.switch(tag), full))
    return found
