"""The stylesheet: readable for everyone, and nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import si_lod.serve

ROOM = Path(si_lod.serve.__file__).parent
CSS = (ROOM / "static/style.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
)

TEXT = [
    ("ink", "paper"),
    ("ink", "panel"),
    ("ink", "note"),
    ("ink", "wrong"),
    ("muted", "paper"),
    ("muted", "panel"),
    ("link", "paper"),
    ("link", "panel"),
    ("link", "note"),
    ("note-ink", "note"),
    ("on-brand", "brand"),
    ("brand-muted", "brand"),
    ("paper", "wrong-rule"),
]
SIGNS = [("focus", "paper"), ("focus", "panel"), ("strong-rule", "paper"), ("strong-rule", "panel")]


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("one", "other", "least"), [(*pair, 4.5) for pair in TEXT] + [(*pair, 3.0) for pair in SIGNS])
def test_colours_stand_out_as_wcag_aa_asks(colours: dict[str, str], one: str, other: str, least: float) -> None:
    assert _contrast(colours[one], colours[other]) >= least


def test_the_stylesheet_asks_for_nothing_from_elsewhere() -> None:
    assert not re.findall(r"url\(|@import|https?:", CSS)


def test_every_custom_property_that_is_used_is_set() -> None:
    assert set(re.findall(r"var\(--([\w-]+)\)", CSS)) <= set(re.findall(r"--([\w-]+):", CSS))


def test_templates_have_no_inline_style_or_script() -> None:
    for template in ROOM.glob("templates/*.html"):
        assert not re.findall(
            r"<script(?![^>]*\s(?:src=|type=\"application/))|<style|\sstyle=|\son\w+=",
            template.read_text(encoding="utf-8"),
        )


def _drawn_colours() -> list[dict[str, str]]:
    """Return the colours of charts by what they colour, in light and in dark."""
    light, dark = (ROOM / "static/chart.css").read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")
    parts = (re.findall(r"([\w., ]+?) \{ (?:fill|stroke): (#\w+)", part) for part in (light, dark))
    return [{name.split(", ")[0].strip(): colour for name, colour in part} for part in parts]


@pytest.mark.parametrize("colours", _drawn_colours(), ids=["light", "dark"])
@pytest.mark.parametrize(
    ("drawn", "least"), [("text", 4.5), (".rest", 4.5), (".bar", 3.0), (".dispute", 3.0), (".axis", 3.0)]
)
def test_charts_stand_out_as_wcag_aa_asks(colours: dict[str, str], drawn: str, least: float) -> None:
    assert _contrast(colours[drawn], colours[".ground"]) >= least
