"""Figure of guesses: what a room guessed, within the lesson's own figure of the answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import say, translate
from tradeoffs.lessons.lesson import StepState
from tradeoffs.lessons.prediction import Line, Number, OneOf, Prediction
from tradeoffs.rooms.charts.room_front import band_text
from tradeoffs.rooms.guess_dots import dots
from tradeoffs.rooms.guess_panel import GUESS, MODELS, fold, layout_of, panel
from tradeoffs.rooms.guess_sentences import median_line, models_choice
from tradeoffs.rooms.hidden_counts import hidden_text, note, why_hidden
from tradeoffs.rooms.tally import Tally

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

FLOW, WIDEST = 52, 26  # px: between choices, and the widest line from one to another
LINE, BAR = 26, 26  # px: of a choice's name, of a bar
VOTES = ("second vote", "first vote")  # the last one first
FAINT = "var(--st-text-color/0.2)"
MEDIAN = {"color": "var(--st-text-color)", "width": 3, "dash": "dash"}
FIRST_MEDIAN = MEDIAN | {"width": 2, "dash": "dot"}


def with_guesses(
    figure: "go.Figure",
    asked: Prediction,
    tally: Tally,
    table: "pd.DataFrame",
    state: StepState,
    before: Tally | None = None,
) -> "go.Figure":
    """Return a step's figure with what was guessed.

    Lines are drawn among the measured ones.  Numbers are dots above or beside the figure, on its
    own axis where that shows the measure that was asked for; choices are bars above it.

    Args:
        figure: of the step; it is changed.
        asked: what the room was asked.
        tally: what it answered.
        table: the step's answer.
        state: the setting that the question is about.
        before: what it answered the first time, where it answered again.
    """
    if isinstance(asked, Line) and tally.lines:
        return _drawn(figure, asked, tally, before)
    if isinstance(asked, Number) and tally.numbers:
        return dots(figure, asked, tally, asked.of(table, state), before)
    if isinstance(asked, OneOf) and before and tally.changes:
        return _shifted(figure, asked, tally, before, models_choice(asked, table, state))
    if isinstance(asked, OneOf) and tally.counts:
        return _barred(figure, asked, tally, models_choice(asked, table, state), before)
    return figure


def _drawn(
    figure: "go.Figure", asked: Line, tally: Tally, before: Tally | None = None
) -> "go.Figure":
    """Draw every line faintly, their median, and that of the first vote, on the figure's axis."""
    if layout_of(figure).get("xaxis", {}).get("type") != "category":
        return figure
    first = before.lines if before else ()
    drawn = [(say("guesses"), [*line], {"color": FAINT, "width": 1.5}) for line in tally.lines]
    if first:
        drawn.append((say("median of the first vote"), median_line(first), FIRST_MEDIAN))
    name = say("median of the second vote") if first else say("median guess")
    drawn.append((name, median_line(tally.lines), MEDIAN))
    for place, (name, line, look) in enumerate(drawn):
        single = place < len(tally.lines)
        figure.add_scatter(
            x=asked.xs,
            y=[value / asked.factor for value in line],
            name=name,
            uid=f"guess{place}",
            mode="lines",
            hoverinfo="skip" if single else None,
            legendgroup=name,
            showlegend=not single or not place,
            line=look,
        )
    if first:  # what the first vote reached stays in view, so that the axis does not change
        ends = [end([y for line in first for y in line]) / asked.factor for end in (min, max)]
        figure.add_scatter(
            x=[asked.xs[0]] * 2, y=ends, uid="reach", mode="lines", opacity=0,
            hoverinfo="skip", showlegend=False,
        )  # fmt: skip
    figure.update_layout(showlegend=True)
    return figure


def _barred(
    figure: "go.Figure", asked: OneOf, tally: Tally, told: str | None, before: Tally | None
) -> "go.Figure":
    """Draw how many chose each answer, and which of them the models say."""
    choices = asked.choices[::-1]  # plotly counts upwards
    rounds = [tally] if before is None else [tally, before]
    names = [fold(name) for name in choices]
    row = max(BAR * len(rounds), LINE * max(name.count("<br>") + 1 for name in names)) + BAR // 2
    axis = panel(figure, row * len(choices), shared=False)
    for place, one in enumerate(rounds):
        colour = GUESS if not place else FAINT
        figure.add_bar(
            x=[_length(one, name) for name in choices],
            y=choices,
            xaxis="x2",
            yaxis="y2",
            orientation="h",
            name=say("guesses") if before is None else translate(VOTES[place]),
            uid=f"guesses{place}",
            marker={
                "color": [MODELS if name == told and not place else colour for name in choices]
            },
            text=[_count(one, name, told if not place else None) for name in choices],
            textposition="outside",
            constraintext="none",
            textangle=0,
            cliponaxis=False,
            error_x=_ends(one, choices),
            hoverinfo="skip",
            showlegend=before is not None,
        )
    most = max(1.0, *(_length(one, name) for one in rounds for name in choices))
    axis["xaxis2"] |= {"range": [0, most * 1.35], "visible": False}
    axis["yaxis2"] |= {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(choices),
        "ticktext": names,
        "tickvals": list(choices),
    }
    figure.update_layout(axis, barmode="group")
    _explain(figure, choices, rounds)
    return figure


def _shown(tally: Tally, name: str) -> str:
    """Return a count, what it lies between, or that it is hidden."""
    if name in tally.bands:
        return band_text(tally.bands[name])
    count = tally.counts.get(name)
    return hidden_text() if count is None else f"{count:.0f}"


def _length(tally: Tally, name: str) -> float:
    """Return how long a bar is: where its count is hidden, the least that it can be."""
    return tally.counts.get(name) or tally.bands.get(name, (0, 0))[0]


def _shifted(
    figure: "go.Figure", asked: OneOf, tally: Tally, before: Tally, told: str | None
) -> "go.Figure":
    """Draw how many went from each choice to each other one between two votes, as wide lines."""
    choices = asked.choices[::-1]
    axis = panel(figure, FLOW * len(choices), shared=False)
    most = max(tally.flow.values())
    for place, ((one, two), count) in enumerate(tally.flow.items()):
        figure.add_scatter(
            x=[0, 0.5, 1], y=[one, None, two], xaxis="x2", yaxis="y2", connectgaps=True,
            uid=f"flow{place}", mode="lines", showlegend=False, name=say("shift"), hoverinfo="skip",
            line={"color": FAINT if one == two else GUESS, "width": WIDEST * count / most},
        )  # fmt: skip
        figure.add_annotation(
            x=0.35, xref="x2", yref="y2", showarrow=False, text=str(count),
            y=0.65 * choices.index(one) + 0.35 * choices.index(two),
        )  # fmt: skip
    for x, anchor, vote, pool in (
        (0, "right", say("first vote"), before),
        (1, "left", say("second vote"), tally),
    ):
        figure.add_annotation(
            x=x, xref="x2", xanchor=anchor, y=1, yref="y2 domain", yanchor="bottom",
            text=vote, showarrow=False,
        )  # fmt: skip
        for name in choices:
            shown = f"<b>{_count(pool, name, told if x else None)}</b>"
            figure.add_annotation(
                x=x, xref="x2", xanchor=anchor, xshift=12 * (1 if x else -1), y=name, yref="y2",
                text=shown if x else labelled(fold(name), shown), showarrow=False,
            )  # fmt: skip
    axis["xaxis2"] |= {"range": [-1, 2], "visible": False}
    axis["yaxis2"] |= {
        "type": "category", "categoryorder": "array", "categoryarray": list(choices),
        "range": [-0.6, len(choices) - 0.4], "visible": False,
    }  # fmt: skip
    figure.update_layout(axis)
    _explain(figure, choices, (tally, before))
    return figure


def _explain(figure: "go.Figure", choices: Sequence[str], rounds: Sequence[Tally]) -> None:
    """Say below the figure why counts are hidden, and how many those of the last vote are."""
    if any(_shown(one, name) == hidden_text() for one in rounds for name in choices):
        caption = (layout_of(figure).get("meta") or {}).get("caption", "")
        now = rounds[0]
        counts = {name: now.counts.get(name) for name in choices}
        why = "" if now.bands or now.ends else note(counts, now.answers)
        figure.update_layout(meta={"caption": f"{caption} {why or why_hidden()}".strip()})


def _count(tally: Tally, name: str, told: str | None) -> str:
    """Return what stands at a bar; that it is the models' answer, in words too."""
    shown = _shown(tally, name)
    return say("{count} · the models say this", count=shown) if name == told else shown


def _ends(tally: Tally, choices: tuple[str, ...]) -> dict[str, Any]:
    """Return the intervals of estimated counts."""
    if not tally.ends:
        return {"visible": False}
    pairs = [(tally.counts.get(name) or 0.0, *tally.ends.get(name, (0.0, 0.0))) for name in choices]
    ends = {
        "array": [high - n for n, _, high in pairs],
        "arrayminus": [n - low for n, low, _ in pairs],
    }
    return {"type": "data", "symmetric": False, "thickness": 1.2, "width": 3, **ends}
