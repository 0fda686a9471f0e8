"""Help that shows how: the story at the top, an example for every command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete

from si_lod.cli import commands
from tests.cli.command import si_lod


def every(group: click.Group, *names: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*names, name)
        if isinstance(command, click.Group):
            yield from every(command, *names, name)


COMMANDS = sorted(every(commands))


def test_help_names_every_command_and_how_to_complete_them(tmp_path: Path) -> None:
    shown = si_lod(tmp_path, "--help").stdout
    for names in COMMANDS:
        assert f"si-lod {names[0]}" in shown
    assert "_SI_LOD_COMPLETE=bash_source si-lod" in shown
    assert "Exit status: 0" in shown


@pytest.mark.parametrize("names", COMMANDS, ids=" ".join)
def test_every_command_has_an_example_and_says_what_each_option_does(names: tuple[str, ...], tmp_path: Path) -> None:
    shown = si_lod(tmp_path, *names, "--help")
    assert shown.returncode == 0
    story = shown.stdout.partition("Options:")[0]
    assert f"\n  si-lod {' '.join(names)}" in story
    command: click.Command = commands
    for name in names:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_the_shell_completes_commands_and_options() -> None:
    completion = BashComplete(commands, {}, "si-lod", "_SI_LOD_COMPLETE")
    assert [found.value for found in completion.get_completions([], "re")] == ["rehearse", "releases"]
    assert "--format" in [found.value for found in completion.get_completions(["check"], "--f")]
    assert [found.value for found in completion.get_completions(["check", "--lang"], "")] == ["en", "nl"]
