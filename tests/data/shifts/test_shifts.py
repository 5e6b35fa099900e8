import numpy as np
import pytest
from scipy import stats

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.shifts.catalogue import SHIFTS, shift
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput

REPORT = load_split("adult").report
INTENSITIES = (0.25, 0.5, 0.75, 1.0)
each = pytest.mark.parametrize("entry", SHIFTS.values(), ids=lambda entry: entry.name)
by_protected = pytest.mark.parametrize("protected", ["sex", "race", "sex*race"])


def same_bytes(one: Table, other: Table) -> bool:
    arrays = [
        (t.codes, t.label, t.row_id, *(t.protected[name] for name in sorted(t.protected)))
        for t in (one, other)
    ]
    return all(a.tobytes() == b.tobytes() for a, b in zip(*arrays, strict=True))


@each
def test_intensity_zero_changes_nothing(entry):
    assert same_bytes(entry.apply(REPORT, 0.0, 3, "sex"), REPORT)


@each
@by_protected
def test_the_same_arguments_give_the_same_bytes(entry, protected):
    one, again = (entry.apply(REPORT, 0.5, 7, protected) for _ in range(2))
    assert same_bytes(one, again)
    other = entry.apply(REPORT, 0.5, 8, protected)
    assert not np.array_equal(one.row_id, other.row_id)


@each
@by_protected
def test_more_intensity_keeps_a_part_of_what_less_keeps(entry, protected):
    kept = [entry.apply(REPORT, t, 0, protected).row_id for t in (0.0, *INTENSITIES)]
    for more, fewer in zip(kept, kept[1:], strict=False):
        assert len(fewer) < len(more) and np.isin(fewer, more).all()


@each
def test_rows_keep_their_order_and_values(entry):
    found = entry.apply(REPORT, 0.5, 0, "sex")
    place = np.searchsorted(REPORT.row_id, found.row_id)
    assert same_bytes(found, REPORT.take(place))


@each
def test_a_rows_fate_depends_on_its_id_alone(entry):
    some = subsample(REPORT, 3_000, seed=1)
    order = np.random.default_rng(0).permutation(some.rows)
    alone = entry.apply(some.take(order), 0.5, 0, "sex").row_id
    among_others = entry.apply(REPORT, 0.5, 0, "sex").row_id
    assert set(alone) == set(among_others) & set(some.row_id)


@each
def test_the_catalogue_tells_what_a_person_needs(entry):
    assert shift(entry.name) is entry
    assert entry.help.endswith(".") and all((entry.title, entry.moves, entry.invariant))
    assert entry.source


def test_unknown_shift_lists_the_known_ones():
    with pytest.raises(InvalidInput, match="unknown shift 'quake'; known: demographic"):
        shift("quake")


def other_than_chance(kept: np.ndarray, values: np.ndarray) -> float:
    """Return the p-value of "kept rows have the same distribution as the others"."""
    counts = np.stack([np.bincount(values[k], minlength=values.max() + 1) for k in (kept, ~kept)])
    counts = counts[:, counts.sum(0) >= 20]
    if counts.shape[1] < 2:
        return 1.0
    expected = np.outer(counts.sum(1), counts.sum(0)) / counts.sum()
    statistic = float(((counts - expected) ** 2 / expected).sum())
    return float(stats.chi2.sf(statistic, counts.shape[1] - 1))


@by_protected
def test_demographic_leaves_features_and_outcomes_within_groups(protected):
    """A chi-square test a group and column, with Bonferroni's correction."""
    kept = np.isin(REPORT.row_id, shift("demographic").apply(REPORT, 1.0, 0, protected).row_id)
    group, names = REPORT.group_of(protected)
    chances = []
    for g in range(len(names)):
        here = group == g
        if not 0 < kept[here].sum() < here.sum():
            continue
        for values in (REPORT.label.astype(int), *REPORT.codes.T):
            chances.append(other_than_chance(kept[here], values[here]))
    assert len(chances) == 13  # one group is thinned: its label and twelve features
    assert min(chances) > 1e-3 / len(chances)


@by_protected
def test_demographic_moves_the_share_of_the_largest_group(protected):
    def people(intensity: float) -> np.ndarray:
        group, names = (
            shift("demographic").apply(REPORT, intensity, 0, protected).group_of(protected)
        )
        return np.bincount(group, minlength=len(names))

    counts = [people(t) for t in (0.0, *INTENSITIES)]
    largest = counts[0].argmax()
    shares = [count[largest] / count.sum() for count in counts]
    assert all(b < a - 0.02 for a, b in zip(shares, shares[1:], strict=False))
    for count in counts:  # nobody else moves
        assert np.array_equal(np.delete(count, largest), np.delete(counts[0], largest))


def test_demographic_at_full_intensity_keeps_a_seventh_of_the_largest_group():
    found = shift("demographic").apply(REPORT, 1.0, 0, "sex")
    men = [int((t.protected["sex"] == 1).sum()) for t in (found, REPORT)]
    assert men[0] / men[1] == pytest.approx(np.exp(-2), abs=4 * np.sqrt(0.135 * 0.865 / men[1]))
