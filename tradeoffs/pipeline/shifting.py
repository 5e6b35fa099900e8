"""What the page about shifts measures: trained settings along an intensity, side by side, together.

Only deployments differ, so every setting is trained once for each seed.  Torch-free.
"""

from collections.abc import Sequence

from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.compose import offered, ordered
from tradeoffs.pipeline.resolve import resolve
from tradeoffs.pipeline.sections import untouched
from tradeoffs.scenario import Scenario, Shifts

INTENSITIES = (0.0, 0.25, 0.5, 0.75, 1.0)
SEEDS = 3
EPSILONS, GAPS = (0.3, 1.0, None), (0.05, None)


def settings(here: Scenario) -> list[Scenario]:
    """Return the settings that are followed, without shift: a coarse front around `here`."""
    base = at(here, ())
    grid = [base.but(epsilon=e, max_gap=g) for e in EPSILONS for g in GAPS]
    return list(dict.fromkeys([base, untouched(base), *grid]))


def at(setting: Scenario, shifts: Shifts) -> Scenario:
    """Return a setting at another deployment."""
    return setting.but(shift=SHIFT, shift_intensity=0.0, other_shifts=shifts)


SHIFT = Scenario().shift


def scaled(shifts: Shifts, intensity: float) -> Shifts:
    """Return shifts with their intensities multiplied by one number in [0, 1]."""
    return ordered((name, t * intensity) for name, t in shifts)


def along(here: Scenario, shifts: Shifts) -> list[Scenario]:
    """Return every setting at every intensity; the shifts grow together."""
    return [at(s, scaled(shifts, t)) for t in INTENSITIES for s in settings(here)]


def on_offer(here: Scenario) -> tuple[str, ...]:
    """Return one name for each shift that the table can have at deployment, the first option's."""
    plan = resolve(here)
    book = plan.dataset.codebook
    names = offered("deployment", book, book.label(here.label), here.protected, False)
    first = {name.partition(".")[0]: name for name in reversed(names)}
    return tuple(first[name] for name in SHIFTS if name in first)


def side_by_side(here: Scenario, intensity: float) -> list[Scenario]:
    """Return the setting and its untouched twin under each shift alone, and under none."""
    pair = list(dict.fromkeys([at(here, ()), untouched(at(here, ()))]))
    alone = [((name, intensity),) if intensity else () for name in on_offer(here)]
    return [at(s, shifts) for s in pair for shifts in ((), *alone)]


def apart(here: Scenario, shifts: Shifts) -> list[Scenario]:
    """Return the setting under no shift, under each alone, and under all together."""
    return [at(here, part) for part in ((), *((one,) for one in shifts), shifts)]


def replicated(wanted: Sequence[Scenario], seeds: int = SEEDS) -> list[Scenario]:
    """Return the scenarios with seeds counted up from their own, seed after seed, each once."""
    return [
        one.model_copy(update={"seed": one.seed + seed})
        for seed in range(seeds)
        for one in dict.fromkeys(wanted)
    ]
