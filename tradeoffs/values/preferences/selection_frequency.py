"""Selection frequency: how often each setting is picked when the seeds are drawn again."""

from collections.abc import Callable

import numpy as np

DRAWS = 200


def selection_frequency(
    by_seed: np.ndarray,
    choose: Callable[[np.ndarray], int | None],
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> np.ndarray:
    """Return how many of the draws pick each setting: (settings,) int.

    A draw takes as many seeds as there are, with replacement, the same for all settings, as models
    of one seed share their chances.  A setting without any of the seeds drawn is not picked.

    Args:
        by_seed: (settings, seeds, values), NaN where there is no model.
        choose: from means (settings, values) to the setting picked, None where it picks none.
        rng: draws the seeds.
        draws: how often.

    Source: Efron 1979, Bootstrap methods, Annals of Statistics 7; Meinshausen, Buehlmann 2010,
    Stability selection, JRSS B 72.
    """
    settings, seeds, _ = by_seed.shape
    there = ~np.isnan(by_seed)
    times = rng.multinomial(seeds, np.full(seeds, 1 / seeds), size=draws).astype(float)
    sums = np.einsum("ds,nsk->dnk", times, np.where(there, by_seed, 0.0))
    counts = np.einsum("ds,nsk->dnk", times, there)
    means = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    picked = [one for one in map(choose, means) if one is not None]
    return np.bincount(np.array(picked, dtype=int), minlength=settings)
