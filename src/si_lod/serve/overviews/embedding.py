"""What others may show within their pages: figures in a frame, and how to frame them (oEmbed 1.0)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, unquote, urlsplit
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request

from si_lod.errors import InvalidRequest, NotImplementedHere, UnknownResource
from si_lod.iris import Space
from si_lod.sentences import told
from si_lod.serve.documents.gone import new_reference
from si_lod.serve.manners import policy
from si_lod.serve.pages import FRAME_HEIGHT, FRAME_WIDTH, embedded_page, frame, title_of
from si_lod.serve.replies.leading import lead
from si_lod.serve.replies.reply import Reply, page_reply
from si_lod.serve.replies.variants import HTML, chosen, split_suffix
from si_lod.serve.travel import SHELF, address_of
from si_lod.serve.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response as AnyResponse

    from si_lod.serve.current import Current
    from si_lod.serve.view import View

_EMBED: Final = "embed"
_PAGE: Final = re.compile(
    rf"(?:{SHELF}/(?P<version>[^/]+))?/(?:{Space.DOCUMENT}|{Space.THING}|{_EMBED})/(?P<reference>.+)", re.DOTALL
)
"""What is of interest in the path of a page about a thing."""


@dataclass(frozen=True, slots=True)
class Embedding:
    """The routes of frames, over the current release."""

    current: Current

    def blueprint(self) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("embedding", __name__)
        routes.add_url_rule(f"/{_EMBED}/<path:reference>", "framed", self.framed)
        routes.add_url_rule("/oembed", "oembed", self.oembed)
        return routes

    def framed(self, reference: str) -> AnyResponse:
        """Return the figures of a thing as a page that any other page may frame; what is renamed leads on."""
        visit = Visit.of(self.current)
        iri = visit.known(reference)
        if renamed := new_reference(visit, iri):
            return lead(visit.href(f"{_EMBED}/{renamed}"), 308)
        address = visit.href(f"{_EMBED}/{reference}")
        chosen(request.headers.get("Accept", ""), [HTML], [(HTML.offer.media_type, address)])
        reply = page_reply(visit, "embed-")
        response = reply.respond(visit, lambda: embedded_page(visit.view, reference, iri))
        response.headers["Content-Security-Policy"] = policy(framed_by="*")
        return response

    def oembed(self) -> Response:
        """Return how to frame the figures of the page at ``url`` (oEmbed 1.0 §2.2), as JSON or XML.

        Only the path of ``url`` counts, since the site may be reached at several hosts, and the language that it
        names where the request names none; a release that it names is the one that is framed. What is renamed is
        framed by its new name.
        """
        url = request.args.get("url", "")
        visit, (version, reference) = _in_language(Visit.of(self.current), url), _framed(url)
        media_type, write = _format()
        shown = self._at(visit, version)
        reference, iri = _living(shown, reference, url[:200])
        width, height = _size("maxwidth", FRAME_WIDTH), _size("maxheight", FRAME_HEIGHT)
        reply = Reply(
            media_type=media_type,
            tag=f"oembed-{media_type.rpartition('/')[2]}-{visit.language}-{width}-{height}",
            vary=() if visit.chosen else ("Accept-Language",),
            language=visit.language,
        )
        return reply.respond(visit, lambda: write(_told(shown.view, reference, iri, (width, height))))

    def _at(self, visit: Visit, version: str) -> Visit:
        """Return the visit in the release of that version, which may be none; raises UnknownResource."""
        if not version:
            return visit
        if not self.current.releases.holds(version):
            raise UnknownResource(
                told(
                    "{path}: there is no release of this name; {shelf} lists them",
                    path=address_of(version)[:80],
                    shelf=SHELF,
                )
            )
        return replace(visit, serving=self.current.at(version), root=visit.home + address_of(version))


def _in_language(visit: Visit, url: str) -> Visit:
    """Return the visit in the language that the query of ``url`` names, unless the request itself named one."""
    asked = dict(parse_qsl(url.partition("#")[0].partition("?")[2])).get("lang", "")
    if visit.chosen or asked not in visit.manifest.site.languages:
        return visit
    return replace(visit, language=asked, chosen=True)


def _living(visit: Visit, reference: str, url: str) -> tuple[str, str]:
    """Return the reference and the IRI of what is at ``url``, under the name that it has now.

    Raises UnknownResource or Withdrawn.
    """
    iri = visit.known(reference, url)
    renamed = new_reference(visit, iri, url)
    return (renamed, visit.known(renamed, url)) if renamed else (reference, iri)


def _told(view: View, reference: str, iri: str, size: tuple[int, int]) -> dict[str, str | int]:
    """Return what oEmbed tells of a frame (§2.3.4), by name."""
    (width, height), title = size, title_of(view, reference, iri)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": view.words(view.manifest.site.title),
        "provider_url": view.manifest.site.base,
        "html": frame(view, reference, title, str(width), height),
        "width": width,
        "height": height,
    }


def _json(answer: dict[str, str | int]) -> str:
    return json.dumps(answer, indent=2, ensure_ascii=False) + "\n"


def _xml(answer: dict[str, str | int]) -> str:
    root = ET.Element("oembed")
    for name, value in answer.items():
        ET.SubElement(root, name).text = str(value)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n{ET.tostring(root, encoding="unicode")}\n'


_FORMATS: Final = {"json": ("application/json", _json), "xml": ("text/xml", _xml)}


def _format() -> tuple[str, Callable[[dict[str, str | int]], str]]:
    """Return the media type and the writer that ``format=`` names; raises NotImplementedHere (oEmbed 1.0 §2.3)."""
    asked = request.args.get("format", "json")
    if asked not in _FORMATS:
        raise NotImplementedHere(
            told('format: expected one of {formats}, found "{found}"', formats=", ".join(_FORMATS), found=asked[:40])
        )
    return _FORMATS[asked]


def _framed(url: str) -> tuple[str, str]:
    """Return the version, if one is named, and the reference of the thing that the page at ``url`` is about.

    Raises InvalidRequest if it is about none.
    """
    try:
        found = _PAGE.search(unquote(urlsplit(url).path))
    except ValueError:
        found = None
    if found is None:
        raise InvalidRequest(
            told('url: expected the address of a page about a thing, found "{found}"', found=url[:200])
        )
    return found["version"] or "", split_suffix(found["reference"])[0]


def _size(name: str, most: int) -> int:
    """Return the size of the frame, which is never more than was asked for (oEmbed 1.0 §2.2); raises InvalidRequest."""
    text = request.args.get(name, "") or str(most)
    if not (text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) < 6):  # noqa: PLR2004  no screen is so large
        raise InvalidRequest(
            told('{name}: expected a whole number of pixels, found "{found}"', name=name, found=text[:40])
        )
    return min(int(text), most)
