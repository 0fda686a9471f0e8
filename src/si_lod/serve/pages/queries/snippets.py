"""The same question from a program: short programs that run as they are, and print the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from si_lod.engine.evaluation import Form
from si_lod.serve.pages.queries import programs
from si_lod.serve.pages.queries.programs import ENDPOINT, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Snippet:
    """A program in ``language``, which is what people call it; ``name`` is the same as an identifier.

    ``before`` and ``after`` is what stands around the address of the ``endpoint``, so that it can be changed for the
    one where a page is served: the same address in the query means something else.
    """

    name: str
    language: str
    before: str
    endpoint: str
    after: str

    @property
    def code(self) -> str:
        """The program as it runs."""
        return self.before + self.endpoint + self.after


def snippets(
    endpoint: str, query: str, form: Form, graphs: Sequence[tuple[str, str]] = (), language: str = "en"
) -> list[Snippet]:
    """Return the programs that ask ``query`` of the endpoint at this address, and of these graphs if there are any.

    Their remarks are in ``language``. Ends of lines are those that programs have. A spreadsheet takes only tables,
    from an address.
    """
    asked = Question(query.replace("\r\n", "\n").strip(), form, graphs, language)
    written = ((name, language, write(asked).rstrip().partition(ENDPOINT)) for name, language, write in _writers(asked))
    return [Snippet(name, language, before, endpoint, after) for name, language, (before, _, after) in written]


def _writers(asked: Question) -> Iterator[tuple[str, str, Callable[[Question], str]]]:
    yield "curl", "curl", programs.curl
    yield "python", "Python", programs.python
    yield "r", "R", programs.r
    yield "javascript", "JavaScript", programs.javascript
    if asked.form is Form.SELECT and asked.is_short:
        yield "spreadsheet", "", programs.spreadsheet
