import numpy as np
import pytest

from tradeoffs.fronts.sampling_error import accuracy_error, gap_error, unpaired_error

ROWS, SEEDS, DRAWS = 3_000, 32, 1_000  # so many that what seeds do to single rows averages out
ALL = np.ones(3, dtype=bool)


@pytest.fixture(scope="module")
def people():
    """Labels, groups, and two models that agree about most people; (seeds, rows) decisions."""
    rng = np.random.default_rng(0)
    group = rng.choice(3, ROWS, p=[0.6, 0.3, 0.1])
    score = rng.normal(size=ROWS) + 0.5 * (group == 0)
    label = score + rng.normal(size=ROWS) > 0.8
    one, other = (
        np.stack([score + scale * rng.normal(size=ROWS) > cut for _ in range(SEEDS)])
        for scale, cut in ((0.2, 0.7), (0.3, 0.9))
    )
    return label, group, one, other


def everybody(group: np.ndarray) -> list[np.ndarray]:
    """Over whom a selection rate is taken."""
    return [np.ones(len(group), dtype=bool)]


def bootstrap(figure, *arrays: np.ndarray) -> float:
    """Return the standard deviation of a figure over resampled people."""
    rng = np.random.default_rng(1)
    drawn = []
    for _ in range(DRAWS):
        rows = rng.integers(0, ROWS, ROWS)
        drawn.append(figure(*(array[..., rows] for array in arrays)))
    return float(np.std(drawn, ddof=1))


def accuracy(label, decisions) -> float:
    return float((decisions == label).mean())


def signed_gap(group, decisions) -> float:
    """The gap between the groups that are highest and lowest in all rows: the first and third."""
    rate = [decisions[:, group == g].mean() for g in range(3)]
    return float(rate[0] - rate[2])


def test_the_error_of_an_accuracy_is_that_of_the_bootstrap(people):
    label, _, one, _ = people
    expected = bootstrap(accuracy, label, one)
    assert accuracy_error(label, one) == pytest.approx(expected, rel=0.1)


def test_the_error_of_a_difference_of_accuracies_is_that_of_the_bootstrap(people):
    label, _, one, other = people
    expected = bootstrap(lambda y, a, b: accuracy(y, a) - accuracy(y, b), label, one, other)
    assert accuracy_error(label, one, other) == pytest.approx(expected, rel=0.1)


def test_the_error_of_a_gap_is_that_of_the_bootstrap(people):
    _, group, one, _ = people
    expected = bootstrap(signed_gap, group, one)
    assert gap_error(group, ALL, everybody(group), one) == pytest.approx(expected, rel=0.1)


def test_the_error_of_a_difference_of_gaps_is_that_of_the_bootstrap(people):
    _, group, one, other = people

    def difference(g, a, b) -> float:
        return signed_gap(g, a) - signed_gap(g, b)

    expected = bootstrap(difference, group, one, other)
    assert gap_error(group, ALL, everybody(group), one, other) == pytest.approx(expected, rel=0.1)


def test_of_models_that_agree_about_most_people_the_paired_error_is_smaller(people):
    label, group, one, other = people
    assert accuracy_error(label, one, other) < accuracy_error(label, one) / 1.5
    assert (
        gap_error(group, ALL, everybody(group), one, other)
        < gap_error(group, ALL, everybody(group), one) / 1.5
    )


def test_identical_models_do_not_differ_on_any_people(people):
    label, group, one, _ = people
    assert (
        accuracy_error(label, one, one) == gap_error(group, ALL, everybody(group), one, one) == 0.0
    )
    assert accuracy_error(label, one, one[::-1]) == 0.0  # nor in the order of their seeds


def test_a_single_rate_has_the_binomial_error():
    group = np.repeat([0, 1], [400, 600])
    decisions = np.concatenate([np.arange(400) < 200, np.arange(600) < 60])[None]
    expected = np.sqrt(0.5 * 0.5 / 399 + 0.1 * 0.9 / 599)
    assert gap_error(group, ALL[:2], everybody(group), decisions) == pytest.approx(expected)
    right = np.arange(1_000) < 800
    assert accuracy_error(np.ones(1_000, dtype=bool), right[None]) == pytest.approx(
        np.sqrt(0.8 * 0.2 / 999)
    )


def test_the_error_of_a_gap_in_one_of_two_rates_is_that_of_the_bootstrap(people):
    label, group, one, other = people
    both = (label, ~label)

    def signed(y, g, a) -> float:  # the positives' rates of the first and third group lie apart
        rate = [a[:, y & (g == k)].mean() for k in range(3)]
        return float(rate[0] - rate[2])

    expected = bootstrap(signed, label, group, one)
    assert gap_error(group, ALL, both, one) == pytest.approx(expected, rel=0.1)
    assert gap_error(group, ALL, both, one, one) == 0.0
    apart = bootstrap(lambda y, g, a, b: signed(y, g, a) - signed(y, g, b), *people)
    assert gap_error(group, ALL, both, one, other) == pytest.approx(apart, rel=0.1)


def test_a_group_that_is_not_compared_takes_no_part():
    group = np.repeat([0, 1, 2], [500, 500, 100])
    places = np.arange(500)
    decisions = np.concatenate([places < 250, places < 100, np.ones(100, dtype=bool)])[None]
    two, one = np.array([True, True, False]), np.array([False, True, False])
    assert gap_error(group, two, everybody(group), decisions) == pytest.approx(
        gap_error(group[:1_000], ALL[:2], everybody(group[:1_000]), decisions[:, :1_000])
    )
    assert gap_error(group, one, everybody(group), decisions) == 0.0  # no two groups: no gap


def test_seeds_that_disagree_about_a_person_count_as_a_share():
    label = np.zeros(200, dtype=bool)
    halves = np.stack([np.zeros(200, dtype=bool), np.ones(200, dtype=bool)])
    assert accuracy_error(label, halves) == 0.0  # everybody is decided rightly half the time


def test_of_a_gap_that_is_hardly_there_either_group_may_be_ahead():
    """What moves a clear gap to one side may then move the other to either."""
    group = np.repeat([0, 1], [500, 500])
    rng = np.random.default_rng(0)
    score = rng.normal(size=1_000)
    fair, apart = (score > 0)[None], (score > np.where(group == 0, 0.5, 0.0))[None]
    errors = [gap_error(group, ALL[:2], everybody(group), one) for one in (fair, apart)]
    found = gap_error(group, ALL[:2], everybody(group), fair, apart)
    assert max(errors) < found <= sum(errors)
    far = (score > np.where(group == 0, 1.0, 0.0))[None]
    assert gap_error(group, ALL[:2], everybody(group), far, apart) < max(errors)  # both are clear


@pytest.mark.parametrize("kept", [0.0, 0.3, 1.0])
def test_the_error_of_a_difference_on_partly_the_same_people_is_that_of_the_bootstrap(people, kept):
    """The second model is asked about some of the people again, changed, and about others twice."""
    label, _, one, other = people
    again = np.flatnonzero(np.random.default_rng(2).random(ROWS) < kept)
    ids = np.concatenate([again, np.tile(np.arange(ROWS, ROWS + 500), 2)])
    rng = np.random.default_rng(3)
    right = one == label
    moved = np.concatenate(
        [(other == label)[:, again], np.tile(rng.random(500) < 0.6, (SEEDS, 2))], axis=1
    )
    each = [np.zeros((2, ROWS + 500)) for _ in range(2)]  # by person: right answers, answers
    for side, (values, at) in enumerate(((right, np.arange(ROWS)), (moved, ids))):
        np.add.at(each[side][0], at, values.mean(0))
        np.add.at(each[side][1], at, 1.0)
    drawn = []
    for _ in range(DRAWS):
        count = np.bincount(rng.integers(0, ROWS + 500, ROWS + 500), minlength=ROWS + 500)
        shares = [(side[0] @ count) / (side[1] @ count) for side in each]
        drawn.append(shares[0] - shares[1])
    found = unpaired_error(right, np.arange(ROWS), moved, ids)
    assert found == pytest.approx(np.std(drawn, ddof=1), rel=0.1)


def test_on_the_same_people_it_is_the_paired_error(people):
    label, _, one, other = people
    order = np.random.default_rng(4).permutation(ROWS)
    found = unpaired_error(
        one == label, np.arange(ROWS), (other == label)[:, order], np.arange(ROWS)[order]
    )
    assert found == pytest.approx(accuracy_error(label, one, other), rel=1e-3)


def weighted_gap(group, decisions, weights) -> float:
    """The gap by weights between the groups that are then highest and lowest, first and second."""
    rate = [
        np.average(decisions[:, group == g], axis=1, weights=weights[group == g]).mean()
        for g in range(3)
    ]
    return float(rate[0] - rate[1])


def weighted_accuracy(label, decisions, weights) -> float:
    return float(np.average(decisions == label, axis=1, weights=weights).mean())


def test_with_survey_weights_errors_are_those_of_the_bootstrap(people):
    """Heavier rows are decided otherwise, so that the weights bear on figure and error."""
    label, group, one, other = people
    weights = np.random.default_rng(3).lognormal(0.8 * one.mean(0), 0.8)
    at = (one, other, weights)
    found = {
        "accuracy": accuracy_error(label, one, None, weights),
        "two accuracies": accuracy_error(label, one, other, weights),
        "gap": gap_error(group, ALL, everybody(group), one, None, weights),
        "two gaps": gap_error(group, ALL, everybody(group), *at),
    }
    wanted = {
        "accuracy": bootstrap(weighted_accuracy, label, one, weights),
        "two accuracies": bootstrap(
            lambda y, a, b, w: weighted_accuracy(y, a, w) - weighted_accuracy(y, b, w), label, *at
        ),
        "gap": bootstrap(weighted_gap, group, one, weights),
        "two gaps": bootstrap(
            lambda g, a, b, w: weighted_gap(g, a, w) - weighted_gap(g, b, w), group, *at
        ),
    }
    assert found == pytest.approx(wanted, rel=0.1)
    assert found["accuracy"] > 1.2 * accuracy_error(label, one)
    ids = np.arange(ROWS)
    moved = unpaired_error(one == label, ids, other == label, ids, (weights, weights))
    assert moved == pytest.approx(found["two accuracies"], rel=1e-3)


@pytest.mark.parametrize("weight", [1.0, 0.1, 3.0])
def test_equal_weights_leave_every_error_as_it_is(people, weight):
    label, group, one, other = people
    weights, ids = np.full(ROWS, weight), np.arange(ROWS)
    right = (one == label, ids, other == label, ids)
    assert accuracy_error(label, one, other, weights) == pytest.approx(
        accuracy_error(label, one, other), rel=1e-12
    )
    assert gap_error(group, ALL, everybody(group), one, other, weights) == pytest.approx(
        gap_error(group, ALL, everybody(group), one, other), rel=1e-12
    )
    assert unpaired_error(*right, (weights, weights)) == pytest.approx(
        unpaired_error(*right), rel=1e-12
    )
