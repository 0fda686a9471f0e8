"""Another machine's engine, which holds releases as named graphs and speaks SPARQL 1.1.

::

    release ──▶ pushing ──▶ sending ──▶ graphstore (PUT, GET) ──▶ ( engine: a graph for each push, and small
       unpacking  │                     refusing, hearing: why not         ones that tell which are whole )
                  ├── inspection, comparing, reading: what is there is what was sent (fingerprint, values)
                  ├── transit, clearing: what is on its way, or was left behind                    ▲
                  ├── switching: label, the one graph of a release that is read; shelf, all        │
                  └── trial: the example queries                           the graph as default-graph-uri
    query ───▶ answering ──▶ exchange (wrapper, line) ──▶ arrival: whole, in time ─────────────────┤
               transcript: the format that was asked for  presence: lost, or back again            │
               blame: whose fault no answer is            pulse: hung, until a probe is answered   │
    page ────▶ matching: many at once ──▶ lookup (wording: patterns and bindings as text)          │
                                          patience: one time for all of a request ──▶ exchange ────┘

In four rooms: ``speaking`` (exchange and what it stands on), ``looking`` (lookup, matching, transcript), ``holding``
(graphs and labels) and ``transfer`` (what a push sends and compares).

The engine is trusted to evaluate and not to stay: a graph that is gone is never an empty answer, and
what was read while it went never a part of one, since its label does not name it any more by then.
"""
