"""What a front comes to, in words: its hypervolume, where it bends, what has no place on it."""

from tradeoffs.fronts import knee
from tradeoffs.fronts.dominance import APART
from tradeoffs.language.notation import list_text, semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.charts.hover import value_format
from tradeoffs.report.text import describe, setting
from tradeoffs.report.view import View, scenario_of


def extent(shown: View) -> str:
    """Return how many settings there are, compete and are on the front."""
    told: dict[str, object] = {
        "total": len(shown.points),
        "confirmed": len(shown.front.confirmed),
        "x": shown.x.lower,
        "y": shown.y.lower,
    }
    if not shown.of_budget:
        return say(
            "{total:setting|settings} by {x} and {y}; {confirmed} of them {confirmed:|is|are} on "
            "the front.",
            **told,
        )
    return say(
        "{total:setting|settings} by {x} and {y}; of the {among} with {budget}, {confirmed} "
        "{confirmed:|is|are} on the front.",
        among=competitors(shown),
        budget=budget(shown),
        **told,
    )


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
    return say("clipping as for {budget}", budget=told) if mechanism == "clip_only" else told


def front_name(shown: View) -> str:
    """Return what the front is called: with the budget of its settings, if they have one."""
    return say("front with {budget}", budget=budget(shown)) if shown.of_budget else say("front")


def hypervolume(shown: View) -> str:
    """Return the hypervolume with its interval, and from where it counts."""
    front = shown.front
    size = say("{value:.3f}", value=front.hypervolume)
    if front.interval:
        size = say(
            "{value:.3f} (95 % over seeds, not test rows: {low:.3f} to {high:.3f})",
            value=front.hypervolume,
            low=front.interval[0],
            high=front.interval[1],
        )
    worst = [
        f"{one.lower} {value_format(one)(front.references[one.name])}" for one in front.objectives
    ]
    return say(
        "Hypervolume of the {front} {size}; on the rows on which it was chosen, {chosen:.3f}. It "
        "is measured from {worst} (references, version {version}).",
        front=front_name(shown),
        size=size,
        chosen=front.hypervolume_select,
        worst=list_text(worst),
        version=front.reference_version,
    )


def bend(shown: View) -> str:
    """Return the setting at the knee of the front, or why there is none."""
    found = knee(shown.front)
    if found.index is None:
        return say("No knee: {reason}.", reason=found.reason)
    at = scenario_of(shown.points[found.index], shown.here)
    return say("The front bends most at this setting: {setting}.", setting=describe(at))


def absent(shown: View) -> str:
    """Return how many settings have no place on the chart and why; empty if all have one."""
    reasons = shown.front.left_out["reason"].value_counts()
    if not len(reasons):
        return ""
    told = [
        say("{count} of them: {reason}", count=count, reason=str(reason))
        for reason, count in reasons.items()
    ]
    return say(
        "{count} settings have no place on this chart. {why}.",
        count=int(reasons.sum()),
        why=semicolon_text(told),
    )
