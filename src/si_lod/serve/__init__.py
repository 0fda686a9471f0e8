"""From a release to HTTP; whatever is said here was in the release.

::

    request ──▶ spelling ──▶ resources · definitions ──▶ document ──▶ negotiation ──▶ variants ──▶ reply ──▶ manners
                             places · sparql ── protocol ──▶ results ──┘                  │
                                 │                              representation (RDF) · pages (HTML)
                                 └──▶ visit ──▶ current ──▶ release, engine        problems: what went wrong

``app`` puts the rooms together, ``server`` runs them in worker processes.
"""
