"""Leaders: what is known to have most votes, where small counts are told within bounds."""

from collections.abc import Mapping, Sequence

Band = Sequence[int] | None  # least and most that a count can be; None is hidden


def leaders(bands: Mapping[str, Band], answered: int, *, exclusive: bool) -> list[str]:
    """Return the answers of which each has most votes, or may have; none where others may, too.

    Several are told with one band: they have equally many, or which has more is hidden.

    Args:
        bands: of each answer.
        answered: how many answered.
        exclusive: whether each gave one answer alone, so that all counts sum up.

    >>> leaders({"a": (5, 5), "b": None, "c": None}, 11, exclusive=True)
    []
    >>> leaders({"a": (9, 9), "b": None, "c": None}, 15, exclusive=True)
    ['a']
    >>> leaders({"a": (8, 12), "b": (7, 7)}, 12, exclusive=False)
    ['a']
    """
    known = {name: band for name, band in bands.items() if band}
    most = max((band[0] for band in known.values()), default=0)
    if not most:
        return []
    first = [name for name, band in known.items() if band[0] == most]
    alike = {tuple(known[name]) for name in first}
    rest = answered - sum(band[0] for band in known.values()) if exclusive else answered
    others = [band[1] if band else rest for name, band in bands.items() if name not in first]
    certain = len(alike) == 1 and all(other < most for other in others)
    return first if certain else []
