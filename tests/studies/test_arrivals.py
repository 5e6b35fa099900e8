import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import demographic_parity_difference

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies import arrivals

TOWN = Scenario(
    dataset="gss", label="income_25k", protected="sex", rows=500, epsilon=None, max_gap=0.05
)


@pytest.fixture(scope="module")
def told():
    return pd.DataFrame(arrivals.answer(TOWN)).set_index(["measure", "share"])


def test_before_anybody_arrives_nothing_has_changed(told):
    for measure in ("accuracy_change", "gap_change"):
        assert (told.loc[(measure, 0.0), ["value", "low", "high"]] == 0).all()


def test_right_answers_move_in_proportion_to_the_newcomers(told):
    shares = np.array(arrivals.SHARES)
    levels = told.loc["accuracy"].loc[list(shares), "value"].to_numpy(float)
    np.testing.assert_allclose(levels, levels[0] + shares * (levels[-1] - levels[0]), atol=1e-6)


def test_the_gap_is_fairlearns_of_people_weighed_by_origin(told):
    here, elsewhere = arrivals._measured(TOWN)
    tables = (*here, *elsewhere)
    decided = arrivals._decided(TOWN, tables)
    label, sex = (
        np.concatenate([values(t) for t in tables])
        for values in (lambda t: t.label, lambda t: t.protected["sex"])
    )
    new = np.arange(len(label)) >= sum(t.rows for t in here)
    weight = np.where(new, 0.3 / new.sum(), 0.7 / (~new).sum())
    expected = demographic_parity_difference(
        np.tile(label, len(decided)),
        decided.ravel(),
        sensitive_features=np.tile(sex, len(decided)),
        sample_weight=np.tile(weight, len(decided)),
    )
    assert told.loc[("gap", 0.3), "value"] == pytest.approx(expected, abs=1e-5)
    room = told.loc[("gap_room", 0.3), "value"]
    assert room == pytest.approx(0.05 - expected, abs=1e-5)


def test_a_promise_is_broken_where_its_interval_lies_wholly_below_zero(told):
    for share in arrivals.SHARES:
        ends = [told.loc[(name, share), "high"] < 0 for name in ("accuracy_change", "gap_room")]
        names = {(True, True): "both", (True, False): "accuracy", (False, True): "gap"}
        assert set(told.xs(share, level="share")["broken"]) == {names.get(tuple(ends), "neither")}


def test_all_newcomers_are_measured_and_none_is_trained_on(told):
    assert (told["newcomers"] == 1_018).all()


def test_the_same_seed_tells_the_same(told):
    again = pd.DataFrame(arrivals.answer(TOWN)).set_index(["measure", "share"])
    pd.testing.assert_frame_equal(told, again)


def test_another_meaning_of_fair_is_refused():
    with pytest.raises(InvalidInput, match="must be 'demographic_parity'"):
        arrivals.answer(TOWN.but(notion="equal_opportunity"))
