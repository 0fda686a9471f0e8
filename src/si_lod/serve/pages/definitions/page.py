"""The documentation of an ontology, or of shapes: made from the definitions themselves and from how they are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from si_lod.errors import UnknownResource
from si_lod.iris import IriDesign
from si_lod.sentences import told
from si_lod.serve.pages.citing.works import work
from si_lod.serve.pages.definitions.codelists import codelists
from si_lod.serve.pages.definitions.drawing import Drawing
from si_lod.serve.pages.definitions.glossary import Glossary
from si_lod.serve.pages.definitions.history import changes
from si_lod.serve.pages.definitions.overview import overview
from si_lod.serve.pages.definitions.rules import rule_sets, severities
from si_lod.serve.pages.definitions.specimen import specimen
from si_lod.serve.pages.definitions.ties import mentioned, namespaces, ties
from si_lod.serve.pages.definitions.usage import Uses
from si_lod.serve.pages.facts import Facts, named, of_triples
from si_lod.serve.pages.rendering import render, render_with_licence
from si_lod.serve.pages.structured.portrayal import of_definitions
from si_lod.serve.pages.thing.properties import groups, heading
from si_lod.serve.pages.thing.shapes import Presentation
from si_lod.serve.pages.vocabulary import CHANGE_NOTES, SH, TYPE
from si_lod.serve.pages.words.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from si_lod.serve.documents.description import Description
    from si_lod.serve.view import View

IMAGE: Final = "svg"
"""What the address of a document's overview ends in."""


def definition_page(view: View, description: Description, alternates: Sequence[tuple[str, str]]) -> str:
    """Return the documentation of ``description.iri``: an ontology with the terms that it defines, or shapes.

    The code lists go with the site's ontology.
    """
    iri, glossary = description.iri, _glossary(view, description)
    wording = glossary.wording
    classes, properties, rules = glossary.classes(), glossary.properties(), rule_sets(wording, iri)
    terms = {term.iri for term in (*classes, *properties)} | {other for _, other in glossary.uses.together}
    return render_with_licence(
        view,
        "definition.html",
        iri=iri,
        canonical=iri,
        alternates=alternates,
        heading=heading(wording, iri, wording.facts.iris(iri, TYPE)),
        citation=work(view, iri),
        structured=of_definitions(wording, iri),
        header=groups(wording, Presentation(Facts.of(), {}), iri, {f"{SH}declare", *CHANGE_NOTES}),
        drawing=Drawing.of(overview(classes, properties)) if classes else None,
        image=view.link(f"/{IriDesign(view.manifest.site.base).path(iri)}.{IMAGE}"),
        specimen=specimen(wording, view.engine, iri) if classes else None,
        classes=classes,
        properties=properties,
        codelists=codelists(view) if iri == view.manifest.site.ontology else [],
        rule_sets=rules,
        severities=severities(rules),
        namespaces=namespaces(wording, {*mentioned(wording.facts, glossary.defined), *terms}),
        ties=ties(wording, glossary.defined),
        changes=changes(wording, iri, glossary.defined),
    )


def overview_image(view: View, description: Description) -> str:
    """Return the overview of the ontology ``description.iri`` as SVG; raises UnknownResource if it has no classes."""
    glossary = _glossary(view, description)
    classes = glossary.classes()
    if not classes:
        raise UnknownResource(told("{iri}: it defines no classes to draw", iri=description.iri))
    return render(
        view,
        "diagram.svg",
        drawing=Drawing.of(overview(classes, glossary.properties())),
        heading=heading(glossary.wording, description.iri, []),
        page=view.href(description.iri) or description.iri,
    )


def _glossary(view: View, description: Description) -> Glossary:
    own = Facts.of(of_triples(description.own))
    uses = view.known_of(description.iri, Uses.read)
    terms = (term for triple in description.own for term in triple if isinstance(term, NamedNode))
    names = named(view.engine, (term for term in terms if term.value not in own.index))
    facts = Facts.of(own.triples(), of_triples(description.labels), names, uses.names.triples())
    return Glossary(Wording(view, facts), sorted(own.index.keys() - {description.iri}), uses)
