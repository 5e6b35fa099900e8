"""Conditional rates: within each level of a column, and what is left of a difference."""

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from fairlearn.metrics import MetricFrame, selection_rate

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.report_people import report_rows
from tradeoffs.report.conditional_rates import conditional_rates, display_table, rate_panel
from tradeoffs.report.control_levels import (
    MOST_LEVELS,
    Levels,
    control_columns,
    control_levels,
)
from tradeoffs.report.sentences.equal_levels import equal_levels
from tradeoffs.scenario import Scenario

PEOPLE = report_rows("adult", "income_gt_50k", ((), ""))
RNG = np.random.default_rng(0)
DECIDED = RNG.random((4, PEOPLE.rows)) < np.where(PEOPLE.label, 0.7, 0.1)


def made_up(counts, seeds=8):
    """Return people, decisions and levels of (level, group, people, yes) cells, 0 is the reference.

    Seeds turn as many decisions to yes, of other people.
    """
    level, group, yes = [], [], [[] for _ in range(seeds)]
    for at, who, of, selected in counts:
        level += [at] * of
        group += [who] * of
        for seed in range(seeds):
            yes[seed] += np.roll(np.arange(of) < selected, 3 * seed).tolist()
    rows = len(level)
    people = replace(
        PEOPLE.take(np.arange(rows)),
        protected={"sex": np.array(group, dtype=np.int8)},
        groups={"sex": ("A", "B")},
    )
    names = tuple(f"level {one}" for one in sorted(set(level)))
    return people, np.array(yes), Levels(title="branch", names=names, codes=np.array(level))


@pytest.mark.parametrize("column", ["occupation", "hours_per_week"])
def test_rates_differences_and_ratios_are_those_of_fairlearn(column):
    levels = control_levels(PEOPLE, column)
    found = conditional_rates(PEOPLE, DECIDED, "race", levels, "White")
    group, names = PEOPLE.group_of("race")
    frames = [
        MetricFrame(
            metrics=selection_rate,
            y_true=PEOPLE.label,
            y_pred=decided,
            sensitive_features=np.array(names)[group],
            control_features=np.array(levels.names)[levels.codes],
        ).by_group
        for decided in DECIDED
    ]
    mean = sum(frames) / len(frames)
    assert isinstance(mean, pd.Series)
    expected = mean.to_dict()
    within = [one for one in found.rates if one.level]
    assert {(one.level, one.group) for one in within} >= set(mean.dropna().index)
    for one in within:
        if one.people < 30:
            assert math.isnan(one.rate.value) and math.isnan(one.difference.value)
            continue
        rate, reference = expected[one.level, one.group], expected[one.level, "White"]
        assert one.rate.value == pytest.approx(rate)
        assert one.difference.value == pytest.approx(rate - reference)
        assert one.ratio.value == pytest.approx(rate / reference)
        assert one.rate.low < rate < one.rate.high


def test_a_difference_turns_round_at_equal_levels():
    """Bickel, Hammel, O'Connell 1975: women applied where few are admitted."""
    counts = [(0, 0, 800, 480), (0, 1, 100, 75), (1, 0, 200, 20), (1, 1, 900, 190)]
    people, decided, levels = made_up(counts)
    found = conditional_rates(people, decided, "sex", levels, "A")
    whole = {one.group: one for one in found.rates if not one.level}
    assert whole["B"].difference.value == pytest.approx(265 / 1000 - 500 / 1000)
    expected = 0.45 * (0.75 - 0.6) + 0.55 * (190 / 900 - 0.1)
    assert found.standardised["B"].value == pytest.approx(expected)
    assert found.standardised["B"].low > 0 > whole["B"].difference.high
    (told,) = equal_levels(found)
    assert "the difference is reversed (Simpson's paradox)" in told
    assert "−23.5 points" in told and "“branch”" in told


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([(0, 0, 500, 300), (0, 1, 500, 200)], "a difference remains"),
        ([(0, 0, 500, 250), (0, 1, 500, 251)], "Neither overall nor"),
        (
            [(0, 0, 800, 640), (0, 1, 200, 160), (1, 0, 200, 40), (1, 1, 800, 160)],
            "At equal “branch” no difference can be shown",
        ),
        (
            [(0, 0, 500, 250), (0, 1, 500, 330), (1, 0, 900, 400), (1, 1, 100, 1)],
            "minus that of A is",
        ),
    ],
)
def test_what_becomes_of_a_difference_is_computed(counts, said):
    people, decided, levels = made_up(counts)
    (told,) = equal_levels(conditional_rates(people, decided, "sex", levels, "A"))
    assert said in told


def test_decisions_of_the_level_alone_leave_no_difference_but_one_person_more():
    people, decided, levels = made_up(
        [(0, 0, 60, 60), (0, 1, 40, 40), (1, 0, 40, 0), (1, 1, 60, 0)]
    )
    found = conditional_rates(people, decided, "sex", levels, "A").standardised["B"]
    assert found.value == 0 and -0.05 < found.low < 0 < found.high < 0.05


def test_what_seeds_do_to_both_groups_alike_is_no_doubt_about_their_difference():
    people, decided, levels = made_up([(0, 0, 500, 300), (0, 1, 500, 200)], seeds=4)
    for seed, more in enumerate((-100, -50, 50, 100)):
        decided[seed] = np.concatenate([np.arange(500) < of + more for of in (300, 200)])
    found = conditional_rates(people, decided, "sex", levels, "A")
    whole = next(one for one in found.rates if one.group == "B")
    assert whole.rate.high - whole.rate.low > 0.2  # seeds disagree
    assert whole.difference == found.standardised["B"]  # one level is all levels
    assert whole.difference.high - whole.difference.low < 0.15


def test_the_interval_covers_the_difference_of_a_known_population():
    """As many of a hundred samples as 95 % asks for, but for chance."""
    rng, hits = np.random.default_rng(1), 0
    for _ in range(100):
        level = rng.integers(0, 2, 600)
        group = (rng.random(600) < np.where(level, 0.7, 0.3)).astype(np.int8)
        chance = np.where(level, 0.6, 0.3) - 0.1 * group
        base = rng.random(600) < chance
        flips = rng.random((6, 600)) < 0.03
        people = replace(
            PEOPLE.take(np.arange(600)), protected={"sex": group}, groups={"sex": ("A", "B")}
        )
        levels = Levels(title="x", names=("low", "high"), codes=level)
        found = conditional_rates(people, base ^ flips, "sex", levels, "A").standardised["B"]
        hits += found.low < -0.1 * 0.94 < found.high
    assert hits >= 89


def test_levels_too_small_are_not_measurable_and_said():
    people, decided, levels = made_up(
        [(0, 0, 100, 50), (0, 1, 100, 40), (1, 0, 100, 50), (1, 1, 20, 1)]
    )
    found = conditional_rates(people, decided, "sex", levels, "A")
    assert found.covered["B"] == pytest.approx(100 / 120)
    (told,) = equal_levels(found)
    assert "Only 83.3 % of B are at levels with 30 people of both groups" in told
    shown = display_table(found)[-1]
    assert [shown["people"], shown["favourable answer"]] == [20, "not measurable"]


def test_where_no_level_is_shared_nothing_is_told():
    people, decided, levels = made_up([(0, 0, 100, 50), (1, 1, 100, 40)])
    found = conditional_rates(people, decided, "sex", levels, "A")
    assert math.isnan(found.standardised["B"].value) and found.covered["B"] == 0
    (told,) = equal_levels(found)
    assert told == (
        "At equal “branch” nothing can be said about B: no level has 30 people of it and of A."
    )


def test_survey_weights_weigh_people_and_levels():
    people, decided, levels = made_up(
        [(0, 0, 50, 25), (0, 1, 50, 30), (1, 0, 50, 10), (1, 1, 50, 10)], seeds=2
    )
    heavy = np.where(levels.codes == 0, 3.0, 1.0)
    weighted = replace(people, sample_weight=heavy)
    found = conditional_rates(weighted, decided, "sex", levels, "A")
    assert found.standardised["B"].value == pytest.approx(0.75 * 0.1)


def test_one_seed_has_no_interval():
    people, decided, levels = made_up([(0, 0, 50, 25), (0, 1, 50, 30)], seeds=1)
    found = conditional_rates(people, decided, "sex", levels, "A")
    assert found.standardised["B"].value == pytest.approx(0.1)
    assert math.isnan(found.standardised["B"].low) and equal_levels(found) == []
    assert display_table(found)[1]["minus A"] == "+10.0 points"


@pytest.mark.parametrize("column", [one.name for one in DATASETS["adult"].codebook.features])
def test_levels_are_few_and_everybody_is_at_one(column):
    levels = control_levels(PEOPLE, column)
    assert 1 <= len(levels.names) <= MOST_LEVELS + 1 and len(set(levels.names)) == len(levels.names)
    assert set(np.unique(levels.codes)) == set(range(len(levels.names)))


@pytest.mark.parametrize(
    ("column", "first", "last"),
    [
        ("hours_per_week", "under 35", "50 and over"),
        ("capital_gain", "none", "1 and over"),
        ("occupation", "all other values", "professional specialty"),
    ],
)
def test_levels_are_named_by_their_ends(column, first, last):
    names = control_levels(PEOPLE, column).names
    assert (names[0], names[-1]) == (first, last)


def test_bars_are_the_rates_of_each_level_and_group():
    found = conditional_rates(PEOPLE, DECIDED, "sex", control_levels(PEOPLE, "race"), "Male")
    panel = rate_panel(found)
    assert panel.of.parts == ("Female", "Male") and panel.of.values[0] == "all levels"
    for one in found.rates:
        place = panel.of.values.index(one.level or "all levels"), panel.of.parts.index(one.group)
        assert panel.of.shares[place] == pytest.approx(one.rate.value, nan_ok=True)


@pytest.mark.parametrize(("protected", "absent"), [("sex", {"sex"}), ("sex*race", {"sex", "race"})])
def test_a_column_that_groups_are_made_of_is_no_control(protected, absent):
    names = {one.name for one in DATASETS["adult"].codebook.features}
    assert set(control_columns(Scenario(protected=protected))) == names - absent
