"""What a server sees: figures of seeds in words and marks, and what is not there left out."""

import numpy as np
import pytest

from tradeoffs.report.remedies.catalogue import PARTS, values_of
from tradeoffs.report.remedies.part import Look
from tradeoffs.report.remedies.server_view import (
    ABSENT,
    grid,
    guesses,
    headline,
    numbers,
    picture,
    reading,
    sentences,
    split_setting,
    traffic,
)
from tradeoffs.scenario import Scenario

HERE = Scenario.of(
    dataset="gss", label="income_25k", protected="sex", communities="place", home="Pacific",
    rows=100, epsilon=3.0, remedy="fedavg", dial=5.0,
)  # fmt: skip
SEEN = [
    {
        "leak_label_by_direction": 0.999 + 0.001 * (seed % 2),
        "leak_label_by_norm": 0.3,
        "leak_columns": 0.68 + 0.01 * seed,
        "leak_columns_by_guess": 0.5,
        "leak_group[sex]": 0.9,
        "leak_group_by_score[sex]": 0.6,
        "leak_group[race]": 0.7,
        "leak_group_by_score[race]": 0.55,
        "bytes": 5.1e6,
        "bytes_a_decision": 68.0,
    }
    for seed in range(4)
]


def test_the_setting_is_split_learning_without_a_promise_whatever_way_is_chosen():
    look = Look(here=HERE, values=values_of({"cut": "32"}))
    own = split_setting(look)
    assert (own.remedy, own.width, own.epsilon, own.dial) == (
        "split_labels_at_home",
        32,
        None,
        None,
    )
    assert (own.home, own.rows) == ("Pacific", 100)
    assert list(PARTS["server_view"].settings(look)) == [own]
    chosen = Look(here=HERE.but(remedy="split", dial=None), values=look.values)
    assert split_setting(chosen) == own.but(remedy="split")


def test_less_than_half_is_told_as_the_other_way_round_of_two_and_of_nothing_else():
    lines = picture(guesses(HERE, [{**SEEN[0], "leak_columns": 0.2}])).lines
    assert [line.note for line in lines] == ["", "the opposite guess: 70.0 %", "", ""]


def test_sentences_hold_the_means_of_the_seeds():
    found = guesses(HERE, SEEN)
    kept, sent = (headline(found[0], way) for way in ("split_labels_at_home", "split"))
    assert "labels stay at home" in kept and "labels are sent" in sent
    for told in (kept, sent):
        assert "99.9" in told or "100.0" in told
    columns, group = sentences(found, HERE.but(width=16))
    assert "16 numbers" in columns and "69.5 %" in columns and "50.0 %" in columns
    assert "90.0 %" in group and "60.0 %" in group and "(sex)" in group
    race = HERE.but(protected="race")
    _, group = sentences(guesses(race, SEEN), race)
    assert "70.0 %" in group and "55.0 %" in group and "(race)" in group
    (moved,) = traffic(HERE, SEEN)
    assert "5.1 MB" in moved and "68 bytes" in moved
    assert "9 communities with 900 people" in reading(HERE)


def test_marks_and_bars_lie_on_the_scale_and_no_interval_leaves_shares():
    drawn = picture(guesses(HERE, SEEN))
    low, high = drawn.ticks[0][0], drawn.ticks[-1][0]
    for line in drawn.lines:
        before, after = line.marks
        assert before.kind == "before" and after.low is not None and after.high is not None
        assert low <= after.low <= after.at <= after.high <= min(high, 1.0)
    table = numbers(guesses(HERE, SEEN), 16)
    assert table["right"].tolist() == pytest.approx([0.9995, 0.3, 0.9, 0.695])
    assert table["right_without"].tolist() == pytest.approx([0.5, 0.5, 0.6, 0.5])


def test_what_is_not_there_yet_has_no_mark_and_is_not_said():
    nothing = guesses(HERE, [])
    assert headline(nothing[0], "split") == "" and sentences(nothing, HERE) == [] == traffic(
        HERE, []
    )
    assert all(line.marks == [] and line.detail == ABSENT for line in picture(nothing).lines)
    assert [row[2] for row in grid(nothing).rows] == [ABSENT] * 4
    assert np.isnan(numbers(nothing, 16)["right"].astype(float)).all()
