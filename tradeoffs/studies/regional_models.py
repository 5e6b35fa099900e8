"""Regions: does a model of one region's own people predict better there than one of everywhere?

For each recorded place two logistic regressions are measured on the same people of it: one trained
on its own people only, one on as many drawn from all places.  Measured is how often each puts a
person with a yes before one with a no (AUC), and the difference, on the same pairs of people.
"""

import math
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.shift_report import design
from tradeoffs.scenario import Scenario
from tradeoffs.stats.auc import Placements, placements
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.two_way import people_error

FEWEST = 20  # people with a yes, and with a no, to ask about; below, a place is not measurable
ALL = "all"  # in place of a place: their mean
MODELS = LOCAL, EVERYWHERE, DIFFERENCE = "own people", "everywhere", "difference"
Measured = tuple[np.ndarray, float]  # (draws,) values, and the error that lies in the people


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return three records for each place, and for all: both models, and their difference.

    Columns: `place`, "all" for the mean over places; `model`: own people, as many from
    everywhere, or difference (own minus everywhere); `value`, an AUC or a difference of two; `low`
    and `high`, its 95 % interval over draws and people; `people` asked about; `best`, whether own
    people do best against everywhere in this place.  Places with too few people to ask about, or
    with less than `rows` to train on, are absent.

    Args:
        scenario: dataset, label, rows to train on, and the first seed.

    Raises:
        InvalidInput: the table records no places.
    """
    split = load_split(scenario.dataset, scenario.label)
    if split.train.place is None or split.report.place is None:
        raise InvalidInput("no_places", table=scenario.dataset)
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    everywhere = [_fit(subsample(split.train, scenario.rows, seed)) for seed in seeds]
    measured: dict[str, dict[str, Measured]] = {}
    people: dict[str, int] = {}
    for code, name in enumerate(split.train.place.names):
        own_people = split.train.take(split.train.place.codes == code)
        asked = split.report.take(split.report.place.codes == code)
        yes = int(asked.label.sum())
        if own_people.rows < scenario.rows or min(yes, asked.rows - yes) < FEWEST:
            continue
        local = [_fit(subsample(own_people, scenario.rows, seed)) for seed in seeds]
        own, all_places = (
            [placements(*_scores(model, asked)) for model in some] for some in (local, everywhere)
        )
        apart = [(a[0] - b[0], a[1] - b[1]) for a, b in zip(own, all_places, strict=True)]
        parts = {LOCAL: own, EVERYWHERE: all_places, DIFFERENCE: apart}
        measured[name] = {model: _measured(one) for model, one in parts.items()}
        people[name] = asked.rows
    return _records(measured, people)


def _records(
    measured: dict[str, dict[str, Measured]], people: dict[str, int]
) -> list[dict[str, Any]]:
    if not measured:
        return []
    best = max(measured, key=lambda place: measured[place][DIFFERENCE][0].mean())
    whole = {model: _mean([of[model] for of in measured.values()]) for model in MODELS}
    total = people | {ALL: sum(people.values())}
    return [
        {"place": place, "model": model, "people": total[place], "best": place == best}
        | estimate(*of[model]).record
        for place, of in (measured | {ALL: whole}).items()
        for model in MODELS
    ]


def averaged(parts: list[Placements]) -> dict[str, float]:
    """Return the mean over draws with its interval: people, and what is drawn to train on."""
    return estimate(*_measured(parts)).record


def _measured(parts: list[Placements]) -> Measured:
    people = [np.stack(side) for side in zip(*parts, strict=True)]
    return people[0].mean(1), math.hypot(*map(people_error, people))


def _mean(places: list[Measured]) -> Measured:
    """Return the mean over places, whose people are others and whose draws go together."""
    values, errors = zip(*places, strict=True)
    return np.mean(values, 0), math.hypot(*errors) / len(errors)


def _fit(table: Table) -> LogisticRegression:
    return LogisticRegression(C=0.1, max_iter=200, tol=1e-3).fit(design(table), table.label)


def _scores(model: LogisticRegression, table: Table) -> Placements:
    score = model.decision_function(design(table))
    return score[table.label], score[~table.label]
