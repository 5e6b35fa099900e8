"""Columns on paper: what they are worth to a community, and what typing them in takes."""

import pytest

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.fronts.differences import Difference
from tradeoffs.jobs.job import Job
from tradeoffs.report.remedies.catalogue import EVERY, values_of
from tradeoffs.report.remedies.digitisation import (
    DIGITISATION,
    columns,
    headline,
    settings,
    typing_cost,
    variants,
)
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selection import refusals
from tradeoffs.report.remedies.selections import scenario_of

HERE = {"level": "explore", "part": "digitisation", "rows": "300"}


def look(**asked: str) -> Look:
    values = values_of(HERE | asked)
    return Look(here=resolve(scenario_of(values)).scenario, values=values)


def change(mean: float, low: float, high: float) -> Difference:
    return Difference(
        column="accuracy",
        mean=mean,
        standard_error=0.01,
        interval=(low, high),
        seeds=8,
        distinguishable=not low <= 0 <= high,
        test_rows=True,
    )


def test_settings_differ_in_the_columns_and_in_the_way_alone():
    paper, typed, shared, everything = (one.setting for one in variants(look(remedy="pooled")))
    assert paper.hide == shared.hide == ("educ", "mothfath16", "reg16")
    assert typed.hide == everything.hide == ()
    assert (paper.remedy, typed.remedy) == ("alone", "alone")
    assert (shared.remedy, everything.remedy) == ("pooled", "pooled")
    assert len(settings(look(remedy="alone"))) == 2


def test_what_can_be_on_paper_is_what_home_sees():
    at = look()
    here = at.here
    table = community_split(here.dataset, here.label, here.communities, here.home).train
    assert set(columns(at.values)) == {one.name for one in table.features}
    assert "region" not in columns(at.values)


def test_a_column_that_is_not_there_and_all_of_them_are_refused():
    (told,) = refusals(EVERY, HERE | {"paper": "shoes"})
    assert told.startswith("paper='shoes' is not offered; use one of: ")
    everything = look(paper="+".join(columns(look().values)))
    with pytest.raises(InvalidInput, match="hide"):
        resolve(settings(everything)[0])


def test_with_no_column_on_paper_nothing_is_trained():
    at = look(paper="")
    assert settings(at) == [] and DIGITISATION.panel(at, Job([])).heading.startswith("No column")


def test_typing_in_is_rows_times_columns_times_seconds():
    told = typing_cost(look(purse="village_clinic", prices="wage:12+entry_seconds:10"))
    assert (
        "900 values have to be typed in for 300 people. At 10 s a value, this takes 2.5 hours"
        in told
    )
    assert "or 30 at a wage of 12 an hour" in told


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (change(0.06, 0.01, 0.11), "+6.0 points (+1.0 to +11.0)."),
        (change(0.01, -0.02, 0.04), "which cannot be told apart from zero."),
    ],
)
def test_the_heading_says_what_can_be_told(found, said):
    assert headline(look(), found).endswith(said)
    assert headline(look(), None) == ""
