"""Hidden counts: what stands in their place, why, and how many people they are together."""

from collections.abc import Mapping

HIDDEN = "hidden"
WHY = "Counts below 5 are hidden, and others with them from which they would follow."


def note(counts: Mapping[str, float | None], answers: int) -> str:
    """Return why counts of choices that exclude each other are hidden; empty where none is.

    Args:
        counts: of each choice; None where it is hidden.
        answers: of all choices.

    >>> note({"less": 18, "same": None, "more": None}, 28).removeprefix(WHY)
    ' Hidden: 10 of 28.'
    """
    shown = [count for count in counts.values() if count is not None]
    if len(shown) == len(counts):
        return ""
    if not shown:
        return WHY
    return f"{WHY} Hidden: {answers - sum(shown):.0f} of {answers}."
