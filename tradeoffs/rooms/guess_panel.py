"""Panel of guesses: room above a lesson's figure, and what its parts look like."""

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

ALONE = 320  # px: a figure that says no height, so that a projector shows all of it
APART = 46  # px: between panel and figure
LETTERS = 32  # in a line of a choice's name
GUESS = "var(--st-text-color/0.55)"
MODELS = "var(--st-primary-color)"


def panel(
    figure: "go.Figure", height: int, *, shared: bool = False, axis: int = 0
) -> dict[str, Any]:
    """Make room above a figure; return the axes of what stands there, "x2" and "y2".

    Args:
        figure: it is changed.
        height: of the panel, in px.
        shared: whether the axis to the right is that of the figure.
        axis: px below the panel for ticks and title of an axis of its own.
    """
    layout = layout_of(figure)
    below = layout.get("height", ALONE)
    whole = below + height + axis + APART
    top, low = (below + axis + APART) / whole, below / whole
    figure.update_layout(height=whole, yaxis={"domain": [0, low]})
    # Below both: between them, names of lines across the figure would lie over it.
    figure.update_layout(legend={"y": 0, "yref": "container", "yanchor": "bottom"})
    axes: dict[str, Any] = {"yaxis2": {"domain": [top, 1], "anchor": "x" if shared else "x2"}}
    if not shared:
        axes["xaxis2"] = {"anchor": "y2"}
    return axes


def layout_of(figure: "go.Figure") -> dict[str, Any]:
    """Return the layout of a figure."""
    return figure.to_dict().get("layout", {})


def fold(text: str, letters: int = LETTERS) -> str:
    """Return a text in lines of at most so many letters, as plotly breaks them.

    >>> fold("less than <before>", 10)
    'less than<br>&lt;before&gt;'
    """
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= letters or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return "<br>".join(escape(line) for line in lines)
