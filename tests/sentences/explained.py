"""What is said of explanations, worked out again from the stored figures and decisions."""

import numpy as np

from tests.sentences.raw import FEWEST, decided, figures, near, numbers
from tests.sentences.screens import Screen
from tradeoffs.data.cases import load_cases
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.values.explanations.catalogue import METRICS


def rules(screen: Screen, text: str) -> bool:
    """Check what eight rules repeat."""
    both = [figures(screen.own, f"fidelity_{name}").mean() for name in ("agreement", "baseline")]
    defined = not np.isnan(figures(screen.own, "fidelity")).any()
    return defined and near(text, 0, 100 * both[0]) and near(text, 1, 100 * both[1])


def too_alike(screen: Screen, text: str) -> bool:
    """Check from the decisions themselves in how many seeds few people get the rarer answer."""
    rows = evaluation_people(screen.here).rows
    yes = decided(screen.own, rows).sum(1)
    seeds = int((np.minimum(yes, rows - yes) < 30).sum())
    return numbers(text)[:3] == [seeds, len(screen.own), 30]


def missing(screen: Screen, text: str) -> bool:
    """Check that a measure of explanations is missing, for the reason that is said."""
    if "nothing was measured" in text:
        return bool(np.isnan(figures(screen.own, "accuracy")).any())
    title, _, reason = text.removesuffix(".").partition(" is not measurable: ")
    name = next(name for name, one in METRICS.items() if one.title == title)
    absent = np.isnan(figures(screen.own, name))
    if "asks the score alone" in reason:
        ruled = ~np.isnan(figures(screen.own, "overruled"))  # some may find no thresholds
        return bool((absent & ruled).any())
    if "not written down" in reason:
        return bool(absent.all()) and not load_cases(screen.here.dataset).actions
    if "fewer than" in reason:
        rows = evaluation_people(screen.here).rows
        yes = decided(screen.own, rows).sum(1)
        return bool((absent & (np.minimum(yes, rows - yes) < FEWEST)).any())
    return bool((absent & ~np.isnan(figures(screen.own, "accuracy"))).any())
