"""Cards: the four objectives at the setting, beside no constraint and no privacy."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.designs import baseline, is_baseline
from tradeoffs.experiments.plan import deployment
from tradeoffs.fronts import Difference, difference
from tradeoffs.fronts.replicates import Replicates
from tradeoffs.fronts.sampling_error import accuracy_error, unpaired_error
from tradeoffs.fronts.sampling_error import gap_error as error_of_gap
from tradeoffs.language.translation import say, translate
from tradeoffs.report.evaluation_people import (
    decision_matrix,
    denominator_mask,
    evaluation_people,
)
from tradeoffs.report.text import add_interval, interval_points, number, percent, points
from tradeoffs.report.titles import attribute
from tradeoffs.report.view import Row, View, objective_of
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.fidelity import FIDELITY
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import ComparedGroups
from tradeoffs.values.privacy.interpretation import guess

if TYPE_CHECKING:
    import pandas as pd

Decisions = Callable[[Scenario], Mapping[int, bytes]]  # on report, by seed
DIFFERENCES = {  # by whether an interval covers test rows, and excludes no difference
    (True, False): "{change} (95 %: {interval}), within chance",
    (False, True): "{change} (95 % over seeds, not test rows: {interval})",
    (False, False): "{change} (95 % over seeds, not test rows: {interval}), within chance",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """One objective at the setting.

    Attributes:
        name: Of the objective.
        title: For the screen.
        value: In words, or why there is none.
        change: Against no constraint and no privacy, with its interval; None if there is none.
        detail: One line more.
        difference: The numbers behind `change`; None if they could not be had.
    """

    name: str
    title: str
    value: str
    change: str | None
    detail: str
    difference: Difference | None = None


def cards(shown: View, decisions: Decisions) -> list[Card]:
    """Return the four cards of a view; a setting without results yet gives none."""
    if shown.here_row is None:
        return []
    row = shown.points[shown.here_row]
    errors = sampling_errors(shown.groups, shown.here, baseline(shown.here), decisions)
    return [
        _measured(shown, row, "accuracy", say("Accuracy"), errors, _correct(shown)),
        _measured(shown, row, "gap", NOTIONS[shown.here.notion].axis, errors, _whose(shown)),
        _privacy(row),
        _measured(
            shown,
            row,
            "fidelity",
            FIDELITY.title,
            errors,
            _weighted(_agreement(row), shown, used=False),
        ),
    ]


def cards_table(shown: list[Card]) -> "pd.DataFrame":
    """Return the cards as a table."""
    import pandas as pd

    return pd.DataFrame(
        [
            {"objective": c.title, "value": c.value, "change": c.change or "", "detail": c.detail}
            for c in shown
        ]
    )


def _measured(
    shown: View, row: Row, column: str, title: str, errors: Mapping[str, float], detail: str
) -> Card:
    if math.isnan(row[column]):
        value = say("not measurable")
        return Card(name=column, title=title, value=value, change=None, detail=detail)
    found = compare_with_baseline(shown, column, errors.get(column))
    return Card(
        name=column,
        title=title,
        value=percent(row[column]),
        change=None if found is None else difference_text(found),
        detail=detail,
        difference=found,
    )


def compare_with_baseline(shown: View, column: str, sampling_se: float | None) -> Difference | None:
    """Return the setting minus its untouched twin; None if it is that twin, or not measured."""
    other = baseline(shown.here)
    if is_baseline(shown.here) or shown.baseline_row is None:
        return None
    return compare_settings(shown, shown.here, other, column, sampling_se)


def compare_settings(
    shown: View, one: Scenario, other: Scenario, column: str, sampling_se: float | None
) -> Difference | None:
    """Return one setting minus another over common seeds; None if it cannot be measured."""
    return compare_results(shown.results, one, other, column, sampling_se)


def compare_results(
    results: Replicates, one: Scenario, other: Scenario, column: str, sampling_se: float | None
) -> Difference | None:
    """Return the same of results that are no view."""
    here, there = configuration(one), configuration(other)
    try:
        return difference(results, here, there, column, sampling_se=sampling_se)
    except NotMeasurable:
        return None


def compare_on_same_rows(
    shown: View, one: Scenario, other: Scenario, column: str, decisions: Decisions
) -> Difference | None:
    """Return one setting minus another, over seeds and test rows as the cards have it."""
    errors = sampling_errors(shown.groups, one, other, decisions)
    return compare_settings(shown, one, other, column, errors.get(column))


def difference_text(found: Difference) -> str:
    """Return a difference with its interval, what that leaves out, and whether it is chance."""
    told = points(found.mean)
    if found.interval is None:
        return say("{change} (one seed: no interval yet)", change=told)
    interval = interval_points(*found.interval)
    if found.test_rows and found.distinguishable:
        return add_interval(told, interval)
    case = found.test_rows, bool(found.distinguishable)
    return say(DIFFERENCES[case], change=told, interval=interval)


def _privacy(row: Row) -> Card:
    spent = row["epsilon_spent"]
    if math.isnan(spent):
        told = say("not declared"), say("clipping without noise promises nothing")
    elif math.isinf(spent):
        told = (
            translate("none", "budget"),
            say("nothing bounds what can be guessed about a person"),
        )
    else:
        told = (
            f"ε = {number(spent)}",
            say(
                "an attacker guessing whether a person's record was used is right {often} (a coin "
                "flip: 50)",
                often=guess(spent),
            ),
        )
    title, (value, detail) = say("Privacy budget"), told
    return Card(name="epsilon", title=title, value=value, change=None, detail=detail)


def _correct(shown: View) -> str:
    reference = objective_of("accuracy", shown.here).reference
    told = say(
        "correct predictions; one prediction for everybody, {share}", share=percent(reference)
    )
    return _weighted(told, shown)


def _agreement(row: Row) -> str:
    return say(
        "a tree of eight rules reproduces {share} of decisions, one prediction for everybody "
        "{constant}; fidelity is this gain as a share of the largest possible gain",
        share=percent(row["fidelity_agreement"]),
        constant=percent(row["fidelity_baseline"]),
    )


def gap_error(shown: View, decisions: Decisions) -> float:
    """Return the standard error of a setting's gap over test rows; 0 while it has no results."""
    own = decisions(shown.here)
    if not own:
        return 0.0
    table = evaluation_people(shown.here)
    return _gap_error(shown.here, shown.groups, table, decision_matrix(own, own, table.rows))


def sampling_errors(
    groups: ComparedGroups, here: Scenario, there: Scenario, decisions: Decisions
) -> Mapping[str, float]:
    """Return the standard errors over test rows of the differences that can be paired."""
    own, other = (decisions(s) for s in (here, there))
    seeds = sorted(own.keys() & other.keys())
    if not seeds or here == there:
        return {}
    one, two = (tuple((seed, each[seed]) for seed in seeds) for each in (own, other))
    return _paired_errors(groups, here, there, one, two)


@table_cache
@lru_cache(maxsize=1_000)  # a front has some 50 pairs, and is drawn again at every result
def _paired_errors(
    groups: ComparedGroups,
    here: Scenario,
    there: Scenario,
    own: tuple[tuple[int, bytes], ...],
    other: tuple[tuple[int, bytes], ...],
) -> Mapping[str, float]:
    table, moved = evaluation_people(here), evaluation_people(there)
    seeds = [seed for seed, _ in own]
    one, two = (
        decision_matrix(dict(own), seeds, table.rows),
        decision_matrix(dict(other), seeds, moved.rows),
    )
    if deployment(here) != deployment(there):
        right = one == table.label, two == moved.label
        weights = table.sample_weight, moved.sample_weight
        return {"accuracy": unpaired_error(right[0], table.row_id, right[1], moved.row_id, weights)}
    return row_errors(here, groups, table, one, two)


def row_errors(
    here: Scenario,
    groups: ComparedGroups,
    table: Table,
    one: np.ndarray,
    two: np.ndarray | None = None,
) -> dict[str, float]:
    """Return the standard errors over test rows of a model, or of what two differ by, by column.

    Where all decisions are alike a difference is as uncertain as one more person makes it.

    Args:
        here: whose notion and attribute the gap has.
        groups: between whom it is.
        table: the test rows.
        one: (seeds, rows) bool decisions.
        two: the same of the model it is compared with, or None.
    """
    found = {"accuracy": accuracy_error(table.label, one, two, table.sample_weight)}
    if NOTIONS[here.notion].rates:
        found["gap"] = _gap_error(here, groups, table, one, two)
    return {column: max(error, 1 / table.effective_rows) for column, error in found.items()}


def _gap_error(
    here: Scenario,
    groups: ComparedGroups,
    table: Table,
    one: np.ndarray,
    two: np.ndarray | None = None,
) -> float:
    group, names = table.group_of(here.protected)
    rates = NOTIONS[here.notion].rates
    if not rates:  # no rate of decisions: seeds alone tell
        return 0.0
    compared = groups.among(names)
    inside = [denominator_mask(r, table.label) for r in rates]
    return error_of_gap(group, compared, inside, one, two, table.sample_weight)


def _whose(shown: View) -> str:
    chosen, groups = NOTIONS[shown.here.notion], shown.groups
    by = attribute(shown.here)
    told = say("{notion}, by {attribute}", notion=chosen.title, attribute=by)
    if groups.left_out:
        told = say(
            "{notion}, by {attribute}, {compared} of {every} groups",
            notion=chosen.title,
            attribute=by,
            compared=len(groups.groups),
            every=len(groups.groups) + len(groups.left_out),
        )
    return _weighted(told, shown, used=chosen.gap is not None)


def _weighted(told: str, shown: View, *, used: bool = True) -> str:
    """Return a detail with whether the survey weight of the table is used, if it has one."""
    if not dataset(shown.here.dataset).codebook.weight:
        return told
    return (
        say("{detail}, weighted", detail=told) if used else say("{detail}, unweighted", detail=told)
    )
