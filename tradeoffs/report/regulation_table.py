"""The table of regulations: what each asks, and what it says of one setting."""

import math
from collections.abc import Mapping
from typing import Any

from tradeoffs.language.notation import localise, semicolon_text, without_unit
from tradeoffs.language.translation import say, translate
from tradeoffs.report.admissibility import Findings
from tradeoffs.report.text import add_interval, interval_points, percent, points
from tradeoffs.stats.two_shares import Interval
from tradeoffs.values.regulations.catalogue import REGULATIONS, regulations_at
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS
from tradeoffs.values.regulations.published_budget import PUBLISHED_BUDGETS, PublishedBudget
from tradeoffs.values.regulations.regulation import Regulation

WORDS = {  # of verdicts
    "admissible": "admissible",
    "not admissible": "not admissible",
    "cannot be told": "cannot be told",
    "duty": "a duty, which no number can fulfil",
}


def regulation_table(own: Findings, place: str) -> list[dict[str, Any]]:
    """Return a row a regulation, those of a place first.

    Args:
        own: what the regulations say of the setting.
        place: a jurisdiction, or none.
    """
    first = regulations_at(place) if place in JURISDICTIONS else ()
    every = sorted(REGULATIONS.values(), key=lambda one: one not in first)
    return [_row(one, own, chosen=one in first) for one in every]


def _row(one: Regulation, own: Findings, *, chosen: bool) -> dict[str, Any]:
    found = own[one.name]
    return {
        "place": JURISDICTIONS[one.place].title,
        "rule": one.title,
        "year": one.year,
        "asks": one.asks,
        "verdict": found.verdict,
        "verdict in words": translate(WORDS[found.verdict]),
        "number": "" if found.number is None else number_in_words(found.number, one.unit),
        "compared": one.number,
        "reason": found.reason,
        "limits": one.limits,
        "source": one.source,
        "url": one.url,
        "chosen": chosen,
    }


def number_in_words(found: Interval, unit: str) -> str:
    """Return a number with its interval.

    >>> number_in_words(Interval(0.5, 0.42, 0.6), "ratio")
    '0.50 (95 %: 0.42 to 0.60)'
    """
    if math.isnan(found.low):
        return _write(found.value, unit)
    if unit == "points":
        return add_interval(points(found.value), interval_points(found.low, found.high))
    low, high = (without_unit(_write(end, unit)) for end in (found.low, found.high))
    return say(
        "{value} (95 %: {low} to {high})", value=_write(found.value, unit), low=low, high=high
    )


def _write(value: float, unit: str) -> str:
    if unit == "ratio":
        return localise(f"{value:.2f}")
    return points(value) if unit == "points" else percent(value)


def budget_table(own: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a row a published budget and one of the setting, the smallest epsilon first.

    Args:
        own: title, epsilon, delta and unit of the setting's budget; {} where it has none.
    """
    rows = [_budget(one) for one in PUBLISHED_BUDGETS.values()]
    rows += (
        [{"place": "", "year": "", "source": "", "url": "", "chosen": True, **own}] if own else []
    )
    rows.sort(key=lambda row: row["epsilon"])
    return [{**row, "told": _told(row["epsilon"], row["delta"])} for row in rows]


def _budget(one: PublishedBudget) -> dict[str, Any]:
    local = one.model == "local"
    noise = say("noise on each device") if local else say("noise on what is published")
    return {
        "title": one.title,
        "place": one.place,
        "year": one.year,
        "epsilon": one.epsilon,
        "delta": one.delta,
        "unit": semicolon_text([one.unit, noise]),
        "source": one.source,
        "url": one.url,
        "chosen": False,
    }


def _told(epsilon: float, delta: float) -> str:
    told = "ε = " + localise(f"{epsilon:.4g}")
    return f"{told}, δ = {delta:.1g}" if delta else told
