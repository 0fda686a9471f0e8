"""How large a drawing is, where a value lies in it, and the outline of a bar, whose end tells what qualifies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Collection
    from decimal import Decimal

    from si_lod.serve.pages.charts.panels import Panel, Statement

BAR: Final = 14
"""The height of a bar."""
_LEAST: Final = 1.5
"""The shortest bar of a value that is not nought."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The measures of a drawing: ``left`` is where bars begin, ``bars`` the length of the longest.

    With ``beside`` the text stands after its bar, otherwise in lines above it.
    """

    width: int
    left: int
    bars: int
    beside: bool


WIDE: Final = Plan(width=760, left=100, bars=216, beside=True)
NARROW: Final = Plan(width=340, left=66, bars=258, beside=False)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value lies: ``zero`` is the place of nought, ``unit`` the length of one."""

    zero: float
    unit: float

    @classmethod
    def of(cls, panel: Panel, plan: Plan) -> Self:
        """Return the scale by which all bars of a panel fit into ``plan``, from nought on."""
        sizes = [float(one.size) for one in panel.statements if one.size is not None]
        least, most = min([*sizes, 0.0]), max([*sizes, 0.0])
        unit = plan.bars / (most - least) if most > least else 0.0
        return cls(plan.left - least * unit, unit)

    def place(self, size: Decimal | int) -> float:
        """Return where ``size`` lies."""
        return round(self.zero + float(size) * self.unit, 1)

    def bar(self, statement: Statement, top: float) -> str:
        """Return the path data of a statement's bar, which is empty for what is no number."""
        if statement.size is None:
            return ""
        length = float(statement.size) * self.unit
        if statement.size:
            length = max(abs(length), _LEAST) * (-1 if statement.size < 0 else 1)
        return outline(self.zero, top, length, statement.marks)


def outline(left: float, top: float, length: float, marks: Collection[str]) -> str:
    """Return the path data (SVG 2 §9.3) of a bar with what ``marks`` ask for at its end.

    A torn end is near to the value, a point says that it is more, a notch that it is less.
    """
    depth = min(BAR / 2, abs(length)) * (-1 if length < 0 else 1)
    ends = {
        "about": f"l{-depth / 2:.1f} {BAR / 4}l{depth / 2:.1f} {BAR / 4}" * 2,
        "above": f"l{depth:.1f} {BAR / 2}l{-depth:.1f} {BAR / 2}",
        "below": f"l{-depth:.1f} {BAR / 2}l{depth:.1f} {BAR / 2}",
    }
    end = next((ends[mark] for mark in marks if mark in ends), f"v{BAR}")
    return f"M{left:.1f} {top:.1f}h{length:.1f}{end}H{left:.1f}z"
