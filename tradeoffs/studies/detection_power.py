"""Audited: how often a test of n people clears a model, or shows that a promise is broken.

Tests are drawn from the people of `report`, with replacement, as if these were all there are.  The
maker shows the best of several tests; the auditor draws one of her own and says that the promise is
broken where the whole 95 % interval of the difference (Newcombe 1998, method 10) lies beyond it.
"""

from typing import Any

import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import newcombe, wilson
from tradeoffs.studies.surrogate_search import ITSELF, Part, chosen, parts

TESTS = 400  # of each size and training
SIZES = (100, 300, 1_000, 3_000, 10_000)  # people in a test
MEASURES = ("selection", "found")  # yes of all people; yes of those whose true answer is yes
MODEL, TREE = "the model", "the explanation"


def answer(
    scenario: Scenario,
    measure: str = "selection",
    tries: int = 10,
    promise: float = 0.05,
    floor: float = 0.85,
) -> list[dict[str, Any]]:
    """Return how often tests of each size say what.

    Columns of the records: `people` in a test; `asked`, the model or the explanation of
    `tradeoffs.studies.surrogate_search`; `event`: "cleared", one test shows a gap of at most the
    promise, "best cleared", the best of the tries does, "found", the auditor says that the promise
    is broken; `value`, `low`, `high`, the share of tests from 0 to 1 (95 % over trainings or
    over the tests drawn, whichever is wider); `gap`, among all people of `report`; and `promise`.

    Args:
        scenario: as of `rationalised`.
        measure: "selection" compares shares of yes, "found" those of people whose answer is yes.
        tries: tests that the maker draws to show one.
        promise: largest gap promised, from 0 to 1.
        floor: as of `rationalised`.

    Raises:
        InvalidInput: an option out of bounds.
    """
    if measure not in MEASURES:
        raise InvalidInput("not_one_of", field="measure", value=measure, known=tuple(MEASURES))
    if tries < 1:
        raise InvalidInput("too_low", field="tries", value=tries, least=1)
    if not 0 <= promise <= 1:
        raise InvalidInput("out_of_range", field="promise", value=promise, low=0, high=1)
    select, report = parts(scenario)
    shown = chosen(select, floor)
    asked = {MODEL: ITSELF} | ({TREE: shown} if shown else {})
    return [
        {"people": people, "asked": who} | record
        for who, setting in asked.items()
        for cells in [_cells(report, report.answers[setting], measure)]
        for people in SIZES
        for record in ended(cells, people, tries, promise, scenario.seed)
    ]


def _cells(report: Part, answers: np.ndarray, measure: str) -> np.ndarray:
    """Return (models, 5) shares: men yes, men no, women yes, women no, not asked about."""
    inside = report.label if measure == "found" else np.ones_like(report.label)
    kinds = [
        inside & group & (answers == yes)
        for group in (report.man, ~report.man)
        for yes in (True, False)
    ]
    shares = [kind.mean(1) for kind in kinds]
    return np.stack([*shares, 1 - np.sum(shares, axis=0)], axis=1).clip(0, 1)


def ended(
    cells: np.ndarray, people: int, tries: int, promise: float, seed: int
) -> list[dict[str, Any]]:
    """Draw tests of a size and return how often each event of `answer` happens.

    Args:
        cells: (models, 5) shares: men yes, men no, women yes, women no, not asked about.
        people: in a test.
        tries: tests to pick one from.
        promise: largest gap promised.
        seed: of the draws.
    """
    gap = _apart(cells[:, 0], cells[:, :2].sum(1), cells[:, 2], cells[:, 2:4].sum(1))
    streams = (np.random.default_rng([seed, people, model]) for model in range(len(cells)))
    drawn = [
        random.multinomial(people, one, (tries, TESTS))  # the first does not depend on how many
        for random, one in zip(streams, cells, strict=True)
    ]
    men_yes, men_no, women_yes, women_no, _ = np.moveaxis(np.stack(drawn), -1, 0)
    counts = (men_yes, men_yes + men_no, women_yes, women_yes + women_no)
    cleared = np.abs(_apart(*counts)) <= promise
    low, high = newcombe(*(count[:, 0] for count in counts))
    events = {
        "cleared": cleared[:, 0],
        "best cleared": cleared.any(1),
        "found": (low > promise) | (high < -promise),
    }
    return [
        {"event": event, "gap": float(np.abs(gap).mean()), "promise": promise} | _share(happened)
        for event, happened in events.items()
    ]


def _apart(
    yes: np.ndarray, of: np.ndarray, other_yes: np.ndarray, other_of: np.ndarray
) -> np.ndarray:
    """Return differences of two shares; NaN among nobody."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return yes / of - other_yes / other_of


def _share(happened: np.ndarray) -> dict[str, float]:
    """Return the share of tests (trainings, tests) with its interval, as wide as either is."""
    found = estimate(happened.mean(1)).record
    low, high = wilson(int(happened.sum()), happened.size)
    return {
        "value": found["value"],
        "low": max(0.0, min(low, found["low"])),
        "high": min(1.0, max(high, found["high"])),
    }
