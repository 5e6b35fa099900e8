"""Sweep plan: which models each part of a sweep has, known before any work, a few in memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from tradeoffs.experiments.comparison import Comparison
from tradeoffs.experiments.plan import resolve
from tradeoffs.scenario import DEPLOYMENT_FIELDS, Scenario, Sweep

MODELS_A_PART = 1_000  # more only where one setting has more seeds


@dataclass(frozen=True, kw_only=True, slots=True)
class SweepPlan:
    """The parts of a sweep.

    Attributes:
        sweep: in the order of its parts: what is used at several deployments is trained once.
        sizes: number of models of each part.
        comparison: tables on which all its models are compared, whatever part they are in.
        digest: names its models and their order.
    """

    sweep: Sweep
    sizes: tuple[int, ...]
    comparison: Comparison
    digest: str

    @property
    def models(self) -> int:
        """How many there are."""
        return sum(self.sizes)

    def parts(self) -> Iterator[tuple[int, list[Scenario]]]:
        """Yield the number and the scenarios of each part."""
        left = iter(self.sweep)
        for number, size in enumerate(self.sizes):
            yield number, list(islice(left, size))


def plan_sweep(sweep: Sweep) -> SweepPlan:
    """Return the parts of a sweep; InvalidInput if one of its scenarios cannot be trained.

    All seeds of a setting are in one part.
    """
    ordered = _ordered(sweep)
    sizes, name = [0], hashlib.sha256()

    def settings() -> Iterator[Scenario]:
        for setting, seeds in groupby(ordered, Scenario.configuration):
            resolve(setting)
            count = sum(1 for _ in seeds)
            if sizes[-1] and sizes[-1] + count > MODELS_A_PART:
                sizes.append(0)
            sizes[-1] += count
            name.update(f"{setting.to_json()} {count}\n".encode())
            yield setting

    comparison = Comparison.of(settings())
    return SweepPlan(
        sweep=ordered, sizes=tuple(sizes), comparison=comparison, digest=name.hexdigest()
    )


def _ordered(sweep: Sweep) -> Sweep:
    """Return a sweep whose seeds change first, then where a model is used."""

    def place(name: str) -> int:
        return 2 if name == "seed" else int(name in DEPLOYMENT_FIELDS)

    axes = {name: sweep.axes[name] for name in sorted(sweep.axes, key=place)}
    return Sweep(base=sweep.base, axes=axes, seeds=sweep.seeds)
