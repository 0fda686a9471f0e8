"""A chart as an SVG document, which needs nothing beside it, and as a picture in a page."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Self

from markupsafe import Markup

from si_lod.serve.pages.charts.bars import panels
from si_lod.serve.pages.charts.scale import BAR, NARROW, WIDE, Plan, outline
from si_lod.serve.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from si_lod.serve.pages.charts.panels import Chart
    from si_lod.serve.view import View

SMALL: Final = "small"
"""The value of ``size`` in the address of a chart for narrow screens."""
_KEY: Final = 22
"""The height of a row of the key, and the length of the bar in it."""
_DISPUTED: Final = "disputed"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A mark that occurs, drawn as an example; ``y`` is where its words stand."""

    mark: str
    path: str
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart in a page: where it is, wide and for narrow screens, how large, and how many values of what it shows."""

    href: str
    small: str
    width: int
    height: int
    name: str
    count: int

    @classmethod
    def of(cls, view: View, reference: str, chart: Chart) -> Self:
        """Return the picture of the chart at ``/chart/{reference}``."""
        return cls.at(view, chart, f"/chart/{reference}.svg")

    @classmethod
    def at(cls, view: View, chart: Chart, path: str, **arguments: str) -> Self:
        """Return the picture of the chart that is drawn at ``path``."""
        return cls(
            href=view.link(path, lang=view.language, **arguments),
            small=view.link(path, lang=view.language, size=SMALL, **arguments),
            width=WIDE.width,
            height=_height(chart, WIDE),
            name=chart.name,
            count=len(chart.statements),
        )


def svg(view: View, chart: Chart, plan: Plan) -> str:
    """Return the chart as an SVG document in the reader's language and numbers, light or dark as the reader has it."""
    drawn = list(panels(chart, plan))
    return render(
        view,
        "chart.svg",
        chart=chart,
        plan=plan,
        panels=drawn,
        keys=list(_keys(chart, drawn[-1].bottom)),
        height=_height(chart, plan),
        style=Markup(style()),  # noqa: S704  a file of this package
    )


def plan_of(size: str) -> Plan:
    """Return the plan for the ``size`` in an address."""
    return NARROW if size == SMALL else WIDE


@cache
def style() -> str:
    """Return the style of charts, which each carries in itself, since a picture in a page takes none from outside."""
    return (files("si_lod.serve") / "static/chart.css").read_text(encoding="utf-8")


def style_source() -> str:
    """Return the source by which a Content-Security-Policy allows this style and no other (CSP 3 §2.3.1)."""
    return f"'sha256-{b64encode(sha256(style().encode()).digest()).decode()}'"


def _keys(chart: Chart, top: float) -> Iterator[KeyRow]:
    marks = [*chart.legend, *([_DISPUTED] if any(one.disputed for one in chart.statements) else [])]
    for place, mark in enumerate(marks):
        y = top + _KEY * (place + 1)
        yield KeyRow(mark, outline(6, y - BAR + 2, _KEY, [mark]), y)


def _height(chart: Chart, plan: Plan) -> int:
    bottom = list(panels(chart, plan))[-1].bottom
    rows = len(list(_keys(chart, bottom))) + bool(chart.left_out)
    return round(bottom + _KEY * rows + 8)
