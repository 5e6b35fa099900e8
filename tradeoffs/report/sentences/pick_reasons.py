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
    told = [why, _drawn_again(found), _other_half(found), *_broken(found), *left_out(found)]
    return [text for text in told if text]


def impossible(found: Pick, at_least: Mapping[str, float]) -> list[str]:
    """Return what excludes each other and what would have to give; nothing if all is possible.

    Args:
        found: without a pick.
        at_least: objective -> the worst value accepted.
    """
    every = found.among.objectives
    if not found.conflict:
        return ["No setting here is measurable in all that counts, so none is picked."]
    told = _together([level_text(every[k], at_least[every[k].name]) for k in found.conflict])
    alone = len(found.conflict) == 1
    first = f"On the half of the test rows that picks, no setting here has {told}"
    first += "." if alone else " together."
    ways, asked = [], [k for k, one in enumerate(every) if one.name in at_least]
    for place in asked:
        one = every[place]
        if place in found.relaxed:
            value = value_text(one, _loose(one, found.relaxed[place]))
            ways.append(
                f"It becomes possible if {one.lower} alone gives, to {value} instead of "
                f"{value_text(one, at_least[one.name])}."
            )
        else:
            ways.append(f"Giving way in {one.lower} alone does not make it possible.")
    return [first, *ways]


def left_out(found: Pick) -> list[str]:
    """Return how many settings cannot be picked, as something is not measurable there."""
    count = int((~found.measurable).sum())
    if not count:
        return []
    if count == 1:
        return ["One setting takes no part: an objective that counts is not measurable there."]
    return [f"{count} settings take no part: an objective that counts is not measurable there."]


def scale_note(found: Pick) -> str:
    """Return on which scales objectives compare, and where infinity lies on them."""
    told = (
        "An objective's scale goes from its best possible value to its reference, as for the "
        "hypervolume. Chosen on one half of the test rows, shown on the other, with 95 % intervals."
    )
    infinite = np.isinf(found.among.means[SELECT][:, found.counted]).any()
    more = " A setting without a promise counts as just beyond the largest budget."
    return told + more if infinite else told


def step_text(among: Alternatives, there: int, places: Sequence[int]) -> str:
    """Return where a step leads: the setting, and what it changes of some objectives.

    Args:
        among: with the setting of the sliders.
        there: row of the setting.
        places: of the objectives that are told.
    """
    now = among.now
    assert now is not None
    changes = [
        f"{one.lower} from {value_text(one, among.means[REPORT, now, place])} to "
        f"{with_range(one, among.intervals[there, place].tolist())}"
        for place, one in enumerate(among.objectives)
        if place in places
    ]
    return f"Leads to {describe(among.settings[there])}: {_together(changes)}."


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
        return f"{here}; no setting here is worth more to them."
    return (
        f"{here}; most to them is {describe(among.settings[best])}, with {total[REPORT, best]:.3f}."
    )


def _weighed(found: Pick) -> str:
    among, row = found.among, found.row
    assert row is not None
    place = found.counted[int(np.argmax(found.shortfall))]
    one, here = among.objectives[place], among.means[REPORT, row, place]
    if found.wish.by == "aspiration" and found.wish.aspiration:
        if found.shortfall.max() <= 0:
            return "It reaches every value that you wish for, on the half that picks."
        wished = level_text(one, found.wish.aspiration[one.name])
        had = value_text(one, here)
        return f"It comes closest to what you wish for; {wished} is missed most: {had}."
    if found.shortfall.max() <= 0:
        return "It is the best setting here in everything that has points."
    best = among.means[REPORT, found.best[place], place]
    weighed = "Weighed by your points" if found.wish.points else "If all objectives count alike"
    told = (
        f"{weighed}, what it gives up most is {one.lower}: {value_text(one, here)}, and the best "
        f"setting here has {value_text(one, best)}."
    )
    if np.isinf(found.levels).all():
        return f"{told} No other setting gives up less where it gives up most."
    return f"{told} No other setting that you accept gives up less where it gives up most."


def _ranked(found: Pick) -> str:
    view = found.wish.ranking
    assert found.row is not None
    score = found.scores[REPORT]
    told = (
        f"By the {view.title.lower()} view, which looks at {view.words}, no setting that is "
        f"accepted ranks higher: its score is {score[found.row]:.3f}"
    )
    now = found.among.now
    if now is None or np.isnan(score[now]):
        return f"{told}."
    return f"{told}, that of your setting {score[now]:.3f}."


def _drawn_again(found: Pick) -> str:
    if found.among.seeds < 2:
        return "There is one seed, so how sure the pick is cannot be told."
    times = found.frequency
    row = found.row
    told = f"With its {found.among.seeds} seeds drawn again, it is picked in {times[row]} of "
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
        return "On the other half of the test rows no setting is accepted."
    name = describe(found.among.settings[other])
    told = f"The two halves of the test rows disagree: the other one picks {name}"
    if found.wish.by == "pattern" or math.isnan(found.regret):
        return f"{told}."
    apart = percent(found.regret) if found.regret >= 0.0005 else "less than 0.1 %"
    return f"{told}. There, by the same wish, the pick is {apart} of a scale behind it."


def _broken(found: Pick) -> Iterable[str]:
    for place in found.broken:
        one = found.among.objectives[place]
        value = value_text(one, float(found.among.means[REPORT, found.row, place]))
        yield (
            f"What you accept in {one.lower} is kept on the half that picks, and missed on the "
            f"one that is shown: {value}."
        )


def _loose(objective: Objective, value: float) -> float:
    """Return a share as far to the worse side as the digits on screen need to include it."""
    if not objective.is_share:
        return value
    towards = math.floor if objective.better == "high" else math.ceil
    return towards(1000 * value) / 1000


def _together(parts: Sequence[str]) -> str:
    """Return several things in one phrase.

    >>> _together(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last
