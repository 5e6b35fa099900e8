"""Where a step from your setting leads, and what it changes."""

from collections.abc import Sequence

from tradeoffs.fronts.replicates import REPORT
from tradeoffs.language.notation import list_text
from tradeoffs.language.translation import say
from tradeoffs.report.alternatives import Alternatives
from tradeoffs.report.sentences.value_text import value_text, with_range
from tradeoffs.report.step import by_chance
from tradeoffs.report.text import capital, describe


def step_text(among: Alternatives, there: int, places: Sequence[int]) -> str:
    """Return where a step leads: the setting, and what it changes of some objectives.

    Args:
        among: with the setting of the sliders.
        there: row of the setting.
        places: of the objectives that are told.
    """
    now = among.now
    assert now is not None

    def change(place: int) -> str:
        one, before = among.objectives[place], float(among.means[REPORT, now, place])
        ends = among.intervals[there, place].tolist()
        if before == ends[0]:
            return say(
                "{objective} stays at {value}", objective=one.lower, value=with_range(one, ends)
            )
        return say(
            "{objective} from {before} to {value}",
            objective=one.lower,
            before=value_text(one, before),
            value=with_range(one, ends),
        )

    changes = [change(place) for place in range(len(among.objectives)) if place in places]
    setting = describe(among.settings[there])
    return say("Leads to {setting}: {changes}.", setting=setting, changes=list_text(changes))


def step_title(among: Alternatives, there: int, place: int, falls: int) -> str:
    """Return what a step does: to the objective that improves, and to the one that may get worse.

    Args:
        among: with the setting of the sliders.
        there: row of the setting that the step leads to.
        place: the objective that improves.
        falls: the one that may get worse.
    """
    better, other, now = among.objectives[place], among.objectives[falls].lower, among.now
    assert now is not None
    words = capital(better.words)
    change = float(among.mean_costs[REPORT, there, falls] - among.mean_costs[REPORT, now, falls])
    if abs(change) <= by_chance(among, REPORT)[falls]:
        return say("{gain}; {other} about the same", gain=words, other=other)
    if change > 0:
        return say("{gain}; {other} gets worse", gain=words, other=other)
    return say("{gain}; {other} gets better too", gain=words, other=other)
