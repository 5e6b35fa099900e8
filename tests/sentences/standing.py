"""The standing of a setting, worked out again from the costs of all settings on screen."""

import itertools
import re

import numpy as np

from tests.sentences.raw import numbers
from tests.sentences.screens import Screen
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario

SPLITS = ("select", "report")


def stands(screen: Screen, text: str) -> bool:
    """Check on both halves of the test rows who beats the setting, and in what."""
    found = {split: _costs(screen, split) for split in SPLITS}
    drawn = set.intersection(*map(set, found.values()))  # only what both halves can measure
    found = {split: {of: costs[of] for of in drawn} for split, costs in found.items()}
    here = screen.here.configuration()
    best = {split: _best(here, costs) for split, costs in found.items()}
    total = re.search(r"(?:none of|front among) the (\d+) settings", text)
    if total and int(total[1]) != len(found["report"]):
        return False
    if "is on the front:" in text:
        return all(best.values())
    if "on the front is open" in text:
        chosen = "on the rows used for choosing, but" in text
        return best == {"select": chosen, "report": not chosen}
    ahead = [of for of in found["report"] if _ahead(of, here, found)]
    if "cannot be told apart from the front" in text:
        return not any(best.values())
    return bool(ahead) and not any(best.values()) and _told(text, screen, ahead)


def goes(screen: Screen, text: str) -> bool:
    """Check how many are on the front, and what differs between two of it."""
    found = {split: _costs(screen, split) for split in SPLITS}
    drawn = set.intersection(*map(set, found.values()))
    halves = [{of: costs[of] for of in drawn} for costs in found.values()]
    front = [of for of in drawn if all(_best(of, costs) for costs in halves)]
    if not text.startswith("Along the front"):
        on_front = {"No": 0, "Which": 0, "One": 1, "There": 1}.get(
            text.partition(" ")[0], len(front)
        )
        return len(front) == on_front and (str(len(drawn)) in text or len(drawn) < 2)
    change = re.search(r"(?:(falls|rises) by |apart: |changes by )([−+]?[\d.]+) points", text)
    assert screen.shown is not None and change
    size = numbers(change[2])[0] * (-1 if change[1] == "falls" else 1) / 100
    report = found["report"]
    told = [axis for axis in (screen.shown.x, screen.shown.y) if axis.lower in text]
    sign = {"high": -1, "low": 1}  # of a cost
    return any(
        abs(sign[axis.better] * (report[a][k] - report[b][k]) - size) < 6e-4
        for a, b in itertools.permutations(front, 2)
        for k, axis in enumerate((screen.shown.x, screen.shown.y))
        if axis in told and axis.name != "privacy"
    )


def _costs(screen: Screen, split: str) -> dict[Scenario, tuple[float, float]]:
    """Return the two costs of every setting that competes, where both are measured.

    It is used on the same people, and has the same budget unless an axis shows privacy.
    """
    assert screen.shown is not None
    axes, found = (screen.shown.x, screen.shown.y), {}
    held = ["shift_intensity"]
    held += ["mechanism", "epsilon"] * ("epsilon_spent" not in [axis.column for axis in axes])
    for of, results in screen.results.items():
        if all(getattr(of, name) == getattr(screen.here, name) for name in held):
            found[of] = tuple(axis.cost(_mean(screen, of, results, axis, split)) for axis in axes)
    both = [of for of, costs in found.items() if not np.isnan(costs).any()]
    return {of: found[of] for of in both}


def _mean(screen: Screen, of: Scenario, results: list[Result], axis, split: str) -> float:
    if axis.column != "epsilon_spent":
        return float(screen.of(results, axis.column, split).mean())
    spent = {"none": np.inf, "clip_only": np.nan}
    return spent.get(of.mechanism, of.epsilon or np.nan)


def _beats(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one != other and all(a <= b for a, b in zip(one, other, strict=True))


def _best(of: Scenario, costs: dict[Scenario, tuple[float, float]]) -> bool:
    return not any(_beats(one, costs[of]) for one in costs.values())


def _ahead(of: Scenario, here: Scenario, found: dict[str, dict]) -> bool:
    """Say whether a setting is on the front, and on both halves as good as this in both."""
    return all(
        _best(of, costs) and all(a <= b for a, b in zip(costs[of], costs[here], strict=True))
        for costs in found.values()
    )


def _told(text: str, screen: Screen, ahead: list[Scenario]) -> bool:
    """Check that what is named better or worse is so, of some setting ahead."""
    assert screen.shown is not None
    said = text.partition(": it is ")[2]
    twin = "the model without constraint and privacy" in text
    for of in ahead:
        if twin and of != screen.here.but(stage="in", max_gap=None, epsilon=None).configuration():
            continue
        costs = _costs(screen, "report")
        mine, theirs = costs[screen.here.configuration()], costs[of]
        words = [("alike in", a == b) for a, b in zip(mine, theirs, strict=True) if a == b] + [
            ("worse in", any(a > b for a, b in zip(mine, theirs, strict=True)))
        ]
        if all(there and word in said for word, there in words) and "better in" not in said:
            return True
    return False
