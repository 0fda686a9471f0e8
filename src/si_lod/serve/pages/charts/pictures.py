"""A chart as an SVG document, which needs nothing beside it, and as a picture in a page."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Self

from flask_babel import force_locale, gettext
from markupsafe import Markup

from si_lod.serve.pages.charts.bars import DrawnText, panels, wrapped
from si_lod.serve.pages.charts.scale import BAR, NARROW, WIDE, Plan, outline
from si_lod.serve.pages.rendering import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from si_lod.serve.pages.charts.panels import Chart
    from si_lod.serve.view import View

SMALL: Final = "small"
"""The value of ``size`` in the address of a chart for narrow screens."""
_KEY: Final = 22
"""The height of a row of the key, and the length of the bar in it."""
_KEYED: Final = 44
"""Where the words of the key begin, and from one of their lines to the next."""
_LINE: Final = 16
_DISPUTED: Final = "disputed"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A mark that occurs, drawn as an example at ``y``, and the lines of what it means."""

    mark: str
    path: str
    y: float
    lines: list[DrawnText]


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
    def at(cls, view: View, chart: Chart, path: str, asked: Sequence[tuple[str, str]] = ()) -> Self:
        """Return the picture of the chart that is drawn at ``path``, asked for by these fields."""
        # A picture is in the language of its page, whoever fetches it.
        reader, fields = replace(view, chosen=False), [("lang", view.language), *asked]
        return cls(
            href=reader.asking(path, fields),
            small=reader.asking(path, [*fields, ("size", SMALL)]),
            width=WIDE.width,
            height=_height(view, chart, WIDE),
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
        keys=list(_keys(view, chart, plan, drawn[-1].bottom)),
        height=_height(view, chart, plan),
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


def _keys(view: View, chart: Chart, plan: Plan, top: float) -> Iterator[KeyRow]:
    y = top
    for mark, words in _legend(view, chart).items():
        y += _KEY
        lines = [
            DrawnText(_KEYED, y + _LINE * place, "", line)
            for place, line in enumerate(wrapped(words, plan.width - _KEYED))
        ]
        yield KeyRow(mark, outline(6, y - BAR + 2, _KEY, [mark]), y, lines)
        y = lines[-1].y if lines else y


def _legend(view: View, chart: Chart) -> dict[str, str]:
    """Return what each mark that occurs means, the one for what contradicts last."""
    if not any(one.disputed for one in chart.statements):
        return chart.legend
    with force_locale(str(view.locale)):
        numbered = gettext("sources contradict one another; the same number, the same contradiction")
        return {**chart.legend, _DISPUTED: numbered if chart.numbered else gettext("sources contradict one another")}


def _height(view: View, chart: Chart, plan: Plan) -> int:
    bottom = list(panels(chart, plan))[-1].bottom
    below = [row.lines[-1].y if row.lines else row.y for row in _keys(view, chart, plan, bottom)]
    return round(max([bottom, *below]) + _KEY * bool(chart.left_out) + 8)
