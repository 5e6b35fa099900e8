import numpy as np
import pytest

from tradeoffs.engine.rates import KINDS
from tradeoffs.errors import InvalidInput
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import COUNTS, GroupCounts, spread, worst

COUNTED = [n for n in NOTIONS.values() if n.gap is not None]
each = pytest.mark.parametrize("entry", COUNTED, ids=lambda entry: entry.name)


CENTRED = [n for n in COUNTED if n.gap_title == "gap"]  # the others tell of one group, the worst
differences = pytest.mark.parametrize("entry", CENTRED, ids=lambda entry: entry.name)


def counts(
    people: np.ndarray, positives: np.ndarray, selected: np.ndarray, true_positives: np.ndarray
) -> GroupCounts:
    """Scores are the decisions themselves."""
    return GroupCounts(
        people=people,
        positives=positives,
        selected=selected,
        true_positives=true_positives,
        scores=selected.astype(float),
        squared_errors=(positives + selected - 2 * true_positives).astype(float),
    )


def random_counts(models: int, groups: int, seed: int = 0) -> GroupCounts:
    rng = np.random.default_rng(seed)
    positives, negatives = (rng.integers(100, 300, (models, groups)) for _ in range(2))
    recognised = rng.binomial(positives, 0.3 + 0.6 * rng.random((models, groups)))
    mistaken = rng.binomial(negatives, 0.1 + 0.6 * rng.random((models, groups)))
    return counts(positives + negatives, positives, recognised + mistaken, recognised)


def pick(all_counts: GroupCounts, groups: list[int]) -> GroupCounts:
    return GroupCounts(**{field: getattr(all_counts, field)[:, groups] for field in COUNTS})


@differences
def test_equal_groups_have_no_gap(entry):
    assert np.array_equal(entry.gap(pick(random_counts(50, 1), [0, 0, 0])), np.zeros(50))


@pytest.mark.parametrize("name", ["minimax", "bounded_group_loss"])
def test_the_worst_of_equal_groups_is_any_of_them(name):
    given = random_counts(50, 1)
    gap_of = NOTIONS[name].gap
    assert gap_of
    assert np.array_equal(gap_of(pick(given, [0, 0])), given.error_rate[:, 0])


@differences
def test_perfect_decisions_leave_only_what_differs_in_the_groups_themselves(entry):
    positives, people = np.array([[100, 50]]), np.array([[200, 200]])
    found = entry.gap(counts(people, positives, positives, positives))
    assert (found > 0).tolist() == ["Y" not in entry.formula]  # which asks for no right answers


@pytest.mark.parametrize("name", [n.name for n in COUNTED if n.rates])
def test_a_gap_is_the_largest_spread_of_the_rates_it_names(name):
    given, entry = random_counts(200, 3), NOTIONS[name]
    assert entry.gap
    wanted = np.max([spread(getattr(given, rate)) for rate in entry.rates], axis=0)
    assert np.array_equal(entry.gap(given), wanted)


@each
@pytest.mark.parametrize("groups", [2, 3, 5])
def test_relabelling_the_groups_changes_nothing(entry, groups):
    given = random_counts(200, groups)
    order = np.random.default_rng(1).permutation(groups).tolist()
    assert np.array_equal(entry.gap(given), entry.gap(pick(given, order)))


@each
@pytest.mark.parametrize("groups", [2, 3, 5])
def test_a_gap_is_a_share_and_more_groups_never_shrink_it(entry, groups):
    given = random_counts(500, groups)
    gap = entry.gap(given)
    assert ((gap > 0) & (gap <= 1)).all()
    assert (entry.gap(pick(given, [0, 1])) <= gap).all()


@each
def test_fewer_than_two_measurable_groups_have_no_gap(entry):
    enough, few = 10 * SMALLEST_CELL, SMALLEST_CELL - 1
    for sizes, missing in (([enough, few, few], True), ([enough, enough, few], False)):
        people = np.array([sizes])
        positives = people // 2
        found = entry.measure(counts(people, positives, positives, positives // 2))
        assert np.isnan(found).tolist() == [missing]


@each
def test_a_small_group_takes_no_part_in_the_gap_of_the_others(entry):
    given = random_counts(100, 3)
    small = pick(given, [0, 1, 2])  # a copy
    for field in COUNTS:
        getattr(small, field)[:, 2] = {"people": 20, "positives": 10}.get(field, 1)
    assert np.array_equal(entry.measure(small), entry.gap(pick(given, [0, 1])))


def test_no_gap_in_precision_shrinks_because_a_model_selects_few_of_a_group():
    """Who is compared is told by the data: a group stays in, and the gap is missing instead."""
    people, positives = np.array([[400, 400, 400]] * 2), np.array([[200, 200, 200]] * 2)
    selected = np.array([[200, 200, 200], [200, 200, SMALLEST_CELL - 1]])
    given = counts(people, positives, selected, selected * np.array([[9, 8, 2]]) // 10)
    entry = NOTIONS["predictive_parity"]
    assert entry.compared(given).all()
    assert entry.measure(given) == pytest.approx([0.7, np.nan], nan_ok=True)


@pytest.mark.parametrize(
    ("name", "gap"),
    [
        ("demographic_parity", 0.2),
        ("equal_opportunity", 0.3),
        ("equalized_odds", 0.35),
        ("error_rate_parity", 290 / 700 - 0.3),
        ("predictive_parity", 250 / 300 - 80 / 350),
        ("group_calibration", 0.2 + 250 / 700),  # -250/700 and +200/1000
        ("minimax", 290 / 700),
        ("bounded_group_loss", 290 / 700),
        ("minimum_rate", 0.5),
        ("quota", 0.2),
    ],
)
def test_gaps_of_a_worked_example(name, gap):
    # Rates of the groups: selected .5 and .3, recognised .8 and .5, mistaken .45 and .1.
    people, positives = np.array([[700, 1000]]), np.array([[100, 500]])
    recognised, mistaken = np.array([[80, 250]]), np.array([[270, 50]])
    gap_of = NOTIONS[name].gap
    assert gap_of
    found = gap_of(counts(people, positives, recognised + mistaken, recognised))
    assert found == pytest.approx([gap])


def test_a_missing_rate_leaves_no_gap_instead_of_one_between_the_others():
    nan = np.nan
    rates = np.array([[0.1, nan, 0.4], [nan, nan, nan], [0.3, 0.2, 0.25]])
    assert spread(rates) == pytest.approx(np.array([nan, nan, 0.1]), nan_ok=True)
    assert worst(rates) == pytest.approx(np.array([nan, nan, 0.3]), nan_ok=True)
    assert np.isnan([*spread(rates[:, :1]), *worst(rates[:, :1])]).all()


def test_the_smallest_cell_is_still_measured():
    people = np.array([[SMALLEST_CELL, SMALLEST_CELL - 1]])
    nobody = np.zeros_like(people)
    rate = counts(people, nobody, people // 2, nobody).selection_rate
    assert rate[0, 0] == 0.5 and np.isnan(rate[0, 1])


def test_unknown_notion_lists_the_known_ones():
    told = "unknown notion 'fair'; known: demographic_parity, equal_opportunity, equalized_odds"
    with pytest.raises(InvalidInput, match=told):
        NOTIONS["fair"]


@pytest.mark.parametrize("entry", NOTIONS.values(), ids=lambda entry: entry.name)
def test_the_catalogue_tells_what_a_person_needs(entry):
    assert NOTIONS[entry.name] is entry
    assert entry.help.endswith(".") and entry.under_privacy.endswith(".")
    assert entry.source and entry.title and entry.axis and entry.unit and entry.sensitivity
    assert all(rate in KINDS for rate in entry.constrained_rates)
    assert entry.can_be_bounded == bool(entry.constrained_rates or entry.decide)
