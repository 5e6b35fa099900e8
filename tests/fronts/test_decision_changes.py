"""Decision changes: group by group, paired, and silent where there are too few people."""

import numpy as np
import pytest
from scipy import stats

from tests.engine.conftest import random_table
from tradeoffs.errors import NotMeasurable
from tradeoffs.fronts.decision_changes import EVERYONE, decision_changes, named_changes
from tradeoffs.measurement import Measurement
from tradeoffs.stats.two_way import people_error

PEOPLE = random_table(400)
PROTECTED = next(iter(PEOPLE.protected))
MEMBER, NAMES = PEOPLE.group_of(PROTECTED)


def trainings(decided):
    return {
        seed: Measurement.of(
            training={}, select={}, report={}, decisions=np.packbits(one).tobytes()
        )
        for seed, one in enumerate(decided)
    }


def decisions(chance, seeds=6, seed=0):
    return np.random.default_rng(seed).random((seeds, PEOPLE.rows)) < chance


def test_each_group_has_the_paired_difference_with_both_sources_of_chance():
    was, now = decisions(0.5), decisions(0.4, seed=1)
    found = decision_changes(trainings(was), trainings(now), PEOPLE, PROTECTED)
    assert [one.group for one in found] == [EVERYONE, *NAMES]
    for code, one in enumerate(found, -1):
        own = np.equal(MEMBER, code) if code >= 0 else np.ones(PEOPLE.rows, bool)
        right = (now == PEOPLE.label)[:, own] * 1.0 - (was == PEOPLE.label)[:, own]
        error = np.hypot(stats.sem(right.mean(1)), people_error(right))
        assert one.people == own.sum() and one.accuracy and one.flips and one.selected
        assert one.accuracy.mean == pytest.approx(right.mean())
        assert one.accuracy.standard_error == pytest.approx(error)
        assert one.flips.mean == pytest.approx((was != now)[:, own].mean())
        assert one.selected.mean == pytest.approx(now[:, own].mean() - was[:, own].mean())


def test_a_group_is_named_when_it_stands_beside_all_the_others():
    was, now = decisions(0.5), decisions(0.5)
    now = np.where(np.equal(MEMBER, 0), True, now)
    groups = decision_changes(trainings(was), trainings(now), PEOPLE, PROTECTED)[1:]
    assert [one.group for one in named_changes(groups, "selected")] == [NAMES[0]]
    own = decision_changes(trainings(was), trainings(was), PEOPLE, PROTECTED)[1:]
    assert named_changes(own, "selected") == named_changes(own, "accuracy") == ()


def test_a_model_in_its_own_place_changes_nothing():
    own = trainings(decisions(0.5))
    for one in decision_changes(own, own, PEOPLE, PROTECTED):
        assert one.flips and one.accuracy
        assert one.flips.interval == one.accuracy.interval == (0, 0)


def test_a_group_with_too_few_people_is_not_told_of():
    some = PEOPLE.take(np.flatnonzero((MEMBER != 0) | (np.cumsum(MEMBER == 0) <= 29)))
    own = {
        seed: Measurement.of(
            training={}, select={}, report={}, decisions=np.packbits(some.label).tobytes()
        )
        for seed in range(2)
    }
    _, first, *rest = decision_changes(own, own, some, PROTECTED)
    assert not first.measurable and first.people == 29 and first.accuracy is None
    assert all(one.measurable for one in rest)


def test_models_of_no_common_seed_are_not_compared():
    with pytest.raises(NotMeasurable, match="no seed in common"):
        decision_changes(trainings(decisions(0.5)), {}, PEOPLE, PROTECTED)
