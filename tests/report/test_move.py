import math

import pytest

from tests.report.conftest import HERE
from tradeoffs.fronts import OBJECTIVES, Difference
from tradeoffs.report.sentences.move import SPOKEN, move
from tradeoffs.report.view import objective_of

EVERY = {name: objective_of(name, HERE) for name in OBJECTIVES}
VALUES = {
    "accuracy": (0.842, 0.832),
    "fairness": (0.181, 0.177),
    "privacy": (1.0, 0.5),
    "explainability": (0.5, 0.5),
}


def difference(mean: float, half: float) -> Difference:
    interval = mean - half, mean + half
    return Difference(
        column="",
        mean=mean,
        standard_error=half / 2,
        interval=interval,
        seeds=8,
        distinguishable=interval[0] > 0 or interval[1] < 0,
    )


FOUND = {
    "accuracy": difference(-0.010, 0.002),
    "fairness": difference(-0.004, 0.010),
    "explainability": difference(0.0, 0.1),
}


def test_a_move_is_told_from_what_to_what_with_what_chance_could_do():
    assert move("ε = 1", "ε = 0.5", EVERY, VALUES, FOUND) == (
        "From ε = 1 to ε = 0.5: accuracy from 84.2 % to 83.2 %; gap in selection rates 18.1 % and "
        "17.7 %, which cannot be told apart; privacy budget (epsilon) from 1 to 0.5; fidelity of a "
        "small tree 50.0 %, as before."
    )


def test_a_setting_that_is_not_compared_is_told_alone():
    alone = {name: (math.nan, now) for name, (_, now) in VALUES.items()}
    told = move("", "", EVERY, alone, {})
    assert told.startswith("Now: accuracy 83.2 %; gap in selection rates 17.7 %;")
    assert "from" not in told and "apart" not in told


@pytest.mark.parametrize("name", SPOKEN)
def test_what_cannot_be_measured_is_said_to_be_so(name):
    told = move("a", "b", EVERY, VALUES | {name: (0.5, math.nan)}, FOUND)
    assert f"{EVERY[name].title.lower()} not measurable" in told


def test_no_privacy_is_told_in_words():
    told = move("no privacy", "ε = 1", EVERY, VALUES | {"privacy": (math.inf, 1.0)}, FOUND)
    assert f"privacy budget (epsilon) from {EVERY['privacy'].infinity} to 1" in told
