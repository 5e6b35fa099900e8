"""Sentences computed from what is displayed; they can turn out either way."""

import math

import numpy as np
import pandas as pd

from tradeoffs.figures.cards import Card
from tradeoffs.figures.view import Row, View, matches, records
from tradeoffs.figures.words import TITLES, number, percent, setting
from tradeoffs.pipeline.sections import untouched
from tradeoffs.values.privacy.words import in_words


def sentences(
    shown: View, told: list[Card], groups: pd.DataFrame | None = None, gap_error: float = 0.0
) -> list[str]:
    """Return what the screen says in words, most important first.

    Args:
        shown: the view.
        told: its cards.
        groups: from `groups.group_table`, the setting's people by group; None while not there.
        gap_error: standard error of the setting's gap over test rows, from `cards.gap_error`.
    """
    if shown.here_row is None:
        return ["The models at your setting are still being trained."]
    row = shown.row(shown.here_row)
    found = [
        _correct(shown, told),
        _selected(groups),
        _asked(shown, row, gap_error),
        in_words(row["epsilon_spent"]) if not pd.isna(row["epsilon_spent"]) else _clip_only(),
        _explained(row),
        _dominance(shown),
        _constant(row),
        *(_flat(shown, slider) for slider in ("epsilon", "width", "shift_intensity")),
        _watching(shown),
    ]
    return [text for text in found if text]


def _correct(shown: View, told: list[Card]) -> str:
    if shown.here == untouched(shown.here):
        return "This is the model without constraint and without privacy: one choice among others."
    found = next((c.difference for c in told if c.name == "accuracy"), None)
    if found is None:
        return ""  # nothing to compare with yet
    if found.interval is not None and not found.distinguishable:
        return (
            "Of 1,000 people about as many are decided correctly as without constraint and "
            "privacy: the difference is within chance."
        )
    heads = round(1000 * found.mean)
    more = "more" if heads > 0 else "fewer"
    doubt = " (one seed so far: perhaps by chance)" if found.interval is None else ""
    return (
        f"Of 1,000 people {abs(heads)} {more} are decided correctly than without constraint and "
        f"privacy{doubt}."
    )


def _selected(groups: pd.DataFrame | None) -> str:
    if groups is None:
        return ""
    rates = records(groups.dropna(subset=["selected"]).sort_values("selected"))
    if len(rates) < 2:
        return "The groups are too small here to compare how often they are selected."
    low, high = rates[0], rates[-1]
    return (
        f"Of 100 people each, {100 * low['selected']:.0f} in the group {low['group']} and "
        f"{100 * high['selected']:.0f} in the group {high['group']} get the positive decision."
    )


def _asked(shown: View, row: Row, sampling_se: float) -> str:
    bound = shown.here.max_gap
    if bound is None or pd.isna(row["gap"]):
        return ""
    measured, seeds = row["gap"], max(int(row["seeds"]), 1)
    error = 0.0 if pd.isna(row["gap_sd"]) else row["gap_sd"] / math.sqrt(seeds)
    told = f"You asked for a gap of at most {percent(bound, 0)}; {percent(measured)} is measured"
    if round(measured, 3) <= bound:  # as it is displayed
        verdict = "the bound is met on people the models were not trained on"
    elif measured - bound <= 2 * math.hypot(error, sampling_se):
        verdict = "above the bound, but by no more than chance"
    else:
        verdict = "the bound is missed: training could not hold it, or it did not carry over"
    return f"{told}: {verdict}."


def _clip_only() -> str:
    return "Clipping without noise bounds no guess: there is no privacy budget to declare."


def _explained(row: Row) -> str:
    if pd.isna(row["fidelity"]):
        return (
            "Whether rules can explain the model is not measurable: it gives almost everybody the "
            "same answer."
        )
    return (
        f"A tree of eight rules repeats {percent(row['fidelity_agreement'])} of the decisions; "
        f"answering always alike would repeat {percent(row['fidelity_baseline'])}."
    )


def _dominance(shown: View) -> str:
    total = len(shown.table)
    here = shown.row(shown.here_row or 0)
    axes = f"{shown.x.title.lower()} and {shown.y.title.lower()}"
    if here["on_front"]:
        return f"By {axes}, none of the {total} settings on screen beats yours."
    twin = shown.untouched_row
    if twin is not None and _beats(shown, shown.row(twin), here):
        return f"By {axes}, your setting is beaten by the model without constraint and privacy."
    other = shown.row(int(here["dominated_by"]))
    fields = [f for f in TITLES if not _same(other[f], here[f])]
    how = ", ".join(setting(f, other[f]) for f in fields) or "another mechanism"
    return f"By {axes}, your setting is beaten by another on screen ({how})."


def _beats(shown: View, one: Row, other: Row) -> bool:
    """Say whether one row beats another by its means on select, where the front is chosen."""
    pairs = [
        tuple(float(axis.cost(row[f"{axis.column}_select"])) for row in (one, other))
        for axis in (shown.x, shown.y)
    ]
    return all(a <= b for a, b in pairs) and any(a < b for a, b in pairs)


def _constant(row: Row) -> str:
    rate = row["selection_rate"]
    if min(rate, 1 - rate) >= 0.02:
        return ""
    return (
        f"The model says yes to {percent(rate)} of people: nearly a constant answer, which makes "
        "any gap look small."
    )


def _flat(shown: View, slider: str) -> str:
    """Say how far accuracy moves along a slider, or that it cannot be told to move."""
    table = shown.sections[slider]
    if len(table) < 3 or (table["seeds"] < 2).any():
        return ""
    values = table["accuracy"].to_numpy(dtype=float)
    seeds = table["seeds"].to_numpy(dtype=float)
    errors = table["accuracy_sd"].to_numpy(dtype=float) / np.sqrt(seeds)
    low, high = int(values.argmin()), int(values.argmax())
    spread = values[high] - values[low]
    noise = 2 * math.hypot(np.nan_to_num(errors[low]), np.nan_to_num(errors[high]))
    if spread <= noise:
        return f"Along {TITLES[slider]} accuracy is flat here: its changes are within chance."
    worst, best = (setting(slider, records(table)[i][slider]) for i in (low, high))
    return (
        f"Along {TITLES[slider]} accuracy goes from {percent(values[low])} ({worst}) to "
        f"{percent(values[high])} ({best})."
    )


def _watching(shown: View) -> str:
    here = shown.here
    if here.max_gap is None or here.mechanism != "dp":
        return ""
    rows = shown.results
    same = {name: getattr(here, name) for name in ("max_gap", "epsilon", "mechanism", "rows")}
    own = rows.loc[matches(rows, same)]
    if own.empty or "sigma_gradient" not in own:
        return ""
    first = records(own.iloc[:1])[0]
    extra = first["sigma_gradient"] / first["sigma"] - 1
    return (
        f"Watching the gap is paid for from the same budget: {percent(extra)} more noise on the "
        f"gradients, and group counts known only to ±{number(first['sigma_counts'])} people."
    )


def _same(one: object, other: object) -> bool:
    return one == other or (one != one and other != other)  # NaN is no setting
