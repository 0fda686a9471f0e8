"""One thing at a time is spoiled in a catalogue that is really served; the portal that stumbles over it names it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from si_lod.rehearse.evidence import Evidence
from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.portals import PORTALS
from si_lod.rehearse.rehearsal import Rehearsal, rehearse
from si_lod.rehearse.shapes import Shapes
from si_lod.rehearse.telling import text
from si_lod.rehearse.terms import HYDRA, expanded
from tests.rehearse import spoiling
from tests.rehearse.served import BASE, Files, serving, site
from tests.rehearse.spoiling import (
    also,
    at,
    clock,
    everywhere,
    head,
    header,
    in_catalogue,
    next_page,
    put,
    restless,
    second_page,
    status,
    to_browsers_only,
    typed,
    with_values,
    without,
)

DATASET = f"<{BASE}id/dataset/findings>"
OTHER = f"<{BASE}id/dataset/fieldlabs>"
FILE = f"<{BASE}id/distribution/findings-ttl>"
PAGE = "doc/dataset/findings"
DUMP = "dump/findings.ttl"
AUTHORITY = "http://publications.europa.eu/resource/authority/"
XSD = "http://www.w3.org/2001/XMLSchema#"
STOPS, DROPS, LOSES, NOTE = Effect


@dataclass(frozen=True)
class Fault:
    """What is spoiled, in the catalogue's lines or in what is served, and which portal says what of it."""

    name: str
    portal: str
    effect: Effect
    message: str
    lines: spoiling.Lines | None = None
    files: spoiling.Change | None = None


def fault(name: str, portal: str, effect: Effect, message: str, lines: spoiling.Lines) -> Fault:
    return Fault(name, portal, effect, message, lines=lines)


def served(name: str, portal: str, effect: Effect, message: str, files: spoiling.Change) -> Fault:
    return Fault(name, portal, effect, message, files=files)


CKAN = [
    fault("no title", "ckan", STOPS, "has no title; CKAN ends the whole harvest", without(DATASET, "dct:title")),
    fault("an untitled stub", "ckan", STOPS, "has no title; CKAN ends", typed(f"<{BASE}id/dataset/x>", "dcat:Dataset")),
    fault(
        "a blank data set",
        "ckan",
        LOSES,
        "has no IRI; CKAN knows it again by its identifier",
        everywhere(DATASET, "_:b"),
    ),
    fault("a blank distribution", "ckan", LOSES, "have no IRI; CKAN makes new resources", everywhere(FILE, "_:b")),
    fault(
        "a keyword with a comma",
        "ckan",
        LOSES,
        'CKAN splits the keyword "labs, hubs"',
        also(DATASET, "dcat:keyword", '"labs, hubs"@en'),
    ),
    fault(
        "a keyword that is too long",
        "ckan",
        DROPS,
        "is refused for the keyword",
        also(DATASET, "dcat:keyword", f'"{"x" * 101}"@en'),
    ),
    fault(
        "a keyword with a sign",
        "ckan",
        DROPS,
        'is refused for the keyword "R&D"',
        also(DATASET, "dcat:keyword", '"R&D"@en'),
    ),
    fault(
        "a text in one language only",
        "ckan",
        LOSES,
        'has no dct:title in "nl"',
        with_values(DATASET, "dct:title", '"Findings"@en'),
    ),
    fault(
        "two titles in one language",
        "ckan",
        LOSES,
        "has several dct:title in one language",
        also(DATASET, "dct:title", '"Another"@en'),
    ),
    fault(
        "a record that is its data set",
        "ckan",
        LOSES,
        "is a catalogue record as well",
        also(DATASET, "foaf:primaryTopic", DATASET),
    ),
    fault(
        "two licences", "ckan", LOSES, "have 2 licences", also(FILE, "dct:license", f"<{AUTHORITY}licence/CC_BY_4_0>")
    ),
    fault(
        "a licence that CKAN does not know",
        "ckan",
        LOSES,
        "CKAN does not know the licence",
        without(f"<{AUTHORITY}licence/CC0>", "dct:title"),
    ),
    fault(
        "a label on a value that should stay an IRI",
        "ckan",
        LOSES,
        "replaces this value of dct:format",
        also(f"<{AUTHORITY}file-type/CSV>", "rdfs:label", '"CSV"'),
    ),
    fault("no distribution", "ckan", LOSES, "has no distribution", without(DATASET, "dcat:distribution")),
    served("HEAD is not allowed", "ckan", NOTE, "answers HEAD with 405", in_catalogue(head(405))),
    served("HEAD fails", "ckan", STOPS, "HEAD: expected 200, found: 500", in_catalogue(head(500))),
    served(
        "a catalogue of 60 MB",
        "ckan",
        STOPS,
        "expected 50 MB at most",
        at("catalog.rdf", lambda file: file.also(Content_Length="62914560")),
    ),
    served(
        "a content type that is no RDF",
        "ckan",
        STOPS,
        '"application/octet-stream" is no media type of RDF',
        at("catalog.ttl", header(Content_Type="application/octet-stream")),
    ),
    served(
        "an IRI with a space",
        "ckan",
        STOPS,
        "the whole catalogue is lost: it cannot be read as Turtle",
        at("catalog.ttl", put(f"{BASE}doc/dataset/findings>", f"{BASE}doc/data set/findings>")),
    ),
    served(
        "an IRI with a space in JSON-LD",
        "ckan",
        LOSES,
        "is no IRI; with it goes what is said by it",
        at("catalog.jsonld", put(f"{BASE}dump/findings.ttl", f"{BASE}dump/find ings.ttl")),
    ),
    served("no such catalogue", "ckan", STOPS, "answers: 404", at("catalog.jsonld", status(404))),
    served(
        "a second page that loops",
        "ckan",
        STOPS,
        "it never ends",
        second_page(f"<{BASE}catalog.ttl> <{HYDRA}next> <{BASE}catalog.ttl?page=2> .".encode()),
    ),
    served(
        "a next link to the first page",
        "ckan",
        NOTE,
        "leads back to the first page, where CKAN ends",
        at("catalog.ttl", next_page(f"{BASE}catalog.ttl")),
    ),
    served(
        "a next link that is relative", "ckan", STOPS, "has a relative address", at("catalog.ttl", next_page("?page=2"))
    ),
    served(
        "a next link to another host",
        "ckan",
        STOPS,
        "is on another host",
        at("catalog.ttl", next_page("http://behind.proxy.example.nl/catalog.ttl?page=2")),
    ),
    served(
        "a next link with another path",
        "data.europa.eu",
        STOPS,
        "differs in more than its query",
        at("catalog.ttl", next_page(f"{BASE}page/2.ttl")),
    ),
    served("a data set on two pages", "ckan", LOSES, "is on 2 pages", second_page(None)),
    served(
        "a syntax that says something else",
        "ckan",
        LOSES,
        "says other things than the other syntaxes",
        at("catalog.ttl", put('"Bevindingen"@nl', '"Vondsten"@nl')),
    ),
]
EUROPE = [
    served(
        "a next link to the first page, which piveau does not notice",
        "data.europa.eu",
        STOPS,
        "it never ends",
        at("catalog.ttl", next_page(f"{BASE}catalog.ttl")),
    ),
    fault(
        "no keyword", "data.europa.eu", LOSES, "loses 30 points: has no dcat:keyword", without(DATASET, "dcat:keyword")
    ),
    fault("no place", "data.europa.eu", LOSES, "loses 20 points: has no dct:spatial", without(DATASET, "dct:spatial")),
    fault(
        "no contact",
        "data.europa.eu",
        LOSES,
        "loses 20 points: has no dcat:contactPoint",
        without(DATASET, "dcat:contactPoint"),
    ),
    fault(
        "no publisher",
        "data.europa.eu",
        LOSES,
        "loses 10 points: has no dct:publisher",
        without(DATASET, "dct:publisher"),
    ),
    fault(
        "a theme that is in no list",
        "data.europa.eu",
        LOSES,
        "cannot be found by theme",
        also(DATASET, "dcat:theme", f"<{AUTHORITY}data-theme/ROBO>"),
    ),
    fault(
        "the size as an integer",
        "data.europa.eu",
        LOSES,
        "has the datatype xsd:integer, expected xsd:nonNegative",
        with_values(FILE, "dcat:byteSize", f'"1"^^<{XSD}integer>'),
    ),
    fault(
        "a date as a text",
        "data.europa.eu",
        LOSES,
        'dct:issued "2026-11-25" has another datatype',
        with_values(FILE, "dct:issued", '"2026-11-25"'),
    ),
    fault(
        "the scheme of the licence",
        "data.europa.eu",
        LOSES,
        "loses 10 points: dct:license is none that the EU's list",
        everywhere(f"<{AUTHORITY}licence/CC0>", f"<{AUTHORITY.replace('http:', 'https:')}licence/CC0>"),
    ),
    fault(
        "two access addresses of one file, one of them twice as IRI",
        "data.europa.eu",
        DROPS,
        "is taken for the same",
        typed(f"<{BASE}id/dataset/Findings>", "dcat:Dataset"),
    ),
    fault(
        "a format that is not that of the media type",
        "data.europa.eu",
        LOSES,
        "dct:format says XLSX, dcat:mediaType text/turtle",
        with_values(FILE, "dct:format", f"<{AUTHORITY}file-type/XLSX>"),
    ),
    fault(
        "a period that ends before it begins",
        "data.europa.eu",
        LOSES,
        "dct:temporal begins on 2014-01-01 and ends on 2013-01-01",
        with_values(f"<{BASE}id/period-of-time/monitor>", "dcat:endDate", f'"2013-01-01"^^<{XSD}date>'),
    ),
    fault(
        "a day that is still to come",
        "data.europa.eu",
        LOSES,
        "dct:modified 2936-01-01 is still to come",
        with_values(DATASET, "dct:modified", f'"2936-01-01"^^<{XSD}date>'),
    ),
    *(
        served(
            f"a syntax in which nothing can be read, for {portal}",
            portal,
            STOPS,
            "who registered Turtle has nothing: it cannot be read as Turtle",
            at("catalog.ttl", put(f"{BASE}doc/dataset/findings>", f"{BASE}doc/data set/findings>")),
        )
        for portal in ("data.europa.eu", "data.overheid.nl", "nde")
    ),
    served(
        "a file that HEAD does not find",
        "data.europa.eu",
        LOSES,
        "dcat:downloadURL to HEAD: expected 200, found: 405",
        at(DUMP, head(405)),
    ),
    served(
        "a download that is gone",
        "data.europa.eu",
        LOSES,
        "dcat:downloadURL to HEAD: expected 200, found: 404",
        at(DUMP, status(404)),
    ),
    served(
        "a page that fails",
        "data.europa.eu",
        LOSES,
        "loses 50 points: dcat:accessURL does not answer",
        at(PAGE, status(500)),
    ),
    served(
        "the time of the request in the catalogue",
        "data.europa.eu",
        LOSES,
        "taken for changed every night",
        at("catalog.ttl", clock),
    ),
    served(
        "a next page without a total",
        "data.europa.eu",
        STOPS,
        "hydra:totalItems is missing",
        second_page(b"# nothing more\n", total=False),
    ),
    served(
        "a total that is not true",
        "data.europa.eu",
        LOSES,
        "hydra:totalItems: expected 6, found 5",
        second_page(f"<{BASE}y> a <http://www.w3.org/ns/dcat#Dataset> .".encode()),
    ),
]
NETHERLANDS = [
    fault(
        "no contact for the Dutch",
        "data.overheid.nl",
        DROPS,
        "has no dcat:contactPoint, which is mandatory",
        without(DATASET, "dcat:contactPoint"),
    ),
    fault(
        "no publisher for the Dutch",
        "data.overheid.nl",
        DROPS,
        "has no dct:publisher, which is mandatory",
        without(DATASET, "dct:publisher"),
    ),
    fault(
        "no creator",
        "data.overheid.nl",
        DROPS,
        "has no dct:creator, which is mandatory",
        without(DATASET, "dct:creator"),
    ),
    fault(
        "no access rights",
        "data.overheid.nl",
        DROPS,
        "has no dct:accessRights, which is mandatory",
        without(DATASET, "dct:accessRights"),
    ),
    fault(
        "access rights that the Dutch do not use",
        "data.overheid.nl",
        DROPS,
        "is not in the list",
        with_values(DATASET, "dct:accessRights", f"<{AUTHORITY}access-right/SENSITIVE>"),
    ),
    fault(
        "a theme with https",
        "data.overheid.nl",
        DROPS,
        'begins with "https"',
        with_values(DATASET, "dcat:theme", f"<{AUTHORITY.replace('http:', 'https:')}data-theme/TECH>"),
    ),
    fault(
        "a frequency that is in no list",
        "data.overheid.nl",
        DROPS,
        "dct:accrualPeriodicity",
        with_values(DATASET, "dct:accrualPeriodicity", f"<{AUTHORITY}frequency/SOMETIMES>"),
    ),
    fault(
        "two licences for the Dutch",
        "data.overheid.nl",
        DROPS,
        "has dct:license 2 times, expected 1 at most",
        also(FILE, "dct:license", f"<{AUTHORITY}licence/CC_BY_4_0>"),
    ),
    fault(
        "no licence", "data.overheid.nl", DROPS, "has no dct:license, which is mandatory", without(FILE, "dct:license")
    ),
    fault(
        "a licence as text",
        "data.overheid.nl",
        DROPS,
        "is a text, expected an IRI",
        with_values(FILE, "dct:license", '"CC0"'),
    ),
    fault(
        "a title without a language",
        "data.overheid.nl",
        DROPS,
        'dct:title "Findings" has no language tag',
        with_values(DATASET, "dct:title", '"Findings"'),
    ),
    fault(
        "the identifier of another",
        "data.overheid.nl",
        DROPS,
        "has the identifier",
        with_values(DATASET, "dct:identifier", f'"{BASE}id/dataset/fieldlabs"'),
    ),
    fault(
        "a very long description",
        "data.overheid.nl",
        LOSES,
        "2,000 characters at most",
        also(DATASET, "dct:description", f'"{"word " * 500}"@fy'),
    ),
    fault(
        "a mail address as text",
        "data.overheid.nl",
        DROPS,
        'vcard:hasEmail "editors at example" is a text, expected an IRI',
        with_values(f"<{BASE}id/contact/editors>", "vcard:hasEmail", '"editors at example"'),
    ),
    fault(
        "a media type with http",
        "data.overheid.nl",
        DROPS,
        'begins with "http", but',
        with_values(FILE, "dcat:mediaType", "<http://www.iana.org/assignments/media-types/text/turtle>"),
    ),
]
HERITAGE = [
    fault(
        "a blank data set for the register",
        "nde",
        DROPS,
        "has no IRI; the register refuses it",
        everywhere(DATASET, "_:b"),
    ),
    fault(
        "a name without a language",
        "nde",
        LOSES,
        "dct:description has no language tag",
        with_values(DATASET, "dct:description", '"What sources say."'),
    ),
    fault(
        "no contact by e-mail",
        "nde",
        LOSES,
        "has no contact with an e-mail address",
        without(f"<{BASE}id/contact/editors>", "vcard:hasEmail"),
    ),
    served(
        "a file of another type",
        "nde",
        LOSES,
        'expected the type "text/turtle", found "application/octet-stream"',
        at(DUMP, header(Content_Type="application/octet-stream")),
    ),
    served("a file that fails", "nde", LOSES, "does not answer GET: 500", at(DUMP, status(500))),
]
GOOGLE = [
    fault("no page", "google", DROPS, "has no dcat:landingPage", without(DATASET, "dcat:landingPage")),
    served(
        "no name in the structured data", "google", DROPS, "schema:name is missing", at(PAGE, put('"name"', '"nom"'))
    ),
    served(
        "a name that the catalogue does not have",
        "google",
        LOSES,
        'schema:name "Vondsten" is no title',
        at(PAGE, put('"Bevindingen"', '"Vondsten"')),
    ),
    served(
        "another description on the page",
        "google",
        LOSES,
        'schema:description "Something else',
        at(PAGE, put('"description": [', f'"description": ["Something else {"." * 50}", ')),
    ),
    served(
        "a short description",
        "google",
        DROPS,
        "expected 50 to 5,000 characters, found 5",
        at(PAGE, put('"description": [', '"description": ["Short", ')),
    ),
    served(
        "another licence",
        "google",
        LOSES,
        "is not the licence in the catalogue",
        at(PAGE, put('"license": "https://creativecommons.org/publicdomain/zero/1.0/"', '"license": "https://x.nl/y"')),
    ),
    served(
        "another date",
        "google",
        LOSES,
        "dateModified 1999-01-01 is not the date",
        at(PAGE, put('"dateModified": [', '"dateModified": ["1999-01-01", ')),
    ),
    served(
        "a download without an address",
        "google",
        LOSES,
        "a DataDownload has no schema:contentUrl",
        at(PAGE, put('"contentUrl"', '"address"')),
    ),
    served(
        "JSON-LD that is none", "google", DROPS, "its JSON-LD cannot be read", at(PAGE, put('{"@context"', "{@context"))
    ),
    served(
        "no structured data",
        "google",
        DROPS,
        "expected one schema:Dataset in JSON-LD, found 0",
        at(PAGE, put("application/ld+json", "application/json")),
    ),
    served("noindex", "google", DROPS, 'says "noindex"', at(PAGE, header(X_Robots_Tag="noindex"))),
    served(
        "robots bar the pages",
        "google",
        DROPS,
        "robots.txt bars it",
        at("robots.txt", put("Allow: /", "Disallow: /smart-industry/doc/")),
    ),
    served(
        "a sitemap that lies",
        "google",
        LOSES,
        "the sitemap says that it changed on 2001-01-01",
        at("sitemap.xml", put("<lastmod>2026-11-25", "<lastmod>2001-01-01")),
    ),
    served(
        "a page that is not in the sitemap",
        "google",
        LOSES,
        "is not in the sitemap",
        at("sitemap.xml", put(f"{BASE}{PAGE}<", f"{BASE}doc/x<")),
    ),
    served(
        "another page as canonical",
        "google",
        LOSES,
        "names another page as canonical",
        at(PAGE, put("<head>", '<head><link rel="canonical" href="https://elsewhere.nl/">')),
    ),
]
FAIR = [
    served(
        "a Link header without angle brackets",
        "fair",
        LOSES,
        "are not in angle brackets",
        at(PAGE, lambda file: file.also(Link=file.headers["Link"].replace("<", "").replace(">", ""))),
    ),
    served(
        "two identifiers",
        "fair",
        LOSES,
        'expected one link "cite-as", found 2',
        at(PAGE, lambda file: file.also(Link=f'<{BASE}x>; rel="cite-as", {file.headers["Link"]}')),
    ),
    served(
        "no description by link",
        "fair",
        LOSES,
        'has no link "describedby"',
        at(PAGE, lambda file: file.also(Link=file.headers["Link"].replace("describedby", "other"))),
    ),
    served(
        "links that only a browser is told",
        "fair",
        LOSES,
        'asked with "Accept: */*" it lacks these links: cite-as and describedby and license and linkset',
        to_browsers_only(PAGE),
    ),
    served("a description that is gone", "fair", LOSES, '"describedby" leads to', at(f"{PAGE}.ttl", status(404))),
    served("a link set that is none", "fair", LOSES, "is no link set", at("linkset/dataset/findings", put("{", "<"))),
]
CRAWLERS = [
    fault(
        "a standard of the site that is not there",
        "crawlers",
        LOSES,
        "does not resolve: 404",
        also(DATASET, "dct:conformsTo", f"<{BASE}def/nothing>"),
    ),
    fault(
        "a data set that the catalogue does not list",
        "crawlers",
        DROPS,
        "is not in the catalogue's dcat:dataset",
        lambda lines: [line for line in lines if f"{expanded('dcat:dataset')}> {DATASET}" not in line],
    ),
    fault(
        "a data set that is listed and described nowhere",
        "crawlers",
        LOSES,
        "but no page describes it",
        also(f"<{BASE}id/catalog>", "dcat:dataset", f"<{BASE}id/dataset/nowhere>"),
    ),
    fault(
        "a size that is wrong",
        "crawlers",
        LOSES,
        "dcat:byteSize says 1 bytes, the file has",
        with_values(FILE, "dcat:byteSize", f'"1"^^<{XSD}nonNegativeInteger>'),
    ),
    fault(
        "the scheme of a data set",
        "crawlers",
        LOSES,
        "does not begin with",
        everywhere(DATASET, DATASET.replace("https:", "http:")),
    ),
    served(
        "a thing that does not resolve",
        "crawlers",
        LOSES,
        "does not resolve: 404",
        at("id/dataset/findings", status(404)),
    ),
    served("HEAD that says something else", "crawlers", LOSES, "HEAD answers 204, GET 200", at(DUMP, head(204))),
    served(
        "an ETag that changes at every request",
        "crawlers",
        LOSES,
        "has another ETag at a second visit",
        at(DUMP, restless),
    ),
    served(
        "the time of the request in a file", "crawlers", LOSES, "has other bytes at a second visit", at(DUMP, clock)
    ),
    served("a file that is broken", "crawlers", LOSES, "cannot be read as Turtle", at(DUMP, put("@prefix", "@prefx"))),
    served(
        "robots bar the catalogue",
        "crawlers",
        STOPS,
        "bars /catalog",
        at("robots.txt", put("Allow: /", "Disallow: /smart-industry/catalog")),
    ),
    served("no sitemap is named", "crawlers", NOTE, "names no sitemap", at("robots.txt", put("Sitemap", "Map"))),
    served(
        "a catalogue that is not negotiated",
        "crawlers",
        LOSES,
        'asked for "text/html", found: 200 "text/turtle"',
        at("catalog text/html", header(Content_Type="text/turtle")),
    ),
    served("no Vary", "crawlers", LOSES, 'expected "Vary: Accept"', at("catalog text/turtle", header(Vary=""))),
    served(
        "no cross-origin reading",
        "crawlers",
        LOSES,
        'expected "Access-Control-Allow-Origin: *"',
        at("catalog.ttl", header(Access_Control_Allow_Origin="https://x.nl")),
    ),
    served("no VoID", "crawlers", LOSES, "no VoID: ", at(".well-known/void text/turtle", status(404))),
    served(
        "a service that does not describe itself",
        "crawlers",
        LOSES,
        "gives no service description",
        at("sparql", put("#Service>", "#Graph>")),
    ),
    served("no ETag", "crawlers", LOSES, "has no ETag", at(DUMP, header(ETag=""))),
]
PLACEHOLDERS = [
    fault(
        "another sample",
        "placeholders",
        NOTE,
        "dct:title is still a placeholder",
        also(DATASET, "dct:title", '"Voorbeeldgegevens"@nl'),
    ),
    fault(
        "another reserved domain",
        "placeholders",
        NOTE,
        "vcard:hasURL is still a placeholder: https://my.test/",
        also(f"<{BASE}id/contact/editors>", "vcard:hasURL", "<https://my.test/>"),
    ),
]
FAULTS = [*CKAN, *EUROPE, *NETHERLANDS, *HERITAGE, *GOOGLE, *FAIR, *CRAWLERS, *PLACEHOLDERS]


def judged(files: Files) -> Rehearsal:
    with serving(files) as url:
        return rehearse(Evidence.gather(url, pause=0))


def findings(rehearsal: Rehearsal) -> set[tuple[str, Finding]]:
    return {(verdict.portal, finding) for verdict in rehearsal.verdicts for finding in verdict.findings}


@pytest.fixture(scope="module")
def unspoiled(release: Path, lines: list[str]) -> Rehearsal:
    return judged(site(release, lines))


def test_a_catalogue_in_which_nothing_is_spoiled_is_taken_by_every_portal(unspoiled: Rehearsal) -> None:
    assert [str(verdict.findings) for verdict in unspoiled.verdicts if not verdict.whole] == []
    assert unspoiled.whole
    assert {len(verdict.taken) for verdict in unspoiled.verdicts} == {5, 0}, "placeholders are no portal"


def test_a_site_that_is_not_at_its_base_is_told_where_its_readers_go(unspoiled: Rehearsal) -> None:
    told = {finding.about: finding.message for portal, finding in findings(unspoiled) if portal == "placeholders"}
    assert told[BASE].startswith("IRIs begin so, and their readers go there, not where this was visited")


def test_each_portal_has_faults_to_stumble_over() -> None:
    assert {fault.portal for fault in FAULTS} == {portal.key for portal in PORTALS}
    assert len(FAULTS) == 111


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.portal}: {fault.name}")
def test_a_spoiled_thing_is_named_by_the_portal_that_stumbles_over_it(
    fault: Fault, release: Path, lines: list[str], unspoiled: Rehearsal
) -> None:
    files = site(release, fault.lines(lines) if fault.lines else lines)
    if fault.files:
        fault.files(files)
    found = findings(judged(files)) - findings(unspoiled)
    told = [f"{portal} {finding.effect}: {finding.about} {finding.message}" for portal, finding in found]
    assert any(
        portal == fault.portal and finding.effect is fault.effect and fault.message in finding.message
        for portal, finding in found
    ), "\n".join(sorted(told))


def test_a_syntax_that_cannot_be_read_gives_no_points(release: Path, lines: list[str]) -> None:
    files = site(release, lines)
    put_space = put(f"{BASE}doc/dataset/findings>", f"{BASE}doc/data set/findings>")
    at("catalog.ttl", put_space)(files)
    found = judged(files)
    verdict = next(verdict for verdict in found.verdicts if verdict.portal == "data.europa.eu")
    assert verdict.taken == ()
    assert {score.reached for score in verdict.scores if score.syntax == "Turtle"} == {0}
    assert {score.reached for score in verdict.scores if score.syntax == "JSON-LD"} == {375}
    assert f"0 of 405 points for {DATASET[1:-1]}, in Turtle; elsewhere more" in text(found, "en")


def test_what_two_versions_of_the_shapes_say_alike_is_told_once(
    release: Path, lines: list[str], tmp_path: Path
) -> None:
    shape = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
      <urn:shape> a sh:NodeShape ; sh:targetClass dcat:Catalog ; sh:property <urn:property> .
      <urn:property> sh:path dcat:catalog ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "more"@en ."""
    for folder in ("dcat-ap-nl-3.0.0", "dcat-ap-nl-3.0.1"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "shapes.ttl").write_text(shape, encoding="utf-8")
    with serving(site(release, lines)) as url:
        found = rehearse(Evidence.gather(url, pause=0, shapes=Shapes(tmp_path)))
    told = [finding.message for portal, finding in findings(found) if portal == "data.overheid.nl"]
    expected = "dcat:catalog: more (dcat-ap-nl-3.0.0/shapes.ttl, dcat-ap-nl-3.0.1/shapes.ttl)"
    assert [message for message in told if "more" in message] == [expected]
