"""Monitoring facts as linked open data, from a spreadsheet to a served release.

The way of a fact, and the room where each step lives::

    facts (CSV + CSVW) ──▶ RDF (+ derived) ──▶ SHACL: conforms? ──▶ release ──▶ served
      publish.csvw       publish.dataset          publish.shacl        release    serve, engine

``publish`` is a function from files to a release and has never heard of HTTP. ``serve`` is a function from a
release to HTTP and has never heard of the facts' domain: whatever it says was in the release. ``release`` is the
bridge between them, complete or absent. ``rehearse`` visits a running site as portals do, and knows neither. What the
facts are about stands in the site's ``ontology``, ``shapes`` and ``data`` folders and nowhere in this package.
"""

__version__ = "0.1.0"
