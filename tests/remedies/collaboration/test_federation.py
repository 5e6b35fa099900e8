"""Ways of training together: effective people, noise, ridges, clusters, rounds and bytes."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import chi2

from tests.engine.conftest import batches_of, random_table
from tradeoffs.engine.loop import train
from tradeoffs.engine.population import ModelSpec
from tradeoffs.engine.recipe import recipe
from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participants import exchange, partnership
from tradeoffs.experiments.plan import resolve
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.collaboration.clusters import cluster
from tradeoffs.remedies.collaboration.hidden_sum import colluders
from tradeoffs.remedies.collaboration.mean_regularised import own_ridge
from tradeoffs.remedies.collaboration.mixing_weights import average
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.accountants import gaussian_epsilon, gaussian_mu

PLACES = {"dataset": "gss", "label": "income_25k", "protected": "sex", "communities": "place"}
TOGETHER = ("one_round", "fedavg", "partial_participation", "mean_regularised", "near_home",
            "clusters", "gossip")  # fmt: skip


def scenario(remedy: str, **changes: Any) -> Scenario:
    return Scenario.of(**{**PLACES, "rows": 300, "epsilon": 1.0, "remedy": remedy, **changes})


def of(remedy: str, **changes: Any) -> Partnership:
    return partnership(scenario(remedy, **changes))


def regime(own: Partnership):
    build = REMEDIES[own.scenario.remedy].regime
    assert build is not None
    found = build(own)
    assert found is not None
    return found


def test_a_mean_that_each_adds_noise_to_is_tuned_as_the_people_its_noise_is_that_of():
    own = of("fedavg")
    people = REMEDIES["fedavg"].people(own)
    assert people == pytest.approx(np.full(9, 300 * 3))  # n sqrt(K)
    hidden = REMEDIES["hidden_sum"].people(of("hidden_sum"))
    assert hidden == pytest.approx(np.full(9, 300 * 9))  # N
    alone = REMEDIES["alone"].people(of("alone"))
    assert alone == pytest.approx(np.full(len(alone), 300))
    expected = recipe(900, 0, 1.0, own.ones)
    assert {how.learning_rate for how in own.recipes} == {expected.learning_rate}
    assert {how.clip_norm for how in own.recipes} == {expected.clip_norm}


def test_budgets_of_their_own_give_one_signal_and_weights_by_precision():
    names = of("fedavg").names
    mixed = of("fedavg", epsilon=8.0, own_epsilon=((names[0], 0.5),))
    signal = REMEDIES["fedavg"].people(mixed) * mixed.epsilon
    assert signal == pytest.approx(np.full(9, signal[0]))
    assert 300 * 3 * 0.5 < signal[0] < 300 * 3 * 8.0
    mixing = regime(mixed).mixing
    assert mixing is not None
    weights = mixing.weights[0]
    assert weights[0] / weights[1] == pytest.approx((mixed.sigma[1] / mixed.sigma[0]) ** 2)
    drowned = np.sqrt(np.square(mixed.sigma).sum()) / 9  # noise of an equal mean
    assert np.sqrt(np.square(weights * mixed.sigma).sum()) < drowned / 2


def test_noise_behind_a_hidden_sum_is_that_of_one_curator_and_grows_with_colluders():
    alone, none = of("fedavg", dial=1.0), of("hidden_sum")
    assert none.sigma == pytest.approx(alone.sigma / 3, rel=0.01)  # the same deltas here
    half, all_others = of("hidden_sum", dial=0.5), of("hidden_sum", dial=1.0)
    assert half.sigma == pytest.approx(none.sigma * np.sqrt(9 / 5))
    assert all_others.sigma == pytest.approx(none.sigma * 3)
    assert [colluders(9, share) for share in (0, 0.01, 0.5, 0.75, 1)] == [0, 1, 4, 6, 8]
    strict = of("hidden_sum", own_epsilon=((none.names[2], 0.3),))
    assert all(account.epsilon_spent <= 0.3 for account in strict.accounts if account)


@pytest.mark.parametrize("remedy", [*TOGETHER, "hidden_sum"])
@pytest.mark.parametrize("epsilon", [0.3, 8.0])
def test_nobody_spends_more_than_it_asked_for(remedy, epsilon):
    names = of("fedavg").names
    own = of(remedy, epsilon=epsilon, own_epsilon=((names[1], 2.0),))
    for asked, account in zip(own.epsilon, own.accounts, strict=True):
        assert account is not None and account.epsilon_spent <= asked
        # Exact: both trainings of a remedy with two are on the same people.
        mu = np.sqrt(own.steps * sum(1 / noise**2 for noise in account.noise))
        if remedy != "hidden_sum":
            assert gaussian_epsilon(mu, account.delta) == pytest.approx(
                account.epsilon_spent, rel=1e-6
            )


def test_two_trainings_share_the_budget():
    one, both = of("near_home", dial=0.0), of("near_home", dial=30.0)
    for alone, account in zip(one.accounts, both.accounts, strict=True):
        assert alone is not None and account is not None and len(account.noise) == 2
        total = sum(1 / np.square(account.noise))
        assert total == pytest.approx(1 / np.square(alone.sigma), rel=1e-6)


def test_the_prior_of_each_model_is_as_wide_whatever_the_pull():
    """Pull and ridge are a normal prior of all models together; its variances are invertible."""
    for communities in (2, 9):
        for pull in (0.0, 1.0, 30.0, 1e4):
            ridge = own_ridge(3.0, pull, communities)
            mean = np.full((communities, communities), 1 / communities)
            precision = (pull + ridge) * np.eye(communities) - pull * mean
            assert np.diag(np.linalg.inv(precision)) == pytest.approx(np.full(communities, 1 / 3))
    assert own_ridge(3.0, 1e9, 9) == pytest.approx(3.0 / 9)  # one model with one ridge
    assert own_ridge(0.0, 30.0, 9) == 0.0


def test_a_pull_of_nothing_is_tuned_as_alone_and_an_endless_one_as_the_shared_model():
    alone, little, much = (of("mean_regularised", dial=d) for d in (0.0, 3.0, 1000.0))
    people = [REMEDIES["mean_regularised"].people(own)[0] for own in (alone, little, much)]
    assert people[0] == 300 < people[1] < people[2] < 900
    assert regime(of("mean_regularised", epsilon=None, dial=0.0)).ridge == pytest.approx(
        recipe(300, 0, None, alone.ones).ridge
    )


def test_models_that_point_the_same_way_form_a_cluster():
    rng = np.random.default_rng(0)
    ways = rng.normal(size=(2, 40))
    vectors = ways[[0, 1, 0, 1, 1]] * rng.uniform(1, 9, (5, 1)) + rng.normal(0, 0.1, (5, 40))
    found = cluster(vectors, 2)
    assert found[0] == found[2] != found[1] == found[3] == found[4]
    assert len(set(cluster(vectors, 1))) == 1
    diverged = np.array([[np.nan, 1.0], [np.inf, 0.0], [0.0, 0.0]])
    assert len(cluster(diverged, 3)) == 3  # nor do models of nothing divide by 0


@pytest.mark.parametrize("rounds", [5, 20, 30, 100])
def test_a_community_is_hidden_for_as_many_rounds_as_it_is_accounted_for(rounds):
    own = of("community_dp", communities="towns.30", dial=rounds, rows=100, epsilon=2.0)
    mixing, account = regime(own).mixing, own.accounts[0]
    assert mixing is not None and account is not None
    assert mixing.exchanges(own.steps) == rounds
    assert mixing.noise == pytest.approx(np.sqrt(rounds) / gaussian_mu(2.0, 1e-5), rel=1e-6)
    assert account.epsilon_spent <= 2.0 and "community" in account.unit
    assert np.all(regime(own).sigma == 0) and np.ptp(mixing.weights) < 1e-12


def test_too_few_communities_cannot_be_hidden_among():
    with pytest.raises(InvalidInput, match="30"):
        resolve(scenario("community_dp"))


def test_bytes_are_those_of_the_messages():
    """Between several steps velocities are averaged as well, and cross as the models do."""
    parameters = of("fedavg").columns + 1
    expected = {
        ("fedavg", 1.0): 8 * parameters * 200,
        ("fedavg", 50.0): 16 * parameters * 4,
        ("fedavg", 200.0): 8 * parameters,
        ("one_round", None): 8 * parameters,
        ("partial_participation", 0.3): 16 * parameters * 20 * 0.3,
        ("hidden_sum", 0.0): (4 * 1.73 + 4) * parameters * 200,
        ("mean_regularised", 0.0): 0,
        ("mean_regularised", 30.0): 8 * parameters * 200,
        ("near_home", 30.0): 16 * parameters * 20,
        ("near_home", 0.0): 0,
        ("clusters", 2.0): 16 * parameters * 20 + 8 * parameters,
        ("gossip", 2.0): 2 * 16 * parameters * 20,
        ("gossip", 0.0): 0,
    }
    for (remedy, dial), size in expected.items():
        traffic = REMEDIES[remedy].traffic(exchange(scenario(remedy, dial=dial)))
        assert traffic.training == pytest.approx(size), remedy


def test_noise_behind_a_hidden_sum_moves_the_shared_model_as_that_of_one_curator_does():
    """Parts of K communities add up to one noise: chi-squared, over all weights of many seeds."""
    communities, seeds, rows, sigma, clip = 4, 40, 50, 300.0, 1e-3
    tables = [random_table(rows, seed=k) for k in range(communities)] * seeds
    spec = ModelSpec(learning_rate=1.0, clip_norm=clip, sigma=1.0)
    part = np.full(communities, sigma / np.sqrt(communities))
    mixing = Mixing(weights=average(np.full(communities, 1 / communities)))
    found = train(
        [spec],
        batches_of(tables, rate=1.0, steps=1, seeds=list(range(seeds)) * communities),
        seeds=[seed for seed in range(seeds) for _ in range(communities)],
        keys=[[f"{slot:x}"] for slot in range(len(tables))],
        regimes=[Regime(sigma=part, mixing=mixing)],
        tail=1,
    )
    weights = np.concatenate([row[0].numpy() for row in found[::communities]])
    # Gradients are clipped to a thousandth, so that all but noise is nothing beside it.
    square = np.square(weights / (sigma * clip / (communities * rows))).sum()
    low, high = chi2.ppf([0.0005, 0.9995], len(weights))
    assert low < square < high
