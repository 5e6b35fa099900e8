"""Who voted: shares are of those who were asked, and all published votes are counted once."""

import pytest

from tradeoffs.scenario import Scenario
from tradeoffs.studies.annotators import answer


@pytest.mark.parametrize("asked", ["first language", "gender"])
def test_every_published_vote_is_counted_once(asked):
    rows = [row for row in answer(Scenario()) if row["asked"] == asked]
    assert sum(row["votes"] for row in rows) == 1_598_289  # Wulczyn et al. 2017, figshare
    assert sum(row["value"] for row in rows if row["value"] is not None) == pytest.approx(1)


def test_those_who_did_not_say_have_no_share():
    absent = [row["said"] for row in answer(Scenario()) if row["value"] is None]
    assert absent == ["did not say", "did not say"]
