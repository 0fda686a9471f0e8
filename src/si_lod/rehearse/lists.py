"""The value lists that portals look values up in: the codes of the EU's authority tables that data sets use.

A portal compares whole IRIs. The EU's begin with ``http`` and IANA's with ``https``; with the other scheme, or a slash
too many, a value is silently unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from si_lod.rehearse.terms import MEDIA_TYPES
from si_lod.sentences import Sentence, told

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"


@dataclass(frozen=True, slots=True)
class ValueList:
    """A list whose IRIs are ``root`` and a code; ``codes`` is a pattern for the codes it has."""

    root: str
    codes: re.Pattern[str]

    def has(self, iri: str) -> bool:
        """Return whether that very IRI is in the list."""
        return iri.startswith(self.root) and bool(self.codes.fullmatch(iri.removeprefix(self.root)))

    def fault(self, iri: str) -> Sentence | None:
        """Return what is wrong with an IRI that should be in the list, or None."""
        if self.has(iri):
            return None
        other = "https" if self.root.startswith("http:") else "http"
        if self.has(re.sub("^https?", self.root.partition(":")[0], iri)):
            return told('begins with "{other}", but the IRIs of {root} do not', other=other, root=self.root)
        return told("is not in the list {root}", root=self.root)


def _authority(name: str, codes: str) -> ValueList:
    return ValueList(f"{AUTHORITY}{name}/", re.compile("|".join(codes.split())))


THEMES: Final = _authority("data-theme", "AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST REGI SOCI TECH TRAN OP_DATPRO")
ACCESS_RIGHTS: Final = _authority("access-right", "PUBLIC RESTRICTED NON_PUBLIC CONFIDENTIAL NORMAL SENSITIVE")
DUTCH_ACCESS_RIGHTS: Final = _authority("access-right", "PUBLIC RESTRICTED NON_PUBLIC")
FREQUENCIES: Final = _authority(
    "frequency",
    """ANNUAL(_[23])? AS_NEEDED BIDECENNIAL BIENNIAL BIHOURLY BIMONTHLY BIWEEKLY CONT DAILY(_2)? DECENNIAL HOURLY IRREG
    MONTHLY(_[23])? NEVER NOT_PLANNED OTHER QUADRENNIAL QUARTERLY QUINQUENNIAL TRIDECENNIAL TRIENNIAL TRIHOURLY UNKNOWN
    UPDATE_CONT WEEKLY(_[23])? \\d+MIN""",
)
LANGUAGES: Final = _authority("language", "[A-Z]{3}")
DATASET_STATUS: Final = _authority("dataset-status", "COMPLETED DEPRECATED DEVELOP DISCONT WITHDRAWN OP_DATPRO")
AVAILABILITY: Final = _authority("planned-availability", "AVAILABLE EXPERIMENTAL STABLE TEMPORARY OP_DATPRO")
LICENCES: Final = _authority(
    "licence",
    """CC0 CC_PDM_1_0 CC_BY(NC)?(ND|SA)?(_[1-4]_[05](_NL|_AT)?)? ODC_(BY|BL|PDDL) ODBL COM_REUSE EUPL_1_[012]
    GNU_FDL(_1_[123])? OGL_[123]_0 IODL_[12]_0 NLOD_[12]_0 ETALAB_2_0 DLDE_(BY|BYNC|ZERO)_[12]_0 APACHE_2_0 MIT
    MPL_2_0""",
)
FILE_TYPES: Final = _authority("file-type", "[A-Z0-9]+(_[A-Z0-9]+)*")
OPEN_FILE_TYPES: Final = _authority(
    "file-type",
    """BMP CSV DBF GEOJSON GZIP HTML ICS JPEG2000 JSON JSON_LD KML KMZ NETCDF ODS PNG RDF_N_QUADS RDF_N_TRIPLES
    RDF_TRIG RDF_TURTLE RDF_XML RSS RTF TAR TIFF TSV TXT WMS_SRVC XML ZIP""",
)
"""What the quality assessment of data.europa.eu counts as non-proprietary."""
READABLE_FILE_TYPES: Final = _authority(
    "file-type",
    """CSV GEOJSON ICS JSON JSON_LD KML KMZ NETCDF ODS RDFA RDF_N_QUADS RDF_N_TRIPLES RDF_TRIG RDF_TURTLE RDF_XML RSS
    SHP XLS XLSX XML""",
)
"""What the same counts as machine-readable."""
MEDIA: Final = ValueList(MEDIA_TYPES, re.compile(r"(application|audio|font|image|model|multipart|text|video)/[\w.+-]+"))
MEDIA_TYPES_OF: Final = {
    "CSV": {"text/csv"},
    "GEOJSON": {"application/geo+json", "application/vnd.geo+json"},
    "HTML": {"text/html"},
    "JSON": {"application/json"},
    "JSON_LD": {"application/ld+json"},
    "ODS": {"application/vnd.oasis.opendocument.spreadsheet"},
    "PDF": {"application/pdf"},
    "RDF_N_QUADS": {"application/n-quads"},
    "RDF_N_TRIPLES": {"application/n-triples"},
    "RDF_TRIG": {"application/trig"},
    "RDF_TURTLE": {"text/turtle"},
    "RDF_XML": {"application/rdf+xml"},
    "TSV": {"text/tab-separated-values"},
    "TXT": {"text/plain"},
    "XLS": {"application/vnd.ms-excel"},
    "XLSX": {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    "XML": {"application/xml", "text/xml"},
    "ZIP": {"application/zip"},
}
"""The media types that a file may have by its file type, as the EU's list has them, for the formats of open data."""
