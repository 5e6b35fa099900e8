import numpy as np
import pytest
from scipy import stats

from tradeoffs.engine.poisson_sampling import participation

ROWS, STEPS = 2_000, 200


def matrix(steps, rows):
    taken = np.zeros((len(steps), rows), dtype=bool)
    for t, members in enumerate(steps):
        taken[t, members] = True
    return taken


@pytest.mark.parametrize("rate", [0.03, 0.3])
def test_every_row_joins_every_step_with_the_same_chance(rate):
    taken = matrix(participation(np.arange(ROWS), seed=1, rate=rate, steps=STEPS), ROWS)
    for counts, trials in ((taken.sum(1), ROWS), (taken.sum(0), STEPS)):
        spread = (counts - trials * rate) ** 2 / (trials * rate * (1 - rate))
        assert 1e-4 < stats.chi2.cdf(spread.sum(), len(counts)) < 1 - 1e-4


def test_steps_are_independent():
    taken = matrix(participation(np.arange(ROWS), seed=2, rate=0.3, steps=STEPS), ROWS) - 0.3
    for lag in (1, 2, 7):
        correlation = (taken[lag:] * taken[:-lag]).mean() / 0.21
        assert abs(correlation) < 4 / np.sqrt(ROWS * (STEPS - lag))


def test_a_row_keeps_its_steps_whatever_the_other_rows_are():
    ids = np.arange(100, 600)
    whole = matrix(participation(ids, seed=3, rate=0.1, steps=50), 500)
    part = matrix(participation(ids[::7], seed=3, rate=0.1, steps=50), len(ids[::7]))
    assert np.array_equal(whole[:, ::7], part)


def test_seeds_draw_other_batches_and_rate_one_takes_everybody():
    one, two = (participation(np.arange(500), seed=s, rate=0.1, steps=50) for s in (1, 2))
    assert not all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))
    everybody = participation(np.arange(7), seed=0, rate=1.0, steps=3)
    assert [part.tolist() for part in everybody] == [list(range(7))] * 3
