"""The HTML of the site, made on the server from what the release says, without a script.

::

    Description ──▶ neighbourhood ──▶ facts ──▶ wording: names, links, values in the reader's language
                    (some queries)                 │
       shapes: order, groups, names ──▶ properties ┤
       cube: components, qb:order ──▶ tables ◀── values
                        contradictions · claims · incoming · citation ──▶ thing ──▶ rendering ──▶ HTML
    sources ──▶ works ──▶ bibliography ──▶ BibTeX, CSL-JSON
    schema.org ──▶ structured ──▶ trail, portrayal ──▶ JSON-LD within the HTML
    observations ──▶ charting: panels, bands, statements ──▶ scale, bars ──▶ pictures ──▶ SVG
    an ontology: usage ──▶ glossary ──▶ overview ──▶ columns, layers ──▶ drawing ──▶ SVG
                              specimen · ties · history · codelists · rules ──▶ definitions

Roles are recognised by the vocabularies of the W3C, DCMI, SDMX and schema.org (``vocabulary``) and by what the
site declares of itself; the interface's own words are in the message catalogues.
"""

from si_lod.serve.pages.atlas import places, places_csv, places_image, places_page
from si_lod.serve.pages.catalogue import catalogue_page
from si_lod.serve.pages.changes import changes_page, first_changes_page
from si_lod.serve.pages.chartpage import chart_page, chart_values
from si_lod.serve.pages.citation import references, release_references
from si_lod.serve.pages.completion import completion
from si_lod.serve.pages.definitions import IMAGE, definition_page, overview_image
from si_lod.serve.pages.drawable import Drawable
from si_lod.serve.pages.embedding import HEIGHT as FRAME_HEIGHT
from si_lod.serve.pages.embedding import WIDTH as FRAME_WIDTH
from si_lod.serve.pages.embedding import embedded_page, frame, title_of
from si_lod.serve.pages.home import home_page
from si_lod.serve.pages.listing import list_csv, list_page, paging
from si_lod.serve.pages.lists import kind_of
from si_lod.serve.pages.members import RESERVED, Members
from si_lod.serve.pages.pictures import SMALL, plan_of, style_source, svg
from si_lod.serve.pages.problems import problem_page
from si_lod.serve.pages.querying import query_page
from si_lod.serve.pages.releases import release_page, releases_page
from si_lod.serve.pages.rendering import init_app
from si_lod.serve.pages.report import report_page
from si_lod.serve.pages.resultchart import result_chart
from si_lod.serve.pages.results import ResultTable
from si_lod.serve.pages.roll import Roll, RollRequest
from si_lod.serve.pages.rows import ShownRow, row_page
from si_lod.serve.pages.searching import Request as SearchRequest
from si_lod.serve.pages.searching import results, search_page, search_table
from si_lod.serve.pages.thing import thing_page
from si_lod.serve.pages.wording import Text

__all__ = [
    "FRAME_HEIGHT",
    "FRAME_WIDTH",
    "IMAGE",
    "RESERVED",
    "SMALL",
    "Drawable",
    "Members",
    "ResultTable",
    "Roll",
    "RollRequest",
    "SearchRequest",
    "ShownRow",
    "Text",
    "catalogue_page",
    "changes_page",
    "chart_page",
    "chart_values",
    "completion",
    "definition_page",
    "embedded_page",
    "first_changes_page",
    "frame",
    "home_page",
    "init_app",
    "kind_of",
    "list_csv",
    "list_page",
    "overview_image",
    "paging",
    "places",
    "places_csv",
    "places_image",
    "places_page",
    "plan_of",
    "problem_page",
    "query_page",
    "references",
    "release_page",
    "release_references",
    "releases_page",
    "report_page",
    "result_chart",
    "results",
    "row_page",
    "search_page",
    "search_table",
    "style_source",
    "svg",
    "thing_page",
    "title_of",
]
