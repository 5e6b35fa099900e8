import pytest

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.engine.adaptive_clipping import count_releases
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.population import ModelSpec
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import possible, resolve
from tradeoffs.fields import Mechanism
from tradeoffs.remedies.catalogue import STAGES, active_stage, check
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS


@pytest.mark.parametrize("entry", STAGES.values(), ids=lambda entry: entry.name)
def test_every_stage_tells_what_it_needs_and_does(entry):
    assert all((entry.title, entry.help, entry.explanation, entry.under_privacy, entry.source))
    assert set(entry.notions) <= set(NOTIONS)
    assert set(entry.mechanisms) <= set(Mechanism.__args__)
    assert bool(entry.reason) == (len(entry.mechanisms) < 3)
    assert entry.has_strength == (not entry.notions) == ("strength" in entry.fields)
    assert ("group" in entry.at_decision) == entry.needs_group
    assert ("random draw" in entry.at_decision) == entry.randomised


def test_a_way_of_clipping_says_what_it_releases():
    for way in CLIPPINGS.values():
        setting = ModelSpec(learning_rate=1.0, clip_norm=1.0, clipping=way.name)
        assert bool(count_releases(setting, 2)) == bool(way.releases)


def test_an_unknown_stage_lists_the_known_ones():
    with pytest.raises(InvalidInput, match="unknown stage 'magic'; known: in, reweighing"):
        STAGES["magic"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"stage": "correlation_remover"},
            "needs exact statistics.*use epsilon=none, or one of the stages",
        ),
        (
            {"stage": "threshold_optimizer"},
            "use mechanism='clip_only', epsilon=none, or one of .* in",
        ),
        (
            {"stage": "correlation_remover", "mechanism": "clip_only"},
            "mechanism='clip_only' is not available with stage='correlation_remover'",
        ),
        (
            {"stage": "correlation_remover", "epsilon": None, "width": 4},
            "width=4 must be 0 with stage='correlation_remover'",
        ),
        (
            {"stage": "reweighing", "max_gap": 0.1},
            "max_gap=0.1 must be none with stage='reweighing'",
        ),
        (
            {"stage": "group_thresholds", "notion": "equalized_odds", "max_gap": 0.1},
            "'equalized_odds' cannot be bounded by stage='group_thresholds'; use: demographic",
        ),
        (
            {
                "stage": "threshold_optimizer",
                "epsilon": None,
                "notion": "equalized_odds",
                "max_gap": 0.1,
            },
            "max_gap=0.1 must be 0 or none with stage='threshold_optimizer'",
        ),
        (
            {"stage": "correlation_remover", "epsilon": None, "protected": "sex*race"},
            "column that the model sees .*; use: sex, race",
        ),
        (
            {"stage": "correlation_remover", "epsilon": None, "hide": ("sex",)},
            "'sex' must be defined by a column that the model sees .*; use: race",
        ),
        (
            {"stage": "threshold_optimizer", "epsilon": None, "notion": "quota", "max_gap": 0.1},
            "'quota' cannot be bounded by stage='threshold_optimizer'",
        ),
    ],
)
def test_what_a_stage_cannot_do_is_refused_with_what_works(fields, told):
    with pytest.raises(InvalidInput, match=told):
        resolve(Scenario.of(**fields))
    assert not possible(Scenario.of(**fields))


@pytest.mark.parametrize("name", STAGES)
def test_what_the_entry_lists_is_not_refused(name):
    entry = STAGES[name]
    for mechanism in entry.mechanisms:
        for notion in entry.notions or ("demographic_parity",):
            bound = None if entry.has_strength else 0.0
            asked = Scenario.of(stage=name, mechanism=mechanism, notion=notion, max_gap=bound)
            check(asked, DATASETS["adult"])
            assert resolve(asked).stages == active_stage(asked)


def test_a_rule_after_training_without_a_bound_is_the_free_model():
    free = resolve(Scenario.of(epsilon=None))
    for name in ("threshold_optimizer", "group_thresholds"):
        idle = resolve(Scenario.of(epsilon=None, stage=name))
        assert (idle.model_key, idle.result_key) == (free.model_key, free.result_key)
        assert not idle.stages


@pytest.mark.parametrize("name", ["reweighing", "correlation_remover"])
def test_before_training_the_attribute_and_the_strength_make_another_model(name):
    base = Scenario.of(stage=name, epsilon=None)
    changes = ({}, {"protected": "race"}, {"strength": 0.5}, {"stage": "in"})
    assert len({resolve(base.but(**change)).model_key for change in changes}) == 4
    other = resolve(base.but(notion="equalized_odds"))
    assert other.model_key == resolve(base).model_key


def test_a_histogram_of_scores_is_paid_for_like_the_group_counts():
    bound = Scenario.of(max_gap=0.1, notion="equal_opportunity")
    in_training, after = resolve(bound), resolve(bound.but(stage="group_thresholds"))
    assert after.budget == in_training.budget
    assert after.budget is not None and after.budget.sigma_counts is not None
    assert after.training_scenario.max_gap is None
    weighed = resolve(Scenario.of(stage="reweighing"))
    assert weighed.budget == in_training.budget


def test_fields_that_cannot_matter_take_their_neutral_value():
    assert Scenario.of(strength=0.3) == Scenario()
    assert Scenario.of(epsilon=None, clipping="dpsgd_f") == Scenario.of(epsilon=None)
    assert Scenario.of(clipping="dpsgd_f").but(epsilon=None).clipping == "flat"
    usual = {"strength", "clipping"}
    assert not usual & Scenario().model_part().keys()
    keys = {
        resolve(Scenario.of(clipping="dpsgd_f", protected=p)).model_key for p in ("sex", "race")
    }
    assert len(keys) == 2  # of the groups, which global scaling does not look at
    same = [Scenario.of(clipping="global_adapt", protected=p) for p in ("sex", "race")]
    assert len({resolve(one).model_key for one in same}) == 1
