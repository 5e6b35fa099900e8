import math
from dataclasses import replace

import pytest

from tradeoffs.catalogue import Catalogue
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.table_cache import clear_table_caches
from tradeoffs.engine.recipe import recipe
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments import plan
from tradeoffs.experiments import plan as module
from tradeoffs.experiments.plan import deployment, reported_attributes, resolve
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"dataset": "adlut"}, "unknown dataset 'adlut'; known: adult"),
        ({"label": "rich"}, "unknown label 'rich'; known: income_gt_50k"),
        ({"protected": "shoe"}, r"unknown protected 'shoe'; known: sex, race, sex\*race"),
        ({"protected": "race*sex"}, r"unknown protected 'race\*sex'; known: sex, race, sex\*race"),
        ({"hide": ("shoe",)}, "unknown column 'shoe'; known: age, .*native_country"),
        ({"notion": "merit"}, "unknown notion 'merit'; known: demographic_parity"),
        ({"shift": "quake"}, "unknown shift 'quake'; known: demographic"),
        ({"rows": 32_562}, "rows=32562 must be at most 32561 in adult"),
    ],
)
def test_an_unknown_name_lists_the_known_ones(fields, told):
    with pytest.raises(InvalidInput, match=told):
        resolve(Scenario.of(**fields))


def test_hiding_every_column_is_refused():
    names = tuple(f.name for f in dataset("adult").codebook.features)
    assert resolve(Scenario.of(hide=names[1:])).model_key
    with pytest.raises(InvalidInput, match="leaves no column; keep at least one"):
        resolve(Scenario.of(hide=names))


@pytest.mark.parametrize(
    "fields",
    [
        {"notion": "equal_opportunity"},
        {"notion": "equalized_odds"},
        {"protected": "race"},
        {"protected": "sex*race"},
    ],
)
def test_a_constrained_model_depends_on_notion_and_protected(fields):
    own, other = resolve(Scenario.of(max_gap=0.1, **fields)), resolve(Scenario.of(max_gap=0.1))
    assert own.model_key != other.model_key


def test_a_notion_that_cannot_be_held_is_refused_with_those_that_can(monkeypatch):
    only_measured = replace(NOTIONS["equalized_odds"], constrained_rates=())
    changed = {**NOTIONS, "equalized_odds": only_measured}
    monkeypatch.setattr(plan, "NOTIONS", Catalogue("notion", changed.values()))
    clear_table_caches()
    scenario = Scenario.of(notion="equalized_odds")
    assert resolve(scenario).model_key  # measured it can be
    told = "measured, not constrained; use: demographic_parity, equal_opportunity, error_rate"
    with pytest.raises(InvalidInput, match=told):
        resolve(scenario.but(max_gap=0.1))
    clear_table_caches()


@pytest.mark.parametrize(
    "change",
    [{"notion": "equalized_odds"}, {"protected": "race"}, {"protected": "sex*race"}],
)
def test_unconstrained_models_do_not_depend_on_notion_or_protected(change):
    free, other = resolve(Scenario()), resolve(Scenario.of(**change))
    assert free.model_key == other.model_key
    assert free.result_key == other.result_key  # without a shift all attributes are measured
    assert resolve(Scenario.of(max_gap=0.1)).model_key != free.model_key


def test_a_shift_changes_the_result_and_not_the_model():
    plans = [resolve(Scenario.of(shift_intensity=t)) for t in (0.0, 0.5, 1.0)]
    assert len({plan.model_key for plan in plans}) == 1
    assert len({plan.result_key for plan in plans}) == 3
    race = resolve(Scenario.of(shift_intensity=0.5, protected="race"))  # other people are thinned
    assert race.model_key == plans[1].model_key and race.result_key != plans[1].result_key


def test_without_intensity_there_is_no_shift():
    assert deployment(Scenario()) == deployment(Scenario.of(protected="race")) == ((), "")
    assert deployment(Scenario.of(shift_intensity=0.5)) == ((("demographic", 0.5),), "sex")


def test_an_infinite_epsilon_and_no_mechanism_are_one_model():
    plans = [
        resolve(Scenario.of(**fields))
        for fields in ({"epsilon": math.inf}, {"mechanism": "none"}, {"epsilon": None})
    ]
    assert len({(p.model_key, p.result_key) for p in plans}) == 1
    assert plans[0].budget is None and plans[0].recipe.clip_norm == math.inf


@pytest.mark.parametrize(
    "change",
    [{"seed": 1}, {"rows": 1_000}, {"width": 4}, {"hide": ("sex",)}, {"epsilon": 2.0}]
    + [{"mechanism": "clip_only"}, {"mechanism": "none"}],
)
def test_what_changes_the_model_changes_its_keys(change):
    one, other = resolve(Scenario()), resolve(Scenario.of(**change))
    assert one.model_key != other.model_key and one.result_key != other.result_key


def test_keys_change_with_the_version_of_the_recipe_and_with_the_table(monkeypatch):
    def key() -> str:
        clear_table_caches()
        return resolve(Scenario()).model_key

    before = key()
    assert key() == before
    with monkeypatch.context() as patch:
        patch.setattr(module, "RECIPE_VERSION", module.RECIPE_VERSION + 1)
        assert key() != before
    with monkeypatch.context() as patch:
        patch.setattr(module, "_fingerprint", lambda name: "another table")
        assert key() != before
    assert key() == before


def test_seeds_of_a_configuration_have_their_own_keys_in_any_order():
    scenarios = [
        Scenario.of(seed=seed, max_gap=bound) for seed in (5, 0, 9) for bound in (0.1, None)
    ]
    plans = [resolve(one) for one in scenarios]
    clear_table_caches()
    again = [resolve(one) for one in reversed(scenarios)]
    assert plans == again[::-1]
    assert [plan.scenario for plan in plans] == scenarios
    assert [plan.training_scenario.seed for plan in plans] == [one.seed for one in scenarios]
    assert len({plan.model_key for plan in plans}) == len(plans)


def test_clip_only_inherits_its_recipe_and_has_no_budget():
    noisy, clipped = (resolve(Scenario.of(mechanism=m, epsilon=2.0)) for m in ("dp", "clip_only"))
    assert clipped.recipe == noisy.recipe == recipe(3_000, 0, 2.0)
    assert clipped.budget is None and noisy.budget is not None


@pytest.mark.parametrize("rows", [400, 3_000, 32_561])
@pytest.mark.parametrize("max_gap", [None, 0.05])
def test_the_budget_is_that_of_the_recipe(rows, max_gap):
    plan = resolve(Scenario.of(rows=rows, epsilon=1.0, max_gap=max_gap))
    spent, how = plan.budget, plan.recipe
    assert spent is not None
    assert 0.98 <= spent.epsilon_spent <= 1.0
    assert (spent.sample_rate, spent.steps, spent.delta) == (how.sample_rate, how.steps, how.delta)
    assert (spent.sigma_counts is None) == (max_gap is None)  # counts are paid for if used


def test_reported_are_the_attributes_and_their_crossing():
    assert reported_attributes(dataset("adult")) == ("sex", "race", "sex*race")


def test_plans_hold_a_scenario_once_where_what_is_trained_is_the_same():
    here = Scenario.of(epsilon=1.0, max_gap=0.05, seed=3)
    assert resolve(here).training_scenario is here
    after = here.but(stage="group_thresholds")
    assert resolve(after).training_scenario == after.but(max_gap=None)
