"""What a search found, as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from si_lod.errors import InvalidRequest
from si_lod.sentences import told
from si_lod.serve.nodes import document_iri
from si_lod.serve.pages.lists.searching import PATH

if TYPE_CHECKING:
    from si_lod.serve.pages.lists.searching import Hit, Results
    from si_lod.serve.view import View


def search_table(view: View, found: Results) -> str:
    """Return what was found as JSON; ``document`` is where more is said of a thing, wherever the service runs.

    Raises InvalidRequest if there is no such kind as was asked for.
    """
    if found.known:
        names = ", ".join(found.known)
        message = told('type: expected one of {known}, found "{found}"', known=names, found=found.request.kind[:80])
        raise InvalidRequest(message)
    table: dict[str, Any] = {
        "query": found.request.words,
        "language": view.language,
        "total": found.paging.total,
        "complete": not found.more,
        "page": found.paging.page,
        "pages": found.paging.pages,
        **{name: address for name, address in found.paging.ways(view, f"{PATH}.json") if name in {"prev", "next"}},
        "types": [
            {"iri": choice.iri, "label": choice.name.words, "count": choice.count, "href": choice.href}
            for choice in found.kinds
        ],
        "results": [_row(view, hit) for hit in found.hits],
    }
    return json.dumps(table, indent=2, ensure_ascii=False) + "\n"


def _row(view: View, hit: Hit) -> dict[str, Any]:
    name = hit.link.text
    return {
        "iri": hit.link.iri,
        "label": {"@value": name.words, "@language": view.language if name.language is None else name.language},
        "type": hit.kind_iri,
        "typeLabel": hit.kind.words,
        "document": document_iri(view.manifest, hit.link.iri),
        "href": hit.link.href,
        "excerpt": "".join(text for text, _ in hit.excerpt),
        "excerptLanguage": view.language if hit.language is None else hit.language,
    }
