"""Small town, big city: what the same promise of privacy costs where people are few or many."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tradeoffs.lessons.effect import Claim, Effect, Fact
from tradeoffs.lessons.lesson import Lesson, Slider, Source, Step, StepState, TrainingSource
from tradeoffs.lessons.prediction import Direction, Line, Number
from tradeoffs.lessons.reading import (
    OVER_TRAININGS,
    change,
    level,
    one_answer,
    outcomes,
    over_seeds,
    select_rows,
)
from tradeoffs.report.charts.lesson_charts import display_table, front_plane, lines
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

TOWNS = (300, 1_000, 3_000, 32_561)
BUDGETS = (0.1, 0.3, 1.0, 3.0, 8.0, None)
OUTCOMES = outcomes("sex", ("Female", "Male"))
PEOPLE = 8_140  # on report, about half of the official test file
SMALL, ALL = {"rows": TOWNS[0]}, {"rows": TOWNS[-1]}


def _towns(setting: StepState) -> Sequence[Scenario]:
    """Return this privacy and none in each town."""
    here = setting.scenario
    return [
        here.but(rows=rows, epsilon=epsilon)
        for rows in TOWNS
        for epsilon in dict.fromkeys((here.epsilon, None))
    ]


def _fronts(setting: StepState) -> Sequence[Scenario]:
    """Return budgets and bounds in each town, without the bound first."""
    return [
        setting.scenario.but(rows=rows, epsilon=epsilon, max_gap=gap)
        for gap in (None, 0.05)
        for rows in TOWNS
        for epsilon in BUDGETS
    ]


def _price(rows: int):
    """Return what privacy costs a town: accuracy with it minus without, paired by seed."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        epsilon = setting["epsilon"]
        found = change(
            table,
            "accuracy",
            {"rows": rows, "epsilon": epsilon},
            {"rows": rows, "epsilon": None},
        )
        told = "no privacy" if epsilon is None else f"ε = {number(float(epsilon))}"
        return found and found.named(people=f"{rows:,}", budget=told)

    return of


def _accuracy(rows: int):
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        where = {"rows": rows, "epsilon": setting["epsilon"]}
        return level(table, "accuracy", where, PEOPLE)

    return of


def _against_nobody_asked(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the small town's accuracy minus that of one answer for all, which needs no data."""
    found = select_rows(table, {"rows": TOWNS[0], "epsilon": setting["epsilon"]})
    return level(found.assign(above=found["accuracy"] - one_answer(found)), "above", {})


def _models_alone(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return the models without what one answer for everybody comes to."""
    del setting
    return table.drop(columns=[*OUTCOMES], errors="ignore")


def _drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return lines(
        _summary(table, setting),
        x="people",
        series="privacy",
        x_title="People in training",
        y_title="Right answers",
    )


def _summary(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = over_seeds(table, ["rows", "epsilon"], "accuracy")
    found["people"] = [f"{rows:,}" for rows in found["rows"]]
    found["privacy"] = [
        "no privacy" if math.isinf(epsilon) else f"ε = {number(epsilon)}"
        for epsilon in found["epsilon"]
    ]
    return found.sort_values(["rows", "epsilon"], ignore_index=True)


def _shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "people": "people in training",
        "privacy": "privacy",
        "value": "right answers",
        **OVER_TRAININGS,
        "seeds": "trainings",
    }
    return display_table(_summary(table, setting), titles, ("value", "low", "high"))


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(town=[f"{rows:,} people" for rows in table["rows"]])
    return front_plane(named, configuration=("epsilon", "max_gap"), x="privacy", series="town")


def _line(table: "pd.DataFrame", setting: StepState) -> list[Effect | None]:
    return [_accuracy(rows)(table, setting) for rows in TOWNS]


BUDGET = Slider(
    name="epsilon",
    choices=BUDGETS,
    ends=("more private", "no promise"),
)
TRAINED = TrainingSource(
    settings=_towns, varies=("rows", "epsilon"), columns=("accuracy", *OUTCOMES)
)

LESSON = Lesson(
    name="small_town",
    title="Small town, big city",
    section="2.2 and 2.3",
    claim="who has few data pays more for the same protection, so values and resources meet.",
    role="You run the statistics office of a town, and your cousin that of a whole country.",
    question="Both of you promise everybody the same privacy. Who can afford it?",
    base=Scenario(epsilon=0.3),
    steps=(
        Step(
            title="The same promise in four places",
            text=(
                "Each place trains a model on its own people: who earns more than $50,000? In "
                "every place an attacker who guesses whether somebody's record was used may do "
                "hardly better than a coin.\n\nThe same rule, the same promise. Only the number "
                "of people differs."
            ),
            source=TRAINED,
            figure=_drawn,
            shown=_shown,
            part=_models_alone,
            prediction=Line(
                question="With this promise, how many of 100 answers are right in each place?",
                xs=tuple(f"{rows:,}" for rows in TOWNS),
                of=_line,
                unit="in 100",
                low=50,
                high=100,
                x_title="people in training",
                y_title="right answers",
            ),
            claims=(
                Claim(
                    of=_price(TOWNS[0]),
                    more="With {people} people, {budget} makes {size} more answers right",
                    less="With {people} people, {budget} costs {size} of right answers",
                    tie="With {people} people, the cost of {budget} cannot be told from none",
                ),
                Claim(
                    of=_price(TOWNS[-1]),
                    more="With {people} people, it makes {size} more answers right",
                    less="With {people} people, it costs {size}",
                    tie="With {people} people, its cost cannot be told from none",
                ),
            ),
            look="Compare the two lines at the left end and at the right end.",
        ),
        Step(
            title="Is the small town's model of any use?",
            text=(
                "One answer for everybody, “no”, needs no data at all and breaks nobody's privacy. "
                "It is a yardstick: a model below it is worse than not asking."
            ),
            source=TRAINED,
            figure=_drawn,
            shown=_shown,
            sliders=(BUDGET,),
            prediction=Direction(
                question="Against one answer for all, the small town's private model is right …",
                of=_against_nobody_asked,
                choices=("less often", "about as often", "more often"),
            ),
            claims=(
                Claim(
                    of=_against_nobody_asked,
                    more="With 300 people the model is right {size} more often than one answer "
                    "for all",
                    less="With 300 people the model is right {size} less often than one answer "
                    "for all",
                    tie="With 300 people the model cannot be told from one answer for all",
                ),
                Fact(of=_accuracy(TOWNS[-1]), text="With everybody, {value} of answers are right"),
            ),
            look="Move the budget to both ends: where do the four places meet?",
        ),
        Step(
            title="Four places, four fronts",
            text=(
                "Now every place may choose its promise, and may also bound the gap between women "
                "and men. For each place the line joins the choices that no other choice beats on "
                "either half of the test."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("rows", "epsilon", "max_gap"),
                columns=("accuracy", "gap", "epsilon_spent"),
                splits=("select", "report"),
            ),
            figure=_plane,
            prediction=Number(
                question="At ε = 0.3 without a bound, how many points of right answers lie "
                "between 300 people and everybody?",
                of=lambda table, setting: change(
                    table,
                    "accuracy",
                    ALL | {"epsilon": 0.3, "max_gap": None},
                    SMALL | {"epsilon": 0.3, "max_gap": None},
                ),
                unit="points",
                low=0,
                high=30,
            ),
            claims=(
                Claim(
                    of=lambda table, setting: change(
                        table,
                        "accuracy",
                        ALL | {"epsilon": 0.3, "max_gap": None},
                        SMALL | {"epsilon": 0.3, "max_gap": None},
                    ),
                    more="At ε = 0.3, everybody's model is right {size} more often than the small "
                    "town's",
                    less="At ε = 0.3, everybody's model is right {size} less often than the small "
                    "town's",
                    tie="At ε = 0.3, the two places cannot be told apart",
                ),
            ),
            look="To the right is more private. Where does each line begin to fall?",
        ),
    ),
    try_this=(
        "Open the setting in the Explorer and move the number of people with the budget held.",
        "Look for the budget at which 1,000 people do as well as 300 without privacy.",
    ),
    discuss=(
        "Should a law name one budget for a town and a country?",
        "Could towns pool their people, and whom would they then have to trust?",
        "Who notices that the small town's model is worse: its people, or its office?",
    ),
    decisions=(
        "Keep the promise and accept more wrong answers",
        "Promise less where people are few",
        "Pool the people of many towns",
    ),
    sources=(
        Source(title="The paper, section 2.2: resource capacity", where="arXiv:2306.10043"),
        Source(
            title="Dwork, Roth: Algorithmic Foundations of Privacy", where="doi:10.1561/0400000042"
        ),
        Source(title="Becker, Kohavi: Adult, UCI", where="doi:10.24432/C5XW20"),
    ),
    limits=(
        "One table of 1994 from one country stands for all places: a real town differs from a "
        "country in more than its size. Each training draws its own town at random."
    ),
)
