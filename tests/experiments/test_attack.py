import json
import pickle
from dataclasses import replace

import numpy as np
import pytest

from tradeoffs.attacks.leakage import NAMED_RATES, MembershipInference
from tradeoffs.attacks.membership import confidence
from tradeoffs.engine import loop
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.experiments import attack as module
from tradeoffs.experiments.attack import FEWEST, MOST, membership_inference
from tradeoffs.jobs.worker import attack
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.attack_bound import AttackBound

SMALL = Scenario.of(rows=300, width=8, mechanism="none")
FULL = Scenario.of(rows=1_000, width=32, mechanism="none")


def ratio(leak: MembershipInference, fpr: float | None = None) -> tuple[float, float, float]:
    return leak.find("lira", fpr).known


def figures(leak: MembershipInference) -> MembershipInference:
    return replace(leak, seconds=0.0)


@pytest.fixture(scope="module")
def small() -> MembershipInference:
    return membership_inference(SMALL, 24)


def test_an_overfitted_model_gives_its_members_away(small):
    assert small.accuracy_members > small.accuracy_others + 0.05
    _, low, high = small.find("loss", None).known
    assert ratio(small)[1] > high > low > 0.5
    assert small.promise is None and not small.alarms
    assert all(one.bound is None for one in small.estimates)


def test_a_private_model_stays_below_what_it_promises():
    leak = membership_inference(SMALL.but(epsilon=1.0), 24)
    assert leak.promise is not None
    assert leak.promise.area < 0.58
    assert not any(one.beyond for one in leak.estimates)
    assert ratio(leak)[0] < 0.54


def test_an_engine_that_forgets_its_noise_raises_the_alarm(monkeypatch):
    monkeypatch.setattr(loop, "gradient_sigma", lambda setting: 0.0)
    leak = membership_inference(Scenario.of(rows=1_000, epsilon=1.0))
    assert {one.fpr for one in leak.alarms} >= {None}
    assert leak.promise is not None and ratio(leak)[1] > leak.promise.area


def test_a_leak_depends_on_the_scenario_and_the_number_of_models_alone(small):
    assert figures(membership_inference(SMALL, 24)) == figures(small)
    others = (
        membership_inference(SMALL.but(seed=1), 24),
        membership_inference(SMALL, 25),
        membership_inference(SMALL.but(hide="age"), 24),
    )
    assert len({ratio(leak)[0] for leak in (small, *others)}) == 4
    moved = membership_inference(SMALL.but(shift_intensity=0.5), 24)  # trained on the same people
    assert moved.estimates == small.estimates


@pytest.mark.parametrize("mechanism", ["none", "dp"])
def test_a_bound_on_the_gap_is_attacked_as_it_is_trained(mechanism):
    free = Scenario.of(rows=300, mechanism=mechanism)
    loose, tight = (membership_inference(free.but(max_gap=gap), 24) for gap in (1.0, 0.0))
    same = ratio(loose) == pytest.approx(ratio(membership_inference(free, 24)), abs=1e-6)
    assert same == (mechanism == "none")  # with noise the group counts cost some of the budget
    assert ratio(tight) != pytest.approx(ratio(loose), abs=1e-3)


def test_a_bound_that_needs_the_label_is_attacked_too():
    # Of fewer people the positives are too few for the bound to move more than the last digit.
    free = Scenario.of(rows=2_000, mechanism="none", notion="equal_opportunity")
    bounded, unbounded = (
        ratio(membership_inference(one, 16)) for one in (free.but(max_gap=0.0), free)
    )
    assert bounded != pytest.approx(unbounded, abs=1e-4)


def test_clipping_alone_promises_nothing():
    leak = membership_inference(Scenario.of(rows=300, mechanism="clip_only"), 24)
    assert leak.promise is None and ratio(leak)[1] > 0.5


def test_large_tables_are_trained_on_whole_and_guessed_about_in_part(monkeypatch):
    monkeypatch.setattr(module, "ATTACKED", 200)
    leak = membership_inference(Scenario.of(rows=600, mechanism="none"), 8)
    assert (leak.people, leak.attacked, sum(leak.groups.values())) == (600, 200, 200)


def test_a_leak_travels_and_can_be_written_down(small):
    assert pickle.loads(pickle.dumps(small)) == small
    told = json.loads(json.dumps(small.as_json()))
    assert Scenario.of(**told["scenario"]) == SMALL and told["promise"] is None
    assert len(told["estimates"]) == len(small.estimates)
    assert told["estimates"][0]["value"] == small.find("lira", None).value
    private = replace(small, promise=AttackBound(epsilon=1.0, delta=1e-5))
    assert private.as_json()["promise"] == {"epsilon": 1.0, "delta": 1e-5, "mu": None}
    with pytest.raises(KeyError):
        small.find("lira", 0.123)


def test_a_worker_attacks_too(small):
    assert figures(attack(SMALL, 24)) == figures(small)


@pytest.mark.parametrize("shadows", [0, FEWEST - 1, MOST + 1])
def test_too_few_or_too_many_models_are_refused(shadows):
    with pytest.raises(InvalidInput, match=rf"shadows={shadows} must be in \[{FEWEST}, {MOST}\]"):
        membership_inference(SMALL, shadows)


def test_an_unknown_name_is_refused():
    with pytest.raises(InvalidInput, match="unknown dataset"):
        membership_inference(SMALL.but(dataset="adlut"))


def test_a_model_that_diverged_cannot_be_attacked(monkeypatch):
    def diverged(*arguments):
        return np.full_like(confidence(*arguments), np.nan)

    monkeypatch.setattr(module, "confidence", diverged)
    with pytest.raises(NotMeasurable, match="diverged"):
        membership_inference(SMALL, 8)


@pytest.mark.slow
def test_the_likelihood_ratio_finds_five_times_more_than_the_loss_when_rarely_wrong():
    leak = membership_inference(FULL)
    rare = NAMED_RATES[0]
    assert ratio(leak, rare)[0] >= 5 * leak.find("loss", rare).known[0]
    assert ratio(leak, rare)[1] > rare


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_at_epsilon_1_an_attack_is_hardly_better_than_guessing(seed):
    leak = membership_inference(FULL.but(epsilon=1.0, seed=seed))
    assert ratio(leak)[0] <= 0.54
    assert not any(one.beyond for one in leak.estimates)
