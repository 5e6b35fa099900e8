"""Who labelled this?  The label is a vote: whose, how many of them, and at what pay."""

from collections.abc import Callable, Sequence
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
    Value,
)
from tradeoffs.lessons.prediction import Choice, Direction, Number
from tradeoffs.lessons.reading import change, select_rows, stated_effect
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

KINDS = {  # pair of panels -> what tells them apart
    "gender": "gender",
    "first language": "first language",
    "age": "age",
    "degree": "university degree",
    "severity": "how strict they are",
}
WHAT = {"disagree": "as they voted", "chance": "votes dealt by lot"}
TAUGHT = {  # label -> the panel that teaches
    "toxic_lenient": "the three most lenient",
    "toxic_men": "three men",
    "toxic_women": "three women",
    "toxic_strict": "the three strictest",
}
PAY = (0.05, 0.1, 0.2, 0.4, 0.6)  # dollars a vote
AN_HOUR = 60  # votes, if one takes a minute
SEVERITY = ("toxic_strict", "toxic_lenient")
GENDER = ("toxic_women", "toxic_men")
ENDS = {"low": "from (95 %)", "high": "to (95 %)"}


def _of(**where: object) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return what a study states in the only row with these values."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        return stated_effect(table, where)

    return of


def _native(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    found = _of(asked="first language", said="English")(table, setting)
    votes = select_rows(table, {"asked": "first language"}).loc[:, "votes"].tolist()
    return found and found.named(votes=f"{sum(votes):,}")


def _voters(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(
        name=[f"{a}: {s}" for a, s in zip(table["asked"], table["said"], strict=True)]
    )
    return dots(named, y="name", x_title="Share of the votes whose giver told it", series="asked")


def _voters_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    titles = {"asked": "asked for", "said": "answer", "votes": "votes", "value": "share"}
    return display_table(table, titles, ("value",))


def _beyond(pair: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return how much more often panels disagree than if their votes were dealt by lot."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = _of(pair=pair, what="beyond")(table, setting)
        apart = stated_effect(table, {"pair": pair, "what": "disagree"})
        if found is None or apart is None:
            return None
        return found.named(apart=f"{100 * apart.value:.1f} %")

    return of


def _most(table: "pd.DataFrame", setting: StepState) -> str | None:
    """Return what tells the panels apart that disagree most beyond chance; None if it is open."""
    found = [(_beyond(pair)(table, setting), words) for pair, words in KINDS.items()]
    known = sorted(((one.value, one, words) for one, words in found if one), reverse=True)
    if len(known) < 2 or known[0][1].low <= known[1][1].high:
        return None
    return known[0][2]


def _pairs(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.loc[table["what"] != "beyond"].copy()
    named["series"] = [WHAT[what] for what in named["what"]]
    return dots(
        named, y="panels", x_title="Comments on which the two panels disagree", series="series"
    )


def _pairs_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    named = table.assign(told=[(WHAT | {"beyond": "beyond luck"})[what] for what in table["what"]])
    titles = {"panels": "panels", "told": "what", "value": "comments"} | ENDS
    return display_table(named, titles | {"comments": "of"}, ("value", "low", "high"))


def _pay(value: Value) -> str:
    pay = float(value or 0)
    return f"{100 * pay:.0f} cents a vote (${AN_HOUR * pay:.0f} an hour, at a minute a vote)"


def _better(votes: int) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return how much more often models of so many votes a comment are right than of one."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        found = stated_effect(table, {"votes": votes, "what": "better"})
        many = dict(zip(table["votes"], (f"{int(n):,}" for n in table["comments"]), strict=True))
        return found and found.named(few=many[votes], many=many[1])

    return of


def _votes(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    words = {
        "label": "the panel itself",
        "model": "a model that it taught",
    }
    named = table.loc[table["what"] != "better"].copy()
    named["series"] = [words[what] for what in named["what"]]
    named["x"] = [f"{v} on {c:,}" for v, c in zip(named["votes"], named["comments"], strict=True)]
    return lines(
        named,
        x="x",
        series="series",
        x_title="Votes on how many comments",
        y_title="Agrees with most of all votes",
    )


def _votes_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    words = {"label": "panel agrees", "model": "model agrees", "better": "model, beyond one vote's"}
    named = table.assign(told=[words[what] for what in table["what"]])
    titles = {"votes": "votes a comment", "comments": "comments bought", "told": "what"}
    return display_table(named, titles | {"value": "share"} | ENDS, ("value", "low", "high"))


def _against(
    who: str, panels: tuple[str, str], what: str
) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return one panel's or its models' figure minus another's; the gap names its groups."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        where = {"who": who, "panel": panels[0], "against": panels[1], "what": what}
        if what == "share":
            where["group"] = "all comments"
        found = stated_effect(table, where)
        if found is None:
            return None
        return found.named(groups=str(select_rows(table, where)["group"].iloc[0]))

    return of


def _taught(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    rows = table.loc[table["against"].isna() & (table["what"] == "share")].copy()
    rows = rows.loc[rows["who"] == "model"]
    return dots(rows, y="words", x_title="Comments that its models flag", series="group")


def _taught_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    del setting
    rows = table.loc[table["against"].isna()]
    titles = {"words": "panel", "who": "who", "what": "what", "group": "comments of"}
    titles |= {"value": "share"} | ENDS | {"comments": "comments"}
    return display_table(rows, titles, ("value", "low", "high"))


def _fronts(setting: StepState) -> Sequence[Scenario]:
    """Return bounds on the gap between authors, for the models of each panel."""
    return [
        setting.scenario.but(label=label, max_gap=gap)
        for gap in (None, 0.05, 0.1, 0.02, 0.15)
        for label in TAUGHT
    ]


def _plane(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    del setting
    named = table.assign(panel=[TAUGHT[label] for label in table["label"]])
    return front_plane(named, configuration=("label", "max_gap"), series="panel")


def _price(label: str) -> "Callable[[pd.DataFrame, StepState], Effect | None]":
    """Return what a bound of 5 points costs the models of a panel, measured by that panel."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        here, there = {"label": label, "max_gap": 0.05}, {"label": label, "max_gap": None}
        found = change(table, "accuracy", here, there)
        return found and found.named(panel=TAUGHT[label])

    return of


AUTHORS = Slider(
    name="protected",
    title="Compare comments by",
    choices=("author", "names_religion", "names_women"),
    words=lambda value: {
        "author": "who wrote them: registered or anonymous",
        "names_religion": "whether they name a religion",
        "names_women": "whether they name women",
    }[str(value)],
)

LESSON = Lesson(
    name="who_labelled_this",
    title="Who labelled this?",
    section="2.4.3",
    claim="labels are votes of people with values of their own, bought with what money there is.",
    role="You run a forum and teach a model to flag toxic comments. Somebody must say which are.",
    question="Whose votes do you buy, how many on each comment, and does it matter?",
    base=Scenario(
        dataset="wiki_toxicity", label="toxic", protected="author", rows=2_000, epsilon=None
    ),
    steps=(
        Step(
            title="Who votes?",
            text=(
                "Comments in English on Wikipedia's talk pages were shown to workers of an online "
                "platform. About ten of them judged each comment: would it make you leave the "
                "discussion?"
            ),
            source=StudySource(study="annotators"),
            figure=_voters,
            shown=_voters_shown,
            prediction=Number(
                question="Of 100 of their votes, how many are from people whose first language is "
                "English?",
                of=_native,
                unit="in 100",
                low=0,
                high=100,
            ),
            claims=(
                Fact(
                    of=_native,
                    text="{value} of the votes whose giver told it come from native speakers "
                    "of English; there are {votes} votes in all",
                ),
                Fact(
                    of=_of(asked="gender", said="woman"),
                    text="{value} of the votes whose giver told it come from women",
                ),
            ),
            look="Think of those who write the comments, and of those whom they are about.",
        ),
        Step(
            title="Would another panel say the same?",
            text=(
                "Three people sit on a panel, and two votes decide. Two panels of three look at "
                "the same comment.\n\nThey can disagree because they are different people, or "
                "by mere luck of the draw. To see luck alone, all six votes are shuffled and dealt "
                "into two new panels."
            ),
            source=StudySource(study="panel_disagreement"),
            figure=_pairs,
            shown=_pairs_shown,
            prediction=Choice(
                question="Two panels differ in one thing. Which adds most to what luck does?",
                choices=tuple(KINDS.values()),
                of=_most,
            ),
            claims=(
                Claim(
                    of=_beyond("gender"),
                    more="Three women and three men disagree on {apart} of the comments, {size} "
                    "beyond luck",
                    less="Three women and three men disagree on {apart} of the comments, {size} "
                    "less than by luck",
                    tie="Three women and three men disagree on {apart} of the comments, which "
                    "cannot be told from luck",
                ),
                Claim(
                    of=_beyond("men twice"),
                    more="Three men and three other men disagree on {apart}, {size} beyond luck",
                    less="Three men and three other men disagree on {apart}, {size} less than by "
                    "luck",
                    tie="Three men and three other men disagree on {apart}, which cannot be told "
                    "from luck",
                ),
                Claim(
                    of=_beyond("first language"),
                    more="Native speakers and others disagree on {apart}, {size} beyond luck",
                    less="Native speakers and others disagree on {apart}, {size} less than by luck",
                    tie="Native speakers and others disagree on {apart}, which cannot be told "
                    "from luck",
                ),
                Claim(
                    of=_beyond("severity"),
                    more="The strictest and the most lenient disagree on {apart}, {size} beyond "
                    "luck",
                    less="The strictest and the most lenient disagree on {apart}, {size} less than "
                    "by luck",
                    tie="The strictest and the most lenient disagree on {apart}, which cannot be "
                    "told from luck",
                ),
            ),
            look="Two dots in a row: what happened, and what luck alone would do.",
        ),
        Step(
            title="One vote more, or one comment more?",
            text=(
                "You have $720. You can buy one vote on many comments, or three or five votes on "
                "fewer. More votes make a label steadier; more comments show the model more.\n\n"
                "If you pay more for a vote, the same money buys fewer of them."
            ),
            source=StudySource(study="annotation_budget", options=("pay",)),
            change={"pay": PAY[1]},
            sliders=(
                Slider(
                    name="pay",
                    title="Pay",
                    choices=PAY,
                    words=_pay,
                    ends=("more votes", "more pay"),
                ),
            ),
            figure=_votes,
            shown=_votes_shown,
            prediction=Direction(
                question="Against one vote a comment, five votes on a fifth of the comments teach "
                "a model that agrees with most voters …",
                of=_better(5),
                choices=("less often", "about as often", "more often"),
            ),
            claims=(
                Fact(
                    of=_of(votes=1, what="label"),
                    text="A single vote agrees with most of all votes on {value} of the comments",
                ),
                Fact(
                    of=_of(votes=1, what="model"),
                    text="A model taught by single votes agrees on {value}",
                ),
                Claim(
                    of=_better(3),
                    more="Three votes on {few} comments teach a model that agrees {size} more "
                    "often than one vote on {many}",
                    less="Three votes on {few} comments teach a model that agrees {size} less "
                    "often than one vote on {many}",
                    tie="Three votes on {few} comments and one vote on {many} teach models that "
                    "cannot be told apart",
                ),
                Claim(
                    of=_better(5),
                    more="Five votes on {few} teach one that agrees {size} more often",
                    less="Five votes on {few} teach one that agrees {size} less often",
                    tie="Five votes on {few} teach one that cannot be told from that of one vote",
                ),
            ),
            look="Move the pay to both ends. Which line moves: the panel's, or the model's?",
        ),
        Step(
            title="Taught by the strict, taught by the lenient",
            text=(
                "Some people call more comments toxic than others do, on the very same comments. "
                "Now the three strictest of a comment's voters teach a model, then the three most "
                "lenient; then three women, and three men.\n\nAll models judge the same comments."
            ),
            source=StudySource(study="panel_models"),
            sliders=(AUTHORS,),
            figure=_taught,
            shown=_taught_shown,
            prediction=Direction(
                question="Taught by three women, against three men, a model flags …",
                of=_against("model", GENDER, "share"),
                choices=("fewer comments", "about as many", "more comments"),
            ),
            claims=(
                Claim(
                    of=_against("panel", SEVERITY, "share"),
                    more="The strictest call {size} more of the comments toxic than the most "
                    "lenient",
                    less="The strictest call {size} fewer of the comments toxic than the most "
                    "lenient",
                    tie="The strictest and the most lenient call as many comments toxic",
                ),
                Claim(
                    of=_against("model", SEVERITY, "share"),
                    more="The models of the strictest flag {size} more of the comments",
                    less="The models of the strictest flag {size} fewer of the comments",
                    tie="Their models cannot be told apart in how much they flag",
                ),
                Claim(
                    of=_against("model", SEVERITY, "gap"),
                    more="The difference “{groups}” is {size} larger with the models of the "
                    "strictest",
                    less="The difference “{groups}” is {size} smaller with the models of the "
                    "strictest",
                    tie="The difference “{groups}” cannot be told apart between the two models",
                ),
                Claim(
                    of=_against("model", GENDER, "share"),
                    more="The models of three women flag {size} more of the comments than those of "
                    "three men",
                    less="The models of three women flag {size} fewer of the comments than those "
                    "of three men",
                    tie="The models of three women and of three men cannot be told apart in how "
                    "much they flag",
                ),
            ),
            look="Choose other groups of comments. Where do the intervals grow, and why?",
        ),
        Step(
            title="Each panel has its own front",
            text=(
                "Now each panel's model may also bound the difference between anonymous and "
                "registered authors in how often they are flagged. Right means: as that panel "
                "would say.\n\n"
                "For each panel the line joins the choices that no other choice beats on either "
                "half of the test."
            ),
            source=TrainingSource(
                settings=_fronts,
                varies=("label", "max_gap"),
                columns=("accuracy", "gap", "selection_rate"),
                splits=("select", "report"),
            ),
            change={"protected": "author"},
            figure=_plane,
            claims=(
                Claim(
                    of=_price("toxic_strict"),
                    more="A bound of 5 points makes {size} more answers right, says the panel of "
                    "{panel}",
                    less="A bound of 5 points costs {size} of right answers, says the panel of "
                    "{panel}",
                    tie="The price of a bound of 5 points cannot be told from none, says the "
                    "panel of {panel}",
                ),
                Claim(
                    of=_price("toxic_lenient"),
                    more="It makes {size} more right, says the panel of {panel}",
                    less="It costs {size}, says the panel of {panel}",
                    tie="Its price cannot be told from none, says the panel of {panel}",
                ),
            ),
            look="To the right is a smaller difference. Higher means agreeing with one's own panel "
            "more, not being more right than another panel.",
        ),
    ),
    try_this=(
        "In the Explorer, train on one panel and measure against another: choose the shift "
        "“labelled by others” with a label.",
        "Find the pay at which five votes a comment are no worse than one.",
    ),
    discuss=(
        "Who should sit on the panel: readers, authors, those whom a comment is about, experts?",
        "Is a comment toxic if three of ten say so? Who decides that two of three is enough?",
        "Should the budget say how many votes are bought, or what a vote is paid?",
    ),
    decisions=(
        "Buy many single votes",
        "Buy fewer comments with several votes each",
        "Choose who sits on the panel, and publish it",
        "Keep every vote and let each community set its own rule",
    ),
    sources=(
        Source(title="The paper, section 2.4.3: annotation mismatch", where="arXiv:2306.10043"),
        Source(title="Wulczyn, Thain, Dixon: Ex Machina", where="arXiv:1610.08914"),
        Source(
            title="Wikipedia Talk Labels: Toxicity, the votes",
            where="doi:10.6084/m9.figshare.4563973",
        ),
        Source(
            title="Sap et al.: The Risk of Racial Bias in Hate Speech Detection",
            where="doi:10.18653/v1/P19-1163",
        ),
    ),
    limits=(
        "Models see counts and 16 text components, never the text. What the voters were paid and "
        "whether pay changes how they vote is not in the data: here pay only decides how many "
        "votes there are, and a minute a vote is assumed. “Most of all votes” is a yardstick, not "
        "the truth, and holds the single votes that are compared with it. Strictness was measured "
        "on other comments. Shuffling shows what the kind of panel adds on these comments, by "
        "these voters; it does not speak for women, men or native speakers."
    ),
)
