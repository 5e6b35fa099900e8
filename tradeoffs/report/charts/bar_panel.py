"""Bar panels: small multiples of shares with intervals, drawn and told by the same table."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tradeoffs.data.distribution import Distribution

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True, slots=True)
class BarPanel:
    """One of several small pictures.

    Attributes:
        of: what is drawn: a bar a value and part.
        title: of the panel.
        note: what it comes to, in words; may be empty.
        marks: a few words on each value; empty if there is nothing to say of any.
        wide: whether it takes the room of several.
    """

    of: Distribution
    title: str
    note: str = ""
    marks: tuple[str, ...] = ()
    wide: bool = False

    @property
    def longest(self) -> float:
        """The share that the longest bar or interval of the panel reaches."""
        reached = [end for row in self.of.high.tolist() for end in row if not math.isnan(end)]
        return max(reached, default=1.0) or 1.0


def bar_table(panels: Sequence[BarPanel]) -> "pd.DataFrame":
    """Return what the panels draw, one row a bar; shares of fewer than 30 rows are missing."""
    import pandas as pd

    rows = [
        {"panel": panel.title, "value": value, "part": part, "share": a, "from": b, "to": c}
        for panel in panels
        for value, *numbers in zip(
            panel.of.values, panel.of.shares, panel.of.low, panel.of.high, strict=True
        )
        for part, a, b, c in zip(panel.of.parts, *numbers, strict=True)
    ]
    return pd.DataFrame(rows)
