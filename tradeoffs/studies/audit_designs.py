"""Audit designs: how often auditors show a broken promise, by whom they ask and how they pool.

An auditor asks a model about people of `report`, drawn with replacement as if these were all there
are, and says that the promise is broken where the whole interval of the gap in selection rates
(Newcombe 1998, method 10) lies beyond it.  Beside the model stands one made up so that its gap is
exactly the promise: whoever says that it breaks the promise is wrong.

Source: Bonferroni's bound for several tests, Dunn 1961, doi 10.1080/01621459.1961.10482090.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.score import score_all, train_seeds
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import normal_quantile
from tradeoffs.stats.proportions import newcombe, share

TESTS = 200  # of each kind and training run
SIZES = (100, 300, 1_000, 3_000)  # questions of one auditor
MODEL, HONEST = "model", "honest"  # the owner's, and the made-up one that just keeps the promise


def answer(
    scenario: Scenario, promise: float = 0.1, auditors: int = 10, each: int = 100
) -> list[dict[str, Any]]:
    """Return how often a broken promise is shown.

    Columns of the records: `asked`, "model" or "honest"; `design`: "random" people, "balanced"
    (half of the questions about each group), and of several auditors "anybody" (at least one of
    them shows it, each by her own 95 % interval), "corrected" (so that all of them together accuse
    wrongly in 5 % of cases at most), "pooled" (one test of all their questions); `questions`, of
    one auditor, or of all together where there are several; `value`, `low`, `high`, the share of
    audits from 0 to 1 (95 %, over training runs and draws); and `gap`, the model's among all people
    of `report`.

    Args:
        scenario: of a dataset with the attribute sex; its seeds count up from its own.
        promise: largest gap promised, above 0 and below 1.
        auditors: who ask apart or together, at least 1.
        each: questions of each of them, at least 10.

    Raises:
        InvalidInput: a dataset without sex, or an option out of bounds.
    """
    _check(promise, auditors, each)
    models = _rates(scenario)
    records = []
    for asked, rates in ((MODEL, models), (HONEST, honest(models, promise))):
        gap = float(np.abs(rates[:, 1] - rates[:, 0]).mean())
        for design, questions, shown in _audits(rates, promise, auditors, each, scenario.seed):
            one = share(shown)
            record = {"asked": asked, "design": design, "questions": questions, "gap": gap}
            records.append(record | {"value": one.value, "low": one.low, "high": one.high})
    return records


def _check(promise: float, auditors: int, each: int) -> None:
    if not 0 < promise < 1:
        raise InvalidInput("between", field="promise", value=promise, low=0, high=1)
    if auditors < 1:
        raise InvalidInput("too_low", field="auditors", value=auditors, least=1)
    if each < 10:
        raise InvalidInput("too_low", field="each", value=each, least=10)


def _audits(
    rates: np.ndarray, promise: float, auditors: int, each: int, seed: int
) -> Iterator[tuple[str, int, np.ndarray]]:
    """Yield design, questions, and bool (models, tests): whether an audit shows it."""
    for people in SIZES:
        for design in ("random", "balanced"):
            once = verdicts(rates, people, 1, promise, seed, balanced=design == "balanced")
            yield design, people, once[..., 0]
    total = auditors * each
    for design, tests in (("anybody", 1), ("corrected", auditors)):
        shown = verdicts(rates, each, auditors, promise, seed, tests=tests)
        yield design, total, np.logical_or.reduce(shown, axis=-1)
    yield "pooled", total, verdicts(rates, total, 1, promise, seed)[..., 0]


def verdicts(
    rates: np.ndarray,
    people: int,
    auditors: int,
    promise: float,
    seed: int,
    *,
    tests: int = 1,
    balanced: bool = False,
) -> np.ndarray:
    """Return bool (models, TESTS, auditors): who shows that the gap is beyond the promise.

    Args:
        rates: (models, 3): selection rates of the two groups, and the second group's share.
        people: whom each auditor asks about.
        auditors: each with people of her own.
        promise: largest gap promised.
        seed: of the draws.
        tests: that together accuse wrongly in 5 % of cases at most (Bonferroni).
        balanced: whether half of the people are of each group.
    """
    shape = (TESTS, auditors)
    counts = []
    for place, (first, second, part) in enumerate(rates):
        random = np.random.default_rng([seed, people, place, int(balanced)])
        inside = np.full(shape, people // 2) if balanced else random.binomial(people, part, shape)
        others = people - inside
        drawn = random.binomial(inside, second), inside, random.binomial(others, first), others
        counts.append(drawn)
    columns = [np.stack(one) for one in zip(*counts, strict=True)]
    low, high = newcombe(*columns, quantile=normal_quantile(tests))
    return (low > promise) | (high < -promise)


def honest(rates: np.ndarray, promise: float) -> np.ndarray:
    """Return the rates of models whose gap is the promise: the lower rate stays, within [0, 1]."""
    first, second, part = rates.T
    low = np.minimum(np.minimum(first, second), 1 - promise)
    upper = low + promise
    swapped = first > second
    return np.column_stack([np.where(swapped, upper, low), np.where(swapped, low, upper), part])


def _rates(scenario: Scenario) -> np.ndarray:
    """Return (models, 3): selection rates of the first and second sex, and the second's share."""
    table = load_split(scenario.dataset, scenario.label).report
    if "sex" not in table.protected:
        raise InvalidInput("table_lacks_columns", dataset=scenario.dataset, columns=("sex",))
    inside = table.protected["sex"] == 1
    decided = score_all(train_seeds(scenario), table) > 0
    shares = [decided[:, ~inside].mean(1), decided[:, inside].mean(1)]
    return np.column_stack([*shares, np.full(len(decided), inside.mean())])
