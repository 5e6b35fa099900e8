"""One model for everyone: one choice for nine regions and many seats, and who makes it."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.lessons.effect import Claim, Effect, Fact, Measured
from tradeoffs.lessons.lesson import (
    Lesson,
    Seats,
    Slider,
    Source,
    Step,
    StepState,
    StudySource,
    TrainingSource,
    Value,
)
from tradeoffs.lessons.prediction import Choice, Direction, Vote
from tradeoffs.lessons.reading import (
    OVER_TRAININGS,
    change,
    over_trainings,
    select_rows,
    stated_effect,
)
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane
from tradeoffs.scenario import Scenario, as_text

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

BOUNDS = (None, 0.15, 0.1, 0.05, 0.02, 0.0)  # as the study nine_regions has them
TRADES = (None, 50, 20, 10, 5, 1, 0)  # points of gap that a point of right answers is worth
CHAIRS = "none+none+0"  # at the ends of the scale; nobody sits there yet
EVERYWHERE = "mean of the regions"  # as the study nine_regions names it, and both ways
WAYS = ("its own choice", "its own model")
MAJORITY: str = "majority: what most seats put first"
MAXIMIN: str = "the worst-off seat loses least"
COMPROMISE: str = "the seats together lose least"
RULES = (MAJORITY, MAXIMIN, COMPROMISE)
SHORT: dict[str, str] = {
    MAJORITY: "majority",
    MAXIMIN: "worst-off first",
    COMPROMISE: "least in total",
}


def _settings(setting: StepState) -> Sequence[Scenario]:
    return [setting.scenario.but(max_gap=gap) for gap in BOUNDS]


def _utilities(table: "pd.DataFrame", weight: float, split: str) -> np.ndarray | None:
    """Return (bounds, seeds) of a seat's utility; None where a model is not there yet."""
    rows = []
    for bound in BOUNDS:
        part = select_rows(table, {"max_gap": bound}, split).sort_values(by="seed")
        rows.append((1 - weight) * part["accuracy"] - weight * part["gap"])
    if len({len(row) for row in rows}) > 1 or not len(rows[0]):
        return None
    found = np.stack([row.to_numpy(float) for row in rows])
    return found if np.isfinite(found).all() else None


def _chosen(table: "pd.DataFrame", weight: float) -> int | None:
    """Return which bound a seat puts first, by the half that choices are made on."""
    found = _utilities(table, weight, "select")
    return None if found is None else int(found.mean(1).argmax())


def _mine(column: str) -> Measured:
    """Return what the seat's choice changes against no bound."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        place = _chosen(table, _weight(setting["trade"]))
        if place is None:
            return None
        bound = BOUNDS[place]
        found = change(table, column, {"max_gap": bound}, {"max_gap": None})
        return found and found.named(bound=_in_words(bound))

    return of


def _first(table: "pd.DataFrame", setting: StepState) -> str | None:
    place = _chosen(table, _weight(setting["trade"]))
    return None if place is None else _in_words(BOUNDS[place])


def _front(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    """Draw the front, and where the seat's choice lies on it."""
    named = table.assign(bound=[_in_words(gap) for gap in table["max_gap"]])
    figure = front_plane(named, configuration=["bound"], words="bound")
    place = _chosen(table, _weight(setting["trade"]))
    if place is not None:
        part = select_rows(table, {"max_gap": BOUNDS[place]})
        figure.add_scatter(
            x=[part["gap"].mean()],
            y=[part["accuracy"].mean()],
            mode="markers",
            name="your choice",
            uid="choice",
            marker={"symbol": "star", "size": 18, "color": "var(--st-text-color)"},
        )
    return figure


def _front_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    report = table.loc[table["split"] == "report"]
    found = report.groupby("max_gap", sort=False, dropna=False)[["accuracy", "gap"]].mean()
    found = found.reset_index()
    found["bound"] = [_in_words(gap) for gap in found["max_gap"]]
    titles = {"bound": "bound", "accuracy": "right answers", "gap": "gap"}
    return display_table(found, titles, ("accuracy", "gap"))


def _gain(way: str) -> Measured:
    """Return what a way gains in the mean of the regions, against one choice for all."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        found = stated_effect(table, {"region": EVERYWHERE, "way": way})
        own = (table["way"] == way) & (table["region"] != EVERYWHERE) & table["value"].notna()
        signs = table.loc[own, "sign"].tolist()
        return found and found.named(
            gains=str(signs.count(1)), loses=str(signs.count(-1)), regions=str(len(signs))
        )

    return of


def _regions(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    return dots(
        table,
        y="region",
        series="way",
        x_title="Gain against one choice for all, in weighed points",
        reference=(0.0, "one choice for all"),
    )


def _regions_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = table.loc[table["region"] != EVERYWHERE].copy()
    for name in ("bound", "for_all"):
        found[name] = [_in_words(gap) for gap in found[name]]
    titles = {
        "region": "region",
        "way": "instead",
        "bound": "bound taken there",
        "for_all": "bound for all",
        "value": "gain",
        "low": "from (95 %)",
        "high": "to (95 %)",
        "people": "people asked",
        "trained": "people trained on there",
    }
    return display_table(found, titles, ("value", "low", "high"))


def _room(setting: StepState) -> list[str]:
    return str(setting["seats"]).split("+")


def _decided(table: "pd.DataFrame", weights: Sequence[float]) -> Mapping[str, int] | None:
    """Return the bound that each rule takes for a room, by the half that choices are made on.

    Of several bounds that most seats put first, majority takes the one with the least total loss.
    """
    rows = [_utilities(table, weight, "select") for weight in weights]
    known = [row.mean(1) for row in rows if row is not None]
    if len(known) < len(weights):
        return None
    means = np.stack(known)  # (seats, bounds)
    regret = means.max(1, keepdims=True) - means
    votes = np.bincount(means.argmax(1), minlength=len(BOUNDS))
    total = regret.sum(0)
    tied = np.where(votes == votes.max(), total, np.inf)
    return {
        MAJORITY: int(tied.argmin()),
        MAXIMIN: int(regret.max(0).argmin()),
        COMPROMISE: int(total.argmin()),
    }


def _losses(table: "pd.DataFrame", weights: Sequence[float], place: int) -> np.ndarray | None:
    """Return (seats, seeds): what each seat loses by a choice, on the half that is reported."""
    found = []
    for weight in weights:
        first, measured = _chosen(table, weight), _utilities(table, weight, "report")
        if first is None or measured is None:
            return None
        found.append(measured[first] - measured[place])
    return np.stack(found)


def _worst(rule: str) -> Measured:
    """Return what the seat that loses most under a rule loses."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        weights = [*map(_weight, _room(setting))]
        decided = _decided(table, weights)
        if decided is None:
            return None
        losses = _losses(table, weights, decided[rule])
        if losses is None:
            return None
        most = int(losses.mean(1).argmax())
        found = over_trainings(losses[most])
        bound, seat = _in_words(BOUNDS[decided[rule]]), f"seat {most + 1}"
        return found.named(bound=bound, seat=seat, trade=_trade(_room(setting)[most]))

    return of


def _between(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the largest loss under majority minus that where the worst-off come first."""
    weights = [*map(_weight, _room(setting))]
    decided = _decided(table, weights)
    if decided is None:
        return None
    most, least = (_losses(table, weights, decided[rule]) for rule in (MAJORITY, MAXIMIN))
    if most is None or least is None:
        return None
    return over_trainings(most[most.mean(1).argmax()] - least[least.mean(1).argmax()])


def _voted(table: "pd.DataFrame", setting: StepState, vote: str) -> str:
    fact = _fact(vote)
    return fact.describe(fact.of(table, setting))


def _seats(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    """Draw what every seat loses; rules that take the same bound are one series."""
    found = _by_seat(table, setting)
    taken: dict[str, list[str]] = {}
    for bound, rule in found[["bound", "rule"]].drop_duplicates().itertuples(index=False):
        taken.setdefault(bound, []).append(rule)
    found["rules"] = [", ".join(taken[bound]) for bound in found["bound"]]
    return dots(
        found.drop_duplicates(["seat", "rules"]),
        y="seat",
        series="rules",
        x_title="Loss against the seat's own choice, in points as it weighs them",
    )


def _by_seat(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return one row a seat and rule: value, low, high of its loss, and the bound taken."""
    import pandas as pd

    weights = [*map(_weight, _room(setting))]
    decided = _decided(table, weights)
    rows = []
    for rule, place in (decided or {}).items():
        losses = _losses(table, weights, place)
        for seat, values in enumerate([] if losses is None else losses):
            found = over_trainings(values)
            rows.append(
                {
                    "seat": f"seat {seat + 1}: {_trade(_room(setting)[seat])}",
                    "rule": SHORT[rule],
                    "bound": _in_words(BOUNDS[place]),
                    "value": found.value,
                    "low": found.low,
                    "high": found.high,
                }
            )
    columns = ["seat", "rule", "bound", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns)  # fmt: skip


def _seats_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "seat": "seat",
        "rule": "rule",
        "bound": "bound taken",
        "value": "loss",
        **OVER_TRAININGS,
    }
    return display_table(_by_seat(table, setting), titles, ("value", "low", "high"))


def _in_words(gap: Value) -> str:
    bound = math.nan if gap is None else float(gap)
    return "no bound" if math.isnan(bound) else f"a bound of {100 * bound:.0f} points"


def _weight(trade: Value) -> float:
    """Return the weight of the gap, from 0 to 1; right answers have the rest."""
    return 0.0 if trade in (None, "none") else 1 / (1 + float(trade))  # type: ignore[arg-type]


def _trade(trade: Value) -> str:
    """Return what one point of right answers is worth, in words."""
    if trade in (None, "none"):
        return "only right answers count"
    if float(trade) == 0:  # type: ignore[arg-type]
        return "only the gap counts"
    return f"1 point of right answers for {trade} of gap"


def _fact(rule: str) -> Fact:
    return Fact(
        of=_worst(rule),
        unit="points",
        text=f"By “{SHORT[rule]}” the room takes {{bound}}; {{seat}} ({{trade}}) loses most, "
        "{value}",
    )


def _regions_claim(way: str) -> Claim:
    counted = (
        f"With {way}, {{gains}} of {{regions}} regions gain and {{loses}} lose more than chance "
        "explains, looking at {regions} at once"
    )
    return Claim(
        of=_gain(way),
        more=f"{counted}; in the mean a region gains {{size}}",
        less=f"{counted}; in the mean a region loses {{size}}",
        tie=f"{counted}; the mean of the regions cannot be told from nothing",
    )


ENDS = ("only right answers count", "only the gap counts")
FRONT = TrainingSource(
    settings=_settings,
    varies=("max_gap",),
    columns=("accuracy", "gap"),
    splits=("select", "report"),
)

LESSON = Lesson(
    name="one_model_for_everyone",
    title="One model for everyone",
    section="3",
    claim="whoever can build a model writes values into it, and they become everybody's values.",
    role="You sit at a table where one model for a whole country is chosen.",
    question="Whose weights count, and who loses by one choice for all?",
    base=Scenario(dataset="gss", label="income_25k", protected="sex", epsilon=None),
    steps=(
        Step(
            title="Your seat",
            text=(
                "The model says whose family gets by. More right answers are good to have; so is "
                "a small gap between the shares of women and of men that get a yes. Right answers "
                "are a value too.\n\nHow many points of gap would you take for one more point of "
                "right answers? Your weights pick one of six bounds."
            ),
            source=FRONT,
            change={"trade": 1},
            figure=_front,
            shown=_front_shown,
            sliders=(
                Slider(
                    name="trade",
                    title="What one point of right answers is worth to you",
                    choices=TRADES,
                    words=_trade,
                    ends=ENDS,
                ),
            ),
            prediction=Choice(
                question="If a point of gap weighs as much as a point of right answers, which "
                "bound is picked?",
                choices=tuple(map(_in_words, BOUNDS)),
                of=_first,
            ),
            claims=(
                Claim(
                    of=_mine("accuracy"),
                    more="Your choice, {bound}, makes {size} more answers right than no bound",
                    less="Your choice, {bound}, costs {size} of right answers",
                    tie="What your choice, {bound}, costs in right answers cannot be told from "
                    "nothing",
                ),
                Claim(
                    of=_mine("gap"),
                    more="It widens the gap by {size}",
                    less="It narrows the gap by {size}",
                    tie="It leaves the gap as it is without a bound, as far as can be told",
                ),
            ),
            look="Move your weights from one end to the other: where does the star jump?",
        ),
        Step(
            title="Nine regions, one choice",
            text=(
                "Your weights are now applied in nine regions. Either one bound is picked for "
                "the whole country, or every region picks its own with your weights, or it even "
                "trains a model on its own people alone.\n\nA gain is counted in points, right "
                "answers and gap weighed as you do. Each choice is made on some people and "
                "measured on others."
            ),
            source=StudySource(study="nine_regions", options=("trade",)),
            figure=_regions,
            shown=_regions_shown,
            sliders=(
                Slider(
                    name="trade",
                    title="What one point of right answers is worth to you",
                    choices=TRADES,
                    words=_trade,
                    ends=ENDS,
                ),
            ),
            prediction=Direction(
                question="A region that picks its own bound, with the same weights, does …",
                of=_gain(WAYS[0]),
                choices=("worse", "about as well", "better"),
            ),
            claims=tuple(map(_regions_claim, WAYS)),
            look="How long are the whiskers where few people live? Who could know better there?",
        ),
        Step(
            title="The room decides",
            text=(
                "Other people have other weights. Let everybody in the room take a seat, one "
                "after another. Three chairs stand there at first, two at one end of the scale "
                "and one at the other; nobody sits on them, and you can empty the room.\n\nThree "
                "rules can pick one bound for all seats. A seat's loss is what it would have "
                "gained by its own choice, in points as it weighs them."
            ),
            source=FRONT,
            change={"seats": CHAIRS},
            figure=_seats,
            shown=_seats_shown,
            sliders=(
                Seats(
                    name="seats",
                    title="What one point of right answers is worth to the next seat",
                    choices=tuple(map(as_text, TRADES)),
                    words=_trade,
                    ends=ENDS,
                ),
            ),
            prediction=Vote(
                question="By which rule should a room with different weights decide?",
                choices=RULES,
                outcome=_voted,
            ),
            claims=(
                *map(_fact, RULES),
                Claim(
                    of=_between,
                    more="The seat that loses most loses {size} more by majority than where the "
                    "worst-off come first",
                    less="The seat that loses most loses {size} less by majority than where the "
                    "worst-off come first",
                    tie="What the seat that loses most loses by majority cannot be told from what "
                    "it loses where the worst-off come first",
                ),
            ),
            look="Add seats of one kind until a rule changes its choice. Which rule moves first?",
        ),
    ),
    try_this=(
        "Empty the room, put two chairs at the end where only one stood, and one at the other.",
        "Take seats until the three rules pick three different bounds, if you can.",
    ),
    discuss=(
        "Which weights had been chosen before anybody in the room was asked, and by whom?",
        "Who has no seat here, though the model decides about them?",
        "When is one choice for all fairer than many, and who may say so?",
    ),
    decisions=(
        "One choice for all, by a rule the room agrees on",
        "A choice of its own for every region",
        "Several models, among which people choose",
    ),
    sources=(
        Source(title="The paper, section 3: homogenization and control", where="arXiv:2306.10043"),
        Source(
            title="Bommasani et al.: Does algorithmic monoculture lead to outcome homogenization?",
            where="arXiv:2211.13972",
        ),
        Source(title="General Social Survey, NORC", where="https://gss.norc.org"),
    ),
    limits=(
        "No region was asked for its values: the weights are yours and the room's, and the same "
        "ones are applied everywhere. Only two values are weighed, one meaning of the gap is used, "
        "and the choice is among six bounds. Regions of the survey are large and alike; with some "
        "hundred people a region, a gap is known to several points only. Losses of seats are over "
        "8 trainings on the same test people, who leave more open than that. Where several bounds "
        "have most votes, majority takes the one by which the seats together lose least."
    ),
)
