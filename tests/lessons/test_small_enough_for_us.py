"""Small enough for us: the whole model changes nothing, and sizes are those that are sent."""

import numpy as np
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participants import exchange
from tradeoffs.experiments.plan import resolve
from tradeoffs.lessons.small_enough_for_us.study import AMOUNTS, answer, smaller
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.scenario import Scenario

LARGE = Scenario(
    dataset="meps", label="cost_over_5000", protected="age_group", rows=300, width=4, epsilon=None
)


def test_the_whole_model_decides_as_before_and_groups_add_up():
    rows = answer(LARGE)
    whole = [r for r in rows if r["amount"] == AMOUNTS[r["way"]][0] and r["what"] != "accuracy"]
    assert whole and all(r["value"] == r["low"] == r["high"] == 0 for r in whole)
    test = load_split("meps", "cost_over_5000").report
    codes, names = test.group_of("age_group")
    at = {r["group"]: r["value"] for r in rows if (r["amount"], r["what"]) == (90, "flipped")}
    shares = np.bincount(codes, minlength=len(names)) / test.rows
    assert at["all"] == pytest.approx(sum(s * at[n] for s, n in zip(shares, names, strict=True)))


@pytest.mark.parametrize(
    ("way", "remedy", "amount"), [("pruned", "pruning", 90), ("bits", "quantization", 4)]
)
def test_a_smaller_model_is_as_large_as_what_a_remedy_sends(way, remedy, amount):
    own = {"communities": "place", "remedy": remedy, "dial": amount}
    sent = exchange(resolve(LARGE.but(**own)).scenario)
    vector = np.linspace(-1, 1, sent.parameters, dtype=np.float32)
    _, size = smaller(vector, way, amount, sent.columns, sent.width)
    assert size == pytest.approx(REMEDIES[remedy].traffic(sent).down)


def test_an_unknown_group_is_refused():
    with pytest.raises(InvalidInput):
        answer(LARGE.but(protected="star_sign"))
