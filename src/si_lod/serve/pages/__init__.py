"""The HTML of the site, made on the server from what the release says, without a script.

The rooms, in the order in which a page comes about::

    Description ──▶ facts ──▶ words: names, links, values in the reader's language
                                │
       thing: neighbourhood ──▶ properties (by shapes) · claims · contradictions · incoming ──▶ page
       cube: observations ──▶ structure (qb:order) · periods · values · division ──▶ tables
       charts: drawable ──▶ choice ──▶ panels ──▶ stating, scale, bars ──▶ pictures ──▶ SVG
       definitions: usage ──▶ glossary ──▶ overview ──▶ columns, layers ──▶ drawing ──▶ SVG
                               specimen · ties · history · codelists · rules ──▶ page
       lists · geography · queries · releases: what is about no single thing
       structured: schema ──▶ about ──▶ trail, portrayal ──▶ JSON-LD within the HTML
       citing: works ──▶ bibliography ──▶ BibTeX, CSL-JSON
                                │
                            rendering ──▶ HTML

Roles are recognised by the vocabularies of the W3C, DCMI, SDMX and schema.org (``vocabulary``) and by what the
site declares of itself; the interface's own words are in the message catalogues.
"""

from si_lod.serve.pages.charts.drawable import Drawable
from si_lod.serve.pages.charts.embedding import HEIGHT as FRAME_HEIGHT
from si_lod.serve.pages.charts.embedding import WIDTH as FRAME_WIDTH
from si_lod.serve.pages.charts.embedding import embedded_page, frame, title_of
from si_lod.serve.pages.charts.page import chart_page, chart_values
from si_lod.serve.pages.charts.pictures import SMALL, plan_of, style_source, svg
from si_lod.serve.pages.citing.citation import references, release_references
from si_lod.serve.pages.definitions.page import IMAGE, definition_page, overview_image
from si_lod.serve.pages.geography.atlas import places, places_csv, places_image, places_page
from si_lod.serve.pages.home import home_page
from si_lod.serve.pages.lists.findings import search_table
from si_lod.serve.pages.lists.kinds import kind_of
from si_lod.serve.pages.lists.listing import list_csv, list_page, paging
from si_lod.serve.pages.lists.long_roll import LongRoll
from si_lod.serve.pages.lists.members import RESERVED, Members
from si_lod.serve.pages.lists.roll import Roll, RollRequest
from si_lod.serve.pages.lists.searching import Request as SearchRequest
from si_lod.serve.pages.lists.searching import results, search_page
from si_lod.serve.pages.problems import problem_page
from si_lod.serve.pages.queries.chart import result_chart
from si_lod.serve.pages.queries.completion import completion
from si_lod.serve.pages.queries.keeping import fits_address
from si_lod.serve.pages.queries.page import query_page, refused_page
from si_lod.serve.pages.queries.results import ResultTable, most_rows
from si_lod.serve.pages.releases.catalogue import catalogue_page
from si_lod.serve.pages.releases.changes import changes_page, first_changes_page
from si_lod.serve.pages.releases.rehearsal import rehearsal_page
from si_lod.serve.pages.releases.report import report_page
from si_lod.serve.pages.releases.shelf import release_page, releases_page
from si_lod.serve.pages.rendering import init_app
from si_lod.serve.pages.thing.page import thing_page
from si_lod.serve.pages.thing.rows import ShownRow, row_page
from si_lod.serve.pages.words.wording import Text

__all__ = [
    "FRAME_HEIGHT",
    "FRAME_WIDTH",
    "IMAGE",
    "RESERVED",
    "SMALL",
    "Drawable",
    "LongRoll",
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
    "fits_address",
    "frame",
    "home_page",
    "init_app",
    "kind_of",
    "list_csv",
    "list_page",
    "most_rows",
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
    "refused_page",
    "rehearsal_page",
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
