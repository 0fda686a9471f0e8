"""What readers call the terms of W3C vocabularies that describe data sets, services and quality.

A release describes itself with these, whatever it is about, and seldom brings names for them in the reader's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import force_locale, gettext

from si_lod.serve.pages.vocabulary import DCT, FOAF, OWL, QB, RDFS, SCHEMA, SH, VOID

if TYPE_CHECKING:
    from babel import Locale

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_DQV: Final = "http://www.w3.org/ns/dqv#"
_DCAT: Final = "http://www.w3.org/ns/dcat#"
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_OTHERS: Final = ("http://www.w3.org/ns/adms#", "http://data.europa.eu/r5r/")
_SPACES: Final = (QB, SH, OWL, RDFS, DCT, FOAF, SCHEMA, _SD, _DQV, VOID, _DCAT, _VCARD, *_OTHERS)


def usual_name(iri: str, locale: Locale) -> str | None:
    """Return what people of ``locale`` call a term, or None for one that is not among these."""
    if not iri.startswith(_SPACES):
        return None
    with force_locale(str(locale)):
        return (_of_cubes() | _of_services() | _of_catalogues() | _of_documents() | _of_others()).get(iri)


def usual_inverse(iri: str, locale: Locale) -> str | None:
    """Return what people of ``locale`` call a property read from its object to its subject; None where it says less.

    A property that tells of its subject what became of it would else be read as told of its object.
    """
    if iri != f"{DCT}isReplacedBy":
        return None
    with force_locale(str(locale)):
        name: str = gettext("took the place of")
    return name


def _of_cubes() -> dict[str, str]:
    return {
        f"{QB}DataSet": gettext("data set"),
        f"{QB}DataStructureDefinition": gettext("data structure definition"),
        f"{QB}ComponentSpecification": gettext("component specification"),
        f"{QB}AttributeProperty": gettext("attribute property"),
        f"{QB}DimensionProperty": gettext("dimension property"),
        f"{QB}MeasureProperty": gettext("measure property"),
        f"{QB}CodedProperty": gettext("property with a code list"),
        f"{QB}component": gettext("component"),
        f"{QB}componentRequired": gettext("component required"),
        f"{QB}dimension": gettext("dimension"),
        f"{QB}measure": gettext("measure"),
        f"{QB}attribute": gettext("attribute"),
        f"{QB}order": gettext("order"),
        f"{QB}codeList": gettext("code list"),
        f"{QB}structure": gettext("structure"),
    }


def _of_services() -> dict[str, str]:
    return {
        f"{_SD}Service": gettext("service"),
        f"{_SD}Dataset": gettext("dataset"),
        f"{_SD}Graph": gettext("graph"),
        f"{_SD}endpoint": gettext("endpoint"),
        f"{_SD}defaultDataset": gettext("default dataset"),
        f"{_SD}defaultGraph": gettext("default graph"),
        f"{_SD}resultFormat": gettext("result format"),
        f"{_SD}supportedLanguage": gettext("supported language"),
        f"{VOID}triples": gettext("triples"),
    }


def _of_catalogues() -> dict[str, str]:
    return {
        f"{_DCAT}Dataset": gettext("data set"),
        f"{_DCAT}DataService": gettext("data service"),
        f"{_DCAT}Distribution": gettext("distribution"),
        f"{_DCAT}CatalogRecord": gettext("catalogue record"),
        f"{_DCAT}accessURL": gettext("access address"),
        f"{_DCAT}downloadURL": gettext("download address"),
        f"{_DCAT}byteSize": gettext("size in bytes"),
        f"{_DCAT}mediaType": gettext("media type"),
        f"{_DCAT}landingPage": gettext("landing page"),
        f"{_DCAT}distribution": gettext("distribution"),
        f"{_DCAT}servesDataset": gettext("serves data set"),
        f"{_DCAT}accessService": gettext("access service"),
        f"{_DCAT}record": gettext("record"),
        f"{_DCAT}service": gettext("service"),
        f"{_DCAT}themeTaxonomy": gettext("list of themes"),
        f"{_DCAT}startDate": gettext("first day"),
        f"{_DCAT}endDate": gettext("last day"),
        f"{_DCAT}endpointURL": gettext("address of the endpoint"),
        f"{_DCAT}endpointDescription": gettext("description of the endpoint"),
        "http://data.europa.eu/r5r/availability": gettext("availability"),
    }


def _of_documents() -> dict[str, str]:
    return {
        f"{DCT}identifier": gettext("identifier"),
        f"{DCT}rights": gettext("rights"),
        f"{DCT}RightsStatement": gettext("rights statement"),
        f"{DCT}Standard": gettext("standard"),
        f"{DCT}PeriodOfTime": gettext("period"),
        f"{DCT}format": gettext("format"),
        f"{DCT}isPartOf": gettext("is part of"),
        f"{DCT}isReplacedBy": gettext("is replaced by"),
        f"{DCT}hasPart": gettext("has part"),
        f"{DCT}temporal": gettext("time that it is of"),
        f"{FOAF}primaryTopic": gettext("topic"),
        f"{FOAF}homepage": gettext("home page"),
        f"{FOAF}mbox": gettext("e-mail"),
        "http://www.w3.org/ns/adms#status": gettext("status"),
        f"{VOID}Dataset": gettext("data set"),
        f"{VOID}exampleResource": gettext("example"),
        f"{VOID}dataDump": gettext("whole dump"),
        f"{VOID}sparqlEndpoint": gettext("SPARQL endpoint"),
        f"{VOID}uriSpace": gettext("IRIs begin with"),
        f"{VOID}classPartition": gettext("part by class"),
        f"{VOID}propertyPartition": gettext("part by property"),
        f"{VOID}class": gettext("class"),
        f"{VOID}property": gettext("property"),
        f"{VOID}entities": gettext("things"),
    }


def _of_others() -> dict[str, str]:
    return {
        f"{_DQV}Metric": gettext("metric"),
        f"{_DQV}expectedDataType": gettext("expected data type"),
        f"{_DQV}hasQualityMetadata": gettext("quality metadata"),
        f"{SH}PropertyShape": gettext("rule for a property"),
        f"{SH}hasValue": gettext("has value"),
        f"{SH}SPARQLAskExecutable": gettext("ASK query"),
        f"{SH}SPARQLConstructExecutable": gettext("CONSTRUCT query"),
        f"{OWL}Class": gettext("class"),
        f"{OWL}DatatypeProperty": gettext("property with a value"),
        f"{OWL}ObjectProperty": gettext("object property"),
        f"{RDFS}seeAlso": gettext("see also"),
        f"{SCHEMA}includedInDataCatalog": gettext("catalogue"),
        f"{_VCARD}Group": gettext("group"),
    }
