"""Drawings of figures: every lesson's figure is drawn, where its numbers are, and empty without."""

import re
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from tradeoffs.report.charts.figure_svg import figure_svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(figure, **options):
    return ElementTree.fromstring(figure_svg(figure.to_dict(), "In words.", **options))


def circles(svg):
    return [(float(one.get("cx")), float(one.get("cy"))) for one in svg.iter(f"{SVG}circle")]


def words(svg):
    return [one.text for one in svg.iter(f"{SVG}text")]


def lines_figure(**layout):
    figure = go.Figure(layout=layout)
    figure.add_scatter(x=[0, 1, 2], y=[0.2, 0.4, None], mode="lines+markers", name="a & b")
    return figure


def test_a_larger_value_stands_higher_and_further_right():
    (x1, y1), (x2, y2) = circles(drawn(lines_figure()))
    assert x2 > x1 and y2 < y1


def test_a_reversed_axis_is_reversed():
    (x1, _), (x2, _) = circles(drawn(lines_figure(xaxis={"range": [2, 0]})))
    assert x2 < x1


def test_powers_of_ten_are_equally_far_apart():
    figure = go.Figure(layout={"xaxis": {"type": "log"}})
    figure.add_scatter(x=[1, 10, 100], y=[1, 1, 1], mode="markers")
    places = [x for x, _ in circles(drawn(figure))]
    assert places[1] - places[0] == pytest.approx(places[2] - places[1], abs=0.2)


def test_words_of_an_axis_keep_their_order_and_names_are_escaped():
    figure = go.Figure(layout={"showlegend": True})
    figure.update_xaxes(type="category", categoryarray=["z", "a<b"], title="<&>")
    figure.add_scatter(x=["a<b", "z"], y=[1, 2], mode="markers", name="one")
    svg = drawn(figure)
    places = dict(zip(["a<b", "z"], [x for x, _ in circles(svg)[1:]], strict=True))
    assert places["z"] < places["a<b"] and {"a<b", "z", "<&>", "one"} <= set(words(svg))


def test_a_whisker_spans_its_interval():
    figure = go.Figure(layout={"yaxis": {"range": [0, 10]}})
    error = {"array": [2], "arrayminus": [3]}
    figure.add_scatter(x=[1], y=[5], error_y=error, mode="markers")
    svg = drawn(figure)
    path = next(
        one.get("d", "") for one in svg.iter(f"{SVG}path") if one.get("stroke-width") == "1.2"
    )
    _, low, high = map(float, re.findall(r"[\d.]+", path))
    ((_, middle),) = circles(svg)
    assert (low - middle) / (middle - high) == pytest.approx(3 / 2, abs=0.02)


def test_an_empty_drawing_tells_no_value():
    figure = lines_figure(yaxis={"tickformat": ".2~%"})
    figure.add_hline(y=0.3, annotation={"text": "baseline"})
    full, empty = drawn(figure), drawn(figure, empty=True)
    assert circles(full) and "baseline" in words(full)
    assert not circles(empty) and "baseline" not in words(empty)
    assert {"0 %", "100 %"} <= set(words(empty)) and empty.get("aria-label") == "In words."


def test_a_level_across_lies_at_its_value():
    figure = lines_figure()
    figure.add_hline(y=0.4)
    svg = drawn(figure)
    (across,) = [one for one in svg.iter(f"{SVG}path") if one.get("class") == "across"]
    assert float(re.findall(r"[\d.]+", across.get("d", ""))[1]) == circles(svg)[1][1]
