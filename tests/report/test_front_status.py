"""What the first screen draws as a front is one, by every pair of axes, from its stored results."""

import functools

import moocore
import numpy as np
import pytest

from tests.report.conftest import HERE, front_figure, laid_out_for, model, report, shown
from tradeoffs.experiments.comparison import Comparison
from tradeoffs.experiments.plan import resolve
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.fronts.dominance import APART, BEATEN, FRONT, ONE_HALF
from tradeoffs.jobs.ship import first_screen_scenarios
from tradeoffs.jobs.store import Store
from tradeoffs.paths import SHIPPED_STORE
from tradeoffs.report.cards import compare_on_same_rows, sampling_errors
from tradeoffs.report.sentences.front_status import what_differs
from tradeoffs.report.view import scenario_of, view
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario

PAIRS = [(x, y) for x in OBJECTIVES for y in OBJECTIVES if x != y]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    plans = {resolve(one).result_key: one for one in first_screen_scenarios()}
    store = Store(tmp_path_factory.mktemp("store") / "own.sqlite", SHIPPED_STORE)
    found = store.results(plans)
    store.close()
    return [Result(scenario=plans[key], measurement=one) for key, one in found.items()]


def beyond(point: np.ndarray, line: np.ndarray) -> bool:
    """Say whether a point's costs lie beyond the staircase of a front's costs."""
    return not bool((line <= point).all(axis=1).any())


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_the_first_screen_in_plain_sight(results, x, y):
    among = Comparison.of(one.scenario for one in results)
    by_setting: dict[Scenario, dict[int, bytes]] = {}
    for one in results:
        seeds = by_setting.setdefault(one.scenario.configuration(), {})
        seeds[one.scenario.seed] = one.measurement.decisions

    def decisions(scenario: Scenario) -> dict[int, bytes]:
        return by_setting.get(scenario.configuration(), {})

    here = Scenario()
    groups = among.of_setting(here)
    errors = functools.partial(sampling_errors, groups, decisions=decisions)
    own = [one for one in results if one.scenario.configuration() == here]
    laid_out = laid_out_for(results, among, x, y)
    found = view(laid_out, report(own, among), here, x, y, groups, errors)
    assert found is not None and len(found.table) > 30
    competing = found.table[found.table["standing"] != APART]  # by budget where that is no axis
    assert found.of_budget == ("privacy" not in (x, y)) == (len(competing) < len(found.table))
    assert set(competing["epsilon"]) == {here.epsilon} or not found.of_budget
    axes, standing = (found.x, found.y), np.asarray(competing["standing"])
    costs = np.column_stack([np.nan_to_num(one.cost(competing[one.column])) for one in axes])
    best = np.asarray(moocore.is_nondominated(costs, keep_weakly=True))
    line = costs[standing == FRONT]
    assert best[standing == FRONT].all()
    # No point stands beyond the line but what is hollow, or what a hollow one dominates.
    assert set(standing[best]) <= {FRONT, ONE_HALF}
    for row in np.flatnonzero(standing == BEATEN):
        assert not beyond(costs[row], line)
        mine = found.points[int(competing.index[int(row)])]
        one, other = (scenario_of(r, here) for r in (mine, found.points[mine["beaten_by"]]))
        told = [
            (compare_on_same_rows(found, one, other, axis.column, decisions), axis) for axis in axes
        ]
        finite = [(d, axis) for d, axis in told if d is not None]
        worse = [d.distinguishable and (d.mean > 0) == (a.better == "low") for d, a in finite]
        better = [d.distinguishable and (d.mean > 0) != (a.better == "low") for d, a in finite]
        assert (any(worse) or len(finite) < 2) and not any(better)  # infinite: without privacy
    figure = front_figure(found)
    if not len(line):  # no setting is the best on both halves
        assert set(standing[best]) == {ONE_HALF}
        return
    drawn = next(trace for trace in figure.data if trace.name == "front line")
    assert len(drawn.x) == len(line) + 2


def test_what_beats_a_setting_is_told_by_what_differs():
    free = HERE.but(max_gap=None)
    view = shown(model(HERE, accuracy=0.8, gap=0.2), model(free, accuracy=0.86, gap=0.15))
    words = view.table["standing_words"].tolist()
    assert sorted(words) == ["beaten by no constraint", "on the front"]
    row = view.points[0]
    assert what_differs(row, row) == "another mechanism"
