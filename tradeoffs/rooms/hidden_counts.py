"""Hidden counts: what stands in their place, why, and how many people they are together."""

from collections.abc import Mapping

from tradeoffs.language.translation import say, translate

HIDDEN = "hidden"
WHY = "Counts below 5 are hidden, and others with them from which they would follow."


def hidden_text() -> str:
    """Return what stands in the place of a hidden count."""
    return translate(HIDDEN)


def why_hidden() -> str:
    """Return why counts are hidden."""
    return translate(WHY)


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
        return why_hidden()
    count = answers - sum(shown)
    told = say("Hidden: {count:.0f} of {answers}.", count=count, answers=answers)
    return f"{why_hidden()} {told}"
