"""Suppression: counts of people, without those that tell of fewer than five."""

import random
from collections.abc import Mapping, Sequence

LEAST = 5  # answers that a number may be about


Counts = Mapping[str, int]  # of people, by class


def suppress(
    counts: Counts, rng: random.Random, typed: Counts | None = None
) -> dict[str, int | None]:
    """Return counts of people in classes that exclude each other; None where one is hidden.

    Their total is taken to be known.  Hidden are counts below LEAST, zeros too, and then the next
    smallest ones until those hidden could be several things: at least two classes, at least LEAST
    people in them, and not LEAST - 1 in each of them.  All of that holds for what is left of the
    counts, too, when somebody subtracts what they typed.

    Args:
        counts: of each class.
        rng: decides between equal counts; nobody must be able to foresee it.
        typed: how many of each class somebody knows, as they typed them from paper.

    Source: Hundepool et al. 2012, Statistical Disclosure Control, ch. 4 (secondary suppression).
    """
    left = _left(counts, typed)
    order = sorted(counts, key=lambda name: (left[name], counts[name], rng.random()))
    if sum(left.values()) < LEAST:
        return dict.fromkeys(counts)
    hidden = sum(count < LEAST for count in left.values())
    while hidden and not all(
        _ambiguous([known[name] for name in order[:hidden]]) for known in (counts, left)
    ):
        if hidden == len(order):
            break
        hidden += 1
    apart = set(order[:hidden])
    return {name: None if name in apart else count for name, count in counts.items()}


def _left(counts: Counts, typed: Counts | None) -> Counts:
    """Return what is left of counts without those typed; all of them where nothing else is."""
    left = {name: count - (typed or {}).get(name, 0) for name, count in counts.items()}
    return left if any(left.values()) else counts


def _ambiguous(counts: Sequence[int]) -> bool:
    return sum(counts) >= LEAST and any(count != LEAST - 1 for count in counts)


def bounds(
    counts: Counts, shown: Mapping[str, int | None], typed: Counts | None = None
) -> dict[str, tuple[int, int] | None]:
    """Return what can be told of each count: it alone, a band of LEAST possible counts, or None.

    Bands are told where all counts are hidden since nearly all people gave one answer.  Where LEAST
    - 1 in each class make the total, they would leave that alone; and where some counts were typed
    and others not, subtracting would narrow them.

    >>> bounds({"less": 27, "more": 1}, {"less": None, "more": None})
    {'less': (24, 28), 'more': (0, 4)}
    """
    total, most = sum(counts.values()), max(counts.values(), default=0)
    alone = any(count is not None for count in shown.values())
    mixed = any((typed or {}).values()) and _left(counts, typed) != counts
    if alone or mixed or total - most >= LEAST or total == (LEAST - 1) * len(counts):
        return {name: None if one is None else (one, one) for name, one in shown.items()}
    return {name: band(count, total) for name, count in counts.items()}


def band(count: int, of: int) -> tuple[int, int] | None:
    """Return bounds of how many of a known number did something that each could do.

    Both who did and who did not are hidden below LEAST, within a band of LEAST possible counts;
    None where no two such bands fit.

    >>> band(7, 12), band(2, 12), band(12, 12), band(3, 8)
    ((7, 7), (0, 4), (8, 12), None)
    """
    if of < 2 * LEAST - 1:
        return None
    if count < LEAST:
        return 0, LEAST - 1
    if of - count < LEAST:
        return of - LEAST + 1, of
    return count, count


def mixed_band(count: int, of: int, typed: int, typed_of: int) -> tuple[int, int] | None:
    """Return bounds as `band` does, where somebody typed some of the answers and can subtract them.

    A count is then exact where it is so with and without what was typed, and else not told.

    >>> mixed_band(12, 30, 6, 12), mixed_band(31, 31, 30, 30), mixed_band(2, 12, 2, 12)
    ((12, 12), None, (0, 4))
    """
    together = band(count, of)
    if typed_of in (0, of):
        return together
    exact = {(count, count), (count - typed, count - typed)}
    return together if {together, band(count - typed, of - typed_of)} == exact else None
