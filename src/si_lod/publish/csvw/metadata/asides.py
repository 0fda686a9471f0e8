"""What a description says beside its tables and makes no triple in minimal mode (Metadata §5.3, §5.4, §5.10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.publish.csvw.documents.annotations import mistakes
from si_lod.publish.csvw.metadata.columns import DIRECTIONS
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.documents.descriptors import Descriptor


def pass_over(described: Descriptor) -> None:
    """Report what is wrong with notes, direction and transformations, which are then of no more use here."""
    for mistake in mistakes(described.value("notes")):
        described.fault("notes", mistake)
    if described.text("tableDirection", "auto") not in DIRECTIONS:
        described.warn("tableDirection", told("expected one of {names}", names=", ".join(sorted(DIRECTIONS))))
    if described.has("transformations") and not described.lenient:
        described.fault("transformations", told("this key of CSVW is not implemented; remove it"))
        return
    for transformation in described.objects("transformations", told("transformation")):
        for key in ("url", "scriptFormat", "targetFormat", "source"):
            transformation.text(key)
        transformation.value("titles")
        transformation.close("Template")
