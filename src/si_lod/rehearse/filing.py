"""A rehearsal as it is kept beside the release that it is of."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from si_lod.errors import WrongUsage
from si_lod.rehearsals import Rehearsed
from si_lod.rehearse.form import document
from si_lod.rehearse.showing import shown
from si_lod.rehearse.telling import text
from si_lod.rehearse.terms import DCAT
from si_lod.sentences import LANGUAGES, listed, told

if TYPE_CHECKING:
    from si_lod.rehearse.evidence import Evidence
    from si_lod.rehearse.rehearsal import Rehearsal


def filed(rehearsal: Rehearsal, evidence: Evidence, release: str) -> Rehearsed:
    """Return the rehearsal to be kept with that release; raises WrongUsage if the site that was visited is another.

    It is read by everybody, so addresses are told below the base of the site, wherever it was visited.
    """
    found = sorted({one for node in evidence.graph.datasets for one in evidence.graph.texts(node, f"{DCAT}version")})
    if release not in found:
        message = told(
            "{url}: expected the site of release {release}, found one whose catalogue names {found}; nothing was "
            "saved; say where its releases are with --releases",
            url=rehearsal.url,
            release=release,
            found=listed(found) or told("none"),
        )
        raise WrongUsage(message)
    when = datetime.now(tz=UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
    return Rehearsed(release, when, rehearsal.whole, {tag: _told(rehearsal, tag) for tag in LANGUAGES})


def _told(rehearsal: Rehearsal, language: str) -> dict[str, Any]:
    content = {
        "text": text(rehearsal, language),
        "document": json.loads(document(rehearsal, language)),
        "portals": shown(rehearsal, language),
    }
    table: dict[str, Any] = json.loads(json.dumps(content).replace(rehearsal.url, rehearsal.base))
    return table
