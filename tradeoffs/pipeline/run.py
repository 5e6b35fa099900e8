"""Run a chunk: load the tables, train the population, measure it.  Runs in a worker.

Nothing here knows a store or a screen: a chunk goes in, measurements and weights come out, so a
worker on another machine needs no shared disk.
"""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
import torch

from tradeoffs.data.load import load_split
from tradeoffs.data.sample import subsample
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.data.table import Table
from tradeoffs.pipeline.chunks import Chunk, parts
from tradeoffs.pipeline.resolve import Plan, deployment, reported, resolve
from tradeoffs.resources.size import parameters
from tradeoffs.results import SPLITS, Measurement, Trained
from tradeoffs.scenario import Scenario
from tradeoffs.training.batches import Batches, held_columns
from tradeoffs.training.constraint import gradient_sigma, statistics_sigma
from tradeoffs.training.evaluation import Yardstick, evaluate
from tradeoffs.training.loop import train
from tradeoffs.training.population import Setting, logits

STACKED_ROWS = 2_048  # expected rows of a step up to which seeds are stacked
CACHED_NUMBERS = 250_000  # rows x units of a step: a megabyte, which stays in a core's cache


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
    if all(plan.model_key in known and not _released(plan) for plan in flat):
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


def fit(plans: Sequence[Sequence[Plan]]) -> tuple[dict[str, torch.Tensor], dict[str, bool]]:
    """Train the models of a grid of plans (seeds x configurations).

    Returns:
        Parameter vectors by model key and, for constrained models without noise, whether the
        bound is binding on the training rows: where it is not, the model is the unconstrained one.
    """
    rows = _with_twins(plans)
    vectors: dict[str, torch.Tensor] = {}
    for population in populations(rows):
        vectors |= _train(population)
    binding: dict[str, bool] = {}
    for row in rows:
        binding |= _release_where_not_binding(row, vectors)
    return vectors, binding


def populations(rows: Sequence[Sequence[Plan]]) -> list[list[list[Plan]]]:
    """Cut a grid into grids whose working set stays in the cache, logistic and deep apart."""
    how, first = rows[0][0].recipe, rows[0][0].scenario
    batch = how.sample_rate * first.rows
    stacked = max(1, int(STACKED_ROWS / batch))
    units = max(1, int(CACHED_NUMBERS / (batch * min(stacked, len(rows)))))
    grids = []
    for deep in (True, False):
        places = [m for m, plan in enumerate(rows[0]) if bool(plan.scenario.width) == deep]
        for part in cut(places, [max(rows[0][m].scenario.width, 1) for m in places], units):
            for seeds in parts(rows, stacked):
                grids.append([[row[m] for m in part] for row in seeds])
    return grids


def _train(rows: Sequence[Sequence[Plan]]) -> dict[str, torch.Tensor]:
    first = rows[0][0].scenario
    seeds = tuple(row[0].scenario.seed for row in rows)
    vectors = train(
        [_setting(plan) for plan in rows[0]],
        _batches(first.dataset, first.hide, first.rows, first.protected, seeds),
        seeds=seeds,
        keys=[[plan.model_key for plan in row] for row in rows],
    )
    return {
        plan.model_key: vector
        for row, trained in zip(rows, vectors, strict=True)
        for plan, vector in zip(row, trained, strict=True)
    }


def measure(plans: Sequence[Plan], vectors: Mapping[str, torch.Tensor]) -> dict[str, dict]:
    """Measure models, each at its deployment.

    Returns:
        By result key: {"select": figures, "report": figures, "decisions": bytes}; figures that
        are not measurable are absent, and all are for a model that diverged.
    """
    found: dict[str, dict] = {}
    for where in dict.fromkeys(deployment(plan.scenario) for plan in plans):
        here = {p.result_key: p for p in plans if deployment(p.scenario) == where}
        for split in SPLITS:
            for key, entry in _measure(split, where, list(here.values()), vectors).items():
                found.setdefault(key, {}).update(entry)
    return found


def _measure(
    split: str,
    where: tuple[str, float, str],
    plans: Sequence[Plan],
    vectors: Mapping[str, torch.Tensor],
) -> dict[str, dict]:
    first = plans[0].scenario
    at = yardstick(first.dataset, first.hide, split, *where)
    weights = [vectors[plan.model_key] for plan in plans]
    figures, decisions = evaluate(weights, [plan.scenario.width for plan in plans], at)
    found: dict[str, dict] = {}
    for m, plan in enumerate(plans):
        finite = bool(torch.isfinite(weights[m]).all())
        values = {name: float(column[m]) for name, column in figures.items()}
        entry: dict = {split: {k: v for k, v in values.items() if finite and math.isfinite(v)}}
        if split == "report":
            entry["decisions"] = decisions[m].tobytes()
        found[plan.result_key] = entry
    return found


@lru_cache(maxsize=32)
def training_table(dataset: str, hide: tuple[str, ...], rows: int, seed: int) -> Table:
    """Return the people one model is trained on: a sample drawn by the seed."""
    table = subsample(load_split(dataset).train, rows, seed)
    return table.without(hide) if hide else table


@lru_cache(maxsize=12)
def yardstick(
    dataset: str, hide: tuple[str, ...], split: str, name: str, intensity: float, protected: str
) -> Yardstick:
    """Return the table of a split at a deployment, laid out for measuring."""
    table: Table = getattr(load_split(dataset), split)
    if intensity:
        table = shift(name).apply(table, intensity, 0, protected)
    if hide:
        table = table.without(hide)
    return Yardstick.of(table, reported(resolve(Scenario.of(dataset=dataset)).dataset))


@lru_cache(maxsize=4)
def _batches(
    dataset: str, hide: tuple[str, ...], rows: int, protected: str, seeds: tuple[int, ...]
) -> Batches:
    tables = [training_table(dataset, hide, rows, seed) for seed in seeds]
    how = resolve(Scenario.of(dataset=dataset, rows=rows)).recipe
    groups = [table.group_of(protected) for table in tables]
    return Batches(
        tables,
        [codes for codes, _ in groups],
        groups=len(groups[0][1]),
        seeds=seeds,
        rate=how.sample_rate,
        steps=how.steps,
    )


def _setting(plan: Plan) -> Setting:
    spent = plan.budget
    return Setting(
        width=plan.scenario.width,
        learning_rate=plan.recipe.learning_rate,
        clip_norm=plan.recipe.clip_norm,
        sigma=spent.sigma if spent else 0.0,
        sigma_counts=(spent.sigma_counts or 0.0) if spent else 0.0,
        max_gap=plan.scenario.max_gap,
        momentum=plan.recipe.momentum,
    )


def cut(places: Sequence[int], units: Sequence[int], most: int) -> list[list[int]]:
    """Cut models into parts of at most `most` units, a wider one alone."""
    found: list[list[int]] = []
    room = 0
    for place, size in zip(places, units, strict=True):
        if not found or size > room:
            found.append([])
            room = most
        found[-1].append(place)
        room -= size
    return found


def _with_twins(plans: Sequence[Sequence[Plan]]) -> list[list[Plan]]:
    """Return each seed's distinct models, unconstrained first, with the twins they need.

    The twin of a constrained model without noise is the same model without the constraint.
    """
    complete: list[list[Plan]] = []
    for row in plans:
        models = {plan.model_key: plan for plan in row}
        for plan in row:
            if _released(plan):
                twin = _twin(plan)
                models.setdefault(twin.model_key, twin)
        complete.append(sorted(models.values(), key=lambda p: p.scenario.max_gap is not None))
    return complete


def _released(plan: Plan) -> bool:
    """Say whether a constraint may look at exact statistics: there is no noise to protect."""
    return plan.scenario.max_gap is not None and plan.budget is None


def _twin(plan: Plan) -> Plan:
    return resolve(plan.scenario.model_copy(update={"max_gap": None}))


def _release_where_not_binding(
    row: Sequence[Plan], vectors: dict[str, torch.Tensor]
) -> dict[str, bool]:
    """Replace constrained models whose twin meets the bound on the training rows by the twin."""
    binding: dict[str, bool] = {}
    for plan in row:
        if _released(plan):
            twin = vectors[_twin(plan).model_key]
            gap = training_gap(plan.scenario, twin)
            binding[plan.model_key] = gap > (plan.scenario.max_gap or 0)
            if not binding[plan.model_key]:
                vectors[plan.model_key] = twin
    return binding


def training_gap(scenario: Scenario, vector: torch.Tensor) -> float:
    """Return the exact gap in selection rates on the training rows; only without a promise."""
    table = training_table(scenario.dataset, scenario.hide, scenario.rows, scenario.seed)
    group, names = table.group_of(scenario.protected)
    codes = torch.from_numpy(held_columns(table))
    decided = logits([vector], [scenario.width], codes)[0].numpy() > 0
    people = np.bincount(group, minlength=len(names))
    rates = np.bincount(group, weights=decided, minlength=len(names)) / np.maximum(people, 1)
    return float(np.ptp(rates[people > 0]))


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
        setting = _setting(plan)
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
    if plan.model_key in binding:
        training["bound_binding"] = float(binding[plan.model_key])
    return Measurement(
        training=training,
        select=figures["select"],
        report=figures["report"],
        decisions=figures["decisions"],
    )
