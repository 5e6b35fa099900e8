import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.proxy_transfer import (
    ANYWHERE,
    AS_HOME,
    GRANTED,
    GRANTED_GROUP,
    SEGREGATION,
    SHARE,
    TURNED,
    answer,
    auc,
    seen_gap,
    shares,
)


@pytest.fixture(scope="module")
def towns():
    return answer(Scenario(), 0.6)


def mean(records, measure, order, segregation):
    at = {"measure": measure, "order": order, "segregation": segregation}
    return next(record["value"] for record in records if at.items() <= record.items())


@pytest.mark.parametrize("segregation", SEGREGATION)
def test_the_dial_is_the_variance_ratio_and_the_share_of_the_town_stays(segregation):
    share = shares(segregation)
    assert share.mean() == pytest.approx(SHARE, abs=0.005)
    assert share.var() / (SHARE * (1 - SHARE)) == pytest.approx(segregation, abs=0.02)


@pytest.mark.parametrize("order", [AS_HOME, ANYWHERE, TURNED])
def test_without_segregation_the_place_tells_nothing(towns, order):
    assert mean(towns, "auc", order, 0.0) == pytest.approx(0.5, abs=0.01)
    assert mean(towns, "seen", order, 0.0) == pytest.approx(0, abs=0.01)


def test_more_segregation_lets_the_place_tell_more_or_mislead_more(towns):
    told = [mean(towns, "auc", AS_HOME, s) for s in SEGREGATION]
    misled = [mean(towns, "auc", TURNED, s) for s in SEGREGATION]
    assert told == sorted(told) and misled == sorted(misled, reverse=True)


def test_the_audit_at_home_sees_the_gap_times_the_segregation(towns):
    # Chen et al. 2019: the weighted audit is off by what decision and group share at equal place
    gap = GRANTED - GRANTED_GROUP
    assert mean(towns, "seen", AS_HOME, 0.6) == pytest.approx(0.6 * gap, abs=0.005)
    assert mean(towns, "missed", AS_HOME, 0.6) == pytest.approx(-0.4 * gap, abs=0.005)


def test_where_the_group_lives_anywhere_the_map_is_a_coin(towns):
    assert mean(towns, "auc", ANYWHERE, 0.6) == pytest.approx(0.5, abs=0.03)


def test_the_area_is_scikit_learns():
    proxy, members, others = np.array([0.1, 0.5, 0.5, 0.9]), np.array([1, 2, 3, 4]), np.full(4, 3)
    scores = np.concatenate([np.repeat(proxy, members), np.repeat(proxy, others)])
    truth = np.repeat([1, 0], [members.sum(), others.sum()])
    assert auc(proxy, members, others) == pytest.approx(roc_auc_score(truth, scores))


def test_a_perfect_proxy_sees_the_gap_exactly():
    assert seen_gap(np.array([1.0, 0.0, 0.0]), np.array([0.5, 0.7, 0.9])) == pytest.approx(0.3)


def test_the_same_seed_gives_the_same_records(towns):
    assert answer(Scenario(), 0.6) == towns


@pytest.mark.parametrize("home", [-0.1, 1.0])
def test_a_segregation_out_of_bounds_is_refused(home):
    with pytest.raises(InvalidInput, match=r"must be in \[0, 1\)"):
        answer(Scenario(), home)
