"""What readers call many things of a class of the W3C vocabularies, for classes that a site has no words for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import force_locale, gettext

from si_lod.serve.pages.vocabulary import DCAT, DCT, OWL, QB, SH, SKOS, VOID

if TYPE_CHECKING:
    from babel import Locale

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_SPACES: Final = (
    OWL,
    QB,
    SH,
    SKOS,
    VOID,
    DCAT,
    DCT,
    _SD,
    "http://www.w3.org/ns/dqv#",
    "http://www.w3.org/2006/vcard/ns#",
)


def usual_plural(iri: str, locale: Locale) -> str | None:
    """Return what people of ``locale`` call many things of a class, or None for a class that is not among these."""
    if not iri.startswith(_SPACES):
        return None
    with force_locale(str(locale)):
        return (_of_terms() | _of_data()).get(iri)


def _of_terms() -> dict[str, str]:
    return {
        f"{OWL}Class": gettext("classes"),
        f"{OWL}DatatypeProperty": gettext("properties with a value"),
        f"{OWL}ObjectProperty": gettext("properties that lead to something"),
        f"{QB}AttributeProperty": gettext("attribute properties"),
        f"{QB}CodedProperty": gettext("properties with a code list"),
        f"{QB}DimensionProperty": gettext("dimension properties"),
        f"{QB}MeasureProperty": gettext("measure properties"),
        f"{QB}ComponentSpecification": gettext("component specifications"),
        f"{QB}DataStructureDefinition": gettext("data structure definitions"),
        f"{SKOS}Concept": gettext("concepts"),
        f"{SKOS}ConceptScheme": gettext("code lists"),
        f"{SH}SPARQLExecutable": gettext("queries"),
        f"{SH}SPARQLAskExecutable": gettext("ASK queries"),
        f"{SH}SPARQLConstructExecutable": gettext("CONSTRUCT queries"),
    }


def _of_data() -> dict[str, str]:
    return {
        f"{QB}DataSet": gettext("data sets of observations"),
        f"{VOID}Dataset": gettext("data sets in RDF"),
        f"{_SD}Dataset": gettext("data sets that are queried"),
        f"{_SD}Graph": gettext("graphs"),
        f"{DCAT}Catalog": gettext("catalogues"),
        f"{DCAT}Dataset": gettext("data sets"),
        f"{DCAT}DataService": gettext("data services"),
        f"{DCAT}Distribution": gettext("distributions"),
        f"{DCT}PeriodOfTime": gettext("stretches of time"),
        f"{DCT}RightsStatement": gettext("rights statements"),
        f"{DCT}Standard": gettext("standards"),
        "http://www.w3.org/ns/dqv#Metric": gettext("metrics"),
        "http://www.w3.org/2006/vcard/ns#Group": gettext("groups to write to"),
    }
