"""Another machine's engine, which holds releases as named graphs and speaks SPARQL 1.1.

::

    release ──▶ pushing ──▶ graphstore (PUT, GET) ──▶ ( engine: one graph per release, and a shelf that names them )
                   │ fingerprint: what is there is what was sent                    ▲
                   └── shelf: which graphs are whole, which is current              │ the graph as default-graph-uri
    query ──▶ answering ──▶ exchange (SPARQLWrapper) ──▶ arrival: whole, in time ───┘
              wording: lookups and bindings as text      transcript: the format that was asked for

The engine is trusted to evaluate and not to stay: a graph that is gone is never an empty
answer, and one that is half there, while it is put there anew, never a part of one.
"""
