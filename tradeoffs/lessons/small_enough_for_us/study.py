"""Small enough for us: what a large model made smaller decides, of whom, and how large it is."""

from typing import Any

import numpy as np
import torch

from tradeoffs.data.load import load_split
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.fit_tables import table_decisions
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.remedies.adaptation.pruning import pruned_bytes, pruning_mask
from tradeoffs.remedies.adaptation.quantization import FULL_BITS, quantize, quantized_bytes
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import mean
from tradeoffs.stats.proportions import SMALLEST_CELL

AMOUNTS = {"pruned": (0, 50, 80, 90, 95, 98), "bits": (FULL_BITS, 8, 4, 3, 2)}  # the whole first
KILOBYTE = 1000.0


def smaller(
    vector: np.ndarray, way: str, amount: int, columns: int, width: int
) -> tuple[np.ndarray, float]:
    """Return a model made smaller, and its bytes.

    Args:
        vector: float32 parameters.
        way: of AMOUNTS.
        amount: per cent of the weights that are pruned, or bits a weight.
        columns: inputs, the bias not counted.
        width: hidden units.
    """
    if way == "bits":
        return quantize(vector, amount, columns, width), quantized_bytes(amount, columns, width)
    mask = pruning_mask(vector, amount / 100, columns, width)
    whole = quantized_bytes(FULL_BITS, columns, width)
    return vector * mask, min(pruned_bytes(int(mask.sum())), whole)


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return what models made smaller decide, against the models that they were made from.

    Columns: `way` and `amount` as in `smaller`, `what`, `group` (of the protected attribute, or
    all), `value`, `low`, `high` over seeds and test people, and `kilobytes` of a model.  `what` is
    accuracy, change (of accuracy) or flipped (share of people decided otherwise).
    """
    test = load_split(scenario.dataset, scenario.label).report
    codes, names = test.group_of(scenario.protected)
    groups = {"all": codes >= 0} | {name: codes == k for k, name in enumerate(names)}
    plans = [[resolve(scenario.but(seed=scenario.seed + seed))] for seed in range(SEEDS)]
    with one_core():
        fitted = fit(plans)
    large = [fitted[row[0].model_key].vector.numpy() for row in plans]
    rows: list[dict[str, Any]] = []
    for way, amounts in AMOUNTS.items():
        first: np.ndarray | None = None
        for amount in amounts:
            made = [smaller(one, way, amount, test.columns, scenario.width) for one in large]
            vectors = [torch.from_numpy(vector) for vector, _ in made]
            said = table_decisions(vectors, scenario.width, test)
            first = said if first is None else first
            right, was = ((one == test.label).astype(float) for one in (said, first))
            figures = {"accuracy": right, "change": right - was, "flipped": (said != first) * 1.0}
            about = {"way": way, "amount": amount, "kilobytes": made[0][1] / KILOBYTE}
            rows += [
                about | {"what": what, "group": name} | _told(what, each[:, inside])
                for what, each in figures.items()
                for name, inside in groups.items()
                if inside.sum() >= SMALLEST_CELL
            ]
    return rows


def _told(what: str, each: np.ndarray) -> dict[str, float]:
    """Return a mean over (seeds, people); no interval of a share reaches below zero."""
    found = mean(each, np.full(each.shape[1], True))
    return found if what == "change" else found | {"low": max(found["low"], 0.0)}
