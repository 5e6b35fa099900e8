"""Privacy washing: four ways to say “private”, and what each is worth on paper and under attack."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

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
from tradeoffs.lessons.prediction import Direction, Number
from tradeoffs.lessons.reading import change, level, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.interpretation import guess_rate

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

BUDGETS = (1.0, 3.0, 8.0, 20.0, 50.0)
NOISES = (0.03, 0.1, 0.2, 0.3, 0.6, 1.0)
TRIES = (5, 10, 20, 40)
ON_TOP, ACCOUNTED = "noise on top", "accounted noise"
BY_LOT, ROUNDS, ALL = "by lot, as claimed", "in fixed rounds", "everybody, every step"
ONE, BEST, SEEN = "one try", "the best looking", "all of them"
ENDS = {"low": "from (95 %)", "high": "to (95 %)"}
RANKED = "How often the attack ranks one who was trained on first"
GUESSING = (0.5, "guessing")


def _budget(epsilon: Value) -> str:
    absent = epsilon is None or not math.isfinite(float(epsilon))
    return "no privacy" if absent else f"ε = {number(float(epsilon or 0))}"


def _of(moved: str = "epsilon", **where: object) -> Measured:
    """Return what a study states in the only row with these values; `here` is where `moved` is."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        here = setting[moved]
        found = {name: here if value == "here" else value for name, value in where.items()}
        effect = stated_effect(table, found)
        words = _budget(here) if moved == "epsilon" else number(float(here or 0))
        return effect and effect.named(here=words)

    return of


def _less(of: Measured, constant: float) -> Measured:
    """Return an effect minus a constant."""

    def found(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        effect = of(table, setting)
        return effect and effect.less(constant)

    return found


def _turned(of: Measured) -> Measured:
    """Return an effect the other way around."""

    def found(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        effect = of(table, setting)
        return effect and effect.turned()

    return found


def _bound(of: Measured, **where: object) -> Measured:
    """Return the most that a promise allows the attack, from the same row."""

    def found(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        if of(table, setting) is None:
            return None
        wanted = {k: setting["epsilon"] if v == "here" else v for k, v in where.items()}
        most = float(select_rows(table, wanted)["bound"].iloc[0])
        effect = Effect(value=most, low=-math.inf, high=math.inf)
        return effect.named(here=_budget(setting["epsilon"]))

    return found


def _fronts(setting: StepState) -> Sequence[Scenario]:
    """Return the budgets, the weakest and none first."""
    return [setting.scenario.but(epsilon=e) for e in (50.0, None, 1.0, 3.0, 8.0, 20.0, 0.3)]


def _guesses(epsilon: float) -> Measured:
    """Return how often a guess about one person may be right under the promise that was spent."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        paid = level(table, "epsilon_spent", {"epsilon": epsilon})
        if paid is None:
            return None
        return Effect(value=guess_rate(paid.value) / 100, low=-math.inf, high=math.inf)

    return of


def _price(epsilon: float) -> Measured:
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        return change(table, "accuracy", {"epsilon": epsilon}, {"epsilon": None})

    return of


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    return front_plane(table, configuration=("epsilon",), x="privacy")


def _declared(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    import pandas as pd

    del setting
    found = table.loc[table["what"] == "attack"]
    found = found.assign(privacy=[_budget(epsilon) for epsilon in found["declared"]])
    most = found.loc[found["bound"].notna()]
    most = most.assign(value=most["bound"], low=math.nan, high=math.nan)
    parts = pd.concat([found.assign(who="this attack"), most.assign(who="any attack, at most")])
    return dots(parts, y="privacy", series="who", x_title=RANKED, reference=GUESSING)


def _declared_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = table.assign(privacy=[_budget(epsilon) for epsilon in table["declared"]])
    titles = {"privacy": "privacy", "what": "what", "value": "value"} | ENDS
    titles |= {"bound": "most that the promise allows"}
    return display_table(found, titles, ("value", "low", "high", "bound"))


def _noise(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    words = {"attack": "attack", "right": "right answers"}
    found = table.loc[(table["how"] == ON_TOP) & table["what"].isin(list(words))]
    found = found.assign(line=[words[what] for what in found["what"]])
    return lines(
        found,
        x="noise",
        series="line",
        x_title="Noise added to each weight (standard deviation)",
        y_title="Share",
        reference=GUESSING,
    )


def _noise_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    worth = ["none by any accountant" if pd.isna(e) else number(e) for e in table["epsilon"]]
    found = table.assign(worth=worth)
    titles = {"how": "noise", "noise": "standard deviation", "worth": "epsilon", "what": "what"}
    return display_table(found, titles | {"value": "value"} | ENDS, ("value", "low", "high"))


def _epsilon_of_noise(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    import pandas as pd

    found = select_rows(table, {"how": ON_TOP, "noise": setting["noise"], "what": "attack"})
    if found.empty or pd.isna(found["epsilon"].iloc[0]):
        return None
    return Effect(value=float(found["epsilon"].iloc[0]), low=-math.inf, high=math.inf)


def _ways(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    found = table.loc[table["what"] == "epsilon"]
    return dots(
        found.assign(name=found["way"]), y="name", x_title="Epsilon that it is worth", share=False
    )


def _ways_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    titles = {"way": "people in a step", "what": "what", "value": "value", "accountant": "by"}
    found = table.assign(
        value=[
            _plain(what, value) for what, value in zip(table["what"], table["value"], strict=True)
        ]
    )
    return display_table(found, titles | ENDS, ("low", "high"))


def _plain(what: str, value: float) -> str:
    return number(value) if what == "epsilon" else f"{100 * value:.1f} %"


def _tries(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    words = {
        "looks": "right about those in training",
        "right": "right about others",
        "attack": "attack",
    }
    found = table.loc[table["what"].isin(list(words))]
    found = found.assign(series=[words[what] for what in found["what"]])
    return dots(found, y="shown", series="series", x_title="Share", reference=GUESSING)


def _tries_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    titles = {"shown": "shown", "what": "what", "value": "value"} | ENDS
    found = table.assign(
        value=[
            _plain(what, value) for what, value in zip(table["what"], table["value"], strict=True)
        ]
    )
    return display_table(found, titles, ("low", "high"))


BUDGET = Slider(
    name="epsilon", title="Declared budget", choices=BUDGETS, ends=("more private", "less private")
)

LESSON = Lesson(
    name="privacy_washing",
    title="Privacy washing",
    section="3",
    claim="whoever holds the model can say “private”, add very little noise, and keep the trust.",
    role="You sit on a citizens' panel. Four firms each say that their model is private.",
    question="What is each of these sentences worth, on paper and when somebody attacks?",
    base=Scenario(rows=500, width=8, epsilon=50.0),
    steps=(
        Step(
            title="“We use differential privacy”",
            text=(
                "The first firm trains on 500 people and names its budget in small print: 50. The "
                "promise is about a guess: was your record used or not? Who knows nothing is "
                "right 50 times in 100. A budget caps how often anybody can be.\n\nEach dot is a "
                "budget, with what its models get right."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("epsilon",),
                columns=("accuracy", "epsilon_spent"),
                splits=("select", "report"),
            ),
            figure=_plane,
            prediction=Number(
                question="With a budget of 50, how often in 100 may the best attacker be right?",
                of=_guesses(50.0),
                unit="in 100",
                low=50,
                high=100,
            ),
            claims=(
                Fact(
                    of=_guesses(50.0),
                    text="A budget of 50 allows an attacker to be right {value}",
                    unit="in 100",
                ),
                Fact(of=_guesses(1.0), text="A budget of 1 allows {value} at most", unit="in 100"),
                Claim(
                    of=_price(50.0),
                    more="With a budget of 50, {size} more answers are right than without privacy",
                    less="A budget of 50 costs {size} of right answers",
                    tie="What a budget of 50 costs in right answers cannot be told from nothing",
                ),
                Claim(
                    of=_price(1.0),
                    more="With a budget of 1, {size} more answers are right than without privacy",
                    less="A budget of 1 costs {size}",
                    tie="What a budget of 1 costs cannot be told from nothing",
                ),
            ),
            look="To the right is a stronger promise. “None” stands at the left end.",
        ),
        Step(
            title="The same promise, attacked",
            text=(
                "A cap is not a measurement. So somebody attacks: trains 64 models like the "
                "firm's, and guesses who was in which. Of one person who was and one who was not, "
                "how often is the right one ranked first? That is another question than a guess "
                "about one person, so its cap is another."
            ),
            source=StudySource(study="attacks_by_epsilon"),
            sliders=(BUDGET,),
            figure=_declared,
            shown=_declared_shown,
            prediction=Direction(
                question="With a budget of 50, against no privacy at all, this attack is right …",
                of=_turned(_of(declared="here", what="spared")),
                choices=("less often", "as often", "more often"),
            ),
            claims=(
                Claim(
                    of=_of(declared="here", what="spared"),
                    more="With {here} the attack is right {size} less often than without privacy",
                    less="With {here} the attack is right {size} more often than without privacy",
                    tie="With {here} the attack cannot be told from that without privacy",
                ),
                Claim(
                    of=_less(_of(declared="here", what="attack"), 0.5),
                    more="With {here} it does {size} better than guessing",
                    less="With {here} it does {size} worse than guessing",
                    tie="With {here} it cannot be told from guessing",
                ),
                Fact(
                    of=_bound(_of(declared="here", what="attack"), declared="here", what="attack"),
                    text="Asked like this, no attack whatever can be right more than {value} of "
                    "the time under {here}",
                ),
            ),
            look="The dot is one attack; the square is what the promise rules out. The room "
            "between is for attacks that nobody has tried yet.",
        ),
        Step(
            title="“We add noise”",
            text=(
                "The second firm trains without a promise and adds noise to the finished model. "
                "How much noise one person is worth depends on how far one person can move the "
                "model. Nobody has bounded that here.\n\nSo there is no budget to declare. The "
                "attack can still be tried."
            ),
            source=StudySource(study="weight_noise"),
            change={"noise": 0.1, "epsilon": 8.0},
            sliders=(
                Slider(
                    name="noise",
                    title="Noise on each weight",
                    choices=NOISES,
                    ends=("less", "more"),
                ),
            ),
            figure=_noise,
            shown=_noise_shown,
            claims=(
                Fact(
                    of=_epsilon_of_noise,
                    text="This noise is worth ε = {value}",
                    unit="",
                    absent="No accountant gives an epsilon for this noise: how far one person can "
                    "move these weights has no known bound.",
                ),
                Claim(
                    of=_of("noise", how=ON_TOP, noise="here", what="spared"),
                    more="Noise of {here} makes the attack right {size} less often",
                    less="Noise of {here} makes the attack right {size} more often",
                    tie="Noise of {here} changes the attack by nothing that can be told from "
                    "chance",
                ),
                Claim(
                    of=_of("noise", how=ON_TOP, noise="here", what="price"),
                    more="It makes {size} more answers right",
                    less="It costs {size} of right answers",
                    tie="What it costs in right answers cannot be told from nothing",
                ),
                Claim(
                    of=_of(how=ACCOUNTED, what="spared"),
                    more="Noise with a budget of 8, added while each person's pull is cut, makes "
                    "the attack right {size} less often",
                    less="Noise with a budget of 8, added while each person's pull is cut, makes "
                    "the attack right {size} more often",
                    tie="Noise with a budget of 8 changes the attack by nothing that can be told "
                    "from chance",
                ),
                Claim(
                    of=_of(how=ACCOUNTED, what="price"),
                    more="It makes {size} more answers right",
                    less="It costs {size} of right answers",
                    tie="What that costs in right answers cannot be told from nothing",
                ),
            ),
            look="Two lines: what the attack gets right, and what the model gets right.",
        ),
        Step(
            title="“Our budget is 1”",
            text=(
                "The third firm's arithmetic says: in each of 200 steps every person is drawn by "
                "lot, with one chance in ten. Luck hides people, so less noise is enough. But the "
                "program takes people in fixed rounds, or all of them in every step.\n\nThe noise "
                "is the same in each row. The sentence in the brochure, too."
            ),
            source=StudySource(study="poisson_assumption", options=("drawn",)),
            change={"drawn": 0.1, "epsilon": 1.0},
            sliders=(
                Slider(
                    name="epsilon",
                    title="Budget in the brochure",
                    choices=(1.0, 3.0, 8.0),
                    ends=("more private", "less private"),
                ),
            ),
            figure=_ways,
            shown=_ways_shown,
            prediction=Number(
                question="All people take part in every step. What is the budget of 1 really?",
                of=_of(way=ALL, what="epsilon"),
                unit="",
                low=1,
                high=50,
            ),
            claims=(
                Fact(
                    of=_of(way=BY_LOT, what="epsilon"),
                    text="By lot, as claimed, the budget is {value}",
                    unit="",
                ),
                Fact(of=_of(way=ROUNDS, what="epsilon"), text="In rounds it is {value}", unit=""),
                Fact(
                    of=_of(way=ALL, what="epsilon"),
                    text="With everybody in every step it is {value}",
                    unit="",
                ),
                Claim(
                    of=_of(way=ALL, what="apart"),
                    more="With everybody in every step the attack is right {size} more often than "
                    "by lot",
                    less="With everybody in every step the attack is right {size} less often than "
                    "by lot",
                    tie="The attack cannot tell everybody in every step from people drawn by lot",
                ),
                Claim(
                    of=_of(way=ALL, what="beyond"),
                    more="The attack is right {size} more often than the brochure rules out: it "
                    "refutes the brochure",
                    less="The attack stays {size} below what the brochure rules out: it alone "
                    "does not refute the brochure",
                    tie="The attack reaches what the brochure rules out, and no further that can "
                    "be told from chance",
                ),
            ),
            look="Which of the three rows is the firm's? What would you have to read to know?",
        ),
        Step(
            title="“Our best model has a budget of 1”",
            text=(
                "The fourth firm keeps its promise each time, and tries many settings. It shows "
                "the one that looks best on the people it was trained on, and declares the budget "
                "of one.\n\nBut the choice looked at those people, too. Forty promises together "
                "are weaker than one."
            ),
            source=StudySource(study="best_of_forty", options=("tries",)),
            change={"tries": 40, "width": 0},
            sliders=(
                Slider(
                    name="tries",
                    title="Settings tried",
                    choices=TRIES,
                    ends=("fewer", "more"),
                ),
            ),
            figure=_tries,
            shown=_tries_shown,
            prediction=Direction(
                question="On other people, against the first try, the best looking of forty is "
                "right …",
                of=_of("tries", shown=BEST, what="right apart"),
                choices=("less often", "as often", "more often"),
            ),
            claims=(
                Fact(
                    of=_of("tries", shown=SEEN, what="epsilon"),
                    text="{here} tries that are all seen have a budget of {value} together",
                    unit="",
                ),
                Fact(
                    of=_of("tries", shown=BEST, what="epsilon"),
                    text="Had the number of tries been drawn by lot, {here} on average, and the "
                    "best been chosen on other people's records, its budget would be {value}",
                    unit="",
                ),
                Claim(
                    of=_of("tries", shown=BEST, what="looks apart"),
                    more="On those in training the best looking is right {size} more often than "
                    "the first try",
                    less="On those in training the best looking is right {size} less often than "
                    "the first try",
                    tie="On those in training the two cannot be told apart",
                ),
                Claim(
                    of=_of("tries", shown=BEST, what="right apart"),
                    more="On other people it is right {size} more often",
                    less="On other people it is right {size} less often",
                    tie="On other people the two cannot be told apart",
                ),
                Claim(
                    of=_of("tries", shown=SEEN, what="attack apart"),
                    more="Who sees all of them attacks {size} better than who sees one",
                    less="Who sees all of them attacks {size} worse than who sees one",
                    tie="Who sees all of them attacks no better that can be told from chance",
                ),
                Claim(
                    of=_of("tries", shown=BEST, what="attack apart"),
                    more="Who sees the best looking alone attacks {size} better",
                    less="Who sees the best looking alone attacks {size} worse",
                    tie="Who sees the best looking alone attacks no better that can be told from "
                    "chance",
                ),
            ),
            look="Fewer tries, or more: which dots move?",
        ),
    ),
    try_this=(
        "In step 3, find noise that stops the attack as well as a budget of 8. What does it cost?",
        "In the Explorer, open “Privacy loss under composition”: what do all models on screen "
        "promise together?",
    ),
    discuss=(
        "What must a firm publish so that its sentence can be checked: the budget, the program, "
        "the number of tries?",
        "An attack fails. What has been shown, and what has not?",
        "Should a budget of 50 be allowed to be called private? What about 8?",
    ),
    decisions=(
        "Ask for the budget, the accounting and the program",
        "Ask for an attack by somebody else",
        "Forbid the word above a budget that a law names",
        "Trust the firms",
    ),
    sources=(
        Source(title="The paper, section 3: power and trust", where="arXiv:2306.10043"),
        Source(
            title="Domingo-Ferrer, Sánchez, Blanco-Justicia: The Limits of Differential Privacy",
            where="arXiv:2011.02352",
        ),
        Source(
            title="Chua and others: How Private are DP-SGD Implementations?",
            where="arXiv:2403.17673",
        ),
        Source(
            title="Papernot, Steinke: Hyperparameter Tuning with Rényi Differential Privacy",
            where="arXiv:2110.03620",
        ),
        Source(
            title="Carlini and others: Membership Inference Attacks From First Principles",
            where="arXiv:2112.03570",
        ),
        Source(title="Becker, Kohavi: Adult, UCI", where="doi:10.24432/C5XW20"),
    ),
    limits=(
        "One table, small models and 500 people, half of them in each model that is attacked. An "
        "attack that fails proves nothing: stronger ones may come. The guess of step 1 leaves out "
        "delta, a small chance that the promise does not hold. Fixed rounds are computed, not "
        "attacked. A fixed number of tries has no better known bound than that of seeing all of "
        "them, whoever the best is chosen by."
    ),
)
