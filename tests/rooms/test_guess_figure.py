"""Guesses of a room in the lesson's figure: where they stand, and what is hidden there."""

from typing import Any

import pytest

from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.prediction import Line, Number, OneOf
from tradeoffs.rooms.guess_figure import with_guesses
from tradeoffs.rooms.guess_sentences import median_line
from tradeoffs.rooms.hidden_counts import WHY
from tradeoffs.rooms.tally import Tally


def drawn(
    lesson: str, step: int, tally: Tally, before: Tally | None = None
) -> tuple[Any, Any, Any]:
    """Return what is asked, the lesson's own figure, and that with guesses."""
    entry = LESSONS[lesson]
    one, state = entry.steps[step], entry.setting(step)
    table = shipped_answer(one, state)
    assert table is not None and one.prediction is not None
    own = one.figure(table, state)
    figure = with_guesses(one.figure(table, state), one.prediction, tally, table, state, before)
    return one.prediction, own, figure


def traces(figure, beginning: str) -> list:
    return [one for one in figure.data if one.uid.startswith(beginning)]


def test_lines_lie_on_the_axes_of_the_measured_ones():
    lines = tuple((60.0 + n, 70.0, 75.0, 80.0) for n in range(6))
    asked, own, figure = drawn("small_town", 0, Tally(answers=6, lines=lines))
    assert isinstance(asked, Line) and len(figure.data) == len(own.data) + 7
    *each, middle = traces(figure, "guess")
    assert middle.name == "median guess" and list(middle.y) == [0.625, 0.7, 0.75, 0.8]
    assert {one.yaxis for one in each} == {None} and list(each[0].x) == list(asked.xs)
    assert median_line(lines) == [62.5, 70.0, 75.0, 80.0]


def test_the_first_median_line_stays_beside_the_second_and_so_does_the_axis():
    first = Tally(answers=5, lines=((10.0, 20.0, 30.0, 40.0),) * 5)
    second = Tally(answers=5, lines=((60.0, 70.0, 75.0, 80.0),) * 5)
    _, _, figure = drawn("small_town", 0, second, first)
    medians = {one.name: one for one in traces(figure, "guess") if one.name != "guesses"}
    assert list(medians["median of the first vote"].y) == [0.1, 0.2, 0.3, 0.4]
    assert list(medians["median of the second vote"].y) == [0.6, 0.7, 0.75, 0.8]
    assert medians["median of the first vote"].line.dash == "dot"
    (reach,) = traces(figure, "reach")
    assert list(reach.y) == [0.1, 0.4] and reach.opacity == 0


@pytest.mark.parametrize(
    ("lesson", "step"),
    [("whose_fairness", 0), ("a_coin_of_your_own", 1), ("a_coin_of_your_own", 2)],
)
def test_numbers_of_both_votes_are_dots_that_do_not_lie_on_each_other(lesson, step):
    first = Tally(answers=5, numbers=(30.0, 30.0, 30.0, 45.0, 60.0))
    second = Tally(answers=5, numbers=(30.0, 30.0, 45.0, 45.0, 45.0))
    _, _, figure = drawn(lesson, step, second, first)
    now, before = traces(figure, "guesses")
    assert (now.name, before.name) == ("second vote", "first vote")
    assert len(now.x) == len(before.x) == 5
    assert not {*zip(now.x, now.y, strict=True)} & {*zip(before.x, before.y, strict=True)}


def test_numbers_are_dots_on_the_axis_that_shows_what_was_asked():
    tally = Tally(answers=5, numbers=(30.0, 30.0, 45.0, 60.0, 30.0))
    asked, own, figure = drawn("whose_fairness", 0, tally)
    assert isinstance(asked, Number)
    (dots,) = traces(figure, "guesses")
    assert dots.xaxis == "x" and dots.yaxis == "y2"
    assert [*zip(dots.x, dots.y, strict=True)] == [
        (0.3, 1), (0.3, 2), (0.3, 3), (0.45, 1), (0.6, 1),
    ]  # fmt: skip
    line = next(one for one in figure.layout.shapes if one.type == "line" and one.xref == "x")
    assert line.x0 in own.data[0].x
    assert any("measured: 44.8 % (95 %: " in one.text for one in figure.layout.annotations)


def test_numbers_are_dots_beside_a_figure_that_shows_upwards_what_was_asked():
    tally = Tally(answers=5, numbers=(30.0, 30.0, 45.0, 60.0, 30.0))
    _, own, figure = drawn("a_coin_of_your_own", 1, tally)
    (dots,) = traces(figure, "guesses")
    assert (dots.xaxis, dots.yaxis) == ("x2", "y")
    assert list(dots.y) == [0.3, 0.3, 0.3, 0.45, 0.6] and list(dots.x) == [1, 2, 3, 1, 1]
    line = next(one for one in figure.layout.shapes if one.xref == "x2 domain")
    assert line.y0 in own.data[0].y
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]


def test_numbers_have_an_axis_of_their_own_where_the_figure_shows_something_else():
    tally = Tally(answers=5, numbers=(1.0, 10.0, 20.0, 30.0, 60.0))
    asked, _, figure = drawn("a_coin_of_your_own", 2, tally)
    assert isinstance(asked, Number)
    (dots,) = traces(figure, "guesses")
    assert dots.xaxis == "x2" and list(dots.x) == [1.0, 10.0, 20.0, 30.0, 60.0]
    low, high = figure.layout.xaxis2.range
    assert low < asked.low and asked.high < high


@pytest.mark.parametrize("again", [False, True])
def test_choices_are_bars_and_what_is_hidden_has_no_length(again):
    counts = {"less often": 20, "about as often": None, "more often": None}
    before = Tally(answers=26, counts=dict.fromkeys(counts), bands={"more often": (22, 26)})
    asked, _, figure = drawn(
        "small_town", 1, Tally(answers=26, counts=counts), before if again else None
    )
    assert isinstance(asked, OneOf) and set(asked.choices) == set(counts)
    bars = traces(figure, "guesses")
    assert [list(one.x) for one in bars] == [[0, 0, 20], [22, 0, 0]][: 1 + again]
    assert list(bars[0].text) == ["hidden", "hidden", "20 · the models say this"]
    assert figure.layout.meta["caption"].endswith(f"{WHY} Hidden: 6 of 26.")
    if again:
        assert list(bars[1].text) == ["22 to 26", "hidden", "hidden"]


def test_changes_between_two_votes_are_lines_as_wide_as_their_counts():
    less, same, more = "less often", "about as often", "more often"
    before = Tally(answers=40, counts={less: 30, same: None, more: None})
    flow = {(less, less): 12, (less, more): 18}
    after = Tally(answers=40, counts={less: 14, same: None, more: 22}, flow=flow)
    _, _, figure = drawn("small_town", 1, after, before)
    lines = traces(figure, "flow")
    assert [(one.y[0], one.y[-1]) for one in lines] == [(less, less), (less, more)]
    assert lines[1].line.width == 1.5 * lines[0].line.width
    texts = {one.text for one in figure.layout.annotations}
    assert {"18", "12", "first vote", "<b>22</b>", "<b>14 · the models say this</b>"} <= texts


def test_the_panels_do_not_overlap_and_the_figure_keeps_its_height():
    tally = Tally(answers=26, counts={"less often": 20})
    _, _, figure = drawn("small_town", 1, tally)
    low, high = figure.layout.yaxis.domain, figure.layout.yaxis2.domain
    assert low[0] == 0 and low[1] < high[0] and high[1] == 1
    assert low[1] * figure.layout.height == pytest.approx(320)


def test_nothing_is_drawn_of_answers_that_are_hidden():
    asked, own, figure = drawn("small_town", 1, Tally(answers=3))
    assert figure.to_json() == own.to_json() and asked
