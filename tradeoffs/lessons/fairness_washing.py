"""Fairness washing: one side picks what flatters, the other side audits."""

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

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
from tradeoffs.lessons.reading import OVER_TRAININGS, change, over_seeds, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, front_plane, lines
from tradeoffs.report.text import percent
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

FREE = {  # what may be chosen, as the study has it -> on the axis
    "nothing": "nothing",
    "the measure": "measure",
    "the measure and the groups": "measure,<br>groups",
    "the measure, the groups and the line": "measure,<br>groups, line",
}
ALL_FREE = list(FREE)[-1]
GAP_IN = {
    "demographic_parity": "shares of yes",
    "equal_opportunity": "yes among those who earn that much",
    "equalized_odds": "yes among those who do, or who do not, earn that much",
    "error_rate_parity": "wrong answers",
    "predictive_parity": "right answers among the yes",
}
GROUPS = {
    "sex": "women and men",
    "race": "five groups by race",
    "race, merged": "the largest group by race and all others",
    "sex*race": "ten groups by sex and race",
}
SIDES = {"best": "looks best", "worst": "looks worst"}
BOUNDS = (None, 0.2, 0.1, 0.05, 0.02, 0.01)
REPORTED = ("demographic_parity", "equal_opportunity", "equalized_odds", "error_rate_parity")
AUDITED = {  # column -> in words
    "precision_score_difference": "right answers among the yes, women and men",
    "demographic_parity_difference": "shares of yes, women and men",
    "equal_opportunity_difference": "yes among those who earn that much, women and men",
    "zero_one_loss_difference": "wrong answers, women and men",
    "demographic_parity_difference[sex*race]": "shares of yes, groups by sex and race",
}
NAMED = {
    "sex, husband or wife": "sex, nor about husband and wife",
    "sex, marriage": "sex, nor about marriage",
}
FEW, MANY = 300, 1_000  # people in the tests that sentences speak of
SIZES = (100, 300, 1_000, 3_000, 10_000)
FINDINGS = 0.5  # of audits: more often than not
TOO_FEW = "more than 10,000"


def _reported(side: str, may_choose: str = ALL_FREE) -> Measured:
    """Return what the study states of a side, with the report's name."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = stated_effect(table, {"side": side, "may_choose": may_choose})
        if found is None:
            return None
        row = select_rows(table, {"side": side, "may_choose": may_choose}).iloc[0]
        words = {"reports": f"{int(row['reports'])}", "promise": _points(setting["promise"])}
        return found.named(**words, report=_name(dict(row)) if side in SIDES else "")

    return of


def _name(row: Mapping[str, Any]) -> str:
    line = percent(float(row["line"]), 0)
    return (
        f"the gap in {GAP_IN[row['measure']]}, {GROUPS[row['groups']]}, with a yes from a chance "
        f"of {line}"
    )


def _funnel(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    found = table.loc[table["side"].isin(list(SIDES))]
    named = found.assign(
        may_choose=found["may_choose"].map(FREE), side=found["side"].map(SIDES)
    ).sort_values("side", kind="stable")
    return lines(
        named,
        x="may_choose",
        series="side",
        x_title="What may be chosen",
        y_title="Gap that is reported",
        reference=_promise(setting),
    )


def _reports(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    found = table.loc[table["side"].isin(list(SIDES))]
    named = found.assign(
        side=found["side"].map(SIDES),
        report=[_name(row) for row in found.to_dict("records")],
        compared=[f"{int(a)} of {int(b)}" for a, b in found[["compared", "of"]].to_numpy()],
    )
    titles = {
        "may_choose": "may be chosen",
        "reports": "reports",
        "side": "picked",
        "report": "report",
        "compared": "groups compared",
        "on_select": "when picked",
        "value": "on other people",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(named, titles, ("on_select", "value", "low", "high"))


def _bounds(setting: StepState) -> Sequence[Scenario]:
    return [setting.scenario.but(max_gap=bound) for bound in BOUNDS]


def _tightest(column: str) -> Measured:
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        name = str(setting["audited"]) if column == "audited" else column
        return change(table, name, {"max_gap": BOUNDS[-1]}, {"max_gap": None})

    return of


def _two_fronts(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    """Draw the same models twice: by the gap that is reported and by the one that is audited."""
    import pandas as pd

    audited = table.assign(gap=table[str(setting["audited"])], who="audited")
    both = pd.concat([table.assign(who="reported"), audited], ignore_index=True)
    return front_plane(both, configuration=("max_gap",), series="who")


def _bounds_told(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    named = {"reported": "gap", "audited": str(setting["audited"]), "right answers": "accuracy"}
    parts = [
        over_seeds(table, ["max_gap"], column).assign(measured=title)
        for title, column in named.items()
    ]
    found = pd.concat(parts, ignore_index=True)
    found["bound"] = [
        "no bound" if pd.isna(bound) else percent(bound, 0) for bound in found["max_gap"]
    ]
    titles = {"measured": "measured", "bound": "bound on the gap reported", "value": "share",
              **OVER_TRAININGS, "seeds": "trainings"}  # fmt: skip
    return display_table(found, titles, ("value", "low", "high"))


def _explained(what: str) -> Measured:
    """Return what the study tells of the explanation that is shown."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        where = {"kind": "told", "what": what}
        found = stated_effect(table, where) if "what" in table else None
        if found is None:
            return None
        return found.named(silent=NAMED.get(str(select_rows(table, where)["withheld"].iloc[0]), ""))

    return of


def _trees(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    found = table.loc[table["kind"] != "told"]
    words = {"tree": "explanations", "model": "the model itself"}
    named = found.assign(kind=found["kind"].map(words))
    return front_plane(
        named, configuration=("withheld", "price"), y="explainability", series="kind"
    )


def _trees_told(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    every = table.loc[table["kind"] != "told"]
    found = over_seeds(every, ["withheld", "price"], "gap")
    faithful = over_seeds(every, ["withheld", "price"], "fidelity")
    silent = [
        f"an explanation that does not ask about {NAMED[name]}"
        if name in NAMED
        else "the model itself"
        for name in found["withheld"]
    ]
    titles = {"who": "who", "price": "price of the gap", "value": "gap"} | OVER_TRAININGS
    titles |= {"fidelity": "fidelity"}
    low = found["low"].clip(lower=0)  # no gap is below 0
    shown = found.assign(who=silent, low=low, fidelity=faithful["value"])
    return display_table(shown, titles, ("value", "low", "high", "fidelity"))


def _share(event: str, people: int, asked: str = "the model") -> Measured:
    """Return how often tests of a size end so."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = stated_effect(table, {"event": event, "people": people, "asked": asked})
        if found is None:
            return None
        gap = select_rows(table, {"event": event, "people": people, "asked": asked})["gap"].iloc[0]
        return found.named(
            people=f"{people:,}",
            tries=f"{setting['tries']}",
            promise=_points(setting["promise"]),
            gap=_points(abs(float(gap)), 1),
        )

    return of


def _minus(one: Measured, other: Measured) -> Measured:
    """Return a difference of two shares; their errors are taken as unrelated."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        a, b = one(table, setting), other(table, setting)
        if a is None or b is None:
            return None
        value = a.value - b.value
        down = math.hypot(a.value - a.low, b.high - b.value)
        up = math.hypot(a.high - a.value, b.value - b.low)
        return Effect(value=value, low=value - down, high=value + up, words=a.words)

    return of


def _needed(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return the smallest test that finds the gap of the model more often than not."""
    known = [(people, _share("found", people)(table, setting)) for people in SIZES]
    if any(one is None for _, one in known):
        return None
    enough = [people for people, one in known if one and one.value > FINDINGS]
    return f"{enough[0]:,}" if enough else TOO_FEW


def _tests(
    events: dict[tuple[str, str], str], y_title: str, table: "pd.DataFrame", setting: StepState
) -> "go.Figure":
    found = _named(events, table, setting)
    return lines(found, x="people", series="who", x_title="People in a test", y_title=y_title)


def _tests_told(
    events: dict[tuple[str, str], str], table: "pd.DataFrame", setting: StepState
) -> "pd.DataFrame":
    titles = {"who": "who", "people": "people in a test", "value": "share of times",
              "low": "from (95 %)", "high": "to (95 %)"}  # fmt: skip
    return display_table(_named(events, table, setting), titles, ("value", "low", "high"))


def _named(
    events: dict[tuple[str, str], str], table: "pd.DataFrame", setting: StepState
) -> "pd.DataFrame":
    """Return the records of some (asked, event), named and with people in words."""
    pairs = list(zip(table["asked"], table["event"], strict=True))
    found = table.loc[[pair in events for pair in pairs]]
    return found.assign(
        who=[
            events[pair].format(tries=setting["tries"])
            for pair in zip(found["asked"], found["event"], strict=True)
        ],
        people=[f"{int(people):,}" for people in found["people"]],
    )


def _points(value: Value, digits: int = 0) -> str:
    return f"{100 * float(value or 0):.{digits}f} points"


def _promise(setting: StepState) -> tuple[float, str]:
    value = setting["promise"]
    return float(value or 0), f"promised: {_points(value)}"


MAKER = {
    ("the model", "cleared"): "the only test",
    ("the model", "best cleared"): "the best of {tries} tests",
}
AUDITOR = {
    ("the model", "found"): "asks the model",
    ("the explanation", "found"): "asks the explanation",
}
KEPT, SEEN = "Times the promise looks kept", "Times the auditor can show it broken"
TESTED = {
    "selection": "yes among all, women and men",
    "found": "yes among those who earn that much, women and men",
}
PROMISE = Slider(
    name="promise",
    title="A gap is called small up to",
    choices=(0.02, 0.05, 0.1),
    words=_points,
    ends=("strict", "lenient"),
)
MEASURE = Slider(
    name="measure",
    title="What is compared",
    choices=tuple(TESTED),
    words=lambda value: TESTED[str(value)],
    ordered=False,
)
AUDIT = StudySource(study="detection_power", options=("measure", "tries", "promise", "floor"))

LESSON = Lesson(
    name="fairness_washing",
    title="Fairness washing",
    section="3",
    claim="who picks the measure can claim fairness, so building must not mean auditing oneself.",
    role="You sell a model first. Then you change sides and audit it.",
    question="How fair can one model be made to look, and who would notice?",
    base=Scenario(epsilon=None),
    steps=(
        Step(
            title="Many true reports",
            text=(
                "You sell a model that says who earns more than $50,000. A yes opens doors: a "
                "flat, a loan. Buyers want one number: **how big is the gap between groups?**\n\n"
                "Nobody says which gap, between which groups, or how sure the model must be to "
                "say yes. You look at every answer on one set of people and pick. Below is what "
                "other people say of your pick. Each number is true."
            ),
            change={"promise": 0.05},
            source=StudySource(study="selective_reporting", options=("promise",)),
            figure=_funnel,
            shown=_reports,
            sliders=(PROMISE,),
            prediction=Number(
                question="Of 100 true reports on this one model, how many show a gap below 5 "
                "points?",
                of=_reported("small"),
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Fact(
                    of=_reported("small"),
                    text="Of {reports} reports, {value} show less than {promise}",
                ),  # fmt: skip
                Fact(
                    of=_reported("best"),
                    text="Looks best: {report}: {value}",
                    unit="points",
                ),  # fmt: skip
                Fact(
                    of=_reported("worst"),
                    text="Looks worst: {report}: {value}",
                    unit="points",
                ),  # fmt: skip
                Claim(
                    of=_reported("apart"),
                    more="The report that was picked to look worst shows {size} more",
                    less="The report that was picked to look worst shows {size} less",
                    tie="The two picks cannot be told apart on other people",
                ),
            ),
            look="Follow the two lines to the right: each step gives one more thing to choose.",
        ),
        Step(
            title="Train for the report",
            text=(
                "Now you may also train the model for the number that you publish: you bind that "
                "gap, tighter and tighter. An auditor comes and measures another gap of the very "
                "same models.\n\nEach model is drawn twice: where you report it, and where the "
                "auditor finds it."
            ),
            change={"audited": next(iter(AUDITED))},
            source=TrainingSource(
                settings=_bounds,
                varies=("max_gap",),
                columns=("accuracy", "gap", *AUDITED),
                splits=("select", "report"),
            ),
            figure=_two_fronts,
            shown=_bounds_told,
            sliders=(
                Slider(
                    name="notion",
                    title="You bind and report",
                    choices=REPORTED,
                    words=lambda value: f"{GAP_IN[str(value)]}, women and men",
                ),
                Slider(
                    name="audited",
                    title="The auditor measures",
                    choices=tuple(AUDITED),
                    words=lambda value: AUDITED[str(value)],
                    ordered=False,
                ),
            ),
            prediction=Direction(
                question="You bind the gap in shares of yes tightly. Of those told yes, how many "
                "do earn that much? The gap between women and men in this …",
                of=_tightest("audited"),
                choices=("shrinks", "stays about the same", "grows"),
            ),
            claims=(
                Claim(
                    of=_tightest("gap"),
                    more="The tightest bound widens the gap that is reported by {size}",
                    less="The tightest bound narrows the gap that is reported by {size}",
                    tie="The tightest bound changes the gap that is reported by nothing that can "
                    "be told",
                ),
                Claim(
                    of=_tightest("audited"),
                    more="The gap that the auditor measures grows by {size}",
                    less="The gap that the auditor measures shrinks by {size}",
                    tie="The gap that the auditor measures cannot be told from what it was",
                ),
                Claim(
                    of=_tightest("accuracy"),
                    more="{size} more answers are right",
                    less="It costs {size} of right answers",
                    tie="What it costs in right answers cannot be told from nothing",
                ),
            ),
            look="Find the models at the top: where do both of their points lie?",
        ),
        Step(
            title="An explanation that looks fair",
            text=(
                "Buyers ask how the model decides. You keep it secret and publish an explanation: "
                "at most three questions a person, which imitate the model.\n\nMany such "
                "explanations imitate it about as well. You look for one with a small gap of its "
                "own, which names neither sex nor who is a husband or a wife. The model stays as "
                "it is."
            ),
            change={"floor": 0.84},
            source=StudySource(study="surrogate_search", options=("floor",)),
            figure=_trees,
            shown=_trees_told,
            sliders=(
                Slider(
                    name="floor",
                    title="The explanation must agree with the model about",
                    choices=(0.82, 0.84, 0.86, 0.88),
                    words=lambda value: f"{percent(float(value or 0), 0)} of people at least",
                    ends=("loose", "faithful"),
                ),
            ),
            prediction=Number(
                question="Step 1 showed the model's gap in shares of yes, women and men. What gap "
                "does the explanation that you pick show?",
                of=_explained("tree"),
                unit="points",
                low=0,
                high=30,
            ),
            claims=(
                Fact(
                    of=_explained("model"),
                    text="The model says yes more often to men than to women, by {value}",
                    unit="points",
                ),
                Claim(
                    of=_explained("less"),
                    more="Its explanation shows {size} less",
                    less="Its explanation shows {size} more",
                    tie="Its explanation shows a gap that cannot be told from the model's",
                    absent="No explanation agrees that often.",
                ),
                Fact(
                    of=_explained("agreement"),
                    text="It does not ask about {silent}, and agrees with the model about {value} "
                    "of the people shown here; others chose it, and among those the agreement "
                    "that you asked for is met",
                    absent="So none is shown.",
                ),
                Claim(
                    of=_explained("above"),
                    more="That is {size} above one answer for everybody",
                    less="That is {size} below one answer for everybody",
                    tie="That cannot be told from one answer for everybody",
                    absent="Ask for less agreement.",
                ),
            ),
            look="To the right the gap is smaller. How far does the agreement fall on the way? At "
            "0 an explanation is worth no more than one answer for everybody.",
        ),
        Step(
            title="Test until it looks good",
            text=(
                "Buyers want a test on people. You promise a gap of at most 5 points and pick who "
                "is compared: women and men who do earn that much, and how many of them are told "
                "yes.\n\nYou need not show every test. Draw several and show the best one."
            ),
            change={"measure": "found", "tries": 10},
            source=AUDIT,
            figure=partial(_tests, MAKER, KEPT),
            shown=partial(_tests_told, MAKER),
            sliders=(
                Slider(
                    name="tries",
                    title="Tests drawn for the one that is shown",
                    choices=(2, 5, 10, 30),
                    ends=("few", "many"),
                ),
                MEASURE,
            ),
            prediction=Number(
                question="Each test asks 300 people. With ten tests to pick from, how many of 100 "
                "makers can show one that keeps the promise?",
                of=_share("best cleared", FEW),
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Fact(
                    of=_share("cleared", FEW),
                    text="Among all people the gap is {gap}. One test of {people} shows at most "
                    "{promise} in {value} of cases",
                ),
                Fact(
                    of=_share("best cleared", FEW),
                    text="The best of {tries} tests does so in {value} of cases",
                ),
                Claim(
                    of=_minus(_share("best cleared", FEW), _share("cleared", FEW)),
                    more="Picking makes the promise look kept {size} more often",
                    less="Picking makes the promise look kept {size} less often",
                    tie="Picking makes no difference that can be told",
                ),
            ),
            look="Compare small tests and large ones: where does picking still help?",
        ),
        Step(
            title="The audit",
            text=(
                "You change sides. You draw one test of your own and may ask either the model or "
                "the explanation that was published. You say that the promise is broken only if "
                "your whole interval lies beyond it, so that you rarely accuse wrongly."
            ),
            change={"measure": "selection"},
            source=AUDIT,
            figure=partial(_tests, AUDITOR, SEEN),
            shown=partial(_tests_told, AUDITOR),
            sliders=(MEASURE, PROMISE),
            prediction=Choice(
                question="How many people must you ask the model about, to show more often than "
                "not that the promise is broken?",
                choices=(*(f"{people:,}" for people in SIZES), TOO_FEW),
                of=_needed,
            ),
            claims=(
                Fact(
                    of=_share("found", MANY),
                    text="The model's gap is {gap}, promised are {promise}. With {people} people "
                    "an auditor who asks the model shows it in {value} of audits",
                ),
                Fact(
                    of=_share("found", MANY, "the explanation"),
                    text="The explanation's gap is {gap}. Who asks the explanation shows a broken "
                    "promise in {value} of audits",
                ),
                Claim(
                    of=_minus(_share("found", MANY), _share("found", MANY, "the explanation")),
                    more="Asking the model shows it {size} more often",
                    less="Asking the model shows it {size} less often",
                    tie="What is asked makes no difference that can be told",
                ),
            ),
            look="Change what is compared, then the promise. Which audits can a maker sit out?",
        ),
    ),
    try_this=(
        "In step 2, look for a pair of gaps that both shrink, and for one where the other grows.",
        "In step 5, find the comparison and the promise with which the auditor hardly ever wins.",
        "Open step 2 in the Explorer and bind a gap that your reader has not thought of.",
    ),
    discuss=(
        "Every report in step 1 is true. Which of them would mislead, and whom?",
        "Who should name the measure, the groups and the size of the test: the maker, the buyer, "
        "those who are judged, or a law? And when: before the model is built, or after?",
        "The maker says that asking the model itself would give away a secret. What would you "
        "grant an auditor?",
        "An auditor may pick what looks worst, too. How would you notice?",
    ),
    decisions=(
        "Name one measure in law, for all models",
        "Publish every measure, for every group",
        "Let an auditor ask the model itself, about people of her choice",
    ),
    sources=(
        Source(title="The paper, section 3", where="arXiv:2306.10043"),
        Source(
            title="Aïvodji and others: Fairwashing, the risk of rationalization",
            where="arXiv:1901.09749",
        ),  # fmt: skip
        Source(
            title="Aïvodji and others: Characterizing the risk of fairwashing",
            where="arXiv:2106.07504",
        ),  # fmt: skip
        Source(title="Le Merrer, Trédan: The bouncer problem", where="arXiv:1910.01432"),
        Source(
            title="Simmons, Nelson, Simonsohn: False-positive psychology",
            where="doi:10.1177/0956797611417632",
        ),  # fmt: skip
        Source(title="Agarwal and others: A reductions approach", where="arXiv:1803.02453"),
    ),
    limits=(
        "The reports are five measures, four groupings and five lines, but for those that cannot "
        "be measured, as where a model says yes to fewer than 30 people of a group: others exist. "
        "A gap among many small groups is large by chance alone, and groups of fewer than 30 are "
        "left out of it, as the table tells. Tests in steps 4 and 5 are drawn again and again from "
        "the same 8,141 people; a real maker and auditor meet other people and other questions. "
        "The search for an explanation is a plain one: a more patient one may find better ones."
    ),
    minutes=10,
)
