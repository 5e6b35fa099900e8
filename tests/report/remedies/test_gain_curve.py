"""The gain along a dial: which settings it asks for, and what it says of where it is told."""

from dataclasses import replace

import pytest

from tests.report.remedies.conftest import community
from tradeoffs.report.remedies.catalogue import values_of
from tradeoffs.report.remedies.gain_curve import (
    CurvePoint,
    _last_better,
    _words,
    dials,
    figure,
    headline,
    settings,
    steps,
)
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.selections import scenario_of

UP, SAME, DOWN = community("h", 0.6, 0.8), community("h", 0.7, 0.7), community("h", 0.8, 0.6)


def look(**query: str) -> Look:
    values = values_of({"level": "explore", "part": "gain_curve", **query})
    return Look(here=scenario_of(values), values=values)


def points(*gains, start: int = 50) -> list[CurvePoint]:
    return [
        CurvePoint(value=str(n), words=str(n), gain=replace(one, rows=n), here=not place)
        for place, one in enumerate(gains)
        if (n := start * 2**place)
    ]


@pytest.mark.parametrize("along", ["rows", "epsilon", "dial", "communities"])
def test_what_is_set_comes_first_and_each_value_has_training_alone_beside_it(along):
    seen = look(along=along, communities="turned.50")
    wanted = settings(seen)
    assert seen.values["along"] == along and wanted[1] == seen.here
    assert {one.remedy for one in wanted} == {"alone", seen.here.remedy}
    assert len({at for _, at in steps(seen)}) == len(steps(seen)) > 2


def test_along_a_way_s_own_dial_values_are_numbers_and_the_heading_names_the_dial():
    assert headline(points(UP, SAME), "w", "h", "Clusters") == (
        "For h, “w” is better than training alone with “Clusters” at 50, and nowhere worse "
        "beyond chance."
    )
    assert _words(look(along="dial", remedy="clusters"), "1") == "1"
    assert _words(look(along="rows", remedy="clusters"), "300") == "300"


def test_disagreement_is_a_dial_only_where_it_has_an_amount():
    assert "communities" in dials(look(communities="turned.50").values)
    assert "communities" not in dials(look(communities="place").values)


@pytest.mark.parametrize(
    ("gains", "told"),
    [
        ((UP, SAME), "is better than training alone at 50, and nowhere worse beyond chance."),
        ((SAME, DOWN), "is worse than training alone at 100, and nowhere better beyond chance."),
        ((UP, DOWN), "is better than training alone at 50, and worse at 100."),
        ((UP, UP), "is better than training alone at every position of this slider."),
        ((DOWN, DOWN), "is worse than training alone at every position of this slider."),
        ((SAME, SAME), "and training alone cannot be told apart at any position of this slider."),
    ],
)
def test_the_heading_says_where_it_is_told(gains, told):
    found = headline(points(*gains), "w", "h")
    assert found == f"For h, “w” {told}"


def test_a_gain_that_stands_only_by_itself_is_not_named_among_several():
    narrow = community("h", 0.7, 0.715)
    assert narrow.tone == "better"
    assert headline(points(narrow), "w", "h").endswith("at 50, and nowhere worse beyond chance.")
    assert headline(points(narrow, SAME), "w", "h").endswith("at any position of this slider.")
    assert _last_better(look(along="rows"), points(narrow, SAME)) == ""


def test_up_to_how_many_people_is_said_only_where_that_has_an_end():
    people = look(along="rows")
    assert _last_better(people, points(UP, UP, SAME)) == (
        "With up to 100 people it is better beyond chance; with 200 or more it is not."
    )
    for none in ((UP, UP), (SAME, UP), (SAME, SAME), (UP, SAME, UP)):
        assert _last_better(people, points(*none)) == ""
    assert _last_better(look(along="epsilon"), points(UP, SAME)) == ""


def test_the_band_is_the_interval_of_each_point():
    drawn = figure(points(UP, SAME), "people", look())
    low, band, gain = drawn["data"]
    assert low["y"][0] > 0 and low["y"][1] < 0 < band["y"][1]
    assert all(a < y < b for a, y, b in zip(low["y"], gain["y"], band["y"], strict=True))
