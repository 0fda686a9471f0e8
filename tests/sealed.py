"""A store with its seal, as publishing leaves it."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from si_lod.seals import seal


def sealed(path: Path) -> Path:
    """Return the folder, in which there is a sealed store from now on."""
    made = Store(str(path))
    label = NamedNode("http://a/label")
    made.extend(Quad(NamedNode(f"http://a/{n}"), label, Literal(f"thing {n}")) for n in range(500))
    made.flush()
    made.optimize()
    del made
    seal(path)
    return path
