import math

import numpy as np
import pytest

from tradeoffs.report.charts.icon_array import (
    KINDS,
    alternative,
    icon_array_figure,
    icon_array_table,
)
from tradeoffs.report.group_outcomes import EVERYBODY
from tradeoffs.report.view import Row


def shares(*groups: tuple[float, float, float]) -> list[Row]:
    rows = [(EVERYBODY, 9, 0.1, 0.1, 0.1)]
    rows += [(f"group {i}", 500 + i, *group) for i, group in enumerate(groups)]
    return [
        dict(zip(("group", "people", "kept", "gain", "lose"), row, strict=True)) for row in rows
    ]


GROUPS = (0.101, 0.034, 0.025), (0.5, 0.0, 0.0), (1 / 3, 1 / 3, 1 / 3), (0.0, 0.0, 1.0)


def test_heads_add_up_to_100_and_are_the_shares_to_less_than_one():
    table = icon_array_table(shares(*GROUPS))
    counts = np.array([[row[kind] for kind in KINDS] for row in table], dtype=float)
    assert (counts.sum(1) == 100).all()
    assert np.abs(counts[:, :3] - 100 * np.array(GROUPS)).max() < 1
    assert [row["group"] for row in table] == [f"group {i}" for i in range(4)]


def test_each_head_is_one_dot_at_a_place_of_its_own():
    table = icon_array_table(shares(*GROUPS))
    figure = icon_array_figure(table)
    places = []
    for trace, kind in zip(figure["data"], KINDS, strict=True):
        assert len(trace["x"]) == sum(row[kind] for row in table)
        places += list(zip(trace["x"], trace["y"], strict=True))
    assert len(set(places)) == len(places) == 400


def test_changed_decisions_are_outlined_and_unchanged_ones_are_not():
    traces = icon_array_figure(icon_array_table(shares(*GROUPS)))["data"]
    outlined = [trace["name"] for trace in traces if trace["marker"]["line"]["width"]]
    assert outlined == [KINDS["gained"][0], KINDS["lost"][0]]
    assert len({trace["marker"]["symbol"] for trace in traces}) == 3  # not told by colour alone


def test_a_group_too_small_to_be_measured_has_no_dots_and_is_said_to_be_so():
    table = icon_array_table(shares((math.nan, math.nan, math.nan), (0.2, 0.1, 0.1)))
    figure = icon_array_figure(table)
    assert sum(len(trace["x"]) for trace in figure["data"]) == 100
    first, second = (note["text"] for note in figure["layout"]["annotations"])
    assert "not measurable" in first and "not measurable" not in second
    assert "group 0: not measurable" in alternative(table)


@pytest.mark.parametrize("kind", KINDS)
def test_the_words_of_the_figure_have_its_numbers(kind):
    table = icon_array_table(shares(GROUPS[0]))
    assert f"{table[0][kind]} {KINDS[kind][0]}" in alternative(table)
