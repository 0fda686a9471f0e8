"""The standard that a draft is held to: the site's shapes, as far as they can be read."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from si_lod.publish.dataset.queries import Inquiry
from si_lod.publish.shacl.core.bounded import Bounded
from si_lod.publish.shacl.forms import malformed
from si_lod.publish.shacl.gate import Gate
from si_lod.publish.shacl.places import NOWHERE, Places
from si_lod.publish.shacl.questions import unanswerable
from si_lod.publish.shacl.shapes import Shapes
from si_lod.publish.source.places import placed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from si_lod.errors import Problem
    from si_lod.publish.dataset.assembly import Draft
    from si_lod.publish.shacl.report import ValidationReport
    from si_lod.publish.source.files import Source

_SHAPES: Final = "shapes/"


@dataclass(frozen=True, slots=True)
class Standard:
    """The shapes of ``source`` for ``draft``, None where they are of no use; ``faults`` is what is wrong with them."""

    source: Source
    draft: Draft
    shapes: Shapes | None = None
    faults: tuple[Problem, ...] = ()
    places: Places = NOWHERE

    @classmethod
    def read(cls, source: Source, draft: Draft, told: Iterable[Problem]) -> Self:
        """Return the standard; what is ``told`` already of files that cannot be read is not told again."""
        faults = list(malformed(placed(source)))
        if not draft.readable or any(problem.file.startswith(_SHAPES) for problem in told):
            return cls(source, draft, None, tuple(faults))
        paths = list(source.files("shapes/*.ttl"))
        texts = {source.name(path): path.read_bytes().decode(errors="replace") for path in paths}
        places = Places.of(placed(source), texts)
        shapes = Shapes.read(paths)
        faults += unanswerable(shapes.whole, places)
        return cls(source, draft, None if faults else shapes, tuple(faults), places)

    def report(self, shapes: Shapes) -> ValidationReport:
        """Return what the shapes find in the draft; raises InvalidFiles with what is wrong with them only then."""
        store, seconds = self.draft.store, self.source.seconds
        with closing(Inquiry(store, self.draft.copy, seconds)) as inquiry:
            core = Bounded(seconds, self.places).validate
            return Gate(store, core, inquiry.ask, self.source.site.base, self.places).validate(shapes)
