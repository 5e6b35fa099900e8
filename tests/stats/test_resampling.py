import numpy as np
import pytest

from tradeoffs.stats.resampling import resample, spanned


def test_the_first_draw_is_what_was_observed():
    values = np.random.default_rng(0).random((3, 50))
    drawn = resample(3, 50)
    assert drawn.mean(drawn.averaged(values))[0] == pytest.approx(values.mean(), abs=1e-6)
    some = np.arange(50) < 20
    assert drawn.mean(drawn.averaged(values), some)[0] == pytest.approx(
        values[:, :20].mean(), abs=1e-6
    )


def test_every_draw_has_as_many_people_and_all_of_the_trainings():
    drawn = resample(4, 30)
    assert (drawn.people.sum(1) == 30).all()
    np.testing.assert_allclose(drawn.trainings.sum(1), 1, rtol=1e-6)


def test_the_spread_is_that_of_a_mean_over_people():
    right = (np.arange(400) < 300)[None]  # a share of 3 in 4: standard error sqrt(.75 * .25 / 400)
    drawn = resample(1, 400, draws=2_000)
    spread = drawn.mean(drawn.averaged(right))[1:].std()
    assert spread == pytest.approx((0.75 * 0.25 / 400) ** 0.5, rel=0.08)


def test_the_spread_over_trainings_is_that_of_their_mean():
    values = np.repeat(np.array([[0.0], [1.0], [0.0], [1.0]]), 10, 1)
    drawn = resample(4, 10, draws=2_000)
    assert drawn.mean(drawn.averaged(values))[1:].std() == pytest.approx(0.25, rel=0.08)


def test_the_same_seed_draws_the_same():
    one, other = resample(2, 20), resample(2, 20)
    assert (one.people == other.people).all() and (one.trainings == other.trainings).all()


def test_what_is_undefined_in_a_draw_has_no_number():
    drawn = resample(1, 5)
    nobody = drawn.mean(np.ones((len(drawn.people), 5)), np.zeros(5, bool))
    assert spanned(nobody) == {"value": None, "low": None, "high": None}
