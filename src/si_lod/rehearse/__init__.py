"""The harvest rehearsal: a client that acts as each portal against a running site, before the portals come.

The way of a rehearsal::

    visiting ──▶ harvest ──▶ graph ──▶ ckan, european, dutch, heritage, google, signposting, crawlers ──▶ finding
    HTTP, bounded  pages      RDF      what each portal's own rules make of it: data and small checks     verdicts

Nothing here knows the server: whatever speaks HTTP and DCAT can be rehearsed.
"""
