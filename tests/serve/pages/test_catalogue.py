"""The interface's words: every one translated, and the compiled catalogue that ships is the one that is edited."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import si_lod.serve

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOM = Path(si_lod.serve.__file__).parent
CATALOGUES = sorted(ROOM.glob("translations/*/LC_MESSAGES/messages.po"))


def _key(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _written() -> set[str]:
    found = extract_from_dir(
        ROOM,
        method_map=[("**.html", "jinja2"), ("**.svg", "jinja2"), ("**.py", "python")],
        options_map={name: {"trim_blocks": "true", "lstrip_blocks": "true"} for name in ("**.html", "**.svg")},
    )
    return {_key(message) for _, _, message, _, _ in found}


def test_there_is_a_catalogue_for_dutch() -> None:
    assert [path.parent.parent.name for path in CATALOGUES] == ["nl"]


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_every_text_in_templates_and_code_is_translated_and_no_translation_is_left_over(path: Path) -> None:
    translated = {
        _key(message.id)
        for message in _read(path)
        if message.id and (message.string if isinstance(message.string, str) else all(message.string or ("",)))
    }
    assert translated == _written()


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_a_translation_keeps_the_placeholders_of_its_text(path: Path) -> None:
    assert [(message.id, errors) for message, errors in _read(path).check()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_the_compiled_catalogue_is_that_of_the_edited_one(path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, _read(path))
    assert path.with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        f"compile it: pybabel compile -d {path.parents[2]}"
    )
