"""Somebody else's model, as it is or with one or two numbers of one's own: laws and accounts."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from tests.remedies.partners import REGIONS, partnership
from tradeoffs.remedies.adaptation.as_is import AS_IS
from tradeoffs.remedies.adaptation.own_threshold import OWN_THRESHOLD
from tradeoffs.remedies.adaptation.own_threshold import STEPS as THRESHOLD_STEPS
from tradeoffs.remedies.adaptation.recalibration import HELD, RECALIBRATION
from tradeoffs.remedies.adaptation.recalibration import STEPS as DESCENT_STEPS
from tradeoffs.values.privacy.accountants import gaussian_mu

FITTED = [OWN_THRESHOLD, RECALIBRATION]
ids = [remedy.name for remedy in FITTED]


def fit(remedy, **fields):
    assert remedy.fit is not None
    return remedy.fit(partnership(remedy, **fields))


def test_as_it_is_gives_the_providers_model_and_spends_nothing():
    made = partnership(AS_IS, epsilon=1.0)
    assert AS_IS.fit is not None and AS_IS.fit(made) is made.provider()
    assert [account and account.epsilon_spent for account in made.accounts] == [0.0, 0.0]
    assert partnership(AS_IS).accounts == (None, None)


def test_an_own_threshold_makes_the_mean_score_the_share_of_yes():
    made = partnership(OWN_THRESHOLD)
    for tables, vectors in zip(made.tables, fit(OWN_THRESHOLD), strict=True):
        for table, vector in zip(tables, vectors, strict=True):
            score = expit(made.scores(vector, table))
            assert score.mean() == pytest.approx(table.label.mean(), abs=1e-6)


def test_recalibration_with_its_slope_held_is_the_own_threshold():
    pairs = zip(fit(RECALIBRATION, dial=HELD), fit(OWN_THRESHOLD), strict=True)
    for held, own in pairs:
        assert np.allclose(held, own, atol=1e-5)


def test_recalibration_tells_its_slope():
    made = partnership(RECALIBRATION)
    vectors = fit(RECALIBRATION)
    assert RECALIBRATION.figures is not None
    for row, given, told in zip(
        vectors, made.provider(), RECALIBRATION.figures(made, vectors), strict=True
    ):
        for vector, provided, figures in zip(row, given, told, strict=True):
            slope = figures["recalibration_slope"]
            assert isinstance(slope, float)
            assert np.allclose(vector[:-1], slope * provided[:-1], atol=1e-5)


@pytest.mark.parametrize("remedy", FITTED, ids=ids)
@pytest.mark.parametrize("epsilon", [0.3, 1.0, 8.0])
def test_no_more_is_spent_than_asked_for_and_all_releases_are_accounted_for(remedy, epsilon):
    made = partnership(remedy, epsilon=epsilon)
    for k, account in enumerate(made.accounts):
        assert account is not None and 0.98 * epsilon <= account.epsilon_spent <= epsilon
        loss = sum(spend.steps / spend.sigma**2 for spend in account.history)
        assert loss <= gaussian_mu(epsilon, made.deltas[k]) ** 2 * (1 + 1e-9)


@pytest.mark.parametrize("remedy", FITTED, ids=ids)
def test_noise_follows_from_the_scenario_and_is_another_for_each_seed_and_community(remedy):
    one, again = (fit(remedy, epsilon=1.0, dial=1.0) for _ in range(2))
    assert np.array_equal(one, again)
    exact = fit(remedy, dial=1.0)
    moved = {
        float(v[-1] - w[-1])
        for a, b in zip(one, exact, strict=True)
        for v, w in zip(a, b, strict=True)
    }
    assert len(moved) == 4 and 0 not in moved


@pytest.mark.parametrize("remedy", FITTED, ids=ids)
@pytest.mark.parametrize("epsilon", [None, 1.0])
def test_communities_in_another_order_get_the_same_models_in_that_order(remedy, epsilon):
    here = partnership(remedy, epsilon=epsilon, dial=1.0)
    there = partnership(remedy, epsilon=epsilon, dial=1.0, names=REGIONS[::-1])
    there = replace(there, services=_turned(here))
    assert remedy.fit is not None
    for one, other in zip(remedy.fit(here), remedy.fit(there), strict=True):
        assert np.array_equal(one, other[::-1])


def _turned(made):
    from tests.remedies.partners import Given

    tables = [list(row)[::-1] for row in made.tables]
    return Given(tables, [row[::-1] for row in made.provider()])


@pytest.mark.parametrize(
    ("remedy", "steps"), [(OWN_THRESHOLD, THRESHOLD_STEPS), (RECALIBRATION, DESCENT_STEPS)]
)
def test_dp_accounting_finds_as_much_for_all_releases_together(remedy, steps):
    privacy = pytest.importorskip("dp_accounting")
    account = partnership(remedy, epsilon=1.0).accounts[0]
    assert account is not None
    accountant = privacy.pld.PLDAccountant()
    for noise in account.noise:
        accountant.compose(privacy.GaussianDpEvent(noise), steps)
    assert accountant.get_epsilon(account.delta) == pytest.approx(account.epsilon_spent, rel=1e-3)
