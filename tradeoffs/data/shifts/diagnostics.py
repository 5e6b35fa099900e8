"""Diagnostics of shifts: what moved and what did not, in numbers between 0 and 1.

A distribution is compared by total variation: half the sum of differences of shares, 0 if alike
and 1 if nothing is shared.  Where rows are told apart first (in groups, by outcome), it is the mean
over these parts, weighted by the rows after the shift.  Of several columns the one that moved most
counts.  Values compare the same people before and after; p-values compare different people, the
source's rows with the shifted rows of others, so that the test's assumption holds.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tradeoffs.catalogue import Catalogue
from tradeoffs.data.shifts.columns import column
from tradeoffs.data.shifts.emerged import emerging_label
from tradeoffs.data.table import Table
from tradeoffs.language.translates import translates
from tradeoffs.stats.bootstrap import distance_interval
from tradeoffs.stats.chi_square import chi_square
from tradeoffs.stats.proportions import wilson

ALPHA = 1e-3  # of all tests of one report together
FEWEST_EXPECTED = 10  # rows of a bin in both samples together; rarer bins are taken together
DRAWS = 400  # of the intervals

Columns = Callable[[Table, str], np.ndarray]  # (rows, columns) of codes from 0


@translates("title")
@dataclass(frozen=True, kw_only=True, slots=True)
class Diagnostic:
    """One thing that may move.

    Attributes:
        name: in a shift's `moved` and `still`.
        title: on screen.
        of: what is looked at.
        given: what rows must agree in; None: nothing.
        share: in place of both: of whom something was changed, bool (rows,) of the rows after.
    """

    name: str
    title: str
    of: Columns | None = None
    given: Columns | None = None
    share: Callable[[Table, Table], np.ndarray] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DiagnosticResult:
    """What a diagnostic found.

    Attributes:
        name: of the diagnostic.
        value: total variation or share, 0 to 1.
        low: lower end of the 95 % interval over rows.
        high: its upper end.
        p: chance of a difference this large between other people if nothing moved; None for
            shares, which are counted and not estimated.
        where: the column that moved most; empty where there is only one.
    """

    name: str
    value: float
    low: float
    high: float
    p: float | None
    where: str


def diagnose(
    name: str, source: Table, before: Table, after: Table, protected: str
) -> DiagnosticResult:
    """Return what one diagnostic says.

    Args:
        name: of the diagnostic.
        source: other people, as they were; for the p-value.
        before: the people of `after` before the shift.
        after: the shifted table.
        protected: attribute or crossing whose groups are meant.

    Raises:
        InvalidInput: the table lacks what is looked at.
    """
    entry = DIAGNOSTICS[name]
    if entry.share is not None:
        changed = entry.share(before, after)
        value = float(changed.mean()) if changed.size else 0.0
        low, high = wilson(float(changed.sum()), changed.size) if changed.size else (0.0, 1.0)
        return DiagnosticResult(name=name, value=value, low=low, high=high, p=None, where="")
    pairs = _counts(entry, before, after, protected)
    values = [distance(*pair) for pair in pairs]
    most = int(np.argmax(values))
    low, high = interval(*pairs[most], values[most])
    chances = [p for pair in _counts(entry, source, after, protected) for p in _chances(*pair)]
    p = min(1.0, min(chances) * len(chances)) if chances else 1.0
    where = before.features[most].title if entry.of is _features else ""
    return DiagnosticResult(name=name, value=values[most], low=low, high=high, p=p, where=where)


def _counts(
    entry: Diagnostic, one: Table, other: Table, protected: str
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return, for each column, (strata, bins) counts of two tables."""
    assert entry.of is not None
    found = []
    columns = [entry.of(table, protected) for table in (one, other)]
    strata = [
        entry.given(table, protected)[:, 0] if entry.given else np.zeros(table.rows, np.int64)
        for table in (one, other)
    ]
    parts = 1 + max(int(s.max(initial=0)) for s in strata)
    for j in range(columns[0].shape[1]):
        codes = [c[:, j] for c in columns]
        bins = 1 + max(int(c.max(initial=0)) for c in codes)
        flat = [s.astype(np.int64) * bins + c for s, c in zip(strata, codes, strict=True)]
        a, b = (np.bincount(f, minlength=parts * bins).reshape(parts, bins) for f in flat)
        found.append((a, b))
    return found


def distance(one: np.ndarray, other: np.ndarray) -> float:
    """Return the mean total variation over strata, weighted by the second table's rows.

    Strata with nobody in one of the tables are left out; without any it is 0.
    """
    both = (one.sum(1) > 0) & (other.sum(1) > 0)
    a, b = one[both], other[both]
    if not len(a):
        return 0.0
    apart = np.abs(a / a.sum(1, keepdims=True) - b / b.sum(1, keepdims=True)).sum(1) / 2
    return float(np.average(apart, weights=b.sum(1)))


def interval(one: np.ndarray, other: np.ndarray, value: float) -> tuple[float, float]:
    """Return the 95 % interval of a distance, the second table's rows drawn anew.

    Args:
        one: (strata, bins) counts, held.
        other: the same of the second table.
        value: their distance.
    """
    total = int(other.sum())
    if not total:
        return 0.0, 1.0
    rng = np.random.default_rng(0)
    drawn = rng.multinomial(total, (other / total).ravel(), size=DRAWS).reshape(-1, *other.shape)
    return distance_interval(value, _distances(one, drawn))


def _distances(one: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Return (draws,) `distance` of one table to each of several: (draws, strata, bins)."""
    held, rows = one.sum(1), drawn.sum(2)
    weights = rows * (held > 0)
    shares = one / np.maximum(held, 1)[:, None]
    apart = np.abs(shares - drawn / np.maximum(rows, 1)[:, :, None]).sum(2) / 2
    return (apart * weights).sum(1) / np.maximum(weights.sum(1), 1)


def _chances(one: np.ndarray, other: np.ndarray) -> list[float]:
    """Return the p-value of a chi-square test in each stratum that has enough rows."""
    found = []
    for a, b in zip(one, other, strict=True):
        common = a + b >= FEWEST_EXPECTED
        counts = np.array([[*c[common], c[~common].sum()] for c in (a, b)], dtype=np.float64)
        counts = counts[:, counts.sum(0) >= FEWEST_EXPECTED]
        if counts.shape[1] < 2 or not counts.sum(1).all():
            continue
        found.append(chi_square(counts))
    return found


def matching_rows(before: Table, after: Table) -> np.ndarray:
    """Return the places in `before` of the rows of `after`, by row id."""
    order = np.argsort(before.row_id)
    return order[np.searchsorted(before.row_id, after.row_id, sorter=order)]


def _features(table: Table, protected: str) -> np.ndarray:
    del protected
    return table.codes


def _groups(table: Table, protected: str) -> np.ndarray:
    return table.group_of(protected)[0][:, None]


def _label(table: Table, protected: str) -> np.ndarray:
    del protected
    return table.label.astype(np.int64)[:, None]


def _lever(table: Table, protected: str) -> np.ndarray:
    del protected
    return table.codes[:, [column(table, "lever")]]


def _kinds(table: Table, protected: str) -> np.ndarray:
    del protected
    return emerging_label(table).astype(np.int64)[:, None]


def _place(table: Table, protected: str) -> np.ndarray:
    del protected
    return table.marks("place").codes[:, None]


def _time(table: Table, protected: str) -> np.ndarray:
    del protected
    return table.marks("time").codes[:, None]


def _answers_changed(before: Table, after: Table) -> np.ndarray:
    return before.label[matching_rows(before, after)] != after.label


def _features_changed(before: Table, after: Table) -> np.ndarray:
    return (before.codes[matching_rows(before, after)] != after.codes).any(1)


def _membership_changed(before: Table, after: Table) -> np.ndarray:
    rows = matching_rows(before, after)
    return np.any([before.protected[a][rows] != after.protected[a] for a in after.protected], 0)


def _repeated(before: Table, after: Table) -> np.ndarray:
    del before
    first = np.zeros(after.rows, np.bool_)
    first[np.unique(after.row_id, return_index=True)[1]] = True
    return ~first


ALWAYS = ("groups", "outcome", "features", "outcome in groups")  # told of any shift
DIAGNOSTICS = Catalogue(
    "diagnostic",
    (
        Diagnostic(name="groups", title="Shares of the groups", of=_groups),
        Diagnostic(name="outcome", title="Outcomes", of=_label),
        Diagnostic(name="features", title="Features", of=_features),
        Diagnostic(name="place", title="Places", of=_place),
        Diagnostic(name="time", title="Times", of=_time),
        Diagnostic(
            name="outcome in groups", title="Outcomes within each group", of=_label, given=_groups
        ),
        Diagnostic(
            name="features in groups",
            title="Features within each group",
            of=_features,
            given=_groups,
        ),
        Diagnostic(
            name="outcome in places", title="Outcomes in each place", of=_label, given=_place
        ),
        Diagnostic(
            name="features in places", title="Features in each place", of=_features, given=_place
        ),
        Diagnostic(name="outcome in times", title="Outcomes at each time", of=_label, given=_time),
        Diagnostic(
            name="features in times", title="Features at each time", of=_features, given=_time
        ),
        Diagnostic(
            name="features by outcome",
            title="Features of people with the same outcome",
            of=_features,
            given=_label,
        ),
        Diagnostic(
            name="groups by outcome",
            title="Groups of people with the same outcome",
            of=_groups,
            given=_label,
        ),
        Diagnostic(
            name="features in kinds",
            title="Features within each kind of outcome",
            of=_features,
            given=_kinds,
        ),
        Diagnostic(
            name="outcome at equal lever",
            title="Outcomes of people with the same value of one feature",
            of=_label,
            given=_lever,
        ),
        Diagnostic(
            name="answers changed", title="People whose answer changed", share=_answers_changed
        ),
        Diagnostic(
            name="features changed",
            title="People with a changed feature",
            share=_features_changed,
        ),
        Diagnostic(
            name="membership changed", title="People whose group changed", share=_membership_changed
        ),
        Diagnostic(name="rows repeated", title="Rows that repeat a person", share=_repeated),
    ),
)
