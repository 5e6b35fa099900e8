import re
import tomllib
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from tradeoffs.report.charts.lesson_charts import dots, lines

THEME = Path(__file__).parents[2] / ".streamlit" / "config.toml"


def test_no_figure_of_a_lesson_names_a_colour_that_the_theme_lacks():
    theme = tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"]
    table = pd.DataFrame({"who": list("abcdefgh"), "of": list("abcdefgh"), "value": 0.5})
    figure = dots(table, y="who", x_title="share", series="of")
    places = {int(n) for n in re.findall(r"colors\[(\d+)\]", figure.to_json() or "")}
    for part in ("light", "dark"):
        colours = theme.get(part, {}).get(
            "chartCategoricalColors", theme.get("chartCategoricalColors")
        )
        assert max(places) < len(colours)


@pytest.mark.parametrize("drawn", [partial(lines, x="name", y_title="y"), partial(dots, y="name")])
def test_a_reference_has_the_colour_of_text_whatever_the_theme(drawn):
    table = pd.DataFrame({"name": ["a"], "value": [0.1], "low": [0.0], "high": [0.2]})
    figure = drawn(table, x_title="x", references=[(0.05, "promised")])
    assert [shape.line.color for shape in figure.layout.shapes] == ["var(--st-text-color/0.6)"]
