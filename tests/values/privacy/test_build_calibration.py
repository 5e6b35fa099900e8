import math

import pytest

from tradeoffs.values.privacy import build_calibration


@pytest.mark.parametrize("power", [0.8, 1.0, 2.0])
def test_neighbouring_rungs_are_less_than_two_percent_apart(power):
    rungs = build_calibration.calibrate_entries(lambda sigma: sigma**-power, 10.0, 5.0)
    ratios = [right[1] / left[1] for left, right in zip(rungs, rungs[1:], strict=False)]
    assert rungs[0] == (10.0, 10.0**-power)
    assert rungs[-1][1] >= 5.0
    assert max(ratios) <= build_calibration.WIDEST
    assert len(rungs) < 1.3 * math.log(5 * 10**power) / math.log(build_calibration.AIM)


def test_a_sudden_bend_is_filled_in():
    def spend(sigma: float) -> float:
        return 1 / sigma if sigma > 2 else (2 / sigma) ** 8 / 2

    rungs = build_calibration.calibrate_entries(spend, 10.0, 5.0)
    ratios = [right[1] / left[1] for left, right in zip(rungs, rungs[1:], strict=False)]
    assert max(ratios) <= build_calibration.WIDEST
    assert all(left[0] > right[0] for left, right in zip(rungs, rungs[1:], strict=False))


def test_a_dip_of_the_accountant_never_understates():
    def spend(sigma: float) -> float:
        return (1 + 0.01 * math.sin(40 * math.log(sigma))) / sigma**0.2

    rungs = build_calibration.calibrate_entries(spend, 10.0, 1.2)
    epsilons = [epsilon for _, epsilon in rungs]
    assert any(epsilon > spend(sigma) for sigma, epsilon in rungs)  # there was a dip
    assert epsilons == sorted(epsilons)
    assert all(epsilon >= spend(sigma) for sigma, epsilon in rungs)
