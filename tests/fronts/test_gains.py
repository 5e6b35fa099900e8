"""Gains of communities: paired by seed and person, counted each for itself and named together."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.engine.conftest import random_table
from tradeoffs.data.report_people import FOLDS, fold_column, folds
from tradeoffs.data.table import Table
from tradeoffs.errors import NotMeasurable
from tradeoffs.fronts.gains import Gain, count, gain, mean_gain, named
from tradeoffs.fronts.sampling_error import accuracy_error
from tradeoffs.measurement import Measurement

RNG = np.random.default_rng(11)
PEOPLE = random_table(400)


def trainings(
    right: np.ndarray, people: Table, log_loss: float | np.ndarray = 0.5
) -> dict[int, Measurement]:
    """Return measurements of models that are right on (seeds, people), by seed."""
    losses = np.broadcast_to(log_loss, len(right))
    return {
        seed: Measurement.of(
            training={},
            select={},
            report={"accuracy": one.mean(), "log_loss": float(losses[seed])},
            decisions=np.packbits(one == people.label).tobytes(),
        )
        for seed, one in enumerate(right)
    }


def of(alone: np.ndarray, other: np.ndarray, people: Table = PEOPLE, name: str = "here") -> Gain:
    return gain(trainings(alone, people), trainings(other, people), people, name)


def right(chance: float | np.ndarray, seeds: int = 8) -> np.ndarray:
    return RNG.random((seeds, PEOPLE.rows)) < chance


def test_it_is_the_paired_difference_with_both_sources_of_chance():
    alone, other = right(0.7), right(0.75)
    found = of(alone, other).accuracy
    apart = other.mean(1) - alone.mean(1)
    seeds, rows = stats.sem(apart), accuracy_error(PEOPLE.label, other == PEOPLE.label,
                                                   alone == PEOPLE.label)  # fmt: skip
    assert found.mean == pytest.approx(apart.mean()) and found.seeds == 8 and found.test_rows
    assert found.standard_error == pytest.approx(np.hypot(seeds, rows))


def test_the_other_way_round_it_is_lost_and_against_itself_nothing_is():
    alone, other = right(0.6), right(0.8)
    there, back, same = of(alone, other), of(other, alone), of(alone, alone)
    assert there.accuracy.mean == -back.accuracy.mean and there.accuracy.distinguishable
    assert same.accuracy.interval == (0, 0) and count([there, back, same]) == (1, 1, 1)


def test_a_lower_log_loss_is_a_gain_whose_interval_is_over_seeds_alone():
    models, low, high = right(0.7), RNG.normal(0.4, 0.01, 8), RNG.normal(0.5, 0.01, 8)
    found = gain(
        trainings(models, PEOPLE, high), trainings(models, PEOPLE, low), PEOPLE, "here"
    ).log_loss
    ends = stats.ttest_rel(high, low).confidence_interval()
    assert found.interval == pytest.approx((ends.low, ends.high)) and not found.test_rows


def test_of_log_loss_the_people_are_known_by_folds():
    """A model that is the same in every seed leaves the chance of the people alone."""
    people = random_table(3_000)
    losses = RNG.exponential(0.5, (2, 1, people.rows)).repeat(4, axis=1)  # (ways, seeds, people)
    fold = folds(people.rows)

    def measured(one: np.ndarray) -> dict[int, Measurement]:
        by_fold = {fold_column("log_loss", k): one[0][fold == k].mean() for k in range(FOLDS)}
        report = {"accuracy": 0.5, "log_loss": one[0].mean(), **by_fold}
        bits = np.packbits(people.label).tobytes()
        single = Measurement.of(training={}, select={}, report=report, decisions=bits)
        return dict.fromkeys(range(len(one)), single)

    found = gain(measured(losses[0]), measured(losses[1]), people, "here")
    apart = (losses[0] - losses[1])[0]
    assert found.log_loss.mean == pytest.approx(apart.mean()) and found.log_loss.test_rows
    assert found.log_loss.standard_error == pytest.approx(stats.sem(apart), rel=0.3)
    whole = mean_gain([found, found])
    assert whole.log_loss.interval == pytest.approx(found.log_loss.interval)


def test_counts_and_names_are_of_the_measure_that_is_asked_for():
    alone = right(0.7)
    lower = gain(trainings(alone, PEOPLE, 0.6), trainings(alone, PEOPLE, 0.4), PEOPLE, "here")
    assert count([lower]) == (0, 0, 1) and count([lower], "log_loss") == (1, 0, 0)
    assert named([lower]) == () and named([lower], "log_loss") == (lower,)


def test_seeds_that_one_way_lacks_wait():
    alone, other = trainings(right(0.6), PEOPLE), trainings(right(0.8, seeds=3), PEOPLE)
    assert gain(alone, other, PEOPLE, "here").accuracy.seeds == 3
    with pytest.raises(NotMeasurable, match="no seed in common"):
        gain(alone, {}, PEOPLE, "here")


def test_a_model_that_diverged_has_no_gain():
    alone = trainings(right(0.6), PEOPLE)
    nothing = Measurement.of(training={}, select={}, report={}, decisions=bytes(50))
    with pytest.raises(NotMeasurable, match="undefined or infinite"):
        gain(alone, {**alone, 3: nothing}, PEOPLE, "here")


def test_a_mean_over_communities_has_the_error_of_their_people_together():
    apart = [replace(PEOPLE, row_id=PEOPLE.row_id + 1_000 * k) for k in range(3)]
    pairs = [(right(0.7), right(RNG.random(PEOPLE.rows))) for _ in apart]
    gains = [of(*pair, people) for pair, people in zip(pairs, apart, strict=True)]
    whole = mean_gain(gains)
    assert whole.accuracy.mean == pytest.approx(np.mean([one.accuracy.mean for one in gains]))
    errors = [one.right.people_error for one in gains]
    assert whole.right.people_error == pytest.approx(np.hypot.reduce(errors) / 3)
    assert mean_gain(gains[::-1]).accuracy.interval == pytest.approx(whole.accuracy.interval)
    twice = mean_gain([gains[0], gains[0]])  # the same people give no more certainty
    assert twice.accuracy.interval == pytest.approx(gains[0].accuracy.interval)


def test_where_nobody_gains_intervals_keep_their_level_and_names_are_rarer_still():
    """Models of two ways are right about the same people as often, but not about the same ones."""
    people, draws, communities = random_table(200), 60, 9
    told = names = 0
    for _ in range(draws):
        gains = []
        for _ in range(communities):
            chance = np.clip(RNG.normal(0.75, 0.2, (2, people.rows)), 0, 1)
            models = RNG.random((2, 8, people.rows)) < chance[:, None]
            gains.append(of(models[0], models[1], people))
        told += communities - count(gains).alike
        names += bool(named(gains))
    assert told / (draws * communities) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / draws / communities)
    assert names / draws < 0.05 + 3 * np.sqrt(0.05 * 0.95 / draws)


def test_a_large_gain_is_named_among_many_that_are_none():
    alone = right(0.7)
    gains = [of(alone, right(0.7), name=f"{k}") for k in range(8)] + [of(alone, right(0.9))]
    assert "here" in [one.community for one in named(gains)]
    assert named([of(alone[:1], right(0.9, seeds=1))]) == ()  # one seed tells nothing
