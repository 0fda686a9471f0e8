"""A metadata object read key by key: every key is either understood or reported, none is passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from si_lod.publish.csvw.documents.annotations import mistakes
from si_lod.publish.csvw.documents.keyed import Keyed
from si_lod.publish.csvw.documents.objects import Members
from si_lod.publish.csvw.faults import excerpt, nearest
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator


class Descriptor(Keyed):
    """An object of the metadata with those inside it; once it is closed, nothing of it was passed over."""

    def empty(self) -> Descriptor:
        """Return the descriptor of an object without keys, for one that is missing or was reported."""
        return self.within(Members([], self._members.line), "")

    def within(self, members: Members, what: str) -> Descriptor:
        """Return the descriptor of an object inside this one."""
        place = told("{outer}, {inner}", outer=self.what, inner=what) if self.what and what else self.what or what
        return Descriptor(members, place, file=self.file, faults=self._faults)

    def object(self, key: str, what: str) -> Descriptor | None:
        """Return the descriptor of the object that the key holds; None when there is none, or it is no object."""
        found = self.value(key)
        if isinstance(found, Members):
            return self.within(found, what)
        if self.has(key):
            self.warn(key, told("expected an object, found {found}", found=excerpt(found)))
        return None

    def objects(self, key: str, what: str) -> Iterator[Descriptor]:
        """Yield the descriptors of the objects in the array that the key holds."""
        for number, found in enumerate(self.take(key, list, [], told("an array of objects")), start=1):
            if isinstance(found, Members):
                yield self.within(found, told("{what} {number}", what=what, number=number))
            else:
                place = told("{what} {number}", what=what, number=number)
                self.warn(key, told("expected an object as {place}, found {found}", place=place, found=excerpt(found)))

    def close(self, kind: str, *, annotated: bool = True) -> None:
        """Report every key that is left over, and an ``@id`` or ``@type`` that does not fit.

        A common property (a prefixed name or an IRI, Metadata §5.8) annotates the table and makes no triple in
        minimal mode, so it may stand here, except in an object which is not ``annotated`` (a key or a reference).
        """
        found = self.value("@type")
        if self.has("@type") and found != kind:
            self.fault("@type", told("expected {kind}, found {found}", kind=excerpt(kind), found=excerpt(found)))
        if self.text("@id").startswith("_:"):
            self.fault("@id", told("expected an IRI, found a blank node"))
        for key in self._members:
            if annotated and ":" in key:
                for mistake in mistakes(self._members[key]):
                    self.fault(key, mistake)
            elif key not in self._known:
                self._leftover(key, annotated=annotated)

    def _leftover(self, key: str, *, annotated: bool) -> None:
        near = nearest(key, self._known)
        hint = told("; is {near} meant?", near=near) if near else ""
        report = self.warn if annotated else self.fault
        report(key, told("is not a key that CSVW has here{hint}", hint=hint))
