"""What an engine gives back, held against what it was sent: the same lines, the same values, or others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from si_lod.engine.remote.transfer.fingerprint import Fingerprint, lines_in
from si_lod.engine.remote.transfer.values import by_value, kind_of
from si_lod.errors import EndpointFailed
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from si_lod.sentences import Sentence

_EXAMPLES: Final = 3
_LOOKED_INTO: Final = 64
"""Of how many buckets the lines are compared one by one, to say which are not the same."""


class Differs(EndpointFailed):
    """The engine gives back whole what it has, and that is not what it was sent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The lines in ``file``, and their fingerprint; ``may_differ`` in form is what has the same value."""

    file: BinaryIO
    fingerprint: Fingerprint
    may_differ: bool

    def compared(self, address: str, read: Callable[[], Iterator[bytes]]) -> Counter[str]:
        """Return how many literals of each kind are written otherwise than they were sent, mostly none.

        ``read`` gives the lines that the engine has, each time it is called. Raises Differs if there are other
        triples than were sent, or literals in another form where these may not differ.
        """
        theirs = Fingerprint.of(read())
        if theirs == self.fingerprint:
            return Counter()
        mine, valued = Fingerprint.of(map(by_value, self._lines())), Fingerprint.of(map(by_value, read()))
        if mine != valued:
            raise Differs(self._others(address, read, mine, valued))
        rewritten, example = self._rewritten(read, theirs)
        if not self.may_differ:
            raise Differs(_refusal(address, rewritten, example))
        return rewritten

    def _lines(self) -> Iterator[bytes]:
        self.file.seek(0)
        return iter(self.file)

    def _others(
        self, address: str, read: Callable[[], Iterator[bytes]], mine: Fingerprint, theirs: Fingerprint
    ) -> Sentence:
        """Return what is said of triples that are lost or came up."""
        buckets = frozenset(sorted(mine.differing(theirs))[:_LOOKED_INTO])
        sent = set(lines_in(map(by_value, self._lines()), buckets))
        found = set(lines_in(map(by_value, read()), buckets))
        return told(
            "{address}: expected the {sent} triples that were sent, found {found} and not all the same, so the release "
            "is not switched to; sent and not found: {missing}; found and not sent: {added}",
            address=address,
            sent=mine.count,
            found=theirs.count,
            missing=_some(sent - found),
            added=_some(found - sent),
        )

    def _rewritten(self, read: Callable[[], Iterator[bytes]], theirs: Fingerprint) -> tuple[Counter[str], bytes]:
        """Return how many lines of each kind of literal were not sent as they are, and the first."""
        buckets = self.fingerprint.differing(theirs)
        # Of the lines only a number each is kept, and of few lines: where most are rewritten, they are many.
        sent = {hash(line) for line in lines_in(self._lines(), buckets)}
        counted, first = Counter[str](), b""
        for line in lines_in(read(), buckets):
            if hash(line) not in sent:
                counted[kind_of(line)] += 1
                first = first or line
        return counted, first


def kinds(counted: Counter[str]) -> str:
    """Return the kinds with their numbers, the commonest first: ``31 xsd:boolean, 2 @en``."""
    return ", ".join(f"{number} {kind}" for kind, number in counted.most_common())


def _refusal(address: str, rewritten: Counter[str], example: bytes) -> Sentence:
    return told(
        "{address}: all triples are there, but literals are written otherwise than they were sent ({kinds}), "
        "such as {example}, so the release is not switched to; their values and datatypes are the same: "
        "to take them as they are, push with --by-value",
        address=address,
        kinds=kinds(rewritten),
        example=example.decode(errors="replace").strip(),
    )


def _some(lines: set[bytes]) -> Sentence | str:
    shown = (line.decode(errors="replace").strip() for line in sorted(lines)[:_EXAMPLES])
    return " ".join(shown) or told("none")
