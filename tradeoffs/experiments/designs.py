"""What a move of a slider trains: the sections through the setting, and the cloud behind them.

A section is the curve of models along one slider with the others held; the cloud is a coarse grid
over all of them.  Torch-free: pages ask for these lists and show what arrives.
"""

from collections.abc import Sequence

from tradeoffs.data.catalogue import dataset
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import possible, resolve
from tradeoffs.fields import BASELINE, CURVES, FIELDS, LARGEST_SEED, SEEDS
from tradeoffs.scenario import MOST_SEEDS, Scenario, Sweep
from tradeoffs.values.fairness.catalogue import NOTIONS

SLIDERS: dict[str, tuple[float | None, ...]] = {n: tuple(FIELDS[n].values) for n in CURVES}
GRID = {name: FIELDS[name].coarse for name in CURVES if FIELDS[name].coarse}


def row_choices(name: str, label: str | None = None) -> tuple[int, ...]:
    """Return the sizes of training tables to choose from, the whole table last.

    Args:
        name: of the dataset.
        label: how many people there are depends on it; None is the default label.
    """
    entry = dataset(name)
    most = entry.label(label).train_rows if label else entry.rows
    return (*(rows for rows in FIELDS["rows"].values if rows < most), most)


def baseline(scenario: Scenario) -> Scenario:
    """Return the same deployment of a model with no constraint and no privacy."""
    return scenario.but(**BASELINE)


def is_baseline(scenario: Scenario) -> bool:
    """Say whether a setting is the untouched model, however it is called: a stage may be idle."""
    twin = baseline(scenario)
    return scenario == twin or resolve(scenario).result_key == resolve(twin).result_key


def slider_values(field: str, scenario: Scenario) -> tuple[float | None, ...]:
    """Return the values of a slider that a scenario allows: no bound on what is only measured."""
    if field == "max_gap" and not NOTIONS[scenario.notion].can_be_bounded:
        return (None,)
    return SLIDERS[field]


def slices(scenario: Scenario, seeds: int = SEEDS) -> list[Scenario]:
    """Return the setting, its untouched twin and the sections, nearest values first."""
    settings = [scenario, baseline(scenario)]
    for field in SLIDERS:
        curve = [scenario.but(**{field: value}) for value in slider_values(field, scenario)]
        settings += [one for one in curve if possible(one)]  # a stage may not have them all
    near = sorted(dict.fromkeys(settings), key=lambda s: _distance(s, scenario))
    return replicate([scenario, baseline(scenario), *near], seeds)


def grid(scenario: Scenario, seeds: int = SEEDS) -> list[Scenario]:
    """Return the coarse grid at the setting's data and deployment, nearest first.

    The setting's own budget is among its budgets, so that there is a front of that budget.
    """
    allowed = {name: slider_values(name, scenario) for name in GRID}
    axes = {name: [v for v in values if v in allowed[name]] for name, values in GRID.items()}
    axes["epsilon"] = list(dict.fromkeys([*axes["epsilon"], scenario.epsilon]))
    grid = Sweep(base=scenario.but(seed=scenario.seed), axes=axes)
    near = sorted(filter(possible, grid), key=lambda s: _distance(s, scenario))
    return replicate(near, seeds)


def replicate(settings: Sequence[Scenario], seeds: int = SEEDS) -> list[Scenario]:
    """Return each different setting with the seeds of its trainings.

    The seed of a setting on screen is the number of a block: 0 has the seeds 0 to 7, 1 has 8 to
    15, so that two numbers share no training and differ by chance alone.

    Args:
        settings: each with the number of its block as its seed.
        seeds: how many of the block, from its first; where they are more than SEEDS, all blocks
            are as long.

    Raises:
        InvalidInput: too few or many seeds, or a block that ends above the largest.
    """
    if not 1 <= seeds <= MOST_SEEDS:
        raise InvalidInput("out_of_range", field="seeds", value=seeds, low=1, high=MOST_SEEDS)
    block, different = max(SEEDS, seeds), dict.fromkeys(settings)
    most = (LARGEST_SEED + 1) // block - 1
    if wrong := [one.seed for one in different if one.seed > most]:
        raise InvalidInput("seed_too_large", field="seed", value=wrong[0], high=most, block=block)
    return [
        one.model_copy(update={"seed": block * one.seed + seed})
        for one in different
        for seed in range(seeds)
    ]


def first_training(setting: Scenario) -> Scenario:
    """Return a setting on screen as the first training of its block."""
    return replicate([setting], 1)[0]


def _distance(one: Scenario, other: Scenario) -> int:
    """Return how many slider positions lie between two settings."""
    total = 0
    for field, values in SLIDERS.items():
        a, b = (_position(values, getattr(s, field)) for s in (one, other))
        total += abs(a - b)
    return total


def _position(values: Sequence[float | None], value: float | None) -> int:
    if value is None:
        return len(values) - 1
    return min(
        range(len(values)), key=lambda i: abs(value - v) if (v := values[i]) is not None else 1e9
    )
