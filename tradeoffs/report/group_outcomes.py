"""Who pays: rates of each group, and who gains or loses against the untouched model.

Everything follows from the stored decisions about each person of the test rows.  A rate over fewer
than SMALLEST_CELL people is missing: it cannot be measured.  With survey weights shares are by
weight; people are counted.
"""

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.language.notation import with_percent
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
    return (
        f"Who gains and who loses is not measurable: in {measured.count(False)} of "
        f"{len(measured)} training runs of your setting and of the model without constraint "
        "and privacy, nothing was measured, because the run diverged or too few people are "
        "left."
    )


def display_table(table: Sequence[Row]) -> list[Row]:
    """Return the table in words, under the headers of the screen."""

    def told(row: Row, name: str) -> object:
        if name in ("group", "people"):
            return row[name]
        return _told(row, name, percent if name in (*RATES, "accuracy") else _heads)

    return [{title: told(row, name) for name, title in TITLES.items()} for row in table]


def _told(row: Row, name: str, tell: Callable[..., str]) -> str:
    if math.isnan(row[name]):
        return "not measurable"
    if math.isnan(row[f"{name}_low"]):
        return tell(row[name])
    low, high = _ends(row[f"{name}_low"], row[f"{name}_high"], tell)
    return f"{tell(row[name])} ({low} to {high})"


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
    return f"{'−' if heads < 0 else ''}{abs(heads):.{digits}f}"


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
        close = indistinguishable(worst, groups, "accuracy")
        doubt = f", which cannot be told apart from {'; '.join(close)}" if close else ""
        found.append(
            f"Accuracy is lowest in the group {worst['group']}, "
            f"{_told(worst, 'accuracy', percent)}{doubt}."
        )
    return [*found, *_small(parts)]


def _total(everybody: Row, wanted: str, favourable: bool, same: bool) -> str:
    weighted = "weighted_people" in everybody
    people = everybody["weighted_people" if weighted else "people"]
    rate = everybody["selection_rate"]
    heads, by = people * (rate if favourable else 1 - rate), " (weighted)" if weighted else ""
    told = f"Overall, {heads:,.0f} of {people:,.0f} people{by} are predicted “{wanted}”"
    if same:
        return f"{told}: this is the model without constraint and privacy, so nothing changes."
    change = round(people * everybody["net"])
    beside = f"{abs(change):,} {'more' if change > 0 else 'fewer'} than" if change else "as many as"
    return (
        f"{told}, {beside} without constraint and privacy: of 100 people "
        f"{_heads(everybody['gain'])} gain it and {_heads(everybody['lose'])} lose it."
    )


def _extremes(groups: list[Row], wanted: str) -> list[str]:
    """Tell the group that loses most and the one that gains most, if chance cannot explain it."""
    if not any(row["gain"] or row["lose"] for row in groups):
        return [f"In no group does anybody gain or lose the prediction “{wanted}”."]
    if any(math.isnan(row["net_low"]) for row in groups):
        return ["Only one seed so far: whether any group gains or loses beyond chance is open."]
    worst, best = changed_most(groups)
    found = [_named("lose", worst, groups, "fewer")] if worst else []
    if best:
        found.append(_named("gain", best, groups, "more"))
    if not found:
        looked = f", with {len(groups)} groups tested at once" if len(groups) > 1 else ""
        told = f"In no group does the number predicted “{wanted}” change by more than chance"
        found = [f"{told}{looked}."]
    return found


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


def _named(verb: str, one: Row, groups: list[Row], word: str) -> str:
    close = indistinguishable(one, groups, "net")
    if not close:
        return f"The group {one['group']} {verb}s most: {_changed(one, word)}."
    return (
        f"The group {one['group']} {verb}s: {_changed(one, word)}. This cannot be told apart from "
        f"the change in {'; '.join(close)}, so no group is said to {verb} most."
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


def _changed(row: Row, word: str) -> str:
    ends = sorted(abs(100 * row[f"net_{side}"]) for side in ("low", "high"))
    low, high = (interval_end(value, 1, lambda v, digits: f"{v:.{digits}f}") for value in ends)
    return (
        f"of 100 people {_heads(abs(row['net']))} {word} get the favourable answer "
        f"(95 %: {low} to {high})"
    )


def _small(groups: list[Row]) -> list[str]:
    small = [f"{row['group']} ({row['people']})" for row in groups if row["people"] < SMALLEST_CELL]
    if not small:
        return []
    return [f"Fewer than {SMALLEST_CELL} people, so not measurable: {'; '.join(small)}."]
