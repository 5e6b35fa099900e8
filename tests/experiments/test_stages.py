# pyright: reportArgumentType=false, reportOptionalMemberAccess=false, reportOptionalCall=false
# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false
import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from tradeoffs.data.keyed_random import uniform
from tradeoffs.engine import noise as noise_streams
from tradeoffs.engine.batches import active_columns
from tradeoffs.engine.population import logits
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments import postprocessing
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.attack import membership_inference
from tradeoffs.experiments.chunks import Chunk, chunks
from tradeoffs.experiments.designs import baseline, slices
from tradeoffs.experiments.evaluate import evaluation_set
from tradeoffs.experiments.explain import explain
from tradeoffs.experiments.fit import Model, fit, model_spec
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.postprocessing import decide, fit_rule, stored_rule
from tradeoffs.experiments.run import run
from tradeoffs.experiments.training_data import training_table
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.remedies.decisions import group_thresholds
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import GroupCounts

EXACT = Scenario.of(rows=4_000, epsilon=None)
CASES = [
    ("threshold_optimizer", "demographic_parity", 0.0),
    ("threshold_optimizer", "demographic_parity", 0.05),
    ("threshold_optimizer", "equal_opportunity", 0.02),
    ("threshold_optimizer", "equalized_odds", 0.0),
    ("group_thresholds", "demographic_parity", 0.05),
    ("group_thresholds", "equal_opportunity", 0.02),
    ("group_thresholds", "error_rate_parity", 0.02),
]


def alone(scenario: Scenario) -> Outcome:
    return run(Chunk(scenarios=((scenario,),)))[0]


def vector(trained: Outcome) -> torch.Tensor:
    return Model.from_bytes(trained.weights).vector


def rule(trained: Outcome):
    return stored_rule(Model.from_bytes(trained.weights).bound)


@pytest.mark.parametrize(("name", "notion", "most"), CASES)
def test_a_rule_after_training_keeps_the_weights_and_the_bound(name, notion, most):
    bound = EXACT.but(stage=name, notion=notion, max_gap=most)
    found, free = alone(bound), alone(EXACT)
    assert torch.equal(vector(found), vector(free))
    table = training_table(bound)
    group, names = table.group_of("sex")
    with torch.no_grad():
        logit = logits([vector(found)], [0], torch.from_numpy(active_columns(table)))
    score, member = torch.sigmoid(logit.double()).numpy()[0], np.eye(2)[group]
    own = rule(found)
    if own is None:  # it does not bind
        assert found.measurement.training["bound_binding"] == 0
        return
    chance = own.chance(score, member, names)[None]
    counts = GroupCounts.of(chance, chance, table.label.astype(float), member)
    assert NOTIONS[notion].gap(counts)[0] <= max(most, 0.01) + 1e-6
    told = found.measurement.training
    assert told["bound_binding"] == told["bound_reached"] == 1
    assert 0 < found.measurement.report["overruled"] < 0.3
    for gone in ("flip_rate[sex]", "recourse_reachable", "recourse_gap[sex]"):
        assert gone in free.measurement.report and gone not in found.measurement.report
    assert found.measurement.report["auc"] == free.measurement.report["auc"]
    assert "overruled" not in free.measurement.report


def test_most_of_these_bounds_bind():
    bounds = [EXACT.but(stage=s, notion=n, max_gap=m) for s, n, m in CASES]
    assert sum(rule(alone(one)) is not None for one in bounds) >= 6


def test_decisions_are_drawn_once_for_each_person():
    bound = EXACT.but(stage="threshold_optimizer", max_gap=0.0)
    one, again = alone(bound), alone(bound)
    assert one.measurement.decisions == again.measurement.decisions
    at = evaluation_set("adult", bound.label, (), "report", (), "")
    logit = np.random.default_rng(0).normal(size=(1, at.table.rows)).astype(np.float32)
    few = at.table.row_id[::3]
    given = {"names": at.groups["sex"], "rule": rule(one), "seed": 0}
    member = at.membership["sex"]
    whole = decide(logit, member, row_id=at.table.row_id, **given)
    some = decide(logit[:, ::3], member[::3], row_id=few, **given)
    assert np.array_equal(whole[:, ::3], some)
    draw = uniform(0, "decisions", at.table.row_id)
    score = 1 / (1 + np.exp(-logit[0].astype(float)))
    assert (whole[0] == (rule(one).chance(score, member, at.groups["sex"]) > draw)).all()


@pytest.mark.parametrize("fields", [{"shift_intensity": 1.0}, {"seed": 3}])
def test_a_rule_goes_along_to_another_deployment(fields):
    bound = EXACT.but(stage="group_thresholds", max_gap=0.02, **fields)
    first = alone(bound)
    known = {resolve(bound).model_key: first.weights}
    again = run(Chunk(scenarios=((bound,),)), known=known)[0]
    assert again.measurement.decisions == first.measurement.decisions
    assert again.measurement.report == first.measurement.report


def test_a_rule_beside_other_models_is_the_same_as_alone():
    some = [EXACT.but(stage="group_thresholds", max_gap=g) for g in (None, 0.0, 0.05)]
    together = {t.scenario: t for c in chunks(map(resolve, some)) for t in run(c)}
    for one in some:
        assert together[one].measurement.decisions == alone(one).measurement.decisions


def test_with_a_promise_the_histogram_is_noised_and_exact_scores_are_not_looked_at():
    bound = Scenario.of(rows=10_000, stage="group_thresholds", max_gap=0.05)
    plan = resolve(bound)
    assert plan.budget is not None and plan.budget.sigma_counts is not None
    own = fit([[plan]])[plan.model_key]
    thresholds = {fit_rule(plan, own.vector)[postprocessing.RULE]}
    assert thresholds == {
        own.bound[postprocessing.RULE]
    }  # released once: asked again it is the same
    told = alone(bound).measurement.training
    assert told["epsilon_spent"] <= 1.0 and told["sigma_counts"] == plan.budget.sigma_counts
    assert told["watching_price"] > 0 and "sigma_statistics" not in told
    free = alone(bound.but(max_gap=None))
    assert not torch.equal(vector(free), own.vector)  # it has a budget and noise of its own


def test_the_noise_of_the_histogram_is_that_of_the_budget(monkeypatch):
    bound = Scenario.of(rows=10_000, stage="group_thresholds", max_gap=0.05)
    plan, seen = resolve(bound), []
    honest = group_thresholds.known_groups

    def known(counts, held, noise):
        seen.append((counts.copy(), noise))
        return honest(counts, held, noise)

    monkeypatch.setattr(group_thresholds, "known_groups", known)
    weights = fit([[plan]])[plan.model_key].vector
    added = []
    for seed in range(40):
        other = resolve(bound.but(seed=seed))
        fit_rule(other, weights)
        counts, noise = seen[-1]
        assert noise == plan.budget.sigma_counts
        monkeypatch.setattr(noise_streams, "fill", lambda block, own: None)
        fit_rule(other, weights)
        monkeypatch.undo()
        monkeypatch.setattr(group_thresholds, "known_groups", known)
        added.append(counts - seen[-1][0])
    assert np.std(added) == pytest.approx(plan.budget.sigma_counts, rel=0.05)
    assert abs(np.mean(added)) < 4 * plan.budget.sigma_counts / math.sqrt(np.size(added))


def test_groups_too_small_are_left_singleand_named():
    bound = EXACT.but(rows=1_000, stage="threshold_optimizer", protected="race", max_gap=0.0)
    told = alone(bound).measurement.training
    assert "Eskimo" in str(told["bound_unheld"])


@pytest.mark.parametrize("epsilon", [None, 1.0])
def test_reweighing_draws_the_selection_rates_together(epsilon):
    plain = Scenario.of(rows=10_000, epsilon=epsilon)
    weighed = [alone(plain.but(stage="reweighing", seed=s)) for s in range(3)]
    free = [alone(plain.but(seed=s)) for s in range(3)]
    gaps = [
        np.mean([t.measurement.report["demographic_parity_difference[sex]"] for t in some])
        for some in (weighed, free)
    ]
    assert gaps[0] < gaps[1]
    assert ("sigma_counts" in weighed[0].measurement.training) == (epsilon is not None)


def test_whom_noise_leaves_unweighed_is_told():
    told = alone(Scenario.of(rows=1_000, stage="reweighing", protected="race", epsilon=0.5))
    assert "(positives)" in str(told.measurement.training["unweighed"])


@pytest.mark.parametrize("way", ["dpsgd_f", "global_adapt"])
@pytest.mark.parametrize("max_gap", [None, 0.05])
def test_adaptive_clipping_splits_the_noise_and_not_the_promise(way, max_gap):
    told = alone(Scenario.of(rows=1_700, clipping=way, max_gap=max_gap)).measurement.training
    releases = 1 + (max_gap is not None)
    together = told["sigma_gradient"] ** -2 + releases * told["sigma_statistics"] ** -2
    assert together**-0.5 == pytest.approx(told["sigma"])
    assert told["watching_price"] > 0 and told["epsilon_spent"] <= 1
    assert ("clip_reach" in told) == (way == "global_adapt")
    assert ("clip_norm[sex=Female]" in told) == (way == "dpsgd_f")


def test_sections_leave_out_what_a_stage_cannot_do():
    bound = Scenario.of(rows=400, stage="correlation_remover", epsilon=None)
    found = slices(bound, seeds=1)
    assert bound in found and baseline(bound) in found
    own = [one for one in found if one.stage != "in"]
    assert {(one.epsilon, one.max_gap, one.width) for one in own} == {(None, None, 0)}
    assert len({one.shift_intensity for one in own}) > 2
    for one in found:
        resolve(one)


def test_another_table_without_the_column_is_trained_in_training():
    bound = Scenario.of(stage="correlation_remover", epsilon=None, dataset="meps")
    fitted, resets = adapt(bound.but(protected="sex*race"))
    assert resolve(fitted).model_key
    assert {reset.field for reset in resets} >= {"label"}


@pytest.mark.parametrize("stage", ["threshold_optimizer", "correlation_remover"])
def test_stages_that_are_not_attacked_say_so(stage):
    bound = None if stage == "correlation_remover" else 0.0
    with pytest.raises(InvalidInput, match=f"stage={stage!r} is not attacked"):
        membership_inference(EXACT.but(stage=stage, max_gap=bound))


def test_the_score_of_a_rule_after_training_can_be_explained():
    bound = EXACT.but(rows=400, stage="group_thresholds", max_gap=0.02)
    table = evaluation_set("adult", bound.label, (), "report", (), "").table
    person = {feature.name: 0 for feature in table.features}
    found = explain(bound, person, seeds=2)
    free = explain(bound.but(max_gap=None), person, seeds=2)
    assert np.allclose(found.here.attribution, free.here.attribution)


def test_stages_of_one_plan_change_one_step_each():
    single = resolve(Scenario.of(rows=4_000, stage="group_thresholds", max_gap=0.02, epsilon=8.0))
    both = replace(single, stages=(STAGES["reweighing"], *single.stages))
    assert (model_spec(single).reweigh, model_spec(both).reweigh) == (0, 1)
    one, two = (fit([[plan]])[plan.model_key] for plan in (single, both))
    assert not torch.equal(one.vector, two.vector)
    assert postprocessing.RULE in one.bound and postprocessing.RULE in two.bound
