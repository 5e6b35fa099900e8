"""True reports: every gap that can be told of one model, by measure, groups and line.

Whoever may choose among them picks on `select`; what was picked is read again on `report`, from
other people, so that luck in picking does not count.  The setting is trained several times.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from scipy.special import logit

from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.score import scores
from tradeoffs.fronts.sampling_error import gap_error
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import cells, comparable_groups
from tradeoffs.values.fairness.notion import GroupCounts

MEASURES = (
    *("demographic_parity", "equal_opportunity", "equalized_odds"),
    *("error_rate_parity", "predictive_parity"),
)
GAPS = {name: gap for name in MEASURES if (gap := NOTIONS[name].gap)}
SEX, RACE, CROSSED = "sex", "race", "sex*race"
MERGED = "race, merged"  # the largest group against all others together
GROUPINGS = (SEX, RACE, MERGED, CROSSED)
LINES = (0.5, 0.3, 0.4, 0.6, 0.7)  # chance from which the answer is yes
CHOICES = {  # what may be chosen -> measures, groupings and lines to choose from
    "nothing": (("demographic_parity",), (SEX,), LINES[:1]),
    "the measure": (MEASURES, (SEX,), LINES[:1]),
    "the measure and the groups": (MEASURES, GROUPINGS, LINES[:1]),
    "the measure, the groups and the line": (MEASURES, GROUPINGS, LINES),
}
Report = tuple[str, str, float]  # measure, grouping, line
Gaps = dict[Report, np.ndarray]  # (models,) from 0 to 1


def answer(scenario: Scenario, promise: float = 0.05) -> list[dict[str, Any]]:
    """Return what looks best and worst of a model, for each freedom to choose.

    Columns of the records: `may_choose`; `reports`, how many there are to choose from; `side`,
    "best" or "worst", with `measure`, `groups`, `line` of the report picked, its gap `on_select`
    and, from other people, `value`, `low`, `high` (95 % over trainings and people), all from 0 to
    1, and how many groups `of` all were `compared`, the others having fewer than SMALLEST_CELL
    people.  Two more sides: "apart", the worst gap minus the best one (their errors taken as
    unrelated), and "small", the share of reports with a gap below the promise.

    Args:
        scenario: of a dataset with sex and race; its seeds count up from its own.
        promise: gap from 0 to 1 below which a report is called small.

    Raises:
        InvalidInput: a dataset without these attributes, or a promise out of bounds.
    """
    if not 0 <= promise <= 1:
        raise InvalidInput("out_of_range", field="promise", value=promise, low=0, high=1)
    split = load_split(scenario.dataset, scenario.label)
    tables = (split.select, split.report)
    picked_on, shown_on, logits = _every(scenario)
    known = [one for one in picked_on if np.isfinite([picked_on[one], shown_on[one]]).all()]
    records: list[dict[str, Any]] = []
    for may_choose, (measures, groupings, lines) in CHOICES.items():
        offered = [m for m in known if m[0] in measures and m[1] in groupings and m[2] in lines]
        ordered = sorted(offered, key=lambda one: float(picked_on[one].mean()))
        best, worst = (
            Shown.of(one, shown_on[one], logits, tables) for one in (ordered[0], ordered[-1])
        )
        error = math.hypot(best.error, worst.error) if best.report != worst.report else 0.0
        small = np.mean([shown_on[one] < promise for one in offered], axis=0)
        base = {"may_choose": may_choose, "reports": len(offered)}
        records += [
            base | one.record(side) | {"on_select": float(picked_on[one.report].mean())}
            for side, one in (("best", best), ("worst", worst))
        ]
        records += [
            base | {"side": "apart"} | interval(worst.gaps - best.gaps, error),
            base | {"side": "small"} | interval(small),
        ]
    return records


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Shown:
    """A report as other people bear it out.

    Attributes:
        report: measure, grouping, line.
        gaps: (models,) from 0 to 1.
        error: standard error of their mean from the finite number of people.
        compared: groups that are large enough for the measure, where picked and where shown.
        count: groups there are.
    """

    report: Report
    gaps: np.ndarray
    error: float
    compared: int
    count: int

    @classmethod
    def of(
        cls, report: Report, found: np.ndarray, logits: np.ndarray, tables: Sequence[Table]
    ) -> "Shown":
        """Return a report with its sampling error; the models' errors are not averaged out."""
        measure, groups, line = report
        table = tables[-1]
        codes, count = grouped(table, groups)
        decided = logits > logit(line)
        alike = _compared(measure, groups, tables)
        errors = [gap_error(codes, alike, *_counted(measure, one, table.label)) for one in decided]
        return cls(
            report=report,
            gaps=found,
            error=float(np.mean(errors)),
            compared=int(alike.sum()),
            count=count,
        )

    def record(self, side: str) -> dict[str, Any]:
        """Return its record; no gap is below 0."""
        measure, groups, line = self.report
        found = interval(self.gaps, self.error)
        return {
            "side": side,
            "measure": measure,
            "groups": groups,
            "line": line,
            "compared": self.compared,
            "of": self.count,
            **found,
            "low": max(0.0, found["low"]),
        }


@lru_cache(maxsize=4)
def _every(scenario: Scenario) -> tuple[Gaps, Gaps, np.ndarray]:
    """Return all reports on `select` and on `report`, and the logits there (models, rows)."""
    split, models = load_split(scenario.dataset, scenario.label), trainings(scenario)
    tables = (split.select, split.report)
    logits = [score(models, table) for table in tables]
    picked_on, shown_on = (gaps(own, t, tables) for own, t in zip(logits, tables, strict=True))
    return picked_on, shown_on, logits[1]


def trainings(scenario: Scenario, seeds: int = SEEDS) -> list[Outcome]:
    """Train a setting with consecutive seeds, here and now."""
    wanted = [resolve(scenario.but(seed=scenario.seed + seed)) for seed in range(seeds)]
    found = {one.scenario.seed: one for chunk in chunks(wanted) for one in run(chunk)}
    return [found[plan.scenario.seed] for plan in wanted]


def score(models: list[Outcome], table: Table) -> np.ndarray:
    """Return float32 (models, rows): logits."""
    return np.stack([scores(model, table) for model in models])


def gaps(logits: np.ndarray, table: Table, tables: Sequence[Table]) -> Gaps:
    """Return every report: (models,) gaps from 0 to 1, NaN where one cannot be measured.

    Args:
        logits: (models, rows) from `score`.
        table: its people.
        tables: all that are compared; a group counts if it is large enough in each.
    """
    label, nothing = table.label.astype(np.float32), np.zeros(logits.shape)
    decided = {line: (logits > logit(line)).astype(np.float32) for line in LINES}
    found: Gaps = {}
    for groups in GROUPINGS:
        codes, count = grouped(table, groups)
        member = np.eye(count, dtype=np.float32)[codes]
        for line in LINES:
            counts = GroupCounts.of(decided[line], nothing, label, member)
            for measure, gap in GAPS.items():
                alike = _compared(measure, groups, tables)
                found[measure, groups, line] = gap(counts.some(alike))
    return found


def _compared(measure: str, groups: str, tables: Sequence[Table]) -> np.ndarray:
    """Return (groups,) bool: which groups are large enough in all tables."""
    sizes = [cells(g, t.label, n) for t in tables for g, n in (grouped(t, groups),)]
    names = tuple(map(str, range(len(sizes[0]))))
    return comparable_groups(names, NOTIONS[measure].cells, sizes).among(names)


def grouped(table: Table, groups: str) -> tuple[np.ndarray, int]:
    """Return (rows,) codes of a grouping and how many groups it has.

    Raises:
        InvalidInput: the table does not know the attribute.
    """
    for attribute in (SEX, RACE):
        if attribute not in table.protected:
            raise InvalidInput("table_lacks_columns", dataset=table.name, columns=(SEX, RACE))
    if groups != MERGED:
        codes, names = table.group_of(groups)
        return codes, len(names)
    codes = table.group_of(RACE)[0]
    return (codes == np.bincount(codes).argmax()).astype(int), 2


def _counted(measure: str, decided: np.ndarray, label: np.ndarray) -> tuple[list, np.ndarray]:
    """Return among whom a measure counts, and whom it counts there, (1, rows)."""
    everybody = np.ones(len(label), dtype=bool)
    return {
        "demographic_parity": ([everybody], decided[None]),
        "equal_opportunity": ([label], decided[None]),
        "equalized_odds": ([label, ~label], decided[None]),
        "error_rate_parity": ([everybody], (decided != label)[None]),
        "predictive_parity": ([decided], label[None]),
    }[measure]


def interval(values: np.ndarray, error: float = 0.0) -> dict[str, float]:
    """Return value, low and high: 95 % over trainings, and over people where an error is told."""
    found = estimate(values, error)
    low, high = found.interval or (-math.inf, math.inf)
    return {"value": found.mean, "low": low, "high": high}
