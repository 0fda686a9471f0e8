"""Ways to spoil a catalogue, in its N-Triples or in what is served of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

from si_lod.rehearse.terms import HYDRA, RDF_TYPE, expanded
from tests.rehearse.served import BASE, File, Files, document

Lines = Callable[[list[str]], list[str]]
Change = Callable[[Files], None]
SYNTAXES = ("catalog.ttl", "catalog.rdf", "catalog.jsonld")


def without(subject: str, name: str) -> Lines:
    """Leave out a property of a subject."""
    begin = f"{subject} <{expanded(name)}> "
    return lambda lines: [line for line in lines if not line.startswith(begin)]


def with_values(subject: str, name: str, *values: str) -> Lines:
    """Put other values in the place of all values of a property."""
    added = [f"{subject} <{expanded(name)}> {value} .\n" for value in values]
    return lambda lines: [*without(subject, name)(lines), *added]


def also(subject: str, name: str, *values: str) -> Lines:
    """Add values of a property."""
    return lambda lines: [*lines, *(f"{subject} <{expanded(name)}> {value} .\n" for value in values)]


def typed(subject: str, class_: str) -> Lines:
    """Say that a subject is of a class."""
    return lambda lines: [*lines, f"{subject} <{RDF_TYPE}> <{expanded(class_)}> .\n"]


def everywhere(old: str, new: str) -> Lines:
    """Write something else wherever it is written."""
    return lambda lines: [line.replace(old, new) for line in lines]


def at(path: str, change: Callable[[File], File]) -> Change:
    """Change one file."""

    def spoil(files: Files) -> None:
        files[path] = change(files[path])

    return spoil


def to_browsers_only(path: str) -> Change:
    """Tell the links of a page to whoever asks for HTML, and to no one else."""

    def spoil(files: Files) -> None:
        page = files.pop(path)
        files |= {f"{path} text/html": page, f"{path} */*": document("", "text/turtle")}

    return spoil


def in_catalogue(change: Callable[[File], File]) -> Change:
    """Change the catalogue in every syntax."""

    def spoil(files: Files) -> None:
        for path in SYNTAXES:
            files[path] = change(files[path])

    return spoil


def put(old: str, new: str) -> Callable[[File], File]:
    """Write something else in a file, where it stands."""

    def spoil(file: File) -> File:
        assert old.encode() in file.body
        return replace(file, body=file.body.replace(old.encode(), new.encode()))

    return spoil


def header(**headers: str) -> Callable[[File], File]:
    return lambda file: file.also(**headers)


def status(number: int) -> Callable[[File], File]:
    return lambda file: replace(file, status=number)


def head(number: int) -> Callable[[File], File]:
    return lambda file: replace(file, head=number)


def clock(file: File) -> File:
    """Write the time of the request into the file."""
    ticks = count()
    return replace(file, fresh=lambda: file.body + f"\n# generated at {next(ticks)}\n".encode())


def restless(file: File) -> File:
    """Give the file another ETag at each request."""
    ticks = count()
    return replace(file, tagged=lambda: f'"{next(ticks)}"')


def next_page(link: str) -> Callable[[File], File]:
    """Say in Turtle that there is a next page, and how many data sets there are."""
    view = f'\n<{BASE}catalog.ttl> <{HYDRA}next> <{link}> ; <{HYDRA}totalItems> "5" .\n'
    return lambda file: replace(file, body=file.body + view.encode())


def second_page(body: bytes | None, *, total: bool = True) -> Change:
    """Add a second page in Turtle; without a body it has what the first has."""

    def spoil(files: Files) -> None:
        page = "catalog.ttl?page=2"
        files[page] = document(body or files["catalog.ttl"].body, "text/turtle")
        files["catalog.ttl"] = next_page(BASE + page)(files["catalog.ttl"])
        if not total:
            files["catalog.ttl"] = put("totalItems", "title")(files["catalog.ttl"])

    return spoil
