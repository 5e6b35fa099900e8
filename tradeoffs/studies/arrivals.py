"""Arrivals: promises made among the people from here, measured as newcomers join them.

Models are trained on people from here alone.  They are measured on others from here and on all
newcomers, of whom none was trained on; a share of newcomers is a weight, so it is met exactly.
"""

from typing import Any, NamedTuple

import numpy as np

from tradeoffs.data.load import load_split
from tradeoffs.data.newcomers import newcomers
from tradeoffs.data.sample import subsample
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.fronts.sampling_error import GapInfluence, difference_error
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.stats.proportions import NORMAL
from tradeoffs.stats.two_way import influence_error

SHARES = tuple(n / 10 for n in range(11))  # of newcomers; 0 is before, 1 them alone
Record = dict[str, Any]


class Point(NamedTuple):
    """Measures at one share of newcomers, by training, and how far each person moves them."""

    right: np.ndarray  # (trainings,)
    right_pulls: np.ndarray  # (trainings, rows)
    gap: np.ndarray  # (trainings,)
    gap_pulls: GapInfluence


def answer(scenario: Scenario) -> list[Record]:
    """Return how accuracy and the gap stand at every share of newcomers.

    Records: `share` of newcomers; `measure`, which is "accuracy", "accuracy_change" (against
    before), "gap" (of selection rates between groups), "gap_change" or "gap_room" (the bound of the
    scenario minus the gap; absent without one); `value`, `low`, `high` (over people and training
    runs); `newcomers` and `others`, how many people were measured; `broken`, which promise the
    intervals say is broken at this share: "accuracy", "gap", "both" or "neither".

    Args:
        scenario: without a mechanism, on a table that records origin, with demographic parity.

    Raises:
        InvalidInput: another scenario than that.
    """
    if scenario.notion != "demographic_parity":
        raise InvalidInput(
            "only_with", field="notion", value=scenario.notion, wanted="demographic_parity"
        )
    here, elsewhere = _measured(scenario)
    decided = _decided(scenario, (*here, *elsewhere))
    label, group = (
        np.concatenate([values(table) for table in (*here, *elsewhere)])
        for values in (lambda t: t.label, lambda t: t.group_of(scenario.protected)[0])
    )
    new = np.arange(len(label)) >= sum(table.rows for table in here)
    counts = {"newcomers": int(new.sum()), "others": int((~new).sum())}
    found = [at_share(share, decided, label, group, new) for share in SHARES]
    records: list[Record] = []
    for share, own in zip(SHARES, found, strict=True):
        measured = measures(own, found[0], scenario.max_gap)
        stated = {name: estimate(*one).record for name, one in measured.items()}
        at = {"share": share, "broken": _broken(stated), **counts}
        records += [at | {"measure": name} | one for name, one in stated.items()]
    return records


def _measured(scenario: Scenario) -> tuple[list[Table], list[Table]]:
    """Return test people from here, and newcomers of all splits."""
    split = load_split(scenario.dataset, scenario.label)
    tables = (split.select, split.report)
    here = [table.take(newcomers(table)[1]) for table in tables]
    return here, [table.take(newcomers(table)[0]) for table in (*tables, split.train)]


def _decided(scenario: Scenario, tables: tuple[Table, ...]) -> np.ndarray:
    """Return (trainings, rows) bool: decisions of models trained on people from here."""
    train = load_split(scenario.dataset, scenario.label).train
    home = train.take(newcomers(train)[1])
    samples = [subsample(home, scenario.rows, scenario.seed + i) for i in range(SEEDS)]
    fitted = fit_tables(scenario, samples, (scenario.max_gap,), scenario.seed)
    vectors = [models[0] for models in fitted]
    return np.concatenate([table_decisions(vectors, scenario.width, t) for t in tables], 1)


def at_share(
    share: float, decided: np.ndarray, label: np.ndarray, group: np.ndarray, new: np.ndarray
) -> Point:
    """Return right answers and the gap where this share of the people are newcomers.

    Args:
        share: of newcomers.
        decided: (trainings, rows) bool.
        label: (rows,) bool.
        group: (rows,) int codes.
        new: (rows,) bool, who is a newcomer.
    """
    weight = np.where(new, share / new.sum(), (1 - share) / (~new).sum())
    right = (decided == label) * weight
    rates, pulls = [], []
    for code in range(int(group.max()) + 1):
        own = weight * (group == code)
        own = own / own.sum()
        rates.append(decided @ own)
        pulls.append(_centred(own * (decided - rates[-1][:, None]), new))
    mean = np.mean(rates, axis=1)
    high, low = int(mean.argmax()), int(mean.argmin())
    apart, gap = pulls[high] - pulls[low], float(mean[high] - mean[low])
    sure = gap > NORMAL * influence_error(apart)
    return Point(
        right.sum(1),
        _centred(right, new),
        rates[high] - rates[low],
        GapInfluence(apart, gap, (0, high, low), sure),
    )


def _centred(parts: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Return what (trainings, rows) parts of a sum are beyond the mean of those of one origin."""
    found = np.array(parts, dtype=float)
    for origin in (new, ~new):
        found[:, origin] -= found[:, origin].mean(1, keepdims=True)
    return found


def measures(own: Point, before: Point, bound: float | None) -> dict[str, tuple]:
    """Return each measure by training, with its error that lies in the people."""
    gap = influence_error(own.gap_pulls.influence)
    found = {
        "accuracy": (own.right, influence_error(own.right_pulls)),
        "gap": (own.gap, gap),
        "accuracy_change": (
            own.right - before.right,
            influence_error(own.right_pulls - before.right_pulls),
        ),
        "gap_change": (own.gap - before.gap, difference_error(own.gap_pulls, before.gap_pulls)),
    }
    return found if bound is None else found | {"gap_room": (bound - own.gap, gap)}


def _broken(stated: dict[str, dict[str, float]]) -> str | None:
    """Return which promise lies wholly on the wrong side of its bound; None without a bound."""
    if "gap_room" not in stated:
        return None
    fewer, above = (stated[name]["high"] < 0 for name in ("accuracy_change", "gap_room"))
    return "both" if fewer and above else "accuracy" if fewer else "gap" if above else "neither"
