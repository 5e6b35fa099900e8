"""Run a chunk: load the tables, train the population, measure it.  Runs in a worker.

Nothing here knows a store or a screen: a chunk goes in, measurements and weights come out, so a
worker on another machine needs no shared disk.
"""

import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import torch

from tradeoffs.pipeline.chunks import Chunk
from tradeoffs.pipeline.fit import fit, released, setting_of
from tradeoffs.pipeline.measure import measure
from tradeoffs.pipeline.resolve import Plan, resolve
from tradeoffs.resources.size import parameters
from tradeoffs.results import Measurement, Trained
from tradeoffs.training.constraint import gap_deviation, gradient_sigma, statistics_sigma


def run(chunk: Chunk, known: Mapping[str, bytes] | None = None) -> list[Trained]:
    """Train and measure every scenario of a chunk, on one core.

    Chunks run side by side in processes of their own: operations are too small to be cut in two,
    and threads would wait for the interpreter.  So no sum depends on the number of cores.

    Args:
        chunk: from `chunks`.
        known: float32 weights of models trained before, by model key; if every model of the chunk
            is among them, nothing is trained, unless a bound is held without noise.
    """
    with one_core():
        return _run(chunk, known or {})


@contextmanager
def one_core() -> Iterator[None]:
    """Compute on one core and without denormal numbers, which are slow; then as before."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)
        torch.set_num_threads(threads)


def _run(chunk: Chunk, known: Mapping[str, bytes]) -> list[Trained]:
    began = time.perf_counter()
    plans = [[resolve(s) for s in row] for row in chunk.scenarios]
    flat = [plan for row in plans for plan in row]
    # Whether a bound is binding is told by its twin, so such a model is trained with it again.
    if all(plan.model_key in known and not released(plan) for plan in flat):
        vectors = {p.model_key: _tensor(known[p.model_key]) for p in flat}
        binding: dict[str, bool] = {}
    else:
        vectors, binding = fit(plans)
    figures = measure(flat, vectors)
    seconds = (time.perf_counter() - began) / len(flat)
    return [
        Trained(
            scenario=plan.scenario,
            measurement=_measurement(plan, figures[plan.result_key], binding, seconds),
            weights=vectors[plan.model_key].numpy().tobytes(),
        )
        for plan in flat
    ]


def _tensor(weights: bytes) -> torch.Tensor:
    return torch.from_numpy(np.frombuffer(weights, dtype=np.float32).copy())


def _measurement(
    plan: Plan, figures: dict, binding: Mapping[str, bool], seconds: float
) -> Measurement:
    scenario, how, spent = plan.scenario, plan.recipe, plan.budget
    columns = sum(
        len(f.bins) for f in plan.dataset.codebook.features if f.name not in scenario.hide
    )
    training: dict[str, float | str] = {
        "sample_rate": how.sample_rate,
        "steps": how.steps,
        "learning_rate": how.learning_rate,
        "clip_norm": how.clip_norm,
        "sigma": 0.0,
        "accountant": "none",
        "parameters": parameters(columns, scenario.width),
        "seconds": seconds,
    }
    if scenario.mechanism == "none":
        training["epsilon_spent"] = math.inf
    if spent is not None:
        setting = setting_of(plan)
        training |= {
            "sigma": spent.sigma,
            "sigma_gradient": gradient_sigma(setting),
            "delta": spent.delta,
            "accountant": spent.accountant,
            "unit": spent.unit,
            "epsilon_spent": spent.epsilon_spent,
        }
        if spent.sigma_counts is not None:
            training["sigma_counts"] = spent.sigma_counts
            training["sigma_statistics"] = statistics_sigma(setting)
            training["sigma_gap"] = gap_deviation(setting, how.sample_rate * scenario.rows)
            free = resolve(scenario.model_copy(update={"max_gap": None})).budget
            if free is not None:
                training["watching_price"] = gradient_sigma(setting) / free.sigma - 1
    if plan.model_key in binding:
        training["bound_binding"] = float(binding[plan.model_key])
    return Measurement(
        training=training,
        select=figures["select"],
        report=figures["report"],
        decisions=figures["decisions"],
    )
