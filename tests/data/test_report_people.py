import numpy as np
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.data.report_people import order_by_id, report_rows, unpack_decisions
from tradeoffs.data.shifts.compose import compose
from tradeoffs.errors import InvalidInput

REPORT = load_split("adult").report
INCOME = "income_gt_50k"
NOWHERE = ((), "")


@pytest.mark.parametrize("where", [NOWHERE, ((("demographic", 0.5),), "sex")])
def test_people_are_the_report_rows_in_the_order_of_the_yardstick(where):
    shifts, protected = where
    table = compose(REPORT, shifts, 0, protected)
    wanted, found = order_by_id(table), report_rows("adult", INCOME, where)
    assert np.array_equal(found.row_id, wanted.row_id)
    assert np.array_equal(found.label, wanted.label)
    for protected in ("sex", "race", "sex*race"):
        for one, other in zip(found.group_of(protected), wanted.group_of(protected), strict=True):
            assert np.array_equal(one, other)


def test_everybody_is_there_once():
    assert np.array_equal(
        np.sort(report_rows("adult", INCOME, NOWHERE).row_id), np.sort(REPORT.row_id)
    )


def test_the_order_is_drawn_from_the_ids_alone():
    mixed = REPORT.take(np.random.default_rng(0).permutation(REPORT.rows))
    ordered = order_by_id(REPORT).row_id
    assert np.array_equal(order_by_id(mixed).row_id, ordered)
    # Unrelated to the order of the file: a rank correlation of 8 141 rows has sd .011.
    assert abs(np.corrcoef(np.arange(REPORT.rows), ordered)[0, 1]) < 0.05


def test_decisions_are_unpacked_to_as_many_rows_as_there_are():
    decisions = np.random.default_rng(0).random(1_003) < 0.5
    assert np.array_equal(unpack_decisions(np.packbits(decisions).tobytes(), 1_003), decisions)


def test_an_unknown_dataset_lists_the_known_ones():
    with pytest.raises(InvalidInput, match="unknown dataset 'nobody'; known: adult"):
        report_rows("nobody", INCOME, NOWHERE)
