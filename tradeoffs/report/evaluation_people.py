"""The people a setting is measured on, and what its models decided about each of them."""

from collections.abc import Iterable, Mapping

import numpy as np

from tradeoffs.data.report_people import report_rows, unpack_decisions
from tradeoffs.data.table import Table
from tradeoffs.experiments.plan import deployment
from tradeoffs.scenario import Scenario


def evaluation_people(here: Scenario) -> Table:
    """Return the report rows at a setting's deployment, in the order of stored decisions."""
    return report_rows(here.dataset, here.label, deployment(here))


def denominator_mask(rate: str, label: np.ndarray) -> np.ndarray:
    """Return (rows,) bool: the people over whom a rate is taken.

    Args:
        rate: `selection_rate`, `true_positive_rate` or `false_positive_rate`.
        label: (rows,) bool.
    """
    inside = {"true_positive_rate": label, "false_positive_rate": ~label}
    return inside.get(rate, np.ones(len(label), dtype=bool))


def decision_matrix(decisions: Mapping[int, bytes], seeds: Iterable[int], rows: int) -> np.ndarray:
    """Return (seeds, rows) bool: the stored decisions of some seeds."""
    return np.stack([unpack_decisions(decisions[seed], rows) for seed in seeds])
