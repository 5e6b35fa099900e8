"""Sentences computed from what is displayed; they can turn out either way."""

import math

import numpy as np
import pandas as pd

from tradeoffs.figures.cards import Card
from tradeoffs.figures.view import View
from tradeoffs.figures.words import TITLES, number, percent, setting
from tradeoffs.values.privacy.words import in_words


def sentences(shown: View, told: list[Card], groups: pd.DataFrame | None = None) -> list[str]:
    """Return what the screen says in words, most important first.

    Args:
        shown: the view.
        told: its cards.
        groups: from `groups.group_table`, the setting's people by group; None while not there.
    """
    if shown.here_row is None:
        return ["The models at your setting are still being trained."]
    row = shown.table.iloc[shown.here_row]
    found = [
        _correct(told),
        _selected(groups),
        _asked(shown, row),
        in_words(row["epsilon_spent"]) if not pd.isna(row["epsilon_spent"]) else _clip_only(),
        _explained(row),
        _dominance(shown),
        _constant(row),
        *(_flat(shown, slider) for slider in ("epsilon", "width", "shift_intensity")),
        _watching(shown),
    ]
    return [text for text in found if text]


def _correct(told: list[Card]) -> str:
    card = next((c for c in told if c.name == "accuracy"), None)
    if card is None or card.difference is None:
        return "This is the model without constraint and without privacy: one choice among others."
    heads = round(1000 * card.difference.mean)
    if not card.difference.distinguishable:
        return (
            "Of 1,000 people about as many are decided correctly as without constraint and "
            "privacy: the difference is within chance."
        )
    more = "more" if heads > 0 else "fewer"
    return (
        f"Of 1,000 people {abs(heads)} {more} are decided correctly than without constraint and "
        "privacy."
    )


def _selected(groups: pd.DataFrame | None) -> str:
    if groups is None:
        return ""
    rates = groups.dropna(subset=["selected"]).sort_values("selected")
    if len(rates) < 2:
        return "The groups are too small here to compare how often they are selected."
    low, high = rates.iloc[0], rates.iloc[-1]
    return (
        f"Of 100 people each, {100 * low['selected']:.0f} in the group {low['group']} and "
        f"{100 * high['selected']:.0f} in the group {high['group']} get the positive decision."
    )


def _asked(shown: View, row: pd.Series) -> str:
    bound = shown.here.max_gap
    if bound is None or pd.isna(row["gap"]):
        return ""
    measured, seeds = row["gap"], max(int(row["seeds"]), 1)
    error = 0.0 if pd.isna(row["gap_sd"]) else row["gap_sd"] / math.sqrt(seeds)
    told = f"You asked for a gap of at most {percent(bound, 0)}; {percent(measured)} is measured"
    if measured <= bound:
        verdict = "the bound is met on people the models were not trained on"
    elif measured - bound <= 2 * math.hypot(error, 0.008):
        verdict = "above the bound, but by no more than chance"
    else:
        verdict = "the bound is missed: training could not hold it, or it did not carry over"
    return f"{told}: {verdict}."


def _clip_only() -> str:
    return "Clipping without noise bounds no guess: there is no privacy budget to declare."


def _explained(row: pd.Series) -> str:
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
    table, total = shown.table, len(shown.table)
    here = table.iloc[shown.here_row or 0]
    axes = f"{shown.x.title.lower()} and {shown.y.title.lower()}"
    if here["on_front"]:
        return f"By {axes}, none of the {total} settings on screen beats yours."
    other = table.iloc[int(here["dominated_by"])]
    fields = [f for f in TITLES if not _same(other[f], here[f])]
    how = ", ".join(setting(f, other[f]) for f in fields)
    if shown.untouched_row is not None and int(here["dominated_by"]) == shown.untouched_row:
        return f"By {axes}, your setting is beaten by the model without constraint and privacy."
    return f"By {axes}, your setting is beaten by another on screen ({how})."


def _constant(row: pd.Series) -> str:
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
    if len(table) < 3:
        return ""
    values = table["accuracy"].to_numpy(dtype=float)
    errors = (table["accuracy_sd"] / np.sqrt(table["seeds"])).to_numpy(dtype=float)
    low, high = int(values.argmin()), int(values.argmax())
    spread = values[high] - values[low]
    noise = 2 * math.hypot(np.nan_to_num(errors[low]), np.nan_to_num(errors[high]))
    if spread <= noise:
        return f"Along {TITLES[slider]} accuracy is flat here: its changes are within chance."
    worst, best = (setting(slider, table.iloc[i][slider]) for i in (low, high))
    return (
        f"Along {TITLES[slider]} accuracy goes from {percent(values[low])} ({worst}) to "
        f"{percent(values[high])} ({best})."
    )


def _watching(shown: View) -> str:
    here = shown.here
    if here.max_gap is None or here.mechanism != "dp":
        return ""
    rows = shown.results
    own = rows[(rows["max_gap"] == here.max_gap) & (rows["epsilon"] == here.epsilon)]
    if own.empty or "sigma_gradient" not in own:
        return ""
    first = own.iloc[0]
    extra = first["sigma_gradient"] / first["sigma"] - 1
    return (
        f"Watching the gap is paid for from the same budget: {percent(extra)} more noise on the "
        f"gradients, and group counts known only to ±{number(first['sigma_counts'])} people."
    )


def _same(one: object, other: object) -> bool:
    return one == other or (pd.isna(one) and pd.isna(other))  # type: ignore[call-overload]
