"""Map: the paper's three axes as a triangle, with the lessons about each and between them."""

from collections import Counter
from collections.abc import Collection, Iterable
from html import escape

from tradeoffs.language.notation import list_text, semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.text import capital

# Where the lessons about some axes are counted, in a picture of 240 by 150.
PLACES = {
    ("data",): (120, 34),
    ("resources",): (44, 118),
    ("values",): (196, 118),
    ("data", "resources"): (82, 76),
    ("data", "values"): (158, 76),
    ("resources", "values"): (120, 118),
    ("data", "resources", "values"): (120, 92),
}
AXES = {"data": "data", "resources": "resources", "values": "values"}  # in words


def axes_text(axes: Collection[str]) -> str:
    """Return some axes in words, in their order."""
    return list_text([say(AXES[one]) for one in AXES if one in axes])


def axis_map(axes: Iterable[tuple[str, ...]]) -> str:
    """Return the map as HTML, with a button for each axis.

    Args:
        axes: of each lesson, those it is about.
    """
    counts = Counter(tuple(sorted(one)) for one in axes)
    dots, told = [], []
    for place, (x, y) in PLACES.items():
        number = counts[place]
        if not number:
            continue
        dots.append(
            f'<g data-axes="{" ".join(place)}"><circle cx="{x}" cy="{y}" r="12"/>'
            f'<text x="{x}" y="{y + 4}">{number}</text></g>'
        )
        told.append(say("{n} about {axes}", n=number, axes=axes_text(place)))
    buttons = "".join(
        f'<button type="button" aria-pressed="false" data-axis="{one}" '
        f'data-words="{escape(say(AXES[one]))}">'
        f"{capital(say(AXES[one]))}</button>"
        for one in AXES
    )
    title = say("Lessons by the axes of the paper")
    return (
        f'<div class="lesson-map" role="group" aria-label="{escape(title)}">'
        f'<svg viewBox="0 0 240 150" role="img" aria-label="{semicolon_text(told)}">'
        f'<path d="M120 34 44 118h152z"/>{"".join(dots)}</svg>{buttons}</div>'
    )
