"""The same illness, another face: one model for all places, a local one, or both together."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

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
from tradeoffs.lessons.prediction import Choice, Direction, Number
from tradeoffs.lessons.reading import change, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

FACES = {
    0.0: "just as here",
    0.25: "a quarter otherwise",
    0.5: "half otherwise",
    0.75: "three quarters otherwise",
    1.0: "wholly otherwise",
}
FEW = 100  # patients with a diagnosis there, of whom the first step speaks
ONE_SIZE, LOCAL, POOLED = "one size", "local", "pooled"
MODELS = {
    ONE_SIZE: "yours",
    LOCAL: "local",
    POOLED: "both together",
    "the best there is": "best possible",
}
MORE, SHOWS, HARMLESS = (
    "more people are ill",
    "the illness shows more",
    "healthy people show it too",
)
ALIKE = "all three fit alike"
NO_SIGN, MARKED = "no sign", "a marked sign"
SOME = 30  # patients examined, of whom the third step speaks
SURE = 0.95
BUDGETS = (0.3, 1.0, 3.0, None)
TRAINED_ON = {
    (3000, ""): "yours",
    (300, "manifestation:1.0"): "local",
    (3000, "manifestation:0.1"): "both together",
}
SIZE, THERE, MIXED = (dict(zip(("rows", "training_shifts"), on, strict=True)) for on in TRAINED_ON)
REGIONS = (300, 1000, 3000)  # people trained on
OWN_LESS = "difference"


def _found(model: str, against: str | None = None, labelled: int = FEW):
    """Return the share of the ill that a model finds, or by how much more than another."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        where = {"model": model, "against": against, "labelled": labelled}
        return stated_effect(table, where | {"face": setting["face"]})

    return of


def _faces(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    found = select_rows(table, {"face": setting["face"], "against": None})
    return found.assign(
        trained=[MODELS[name] for name in found["model"]],
        patients=[f"{n:,}" for n in found["labelled"]],
    )


def _faces_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return lines(
        _faces(table, setting),
        x="patients",
        series="trained",
        x_title="Patients with a diagnosis there (made up)",
        y_title="Of the ill, found",
        reference=(0.3, "examining anybody"),
    )


def _faces_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "patients": "diagnosed there",
        "trained": "model",
        "value": "of the ill, found",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(_faces(table, setting), titles, ("value", "low", "high"))


def _account(asked: str, account: str, less: str, sign: str):
    """Return how much more often by one account than by another; exact, so without width."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        one, two = (
            stated_effect(table, {"asked": asked, "account": name, "sign": sign})
            for name in (account, less)
        )
        if one is None or two is None:
            return None
        apart = round(one.value - two.value, 12)
        return Effect(value=apart, low=apart, high=apart)

    return of


def _seen(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the largest difference between accounts in the share of patients with a sign."""
    del setting
    found = select_rows(table, {"asked": "seen"})
    if found.empty:
        return None
    spreads = [np.ptp(part["value"].to_numpy(float)) for _, part in found.groupby("sign")]
    apart = round(float(max(spreads)), 12)
    return Effect(value=apart, low=apart, high=apart)


def _best_account(table: "pd.DataFrame", setting: StepState) -> str | None:
    found = _seen(table, setting)
    return ALIKE if found and not found.value else None


def _chances(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = select_rows(table, {"asked": "chance"})
    return found.assign(told=[f"if {name}" for name in found["account"]])


def _undiagnosed(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return what is known before anybody is examined in full."""
    del setting
    return table.loc[table["asked"] != "told"]


def _chances_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return dots(
        _chances(table, setting),
        y="sign",
        series="told",
        x_title="Of patients with it, ill (made up)",
    )


def _chances_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {"sign": "sign", "told": "account", "value": "ill"}
    return display_table(_chances(table, setting), titles, ("value",))


def _told_after(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return how often the true account is the likeliest after SOME diagnoses, over accounts."""
    del setting
    return _mean(select_rows(table, {"asked": "told", "examined": SOME}))


def _mean(found: "pd.DataFrame") -> Effect | None:
    """Return the mean of estimates that do not hang together, with its interval."""
    if found.empty:
        return None
    value, low, high = (found[name].to_numpy(float) for name in ("value", "low", "high"))
    mean, wide = float(value.mean()), float(np.linalg.norm(high - low)) / 2 / len(found)
    return Effect(value=mean, low=mean - wide, high=mean + wide)


def _above_guessing(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    found = _told_after(table, setting)
    third = 1 / 3
    return found and Effect(
        value=round(found.value - third, 9),
        low=round(found.low - third, 9),
        high=round(found.high - third, 9),
    )


def _enough(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the fewest diagnoses on offer that tell every account in SURE of draws."""
    del setting
    for examined, part in select_rows(table, {"asked": "told"}).groupby("examined"):
        if part["value"].to_numpy(float).min() >= SURE:
            return Effect(value=float(str(examined)), low=-math.inf, high=math.inf)
    return None


def _telling(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = select_rows(table, {"asked": "told"})
    return found.assign(
        told=[f"if {name}" for name in found["account"]],
        patients=[f"{int(n):,}" for n in found["examined"]],
    )


def _telling_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return lines(
        _telling(table, setting),
        x="patients",
        series="told",
        x_title="Patients examined in full (made up)",
        y_title="True account is the likeliest",
        reference=(1 / 3, "guessing"),
    )


def _telling_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {"patients": "examined", "told": "true account", "value": "told rightly"}
    return display_table(_telling(table, setting), titles, ("value",))


def _there(setting: StepState) -> Sequence[Scenario]:
    return [
        setting.scenario.but(rows=rows, training_shifts=shifts, epsilon=epsilon)
        for epsilon in BUDGETS
        for rows, shifts in TRAINED_ON
    ]


def _there_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    pairs = zip(table["rows"], table["training_shifts"], strict=True)
    named = table.assign(trained=[TRAINED_ON[pair] for pair in pairs])
    return front_plane(named, configuration=("epsilon",), x="privacy", series="trained")


def _better(here: dict, epsilon: float | None):
    """Return accuracy there of models trained as stated, minus that of one size for all."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        budget = {"epsilon": epsilon}
        return change(table, "accuracy", here | budget, SIZE | budget)

    return of


def _own_people(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return local minus everywhere, mean over places; their people are different ones."""
    del setting
    return _mean(select_rows(table, {"model": OWN_LESS}))


def _best_own(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the difference in the place where a local model does best against the other."""
    del setting
    found = select_rows(table, {"model": OWN_LESS})
    if found.empty:
        return None
    best = found.sort_values("value").iloc[-1]
    effect = stated_effect(found, {"place": best["place"]})
    return effect and effect.named(place=str(best["place"]))


def _regions(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    return table.loc[table["model"] != OWN_LESS]


def _regions_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return dots(
        _regions(table, setting),
        y="place",
        series="model",
        x_title="Who uses much care, told from who does not",
    )


def _regions_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    titles = {
        "place": "region",
        "model": "trained on",
        "value": "told apart",
        "low": "from (95 %)",
        "high": "to (95 %)",
        "people": "people asked about",
    }
    return display_table(table, titles, ("value", "low", "high"))


CHANGE = Slider(
    name="change",
    title="How much more the sign is seen there",
    choices=(0.0, 0.25, 0.5, 0.75, 1.0),
    words=lambda value: f"a marked sign in {22 + 6 * float(value or 0):g} of 100",
    ends=("as here", "more"),
)

LESSON = Lesson(
    name="the_same_illness",
    title="The same illness, another face",
    section="2.4.2",
    claim="what is to be foretold may show itself otherwise in another place, and no data alone "
    "say how.",
    role="You run a clinic with a model that works. A clinic far away asks for it.",
    question="There the same illness may show otherwise. Do you send your model, help them make "
    "their own, or put both clinics' patients together?",
    base=Scenario(dataset="meps", label="visits_10", protected="race_ethnicity", epsilon=None),
    synthetic=(
        "patients, illness and signs of steps 1 to 3. In step 4 one column of real people is "
        "changed on purpose. Step 5 is real people as recorded."
    ),
    steps=(
        Step(
            title="Your model goes travelling",
            text=(
                "In both places 30 of 100 people are ill, and 30 of 100 can be examined. A model "
                "says whom to examine, by eight signs. It was made from 3,000 patients **here**."
                "\n\n**There** the ill show some of these signs less, and others more. The healthy "
                "are as here. There are three ways: send the model as it is; make a local one "
                "from the few patients who have a diagnosis there; or put all patients together."
            ),
            source=StudySource(study="clinic"),
            change={"face": 0.75},
            figure=_faces_drawn,
            shown=_faces_shown,
            sliders=(
                Slider(
                    name="face",
                    title="There the illness shows",
                    choices=tuple(FACES),
                    words=lambda value: FACES[float(value or 0)],
                    ends=("as here", "otherwise"),
                ),
            ),
            prediction=Number(
                question="There the illness shows three quarters otherwise. Of 100 ill people "
                "there, how many does your model find?",
                of=_found(ONE_SIZE),
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Fact(
                    of=_found(ONE_SIZE),
                    text="Your model finds {value} of the ill there",
                ),
                Claim(
                    of=_found(LOCAL, ONE_SIZE),
                    more="A local model of 100 patients finds {size} more of the ill than yours",
                    less="A local model of 100 patients finds {size} fewer of the ill than yours",
                    tie="A local model of 100 patients cannot be told from yours",
                ),
                Claim(
                    of=_found(POOLED, LOCAL),
                    more="Both clinics' patients together find {size} more than the local 100 "
                    "alone",
                    less="Both clinics' patients together find {size} fewer than the local 100 "
                    "alone",
                    tie="Both clinics' patients together cannot be told from the local 100 alone",
                ),
            ),
            look="Move the slider from one end to the other. Where does the local line cross the "
            "one of your model?",
        ),
        Step(
            title="Three accounts of the same patients",
            text=(
                "Another place, and one sign: absent, slight or marked. Nobody there has a "
                "diagnosis yet. You only see that the sign is seen more often than here.\n\n"
                "Why? Perhaps **more people are ill**. Perhaps as many are ill, and **the illness "
                "shows more**. Perhaps as many are ill, and something harmless makes **healthy "
                "people show it too**."
            ),
            source=StudySource(study="rival_explanations", options=("change",)),
            change={"change": 1.0},
            figure=_chances_drawn,
            shown=_chances_shown,
            part=_undiagnosed,
            sliders=(CHANGE,),
            prediction=Choice(
                question="You may look at the signs of as many patients as you like, without a "
                "diagnosis. Which account fits them best?",
                choices=(MORE, SHOWS, HARMLESS, ALIKE),
                of=_best_account,
            ),
            claims=(
                Claim(
                    of=_seen,
                    more="By the three accounts, patients differ in their signs by up to {size}",
                    less="By the three accounts, patients differ in their signs by up to {size}, "
                    "counted the other way",
                    tie="By all three accounts, patients show the same signs just as often: "
                    "without diagnoses no number of them tells which is true",
                ),
                Claim(
                    of=_account("chance", MORE, HARMLESS, MARKED),
                    more="With a marked sign, a patient is {size} likelier to be ill if more "
                    "people are ill than if healthy people show it too",
                    less="With a marked sign, a patient is {size} less likely to be ill if more "
                    "people are ill than if healthy people show it too",
                    tie="With a marked sign, a patient is as likely to be ill if more people are "
                    "ill as if healthy people show it too",
                ),
                Claim(
                    of=_account("chance", MORE, SHOWS, NO_SIGN),
                    more="Without the sign, a patient is {size} likelier to be ill if more people "
                    "are ill than if the illness shows more",
                    less="Without the sign, a patient is {size} less likely to be ill if more "
                    "people are ill than if the illness shows more",
                    tie="Without the sign, a patient is as likely to be ill if more people are ill "
                    "as if the illness shows more",
                ),
            ),
            look="Each row is one patient. The three dots are what three doctors would tell them.",
        ),
        Step(
            title="What it takes to know",
            text=(
                "Now some patients there are examined in full, so that each is known to be ill or "
                "not. That costs a day for each of them. The account that fits them best is "
                "taken. How often is it the true one?"
            ),
            source=StudySource(study="rival_explanations", options=("change",)),
            figure=_telling_drawn,
            shown=_telling_shown,
            sliders=(CHANGE,),
            prediction=Number(
                question=f"After {SOME} patients are examined, in how many of 100 such places is "
                "the true account taken?",
                of=_told_after,
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Claim(
                    of=_above_guessing,
                    more=f"With {SOME} patients examined, the true account is taken {{size}} more "
                    "often than by guessing",
                    less=f"With {SOME} patients examined, the true account is taken {{size}} less "
                    "often than by guessing",
                    tie=f"With {SOME} patients examined, no more is known than by guessing",
                ),
                Fact(
                    of=_enough,
                    text="Of the numbers drawn, {value} examined in full are the fewest that tell "
                    "each of the accounts in 95 of 100 places",
                    unit="people",
                    absent="No number drawn here tells all accounts in 95 of 100 places.",
                ),
            ),
            look="Move the slider to a small difference. How many must be examined then?",
        ),
        Step(
            title="Real people, a made-up change, and a promise of privacy",
            text=(
                "These are real people of a health survey: who uses much care? In those who do, "
                "one column, distress, is lowered on purpose; so it shows otherwise *there*.\n\n"
                "All models are used there. **Yours** is trained on 3,000 people from here, the "
                "**local** one on 300 from there, and **both together** on 3,000, of whom one "
                "in ten shows it as there. Every model may also promise privacy to the people it "
                "was trained on."
            ),
            source=TrainingSource(
                settings=_there,
                varies=("rows", "training_shifts", "epsilon"),
                columns=("accuracy", "epsilon_spent"),
                splits=("select", "report"),
            ),
            change={"shift": "manifestation", "shift_intensity": 1.0},
            figure=_there_drawn,
            prediction=Direction(
                question="With a promise of ε = 1, the local model of 300 people is right there …",
                of=_better(THERE, 1.0),
                choices=("less often than yours", "about as often", "more often than yours"),
            ),
            claims=(
                Claim(
                    of=_better(THERE, None),
                    more="Without privacy, 300 people from there are right {size} more often than "
                    "3,000 from here",
                    less="Without privacy, 300 people from there are right {size} less often than "
                    "3,000 from here",
                    tie="Without privacy, 300 people from there cannot be told from 3,000 from "
                    "here",
                ),
                Claim(
                    of=_better(THERE, 1.0),
                    more="At ε = 1, they are right {size} more often",
                    less="At ε = 1, they are right {size} less often",
                    tie="At ε = 1, they cannot be told apart",
                ),
                Claim(
                    of=_better(MIXED, None),
                    more="Without privacy, both together are right {size} more often than "
                    "3,000 from here",
                    less="Without privacy, both together are right {size} less often than "
                    "3,000 from here",
                    tie="Without privacy, both together cannot be told from 3,000 from here",
                ),
            ),
            look="To the right is more private. Which line falls first?",
        ),
        Step(
            title="A check with real places",
            text=(
                "Nothing is made up here. The same survey knows in which of four regions people "
                "live. For each region one model is trained on its own people, and one on as many "
                "from everywhere. Both are asked about the same people of the region."
            ),
            source=StudySource(study="regional_models"),
            change={"shift": "demographic", "shift_intensity": 0.0, "rows": 1000},
            figure=_regions_drawn,
            shown=_regions_shown,
            sliders=(Slider(name="rows", choices=REGIONS, ends=()),),
            prediction=Direction(
                question="Against one of everywhere, a model of the region's own people tells "
                "those who use much care from others …",
                of=_own_people,
                choices=("less often", "about as often", "more often"),
            ),
            claims=(
                Claim(
                    of=_own_people,
                    more="Over the regions, own people are {size} better than as many from "
                    "everywhere",
                    less="Over the regions, own people are {size} worse than as many from "
                    "everywhere",
                    tie="Over the regions, own people cannot be told from as many from everywhere",
                ),
                Claim(
                    of=_best_own,
                    more="Where own people do best, in the {place}, they are {size} better",
                    less="Where own people do best, in the {place}, they are still {size} worse",
                    tie="Where own people do best, in the {place}, the two cannot be told apart",
                ),
            ),
            look="Bars that overlap are not yet a tie: both models are asked about the same "
            "people, and the sentences below use that.",
        ),
    ),
    try_this=(
        "In step 1 find the face at which your model and 100 local patients do alike.",
        "In step 3 find how many diagnoses a small difference asks for.",
    ),
    discuss=(
        "Who would know, before any diagnosis, which of the three accounts is true?",
        "Thirty people are examined to decide the account. Who examines them, and who pays?",
        "What kinds of places might differ more than four regions of one country do?",
    ),
    decisions=(
        "Send the model as it is",
        "Help them to make their own",
        "Put the patients of both together",
        "Ask the doctors there first",
    ),
    sources=(
        Source(title="The paper, section 2.4.2: problem manifestation", where="arXiv:2306.10043"),
        Source(
            title="Castro, Walker, Glocker: Causality matters in medical imaging",
            where="arXiv:1912.08142",
        ),
        Source(
            title="DeLong, DeLong, Clarke-Pearson: comparing areas under ROC curves",
            where="doi:10.2307/2531595",
        ),
        Source(
            title="Agency for Healthcare Research and Quality: MEPS",
            where="https://meps.ahrq.gov/mepsweb/",
        ),
    ),
    limits=(
        "Signs, illness and the three accounts are made up, and simple: real places may differ in "
        "several ways at once. The survey's regions are large and of one country; what they show "
        "says nothing of a clinic far away. Survey weights are not used."
    ),
    minutes=10,
)
