import math
from dataclasses import replace

import pytest
from dp_accounting import dp_event
from dp_accounting.pld import PLDAccountant
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy.account import Account, Part, allocate, compose
from tradeoffs.values.privacy.accountants import gaussian_mu
from tradeoffs.values.privacy.calibration import budget
from tradeoffs.values.privacy.history import History, Spend

DELTA = 1e-5
HALF = Part(share=0.5)


def epsilon_outside(history: History, delta: float = DELTA) -> float:
    """Return what another accountant says, with records added or removed."""
    accountant = PLDAccountant(value_discretization_interval=1e-3)
    for spend in history:
        one = dp_event.GaussianDpEvent(spend.sigma)
        if spend.sample_rate < 1:
            one = dp_event.PoissonSampledDpEvent(spend.sample_rate, one)
        accountant.compose(one, spend.steps)
    return accountant.get_epsilon(delta)


def parts_outside(account: Account, parts: tuple[Part, ...]) -> float:
    """Return another accountant's epsilon of unsampled parts, one by one."""
    accountant = PLDAccountant(value_discretization_interval=1e-3)
    for part, noise in zip(parts, account.noise, strict=True):
        accountant.compose(dp_event.GaussianDpEvent(noise), part.steps)
    return accountant.get_epsilon(account.delta)


ONE_SHOT = [
    (Part(),),
    (HALF, HALF),  # residuals and curvatures
    (Part(share=1 / 3), Part(share=1 / 3), Part(share=1 / 3, steps=11)),  # a tree of counts
    (Part(steps=500),),  # votes on 500 questions
    (Part(share=0.1), Part(share=0.9, steps=200)),  # a table of counts, and a model
]


@pytest.mark.parametrize("parts", ONE_SHOT)
@pytest.mark.parametrize("epsilon", [0.3, 1.0, 8.0])
def test_unsampled_releases_spend_what_another_accountant_says(parts, epsilon):
    found = allocate(epsilon, DELTA, *parts)
    assert found.epsilon_spent <= epsilon
    assert parts_outside(found, parts) == pytest.approx(epsilon, rel=1e-3)
    assert found.accountant == "gdp"


def test_two_trainings_on_the_same_batches_spend_what_another_accountant_says():
    part = Part(share=0.5, sample_rate=0.3, steps=200)  # a shared model and one's own
    found = allocate(1.0, DELTA, part, part)
    assert found.noise == pytest.approx([math.sqrt(2) * found.history[0].sigma] * 2)
    assert 0.98 <= epsilon_outside(found.history) <= found.epsilon_spent <= 1.0


def test_a_sampled_training_beside_counts_spends_what_another_accountant_says():
    parts = Part(share=0.8, sample_rate=0.1, steps=200), Part(share=0.2)
    found = allocate(2.0, DELTA, *parts)
    assert 0.98 * 2 <= epsilon_outside(found.history) <= found.epsilon_spent <= 2.0
    training, counts = found.noise
    assert (1 / counts**2) / (0.01 * 200 / training**2) == pytest.approx(0.25)


@pytest.mark.parametrize("rate", [0.03, 0.3, 1.0])
def test_one_training_is_what_it_was(rate):
    whole = budget(3.0, sample_rate=rate, steps=200, delta=DELTA, counts=False)
    found = allocate(3.0, DELTA, Part(sample_rate=rate, steps=200))
    assert found.sigma == pytest.approx(whole.sigma, rel=1e-9)
    assert found.epsilon_spent == pytest.approx(whole.epsilon_spent, rel=1e-9)


@given(
    epsilon=st.floats(0.05, 50),
    weights=st.lists(st.integers(1, 20), min_size=1, max_size=5),
    steps=st.integers(1, 300),
)
def test_shares_of_the_loss_are_as_asked_and_add_up(epsilon, weights, steps):
    parts = [Part(share=w / sum(weights), steps=steps) for w in weights]
    found = allocate(epsilon, DELTA, *parts)
    assert found.epsilon_spent <= epsilon
    losses = [part.steps / noise**2 for part, noise in zip(parts, found.noise, strict=True)]
    assert losses == pytest.approx([p.share * gaussian_mu(epsilon, DELTA) ** 2 for p in parts])


def test_accounts_compose_to_more_than_each_and_less_than_their_sum():
    counts, model = allocate(1.0, DELTA, Part()), allocate(1.0, DELTA, Part(steps=200))
    both = compose([counts, model])
    assert both.epsilon_spent == compose([model, counts]).epsilon_spent
    assert 1.0 < both.epsilon_spent < 2.0
    assert both.epsilon_spent == pytest.approx(epsilon_outside(both.history), rel=1e-3)
    assert compose([counts]).epsilon_spent == pytest.approx(counts.epsilon_spent)


def test_what_was_split_composes_to_the_whole():
    whole = allocate(1.0, DELTA, HALF, Part(share=0.5, steps=200))
    apart = [
        replace(whole, noise=(noise,), history=(Spend(sigma=noise, sample_rate=1, steps=steps),))
        for noise, steps in zip(whole.noise, (1, 200), strict=True)
    ]
    assert compose(apart).epsilon_spent == pytest.approx(whole.epsilon_spent)


@pytest.mark.parametrize("epsilon", [0.0, 0.049, 50.1, math.nan, math.inf])
def test_an_epsilon_out_of_bounds_is_an_error(epsilon):
    with pytest.raises(InvalidInput, match="epsilon=.* must be in"):
        allocate(epsilon, DELTA, Part())


@pytest.mark.parametrize("parts", [(), (HALF,), (Part(share=1.5), Part(share=-0.5))])
def test_shares_must_be_positive_and_add_up(parts):
    with pytest.raises(ValueError, match="shares"):
        allocate(1.0, DELTA, *parts)
