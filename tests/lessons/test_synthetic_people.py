"""Synthetic people: exact counts keep what they count, and noise is the only reason for repairs."""

import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.training_data import training_table
from tradeoffs.lessons.synthetic_people.study import WAYS, answer, synthetic
from tradeoffs.scenario import Scenario

TOWN = Scenario(protected="race", rows=1000, epsilon=None)


@pytest.mark.parametrize("way", WAYS)
def test_exact_counts_need_no_repair(way):
    usual, crude = synthetic(training_table(TOWN), way, None, 3)
    assert np.array_equal(usual.codes, crude.codes)
    assert np.array_equal(usual.label, crude.label)


def test_people_of_exact_counts_have_the_shares_of_the_real_ones():
    real = training_table(TOWN)
    drawn, _ = synthetic(real, "counts", None, 3)
    of_each = real.codes.shape[0]
    for table, label in ((real, real.label), (drawn, drawn.label)):
        assert len(table.codes) == of_each and 0 < label.mean() < 1
    for column, feature in enumerate(real.features):
        was, now = (
            np.bincount(t.codes[:, column], minlength=len(feature.labels)) / of_each
            for t in (real, drawn)
        )
        assert np.abs(was - now).max() < 5 * np.sqrt(0.25 / of_each) * np.sqrt(2)


def test_changes_are_against_the_real_people():
    rows = {(r["way"], r["what"], r["group"]): r["value"] for r in answer(TOWN)}
    for way in WAYS:
        for what, group in (("share", "White"), ("accuracy", "all"), ("apart", "all")):
            own, real, change = (rows[way, name, group] for name in _names(what))
            assert change == pytest.approx(own - real)
    assert rows["counts", "real_share", "missing"] == rows["tree", "share", "missing"] == 0


def test_a_group_that_models_do_not_see_is_refused():
    with pytest.raises(InvalidInput, match="protected"):
        answer(TOWN.but(hide=("race",)))


def _names(what):
    return what, f"real_{what}", f"{what}_change"
