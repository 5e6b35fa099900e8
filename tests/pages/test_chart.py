"""What the chart sends to the browser and what it refuses."""

import base64
import json

import numpy as np
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.kit import chart as module
from pages.shared.kit.chart import ChartState, chart, payload
from tradeoffs.errors import InvalidInput


def app(step: int = 1) -> None:
    import plotly.graph_objects as go
    import streamlit as st

    from pages.shared.kit.chart import chart

    figure = go.Figure(go.Scatter(x=[1, 2], y=[3, 4 * step], customdata=["a", "b"], name="front"))
    state = chart(figure, key="front", text=f"The front at step {step}.", on_select=list)
    st.text(repr(state))


def sent(test: AppTest) -> dict:
    """The JSON that one run of `app` gave to the browser."""
    return json.loads(test.get("bidi_component")[0].proto.bytes)


def test_every_run_of_a_page_sends_the_figure():
    for step in (1, 2):  # each with a runtime of its own
        test = AppTest.from_function(app, kwargs={"step": step}).run()
        assert not test.exception
        assert sent(test)["data"][0]["y"] == [3, 4 * step]
        assert sent(test)["text"] == f"The front at step {step}."
        assert sent(test.run())["select"] is True


def test_nothing_is_clicked_or_selected_before_a_visitor_acts():
    assert AppTest.from_function(app).run().text[0].value == repr(ChartState())


def test_code_in_each_message_is_short_and_names_files_that_exist():
    proto = AppTest.from_function(app).run().get("bidi_component")[0].proto
    assert len(proto.js_content) < 600
    assert '"component/pages.shared.kit.chart."' in proto.js_content
    assert '"frontend/chart.js?v=' in proto.js_content
    assert '"plotly/plotly.min.js?v=' in proto.js_content
    assert (module.FRONTEND / "chart.js").is_file()
    assert (module.PLOTLY / "plotly.min.js").is_file()
    assert not proto.isolate_styles


def test_template_stays_home_and_the_figure_keeps_it():
    figure = go.Figure(layout={"template": "plotly_dark", "title": {"text": "Front"}})
    layout = json.loads(payload(figure, text="A front."))["layout"]
    assert layout == {"title": {"text": "Front"}}
    assert figure.layout.template.layout.colorway


def test_dict_and_figure_send_the_same():
    content = {"data": [{"type": "bar", "x": ["a"], "y": [1]}], "layout": {"barmode": "stack"}}
    as_dict, as_figure = payload(content, text="Bars."), payload(go.Figure(content), text="Bars.")
    assert json.loads(as_dict) == json.loads(as_figure)


def test_numbers_travel_as_compact_arrays_and_gaps_as_null():
    values = np.array([0.25, 0.5], dtype="float32")
    figure = go.Figure(go.Scatter(x=values, y=[1.0, float("nan")]))
    message = payload(figure, text="Two points.")
    trace = json.loads(message)["data"][0]
    assert trace["x"]["dtype"] == "f4"
    assert np.array_equal(np.frombuffer(base64.b64decode(trace["x"]["bdata"]), "<f4"), values)
    assert trace["y"] == [1.0, None]
    assert b": " not in message.replace(b'": "', b"")


@pytest.mark.parametrize(
    "color",
    [
        "var(--st-text-color)",
        "var(--st-primary-color/0.2)",
        "var(--st-chart-categorical-colors[2]/0.5)",
    ],
)
def test_theme_colours_pass_plotly_unchanged(color):
    figure = go.Figure(go.Scatter(marker={"color": [color]}, line={"color": color}))
    figure.update_traces(fillcolor=color).update_layout(font_color=color)
    message = json.loads(payload(figure, text="Colours."))
    trace = message["data"][0]
    found = [trace["marker"]["color"][0], trace["line"]["color"], trace["fillcolor"]]
    assert [*found, message["layout"]["font"]["color"]] == [color] * 4


def test_blank_text_is_refused():
    with pytest.raises(InvalidInput, match="text='  ' must say what is shown"):
        payload(go.Figure(), text="  ")


def test_low_height_is_refused():
    with pytest.raises(InvalidInput, match="height=100 must be at least 120 px"):
        chart(go.Figure(), key="low", text="A chart.", height=100)
