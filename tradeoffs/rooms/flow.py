"""Flow: how many went from each choice to each other one between two votes, where that is safe."""

import random
from collections import Counter, deque
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tradeoffs.rooms.suppression import LEAST

Cell = tuple[int, int]  # row, column
REST = "rest"  # choices whose counts are hidden, together


def flow(
    pairs: Iterable[tuple[str | None, str | None]],
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
    rng: random.Random,
) -> list[dict[str, Any]]:
    """Return `before`, `after` and `count`, None where hidden, of each pair of choices.

    Counts of both votes are known, so a flow that is hidden might follow from those shown.  Those
    below LEAST are hidden, and then the next smallest until each of the former could be LEAST
    different counts, and those hidden in its row and its column are LEAST people together, whatever
    else is known.  Flows from or to a choice whose own count is hidden are hidden.

    Args:
        pairs: what each person said in both votes; None: nothing, in one of them.
        before: counts of the first vote by choice; None is hidden.
        after: counts of the second vote.
        rng: decides between equal counts; nobody must be able to foresee it.

    Source: Hundepool et al. 2012, Statistical Disclosure Control, ch. 4 (audit of intervals).
    """
    merged = Counter((_merged(one, before), _merged(two, after)) for one, two in pairs)
    rows = list(dict.fromkeys(one for one, _ in merged))
    columns = list(dict.fromkeys(two for _, two in merged))
    table = [[merged[one, two] for two in columns] for one in rows]
    shown = {(rows[i], columns[j]): table[i][j] for i, j in _safe(table, rows, columns, rng)}
    return [
        {"before": one, "after": two, "count": shown.get((one, two))}
        for one in before
        for two in after
    ]


def _merged(choice: str | None, counts: Mapping[str, int | None]) -> str | None:
    return choice if choice is None or counts[choice] is not None else REST


def _safe(
    table: Sequence[Sequence[int]],
    rows: Sequence[str | None],
    columns: Sequence[str | None],
    rng: random.Random,
) -> list[Cell]:
    """Return the cells that can be shown: as many of the largest as leave the others unknown."""
    cells = [(i, j) for i in range(len(rows)) for j in range(len(columns))]
    large = [
        (i, j)
        for i, j in cells
        if table[i][j] >= LEAST and not {rows[i], columns[j]} & {None, REST}
    ]
    large.sort(key=lambda cell: (-table[cell[0]][cell[1]], rng.random()))
    low, high = 0, len(large)
    while low < high:  # hiding more never tells more
        middle = (low + high + 1) // 2
        if _unknown(table, set(cells) - set(large[:middle])):
            low = middle
        else:
            high = middle - 1
    return large[:low]


def _unknown(table: Sequence[Sequence[int]], hidden: set[Cell]) -> bool:
    """Say whether small cells stay unknown to somebody who knows all sums and the cells shown."""
    small = {(i, j) for i, j in hidden if table[i][j] < LEAST}
    for axis in (0, 1):
        for line in {cell[axis] for cell in small}:
            if sum(table[i][j] for i, j in hidden if (i, j)[axis] == line) < LEAST:
                return False
    return all(spread(table, hidden, cell) >= LEAST - 1 for cell in small)


def spread(table: Sequence[Sequence[int]], hidden: set[Cell], cell: Cell) -> int:
    """Return how far a hidden cell can range when all sums and all other cells are known.

    What it may grow by is the most that can flow from its row to its column when other hidden cells
    shrink and grow in turn; what it may shrink by, the same the other way, and not below zero.

    >>> spread([[7, 3], [2, 8]], {(0, 0), (0, 1), (1, 0), (1, 1)}, (0, 1))
    9
    """
    others = hidden - {cell}
    i, j = cell
    shrink = {(("row", a), ("column", b)): table[a][b] for a, b in others}
    endless = 1 + sum(map(sum, table))
    grow = {(("column", b), ("row", a)): endless for a, b in others}
    more = _most_flow(shrink | grow, ("row", i), ("column", j))
    back = {(two, one): size for (one, two), size in (shrink | grow).items()}
    return more + min(table[i][j], _most_flow(back, ("row", i), ("column", j)))


def _most_flow(capacity: Mapping[tuple[Any, Any], int], source: Any, sink: Any) -> int:
    """Return the largest flow in a graph by shortest augmenting paths (Edmonds, Karp 1972)."""
    left, total = Counter(capacity), 0
    nodes = {node for arc in capacity for node in arc}
    while path := _path(left, nodes, source, sink):
        size = min(left[arc] for arc in path)
        for one, two in path:
            left[one, two] -= size
            left[two, one] += size
        total += size
    return total


def _path(left: Mapping[Any, int], nodes: set[Any], source: Any, sink: Any) -> list[Any]:
    """Return the arcs of a shortest path with capacity left; none if there is no path."""
    came, queue = {source: source}, deque([source])
    while queue and sink not in came:
        one = queue.popleft()
        for two in nodes - came.keys():
            if left.get((one, two), 0) > 0:
                came[two] = one
                queue.append(two)
    path = []
    while sink in came and sink != source:
        path.append((came[sink], sink))
        sink = came[sink]
    return path
