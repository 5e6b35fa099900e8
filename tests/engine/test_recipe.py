import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoffs.engine.recipe import (
    MOMENTUM,
    NOISE_BLOCK,
    RATES,
    SMALLEST_BATCH,
    STEPS,
    TABLE,
    TAIL,
    delta,
    recipe,
    sample_rate,
)

TUNED = json.loads(TABLE.read_text(encoding="utf-8"))
KINDS = {"logistic": 0, "network": 8}
each_kind = pytest.mark.parametrize(("kind", "width"), KINDS.items())
ROWS = st.integers(200, 200_000)


def points(kind):
    tuned = TUNED[kind]
    return list(zip(tuned["signal"], tuned["learning_rate"], tuned["clip_norm"], strict=True))


@settings(deadline=None)
@given(ROWS)
def test_the_sample_rate_is_the_least_of_the_ladder_with_a_full_batch(rows):
    rate = sample_rate(rows)
    assert rate in RATES
    assert rate == 1 or rate * rows >= SMALLEST_BATCH
    assert all(lower * rows < SMALLEST_BATCH for lower in RATES if lower < rate)


@pytest.mark.parametrize(
    ("rows", "rate"),
    [(200, 1.0), (1666, 1.0), (1667, 0.3), (4_999, 0.3), (5_000, 0.1), (16_666, 0.1)]
    + [(16_667, 0.03), (32_561, 0.03)],
)
def test_where_the_rate_changes(rows, rate):
    assert sample_rate(rows) == rate


@settings(deadline=None)
@given(ROWS)
def test_delta_is_below_one_over_the_number_of_people(rows):
    assert 0 < delta(rows) <= 1e-5
    assert delta(rows) < 1 / rows


def test_noise_blocks_and_tail_fit_the_steps():
    assert STEPS % NOISE_BLOCK == 0 and TAIL <= STEPS


@each_kind
def test_no_mechanism_means_no_clipping(kind, width):
    how = recipe(3_000, width, None)
    assert how.clip_norm == math.inf
    assert [how.learning_rate] == TUNED[kind]["learning_rate_without_mechanism"]
    assert [how.ridge] == TUNED[kind]["ridge_without_mechanism"]
    assert how == recipe(3_000, width, None)
    assert (how.steps, how.momentum) == (STEPS, MOMENTUM)


@each_kind
def test_the_interpolation_hits_the_tuned_points(kind, width):
    for signal, rate, clip in points(kind):
        how = recipe(2_000, width, signal / 2_000)
        assert (how.learning_rate, how.clip_norm) == pytest.approx((rate, clip), rel=1e-12)


@each_kind
def test_between_two_tuned_points_it_stays_between_their_values(kind, width):
    for (left, *low), (right, *high) in zip(points(kind), points(kind)[1:], strict=False):
        middle = recipe(1_000, width, math.sqrt(left * right) / 1_000)
        found = (middle.learning_rate, middle.clip_norm)
        for value, a, b in zip(found, low, high, strict=True):
            assert value == pytest.approx(math.sqrt(a * b), rel=1e-12)  # log against log
        for share in (0.01, 0.3, 0.7, 0.99):
            how = recipe(1_000, width, left * (right / left) ** share / 1_000)
            for value, a, b in zip((how.learning_rate, how.clip_norm), low, high, strict=True):
                assert min(a, b) <= value <= max(a, b)


@each_kind
def test_beyond_the_tuned_points_it_is_constant(kind, width):
    for signal, rate, clip in (points(kind)[0], points(kind)[-1]):
        outer = signal * (0.1 if signal < 1_000 else 10)
        how = recipe(10_000, width, outer / 10_000)
        assert (how.learning_rate, how.clip_norm) == (rate, clip)


@each_kind
def test_only_the_product_of_epsilon_and_rows_sets_rate_and_clip(kind, width):
    one, other = recipe(1_000, width, 6.0), recipe(6_000, width, 1.0)
    assert one.learning_rate == pytest.approx(other.learning_rate, rel=1e-12)
    assert one.clip_norm == pytest.approx(other.clip_norm, rel=1e-12)
    assert one.learning_rate != recipe(1_000, width, 0.3).learning_rate
    assert (one.sample_rate, other.sample_rate) == (1.0, 0.1)


def test_all_networks_share_a_recipe_and_differ_from_logistic_regression():
    narrow, wide = recipe(3_000, 4, None), recipe(3_000, 64, None)
    assert narrow == wide != recipe(3_000, 0, None)


@each_kind
def test_wider_tables_than_adult_take_shorter_steps_and_narrower_ones_the_same(kind, width):
    rates = [recipe(3000, width, None, columns).learning_rate for columns in (6, 12, 25, 38)]
    assert rates[0] == rates[1] == TUNED[kind]["learning_rate_without_mechanism"][0]
    assert rates[1] == pytest.approx(2 * rates[2]) == pytest.approx(3 * rates[3])
    assert recipe(3000, width, 1.0, 38) == recipe(3000, width, 1.0, 12)  # clipping bounds steps


@each_kind
def test_a_ridge_grows_with_the_columns_and_there_is_none_where_gradients_are_clipped(kind, width):
    (tuned,) = TUNED[kind]["ridge_without_mechanism"]
    assert tuned > 0
    for rows in (200, 30_000):  # on the mean loss it is this, divided by the rows
        ridges = [recipe(rows, width, None, columns).ridge for columns in (12, 25, 38)]
        assert ridges == pytest.approx([tuned, 2 * tuned, 3 * tuned])
    assert all(recipe(300, width, epsilon).ridge == 0 for epsilon in (0.05, 1.0, 50.0))
