"""Not every group needs the same remedy: a quota against equal chances, here and elsewhere."""

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.lessons.effect import Claim, Effect, Fact
from tradeoffs.lessons.lesson import Lesson, Slider, Source, Step, StepState, TrainingSource
from tradeoffs.lessons.prediction import Direction, Number
from tradeoffs.lessons.reading import select_rows
from tradeoffs.report.charts.lesson_charts import display_table, dots, front_plane, lines
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate, normal_interval
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.fairness.impossibility import implied_false_positive_rate
from tradeoffs.values.fairness.notion import GroupCounts

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

HISPANIC, WHITE = "Hispanic, of any race", "White, not Hispanic"
GROUPS = {  # of each table, the two that are compared first
    "meps": (HISPANIC, WHITE, "Black, not Hispanic", "Asian, not Hispanic"),
    "loanapp": ("Black", "White"),
}
ATTRIBUTES = {"meps": "race_ethnicity", "loanapp": "race"}
REMEDIES = {  # notion -> in words
    "quota": "quota",
    "demographic_parity": "equal places",
    "equal_opportunity": "finding alike",
    "equalized_odds": "erring alike",
}
NONE = "no remedy"
KINDS = {
    "places": "places, of all",
    "found": "found, of much care",
    "alarms": "places, of the others",
}
GAPS = (0.02, 0.05, 0.1)
QUOTA = {"notion": "quota", "max_gap": 0.02}
BASELINE = {"notion": "quota", "max_gap": None}
ELSEWHERE = {
    "demographic.white_not_hispanic": "fewer White people",
    "demographic.hispanic_of_any_race": "fewer Hispanic people",
    "place.west": "the West alone",
    "place.midwest": "the Midwest alone",
}
INTENSITIES = (0.0, 0.5, 1.0)
HOME, THERE = {"shift_intensity": INTENSITIES[0]}, {"shift_intensity": INTENSITIES[-1]}
MANY = 1000  # what is wished for is no count: as if there were so many times the people


def _columns(dataset: str) -> tuple[str, ...]:
    counted = ("people", "positives", "selected", "true_positives")
    attribute = ATTRIBUTES[dataset]
    return tuple(f"{kind}[{attribute}={g}]" for kind in counted for g in GROUPS[dataset])


def _counts(found: "pd.DataFrame", dataset: str) -> GroupCounts:
    """Return what the rows of an answer count of the compared groups; (rows, groups)."""
    attribute, groups = ATTRIBUTES[dataset], GROUPS[dataset]
    parts = {
        kind: np.column_stack([found[f"{kind}[{attribute}={g}]"].to_numpy(float) for g in groups])
        for kind in ("people", "positives", "selected", "true_positives")
    }
    none = np.full_like(parts["people"], np.nan)
    return GroupCounts(**parts, scores=none, squared_errors=none, weighted=None)


def _rates(counts: GroupCounts, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Return rates of a kind and the people behind them; both (rows, groups), NaN if too few."""
    if kind == "places":
        return counts.selection_rate, counts.people
    if kind == "found":
        return counts.true_positive_rate, counts.positives
    return counts.false_positive_rate, counts.people - counts.positives


def _effect(values: np.ndarray, error: float) -> Effect | None:
    if not len(values) or not np.isfinite(values).all():
        return None
    found = estimate(values, error)
    low, high = found.interval or (-math.inf, math.inf)
    return Effect(value=found.mean, low=low, high=high)


def _gap(found: "pd.DataFrame", dataset: str, kind: str) -> Effect | None:
    """Return the first group's rate minus the second's, over seeds and people."""
    if found.empty:
        return None
    rates, people = _rates(_counts(found, dataset), kind)
    error = math.sqrt(_variance(rates[:, 0], people[:, 0]) + _variance(rates[:, 1], people[:, 1]))
    return _effect(rates[:, 0] - rates[:, 1], error)


def _variance(rates: np.ndarray, people: np.ndarray) -> float:
    """Return the variance of a rate from the people it is counted on; (seeds,), its mean is meant.

    With one more on either side (Agresti and Caffo 2000, doi 10.1080/00031305.2000.10474560), so
    that a rate of 100 % of few people is not taken for certain.
    """
    rate, n = float(rates.mean()), float(people.mean())
    share = (rate * n + 1) / (n + 2)
    return share * (1 - share) / (n + 2) if math.isfinite(share) else 0.0


def _gap_of(remedy: str | None, kind: str):
    """Return a gap under a remedy at the setting's bound, or under none."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        return _gap(_under(table, setting, remedy), str(setting["dataset"]), kind)

    return of


def _under(table: "pd.DataFrame", setting: StepState, remedy: str | None) -> "pd.DataFrame":
    if remedy is None:
        return select_rows(table, {"max_gap": None})
    return select_rows(table, {"notion": remedy, "max_gap": setting["max_gap"]})


def _remedies(setting: StepState) -> Sequence[Scenario]:
    here = setting.scenario
    return [here.but(max_gap=None), *(here.but(notion=name) for name in REMEDIES)]


def _each(table: "pd.DataFrame", setting: StepState, kinds: Mapping[str, str]) -> "pd.DataFrame":
    import pandas as pd

    rows = []
    for remedy, name in {None: NONE, **REMEDIES}.items():
        for kind, words in kinds.items():
            found = _gap_of(remedy, kind)(table, setting)
            ends = (found.value, found.low, found.high) if found else (math.nan,) * 3
            rows.append((name, words, *ends))
    return pd.DataFrame(rows, columns=["remedy", "of", "value", "low", "high"])


def _each_drawn(title: str, kinds: Mapping[str, str]):
    def drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
        return dots(
            _each(table, setting, kinds), y="remedy", series="of", x_title=title, reference=(0, "")
        )

    return drawn


def _each_shown(kinds: Mapping[str, str]):
    def shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
        titles = {
            "remedy": "remedy",
            "of": "gap in",
            "value": "first less second group",
            "low": "from (95 %)",
            "high": "to (95 %)",
        }
        return display_table(_each(table, setting, kinds), titles, ("value", "low", "high"))

    return shown


def _forced(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return what false alarms the equation leaves to each group, with its base rate's error."""
    import pandas as pd

    found = select_rows(table, {}).head(1)  # the people are the same for all models
    if found.empty:
        return pd.DataFrame(columns=["group", "base", "value", "low", "high"])
    counts = _counts(found, "meps")
    people, positives = (MANY * part for part in (counts.people, counts.positives))
    hits = float(setting["found"] or 0) * positives
    wished = GroupCounts(
        people=people,
        positives=positives,
        selected=hits / float(setting["right"] or 1),
        true_positives=hits,
        scores=counts.scores,
        squared_errors=counts.squared_errors,
    )
    value, base = implied_false_positive_rate(wished)[0], counts.base_rate[0]
    error = value / base / (1 - base) * np.sqrt(base * (1 - base) / counts.people[0])
    low, high = normal_interval(value, error)
    ends = {"value": value, "low": low, "high": high}
    return pd.DataFrame({"group": GROUPS["meps"], "base": base} | ends)


def _forced_gap(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the false alarms that the equation leaves: White less Hispanic people."""
    found = _forced(table, setting)
    if found.empty:
        return None
    value, high = (found[name].to_numpy(float)[:2] for name in ("value", "high"))
    apart, wide = float(value[1] - value[0]), float(np.linalg.norm(high - value))
    return Effect(value=apart, low=apart - wide, high=apart + wide)


def _missed(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return the largest difference between false alarms measured and by the equation."""
    del setting
    found = select_rows(table, {})
    if found.empty:
        return None
    counts = _counts(found, "meps")
    off = np.abs(implied_false_positive_rate(counts) - counts.false_positive_rate)
    return Effect(value=float(np.nanmax(off)), low=-math.inf, high=math.inf)


def _forced_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return dots(
        _forced(table, setting),
        y="group",
        x_title="Places that must go to those who do not use much care",
    )


def _forced_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "group": "group",
        "base": "uses much care",
        "value": "of the others, must get a place",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    return display_table(_forced(table, setting), titles, ("base", "value", "low", "high"))


def _bounded(setting: StepState) -> Sequence[Scenario]:
    here = setting.scenario
    bounds = [here.but(notion=name, max_gap=gap) for gap in GAPS for name in REMEDIES]
    return [here.but(max_gap=None), *bounds]


def _judged(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    """Return each remedy's rows, no remedy among them, with the gap that they are judged by."""
    import pandas as pd

    if table.empty:
        return table.assign(gap=math.nan, remedy="")
    rates, _ = _rates(_counts(table, "meps"), str(setting["judged"]))
    judged = table.assign(gap=np.abs(rates[:, 0] - rates[:, 1]))
    none = judged["max_gap"].isna()
    parts = [
        judged.loc[none | (judged["notion"] == notion)].assign(remedy=title)
        for notion, title in REMEDIES.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _judged_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    return front_plane(_judged(table, setting), configuration=("max_gap",), series="remedy")


def _least_gap(one: str, other: str):
    """Return the gap left by one remedy minus that left by another, at a bound of 2 %."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        judged = select_rows(_judged(table, setting), {"max_gap": 0.02})
        if judged.empty:
            return None
        a, b = (judged.loc[judged["remedy"] == REMEDIES[name]] for name in (one, other))
        apart = a.groupby("seed")["gap"].mean() - b.groupby("seed")["gap"].mean()
        return _effect(apart.to_numpy(float), 0.0)

    return of


def _carried(setting: StepState) -> Sequence[Scenario]:
    here = setting.scenario.but(notion="quota")
    return [here.but(shift_intensity=t, max_gap=gap) for t in INTENSITIES for gap in (0.02, None)]


def _moved(place: int, here: Mapping[str, object], there: Mapping[str, object]):
    """Return how much more of a group's people who use much care are found here than there.

    A quota moves a group's threshold, so where the people are the same, those who change sides all
    change to the same one.
    """

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        del setting
        parts = [select_rows(table, where).sort_values("seed") for where in (here, there)]
        if min(map(len, parts)) == 0 or len(parts[0]) != len(parts[1]):
            return None
        (a, n), (b, m) = (_rates(_counts(part, "meps"), "found") for part in parts)
        apart = a[:, place] - b[:, place]
        same = n[0, place] == m[0, place]
        sides = [(np.abs(apart), n)] if same else [(a[:, place], n), (b[:, place], m)]
        error = sum(_variance(rates, people[:, place]) for rates, people in sides)
        return _effect(apart, math.sqrt(error))

    return of


def _carried_summary(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    import pandas as pd

    del setting
    rows = []
    for place, group in enumerate((HISPANIC, WHITE)):
        for gap, policy in ((0.02, "quota"), (None, "none")):
            for t in INTENSITIES:
                found = select_rows(table, {"max_gap": gap, "shift_intensity": t})
                if found.empty:
                    continue
                counts = _counts(found, "meps")
                rates, people = _rates(counts, "found")
                rate = rates[:, place]
                effect = _effect(rate, math.sqrt(_variance(rate, people[:, place])))
                ends = (effect.value, effect.low, effect.high) if effect else (math.nan,) * 3
                share = float(counts.people[0, 0] / counts.people[0].sum())
                rows.append((f"{group.split(',')[0]}, {policy}", t, share, *ends))
    return pd.DataFrame(rows, columns=["people", "way", "hispanic", "value", "low", "high"])


def _carried_drawn(table: "pd.DataFrame", setting: StepState) -> "go.Figure":
    figure = lines(
        _carried_summary(table, setting),
        x="way",
        series="people",
        x_title=f"From home to {ELSEWHERE.get(str(setting['shift']), 'elsewhere')}",
        y_title="Found of those who use much care",
    )
    return figure.update_xaxes(tickformat=".0%")


def _carried_shown(table: "pd.DataFrame", setting: StepState) -> "pd.DataFrame":
    titles = {
        "people": "group, policy",
        "way": "on the way there",
        "hispanic": "Hispanic, of these four groups",
        "value": "found",
        "low": "from (95 %)",
        "high": "to (95 %)",
    }
    found = _carried_summary(table, setting)
    return display_table(found, titles, ("way", "hispanic", "value", "low", "high"))


def _width(remedy: str | None, kind: str):
    """Return how far the interval of a gap reaches to each side."""

    def of(table: "pd.DataFrame", setting: StepState) -> Effect | None:
        found = _gap_of(remedy, kind)(table, setting)
        return found and Effect(value=(found.high - found.low) / 2, low=-math.inf, high=math.inf)

    return of


def _few(table: "pd.DataFrame", setting: StepState) -> Effect | None:
    """Return how many people of the first group all of this rests on."""
    found = select_rows(table, {})
    if found.empty:
        return None
    people = _counts(found, str(setting["dataset"])).people[0, 0]
    return Effect(value=float(people), low=-math.inf, high=math.inf)


BOUND = Slider(
    name="max_gap",
    title="Largest gap that a remedy allows",
    choices=(0.0, *GAPS),
    ends=("strict", "loose"),
)
LOANS = {"places": "loans, of all", "found": "loans, of approved", "alarms": "loans, of refused"}

LESSON = Lesson(
    name="not_every_group",
    title="Not every group needs the same remedy",
    section="2.4.1",
    claim="a quota and the usual measures of fairness ask for different things, and a remedy made "
    "for one population is another one elsewhere.",
    role="You run a programme of extra care. It has too few places.",
    question="Four rules are called fair. Which of them can hold together, and can you take yours "
    "along to another country?",
    base=Scenario(
        dataset="meps", label="visits_10", protected="race_ethnicity", epsilon=None, max_gap=0.02
    ),
    steps=(
        Step(
            title="Four rules that are called fair",
            text=(
                "A model foretells who will use much care, and they get a place. Compare Hispanic "
                "with White people.\n\nA **quota** gives every group the same share of places: in "
                "each the highest scores are taken. Three other rules train the model: towards "
                "**equal places**; towards **finding alike**, the same share of those who do use "
                "much care; and towards **erring alike**, which also asks for the same share of "
                "those who do not."
            ),
            source=TrainingSource(
                settings=_remedies, varies=("notion", "max_gap"), columns=_columns("meps")
            ),
            figure=_each_drawn("Hispanic less White people", KINDS),
            shown=_each_shown(KINDS),
            sliders=(BOUND,),
            prediction=Direction(
                question="With the quota, of those who use much care, Hispanic people are found …",
                of=_gap_of("quota", "found"),
                choices=("less often than White", "about as often", "more often than White"),
            ),
            claims=(
                Claim(
                    of=_gap_of(None, "found"),
                    more="Without a remedy, Hispanic people who use much care are found {size} "
                    "more often than White people who do",
                    less="Without a remedy, Hispanic people who use much care are found {size} "
                    "less often than White people who do",
                    tie="Without a remedy, Hispanic and White people who use much care are found "
                    "alike, as far as can be told",
                ),
                Claim(
                    of=_gap_of("quota", "found"),
                    more="With the quota, they are found {size} more often",
                    less="With the quota, they are found {size} less often",
                    tie="With the quota, they are found alike, as far as can be told",
                ),
                Claim(
                    of=_gap_of("equal_opportunity", "places"),
                    more="Trained towards finding alike, Hispanic people get {size} more places",
                    less="Trained towards finding alike, Hispanic people get {size} fewer places",
                    tie="Trained towards finding alike, both get places alike, as far as can be "
                    "told",
                ),
            ),
            look="Does any rule bring all three marks to the dotted line?",
        ),
        Step(
            title="One equation leaves no choice",
            text=(
                "Say you want two things for every group: of those who get a place, the same "
                "share should be right; and of those who use much care, the same share should be "
                "found. Choose both shares yourself.\n\nThen a third thing is no longer yours to "
                "choose: how many who do *not* use much care get a place. It follows from how "
                "many in a group do."
            ),
            source=TrainingSource(
                settings=_remedies, varies=("notion", "max_gap"), columns=_columns("meps")
            ),
            change={"right": 0.7, "found": 0.5},
            figure=_forced_drawn,
            shown=_forced_shown,
            sliders=(
                Slider(
                    name="right",
                    title="Of those with a place, right",
                    choices=(0.3, 0.5, 0.7, 0.9, 1.0),
                    words=lambda value: f"{float(value or 0):.0%}",
                ),
                Slider(
                    name="found",
                    title="Of those who use much care, found",
                    choices=(0.1, 0.3, 0.5, 0.7, 0.9),
                    words=lambda value: f"{float(value or 0):.0%}",
                ),
            ),
            prediction=Direction(
                question="If both shares are alike for all, White people who do not use much care "
                "get a place …",
                of=_forced_gap,
                choices=("less often than Hispanic", "about as often", "more often than Hispanic"),
            ),
            claims=(
                Claim(
                    of=_forced_gap,
                    more="Then places must go to White people who do not use much care {size} more "
                    "often than to such Hispanic people",
                    less="Then places must go to White people who do not use much care {size} less "
                    "often than to such Hispanic people",
                    tie="Then places go to White and Hispanic people who do not use much care "
                    "alike, as far as can be told",
                ),
                Fact(
                    of=_missed,
                    text="In all models trained here the equation is off by at most {value}",
                    unit="points",
                ),
            ),
            look="Move the first slider to 100 %: it is the one way out, and what does it ask for?",
        ),
        Step(
            title="Who judges the remedy?",
            text=(
                "Now every rule may be strict or loose. Each line joins the choices that no other "
                "choice of the same rule beats on either half of the test. You choose what it "
                "is judged by: **places** alike, or **finding** alike."
            ),
            source=TrainingSource(
                settings=_bounded,
                varies=("notion", "max_gap"),
                columns=("accuracy", *_columns("meps")),
                splits=("select", "report"),
            ),
            change={"judged": "found"},
            figure=_judged_drawn,
            sliders=(
                Slider(
                    name="judged",
                    title="Judged by the gap in",
                    choices=("places", "found"),
                    words=lambda value: KINDS[str(value)],
                    ordered=False,
                ),
            ),
            claims=(
                Claim(
                    of=_least_gap("quota", "equal_opportunity"),
                    more="Judged like this, a quota leaves a gap {size} wider than training "
                    "towards finding alike",
                    less="Judged like this, a quota leaves a gap {size} narrower than training "
                    "towards finding alike",
                    tie="Judged like this, a quota and training towards finding alike leave gaps "
                    "that cannot be told apart",
                ),
                Claim(
                    of=_least_gap("quota", "demographic_parity"),
                    more="It leaves a gap {size} wider than training towards equal places",
                    less="It leaves a gap {size} narrower than training towards equal places",
                    tie="Against training towards equal places, its gap cannot be told apart",
                ),
            ),
            look="The models are the same under both judges. Do the lines keep their order?",
        ),
        Step(
            title="The same policy in another country",
            text=(
                "You take your quota along. The model and the rule stay as they are. Only the "
                "people are others: fewer of one group, or those of one region.\n\nThe quota "
                "still gives every group the same share of places. What does it mean for the same "
                "person?"
            ),
            source=TrainingSource(
                settings=_carried,
                varies=("max_gap", "shift_intensity"),
                columns=_columns("meps"),
            ),
            change={"shift": "demographic.white_not_hispanic", **QUOTA},
            figure=_carried_drawn,
            shown=_carried_shown,
            sliders=(
                Slider(
                    name="shift",
                    title="Carried to a place with",
                    choices=tuple(ELSEWHERE),
                    words=lambda value: ELSEWHERE[str(value)],
                ),
            ),
            prediction=Direction(
                question="Where fewer people are White, and all else is the same, the quota finds "
                "Hispanic people who use much care …",
                of=_moved(0, {"max_gap": 0.02, **THERE}, {"max_gap": 0.02, **HOME}),
                choices=("less often than at home", "as often", "more often than at home"),
            ),
            claims=(
                Claim(
                    of=_moved(0, {"max_gap": 0.02, **THERE}, {"max_gap": 0.02, **HOME}),
                    more="There the quota finds Hispanic people who use much care {size} more "
                    "often than at home",
                    less="There the quota finds Hispanic people who use much care {size} less "
                    "often than at home",
                    tie="There the quota finds Hispanic people who use much care as often as at "
                    "home, as far as can be told",
                ),
                Claim(
                    of=_moved(1, {"max_gap": 0.02, **THERE}, {"max_gap": 0.02, **HOME}),
                    more="White people who use much care are found {size} more often than at home",
                    less="White people who use much care are found {size} less often than at home",
                    tie="White people who use much care are found as often as at home, as far as "
                    "can be told",
                ),
                Claim(
                    of=_moved(0, {"max_gap": 0.02, **HOME}, {"max_gap": None, **HOME}),
                    more="At home the quota finds {size} more of these Hispanic people than no "
                    "policy",
                    less="At home the quota finds {size} fewer of these Hispanic people than no "
                    "policy",
                    tie="At home the quota finds Hispanic people as often as no policy, as far as "
                    "can be told",
                ),
                Claim(
                    of=_moved(0, {"max_gap": 0.02, **THERE}, {"max_gap": None, **THERE}),
                    more="There it finds {size} more than no policy",
                    less="There it finds {size} fewer than no policy",
                    tie="There it finds as many as no policy, as far as can be told",
                ),
            ),
            look="For “fewer White people” and “fewer Hispanic people” nobody changes but who is "
            "beside them. The regions are real, and differ in more than that.",
        ),
        Step(
            title="Enough people to tell?",
            text=(
                "Another table: 1,989 people who asked for a loan for a home, 197 of them Black. "
                "The same rules are trained. Their gaps are reported on a part of the people, as "
                "always."
            ),
            source=TrainingSource(
                settings=_remedies, varies=("notion", "max_gap"), columns=_columns("loanapp")
            ),
            change={
                "dataset": "loanapp",
                "label": "approved",
                "protected": "race",
                "rows": 1000,
                "shift": "demographic",
            },
            figure=_each_drawn("Black less White applicants", LOANS),
            shown=_each_shown(LOANS),
            prediction=Number(
                question="Without a remedy, by how many points to each side is the gap in loans "
                "between Black and White applicants uncertain?",
                of=_width(None, "places"),
                unit="points",
                low=0,
                high=40,
            ),
            claims=(
                Fact(
                    of=_few,
                    text="All of this rests on {value} who are Black",
                    unit="people",
                ),
                Claim(
                    of=_gap_of(None, "places"),
                    more="Without a remedy, Black applicants get {size} more loans than White ones",
                    less="Without a remedy, Black applicants get {size} fewer loans than White "
                    "ones",
                    tie="Without a remedy, no gap in loans can be told",
                ),
                Claim(
                    of=_gap_of("equal_opportunity", "found"),
                    more="Trained towards finding alike, of those a lender approved Black "
                    "applicants get {size} more loans",
                    less="Trained towards finding alike, of those a lender approved Black "
                    "applicants get {size} fewer loans",
                    tie="Trained towards finding alike, whether a gap is left among those a lender "
                    "approved cannot be told",
                ),
                Claim(
                    of=_gap_of("equalized_odds", "alarms"),
                    more="Trained towards erring alike, of the others Black applicants get {size} "
                    "more loans",
                    less="Trained towards erring alike, of the others Black applicants get {size} "
                    "fewer loans",
                    tie="Trained towards erring alike, whether a gap is left among the others "
                    "cannot be told",
                    absent="Whether anybody errs alike cannot be measured here: fewer than "
                    f"{SMALLEST_CELL} Black applicants were refused by a lender.",
                ),
            ),
            look="A mark that is absent could not be measured. It is not a gap of nought.",
        ),
    ),
    try_this=(
        "In step 2 look for two shares that you could defend before both groups.",
        "In step 4 carry the quota to the two regions, and compare it with the made-up places.",
    ),
    discuss=(
        "Who has a claim to a remedy: those fewer here, those wronged here, or those in need?",
        "A quota needs to know everybody's group. Who may ask, and who may refuse to say?",
        "A law demands proof of a gap. What follows where too few people can be counted?",
    ),
    decisions=(
        "Hold a quota, and review it with the people it is for",
        "Find alike, and accept unequal places",
        "Err alike, and accept fewer right answers",
        "Set each group's remedy by what was done to it",
    ),
    sources=(
        Source(title="The paper, section 2.4.1: affirmative actions", where="arXiv:2306.10043"),
        Source(
            title="Ho, Xiang: Affirmative algorithms, fairness as awareness",
            where="arXiv:2012.14285",
        ),
        Source(title="Chouldechova: the impossibility in one equation", where="arXiv:1703.00056"),
        Source(
            title="Kleinberg, Mullainathan, Raghavan: inherent trade-offs",
            where="arXiv:1609.05807",
        ),
        Source(
            title="Agresti, Caffo: intervals for differences of proportions",
            where="doi:10.1080/00031305.2000.10474560",
        ),
        Source(
            title="Agency for Healthcare Research and Quality: MEPS",
            where="https://meps.ahrq.gov/mepsweb/",
        ),
    ),
    limits=(
        "Use of care stands for need, which it is not: another lesson asks about that. Why a group "
        "is owed a remedy is no column of any table. The quota here follows scores and knows no "
        "history. Training bounds the gaps of its own people, not of those reported on. Survey "
        "weights are not used."
    ),
    minutes=10,
)
