"""Why a setting is picked, how sure that is, and what would have to give where none is."""

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tradeoffs.fronts import PRIVACY, Objective
from tradeoffs.fronts.replicates import REPORT, SELECT
from tradeoffs.report.alternatives import Alternatives
from tradeoffs.report.charts.hover import value_format
from tradeoffs.report.pick import Pick, utility
from tradeoffs.report.text import describe, number, percent, points, with_interval

NO_PROMISE = "no promise"


def value_text(objective: Objective, value: float) -> str:
    """Return a value of an objective in words.

    >>> value_text(PRIVACY, 0.2), value_text(PRIVACY, math.inf), value_text(PRIVACY, math.nan)
    ('ε = 0.2', 'no promise', 'not measurable')
    """
    if math.isnan(value):
        return "not measurable"
    if math.isinf(value):
        return NO_PROMISE
    told = value_format(objective)(value)
    return f"ε = {told}" if objective.name == PRIVACY.name else told


def with_range(objective: Objective, ends: Sequence[float]) -> str:
    """Return a value with its 95 % interval, where it has one.

    >>> with_range(PRIVACY, (0.2, math.nan, math.nan))
    'ε = 0.2'
    """
    value, low, high = ends
    if math.isnan(value) or math.isinf(value) or math.isnan(low):
        return value_text(objective, value)
    return with_interval(value, low, high, value_format(objective))


def utility_text(ends: Sequence[float]) -> str:
    """Return a mean utility with its interval.

    >>> utility_text((0.157, 0.14, 0.174)), utility_text((math.nan,) * 3)
    ('0.157 (0.140 to 0.174)', 'not measurable')
    """
    value, low, high = ends
    if math.isnan(value):
        return "not measurable"
    return f"{value:.3f}" if math.isnan(low) else f"{value:.3f} ({low:.3f} to {high:.3f})"


def level_text(objective: Objective, value: float) -> str:
    """Return the worst accepted value within a sentence.

    >>> level_text(PRIVACY, 1.0)
    'privacy budget (epsilon) at most ε = 1'
    """
    side = "at least" if objective.better == "high" else "at most"
    return f"{objective.lower} {side} {value_text(objective, value)}"


def behind(objective: Objective, value: float, best: float) -> str:
    """Return by how much a value is worse than the best; "none" where it is not.

    >>> behind(PRIVACY, 3.0, 0.5), behind(PRIVACY, 0.5, 0.5)
    ('6 times', 'none')
    """
    if math.isnan(value) or math.isnan(best):
        return "not measurable"
    if objective.cost(value) <= objective.cost(best):
        return "none"
    if math.isinf(value):
        return NO_PROMISE
    if objective.scale == "log":
        return f"{number(value / best)} times"
    if objective.is_share:
        return points(abs(value - best)).lstrip("+")
    return number(abs(value - best))


def reasons(found: Pick) -> list[str]:
    """Return why the pick is picked, and how sure that is; nothing where nothing is picked."""
    if found.row is None:
        return []
    why = _ranked(found) if found.wish.by == "pattern" else _weighed(found)
    again = [] if found.more_frequent is not None else [_drawn_again(found)]
    return [why, *_worse(found), *again, _other_half(found), *_broken(found), *left_out(found)]


def on_screen(among: Alternatives) -> str:
    """Return among which settings something is the best."""
    count = len(among.settings)
    return "the one setting on screen" if count == 1 else f"the {count} settings on screen"


def title(found: Pick) -> str:
    """Return which setting is picked, or that two cannot be told apart; the first thing said."""
    if found.row is None:
        return f"None of {on_screen(found.among)} qualifies."
    if found.more_frequent is not None:
        return "Your wish cannot tell two settings apart."
    name = describe(found.among.settings[found.row])
    return f"Of {on_screen(found.among)}, the one that meets your wish best is: {name}."


def equals(found: Pick) -> tuple[str, str]:
    """Return what speaks for the pick, and for the setting that seeds drawn again pick more often.

    Args:
        found: where there is such a setting.
    """
    settings, times, more = found.among.settings, found.frequency, found.more_frequent
    assert found.row is not None and more is not None
    return (
        f"Averaged over all {found.among.seeds} seeds, {describe(settings[found.row])} meets "
        f"it best of {on_screen(found.among)}.",
        (
            f"When the seeds are resampled, {describe(settings[more])} does so more often: in "
            f"{times[more]} of {found.draws} draws, against {times[found.row]} for the first."
        ),
    )


def impossible(found: Pick, at_least: Mapping[str, float]) -> list[str]:
    """Return what excludes each other and what would have to give; nothing if all is possible.

    Args:
        found: without a pick.
        at_least: objective -> the worst value accepted.
    """
    every = found.among.objectives
    if not found.conflict:
        return ["None of them has a measurable value for everything that you ask about."]
    told = together([level_text(every[k], at_least[every[k].name]) for k in found.conflict])
    alone = len(found.conflict) == 1
    first = (
        f"On the half of the test rows used for picking, none of {on_screen(found.among)} "
        f"has {told}"
    )
    first += "." if alone else " together."
    ways, asked = [], [k for k, one in enumerate(every) if one.name in at_least]
    for place in asked:
        one = every[place]
        if place in found.relaxed:
            value = value_text(one, _loose(one, found.relaxed[place]))
            ways.append(
                f"It becomes possible if {one.lower} alone is relaxed, to {value} instead of "
                f"{value_text(one, at_least[one.name])}."
            )
        else:
            ways.append(f"Relaxing {one.lower} alone does not make it possible.")
    return [first, *ways]


def left_out(found: Pick) -> list[str]:
    """Return how many settings cannot be picked, and what is not measurable there."""
    count = int((~found.measurable).sum())
    if not count:
        return []
    every = found.among.objectives
    names = [every[place].lower for place in np.flatnonzero(found.unknown.any(axis=0)).tolist()]
    what = _either(names or ["the utility of a group"])
    if count == 1:
        return [f"One setting is not considered, because {what} is not measurable there."]
    return [f"{count} settings are not considered, because {what} is not measurable there."]


def scale_note(found: Pick) -> str:
    """Return on which scales objectives compare, and where infinity lies on them."""
    told = (
        "An objective's scale goes from its best possible value to its reference, as for "
        "the hypervolume. The choice is made on one half of the test rows and shown on the "
        "other, with 95 % intervals."
    )
    infinite = np.isinf(found.among.means[SELECT][:, found.counted]).any()
    more = " A setting without a promise counts as if its budget were just above the largest one."
    return told + more if infinite else told


def decider(found: Pick) -> str:
    """Return what the pick is worth to the one who decides, and what the best for them is."""
    among = found.among
    worth = utility(among, found.wish.decision_maker).mean(axis=2)  # (2, settings, groups)
    known = ~np.isnan(worth)
    total = np.where(known, worth * among.sizes, 0.0).sum(-1) / (known * among.sizes).sum(-1)
    if found.row is None or np.isnan(total[:, found.row]).any():
        return ""
    best = int(np.nanargmax(total[SELECT]))
    here = f"To the one who decides, the pick is worth {total[REPORT, found.row]:.3f} a person"
    if best == found.row:
        return f"{here}; none of {on_screen(among)} is worth more to them."
    return (
        f"{here}; of {on_screen(among)}, {describe(among.settings[best])} is worth most to them: "
        f"{total[REPORT, best]:.3f}."
    )


def _weighed(found: Pick) -> str:
    among, row = found.among, found.row
    assert row is not None
    place = found.asked[int(np.argmax(found.shortfall))]
    one, here = among.objectives[place], among.means[REPORT, row, place]
    if found.wish.by == "aspiration" and one.name in found.wish.aspiration:
        if found.shortfall.max() <= 0:
            return "On the half used for picking, it reaches every value that you wish for."
        wished = level_text(one, found.wish.aspiration[one.name])
        had = value_text(one, here)
        return f"It comes closest to what you wish for; it misses {wished} by most: {had}."
    if found.shortfall.max() <= 0:
        return f"It is the best of {on_screen(among)} in every objective that has points."
    best = among.means[REPORT, found.best[place], place]
    weighed = "With all objectives counted equally"
    if found.wish.by == "points" and found.wish.points:
        weighed = "Weighted by your points"
    told = (
        f"{weighed}, it falls furthest short in {one.lower}: {value_text(one, here)}, where the "
        f"best of {on_screen(among)} has {value_text(one, best)}."
    )
    if np.isinf(found.levels).all():
        return f"{told} Every other setting falls at least as far short in some objective."
    return (
        f"{told} Every other setting that you accept falls at least as far short in some objective."
    )


def _worse(found: Pick) -> Iterable[str]:
    """Say where the pick is worse than your setting in the objective with the most points."""
    among, row, now = found.among, found.row, found.among.now
    most = np.flatnonzero(found.weights == found.weights.max()) if found.asked else []
    if row is None or now is None or found.wish.by != "points" or len(most) != 1:
        return
    change = among.mean_costs[REPORT, row] - among.mean_costs[REPORT, now]
    place = found.asked[int(most[0])]
    if not change[place] > 0:
        return

    def against(k: int) -> str:
        one, seen = among.objectives[k], among.means[REPORT]
        return f"{value_text(one, seen[row, k])} against {value_text(one, seen[now, k])}"

    def within(k: int) -> bool:
        _, low, high = among.intervals[row, k]
        return bool(low <= among.means[REPORT, now, k] <= high)

    told = (
        f"In {among.objectives[place].lower}, which has the most points, it is worse than your "
        f"setting: {against(place)}{', which its 95 % interval includes' if within(place) else ''}."
    )
    gains = [
        f"{among.objectives[k].lower} ({against(k)})"
        for k in found.asked
        if change[k] < 0 and not within(k)
    ]
    yield (
        f"{told} It gains instead: {together(gains)}."
        if gains
        else (f"{told} In no objective with points does it gain more than chance may explain.")
    )


def _ranked(found: Pick) -> str:
    view = found.wish.ranking
    assert found.row is not None
    score = found.scores[REPORT]
    told = (
        f"By the {view.title.lower()} view, which looks at {view.words}, it ranks highest of what "
        f"you accept among {on_screen(found.among)}: its score is {score[found.row]:.3f}"
    )
    now = found.among.now
    if now is None or np.isnan(score[now]):
        return f"{told}."
    return f"{told}, that of your setting {score[now]:.3f}."


def _drawn_again(found: Pick) -> str:
    if found.among.seeds < 2:
        return "There is one seed, so it cannot be told how certain the pick is."
    times = found.frequency
    row = found.row
    told = f"With its {found.among.seeds} seeds resampled, it is picked in {times[row]} of "
    told += f"{found.draws} draws"
    others = times.copy()
    others[row] = 0
    if not others.any():
        return f"{told}."
    second = int(others.argmax())
    name = describe(found.among.settings[second])
    return f"{told}; the next is {name}, in {others[second]}."


def _other_half(found: Pick) -> str:
    other = found.row_on_report
    if other == found.row:
        return "The other half of the test rows picks the same setting."
    if other is None:
        return "On the other half of the test rows, no setting is acceptable."
    name = describe(found.among.settings[other])
    told = f"The two halves of the test rows disagree: the other one picks {name}"
    if found.wish.by == "pattern" or math.isnan(found.regret):
        return f"{told}."
    apart = percent(found.regret) if found.regret >= 0.0005 else "less than 0.1 %"
    return f"{told}. There, that one meets your wish better, by {apart} of the length of a scale."


def _broken(found: Pick) -> Iterable[str]:
    for place in found.broken:
        one = found.among.objectives[place]
        value = value_text(one, float(found.among.means[REPORT, found.row, place]))
        yield (
            f"Your red line for {one.lower} is kept on the half used for picking, but not on "
            f"the half that is shown: {value}."
        )


def _loose(objective: Objective, value: float) -> float:
    """Return a share as far to the worse side as the digits on screen need to include it."""
    if not objective.is_share:
        return value
    towards = math.floor if objective.better == "high" else math.ceil
    return towards(1000 * value) / 1000


def _either(parts: Sequence[str]) -> str:
    """Return one or more things of which at least one holds.

    >>> _either(["a", "b"])
    'a or b'
    """
    return " or ".join(parts)


def together(parts: Sequence[str]) -> str:
    """Return several things in one phrase.

    >>> together(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
