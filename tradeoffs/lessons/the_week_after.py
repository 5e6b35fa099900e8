"""The week after: newcomers arrive; which promise breaks, what helps, and fair between whom."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tradeoffs.lessons.effect import Claim, Effect, Measured
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
from tradeoffs.lessons.reading import change, over_seeds, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, front_plane, lines
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

BOUND = 0.05
SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0)  # as the study arrivals has them
LABELLED = (50, 100, 200, 400)  # as the study settling_in has them
BOUNDS = (0.0, 0.02, 0.05, 0.1)
BROKEN = (
    "fewer right answers",
    "a gap above its bound",
    "both",
    "neither, as far as can be told",
)
WHOM = {
    "sex": "women and men",
    "race": "Black people and others",
    "raised": "newcomers and others",
}
GAP = "demographic_parity_difference[{}]"
PROMISES = {
    "accuracy_change": ("right answers", 1.0),
    "gap_over": ("gap below its bound", -1.0),
}


def _arrived(measure: str) -> Measured:
    """Return a measure at the share of newcomers that is set."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        share = float(setting["share"])  # type: ignore[arg-type]
        found = stated_effect(table, {"measure": measure, "share": share})
        return found and found.named(share=_in_hundred(share))

    return of


def _broken(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return which promise broke, by intervals that leave 0 out."""
    right, gap = (_arrived(measure)(table, setting) for measure in PROMISES)
    if right is None or gap is None:
        return None
    fewer, above = right.sign < 0, gap.sign > 0
    return BROKEN[2 if fewer and above else 0 if fewer else 1 if above else 3]


def _promises(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    import pandas as pd

    del setting
    parts = []
    for measure, (name, sign) in PROMISES.items():
        part = select_rows(table, {"measure": measure})
        ends = ("low", "high") if sign > 0 else ("high", "low")
        turned = {end: sign * part[was] for end, was in zip(("low", "high"), ends, strict=True)}
        parts.append(part.assign(promise=name, value=sign * part["value"], **turned))
    return lines(
        pd.concat(parts),
        x="share",
        series="promise",
        x_title="Share of newcomers",
        y_title="To spare (below 0: broken)",
        reference=(0.0, "promised"),
    ).update_xaxes(tickformat=".0%")


def _arrivals_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    right, gap = (
        pd.DataFrame(select_rows(table, {"measure": name})) for name in ("accuracy", "gap")
    )
    wide = right.merge(gap, on="share", suffixes=("", "_gap"))
    titles = {
        "share": "newcomers",
        "value": "right answers",
        "low": "from (95 %)",
        "high": "to (95 %)",
        "value_gap": "gap",
        "low_gap": "gap from",
        "high_gap": "gap to",
    }
    return display_table(wide, titles, tuple(titles))


def _settled(how: str, whom: str, labelled: int | None = None) -> Measured:
    """Return what labelled newcomers change in right answers, against none."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        wanted = int(labelled or setting["labelled"])  # type: ignore[arg-type]
        where = {"measure": "change", "how": how, "whom": whom, "labelled": wanted}
        found = stated_effect(table, where)
        return found and found.named(labelled=str(wanted))

    return of


def _settling(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    found = select_rows(table, {"measure": "accuracy", "whom": "newcomers"})
    return lines(
        found,
        x="labelled",
        series="how",
        x_title="Newcomers with a known answer",
        y_title="Right answers among newcomers",
    )


def _settling_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    titles = {
        "labelled": "labelled newcomers",
        "how": "used as",
        "whom": "asked about",
        "value": "right answers",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(
        select_rows(table, {"measure": "accuracy"}), titles, ("value", "low", "high")
    )


def _bounds(setting: StepState) -> Sequence[Scenario]:
    """Return every bound between every two groups."""
    return [
        setting.scenario.but(protected=attribute, max_gap=gap)
        for attribute in WHOM
        for gap in (None, *BOUNDS)
    ]


def _moved(column: str) -> Measured:
    """Return what the set bound between the set groups changes, paired by seed."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        where = {"protected": setting["protected"], "max_gap": setting["max_gap"]}
        found = change(table, column, where, where | {"max_gap": None})
        bound = _bound_in_words(setting["max_gap"])  # type: ignore[arg-type]
        return found and found.named(bound=bound, whom=WHOM[str(setting["protected"])])

    return of


def _gap_claim(attribute: str) -> Claim:
    whom = WHOM[attribute]
    return Claim(
        of=_moved(GAP.format(attribute)),
        more=f"The gap between {whom} is {{size}} wider with it",
        less=f"The gap between {whom} is {{size}} narrower with it",
        tie=f"The gap between {whom} cannot be told from the one without it",
    )


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(whom=[f"between {WHOM[name]}" for name in table["protected"]])
    named["bound"] = [_bound_in_words(gap) for gap in named["max_gap"]]
    return front_plane(named, configuration=["bound"], series="whom", words="bound")


def _bounds_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    columns = {"accuracy": "right answers"} | {
        GAP.format(name): f"gap: {whom}" for name, whom in WHOM.items()
    }
    found = over_seeds(table, ["protected", "max_gap"], "accuracy")
    for column in columns:
        found[column] = over_seeds(table, ["protected", "max_gap"], column)["value"]
    found["whom"] = [WHOM[name] for name in found["protected"]]
    found["bound"] = [_bound_in_words(gap) for gap in found["max_gap"]]
    titles = {"whom": "bounded between", "bound": "bound"} | columns
    return display_table(found, titles, tuple(columns))


def _bound_in_words(gap: Value) -> str:
    bound = math.nan if gap is None else float(gap)
    return "none" if math.isnan(bound) else f"{100 * bound:.0f} points"


def _in_hundred(share: object) -> str:
    return f"{100 * float(share):.0f} in 100"  # type: ignore[arg-type]


def _arrival_claims() -> tuple[Claim, ...]:
    return (
        Claim(
            of=_arrived("accuracy_change"),
            more="With {share} newcomers, {size} more answers are right than before",
            less="With {share} newcomers, {size} fewer answers are right than before",
            tie="With {share} newcomers, right answers cannot be told from before",
        ),
        Claim(
            of=_arrived("gap_over"),
            more="The gap between women and men lies {size} above its bound",
            less="The gap between women and men lies {size} below its bound",
            tie="The gap between women and men cannot be told from its bound",
        ),
        Claim(
            of=_arrived("gap_change"),
            more="That gap is {size} wider than before",
            less="That gap is {size} narrower than before",
            tie="That gap cannot be told from the one before",
        ),
    )


SHARE = Slider(
    name="share",
    title="Newcomers among the people decided about",
    choices=SHARES,
    words=_in_hundred,
    ends=("the week before", "newcomers only"),
)
LOOK = "Below the dotted line a promise is broken. Which whiskers lie wholly on one side of it?"

LESSON = Lesson(
    name="the_week_after",
    title="The week after",
    section="2.4.1",
    claim="an event that brings newcomers changes data and values at once, so what fair means "
    "has to be settled anew.",
    role="You run a town's support programme, and a model tells you whose family gets by.",
    question="Newcomers arrive. Which of your promises still holds, and fair between whom?",
    base=Scenario(dataset="gss", label="income_25k", protected="sex", epsilon=None, max_gap=BOUND),
    steps=(
        Step(
            title="Two promises, then newcomers",
            text=(
                "Your model was made with people who grew up here. It came with two promises: as "
                "many right answers as in its test, and a gap of at most 5 points between the "
                "shares of women and of men that get a yes.\n\nThen people arrive who grew up in "
                "another country. The model stays as it is. You choose how many they are."
            ),
            source=StudySource(study="arrivals"),
            change={"share": 0.5},
            figure=_promises,
            shown=_arrivals_shown,
            sliders=(SHARE,),
            prediction=Choice(
                question="When every second person is a newcomer, what breaks?",
                choices=BROKEN,
                of=_broken,
            ),
            claims=_arrival_claims(),
            look=LOOK,
        ),
        Step(
            title="The same week in another place",
            text=(
                "Another office, another question: who earns more than 50,000 dollars? Its model "
                "was made with people born in the country, with the same two promises. People "
                "born elsewhere arrive."
            ),
            source=StudySource(study="arrivals"),
            change={"dataset": "adult", "label": "income_gt_50k"},
            figure=_promises,
            shown=_arrivals_shown,
            sliders=(SHARE,),
            prediction=Direction(
                question="When every second person is a newcomer, right answers become …",
                of=_arrived("accuracy_change"),
                choices=("fewer", "about as many", "more"),
            ),
            claims=_arrival_claims(),
            look=LOOK,
        ),
        Step(
            title="Learn from the newcomers",
            text=(
                "Back in your town. You can ask some newcomers how they fare and let the model "
                "learn from them. Either they join the 3,000 people it already learned from, or "
                "they get a model of their own.\n\nRight answers are counted among other "
                "newcomers, who were not asked."
            ),
            source=StudySource(study="newcomer_labels"),
            change={"dataset": "gss", "label": "income_25k", "labelled": 200},
            figure=_settling,
            shown=_settling_shown,
            sliders=(
                Slider(
                    name="labelled",
                    title="Newcomers you ask",
                    choices=LABELLED,
                    words=lambda value: f"{value} people",
                ),
            ),
            prediction=Number(
                question="200 newcomers join the training. How many points of right answers does "
                "that bring the newcomers?",
                of=_settled("added to the others", "newcomers", 200),
                unit="points",
                low=-5,
                high=15,
            ),
            claims=(
                Claim(
                    of=_settled("added to the others", "newcomers"),
                    more="{labelled} newcomers in the training bring newcomers {size} more right "
                    "answers",
                    less="{labelled} newcomers in the training cost newcomers {size} of right "
                    "answers",
                    tie="What {labelled} newcomers in the training bring newcomers cannot be told "
                    "from nothing",
                ),
                Claim(
                    of=_settled("added to the others", "people from here"),
                    more="They bring the people from here {size} more right answers",
                    less="They cost the people from here {size} of right answers",
                    tie="For the people from here nothing can be told apart",
                ),
                Claim(
                    of=_settled("a model of their own", "newcomers"),
                    more="A model of their own, from {labelled} people, gives newcomers {size} "
                    "more right answers than the model made without them",
                    less="A model of their own, from {labelled} people, gives newcomers {size} "
                    "fewer right answers than the model made without them",
                    tie="A model of their own, from {labelled} people, cannot be told from the "
                    "model made without them",
                ),
            ),
            look="Compare the two lines at their left ends and at their right ends.",
        ),
        Step(
            title="Fair between whom, from now on?",
            text=(
                "The old bound spoke of women and men. Now there are newcomers and others, too, "
                "and there always were Black people and others. A bound holds between the groups "
                "it names.\n\nEach line joins the choices for one meaning of the bound, from "
                "models made with everybody: a smaller gap lies to the right."
            ),
            source=TrainingSource(
                settings=_bounds,
                varies=("protected", "max_gap"),
                columns=("accuracy", "gap", *(GAP.format(name) for name in WHOM)),
                splits=("select", "report"),
            ),
            change={"rows": 9_051, "protected": "sex", "max_gap": 0.02},
            figure=_plane,
            shown=_bounds_shown,
            sliders=(
                Slider(
                    name="protected",
                    title="The bound is between",
                    choices=tuple(WHOM),
                    words=lambda value: WHOM[str(value)],
                ),
                Slider(
                    name="max_gap",
                    choices=BOUNDS,
                    words=_bound_in_words,
                    ends=("groups alike", "looser"),
                ),
            ),
            claims=(
                Claim(
                    of=_moved("accuracy"),
                    more="A bound of {bound} between {whom} makes {size} more answers right",
                    less="A bound of {bound} between {whom} costs {size} of right answers",
                    tie="What a bound of {bound} between {whom} costs cannot be told from nothing",
                ),
                *map(_gap_claim, WHOM),
            ),
            look="Open the numbers: what does each bound do to the gaps it does not name?",
        ),
    ),
    try_this=(
        "Move the newcomers to all of the people in both places and compare what changed.",
        "Open the setting in the Explorer and bound the gap in right answers instead of the gap "
        "in yes.",
    ),
    discuss=(
        "Who had promised something to the newcomers, before they came?",
        "If the average keeps its promise and the newcomers' own average does not, is it kept?",
        "Who should be at the table when the groups are named again?",
    ),
    decisions=(
        "Keep the model, and tell newcomers that it was made without them",
        "Stop the model until enough newcomers can be asked",
        "Name the groups anew, together with the newcomers, and train again",
    ),
    sources=(
        Source(title="The paper, section 2.4.1: high-stake events", where="arXiv:2306.10043"),
        Source(
            title="General Social Survey, NORC (where people lived at 16)",
            where="https://gss.norc.org",
        ),
        Source(title="Becker, Kohavi: Adult, UCI", where="doi:10.24432/C5XW20"),
    ),
    limits=(
        "Nobody here fled last week: the newcomers are people of old surveys who grew up or were "
        "born in another country, many of them years ago, and who answered in English. Their "
        "share is set by counting each of them more often, so all newcomers are of the kind that "
        "was interviewed. The two tables ask different questions of different people, so they "
        "show that places differ and not why. In the last step intervals are over trainings; the "
        "214 newcomers it is measured on leave more open than they say."
    ),
)
