"""Another machine's engine, which holds releases as named graphs and speaks SPARQL 1.1.

::

    release ──▶ pushing ──▶ sending ──▶ graphstore (PUT, GET) ──▶ ( engine: one graph per release, and a shelf
       unpacking  │                     refusing, hearing: why not         that names those that are whole )
                  ├── comparing, reading: what is there is what was sent (fingerprint, values)     ▲
                  ├── shelf: which graphs are whole, which is current                              │
                  └── trial: the example queries                           the graph as default-graph-uri
    query ───▶ answering ──▶ exchange (SPARQLWrapper) ──▶ arrival: whole, in time ─────────────────┤
               transcript: the format that was asked for  presence: lost, or back again            │
               blame: whose fault no answer is            pulse: hung, until a probe is answered   │
    page ────▶ matching: many at once ──▶ lookup (wording: patterns and bindings as text)          │
                                          patience: one time for all of a request ──▶ exchange ────┘

The engine is trusted to evaluate and not to stay: a graph that is gone is never an empty
answer, and one that is half there, while it is put there anew, never a part of one.
"""
