"""The reasons of what is said of a bound, worked out again from what was trained."""

import math

import numpy as np

from tests.sentences.raw import facts, most, near
from tests.sentences.screens import Screen
from tradeoffs.data.table import Table
from tradeoffs.engine.constraint import MEMORY, SHARE
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.training_data import training_table
from tradeoffs.values.fairness.catalogue import NOTIONS


def bound(screen: Screen, text: str) -> bool:
    """Check the measured number and the verdict on a bound."""
    measured, asked = screen.of(screen.own, "gap").mean(), screen.here.max_gap
    assert asked is not None
    met, missed = "the bound is met" in text, "the bound is missed" in text
    shown = near(text, 0, 100 * asked) and near(text, 1, 100 * measured)
    return bool(shown and not (met and measured > asked) and not (missed and measured <= asked))


def keeper(text: str, screen: Screen) -> bool:
    """Check that who is said to keep a bound does: training, or thresholds after it."""
    after = screen.here.stage in ("group_thresholds", "threshold_optimizer")
    return (
        NOTIONS[screen.here.notion].constrained_rates != () and ("the thresholds" in text) == after
    )


def ended_above(screen: Screen, text: str) -> bool:
    """Check that the bound was not reached on the training rows."""
    above = most([fact == 0 for fact in facts(screen.own, "bound_reached")])
    return bound(screen, text) and above and keeper(text, screen)


def all_held(screen: Screen) -> bool:
    """Say whether most trainings held every group."""
    return not most([fact is not None for fact in facts(screen.own, "bound_unheld")])


def seen(screen: Screen) -> float:
    """Return the deviation of the gap that training sees; 0 without noise."""
    told = [fact for fact in facts(screen.own, "sigma_gap") if fact is not None]
    return float(np.median(told)) if 2 * len(told) > len(screen.own) else 0.0


def reached(screen: Screen, text: str) -> bool:
    """Check that the bound was reached in training and could be seen there."""
    tracked = [fact for fact in facts(screen.own, "tracked_gap") if fact is not None]
    ended = float(np.median(tracked)) if tracked else 0.0
    least = screen.here.max_gap or 0.0
    return (
        bound(screen, text)
        and keeper(text, screen)
        and most([fact == 1 for fact in facts(screen.own, "bound_reached")])
        and all_held(screen)
        and seen(screen) <= 0.02
        and ("came near" in text) == (ended > least)
    )


def unknown(screen: Screen, text: str) -> bool:
    """Check that nothing tells where a bound was lost."""
    lost = most([fact == 0 for fact in facts(screen.own, "bound_reached")])
    kept = most([fact == 1 for fact in facts(screen.own, "bound_reached")])
    return (
        bound(screen, text)
        and keeper(text, screen)
        and not lost
        and not (kept and seen(screen) <= 0.02)
    )


def idle(screen: Screen, text: str) -> bool:
    """Check that the multipliers stayed near zero, or that no threshold was moved."""
    return most([fact == 0 for fact in facts(screen.own, "bound_binding")]) and (
        ("thresholds" in text) == (screen.here.stage in ("group_thresholds", "threshold_optimizer"))
    )


def noisy(screen: Screen, text: str) -> bool:
    """Check that noise hides the gap from training, by as much as is said."""
    return (
        screen.here.mechanism == "dp"
        and seen(screen) > 0.02
        and near(text, 0, 100 * seen(screen))
        and all_held(screen)
    )


def few(screen: Screen, text: str) -> bool:
    """Check that each named group is too small for what is held, by the rows trained on."""
    here, private = screen.here, screen.here.mechanism == "dp"
    tables = [training_table(one.scenario) for one in screen.own]
    group, names = zip(*(table.group_of(here.protected) for table in tables), strict=True)

    def small(name: str) -> bool:
        base, _, part = name.partition(" (")
        return any(
            few_people(screen, table, codes == known.index(base), part)
            for table, codes, known in zip(tables, group, names, strict=True)
        )

    named = text.partition(": ")[2].removesuffix(".").split("; ")
    return ("at this epsilon" in text) == private and all(map(small, named))


def few_people(screen: Screen, table: Table, inside: np.ndarray, part: str) -> bool:
    """Say whether a group's people of a part are below 30, or too few for the noise on them."""
    here, plan = screen.here, resolve(screen.here)
    budget, after = plan.budget, here.stage != "in"
    counts = (budget.sigma_counts or 0.0) if budget else 0.0
    yes, no = int((inside & table.label).sum()), int((inside & ~table.label).sum())
    if after:
        of = {"equal_opportunity": yes, "equalized_odds": min(yes, no)}
        people = of.get(here.notion, yes + no)
        error = counts * math.sqrt((1 if here.notion == "equal_opportunity" else 2) * 20)
        return people - 4 * error < 30 or error / people > 0.2 or 0 in (yes, no)
    people = {"positives)": yes, "negatives)": no}.get(part, yes + no)
    told = max(people - 4 * counts, 1e-9)  # noise may have told fewer
    drawn = plan.recipe.sample_rate * told
    smooth = math.sqrt((1 - MEMORY) / (1 + MEMORY))
    watched = budget.sigma / math.sqrt(SHARE) if budget else 0.0
    return drawn < 30 or smooth * watched / drawn > 0.1 or counts / told > 0.25
