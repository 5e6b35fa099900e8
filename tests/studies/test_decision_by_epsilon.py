import json
import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from tradeoffs.data.cases import load_cases, person
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.explain import explain
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import wilson
from tradeoffs.studies.decision_by_epsilon import (
    BUDGETS,
    DETAILS,
    EVERYBODY,
    SEEDS,
    _common,
    _features,
    _measures,
    advice,
    answer,
)

MEPS = Scenario.of(
    dataset="meps", label="next_visits_10", protected="race_ethnicity", rows=1000, epsilon=None
)


@pytest.fixture(scope="module")
def records():
    return answer(MEPS)


def of(records, measure, case, epsilon):
    return [
        one
        for one in records
        if (one["measure"], one["case"], one["shown_epsilon"]) == (measure, case, epsilon)
        and one["model"] == "set"
    ]


def test_a_person_is_told_what_the_explainer_says(records):
    epsilon, case = 0.3, load_cases("meps").case("widower")
    found = explain(MEPS.but(epsilon=epsilon), person("meps", case.values), seeds=SEEDS).here
    (chance,) = of(records, "chance", "widower", epsilon)
    assert chance["value"] == pytest.approx(found.probability.mean(), abs=1e-3)
    told = {one["words"]: one["value"] for one in of(records, "attribution", "widower", epsilon)}
    ranking, telling = found.attribution[::2].mean(0), found.attribution[1::2].mean(0)
    names = [f"{title} ({bin_})" for title, bin_ in zip(found.titles, found.bins, strict=True)]
    ranked = dict(zip(names, ranking, strict=True))
    assert list(told) == sorted(ranked, key=lambda name: -abs(ranked[name]))[:DETAILS]
    other = dict(zip(names, telling, strict=True))
    assert told == pytest.approx({name: other[name] for name in told}, abs=1e-2)
    mean = dict(zip(names, found.attribution.mean(0), strict=True))
    (reasons,) = of(records, "for", "widower", epsilon)
    assert reasons["words"].split("; ")[0] == max(mean, key=lambda name: mean[name])


def test_what_counts_most_by_chance_alone_is_told_without_what_chose_it():
    """Of 40 features that add nothing, the largest of one half of the runs adds nothing."""
    rng, held = np.random.default_rng(0), 0
    for _ in range(400):
        one: Any = SimpleNamespace(
            attribution=rng.normal(0, 1, (SEEDS, 40)), titles=["a"] * 40, bins=["b"] * 40
        )
        first = _features({"set": one})[0]
        held += first["low"] <= 0 <= first["high"]
    assert 360 <= held <= 395, held


def test_beside_a_budget_stand_the_models_without_privacy(records):
    free = {one["measure"]: one["value"] for one in records
            if (one["case"], one["shown_epsilon"], one["model"]) == ("cleaner", 0.3, "free")
            and one["measure"] != "attribution"}  # fmt: skip
    for measure, value in free.items():
        (one,) = of(records, measure, "cleaner", None)
        assert one["value"] == value


def test_every_person_is_told_of_at_every_budget_and_shares_stay_shares(records):
    for case in (*(one.name for one in load_cases("meps").cases), EVERYBODY):
        for epsilon in BUDGETS:
            for measure in ("same_answer", "same_reasons"):
                (one,) = of(records, measure, case, epsilon)
                assert 0 <= one["low"] <= one["value"] <= one["high"] <= 1


def test_records_can_be_written_as_json_and_come_out_the_same_again(records):
    assert json.loads(json.dumps(records)) == records
    assert answer(MEPS) == records


def test_advice_is_the_share_of_pairs_that_brute_force_counts():
    rng = np.random.default_rng(1)
    logit = torch.tensor(rng.normal(-0.2, 1, (9, 12)))
    steps = torch.tensor([0.0] + [1.0 + i // 3 for i in range(11)])
    holds = []
    refusing = [m for m in range(9) if logit[m, 0] <= 0]
    for one in refusing:
        turned = [c for c in range(12) if logit[one, c] > 0]
        if turned:
            few = min(float(steps[c]) for c in turned)
            best = max((c for c in turned if steps[c] == few), key=lambda c: float(logit[one, c]))
            holds += [float(logit[other, best]) > 0 for other in refusing if other != one]
    found = advice(logit, steps)
    assert found is not None and len(found) == 9
    assert found.mean() == pytest.approx(np.mean(holds))


def test_equal_models_advise_alike_and_there_is_none_where_nobody_is_refused():
    steps = torch.tensor([0.0, 1.0])
    found = advice(torch.tensor([[-1.0, 1.0]] * 4), steps)
    assert found is not None and found.tolist() == [1.0] * 4
    assert advice(torch.tensor([[1.0, 2.0]] * 4), steps) is None
    assert advice(torch.tensor([[-1.0, -2.0]] * 4), steps) is None


def test_reasons_in_common_count_the_three_strongest():
    one = np.array([[3.0, -2, 1, 0], [1, 2, 3, 0]])
    assert _common(one, one).tolist() == [1, 1]
    assert math.isclose(_common(one, one[:, ::-1])[0], 2 / 3)


def test_a_table_without_composite_persons_is_refused():
    with pytest.raises(InvalidInput, match="gss has no composite persons"):
        answer(Scenario.of(dataset="gss", label="income_25k", protected="race"))


def test_the_interval_of_pairs_of_trainings_covers_among_themselves_and_against_others():
    """Of a person whom nine trainings in ten answer alike."""
    rng, alike = np.random.default_rng(0), 0.9**2 + 0.1**2
    held = {True: 0, False: 0}
    for _ in range(1_000):
        here, there = (
            SimpleNamespace(
                logit=np.where(rng.random(SEEDS) < 0.9, 1.0, -1.0),
                attribution=np.zeros((SEEDS, 3)),
                probability=np.zeros(SEEDS),
            )
            for _ in range(2)
        )
        for own in held:
            told: Any = (here, None), (here if own else there, None)
            values = _measures(*told)["same_answer"]
            assert values is not None
            low, high = wilson(values.sum(), len(values))
            held[own] += low <= alike <= high
    assert all(920 <= times <= 990 for times in held.values()), held
