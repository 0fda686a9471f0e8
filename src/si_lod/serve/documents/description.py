"""What a document says about a thing: the same triples in every syntax.

The thing's own triples, what links to it a page at a time, labels of everything mentioned, and where the document
itself comes from. A page of what links is ordered, so that two readers of one page read the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from si_lod.errors import UnknownResource
from si_lod.sentences import told
from si_lod.serve.documents.incoming import Incoming
from si_lod.serve.documents.metadata import paging, release_of, rows_of
from si_lod.serve.nodes import LABELS
from si_lod.serve.outgoing import Outgoing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Triple

    from si_lod.engine.evaluation import Engine
    from si_lod.index.origins import Origin
    from si_lod.release import Manifest
    from si_lod.serve.documents.fate import Fate


@dataclass(frozen=True, slots=True)
class Description:
    """What is said of ``iri``; ``shown`` is the ``page``, counted from 1, of what is ``incoming``.

    ``beyond`` has how many values there are of each property of which ``own`` has only some, as a page shows them.
    ``origins`` are the rows of the tables that speak of it. ``fate`` is what became of it since, which is of no release
    that describes it and so no part of what is said.
    """

    iri: str
    own: tuple[Triple, ...]
    beyond: Mapping[str, int] = field(default_factory=dict)
    incoming: Incoming | None = None
    shown: tuple[Triple, ...] = ()
    page: int = 1
    origins: Sequence[Origin] = ()
    labels: tuple[Triple, ...] = ()
    metadata: tuple[Triple, ...] = ()
    fate: Fate | None = None

    def triples(self) -> Iterator[Triple]:
        """Return each triple of the document once."""
        return iter(dict.fromkeys(chain(self.own, self.shown, self.labels, self.metadata)))


def describe(  # noqa: PLR0913  what is known of it already spares looking again
    engine: Engine,
    manifest: Manifest,
    iri: str,
    *,
    page: int = 1,
    incoming: Incoming | None = None,
    origins: Sequence[Origin] = (),
    modified: str = "",
    is_whole: bool = True,
) -> Description:
    """Return the description of a thing; raises UnknownResource if it is the subject of no triple, or has no such page.

    Each page repeats all but the incoming triples, so it can be read by itself. ``incoming`` spares counting again;
    ``modified`` is the day on which what is said of the thing last changed, if that is known. One that is not whole has
    of very many values of a property some, for a page.
    """
    thing = NamedNode(iri)
    outgoing = Outgoing.whole(engine, thing) if is_whole else Outgoing.of(engine, thing)
    own = outgoing.own
    if not own:
        raise UnknownResource(told("{iri}: this release says nothing about it", iri=iri))
    incoming = incoming or Incoming.of(engine, None, iri)
    shown = incoming.page(page)
    return Description(
        iri=iri,
        own=own,
        beyond=outgoing.beyond,
        incoming=incoming,
        shown=shown,
        page=page,
        origins=origins,
        labels=_labels(engine, chain(own, shown)),
        metadata=_sorted(
            chain(
                release_of(engine, manifest, iri, modified),
                rows_of(manifest, iri, origins),
                paging(manifest, incoming, page),
            )
        ),
    )


def _sorted(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    return tuple(sorted(triples, key=str))


def _labels(engine: Engine, triples: Iterable[Triple]) -> tuple[Triple, ...]:
    mentioned = dict.fromkeys(term for triple in triples for term in triple if isinstance(term, NamedNode))
    patterns = ((term, label, None) for term in mentioned for label in LABELS)
    return _sorted(chain.from_iterable(engine.match_each(patterns)))
