"""What the log has of a trouble that lasts."""

from __future__ import annotations

import logging
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from si_lod.spell import AGAIN, Spell, lasting

LOG = logging.getLogger("si_lod.test")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def said(caplog: pytest.LogCaptureFixture) -> list[tuple[str, str]]:
    return [(record.levelname, record.getMessage()) for record in caplog.records]


def test_a_trouble_is_told_once_and_its_end_with_how_long_and_how_often(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    spell = Spell(LOG, clock)
    for _ in range(5):
        spell.met("the engine is lost", "it is asked again")
        clock.now += 9
    for _ in range(2):
        spell.over("the engine is back")
    assert said(caplog) == [
        ("ERROR", "the engine is lost; it is asked again"),
        ("WARNING", "the engine is back, after 45 s in which that was met 5 times"),
    ]


def test_another_reason_is_told_and_one_that_stays_is_told_again_after_a_while(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = Clock()
    spell = Spell(LOG, clock)
    for reason in ("refused", "no route", "refused", "no route"):
        spell.met(reason)
    clock.now += AGAIN
    spell.met("refused")
    spell.met("refused")
    assert said(caplog) == [
        ("ERROR", "refused"),
        ("ERROR", "no route (for 0 s now, met 2 times)"),
        ("ERROR", "refused (for 10 min now, met 5 times)"),
    ]


def test_what_was_asked_before_the_trouble_does_not_end_it(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    spell = Spell(LOG, clock)
    spell.over("back")
    spell.met("lost")
    spell.over("back", since=clock.now - 1)
    spell.over("back", quiet=60)
    assert said(caplog) == [("ERROR", "lost")]
    clock.now += 61
    spell.over("back", since=clock.now, quiet=60)
    assert said(caplog)[1:] == [("WARNING", "back, after 61 s in which that was met once")]


@given(st.lists(st.text(st.characters(exclude_characters="\0")), max_size=50))
def test_however_many_reasons_there_are_the_log_stays_short(reasons: list[str]) -> None:
    log, lines = logging.Logger("of its own"), StringIO()
    handler = logging.StreamHandler(lines)
    handler.terminator = "\0\n"
    log.addHandler(handler)
    spell = Spell(log, Clock())
    for reason in reasons:
        spell.met(reason)
    assert lines.getvalue().count("\0\n") == min(8, len(set(reasons)))


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7140, "119 min"), (11100, "3 h 5 min")]
)
def test_how_long_it_lasted_is_said_in_the_unit_that_says_it_best(seconds: float, text: str) -> None:
    assert lasting(seconds) == text


def test_reasons_of_one_kind_are_told_once_whatever_words_they_have(caplog: pytest.LogCaptureFixture) -> None:
    spell = Spell(LOG, Clock())
    for number in range(20):
        spell.met(f"it failed: no {number}", kind="500")
    spell.met("it failed: no 7", kind="401")
    assert said(caplog) == [
        ("ERROR", "it failed: no 0"),
        ("ERROR", "it failed: no 7 (for 0 s now, met 21 times)"),
    ]
