"""What a site says of itself in data/site.toml: lists, plurals and tiles, and what is wrong with them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from si_lod.errors import InvalidFiles
from si_lod.sites import Site
from si_lod.sites.complaints import complaints

if TYPE_CHECKING:
    from pathlib import Path

BASE = "https://trees.example/"
TOML = f"""
base = "{BASE}"
ontology = "def/t"
languages = ["nl", "en"]
lists = ["def/t#Tree"]
[title]
nl = "Bomen"
en = "Trees"
[description]
nl = "Bomen, geteld."
en = "Trees, counted."
"""


def site(folder: Path, more: str) -> Site:
    (folder / "data").mkdir()
    (folder / "data/site.toml").write_text(TOML + more, encoding="utf-8")
    return Site.read(folder)


def test_plurals_and_tiles_are_of_absolute_iris_and_travel_with_the_release(tmp_path: Path) -> None:
    found = site(
        tmp_path,
        """
[remarks]
"def/t#Tree" = { nl = "Alleen eiken." }
[plurals]
"def/t#Tree" = { nl = "bomen", en = "trees" }
"http://xmlns.com/foaf/0.1/Agent" = { en = "agents" }
[tiles]
"id/place/north" = [2, 1]
""",
    )
    assert found.remarks == {f"{found.base}def/t#Tree": {"nl": "Alleen eiken."}}
    assert found.plurals == {
        f"{BASE}def/t#Tree": {"nl": "bomen", "en": "trees"},
        "http://xmlns.com/foaf/0.1/Agent": {"en": "agents"},
    }
    assert found.tiles == {f"{BASE}id/place/north": (2, 1)}
    assert Site.restore(json.loads(json.dumps(found.store()))) == found


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('plurals = "trees"', "plurals: expected for each class a text for each of the languages"),
        ('[plurals]\n"def/t#Tree" = "trees"', "plurals: expected for each class a text for each of the languages"),
        ('[plurals]\n"def/t#Tree" = { nl = 1 }', "plurals: expected for each class a text for each of the languages"),
        ('[remarks]\n"def/t#Tree" = "trees"', "remarks: expected for each class a text for each of the languages"),
        ('[plurals]\n"def t" = { nl = "x" }', 'plurals: expected an IRI, found "def t"'),
        ('[tiles]\n"id/a" = [1]', "tiles: expected the column and the row of a place"),
        ('[tiles]\n"id/a" = [0, 1]', "tiles: expected the column and the row of a place"),
        ('[tiles]\n"id/a" = [1, 1000]', "tiles: expected the column and the row of a place"),
        ('[tiles]\n"id/a" = [true, 1]', "tiles: expected the column and the row of a place"),
        ('[tiles]\n"id/a" = "1,1"', "tiles: expected the column and the row of a place"),
        ('[tiles]\n"id/a" = [1, 2]\n"id/b" = [1, 2]', "tiles: expected a column and row of its own for each place"),
        ("tiles = [1, 2]", "tiles: expected the column and the row of a place"),
    ],
)
def test_what_is_wrong_with_plurals_and_tiles_is_told_in_words(tmp_path: Path, more: str, told: str) -> None:
    top = more if more.startswith(("plurals =", "tiles =")) else ""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/site.toml").write_text(f"{top}\n{TOML}\n{'' if top else more}", encoding="utf-8")
    with pytest.raises(InvalidFiles) as caught:
        Site.read(tmp_path)
    assert told in str(caught.value)


def test_a_site_needs_neither() -> None:
    table = {
        "base": BASE,
        "ontology": "def/t",
        "languages": ["en"],
        "title": {"en": "Trees"},
        "description": {"en": "Counted."},
    }
    assert complaints(table) == []
    assert Site.restore(table).plurals == {}
