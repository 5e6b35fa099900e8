"""What the page about shifts measures: trained settings along an intensity, side by side, together.

Where only deployments differ, every setting is trained once for each seed; where the people in
training differ, once for each shift too.  Torch-free.
"""

from collections.abc import Sequence

from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.compose import DEPLOYMENT, TRAINING, Side, causal_order
from tradeoffs.experiments.designs import baseline, replicate
from tradeoffs.experiments.plan import available_shifts, possible
from tradeoffs.scenario import Scenario, Shifts

INTENSITIES = (0.0, 0.25, 0.5, 0.75, 1.0)
SEEDS = 3
EPSILONS, GAPS = (0.3, 1.0, None), (0.05, None)


def settings(here: Scenario) -> list[Scenario]:
    """Return the settings that are followed, without shift: a coarse front around `here`."""
    base = without_shifts(here)
    grid = [base.but(epsilon=e, max_gap=g) for e in EPSILONS for g in GAPS]
    return list(dict.fromkeys([base, baseline(base), *grid]))


def side(here: Scenario) -> Side:
    """Return whom the shifts of a setting change: people in training if any is stated there."""
    return TRAINING if here.training_shifts else DEPLOYMENT


def stated_shifts(here: Scenario) -> Shifts:
    """Return the shifts of a setting on its side."""
    return here.training_shifts or here.other_shifts


def without_shifts(setting: Scenario) -> Scenario:
    """Return a setting without shifts."""
    first = Scenario().shift
    return setting.but(shift=first, shift_intensity=0.0, other_shifts=(), training_shifts=())


def with_shifts(setting: Scenario, shifts: Shifts, where: Side = DEPLOYMENT) -> Scenario:
    """Return a setting under shifts on one side and none on the other."""
    return without_shifts(setting).but(**{FIELDS[where]: shifts})


FIELDS: dict[Side, str] = {DEPLOYMENT: "other_shifts", TRAINING: "training_shifts"}


def strength(here: Scenario) -> float:
    """Return the intensity of the strongest shift of a setting."""
    return max((t for _, t in stated_shifts(here)), default=0.0)


def scale(shifts: Shifts, intensity: float) -> Shifts:
    """Return shifts in their proportion, the strongest at an intensity in [0, 1].

    >>> scale((("prior", 0.5), ("flips", 0.25)), 1.0)
    (('prior', 1.0), ('flips', 0.5))
    """
    most = max((t for _, t in shifts), default=1.0)
    return causal_order((name, t / most * intensity) for name, t in shifts)


def intensity_grid(here: Scenario, shifts: Shifts) -> list[Scenario]:
    """Return every setting at every intensity; the shifts grow together, on the side of `here`."""
    where = side(here)
    every = [with_shifts(s, scale(shifts, t), where) for t in INTENSITIES for s in settings(here)]
    return [one for one in every if possible(one)]


def shift_choices(here: Scenario) -> tuple[str, ...]:
    """Return one name for each shift that the table can have on a side, the first option's."""
    names = available_shifts(here.dataset, here.label, here.protected, side(here))
    first = {name.partition(".")[0]: name for name in reversed(names)}
    return tuple(first[name] for name in SHIFTS if name in first)


def side_by_side(here: Scenario, intensity: float) -> list[Scenario]:
    """Return the setting under each shift alone, and under none."""
    where, alone = side(here), [((name, intensity),) for name in shift_choices(here)]
    every = [with_shifts(here, shifts, where) for shifts in ((), *alone)]
    return [one for one in every if possible(one)]


def alone_and_together(here: Scenario, shifts: Shifts) -> list[Scenario]:
    """Return the setting under no shift, under each alone, and under all together."""
    where = side(here)
    return [with_shifts(here, part, where) for part in ((), *((one,) for one in shifts), shifts)]


def trainings(wanted: Sequence[Scenario]) -> list[Scenario]:
    """Return the scenarios with the seeds of their trainings, seed after seed, each once."""
    return sorted(replicate(wanted, SEEDS), key=lambda one: one.seed)
