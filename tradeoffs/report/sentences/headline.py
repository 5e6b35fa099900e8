"""Sentences computed from what is displayed; they can turn out either way."""

import math
import re
from collections.abc import Sequence

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.fields import FIELDS
from tradeoffs.language.notation import labelled, list_text
from tradeoffs.language.translation import say
from tradeoffs.report.cards import Card, Decisions, compare_on_same_rows, difference_text
from tradeoffs.report.groups import excluded_groups, gap_missing
from tradeoffs.report.sentences.accuracy import correct_decisions
from tradeoffs.report.sentences.diagnostics import beside_baseline, constant_model
from tradeoffs.report.sentences.gap_bound import bound
from tradeoffs.report.sentences.privacy_budget import attacker_bound, budget_shares
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.sentences.setting_standing import dominance
from tradeoffs.report.sentences.surrogate import rules
from tradeoffs.report.text import percent, setting
from tradeoffs.report.titles import label
from tradeoffs.report.view import Row, View, row_of, scenario_of
from tradeoffs.values.explanations.catalogue import FIDELITY
from tradeoffs.values.fairness.catalogue import NOTIONS

ROUNDING = 0.0005  # half of what is shown
LEADING = 3  # sentences that are said first
FURTHEST = {  # the two groups that lie furthest apart in a rate
    "selection_rate": (
        "Of 100 people each, {least:.1f} in the group {lowest} and {most:.1f} in the group "
        "{highest} are predicted “{answer}”."
    ),
    "true_positive_rate": (
        "Of 100 people each of whom it is true, {least:.1f} in the group {lowest} and {most:.1f} "
        "in the group {highest} are predicted “{answer}”."
    ),
    "false_positive_rate": (
        "Of 100 people each of whom it is not true, {least:.1f} in the group {lowest} and "
        "{most:.1f} in the group {highest} are predicted “{answer}”."
    ),
}


def sentences(
    shown: View,
    told: list[Card],
    groups: Sequence[Row] = (),
    gap_error: float = 0.0,
    decisions: Decisions = lambda scenario: {},
) -> list[str]:
    """Return what the screen says in words, most important first.

    Args:
        shown: the view.
        told: its cards.
        groups: from `groups.group_rates`, the setting's people by group; none while not there.
        gap_error: standard error of the setting's gap over test rows, from `cards.gap_error`.
        decisions: those that the cards were made with.
    """
    return [one.text for one in messages(shown, told, groups, gap_error, decisions)]


def messages(
    shown: View,
    told: list[Card],
    groups: Sequence[Row] = (),
    gap_error: float = 0.0,
    decisions: Decisions = lambda scenario: {},
) -> list[Statement]:
    """Return the same with the name of each sentence."""
    if shown.here_row is None:
        return _off_the_chart(shown)
    row = shown.points[shown.here_row]
    change = next((one.difference for one in told if one.name == "accuracy"), None)
    beside = beside_baseline(shown.here, row, told)
    sliders = ("epsilon", "width", "shift_intensity")
    ends = [along(shown, slider, decisions) for slider in sliders]
    return [
        *constant_model(shown, row),
        *correct_decisions(shown.here, change),
        *beside,
        *_named("groups", _groups(shown, row, groups)),
        *bound(shown, row, gap_error),
        *attacker_bound(row["epsilon_spent"], shown.here.mechanism),
        *rules(shown, row),
        *_named("dominance", dominance(shown, bool(beside), decisions)),
        *_named("along", *ends),
        *budget_shares(shown),
    ]


def lead(said: Sequence[Statement]) -> tuple[list[Statement], list[Statement]]:
    """Return the few sentences that a screen says first, each with a number, and the others."""
    numbered = [one for one in said if re.search(r"\d", one.text)]
    first_said = numbered[:LEADING]
    return first_said, [one for one in said if one not in first_said]


def _named(name: str, *texts: str) -> list[Statement]:
    return [Statement(name=name, text=text) for text in texts if text]


OFF = "Your setting has no place on this chart: {axes} cannot both be measured in all seeds"
ABSENT = (
    Sentence(
        name="not there yet",
        when=lambda seeds: seeds == 0,
        text="The models for your setting are not trained yet.",
    ),
    Sentence(
        name="off the chart: nothing measured",
        when=lambda unmeasured: unmeasured > 0,
        text=OFF
        + (
            ". In {unmeasured:count} of {seeds:count} seeds, training diverged or too few "
            "people are left."
        ),
    ),
    Sentence(name="off the chart", text=OFF + "."),
)


def _off_the_chart(shown: View) -> list[Statement]:
    """Say why the setting is not drawn."""
    own = shown.own
    values = {
        "axes": list_text([one.title.lower() for one in (shown.x, shown.y)]),
        "seeds": len(own),
        "unmeasured": int(np.isnan(shown.seeds("accuracy")).sum()),
    }
    found = first(ABSENT, values)
    section = shown.slices["epsilon"]
    number = row_of(section, shown.here)
    if not own or number is None:
        return found
    row = section[number]
    axes = (shown.x.column, shown.y.column)
    missing = gap_missing(own, NOTIONS[shown.here.notion]) if "gap" in axes else ""
    why = constant_model(shown, row) or (rules(shown, row) if FIDELITY.name in axes else [])
    return [*found, *why, *_named("gap not measurable", missing)]


def _groups(shown: View, row: Row, groups: Sequence[Row]) -> str:
    """Tell the rate of the two groups that lie furthest apart, and the gap that the card shows."""
    if not groups:
        return ""
    chosen = NOTIONS[shown.here.notion]
    kept = shown.groups.among([one["group"] for one in groups])
    among = [one for one, counts in zip(groups, kept, strict=True) if counts]
    rate = max(chosen.rates or ("selection_rate",), key=lambda name: _spread(among, name))
    rates = _measured(among, rate)
    if len(rates) < 2:
        return excluded_groups(shown.here, shown.groups) or gap_missing(shown.own, chosen)
    low, high = rates[0], rates[-1]
    told = say(
        FURTHEST[rate],
        least=100 * low[rate],
        lowest=word(low["group"]),
        most=100 * high[rate],
        highest=word(high["group"]),
        answer=label(shown.here).positive,
    )
    if chosen.rates:
        return f"{told} {_each_seed(row, high[rate] - low[rate])}".strip()
    if math.isnan(row["gap"]):
        return f"{told} {gap_missing(shown.own, chosen)}".strip()
    return f"{told} {labelled(chosen.axis, percent(row['gap']))}."


def _measured(groups: Sequence[Row], rate: str) -> list[Row]:
    """Return the groups of which a rate is measured, the lowest first."""
    return sorted((one for one in groups if not math.isnan(one[rate])), key=lambda one: one[rate])


def _spread(groups: Sequence[Row], rate: str) -> float:
    rates = _measured(groups, rate)
    return rates[-1][rate] - rates[0][rate] if len(rates) > 1 else -1.0


def _each_seed(row: Row, apart: float) -> str:
    """Tell the gap, which is measured in each seed, where it differs from that of the averages."""
    if math.isnan(row["gap"]) or abs(row["gap"] - apart) < ROUNDING:
        return ""
    return say(
        "These are averages, {apart} apart; the gap is computed within each seed first and then "
        "averaged, which gives {gap}.",
        apart=percent(apart),
        gap=percent(row["gap"]),
    )


def along(shown: View, slider: str, decisions: Decisions) -> str:
    """Compare the accuracies at the two ends of a slider, seed by seed."""
    table = shown.slices[slider]
    if len(table) < 2:
        return ""
    start, stop = (scenario_of(table[end], shown.here) for end in (0, -1))
    found = compare_on_same_rows(shown, stop, start, "accuracy", decisions)
    if found is None or found.interval is None:
        return ""
    return say(
        "Along {slider}, from {start} to {stop}, accuracy changes by {difference}.",
        slider=FIELDS[slider].lower,
        start=setting(slider, getattr(start, slider)),
        stop=setting(slider, getattr(stop, slider)),
        difference=difference_text(found),
    )
