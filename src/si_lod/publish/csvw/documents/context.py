"""The context of CSVW metadata: its default language, and what references are resolved against (Metadata §5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from si_lod.publish.csvw.documents.names import LANGUAGE, UNDETERMINED
from si_lod.publish.csvw.documents.objects import Members
from si_lod.publish.csvw.faults import excerpt
from si_lod.sentences import told

if TYPE_CHECKING:
    from si_lod.publish.csvw.documents.descriptors import Descriptor

CONTEXT: Final = "http://www.w3.org/ns/csvw"


class Context(NamedTuple):
    """The language of what states none, and what relative references are resolved against."""

    tongue: str
    base: str


def read_context(described: Descriptor, base: str) -> Context:
    """Return what the ``@context`` of the document at ``base`` states; another context is never fetched."""
    found = described.value("@context")
    address, *local = found if isinstance(found, list) and found else [found]
    own = [one for one in local if isinstance(one, Members)]
    if address != CONTEXT or len(local) > 1 or own != local:
        expected = told('expected "{context}", alone or in an array with one object after it', context=CONTEXT)
        described.fault(
            "@context",
            told(
                "{expected}; found {found}; no other context is read or fetched",
                expected=expected,
                found=excerpt(found),
            ),
        )
        return Context(UNDETERMINED, base)
    for members in own:
        inner = described.within(members, "@context")
        for key in inner.keys:
            if key not in {"@language", "@base"}:
                inner.fault(key, told("is not a key of a context, which has @language and @base"))
        return Context(language(inner, "@language"), urljoin(base, inner.text("@base")))
    return Context(UNDETERMINED, base)


def language(described: Descriptor, key: str) -> str:
    """Return the language tag that the key holds, ``und`` without it (BCP 47)."""
    tag = described.text(key, UNDETERMINED)
    if LANGUAGE.fullmatch(tag):
        return tag
    described.warn(key, told('expected a language tag such as "nl" or "en-GB", found {tag}', tag=excerpt(tag)))
    return UNDETERMINED
