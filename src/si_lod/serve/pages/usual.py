"""What readers call the terms of W3C vocabularies that describe data sets, services and quality.

A release describes itself with these, whatever it is about, and seldom brings names for them in the reader's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask_babel import force_locale, gettext

from si_lod.serve.pages.vocabulary import OWL, QB, RDFS, SCHEMA, SH

if TYPE_CHECKING:
    from babel import Locale

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_DQV: Final = "http://www.w3.org/ns/dqv#"
_VOID: Final = "http://rdfs.org/ns/void#"
_VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
_SPACES: Final = (QB, SH, OWL, RDFS, SCHEMA, _SD, _DQV, _VOID, _VCARD)


def usual_name(iri: str, locale: Locale) -> str | None:
    """Return what people of ``locale`` call a term, or None for one that is not among these."""
    if not iri.startswith(_SPACES):
        return None
    with force_locale(str(locale)):
        return (_of_cubes() | _of_services() | _of_others()).get(iri)


def _of_cubes() -> dict[str, str]:
    return {
        f"{QB}DataSet": gettext("data set"),
        f"{QB}DataStructureDefinition": gettext("data structure definition"),
        f"{QB}ComponentSpecification": gettext("component specification"),
        f"{QB}AttributeProperty": gettext("attribute property"),
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
        f"{_VOID}triples": gettext("triples"),
    }


def _of_others() -> dict[str, str]:
    return {
        f"{_DQV}Metric": gettext("metric"),
        f"{_DQV}expectedDataType": gettext("expected data type"),
        f"{_DQV}hasQualityMetadata": gettext("quality metadata"),
        f"{SH}PropertyShape": gettext("rule for a property"),
        f"{SH}hasValue": gettext("has value"),
        f"{OWL}ObjectProperty": gettext("object property"),
        f"{RDFS}seeAlso": gettext("see also"),
        f"{SCHEMA}includedInDataCatalog": gettext("catalogue"),
        f"{_VCARD}Group": gettext("group"),
    }
