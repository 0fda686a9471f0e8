"""A site's own description: base IRI, languages, title, and what its pages open with; or what is wrong with it."""

from si_lod.sites.complaints import MARKS
from si_lod.sites.description import Site

__all__ = ["MARKS", "Site"]
