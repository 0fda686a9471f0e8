"""The texts of the programs that ask a question, in which its parts are left open."""

from __future__ import annotations

from typing import Final

from si_lod.engine.evaluation import Form

KEPT: Final = "--post301 --post302 --post303"
"""How curl is told to send a POST on as one."""
PROBE: Final = "?query=ASK%7B%7D"
PYTHON: Final = """from SPARQLWrapper import {constants}, SPARQLWrapper

endpoint = SPARQLWrapper("{endpoint}")
endpoint.setReturnFormat({constant})
{dataset}endpoint.setQuery({query})
endpoint.queryType = {type}  # {guessed}
answer = endpoint.queryAndConvert()
{print}
"""
PYTHON_LONG: Final = """from urllib.request import urlopen

from SPARQLWrapper import {constants}, SPARQLWrapper

# {led}
address = urlopen("{endpoint}{probe}").url.partition("?")[0]
endpoint = SPARQLWrapper(address)
endpoint.setMethod("POST")
endpoint.setReturnFormat({constant})
{dataset}endpoint.setQuery({query})
endpoint.queryType = {type}  # {guessed}
answer = endpoint.queryAndConvert()
{print}
"""
PYTHON_PRINTS: Final = {
    Form.SELECT: (
        'for row in answer["results"]["bindings"]:\n    print({name: cell["value"] for name, cell in row.items()})'
    ),
    Form.ASK: 'print(answer["boolean"])',
}
PYTHON_GRAPHS: Final = {"default-graph-uri": "addDefaultGraph", "named-graph-uri": "addNamedGraph"}
R: Final = """query <- {query}
address <- paste0("{endpoint}{begun}format={format}&query=", URLencode(query, reserved = TRUE, repeated = TRUE))
{print}
"""
R_LONG: Final = """query <- {query}
file <- tempfile()
writeBin(charToRaw(query), file)
kept <- c({kept})
asked <- c("-sSfL", kept, "-H", shQuote("Accept: {accept}"), "--data-urlencode", shQuote(paste0("query@", file)))
answer <- system2("curl", c(asked, shQuote("{endpoint}{dataset}")), stdout = TRUE)
Encoding(answer) <- "UTF-8"
{print}
"""
R_TABLE: Final = 'print(read.csv({source}, encoding = "UTF-8", check.names = FALSE, na.strings = ""))'
R_LINES: Final = 'writeLines(readLines(address, encoding = "UTF-8", warn = FALSE))'
JAVASCRIPT: Final = """const query = {query};
const address = "{endpoint}{begun}" + new URLSearchParams({{ query }});
const response = await fetch(address, {{ headers: {{ Accept: "{accept}" }} }});
if (!response.ok) throw new Error(await response.text());
{print}
"""
JAVASCRIPT_LONG: Final = """const query = {query};
// {led}
const {{ url }} = await fetch("{endpoint}{probe}");
const response = await fetch(url.split("?")[0]{dataset}, {{
  method: "POST",
  headers: {{ Accept: "{accept}" }},
  body: new URLSearchParams({{ query }}),
}});
if (!response.ok) throw new Error(await response.text());
{print}
"""
JAVASCRIPT_PRINTS: Final = {
    Form.SELECT: (
        "const { head, results } = await response.json();\n"
        "const value = (row) => Object.fromEntries(head.vars.map((name) => [name, row[name]?.value]));\n"
        "console.table(results.bindings.map(value));"
    ),
    Form.ASK: "console.log((await response.json()).boolean);",
}
