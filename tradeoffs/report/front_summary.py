"""What a front comes to, in words: its hypervolume, where it bends, what has no place on it."""

from tradeoffs.fronts import knee
from tradeoffs.fronts.dominance import APART
from tradeoffs.report.charts.hover import value_format
from tradeoffs.report.text import describe, setting
from tradeoffs.report.view import View, scenario_of


def extent(shown: View) -> str:
    """Return how many settings there are, compete and are on the front."""
    total, confirmed = len(shown.points), len(shown.front.confirmed)
    settings = f"{total} setting{'' if total == 1 else 's'}"
    verb = "is" if confirmed == 1 else "are"
    axes = f"{shown.x.lower} and {shown.y.lower}"
    if not shown.of_budget:
        return f"{settings} by {axes}; {confirmed} of them {verb} on the front."
    among = f"{competitors(shown)} with {budget(shown)}"
    return f"{settings} by {axes}; of the {among}, {confirmed} {verb} on the front."


def competitors(shown: View) -> int:
    """Return how many settings compete for the front."""
    return sum(row["standing"] != APART for row in shown.points)


def budget(shown: View) -> str:
    """Return the privacy of the settings that compete for the front of one budget."""
    return privacy(shown.here.mechanism, shown.here.epsilon)


def privacy(mechanism: str, epsilon: float | None) -> str:
    """Return what a mechanism and its budget promise, within a sentence.

    >>> privacy("dp", 1.0), privacy("clip_only", 1.0), privacy("none", None)
    ('ε = 1', 'clipping as for ε = 1', 'no privacy')
    """
    told = setting("epsilon", epsilon)
    return f"clipping as for {told}" if mechanism == "clip_only" else told


def hypervolume(shown: View) -> str:
    """Return the hypervolume with its interval, and from where it counts."""
    front = shown.front
    told = f"Hypervolume of the front{_of(shown)} {front.hypervolume:.3f}"
    if front.interval:
        told += (
            f" (95 % over seeds, not test rows: {front.interval[0]:.3f} to {front.interval[1]:.3f})"
        )
    told += f"; on the rows on which it was chosen, {front.hypervolume_select:.3f}. "
    worst = [
        f"{one.lower} {value_format(one)(front.references[one.name])}" for one in front.objectives
    ]
    return (
        f"{told}It is measured from {' and '.join(worst)} (references, version "
        f"{front.reference_version})."
    )


def _of(shown: View) -> str:
    return f" with {budget(shown)}" if shown.of_budget else ""


def bend(shown: View) -> str:
    """Return the setting at the knee of the front, or why there is none."""
    found = knee(shown.front)
    if found.index is None:
        return f"No knee: {found.reason}."
    at = scenario_of(shown.points[found.index], shown.here)
    return f"The front bends most at this setting: {describe(at)}."


def absent(shown: View) -> str:
    """Return how many settings have no place on the chart and why; empty if all have one."""
    reasons = shown.front.left_out["reason"].value_counts()
    if not len(reasons):
        return ""
    told = "; ".join(f"{count} of them: {reason}" for reason, count in reasons.items())
    return f"{reasons.sum()} settings have no place on this chart. {told}."
