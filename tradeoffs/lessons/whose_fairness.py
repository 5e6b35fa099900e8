"""Whose fairness: three measures of error that cannot agree while base rates differ."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tradeoffs.lessons.effect import Claim, Effect, Fact
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
from tradeoffs.lessons.reading import OVER_TRAININGS, change, over_seeds, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane
from tradeoffs.report.text import percent
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

MEASURES = {  # as the study names them
    "false_alarms": "false alarms: called high, of those not arrested again",
    "missed": "missed: called low, of those arrested again",
    "right_when_high": "right when high: arrested again, of those called high",
}
SHORT = {"false_alarms": "false alarms", "missed": "misses", "right_when_high": "right when high"}
SAME = "one line for all"
BOUNDS = (None, 0.2, 0.1, 0.05, 0.02)
SIDES = {"equalized_odds": "error rates", "group_calibration": "what a score means"}
GAPS = {
    "equalized_odds_difference": "gap in error rates",
    "mean_residual_difference": "gap in what a score means",
}
NONE = "none of the other two"


def _gap(measure: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return a measure's difference, Black minus White."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        return stated_effect(table, {"measure": measure, "group": "difference"})

    return of


def _rate(measure: str, group: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        where = {"measure": measure, "group": group}
        found = stated_effect(table, where)
        if found is None:
            return None
        row = table.loc[(table["measure"] == measure) & (table["group"] == group)].iloc[0]
        return found.named(people=f"{int(row['people']):,}", of=f"{int(row['of']):,}")

    return of


def _implied(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the false alarms of Black people as counted, with those that follow."""
    found = _rate("false_alarms", "Black")(table, setting)
    if found is None:
        return None
    row = table.loc[(table["measure"] == "false_alarms") & (table["group"] == "Black")].iloc[0]
    return found.named(implied=percent(float(row["implied"])))


def _also_equal(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return which other measures cannot be told apart when one is held."""
    hold = setting["hold"]
    others = [name for name in MEASURES if name != hold]
    found = [_gap(name)(table, setting) for name in others]
    known = [(name, one) for name, one in zip(others, found, strict=True) if one]
    if len(known) < len(others):
        return None
    equal = [SHORT[name] for name, one in known if one.sign == 0]
    return {0: NONE, 1: "one of the other two"}.get(len(equal), "both others")


def _false_alarms(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    return select_rows(table, {"measure": "false_alarms"})


def _drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    groups = table.loc[table["group"] != "difference"] if len(table) else table
    words = (
        groups.assign(measure=[MEASURES[name] for name in groups["measure"]])
        if len(groups)
        else groups
    )
    return dots(words, y="measure", series="group", x_title="Of 100 people, as named")


def _counts(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    words = table.assign(measure=[SHORT[name] for name in table["measure"]])
    titles = {
        "measure": "measure",
        "group": "group",
        "line": "called high from",
        "people": "people",
        "of": "of",
        "value": "share",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(words, titles, ("value", "low", "high"))


def _sides(setting: StepState) -> Sequence[Scenario]:
    """Return no bound, then the bounds of one side and of the other."""
    here = setting.scenario
    bound = [here.but(notion=notion, max_gap=gap) for notion in SIDES for gap in BOUNDS[1:]]
    return [here.but(notion=next(iter(SIDES)), max_gap=None), *bound]


def _one_side(setting: StepState) -> Sequence[Scenario]:
    return [setting.scenario.but(max_gap=bound) for bound in BOUNDS]


def _moved(column: str, notion: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return what a side's tightest bound changes, against no bound."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        tight = {"notion": notion, "max_gap": BOUNDS[-1]}
        return change(table, column, tight, {"max_gap": None})

    return of


def _tightest(column: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        return change(table, column, {"max_gap": BOUNDS[-1]}, {"max_gap": None})

    return of


def _between(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    """Draw both gaps at every bound of each side."""
    return dots(
        _gaps(table, setting), y="bound", series="measured", x_title="Gap, Black and not Black"
    )


def _gaps(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    parts = []
    for column, title in GAPS.items():
        found = over_seeds(table, ["notion", "max_gap"], column)
        parts.append(found.assign(measured=title, bound=[_bound(*row) for row in _rows(found)]))
    return pd.concat(parts, ignore_index=True)


def _rows(found: "pd.DataFrame") -> list[tuple[str, float]]:
    return list(zip(found["notion"], found["max_gap"], strict=True))


def _bound(notion: str, bound: float) -> str:
    import pandas as pd

    return "no bound" if pd.isna(bound) else f"{SIDES[notion]} within {percent(bound, 0)}"


def _gaps_told(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {"bound": "asked", "measured": "measured", "value": "gap"} | OVER_TRAININGS
    titles |= {"seeds": "trainings"}
    return display_table(_gaps(table, setting), titles, ("value", "low", "high"))


def _hold(value: Value) -> str:
    return SAME if value == SAME else f"own lines, equal {SHORT[str(value)]}"


STUDY = StudySource(study="compas_score", options=("cut", "hold"))
CUT = Slider(
    name="cut",
    title="A score is called high from",
    choices=tuple(range(2, 11)),
    words=lambda value: f"{value} of 10",
    ends=("many called high", "few called high"),
)
HOLD = Slider(
    name="hold",
    title="Who is called high?",
    choices=(SAME, *MEASURES),
    words=_hold,
    ordered=False,
)
TRAINED = TrainingSource(
    settings=_sides,
    varies=("notion", "max_gap"),
    columns=("accuracy", *GAPS),
)
SIDE = Slider(
    name="notion",
    title="Whose side?",
    choices=tuple(SIDES),
    words=lambda value: f"equal {SIDES[str(value)]}",
)

LESSON = Lesson(
    name="whose_fairness",
    title="Whose fairness?",
    section="2.3",
    claim="fairness has many definitions, and which one is meant is a decision of people.",
    role="You are asked to judge a risk score that courts of a county used in 2013.",
    question="A newspaper says it is unfair to Black people. Its maker says it is fair. Who errs?",
    base=Scenario.of(
        dataset="compas",
        label="rearrest",
        protected="black",
        notion="equalized_odds",
        epsilon=None,
        rows=4311,
    ),
    steps=(
        Step(
            title="What the newspaper counted",
            text=(
                "Each of 7,214 people got a score from 1 to 10. From 5 up it was called medium or "
                "high risk. Two years later one could see who had been arrested again.\n\nThe "
                "newspaper asked: **of those who were not arrested again, how many had been called "
                "high?** That is a false alarm."
            ),
            change={"cut": 5, "hold": SAME},
            source=STUDY,
            figure=_drawn,
            shown=_counts,
            part=_false_alarms,
            prediction=Number(
                question="Of 100 Black people who were not arrested again, how many had been "
                "called high?",
                of=_rate("false_alarms", "Black"),
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Fact(
                    of=_rate("false_alarms", "Black"),
                    text="Black people: {people} false alarms among {of}, {value}",
                ),
                Fact(
                    of=_rate("false_alarms", "White"),
                    text="White people: {people} false alarms among {of}, {value}",
                ),
                Claim(
                    of=_gap("false_alarms"),
                    more="Black people met {size} more false alarms",
                    less="Black people met {size} fewer false alarms",
                    tie="False alarms cannot be told apart",
                ),
            ),
        ),
        Step(
            title="What the maker answered",
            text=(
                "The maker asked another question: **of those called high, how many were arrested "
                "again?** If that is alike, it said, the score means the same for everybody.\n\n"
                "The answers come from the same people."
            ),
            source=STUDY,
            figure=_drawn,
            shown=_counts,
            sliders=(CUT,),
            prediction=Direction(
                question="Called high and then arrested again: for Black people, against White "
                "people, this happened …",
                of=_gap("right_when_high"),
                choices=("less often", "about as often", "more often"),
            ),
            claims=(
                Claim(
                    of=_gap("right_when_high"),
                    more="When called high, Black people were arrested again {size} more often",
                    less="When called high, Black people were arrested again {size} less often",
                    tie="When called high, the groups cannot be told apart",
                ),
                Claim(
                    of=_gap("missed"),
                    more="Of those arrested again, {size} more Black people had been called low",
                    less="Of those arrested again, {size} fewer Black people had been called low",
                    tie="Misses cannot be told apart",
                ),
                Claim(
                    of=_gap("false_alarms"),
                    more="Of those not arrested again, {size} more Black people had been called "
                    "high",
                    less="Of those not arrested again, {size} fewer Black people had been called "
                    "high",
                    tie="False alarms cannot be told apart",
                ),
            ),
            look="Move the line to both ends. Which of the three pairs of dots ever meet?",
        ),
        Step(
            title="Make one of them equal",
            text=(
                "Give each group a line of its own, so that one of the three measures agrees as "
                "nearly as ten scores allow. What happens to the other two?"
            ),
            change={"hold": "false_alarms"},
            source=STUDY,
            figure=_drawn,
            shown=_counts,
            sliders=(HOLD, CUT),
            prediction=Choice(
                question="With equal false alarms, which of the other two are equal too?",
                choices=("both others", "one of the other two", NONE),
                of=_also_equal,
            ),
            claims=(
                *(
                    Claim(
                        of=_gap(measure),
                        more=f"{title}: {{size}} more for Black people",
                        less=f"{title}: {{size}} less for Black people",
                        tie=f"{title}: cannot be told apart",
                    )
                    for measure, title in (
                        ("false_alarms", "False alarms"),
                        ("missed", "Misses"),
                        ("right_when_high", "Right when high"),
                    )
                ),
                Fact(
                    of=_implied,
                    text="No choice is left: from the share arrested again, the misses and the "
                    "right ones alone, Black people's false alarms must be {implied}; counted are "
                    "{value}",
                ),
            ),
            look="The last sentence is arithmetic: it holds for every line and every group.",
        ),
        Step(
            title="Both sides train a model",
            text=(
                "Now the two sides train models of their own on six columns of the record, not on "
                "the score. One side asks for like error rates, the other for scores that mean the "
                "same. Each tightens its bound step by step."
            ),
            source=TRAINED,
            figure=_between,
            shown=_gaps_told,
            prediction=Direction(
                question="When error rates are bound tightly, the gap in what a score means …",
                of=_moved("mean_residual_difference", "equalized_odds"),
                choices=("shrinks", "stays about the same", "grows"),
            ),
            claims=(
                Claim(
                    of=_moved("equalized_odds_difference", "equalized_odds"),
                    more="Binding error rates widens their own gap by {size}",
                    less="Binding error rates narrows their own gap by {size}",
                    tie="Binding error rates changes their own gap by nothing that can be told",
                ),
                Claim(
                    of=_moved("mean_residual_difference", "equalized_odds"),
                    more="It widens the gap in what a score means by {size}",
                    less="It narrows the gap in what a score means by {size}",
                    tie="What it does to the gap in what a score means cannot be told from nothing",
                ),
                Claim(
                    of=_moved("equalized_odds_difference", "group_calibration"),
                    more="Binding what a score means widens the gap in error rates by {size}",
                    less="Binding what a score means narrows the gap in error rates by {size}",
                    tie="What binding the meaning of a score does to error rates cannot be told "
                    "from nothing",
                ),
            ),
            look="Read each side's lines downwards: its own gap, and the other side's.",
        ),
        Step(
            title="And what is right most often?",
            text="Pick a side. Its front: how often a model is right, against the gap it means.",
            source=TrainingSource(
                settings=_one_side,
                varies=("max_gap",),
                columns=("accuracy", "gap"),
                splits=("select", "report"),
            ),
            figure=lambda table, setting: front_plane(table, configuration=("max_gap",)),
            sliders=(SIDE,),
            claims=(
                Claim(
                    of=_tightest("accuracy"),
                    more="The tightest bound gives {size} more right answers",
                    less="The tightest bound costs {size} of right answers",
                    tie="The tightest bound costs nothing that can be told",
                ),
                Claim(
                    of=_tightest("gap"),
                    more="It widens the gap that this side means by {size}",
                    less="It narrows the gap that this side means by {size}",
                    tie="It changes the gap that this side means by nothing that can be told",
                ),
            ),
            look="Change sides: the axis to the right is then another gap.",
        ),
    ),
    try_this=(
        "In step 3, hold each measure in turn and look for a line at which two of them agree.",
        "Open the setting in the Explorer and pick the label that corrects the published table.",
    ),
    discuss=(
        "One half argues for the person who was never arrested again, the other for the one who "
        "meets somebody let go. Which measure does each need?",
        "Re-arrest also tells whom the police watch. Which of the three measures does that touch?",
        "Who should choose the measure: the court, the maker, the people scored, or a law?",
    ),
    decisions=(
        "Use it, with one line for all",
        "Use it, with a line for each group",
        "Use it only to offer help, never to hold anybody",
    ),
    sources=(
        Source(
            title="Larson and others: How We Analyzed the COMPAS Recidivism Algorithm",
            where="https://www.propublica.org/article/"
            "how-we-analyzed-the-compas-recidivism-algorithm",
        ),
        Source(
            title="Chouldechova: Fair prediction with disparate impact", where="arXiv:1703.00056"
        ),
        Source(
            title="Kleinberg, Mullainathan, Raghavan: Inherent Trade-Offs", where="arXiv:1609.05807"
        ),
        Source(title="Barenstein: ProPublica's COMPAS Data Revisited", where="arXiv:1906.04711"),
        Source(title="The paper, section 2.3", where="arXiv:2306.10043"),
    ),
    limits=(
        "An arrest is not an offence: it also tells where police patrol. The published table keeps "
        "some people only if they were arrested again, which raises the shares (Barenstein 2019). "
        "No judge's decision is in it, so nothing here says what a score did to anybody."
    ),
    minutes=10,
)
