"""Rebuild the shipped noise calibration: `python -m tradeoffs.values.privacy.build_calibration`.

Takes some fifteen minutes of one core; needed only when the accountant or the settings change.
"""

import json
import logging
import math
from collections.abc import Callable

import torch

from tradeoffs.values.privacy import accountants, calibration

SAMPLE_RATES = (0.03, 0.1, 0.3)
STEPS = 200
DELTA = 1e-5
LOW, HIGH = 0.04, 55.0  # epsilon of the first and the last rung, beyond what can be requested
AIM, WIDEST = 1.018, 1.0195  # ratio of neighbouring epsilons; 1 / .98 = 1.0204 is the promise

Entry = tuple[float, float]  # sigma, epsilon
log = logging.getLogger(__name__)


def calibrate_entries(spend: Callable[[float], float], start: float, high: float) -> list[Entry]:
    """Return rungs of falling sigma, from `start` until epsilon = spend(sigma) reaches `high`.

    Neighbouring epsilons differ by less than 2 %. They never fall: where rounding inside the
    accountant makes epsilon dip as the noise shrinks, the larger epsilon before it is declared.
    """
    rungs = [(start, spend(start))]
    step = AIM - 1  # in log sigma
    while rungs[-1][1] < high:
        sigma, epsilon = rungs[-1]
        lower = _rounded(sigma * math.exp(-step))
        rungs += _fill(spend, rungs[-1], (lower, spend(lower)))
        slope = math.log(rungs[-1][1] / epsilon) / math.log(sigma / lower)
        step = math.log(AIM) / max(slope, 0.5)
        log.info("sigma %.6g epsilon %.6g", *rungs[-1])
    return _never_falling(rungs)


def _fill(spend: Callable[[float], float], left: Entry, right: Entry) -> list[Entry]:
    """Return `right`, preceded by as many rungs as bridge the gap from `left`."""
    if right[1] <= WIDEST * left[1] or left[0] / right[0] < 1 + 1e-5:
        return [right]
    sigma = _rounded(math.sqrt(left[0] * right[0]))
    middle = (sigma, spend(sigma))
    return _fill(spend, left, middle) + _fill(spend, middle, right)


def _never_falling(rungs: list[Entry]) -> list[Entry]:
    """Replace each epsilon by the largest one so far, coming from the most noise."""
    largest = 0.0
    raised = []
    for sigma, epsilon in rungs:
        largest = max(largest, epsilon)
        raised.append((sigma, largest))
    return raised


def _rounded(sigma: float) -> float:
    return float(f"{sigma:.8g}")


def table(sample_rate: float, counts: bool) -> dict[str, object]:
    """Return the ladder of one setting, ready for JSON."""

    def history(sigma: float) -> accountants.History:
        return calibration.training_history(sigma, sample_rate, STEPS, counts=counts)

    def spend(sigma: float) -> float:
        return accountants.epsilon(history(sigma), DELTA, "prv")

    start = _rounded(accountants.calibrate(history, LOW, DELTA, "prv"))
    rungs = calibrate_entries(spend, start, HIGH)
    return {
        "sample_rate": sample_rate,
        "steps": STEPS,
        "delta": DELTA,
        "counts": counts,
        "sigma": [sigma for sigma, _ in rungs],
        "epsilon": [epsilon for _, epsilon in rungs],
    }


def main() -> None:
    """Compute every shipped ladder in this process and write them, one table a line."""
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    lines = []
    for sample_rate in SAMPLE_RATES:
        for counts in (False, True):
            log.info("sample rate %g, counts %s", sample_rate, counts)
            lines.append(json.dumps(table(sample_rate, counts)))
    calibration.CALIBRATION.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
