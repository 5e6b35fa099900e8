"""The numbers of the chart as a table: every setting with its standing, and other deployments."""

from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.fields import CURVES
from tradeoffs.fronts.remarks import in_text
from tradeoffs.report.groups import with_groups
from tradeoffs.report.view import View

if TYPE_CHECKING:
    import pandas as pd


def front_table(shown: View) -> "pd.DataFrame":
    """Return the numbers of the chart, one row a configuration, the front first."""
    objectives = dict.fromkeys(
        ["accuracy", "gap", "epsilon_spent", "fidelity", shown.x.column, shown.y.column]
    )
    columns = [*CURVES, "on_front", "standing", "seeds", "remarks"]
    for name in objectives:
        columns += [name, f"{name}_sd"]
    drawn = shown.table
    table = drawn.loc[:, [name for name in columns if name in drawn]].copy()
    table["standing"] = drawn["standing_words"]
    table["remarks"] = table["remarks"].map(in_text)
    best_first = shown.y.cost(table[shown.y.column])
    return table.iloc[np.lexsort((best_first, ~table["on_front"].to_numpy(dtype=bool)))]


def points_table(shown: View) -> "pd.DataFrame":
    """Return the numbers of every point drawn: the front's table, then other deployments.

    Models used on other people are no alternatives: they stand on no front.
    """
    import pandas as pd

    table = front_table(shown)
    along = shown.slices["shift_intensity"]
    elsewhere = [
        {**row, "on_front": False, "standing": row["standing_words"]}
        | {"remarks": in_text(row["remarks"])}
        for row in along
        if row["shift_intensity"] != shown.here.shift_intensity
    ]
    if not elsewhere:
        return with_groups(table, shown.groups)
    rows = pd.DataFrame(elsewhere, columns=table.columns)
    return with_groups(pd.concat([table, rows], ignore_index=True), shown.groups)
