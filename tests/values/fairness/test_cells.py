"""Who is compared: told by the data, the same in all tables, and the others are named."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.cells import (
    CELLS,
    ComparedGroups,
    SmallGroup,
    cells,
    comparable_groups,
)

NAMES = ("a", "b", "c", "d")
SIZES = st.integers(0, 3 * SMALLEST_CELL)
TABLES = st.lists(st.lists(st.tuples(SIZES, SIZES), min_size=4, max_size=4), min_size=1, max_size=5)


def table(*groups: tuple[int, int]) -> np.ndarray:
    """Return the cells of groups of so many positives and negatives."""
    return np.array([(p + n, p, n) for p, n in groups])


def test_cells_count_people_and_both_answers():
    group, label = np.array([0, 0, 2, 0]), np.array([True, False, True, True])
    assert cells(group, label, 3).tolist() == [[3, 2, 1], [0, 0, 0], [1, 1, 0]]


def test_a_group_counts_if_it_is_large_enough_in_every_table():
    plenty, few = (90, 90), (29, 90)
    tables = [table(plenty, plenty, plenty, plenty), table(plenty, few, plenty, (90, 12))]
    found = comparable_groups(NAMES, ("positives",), tables)
    assert found == ComparedGroups(
        groups=("a", "c", "d"), left_out=(SmallGroup(group="b", cell="positives", people=29),)
    )
    assert found.describe_excluded() == "fewer than 30: b (29 positives)"
    found = comparable_groups(NAMES, ("positives", "negatives"), tables)
    assert found.groups == ("a", "c")
    assert found.describe_excluded() == "fewer than 30: b (29 positives); d (12 negatives)"
    assert found.among(("d", "a")).tolist() == [False, True]


def test_a_table_without_two_large_groups_has_no_gap_and_takes_nobody_out():
    plenty, few = (90, 90), (20, 20)
    two, one = table(plenty, plenty, few, few), table(few, plenty, few, few)
    assert comparable_groups(NAMES, ("positives",), [two, one]).groups == ("a", "b")
    alone = comparable_groups(NAMES, ("positives",), [one])
    assert alone.groups == ("b",) and len(alone.left_out) == 3


def test_nobody_is_left_out_who_is_nowhere():
    found = comparable_groups(NAMES, ("people",), [table((40, 0), (0, 40), (0, 0), (1, 1))])
    assert found.groups == ("a", "b")
    assert found.left_out == (SmallGroup(group="d", cell="people", people=2),)


@given(TABLES, st.sampled_from([("people",), ("positives",), ("positives", "negatives")]))
def test_a_further_table_removes_groups_and_never_adds_one(given_tables, wanted):
    tables = [table(*groups) for groups in given_tables]
    fewer, more = (
        comparable_groups(NAMES, wanted, tables[:-1] or tables),
        comparable_groups(NAMES, wanted, tables),
    )
    if len(fewer.groups) >= 2:  # some table had a gap
        assert set(more.groups) <= set(fewer.groups)
    there = {
        name for name, sizes in zip(NAMES, np.stack(tables)[:, :, 0].T, strict=True) if any(sizes)
    }
    assert {*more.groups, *(one.group for one in more.left_out)} == there
    assert all(one.people < SMALLEST_CELL and one.cell in wanted for one in more.left_out)


@pytest.mark.parametrize("cell", CELLS)
def test_the_smallest_cell_is_large_enough(cell):
    edge = np.full((2, 3), SMALLEST_CELL)
    assert comparable_groups(("a", "b"), (cell,), [edge]).groups == ("a", "b")
    assert comparable_groups(("a", "b"), (cell,), [edge - 1]).groups == ()
