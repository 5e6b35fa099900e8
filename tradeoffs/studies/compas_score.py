"""The score of 2013: how often a county's risk tool was wrong for Black and for White people.

Source: Larson, Mattu, Kirchner, Angwin 2016, ProPublica: counts over all 7,214 people; the tool's
decile scores from 5 up are called medium or high risk.  Intervals of shares after Wilson 1927, of
differences after Newcombe 1998, Statistics in Medicine 17, method 10.
"""

import math
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.raw import read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import newcombe, wilson

GROUPS = {"Black": "African-American", "White": "Caucasian"}
CUTS = tuple(range(2, 11))  # decile from which a score is called high
MEASURES = {  # measure -> in words, per 100 of whom
    "false_alarms": "called high, of those not arrested again",
    "missed": "called low, of those arrested again",
    "right_when_high": "arrested again, of those called high",
}
SAME_CUT = "same"  # one line for all
HOLDS = (SAME_CUT, *MEASURES)


@dataclass(frozen=True, slots=True)
class Counts:
    """People of a group by score and outcome, at one line."""

    high_again: int
    high_not: int
    low_again: int
    low_not: int

    def share(self, measure: str) -> tuple[int, int]:
        """Return (people counted, people they are counted among)."""
        return {
            "false_alarms": (self.high_not, self.high_not + self.low_not),
            "missed": (self.low_again, self.high_again + self.low_again),
            "right_when_high": (self.high_again, self.high_again + self.high_not),
        }[measure]

    def rate(self, measure: str) -> float:
        """Return a share; NaN among nobody."""
        some, of = self.share(measure)
        return some / of if of else math.nan


def answer(scenario: Scenario, cut: int = 5, hold: str = SAME_CUT) -> list[dict]:
    """Return the three rates of both groups and their differences, Black minus White.

    Records: `measure`; `group`, or "difference"; `line`, from which a score is called high;
    `value`, `low`, `high`; `people` counted `of` how many; `implied`, for false alarms, what the
    other three leave no choice about; `held`, whether the measure is the one that is held.

    Args:
        scenario: its dataset must be compas.
        cut: decile from which Black people's scores are called high, 2 to 10.
        hold: the measure that White people's own line is chosen to equal, as nearly as the ten
            scores allow; or one line for all.

    Raises:
        InvalidInput: another dataset, or a line or measure that is not offered.
    """
    if scenario.dataset != "compas":
        raise InvalidInput("only_with", field="dataset", value=scenario.dataset, wanted="compas")
    if cut not in CUTS:
        raise InvalidInput("out_of_range", field="cut", value=cut, low=CUTS[0], high=CUTS[-1])
    if hold not in HOLDS:
        raise InvalidInput("not_one_of", field="hold", value=hold, known=tuple(HOLDS))
    scores = _scores()
    black = counted(*scores["Black"], cut)
    other = cut if hold == SAME_CUT else _nearest(black.rate(hold), hold, *scores["White"])
    white = counted(*scores["White"], other)
    lines = {"Black": (black, cut), "White": (white, other)}
    records = [
        _record(group, line, measure, counts)
        for measure in MEASURES
        for group, (counts, line) in lines.items()
    ]
    records += [_difference(measure, black, white) for measure in MEASURES]
    return [one | {"held": one["measure"] == hold} for one in records]


def counted(score: np.ndarray, again: np.ndarray, cut: int) -> Counts:
    """Return the four counts of people with these scores (rows,) and outcomes (rows,)."""
    high = score >= cut
    return Counts(
        high_again=int((high & again).sum()),
        high_not=int((high & ~again).sum()),
        low_again=int((~high & again).sum()),
        low_not=int((~high & ~again).sum()),
    )


def implied_false_alarms(counts: Counts) -> float:
    """Return the false alarms that base rate, misses and precision leave no choice about.

    Source: Chouldechova 2017, arXiv 1703.00056, equation 2.6.
    """
    base = (counts.high_again + counts.low_again) / sum(
        (counts.high_again, counts.high_not, counts.low_again, counts.low_not)
    )
    precision, missed = counts.rate("right_when_high"), counts.rate("missed")
    return base / (1 - base) * (1 - precision) / precision * (1 - missed)


def _scores() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    frame = read_frame(dataset("compas").codebook)
    parts = {group: frame.loc[frame["race"] == race] for group, race in GROUPS.items()}
    return {
        group: (part["decile_score"].to_numpy(int), part["rearrest"].to_numpy(bool))
        for group, part in parts.items()
    }


def _nearest(rate: float, measure: str, score: np.ndarray, again: np.ndarray) -> int:
    """Return the line whose rate comes nearest to another group's; the lower one of two."""
    off = [abs(counted(score, again, cut).rate(measure) - rate) for cut in CUTS]
    return CUTS[int(np.nanargmin(off))]


def _record(group: str, line: int, measure: str, counts: Counts) -> dict:
    some, of = counts.share(measure)
    low, high = wilson(some, of) if of else (None, None)
    return {
        "measure": measure,
        "group": group,
        "line": line,
        "value": some / of if of else None,
        "low": low,
        "high": high,
        "people": some,
        "of": of,
        "implied": implied_false_alarms(counts) if measure == "false_alarms" else None,
    }


def _difference(measure: str, black: Counts, white: Counts) -> dict:
    (a, n), (b, m) = black.share(measure), white.share(measure)
    found: dict = {"measure": measure, "group": "difference", "line": None, "people": None}
    found |= {"of": None, "implied": None, "value": None, "low": None, "high": None}
    if not (n and m):
        return found
    low, high = newcombe(*(np.array(count) for count in (a, n, b, m)))
    return found | {"value": a / n - b / m, "low": float(low), "high": float(high)}
