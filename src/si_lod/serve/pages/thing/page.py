"""The page of a thing: what it is, what is said of it, what is counted of it, what refers to it, and from where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal

from si_lod.iris import IriDesign
from si_lod.serve.nodes import document_iri
from si_lod.serve.pages.charts.drawable import Drawable
from si_lod.serve.pages.charts.embedding import frame, has_figures
from si_lod.serve.pages.charts.pictures import Picture
from si_lod.serve.pages.citing.citation import source
from si_lod.serve.pages.citing.works import work
from si_lod.serve.pages.cube.observations import MOST
from si_lod.serve.pages.cube.structure import Role
from si_lod.serve.pages.cube.tables import table
from si_lod.serve.pages.cube.values import Value, value
from si_lod.serve.pages.facts import Facts, of_triples
from si_lod.serve.pages.geography.atlas import at_least
from si_lod.serve.pages.queries.examples import Example
from si_lod.serve.pages.rendering import render_with_licence
from si_lod.serve.pages.structured import portrayal
from si_lod.serve.pages.thing.claims import claims
from si_lod.serve.pages.thing.contradictions import contradictions, marks
from si_lod.serve.pages.thing.incoming import referrers
from si_lod.serve.pages.thing.neighbourhood import Neighbourhood
from si_lod.serve.pages.thing.properties import Rest, groups, heading, technical
from si_lod.serve.pages.thing.rows import mentions
from si_lod.serve.pages.thing.shapes import Presentation
from si_lod.serve.pages.vocabulary import DERIVED_FROM, HAS_TARGET, SH, TYPE
from si_lod.serve.pages.words.wording import Wording

_EXECUTED: Final = (f"{SH}select", f"{SH}ask", f"{SH}construct")
"""The properties whose value is a query (SHACL-AF §5)."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.documents.description import Description
    from si_lod.serve.pages.words.wording import Link, Text
    from si_lod.serve.view import View


def thing_page(view: View, description: Description, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the page about ``description.iri``; ``alternates`` are (media type, href) of its other formats.

    Asks a fixed number of queries, however much there is to show.
    """
    thing = Neighbourhood.of(view, description)
    wording = Wording(view, thing.facts)
    top = heading(wording, thing.iri, thing.classes)
    return render_with_licence(
        view,
        "thing.html",
        iri=thing.iri,
        canonical=document_iri(view.manifest, thing.iri),
        alternates=alternates,
        heading=top,
        citation=work(view, thing.iri),
        structured=portrayal.of_thing(wording, thing),
        rows=mentions(view, description.origins),
        fate=description.fate,
        successor=_successor(view, description),
        **_said(wording, thing, top.name),
        **_around(wording, thing),
        **_drawn(wording, thing),
    )


def _successor(view: View, description: Description) -> Link | None:
    """Return what the thing is called now, where the release that is served is read; None if it is as it was."""
    found = description.fate
    if found is None or not found.successor:
        return None
    return Wording(replace(view, root=view.top), Facts.of(of_triples(found.names))).link(found.successor)


def _said(wording: Wording, thing: Neighbourhood, name: Text) -> dict[str, object]:
    """Return what the thing itself says: its properties, its value if it has one, its sources."""
    presentation = Presentation.of(wording.view, thing.types)
    return {
        "figure": _figure(wording, thing, name),
        "groups": groups(wording, presentation, thing.iri, {HAS_TARGET, *_EXECUTED}, thing.beyond),
        "technical": technical(wording, presentation, thing.iri, thing.classes, thing.beyond),
        "sources": [source(wording, one) for one in sorted(thing.facts.iris(thing.iri, DERIVED_FROM))],
        "all_sources": Rest.of(wording.view, thing.iri, DERIVED_FROM, thing.beyond),
        "all_targets": Rest.of(wording.view, thing.iri, HAS_TARGET, thing.beyond),
        "targets": table(wording, thing.structure, thing.targets),
        "other_targets": [
            wording.link(one) for one in thing.facts.iris(thing.iri, HAS_TARGET) if one not in thing.targets
        ],
    }


def _around(wording: Wording, thing: Neighbourhood) -> dict[str, object]:
    """Return what others say of the thing."""
    found = contradictions(wording, thing.structure, thing.annotations, thing.observations)
    kinds = {kind for claim in thing.claims for kind in thing.facts.iris(claim, TYPE)}
    presentation = Presentation.of(wording.view, kinds) if kinds else Presentation(Facts.of(), {})
    return {
        "table": table(wording, thing.structure, thing.observations, thing.iri),
        "full": len(thing.observations) == MOST,
        "contradictions": found,
        "marks": marks(found),
        "claims": claims(wording, presentation, thing.claims, thing.iri),
        "located": at_least(wording.view, thing.iri),
        "referrers": referrers(wording, thing.iri, thing.superclasses, thing.apart, thing.numbers),
    }


def _drawn(wording: Wording, thing: Neighbourhood) -> dict[str, object]:
    """Return the chart of the thing, and of a query its text and its answer."""
    view = wording.view
    texts = [
        term.value for name in _EXECUTED for term in thing.facts.objects(thing.iri, name) if isinstance(term, Literal)
    ]
    example = Example.of(thing.iri, texts[0]) if texts else None
    if example and thing.facts.objects(thing.iri, f"{SH}select"):
        drawable = Drawable.of_query(view, example, thing.iri)
    else:
        drawable = Drawable.chosen(wording, thing.structure, thing.iri, thing.observations, thing.targets)
    chart = drawable.chart()
    found = IriDesign(view.manifest.site.base).parse(thing.iri)
    reference = found[1] if found else ""
    return {
        "reference": reference,
        "picture": Picture.of(view, reference, chart) if chart else None,
        "framing": frame(view, reference, drawable.name) if reference and has_figures(drawable, thing) else "",
        "query": example.asked(view) if example else "",
        "answer": drawable.table() if example and drawable.observations else None,
    }


def _figure(wording: Wording, thing: Neighbourhood, name: Text) -> Value | None:
    """Return the value that the thing states if it is an observation, unless its name says the number already."""
    values = (value(wording, thing.structure, thing.iri, one) for one in thing.structure.of_role(Role.MEASURE))
    return next((found for found in values if found and _digits(found.number) not in _digits(name)), None)


def _digits(text: Text) -> str:
    return "".join(filter(str.isdigit, text.words))
