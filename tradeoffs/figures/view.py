"""The view: everything the screen shows, computed once from the results that have arrived."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from tradeoffs.figures.crowd import crowd
from tradeoffs.figures.standing import ELSEWHERE, standing_words
from tradeoffs.fronts import AXES, Front, Objective, Remark, band, front, remarks, seed_means
from tradeoffs.fronts.replicates import keys
from tradeoffs.pipeline.sections import SLIDERS, untouched
from tradeoffs.results import CONFIGURATION
from tradeoffs.scenario import LISTS, Scenario, as_text
from tradeoffs.values.fairness.catalogue import notion
from tradeoffs.values.fairness.cells import Compared

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

    Models at another deployment are no alternatives, so they are on no front; they are drawn only
    as the section along the shift.

    Attributes:
        here: The setting.
        x: Objective to the right.
        y: Objective upwards.
        groups: Between whom the gap is, in everything that is drawn.
        results: The rows that the view was made of.
        own: The setting's among them, on report, one a seed.
        front: Chosen on select, shown on report; in its table `remarks` are those on report, and
            `standing_words` are of the `standing`.
        band: Its attainment surfaces over seeds.
        sections: Slider -> configurations along it with everything else as here, in the slider's
            order: means on report, `_sd` over seeds, `seeds`, `remarks`, `standing_words`.
        here_row: Row number of the setting in the front's table; None if it has no point (yet).
        untouched_row: The same of the setting without constraint and privacy.
    """

    here: Scenario
    x: Objective
    y: Objective
    groups: Compared
    results: pd.DataFrame
    own: pd.DataFrame
    front: Front
    band: pd.DataFrame
    sections: Mapping[str, pd.DataFrame]
    here_row: int | None
    untouched_row: int | None

    @property
    def table(self) -> pd.DataFrame:
        """One row a configuration with both objectives defined."""
        return self.front.table

    @property
    def training(self) -> Row:
        """One result of the setting: what noise it was trained with is alike for all its seeds."""
        return records(self.own.iloc[:1])[0] if len(self.own) else {}

    def row(self, number: int) -> Row:
        """Return one row of the table."""
        return records(self.table.iloc[[number]])[0]


def view(
    results: pd.DataFrame,
    here: Scenario,
    x: str,
    y: str,
    groups: Compared,
    errors: Errors = lambda one, other: {},
) -> View | None:
    """Return the view of some results, or None while no configuration has both objectives.

    Args:
        results: Tidy rows, from `comparison.table`.
        here: The setting of the sliders.
        x: Name of the objective to the right.
        y: Name of the objective upwards.
        groups: Between whom the gaps of the results are.
        errors: Column -> standard error over test rows of what two settings differ by; what is
            beaten is so by seeds alone where it is missing.
    """
    if results.empty:
        return None
    axes = _objective(x, here), _objective(y, here)
    wanted = dict.fromkeys([*MEASURED, *(axis.column for axis in axes)])
    slim = declared(results.loc[:, [*CONFIGURATION, "seed", "split", *wanted]])
    same = slim.loc[matches(slim, {"shift_intensity": here.shift_intensity})]
    if same.empty:
        return None
    chosen = front(
        same,
        axes,
        CONFIGURATION,
        errors=lambda one, other: errors(scenario_of(one, here), scenario_of(other, here)),
    )
    if chosen.table.empty:
        return None
    along = _sections(slim, here)
    told = remarks(results, CONFIGURATION)
    words = standing_words(records(chosen.table))
    standing = dict(zip(keys(chosen.table.loc[:, [*CONFIGURATION]]), words, strict=True))
    return View(
        here=here,
        x=axes[0],
        y=axes[1],
        groups=groups,
        results=results,
        own=results.loc[matches(results, key(here) | {"split": "report"})],
        front=replace(chosen, table=_in_words(chosen.table, told, standing)),
        band=band(same, chosen, *axes, percentiles=(25, 75)),
        sections={name: _in_words(table, told, standing) for name, table in along.items()},
        here_row=row_of(chosen.table, here),
        untouched_row=row_of(chosen.table, untouched(here)),
    )


def _objective(name: str, here: Scenario) -> Objective:
    """Return an objective as it is here: the notion's gap, and accuracy above a constant answer."""
    entry = AXES[name]
    if name == "fairness":
        chosen = notion(here.notion)
        return replace(
            entry,
            title=chosen.axis,
            words=chosen.words,
            unit=chosen.unit,
            help=chosen.help,
            reference=chosen.reference,
        )
    if name != "accuracy":
        return entry
    people = crowd(here)
    positive = float(np.average(people.label, weights=people.sample_weight))
    return replace(entry, reference=max(positive, 1 - positive))


def declared(results: pd.DataFrame) -> pd.DataFrame:
    """Return results whose epsilon is the one that was asked for, which bounds what was spent.

    What is spent lies up to 2 % below, by the rungs of the ladder; as an objective it would let
    equal requests beat each other.
    """
    private = matches(results, {"mechanism": "dp"})
    spent = np.where(private, results["epsilon"], results["epsilon_spent"])
    return results.assign(epsilon_spent=spent)


def _in_words(
    table: pd.DataFrame, told: Mapping[tuple, tuple[Remark, ...]], standing: Mapping[tuple, str]
) -> pd.DataFrame:
    """Return a table of configurations with columns of their remarks and their standing."""
    own = keys(table.loc[:, [*CONFIGURATION]])
    found = pd.Series([told[key] for key in own], index=table.index, dtype=object)
    return table.assign(remarks=found, standing_words=[standing.get(key, ELSEWHERE) for key in own])


def _sections(results: pd.DataFrame, here: Scenario) -> dict[str, pd.DataFrame]:
    along = {name: _along(results, here, name) for name in SLIDERS}
    means = seed_means(results.loc[np.logical_or.reduce(list(along.values()))], CONFIGURATION)
    means = means.loc[matches(means, {"split": "report"})]
    return {name: section(means, here, name) for name in SLIDERS}


def _along(table: pd.DataFrame, here: Scenario, slider: str) -> np.ndarray:
    """Return which rows differ from here in nothing but one slider.

    The privacy budget ends in no mechanism; clipping alone is no point along it, nor noise along
    clipping.
    """
    fields = key(here)
    del fields[slider]
    if slider != "epsilon":
        return matches(table, fields)
    clipping = {"mechanism": fields.pop("mechanism"), "clipping": fields.pop("clipping")}
    if here.mechanism == "none":
        clipping["mechanism"] = "dp"
    unclipped = {"mechanism": "none", "clipping": "flat"}
    return matches(table, fields) & (matches(table, clipping) | matches(table, unclipped))


def key(scenario: Scenario) -> dict[str, object]:
    """Return the configuration columns of a scenario, as they stand in a table."""
    fields = scenario.model_dump(include=set(CONFIGURATION))
    fields |= {name: as_text(fields[name]) for name in LISTS}
    fields["epsilon"] = math.inf if scenario.epsilon is None else scenario.epsilon
    fields["max_gap"] = math.nan if scenario.max_gap is None else scenario.max_gap
    return fields


def matches(table: pd.DataFrame, fields: Mapping[str, object]) -> np.ndarray:
    """Return which rows hold these values; NaN matches NaN."""
    same = np.ones(len(table), dtype=bool)
    for name, value in fields.items():
        column = table.loc[:, name]
        missing = isinstance(value, float) and math.isnan(value)
        same &= np.asarray(column.isna() if missing else column == value, dtype=bool)
    return same


def row_of(table: pd.DataFrame, scenario: Scenario) -> int | None:
    """Return the row number of a configuration, or None."""
    found = np.flatnonzero(matches(table, key(scenario)))
    return int(found[0]) if len(found) else None


def section(table: pd.DataFrame, here: Scenario, slider: str) -> pd.DataFrame:
    """Return the rows along one slider with everything else as here, in the slider's order."""
    part = table.loc[_along(table, here, slider)]
    order = np.nan_to_num(part[slider].to_numpy(dtype=float), nan=math.inf)
    return part.iloc[np.argsort(order, kind="stable")].reset_index(drop=True)


def records(table: pd.DataFrame) -> list[Row]:
    """Return the rows of a table; pandas' own `to_dict` takes many times as long."""
    names = [str(name) for name in table.columns]
    rows = table.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in rows]


def scenario_of(row: Row, here: Scenario) -> Scenario:
    """Return the scenario of a row of the front's table, with the seed of `here`."""
    fields = {name: row[name] for name in CONFIGURATION}
    fields = {k: v.item() if isinstance(v, np.generic) else v for k, v in fields.items()}
    if fields["mechanism"] == "none":
        fields["epsilon"] = None
    if isinstance(fields["max_gap"], float) and math.isnan(fields["max_gap"]):
        fields["max_gap"] = None
    return Scenario.of(**fields, seed=here.seed)
