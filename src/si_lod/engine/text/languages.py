"""The languages that a query asks words in, by the variables of which it compares the language.

``LANG(?label) = "en"``, ``LANG(?label) IN ("en", "")`` and ``LANGMATCHES(LANG(?label), "en")`` ask for English. Which
variables follow whoever reads is said beside the query: one that asks for two languages on purpose asks for both of
everybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from si_lod.engine.text.tokens import Kind, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from si_lod.engine.text.tokens import Token

_LENGTH: Final = len(("LANG", "(", "?variable", ")"))
_CASELESS: Final = frozenset({Kind.WORD, Kind.MARK})


def languages(text: str, known: Collection[str]) -> dict[str, set[str]]:
    """Return by variable, without its question mark, in which of the ``known`` languages its words are asked."""
    found: dict[str, set[str]] = {}
    for variable, token in _compared(list(tokens(text))):
        if token.text[1:-1] in known:
            found.setdefault(variable, set()).add(token.text[1:-1])
    return found


def translated(text: str, variables: Collection[str], known: Collection[str], language: str) -> str:
    """Return the query as it asks for the words of ``variables`` in ``language``; all else stays as it is.

    A variable that is asked in two of the ``known`` languages stays too: it has no one language to be put in place of.
    """
    single = {variable for variable, tags in languages(text, known).items() if len(tags) == 1} & set(variables)
    pieces, end = [], 0
    for variable, token in _compared(list(tokens(text))):
        if variable in single and token.text[1:-1] in known:
            quote = token.text[0]
            pieces += [text[end : token.at], quote, language, quote]
            end = token.at + len(token.text)
    return "".join([*pieces, text[end:]])


def _compared(read: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """Yield each text that the language of a variable is held against, with the variable's name."""
    for place in range(len(read) - _LENGTH):
        asking = read[place : place + _LENGTH]
        if asking[2].kind is Kind.VARIABLE and _spelled(asking[:2]) == ["LANG", "("] and asking[3].text == ")":
            within = _spelled(read[max(place - 2, 0) : place]) == ["LANGMATCHES", "("]
            for token in _tags(read[place + _LENGTH :], within=within):
                yield asking[2].text[1:], token


def _tags(after: Sequence[Token], *, within: bool) -> Iterator[Token]:
    if _spelled(after[:1]) in (["="], [","] if within else ["="]):
        yield from (token for token in after[1:2] if token.kind is Kind.STRING)
    elif _spelled(after[:2]) == ["IN", "("]:
        for token in after[2:]:
            if token.kind is Kind.STRING:
                yield token
            elif token.text != ",":
                break


def _spelled(some: Sequence[Token]) -> list[str]:
    return [token.text.upper() if token.kind in _CASELESS else token.text for token in some]
