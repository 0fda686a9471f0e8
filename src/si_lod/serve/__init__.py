"""From a release to HTTP; whatever is said here was in the release.

::

    request ──▶ transport ──▶ spelling, travel ──▶ documents · overviews · sparql · releases · harvest
                                                       │                                │
                                   visit ◀─────────────┘                                ▼
                                     │              pages (HTML), triples (RDF) ──▶ replies ──▶ manners ──▶ response
                          current ──▶ opened                                        problems: what went wrong

``app`` puts the rooms together, ``server`` runs them in worker processes.
"""
