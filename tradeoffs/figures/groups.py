"""Who is selected: each group's people and rates at one setting, small cells left open."""

import math

import numpy as np
import pandas as pd

from tradeoffs.figures.view import key, matches
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.notion import SMALLEST_CELL


def group_table(results: pd.DataFrame, here: Scenario, protected: str) -> pd.DataFrame | None:
    """Return one row a group: people, and means over seeds of what happens to them on report.

    A rate over fewer than SMALLEST_CELL people is missing: it cannot be measured.

    Args:
        results: tidy rows with the counts of groups.
        here: the setting.
        protected: attribute or crossing.

    Returns:
        Columns group, people, selection_rate with selection_rate_sd over seeds, true_positive_rate
        and false_positive_rate; None while the setting has no results.
    """
    prefix = f"people[{protected}="
    names = [name[len(prefix) : -1] for name in results.columns if name.startswith(prefix)]
    rows = results.loc[matches(results, key(here) | {"split": "report"})]
    if names:
        rows = rows.dropna(subset=[f"{prefix}{names[0]}]"])  # a diverged model has no counts
    if rows.empty or not names:
        return None
    table = []
    for name in names:
        counts = {
            field: rows[f"{field}[{protected}={name}]"].to_numpy(dtype=float)
            for field in ("people", "positives", "selected", "true_positives")
        }
        wrongly = counts["selected"] - counts["true_positives"]
        negatives = counts["people"] - counts["positives"]
        rate = _rate(counts["selected"], counts["people"])
        table.append(
            {
                "group": name,
                "people": int(counts["people"][0]),
                "selection_rate": rate.mean(),
                "selection_rate_sd": rate.std(ddof=1) if len(rate) > 1 else math.nan,
                "true_positive_rate": _rate(counts["true_positives"], counts["positives"]).mean(),
                "false_positive_rate": _rate(wrongly, negatives).mean(),
            }
        )
    return pd.DataFrame(table)


def _rate(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    enough = whole >= SMALLEST_CELL
    return np.where(enough, part / np.where(enough, whole, 1), np.nan)
