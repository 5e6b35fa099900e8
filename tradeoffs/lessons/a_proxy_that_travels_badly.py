"""A proxy that travels badly: what stands for a group in one place, and in the next."""

import math
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
from tradeoffs.lessons.prediction import Choice, Direction, Number
from tradeoffs.lessons.reading import (
    OVER_TRAININGS,
    change,
    level,
    over_seeds,
    select_rows,
    stated_effect,
)
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.report.text import number
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

GROUPS = {
    "sex=Female": "women",
    "race=Black": "Black people",
    "race=Asian or Pacific Islander": "Asian people and Pacific Islanders",
}
AWAY = 3  # columns taken away, of which the first step speaks
DRAWN = 8  # rows that a phone has room for; the table has all
HOMES = (0.1, 0.2, 0.4, 0.6, 0.8)  # segregation at home; those of the next town, and 0
AS_HOME, ANYWHERE, TURNED = "as at home", "anywhere", "the other way round"
LEANT_ON = ("relationship", "marital_status")
BOTH = "marital_status+relationship+sex"
HIDDEN = {"": "all columns", "sex": "without sex", BOTH: "without sex, household and marriage"}
BUDGETS = (0.3, 1.0, 3.0, 8.0, None)
GAPS = (None, 0.1, 0.05, 0.02)


def _recovered(removed: int):
    """Return how often a member is told from somebody else, with columns removed."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        if table.empty:
            return None
        people = int(table["people"].to_numpy()[0])  # the error of an AUC is at most p (1 - p) / n
        found = level(table, "auc", {"removed": removed}, people)
        return found and found.named(group=GROUPS[str(setting["group"])])

    return of


def _above_coin(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    found = _recovered(AWAY)(table, setting)
    return found and found.less(0.5)


def _removed(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    rows = []
    for removed, part in table.groupby("removed", sort=False):
        found = _recovered(int(str(removed)))(table, setting)
        if found:
            title = str(part["last"].iloc[0])
            title = "its own column" if title == "none" else f"and {title}"
            rows.append((title, found.value, found.low, found.high))
    return pd.DataFrame(rows, columns=["withheld", "value", "low", "high"])


def _removed_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return dots(
        _removed(table, setting).head(DRAWN),
        y="withheld",
        x_title="Member told from another; the dotted line is a coin",
        reference=(0.5, ""),
    )


def _removed_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "withheld": "withheld",
        "value": "told apart",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(_removed(table, setting), titles, ("value", "low", "high"))


def _town(measure: str, order: str, less: float = 0.0):
    """Return a measure, less a number, in a next town as segregated as home."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        where = {"measure": measure, "order": order, "segregation": setting["home"]}
        found = stated_effect(table, where)
        return found and found.less(less)

    return of


def _towns(measure: str, table: "pd.DataFrame") -> "pd.DataFrame":
    found = select_rows(table, {"measure": measure})
    return found.assign(people=[f"live {order}" for order in found["order"]])


def _told_apart(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    return select_rows(table, {"measure": "auc"})


def _towns_drawn(measure: str, title: str, reference: tuple[float, str]):
    def drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
        del setting
        figure = lines(
            _towns(measure, table),
            x="segregation",
            series="people",
            x_title="Segregation of the next town (made up)",
            y_title=title,
            reference=reference,
        )
        return figure.update_xaxes(tickformat=".0%")

    return drawn


def _towns_shown(measure: str, title: str):
    def shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
        del setting
        titles = {
            "people": "in the next town the group",
            "segregation": "segregation there",
            "value": title,
            "low": "95 % of towns from",
            "high": "to",
        }
        found = _towns(measure, table)
        return display_table(found, titles, ("segregation", "value", "low", "high"))

    return shown


def _leaning(setting: StepState) -> Sequence[Scenario]:
    here = setting.scenario
    return [here.but(max_gap=gap, epsilon=e) for gap in (None, 0.02) for e in BUDGETS]


def _leant(table: "pd.DataFrame") -> "pd.DataFrame":
    columns = [f"attribution[{name}]" for name in LEANT_ON]
    return table.assign(leant=table[columns].sum(axis=1, skipna=False))


def _leant_change(here: dict, there: dict):
    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        return change(_leant(table), "leant", here, there)

    return of


def _leant_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return lines(
        _leant_summary(table, setting),
        x="privacy",
        series="bound",
        x_title="Privacy budget",
        y_title="Share of what moves the score",
    )


def _leant_summary(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    found = over_seeds(_leant(table), ["max_gap", "epsilon"], "leant")
    found["bound"] = [
        "no bound on the gap" if pd.isna(gap) else f"gap at most {number(100 * gap)} %"
        for gap in found["max_gap"]
    ]
    found["privacy"] = ["none" if math.isinf(e) else f"ε = {number(e)}" for e in found["epsilon"]]
    return found.sort_values(["max_gap", "epsilon"], ignore_index=True, na_position="first")


def _leant_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "bound": "bound",
        "privacy": "privacy budget",
        "value": "leans on household and marriage",
        **OVER_TRAININGS,
    }
    return display_table(_leant_summary(table, setting), titles, ("value", "low", "high"))


def _fronts(setting: StepState) -> Sequence[Scenario]:
    return [setting.scenario.but(hide=hide, max_gap=gap) for gap in GAPS for hide in HIDDEN]


def _front_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(seen=[HIDDEN[text] for text in table["hide"]])
    return front_plane(named, configuration=("max_gap",), series="seen")


def _without(column: str, hidden: str):
    """Return a column of results with columns hidden minus with all, both without a bound."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        all_seen = {"hide": "", "max_gap": None}
        return change(table, column, all_seen | {"hide": hidden}, all_seen)

    return of


def _biggest_cut(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return which of the two ways leaves the smaller gap; None where it cannot be told."""
    del setting
    found = change(
        table,
        "gap",
        {"hide": "", "max_gap": 0.02},
        {"hide": BOTH, "max_gap": None},
    )
    return None if found is None or not found.sign else WAYS[found.sign > 0]


WAYS = ("Bounding the gap, all columns seen", "Taking the three columns away")
HOME = Slider(
    name="home",
    title="Segregation of the town where the map was made",
    choices=HOMES,
    words=lambda value: f"{float(value or 0):.0%}",
    ends=("mixed streets", "streets apart"),
)

LESSON = Lesson(
    name="a_proxy_that_travels_badly",
    title="A proxy that travels badly",
    section="2.4.2",
    claim="what stands for a group that may not be asked for holds where it was learnt, and may "
    "mean something else in the next place.",
    role="You must find out whether lenders treat a group alike. The law forbids to ask who is "
    "of the group.",
    question="Something else on the form gives it away. Can you use that, and can you take it "
    "with you?",
    base=Scenario(epsilon=None),
    synthetic=(
        "the two towns of steps 2 and 3, their neighbourhoods and their loans. Steps 1, 4 and 5 "
        "are real people of the Adult survey."
    ),
    steps=(
        Step(
            title="Left out of the form, and still there",
            text=(
                "A column is left out of the form. The other columns stay: household, work, "
                "schooling, hours. From these a model guesses who is of the group.\n\nTake two "
                "people, one of the group and one not. How often does the model tell which is "
                "which? A coin does in 50 of 100 pairs. Then more columns are left out, each time "
                "the one that alone tells most."
            ),
            source=StudySource(study="group_reconstruction", options=("group",)),
            change={"group": "sex=Female"},
            figure=_removed_drawn,
            shown=_removed_shown,
            sliders=(
                Slider(
                    name="group",
                    title="Whom to tell from others",
                    choices=tuple(GROUPS),
                    words=lambda value: GROUPS[str(value)],
                    ordered=False,
                ),
            ),
            prediction=Number(
                question="Sex and the three columns that tell it best are left out. In how many "
                "of 100 pairs is a woman still told from a man?",
                of=_recovered(AWAY),
                unit="in 100",
                low=40,
                high=100,
            ),
            claims=(
                Fact(
                    of=_recovered(0),
                    text="With only their own column left out, {group} are told from others in "
                    "{value} of pairs",
                ),
                Claim(
                    of=_above_coin,
                    more="With three more columns left out, still {size} more often than by a coin",
                    less="With three more columns left out, {size} less often than by a coin",
                    tie="With three more columns left out, no better than by a coin as far as "
                    "can be told",
                ),
            ),
            look="Columns are left out downwards. How many must go until a dot comes near the "
            "coin? Compare groups: is it one column that tells, or many that each tell a little?",
        ),
        Step(
            title="A map of one town, and the next town",
            text=(
                "Now the form has only an address. A census of **your own town** says who lives "
                "how far from the centre. So the distance stands for the group: a proxy.\n\n"
                "You carry this map to the **next town**. There the group may live as at home, "
                "anywhere, or the other way round: at the edge. *Segregation* says how far apart "
                "people live: at 0 % every street is the town in small, at 100 % nobody lives "
                "beside somebody of the other group."
            ),
            source=StudySource(study="proxy_transfer", options=("home",)),
            change={"home": 0.6},
            figure=_towns_drawn("auc", "Member told from another", (0.5, "a coin")),
            shown=_towns_shown("auc", "told apart"),
            part=_told_apart,
            sliders=(HOME,),
            prediction=Direction(
                question="The next town is as segregated as yours, but the group lives at the "
                "edge. Against a coin, your map tells members from others …",
                of=_town("auc", TURNED, 0.5),
                choices=("less often", "about as often", "more often"),
            ),
            claims=(
                Fact(
                    of=_town("auc", AS_HOME),
                    text="In a town like your own, the map tells a member from another person in "
                    "{value} of pairs",
                ),
                Claim(
                    of=_town("auc", ANYWHERE, 0.5),
                    more="As segregated, but where the group lives anywhere: {size} more often "
                    "than a coin",
                    less="As segregated, but where the group lives anywhere: {size} less often "
                    "than a coin",
                    tie="As segregated, but where the group lives anywhere, towns fall on both "
                    "sides of a coin",
                ),
                Claim(
                    of=_town("auc", TURNED, 0.5),
                    more="As segregated, but the other way round: {size} more often than a coin",
                    less="As segregated, but the other way round: {size} less often than a coin",
                    tie="As segregated, but the other way round: no different from a coin, as far "
                    "as can be told",
                ),
            ),
            look="Nothing about the map changes from line to line. What changes is who lives "
            "where. Bars hold 95 of 100 made-up towns.",
        ),
        Step(
            title="An audit with the borrowed map",
            text=(
                "In every town 70 of 100 others get a loan, and 50 of 100 of the group: a gap of "
                "20 points, wherever they live. You may not ask who is of the group, so you weigh "
                "each applicant by the map of your own town.\n\nThis is what auditors of lenders "
                "do with addresses and surnames."
            ),
            source=StudySource(study="proxy_transfer", options=("home",)),
            figure=_towns_drawn("seen", "Gap that the audit sees", (0.2, "the gap there is")),
            shown=_towns_shown("seen", "gap seen"),
            sliders=(HOME,),
            prediction=Number(
                question="In a town like your own, with a true gap of 20 points, how many points "
                "does the audit see?",
                of=_town("seen", AS_HOME),
                unit="points",
                low=-20,
                high=40,
            ),
            claims=(
                Claim(
                    of=_town("missed", AS_HOME),
                    more="In a town like your own the audit sees {size} more than there is",
                    less="In a town like your own the audit sees {size} less than there is",
                    tie="In a town like your own the audit sees the gap as it is, as far as can "
                    "be told",
                ),
                Claim(
                    of=_town("seen", TURNED),
                    more="Where people live the other way round, it sees a gap of {size} that "
                    "favours the others",
                    less="Where people live the other way round, it sees a gap of {size} that "
                    "favours the group",
                    tie="Where people live the other way round, it sees no gap, as far as can be "
                    "told",
                ),
                Claim(
                    of=_town("seen", ANYWHERE),
                    more="Where the group lives anywhere, it sees a gap of {size} that favours "
                    "the others",
                    less="Where the group lives anywhere, it sees a gap of {size} that favours "
                    "the group",
                    tie="Where the group lives anywhere, some towns look unfair to the one side, "
                    "some to the other",
                ),
            ),
            look="The dotted line is the truth in all towns. Without a map there would be no "
            "audit at all.",
        ),
        Step(
            title="What does a model lean on?",
            text=(
                "Back to real people. A model that never sees sex foretells incomes. Two columns "
                "can stand for it: place in the household, such as “husband”, and marriage. Which "
                "part of what moves the scores comes from these two?\n\nIt is trained again under "
                "promises of privacy, and with a bound on the gap between the shares of women and "
                "men who get a yes."
            ),
            source=TrainingSource(
                settings=_leaning,
                varies=("epsilon", "max_gap"),
                columns=tuple(f"attribution[{name}]" for name in LEANT_ON),
            ),
            change={"hide": "sex"},
            figure=_leant_drawn,
            shown=_leant_shown,
            prediction=Direction(
                question="With a bound on the gap of 2 %, and no privacy, the model leans on "
                "household and marriage …",
                of=_leant_change(
                    {"epsilon": None, "max_gap": 0.02}, {"epsilon": None, "max_gap": None}
                ),
            ),
            claims=(
                Claim(
                    of=_leant_change(
                        {"epsilon": None, "max_gap": 0.02}, {"epsilon": None, "max_gap": None}
                    ),
                    more="Without privacy, the bound makes the model lean on them {size} more",
                    less="Without privacy, the bound makes the model lean on them {size} less",
                    tie="Without privacy, the bound does not change how much the model leans on "
                    "them, as far as can be told",
                ),
                Claim(
                    of=_leant_change(
                        {"epsilon": 1.0, "max_gap": 0.02}, {"epsilon": 1.0, "max_gap": None}
                    ),
                    more="At ε = 1 the same bound makes it lean on them {size} more",
                    less="At ε = 1 the same bound makes it lean on them {size} less",
                    tie="At ε = 1 the same bound makes no difference that can be told",
                ),
                Claim(
                    of=_leant_change(
                        {"epsilon": 0.3, "max_gap": None}, {"epsilon": None, "max_gap": None}
                    ),
                    more="Without a bound, privacy of ε = 0.3 makes it lean on them {size} more",
                    less="Without a bound, privacy of ε = 0.3 makes it lean on them {size} less",
                    tie="Without a bound, privacy of ε = 0.3 makes no difference that can be told",
                ),
            ),
            look="A model can lean on a column and still treat groups alike: leaning says where "
            "scores come from, not what they do.",
        ),
        Step(
            title="Take the columns away, or bound the gap?",
            text=(
                "One way is to forget: take sex away, then household and marriage. Another is to "
                "look: keep all columns, and bound the gap. Each line joins the choices that no "
                "other choice of its columns beats on either half of the test."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("hide", "max_gap"),
                columns=("accuracy", "gap", "demographic_parity_difference"),
                splits=("select", "report"),
            ),
            change={"hide": ""},
            figure=_front_drawn,
            sliders=(
                Slider(
                    name="epsilon",
                    choices=BUDGETS,
                    ends=("more private", "no promise"),
                ),
            ),
            prediction=Choice(
                question="Which leaves the smaller gap between women and men?",
                choices=WAYS,
                of=_biggest_cut,
            ),
            claims=(
                Claim(
                    of=_without("gap", "sex"),
                    more="Taking sex away alone widens the gap by {size}",
                    less="Taking sex away alone narrows the gap by {size}",
                    tie="Taking sex away alone does not change the gap, as far as can be told",
                ),
                Claim(
                    of=_without("gap", BOTH),
                    more="Taking household and marriage away with it widens the gap by {size}",
                    less="Taking household and marriage away with it narrows the gap by {size}",
                    tie="Taking household and marriage away with it does not change the gap, as "
                    "far as can be told",
                ),
                Claim(
                    of=_without("accuracy", BOTH),
                    more="Without the three columns {size} more answers are right",
                    less="Without the three columns {size} fewer answers are right",
                    tie="Without the three columns as many answers are right, as far as can be "
                    "told",
                ),
            ),
            look="Further right is fairer by this one measure, further up is more often right.",
        ),
    ),
    try_this=(
        "In step 1 choose each group: which column would you leave out first, and is it enough?",
        "In step 2 make the map in a town of mixed streets, and carry it to a divided one.",
    ),
    discuss=(
        "Who in the next town could have told you that your map does not hold?",
        "Is it better to ask people for their group, to guess it, or not to look?",
        "The same guess that lets an auditor look lets a lender choose. Who may hold the map?",
    ),
    decisions=(
        "Ask people, and let them refuse",
        "Use the proxy only where it was checked by local people",
        "Use the proxy, and say how far it can be off",
    ),
    sources=(
        Source(title="The paper, section 2.4.2: proxies", where="arXiv:2306.10043"),
        Source(
            title="Consumer Financial Protection Bureau: a proxy for race and ethnicity",
            where="https://www.consumerfinance.gov/data-research/research-reports/"
            "using-publicly-available-information-to-proxy-for-unidentified-race-and-ethnicity",
        ),
        Source(title="Chen et al.: Fairness under unawareness", where="arXiv:1811.11154"),
        Source(title="James, Taeuber: Measures of segregation", where="doi:10.2307/270845"),
        Source(title="Becker, Kohavi: Adult, UCI", where="doi:10.24432/C5XW20"),
    ),
    limits=(
        "The towns are made up, with one group, one proxy and a gap that has nothing to do with "
        "the place; where lenders refuse whole streets the audit sees more. Real tables of this "
        "project hold no place that tells a group well in one region and badly in another. Which "
        "columns a model leans on is an average of one kind of explanation."
    ),
    minutes=10,
)
