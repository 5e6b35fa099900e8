"""Who pays: rates of groups, and who gains or loses, as the table of the Explorer prints them."""

import numpy as np

from tradeoffs.coverage.study import Drawn, Study
from tradeoffs.coverage.world import BEFORE, NOW, World
from tradeoffs.figures.pays import EVERYBODY, QUANTITIES, RATES, pays_table
from tradeoffs.figures.view import records

# A group of some 40 people, of whom few are predicted yes.
WORLD = World(rows=400, second=0.1, score=((-1.0, 0.8), (-1.4, 0.4)), cuts=((0.2, 0.6), (0.4, 0.4)))
SMALL = "Male"  # the second group's name in the world
SHARED = tuple(name for name in QUANTITIES if name not in RATES[1:])  # of enough people in both


def drawn(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return each interval of everybody and of the small group."""
    table, score = WORLD.people(rng)
    now, before = WORLD.decided(table, score, rng)
    found = {}
    for row in records(pays_table(table, "sex", True, now, before)):
        if row["group"] not in TRUTHS:
            continue
        for name in QUANTITIES if row["group"] == EVERYBODY else SHARED:
            low, high = (float(row[f"{name}_{end}"]) for end in ("low", "high"))
            if np.isfinite(low):
                whom = "a small group" if row["group"] == SMALL else row["group"]
                found[f"{name}, {whom}"] = Drawn(low, high, TRUTHS[row["group"]][name])
    return found


def truths(cells: np.ndarray) -> dict[str, float]:
    """Return the true value of each quantity.

    Args:
        cells: share of everybody by group and label, of whom it is meant.
    """
    cells = cells / cells.sum()
    now, before = WORLD.yes[NOW], WORLD.yes[BEFORE]
    gain, lose = now - WORLD.both, before - WORLD.both
    found = {
        "selection_rate": now,
        "accuracy": WORLD.right[NOW],
        "kept": WORLD.both,
        "gain": gain,
        "lose": lose,
        "net": gain - lose,
    }
    told = {name: float((rate * cells).sum()) for name, rate in found.items()}
    for name, label in (("true_positive_rate", 1), ("false_positive_rate", 0)):
        told[name] = float(np.average(now[:, label], weights=cells[:, label]))
    return told


TRUTHS = {
    EVERYBODY: truths(WORLD.cells),
    SMALL: truths(WORLD.cells * np.array([[0], [1]])),
}
STUDIES = (Study(screen="who pays", covers="trainings and people", draw=drawn),)
