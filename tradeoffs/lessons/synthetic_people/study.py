"""Synthetic people: drawn from noisy counts of a real table, who they are, and what they teach."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.engine.recipe import delta
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies.sharing.bayesian_tree import synthetic_table
from tradeoffs.remedies.sharing.counts import star_of_counts
from tradeoffs.remedies.sharing.synthetic_tree import RELEASES, tree_of_counts
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.paired_means import mean
from tradeoffs.values.privacy.account import Part, allocate

WAYS = {"counts": (Part(),), "tree": (Part(share=1 / RELEASES),) * RELEASES}  # what is released
LARGE = ("White", "Black")  # the groups whose base rates are compared
FEWEST = SEEDS // 2  # draws with somebody of a group, below which nothing is told of them
Figures = dict[tuple[str, str], np.ndarray]  # (what, group) -> (seeds,)


def synthetic(real: Table, way: str, epsilon: float | None, seed: int) -> tuple[Table, Table]:
    """Return as many synthetic people as a table has real ones: as usual, and crudely cleaned.

    Counts that noise makes negative are set to zero in the second, and nothing else is mended.

    Args:
        real: the people whose counts are released.
        way: of WAYS.
        epsilon: for all that is released; None: exact counts.
        seed: of noise and draw.
    """
    parts = WAYS[way]
    rng = np.random.default_rng(
        [seed, real.rows, list(WAYS).index(way), round(1000 * (epsilon or 0))]
    )
    spent = allocate(epsilon, delta(real.rows), *parts).noise if epsilon else (0.0,) * len(parts)
    released = (
        star_of_counts([real], [spent[0]], [rng])
        if way == "counts"
        else tree_of_counts([real], [(spent[0], spent[1], spent[2])], [rng])
    )
    trees = (released.distribution(clipped=clipped) for clipped in (False, True))
    usual, crude = (synthetic_table(tree.sample(real.rows, seed), real) for tree in trees)
    return usual, crude


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return who synthetic people are, and how often models that learn from them are right.

    Columns: `way` (counts, tree), `epsilon` (the scenario's, and none), `what`, `group`, `value`,
    `low`, `high`: over draws of real people, noise and synthetic ones; accuracy over test people as
    well.  `what` is share, crude_share, base_rate, apart (base rate of the first of LARGE minus the
    second's) or accuracy; real_* is that of the real people they were made of, and *_change the
    difference.  base_rate_off is the mean size of the difference in one table, and constant the
    accuracy of the same answer for everybody.

    Args:
        scenario: its protected attribute is one that models see.
    """
    attribute, seeds = scenario.protected, range(scenario.seed, scenario.seed + SEEDS)
    people = [_grouped(training_table(scenario.but(seed=seed)), attribute) for seed in seeds]
    real, right = _figures(people, people, attribute), _right(scenario, people)
    rows = [_constant(scenario)]
    for way in WAYS:
        for epsilon in dict.fromkeys((scenario.epsilon, None)):
            both = [
                synthetic(table, way, epsilon, seed)
                for table, seed in zip(people, seeds, strict=True)
            ]
            usual, crude = ([_grouped(pair[k], attribute) for pair in both] for k in (0, 1))
            about = {"way": way, "epsilon": epsilon}
            for (what, group), own in _figures(usual, crude, attribute).items():
                was, low = real[what, group], -1.0 if what == "apart" else 0.0
                told = _over_seeds(own, low), _over_seeds(was, low), _over_seeds(own - was, -1.0)
                rows += _three(about | {"group": group}, what, *told)
                if what == "base_rate":
                    named = about | {"group": group, "what": "base_rate_off"}
                    rows.append(named | _over_seeds(np.abs(own - was), 0.0))
            own, everybody = _right(scenario, usual), np.full(right.shape[1], True)
            told = tuple(mean(each, everybody) for each in (own, right, own - right))
            rows += _three(about | {"group": "all"}, "accuracy", *told)
    return rows


def _constant(scenario: Scenario) -> dict[str, Any]:
    yes = float(load_split(scenario.dataset, scenario.label).report.label.mean())
    level = max(yes, 1 - yes)
    told = {"way": "", "epsilon": None, "what": "constant", "group": "all"}
    return told | {"value": level, "low": level, "high": level}


def _three(about: dict[str, Any], what: str, *told: dict[str, float]) -> list[dict[str, Any]]:
    names = (what, f"real_{what}", f"{what}_change")
    return [about | {"what": name} | one for name, one in zip(names, told, strict=True)]


def _grouped(table: Table, attribute: str) -> Table:
    """Return a table whose groups are the bins of the column that models see, empty ones too."""
    seen = [feature.name for feature in table.features]
    require_known("protected", attribute, seen)
    place = seen.index(attribute)
    codes = {attribute: table.codes[:, place].astype(np.int8)}
    return replace(table, protected=codes, groups={attribute: table.features[place].labels})


def _figures(usual: Sequence[Table], crude: Sequence[Table], attribute: str) -> Figures:
    """Return the share and the base rate of each group, (seeds,); NaN where it has nobody."""
    names, found = usual[0].groups[attribute], {}
    for code, name in enumerate(names):
        inside = [table.protected[attribute] == code for table in usual]
        rates = [
            t.label[own].mean() if own.any() else np.nan
            for t, own in zip(usual, inside, strict=True)
        ]
        found["share", name] = np.array([own.mean() for own in inside])
        found["crude_share", name] = np.array(
            [(t.protected[attribute] == code).mean() for t in crude]
        )
        found["base_rate", name] = np.array(rates)
    found["apart", "all"] = found["base_rate", LARGE[0]] - found["base_rate", LARGE[1]]
    return found


def _right(scenario: Scenario, tables: Sequence[Table]) -> np.ndarray:
    """Return (seeds, test people) 0/1: whom models that learn from these tables decide rightly.

    What was released may be used at will, so training needs no mechanism.
    """
    test = load_split(scenario.dataset, scenario.label).report
    vectors = [models[0] for models in fit_tables(scenario.but(epsilon=None), tables)]
    return (table_decisions(vectors, scenario.width, test) == test.label).astype(float)


def _over_seeds(values: np.ndarray, least: float) -> dict[str, float]:
    """Return the mean over the draws that have one, with its interval; NaN where few have.

    The interval ends at `least` and at 1, where shares and their differences end.
    """
    known = values[~np.isnan(values)]
    if len(known) < FEWEST:
        return dict.fromkeys(("value", "low", "high"), np.nan)
    found = estimate(known).record
    return found | {"low": max(found["low"], least), "high": min(found["high"], 1.0)}
