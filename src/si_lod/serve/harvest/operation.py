"""An operation of the service and what an address of it says (OpenAPI 3.1.0 §4.8.10, §4.8.12)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that an address says; ``schema`` is its type, ``choices`` are its values if they are known.

    ``repeated`` says that it may be there several times, ``free`` that it stands for those of any other name.
    """

    name: str
    about: str
    example: str = ""
    schema: str = "string"
    choices: tuple[str, ...] = ()
    repeated: bool = False
    free: bool = False


@dataclass(frozen=True, slots=True)
class Operation:
    """A method at an address; those of the ``parameters`` are in the path that the path names.

    ``types`` are those of the answer, none if it only leads on; ``form`` says that the content may be a form.
    """

    name: str
    path: str
    about: str
    types: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    statuses: tuple[int, ...] = (200,)
    form: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Offered:
    """What a release has that addresses name: the reference of a thing, lists, files with their types, feeds."""

    thing: str
    lists: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    feeds: tuple[str, ...]
    languages: tuple[str, ...]
    searched: bool
