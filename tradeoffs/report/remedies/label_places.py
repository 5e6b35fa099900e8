"""Label places: beside which side of a point its name stands, so that names do not overlap."""

from collections.abc import Sequence

LETTER, LINE = 0.0085, 0.042  # width of a letter and height of a line, as shares of the plot
APART = 0.02  # between a point and its name, as a share of the height
SIDES = {  # plotly's name -> where the name's middle is, in widths and heights of the name
    "middle right": (0.5, 0.0),
    "middle left": (-0.5, 0.0),
    "top center": (0.0, 0.5),
    "bottom center": (0.0, -0.5),
    "top right": (0.5, 0.5),
    "bottom right": (0.5, -0.5),
    "top left": (-0.5, 0.5),
    "bottom left": (-0.5, -0.5),
}
Box = tuple[float, float, float, float]  # left, right, low, high


def label_places(
    points: Sequence[tuple[float, float]], names: Sequence[str], letter: float = LETTER
) -> list[str]:
    """Return a side for each name, as plotly calls it; "" where it would cover another name.

    Names are placed in turn, each on the side where it covers the least of points and of what is
    beyond the plot.

    Args:
        points: places in the plot, as shares of its width and height.
        names: of the points.
        letter: how wide one is, as a share of the plot.

    >>> label_places([(0.5, 0.5), (0.55, 0.5)], ["the first one", "two"])
    ['middle left', 'middle right']
    >>> label_places([(0.98, 0.5)], ["a long name"])
    ['middle left']
    >>> label_places([(0.5, 0.5)] * 9, ["the same place"] * 9)[-1]
    ''
    """
    marks = [_box((x, y), 0.012, 0.02) for x, y in points]
    placed: list[Box] = []
    found = []
    for place, (point, name) in enumerate(zip(points, names, strict=True)):
        boxes = {side: _name_box(point, len(name) * letter, by) for side, by in SIDES.items()}
        points_taken = [*marks[:place], *marks[place + 1 :]]
        free = {
            side: _covered(box, points_taken)
            for side, box in boxes.items()
            if not any(_shared(box, other) for other in placed)
        }
        side = min(free, key=lambda one: free[one]) if name and free else ""
        if side:
            placed.append(boxes[side])
        found.append(side)
    return found


def _name_box(point: tuple[float, float], wide: float, by: tuple[float, float]) -> Box:
    x = point[0] + by[0] * (wide + APART)
    y = point[1] + by[1] * (LINE + APART)
    return _box((x, y), wide / 2, LINE / 2)


def _box(middle: tuple[float, float], across: float, up: float) -> Box:
    return middle[0] - across, middle[0] + across, middle[1] - up, middle[1] + up


def _covered(box: Box, others: Sequence[Box]) -> float:
    """Return the area that a box shares with others, and ten times what is beyond the plot."""
    inside = _shared(box, (0.0, 1.0, 0.0, 1.0))
    own = (box[1] - box[0]) * (box[3] - box[2])
    return sum(_shared(box, other) for other in others) + 10 * (own - inside)


def _shared(one: Box, other: Box) -> float:
    across = min(one[1], other[1]) - max(one[0], other[0])
    up = min(one[3], other[3]) - max(one[2], other[2])
    return max(across, 0.0) * max(up, 0.0)
