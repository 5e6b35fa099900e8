"""Pictures and sentences of what shifts change."""

import numpy as np
import pytest

from tradeoffs.experiments.shift_diagnostics import shift_diagnostics
from tradeoffs.experiments.shift_sweeps import shift_choices
from tradeoffs.report.charts.bar_panel import bar_table
from tradeoffs.report.sentences.shift_headline import headline
from tradeoffs.report.shift_panels import declared_panel, feature_panels, people_panels
from tradeoffs.scenario import Scenario


def diagnosed(shifts: str):
    return shift_diagnostics(Scenario.of(other_shifts=shifts))


@pytest.mark.parametrize(
    ("shifts", "told"),
    [
        ("demographic:1", "“Female” (sex) goes from 33.3 % to 78.9 % of people."),
        ("flips:1", "With “label noise” (100 %), the recorded answer of 30."),
        ("duplicates:1", "% of the rows repeat a person who is already there."),
        ("redrawn:1", "% of people are in another group."),
        ("spurious:1", ", a feature of "),
    ],
)
def test_what_moves_most_is_one_sentence_of_the_numbers(shifts, told):
    assert told in headline(diagnosed(shifts))


@pytest.mark.parametrize("name", shift_choices(Scenario()))
def test_every_shift_has_pictures_and_a_sentence(name):
    moved = diagnosed(f"{name}:1")
    assert headline(moved).startswith("With ") and headline(moved).endswith(".")
    panels = [*people_panels(moved), declared_panel(moved), *feature_panels(moved)]
    low, share, high = bar_table(panels).dropna()[["from", "share", "to"]].to_numpy(float).T
    assert np.all(low <= share) and np.all(share <= high)
    assert len(declared_panel(moved).marks) == len(moved.parts)


def test_features_stand_in_the_order_of_how_far_they_moved():
    moved = diagnosed("demographic:1")
    values = [one.value for one in moved.features]
    assert values == sorted(values, reverse=True)
    assert feature_panels(moved)[0].title == "Sex"
    assert feature_panels(diagnosed("flips:1"))[0].note == "unchanged"


def test_a_table_of_the_panels_has_every_bar_once():
    moved = diagnosed("demographic:1")
    panels = [*people_panels(moved), declared_panel(moved)]
    bars = sum(panel.of.shares.size for panel in panels)
    table = bar_table(panels)
    assert len(table) == bars == len(table.drop_duplicates(["panel", "value", "part"]))
