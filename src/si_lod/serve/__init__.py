"""From a release to HTTP; whatever is said here was in the release.

::

    request ──▶ resources · sparql ──▶ negotiation ──▶ representation ──▶ response
                     │                                    ├─ RDF: serialised by the store's library
                     └──▶ current ──▶ engine ──▶ release  └─ HTML: pages
"""
