"""Settings: what two of them differ by, as the cards and the sentences along a slider print it."""

import numpy as np
import pandas as pd

from tradeoffs.coverage.study import Drawn, Study
from tradeoffs.coverage.world import BEFORE, GROUPS, NOW, World
from tradeoffs.data.table import Table
from tradeoffs.fronts.differences import difference
from tradeoffs.fronts.replicates import replicates
from tradeoffs.fronts.sampling_error import unpaired_error
from tradeoffs.report.cards import row_errors
from tradeoffs.report.evaluation_people import denominator_mask
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import ComparedGroups

WORLD = World()
CLOSE = World(cuts=((0.2, 0.6), (0.4, 0.2)))  # positives of both groups fare alike now
SETTINGS = ({"setting": NOW}, {"setting": BEFORE})
KEPT = 0.4  # share of the first group that the shift leaves


def _apart(measured: np.ndarray, column: str, error: float | None, truth: float) -> Drawn:
    """Return the interval of a column at the setting minus before.

    Args:
        measured: (2 models, seeds).
        column: its name.
        error: standard error over test rows; None if it is not known.
        truth: what they differ by.
    """
    models, seeds = measured.shape
    results = pd.DataFrame(
        {
            "setting": np.repeat(range(models), seeds),
            "seed": np.tile(range(seeds), models),
            "split": "report",
            column: measured.ravel(),
        }
    )
    laid_out = replicates(results, ("setting",), (column,))
    found = difference(laid_out, *SETTINGS, column, sampling_se=error)
    assert found.interval is not None
    return Drawn(*found.interval, truth)


def draw_comparison(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return what a setting and the untouched one differ by, on the same test rows."""
    table, score = WORLD.people(rng)
    decided = WORLD.decided(table, score, rng)
    error = row_errors(Scenario(), ComparedGroups(groups=GROUPS), table, *decided)["accuracy"]
    truth = float(np.subtract(*(WORLD.right * WORLD.cells).sum((1, 2))))
    found = {"accuracy": _apart((decided == table.label).mean(2), "accuracy", error, truth)}
    rates = (WORLD.yes * WORLD.cells).sum(2) / WORLD.cells.sum(1)
    found["gap, demographic parity"] = _gap("demographic_parity", table, decided, rates)
    found["gap, equal opportunity"] = _gap("equal_opportunity", table, decided, WORLD.yes[..., 1])
    decided = CLOSE.decided(table, score, rng)
    found["gap, near none"] = _gap("equal_opportunity", table, decided, CLOSE.yes[..., 1])
    return found


def _gap(name: str, table: Table, decided: np.ndarray, rates: np.ndarray) -> Drawn:
    """Return the interval of a notion's gap now minus before.

    Args:
        name: of the notion.
        table: test rows.
        decided: (2 models, seeds, rows).
        rates: the true ones, (2 models, 2 groups).
    """
    (rate,) = NOTIONS[name].rates
    inside, group = denominator_mask(rate, table.label), table.protected["sex"]
    cells = [decided[..., inside & (group == code)] for code in range(len(GROUPS))]
    measured = np.abs(cells[0].mean(2) - cells[1].mean(2))
    here, groups = Scenario(notion=name), ComparedGroups(groups=GROUPS)
    error = row_errors(here, groups, table, *decided)["gap"]
    return _apart(measured, "gap", error, float(np.subtract(*np.abs(np.diff(rates)[:, 0]))))


def draw_shift(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return what a shift that sends most of the first group away changes."""
    table, score = WORLD.people(rng)
    decided = WORLD.decided(table, score, rng)[NOW]
    left = (table.protected["sex"] == 1) | (rng.random(table.rows) < KEPT)
    right = decided == table.label
    error = unpaired_error(right[:, left], table.row_id[left], right, table.row_id)
    by_group = (WORLD.right[NOW] * WORLD.cells).sum(1)
    there = by_group @ (KEPT, 1) / (WORLD.cells.sum(1) @ (KEPT, 1))
    measured = np.stack([right[:, left].mean(1), right.mean(1)])
    return {"accuracy": _apart(measured, "accuracy", error, there - by_group.sum())}


def draw_training(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return a difference whose test rows are kept, as that of fidelity is told."""
    decided = WORLD.decided(*KEPT_PEOPLE, rng)
    right = (decided == KEPT_PEOPLE[0].label).mean(2)
    return {"fidelity": _apart(right, "fidelity", None, KEPT_TRUTH)}


KEPT_PEOPLE = WORLD.people(np.random.default_rng(0))
EXPECTED = WORLD.expected(*KEPT_PEOPLE)
KEPT_TRUTH = float(np.subtract(*np.where(KEPT_PEOPLE[0].label, EXPECTED, 1 - EXPECTED).mean(1)))
BOTH = "trainings and test rows"
STUDIES = (
    Study(screen="cards, and along a slider", covers=BOTH, draw=draw_comparison),
    Study(screen="along the slider of the shift", covers=BOTH, draw=draw_shift),
    Study(screen="cards", covers="trainings", leaves_out="test rows", draw=draw_training),
)
