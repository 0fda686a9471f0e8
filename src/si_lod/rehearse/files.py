"""Everyone who downloads: files are what the catalogue says, HEAD tells what GET does, and ETags hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from si_lod.rehearse.finding import Effect, Finding
from si_lod.rehearse.terms import DCAT
from si_lod.sentences import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.rehearse.evidence import Evidence

_ADDRESSES: Final = (f"{DCAT}accessURL", f"{DCAT}downloadURL", f"{DCAT}endpointURL", f"{DCAT}landingPage")
_COMPARED: Final = ("content-type", "content-length", "etag")
_NOT_MODIFIED: Final = 304


def sizes(evidence: Evidence) -> Iterator[Finding]:
    """Yield which files have another size than the catalogue says."""
    for name, node in evidence.distributions():
        for address in evidence.graph.texts(node, f"{DCAT}downloadURL"):
            answer = evidence.visitor.get(address)
            for size in evidence.graph.texts(node, f"{DCAT}byteSize"):
                if answer.well and size != str(answer.length):
                    said = told("dcat:byteSize says {size} bytes, the file has {found}", size=size, found=answer.length)
                    yield Finding(Effect.LOSES, address, said, name)


def contents(evidence: Evidence) -> Iterator[Finding]:
    """Yield which files are not what their media type says; one of a syntax of RDF is read."""
    for name, node in evidence.distributions():
        for address in evidence.graph.texts(node, f"{DCAT}downloadURL"):
            answer = evidence.visitor.get(address)
            if answer.well and answer.length and not answer.content:
                yield Finding(Effect.NOTE, address, told("is too large to be read here"), name)
            form = RdfFormat.from_media_type(answer.media_type) if answer.content else None
            fault = _fault(answer.content, form, address) if form and answer.well else None
            if form and fault:
                said = told("cannot be read as {form}: {fault}", form=form.name, fault=fault)
                yield Finding(Effect.LOSES, address, said, name)


def heads(evidence: Evidence) -> Iterator[Finding]:
    """Yield where HEAD tells something else than GET (RFC 9110 §9.3.2)."""
    for name, address in _addresses(evidence):
        head, answer = evidence.visitor.head(address), evidence.visitor.get(address)
        if not head.status or not answer.status:
            continue
        if head.status != answer.status:
            said = told("HEAD answers {head}, GET {get}", head=head.status, get=answer.status)
            yield Finding(Effect.LOSES, address, said, name)
            continue
        for field in _COMPARED:
            one, other = head.headers.get(field, ""), answer.headers.get(field, "")
            if one != other and not (field == "content-length" and not one):
                said = told('{field}: HEAD says "{head}", GET "{get}"', field=field, head=one, get=other)
                yield Finding(Effect.LOSES, address, said, name)


def validators(evidence: Evidence) -> Iterator[Finding]:
    """Yield which addresses have no ETag that stays as long as the bytes do, or do not heed it."""
    for name, address in _fixed(evidence):
        first = evidence.visitor.get(address)
        tag = first.headers.get("etag", "")
        if not first.well:
            continue
        if not tag:
            yield Finding(Effect.LOSES, address, told("has no ETag; crawlers fetch it anew every time"), name)
            continue
        later = evidence.again(address)
        if later.headers.get("etag", "") != tag and later.digest == first.digest:
            said = told("has another ETag at a second visit, though the bytes are the same")
            yield Finding(Effect.LOSES, address, said, name)
        elif later.digest == first.digest and evidence.visitor.changed_since(address, tag).status != _NOT_MODIFIED:
            said = told("does not answer 304 to If-None-Match with its own ETag")
            yield Finding(Effect.LOSES, address, said, name)


def steady(evidence: Evidence) -> Iterator[Finding]:
    """Yield which files have other bytes at a second visit."""
    for name, address in _fixed(evidence):
        first, later = evidence.visitor.get(address), evidence.again(address)
        if first.well and later.digest != first.digest:
            said = told("has other bytes at a second visit, perhaps for the time in it")
            yield Finding(Effect.LOSES, address, said, name)


def _addresses(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield each address of the site that the catalogue sends visitors to, once, with a data set it is of."""
    graph, seen = evidence.graph, set[str]()
    owners = {node: name for name, node in evidence.distributions()}
    owners |= {dataset: name for name, dataset in evidence.described()}
    for predicate in _ADDRESSES:
        for node, term in graph.subjects(predicate):
            if term.value not in seen and evidence.site.address(term.value):
                seen.add(term.value)
                yield owners.get(node, ""), term.value


def _fixed(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield the pages of the catalogue and the files: what has an ETag and the same bytes for everyone."""
    for each in evidence.harvests.values():
        yield from (("", page.address) for page in each.pages)
    for name, node in evidence.distributions():
        yield from ((name, address) for address in evidence.graph.texts(node, f"{DCAT}downloadURL"))


def _fault(content: bytes, form: RdfFormat, address: str) -> str | None:
    try:
        for _ in parse(content, format=form, base_iri=address):
            pass
    except (SyntaxError, ValueError) as error:
        return str(error)
    return None
