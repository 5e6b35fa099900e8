"""What is said of groups, worked out again from the stored decisions and counts."""

import re

import numpy as np

from tests.sentences.raw import FEWEST, NOTIONS, counts, decided, near, numbers
from tests.sentences.screens import Screen
from tradeoffs.data.table import Table
from tradeoffs.report.evaluation_people import evaluation_people

TOLD = re.compile(r"([\d.]+) in the group (.*?)(?= and [\d.]+ in the group| are predicted)")
NAMED = re.compile(r"(?:^|; )([^;]*?) \((\d+) (?:people|with the outcome|positives|negatives)")


def groups(screen: Screen, text: str) -> bool:
    """Check the two rates that lie furthest apart, and the gap, or why there is none."""
    if not TOLD.search(text):
        return left_out(screen, text) if "Left out" in text else unmeasurable(screen, text)
    rates = _rates(screen, text)
    told = {name: float(heads) for heads, name in TOLD.findall(text)}
    named = list(told)
    extremes = {min(rates.values()), max(rates.values())}
    shown = all(abs(told[name] - 100 * rates[name]) <= 0.051 for name in named)
    gap = screen.of(screen.own, "gap").mean()
    tail = text.partition("”.")[2]
    return (
        len(told) == 2
        and shown
        and {rates[name] for name in named} == extremes
        and (not tail or _gap_told(screen, tail, gap, max(extremes) - min(extremes)))
    )


def _gap_told(screen: Screen, tail: str, gap: float, apart: float) -> bool:
    if "These are averages" in tail:
        return near(tail, 0, 100 * apart) and near(tail, 1, 100 * gap)
    return unmeasurable(screen, tail) if np.isnan(gap) else near(tail, -1, 100 * gap)


def _rates(screen: Screen, text: str) -> dict[str, float]:
    """Return the rate of each compared group over the people a text speaks of, over all seeds."""
    here, table = screen.here, evaluation_people(screen.here)
    group, names = table.group_of(here.protected)
    whom = np.ones(table.rows, dtype=bool)
    whom = table.label if "of whom it is true" in text else whom
    whom = ~table.label if "of whom it is not true" in text else whom
    yes = decided(screen.own, table.rows)
    found = {}
    for code, name in enumerate(names):
        inside = whom & (group == code)
        if (name in screen.among or here.notion not in NOTIONS) and inside.sum() >= FEWEST:
            found[name] = float(yes[:, inside].mean())
    return found


def left_out(screen: Screen, text: str) -> bool:
    """Check that whoever is left out is too few in some table shown, by as many as is said."""
    found = NAMED.findall(text.partition("here: ")[2].removesuffix("."))
    tables = [
        counts(one, split, screen.here.protected)
        for results in screen.results.values()
        for one in results
        for split in ("select", "report")
    ]
    sizes = {name: [of[name] for of in tables if name in of] for name, _ in found}
    return bool(found) and all(
        any(int(people) in _cells(of) for of in sizes[name]) and int(people) < FEWEST
        for name, people in found
    )


def _cells(of) -> set[int]:
    return {int(of["people"]), int(of["positives"]), int(of["people"] - of["positives"])}


def unmeasurable(screen: Screen, text: str) -> bool:
    """Check in how many seeds there is no gap."""
    gaps = screen.of(screen.own, "gap")
    measured = ~np.isnan(screen.of(screen.own, "accuracy"))
    return numbers(text)[:2] == [int((np.isnan(gaps) & measured).sum()), len(gaps)]


def moved(screen: Screen, text: str) -> bool:
    """Check how many people a shift leaves, and whose share it changes most, from the people."""
    before = evaluation_people(screen.here.but(shift_intensity=0.0, other_shifts=()))
    old, new = (
        _heads(table, screen.here.protected) for table in (before, evaluation_people(screen.here))
    )
    met = numbers(text)[:2] == [sum(new.values()), sum(old.values())]
    shares = {name: [100 * of[name] / sum(of.values()) for of in (new, old)] for name in old}
    apart = {name: abs(a - b) for name, (a, b) in shares.items()}
    if "keep their shares" in text:
        return met and max(apart.values()) < 1
    found = re.search(r"(\d+) are in the group (.*) instead of (\d+)\.", text)
    if found is None:
        return False
    named = found[2]
    told = all(abs(int(found[n]) - shares[named][n // 2]) <= 0.501 for n in (1, 3))
    return met and told and apart[named] >= max(apart.values()) - 1e-9


def _heads(table: Table, protected: str) -> dict[str, int]:
    group, names = table.group_of(protected)
    return {name: int((group == code).sum()) for code, name in enumerate(names)}
