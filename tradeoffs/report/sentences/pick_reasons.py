"""Why a setting is picked, how sure that is, and what would have to give where none is."""

import math
from collections.abc import Iterable, Mapping

import numpy as np

from tradeoffs.fronts import Objective
from tradeoffs.fronts.replicates import REPORT, SELECT
from tradeoffs.language.notation import list_text
from tradeoffs.language.translation import say, translate
from tradeoffs.report.alternatives import Alternatives
from tradeoffs.report.pick import Pick, utility
from tradeoffs.report.sentences.value_text import level_text, value_text
from tradeoffs.report.text import describe, percent

ALONE = "On the half of the test rows used for picking, none of {settings} has {levels}."
TOGETHER = (
    "On the half of the test rows used for picking, none of {settings} has {levels} together."
)
WEIGHTED = (
    "Weighted by your points, it falls furthest short in {objective}: {value}, where the best of "
    "{settings} has {best}."
)
EQUALLY = (
    "With all objectives counted equally, it falls furthest short in {objective}: {value}, where "
    "the best of {settings} has {best}."
)
OTHERS = {  # True where anything is accepted
    True: "Every other setting falls at least as far short in some objective.",
    False: "Every other setting that you accept falls at least as far short in some objective.",
}
WORSE = {  # in the objective with the most points; True where it may be chance
    True: (
        "In {objective}, which has the most points, it is worse than your setting: {value} against "
        "{yours}, which its 95 % interval includes."
    ),
    False: (
        "In {objective}, which has the most points, it is worse than your setting: {value} against "
        "{yours}."
    ),
}


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
    if count == 1:
        return say("the one setting on screen")
    return say("the {count} settings on screen", count=count)


def title(found: Pick) -> str:
    """Return which setting is picked, or that two cannot be told apart; the first thing said."""
    if found.row is None:
        return say("None of {settings} qualifies.", settings=on_screen(found.among))
    if found.more_frequent is not None:
        return say("Your wish cannot tell two settings apart.")
    return say(
        "Of {settings}, the one that meets your wish best is: {name}.",
        settings=on_screen(found.among),
        name=describe(found.among.settings[found.row]),
    )


def equals(found: Pick) -> tuple[str, str]:
    """Return what speaks for the pick, and for the setting that seeds drawn again pick more often.

    Args:
        found: where there is such a setting.
    """
    settings, times, more = found.among.settings, found.frequency, found.more_frequent
    assert found.row is not None and more is not None
    return (
        say(
            "Averaged over all {seeds} seeds, {name} meets it best of {settings}.",
            seeds=found.among.seeds,
            name=describe(settings[found.row]),
            settings=on_screen(found.among),
        ),
        say(
            "When the seeds are resampled, {name} does so more often: in {times} of {draws} "
            "draws, against {other} for the first.",
            name=describe(settings[more]),
            times=times[more],
            draws=found.draws,
            other=times[found.row],
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
        return [say("None of them has a measurable value for everything that you ask about.")]
    told = [level_text(every[k], at_least[every[k].name]) for k in found.conflict]
    first = say(
        ALONE if len(told) == 1 else TOGETHER,
        settings=on_screen(found.among),
        levels=list_text(told),
    )
    ways, asked = [], [k for k, one in enumerate(every) if one.name in at_least]
    for place in asked:
        one = every[place]
        if place in found.relaxed:
            way = say(
                "It becomes possible if {objective} alone is relaxed, to {value} instead of "
                "{asked}.",
                objective=one.lower,
                value=value_text(one, _loose(one, found.relaxed[place])),
                asked=value_text(one, at_least[one.name]),
            )
        else:
            way = say("Relaxing {objective} alone does not make it possible.", objective=one.lower)
        ways.append(way)
    return [first, *ways]


def left_out(found: Pick) -> list[str]:
    """Return how many settings cannot be picked, and what is not measurable there."""
    count = int((~found.measurable).sum())
    if not count:
        return []
    every = found.among.objectives
    names = [every[place].lower for place in np.flatnonzero(found.unknown.any(axis=0)).tolist()]
    what = list_text(names or [say("the utility of a group")], "or")
    if count == 1:
        return [
            say("One setting is not considered, because {what} is not measurable there.", what=what)
        ]
    return [
        say(
            "{count} settings are not considered, because {what} is not measurable there.",
            count=count,
            what=what,
        )
    ]


def scale_note(found: Pick) -> str:
    """Return on which scales objectives compare, and where infinity lies on them."""
    told = translate(
        "An objective's scale goes from its best possible value to its reference, as for "
        "the hypervolume. The choice is made on one half of the test rows and shown on the "
        "other, with 95 % intervals."
    )
    if not np.isinf(found.among.means[SELECT][:, found.counted]).any():
        return told
    more = translate(
        "A setting without a promise counts as if its budget were just above the largest one."
    )
    return f"{told} {more}"


def decider(found: Pick) -> str:
    """Return what the pick is worth to the one who decides, and what the best for them is."""
    among = found.among
    worth = utility(among, found.wish.decision_maker).mean(axis=2)  # (2, settings, groups)
    known = ~np.isnan(worth)
    total = np.where(known, worth * among.sizes, 0.0).sum(-1) / (known * among.sizes).sum(-1)
    if found.row is None or np.isnan(total[:, found.row]).any():
        return ""
    best = int(np.nanargmax(total[SELECT]))
    told = {"worth": float(total[REPORT, found.row]), "settings": on_screen(among)}
    if best == found.row:
        return say(
            "To the one who decides, the pick is worth {worth:.3f} a person; none of {settings} is "
            "worth more to them.",
            **told,
        )
    return say(
        "To the one who decides, the pick is worth {worth:.3f} a person; of {settings}, {name} is "
        "worth most to them: {most:.3f}.",
        name=describe(among.settings[best]),
        most=float(total[REPORT, best]),
        **told,
    )


def _weighed(found: Pick) -> str:
    among, row = found.among, found.row
    assert row is not None
    place = found.asked[int(np.argmax(found.shortfall))]
    one, here = among.objectives[place], among.means[REPORT, row, place]
    if found.wish.by == "aspiration" and one.name in found.wish.aspiration:
        if found.shortfall.max() <= 0:
            return say("On the half used for picking, it reaches every value that you wish for.")
        return say(
            "It comes closest to what you wish for; it misses {wished} by most: {value}.",
            wished=level_text(one, found.wish.aspiration[one.name]),
            value=value_text(one, here),
        )
    if found.shortfall.max() <= 0:
        return say(
            "It is the best of {settings} in every objective that has points.",
            settings=on_screen(among),
        )
    weighted = found.wish.by == "points" and bool(found.wish.points)
    told = say(
        WEIGHTED if weighted else EQUALLY,
        objective=one.lower,
        value=value_text(one, here),
        settings=on_screen(among),
        best=value_text(one, among.means[REPORT, found.best[place], place]),
    )
    return f"{told} {translate(OTHERS[bool(np.isinf(found.levels).all())])}"


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

    def against(k: int) -> dict[str, str]:
        one, seen = among.objectives[k], among.means[REPORT]
        own, other = (value_text(one, seen[at, k]) for at in (row, now))
        return {"objective": one.lower, "value": own, "yours": other}

    def within(k: int) -> bool:
        _, low, high = among.intervals[row, k]
        return bool(low <= among.means[REPORT, now, k] <= high)

    told = say(WORSE[within(place)], **against(place))
    gains = [
        say("{objective} ({value} against {yours})", **against(k))
        for k in found.asked
        if change[k] < 0 and not within(k)
    ]
    if gains:
        yield f"{told} {say('It gains instead: {gains}.', gains=list_text(gains))}"
    else:
        none = say("In no objective with points does it gain more than chance may explain.")
        yield f"{told} {none}"


def _ranked(found: Pick) -> str:
    view = found.wish.ranking
    assert found.row is not None
    score, now = found.scores[REPORT], found.among.now
    told = {
        "view": view.title.lower(),
        "words": view.words,
        "settings": on_screen(found.among),
        "score": float(score[found.row]),
    }
    if now is None or np.isnan(score[now]):
        return say(
            "By the {view} view, which looks at {words}, it ranks highest of what you accept among "
            "{settings}: its score is {score:.3f}.",
            **told,
        )
    return say(
        "By the {view} view, which looks at {words}, it ranks highest of what you accept among "
        "{settings}: its score is {score:.3f}, that of your setting {yours:.3f}.",
        yours=float(score[now]),
        **told,
    )


def _drawn_again(found: Pick) -> str:
    if found.among.seeds < 2:
        return say("There is one seed, so it cannot be told how certain the pick is.")
    times = found.frequency
    told = {"seeds": found.among.seeds, "times": times[found.row], "draws": found.draws}
    others = times.copy()
    others[found.row] = 0
    if not others.any():
        return say(
            "With its {seeds} seeds resampled, it is picked in {times} of {draws} draws.", **told
        )
    second = int(others.argmax())
    return say(
        "With its {seeds} seeds resampled, it is picked in {times} of {draws} draws; the next is "
        "{name}, in {others}.",
        name=describe(found.among.settings[second]),
        others=others[second],
        **told,
    )


def _other_half(found: Pick) -> str:
    other = found.row_on_report
    if other == found.row:
        return say("The other half of the test rows picks the same setting.")
    if other is None:
        return say("On the other half of the test rows, no setting is acceptable.")
    told = say(
        "The two halves of the test rows disagree: the other one picks {name}.",
        name=describe(found.among.settings[other]),
    )
    if found.wish.by == "pattern" or math.isnan(found.regret):
        return told
    apart = percent(found.regret) if found.regret >= 0.0005 else say("less than 0.1 %")
    better = say(
        "There, that one meets your wish better, by {apart} of the length of a scale.", apart=apart
    )
    return f"{told} {better}"


def _broken(found: Pick) -> Iterable[str]:
    for place in found.broken:
        one = found.among.objectives[place]
        yield say(
            "Your red line for {objective} is kept on the half used for picking, but not on the "
            "half that is shown: {value}.",
            objective=one.lower,
            value=value_text(one, float(found.among.means[REPORT, found.row, place])),
        )


def _loose(objective: Objective, value: float) -> float:
    """Return a share as far to the worse side as the digits on screen need to include it."""
    if not objective.is_share:
        return value
    towards = math.floor if objective.better == "high" else math.ceil
    return towards(1000 * value) / 1000
