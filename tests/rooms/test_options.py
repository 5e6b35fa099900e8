"""What a room chooses from: results of settings that are measured in all that counts."""

import json
import math

import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, model
from tests.report.remedies.test_home_front import look
from tests.rooms.front import FAIR, among, models, options, row
from tradeoffs.errors import InvalidInput
from tradeoffs.language.current import in_language
from tradeoffs.report.pick import pick
from tradeoffs.rooms import options as module
from tradeoffs.rooms.options import (
    MOST_BYTES,
    Options,
    limits,
    options_of,
    setting_in_words,
    spans,
)
from tradeoffs.values.preferences.wish import Wish


def test_they_hold_the_numbers_of_the_front():
    found, there = options(), among()
    assert found.names == ("accuracy", "fairness", "privacy", "explainability")
    assert found.values.shape == (2, 5, 8, 4) and found.seeds == tuple(range(8))
    assert found.left_out == 0
    assert found.means == pytest.approx(there.means[..., :4], rel=1e-5)
    assert found.settings[found.now]["link"] == row_link(UNTOUCHED)
    assert found.settings[found.here or 0]["link"] == row_link(HERE)
    assert found.people["groups"] == [
        {"name": "Female", "people": int(there.people[0])},
        {"name": "Male", "people": int(there.people[1])},
    ]


def row_link(setting):
    return "&".join(f"{name}={value}" for name, value in setting.to_query().items())


def test_they_read_back_what_they_write():
    found = options()
    text = json.dumps(found.to_json(), allow_nan=False)
    again = Options.from_json(json.loads(text))
    assert len(text) < MOST_BYTES / 40 and again.to_json() == found.to_json()
    np.testing.assert_array_equal(again.costs, found.costs)
    assert np.isinf(again.values).any() and np.isnan(again.intervals).any()


def test_costs_pick_what_the_explorer_picks_by_the_same_points():
    """Without ties, which the explorer breaks by what has no points."""
    found, there = options(), among()
    rng = np.random.default_rng(0)
    for _ in range(40):
        points = dict(zip(found.names, (100 * rng.dirichlet(np.ones(4))).tolist(), strict=True))
        wanted = pick(there, Wish(points=points), found.names, {}).row
        weights = np.array([*points.values()])
        costs = found.mean_costs[0]
        worst = (weights * (costs - costs.min(0))).max(1)
        assert int(worst.argmin()) == wanted


def test_a_setting_that_is_not_measurable_in_an_objective_is_left_out():
    gone = model(FAIR.but(width=8), accuracy=0.8, gap=math.nan)
    found = options_of(among(*models(), gone))
    assert found.left_out == 1 and len(found.settings) == 5
    assert options_of(among(*models(), gone), ("accuracy", "privacy")).left_out == 0


def test_an_own_table_goes_to_the_room_as_results_alone(monkeypatch):
    monkeypatch.setattr(module, "is_own", lambda name: True)
    told = options_of(among()).to_json()
    assert told["link"] == "" and {one["link"] for one in told["settings"]} == {""}
    assert told["people"]["table"] == "" and HERE.dataset not in json.dumps(told)


def test_a_setting_that_lacks_a_seed_is_left_out():
    found = options_of(among(*models(), model(FAIR.but(width=8), seeds=3)))
    assert found.left_out == 1 and len(found.seeds) == 8


def test_a_room_needs_the_baseline_and_something_to_choose():
    with pytest.raises(InvalidInput, match="not measured yet") as caught:
        options_of(among(models()[0]))
    assert caught.value.code == "room_without_baseline"
    with pytest.raises(InvalidInput, match="at least 2"):
        options_of(among(models()[1]))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("values", [[[[1.0]]]]),
        ("values", "text"),
        ("now", 5),
        ("now", None),
        ("objectives", [{"name": "beauty"}]),
        ("settings", None),
        ("seeds", []),
    ],
)
def test_a_mapping_that_holds_none_is_refused_in_words(part, value):
    with pytest.raises(InvalidInput, match="settings of a room|unknown objective"):
        Options.from_json(options().to_json() | {part: value})


def test_spans_and_limits_are_told_in_words_from_worst_to_best():
    accuracy, gap, privacy, _ = spans(options())
    assert (accuracy["from"], accuracy["to"]) == ("79.0 %", "86.0 %")
    assert (gap["from"], gap["to"]) == ("19.0 %", "2.0 %")
    assert (privacy["from"], privacy["to"]) == ("no promise", "ε = 0.1")
    line = limits(options())[0]
    assert (line["low"], line["high"], line["unit"], line["better"]) == (0, 100, "%", "high")
    assert limits(options())[2]["low"] == 0.05 and row(options(), "max_gap=0.02") >= 0


def test_a_way_of_training_in_a_community_is_named_first():
    home = look().here
    assert setting_in_words(home).startswith("Federated averaging (FedAvg): no privacy, ")
    ways = {setting_in_words(home.but(remedy=one, dial=None)) for one in ("alone", "fedavg")}
    assert len(ways) == 2 and ":" not in setting_in_words(HERE)


def test_objectives_are_kept_as_they_were_written_whoever_opens_the_room():
    with in_language("fr"):
        kept, spoken = options().to_json(), spans(options())
        again = Options.from_json(kept)
    assert kept["objectives"] == options().to_json()["objectives"]
    assert [one.is_share for one in again.objectives] == [True, True, False, True]
    assert spoken[0]["title"] == "Exactitude" and spans(again)[0]["title"] == "Accuracy"
