"""A metadata object read key by key: every key is either understood or reported, none is passed over."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final, TypeVar

from si_lod.publish.csvw.documents.objects import Members
from si_lod.publish.csvw.faults import excerpt

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from si_lod.publish.csvw.faults import Faults

T = TypeVar("T")

# Keys of the standard that are not implemented, with what to do instead.
UNIMPLEMENTED: Final = {
    "transformations": "remove it",
    "schemaReference": 'name the table by its "resource"',
    "@base": "tables are resolved against the site's base IRI; remove it",
}


class Descriptor:
    """One JSON object of the metadata, what it describes, and where its faults go."""

    def __init__(self, members: Members, what: str, *, file: str, faults: Faults) -> None:
        self._members = members
        self._known: set[str] = set()
        self._faults = faults
        self.what = what
        self.file = file
        for key in members.repeated:
            self.fault(key, "stands here twice; keep one")

    def fault(self, key: str, message: str) -> None:
        """Report what is wrong with a key of this object."""
        place = ": ".join(part for part in (self.what, key) if part)
        self._faults.add(self.file, f"{place}: {message}", line=self._members.line)

    def within(self, members: Members, what: str) -> Descriptor:
        """Return the descriptor of an object inside this one."""
        place = ", ".join(part for part in (self.what, what) if part)
        return Descriptor(members, place, file=self.file, faults=self._faults)

    def has(self, key: str) -> bool:
        """Return whether the object has this key; who asks understands it."""
        self._known.add(key)
        return key in self._members

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys, in their order."""
        return tuple(self._members)

    def value(self, key: str) -> object:
        """Return whatever the key holds, or None; who asks understands it."""
        self._known.add(key)
        return self._members.get(key)

    def take(self, key: str, kind: type[T], default: T, expected: str) -> T:
        """Return the key's value if it is of that kind; without it, or when it is wrong, the default."""
        found = self.value(key)
        if not self.has(key):
            return default
        if isinstance(found, kind) and not (kind is int and isinstance(found, bool)):
            return found
        self.fault(key, f"expected {expected}, found {excerpt(found)}")
        return default

    def text(self, key: str, default: str = "") -> str:
        """Return a string."""
        return self.take(key, str, default, "a string")

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a boolean."""
        return self.take(key, bool, default, "true or false")

    def count(self, key: str, default: int = 0) -> int:
        """Return a whole number that is not negative."""
        number = self.take(key, int, default, "a whole number")
        if number < 0:
            self.fault(key, f"expected a number that is not negative, found {number}")
        return max(number, 0)

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return strings: one, or an array of them (a column reference, a null)."""
        found = self.value(key)
        if not self.has(key):
            return default
        if isinstance(found, str):
            return (found,)
        if isinstance(found, list) and found and all(isinstance(one, str) for one in found):
            return tuple(found)
        self.fault(key, f"expected a string or an array of strings, found {excerpt(found)}")
        return default

    def object(self, key: str, what: str) -> Descriptor | None:
        """Return the descriptor of the object that the key holds; None when there is none, or it is no object."""
        found = self.value(key)
        if isinstance(found, Members):
            return self.within(found, what)
        if self.has(key):
            hint = "; write it here, since no other document is read" if isinstance(found, str) else ""
            self.fault(key, f"expected an object, found {excerpt(found)}{hint}")
        return None

    def objects(self, key: str, what: str) -> Iterator[Descriptor]:
        """Yield the descriptors of the objects in the array that the key holds."""
        for number, found in enumerate(self.take(key, list, [], "an array of objects"), start=1):
            if isinstance(found, Members):
                yield self.within(found, f"{what} {number}")
            else:
                self.fault(key, f"expected an object as {what} {number}, found {excerpt(found)}")

    def close(self, kind: str, *, annotated: bool = True) -> None:
        """Report every key that is left over, and an ``@id`` or ``@type`` that does not fit.

        A common property (a prefixed name or an IRI, Metadata §5.8) annotates the table and makes no triple in
        minimal mode, so it may stand here, except in an object which is not ``annotated`` (a key or a reference).
        """
        if self.text("@type", kind) != kind:
            self.fault("@type", f"expected {excerpt(kind)}, found {excerpt(self.value('@type'))}")
        if self.text("@id").startswith("_:"):
            self.fault("@id", "expected an IRI, found a blank node")
        for key in self._members:
            if key not in self._known and not (annotated and ":" in key):
                self._leftover(key)

    def _leftover(self, key: str) -> None:
        if key in UNIMPLEMENTED:
            self.fault(key, f"this key of CSVW is not implemented; {UNIMPLEMENTED[key]}")
            return
        near = nearest(key, self._known)
        self.fault(key, f"is not a key that CSVW has here{f'; is {near} meant?' if near else ''}")


def nearest(word: str, words: Collection[str]) -> str:
    """Return the word that is most like this one, in quotes, or nothing when none is."""
    found = difflib.get_close_matches(word, words, n=1)
    return excerpt(found[0]) if found else ""
