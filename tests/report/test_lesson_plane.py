from typing import Any

import pandas as pd
import pytest

from tradeoffs.report.charts.lesson_charts import HALVES, front_plane

ROWS = pd.DataFrame(
    {"max_gap": bound, "seed": seed, "split": split, "gap": bound, "accuracy": 0.8 + bound}
    for bound in (0.05, 0.1)
    for seed in range(3)
    for split in ("select", "report")
)


def test_a_plane_says_that_its_line_is_what_both_halves_choose():
    figure = front_plane(ROWS, configuration=("max_gap",))
    assert figure["layout"]["meta"]["caption"] == HALVES
    assert "in each half" in HALVES and "in one half only" in HALVES


def test_a_plane_joins_the_front_alone_over_the_whole_axis():
    """A third setting is chosen on select, and beaten where it is drawn."""
    lucky = [
        {"max_gap": 0.2, "seed": seed, "split": split, "gap": 0.1, "accuracy": accuracy}
        for seed in range(3)
        for split, accuracy in (("select", 0.95), ("report", 0.7))
    ]
    rows = pd.concat([ROWS.assign(gap=ROWS["gap"] / 2), pd.DataFrame(lucky)])
    figure: Any = front_plane(rows, configuration=("max_gap",))
    line, hollow, points = figure.data
    assert line.line.shape == "hv" and line.showlegend and not points.showlegend
    assert list(line.x) == [0.025, 0.025, 0.05, figure.layout.xaxis.range[0]]
    assert list(line.y) == pytest.approx([figure.layout.yaxis.range[0], 0.85, 0.9, 0.9])
    assert hollow.marker.symbol.endswith("-open") and list(hollow.y) == pytest.approx([0.7])
