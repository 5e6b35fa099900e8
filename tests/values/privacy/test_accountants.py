import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from tradeoffs.catalogue import Catalogue
from tradeoffs.errors import InvalidInput
from tradeoffs.values.privacy import accountants
from tradeoffs.values.privacy.accountants import ACCOUNTANTS, epsilon, noise_multiplier
from tradeoffs.values.privacy.history import Spend

DELTA = 1e-5
NAMES = list(ACCOUNTANTS)


def run(sigma: float, sample_rate: float = 0.03, steps: int = 200) -> tuple[Spend, ...]:
    return (Spend(sigma=sigma, sample_rate=sample_rate, steps=steps),)


@pytest.mark.parametrize("sample_rate", [0.03, 0.3, 1.0])
@pytest.mark.parametrize("sigma", [0.8, 2.0, 14.0, 60.0])
def test_prv_is_never_above_renyi_nor_renyi_above_its_classic_conversion(sigma, sample_rate):
    history = run(sigma, sample_rate)
    prv, rdp, classic = (epsilon(history, DELTA, name) for name in ("prv", "rdp", "rdp-classic"))
    assert prv <= rdp * 1.001
    assert rdp < classic


# Epsilon of Google's dp_accounting 0.6 (PLDAccountant, ADD_OR_REMOVE_ONE: both directions, value
# discretisation 1e-4, 2e-5 above sigma 20), 200 steps; counts is the sigma of one more release.
BOTH_DIRECTIONS = [
    (0.03, 30.0, None, 0.040147),
    (0.03, 13.4, None, 0.098105),
    (0.03, 1.852, None, 0.990096),
    (0.03, 1.852, 1.852 / (0.03 * 2), 0.997594),
    (0.03, 0.6525, None, 7.991053),
    (0.03, 0.35, None, 43.911876),
    (0.1, 0.5, None, 45.371190),
    (0.3, 15.0, None, 1.068393),
    (0.3, 15.0, 15 / (0.3 * 2), 1.079875),
    (0.3, 1.2, None, 25.406281),
    (1.0, 200**0.5, None, 4.377178),
]


@pytest.mark.parametrize(("sample_rate", "sigma", "counts", "figure"), BOTH_DIRECTIONS)
def test_prv_is_just_above_an_accountant_of_both_directions(sample_rate, sigma, counts, figure):
    history = run(sigma, sample_rate) + (run(counts, 1.0, 1) if counts else ())
    assert figure <= epsilon(history, DELTA, "prv") <= figure * 1.011 + 0.001


@pytest.mark.parametrize(
    ("figure", "sigma"), [(0.1, 13.4), (0.3, 4.96), (1.0, 1.852), (3.0, 0.971), (8.0, 0.6525)]
)
def test_prv_known_figures(figure, sigma):
    assert epsilon(run(sigma), DELTA, "prv") == pytest.approx(figure, rel=0.02)


def test_classic_conversion_gives_the_moments_accountant_figure():
    # Abadi et al. 2016, section 3.2: q = .01, sigma = 4, T = 10 000 gives epsilon about 1.26.
    assert epsilon(run(4.0, 0.01, 10_000), DELTA, "rdp-classic") == pytest.approx(1.26, abs=0.005)


@pytest.mark.parametrize("sigma", [3.0, 10.0, 40.0, 150.0])
def test_gaussian_is_exact_with_all_records_and_prv_just_above(sigma):
    exact = epsilon(run(sigma, 1.0), DELTA, "gdp")
    assert exact < epsilon(run(sigma, 1.0), DELTA, "prv") < exact * 1.011 + 0.021


def test_gaussian_inverts_its_delta():
    mu = math.sqrt(200) / 14
    value = epsilon(run(14.0, 1.0), DELTA, "gdp")
    delta = norm.cdf(mu / 2 - value / mu) - math.exp(value) * norm.cdf(-mu / 2 - value / mu)
    assert delta == pytest.approx(DELTA, rel=1e-8)


def test_gaussian_stays_finite_where_the_exponential_overflows():
    # For large mu, epsilon = mu^2 / 2 + z mu with Phi(-z) = delta, up to a vanishing share.
    mu = math.sqrt(200) / 0.2
    expected = mu * mu / 2 + norm.isf(DELTA) * mu
    assert expected > 710
    assert epsilon(run(0.2, 1.0), DELTA, "gdp") == pytest.approx(expected, rel=1e-3)


def test_gaussian_is_zero_when_delta_alone_covers_the_loss():
    assert epsilon(run(1e9, 1.0), DELTA, "gdp") == 0.0


@given(
    request=st.floats(0.001, 1e4),
    delta=st.sampled_from([1e-9, 1e-5, 1e-2]),
)
def test_gaussian_distance_is_the_largest_within_the_request(request, delta):
    mu = accountants.gaussian_mu(request, delta)
    assert accountants.gaussian_epsilon(mu, delta) <= request
    assert accountants.gaussian_epsilon(mu * (1 + 1e-6), delta) > request


def test_gaussian_with_batches_understates():
    # Why its help calls it an approximation and not a bound.
    assert epsilon(run(0.6525), DELTA, "gdp") < 0.8 * epsilon(run(0.6525), DELTA, "prv")


@pytest.mark.parametrize("name", NAMES)
def test_composition_costs_and_ignores_order(name):
    first, second = run(2.0, 0.1, 100), run(5.0, 0.3, 50)
    both = epsilon(first + second, DELTA, name)
    assert both == pytest.approx(epsilon(second + first, DELTA, name), rel=1e-9)
    assert both > max(epsilon(first, DELTA, name), epsilon(second, DELTA, name))


@pytest.mark.parametrize("name", NAMES)
def test_splitting_a_run_changes_nothing(name):
    whole, parts = run(2.0, 0.1, 200), run(2.0, 0.1, 150) + run(2.0, 0.1, 50)
    whole_spent, parts_spent = epsilon(whole, DELTA, name), epsilon(parts, DELTA, name)
    assert parts_spent == pytest.approx(whole_spent, rel=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_released_costs_nothing(name):
    assert epsilon((), DELTA, name) == 0.0


def test_prv_gives_no_bound_where_it_would_overflow():
    assert epsilon(run(0.05), DELTA, "prv") == math.inf
    assert 500 < epsilon(run(0.05), DELTA, "rdp") < math.inf


@pytest.mark.parametrize(
    ("name", "request_", "sample_rate"),
    [
        ("prv", 2.0, 0.1),
        ("rdp", 0.2, 0.03),
        ("rdp", 20.0, 1.0),
        ("rdp-classic", 3.0, 0.01),
        ("gdp", 0.05, 1.0),
        ("gdp", 8.0, 0.03),
        ("gdp", 2000.0, 1.0),
    ],
)
def test_noise_multiplier_is_within_the_request_and_close(name, request_, sample_rate):
    sigma = noise_multiplier(request_, sample_rate, 200, DELTA, name)
    assert 0.995 * request_ <= epsilon(run(sigma, sample_rate), DELTA, name) <= request_


@pytest.mark.parametrize(("name", "floor"), [("rdp", "0.103"), ("rdp-classic", "0.186")])
def test_a_budget_below_the_floor_of_renyi_is_an_error(name, floor):
    with pytest.raises(InvalidInput, match=f"epsilon=0.05 must be at least {floor}.*too low"):
        noise_multiplier(0.05, 0.03, 200, DELTA, name)


@pytest.mark.parametrize(
    ("field", "value", "bound"),
    [
        ("sigma", 0.0, r"\[1e-06, 1e\+12\]"),
        ("sigma", -1.0, r"\[1e-06, 1e\+12\]"),
        ("sigma", math.nan, r"\[1e-06, 1e\+12\]"),
        ("sigma", math.inf, r"\[1e-06, 1e\+12\]"),
        ("sigma", "1", r"\[1e-06, 1e\+12\]"),
        ("sample_rate", 0.0, r"\(0, 1\]"),
        ("sample_rate", 1.01, r"\(0, 1\]"),
        ("sample_rate", math.nan, r"\(0, 1\]"),
        ("steps", 0, r"a whole number in \[1, 10000000\]"),
        ("steps", 1.5, r"a whole number in \[1, 10000000\]"),
        ("steps", 10_000_001, r"a whole number in \[1, 10000000\]"),
    ],
)
def test_a_spend_states_name_value_and_bound(field, value, bound):
    fields = {"sigma": 1.0, "sample_rate": 0.1, "steps": 10, field: value}
    with pytest.raises(InvalidInput, match=f"{field}={value!r} must be (in )?{bound}"):
        Spend(**fields)


@pytest.mark.parametrize("delta", [0.0, 1.0, -1e-5, math.nan])
def test_delta_must_be_a_probability(delta):
    with pytest.raises(InvalidInput, match=r"delta=.* must be in \(0, 1\)"):
        epsilon(run(1.0), delta, "rdp")


def test_prv_refuses_a_delta_within_its_rounding():
    with pytest.raises(InvalidInput, match="delta=1e-14 must be at least 1e-10"):
        epsilon(run(1.0), 1e-14, "prv")


@pytest.mark.parametrize("value", [0.0, -1.0, math.nan, math.inf])
def test_a_requested_epsilon_must_be_a_positive_number(value):
    with pytest.raises(InvalidInput, match="epsilon=.* must be a finite number above 0"):
        noise_multiplier(value, 0.03, 200, DELTA, "rdp")


def test_an_unknown_accountant_lists_the_known_ones():
    with pytest.raises(InvalidInput, match="'moments'; known: prv, rdp, rdp-classic, gdp"):
        epsilon(run(1.0), DELTA, "moments")


def test_the_approximation_is_labelled():
    assert "not a bound" in accountants.GDP.help


def test_a_number_of_a_thousand_digits_is_refused_in_few_words():
    with pytest.raises(
        InvalidInput, match="steps=a number of about 5000 digits must be"
    ) as refusal:
        Spend(sigma=1.0, sample_rate=0.1, steps=10**5000)
    assert len(str(refusal.value)) < 100


@pytest.mark.parametrize(
    ("sigma", "sample_rate", "steps", "delta"),
    [
        (1e5, 1e-6, 1, 1e-10),
        (100.0, 0.03, 200, 1e-5),
        (0.7, 1e-4, 10**6, 1e-5),
        (3e3, 1.0, 10**7, 0.5),
    ],
)
def test_the_grid_of_prv_is_bounded_and_its_end_remains_a_bound(
    monkeypatch, sigma, sample_rate, steps, delta
):
    from opacus.accountants import PRVAccountant

    sizes = []
    domain = PRVAccountant._get_domain

    def counted(self, **arguments):
        sizes.append(domain(self, **arguments))
        return sizes[-1]

    monkeypatch.setattr(PRVAccountant, "_get_domain", counted)
    found = epsilon(run(sigma, sample_rate, steps), delta, "prv")
    assert sizes[0].size <= 1.2 * accountants.MOST_POINTS
    monkeypatch.setattr(accountants, "MOST_POINTS", 2 * accountants.MOST_POINTS)
    assert found >= epsilon(run(sigma, sample_rate, steps), delta, "prv") * 0.9999


def test_more_steps_than_a_grid_can_hold_are_refused():
    with pytest.raises(InvalidInput, match="steps=10000000 must be fewer for prv"):
        epsilon(run(400.0, 0.5, 10**7), DELTA, "prv")


@pytest.mark.parametrize("request_", [0.01, 0.3, 40.0])
def test_the_search_for_a_noise_multiplier_is_short(monkeypatch, request_):
    asked = []
    compute = accountants._prv

    def counted(history, delta):
        asked.append(history)
        return compute(history, delta)

    once = replace(accountants.PRV, compute=counted)
    monkeypatch.setattr(accountants, "ACCOUNTANTS", Catalogue("accountant", (once,)))
    noise_multiplier(request_, 0.03, 200, DELTA, "prv")
    assert len(asked) <= 8
