"""What was measured, worked out again from stored counts and decisions, not from the view."""

import math
import re
from collections.abc import Iterable, Mapping

import numpy as np

from tradeoffs.results import Result
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

NUMBER = r"[−+-]?(?:\d[\d,]*)?\.?\d+"
FEWEST = 30  # people a rate is taken over
RATES = {  # numerator and denominator, from a group's counts
    "selection": lambda c: (c["selected"], c["people"]),
    "true": lambda c: (c["true_positives"], c["positives"]),
    "false": lambda c: (c["selected"] - c["true_positives"], c["people"] - c["positives"]),
    "missed": lambda c: (c["positives"] - c["true_positives"], c["positives"]),
    "error": lambda c: (c["positives"] + c["selected"] - 2 * c["true_positives"], c["people"]),
    "precision": lambda c: (c["true_positives"], c["selected"]),
    "residual": lambda c: (c["positives"] - c["scores"], c["people"]),
    "squared": lambda c: (c["squared_errors"], c["people"]),
}
MEASURED = {  # rates of a notion, whether their spread or the largest, and the cells they need
    "demographic_parity": (["selection"], "spread", ["people"]),
    "quota": (["selection"], "spread", ["people"]),
    "equal_opportunity": (["true"], "spread", ["positives"]),
    "equalized_odds": (["true", "false"], "spread", ["positives", "negatives"]),
    "error_rate_parity": (["error"], "spread", ["people"]),
    "predictive_parity": (["precision"], "spread", ["positives"]),
    "group_calibration": (["residual"], "spread", ["people"]),
    "minimax": (["error"], "largest", ["people"]),
    "bounded_group_loss": (["squared"], "largest", ["people"]),
    "minimum_rate": (["missed"], "largest", ["positives"]),
}
COUNTS = ("people", "positives", "selected", "true_positives", "scores", "squared_errors")
Counts = Mapping[str, Mapping[str, float]]  # group -> what is counted of it


def numbers(text: str) -> list[float]:
    """Return the numbers that stand in a text."""
    return [float(n.replace(",", "").replace("−", "-")) for n in re.findall(NUMBER, text)]


def near(text: str, place: int, value: float, digits: int = 1) -> bool:
    """Say whether a number of a text is a value, rounded."""
    return abs(numbers(text)[place] - value) <= 0.5001 * 10**-digits


def most(flags: list[bool]) -> bool:
    """Say whether something holds in more than half of the seeds."""
    return 2 * sum(flags) > len(flags)


def ordered(results: Iterable[Result]) -> list[Result]:
    """Return results in the order of their seeds."""
    return sorted(results, key=lambda one: one.scenario.seed)


def figures(results: Iterable[Result], name: str, split: str = "report") -> np.ndarray:
    """Return a figure of each seed, in the order of seeds; NaN where it was not measured."""
    measured = [one.measurement.figures(split) for one in ordered(results)]
    return np.array([one.get(name, math.nan) for one in measured], dtype=float)


def facts(results: Iterable[Result], name: str) -> list:
    """Return what each training told under a name; None where it told nothing."""
    return [one.measurement.training.get(name) for one in ordered(results)]


def decided(results: Iterable[Result], rows: int) -> np.ndarray:
    """Return (seeds, rows) of the stored decisions."""
    stored = [np.frombuffer(one.measurement.decisions, np.uint8) for one in ordered(results)]
    return np.stack([np.unpackbits(one)[:rows] for one in stored]).astype(bool)


def counts(result: Result, split: str, protected: str) -> Counts:
    """Return what a result counts of each group; nothing of a model that was not measured."""
    measured = result.measurement.figures(split)
    prefix = f"people[{protected}="
    names = [name[len(prefix) : -1] for name in measured if name.startswith(prefix)]
    return {
        name: {field: measured[f"{field}[{protected}={name}]"] for field in COUNTS}
        for name in names
    }


def large(here: Scenario, results: Iterable[Result]) -> set[str]:
    """Return the groups that have enough people in every table that is shown together."""
    wanted = MEASURED.get(here.notion, ([], "", ["people"]))[2]
    tables = []
    for one in results:
        for split in ("select", "report"):
            found = counts(one, split, here.protected)
            tables += [{name for name, of in found.items() if _enough(of, wanted)}] * bool(found)
    able = min(2, max(map(len, tables), default=0))
    kept = [names for names in tables if len(names) >= able]
    return set.intersection(*kept) if kept else set()


def _enough(of: Mapping[str, float], wanted: list[str]) -> bool:
    sizes = {**of, "negatives": of["people"] - of["positives"]}
    return all(sizes[cell] >= FEWEST for cell in wanted)


def gaps(
    here: Scenario, results: Iterable[Result], among: set[str], split: str = "report"
) -> np.ndarray:
    """Return the gap of each seed between some groups; NaN where a rate is over too few people."""
    if here.notion not in MEASURED:  # counts cannot tell
        return figures(results, f"{NOTIONS[here.notion].metric}[{here.protected}]", split)
    rates, kind, _ = MEASURED[here.notion]
    found = []
    for one in ordered(results):
        groups = [of for name, of in counts(one, split, here.protected).items() if name in among]
        parts = [[RATES[rate](of) for of in groups] for rate in rates]
        small = any(below < FEWEST for part in parts for _, below in part)
        values = [] if small else [[above / below for above, below in part] for part in parts]
        few = len(groups) < 2 or small
        spread = 0 if kind == "largest" else 1
        found.append(math.nan if few else max(max(v) - spread * min(v) for v in values))
    return np.array(found)
