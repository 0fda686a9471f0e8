"""The command line in the reader's language: ``--lang`` wherever it stands, help, usage errors."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from si_lod.cli import commands
from si_lod.cli.speech import DOMAIN, LANGUAGE, paragraphs
from si_lod.sentences import FOLDER
from tests.cli.command import si_lod
from tests.cli.test_help import COMMANDS

CATALOGUE = FOLDER / "nl/LC_MESSAGES" / f"{DOMAIN}.po"

# What click says only of a command line that is made wrongly, of prompts and of machines that this one has none of.
OF_NO_USE = (
    "Editing failed", "Windows error", "DeprecationWarning", "iterable", "declarations", "declaration", "No options",
    "Name '", "flag for true", "Do you want", "Confirm", "version %", "Press any", "Repeat for", "two entered",
    "Unknown color", "invalid input", "Choice(", "match the format", "len_type", "UUID", "standard stream", "file",
    "directory", "path",
)  # fmt: skip


def translations() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {
            message.id if isinstance(message.id, str) else message.id[0]: str(message.string)
            for message in read_po(file)
            if message.id
        }


def texts(command: click.Command) -> Iterator[str]:
    told = [command.help, *(option.help for option in command.params if isinstance(option, click.Option))]
    for text in filter(None, told):
        yield from (paragraph for _, paragraph in paragraphs(text))
    if isinstance(command, click.Group):
        for other in command.commands.values():
            yield from texts(other)


def words_of_click() -> Iterator[str]:
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"_", "ngettext"}:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def test_every_text_of_the_help_has_a_translation() -> None:
    known = translations()
    assert [text for text in (*texts(commands), LANGUAGE.help) if text not in known] == []


def test_every_word_of_click_that_can_be_met_has_a_translation() -> None:
    known = translations()
    met = [text for text in words_of_click() if not any(part in text for part in OF_NO_USE)]
    assert len(met) > 30
    assert [text for text in met if text not in known] == []


def test_the_compiled_catalogue_is_that_of_the_edited_one() -> None:
    compiled = io.BytesIO()
    with CATALOGUE.open("rb") as file:
        write_mo(compiled, read_po(file))
    assert CATALOGUE.with_suffix(".mo").read_bytes() == compiled.getvalue(), (
        "compile it: pybabel compile -D command_line"
    )


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_command_takes_the_language_after_it_and_tells_its_help_in_it(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    for arguments in ((*names, "--help", "--lang", "nl"), (*names, "--lang=nl", "--help")):
        shown = si_lod(tmp_path, *arguments)
        assert shown.returncode == 0
        assert shown.stdout.startswith("Gebruik: ")
        assert "Toon deze tekst en stop." in shown.stdout
        assert "Options:" not in shown.stdout


@pytest.mark.parametrize(
    "arguments",
    [("releases", "show", "1"), ("releases", "rollback", "1"), ("diff", "1", "2"), ("releases", "show")],
    ids=" ".join,
)
def test_what_goes_wrong_is_told_in_the_language_wherever_it_is_asked_for(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    after = si_lod(tmp_path, *arguments, "--lang", "nl")
    before = si_lod(tmp_path, "--lang", "nl", *arguments)
    assert after.returncode != 0
    assert "versie" in after.stderr
    assert after.stderr == before.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("serve", "--prot", "8080"), "Fout: Er is geen optie '--prot'."),
        (("serve", "--port", "http"), "Fout: Ongeldige waarde voor '--port': 'http' is geen geldig getal."),
        (("chekc",), "Fout: Er is geen commando 'chekc'."),
        (("query",), "Fout: Er ontbreekt een argument: 'FILE'."),
        (("query", "nowhere.rq"), "Fout: Ongeldige waarde voor 'FILE': 'nowhere.rq' bestaat niet."),
        (("diff", "1", "2", "3"), "Fout: Er is een onverwacht argument te veel (3)"),
    ],
)
def test_wrong_usage_is_told_in_dutch(arguments: tuple[str, ...], told: str, tmp_path: Path) -> None:
    wrong = si_lod(tmp_path, *arguments, "--lang", "nl")
    assert wrong.returncode == 2
    assert told in wrong.stderr
    assert wrong.stderr == si_lod(tmp_path, *arguments, LC_ALL="nl_NL.UTF-8").stderr


def test_a_language_that_nobody_made_is_wrong_usage(tmp_path: Path) -> None:
    wrong = si_lod(tmp_path, "check", "--lang", "fr")
    assert (wrong.returncode, "'fr' is not one of 'en', 'nl'" in wrong.stderr) == (2, True)
