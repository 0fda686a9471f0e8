"""The catalogue of a release: its data sets, the files they are downloaded as, and what a harvester needs to know.

    data/*.ttl ──▶ statement ──▶ parts      which thing is in which data set
                                  │
                       store ──▶ dumps ──▶ distributions, void, description ──▶ dates ──▶ catalog.nt, and the store
                                                                        └──▶ streams ──▶ feeds    what changed since

What people write is in the site's documents; sizes, counts, dates and links follow from the files. The catalogue
stands alone: whatever it names has its type and its label in it (DCAT-AP 3.0.1).
"""

from si_lod.publish.catalogue.making import make_catalogue

__all__ = ["make_catalogue"]
