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

from tradeoffs.catalogue import require_known
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.score import score_all, train_seeds
from tradeoffs.fronts.sampling_error import gap_error
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
LINES = (0.3, 0.4, 0.5, 0.6, 0.7)  # chance from which the answer is yes
USUAL = (0.5,)
CHOICES = {  # what may be chosen -> measures, groupings and lines to choose from
    "nothing": (("demographic_parity",), (SEX,), USUAL),
    "the measure": (MEASURES, (SEX,), USUAL),
    "the measure and the groups": (MEASURES, GROUPINGS, USUAL),
    "the measure, the groups and the line": (MEASURES, GROUPINGS, LINES),
}
EVERYTHING = list(CHOICES)[-1]
Report = tuple[str, str, float]  # measure, grouping, line
Gaps = dict[Report, np.ndarray]  # (models,) from 0 to 1


def answer(
    scenario: Scenario, promise: float = 0.05, may_choose: str = EVERYTHING
) -> list[dict[str, Any]]:
    """Return all reports on a model that may be chosen, and what looks best and worst among them.

    Columns of the records: `side`, "report" for each, "best" or "worst" for those picked; with
    `measure`, `groups`, `line` of a report, its gap `on_select` and, from other people, `value`,
    `low`, `high` (95 % over training runs and people), all from 0 to 1; and how many groups `of`
    all were `compared`, the others having fewer than SMALLEST_CELL people.  Two more sides:
    "apart", the worst gap minus the best one (their errors taken as unrelated), and "small", the
    share of reports with a gap below the `promise`.  All have the number of `reports`.

    Args:
        scenario: of a dataset with sex and race; its seeds count up from its own.
        promise: gap from 0 to 1 below which a report is called small.
        may_choose: of CHOICES.

    Raises:
        InvalidInput: a dataset without these attributes, a promise out of bounds, or no choice.
    """
    if not 0 <= promise <= 1:
        raise InvalidInput("out_of_range", field="promise", value=promise, low=0, high=1)
    require_known("may_choose", may_choose, CHOICES)
    measures, groupings, lines = CHOICES[may_choose]
    split = load_split(scenario.dataset, scenario.label)
    picked_on, shown_on, logits = _every(scenario)
    shown = [
        Shown.of(one, picked_on[one], shown_on[one], logits, (split.select, split.report))
        for one in picked_on
        if np.isfinite([picked_on[one], shown_on[one]]).all()
        and (one[0] in measures and one[1] in groupings and one[2] in lines)
    ]
    best, worst = (pick(shown, key=lambda one: float(one.picked.mean())) for pick in (min, max))
    error = math.hypot(best.error, worst.error) if best is not worst else 0.0
    small = np.mean([one.gaps < promise for one in shown], axis=0)
    sides = [
        *(one.record("report") for one in shown),
        best.record("best"),
        worst.record("worst"),
        {"side": "apart"} | estimate(worst.gaps - best.gaps, error).record,
        {"side": "small", "promise": promise} | estimate(small).record,
    ]
    return [{"reports": len(shown)} | one for one in sides]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Shown:
    """A report as other people bear it out.

    Attributes:
        report: measure, grouping, line.
        picked: (models,) its gaps where it was picked, from 0 to 1.
        gaps: (models,) its gaps on other people.
        error: standard error of their mean from the finite number of people.
        compared: groups that are large enough for the measure, where picked and where shown.
        count: groups there are.
    """

    report: Report
    picked: np.ndarray
    gaps: np.ndarray
    error: float
    compared: int
    count: int

    @classmethod
    def of(
        cls,
        report: Report,
        picked: np.ndarray,
        found: np.ndarray,
        logits: np.ndarray,
        tables: Sequence[Table],
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
            picked=picked,
            gaps=found,
            error=float(np.mean(errors)),
            compared=int(alike.sum()),
            count=count,
        )

    def record(self, side: str) -> dict[str, Any]:
        """Return its record; no gap is below 0."""
        measure, groups, line = self.report
        found = estimate(self.gaps, self.error).record
        return {
            "side": side,
            "measure": measure,
            "groups": groups,
            "line": line,
            "compared": self.compared,
            "of": self.count,
            "on_select": float(self.picked.mean()),
            **found,
            "low": max(0.0, found["low"]),
        }


@lru_cache(maxsize=4)
def _every(scenario: Scenario) -> tuple[Gaps, Gaps, np.ndarray]:
    """Return all reports on `select` and on `report`, and the logits there (models, rows)."""
    split, models = load_split(scenario.dataset, scenario.label), train_seeds(scenario)
    tables = (split.select, split.report)
    logits = [score_all(models, table) for table in tables]
    picked_on, shown_on = (gaps(own, t, tables) for own, t in zip(logits, tables, strict=True))
    return picked_on, shown_on, logits[1]


def gaps(logits: np.ndarray, table: Table, tables: Sequence[Table]) -> Gaps:
    """Return every report: (models,) gaps from 0 to 1, NaN where one cannot be measured.

    Args:
        logits: (models, rows) from `score_all`.
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
