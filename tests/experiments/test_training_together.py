"""Training together: which remedies are the same at the ends of their dials, and what is gained."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from tradeoffs.data.communities.catalogue import communities, community_split
from tradeoffs.data.report_people import order_by_id
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.fronts.gains import Gain, _together, gain, mean_gain, named
from tradeoffs.results import Outcome, Weights
from tradeoffs.scenario import Scenario

PLACES = {"dataset": "gss", "label": "income_25k", "protected": "sex", "communities": "place"}
Ways = Mapping[str, Mapping[str, Any]]


def outcomes(settings: list[Scenario]) -> dict[Scenario, Outcome]:
    return {one.scenario: one for chunk in chunks(map(resolve, settings)) for one in run(chunk)}


def vectors(**fields: Any) -> np.ndarray:
    """Return (2 seeds, parameters) of one home's models."""
    settings = [Scenario.of(**{**PLACES, "rows": 100, "epsilon": None, **fields, "seed": s})
                for s in (0, 1)]  # fmt: skip
    found = outcomes(settings)
    kept = [Weights.from_bytes(found[one].weights).vector for one in settings]
    return np.stack([np.frombuffer(vector, np.float32) for vector in kept])


def gains(ways: Ways, seeds: int = 8, **fields: Any) -> dict[str, list[Gain]]:
    """Return what each way gives each community over alone."""
    base = {**PLACES, "epsilon": None, **fields}
    cut = base["dataset"], base["label"], base["communities"]
    names = [one.name for one in communities(*cut) if one.measurable]
    settings = {
        (way, name, seed): Scenario.of(**{**base, **own, "home": name, "seed": seed})
        for way, own in {"alone": {"remedy": "alone"}, **ways}.items()
        for name in names
        for seed in range(seeds)
    }
    found = outcomes(list(settings.values()))

    def trainings(way: str, name: str):
        return {s: found[settings[way, name, s]].measurement for s in range(seeds)}

    return {
        way: [
            gain(
                trainings("alone", name),
                trainings(way, name),
                order_by_id(community_split(*cut, name).report),
                name,
            )
            for name in names
        ]
        for way in ways
    }


@pytest.mark.parametrize(
    "one, other, width",
    [
        ({"remedy": "fedavg", "dial": 1}, {"remedy": "pooled"}, 0),
        ({"remedy": "fedavg", "dial": 1}, {"remedy": "pooled"}, 4),
        ({"remedy": "fedavg", "dial": 200}, {"remedy": "one_round"}, 0),
        ({"remedy": "hidden_sum"}, {"remedy": "pooled"}, 0),
        ({"remedy": "hidden_sum", "dial": 1.0}, {"remedy": "fedavg", "dial": 1}, 0),
        ({"remedy": "partial_participation", "dial": 1.0}, {"remedy": "fedavg"}, 0),
        ({"remedy": "clusters", "dial": 1}, {"remedy": "fedavg"}, 0),
        ({"remedy": "gossip", "dial": 8}, {"remedy": "fedavg"}, 0),
        ({"remedy": "gossip", "dial": 0}, {"remedy": "alone"}, 0),
        ({"remedy": "mean_regularised", "dial": 0}, {"remedy": "alone"}, 0),
        ({"remedy": "near_home", "dial": 0}, {"remedy": "alone"}, 4),
    ],
)
def test_ends_of_dials_are_other_remedies(one, other, width):
    first, second = (vectors(home="Pacific", width=width, **fields) for fields in (one, other))
    assert np.abs(first - second).max() < 2e-6


def test_a_hard_pull_comes_to_the_shared_model():
    for remedy, shared, near in (
        ("mean_regularised", {"remedy": "pooled"}, 0.05),
        ("near_home", {"remedy": "fedavg"}, 0.01),
    ):
        pulls = [vectors(home="Pacific", remedy=remedy, dial=dial) for dial in (0, 30, 1000)]
        far = [np.abs(one - vectors(home="Pacific", **shared)).max() for one in pulls]
        assert far[0] > far[1] > far[2] and far[2] < near


def test_regions_of_few_people_gain_what_was_found_before():
    """Nine regions, a hundred people each: 3.7 points with 1.5 to either side, alone with a ridge.

    Each step between exchanges costs little, and nobody can be told to lose.
    """
    found = gains({"all": {"remedy": "fedavg", "dial": 1}, "seldom": {"remedy": "fedavg",
                  "dial": 50}, "pulled": {"remedy": "mean_regularised"}}, rows=100)  # fmt: skip
    mean = {way: mean_gain(each) for way, each in found.items()}
    assert mean["all"].accuracy.mean == pytest.approx(0.037, abs=0.015)
    assert mean["all"].accuracy.distinguishable and mean["all"].log_loss.distinguishable
    assert mean["all"].accuracy.mean - mean["seldom"].accuracy.mean < 0.015
    assert mean["pulled"].accuracy.mean == pytest.approx(mean["all"].accuracy.mean, abs=0.01)
    assert all(one.accuracy.mean > 0 or not one.accuracy.distinguishable for one in found["all"])


def test_the_stricter_the_budget_the_more_a_hidden_sum_is_worth():
    ways = {"hidden": {"remedy": "hidden_sum"}}
    found = [
        mean_gain(gains(ways, seeds=4, rows=300, epsilon=epsilon)["hidden"])
        for epsilon in (0.3, 1.0, 3.0, 8.0)
    ]
    means = [one.accuracy.mean for one in found]
    assert means == sorted(means, reverse=True)
    assert means == pytest.approx([0.091, 0.055, 0.034, 0.026], abs=0.015)


def test_of_towns_that_do_not_differ_none_is_named_beside_the_others():
    """Everybody gains alike: no town's gain may be told from the others', looked at together."""
    for towns, rows in ((5, 300), (9, 100)):
        each = gains({"all": {"remedy": "pooled"}}, rows=rows, communities=f"towns.{towns}")
        assert named_beside_the_others(each["all"]) == () and len(each["all"]) == towns


def named_beside_the_others(each: list[Gain]) -> tuple[Gain, ...]:
    """Return whose gain is told from the mean of the others', all looked at together (Holm)."""
    rest = [mean_gain([two for two in each if two is not one]) for one in each]
    weights = np.array([1.0, -1.0])
    pairs = zip(each, rest, strict=True)
    return named([_together(pair, weights, pair[0].community) for pair in pairs])


def test_who_answers_the_other_way_round_pays_and_clusters_find_it():
    ways = {"all": {"remedy": "fedavg"}, "pulled": {"remedy": "mean_regularised"},
            "clusters": {"remedy": "clusters"}}  # fmt: skip
    found = gains(ways, seeds=4, rows=200, communities="turned.100")
    first = {way: each[0].accuracy for way, each in found.items()}
    others = {way: mean_gain(each[1:]).accuracy for way, each in found.items()}
    assert first["all"].mean < -0.3 and first["all"].distinguishable
    assert first["all"].mean < first["pulled"].mean < -0.05
    assert abs(first["clusters"].mean) < 0.03 and others["clusters"].mean > 0.01
    assert abs(others["all"].mean) < 0.03  # the majority hardly notices


def test_a_strict_community_gains_most_and_a_loose_one_is_not_drowned_in_its_noise():
    names = [one.name for one in communities("gss", "income_25k", "place") if one.measurable]
    own = tuple((name, 0.5) for name in names[::2])
    ways = {"all": {"remedy": "fedavg", "dial": 1}}
    found = gains(ways, seeds=4, rows=300, epsilon=8.0, own_epsilon=own)["all"]
    strict, loose = (mean_gain(found[first::2]).accuracy for first in (0, 1))
    assert strict.mean > 0.03 and strict.distinguishable
    assert loose.mean > 0 and strict.mean > loose.mean
