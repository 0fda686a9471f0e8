"""Dutch and English throughout: no page has a word that its reader is not told the language of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient
from flask_babel import get_babel
from pyoxigraph import Literal, NamedNode, Store, parse

import si_lod
import si_lod.serve
from si_lod.releases import Releases
from si_lod.serve.app import create_app
from si_lod.sites import Site
from tests.browser.places import PAGES
from tests.browser.words import Listener
from tests.conftest import ROOT

CATALOGUE = Path(si_lod.serve.__file__).parent / "translations/nl/LC_MESSAGES/messages.po"
SPOKEN = Path(si_lod.__file__).parent / "translations/nl/LC_MESSAGES/si_lod.po"
BROWSER = {"Accept": "text/html"}
MARK = "\N{LEFT WHITE SQUARE BRACKET}{}\N{RIGHT WHITE SQUARE BRACKET}"
"""Around a text of the interface, once its Dutch is in it."""


def sentences() -> Iterator[str]:
    """Yield the Dutch of each message of the software as a pattern."""
    with SPOKEN.open("rb") as file:
        for message in read_po(file, locale="nl"):
            if message.id and isinstance(message.string, str) and message.string:
                yield ".*".join(map(re.escape, re.split(r"\{[^}]*\}", message.string)))


SITE = Site.read(ROOT)
DUTCH = Locale.parse("nl")
NAMES = (*DUTCH.languages.values(), *DUTCH.territories.values(), *DUTCH.months["format"]["wide"].values())
"""What a Dutch reader calls languages, countries and months."""

FORMATS = (
    "BibTeX|CSL-JSON|CSV|HTML|IRI|JSON(-LD)?|N-Triples|N-Quads|RDF(/XML| Patch)?|SHACL|SPARQL|SVG|TSV|TXT|TriG|Turtle|"
    "XML|JavaScript|Python|curl|sha256|English|Nederlands|miljoen|miljard|kB|MB|GB|Croissant|Hydra|Frictionless|Signposting"
)
SAID = re.compile(
    "|".join(
        (
            MARK.format(".*?"),
            r"https?://\S+",
            r"(?<!\w)/?[\w.-]+/[\w./#-]+",
            r"(?<!\w)[\w.-]+\.[a-z]{2,}([/#]\S*)?",
            r"(?<!\w)[\w-]+:[\w.-]+",
            rf"(?<!\w)({FORMATS})(?!\w)",
        )
    ),
    re.DOTALL,
)
"""The interface's own words, and what is the same in every language: addresses, prefixed names, names of formats."""

SENTENCES = re.compile("|".join(sorted(sentences())), re.DOTALL)
"""What the messages of the software itself say in Dutch, whatever they are filled in with."""

LETTERS = re.compile(r"[^\W\d_]{2}")


@pytest.fixture(scope="module")
def client(folder: Path) -> FlaskClient:
    return create_app(Releases(folder / "releases")).test_client()


@pytest.fixture(scope="module")
def marked(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The site with marks around every text of the interface, in the place of its Dutch."""
    room = tmp_path_factory.mktemp("marked")
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    for message in catalogue:
        if message.id:
            texts = message.string
            message.string = MARK.format(texts) if isinstance(texts, str) else tuple(map(MARK.format, texts or ()))
    (room / "nl/LC_MESSAGES").mkdir(parents=True)
    with (room / "nl/LC_MESSAGES/messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    app = create_app(Releases(folder / "releases"))
    get_babel(app).translation_directories[:] = [str(room)]
    return app.test_client()


@pytest.fixture(scope="module")
def literals(folder: Path) -> dict[str, set[str]]:
    """Every text of the data, with the languages that it is said to be in; an empty one where no one says it."""
    found: dict[str, set[str]] = defaultdict(set)
    for version in ("2026.1", "2026.2"):
        release = folder / "releases" / version
        kept = chain.from_iterable(parse(path=path) for path in release.rglob("*.ttl"))
        for quad in chain(Store.read_only(str(release / "store")), kept):
            if isinstance(quad.subject, NamedNode):  # what has no name is called by the end of its IRI
                found[quad.subject.value.rpartition("/")[2].rpartition("#")[2]].add("")
            if isinstance(quad.object, Literal):
                # A page shortens our own IRIs, and shows a gap where a message is filled in later.
                text = re.sub(r"\{[?$]\w+\}", "…", " ".join(quad.object.value.replace(SITE.base, "").split()))
                found[text].add(quad.object.language or "")
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_is_in_the_language_that_was_asked_for(client: FlaskClient, path: str, language: str) -> None:
    asked = client.get(path, headers={**BROWSER, "Accept-Language": f"{language}, *;q=0.1"})
    assert f'<html lang="{language}">' in asked.text
    assert asked.headers["Content-Language"] == language
    assert "Accept-Language" in asked.headers["Vary"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_text_in_another_language_than_its_page_says_so(
    client: FlaskClient, literals: dict[str, set[str]], path: str, language: str
) -> None:
    page = Listener(client.get(f"{path}{'&' if '?' in path else '?'}lang={language}", headers=BROWSER).text)
    wrong = [
        (words.text, words.language, literals[words.text])
        for words in page.heard
        if words.data and words.spoken and words.text in literals and not {words.language, ""} & literals[words.text]
    ]
    assert wrong == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_that_the_interface_says_is_left_untranslated(
    marked: FlaskClient, literals: dict[str, set[str]], path: str
) -> None:
    page = marked.get(path, headers={**BROWSER, "Accept-Language": "nl"}).text
    plurals = (words for texts in SITE.plurals.values() for words in texts.values())
    texts = (*literals, *NAMES, *SITE.title.values(), *SITE.description.values(), *plurals)
    known = {value.casefold() for value in texts}
    dutch = "\n".join(value for value, tags in literals.items() if "nl" in tags).casefold()
    here = [words.text for words in Listener(page).heard if words.spoken and words.language == "nl"]
    left = {rest for text in here if text.casefold() not in dutch and (rest := unsaid(text, known))}
    assert left == set()


def unsaid(text: str, known: set[str]) -> str:
    """Return what of the text is neither the interface's nor the data's, nor a name, an address or a date."""
    if all(part in known for part in text.casefold().split(" · ")) or SENTENCES.fullmatch(text):
        return ""
    rest = SAID.sub(" ", text).casefold()
    inside = sorted((value for value in known if len(value) > 2 and value in rest), key=len, reverse=True)
    for value in inside:
        rest = re.sub(rf"(?<!\w){re.escape(value)}(?!\w)", " ", rest)
    return rest if LETTERS.search(rest) else ""
