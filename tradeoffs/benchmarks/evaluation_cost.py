"""Measuring: what it costs to evaluate and explain a trained model, and to account for one."""

from functools import partial

import numpy as np

from tradeoffs.benchmarks.clock import once, seconds
from tradeoffs.benchmarks.population import private_plans
from tradeoffs.data.load import load_split
from tradeoffs.engine.evaluation import EvaluationSet, evaluate
from tradeoffs.engine.recipe import STEPS, delta, sample_rate
from tradeoffs.experiments.fit import fit
from tradeoffs.experiments.plan import reported_attributes
from tradeoffs.experiments.run import one_core
from tradeoffs.values.privacy.accountants import epsilon
from tradeoffs.values.privacy.calibration import LEAST, MOST, budget
from tradeoffs.values.privacy.history import Spend

WIDTHS = (0, 16)
TRAINED_ROWS = 3_000  # of the models that are measured


def evaluation_ms(models: int, rows: int, repeats: int) -> dict[str, float]:
    """Return milliseconds a model, by width: every figure of it on `rows` rows, on one core.

    That is accuracy, AUC, log loss, the rates and gaps of all groups and crossings, the trees of
    the fidelity and the attributions.  The rows are laid out before, as they serve all models.
    """
    found = {}
    for width in WIDTHS:
        plans = private_plans(width, models, TRAINED_ROWS)
        own = plans[0].scenario
        table = load_split(own.dataset, own.label).select
        at = EvaluationSet.of(table.take(np.arange(rows)), reported_attributes(plans[0].dataset))
        with one_core():
            trained = fit([plans])
            weights = [trained[plan.model_key].vector for plan in plans]
            work = partial(evaluate, weights, [width] * models, at)
            work()
            found[str(width)] = seconds(work, repeats) / models * 1e3
    return found


def accountant_ms(rows: int, requests: int) -> dict[str, float]:
    """Return milliseconds from an epsilon to its noise, and of one PRV composition.

    Each request is a new epsilon, so that none is remembered; the ladders are read before.  The
    PRV figure is one epsilon for one noise multiplier, which a search asks for a dozen times.
    """
    run = {"sample_rate": sample_rate(rows), "steps": STEPS}

    def ask(value: float) -> None:
        budget(value, **run, delta=delta(rows), counts=False)

    ask(1.0)
    asked = np.random.default_rng(0).uniform(LEAST, MOST, requests).tolist()
    took = once(lambda: [ask(value) for value in asked])
    spend = (Spend(sigma=1.0, **run),)
    epsilon(spend, delta(rows), "rdp")  # Opacus is imported
    prv = once(lambda: epsilon(spend, delta(rows), "prv"))
    return {"ladder": took / requests * 1e3, "prv": prv * 1e3}
