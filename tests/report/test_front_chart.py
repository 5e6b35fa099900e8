import copy
import math
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from tests.report.conftest import (
    HERE,
    UNTOUCHED,
    drawn,
    front_figure,
    halved,
    hovers,
    model,
    numbered,
    shown,
)
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.fronts.dominance import FRONT
from tradeoffs.language.current import in_language
from tradeoffs.report.charts.axis import BESIDE, place
from tradeoffs.report.charts.deployment_chart import deployment_figure
from tradeoffs.report.charts.front_chart import STANDINGS, spans, with_legend
from tradeoffs.report.charts.hover import result_text, setting_text
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.front_table import front_table, points_table
from tradeoffs.report.view import View, scenario

PAIRS = [(x, y) for x in OBJECTIVES for y in OBJECTIVES if x != y]


def several(x: str = "fairness", y: str = "accuracy") -> View:
    """At one budget a front of three and two that are beaten; at others two more, one elsewhere."""
    return shown(
        model(HERE, sd=0.004),
        model(HERE.but(width=4), accuracy=0.85, gap=0.12, fidelity=0.5, sd=0.002),
        model(HERE.but(width=8), accuracy=0.86, gap=0.2, fidelity=0.7, sd=0.006),
        model(HERE.but(max_gap=0.2), accuracy=0.80, gap=0.15, fidelity=0.4, sd=0.002),
        model(HERE.but(max_gap=None), accuracy=0.83, gap=0.3, fidelity=0.3, sd=0.002),
        model(UNTOUCHED, accuracy=0.88, gap=0.22, fidelity=0.75, sd=0.002),
        model(HERE.but(epsilon=8.0), accuracy=0.87, gap=0.08, fidelity=0.8, sd=0.002),
        model(HERE.but(shift_intensity=1.0), accuracy=0.9, gap=0.0),
        x=x,
        y=y,
    )


def traces(figure: Any) -> dict[str, Any]:
    return {trace.name: trace for trace in figure.data}


def as_plotly(made: dict[str, Any]) -> Any:
    """Return a chart as plotly's objects, whose attributes plotly makes as it runs."""
    return go.Figure({name: made[name] for name in ("data", "layout")})


def share(figure: Any, letter: str, value: float) -> float:
    """Return where a value stands between the left (or lower) end of an axis, 0, and 1."""
    axis = figure.layout[f"{letter}axis"]
    low, high = axis.range
    return ((math.log10(value) if axis.type == "log" else value) - low) / (high - low)


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_the_points_are_the_numbers_of_the_table(x, y):
    view = several(x, y)
    figure, table = front_figure(view), front_table(view)
    standing = view.table.loc[table.index, "standing"]
    for state, name in STANDINGS.items():
        part, trace = table[standing == state], traces(figure).get(name)
        if trace is None:
            assert part.empty
            continue
        drawn = sorted(zip(trace.x, trace.y, strict=True))
        numbers = (place(OBJECTIVES[o], part[OBJECTIVES[o].column]) for o in (x, y))
        np.testing.assert_allclose(drawn, sorted(zip(*numbers, strict=True)), rtol=1e-5)
    assert len(table) == 7 and table["on_front"].tolist() == (standing == FRONT).tolist()


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_the_line_is_a_staircase_beyond_the_whole_axis(x, y):
    """It comes from below the best point, goes through all of the front and beyond the worst end.

    An axis may be shown further than it was made, and what a front attains has no end there.
    """
    view = several(x, y)
    figure = front_figure(view)
    line, points = (traces(figure)[name] for name in ("front line", "front"))
    assert line.line.shape == "hv" and len(points.x) > 0
    corners = list(zip(line.x, line.y, strict=True))
    assert sorted(corners[1:-1]) == sorted(zip(points.x, points.y, strict=True))
    assert share(figure, "y", corners[0][1]) <= -2 and share(figure, "x", corners[-1][0]) <= -2
    assert corners[0][0] == corners[1][0] and corners[-1][1] == corners[-2][1]
    across, up = ([share(figure, k, v) for v in line[k]] for k in "xy")
    assert across == sorted(across, reverse=True) and up == sorted(up)


def test_what_one_half_alone_chooses_is_hollow_and_off_the_line():
    one = halved(model(HERE, accuracy=0.84, gap=0.1), accuracy=0.9)
    view = shown(one, model(HERE.but(width=8), accuracy=0.85, gap=0.1))
    drawn = traces(front_figure(view))
    hollow = drawn["front on one half only"]
    assert hollow.marker.symbol == "circle-open" and len(hollow.x) == 2
    assert not {"front line", "front"} & drawn.keys()
    told = front_table(view)["standing"].tolist()
    assert sorted(told) == ["on the front on report alone", "on the front on select alone"]
    assert all(any(word in text for word in told) for text in hovers(view))


def test_a_point_says_what_beats_it():
    view = several()
    beaten = traces(front_figure(view))["beaten by the front"].customdata
    told = drawn(view)["points"]["rows"]
    assert len(beaten) == 2 and all("beaten by " in str(told[number]) for number in beaten)
    elsewhere = points_table(view).iloc[-1]
    assert elsewhere["standing"] == "used on other people: on no front"


def test_drawing_changes_nothing_and_gives_the_same_figure_again():
    view = several()
    before = copy.deepcopy((view.points, view.slices))
    one, again = front_figure(view), front_figure(view)
    assert one.to_json() == again.to_json()
    assert (view.points, view.slices) == before


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_right_and_up_are_more_of_what_the_axis_names(x, y):
    figure = front_figure(several(x, y))
    for letter, name in (("x", x), ("y", y)):
        objective = OBJECTIVES[name]
        ends = (0.1, 0.3) if name != "privacy" else (0.5, 8.0)
        less, more = (share(figure, letter, value) for value in ends)
        assert (more > less) == (objective.better == "high")
        title = figure.layout[f"{letter}axis"].title.text
        way = "right" if letter == "x" else "up"
        assert f"({way}: " in title and title.endswith(f"{objective.words})")


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_every_point_is_inside_the_axes(x, y):
    figure = front_figure(several(x, y))
    for name, trace in traces(figure).items():
        if "markers" not in trace.mode:
            continue
        for letter in "xy":
            places = [share(figure, letter, value) for value in trace[letter]]
            assert np.isfinite(places).all(), name
            assert min(places) > -1e-9 and max(places) <= 1, name


@pytest.mark.parametrize("letter", ["x", "y"])
def test_an_infinite_epsilon_stands_beside_the_log_axis(letter):
    figure = front_figure(several(*("privacy", "accuracy")[:: 1 if letter == "x" else -1]))
    axis = figure.layout[f"{letter}axis"]
    named = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    assert axis.type == "log" and named.pop(BESIDE) == "none"
    assert all(text == f"{tick:g}" for tick, text in named.items())
    trace = traces(figure)["no constraint, no privacy"]
    assert list(trace[letter]) == [BESIDE]
    points = [t for t in traces(figure).values() if "markers" in t.mode]
    numbers = [value for t in points for value in t[letter]]
    assert all(math.isfinite(v) and (v == BESIDE or v <= max(named)) for v in numbers)
    # Beside is the end without privacy, beyond the largest budget that can be asked for.
    assert share(figure, letter, BESIDE) < share(figure, letter, 50.0)


def test_you_are_here_where_the_setting_is():
    trace = traces(front_figure(several()))["you are here"]
    assert list(trace.x) == pytest.approx([0.1]) and list(trace.y) == pytest.approx([0.84])


def test_what_is_not_trained_yet_is_not_drawn():
    drawn = traces(front_figure(shown(model(HERE.but(width=8)))))
    assert not {"you are here", "no constraint, no privacy"} & drawn.keys()
    assert len(drawn["front"].x) == 1


def test_a_figure_that_is_not_measurable_is_said_and_never_drawn_as_0():
    lost = HERE.but(epsilon=0.1)
    models = model(HERE), model(lost, fidelity=math.nan), model(UNTOUCHED)
    drawn = front_figure(shown(*models, x="explainability"))
    assert all(
        value > 0.5
        for trace in traces(drawn).values()
        for value in trace.x
        if "markers" in trace.mode
    )
    text = hovers(shown(*models))
    told = [line for line in text if "fidelity not measurable" in line]
    assert len(told) == 1 and "ε = 0.1" in told[0] and "fidelity 0" not in told[0]
    assert len(shown(*models, x="explainability").points) == 2


def test_sections_run_along_one_slider_with_the_spread_over_seeds_when_asked_for():
    trace = traces(front_figure(several()))["along model size"]
    assert trace.visible is False and trace.meta["section"] == "width"
    assert list(trace.ids) == ["logistic regression", "4 hidden units", "8 hidden units"]
    assert list(trace.y) == pytest.approx([0.84, 0.85, 0.86])
    assert list(trace.error_y.array) == pytest.approx([0.004, 0.002, 0.006])
    one_seed = shown(*(model(HERE.but(epsilon=e), seeds=1) for e in (1.0, 3.0)))
    trace = traces(front_figure(one_seed))["along privacy budget"]
    assert list(trace.error_y.array) == [0, 0]


def test_the_default_chart_needs_no_legend_and_names_its_lines():
    figure = front_figure(several())
    assert figure.layout.showlegend is False
    seen = [trace for trace in figure.data if trace.visible is None and trace.meta]
    assert {trace.meta["label"] for trace in seen} == {
        *("front with ε = 1", "front without privacy", "no constraint, no privacy", "you")
    }
    legend = with_legend(drawn(several()))
    assert legend["layout"]["showlegend"] and all(
        trace.get("visible", True) for trace in legend["data"]
    )


def test_the_front_is_that_of_the_budget_and_beside_it_faintly_that_without():
    view = several()
    found = traces(front_figure(view))
    assert sorted(found["front"].y) == pytest.approx([0.84, 0.85, 0.86])
    assert list(found["at another privacy budget"].y) == pytest.approx([0.87, 0.88])
    assert found["front without privacy"].line.dash == "dot"
    told = dict(zip(view.table["epsilon"], view.table["standing_words"], strict=True))
    assert told[8.0].startswith("at another privacy budget: not compared")
    assert told[math.inf] == "on the front without privacy"


@pytest.mark.parametrize(("x", "y"), [("privacy", "accuracy"), ("fairness", "privacy")])
def test_where_privacy_is_an_axis_every_budget_competes(x, y):
    found = traces(front_figure(several(x, y)))
    assert not {"at another privacy budget", "front without privacy"} & found.keys()
    assert found["front line"].meta["label"] == "front"


def test_without_privacy_there_is_one_front():
    free = HERE.but(epsilon=None)
    view = shown(model(free), model(UNTOUCHED, accuracy=0.9, gap=0.3), model(HERE), here=free)
    found = traces(front_figure(view))
    assert found["front line"].meta["label"] == "front with no privacy"
    assert "front without privacy" not in found and len(found["front"].x) == 2


@pytest.mark.parametrize(("x", "y"), PAIRS)
def test_one_answer_for_all_is_a_line_wherever_accuracy_is_shown(x, y):
    view = several(x, y)
    figure = front_figure(view)
    lines = [(shape.name, shape) for shape in figure.layout.shapes]
    if "accuracy" not in (x, y):
        assert not lines
        return
    letter = "x" if x == "accuracy" else "y"
    ((name, line),) = lines
    positive = evaluation_people(HERE).label.mean()
    assert line[f"{letter}0"] == line[f"{letter}1"] == pytest.approx(max(positive, 1 - positive))
    assert name == f"one prediction for everybody, {100 * line[f'{letter}0']:.1f} %"
    assert 0 <= share(figure, letter, line[f"{letter}0"]) <= 1


def test_other_people_have_a_chart_of_their_own():
    figure = deployment_figure(several())
    assert figure is not None
    along, ring = as_plotly(figure).data
    assert (list(along.x), list(along.y)) == ([0.0, 1.0], pytest.approx([0.84, 0.9]))
    assert list(ring.x) == [0.0] and along.text[1] == "shift 100 %: accuracy 90.0 %"
    assert not any("shift" in name for name in traces(front_figure(several())))
    assert deployment_figure(shown(model(HERE))) is None


def test_a_section_of_one_point_is_no_line():
    assert "along model size" not in traces(front_figure(shown(model(HERE), model(UNTOUCHED))))


@pytest.mark.parametrize("seeds", [1, 3, 8])
def test_the_band_says_what_it_spans(seeds):
    settings = (HERE, 0.1), (HERE.but(width=8), 0.15)
    models = [model(scenario, seeds=seeds, sd=0.01, gap=gap) for scenario, gap in settings]
    names = set(traces(front_figure(shown(*models))))
    told = {
        1: set(),
        3: {"chosen, lowest to highest of 3 seeds"},
        8: {"chosen, 25 to 75 % of 8 seeds"},
    }[seeds]
    assert {name for name in names if name.startswith("chosen, ")} == told


def test_a_point_leads_back_to_its_scenario():
    view = several()
    trace = traces(front_figure(view))["beaten by the front"]
    keys = {number: key for key, number in numbered(view).items()}
    found = {scenario(keys[number], HERE.seed) for number in trace.customdata}
    assert found == {HERE.but(max_gap=0.2), HERE.but(max_gap=None)}


def test_the_table_begins_with_the_front_the_best_first():
    found = front_table(several())
    assert found["on_front"].tolist() == [True] * 3 + [False] * 4
    assert found["accuracy"].tolist() == pytest.approx([0.86, 0.85, 0.84, 0.88, 0.87, 0.83, 0.80])
    low = front_table(several("accuracy", "fairness"))
    assert low["gap"].tolist() == pytest.approx([0.10, 0.12, 0.2, 0.08, 0.15, 0.22, 0.3])
    assert {"accuracy_sd", "gap_sd", "fidelity_sd", "seeds"} <= set(found.columns)


def test_a_hover_names_the_setting_and_how_many_seeds():
    told = hovers(shown(model(HERE, seeds=1)))[0]
    assert "ε = 1, gap at most 10 %, logistic regression, no shift" in told
    assert "accuracy 84.0 %<br>" in told and "mean of 1 seed, measured on report" in told
    told = hovers(shown(model(HERE, sd=0.01)))[0]
    assert "accuracy 84.0 % (sd over seeds 1.0 %)" in told and "mean of 8 seeds" in told


@pytest.mark.parametrize(("x", "y"), [*PAIRS, ("effective_features", "recourse_steps")])
def test_what_the_browser_makes_of_a_template_is_what_is_said_in_words(x, y):
    views = several(x, y) if x in OBJECTIVES else explained(), remarkable()
    for view in views:
        axes = view.x, view.y
        told = [f"{setting_text(row)}<br>{result_text(row, *axes)}" for row in view.points]
        assert hovers(view, *axes) == told


def remarkable() -> View:
    """Three ordinary settings, one that answers everybody alike, one that the twin dominates."""
    return shown(
        model(HERE),
        model(UNTOUCHED, accuracy=0.86, gap=0.15),
        model(HERE.but(epsilon=8.0), accuracy=0.85),
        model(HERE.but(epsilon=0.1), accuracy=0.76, gap=0.0, selection_rate=0.0),
        model(HERE.but(max_gap=None), accuracy=0.83, gap=0.3),
    )


def test_the_remarks_are_in_the_hover_and_in_the_table():
    view = remarkable()
    told = dict(zip(view.table["epsilon"], hovers(view), strict=True))
    assert told[0.1].endswith("<b>everybody gets the same answer</b>")
    assert "<b>" not in told[8.0]
    notes = [note for one in drawn(view)["points"]["notes"].values() for note in one]
    assert "everybody gets the same answer" in notes and set(view.table["standing_words"]) <= {
        *notes
    }
    lines = [line for text in told.values() for line in text.split("<br>") if "<b>" in line]
    assert all(len(line) <= 44 + len("<b></b>") for line in lines)  # a phone cuts longer ones
    table = front_table(view)
    named = {(e, str(g)): r for e, g, r in table[["epsilon", "max_gap", "remarks"]].to_numpy()}
    assert named[(0.1, "0.1")] == "constant" and named[(8.0, "0.1")] == ""
    assert named[(1.0, "nan")] == "dominated by the untouched model"


def explained() -> View:
    """Measures of explanations on both axes, one of which could not be had of a setting."""
    near = HERE.but(epsilon=8.0)
    return shown(
        model(HERE, effective_features=4.0, recourse_steps=3.0),
        model(HERE.but(width=8), effective_features=9.0, recourse_steps=2.0, seeds=1),
        model(near, effective_features=5.0, recourse_steps=math.nan),
        x="effective_features",
        y="recourse_steps",
    )


def test_a_measure_of_explanations_can_be_an_axis():
    view = explained()
    figure = front_figure(view)
    assert list(traces(figure)["you are here"].x) == pytest.approx([4.0])
    assert share(figure, "x", 4.0) > share(figure, "x", 9.0)  # fewer features to the right
    assert figure.layout.xaxis.tickformat == "~g"
    assert view.here_row is not None
    told = hovers(view, view.x, view.y)[view.here_row]
    assert "effective number of features 4" in told and "steps to the positive decision 3" in told
    assert "effective_features" in front_table(view)
    (reason,) = view.front.left_out["reason"]
    assert reason == "too few of the refused are in reach to measure their steps (8 of 8 seeds)"
    assert view.front.hypervolume == pytest.approx(
        max((12 - 4) / 11 * (10 - 3) / 9 + (12 - 9) / 11 * (10 - 2) / 9 - 3 / 11 * 7 / 9, 0)
    )


def test_the_axes_of_a_chart_keep_what_they_showed_before():
    view = several()
    wide = spans(view, ((0.0, 0.9), (0.1, 0.9)))
    assert wide[0][1] >= 0.9 and wide[1][0] <= 0.1
    figure: Any = front_figure(view, wide)
    assert max(figure.layout.xaxis.range) > 0.9 and min(figure.layout.yaxis.range) < 0.1


def test_a_legend_is_in_the_language_of_the_run_and_browsers_know_traces_by_name():
    with in_language("fr"):
        figure = front_figure(several())
        legend = {one["name"] for one in with_legend(figure.to_plotly_json())["data"]}
    assert {"front", "you are here", "beaten by the front"} <= traces(figure).keys()
    assert {"front", "vous êtes ici", "battu par le front"} <= legend
    assert figure.layout.xaxis.title.text.startswith("Écart des taux de sélection")
