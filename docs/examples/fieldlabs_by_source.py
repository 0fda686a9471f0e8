"""How many fieldlabs each source counts for 2020 and 2021, asked of a running service.

Usage: fieldlabs_by_source.py [ENDPOINT], by default http://127.0.0.1:8000/sparql
"""

import sys
from pathlib import Path

from SPARQLWrapper import JSON, SPARQLWrapper

QUERY = Path(__file__).parents[2] / "data/queries/fieldlabs-by-source.rq"

endpoint = SPARQLWrapper(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000/sparql")
endpoint.setReturnFormat(JSON)
endpoint.setQuery(QUERY.read_text(encoding="utf-8"))
for row in endpoint.query().convert()["results"]["bindings"]:
    print(row["value"]["value"], row["sourceTitle"]["value"], sep="\t")
