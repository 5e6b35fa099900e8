"""The fields of a scenario and of the screen: each is declared here, and nowhere else.

An attribute's type, bounds and default are those that a scenario is checked by; its `Field` is what
controls, addresses, the command line, the glossary, lessons and messages are made from.
"""

from typing import Annotated, Literal

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel

from tradeoffs.catalogue import Catalogue
from tradeoffs.field import KEPT, Field, fields_of

SMALLEST_EPSILON, LARGEST_EPSILON = 0.05, 50.0
SMALLEST_ROWS, LARGEST_ROWS = 200, 200_000
SMALLEST_COMMUNITY = 50  # people in training, where a table is cut into communities
LARGEST_SEED = 2**31 - 1
MOST_SHIFTS = 20  # at once, on either side
SEEDS = 8  # trainings of a number on screen; enough for quartiles over seeds
PAPER = "Molamohammadi et al. 2023, arXiv 2306.10043"
HERE = "tradeoffs/fields.py"  # source of the project's own words

Name = Annotated[str, MaxLen(40)]
Share = Annotated[float, Ge(0), Le(1)]
Mechanism = Literal["dp", "clip_only", "none"]
Shifts = tuple[tuple[str, float], ...]  # names with options, intensities above 0
Community = Annotated[str, MaxLen(80)]  # a name, without + and :
MOST_COMMUNITIES = 100  # of a table


# An entry is read as a paragraph; with an argument a line it would be twice as long.
# fmt: off
class ScenarioFields(BaseModel, frozen=True):
    """Every field of a scenario, in the order of columns and files."""

    dataset: Annotated[Name, Field(
        title="Table",
        help="The people that models are trained and tested on, one row per person. You can "
            "also bring a table of your own.",
        axis="Data", group="Data", source=f"{PAPER}, section 2.1",
        limits="Whoever is not in the table is not in any of the numbers.",
        seen="page Data; “Chart as a table”, where it means the numbers of the chart",
        also=("data", "own table"),
    )] = "adult"
    label: Annotated[Name, Field(
        title="Label",
        help="The yes-or-no question that the model answers about a person. Which one is a "
            "choice: cost, for example, is not the same as need.",
        axis="Data", group="Data", source="Obermeyer et al. 2019, doi 10.1126/science.aax2342",
        limits="The recorded answer is what somebody wrote down, not the truth itself.",
    )] = "income_gt_50k"
    protected: Annotated[str, MaxLen(80), Field(
        title="Protected attribute",
        help="The attribute whose groups are compared: sex, origin, age or several combined.",
        unit="attribute, or several joined by *", axis="Data", group="Data",
        source="Hanna et al. 2020, arXiv 1912.03593",
        limits="Groups are as the table recorded them; people may describe themselves differently.",
        also=("group", "groups by", "everybody"),
    )] = "sex"
    hide: Annotated[tuple[str, ...], MaxLen(40), Field(
        title="Hidden columns",
        help="Columns that the model does not see. Hiding the protected attribute does not "
            "hide the columns that correlate with it and may still reveal a person's group. "
            "Groups are compared all the same.",
        unit="columns, joined by +", axis="Data", group="Data",
        source="Dwork et al. 2012, arXiv 1104.3913", seen="results of a sweep",
        also=("features", "fairness through unawareness"),
    )] = ()
    rows: Annotated[int, Ge(SMALLEST_COMMUNITY), Le(LARGEST_ROWS), Field(
        title="People in training",
        help="The number of people whose records the model learns from. A small town has "
            "few, and the same privacy promise then costs more.",
        axis="Resources", ends=("a small town", "everybody in the data"),
        values=(300, 1_000, 3_000, 10_000),  # and all there are
        phrase="{} people", group="Resources", unit="people",
        source="Abadi et al. 2016, arXiv 1607.00133",
        limits="They are drawn at random from the table; a real small town differs in more "
            f"ways. Fewer than {SMALLEST_ROWS} are possible where the table is split into "
            "communities.",
        also=("people",),
    )] = 3000
    width: Annotated[int, Ge(0), Le(256), Field(
        title="Model size", control="Model size, hidden units",
        help="The number of hidden units with which the model combines columns. With none it "
            "is logistic regression, in which every column simply adds its part.",
        axis="Resources", ends=("logistic regression", "larger network"), values=(0, 4, 8, 16, 32),
        coarse=(0, 8), phrase="{} hidden units", phrases={0: "logistic regression"},
        caption="One hidden layer of {}.", captions={0: "One weight for each column value."},
        group="Resources", formula="columns + 1 numbers, or (columns + 1) width + width + 1",
        unit="hidden units", direction="larger: finer patterns, more memory and time",
        source="Hastie, Tibshirani, Friedman 2009, The Elements of Statistical Learning, "
            "ch. 11",
        also=("logistic regression",),
    )] = 0
    stage: Annotated[Name, Field(
        title="Mitigation",
        help="Where unfairness is reduced: pre-processing changes the data before training, "
            "in-processing changes the training, post-processing changes the decisions "
            "afterwards.",
        axis="Values", baseline="in", group="Remedies", source=f"{PAPER}, section 4",
        also=("where fairness is enforced",),
    )] = "in"
    strength: Annotated[Share, Field(
        title="Mitigation strength",
        help="How much of its change a remedy before training makes to the data: none "
            "at 0 %, all of it at 100 %.",
        axis="Values", ends=("least change", "most change"),
        values=(0.0, 0.25, 0.5, 0.75, 1.0), caption="{} of the change is made to the data.",
        baseline=1.0, of_stage=True, group="Remedies", unit="share, shown as a percentage",
        direction="larger: data differ more from what was recorded",
        source="Kamiran, Calders 2012, doi 10.1007/s10115-011-0463-8",
    )] = 1.0
    notion: Annotated[Name, Field(
        title="Fairness notion",
        help="Which number is to be equal across groups. Some notions exclude each other, so "
            "one has to be chosen.",
        axis="Values", group="Values: fairness", source="Kleinberg et al. 2017, arXiv 1609.05807",
        also=("meaning of fair",),
    )] = "demographic_parity"
    max_gap: Annotated[float | None, Ge(0), Le(1), Field(
        title="Largest allowed gap", control="Largest allowed {called}",
        help="The largest difference between groups, by the chosen notion, that is allowed. "
            "Training, or the decisions after it, tries to stay below it.",
        axis="Values", ends=("groups equal", "no limit"),
        values=(0.0, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, None), coarse=(0.02, 0.1, None),
        words={None: "no limit"}, phrase="{called} at most {}", phrases={None: "no constraint"},
        baseline=None, group="Values: fairness", unit="share, shown as a percentage",
        direction="smaller: groups more equal by this notion",
        source="Cotter et al. 2019, arXiv 1809.04198",
        limits="It is enforced on the people in training; on others the gap can be larger.",
    )] = None
    mechanism: Annotated[Mechanism, Field(
        title="Privacy mechanism",
        help="How the people in training are protected: gradients are clipped and noise is "
            "added, or they are only clipped. Clipping without noise promises nothing; it "
            "shows what clipping alone costs.",
        axis="Lab", level="lab", values=("dp", "clip_only"),
        words={"dp": "clip and add noise", "clip_only": "clip only, no promise"}, baseline="none",
        group="Values: privacy", unit="dp, clip_only or none",
        formula="sum_i clip(g_i, C) + N(0, (sigma C)^2), without the last term for clip only",
        source="Abadi et al. 2016, arXiv 1607.00133, algorithm 1", also=("none",),
    )] = "dp"
    epsilon: Annotated[float | None, Ge(SMALLEST_EPSILON), Le(LARGEST_EPSILON), Field(
        title="Privacy budget", control="Privacy budget ε",
        help="A bound on how much the trained model can depend on one person's record. "
            "Smaller is more private; none means that nothing is promised.",
        axis="Values", level="story", ends=("more private", "more accurate"),
        values=(0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 20.0, 50.0, None),
        coarse=(0.1, 0.3, 1.0, 3.0, None), words={None: "no privacy"}, phrase="ε = {}",
        phrases={None: "no privacy"}, baseline=None, unit="epsilon",
    )] = 1.0
    clipping: Annotated[Name, Field(
        title="Gradient clipping",
        help="How one person's influence on the model is limited. The methods differ in what "
            "they do to groups whose people have large gradients.",
        axis="Lab", level="lab", baseline="flat", optional=True, group="Remedies",
        source="Abadi et al. 2016, arXiv 1607.00133; Esipova et al. 2023, arXiv 2206.07737",
    )] = "flat"
    seed: Annotated[int, Ge(0), Le(LARGEST_SEED), Field(
        title="Random seed",
        help="The number that all randomness in training follows from. The same seed gives "
            "the same models; other seeds show what chance alone changes. One number here "
            f"stands for {SEEDS} training runs: number 1 uses the seeds {SEEDS} to "
            f"{2 * SEEDS - 1}.",
        axis="Lab", level="lab", values=range(10_000), group="Fronts and uncertainty",
        unit="whole number", source="Bouthillier et al. 2021, arXiv 2103.03098",
        limits="Anyone who knows the seed can subtract the noise: these models are for teaching.",
        also=("seeds",),
    )] = 0
    shift: Annotated[str, MaxLen(101), Field(
        title="Shift",
        help="A way in which the deployment population, on which a model is used, differs "
            "from the people it was trained on.",
        axis="Data", deployment=True, group="Shifts of data", source=f"{PAPER}, section 2.1",
        limits="A shift here is made from the table's own rows; the real world shifts in more "
            "ways.",
        seen="page Shifts", also=("shifts",),
    )] = "demographic"
    shift_intensity: Annotated[Share, Field(
        title="Shift intensity",
        help="How much the people differ: not at all at 0 %, as much as this shift allows at "
            "100 %.",
        axis="Data", ends=("the same people", "other people"), values=(0.0, 0.25, 0.5, 0.75, 1.0),
        phrase="shift {}", phrases={0.0: "no shift"}, deployment=True, group="Shifts of data",
        unit="share, shown as a percentage", direction="larger: more different",
        source=f"{PAPER}, section 2.1",
        limits="The same intensity of two shifts is not the same amount of change.",
        seen="page Shifts", also=("intensity", "along the intensity"),
    )] = 0.0
    other_shifts: Annotated[Shifts, MaxLen(MOST_SHIFTS), Field(
        title="Further deployment shifts",
        help="Shifts at deployment in addition to the first, each with its intensity.",
        unit="shift:intensity, joined by +", axis="Data", level="lab", deployment=True,
        group="Shifts of data", source=f"{PAPER}, section 2.1",
    )] = ()
    training_shifts: Annotated[Shifts, MaxLen(MOST_SHIFTS), Field(
        title="Training shifts",
        help="Shifts that change the people a model is trained on, each with its intensity.",
        unit="shift:intensity, joined by +", axis="Data", level="lab", optional=True,
        group="Shifts of data", source=f"{PAPER}, section 2.1",
    )] = ()
    communities: Annotated[str, MaxLen(60), Field(
        title="Communities",
        help="How the people of the table are divided into communities, each with its own "
            "people, decisions and test people. Without it, all are one community.",
        unit="a way to split the table, with its option after a dot", optional=True, group="Data",
        source=f"{PAPER}, sections 2 and 4", seen="page Remedies",
        limits="Communities here are parts of one table, so they share its questions and codes.",
        also=("community", "cut"),
    )] = ""
    home: Annotated[str, MaxLen(80), Field(
        title="Home community",
        help="The community whose people a model decides about, and on whose test people it "
            "is measured. If none is named, it is the first that can be measured.",
        optional=True, group="Data", source=f"{PAPER}, section 4", seen="page Remedies",
    )] = ""
    members: Annotated[tuple[Community, ...], MaxLen(MOST_COMMUNITIES), Field(
        title="Participants",
        help="The communities that take part, including the home community. If none is "
            "named, all take part.",
        unit="communities, joined by +", optional=True, group="Data",
        source="Blum et al. 2021, arXiv 2103.03228", seen="page Remedies", also=("partners",),
    )] = ()
    remedy: Annotated[Name, Field(
        title="Remedy",
        help="How a community gets its model: alone, by sharing data, by adapting somebody "
            "else's model, or by training together.",
        optional=True, group="Remedies", source=f"{PAPER}, section 4", seen="page Remedies",
    )] = "alone"
    dial: Annotated[float | None, Ge(0), Le(1_000_000), Field(
        title="Parameter of the remedy",
        help="The number that a remedy is set by, such as the steps between two exchanges. "
            "The remedy says what it means and which values it can have; none is its "
            "default.",
        values=(None,), optional=True, group="Remedies", unit="number", source=HERE,
        seen="page Remedies",
    )] = None
    temperature: Annotated[float | None, Ge(0.1), Le(100), Field(
        title="Temperature",
        help="The number that a teacher's logits are divided by before a student learns from "
            "them: with a small one its answers are almost yes or no, with a large one they "
            "are near one half, in proportion to the logit. None means the usual one: 2, or "
            "1 where gradients are clipped.",
        values=(None, 0.5, 1.0, 2.0, 4.0, 8.0), ends=("yes or no", "near one half"),
        level="lab", optional=True, group="Remedies", unit="number",
        source="Hinton et al. 2015, arXiv 1503.02531", seen="page Remedies",
    )] = None
    provider: Annotated[str, MaxLen(80), Field(
        title="Model provider",
        help="Whose model is adapted: that of the other communities together, of the largest "
            "one, of a named one, or a model for another label of the same table.",
        unit="others, largest, turned, a community or label.NAME; after private., its people "
            "are covered by the promise too", optional=True,
        group="Remedies", source=f"{PAPER}, sections 3 and 4.2", seen="page Remedies",
        limits="A provider here has at most ten thousand rows of the same table; it is not a "
            "foundation model.",
    )] = "others"
    own_epsilon: Annotated[tuple[tuple[Community, float], ...], MaxLen(MOST_COMMUNITIES), Field(
        title="Privacy budgets of communities",
        help="Communities that ask for another privacy budget than the rest, each with its own.",
        unit="community:epsilon, joined by +", optional=True, group="Values: privacy",
        source="Liu et al. 2022, arXiv 2206.07902", seen="page Remedies",
    )] = ()


class ScreenFields(BaseModel, frozen=True):
    """The fields that change what is shown, and no result."""

    level: Annotated[Literal["story", "explore", "lab"], Field(
        title="Level", axis="Screen",
        help="How much of the screen is shown: a story with one slider, the usual controls, or "
            "all of them.",
        values=("story", "explore", "lab"),
        words={"story": "Story", "explore": "Explore", "lab": "Lab"}, group="The screen",
        source=HERE,
    )] = "explore"
    x: Annotated[Name, Field(
        title="Horizontal axis", axis="Screen",
        help="The measured number on the horizontal axis of the chart.",
        group="The screen", source=HERE,
    )] = "fairness"
    y: Annotated[Name, Field(
        title="Vertical axis", axis="Screen",
        help="The measured number on the vertical axis of the chart.", group="The screen",
        source=HERE,
    )] = "accuracy"
    counted: Annotated[str, MaxLen(100), Field(
        title="Objectives that count", axis="Screen",
        help="The objectives by which one setting can beat another. A setting is on the front "
            "unless another one is at least as good in all of them and better in one.",
        unit="objectives, joined by +", group="The screen",
        source="Deb 2001, Multi-Objective Optimization using Evolutionary Algorithms, ch. 2",
        limits="With fewer objectives that count, fewer settings are on the front.",
    )] = "accuracy+fairness+privacy+explainability"
    at_least: Annotated[str, MaxLen(200), Field(
        title="Red lines", axis="Screen",
        help="The worst value of an objective that is still accepted. Settings beyond a red "
            "line stay in the charts, but cannot be chosen.",
        unit="objective:value, joined by +, in the objective's unit", group="The screen",
        source="Miettinen 1999, Nonlinear Multiobjective Optimization, doi "
            "10.1007/978-1-4615-5563-6",
        also=("reservation level",),
    )] = ""
    pins: Annotated[str, MaxLen(4_000), Field(
        title="Pinned settings", axis="Screen",
        help="Settings that stay marked in all charts, to be compared side by side. Each is "
            "written as its differences from the default setting.",
        unit="field:value, joined by commas; pins joined by ~", group="The screen", source=HERE,
        also=("pin",),
    )] = ""
    curves: Annotated[str, MaxLen(100), Field(
        title="Curves along a slider", axis="Screen",
        help="How the setting moves on the chart as one slider alone is moved.",
        unit="fields, joined by +", group="The screen", source=HERE,
    )] = ""
    wish: Annotated[str, MaxLen(300), Field(
        title="Wish", axis="Screen",
        help="What somebody wants of the objectives: a weight for each, or a target value "
            "for each. The setting that comes closest is marked.",
        group="The screen", source="Wierzbicki 1980, doi 10.1007/978-3-642-48782-8_32",
    )] = ""
    place: Annotated[Name, Field(
        title="Jurisdiction", axis="Screen",
        help="The place by whose rules settings are screened. A screening rule is a number "
            "that is looked at first; it is not the law.",
        group="The screen", source=HERE,
    )] = "none"
    purse: Annotated[str, MaxLen(400), Field(
        title="Purse", axis="Screen",
        help="Who pays, from which budget and at which prices. Settings that the budget does "
            "not cover are drawn faintly in all charts.",
        unit="an actor, and number:value of its own, joined by +", group="The screen",
        source=f"{PAPER}, section 2.2",
        limits="Actors are examples: their numbers are meant to be changed.",
        also=("budget", "prices", "actor"),
    )] = ""
    tab: Annotated[Name, Field(
        title="Part of the details", axis="Screen",
        help="The part below the chart that is open.",
        values=("words", "who_pays", "privacy", "explanation", "choose", "rules", "cost",
                "visited", "take_home", "about"),
        words={"words": "In words", "who_pays": "Who pays", "privacy": "Privacy",
               "explanation": "Explanation", "choose": "Choose", "rules": "Rules",
               "cost": "Cost", "visited": "Visited", "take_home": "Take home", "about": "About"},
        group="The screen", source=HERE,
    )] = "words"


# fmt: on


ORDER = (  # of the screen, where what a field offers depends on earlier ones only
    *("level", "dataset", "label", "communities", "home", "members"),
    *("protected", "shift", "hide"),
    *("shift_intensity", "other_shifts", "training_shifts", "width", "rows"),
    *("epsilon", "notion", "max_gap", "stage", "strength", "mechanism", "clipping", "seed"),
    *("remedy", "dial", "temperature", "provider", "own_epsilon"),
    *("x", "y", "counted", "at_least", "pins", "curves", "wish", "place", "purse", "tab"),
)
CURVES = ("epsilon", "max_gap", "width", "shift_intensity")  # fields that a curve is drawn along
_ALL = fields_of(ScenarioFields) | fields_of(ScreenFields)
FIELDS = Catalogue("field", (_ALL[name] for name in ORDER))
COMMUNITY_FIELDS = (  # without communities they mean nothing
    *("communities", "home", "members", "remedy", "dial", "temperature", "provider"),
    "own_epsilon",
)
STAGE_FIELDS = {name for name, one in FIELDS.items() if one.of_stage}
BASELINE = {name: one.baseline for name, one in FIELDS.items() if one.baseline is not KEPT}
