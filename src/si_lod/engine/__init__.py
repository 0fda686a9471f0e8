"""Who answers a SPARQL query: processes that may end, or this one, over the release's store; or another machine.

::

    text ──▶ policy: SPARQL 1.1? only reads? small enough? ──▶ sharing: whose turn? ──▶ Engine.answer ──▶ whole bytes
     └ diagnosis: what was meant, and where it went wrong                                 pool ──▶ worker ──▶ store
                                                                                          remote, over the network

Everything above speaks to ``evaluation.Engine`` and cannot tell which engine stands behind it.
"""
