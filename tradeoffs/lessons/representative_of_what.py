"""Representative of what?: who should count in the training data, and by whose measure."""

import math
from typing import TYPE_CHECKING

from tradeoffs.lessons.effect import Claim, Effect, Measured
from tradeoffs.lessons.lesson import Lesson, Slider, Source, Step, StepState, StudySource, Value
from tradeoffs.lessons.prediction import Choice, Direction, Number, Vote
from tradeoffs.lessons.reading import change, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

SURVEY = "as in the survey"  # ideas of who counts, named as the study represented names them
HERE, THERE = "as in the Mountain states", "as in the South Atlantic states"
EQUAL = "Black people and others alike"
AFFECTED = "people without full-time work"
IDEAS = (HERE, THERE, EQUAL, AFFECTED)
SHARES = (0.1, 0.2, 0.35, 0.5)  # as the study share_drawn has them; the smallest is 2 in 100
BOUNDS = (0.2, 0.1, 0.05, 0.02)  # as the study drawn_fronts has them


def _drawn(drawn: str | None = None, judged: str | None = None) -> Measured:
    """Return what a draw changes against the survey's, by a measure; None: as it is set."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        by = judged or str(setting["judged"])
        where = {"measure": "change", "drawn": drawn or by, "judged": by}
        found = stated_effect(table, where)
        return found and found.named(judged=by)

    return of


def _own(idea: str) -> Claim:
    """Return the claim of an idea's own draw by its own measure."""
    measure = f"Drawn “{idea}” and judged so, the model gives"
    return Claim(
        of=_drawn(idea, idea),
        more=f"{measure} {{size}} more right answers than one drawn as in the survey",
        less=f"{measure} {{size}} fewer right answers than one drawn as in the survey",
        tie=f"Drawn “{idea}” and judged so, the model cannot be told from one drawn as in the "
        "survey",
    )


def _voted(table: "pd.DataFrame", setting: StepState, vote: str) -> str:
    if vote not in IDEAS:
        return "That is what the others are compared with."
    claim = _own(vote)
    return claim.describe(claim.of(table, setting))


def _winners(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return how many ideas' own draws do better than the survey's by their own measure."""
    found = [_drawn(idea, idea)(table, setting) for idea in IDEAS]
    if any(one is None for one in found):
        return None
    return str(sum(one.sign > 0 for one in found if one is not None))


def _by_the_measure_set(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    return select_rows(table, {"judged": setting["judged"]})


def _changes(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    """Draw every draw against the survey's, by the measure that is set."""
    found = select_rows(table, {"measure": "change", "judged": setting["judged"]})
    return dots(
        found.loc[found["drawn"] != SURVEY],
        y="drawn",
        x_title="Right answers, against data drawn as in the survey",
        reference=(0.0, "as in the survey"),
    )


def _owns(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    """Draw every idea's own draw against the survey's, by its own measure."""
    del setting
    found = select_rows(table, {"measure": "change"})
    return dots(
        found.loc[(found["drawn"] == found["judged"]) & (found["drawn"] != SURVEY)],
        y="drawn",
        x_title="Right answers by its own measure, against the survey's draw",
        reference=(0.0, "as in the survey"),
    )


def _shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    titles = {
        "drawn": "drawn",
        "black": "Black among the drawn",
        "working": "in full-time work",
        "judged": "judged",
        "value": "right answers",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    shares = ("black", "working", "value", "low", "high")
    return display_table(pd.DataFrame(select_rows(table, {"measure": "accuracy"})), titles, shares)


def _for(whom: str, share: float | None = None) -> Measured:
    """Return what a larger share changes in right answers for some people."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        wanted = share or float(setting["share"])  # type: ignore[arg-type]
        found = stated_effect(table, {"measure": "change", "whom": whom, "share": wanted})
        return found and found.named(share=_in_hundred(wanted))

    return of


def _shares_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    found = select_rows(table, {"measure": "change"})
    return lines(
        found,
        x="share",
        series="whom",
        x_title="Black people among the drawn",
        y_title="Right answers, against 2 in 100",
        reference=(0.0, "2 in 100"),
    ).update_xaxes(tickformat=".0%")


def _shares_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    titles = {
        "share": "Black among the drawn",
        "whom": "asked about",
        "value": "right answers",
        "low": "from (95 %)",
        "high": "to (95 %)",
        "people": "people asked",
    }
    found = pd.DataFrame(select_rows(table, {"measure": "accuracy"}))
    return display_table(found, titles, ("share", "value", "low", "high"))


def _front_change(column: str, bound: float | None, drawn: str) -> Measured:
    """Return a draw's model minus the survey's in a column, paired by seed."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        here, there = ({"drawn": one, "max_gap": bound} for one in (drawn, SURVEY))
        found = change(table, column, here, there)
        return found and found.named(judged=str(setting["judged"]))

    return of


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(bound=[_bound_in_words(gap) for gap in table["max_gap"]])
    return front_plane(named, configuration=["bound"], series="drawn", words="bound")


def _fronts_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    report = table.loc[table["split"] == "report"]
    found = report.groupby(["drawn", "max_gap"], sort=False, dropna=False)[
        ["accuracy", "gap"]
    ].mean()
    found = found.reset_index()
    found["bound"] = [_bound_in_words(gap) for gap in found["max_gap"]]
    titles = {"drawn": "drawn", "bound": "bound", "accuracy": "right answers", "gap": "gap"}
    return display_table(found, titles, ("accuracy", "gap"))


def _bound_in_words(gap: Value) -> str:
    bound = math.nan if gap is None else float(gap)
    return "none" if math.isnan(bound) else f"{100 * bound:.0f} points"


def _in_hundred(share: Value) -> str:
    return f"{100 * float(share):.0f} in 100"  # type: ignore[arg-type]


def _by_measure(drawn: str) -> Claim:
    return Claim(
        of=_drawn(drawn),
        more=f"Judged “{{judged}}”, data drawn “{drawn}” give {{size}} more right answers",
        less=f"Judged “{{judged}}”, data drawn “{drawn}” give {{size}} fewer right answers",
        tie=f"Judged “{{judged}}”, data drawn “{drawn}” cannot be told from the survey's",
    )


JUDGED = Slider(
    name="judged",
    title="Right answers are counted as if people were …",
    choices=(SURVEY, *IDEAS),
    ordered=False,
)

LESSON = Lesson(
    name="representative_of_what",
    title="Representative of what?",
    section="2.4.1",
    claim="“representative” holds somebody's idea of who counts, so the same data can be "
    "representative in one place and not in another.",
    role="You can have 1,500 people asked, so that a model learns whose family gets by.",
    question="Whom should the 1,500 people look like?",
    base=Scenario(dataset="gss", label="income_25k", protected="race", epsilon=None, rows=1_500),
    steps=(
        Step(
            title="Who should count?",
            text=(
                "Your list of people to ask can look like the whole survey, like the states "
                "around you, like another part of the country, hold as many Black people as "
                "others, or hold those alone whom support is for: people without full-time "
                "work.\n\nVote first. Then choose by whose measure right answers are counted."
            ),
            source=StudySource(study="representation"),
            change={"judged": SURVEY},
            figure=_changes,
            shown=_shown,
            part=_by_the_measure_set,
            sliders=(JUDGED,),
            prediction=Vote(
                question="Whom should the people asked look like?",
                choices=(SURVEY, *IDEAS),
                outcome=_voted,
            ),
            claims=tuple(_by_measure(idea) for idea in IDEAS),
            look="Change the measure: which dots change sides?",
        ),
        Step(
            title="Each by its own measure",
            text=(
                "Each list has people who would call it the right one. Here every list is judged "
                "by its own idea of who counts, and compared with a list drawn as in the survey."
            ),
            source=StudySource(study="representation"),
            figure=_owns,
            shown=_shown,
            prediction=Choice(
                question="How many of the four lists do better than the survey's by their own "
                "measure?",
                choices=("0", "1", "2", "3", "4"),
                of=_winners,
            ),
            claims=tuple(map(_own, IDEAS)),
            look="Whiskers that touch the dotted line leave open which list is better.",
        ),
        Step(
            title="More of some, fewer of others",
            text=(
                "With 1,500 people in all, every Black person more is somebody else less. You "
                "choose how many of the people asked are Black. Right answers are counted for "
                "Black people and for others apart."
            ),
            source=StudySource(study="group_share"),
            change={"share": 0.5},
            figure=_shares_drawn,
            shown=_shares_shown,
            sliders=(
                Slider(
                    name="share",
                    title="Black people among the people asked",
                    choices=SHARES,
                    words=_in_hundred,
                    ends=("as few as in some states", "half"),
                ),
            ),
            prediction=Number(
                question="From 2 in 100 to half: how many points of right answers does that "
                "bring Black people?",
                of=_for("Black people", 0.5),
                unit="points",
                low=-5,
                high=15,
            ),
            claims=(
                Claim(
                    of=_for("Black people"),
                    more="With {share} instead of 2 in 100, {size} more answers about Black "
                    "people are right",
                    less="With {share} instead of 2 in 100, {size} fewer answers about Black "
                    "people are right",
                    tie="With {share} instead of 2 in 100, right answers about Black people "
                    "cannot be told apart",
                ),
                Claim(
                    of=_for("others"),
                    more="About others, {size} more are right",
                    less="About others, {size} fewer are right",
                    tie="About others, right answers cannot be told apart",
                ),
            ),
            look="Compare how far the two lines move, and how long their whiskers are.",
        ),
        Step(
            title="Can a rule do what the list did not?",
            text=(
                "Instead of asking other people, one may bound the gap between the shares of "
                "Black people and of others that get a yes. Each line joins the choices for one "
                "list: how many answers are right, and how large the gap is.\n\nThe gap is one "
                "more value here, and right answers are another."
            ),
            source=StudySource(study="fronts_by_sample", options=("judged",)),
            change={"judged": SURVEY},
            figure=_plane,
            shown=_fronts_shown,
            sliders=(JUDGED,),
            prediction=Direction(
                question="Without a rule: drawing Black people and others alike makes the gap …",
                of=_front_change("gap", None, EQUAL),
                choices=("smaller", "about the same", "larger"),
            ),
            claims=(
                Claim(
                    of=_front_change("gap", None, EQUAL),
                    more=f"Without a rule, drawing “{EQUAL}” widens the gap by {{size}}",
                    less=f"Without a rule, drawing “{EQUAL}” narrows the gap by {{size}}",
                    tie=f"Without a rule, drawing “{EQUAL}” leaves a gap that cannot be told from "
                    "the survey's",
                ),
                Claim(
                    of=_front_change("accuracy", 0.05, EQUAL),
                    more="With a bound of 5 points, that list gives {size} more right answers than "
                    "the survey's",
                    less="With a bound of 5 points, that list gives {size} fewer right answers "
                    "than the survey's",
                    tie="With a bound of 5 points, right answers of the two lists cannot be told "
                    "apart",
                ),
            ),
            look="Follow one line from left to right: what does a smaller gap cost on each?",
        ),
    ),
    try_this=(
        "Find a measure by which your own vote does worse than the survey's list.",
        "Open the setting in the Explorer and raise the people in training: does it still matter "
        "who they are?",
    ),
    discuss=(
        "Who was asked before the list of people was drawn up, and who drew it up?",
        "Is a list that looks like a country representative of the people a programme is for?",
        "Would you draw the same list in another country? Who there could tell you?",
    ),
    decisions=(
        "Draw people as in the survey, and say so",
        "Draw more of those of whom there are few",
        "Draw those whom the decision is about",
        "Ask more people than 1,500, at a price",
    ),
    sources=(
        Source(title="The paper, section 2.4.1: representativeness", where="arXiv:2306.10043"),
        Source(
            title="Chasalow, Levy: Representativeness in Statistics, Politics, and Machine "
            "Learning",
            where="arXiv:2101.03827",
        ),
        Source(title="General Social Survey, NORC", where="https://gss.norc.org"),
    ),
    limits=(
        "Kinds of people are four: Black or not, in full-time work or not, as the survey records "
        "them. Lists that match a place match these kinds alone; the people come from the whole "
        "country. Differences are small next to what 8 trainings and 5,994 test people can tell, "
        "which is why all lists are compared on the same trainings and people. In the last step "
        "intervals are over 8 trainings; a list with fewer than 30 people of a group shows no gap, "
        "so that a bound changes nothing there."
    ),
)
