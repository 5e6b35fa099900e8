"""Lent records: what a community gains by lending them, on which conditions, and what stays."""

import math

import numpy as np
import torch

from tradeoffs.catalogue import require_known
from tradeoffs.data.table import Table
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.experiments.fit import Model
from tradeoffs.experiments.participants import home_of
from tradeoffs.experiments.training_data import community_table
from tradeoffs.fronts.gains import mean_gain
from tradeoffs.scenario import Scenario
from tradeoffs.stats.auc import placements
from tradeoffs.stats.interval import Estimate, estimate
from tradeoffs.stats.two_way import people_error
from tradeoffs.studies.community_gains import (
    Record,
    Trained,
    alone,
    decisions,
    gain_between,
    names_of,
    record,
    report_people,
    right_difference,
    train,
)

ASKS = ("choice", "conditions", "traces")
YOU, OTHERS = "you", "others"
GUESSING = "guessing"  # what an attack on one model is compared with


def answer(scenario: Scenario, ask: str, strict: float = 1.0) -> list[Record]:
    """Return what lending its records brings the home community, or leaves behind.

    Records: `value`, `low`, `high`, as shares of test people; of `choice`, `model` and `against`;
    of `conditions`, `condition` and `who`, YOU or OTHERS, against lending all without a condition;
    of `traces`, `model` and `against`, an area under the ROC curve, or the difference of two.

    Args:
        scenario: by a remedy that trains all together; home is the one that may lend.
        ask: `choice`, to lend, to withhold or to train alone; `conditions` of lending, which need
            a privacy budget; `traces`, how well an attacker tells lent records from others.
        strict: privacy budget that home asks for under conditions.

    Raises:
        InvalidInput: a setting that cannot be trained, or nothing of that name can be asked.
    """
    require_known("ask", ask, ASKS)
    if ask == "conditions":
        return _conditions(scenario, strict)
    names = names_of(scenario)
    others = tuple(name for name in names if name != scenario.home)
    without = scenario.but(home=others[0], members=others)
    models = {"alone": alone(scenario), "withhold": without, "lend": scenario}
    found = train(models.values())
    return _choice(found, models) if ask == "choice" else _traces(found, models)


def _choice(found: Trained, models: dict[str, Scenario]) -> list[Record]:
    """Return how much better each model predicts the home community's people than another."""
    people = report_people(models["lend"])
    decided = {name: decisions(found, one, people) for name, one in models.items()}
    pairs = [("alone", "withhold"), ("alone", "lend"), ("withhold", "lend")]
    return [
        record(right_difference(decided[a], decided[b], people), against=a, model=b)
        for a, b in pairs
    ]


def _traces(found: Trained, models: dict[str, Scenario]) -> list[Record]:
    """Return how well an attacker who looks at the loss tells lent records from others."""
    attacks = {name: _attack(found, one, models["lend"]) for name, one in models.items()}
    records = [
        record(_area(*sides), model=name, against=GUESSING) for name, sides in attacks.items()
    ]
    apart = [a - b for a, b in zip(attacks["lend"], attacks["withhold"], strict=True)]
    return [*records, record(_area(*apart), model="lend", against="withhold")]


def _attack(found: Trained, setting: Scenario, home: Scenario) -> tuple[np.ndarray, np.ndarray]:
    """Return (seeds, people) placements of home's people whose records could be lent, and others.

    Both are people of one community: those it trains on, and its test people.
    """
    rest, sides = report_people(home), []
    for seed, one in found[setting.configuration()].items():
        lent = community_table(home.model_copy(update={"seed": seed}), home_of(home))
        vector = Model.from_bytes(one.weights).vector
        sides.append(placements(*(_fit(vector, home.width, table) for table in (lent, rest))))
    wins, losses = zip(*sides, strict=True)
    return np.stack(wins), np.stack(losses)


def _area(wins: np.ndarray, losses: np.ndarray) -> Estimate:
    return estimate(wins.mean(1), math.hypot(people_error(wins), people_error(losses)))


def _fit(vector: torch.Tensor, width: int, table: Table) -> np.ndarray:
    """Return the logit that a model gives to each person's own label; the loss falls with it."""
    found = logits([vector], [width], torch.from_numpy(active_columns(table)))[0].numpy()
    return np.where(table.label, found, -found)


def _conditions(scenario: Scenario, strict: float) -> list[Record]:
    """Return what conditions change for the home community and for the mean of the others."""
    stricter = ((scenario.home, strict),)
    ways = {
        "at_home": scenario.but(remedy="fedavg"),
        "strict_at_home": scenario.but(remedy="fedavg", own_epsilon=stricter),
        "strict_with_holder": scenario.but(own_epsilon=stricter),
        "counts": scenario.but(remedy="counts"),
    }
    names = names_of(scenario)
    found = train(one.but(home=name) for one in (scenario, *ways.values()) for name in names)
    records = []
    for way, setting in ways.items():
        gains = {n: gain_between(found, scenario.but(home=n), setting.but(home=n)) for n in names}
        rest = mean_gain([gain for name, gain in gains.items() if name != scenario.home])
        records.append(record(gains[scenario.home], condition=way, who=YOU))
        records.append(record(rest, condition=way, who=OTHERS))
    return records
