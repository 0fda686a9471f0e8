"""The layout of an overview: whatever the classes, nothing lies on anything else."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from si_lod.serve.pages.definitions.columns import Line, Size, columned
from si_lod.serve.pages.definitions.layers import ACROSS, Layout

NAMES = [f"box {number}" for number in range(8)]
sizes = st.builds(Size, st.integers(40, 300).map(float), st.integers(20, 400).map(float))
ends = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(lambda pair: pair[0] != pair[1])


@st.composite
def drawings(draw: st.DrawFn) -> tuple[dict[str, Size], list[Line]]:
    boxes = {name: draw(sizes) for name in NAMES}
    pairs = draw(st.lists(ends, max_size=16))
    return boxes, [Line(source, target, boxes[source].height / 2, 10) for source, target in pairs]


@given(drawings())
def test_no_box_lies_on_another(drawing: tuple[dict[str, Size], list[Line]]) -> None:
    boxes, lines = drawing
    layout = Layout.of(boxes, lines)
    for one, other in combinations(boxes, 2):
        (x0, y0), (x1, y1) = layout.places[one], layout.places[other]
        beside = x0 + layout.widths[one] <= x1 or x1 + layout.widths[other] <= x0
        assert beside or y0 + boxes[one].height <= y1 + 1e-6 or y1 + boxes[other].height <= y0 + 1e-6


@given(drawings())
def test_a_line_begins_and_ends_at_its_boxes_and_passes_between_others(
    drawing: tuple[dict[str, Size], list[Line]],
) -> None:
    boxes, lines = drawing
    layout = Layout.of(boxes, lines)
    for line, route in zip(lines, layout.routes, strict=True):
        assert abs(route[0][1] - (layout.places[line.source][1] + line.leaves)) < 1e-6
        assert abs(route[-1][1] - (layout.places[line.target][1] + line.reaches)) < 1e-6
        for x, y in route[1:-1]:
            assert not any(
                left <= x <= left + layout.widths[name] and top < y < top + boxes[name].height
                for name, (left, top) in layout.places.items()
            )


@given(drawings())
def test_everything_lies_within_the_drawing_and_the_same_input_gives_the_same(
    drawing: tuple[dict[str, Size], list[Line]],
) -> None:
    boxes, lines = drawing
    layout = Layout.of(boxes, lines)
    points = [point for route in layout.routes for point in route] + list(layout.places.values())
    assert all(0 <= x <= layout.size.width and 0 <= y <= layout.size.height + 1e-6 for x, y in points)
    assert layout == Layout.of(boxes, lines)


@given(st.lists(ends, max_size=16))
def test_lines_that_close_no_circle_lead_to_later_columns(pairs: list[tuple[str, str]]) -> None:
    forward = [(min(pair), max(pair)) for pair in pairs]
    columns = columned(NAMES, [Line(*pair, 0, 0) for pair in forward])
    assert all(columns[source] < columns[target] for source, target in forward)
    assert set(range(max(columns.values()) + 1)) >= set(columns.values()) >= {0}


def test_a_circle_is_drawn_with_one_line_that_leads_back() -> None:
    columns = columned(["a", "b", "c"], [Line("a", "b", 0, 0), Line("b", "c", 0, 0), Line("c", "a", 0, 0)])
    assert sorted(columns.values()) == [0, 1, 2]


def test_an_overview_of_nothing_has_no_size() -> None:
    assert Layout.of({}, []).size == Size(0, 0)


def test_columns_leave_room_for_lines_to_bend() -> None:
    layout = Layout.of({"a": Size(100, 20), "b": Size(50, 20)}, [Line("a", "b", 10, 10)])
    assert layout.places["b"][0] == 100 + ACROSS
