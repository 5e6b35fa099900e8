"""Going alone or together, on regions of the General Social Survey: what it brings on average."""

from collections.abc import Sequence

import pytest

from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.participants import measurable
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.fronts.gains import Gain, count, gain, mean_gain
from tradeoffs.report.remedies.community_gain import report_people_of
from tradeoffs.scenario import Scenario

REGIONS = Scenario(
    dataset="gss", label="income_25k", communities="place", epsilon=None, mechanism="none", rows=100
)


def gains(here: Scenario, remedy: str, seeds: int) -> list[Gain]:
    """Return what a remedy gives each region over training alone."""
    names = [one.name for one in measurable(here)]
    alone, other = _measured(here, names, seeds), _measured(here.but(remedy=remedy), names, seeds)
    return [gain(alone[n], other[n], report_people_of(here, n), n) for n in names]


def _measured(here: Scenario, names: Sequence[str], seeds: int) -> dict[str, dict]:
    wanted = [here.but(home=name, seed=seed) for name in names for seed in range(seeds)]
    found: dict[str, dict] = {name: {} for name in names}
    for chunk in chunks(map(resolve, wanted)):
        for one in run(chunk):
            found[one.scenario.home][one.scenario.seed] = one.measurement
    return found


def test_with_few_people_training_together_beats_training_alone_with_its_ridge():
    found = gains(REGIONS, "pooled", seeds=4)
    mean = mean_gain(found).accuracy
    assert mean.interval is not None and mean.interval[0] > 0
    assert mean.mean == pytest.approx(0.037, abs=0.015)
    assert count(found).worse == 0


@pytest.mark.slow
def test_the_stricter_the_promise_the_more_a_hidden_sum_brings():
    earlier = {0.3: 0.091, 1.0: 0.055, 3.0: 0.034, 8.0: 0.026}
    means = []
    for epsilon, wanted in earlier.items():
        here = REGIONS.but(rows=300, epsilon=epsilon, mechanism="dp")
        means.append(mean_gain(gains(here, "hidden_sum", seeds=8)).accuracy.mean)
        assert means[-1] == pytest.approx(wanted, abs=0.015)
    assert means == sorted(means, reverse=True)
