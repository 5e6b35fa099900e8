"""Classification: a step goes where it is allowed to, forwards, and says where it cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.dominance import nondominated
from tradeoffs.values.preferences.classification import Classified, reclassify

COSTS = np.array([[0.5, 0.5], [0.4, 0.6], [0.2, 0.9], [0.6, 0.1]])


def classes(*names) -> list[Classified]:
    return [one if isinstance(one, Classified) else Classified(to=one) for one in names]


@pytest.mark.parametrize(
    ("wanted", "there"),
    [
        (classes("improve", "free"), 2),
        (classes("free", "improve"), 3),
        (classes("improve", Classified(to="may fall until", until=0.7)), 1),
        (classes(Classified(to="improve until", until=0.4), "free"), 1),
        (classes("improve", Classified(to="may fall until", until=0.5)), 0),  # nothing is allowed
    ],
)
def test_a_step_from_the_first_of_four(wanted, there):
    assert reclassify(COSTS, 0, wanted) == there


@given(seed=st.integers(0, 2**32 - 1))
def test_a_step_holds_what_is_kept_and_ends_where_none_is_better(seed):
    rng = np.random.default_rng(seed)
    costs, now = rng.random((25, 3)), int(rng.integers(25))
    there = reclassify(costs, now, classes("improve", "keep", "free"))
    assert (costs[there, :2] <= costs[now, :2]).all()
    better = (costs[:, :2] <= costs[there, :2]).all(axis=1) & (costs[:, 0] < costs[there, 0])
    assert not better.any()
    if there != now:
        assert nondominated(costs)[there]


def test_what_chance_moves_may_be_tolerated():
    costs = np.array([[0.5, 0.5, 0.5], [0.1, 0.501, 0.9]])
    wanted = classes("improve", "keep", "free")
    assert reclassify(costs, 0, wanted) == 0
    assert reclassify(costs, 0, wanted, tolerance=0.01) == 1


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (classes("keep", "free"), "nothing_improves"),
        (classes("improve", "keep"), "nothing_may_fall"),
        (classes("improve", "may fall until"), "until_what"),
    ],
)
def test_a_classification_that_leads_nowhere_is_refused(wanted, code):
    with pytest.raises(InvalidInput) as caught:
        reclassify(COSTS, 0, wanted)
    assert caught.value.code == code
