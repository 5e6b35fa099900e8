"""Sentences computed from what is displayed; they can turn out either way."""

import math

import numpy as np
import pandas as pd

from tradeoffs.figures.cards import Card, Decisions, compared, told_in_words
from tradeoffs.figures.crowd import COMPARED, WHOM
from tradeoffs.figures.groups import gap_missing, left_out
from tradeoffs.figures.naming import label
from tradeoffs.figures.remarked import TWIN, alike, beside_untouched
from tradeoffs.figures.standing import what_differs
from tradeoffs.figures.view import Row, View, records, row_of, scenario_of
from tradeoffs.figures.words import TITLES, end, number, percent, setting
from tradeoffs.fronts import Objective
from tradeoffs.fronts.remarks import (
    NOT_BINDING,
    NOT_HELD,
    NOT_REACHED,
)
from tradeoffs.fronts.standing import FRONT, ONE_HALF, TIED
from tradeoffs.pipeline.sections import untouched
from tradeoffs.remedies.catalogue import applied
from tradeoffs.stats.interval import estimate
from tradeoffs.values.fairness.catalogue import notion
from tradeoffs.values.privacy.words import in_words

ROUNDING = 0.0005  # half of what is shown


def sentences(
    shown: View,
    told: list[Card],
    groups: pd.DataFrame | None = None,
    gap_error: float = 0.0,
    decisions: Decisions = lambda scenario: {},
) -> list[str]:
    """Return what the screen says in words, most important first.

    Args:
        shown: the view.
        told: its cards.
        groups: from `groups.group_table`, the setting's people by group; None while not there.
        gap_error: standard error of the setting's gap over test rows, from `cards.gap_error`.
        decisions: those that the cards were made with.
    """
    if shown.here_row is None:
        return _off_the_chart(shown)
    row = shown.row(shown.here_row)
    beside = beside_untouched(shown.here, row, told)
    found = [
        alike(shown, row),
        _correct(shown, told),
        beside,
        _groups(shown, row, groups),
        _asked(shown, row, gap_error),
        in_words(row["epsilon_spent"]) if not pd.isna(row["epsilon_spent"]) else _clip_only(),
        _explained(shown, row),
        _dominance(shown, beside, decisions),
        *(_along(shown, slider, decisions) for slider in ("epsilon", "width", "shift_intensity")),
        _watching(shown),
    ]
    return [text for text in found if text]


def _off_the_chart(shown: View) -> list[str]:
    """Say why the setting is not drawn."""
    if shown.own.empty:
        return ["The models at your setting are still being trained."]
    axes = f"{shown.x.title.lower()} and {shown.y.title.lower()}"
    told = f"Your setting has no place on this chart: {axes} cannot both be measured in all seeds"
    section = shown.sections["epsilon"]
    number = row_of(section, shown.here)
    remark = "" if number is None else alike(shown, records(section.iloc[[number]])[0])
    missing = gap_missing(shown.own, notion(shown.here.notion))
    if remark or missing:
        return [text for text in (f"{told}.", remark, missing) if text]
    return [f"{told}, as where a model gives almost everybody the same answer."]


def _correct(shown: View, told: list[Card]) -> str:
    if shown.here == untouched(shown.here):
        return "This is the model without constraint and without privacy: one choice among others."
    found = next((c.difference for c in told if c.name == "accuracy"), None)
    if found is None:
        return ""  # nothing to compare with yet
    heads = 1000 * found.mean
    more = "more" if heads > 0 else "fewer"
    text = f"Of 1,000 people {abs(heads):.0f} {more} are decided correctly"
    text += " than without constraint and privacy"
    if found.interval is None:
        return f"{text} (one seed so far: perhaps by chance)."
    low, high = (end(1000 * value, 0, _signed) for value in found.interval)
    if not found.distinguishable:
        return f"{text}, which is within chance: anything from {low} to {high} would be."
    return f"{text} (95 %: {low} to {high})."


def _signed(value: float, digits: int) -> str:
    return f"{value:+.{digits}f}".replace("-", "−") if value else "0"


def _groups(shown: View, row: Row, groups: pd.DataFrame | None) -> str:
    """Tell the rate of the two groups that lie furthest apart, and the gap that the card shows."""
    if groups is None:
        return ""
    chosen = notion(shown.here.notion)
    among = groups.loc[shown.groups.among(groups["group"].tolist())]
    compared = COMPARED.get(chosen.metric)
    rate = max(compared or ("selection_rate",), key=lambda name: _spread(among, name))
    rates = records(among.dropna(subset=[rate]).sort_values(rate))
    if len(rates) < 2:
        return left_out(shown.here, shown.groups) or gap_missing(shown.own, chosen)
    low, high = rates[0], rates[-1]
    told = (
        f"Of 100 people each{WHOM[rate]}, {100 * low[rate]:.0f} in the group {low['group']} and "
        f"{100 * high[rate]:.0f} in the group {high['group']} are predicted "
        f"“{label(shown.here).positive}”."
    )
    if compared:
        return told + _each_seed(row, high[rate] - low[rate])
    if pd.isna(row["gap"]):
        return f"{told} {gap_missing(shown.own, chosen)}".strip()
    return f"{told} {chosen.axis}: {percent(row['gap'])}."


def _spread(groups: pd.DataFrame, rate: str) -> float:
    rates = groups[rate].dropna().to_numpy(dtype=float)
    return float(np.ptp(rates)) if len(rates) > 1 else -1.0


def _each_seed(row: Row, apart: float) -> str:
    """Tell the gap, which is measured in each seed, where it differs from that of the averages."""
    if pd.isna(row["gap"]) or abs(row["gap"] - apart) < ROUNDING:
        return ""
    return (
        f" These are averages, {percent(apart)} apart; within single seeds it is "
        f"{percent(row['gap'])} on average, as not the same groups lie apart in all of them."
    )


def _asked(shown: View, row: Row, sampling_se: float) -> str:
    bound = shown.here.max_gap
    if bound is None or pd.isna(row["gap"]):
        return ""
    measured = row["gap"]
    low, high = estimate(shown.own["gap"].to_numpy(dtype=float), sampling_se).interval or (0, 1)
    called = notion(shown.here.notion).called
    told = f"You asked for a {called} of at most {percent(bound, 0)}; {percent(measured)} is "
    told += "measured"
    if high <= bound:
        verdict = "the bound is met on people the models were not trained on"
    elif low <= bound:
        verdict = "at the bound, as far as chance allows to tell"
    else:
        verdict = f"the bound is missed{_missed(shown, row)}"
    if NOT_REACHED in row["remarks"] and "missed" not in verdict:
        verdict += f", though {_who(shown)} ended above it"
    acting = f" {_where(shown)} the bound hardly acts." if NOT_BINDING in row["remarks"] else ""
    return f"{told}: {verdict}.{acting}{_steering(shown, row)}"


def _after(shown: View) -> bool:
    """Say whether the bound is kept by thresholds, after training."""
    stage = applied(shown.here)
    return stage is not None and stage.when == "after"


def _who(shown: View) -> str:
    return "the thresholds" if _after(shown) else "training"


def _where(shown: View) -> str:
    return "Where the thresholds are set," if _after(shown) else "In training"


def _missed(shown: View, row: Row) -> str:
    """Say where a bound was lost, as far as the training rows can tell."""
    who = _who(shown)
    if NOT_REACHED in row["remarks"]:
        return f": {who} did not reach it"
    reached = shown.own["bound_reached"].to_numpy(dtype=float)
    if 2 * np.sum(reached == 1) > len(reached) and not _noisy(shown):
        return f": {who} reached it, but it did not carry over"
    if NOT_HELD in row["remarks"]:
        return ""  # told by `_steering`
    return f": {who} could not hold it, or it did not carry over"


STEERABLE = 0.02  # of the tracked gap, standard deviation: above, a bound follows the noise


def _steering(shown: View, row: Row) -> str:
    """Say whose rates training left alone, and when noise is too much to steer the gap by."""
    if NOT_HELD in row["remarks"]:
        unheld = shown.own["bound_unheld"].mode()[0]  # of the most seeds
        at = "" if shown.here.epsilon is None else " at this epsilon"
        if _after(shown):
            return f" Too few people{at}, so these groups keep the usual threshold: {unheld}."
        return f" Too few people{at}, so training left these rates alone: {unheld}."
    if not _noisy(shown):
        return ""
    deviation = percent(_own(shown)["sigma_gap"])
    called = notion(shown.here.notion).called
    if _after(shown):
        return (
            f" With so few people at this epsilon the counts behind the thresholds tell the gap "
            f"only to ±{deviation}: they hardly steer it, and what is measured may owe little to "
            "the bound."
        )
    return (
        f" With so few people at this epsilon training sees the {called} only to "
        f"±{deviation}: "
        "it hardly steers it, and what is measured may owe little to the bound."
    )


def _noisy(shown: View) -> bool:
    deviation = _own(shown).get("sigma_gap")
    return deviation is not None and not pd.isna(deviation) and deviation > STEERABLE


def _clip_only() -> str:
    return "Clipping without noise bounds no guess: there is no privacy budget to declare."


def _explained(shown: View, row: Row) -> str:
    if pd.isna(row["fidelity"]):
        seeds = shown.own["fidelity"].to_numpy(dtype=float)
        without = np.isnan(seeds).sum()
        return (
            f"Whether rules can explain the model is not measurable: in {without} of {len(seeds)} "
            "seeds it gives almost everybody the same answer."
        )
    return (
        f"A tree of eight rules repeats {percent(row['fidelity_agreement'])} of the decisions; "
        f"answering always alike would repeat {percent(row['fidelity_baseline'])}."
    )


FEW_SETTINGS = 2  # below, nothing is compared
VERDICTS = {1: "better", -1: "worse", 0: "within chance of it"}


def _dominance(shown: View, beside: str, decisions: Decisions) -> str:
    """Say where the setting stands to the front, and what beats it in what.

    Args:
        shown: the view.
        beside: what is already said of the untouched model by accuracy and gap.
        decisions: for the share of chance that lies in the test rows.
    """
    total = len(shown.table)
    if total < FEW_SETTINGS:
        return ""
    here = shown.row(shown.here_row or 0)
    axes = f"By {shown.x.title.lower()} and {shown.y.title.lower()}"
    if here["standing"] == FRONT:
        return (
            f"{axes}, your setting is on the front: none of the {total} settings on screen beats "
            "it, neither on the rows that choose nor on those shown."
        )
    if here["standing"] == ONE_HALF:
        halves = ("that choose", "shown")[:: 1 if here["chosen"] else -1]
        return (
            f"{axes}, none of the {total} settings on screen beats yours on the rows {halves[0]}, "
            f"but on those {halves[1]} one does: whether it is on the front is open."
        )
    if here["standing"] == TIED:
        return (
            f"{axes}, your setting cannot be told apart from the front: no setting on it is, on "
            "both halves of the test rows, as good in both and better in one beyond chance."
        )
    other = shown.row(int(here["beaten_by"]))
    twin = here["beaten_by"] == shown.untouched_row
    if twin and {shown.x.column, shown.y.column} == {"accuracy", "gap"} and beside:
        return ""
    name = TWIN if twin else f"another on screen ({what_differs(other, here)})"
    found = {one: _better(shown, one, other, decisions) for one in (shown.x, shown.y)}
    reported = ", ".join(
        f"{'alike' if here[one.column] == other[one.column] else VERDICTS[way]} in "
        f"{one.title.lower()}"
        for one, way in found.items()
    )
    return f"{axes}, your setting is beaten by {name}: it is {reported}."


def _better(shown: View, axis: Objective, other: Row, decisions: Decisions) -> int:
    """Return 1 if the setting is better than another on report, -1 if worse, 0 if not told."""
    found = compared(shown, shown.here, scenario_of(other, shown.here), axis.column, decisions)
    if found is not None:
        apart, change = found.distinguishable, found.mean
    else:  # one of them infinite: told apart if only one is
        mine, theirs = shown.row(shown.here_row or 0)[axis.column], other[axis.column]
        apart, change = math.isinf(mine) != math.isinf(theirs), -1 if math.isinf(theirs) else 1
    if not apart:
        return 0
    return 1 if (change > 0) == (axis.better == "high") else -1


def _along(shown: View, slider: str, decisions: Decisions) -> str:
    """Compare the accuracies at the two ends of a slider, seed by seed."""
    table = shown.sections[slider]
    if len(table) < 2:
        return ""
    first, last = (scenario_of(row, shown.here) for row in records(table.iloc[[0, -1]]))
    found = compared(shown, last, first, "accuracy", decisions)
    if found is None or found.interval is None:
        return ""
    ends = " to ".join(setting(slider, getattr(end, slider)) for end in (first, last))
    return f"Along {TITLES[slider]}, from {ends}, accuracy changes by {told_in_words(found)}."


def _watching(shown: View) -> str:
    own = _own(shown)
    price = own.get("watching_price")
    if price is None or pd.isna(price):
        return ""
    if _after(shown):
        return (
            "The counts behind the thresholds are paid for from the same budget as the training, "
            f"which for them had {percent(price)} more noise; they are known only to "
            f"±{number(own['sigma_counts'])} people."
        )
    return (
        f"Watching the {notion(shown.here.notion).called} is paid for from the same budget: "
        f"{percent(price)} more noise on the gradients, and group counts known only to "
        f"±{number(own['sigma_counts'])} people."
    )


def _own(shown: View) -> Row:
    """Return one result of the setting; what it tells of the training is alike for all seeds."""
    return records(shown.own.iloc[:1])[0] if len(shown.own) else {}
