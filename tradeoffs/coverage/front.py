"""Front: hypervolume and knee, as the table of the Explorer tells them."""

import numpy as np
import pandas as pd

from tradeoffs.coverage.study import Drawn, Study
from tradeoffs.fronts import ACCURACY, FAIRNESS, Front, front, knee
from tradeoffs.fronts.hypervolume import hypervolume
from tradeoffs.fronts.knee import ERRORS
from tradeoffs.fronts.replicates import replicates

SEEDS = 8
COMMON, OWN, HALF = 0.01, 0.01, 0.004  # sd over seeds: of all models, of one, and on one half
GAPS = np.array([0.02, 0.04, 0.06, 0.1, 0.15, 0.22])
BENT = 0.86 - 0.05 * np.exp(-GAPS / 0.04)  # accuracies: a curve that bends,
STRAIGHT = 0.8 + 0.2 * GAPS  # and one that does not
AXES = (ACCURACY, FAIRNESS)


def bent(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return the interval of a hypervolume."""
    found = _front(rng, BENT)
    assert found.interval is not None
    at = found.chosen["setting"].to_numpy()
    truth = hypervolume(np.column_stack([BENT, GAPS])[at], AXES, found.references)
    return {"hypervolume": Drawn(*found.interval, truth)}


def straight(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return how far the knee of a straight front seems to lie off the line: in truth, not."""
    found = knee(_front(rng, STRAIGHT))
    if found.distance is None or found.standard_error is None:
        return {}
    wide = ERRORS * found.standard_error
    return {"knee where there is none": Drawn(found.distance - wide, found.distance + wide, 0.0)}


def _front(rng: np.random.Generator, accuracy: np.ndarray) -> Front:
    """Return the front of models that are trained anew, each the same on both halves but a little.

    Args:
        rng: of trainings.
        accuracy: (settings,), of which GAPS are the gaps.
    """
    means = np.column_stack([accuracy, GAPS])[None, :, None]  # (halves, settings, seeds, axes)
    shape = (1, len(GAPS), SEEDS, 2)
    noise = COMMON * rng.normal(size=(1, 1, SEEDS, 2)) + OWN * rng.normal(size=shape)
    values = means + noise + HALF * rng.normal(size=(2, *shape[1:]))
    split, setting, seed = np.indices(values.shape[:3]).reshape(3, -1)
    table = pd.DataFrame(values.reshape(-1, 2), columns=["accuracy", "gap"])
    table = table.assign(setting=setting, seed=seed, split=np.array(["select", "report"])[split])
    return front(replicates(table, ("setting",)), AXES)


STUDIES = tuple(
    Study(screen="table of the chart", covers="trainings", leaves_out="test rows", draw=draw)
    for draw in (bent, straight)
)
