"""Who pays: rates of each group, and who gains or loses against the untouched model.

Everything follows from the stored decisions about each person of the test rows.  A rate over fewer
than SMALLEST_CELL people is missing: it cannot be measured.  With survey weights shares are by
weight; people are counted.
"""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.data.table import Table
from tradeoffs.language.notation import localise, semicolon_text, with_percent
from tradeoffs.language.translation import say, translate
from tradeoffs.report.evaluation_people import denominator_mask
from tradeoffs.report.text import interval_end, percent
from tradeoffs.report.view import Row
from tradeoffs.results import Result
from tradeoffs.stats.interval import NORMAL, normal_quantile
from tradeoffs.stats.proportions import SMALLEST_CELL, net, share

EVERYBODY = "everybody"
RATES = ("selection_rate", "true_positive_rate", "false_positive_rate")
CHANGES = ("kept", "gain", "lose", "net")
QUANTITIES = (*RATES, "accuracy", *CHANGES)
TITLES = {  # headers on screen, where the last may be cut off
    "group": "group",
    "people": "people",
    "selection_rate": "predicted yes",
    "gain": "gain, of 100",
    "lose": "lose, of 100",
    "net": "net, of 100",
    "accuracy": "decided correctly",
    "true_positive_rate": "true positive rate",
    "false_positive_rate": "false positive rate",
}
TOTALS = {  # of everybody: as the model compared with, or with more, fewer or as many
    "same": (
        "Overall, {heads:,.0f} of {people} are predicted “{answer}”: this is the model without "
        "constraint and privacy, so nothing changes."
    ),
    "more": (
        "Overall, {heads:,.0f} of {people} are predicted “{answer}”, {change:,} more than without "
        "constraint and privacy: of 100 people {gain} gain it and {lose} lose it."
    ),
    "fewer": (
        "Overall, {heads:,.0f} of {people} are predicted “{answer}”, {change:,} fewer than without "
        "constraint and privacy: of 100 people {gain} gain it and {lose} lose it."
    ),
    "as many": (
        "Overall, {heads:,.0f} of {people} are predicted “{answer}”, as many as without "
        "constraint and privacy: of 100 people {gain} gain it and {lose} lose it."
    ),
}
CHANGED = {  # most of all groups, or not told apart from others
    ("lose", True): (
        "The group {group} loses most: of 100 people {heads} fewer get the favourable answer "
        "(95 %: {low} to {high})."
    ),
    ("gain", True): (
        "The group {group} gains most: of 100 people {heads} more get the favourable answer "
        "(95 %: {low} to {high})."
    ),
    ("lose", False): (
        "The group {group} loses: of 100 people {heads} fewer get the favourable answer "
        "(95 %: {low} to {high}). This cannot be told apart from the change in {others}, so no "
        "group is said to lose most."
    ),
    ("gain", False): (
        "The group {group} gains: of 100 people {heads} more get the favourable answer "
        "(95 %: {low} to {high}). This cannot be told apart from the change in {others}, so no "
        "group is said to gain most."
    ),
}


def outcomes_table(
    table: Table, protected: str, favourable: bool, now: np.ndarray, before: np.ndarray
) -> list[Row]:
    """Return a row for everybody and each group: people, rates and changes, with intervals.

    Args:
        table: the people, in the order of the decisions.
        protected: attribute or crossing.
        favourable: whether a person would want the positive decision.
        now: (seeds, rows) bool decisions of the setting.
        before: the same seeds of the untouched model.

    Returns:
        Fields group, people, with survey weights `weighted_people` (their sum) and, for each of
        QUANTITIES, the mean share over seeds and the ends of its 95 % interval over seeds and test
        rows under the name with `_low` and `_high`.  `kept` is the share with the favourable
        decision from both models, `gain` and `lose` from one of them; net is gain - lose.  Of one
        and the same model they are 0, without interval.
    """
    group, names = table.group_of(protected)
    cells = {EVERYBODY: np.ones(table.rows, dtype=bool)}
    cells |= {name: group == code for code, name in enumerate(names)}
    measured, weights = _measured(table.label, favourable, now, before), table.sample_weight
    same = np.array_equal(now, before)  # one model: nothing changes, whoever is asked
    rows = []
    for title, cell in cells.items():
        row: Row = {"group": title, "people": int(cell.sum())}
        if weights is not None:
            row["weighted_people"] = weights[cell].sum()
        for quantity, (decided, inside) in measured.items():
            exact = same and quantity in CHANGES[1:]
            row |= _columns(
                quantity, interval_on_cell([decided], cell & inside, weights, exact=exact)
            )
        changed = [measured[name][0] for name in ("gain", "lose")]
        row |= _columns("net", interval_on_cell(changed, cell, weights, exact=same))
        rows.append(row)
    return rows


def _measured(
    label: np.ndarray, favourable: bool, now: np.ndarray, before: np.ndarray
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return for each share what it counts, (seeds, rows) bool, and among whom, (rows,) bool."""
    good, was = (now, before) if favourable else (~now, ~before)
    whole = np.ones(len(label), dtype=bool)
    found = {rate: (now, denominator_mask(rate, label)) for rate in RATES}
    found |= {"accuracy": (now == label, whole), "kept": (good & was, whole)}
    found |= {"gain": (good & ~was, whole), "lose": (was & ~good, whole)}
    return found


def _columns(quantity: str, found: Sequence[float]) -> dict[str, float]:
    """Return the three columns of a quantity: mean, low, high."""
    names = (quantity, f"{quantity}_low", f"{quantity}_high")
    return dict(zip(names, found, strict=True))


def interval_on_cell(
    every: Sequence[np.ndarray], cell: np.ndarray, weights: np.ndarray | None, *, exact: bool
) -> Sequence[float]:
    """Return the mean and both ends of a share on a cell, or of what two of them differ by.

    Args:
        every: (seeds, rows) each; one seed has no interval.
        cell: (rows,) bool, who is in it.
        weights: (rows,) survey weights; None where each row counts once.
        exact: whether no chance is in it, which needs no interval either.
    """
    decided = [part[:, cell] for part in every]
    own = None if weights is None else weights[cell]
    seeds, people = decided[0].shape
    if people < SMALLEST_CELL:
        return (math.nan,) * 3
    if seeds < 2 or exact:
        means = [float(np.average(part, axis=1, weights=own).mean()) for part in decided]
        return means[0] - sum(means[1:]), math.nan, math.nan
    both = len(decided) > 1
    return (net(decided[0], decided[1], own) if both else share(decided[0], own))[:3]


def why_unmeasured(results: Iterable[Result]) -> str:
    """Return why nothing is told of who pays; empty if every training was measured.

    Args:
        results: those of the setting and of the untouched model.
    """
    measured = [bool(one.measurement.report) for one in results]
    if all(measured):
        return ""
    return say(
        "Who gains and who loses is not measurable: in {failed} of {runs} training runs of your "
        "setting and of the model without constraint and privacy, nothing was measured, because "
        "the run diverged or too few people are left.",
        failed=measured.count(False),
        runs=len(measured),
    )


def titles() -> dict[str, str]:
    """Return the headers of the screen, by column."""
    return {name: translate(TITLES[name]) for name in TITLES}


def display_table(table: Sequence[Row]) -> list[Row]:
    """Return the table in words, under the headers of the screen."""

    def told(row: Row, name: str) -> object:
        if name == "group":
            return say("everybody") if row[name] == EVERYBODY else word(row[name])
        if name == "people":
            return row[name]
        return _told(row, name, percent if name in (*RATES, "accuracy") else _heads)

    headers = titles()
    return [{title: told(row, name) for name, title in headers.items()} for row in table]


def _told(row: Row, name: str, tell: Callable[..., str]) -> str:
    if math.isnan(row[name]):
        return say("not measurable")
    if math.isnan(row[f"{name}_low"]):
        return tell(row[name])
    low, high = _ends(row[f"{name}_low"], row[f"{name}_high"], tell)
    return say("{value} ({low} to {high})", value=tell(row[name]), low=low, high=high)


def _ends(low: float, high: float, tell: Callable[..., str]) -> tuple[str, str]:
    """Return both ends of an interval, with as many digits as it takes to tell them apart."""
    sign = with_percent("")
    for digits in (1, 2, 3):
        one, other = (
            interval_end(100 * value, digits, lambda v, d: tell(v / 100, d).removesuffix(sign))
            for value in (low, high)
        )
        if one != other:
            break
    return one, other


def _heads(share: float, digits: int = 1) -> str:
    """Return heads of 100 people."""
    heads = round(100 * share, digits)
    return localise(f"{'−' if heads < 0 else ''}{abs(heads):.{digits}f}")


def sentences(table: Sequence[Row], wanted: str, favourable: bool, same: bool) -> list[str]:
    """Return what the table says in words; it can turn out either way.

    Args:
        table: from `outcomes_table`.
        wanted: the favourable answer.
        favourable: whether that is the positive one.
        same: whether the setting is the untouched model itself.
    """
    everybody, *parts = table
    groups = [row for row in parts if not math.isnan(row["net"])]
    found = [_total(everybody, wanted, favourable, same)]
    if not same and groups:
        found += _extremes(groups, wanted)
    if len(groups) > 1:
        worst = min(groups, key=lambda row: row["accuracy"])
        found.append(_least_accurate(worst, indistinguishable(worst, groups, "accuracy")))
    return [*found, *_small(parts)]


def _least_accurate(worst: Row, close: Sequence[str]) -> str:
    share = _told(worst, "accuracy", percent)
    if not close:
        return say(
            "Accuracy is lowest in the group {group}, {share}.",
            group=word(worst["group"]),
            share=share,
        )
    return say(
        "Accuracy is lowest in the group {group}, {share}, which cannot be told apart from "
        "{others}.",
        group=word(worst["group"]),
        share=share,
        others=semicolon_text(map(word, close)),
    )


def _total(everybody: Row, wanted: str, favourable: bool, same: bool) -> str:
    weighted = "weighted_people" in everybody
    people = everybody["weighted_people" if weighted else "people"]
    rate = everybody["selection_rate"]
    told = say("{n:,.0f} people (weighted)" if weighted else "{n:,.0f} people", n=float(people))
    change = round(people * everybody["net"])
    case = "more" if change > 0 else "fewer" if change else "as many"
    return say(
        TOTALS["same" if same else case],
        heads=float(people * (rate if favourable else 1 - rate)),
        people=told,
        answer=wanted,
        change=abs(change),
        gain=_heads(everybody["gain"]),
        lose=_heads(everybody["lose"]),
    )


def _extremes(groups: list[Row], wanted: str) -> list[str]:
    """Tell the group that loses most and the one that gains most, if chance cannot explain it."""
    if not any(row["gain"] or row["lose"] for row in groups):
        return [
            say("In no group does anybody gain or lose the prediction “{answer}”.", answer=wanted)
        ]
    if any(math.isnan(row["net_low"]) for row in groups):
        return [
            say("Only one seed so far: whether any group gains or loses beyond chance is open.")
        ]
    worst, best = changed_most(groups)
    found = [_named("lose", worst, groups)] if worst else []
    if best:
        found.append(_named("gain", best, groups))
    return found or [_none_changed(len(groups), wanted)]


def _none_changed(groups: int, wanted: str) -> str:
    if groups < 2:
        return say(
            "In no group does the number predicted “{answer}” change by more than chance.",
            answer=wanted,
        )
    return say(
        "In no group does the number predicted “{answer}” change by more than chance, with "
        "{groups} groups tested at once.",
        answer=wanted,
        groups=groups,
    )


def changed_most(groups: Sequence[Row]) -> tuple[Row | None, Row | None]:
    """Return the group that loses most and the one that gains most, where chance cannot explain it.

    As the largest change of several is large by chance already, each is tested at 5 % divided by
    their number (Bonferroni).

    Args:
        groups: rows with `net` and the ends of its interval.
    """
    least, most = (extreme(groups, key=lambda row: row["net"]) for extreme in (min, max))
    wider = normal_quantile(len(groups)) / NORMAL
    lost = least["net"] + wider * (least["net_high"] - least["net"]) < 0
    gained = most["net"] - wider * (most["net"] - most["net_low"]) > 0
    return (least if lost else None), (most if gained else None)


def _named(verb: str, one: Row, groups: list[Row]) -> str:
    close = indistinguishable(one, groups, "net")
    ends = sorted(abs(100 * row_end) for row_end in (one["net_low"], one["net_high"]))
    low, high = (
        interval_end(value, 1, lambda v, digits: localise(f"{v:.{digits}f}")) for value in ends
    )
    return say(
        CHANGED[verb, not close],
        group=word(one["group"]),
        heads=_heads(abs(one["net"])),
        low=low,
        high=high,
        others=semicolon_text(map(word, close)),
    )


def indistinguishable(one: Row, groups: Sequence[Row], quantity: str) -> list[str]:
    """Return the other groups, of other people, that chance alone could set apart from one.

    Half a 95 % interval stands for each group's error; that seeds move both groups alike is not
    counted, which makes a difference harder to tell.  Without intervals none is told.
    """
    low, high = f"{quantity}_low", f"{quantity}_high"
    return [
        row["group"]
        for row in groups
        if row is not one
        and not abs(one[quantity] - row[quantity])
        > math.hypot((one[high] - one[low]) / 2, (row[high] - row[low]) / 2)
    ]


def _small(groups: list[Row]) -> list[str]:
    small = [
        f"{word(row['group'])} ({row['people']})" for row in groups if row["people"] < SMALLEST_CELL
    ]
    if not small:
        return []
    return [
        say(
            "Fewer than {least} people, so not measurable: {groups}.",
            least=SMALLEST_CELL,
            groups=semicolon_text(small),
        )
    ]
