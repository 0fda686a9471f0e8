"""What changed from one release to another: a merge of their sorted dumps, told in several ways.

::

    old dataset.nq.gz ─┐               ┌─▶ patch: RDF Patch, to bring a copy up to date
                       ├─▶ merging ────┤
    new dataset.nq.gz ─┘  (by thing)   └─▶ facts: old and new value, each with its sources
                                             ├─▶ telling: text for people
                                             └─▶ provenance: RDF, and back

Both dumps are read once, side by side, so memory is that of what one release says of one thing.
"""
