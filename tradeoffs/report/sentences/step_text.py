"""Where a step from your setting leads, and what it changes."""

from collections.abc import Sequence

from tradeoffs.fronts.replicates import REPORT
from tradeoffs.report.alternatives import Alternatives
from tradeoffs.report.sentences.pick_reasons import together, value_text, with_range
from tradeoffs.report.step import by_chance
from tradeoffs.report.text import describe


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
            return f"{one.lower} stays at {with_range(one, ends)}"
        return f"{one.lower} from {value_text(one, before)} to {with_range(one, ends)}"

    changes = [change(place) for place in range(len(among.objectives)) if place in places]
    return f"Leads to {describe(among.settings[there])}: {together(changes)}."


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
    words = better.words[0].upper() + better.words[1:]
    change = float(among.mean_costs[REPORT, there, falls] - among.mean_costs[REPORT, now, falls])
    if abs(change) <= by_chance(among, REPORT)[falls]:
        return f"{words}; {other} about the same"
    return f"{words}; {other} gets worse" if change > 0 else f"{words}; {other} gets better too"
