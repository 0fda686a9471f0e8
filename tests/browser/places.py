"""One page of every kind that the sample site has."""

from __future__ import annotations

from urllib.parse import quote

LONG = "SELECT * WHERE { ?s ?p ?o } LIMIT 40"

PAGES = {
    "home": "/",
    "list": "/list/publication",
    "fieldlab": "/doc/fieldlab/robohouse",
    "hub": "/doc/hub/noord",
    "programme": "/doc/programme/smart-industry",
    "organisation": "/doc/organisation/tno",
    "subject group": "/doc/subject-group/smart-industry-all-fieldlabs",
    "publication": "/doc/publication/si-monitor-2020",
    "observation": "/doc/observation/obs-0027",
    "indicator with contradictions": "/doc/indicator/fieldlabs-counted",
    "finding": "/doc/finding/q-002",
    "discrepancy": "/doc/discrepancy/smitzh",
    "period": "/doc/period/2014--2020",
    "place": "/doc/place/delft",
    "code": "/doc/concept/precision/circa",
    "code list": "/doc/scheme/breakdown",
    "data set": "/doc/dataset/monitor",
    "catalogue": "/doc/catalog",
    "service": "/doc/data-service/sparql",
    "publisher": "/doc/agent/publisher",
    "contact": "/doc/contact/editors",
    "structure": "/doc/dsd/monitor",
    "component": "/doc/component/monitor.source",
    "metric": "/doc/metric/gone-results",
    "example query": "/doc/query/contradictions",
    "ontology": "/def/si",
    "shapes": "/def/shapes",
    "query form": "/sparql",
    "query result": f"/sparql?query={quote(LONG)}",
    "query that is wrong": f"/sparql?query={quote('SELECT ?x WHERE { ?x a }')}",
    "releases": "/release",
    "release": "/release/2026.2",
    "report": "/release/2026.2/report",
    "changes": "/release/2026.2/changes",
    "thing as it was": "/release/2026.1/doc/fieldlab/robohouse",
    "framed figures": "/embed/indicator/fieldlabs-counted",
    "chart": "/chart/indicator/fieldlabs-counted",
    "nothing there": "/doc/fieldlab/nowhere",
    "withdrawn": "/doc/observation/obs-0090",
}

NEEDLESS = {
    "static",
    "timemaps.timemap",
    "embedding.oembed",
    "resources.thing",
    "history.id-release",
    "history.doc-release",
}
"""Routes that show no page: files, and those that only lead elsewhere."""
