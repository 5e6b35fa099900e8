"""Which problem are we solving? Thresholds, measures and groups decide what there is to see."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.lessons.effect import Claim, Effect, Fact, Measured
from tradeoffs.lessons.lesson import (
    Lesson,
    Slider,
    Source,
    Step,
    StepState,
    StudySource,
    TrainingSource,
    Value,
)
from tradeoffs.lessons.prediction import Choice, Direction, Number
from tradeoffs.lessons.reading import (
    OVER_TRAININGS,
    change,
    level,
    over_seeds,
    select_rows,
    stated_effect,
)
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

ASIAN, BLACK = "Asian, not Hispanic", "Black, not Hispanic"
LOWEST, HIGHEST = 0, -1  # thresholds
PROBLEMS = {
    "poverty": "family income against the poverty line",
    "office_visits": "visits to doctors' offices",
    "emergency_visits": "visits to emergency rooms",
}
WHO = ("all adults", "employed", "18 to 44", "45 to 64", "65 or over")
MEASURES = {
    "demographic_parity_difference": "called high equally often",
    "equalized_odds_difference": "equal errors of both kinds",
    "precision_score_difference": "right equally often when called high",
    "zero_one_loss_difference": "equal errors overall",
}
BY = {"black": "Black or not", "sex": "sex", "age": "age", "black*sex": "Black or not, and sex"}
MODELS = {  # name -> what differs from no bound
    "no bound": {},
    "called alike, by race": {"protected": "black", "max_gap": 0.02},
    "equal errors, by race": {
        "protected": "black",
        "notion": "equalized_odds",
        "max_gap": 0.05,
    },
    "called alike, by sex": {"protected": "sex", "max_gap": 0.02},
    "trained on 500 people": {"rows": 500},
}
HELD = ("black", "sex", "black*sex")
CROSSING = ("Black, Female", "Black, Male", "not Black, Female", "not Black, Male")
DRAWINGS = {"race_ethnicity": "Hispanics apart", "race": "Hispanics within"}
LABELS = {
    "cost_top_tenth": "in the tenth that costs most",
    "visits_10": "among those with 10 visits or more",
    "conditions_3": "among those with three conditions or more",
    "health_poor": "among those whose own health is fair or poor",
}
BOUNDS = (None, 0.1, 0.05, 0.02)
DRAWS = 4000  # of chance alone
PARITY = "demographic_parity_difference"


def _gap_at(place: int, group: str) -> Measured:
    """Return a group's gap to the largest one at the lowest or the highest threshold."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        own = select_rows(table, {"measure": "gap", "group": group})
        if own.empty:
            return None
        threshold = str(own["threshold"].iloc[place])
        where = {"measure": "gap", "group": group, "threshold": threshold}
        found = stated_effect(table, where)
        other = _adults(str(own["other"].iloc[0]))
        return found and found.named(threshold=threshold, group=_adults(group), other=other)

    return of


def _gaps(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = select_rows(table, {"measure": "gap"})
    short = [_adults(str(group)) for group in found["group"]]
    return found.assign(adults=short).reset_index(drop=True)


def _adults(group: str) -> str:
    return f"{group.split(',')[0]} adults"


def _drawn_gaps(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return lines(
        _gaps(table, setting),
        x="threshold",
        series="adults",
        x_title=f"Yes means at least: {PROBLEMS[str(setting['feature'])]}",
        y_title="Share of yes, minus White adults'",
        reference=(0.0, "as White adults"),
    )


def _shown_gaps(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "threshold": "at least",
        "group": "group",
        "measure": "measure",
        "value": "value",
        "low": "from (95 %)",
        "high": "to (95 %)",
        "people": "people",
    }
    return display_table(select_rows(table, {}), titles, ("value", "low", "high"))


def _models(setting: StepState) -> Sequence[Scenario]:
    return [setting.scenario.but(**changes) for changes in MODELS.values()]


def _where(name: str) -> dict[str, object]:
    """Return the values that tell a model's rows from the others'."""
    one = {"protected": "black", "notion": "demographic_parity", "max_gap": None, "rows": 4311}
    return {**one, **MODELS[name]}


def _column(setting: StepState) -> str:
    return f"{setting['metric']}[{setting['by']}]"


def _ranking(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return each model's gap by the measure and groups that are chosen, the smallest first."""
    import pandas as pd

    rows = []
    for name in MODELS:
        found = level(table, _column(setting), _where(name))
        if found is not None:
            ends = {"value": found.value, "low": found.low, "high": found.high}
            rows.append({"model": name} | ends)
    names = ["model", "value", "low", "high"]
    return pd.DataFrame(rows, columns=names).sort_values("value", ignore_index=True)


def _smallest(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return the model with the smallest gap; None if it cannot be told from the next."""
    lead = _lead(table, setting)
    return lead.words["first"] if lead is not None and lead.sign > 0 else None


def _lead(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the second smallest gap minus the smallest, paired by seed."""
    found = _ranking(table, setting)
    if len(found) < 2:
        return None
    first, second = (str(name) for name in found["model"].head(2))
    gap = change(table, _column(setting), _where(second), _where(first))
    words = {
        "first": first,
        "second": second,
        "measure": MEASURES[str(setting["metric"])].capitalize(),
    }
    return gap and gap.named(**words, by=BY[str(setting["by"])])


def _against(name: str) -> Measured:
    """Return a model's gap minus that of no bound, by what is chosen."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = change(table, _column(setting), _where(name), _where("no bound"))
        return found and found.named(measure=MEASURES[str(setting["metric"])])

    return of


def _drawn_ranking(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    by = BY[str(setting["by"])]
    return dots(_ranking(table, setting), y="model", x_title=f"Gap between groups ({by})")


def _shown_ranking(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {"model": "model", "value": "gap"} | OVER_TRAININGS
    return display_table(_ranking(table, setting), titles, ("value", "low", "high"))


def _crossed(setting: StepState) -> Sequence[Scenario]:
    """Return no bound, and the bound on each drawing of the groups."""
    here = setting.scenario
    return [here.but(protected="black", max_gap=None)] + [
        here.but(protected=held, max_gap=0.02) for held in HELD
    ]


def _holds(held: str) -> dict[str, object]:
    return {"protected": "black", "max_gap": None} if held == "none" else {
        "protected": held, "max_gap": 0.02
    }  # fmt: skip


def _inside(by: str) -> Measured:
    """Return the gap by some groups where the chosen bound holds."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        return level(table, f"{PARITY}[{by}]", _holds(str(setting["held"])))

    return of


def _hidden(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the gap of the crossing minus that of the attribute whose gap is the larger."""
    rows = select_rows(table, _holds(str(setting["held"])))
    if rows.empty:
        return None
    single = rows[[f"{PARITY}[black]", f"{PARITY}[sex]"]].max(axis=1)
    more = rows.assign(more=rows[f"{PARITY}[black*sex]"] - single)
    return level(more, "more", {})


def _by_chance(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the mean gap of groups of this size if all had the same chance."""
    rows = select_rows(table, _holds(str(setting["held"])))
    if rows.empty:
        return None
    people = rows[[f"people[black*sex={group}]" for group in CROSSING]].iloc[0].to_numpy(float)
    share = float(rows["selection_rate"].to_numpy(float).mean())
    draws = np.random.default_rng(0).binomial(people.astype(int), share, (DRAWS, len(people)))
    rates = draws / people
    return Effect(value=float(np.ptp(rates, axis=1).mean()), low=-math.inf, high=math.inf)


def _crossings(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return the gap by race, by sex and by both, under each bound."""
    import pandas as pd

    del setting
    parts = []
    for by in HELD:
        found = over_seeds(table, ["protected", "max_gap"], f"{PARITY}[{by}]")
        held = [
            "no bound" if pd.isna(bound) else f"bound by {BY[str(name)]}"
            for name, bound in zip(found["protected"], found["max_gap"], strict=True)
        ]
        parts.append(found.assign(gap=f"gap by {BY[by]}", held=held))
    return pd.concat(parts, ignore_index=True)


def _drawn_crossings(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return dots(_crossings(table, setting), y="gap", series="held", x_title="Gap between groups")


def _shown_crossings(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "gap": "measured",
        "held": "trained with",
        "value": "gap",
        **OVER_TRAININGS,
    }
    return display_table(_crossings(table, setting), titles, ("value", "low", "high"))


def _redrawn(drawing: str) -> Measured:
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = stated_effect(table, {"drawing": drawing, "group": "gap"})
        return found and found.named(label=LABELS[setting.scenario.label])

    return of


def _drawings(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = select_rows(table, {}).loc[
        lambda t: (t["group"] != "gap") & (t["drawing"] != "difference")
    ]
    return found.assign(
        side=[str(name).split(",")[0] for name in found["group"]],
        drawn=[DRAWINGS[str(name)] for name in found["drawing"]],
    ).reset_index(drop=True)


def _drawn_groups(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    share = f"Share {LABELS[setting.scenario.label]}"
    return dots(_drawings(table, setting), y="drawn", series="side", x_title=share)


def _shown_groups(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "drawn": "drawn with",
        "group": "group",
        "people": "people",
        "value": "share",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(_drawings(table, setting), titles, ("value", "low", "high"))


def _fronts(setting: StepState) -> Sequence[Scenario]:
    here = setting.scenario
    return [here.but(protected=one, max_gap=gap) for gap in BOUNDS for one in DRAWINGS]


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(drawing=[DRAWINGS[name] for name in table["protected"]])
    return front_plane(named, configuration=("protected", "max_gap"), series="drawing")


def _tightest(column: str, drawing: str) -> Measured:
    """Return what the tightest bound changes, with groups drawn one way."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        tight, free = ({"protected": drawing, "max_gap": gap} for gap in (BOUNDS[-1], None))
        return change(table, column, tight, free)

    return of


def _named(words: dict[str, str]) -> Callable[[Value], str]:
    return lambda value: words[str(value)]


def _list(name: str, title: str, words: dict[str, str]) -> Slider:
    return Slider(name=name, title=title, choices=tuple(words), words=_named(words), ordered=False)


HOLDS = {"none": "nothing"} | {held: BY[held] for held in HELD}

LESSON = Lesson(
    name="which_problem",
    title="Which problem are we solving?",
    section="2.4.1",
    claim="what is measured, for whom and by which groups is chosen by people, and local knowledge "
    "is needed to choose it well.",
    role="You advise a city that wants to know who is left behind.",
    question="Before any model is trained, you draw a line, pick a measure and name the groups. "
    "How much of the answer have you given by then?",
    base=Scenario(
        dataset="meps",
        label="cost_top_tenth",
        protected="race_ethnicity",
        mechanism="none",
        epsilon=None,
    ),
    steps=(
        Step(
            title="Where is the line?",
            text=(
                "Who is left behind? You decide: families below an income of your choice, or "
                "adults who see a doctor too rarely, or who end up in emergency rooms.\n\nFor each "
                "place of the line, the picture shows how much more or less often than White "
                "adults the others are above it. Income is told in steps against the poverty line, "
                "which grows with the family."
            ),
            source=StudySource(study="decision_threshold", options=("feature", "who")),
            change={"feature": "poverty", "who": "45 to 64"},
            figure=_drawn_gaps,
            shown=_shown_gaps,
            sliders=(
                _list("feature", "Left behind in what?", PROBLEMS),
                Slider(name="who", title="Who is counted", choices=WHO, ordered=False),
            ),
            prediction=Direction(
                question="At ages 45 to 64, Asian adults have four times the poverty line or more "
                "… than White adults.",
                of=_gap_at(HIGHEST, ASIAN),
                choices=("less often", "about as often", "more often"),
            ),
            claims=tuple(
                Claim(
                    of=_gap_at(place, group),
                    more="From “{threshold}” on: {group} {size} more often than {other}",
                    less="From “{threshold}” on: {group} {size} less often than {other}",
                    tie="From “{threshold}” on: {group} and {other} cannot be told apart",
                )
                for group in (ASIAN, BLACK)
                for place in (LOWEST, HIGHEST)
            ),
            look="Does a line cross the middle? Then count other ages, and another problem.",
        ),
        Step(
            title="Which model is the fairest?",
            text=(
                "A court's office compares five models that foretell whether a person will be "
                "arrested again. It wants the one with the smallest gap between groups.\n\nBut a "
                "gap of what, and between whom? The models stay the same; you choose the measure "
                "and the groups."
            ),
            source=TrainingSource(
                settings=_models,
                varies=("protected", "notion", "max_gap", "rows"),
                columns=("accuracy", *(f"{metric}[{by}]" for metric in MEASURES for by in BY)),
            ),
            change={
                "dataset": "compas",
                "label": "rearrest",
                "protected": "black",
                "rows": 4311,
                "metric": "demographic_parity_difference",
                "by": "black",
            },
            figure=_drawn_ranking,
            shown=_shown_ranking,
            sliders=(
                _list("metric", "Fair means", MEASURES),
                _list("by", "Between groups by", BY),
            ),
            prediction=Choice(
                question="Called high equally often, Black or not: which has the smallest gap?",
                choices=tuple(MODELS),
                of=_smallest,
            ),
            claims=(
                Claim(
                    of=_lead,
                    more="{measure}, by {by}: the smallest gap has “{first}”, {size} below "
                    "“{second}”",
                    less="{measure}, by {by}: “{second}” lies {size} below “{first}”",
                    tie="{measure}, by {by}: “{first}” and “{second}” cannot be told apart",
                ),
                *(
                    Claim(
                        of=_against(name),
                        more=f"“{name}” has a gap {{size}} larger than no bound",
                        less=f"“{name}” has a gap {{size}} smaller than no bound",
                        tie=f"“{name}” and no bound cannot be told apart",
                    )
                    for name in list(MODELS)[1:4]
                ),
            ),
            look="Go through the measures, then through the groups: who leads the list?",
        ),
        Step(
            title="What hides inside a group",
            text=(
                "A model may call women and men alike, and Black people and others alike, and "
                "still treat Black women unlike everybody else. So the bound is put on one way to "
                "draw groups, and the gap is measured by all.\n\nMore groups differ more by chance "
                "alone: the last sentence says by how much."
            ),
            source=TrainingSource(
                settings=_crossed,
                varies=("protected", "max_gap"),
                columns=(
                    "selection_rate",
                    *(f"{PARITY}[{by}]" for by in HELD),
                    *(f"people[black*sex={group}]" for group in CROSSING),
                ),
            ),
            change={"held": "black", "notion": "demographic_parity"},
            figure=_drawn_crossings,
            shown=_shown_crossings,
            sliders=(_list("held", "The sentences are about a bound by", HOLDS),),
            prediction=Number(
                question="The bound by Black or not allows a gap of 2 points. How large is the gap "
                "between the four groups of race and sex together, in points?",
                of=_inside("black*sex"),
                unit="points",
                low=0,
                high=60,
            ),
            claims=(
                Fact(of=_inside("black"), text="Gap by Black or not: {value}", unit="points"),
                Fact(of=_inside("sex"), text="Gap by sex: {value}", unit="points"),
                Claim(
                    of=_hidden,
                    more="Between the four groups together the gap is {size} larger than the "
                    "larger of the two",
                    less="Between the four groups together the gap is {size} smaller than the "
                    "larger of the two",
                    tie="The gap between the four groups together cannot be told from the larger "
                    "of the two",
                ),
                Fact(
                    of=_by_chance,
                    text="If all had the same chance, four groups of this size would lie {value} "
                    "apart on average, by chance alone",
                    unit="points",
                ),
            ),
            look="Compare the lowest line of dots with the two above it.",
        ),
        Step(
            title="Draw the group anew",
            text=(
                "Back to health care. Two official ways to draw groups are in use: Hispanic people "
                "are a group of their own, or they are counted as White or Black. The people, "
                "their care and the label stay the same.\n\nHow large is the gap between White and "
                "Black adults?"
            ),
            source=StudySource(study="redefined_group"),
            change={
                "dataset": "meps",
                "label": "cost_top_tenth",
                "protected": "race_ethnicity",
                "rows": 3000,
            },
            figure=_drawn_groups,
            shown=_shown_groups,
            sliders=(_list("label", "Counted is who is", LABELS),),
            prediction=Direction(
                question="Among those who cost most: with Hispanics within, the gap between White "
                "and Black adults is … than with Hispanics apart.",
                of=_redrawn("difference"),
                choices=("smaller", "about the same", "larger"),
            ),
            claims=(
                *(
                    Claim(
                        of=_redrawn(drawing),
                        more=f"{words}: White adults are {{label}} {{size}} more often than Black "
                        "adults",
                        less=f"{words}: White adults are {{label}} {{size}} less often than Black "
                        "adults",
                        tie=f"{words}: White and Black adults cannot be told apart",
                    )
                    for drawing, words in DRAWINGS.items()
                ),
                Claim(
                    of=_redrawn("difference"),
                    more="Drawing Hispanics within moves the gap up by {size}",
                    less="Drawing Hispanics within moves the gap down by {size}",
                    tie="Whether the drawing moves the gap cannot be told",
                ),
            ),
            look="Two pairs of dots, the same people.",
        ),
        Step(
            title="A bound needs to know its groups",
            text=(
                "Now a rule bounds the gap between all groups, drawn one way or the other, and "
                "models are trained again under each bound. They tell who has three chronic "
                "conditions or more.\n\nFor each drawing the line joins what no other bound beats."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("protected", "max_gap"),
                columns=("accuracy", "gap"),
                splits=("select", "report"),
            ),
            change={"label": "conditions_3"},
            figure=_plane,
            sliders=(
                Slider(
                    name="notion",
                    title="Fair means",
                    choices=("demographic_parity", "equal_opportunity"),
                    words=_named(
                        {
                            "demographic_parity": "chosen equally often",
                            "equal_opportunity": "chosen equally often where ill",
                        }
                    ),
                    ordered=False,
                ),
            ),
            claims=tuple(
                Claim(
                    of=_tightest(column, drawing),
                    more=f"{words}: the tightest bound raises {what} by {{size}}",
                    less=f"{words}: the tightest bound lowers {what} by {{size}}",
                    tie=f"{words}: what the tightest bound does to {what} cannot be told",
                )
                for drawing, words in DRAWINGS.items()
                for column, what in (("gap", "the gap"), ("accuracy", "right answers"))
            ),
            look="To the right the groups are chosen more alike. The two lines are about different "
            "groups, so their gaps are not the same quantity.",
        ),
    ),
    try_this=(
        "In the first step, choose emergency rooms, then doctors' offices.",
        "In the second step, find a measure by which another model leads.",
        "In the fourth step, find a label whose gap turns round with the drawing.",
    ),
    discuss=(
        "Who drew the poverty line, and for which purpose?",
        "Which groups would people where you live name, and would they be in any table?",
        "If every measure names another model, who should choose the measure?",
    ),
    decisions=(
        "Fix line, measure and groups in advance, with those affected",
        "Report all of them, and let readers judge",
        "Ask for other data before going on",
    ),
    sources=(
        Source(title="The paper, section 2.4.1: problem understanding", where="arXiv:2306.10043"),
        Source(title="Ding et al. 2021: Retiring Adult", where="arXiv:2108.04884"),
        Source(
            title="Buolamwini, Gebru 2018: Gender Shades, on crossings",
            where="https://proceedings.mlr.press/v81/buolamwini18a.html",
        ),
        Source(title="AHRQ: Medical Expenditure Panel Survey", where="https://meps.ahrq.gov"),
    ),
    limits=(
        "The table has income in steps against the poverty line, not in dollars, so the finer "
        "question of 25,000 or 75,000 dollars cannot be asked of it. People are counted without "
        "the weights of the survey. The court data are of one county in 2013 and 2014; an arrest "
        "is not a crime. Intervals of models are over trainings, all tested on the same people. "
        "Which model leads a list is picked by the numbers that then compare it, which favours a "
        "clear lead. Where groups are small, gaps between them are mostly chance."
    ),
    minutes=10,
)
