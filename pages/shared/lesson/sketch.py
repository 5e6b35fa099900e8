"""Sketch: a line that a learner draws by hand, with mouse, finger or arrow keys."""

import math
from collections.abc import Sequence

import streamlit as st
from streamlit.components.v2 import component

from pages.shared.kit.chart import loader, serve_files
from tradeoffs.errors import InvalidInput
from tradeoffs.language.translation import say

HEIGHT = 320  # px
MOST_COLUMNS = 40  # more could not be told apart, nor touched, on a phone
_LOAD = """
const sketch = import(folder + "frontend/sketch.js?v={version}");
"""
_DRAW = """
export default async function (component) {
  return (await sketch).default(component);
}
"""


def sketch(
    key: str,
    xs: Sequence[str],
    low: float,
    high: float,
    unit: str,
    x_title: str,
    y_title: str,
    drawn: Sequence[float] | None = None,
    locked: bool = False,
) -> list[float] | None:
    """Draw an empty chart, and return the line that was drawn into it.

    The page runs again when the pointer or key is let go and the line is whole, never in between.
    What is on the way stays in the browser.  Values from there that cannot be a line are told on
    the page and count as none.

    Args:
        key: Identity on the page; other columns or bounds need another one.
        xs: Name of each column, from left to right.
        low: Lower end of the chart, in `unit`.
        high: Upper end of the chart, in `unit`.
        unit: Of the values; "" if they have none.
        x_title: What the columns are.
        y_title: What is drawn.
        drawn: The line to begin with; a locked sketch shows it in place of any other.
        locked: Whether nothing can be drawn any more.

    Returns:
        One value a column, in `unit`; None until every column has one.

    Raises:
        InvalidInput: No columns or too many, bounds that are none, a blank title, or a `drawn`
            that does not fit.
    """
    _check(xs, low, high, x_title, y_title)
    first = None if drawn is None else line(drawn, len(xs), low, high)
    serve_files()
    data = {"xs": [*xs], "low": low, "high": high, "unit": unit, "drawn": first, "locked": locked}
    result = _MOUNT(
        key=key,
        data=data | {"x_title": x_title, "y_title": y_title},
        height=HEIGHT,
        on_values_change=lambda: None,  # makes it a state, which stays until the next line
    )
    found = result.get("values")
    if found is None or (locked and first is not None):
        return first
    try:
        return line(found, len(xs), low, high)
    except InvalidInput as error:
        st.warning(say("The line cannot be read: {why}", why=str(error)))
        return None


def line(values: object, columns: int, low: float, high: float) -> list[float]:
    """Return values as a line: one finite number a column, within the bounds.

    Raises:
        InvalidInput: They are something else; with the first that does not fit.
    """
    if not isinstance(values, Sequence) or isinstance(values, str | bytes):
        raise InvalidInput("not_numbers", values=values, count=columns)
    if len(values) != columns:
        raise InvalidInput("not_one_a_column", given=len(values), count=columns)
    found = []
    for place, value in enumerate(values):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not low <= value <= high:  # NaN is in no bounds
            raise InvalidInput(
                "not_a_number", field=f"values[{place}]", value=value, low=low, high=high
            )
        found.append(float(value))
    return found


def _check(xs: Sequence[str], low: float, high: float, x_title: str, y_title: str) -> None:
    if not 1 <= len(xs) <= MOST_COLUMNS:
        raise InvalidInput("too_many_columns_drawn", count=len(xs), most=MOST_COLUMNS)
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise InvalidInput("low_not_below_high", low=low, high=high)
    for name, text in (("x_title", x_title), ("y_title", y_title)):
        if not text.strip():
            raise InvalidInput("no_text", field=name, value=text)


_MOUNT = component("tradeoffs_sketch", js=loader(_LOAD) + _DRAW, isolate_styles=False)
