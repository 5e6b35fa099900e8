"""Display: an answer that shows itself, as text, as a table and, where there is one, a figure."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

MOST_ROWS = 20  # of a table in a notebook; `table()` has all


class Display(ABC):
    """An answer of the library; in a notebook its last line shows it.

    Every display has `text()` and `table()`.  One that has a `figure()` is a `Chart`: what has none
    lacks the method.
    """

    @abstractmethod
    def text(self) -> str:
        """Return what was found, one sentence or value a line."""

    @abstractmethod
    def table(self) -> pd.DataFrame:
        """Return the numbers; what is not measurable is missing."""

    def __repr__(self) -> str:
        """Return the text."""
        return self.text()

    def _repr_html_(self) -> str:
        lines = "".join(f"<li>{escape(line)}</li>" for line in self.text().splitlines() if line)
        shown = self.table().to_html(
            index=False, max_rows=MOST_ROWS, na_rep="–", float_format="{:.4g}".format, border=0
        )
        return f"<ul>{lines}</ul>{shown}"


class Chart(Display):
    """A display with a figure."""

    @abstractmethod
    def figure(self) -> go.Figure:
        """Return the figure, in the app's light colours."""

    def _repr_html_(self) -> str:
        drawn = self.figure().to_html(
            full_html=False, include_plotlyjs=True, default_height="480px"
        )
        return drawn + super()._repr_html_()

    def _ipython_display_(self) -> None:
        # By plotly's own renderer, which brings its JavaScript once a notebook, not once a figure.
        show = importlib.import_module("IPython.display")
        show.display(self.figure())
        show.display(show.HTML(super()._repr_html_()))
