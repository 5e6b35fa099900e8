"""What shifts change: what moved, what did not, and where a loss in accuracy comes from.

At deployment, rows of `select` are the source and shifted rows of `report` the target; in
training, shifted rows of `select` are the source and rows of `report` the target.  All are other
people than those trained on, of whom no promise of privacy speaks, so exact figures are shown.  The
loss is that of a reference model, a logistic regression on one half of the source, measured on the
other half and on the target.
Torch is not needed; scikit-learn is imported where it is used, which is in a worker.
"""

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.shifts.compose import DEPLOYMENT, Side, compose
from tradeoffs.data.table import Table, halve
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.shift_diagnostics import DeclaredDiagnostic, shift_diagnostics
from tradeoffs.scenario import Scenario, Shifts
from tradeoffs.stats.auc import area as roc_area
from tradeoffs.stats.interval import normal_interval

if TYPE_CHECKING:  # a page asks for a report, and a worker makes it
    import scipy.sparse

STRENGTH = 0.3  # inverse of the penalty of the reference models, scikit-learn's C
SHARE = "share of errors"
FOLDS = 2  # of the domain classifier: nobody is judged by a classifier fitted on them


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A number and its 95 % interval over rows."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """A loss of the reference model in source and target, and what the difference comes from.

    total = target - source = inputs + outcomes: `inputs` is the part of P(X), `outcomes` that of
    P(Y given X), compared on features that both have.

    Source: Cai, Namkoong, Yadlowsky 2023, arXiv 2303.02011 (DISDE): both are reweighted to the
    shared distribution p q / (p + q).
    """

    name: str
    source: float
    target: float
    total: Estimate
    inputs: Estimate
    outcomes: Estimate


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftReport:
    """The whole report.

    Attributes:
        scenario: the setting; only its table and its shifts on the side matter.
        side: whom the shifts change: people at deployment, or people in training.
        shifts: in causal order.
        rows_before: of the report half.
        rows_after: of it after the shifts.
        parts: one for each diagnostic.
        told_apart: area under the ROC curve of a classifier that tells source from target by the
            features; .5 is chance.
        losses: of the reference model: share of errors, and log loss.
        seconds: it took.
    """

    scenario: Scenario
    side: Side
    shifts: Shifts
    rows_before: int
    rows_after: int
    parts: tuple[DeclaredDiagnostic, ...]
    told_apart: Estimate
    losses: tuple[Loss, ...]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """Return it as JSON can write it."""
        own = {f: getattr(self.scenario, f) for f in ("dataset", "label", "protected")}
        parts = [
            {"declared": p.declared, "says": p.says, "kept": p.kept} | asdict(p.found)
            for p in self.parts
        ]
        fields = ("side", "shifts", "rows_before", "rows_after", "seconds")
        rest = {f: getattr(self, f) for f in fields}
        losses = [asdict(loss) for loss in self.losses]
        return own | rest | {"parts": parts, "losses": losses} | {
            "told_apart": asdict(self.told_apart)
        }  # fmt: skip


def shift_report(scenario: Scenario, side: Side = DEPLOYMENT) -> ShiftReport:
    """Return what the shifts of a scenario on one side change.

    Args:
        scenario: with the shifts.
        side: whose shifts are looked at, without those of the other side.

    Raises:
        InvalidInput: the scenario has no shift on this side, or one its table cannot have.
        NotMeasurable: the shifts leave too few rows, or nobody of a group.
    """
    began = time.perf_counter()
    moved = shift_diagnostics(scenario, side)
    deployed, protected, shifts = side == DEPLOYMENT, scenario.protected, moved.shifts
    split = load_split(scenario.dataset, scenario.label)
    fitted, held = halve(split.select, "reference model")
    if not deployed:  # after halving: no person is in both, however often repeated
        fitted, held = (compose(half, shifts, 0, protected) for half in (fitted, held))
    target = compose(split.report, shifts, 0, protected) if deployed else split.report
    if len(np.unique(fitted.label)) < 2:
        raise NotMeasurable("one_outcome")
    chance = domain(held, target)
    of_target = np.repeat([False, True], [held.rows, target.rows])
    return ShiftReport(
        scenario=scenario,
        side=side,
        shifts=shifts,
        rows_before=moved.rows_before,
        rows_after=moved.rows_after,
        parts=moved.parts,
        told_apart=area(chance[of_target], chance[~of_target]),
        losses=_losses(fitted, held, target, chance),
        seconds=time.perf_counter() - began,
    )


def design(table: Table) -> "scipy.sparse.csr_array":
    """Return the 0/1 columns of a table, (rows, columns) sparse."""
    import scipy.sparse

    rows, features = table.codes.shape
    starts = np.arange(0, rows * features + 1, features)
    ones = np.ones(rows * features)
    return scipy.sparse.csr_array((ones, table.flat.ravel(), starts), shape=(rows, table.columns))


def _logistic(x: Any, y: np.ndarray) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3).fit(x, y)


def domain(source: Table, target: Table) -> np.ndarray:
    """Return (rows of both,): the chance of being of the target, by the features, cross-fitted.

    Rows with one id are in one fold, so that a repeated person is never told by a repetition.
    """
    import scipy.sparse

    x = scipy.sparse.csr_array(scipy.sparse.vstack([design(source), design(target)]))
    y = np.repeat([0, 1], [source.rows, target.rows])
    ids = np.concatenate([source.row_id, target.row_id])
    fold = (uniform(0, "folds", ids) * FOLDS).astype(int)
    chance = np.empty(len(y))
    for k in range(FOLDS):
        model = _logistic(x[fold != k], y[fold != k])
        chance[fold == k] = model.predict_proba(x[fold == k])[:, 1]
    return chance


def area(high: np.ndarray, low: np.ndarray) -> Estimate:
    """Return the area under the ROC curve with its interval.

    Args:
        high: (rows,) scores of those that should score high.
        low: (rows,) scores of the others.

    Source: DeLong, DeLong, Clarke-Pearson 1988, Biometrics 44(3).
    """
    return _estimate(*roc_area(high, low))


def _losses(fitted: Table, held: Table, after: Table, chance: np.ndarray) -> tuple[Loss, ...]:
    model = _logistic(design(fitted), fitted.label)
    logits = [model.decision_function(design(table)) for table in (held, after)]
    signs = [np.where(table.label, 1.0, -1.0) for table in (held, after)]
    margins = [sign * logit for sign, logit in zip(signs, logits, strict=True)]
    errors = [(margin <= 0).astype(np.float64) for margin in margins]
    log_losses = [np.logaddexp(0, -margin) for margin in margins]
    return (
        decompose(SHARE, errors[0], errors[1], chance),
        decompose("log loss", log_losses[0], log_losses[1], chance),
    )


def decompose(name: str, source: np.ndarray, target: np.ndarray, chance: np.ndarray) -> Loss:
    """Split the difference of two mean losses into a part of P(X) and a part of P(Y given X).

    Limits: what the domain classifier cannot see of the features counts as a part of the outcomes;
    where source and target hardly share features, little is compared and the intervals widen.

    Args:
        name: of the loss.
        source: (rows,) losses in the source.
        target: (rows,) losses in the target.
        chance: (rows of both,) of being of the target, source first.
    """
    n, m = len(source), len(target)
    odds = chance / (1 - chance) * n / m  # q / p
    weights = (odds / (1 + odds))[:n], (1 / (1 + odds))[n:]
    pairs = [*zip((source, target), weights, strict=True)]
    shared = [float(np.average(v, weights=w)) for v, w in pairs]
    at = (float(source.mean()), float(target.mean()))
    # Each row's pull on a mean, for standard errors: of plain means, and of reweighted ones.
    plain = [v - mean for v, mean in zip((source, target), at, strict=True)]
    again = [w * (v - s) / w.mean() for (v, w), s in zip(pairs, shared, strict=True)]
    rest = [p - a for p, a in zip(plain, again, strict=True)]
    total, outcomes = at[1] - at[0], shared[1] - shared[0]
    return Loss(
        name=name,
        source=float(at[0]),
        target=float(at[1]),
        total=_estimate(total, _error(plain)),
        inputs=_estimate(total - outcomes, _error(rest)),
        outcomes=_estimate(outcomes, _error(again)),
    )


def _error(pulls: list[np.ndarray]) -> float:
    return float(np.sqrt(sum(pull.var() / len(pull) for pull in pulls)))


def _estimate(value: float, error: float) -> Estimate:
    low, high = normal_interval(value, error)
    return Estimate(value=float(value), low=float(low), high=float(high))
