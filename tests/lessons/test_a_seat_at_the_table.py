"""A seat at the table: nobody gains from no seat, and the baseline is the better of two answers."""

import pytest

from tradeoffs.data.load import load_split
from tradeoffs.data.made_up_group import ATTRIBUTE, OTHERS, PATTERNS, SMALL, add_group
from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.a_seat_at_the_table.study import SHARES, answer
from tradeoffs.scenario import Scenario
from tradeoffs.studies.minority_cost import ASKED


def test_gains_and_distances_follow_from_accuracy():
    found = {
        (r["share"], r["group"], r["what"]): r["value"]
        for r in answer(Scenario(rows=300, epsilon=None))
    }
    people = add_group(load_split("adult").report, ASKED, PATTERNS[0], "asked")
    for group, inside in ((OTHERS, 0), (SMALL, 1)):
        yes = people.label[people.protected[ATTRIBUTE] == inside].mean()
        for share in SHARES:
            accuracy, constant = (found[share, group, what] for what in ("accuracy", "constant"))
            assert constant == pytest.approx(max(yes, 1 - yes))
            assert found[share, group, "above"] == pytest.approx(accuracy - constant)
            if share:
                gain = accuracy - found[0.0, group, "accuracy"]
                assert found[share, group, "gain"] == pytest.approx(gain)
    assert (0.0, SMALL, "gain") not in found


def test_a_table_that_is_not_there_is_refused():
    with pytest.raises(InvalidInput):
        answer(Scenario(dataset="atlantis"))
