"""Who answers a SPARQL query: processes that may end, or this one, over the release's store; or another machine.

::

    text ──▶ tokens ──▶ policy: only reads? reaches nothing? small enough? ──▶ Query ──▶ Engine.answer ──▶ whole bytes
                          prologue · reading                                               local · stack · xml · syntax
                                                                                           remote, over the network

Everything above speaks to ``evaluation.Engine`` and cannot tell which engine stands behind it.
"""
