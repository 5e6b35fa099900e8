"""The reason of every sentence, worked out again from the results as trained, not from the view."""

import math
import re
from collections.abc import Callable

import numpy as np

from tests.sentences import bounds, looks
from tests.sentences.explained import missing, rules, too_alike
from tests.sentences.groups import groups, left_out, moved, unmeasurable
from tests.sentences.paying import not_measurable, pays
from tests.sentences.raw import decided, facts, figures, most, near, numbers
from tests.sentences.screens import Screen
from tests.sentences.standing import goes, stands
from tradeoffs.experiments.plan import resolve
from tradeoffs.fields import FIELDS
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.sentences.front_finding import FINDINGS
from tradeoffs.report.sentences.privacy_budget import PAID
from tradeoffs.report.text import setting
from tradeoffs.values.fairness.catalogue import NOTIONS

Reason = Callable[[Screen, str], bool]


def change(screen: Screen, name: str) -> float:
    """Return the mean change of a figure against the untouched model."""
    return float((screen.of(screen.own, name) - screen.of(screen.twin, name)).mean())


def alike(screen: Screen, text: str, *, constant: bool) -> bool:
    """Check that answers are (nearly) alike, in as many seeds as is said."""
    rate = figures(screen.own, "selection_rate")
    rarer = np.minimum(rate, 1 - rate)
    seeds = int((rarer < 0.01).sum())
    whom = [("nobody", (rate < 0.01).any()), ("everybody", (rate > 0.99).any())]
    said = all((word in text) == there for word, there in whom)
    right = bool((rarer == 0).all()) if constant else most(list(rarer < 0.01))
    return right and said and numbers(text)[:2] == [seeds, len(rate)]


def smaller(screen: Screen, text: str) -> bool:
    """Check that a gap is smaller than the untouched model's."""
    own, twin = (screen.of(of, "gap").mean() for of in (screen.own, screen.twin))
    return bool(own < twin)


def no_gap(screen: Screen, text: str) -> bool:
    """Check that a constant answer has no gap here: it is of decisions, not of errors."""
    gaps = screen.of(screen.own, "gap")
    return bool((gaps[~np.isnan(gaps)] == 0).all())


def correct(sign: int, *, seeds: bool = False) -> Reason:
    """Check who is decided correctly more often, and by how many of 1,000."""

    def reason(screen: Screen, text: str) -> bool:
        heads = 1000 * change(screen, "accuracy")
        said = 0.0 if sign == 0 or "just above" in text else numbers(text)[1]
        one = len(screen.own) == 1
        return (
            abs(said - abs(heads)) <= 0.51
            and (abs(heads) < 0.05 if sign == 0 else sign * heads > 0)
            and (one or not seeds)
        )

    return reason


def untouched(screen: Screen, text: str) -> bool:
    """Check that the setting decides as the untouched model does, about everybody."""
    rows = evaluation_people(screen.here).rows
    return bool((decided(screen.own, rows) == decided(screen.twin, rows)).all())


def paid(screen: Screen, text: str) -> bool:
    """Check what the budget pays for, and the price, from the settings and the noise used."""
    here = screen.here
    watched = (
        here.stage == "in"
        and here.max_gap is not None
        and bool(NOTIONS[here.notion].constrained_rates)
    )
    weights = here.stage == "reweighing"
    thresholds = here.stage == "group_thresholds" and here.max_gap is not None
    free = resolve(here.but(stage="in", max_gap=None, clipping="flat")).budget
    used = facts(screen.own, "sigma_gradient")[0]
    assert free is not None and used is not None
    price = numbers(text)[0]
    return (
        here.mechanism == "dp"
        and abs(price - 100 * (used / free.sigma - 1)) < 0.06
        and ("behind the weights" in text) == weights
        and ("behind the thresholds" in text) == thresholds
        and (f"Measuring the {NOTIONS[here.notion].gap_title}" in text) == watched
        and ("ounting the clipped gradients" in text) == (here.clipping != "flat")
        and ("people" in text) == (watched or weights or thresholds)
    )


def unmeasured(screen: Screen, text: str) -> bool:
    """Check in how many seeds nothing was measured."""
    absent = int(np.isnan(figures(screen.own, "accuracy")).sum())
    return absent > 0 and [absent, len(screen.own)] == numbers(text)[:2]


def guessed(screen: Screen, text: str) -> bool:
    """Check what an attacker can guess at the epsilon that was asked for."""
    here = screen.here
    if here.mechanism == "none" or here.epsilon is None:
        return "No bound is promised" in text
    rate = 100 / (1 + math.exp(-here.epsilon))
    told = {"hardly more than 50": rate < 50.5, "nearly every time": rate >= 99.5}
    right = next((flag for words, flag in told.items() if words in text), None)
    return here.mechanism == "dp" and (right if right is not None else near(text, 0, rate, 0))


def dominated(screen: Screen, text: str) -> bool:
    """Check that the setting is less accurate on average, with a larger gap."""
    return change(screen, "accuracy") < 0 < change(screen, "gap")


def no_budget(screen: Screen, text: str) -> bool:
    """Check that gradients are cut and no noise is added."""
    return screen.here.mechanism == "clip_only"


def absent(screen: Screen, text: str) -> bool:
    """Check that an axis is not measured in some seed, on one of both halves."""
    shown, here = screen.shown, screen.here
    assert shown is not None
    columns = {shown.x.column, shown.y.column}
    undeclared = "epsilon_spent" in columns and here.mechanism == "clip_only"
    return undeclared or any(
        np.isnan(screen.of(screen.own, column, split)).any()
        for column in columns - {"epsilon_spent"}
        for split in ("select", "report")
    )


def along(screen: Screen, text: str) -> bool:
    """Check the change of accuracy between the two settings whose slider is named."""
    told = re.match(r"Along (.*?), from (.*?) to (.*?), accuracy changes by (\S+) points", text)
    assert told is not None
    title, *ends, points = told.groups()
    field = next(name for name, one in FIELDS.items() if one.lower == title)
    found = {}
    for of, results in screen.results.items():
        same = of.but(**{field: getattr(screen.here, field)}).configuration()
        if field == "epsilon":  # no mechanism is its end
            same = same.model_copy(update={"mechanism": screen.here.mechanism})
            same = same.model_copy(update={"clipping": screen.here.clipping})
        if same == screen.here.configuration():
            found[setting(field, getattr(of, field))] = figures(results, "accuracy")
    change = 100 * (found[ends[1]] - found[ends[0]]).mean()
    return abs(numbers(points)[0] - change) <= 0.0501


REASONS: dict[str, Reason] = {
    "constant": lambda s, t: alike(s, t, constant=True),
    "constant, no gap": lambda s, t: alike(s, t, constant=True) and no_gap(s, t),
    "nearly constant": lambda s, t: alike(s, t, constant=False),
    "nearly constant, small gap": lambda s, t: alike(s, t, constant=False) and smaller(s, t),
    "nearly constant, not in all seeds measured": lambda s, t: alike(s, t, constant=False),
    "untouched": untouched,
    "more correct, by chance": correct(1),
    "more correct": correct(1),
    "more correct, one seed": correct(1, seeds=True),
    "fewer correct, by chance": correct(-1),
    "fewer correct": correct(-1),
    "fewer correct, one seed": correct(-1, seeds=True),
    "as many correct": correct(0),
    "as many correct, one seed": correct(0, seeds=True),
    "dominated by the untouched model": dominated,
    "dominated on these rows, both by chance": dominated,
    "dominated on these rows, accuracy by chance": dominated,
    "dominated on these rows, gap by chance": dominated,
    "within chance of the untouched model": lambda s, t: len(s.own) > 1,
    "groups": groups,
    "bound met, not in training": bounds.ended_above,
    "bound met": bounds.bound,
    "at the bound, above in training": bounds.ended_above,
    "at the bound": bounds.bound,
    "bound not reached": bounds.ended_above,
    "bound missed, some not held": lambda s, t: bounds.bound(s, t) and not bounds.all_held(s),
    "bound nearly reached": bounds.reached,
    "bound not carried over": bounds.reached,
    "bound missed, unknown where": bounds.unknown,
    "bound missed by the decisions": lambda s, t: (
        bounds.bound(s, t) and NOTIONS[s.here.notion].at_decision
    ),
    "thresholds hardly act": bounds.idle,
    "bound hardly acts": bounds.idle,
    "rates not held, private": bounds.few,
    "rates not held": bounds.few,
    "thresholds not set, private": bounds.few,
    "thresholds not set": bounds.few,
    "counts too noisy": bounds.noisy,
    "statistics too noisy": bounds.noisy,
    "no budget": no_budget,
    "guess": guessed,
    "rules repeat the model": rules,
    "rules not measurable: nothing measured": unmeasured,
    "rules not measurable: alike": too_alike,
    "off the chart: nothing measured": unmeasured,
    "off the chart": absent,
    "along": along,
    "gap not measurable": unmeasurable,
    "dominance": stands,
    "who pays": pays,
    "who pays, not measurable": not_measurable,
    "moved": moved,
    "left out": left_out,
    "why missing": missing,
    "seen together, one seed": lambda s, t: looks.together(s, t) and len(s.own) == 1,
    "seen together": lambda s, t: looks.together(s, t) and len(s.own) > 1,
    "one model without noise": looks.without_noise,
    "models without noise": looks.without_noise,
    "the best of some tries": looks.best,
    "conditions of the best": lambda s, t: len(looks.private(s)) > 1,
    "choosing under a promise": looks.chosen,
    "choosing without a promise": looks.chosen,
    "people who choose": lambda s, t: len(looks.models(s)) > 0,
    **{one.name: paid for one in PAID},
    **{one.name: goes for one in FINDINGS},
}
