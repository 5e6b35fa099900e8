"""What the values of a room pick: laws, and equality with definitions written out."""

import itertools
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.rooms.front import DOMINATED, among, model, models, options, row
from tradeoffs.fronts.replicates import REPORT, SELECT
from tradeoffs.report.pick import pick
from tradeoffs.rooms.options import options_of
from tradeoffs.rooms.rules import (
    decide,
    neighbours,
    own_losses,
    point_of,
    row_of,
    utilities,
)
from tradeoffs.values.preferences.achievement import achievement
from tradeoffs.values.preferences.aggregation import (
    COMPROMISE,
    MAJORITY,
    RULES,
    WORST_OFF_FIRST,
    regrets,
)
from tradeoffs.values.preferences.wish import Wish

NAMES = options().names


def drawn(seats: int, seed: int = 0) -> list[dict[str, int]]:
    """Return the points of some seats, some of them all on one objective."""
    rng = np.random.default_rng(seed)
    shares = [rng.dirichlet(np.full(4, 0.4)) for _ in range(seats)]
    return [dict(zip(NAMES, rng.multinomial(100, one).tolist(), strict=True)) for one in shares]


def candidates(*rows: int | None) -> list[dict[str, Any]]:
    return [{"name": f"setting-{n}" if n is not None else "none", "setting": n} for n in rows]


def settings_of(decision):
    return {one["rule"]: one["setting"] for one in decision["rules"]}


@pytest.mark.parametrize("seed", range(5))
def test_the_mean_utility_is_minus_the_achievement_of_the_mean_costs(seed):
    """On report, which may be better than the best on select in an objective with points."""
    better = options().values.copy()
    better[REPORT, ..., 0] += 0.1
    found = replace(options(), values=better)
    costs, values = found.mean_costs, [*drawn(5, seed), {"accuracy": 100}]
    worth = utilities(found, values)
    assert worth.shape == (6, 5, 8, 2)
    for seat, points in enumerate(values):
        weights = np.array([points.get(name, 0) for name in NAMES]) / 100
        for half in (SELECT, REPORT):
            wanted = -100 * achievement(costs[half], costs[SELECT].min(0), weights)
            assert worth[seat, :, :, half].mean(1) == pytest.approx(wanted, abs=1e-9)


def test_a_point_is_what_the_explorer_picks_by_the_same_points():
    """Where all have some: of equals, the explorer decides by those without points."""
    for points in [one for one in drawn(150) if all(one.values())]:
        wanted = pick(among(), Wish(points=points), NAMES, {}).row
        assert point_of(options(), points) == wanted


def test_all_points_on_one_objective_pick_its_best():
    costs = options().mean_costs[SELECT]
    for place, name in enumerate(NAMES):
        found = point_of(options(), {name: 100})
        assert costs[found, place] == costs[:, place].min()


def test_a_neighbour_is_better_in_its_objective_and_liked_best_of_those():
    costs = options().mean_costs[SELECT]
    for points in drawn(20):
        own, found = point_of(options(), points), neighbours(options(), points)
        worth = utilities(options(), [points])[0, :, :, SELECT].mean(1)
        for place, name in enumerate(NAMES):
            better = np.flatnonzero(costs[:, place] < costs[own, place])
            assert (name in found) == bool(len(better))
            if len(better):
                assert found[name] in better and worth[found[name]] == worth[better].max()


@pytest.mark.parametrize("seed", range(10))
def test_each_rule_picks_and_loses_what_its_definition_says(seed):
    values = drawn(7, seed)
    costs, best = options().costs, options().mean_costs[SELECT].min(0)

    def behind(points, half, setting, run=None):
        """Return the furthest objective of the mean costs, in the costs of a run."""
        mean = options().mean_costs[half][setting]
        at = mean if run is None else costs[half, setting, run]
        weighed = {
            k: points[name] * (mean[k] - best[k]) for k, name in enumerate(NAMES) if points[name]
        }
        k = max(weighed, key=lambda one: weighed[one])
        return points[NAMES[k]] * (at[k] - best[k]) + 1e-4 * sum(at - best)

    every = range(5)
    lost = np.array([[behind(one, SELECT, n) for n in every] for one in values])
    regret = lost - lost.min(1, keepdims=True)
    found = decide(options(), values)
    assert settings_of(found) == {
        MAJORITY: None,
        WORST_OFF_FIRST: int(regret.max(0).argmin()),
        COMPROMISE: int(regret.sum(0).argmin()),
    }
    own = [int(one.argmin()) for one in lost]
    for told in found["rules"][1:]:
        each = [
            np.mean(
                [behind(p, REPORT, told["setting"], r) - behind(p, REPORT, n, r) for r in range(8)]
            )
            for p, n in zip(values, own, strict=True)
        ]
        assert told["mean"]["value"] == pytest.approx(np.mean(each), abs=1e-9)
        assert told["largest"]["value"] == pytest.approx(max(each), abs=1e-9)
        assert told["largest"]["seat"] == int(np.argmax(each))
        assert told["losses"] == pytest.approx(each, abs=1e-9)
        assert told["mean"]["low"] <= told["mean"]["value"] <= told["mean"]["high"]


@pytest.mark.parametrize("seed", range(10))
def test_what_another_setting_dominates_is_never_picked(seed):
    values, worse = drawn(9, seed), row(options(), DOMINATED.to_query()["width"])
    assert worse not in settings_of(decide(options(), values)).values()
    assert worse not in [point_of(options(), one) for one in values]


def test_a_room_of_one_mind_gets_its_point_and_loses_nothing():
    for points in drawn(10):
        found = decide(options(), [points] * 6)
        own = point_of(options(), points)
        assert settings_of(found) == {MAJORITY: None, WORST_OFF_FIRST: own, COMPROMISE: own}
        assert all(one["largest"]["value"] == 0 for one in found["rules"][1:])
        assert found["between"] == [{"rules": [WORST_OFF_FIRST, COMPROMISE], "same": True}]


def test_the_order_of_the_seats_does_not_matter():
    values = drawn(5)
    first = decide(options(), values)
    for order in itertools.permutations(values):
        found = decide(options(), order)
        assert settings_of(found) == settings_of(first)
        for one, other in zip(found["rules"][1:], first["rules"][1:], strict=True):
            assert one["largest"]["value"] == other["largest"]["value"]
            assert one["mean"]["value"] == pytest.approx(other["mean"]["value"])
            assert order[one["largest"]["seat"]] == values[other["largest"]["seat"]]


@pytest.mark.parametrize("seed", range(10))
def test_the_largest_regret_is_least_where_the_worst_off_come_first(seed):
    values = drawn(8, seed)
    regret = regrets(utilities(options(), values))
    shown = candidates(*range(5))
    found = settings_of(decide(options(), values, shown, {"setting-2": (7, 7)}))
    least = regret[:, found[WORST_OFF_FIRST]].max()
    assert all(least <= regret[:, found[rule]].max() for rule in RULES)
    total = regret[:, found[COMPROMISE]].sum()
    assert all(total <= regret[:, found[rule]].sum() + 1e-9 for rule in RULES)


def test_majority_takes_most_approvals_and_of_equals_the_least_total_loss():
    values = drawn(9, 3)
    total = regrets(utilities(options(), values)).sum(0)
    shown = candidates(0, 1, 2, 3)

    def majority(**approvals):
        found = decide(
            options(), values, shown, {k.replace("_", "-"): v for k, v in approvals.items()}
        )
        return found["rules"][0]

    assert majority(setting_0=(5, 5), setting_1=(6, 6), setting_2=(0, 4))["setting"] == 1
    assert total[0] != total[3]
    for names in (("setting_0", "setting_3"), ("setting_3", "setting_0")):
        level = majority(**dict.fromkeys(names, (6, 6)), setting_2=(5, 5))
        assert level["level"] == [name.replace("_", "-") for name in names]
        assert level["setting"] == min((0, 3), key=lambda one: total[one])
        assert level["candidate"] == f"setting-{level['setting']}"


@pytest.mark.parametrize("approvals", [{}, {"setting-0": None}, {"setting-0": (0, 4)}])
def test_majority_takes_none_where_no_approvals_are_known(approvals):
    found = decide(options(), drawn(9), candidates(0, 1), approvals)["rules"][0]
    assert found == {"rule": MAJORITY, "candidate": None, "setting": None, "level": []}


def test_not_building_is_worth_what_the_baseline_is():
    shown = candidates(options().now, None)
    assert row_of(options(), shown[1]) == options().now
    found = decide(options(), drawn(9), shown, {"none": (8, 12), shown[0]["name"]: (5, 5)})
    built = decide(options(), drawn(9), shown, {"none": (5, 5), shown[0]["name"]: (8, 12)})
    names = [one["rules"][0]["candidate"] for one in (found, built)]
    assert names == ["none", shown[0]["name"]]
    assert found["rules"][0]["mean"] == built["rules"][0]["mean"]


def test_one_seat_loses_by_each_pick_what_the_room_says_of_it():
    values = drawn(6)
    found = decide(options(), values, candidates(2), {"setting-2": (6, 6)})
    for told in found["rules"]:
        worst = values[told["largest"]["seat"]]
        own = own_losses(options(), worst, found)[told["rule"]]
        assert own["value"] == pytest.approx(told["largest"]["value"])
        assert own["value"] == max(
            own_losses(options(), v, found)[told["rule"]]["value"] for v in values
        )


def test_equal_settings_cannot_be_told_apart_and_distant_ones_can():
    twin = model(DOMINATED.but(width=16), accuracy=0.86, gap=0.18, fidelity=0.55, sd=0.001)
    found = options_of(among(*models(), twin))
    same, told = row(found, "width=16"), decide(found, [{"accuracy": 100}] * 5)
    for one in told["rules"][1:]:
        assert {one["setting"], *one["alike"]} == {same, found.now}
    shown = candidates(row(found, "width=8"))
    apart = decide(found, [{"accuracy": 100}] * 5, shown, {shown[0]["name"]: (5, 5)})
    assert apart["between"][0]["largest"]["apart"] and apart["between"][0]["mean"]["apart"]


def test_one_training_run_leaves_no_interval_and_nothing_apart():
    single = [[one[0]] for one in models()]
    found = decide(options_of(among(*single)), drawn(6))
    text = json.dumps(found, allow_nan=False)
    assert found["rules"][1]["mean"]["low"] is None and "alike" in text
    assert len(found["rules"][1]["alike"]) == 4
