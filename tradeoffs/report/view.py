"""The view: everything the screen shows, computed once from the results that have arrived."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from tradeoffs.experiments.designs import baseline
from tradeoffs.fields import BASELINE, CURVES
from tradeoffs.fronts import AXES, Front, Objective, Remark, band, front, remarks
from tradeoffs.fronts.bands import Band
from tradeoffs.fronts.remarks import COLUMNS
from tradeoffs.fronts.replicates import REPORT, Key, Replicates
from tradeoffs.language.current import ENGLISH, in_language
from tradeoffs.language.translates import copy_entry
from tradeoffs.measurement import SPLITS
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.sentences.front_status import elsewhere, standing_words
from tradeoffs.results import CONFIGURATION, configuration
from tradeoffs.scenario import Scenario
from tradeoffs.stats.means import means
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import ComparedGroups
from tradeoffs.values.fairness.notion import Notion

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]  # of a table: column -> value
Errors = Callable[[Scenario, Scenario], Mapping[str, float]]
MEASURED = (
    "accuracy",
    "gap",
    "epsilon_spent",
    "fidelity",
    "fidelity_agreement",
    "fidelity_baseline",
    "selection_rate",
    "true_positive_rate",
    "auc",
    "log_loss",
)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class View:
    """The front of two objectives around one setting, among models used on the same people.

    Where no axis shows privacy, the front is that of the setting's privacy budget: a model that
    promises less is no alternative. Nor is one at another deployment, so it is on no front; it is
    drawn only as the section along the shift.

    Attributes:
        here: The setting.
        x: Objective to the right.
        y: Objective upwards.
        groups: Between whom the gap is, in everything that is drawn.
        results: What the view was made of.
        own: Rows of the setting's results on report, one a seed.
        front: Chosen on select, shown on report.
        of_budget: Whether only settings of the setting's privacy budget compete for it.
        unprotected: The front among the settings without privacy; None where `front` holds them.
        points: Those of the front, with their `remarks` on report, and the `standing_words`.
        band: The front's attainment surfaces over seeds.
        slices: Slider -> configurations along it with everything else as here, in the slider's
            order: means on report, `_sd` over seeds, `seeds`, `remarks`, `standing_words`.
        here_row: Number of the setting's point; None if it has none (yet).
        baseline_row: The same of the setting without constraint and privacy.
    """

    here: Scenario
    x: Objective
    y: Objective
    groups: ComparedGroups
    results: Replicates
    own: Sequence[Row]
    front: Front
    of_budget: bool
    unprotected: Front | None
    points: Sequence[Row]
    band: Band
    slices: Mapping[str, Sequence[Row]]
    here_row: int | None
    baseline_row: int | None

    @property
    def table(self) -> "pd.DataFrame":
        """The points as a table."""
        more = {name: [row[name] for row in self.points] for name in ("remarks", "standing_words")}
        return self.front.table.assign(**more)

    @property
    def training(self) -> Row:
        """One result of the setting: what noise it was trained with is alike for all its seeds."""
        return self.own[0] if self.own else {}

    def seeds(self, column: str) -> np.ndarray:
        """Return what was measured of the setting: (seeds,), NaN where it was not."""
        return np.array([row.get(column, math.nan) for row in self.own], dtype=float)


def view(
    results: Replicates,
    own: Sequence[Row],
    here: Scenario,
    x: str,
    y: str,
    groups: ComparedGroups,
    errors: Errors = lambda one, other: {},
    *,
    every_budget: bool = False,
) -> View | None:
    """Return the view of some results, or None while no configuration has both objectives.

    Args:
        results: From `fronts.sweep`, with the columns of `view_columns`.
        own: Rows of the setting's results on report, from `comparison.rows`.
        here: The setting of the sliders.
        x: Name of the objective to the right.
        y: Name of the objective upwards.
        groups: Between whom the gaps of the results are.
        errors: Column -> standard error over test rows of what two settings differ by; what is
            beaten is so by seeds alone where it is missing.
        every_budget: Whether settings of every budget compete, whatever the axes.
    """
    axes = objective_of(x, here), objective_of(y, here)
    same = results.some(
        _alike(results, here, ("shift_intensity",)),
        dict.fromkeys([*MEASURED, *(axis.column for axis in axes)]),
    )
    of_budget = not every_budget and "privacy" not in (x, y)
    choose = partial(
        front,
        same,
        axes,
        errors=lambda one, other: errors(scenario_of(one, here), scenario_of(other, here)),
    )
    chosen = choose(competing=same_budget(same, here) if of_budget else True)
    if not chosen.points:
        return None
    without = of_budget and here.mechanism != "none"
    unprotected = choose(competing=same_budget(same, baseline(here))) if without else None
    told = remarks(results)
    words = dict(zip(chosen.keys, standing_words(chosen.points, unprotected), strict=True))
    slim = results.some(columns=same.columns)
    return View(
        here=here,
        x=axes[0],
        y=axes[1],
        groups=groups,
        results=results,
        own=own,
        front=chosen,
        of_budget=of_budget,
        unprotected=unprotected,
        points=_in_words(chosen.points, told, words),
        band=band(same, chosen, *axes, percentiles=(25, 75)),
        slices={name: _in_words(slice_along(slim, here, name), told, words) for name in CURVES},
        here_row=row_of(chosen.points, here),
        baseline_row=row_of(chosen.points, baseline(here)),
    )


def view_columns(x: str, y: str) -> tuple[str, ...]:
    """Return the columns that a view of two objectives is made of.

    Groups that are left out are so of everything that is drawn, which is said once beside it.
    """
    remarked = [name for name in COLUMNS if name != "groups_left_out"]
    return tuple(dict.fromkeys([*MEASURED, *remarked, AXES[x].column, AXES[y].column]))


def same_budget(results: Replicates, here: Scenario) -> np.ndarray:
    """Return whether each configuration has the privacy of a setting: (configurations,) bool."""
    found = np.zeros(len(results.keys), dtype=bool)
    found[_alike(results, here, ("mechanism", "epsilon"))] = True
    return found


def _alike(results: Replicates, here: Scenario, names: Sequence[str]) -> list[int]:
    """Return the configurations that have some values of a setting."""
    wanted = configuration(here)
    fields = [(results.configuration.index(name), wanted[name]) for name in names]
    keys = enumerate(results.keys)
    return [row for row, key in keys if all(key[place] == value for place, value in fields)]


def objective_of(name: str, here: Scenario) -> Objective:
    """Return an objective as it is here: the notion's gap, and accuracy above a constant answer."""
    if name == "fairness":
        return GAPS[here.notion]
    entry = AXES[name]
    if name != "accuracy":
        return entry
    people = evaluation_people(here)
    positive = float(np.average(people.label, weights=people.sample_weight))
    return copy_entry(entry, reference=max(positive, 1 - positive))


def _gap_of(chosen: Notion) -> Objective:
    """Return the axis of fairness as a notion has it."""
    with in_language(ENGLISH):  # an entry is as it was written
        return replace(
            AXES["fairness"],
            title=chosen.axis,
            words=f"fairness: {chosen.words}",
            unit=chosen.unit,
            help=chosen.help,
            reference=chosen.reference,
        )


GAPS = {name: _gap_of(one) for name, one in NOTIONS.items()}


def _in_words(
    rows: Sequence[Row], told: Mapping[Key, Sequence[Remark]], words: Mapping[Key, str]
) -> list[Row]:
    """Return configurations with their remarks and their standing."""
    found = []
    for row in rows:
        own = key_of(row)
        more = {"remarks": told[own], "standing_words": words.get(own, elsewhere())}
        found.append({**row, **more})
    return found


def key_of(row: Row) -> Key:
    """Return the configuration of a row."""
    return tuple(row[name] for name in CONFIGURATION)


def slice_along(results: Replicates, here: Scenario, slider: str) -> list[Row]:
    """Return means on report along one slider with everything else as here, in its order."""
    part = results.some(_along(results, here, slider))
    found = means(part.values[REPORT], part.present[REPORT])
    columns = [*part.configuration, "split", "seeds"]
    columns += [*part.columns, *(f"{name}_sd" for name in part.columns)]
    measured = zip(
        part.keys, found.seeds.tolist(), found.mean.tolist(), found.sd.tolist(), strict=True
    )
    return [
        dict(zip(columns, [*key, SPLITS[REPORT], seeds, *mean, *sd], strict=True))
        for key, seeds, mean, sd in measured
    ]


def _along(results: Replicates, here: Scenario, slider: str) -> list[int]:
    """Return the configurations that differ from here in nothing but one slider, in its order.

    The privacy budget ends in no mechanism; clipping alone is no point along it, nor noise along
    clipping.
    """
    fields = configuration(here)
    if slider == "epsilon" and here.mechanism == "none":
        fields["mechanism"] = "dp"
    unclipped = {name: BASELINE[name] for name in ("mechanism", "clipping")}
    found = []
    for row in range(len(results.keys)):
        one = results.named(row)
        differing = {name for name, value in fields.items() if one[name] != value} - {slider}
        ending = slider == "epsilon" and unclipped.items() <= one.items()
        if not (differing - unclipped.keys() if ending else differing):
            found.append((math.inf if one[slider] is None else one[slider], row))
    return [row for _, row in sorted(found)]


def row_of(rows: Sequence[Row], scenario: Scenario) -> int | None:
    """Return the number of a configuration's row, or None."""
    wanted = tuple(configuration(scenario).values())
    return next((number for number, row in enumerate(rows) if key_of(row) == wanted), None)


def records(table: "pd.DataFrame") -> list[Row]:
    """Return the rows of a table; pandas' own `to_dict` takes many times as long."""
    names = [str(name) for name in table.columns]
    rows = table.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in rows]


def scenario_of(row: Row, here: Scenario) -> Scenario:
    """Return the scenario of a row of configurations, with the seed of `here`."""
    return scenario(key_of(row), here.seed)


@lru_cache(maxsize=4_000)
def scenario(key: Key, seed: int) -> Scenario:
    """Return the scenario of a key of configurations."""
    fields = dict(zip(CONFIGURATION, key, strict=True))
    fields["epsilon"] = None if fields["mechanism"] == "none" else fields["epsilon"]
    return Scenario.of(**fields, seed=seed)
