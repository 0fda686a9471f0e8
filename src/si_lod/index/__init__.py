"""What a release looks up by words, rows and numbers: ``index.sqlite``, written once at publishing and only read then.

::

    store ──▶ names    which things have a name, in which languages, and what is said of them ──▶ searching
          ──▶ presence what has a type, and which versions the ontologies have
          ──▶ links    how many triples of each property lead to a thing that many lead to
          ──▶ rolls    the members of long lists, by name and by what they can be chosen by ──▶ choosing
    rows  ──▶ origins  which rows of which tables speak of a thing

The RDF store answers patterns; these questions it could only answer by reading much of itself. The index says nothing
that the release does not say elsewhere, so a release without one is served all the same, without a search.
"""
