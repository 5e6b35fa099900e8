"""Run a chunk: load the tables, train the population, measure it.  Runs in a worker.

Nothing here knows a store or a screen: a chunk goes in, measurements and weights come out, so a
worker on another machine needs no shared disk.
"""

import math
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import torch

from tradeoffs.engine.constraint import gradient_sigma, statistics_count, statistics_sigma
from tradeoffs.experiments.bound import Columns
from tradeoffs.experiments.chunks import Chunk
from tradeoffs.experiments.evaluate import measure
from tradeoffs.experiments.fit import Model, fit, model_spec
from tradeoffs.experiments.participants import exchange
from tradeoffs.experiments.plan import Plan, resolve
from tradeoffs.experiments.provider_account import provider_release
from tradeoffs.fields import BASELINE
from tradeoffs.measurement import Measurement
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.resources.size import parameters
from tradeoffs.results import Outcome
from tradeoffs.values.privacy.calibration import Budget

# A setting of which no statistics are released beside the gradient.
BASELINE = {n: v for n, v in BASELINE.items() if n not in ("mechanism", "epsilon")}


def run(chunk: Chunk, known: Mapping[str, bytes] | None = None) -> list[Outcome]:
    """Train and measure every scenario of a chunk, on one core.

    Chunks run side by side in processes of their own: operations are too small to be cut in two,
    and threads would wait for the interpreter.  So no sum depends on the number of cores.

    Args:
        chunk: from `chunks`.
        known: weights of models trained before, by model key; if every model of the chunk is
            among them, nothing is trained.
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


def _run(chunk: Chunk, known: Mapping[str, bytes]) -> list[Outcome]:
    began = time.perf_counter()
    plans = chunk.resolve()
    flat = [plan for row in plans for plan in row]
    models = _read(flat, known) or fit(plans)
    figures = measure(flat, models)
    seconds = (time.perf_counter() - began) / len(flat)
    return [
        Outcome(
            scenario=plan.scenario,
            measurement=_measurement(
                plan, figures[plan.result_key], models[plan.model_key].bound, seconds
            ),
            weights=models[plan.model_key].to_bytes(),
        )
        for plan in flat
    ]


def _read(plans: Sequence[Plan], known: Mapping[str, bytes]) -> dict[str, Model]:
    """Return the models of plans; none if one is not known, or what was kept is of another size."""
    if not all(plan.model_key in known for plan in plans):
        return {}
    models = {plan.model_key: Model.from_bytes(known[plan.model_key]) for plan in plans}
    fits = all(len(models[plan.model_key].vector) == _parameters(plan) for plan in plans)
    return models if fits else {}


def _parameters(plan: Plan) -> int:
    scenario, book = plan.scenario, plan.dataset.codebook
    if plan.home:
        return exchange(scenario).parameters
    seen = book.features_for(book.label(scenario.label))
    columns = sum(len(f.bins) for f in seen if f.name not in scenario.hide)
    return parameters(columns, scenario.width)


def _measurement(plan: Plan, figures: dict, bound: Columns, seconds: float) -> Measurement:
    scenario, how, spent = plan.scenario, plan.recipe, plan.budget
    training: dict[str, float | str] = {
        "sample_rate": how.sample_rate,
        "steps": how.steps,
        "learning_rate": how.learning_rate,
        "clip_norm": how.clip_norm,
        "ridge": how.ridge,
        "sigma": 0.0,
        "accountant": "none",
        "parameters": _parameters(plan),
        "seconds": seconds,
    }
    if plan.home:
        training |= _among_communities(plan)
    if scenario.mechanism == "none":
        training["epsilon_spent"] = math.inf
    if spent is not None and plan.remedy is not None:
        training |= _promise(spent)
    elif spent is not None:
        setting = model_spec(plan)
        training |= _promise(spent) | {"sigma_gradient": gradient_sigma(setting)}
        if spent.sigma_counts is not None:
            training["sigma_counts"] = spent.sigma_counts
        if statistics_count(setting):
            training["sigma_statistics"] = statistics_sigma(setting)
        if statistics_count(setting) or spent.sigma_counts is not None:
            free = resolve(scenario.model_copy(update=BASELINE)).budget
            if free is not None:
                training["watching_price"] = gradient_sigma(setting) / free.sigma - 1
    return Measurement.of(
        training=training | bound,
        select=figures["select"],
        report=figures["report"],
        decisions=figures["decisions"],
    )


def _promise(spent: Budget) -> dict[str, float | str]:
    return {
        "sigma": spent.sigma,
        "delta": spent.delta,
        "accountant": spent.accountant,
        "unit": spent.unit,
        "epsilon_spent": spent.epsilon_spent,
    }


def _among_communities(plan: Plan) -> dict[str, float | str]:
    """Return whose model it is, and what its community sends and receives for it."""
    moved = REMEDIES[plan.scenario.remedy].traffic(exchange(plan.scenario))
    provided = provider_release(plan.scenario, plan.home, plan.model_key)
    account = provided and provided.account
    told = {} if account is None else {"provider_epsilon_spent": account.epsilon_spent}
    return told | {
        "community": plan.home,
        "people": plan.rows,
        "bytes": moved.training,
        "bytes_up": moved.rounds * moved.up,
        "bytes_down": moved.rounds * moved.down,
        "messages": moved.messages,
        "bytes_a_decision": moved.decision,
    }
