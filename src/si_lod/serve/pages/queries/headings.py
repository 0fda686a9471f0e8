"""What the columns of a result are called: the parts of a triple, and as the site's example says that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import force_locale, gettext

from si_lod.engine.text.tokens import tokens
from si_lod.errors import InvalidQuery
from si_lod.serve.pages.queries.examples import examples
from si_lod.serve.pages.queries.results import NAMING
from si_lod.serve.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from si_lod.engine.evaluation import Engine
    from si_lod.release import Manifest
    from si_lod.serve.pages.queries.examples import Example


def parts(view: View) -> tuple[str, str, str]:
    """Return what the parts of a triple are called in the reader's language."""
    with force_locale(str(view.locale)):
        return gettext("Subject"), gettext("Predicate"), gettext("Object")


def headings(view: View, query: str, columns: Sequence[str]) -> dict[str, str]:
    """Return the words for each of the variables ``columns`` that there are any for, in the reader's language.

    An example that was changed is another question, of which nobody said what its columns hold; remarks and spaces
    change nothing. ``sourceTitle`` is called as ``source`` is where only that has a name.
    """
    example = view.known(_by_question).get(_question(query))
    said = example.headings if example else {}
    named = {column: view.words(dict(_named(said, column))) for column in columns}
    return {column: words for column, words in named.items() if words}


def _named(said: Mapping[str, Mapping[str, str]], column: str) -> Mapping[str, str]:
    naming = NAMING.fullmatch(column)
    return said.get(column) or (said.get(naming[1], {}) if naming else {})


def _by_question(engine: Engine, manifest: Manifest) -> dict[tuple[str, ...], Example]:
    """Return each example by what it asks, in every language of the site and as it stands in the release."""
    found = examples(engine, manifest)
    views = [View(manifest, engine, language) for language in manifest.site.languages]
    asked = {_question(example.asked(view)): example for view in views for example in found}
    return {**asked, **{_question(example.text): example for example in found}}


def _question(query: str) -> tuple[str, ...]:
    """Return the query without what says nothing to the engine; nothing of what is no query."""
    try:
        return tuple(token.text for token in tokens(query))
    except InvalidQuery:
        return ()
