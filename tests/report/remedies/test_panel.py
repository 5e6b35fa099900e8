"""Panels: what is told travels as JSON, and holds no number that is none."""

import json

import pytest

from tradeoffs.report.remedies.panel import Line, Mark, Panel, Picture


def test_a_panel_is_told_part_by_part():
    line = Line(name="north", marks=[Mark(at=0.5, text="alone 50 %", kind="before")])
    picture = Picture(title="Accuracy", columns=("a", "b", "c"), lines=[line], ticks=[(0.0, "0 %")])
    told = {n: json.loads(text) for n, text in Panel(heading="h", picture=picture).parts().items()}
    assert told["heading"] == "h" and told["figure"] is None and told["cards"] == []
    assert told["picture"]["lines"][0]["marks"][0]["kind"] == "before"


def test_a_number_that_is_none_is_refused_rather_than_drawn():
    line = Line(name="north", marks=[Mark(at=float("nan"), text="")])
    picture = Picture(title="", columns=("", "", ""), lines=[line], ticks=[])
    with pytest.raises(ValueError):
        Panel(picture=picture).parts()
