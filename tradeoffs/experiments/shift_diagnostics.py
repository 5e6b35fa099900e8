"""What shifts move and what they leave: the same people before and after, with what is declared.

Needs no fitted classifier and no torch, so that a page can ask for it; what a reference model loses
is in `shift_report.py`.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tradeoffs.data.distribution import Distribution, distribution, rates
from tradeoffs.data.encoded import MARKS
from tradeoffs.data.load import load_codebook, load_split
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.data.shifts.compose import (
    DEPLOYMENT,
    Side,
    causal_order,
    compose,
    unmeasurable,
)
from tradeoffs.data.shifts.diagnostics import (
    ALPHA,
    ALWAYS,
    DiagnosticResult,
    diagnose,
    distance,
    interval,
)
from tradeoffs.data.table import Table
from tradeoffs.data.table_cache import table_cache
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import deployment, resolve
from tradeoffs.language.translates import original
from tradeoffs.language.translation import mark
from tradeoffs.scenario import Scenario, Shifts

EVERYBODY = mark("everybody")
BEFORE_AND_AFTER = (mark("before"), mark("after"))


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredDiagnostic:
    """One diagnostic, and what the shifts declare of it: "moves", "stays" or nothing."""

    declared: str
    found: DiagnosticResult
    tests: int  # p-values in this report, by which ALPHA is shared

    @property
    def says(self) -> str:
        """In a word: "moved", "not told apart" from no change, or "unchanged" where exactly so."""
        if self.found.value == 0:
            return "unchanged"
        if self.found.p is None:
            return "moved"
        return "moved" if self.found.p < ALPHA / self.tests else "not told apart"

    @property
    def kept(self) -> bool | None:
        """Whether what was declared came true; None where nothing was."""
        if not self.declared:
            return None
        return (self.says == "moved") == (self.declared == "moves")


@dataclass(frozen=True, kw_only=True, slots=True)
class FeatureChange:
    """A feature before and after, and how far apart: total variation with its 95 % interval."""

    shares: Distribution
    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftDiagnostics:
    """What shifts on one side change in the people they are applied to.

    Attributes:
        scenario: the setting; only its table and its shifts on the side matter.
        side: whom the shifts change: people at deployment, or people in training.
        shifts: in causal order.
        rows_before: of the report half.
        rows_after: of it after the shifts.
        parts: one for each diagnostic.
        groups: shares of the groups, before and after.
        outcomes: share of yes of everybody and of each group, before and after.
        marks: shares of the places and of the times that rows are recorded under, where they are.
        features: the one that moved most first.
    """

    scenario: Scenario
    side: Side
    shifts: Shifts
    rows_before: int
    rows_after: int
    parts: tuple[DeclaredDiagnostic, ...]
    groups: Distribution
    outcomes: Distribution
    marks: tuple[Distribution, ...]
    features: tuple[FeatureChange, ...]


def shifts_of(scenario: Scenario, side: Side) -> Shifts:
    """Return the shifts of a scenario on one side, in causal order.

    Raises:
        InvalidInput: the scenario has none there, or one that its table cannot have.
    """
    resolve(scenario)
    deployed = side == DEPLOYMENT
    shifts = deployment(scenario)[0] if deployed else causal_order(scenario.training_shifts)
    if not shifts:
        raise InvalidInput("no_deployment_shift" if deployed else "no_training_shift")
    return shifts


@table_cache
@lru_cache(maxsize=32)
def shift_diagnostics(scenario: Scenario, side: Side = DEPLOYMENT) -> ShiftDiagnostics:
    """Return what the shifts of a scenario on one side change; of a tenth of a second.

    Args:
        scenario: with the shifts.
        side: whose shifts are looked at, without those of the other side.

    Raises:
        InvalidInput: as `shifts_of`.
        NotMeasurable: the shifts leave too few rows, or nobody of a group.
    """
    shifts, protected = shifts_of(scenario, side), scenario.protected
    split = load_split(scenario.dataset, scenario.label)
    before, after = split.report, compose(split.report, shifts, 0, protected)
    if reason := unmeasurable(before, after, protected if side == DEPLOYMENT else None):
        raise reason
    groups, outcomes = _groups(before, after, scenario)
    return ShiftDiagnostics(
        scenario=scenario,
        side=side,
        shifts=shifts,
        rows_before=before.rows,
        rows_after=after.rows,
        parts=_declared(shifts, split.select, before, after, protected),
        groups=groups,
        outcomes=outcomes,
        marks=_marks(before, after),
        features=_features(before, after),
    )


def _declared(
    shifts: Shifts, source: Table, before: Table, after: Table, protected: str
) -> tuple[DeclaredDiagnostic, ...]:
    entries = [shift(name) for name, _ in shifts]
    moves = dict.fromkeys(name for entry in entries for name in entry.moved)
    stays = [name for name in entries[0].still if all(name in e.still for e in entries)]
    names = dict.fromkeys((*moves, *stays, *ALWAYS))
    found = [diagnose(name, source, before, after, protected) for name in names]
    tests = sum(one.p is not None for one in found)
    declared = dict.fromkeys(stays, "stays") | dict.fromkeys(moves, "moves")
    return tuple(
        DeclaredDiagnostic(declared=declared.get(f.name, ""), found=f, tests=tests) for f in found
    )


def _groups(before: Table, after: Table, scenario: Scenario) -> tuple[Distribution, Distribution]:
    """Return the shares of the groups, and the rate of yes of everybody and of each group."""
    tables = (before, after)
    codes = [table.group_of(scenario.protected)[0] for table in tables]
    names = before.group_of(scenario.protected)[1]
    held = [code for code in range(len(names)) if any((one == code).any() for one in codes)]
    yes = [
        [table.label[one == code] for table, one in zip(tables, codes, strict=True)]
        for code in held
    ]
    label = load_codebook(scenario.dataset).label(scenario.label)
    shares = distribution(
        scenario.protected, names, BEFORE_AND_AFTER, np.concatenate(codes), _part(before, after),
        most=len(names),
    )  # fmt: skip
    whole = [before.label, after.label]
    everybody = (EVERYBODY, *(names[code] for code in held))
    return shares, rates(original(label, "title"), everybody, BEFORE_AND_AFTER, [whole, *yes])


def _marks(before: Table, after: Table) -> tuple[Distribution, ...]:
    found = []
    for kind in MARKS:
        one, other = getattr(before, kind), getattr(after, kind)
        if one is not None:
            codes = np.concatenate([one.codes, other.codes])
            part = _part(before, after)
            found.append(distribution(kind, one.names, BEFORE_AND_AFTER, codes, part))
    return tuple(found)


def _features(before: Table, after: Table) -> tuple[FeatureChange, ...]:
    part, found = _part(before, after), []
    codes = np.concatenate([before.codes, after.codes])
    for j, feature in enumerate(before.features):
        counts = [
            np.bincount(t.codes[:, j], minlength=len(feature.labels)) for t in (before, after)
        ]
        one, other = (count[None] for count in counts)
        value = distance(one, other)
        low, high = interval(one, other, value)
        shares = distribution(feature.title, feature.labels, BEFORE_AND_AFTER, codes[:, j], part)
        found.append(FeatureChange(shares=shares, value=value, low=low, high=high))
    return tuple(sorted(found, key=lambda one: -one.value))


def _part(before: Table, after: Table) -> np.ndarray:
    return np.repeat([0, 1], [before.rows, after.rows])
