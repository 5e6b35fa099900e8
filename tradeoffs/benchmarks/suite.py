"""The benchmark as a whole: every figure of this machine in one run, and how they are told."""

import os
import platform
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from typing import Any

import torch

from tradeoffs.benchmarks.evaluation_cost import accountant_ms, evaluation_ms
from tradeoffs.benchmarks.front import front
from tradeoffs.benchmarks.grid import whole
from tradeoffs.benchmarks.growth import growth
from tradeoffs.benchmarks.one_by_one import best
from tradeoffs.benchmarks.population import private_plans, rates, table_of
from tradeoffs.benchmarks.sgemm import flops
from tradeoffs.benchmarks.sizes import FULL, Sizes
from tradeoffs.jobs.executor import local
from tradeoffs.jobs.worker import Machine, warm_up
from tradeoffs.scenario import Scenario

WORDS = {  # of each part: what it is, and in which unit
    "machine": "where this was measured",
    "population": "model-rows a second of all workers, by width",
    "population_per_core": "model-rows a second of one worker alone, by width",
    "opacus": "rows a second of one model, by width",
    "opacus_way": "how Opacus was fastest, by width",
    "ratio": "population / opacus, by width",
    "opacus_loaded": "the same with Opacus' own data loader, by width",
    "opacus_loaded_way": "how that was fastest, by width",
    "ratio_loaded": "population / opacus_loaded, by width",
    "sgemm": "flops a second of a float32 matrix product on as many cores, in turns, by width",
    "sgemm_share": "population counted in dense flops / sgemm, by width",
    "front": "without privacy: hypervolumes, seconds a point, and ratios to fairlearn",
    "evaluation_ms": "milliseconds a model, evaluation and fidelity, by width",
    "accountant_ms": "milliseconds from epsilon to noise; one composition of the PRV accountant",
    "growth": "seconds, seconds / linear expectation, and megabytes of the worker",
    "whole": "seconds for a grid of models, cold, evaluated and explained",
}


def bench(sizes: Sizes = FULL) -> dict[str, Any]:
    """Return all figures, by part and name; WORDS says what they are."""
    workers = Machine.here().workers
    figures: dict[str, Any] = {"machine": machine(workers)}
    with local(Machine.here()) as executor:
        for warm in [executor.submit(warm_up, Scenario.of().dataset) for _ in range(workers)]:
            warm.result()
        figures |= training(sizes, executor, workers)
        figures["whole"] = whole(sizes, executor)
    figures["front"] = front(sizes)
    figures["evaluation_ms"] = evaluation_ms(
        sizes.evaluated, sizes.evaluation_models, sizes.repeats
    )
    figures["accountant_ms"] = accountant_ms(sizes.rows, sizes.requests)
    figures["growth"] = growth(sizes)
    return {part: figures[part] for part in WORDS}


def machine(workers: int) -> dict[str, str | int]:
    """Return what the figures depend on beside the program."""
    return {
        "cores": os.cpu_count() or 1,
        "workers": workers,
        "threads_a_worker": 1,
        "processor": platform.machine(),
        "instructions": torch.backends.cpu.get_cpu_capability(),
        "torch": torch.__version__,
        "python": platform.python_version(),
    }


def training(sizes: Sizes, executor: Executor, workers: int) -> dict[str, dict[str, Any]]:
    """Return the figures about training, by width, beside Opacus and beside dense arithmetic."""
    found: dict[str, dict[str, Any]] = {}
    threads = range(1, (os.cpu_count() or 1) + 1)
    for width, models in sizes.population:
        (plan,) = private_plans(width, 1, sizes.rows)
        ours, alone = rates(executor, workers, width, models, sizes)
        asked = (sizes.opacus_steps, sizes.repeats, threads)
        opacus, way = best(plan, "in hand", *asked)
        loaded, way_loaded = best(plan, "loaded", *asked)
        dense = ours.rows * flops(table_of(plan).columns + 1, width)
        figures = {
            "population": ours.rows,
            "population_per_core": alone.rows,
            "opacus": opacus,
            "opacus_way": way,
            "ratio": ours.rows / opacus,
            "opacus_loaded": loaded,
            "opacus_loaded_way": way_loaded,
            "ratio_loaded": ours.rows / loaded,
            "sgemm": ours.flops,
            "sgemm_share": dense / ours.flops,
        }
        for name, value in figures.items():
            found.setdefault(name, {})[str(width)] = value
    return found


def report(figures: Mapping[str, Any]) -> str:
    """Return the figures as text, a line each below the words of their part."""
    lines = []
    for part, words in WORDS.items():
        lines.append(f"{part}: {words}")
        lines += [f"  {name:32} {_told(value)}" for name, value in _leaves(figures[part])]
    return "\n".join(lines)


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, f"{name} {key}".strip())
    else:
        yield name, value


def _told(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if value >= 1e4 else f"{value:.4g}"
