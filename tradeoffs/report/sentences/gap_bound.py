"""Sentences on the largest allowed gap: whether it is kept, and where it was lost if not."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.fronts.remarks import NOT_BINDING, NOT_HELD, NOT_REACHED
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import active_stage
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.view import Row, View
from tradeoffs.stats.interval import estimate
from tradeoffs.values.fairness.catalogue import NOTIONS

LEFT_ALONE = {  # of whom a rate is, at the end of what a result names, and for readers
    " (positives)": "{group} (positives)",
    " (negatives)": "{group} (negatives)",
}
STEERABLE = 0.02  # of the tracked gap, standard deviation: above, a bound follows the noise

KEEPERS = {False: "training", True: "the thresholds"}  # True where a bound is kept afterwards
ASKED = "You asked for a {called} of at most {bound:share}; {measured:percent} is measured: "


def _kept(high: float, bound: float) -> bool:
    return high <= bound


def _near(low: float, high: float, bound: float) -> bool:
    return low <= bound < high


def _missed(low: float, bound: float) -> bool:
    return low > bound


# Whoever keeps the bound, {keeper}, is training or the thresholds after it.
VERDICTS = (
    Sentence(
        name="bound met, not in training",
        when=lambda high, bound, not_reached: _kept(high, bound) and not_reached,
        text=ASKED
        + (
            "the bound is met on people outside the training data, although {keeper} ended "
            "above it."
        ),
    ),
    Sentence(
        name="bound met",
        when=_kept,
        text=ASKED + "the bound is met on people outside the training data.",
    ),
    Sentence(
        name="at the bound, above in training",
        when=lambda low, high, bound, not_reached: _near(low, high, bound) and not_reached,
        text=ASKED + "this cannot be told apart from the bound, although {keeper} ended above it.",
    ),
    Sentence(
        name="at the bound",
        when=_near,
        text=ASKED + "this cannot be told apart from the bound.",
    ),
    Sentence(
        name="bound not reached",
        when=lambda low, bound, not_reached: _missed(low, bound) and not_reached,
        text=ASKED + "the bound is missed: {keeper} did not meet it.",
    ),
    Sentence(
        name="bound missed, some not held",
        when=lambda low, bound, held: _missed(low, bound) and not held,
        text=ASKED + "the bound is missed.",
    ),
    Sentence(
        name="bound nearly reached",
        when=lambda low, bound, reached, noisy, tracked: (
            _missed(low, bound) and reached and not noisy and tracked > bound
        ),
        text=ASKED + "the bound is missed: {keeper} came close, with {tracked:percent}.",
    ),
    Sentence(
        name="bound not carried over",
        when=lambda low, bound, reached, noisy: _missed(low, bound) and reached and not noisy,
        text=ASKED
        + (
            "the bound is missed: {keeper} met it, but the result did not generalise to "
            "other people."
        ),
    ),
    Sentence(
        name="bound missed, unknown where",
        when=_missed,
        text=ASKED
        + (
            "the bound is missed: {keeper} could not meet it, or the result did not "
            "generalise to other people."
        ),
    ),
    Sentence(
        name="bound missed by the decisions",
        when=lambda low, bound, deciding: _missed(low, bound) and deciding,
        text=ASKED + "the bound is missed.",
    ),
)
ACTING = (
    Sentence(
        name="thresholds hardly act",
        when=lambda idle, after: idle and after,
        text="Where the thresholds are set, the bound has hardly any effect.",
    ),
    Sentence(
        name="bound hardly acts",
        when=lambda idle, after: idle and not after,
        text="In training, the bound has hardly any effect.",
    ),
)
STEERING = (
    Sentence(
        name="rates not held, private",
        when=lambda held, after, private: not held and not after and private,
        text=(
            "There are too few people at this epsilon, so training left these rates "
            "unconstrained: {unheld}."
        ),
    ),
    Sentence(
        name="rates not held",
        when=lambda held, after, private: not held and not after and not private,
        text="There are too few people, so training left these rates unconstrained: {unheld}.",
    ),
    Sentence(
        name="thresholds not set, private",
        when=lambda held, after, private: not held and after and private,
        text=(
            "There are too few people at this epsilon, so these groups keep the usual "
            "threshold: {unheld}."
        ),
    ),
    Sentence(
        name="thresholds not set",
        when=lambda held, after, private: not held and after and not private,
        text="There are too few people, so these groups keep the usual threshold: {unheld}.",
    ),
    Sentence(
        name="counts too noisy",
        when=lambda noisy, after: noisy and after,
        text=(
            "With so few people at this epsilon, the counts behind the thresholds give the "
            "{called} only to ±{deviation:percent}: they hardly control it, and what is "
            "measured may owe little to the bound."
        ),
    ),
    Sentence(
        name="statistics too noisy",
        when=lambda noisy, after: noisy and not after,
        text=(
            "With so few people at this epsilon, training sees the {called} only to "
            "±{deviation:percent}: it hardly controls it, and what is measured may owe "
            "little to the bound."
        ),
    ),
)

BY_WEIGHT = (
    Sentence(
        name="bound kept by rows",
        when=lambda weight: bool(weight),
        text=(
            "The bound is enforced counting each row once; the measured gap is weighted by "
            "“{weight}”."
        ),
    ),
)


def bound(shown: View, row: Row, sampling_se: float) -> list[Statement]:
    """Say whether the bound is kept on other people, and what training tells of it.

    Args:
        shown: the view.
        row: of the setting, in its table.
        sampling_se: standard error of the setting's gap over test rows.
    """
    if shown.here.max_gap is None or math.isnan(row["gap"]):
        return []
    values = _values(shown, row, sampling_se)
    return [
        said for topic in (VERDICTS, ACTING, STEERING, BY_WEIGHT) for said in first(topic, values)
    ]


def _values(shown: View, row: Row, sampling_se: float) -> dict[str, object]:
    """Return what is known of the bound; each fact of training in more than half of the seeds."""
    entry = NOTIONS[shown.here.notion]
    after = any(stage.fit_rule for stage in active_stage(shown.here))
    gaps, reached = (shown.seeds(name) for name in ("gap", "bound_reached"))
    low, high = estimate(gaps, sampling_se).interval or (0.0, 1.0)
    deviation = _most(shown.seeds("sigma_gap"))
    return {
        "weight": dataset(shown.here.dataset).codebook.weight,
        "called": entry.gap_title,
        "bound": shown.here.max_gap,
        "measured": row["gap"],
        "low": low,
        "high": high,
        "after": after,
        "deciding": entry.at_decision,
        "keeper": None if entry.at_decision else translate(KEEPERS[after], "who keeps a bound"),
        "private": shown.here.epsilon is not None and shown.here.mechanism == "dp",
        "reached": bool(2 * (reached == 1).sum() > len(reached)),
        "not_reached": NOT_REACHED in row["remarks"],
        "idle": NOT_BINDING in row["remarks"],
        "held": NOT_HELD not in row["remarks"],
        "unheld": _unheld(shown.own),
        "tracked": _most(shown.seeds("tracked_gap")),
        "deviation": deviation,
        "noisy": bool(deviation > STEERABLE),
    }


def _most(seeds: np.ndarray) -> float:
    """Return the median of what training told, NaN unless more than half of the seeds told it."""
    told = seeds[~np.isnan(seeds)]
    return float(np.median(told)) if 2 * len(told) > len(seeds) else math.nan


def _unheld(own: Sequence[Row]) -> str:
    """Return whose rates were left alone in more than half of the seeds, or in any if none was."""
    told = [row["bound_unheld"] for row in own if "bound_unheld" in row]
    named = Counter(name for names in told for name in names.split("; "))
    most = [name for name, seeds in named.items() if 2 * seeds > len(own)]
    return semicolon_text([_in_words(name) for name in most or named])


def _in_words(name: str) -> str:
    """Return a group, and of whom its rate is, as a result names it."""
    of_whom = next((one for one in LEFT_ALONE if name.endswith(one)), None)
    return (
        say(LEFT_ALONE[of_whom], group=word(name.removesuffix(of_whom))) if of_whom else word(name)
    )
