"""Cost is not need: who gets care under three meanings of need, and what each of them hides."""

from collections.abc import Sequence
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
)
from tradeoffs.lessons.prediction import Direction, Number
from tradeoffs.lessons.reading import change, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

MEANINGS = ("cost", "diagnoses", "self-rated health")
FOCUS = {  # attribute -> the group that sentences are about, and its name in them
    "race_ethnicity": ("Hispanic, of any race", "Hispanic adults"),
    "insurance": ("uninsured all year", "people without insurance"),
    "poverty": ("poor or near poor", "poor or near-poor people"),
}
ATTRIBUTES = {
    "race_ethnicity": "race and ethnicity",
    "insurance": "health insurance",
    "poverty": "family income",
}
COMPARED = {  # attribute -> group, its name, the name of the attribute's first group
    "insurance": (
        "uninsured all year",
        "people without insurance",
        "people with private insurance",
    ),
    "race_ethnicity": ("White, not Hispanic", "White adults", "Hispanic adults"),
}
NOW = {  # label of the same year -> meaning
    "cost_over_5000": "cost",
    "conditions_3": "diagnoses",
    "health_poor": "self-rated health",
}
FORETOLD = {
    "next_cost_over_5000": "trained on cost",
    "next_conditions_3": "trained on 3 conditions",
    "next_conditions_4": "trained on 4 conditions",
}
DETAILS = [one for one in FORETOLD.items() if one[0] != "next_conditions_3"]
EXTRA = {"measure": "extra_need"}
BOUNDS = (None, 0.1, 0.05, 0.02)
SPAN = {"value": "share", "low": "from (95 %)", "high": "to (95 %)"}


def _share(measure: str, meaning: str = "", other: str = ""):
    """Return a share of the group that the sentences are about, as the study states it."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        group, name = FOCUS[str(setting["attribute"])]
        where = {"measure": measure, "meaning": meaning, "other": other, "group": group}
        found = stated_effect(table, where)
        return found and found.named(group=name)

    return of


def _swap(measure: str, *, all_groups: bool = False):
    """Return a measure of the change from cost to the meaning that is chosen."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        group, name = FOCUS[str(setting["attribute"])]
        meaning = str(setting["meaning"])
        where = {"measure": measure, "meaning": meaning, "other": "cost"}
        found = stated_effect(table, where | {"group": "" if all_groups else group})
        return found and found.named(group=name, meaning=meaning)

    return of


def _matched(measure: str):
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        group, name, other = COMPARED[setting.scenario.protected]
        found = stated_effect(table, {"measure": measure, "group": group})
        return found and found.named(group=name, other=other)

    return of


def _extra(label: str):
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        return stated_effect(table, EXTRA | {"label": label})

    return of


def _bounded(column: str, label: str):
    """Return a measure under the tightest bound minus without one, paired by seed."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        tight, free = ({"label": label, "max_gap": gap} for gap in (BOUNDS[-1], None))
        return change(table, column, tight, free)

    return of


def _each_meaning_alone(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return who gets the places, without whom a change of meaning moves."""
    del setting
    return table.loc[table["measure"].isin(["people", "places", "more"])]


def _places(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return one row a group and a meaning, with everybody's share first."""
    del setting
    found = select_rows(table, {}).loc[lambda t: t["measure"].isin(["people", "places"])]
    by = found["meaning"].where(found["meaning"] != "", "among all adults")
    named = by.map(lambda meaning: f"places by {meaning}" if meaning in MEANINGS else meaning)
    return found.assign(series=named).reset_index(drop=True)


def _moves(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return one row a group: its share of those who enter, of those who leave, of all."""
    import pandas as pd

    own = select_rows(table, {"meaning": setting["meaning"], "other": "cost"})
    rows = own.loc[own["measure"].isin(["entering", "leaving"])]
    names = {"entering": "enter", "leaving": "leave", "people": "among all adults"}
    found = pd.concat([rows, select_rows(table, {"measure": "people"})])
    return found.assign(series=[names[one] for one in found["measure"]]).reset_index(drop=True)


def _levels(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    return select_rows(table, {"measure": "level"}).reset_index(drop=True)


def _drawn_shares(rows):
    def draw(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
        return dots(rows(table, setting), y="group", x_title="Share", series="series")

    return draw


def _shown_shares(rows):
    def show(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
        titles = {"group": "group", "series": "of whom", **SPAN}
        return display_table(rows(table, setting), titles, tuple(SPAN))

    return show


def _drawn_levels(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return lines(
        _levels(table, setting),
        x="health",
        series="group",
        x_title="How they rate their own health",
        y_title="Conditions named by a doctor",
        share=False,
    )


def _extras(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = select_rows(table, EXTRA)
    return found.assign(model=[FORETOLD[label] for label in found["label"]]).reset_index(drop=True)


def _drawn_extras(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return dots(
        _extras(table, setting),
        y="model",
        x_title="Conditions more at equal score",
        share=False,
        reference=(0.0, "alike"),
    )


def _fronts(setting: StepState) -> Sequence[Scenario]:
    """Return bounds on the gap between kinds of insurance, for each meaning of need."""
    return [setting.scenario.but(label=label, max_gap=gap) for gap in BOUNDS[::-1] for label in NOW]


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(meaning=[NOW[label] for label in table["label"]])
    return front_plane(named, configuration=("label", "max_gap"), series="meaning")


ATTRIBUTE = Slider(
    name="attribute",
    title="Count by",
    choices=tuple(ATTRIBUTES),
    words=lambda value: ATTRIBUTES[str(value)],
    ordered=False,
)
CAPACITY = Slider(
    name="places",
    title="How many places there are",
    choices=(0.05, 0.1, 0.2),
    words=lambda value: f"for {float(value or 0):.0%} of adults",
    ends=("few", "many"),
)
MEANING = Slider(name="meaning", title="In place of cost", choices=MEANINGS[1:], ordered=False)
AGE = Slider(
    name="age_group",
    title="Who is counted",
    choices=("all ages", "18 to 44", "45 to 64", "65 or over"),
    ordered=False,
)
COMPARE = Slider(
    name="protected",
    title="Compare by",
    choices=tuple(COMPARED),
    words=lambda value: ATTRIBUTES[str(value)],
)
PLACES = StudySource(study="care_places", options=("attribute", "places"))

LESSON = Lesson(
    name="cost_is_not_need",
    title="Cost is not need",
    section="2.4.2",
    claim="a handy stand-in for what is meant, such as cost for need, carries the history of who "
    "got care into the decision.",
    role="You run a programme of extra care: a nurse who calls, rides to the doctor.",
    question="You have places for one adult in ten. They should go to those who need them most. "
    "But what is need?",
    base=Scenario(
        dataset="meps",
        label="next_conditions_4",
        protected="race_ethnicity",
        mechanism="none",
        epsilon=None,
    ),
    steps=(
        Step(
            title="Three ways to say who needs it most",
            text=(
                "Your office can tell three things of next year: who will be among those whose "
                "care **costs** most, whom doctors will have given four or more chronic "
                "**diagnoses**, and who will call their own **health** fair or poor.\n\nFor each "
                "meaning a model is trained on adults in the United States and ranks the people "
                "it has not seen. It does not see race. The number of places is always the same; "
                "only the meaning of need differs."
            ),
            source=PLACES,
            change={"attribute": "race_ethnicity", "places": 0.1},
            figure=_drawn_shares(_places),
            shown=_shown_shares(_places),
            part=_each_meaning_alone,
            sliders=(ATTRIBUTE, CAPACITY),
            prediction=Number(
                question="29 of 100 adults in this table are Hispanic. If foretold cost decides, "
                "how many of 100 places go to Hispanic adults?",
                of=_share("places", "cost"),
                unit="in 100",
                low=0,
                high=60,
            ),
            claims=(
                Fact(
                    of=_share("places", "cost"),
                    text="By cost, {value} of the places go to {group}",
                ),
                Fact(
                    of=_share("places", "diagnoses"),
                    text="By diagnoses, {value} of the places go to {group}",
                ),
                Fact(
                    of=_share("places", "self-rated health"),
                    text="By self-rated health, {value} of the places go to {group}",
                ),
                Claim(
                    of=_share("more", "diagnoses", "cost"),
                    more="Diagnoses give {group} {size} more of the places than cost does",
                    less="Diagnoses give {group} {size} fewer of the places than cost does",
                    tie="Whether diagnoses or cost give {group} more places cannot be told",
                ),
                Claim(
                    of=_share("more", "self-rated health", "diagnoses"),
                    more="Self-rated health gives {group} {size} more of the places than "
                    "diagnoses do",
                    less="Self-rated health gives {group} {size} fewer of the places than "
                    "diagnoses do",
                    tie="Whether self-rated health or diagnoses give {group} more places cannot "
                    "be told",
                ),
            ),
            look="For each group, compare the dots with its share among all adults.",
        ),
        Step(
            title="Who enters, who leaves",
            text=(
                "Suppose cost has decided so far, and you change the meaning. As the places do not "
                "become more, everybody who enters takes the place of somebody else.\n\nSome "
                "people stay whatever the meaning. Look at those who do not."
            ),
            source=PLACES,
            change={"meaning": "diagnoses"},
            figure=_drawn_shares(_moves),
            shown=_shown_shares(_moves),
            sliders=(MEANING, ATTRIBUTE),
            prediction=Number(
                question="If diagnoses replace cost, how many of 100 places go to somebody else?",
                of=_swap("changed", all_groups=True),
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Fact(
                    of=_swap("changed", all_groups=True),
                    text="With {meaning} in place of cost, {value} of the places go to somebody "
                    "else",
                ),
                Fact(of=_swap("entering"), text="Of those who enter, {value} are {group}"),
                Fact(of=_swap("leaving"), text="Of those who leave, {value} are {group}"),
                Claim(
                    of=_swap("turnover"),
                    more="The share of {group} is {size} larger among those who enter",
                    less="The share of {group} is {size} larger among those who leave",
                    tie="Whether {group} rather enter or leave cannot be told",
                ),
            ),
            look="Move to self-rated health, and then count by insurance and by income.",
        ),
        Step(
            title="Is any of them clean?",
            text=(
                "A diagnosis needs a doctor, and a doctor needs to be paid. How well one says to "
                "be depends on whom one compares oneself with, and on language.\n\nSo here people "
                "are compared who rate their own health alike and are of the same age: to whom "
                "did doctors name more conditions? And the other way round: of people with as "
                "many conditions and of the same age, who feels worse?"
            ),
            source=StudySource(study="diagnosis_counts", options=("age_group",)),
            change={"protected": "insurance", "age_group": "all ages"},
            figure=_drawn_levels,
            shown=lambda table, setting: display_table(
                _levels(table, setting).round(2),
                {
                    "health": "own health",
                    "group": "group",
                    "value": "conditions",
                    "low": "from (95 %)",
                    "high": "to (95 %)",
                    "people": "people",
                },
            ),
            sliders=(COMPARE, AGE),
            prediction=Direction(
                question="Of people of the same age who rate their health alike, those without "
                "insurance have … diagnosed conditions than those with private insurance.",
                of=_matched("extra"),
                unit="",
                choices=("fewer", "about as many", "more"),
            ),
            claims=(
                Claim(
                    of=_matched("extra"),
                    more="At equal age and self-rated health, {group} were told of {size} more "
                    "conditions than {other}",
                    less="At equal age and self-rated health, {group} were told of {size} fewer "
                    "conditions than {other}",
                    tie="At equal age and self-rated health, the conditions of {group} and of "
                    "{other} cannot be told apart",
                    unit="",
                ),
                Claim(
                    of=_matched("worse"),
                    more="At equal age and as many conditions, {group} call their health fair or "
                    "poor {size} more often than {other}",
                    less="At equal age and as many conditions, {group} call their health fair or "
                    "poor {size} less often than {other}",
                    tie="At equal age and as many conditions, {group} and {other} call their "
                    "health fair or poor about equally often",
                ),
            ),
            look="Each point is a mean over people; below 20 people nothing is drawn.",
        ),
        Step(
            title="The same score, but how ill?",
            text=(
                "In 2019 a much used programme was found to choose by foretold cost. Black "
                "patients with the same score as White patients had more illnesses. Their data "
                "are not public; here is the same comparison on this table.\n\nModels are trained "
                "on cost or on the number of conditions. Then Black and White adults are compared "
                "to whom a model gives the same score: how many more conditions do Black adults "
                "have a year later?"
            ),
            source=StudySource(study="equal_score", options=("seeds",)),
            change={"protected": "race_ethnicity", "seeds": 3},
            figure=_drawn_extras,
            shown=lambda table, setting: display_table(
                _extras(table, setting).round(3),
                {
                    "model": "model",
                    "value": "conditions more",
                    "low": "from (95 %)",
                    "high": "to (95 %)",
                },
            ),
            prediction=Direction(
                question="With the same score by a model of cost, Black adults have … chronic "
                "conditions than White adults.",
                of=_extra("next_cost_over_5000"),
                unit="",
                choices=("fewer", "about as many", "more"),
            ),
            claims=(
                *(
                    Claim(
                        of=_extra(label),
                        more=f"Equal score, {name}: Black adults have {{size}} more conditions "
                        "than White adults",
                        less=f"Equal score, {name}: Black adults have {{size}} fewer conditions "
                        "than White adults",
                        tie=f"Equal score, {name}: Black and White adults cannot be told apart",
                        unit="",
                    )
                    for label, name in DETAILS
                ),
                *(
                    Fact(
                        of=lambda table, setting, label=label: stated_effect(
                            table, {"measure": "share_of_places", "label": label}
                        ),
                        text=f"Of the tenth with the highest scores, {name}, {{value}} are Black",
                    )
                    for label, name in DETAILS
                ),
            ),
            look="A dot right of the line: at the same score, Black adults have more conditions.",
        ),
        Step(
            title="May a bound mend it?",
            text=(
                "A rule could demand: whatever the label, people without insurance, with public "
                "and with private insurance shall be chosen about equally often. So models of each "
                "meaning, of the same year, are trained again under tighter and tighter bounds on "
                "that gap.\n\nFor each meaning the line joins what no other bound beats. Right "
                "answers are counted by the meaning's own label: a model of cost is never asked "
                "about illness."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("label", "max_gap"),
                columns=("accuracy", "gap"),
                splits=("select", "report"),
            ),
            change={"protected": "insurance", "label": "conditions_3", "epsilon": None},
            figure=_plane,
            sliders=(
                Slider(
                    name="epsilon",
                    choices=(0.3, 1.0, 3.0, None),
                    ends=("more private", "no promise"),
                ),
            ),
            prediction=Direction(
                question="Under the tightest bound, the model of cost is right by its own label …",
                of=_bounded("accuracy", "cost_over_5000"),
                choices=("less often", "about as often", "more often"),
            ),
            claims=tuple(
                Claim(
                    of=_bounded(column, label),
                    more=f"{NOW[label].capitalize()}: the tightest bound raises {what} by {{size}}",
                    less=f"{NOW[label].capitalize()}: the tightest bound lowers {what} by {{size}}",
                    tie=f"{NOW[label].capitalize()}: what the tightest bound does to {what} "
                    "cannot be told from nothing",
                )
                for label in ("cost_over_5000", "health_poor")
                for column, what in (("gap", "the gap"), ("accuracy", "right answers"))
            ),
            look="To the right the groups are chosen more alike. A bound changes who is chosen, "
            "not what the label means.",
        ),
    ),
    try_this=(
        "In the first step, make the places few and count by insurance.",
        "In the third step, look at 65 or over, where nearly everybody has public insurance.",
        "Open the last step in the Explorer and choose another label.",
    ),
    discuss=(
        "Who in your country would be missed by each of the three meanings?",
        "Should a programme ask people how they feel, if the answer decides who gets a place?",
        "Whom would you have to talk with before choosing a meaning of need?",
    ),
    decisions=(
        "Choose by foretold cost",
        "Choose by diagnoses",
        "Choose by how people rate their own health",
        "Mix the meanings, and let those affected say how",
    ),
    sources=(
        Source(title="The paper, section 2.4.2: proxies", where="arXiv:2306.10043"),
        Source(
            title="Obermeyer, Powers, Vogeli, Mullainathan 2019: racial bias in an algorithm "
            "used to manage the health of populations",
            where="doi:10.1126/science.aax2342",
        ),
        Source(title="AHRQ: Medical Expenditure Panel Survey", where="https://meps.ahrq.gov"),
        Source(title="Bellamy et al. 2018: AI Fairness 360", where="arXiv:1810.01943"),
    ),
    limits=(
        "Rows are counted without the weights and households of the survey, so shares are of this "
        "table, not of the country. Twelve conditions are counted alike, mild or grave. Of the "
        "people compared at equal health and age, much else differs. The programme of 2019 and "
        "its patients are not in these data; what is drawn here is a comparison of the same kind."
    ),
    minutes=10,
)
