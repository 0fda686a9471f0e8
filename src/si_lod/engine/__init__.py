"""Who answers a SPARQL query: today this process, over the release's store.

::

    text ──▶ policy: only reads? small enough? ──▶ Query ──▶ Engine.answer ──▶ whole bytes, or an error
                                                                └─ local: this process, a read-only store

Everything above speaks to ``evaluation.Engine`` and cannot tell which engine stands behind it.
"""
