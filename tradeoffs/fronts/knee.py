"""Knees: the configuration of a two-objective front where the trade changes most, if any."""

from dataclasses import dataclass

import numpy as np

from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.front import Front
from tradeoffs.language.translation import say, translate

# Seeds that agree to the last bit have no standard error, and a straight line bends by rounding.
ROUNDING = 1e-9
ERRORS = 2.0  # standard errors by which a knee stands out


@dataclass(frozen=True, kw_only=True, slots=True)
class Knee:
    """A knee, or why none is shown.

    Attributes:
        index: Row of the front's table; None if no knee is shown.
        distance: Distance from the line between the ends of the front, on axes on which the ends
            are (0, 1) and (1, 0), on report; positive towards better in both. None if the front
            has no line or no point besides its ends.
        standard_error: Of the distance, over seeds; None if unknown.
        reason: Why no knee is shown; None if one is.
    """

    index: int | None = None
    distance: float | None = None
    standard_error: float | None = None
    reason: str | None = None


def knee(front: Front) -> Knee:
    """Return the chosen configuration farthest from the line between the front's two ends.

    Ends and candidate are chosen on select; distance and standard error are measured on report.
    The candidate is a knee only if it is on the front on report too, and its distance exceeds two
    standard errors, which come from the seeds' standard deviations (propagated to first order, the
    points taken as independent). Points that have no place on an axis, such as an infinite epsilon,
    take no part. A knee is a shape of the curve, not a recommendation: it moves with the scale of
    the axes.

    Source: Das 1999, On characterizing the "knee" of the Pareto curve based on normal-boundary
    intersection, Structural Optimization 18.

    Raises:
        InvalidInput: The front has more than two objectives.
    """
    if len(front.objectives) != 2:
        raise InvalidInput("knee_of_others", count=len(front.objectives))
    table = front.chosen
    columns = [entry.column for entry in front.objectives]
    select = _costs(front, [f"{column}_select" for column in columns])
    report = _costs(front, columns)
    rows = np.flatnonzero(np.isfinite(select).all(axis=1) & np.isfinite(report).all(axis=1))
    if len(rows) < 3:
        told = say(
            "a knee needs 3 settings chosen for the front, confirmed on report or not; "
            "there {rows:|is|are} {rows}",
            rows=len(rows),
        )
        return Knee(reason=told)
    select, report, errors = select[rows], report[rows], _standard_errors(front)[rows]

    ends = np.lexsort(select.T[::-1])[0], np.lexsort(select.T)[0]  # best x, best y
    if not (_spans(select, ends) and _spans(report, ends)):
        return Knee(reason=translate("the ends of the front cannot be told apart"))
    distances = _distances(select, ends)
    distances[list(ends)] = -np.inf
    candidate = int(np.argmax(distances))
    distance = float(_distances(report, ends)[candidate])
    error = _distance_error(report, errors, ends, candidate)
    if not np.isfinite(error):
        told = translate("one seed: the distance has no standard error")
        return Knee(distance=distance, reason=told)
    if distance <= max(ERRORS * error, ROUNDING):
        return Knee(
            distance=distance,
            standard_error=error,
            reason=translate("no point stands out from the line by more than two standard errors"),
        )
    if not table["on_front"].iloc[rows[candidate]]:
        return Knee(
            distance=distance,
            standard_error=error,
            reason=translate("the point that stands out is on the front on select alone"),
        )
    return Knee(index=int(table.index[rows[candidate]]), distance=distance, standard_error=error)


def _costs(front: Front, columns: list[str]) -> np.ndarray:
    pairs = zip(front.objectives, columns, strict=True)
    return np.column_stack([entry.cost(front.chosen[column]) for entry, column in pairs])


def _standard_errors(front: Front) -> np.ndarray:
    """Return the standard errors of the costs on report: (chosen, 2)."""
    table = front.chosen
    sds = [
        entry.cost_sd(table[entry.column], table[f"{entry.column}_sd"])
        for entry in front.objectives
    ]
    return np.column_stack(sds) / np.sqrt(table["seeds"].to_numpy(dtype=float))[:, None]


def _spans(costs: np.ndarray, ends: tuple[int, int]) -> bool:
    """Tell whether each end is the better one in its own objective."""
    first, second = costs[ends[0]], costs[ends[1]]
    return bool(first[0] < second[0] and second[1] < first[1])


def _axes(costs: np.ndarray, ends: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Return the costs on axes on which the ends are (0, 1) and (1, 0), and the axes' lengths."""
    best = np.array([costs[ends[0], 0], costs[ends[1], 1]])
    length = np.array([costs[ends[1], 0], costs[ends[0], 1]]) - best
    return (costs - best) / length, length


def _distances(costs: np.ndarray, ends: tuple[int, int]) -> np.ndarray:
    scaled, _ = _axes(costs, ends)
    return (1.0 - scaled.sum(axis=1)) / np.sqrt(2.0)


def _distance_error(
    costs: np.ndarray, errors: np.ndarray, ends: tuple[int, int], candidate: int
) -> float:
    """Propagate the standard errors of the candidate and of both ends to its distance."""
    scaled, length = _axes(costs, ends)
    share = scaled[candidate]  # how far along each axis, 0 at the axis' best end
    near = np.array([errors[ends[0], 0], errors[ends[1], 1]])
    far = np.array([errors[ends[1], 0], errors[ends[0], 1]])
    variance = errors[candidate] ** 2 + ((1.0 - share) * near) ** 2 + (share * far) ** 2
    return float(np.sqrt((variance / length**2).sum() / 2.0))
