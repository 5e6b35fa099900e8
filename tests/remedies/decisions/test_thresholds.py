import numpy as np
import pytest

from tradeoffs.remedies.decisions.thresholds import Mixture, Thresholds

NAMES = ("a", "b", "c")


def test_a_group_without_a_rule_decides_above_one_half():
    score, member = np.array([0.5, 0.51, 0.2, 0.9]), np.eye(3)[[0, 0, 1, 2]]
    rule = Thresholds(groups={"c": Mixture(threshold=0.95), "b": Mixture(threshold=0.1)})
    assert rule.chance(score, member, NAMES).tolist() == [0, 1, 1, 0]
    assert Mixture().usual and not Mixture(threshold=0.4).usual


@pytest.mark.parametrize(("score", "chance"), [(0.1, 0.15), (0.3, 0.36), (0.8, 0.85)])
def test_a_mixture_gives_its_probability(score, chance):
    rule = Mixture(threshold=0.6, first=0.7, other=0.2, second=0.3, ignore=0.3, constant=0.5)
    assert rule.chance(np.array([score]))[0] == pytest.approx(chance)


def test_draws_below_the_chance_are_positive():
    score, member = np.full(1_000, 0.4), np.eye(3)[np.zeros(1_000, int)]
    rule = Thresholds(groups={"a": Mixture(threshold=0.5, first=0.8, other=0.1, second=0.2)})
    draw = (np.arange(1_000) + 0.5) / 1_000
    assert rule.decide(score, member, NAMES, draw).mean() == 0.2


def test_a_rule_reads_back_from_its_text():
    rule = Thresholds(groups={"Ä": Mixture(threshold=float("-inf")), "b": Mixture(ignore=0.25)})
    assert Thresholds.from_json(rule.to_json()) == rule
