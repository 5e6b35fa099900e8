"""A private explanation: what a patient and a doctor are told, as the promise of privacy grows."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.lessons.effect import Claim, Effect, Fact, format_value
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
from tradeoffs.lessons.prediction import Direction, Line, Number
from tradeoffs.lessons.reading import change, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.report.text import number, percent
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

BUDGETS = (0.1, 0.3, 1.0, 3.0, 8.0, None)
ROWS = (1_000, 3_000, 7_174)
TRAININGS = 16
EVERYBODY = "all four"
PERSONS = {  # composite, of data/meps.cases.json
    "cleaner": "the cleaner of 52, without insurance",
    "widower": "the widower of 74, with heart disease",
    "accountant": "the accountant of 44, with low mood",
    "roofer": "the roofer of 29, who saw no doctor",
}
KEPT = {
    "same_answer": "same answer",
    "same_reasons": "same three reasons",
    "advice": "advice that works",
}
REASONS, DETAILS = 3, 8  # features that a patient is told of, and a doctor sees drawn


def _budget(epsilon: Value) -> str:
    return "no privacy" if epsilon is None else f"ε = {number(float(epsilon))}"


def _measured(measure: str, epsilon: float | None | str = "set"):
    """Return a measure of the person that is chosen, at the budget that is set or at another."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        person = str(setting["case"])
        budget = setting["shown_epsilon"] if epsilon == "set" else epsilon
        found = stated_effect(table, {"measure": measure, "case": person, "epsilon": budget})
        return found and found.named(
            person=PERSONS.get(person, "the four persons"), budget=_budget(budget)
        )

    return of


def _chance(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the mean chance, with the answer and the range over trainings in words."""
    found = _measured("chance")(table, setting)
    where = {"measure": "chance", "case": setting["case"], "epsilon": setting["shown_epsilon"]}
    rows = select_rows(table, where)
    if found is None:
        return None
    least, most = (percent(float(rows[end].iloc[0]), 0) for end in ("least", "most"))
    return found.named(least=least, most=most)


def _of_the_person(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    return select_rows(table, {"case": setting["case"]})


def _attributions(table: "pd.DataFrame", setting: StepState, epsilon: Value) -> "pd.DataFrame":
    """Return the person's features at a budget, the strongest first."""
    where = {"measure": "attribution", "case": setting["case"], "epsilon": epsilon}
    found = select_rows(table, where)
    sizes = np.abs(found["value"].to_numpy(float))
    return found.iloc[np.argsort(-sizes, kind="stable")].reset_index(drop=True)


def _why(sign: int):
    """Return the strongest features that speak for (1) or against (-1) a place, in words."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = _attributions(table, setting, setting["shown_epsilon"])
        own = found.loc[sign * found["value"] > 0].head(REASONS)
        if own.empty:
            return None
        names = [f"{f} ({b})" for f, b in zip(own["feature"], own["bin"], strict=True)]
        return Effect(value=0.0, low=-math.inf, high=math.inf, words={"features": "; ".join(names)})

    return of


def _advised(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the smallest change that turns a refusal, in words."""
    where = {"measure": "change", "case": setting["case"], "epsilon": setting["shown_epsilon"]}
    rows = select_rows(table, where)
    if rows.empty:
        return None
    row = rows.iloc[0]
    return Effect(
        value=float(row["value"]), low=-math.inf, high=math.inf, words={"change": str(row["bin"])}
    )


def _sure(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the share of features of which all trainings agree whether they speak for a place."""
    found = _attributions(table, setting, setting["shown_epsilon"])
    if found.empty:
        return None
    agreed = int(((found["least"] > 0) | (found["most"] < 0)).to_numpy().sum())
    words = {"agreed": str(agreed), "features": str(len(found))}
    return Effect(value=agreed / len(found), low=-math.inf, high=math.inf, words=words)


def _strongest(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return what the strongest feature adds, with its name and its range over trainings."""
    found = _attributions(table, setting, setting["shown_epsilon"])
    if found.empty:
        return None
    row = found.iloc[0]
    words = {
        "feature": f"{row['feature']} ({row['bin']})",
        "least": format_value(float(row["least"]), ""),
        "most": format_value(float(row["most"]), ""),
    }
    ends = (float(row[end]) for end in ("value", "low", "high"))
    return Effect(**dict(zip(("value", "low", "high"), ends, strict=True)), words=words)


def _patient(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    """Draw the few features that count most, as a patient is told of them."""
    found = _attributions(table, setting, setting["shown_epsilon"]).head(2 * REASONS)
    names = [f"{f}: {b}" for f, b in zip(found["feature"], found["bin"], strict=True)]
    drawn = found.assign(name=names)
    return dots(drawn, y="name", x_title="← against a place | for it →", share=False,
                reference=(0.0, ""))  # fmt: skip


def _details(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return all features at the budget beside no privacy; low and high are of all trainings."""
    import pandas as pd

    own = _attributions(table, setting, setting["shown_epsilon"])
    free = _attributions(table, setting, None)
    parts = [own.assign(series=_budget(setting["shown_epsilon"]))]
    if setting["shown_epsilon"] is not None:
        order = {name: place for place, name in enumerate(own["feature"])}
        free = free.sort_values("feature", key=lambda names: names.map(order.get))
        parts.append(free.assign(series=_budget(None)))
    return pd.concat(parts).assign(low=lambda t: t["least"], high=lambda t: t["most"])


def _doctor(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    found = _details(table, setting)
    drawn = found.loc[found["feature"].isin(found["feature"].head(DETAILS))]
    return dots(
        drawn,
        y="feature",
        series="series",
        x_title="Adds to the log-odds (lowest to highest training)",
        share=False,
        reference=(0.0, ""),
    )


def _shown_details(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "series": "privacy",
        "feature": "feature",
        "bin": "of this person",
        "value": "adds to the log-odds",
        "low": "lowest training",
        "high": "highest",
    }
    return display_table(_details(table, setting).round(3), titles)


def _kept(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return what is kept of an explanation, by budget."""
    import pandas as pd

    found = select_rows(table, {"case": setting["case"]})
    found = found.loc[found["measure"].isin(KEPT)]
    budgets = [None if pd.isna(e) else float(e) for e in found["epsilon"]]
    return found.assign(
        budget=[_budget(e) for e in budgets], kept=[KEPT[name] for name in found["measure"]]
    ).reset_index(drop=True)


def _drawn_kept(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return lines(
        _kept(table, setting),
        x="budget",
        series="kept",
        x_title="Privacy budget (left: more private)",
        y_title="Share",
    )


def _shown_kept(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "budget": "privacy",
        "kept": "what is kept",
        "value": "share",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(_kept(table, setting), titles, ("value", "low", "high"))


def _line(table: "pd.DataFrame", setting: StepState) -> list[Effect | None]:
    return [_measured("same_reasons", epsilon)(table, setting) for epsilon in BUDGETS]


def _below(measure: str, epsilon: float):
    """Return a measure at a budget minus without privacy; ends as if the two were apart."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        here, there = (_measured(measure, e)(table, setting) for e in (epsilon, None))
        if here is None or there is None:
            return None
        value = here.value - there.value
        down = math.hypot(here.value - here.low, there.high - there.value)
        up = math.hypot(here.high - here.value, there.value - there.low)
        return Effect(value=value, low=value - down, high=value + up, words=here.words)

    return of


def _fronts(setting: StepState) -> Sequence[Scenario]:
    return [
        setting.scenario.but(epsilon=epsilon, width=width)
        for width in (0, 8)
        for epsilon in BUDGETS
    ]


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    words = {0: "scorecard", 8: "small network"}
    named = table.assign(model=[words[int(width)] for width in table["width"]])
    return front_plane(
        named, configuration=("width", "epsilon"), x="privacy", y="explainability", series="model"
    )


def _lost(column: str, epsilon: float):
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        private, free = ({"width": 0, "epsilon": e} for e in (epsilon, None))
        return change(table, column, private, free)

    return of


STUDY = StudySource(study="decision_by_epsilon")
CASE = Slider(
    name="case",
    title="Whose decision?",
    choices=tuple(PERSONS),
    words=lambda value: PERSONS[str(value)],
    ordered=False,
)
ANYBODY = Slider(
    name="case",
    title="Whose decision?",
    choices=(EVERYBODY, *PERSONS),
    words=lambda value: PERSONS.get(str(value), "the mean of the four"),
    ordered=False,
)
BUDGET = Slider(
    name="shown_epsilon",
    title="Privacy budget",
    choices=BUDGETS,
    words=_budget,
    ends=("more private", "no promise"),
)
PEOPLE = Slider(name="rows", choices=ROWS)

LESSON = Lesson(
    name="a_private_explanation",
    title="A private explanation",
    section="2.3",
    claim="the law asks for privacy and for explanations, and noise that protects people can blur "
    "what a person is told.",
    role="You work at a clinic that gives places in a programme of extra care. A patient was "
    "refused and asks why.",
    question="The model was trained with a promise of privacy. Whose reasons do you read out: the "
    "model's, or the noise's?",
    base=Scenario(
        dataset="meps",
        label="next_visits_10",
        protected="race_ethnicity",
        rows=ROWS[-1],
        epsilon=None,
    ),
    steps=(
        Step(
            title="What the patient is told",
            text=(
                "A place goes to those of whom the model expects ten visits or more next year. "
                "The four persons here are made up; the model is trained on real ones.\n\nA "
                "patient wants few words: the answer, what counted most, and what would have to "
                "be different. So that you see how much hangs on chance, the same model is "
                f"trained {TRAININGS} times. Only the draws differ."
            ),
            source=STUDY,
            change={"case": "cleaner", "shown_epsilon": 0.3},
            figure=_patient,
            shown=_shown_details,
            part=_of_the_person,
            sliders=(CASE, BUDGET),
            prediction=Number(
                question="At this budget, of three reasons that the cleaner is told, how many of "
                "100 would a training without privacy have told too?",
                of=_measured("same_reasons"),
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Fact(
                    of=_chance,
                    text="{budget}: the model gives {person} a chance of {value}; from {least} to "
                    "{most}, depending on the training",
                ),
                Fact(
                    of=_why(1),
                    text="For a place speak most: {features}",
                    absent="Nothing speaks for a place.",
                ),
                Fact(
                    of=_why(-1),
                    text="Against it speak most: {features}",
                    absent="Nothing speaks against a place.",
                ),
                Fact(
                    of=_advised,
                    text="The smallest change that turns the refusal: {change}",
                    absent="No change of one or two of insurance, work, smoking and visits to the "
                    "doctor turns the answer, or it is yes already.",
                ),
                Fact(
                    of=_measured("same_reasons"),
                    text="Of the three reasons, {value} are those of a training without privacy",
                ),
            ),
            look="Each dot is the mean of the trainings; to the right it speaks for a place.",
        ),
        Step(
            title="What the doctor asks",
            text=(
                "A doctor wants to check the model: every answer of the patient, with a number and "
                "with how far the trainings differ. It is **the same decision** as before.\n\n"
                "A feature whose line lies on one side of the middle speaks the same way in every "
                "training. The table has all features."
            ),
            source=STUDY,
            figure=_doctor,
            shown=_shown_details,
            part=_of_the_person,
            sliders=(CASE, BUDGET),
            claims=(
                Fact(
                    of=_sure,
                    text="Of {agreed} of {features} features all trainings agree whether they "
                    "speak for or against",
                ),
                Fact(
                    of=_strongest,
                    text="The strongest is {feature}: it adds {value} to the log-odds; from "
                    "{least} to {most} over single trainings",
                    unit="",
                ),
                Fact(
                    of=_measured("same_answer"),
                    text="{value} of trainings answer like one without privacy",
                ),
            ),
            look="Move the budget to both ends and watch the lines, not the dots.",
        ),
        Step(
            title="What is left of it as the promise grows",
            text=(
                "Three things a patient may rely on: the **answer**, the three **reasons**, and "
                "the **advice**, that is the change that would have brought a place. Each is "
                "compared with what another training would have said. Without privacy, too, "
                "trainings differ: that is the last point to the right."
            ),
            source=STUDY,
            change={"case": EVERYBODY},
            figure=_drawn_kept,
            shown=_shown_kept,
            sliders=(ANYBODY, PEOPLE),
            prediction=Line(
                question="Of 100 reasons told, how many are those of a training without privacy?",
                xs=tuple(_budget(epsilon) for epsilon in BUDGETS),
                of=_line,
                unit="in 100",
                low=0,
                high=100,
                x_title="privacy budget",
                y_title="reasons in 100",
            ),
            claims=tuple(
                Claim(
                    of=_below(measure, 0.3),
                    more=f"{words} at {{budget}}: {{size}} more than without privacy",
                    less=f"{words} at {{budget}}: {{size}} less than without privacy",
                    tie=f"{words}: {{budget}} and no privacy cannot be told apart",
                )
                for measure, words in (
                    ("same_answer", "The same answer"),
                    ("same_reasons", "The same three reasons"),
                    ("advice", "Advice that works in another training"),
                )
            ),
            look="Which of the three lines falls first, from right to left?",
        ),
        Step(
            title="A few rules for everybody",
            text=(
                "Besides a person's reasons, a clinic may publish a few rules that say how the "
                "model decides. How well do at most eight rules repeat it? 100 % means that they "
                "decide alike; 0 % that they do no better than one answer for all.\n\nThe front "
                "shows a scorecard, which adds up points, and a small network."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("width", "epsilon"),
                columns=("accuracy", "fidelity", "epsilon_spent"),
                splits=("select", "report"),
            ),
            figure=_plane,
            sliders=(PEOPLE,),
            prediction=Direction(
                question="At ε = 0.3, a few rules repeat the scorecard …",
                of=_lost("fidelity", 0.3),
                choices=("less well", "about as well", "better"),
            ),
            claims=(
                Claim(
                    of=_lost("fidelity", 0.3),
                    more="At ε = 0.3, rules repeat the scorecard better than without privacy, by "
                    "{size}",
                    less="At ε = 0.3, rules repeat the scorecard less well than without privacy, "
                    "by {size}",
                    tie="At ε = 0.3, how well rules repeat the scorecard cannot be told from no "
                    "privacy",
                ),
                Claim(
                    of=_lost("accuracy", 0.3),
                    more="Its answers are right {size} more often",
                    less="Its answers are right {size} less often",
                    tie="How often its answers are right cannot be told from no privacy",
                ),
            ),
            look="To the right is more private, up is better repeated by rules.",
        ),
    ),
    try_this=(
        "In the first step, choose the roofer and read what would have to be different.",
        "In the third step, train on 1,000 people: what does no privacy give you there?",
        "Print what the cleaner is told at two budgets, side by side.",
    ),
    discuss=(
        "European law gives a right to meaningful information about the logic involved (GDPR, "
        "articles 15(1)(h) and 22) and to an explanation of individual decisions (AI Act, article "
        "86). Is a reason meaningful that another draw of the noise would not have given?",
        "The released model is one training. Its reasons are truly its own. Should a patient be "
        "told how far they hang on the draw?",
        "“See a doctor more often” brings a place. Is that advice, or a fault of the label?",
        "Who needs the longer answer: the doctor, the patient, or the patient's lawyer?",
    ),
    decisions=(
        "Keep the promise and tell people how far reasons hang on chance",
        "Promise less, so that reasons hold",
        "Keep the promise and give reasons for the programme only, not for persons",
        "Train on more people first",
    ),
    sources=(
        Source(title="The paper, section 2.3: values and regulation", where="arXiv:2306.10043"),
        Source(
            title="GDPR, Regulation (EU) 2016/679, articles 15(1)(h) and 22",
            where="https://eur-lex.europa.eu/eli/reg/2016/679/oj",
        ),
        Source(
            title="AI Act, Regulation (EU) 2024/1689, article 86",
            where="https://eur-lex.europa.eu/eli/reg/2024/1689/oj",
        ),
        Source(
            title="Saifullah et al. 2024: explanations under differential privacy",
            where="doi:10.3389/frai.2024.1236947",
        ),
        Source(title="Ustun, Spangher, Liu 2019: actionable recourse", where="arXiv:1809.06514"),
        Source(title="AHRQ: Medical Expenditure Panel Survey", where="https://meps.ahrq.gov"),
    ),
    limits=(
        "Four made-up persons stand for all; they say nothing of how common a case is. Reasons are "
        "what features add in the model, not causes of illness, and a change that turns the model "
        "need not help the person. One way to explain is shown; others disagree with it. With all "
        "7,174 people the trainings share their people, so they differ by batches and noise alone."
    ),
    minutes=10,
    synthetic="the four persons; nobody in the table is one of them. The models are "
    "trained on real people.",
)
