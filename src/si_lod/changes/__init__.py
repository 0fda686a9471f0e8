"""What changed from one release to another: a merge of their sorted dumps, told in several ways.

::

    old dataset.nq.gz ─┐               ┌─▶ patch: RDF Patch, to bring a copy up to date
                       ├─▶ merging ────┤
    new dataset.nq.gz ─┘  (by thing)   └─▶ facts: old and new value, each with its sources
                                        ▲    ├─▶ provenance: RDF, and back
    derived.nq.gz of both ─▶ consequences    └─▶ telling: text for people

What people changed comes first everywhere; what follows from it (derived, counted, dated) is told apart from it. Dumps
are read side by side, so memory is that of what one release says of one thing.
"""
