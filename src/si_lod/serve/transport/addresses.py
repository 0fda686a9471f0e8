"""What the addresses of the service begin with."""

from __future__ import annotations

from typing import Final

from si_lod.iris import Space

OWN: Final = frozenset(
    {
        ".well-known",
        "catalog",
        "changes",
        "chart",
        "croissant",
        "def",
        "doc",
        "dump",
        "embed",
        "favicon.ico",
        "feed",
        "files",
        "health",
        "id",
        "linkset",
        "list",
        "metrics",
        "oembed",
        "openapi.json",
        "opensearch.xml",
        "places",
        "rehearsal",
        "release",
        "report",
        "robots.txt",
        "search",
        "sitemap",
        "sitemap.xml",
        "sparql",
        "static",
        "timemap",
        "void",
    }
)
"""All of them, each as far as a slash. A prefix is looked at before the routes are known, so a list it is."""

ROUTED: Final = frozenset(name if name.startswith(".") else name.partition(".")[0] for name in OWN - {*Space})
"""Those that name no thing, document or definition, each as far as a dot."""
