"""The keys of a metadata object, asked for one by one: who asks for a key understands it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from si_lod.publish.csvw.faults import excerpt
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.documents.objects import Members
    from si_lod.publish.csvw.faults import Faults

T = TypeVar("T")


class Keyed:
    """One JSON object of the metadata, what it describes, and where its faults go.

    A value that is not of the kind that is asked for is reported, and the default stands in its place.
    """

    def __init__(self, members: Members, what: str, *, file: str, faults: Faults) -> None:
        self._members = members
        self._known: set[str] = set()
        self._faults = faults
        self.what = what
        self.file = file
        for key in members.repeated:
            self.fault(key, told("stands here twice; keep one"))

    def fault(self, key: str, message: str) -> None:
        """Report what is wrong with a key of this object."""
        self._faults.add(self.file, self._placed(key, message), line=self._members.line)

    def warn(self, key: str, message: str) -> None:
        """Report what a converter reads on after, as if the key were not there (Metadata §4.4, §5.1)."""
        self._faults.warn(self.file, self._placed(key, message), line=self._members.line)

    def _placed(self, key: str, message: str) -> str:
        for place in (key, self.what):
            message = told("{place}: {message}", place=place, message=message) if place else message
        return message

    @property
    def lenient(self) -> bool:
        """True when what the standard only warns of refuses nothing."""
        return self._faults.lenient

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
        self.warn(key, told("expected {expected}, found {found}", expected=expected, found=excerpt(found)))
        return default

    def text(self, key: str, default: str = "") -> str:
        """Return a string."""
        return self.take(key, str, default, told("a string"))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Return a boolean."""
        return self.take(key, bool, default, told("true or false"))

    def count(self, key: str, default: int = 0) -> int:
        """Return a whole number that is not negative."""
        number = self.take(key, int, default, told("a whole number"))
        if number < 0:
            self.warn(key, told("expected a number that is not negative, found {number}", number=number))
            return default
        return number

    def texts(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return strings: one, or an array of them (a column reference, a null)."""
        found = self.value(key)
        if not self.has(key):
            return default
        if isinstance(found, str):
            return (found,)
        listed = found if isinstance(found, list) else []
        strings = tuple(one for one in listed if isinstance(one, str))
        if not strings or len(strings) < len(listed):
            self.warn(key, told("expected a string or an array of strings, found {found}", found=excerpt(found)))
        return strings or default
