"""Privacy for whom?  Who loses right answers by privacy, and who is recognised without it."""

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tradeoffs.engine.clipping.catalogue import CLIPPINGS
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
from tradeoffs.lessons.prediction import Choice, Direction
from tradeoffs.lessons.reading import OVER_TRAININGS, change, over_seeds, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

BUDGETS = (0.3, 1.0, 3.0, 8.0)
GROUPS = {"Female": "women", "Male": "men", "Black": "Black people", "White": "white people"}
ATTRIBUTE = {"Female": "sex", "Male": "sex", "Black": "race", "White": "race"}
COUNTS = ("people", "positives", "selected", "true_positives")
COLUMNS = tuple(f"{count}[{ATTRIBUTE[g]}={g}]" for g in GROUPS for count in COUNTS)
OTHERS, SMALL, DIFFERENCE = "everybody else", "the small group", "difference"
ENDS = {"low": "from (95 %)", "high": "to (95 %)"}


def _told(epsilon: Value) -> str:
    absent = epsilon is None or math.isnan(float(epsilon)) or math.isinf(float(epsilon))
    return "no privacy" if absent else f"ε = {number(float(epsilon or 0))}"


def _with_and_without(setting: StepState) -> Sequence[Scenario]:
    return [setting.scenario, setting.scenario.but(epsilon=None)]


def _right(table: "pd.DataFrame", group: str) -> "pd.DataFrame":
    """Return the table with the column `right`: the group's share of right answers."""
    people, yes, said, hits = (table[f"{c}[{ATTRIBUTE[group]}={group}]"] for c in COUNTS)
    return table.assign(right=(people - yes - said + 2 * hits) / people)


def _price(group: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return what privacy costs a group of real people, paired by training."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        here = {"epsilon": setting["epsilon"]}
        return change(_right(table, group), "right", here, {"epsilon": None})

    return of


def _apart(one: str, other: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return how much more right answers privacy leaves one group than the other."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        own, theirs = _right(table, one), _right(table, other)
        gap = own.assign(gap=own["right"] - theirs["right"])
        return change(gap, "gap", {"epsilon": setting["epsilon"]}, {"epsilon": None})

    return of


def _most(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return who loses most beyond what chance leaves open; None if two cannot be told apart."""
    found = [(_price(group)(table, setting), words) for group, words in GROUPS.items()]
    known = sorted(((one.value, one, words) for one, words in found if one), key=lambda x: x[0])
    if len(known) < 2 or known[0][1].high >= known[1][1].low:
        return None
    return known[0][2]


def _people(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    parts = [
        over_seeds(_right(table, group), ["epsilon"], "right").assign(who=words)
        for group, words in GROUPS.items()
    ]
    found = pd.concat(parts, ignore_index=True)
    return found.assign(privacy=[_told(epsilon) for epsilon in found["epsilon"]])


def _drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    found = _people(table, setting)
    return dots(found, y="who", series="privacy", x_title="Right answers")


def _shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {"who": "who", "privacy": "privacy", "value": "right answers"} | OVER_TRAININGS
    return display_table(
        _people(table, setting), titles | {"seeds": "trainings"}, ("value", "low", "high")
    )


def _of(**where: object) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return what a study states in the only row with these values; `here` is the budget."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = {k: setting["epsilon"] if v == "here" else v for k, v in where.items()}
        effect = stated_effect(table, found)
        return effect and effect.named(budget=_told(setting["epsilon"]))

    return of


def _small_apart(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    return _of(epsilon="here", group=DIFFERENCE, what="price")(table, setting)


def _flipped(found: Effect | None) -> Effect | None:
    return found and found.turned()


def _lines(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    found = table.loc[(table["what"] == "right") & (table["group"] != DIFFERENCE)]
    found = found.assign(privacy=[_told(epsilon) for epsilon in found["epsilon"]])
    return lines(
        found,
        x="privacy",
        series="group",
        x_title="From more privacy to none",
        y_title="Right answers",
    )


def _ways(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    found = table.loc[(table["what"] == "right") & (table["group"] != DIFFERENCE)]
    return dots(_named(found), y="way", series="group", x_title="Right answers")


def _named(table: "pd.DataFrame") -> "pd.DataFrame":
    pairs = zip(table["epsilon"], table["clipping"], strict=True)
    told_of = [
        CLIPPINGS[clipping].title if _told(epsilon) != "no privacy" else "no privacy"
        for epsilon, clipping in pairs
    ]
    return table.assign(way=told_of, privacy=[_told(epsilon) for epsilon in table["epsilon"]])


def _small_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    titles = {"group": "who", "privacy": "privacy", "way": "clipping", "what": "what"}
    return display_table(
        _named(table), titles | {"value": "share"} | ENDS, ("value", "low", "high")
    )


def _attack(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    found = table.loc[(table["what"] == "area") & (table["group"] != DIFFERENCE)]
    found = found.assign(privacy=[_told(epsilon) for epsilon in found["epsilon"]])
    return dots(
        found,
        y="group",
        series="privacy",
        x_title="How often the attack ranks one who was trained on first",
        reference=(0.5, "guessing"),
    )


def _attack_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = table.assign(privacy=[_told(epsilon) for epsilon in table["epsilon"]])
    titles = {"group": "who", "privacy": "privacy", "what": "what", "value": "attack"} | ENDS
    titles |= {"bound": "most that the promise allows", "people": "people"}
    return display_table(found, titles, ("value", "low", "high", "bound"))


def _fronts(setting: StepState) -> Sequence[Scenario]:
    """Return budgets and ways of clipping for real people."""
    return [
        setting.scenario.but(epsilon=epsilon, clipping=way)
        for epsilon in (1.0, 3.0, 8.0, 0.3)
        for way in CLIPPINGS
    ]


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(way=[CLIPPINGS[way].title for way in table["clipping"]])
    return front_plane(
        named, configuration=("epsilon", "clipping"), x="privacy", y="fairness", series="way"
    )


def _widened(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return what the strongest promise does to the gap between the sexes, against the weakest."""
    del setting
    strong, weak = ({"epsilon": epsilon, "clipping": "flat"} for epsilon in (0.3, 8.0))
    return change(table, "gap", strong, weak)


def _remedy(way: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return what a way of clipping does to the gap between the sexes, at a budget of 1."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        here, flat = {"epsilon": 1.0, "clipping": way}, {"epsilon": 1.0, "clipping": "flat"}
        found = change(table, "gap", here, flat)
        return found and found.named(way=CLIPPINGS[way].title)

    return of


BUDGET = Slider(name="epsilon", choices=BUDGETS, ends=("more private", "less private"))
SHARE = Slider(
    name="share",
    title="Size of the made-up group",
    choices=(0.05, 0.1, 0.2, 0.5),
    words=lambda value: f"{100 * float(value or 0):.0f} of 100 people",
    ends=("fewer", "half of all"),
)
PATTERN = Slider(
    name="pattern",
    title="What the group is like",
    choices=("reversed", "same"),
    words=lambda value: {
        "reversed": "what speaks for a yes elsewhere speaks against it here",
        "same": "like everybody else, only few",
    }[str(value)],
    ordered=False,
)

LESSON = Lesson(
    name="privacy_for_whom",
    title="Privacy for whom?",
    section="2.3",
    claim="groups of few people either lose more right answers by privacy, or are more exposed "
    "without it.",
    role="You speak for a small community in a town of a thousand people.",
    question="The town asks: shall the model protect everybody's privacy? Whom does either answer "
    "hurt?",
    base=Scenario(rows=1_000, epsilon=0.3),
    steps=(
        Step(
            title="Four groups of real people",
            text=(
                "A town trains a model on a thousand of its people: who earns more than $50,000? "
                "Once as it is, and once with a promise that nobody can tell whose record was "
                "used.\n\nThe promise is the same for all. Is its price?"
            ),
            source=TrainingSource(settings=_with_and_without, varies=("epsilon",), columns=COLUMNS),
            sliders=(BUDGET,),
            figure=_drawn,
            shown=_shown,
            prediction=Choice(
                question="Who loses the most right answers?",
                choices=tuple(GROUPS.values()),
                of=_most,
            ),
            claims=(
                Claim(
                    of=_price("Female"),
                    more="Privacy makes {size} more answers about women right",
                    less="Privacy costs women {size} of right answers",
                    tie="What privacy costs women cannot be told from nothing",
                ),
                Claim(
                    of=_price("Male"),
                    more="It makes {size} more answers about men right",
                    less="It costs men {size}",
                    tie="What it costs men cannot be told from nothing",
                ),
                Claim(
                    of=_apart("Female", "Male"),
                    more="So it leaves women {size} better off against men than before",
                    less="So it leaves women {size} worse off against men than before",
                    tie="Between women and men its price cannot be told apart",
                ),
                Claim(
                    of=_apart("Black", "White"),
                    more="It leaves Black people {size} better off against white people",
                    less="It leaves Black people {size} worse off against white people",
                    tie="Between Black and white people its price cannot be told apart",
                ),
            ),
            look="The smaller groups here are women and Black people.",
        ),
        Step(
            title="A small group with a way of its own",
            text=(
                "Real groups differ in many ways at once. So here is a made-up one: some of the "
                "same people are put into a small group by lot, and for them the right answer is "
                "turned around. To serve them, a model must learn from few people what holds for "
                "them alone.\n\nOr leave the answers as they are: then the group is only small."
            ),
            source=StudySource(study="minority_cost", options=("share", "pattern", "compare")),
            change={"width": 8, "share": 0.1, "pattern": "reversed", "compare": "budgets"},
            sliders=(SHARE, PATTERN),
            figure=_lines,
            shown=_small_shown,
            prediction=Direction(
                question="One in ten is in the group. Against everybody else, a strong promise "
                "costs the group …",
                of=lambda table, setting: _flipped(_small_apart(table, setting)),
                choices=("less", "as much", "more"),
            ),
            claims=(
                Claim(
                    of=_of(epsilon="here", group=OTHERS, what="price"),
                    more="With {budget}, {size} more answers about everybody else are right",
                    less="With {budget}, everybody else loses {size} of right answers",
                    tie="With {budget}, what everybody else loses cannot be told from nothing",
                ),
                Claim(
                    of=_of(epsilon="here", group=SMALL, what="price"),
                    more="{size} more answers about the small group are right",
                    less="The small group loses {size}",
                    tie="What the small group loses cannot be told from nothing",
                ),
                Claim(
                    of=_small_apart,
                    more="Privacy leaves the small group {size} better off against the others",
                    less="Privacy leaves the small group {size} worse off against the others",
                    tie="The two prices cannot be told apart",
                ),
                Fact(
                    of=_of(epsilon=None, group=SMALL, what="constant"),
                    text="One answer for the whole small group would be right for {value} of it",
                ),
            ),
            look="Make the group larger, then leave its answers as they are. Which of the two "
            "matters?",
        ),
        Step(
            title="The other side: who is recognised?",
            text=(
                "Now without the promise. Somebody who trains models like yours guesses whose "
                "record was used. Shown one person who was and one who was not, how often is the "
                "right one ranked first? Half of the time is guessing."
            ),
            source=StudySource(study="minority_attack", options=("share", "pattern")),
            change={"epsilon": 1.0},
            sliders=(SHARE, PATTERN),
            figure=_attack,
            shown=_attack_shown,
            prediction=Direction(
                question="Without privacy, against everybody else, members of the small group are "
                "recognised …",
                of=_of(epsilon=None, group=DIFFERENCE, what="area"),
                choices=("less often", "as often", "more often"),
            ),
            claims=(
                Fact(
                    of=_of(epsilon=None, group=OTHERS, what="area"),
                    text="Without privacy the attack is right for {value} of pairs of everybody "
                    "else",
                ),
                Fact(
                    of=_of(epsilon=None, group=SMALL, what="area"),
                    text="Of pairs of the small group it is right for {value}",
                    absent="The small group has too few people to be attacked.",
                ),
                Claim(
                    of=_of(epsilon=None, group=DIFFERENCE, what="area"),
                    more="Without privacy the small group is recognised {size} more often",
                    less="Without privacy the small group is recognised {size} less often",
                    tie="Without privacy the two cannot be told apart",
                ),
                Claim(
                    of=_of(epsilon="here", group=DIFFERENCE, what="area"),
                    more="With {budget} the small group is recognised {size} more often",
                    less="With {budget} the small group is recognised {size} less often",
                    tie="With {budget} the two cannot be told apart",
                ),
            ),
            look="The same group as before: compare what it loses with what it is spared.",
        ),
        Step(
            title="Can the price be shared otherwise?",
            text=(
                "A private model cuts what any one person may teach it. People who are unlike the "
                "rest may have more to teach, and then more is cut. Two remedies cut otherwise: "
                "one gives each group a limit of its own, one shrinks everybody alike.\n\nBoth "
                "must count people to do so, and pay for the counts out of the same promise."
            ),
            source=StudySource(study="minority_cost", options=("share", "pattern", "compare")),
            change={"compare": "clipping", "epsilon": 3.0},
            sliders=(BUDGET,),
            figure=_ways,
            shown=_small_shown,
            prediction=Direction(
                question="A limit for each group: against the usual way, right answers about the "
                "small group become …",
                of=_of(epsilon="here", clipping="dpsgd_f", group=SMALL, what="gain"),
                choices=("fewer", "as many", "more"),
            ),
            claims=(
                Claim(
                    of=_of(epsilon="here", clipping="dpsgd_f", group=SMALL, what="gain"),
                    more="With {budget}, a limit for each group makes {size} more answers about "
                    "the small group right",
                    less="With {budget}, a limit for each group costs the small group {size}",
                    tie="With {budget}, a limit for each group changes nothing for the small "
                    "group that can be told from chance",
                ),
                Claim(
                    of=_of(epsilon="here", clipping="dpsgd_f", group=OTHERS, what="gain"),
                    more="For everybody else it makes {size} more answers right",
                    less="It costs everybody else {size}",
                    tie="For everybody else it changes nothing that can be told from chance",
                ),
                Claim(
                    of=_of(epsilon="here", clipping="global_adapt", group=SMALL, what="gain"),
                    more="Shrinking everybody alike makes {size} more answers about the small "
                    "group right",
                    less="Shrinking everybody alike costs the small group {size}",
                    tie="Shrinking everybody alike changes nothing for the small group that can "
                    "be told from chance",
                ),
                Claim(
                    of=_of(epsilon="here", clipping="global_adapt", group=OTHERS, what="gain"),
                    more="For everybody else it makes {size} more answers right",
                    less="It costs everybody else {size}",
                    tie="For everybody else it changes nothing that can be told from chance",
                ),
            ),
            look="Compare each remedy with flat clipping, group by group.",
        ),
        Step(
            title="The front, for real people",
            text=(
                "Back to real women and men. The gap is between their shares of wrong answers. "
                "For each way of cutting the line joins the choices that no other choice beats on "
                "either half of the test."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("epsilon", "clipping"),
                columns=("accuracy", "gap", "epsilon_spent"),
                splits=("select", "report"),
            ),
            change={"width": 0, "epsilon": 1.0, "notion": "error_rate_parity"},
            figure=_plane,
            claims=(
                Claim(
                    of=_widened,
                    more="From ε = 8 to ε = 0.3 the gap between women and men grows by {size}",
                    less="From ε = 8 to ε = 0.3 the gap between women and men shrinks by {size}",
                    tie="At ε = 8 and ε = 0.3 the gaps cannot be told apart",
                ),
                Claim(
                    of=_remedy("dpsgd_f"),
                    more="At ε = 1, {way} makes the gap between women and men {size} larger",
                    less="At ε = 1, {way} makes the gap between women and men {size} smaller",
                    tie="At ε = 1, {way} and flat clipping leave gaps that cannot be told apart",
                ),
                Claim(
                    of=_remedy("global_adapt"),
                    more="At ε = 1, {way} makes it {size} larger",
                    less="At ε = 1, {way} makes it {size} smaller",
                    tie="At ε = 1, {way} and flat clipping leave gaps that cannot be told apart",
                ),
            ),
            look="To the right is more private, up is a smaller gap.",
        ),
    ),
    try_this=(
        "In step 2, find the size of the group at which the two prices cannot be told apart.",
        "Open the setting in the Explorer, choose race, and look at “Who pays”.",
    ),
    discuss=(
        "May a community decline a protection that costs it more than others?",
        "Who may decide whether being recognised or being served badly is worse?",
        "A remedy needs to know who is in the group. Who would you tell?",
    ),
    decisions=(
        "Promise the same privacy to all",
        "Promise less, and tell the small group that it is exposed",
        "Ask the small group which of the two it prefers",
        "Gather more of its records first, if it agrees",
    ),
    sources=(
        Source(title="The paper, section 2.3: values", where="arXiv:2306.10043"),
        Source(
            title="Bagdasaryan, Shmatikov: Differential Privacy Has Disparate Impact",
            where="arXiv:1905.12101",
        ),
        Source(
            title="Chang, Shokri: On the Privacy Risks of Algorithmic Fairness",
            where="arXiv:2011.03731",
        ),
        Source(title="Xu, Du, Wu: DPSGD-F", where="arXiv:2003.03699"),
        Source(title="Esipova and others: Global-Adapt", where="arXiv:2206.07737"),
        Source(title="Becker, Kohavi: Adult, UCI", where="doi:10.24432/C5XW20"),
    ),
    synthetic="the small group of steps 2 to 4: who is in it is drawn by lot, and its answers are "
    "turned around. All other answers are those of real people.",
    limits=(
        "Answers that are turned around are the extreme of a group with a way of its own; real "
        "groups lie in between, and the model is told who is in the group. The attacker knows all "
        "records and trains 64 models like yours. Attacks use one town; its intervals are over "
        "models, not towns. In steps 1 and 5 intervals are over trainings: the people asked are "
        "always the same."
    ),
)
