"""Randomised response: each person flips a coin before answering, and nobody has to be trusted.

With chance `coin` a person answers truthfully, otherwise yes or no by a second, fair flip (Warner
1965, doi 10.1080/01621459.1965.10480775, in the form of Dwork, Roth 2014, section 3.2).  A report
is then epsilon-differentially private with epsilon = ln((1 + coin) / (1 - coin)), exactly and
whatever the others report.  A trusted collector who asks openly, and adds noise once, has the same
epsilon for less noise; it knows every answer.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import Batches
from tradeoffs.engine.loop import train
from tradeoffs.engine.recipe import RECIPE_VERSION, recipe
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import table_decisions
from tradeoffs.experiments.run import one_core
from tradeoffs.experiments.training_data import training_table
from tradeoffs.experiments.training_spec import spec
from tradeoffs.scenario import Scenario, digest
from tradeoffs.stats.interval import normal_quantile
from tradeoffs.stats.paired_means import mean

CHANCES = (0.1, 0.25, 0.5, 0.75, 0.9)
PEOPLE = (30, 100, 300, 1000, 3000, 10_000)
ROWS = (300, 1000, 3000, 10_000)
COIN, TRUSTED, OPEN = "coin", "trusted", "open"
TAIL = 0.05  # of the errors lie further out


def answer(
    scenario: Scenario, coin: float, part: str, secret: float | None
) -> list[dict[str, Any]]:
    """Return what a coin gives away, what it costs a share, or what it costs a model.

    Columns: `way` (coin; trusted: asked openly, and noise of the same epsilon added once; open: no
    privacy), `coin`, `epsilon`, `people` (asked, or trained on), `what`, `value`, `low`, `high`.
    `what` is, by part:

    - share: error (95 % of estimates of the share of yes among those asked are off by at most so
      much) and estimate (of one survey of people of the table, by coin, with that error; way open:
      the true share).  Errors are exact, but for the normal law of many coins.
    - belief: yes and no, the chance that somebody who reported so has a yes; before, the same of
      anybody; odds, by how much a report changes the odds at most; all exact.
    - model: accuracy; loss (open minus accuracy); more (coin minus trusted); above (accuracy minus
      that of one answer for everybody), 95 % over trainings and people.

    Args:
        scenario: dataset, label, width, first seed; without a mechanism.
        coin: chance of a truthful answer, above 0 and below 1.
        part: "share", "belief" or "model".
        secret: share of people with a yes, for "belief"; None: as in the table.

    Raises:
        InvalidInput: a chance out of its bounds, or an unknown part.
    """
    for name, chance in (("coin", coin), ("secret", 0.5 if secret is None else secret)):
        if not 0 < chance < 1:
            raise InvalidInput("out_of_range", field=name, value=chance, low=0, high=1)
    require_known("part", part, ("share", "belief", "model"))
    if part == "belief":
        yes = float(load_split(scenario.dataset, scenario.label).train.label.mean())
        return list(_beliefs(yes if secret is None else secret))
    found = _shares(scenario, coin) if part == "share" else _models(scenario, coin)
    about = {"coin": coin, "epsilon": epsilon(coin)}
    return [about | row for row in found]


def epsilon(coin: float) -> float:
    """Return the privacy of one report.

    >>> round(math.exp(epsilon(0.5)), 12)  # a fair coin
    3.0
    """
    return math.log((1 + coin) / (1 - coin))


def reports(secret: np.ndarray, coin: float, row_id: np.ndarray, seed: int) -> np.ndarray:
    """Return bool (people,), what each reports; coins are keyed by person and seed."""
    honest = uniform(seed, "first coin", row_id) < coin
    return np.where(honest, secret, uniform(seed, "second coin", row_id) < 0.5)


def estimate(reported: np.ndarray, coin: float) -> float:
    """Return the unbiased estimate of the share of yes behind some reports."""
    return (float(reported.mean()) - (1 - coin) / 2) / coin


def errors(coin: float, people: int) -> dict[str, float]:
    """Return how far the estimates of a share are off at most, in 95 % of surveys, by way.

    Every report has the variance of a coin of chance (1 + coin) / 2, whatever the truth; the
    trusted collector adds Laplace noise of scale 1 / epsilon to a count (Dwork, Roth 2014, 3.3).
    """
    told = (1 + coin) / 2
    return {
        COIN: normal_quantile() * math.sqrt(told * (1 - told) / people) / coin,
        TRUSTED: math.log(1 / TAIL) / (epsilon(coin) * people),
    }


def _shares(scenario: Scenario, coin: float) -> Iterator[dict[str, Any]]:
    train_people = load_split(scenario.dataset, scenario.label).train
    order = np.argsort(uniform(scenario.seed, "asked", train_people.row_id))
    for people in PEOPLE:
        asked = train_people.take(order[:people])
        found = errors(coin, people)
        for way, error in found.items():
            yield {"way": way, "people": people, "what": "error"} | _exactly(error)
        told = estimate(reports(asked.label, coin, asked.row_id, scenario.seed), coin)
        ends = {"value": told, "low": told - found[COIN], "high": told + found[COIN]}
        yield {"way": COIN, "people": people, "what": "estimate"} | ends
        truth = _exactly(float(asked.label.mean()))
        yield {"way": OPEN, "people": people, "what": "estimate"} | truth


def _beliefs(secret: float) -> Iterator[dict[str, Any]]:
    """Yield what a collector believes of somebody, by Bayes, for each coin."""
    for coin in CHANCES:
        told = (1 + coin) / 2
        after = {
            "yes": secret * told / (secret * told + (1 - secret) * (1 - told)),
            "no": secret * (1 - told) / (secret * (1 - told) + (1 - secret) * told),
            "before": secret,
            "odds": math.exp(epsilon(coin)),
        }
        about = {"way": COIN, "coin": coin, "epsilon": epsilon(coin)}
        yield from (about | {"what": what} | _exactly(value) for what, value in after.items())


def _exactly(value: float) -> dict[str, float]:
    return {"value": value, "low": value, "high": value}


def _models(scenario: Scenario, coin: float) -> Iterator[dict[str, Any]]:
    asked = load_split(scenario.dataset, scenario.label).report
    one_answer = asked.label == (asked.label.mean() > 0.5)
    everybody = np.full(asked.rows, True)
    for rows in ROWS:
        said = _decisions(scenario.but(rows=rows), coin, asked)
        right = {way: (each == asked.label).astype(float) for way, each in said.items()}
        for way, each in right.items():
            figures = {
                "accuracy": each,
                "loss": right[OPEN] - each,
                "above": each - one_answer,
            }
            if way == COIN:
                figures["more"] = each - right[TRUSTED]
            for what, values in figures.items():
                yield {"way": way, "people": rows, "what": what} | mean(values, everybody)


def _decisions(scenario: Scenario, coin: float, asked: Table) -> dict[str, np.ndarray]:
    """Return (seeds, people) decisions of models by way; all share people and batches."""
    seeds = range(scenario.seed, scenario.seed + SEEDS)
    true = [training_table(scenario.but(seed=seed)) for seed in seeds]
    flipped = [
        replace(table, label=reports(table.label, coin, table.row_id, seed))
        for table, seed in zip(true, seeds, strict=True)
    ]
    found: dict[str, np.ndarray] = {}
    for tables, ways in ((true, {OPEN: None, TRUSTED: epsilon(coin)}), (flipped, {COIN: None})):
        settings = [spec(scenario.but(epsilon=budget)) for budget in ways.values()]
        names = [scenario.model_part(), coin, RECIPE_VERSION]
        keys = [[digest(["coin", *names, seed, way]) for way in ways] for seed in seeds]
        how = recipe(scenario.rows, scenario.width, None)
        with one_core():
            batches = Batches(
                tables,
                [np.zeros(table.rows, np.int8) for table in tables],
                groups=1,
                seeds=list(seeds),
                rate=how.sample_rate,
                steps=how.steps,
            )
            vectors = train(settings, batches, seeds=list(seeds), keys=keys)
        for place, way in enumerate(ways):
            own = [row[place] for row in vectors]
            found[way] = table_decisions(own, scenario.width, asked)
    return found
