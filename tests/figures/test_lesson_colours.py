import re
import tomllib
from pathlib import Path

import pandas as pd

from tradeoffs.figures.lesson import dots

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
