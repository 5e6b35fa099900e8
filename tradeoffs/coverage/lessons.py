"""Lessons: effects of trainings on people, as each study of a lesson computes its interval."""

from itertools import product

import numpy as np
import pandas as pd
from scipy import stats

from tradeoffs.coverage.settings import KEPT_PEOPLE, KEPT_TRUTH, WORLD
from tradeoffs.coverage.study import Drawn, Study
from tradeoffs.coverage.world import BEFORE, NOW, World
from tradeoffs.lessons.effect import Effect
from tradeoffs.lessons.reading import change
from tradeoffs.stats import paired_means
from tradeoffs.stats.auc import placements
from tradeoffs.stats.interval import estimate
from tradeoffs.studies import arrivals, newcomer_labels, nine_regions, regional_models

REGION = World(rows=500)
WEIGHT = 0.5  # of the gap, in a region's utility
NEWCOMERS = 4  # one person in so many is one
SHARE = 0.5  # of newcomers, in what is told
BLURS = (0.3, 0.9)  # standard deviations of what two models' scores add to a person's


def effect(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return the effect of a setting on models whose test rows are the same each time."""
    right = (WORLD.decided(*KEPT_PEOPLE, rng) == KEPT_PEOPLE[0].label).mean(2)
    seeds = np.arange(right.shape[1])
    found = change(*(pd.Series(right[m], seeds) for m in (NOW, BEFORE)))
    assert found is not None and not found.test_rows
    return {"effect of a setting": _of(found, KEPT_TRUTH)}


def people(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return means over people, and what two groups differ by, as by far most studies do."""
    table, score = WORLD.people(rng)
    right = WORLD.decided(table, score, rng) == table.label
    group, everybody = table.protected["sex"] == 1, np.ones(table.rows, bool)
    apart = right[NOW] * 1.0 - right[BEFORE]
    by_model = (WORLD.right * WORLD.cells).sum((1, 2))
    by_group = (WORLD.right[NOW] * WORLD.cells).sum(1) / WORLD.cells.sum(1)
    found = {
        "right answers": (paired_means.mean(right[NOW], everybody), by_model[NOW]),
        "change of right answers": (
            paired_means.mean(apart, everybody),
            by_model[NOW] - by_model[BEFORE],
        ),
        "two groups' right answers": (
            paired_means.mean(right[NOW], group, ~group),
            by_group[1] - by_group[0],
        ),
        "right answers, half of them asked": (
            newcomer_labels.averaged(_half_asked(right[NOW], rng)),
            by_model[NOW],
        ),
    }
    return {name: Drawn(one["low"], one["high"], truth) for name, (one, truth) in found.items()}


def _half_asked(right: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return (trainings, people), NaN for a half of the people that each training keeps apart."""
    kept = rng.permuted(np.broadcast_to(np.arange(right.shape[1]) % 2 == 0, right.shape), axis=1)
    return np.where(kept, np.nan, right)


def region(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return what a region gains by a model, in weighed right answers and gap."""
    table, score = REGION.people(rng)
    one, other = REGION.decided(table, score, rng)
    found = estimate(*nine_regions.gained(one, other, table, "sex", WEIGHT))
    assert found.interval is not None
    gains = [
        nine_regions.utility(
            (REGION.right[model] * REGION.cells).sum(),
            np.ptp((REGION.yes[model] * REGION.cells).sum(1) / REGION.cells.sum(1)),
            WEIGHT,
        )
        for model in (NOW, BEFORE)
    ]
    return {"gain of a region": Drawn(*found.interval, float(gains[0] - gains[1]))}


def newcomers(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return measures where newcomers join, who are like everybody else here."""
    table, score = WORLD.people(rng)
    decided = WORLD.decided(table, score, rng)[NOW]
    new = np.arange(table.rows) % NEWCOMERS == 0
    before, after = (
        arrivals.at_share(share, decided, table.label, table.protected["sex"], new)
        for share in (0.0, SHARE)
    )
    rates = (WORLD.yes[NOW] * WORLD.cells).sum(1) / WORLD.cells.sum(1)
    truth = {
        "accuracy": (WORLD.right[NOW] * WORLD.cells).sum(),
        "gap": np.ptp(rates),
        "accuracy_change": 0.0,
        "gap_change": 0.0,
    }
    found = {}
    for name, measured in arrivals.measures(after, before, None).items():
        interval = estimate(*measured).interval
        assert interval is not None
        found[f"{name}, with newcomers"] = Drawn(*interval, float(truth[name]))
    return found


def areas(rng: np.random.Generator) -> dict[str, Drawn]:
    """Return how well two models rank people, and what they differ by."""
    table, score = WORLD.people(rng)
    found = [
        [placements(one[table.label], one[~table.label]) for one in _blurred(score, blur, rng)]
        for blur in BLURS
    ]
    apart = [(a[0] - b[0], a[1] - b[1]) for a, b in zip(*found, strict=True)]
    truths = [_area(blur) for blur in BLURS]
    told = {"area": (found[0], truths[0]), "difference of areas": (apart, truths[0] - truths[1])}
    intervals = {
        name: (regional_models.averaged(parts), truth) for name, (parts, truth) in told.items()
    }
    return {name: Drawn(one["low"], one["high"], t) for name, (one, t) in intervals.items()}


def _blurred(score: np.ndarray, blur: float, rng: np.random.Generator) -> np.ndarray:
    return score + blur * rng.normal(size=(WORLD.seeds, len(score)))


def _area(blur: float) -> float:
    """Return how often a person with a yes has the higher score, over all pairs of groups."""
    cells, means = WORLD.cells / WORLD.cells.sum(0), np.array(WORLD.score)
    spread = np.sqrt(2 * (1 + blur**2))
    return sum(
        cells[a, 1] * cells[b, 0] * float(stats.norm.cdf((means[a, 1] - means[b, 0]) / spread))
        for a, b in product(range(2), repeat=2)
    )


def _of(found: Effect, truth: float) -> Drawn:
    return Drawn(found.low, found.high, truth)


BOTH = "trainings and people"
STUDIES = (
    Study(screen="lessons", covers="trainings", leaves_out="test rows", draw=effect),
    *(
        Study(screen="lessons", covers=BOTH, draw=draw)
        for draw in (people, region, newcomers, areas)
    ),
)
