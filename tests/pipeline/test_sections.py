import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.pipeline.resolve import resolve
from tradeoffs.pipeline.sections import (
    CLOUD,
    ROWS,
    SEEDS,
    SLIDERS,
    along,
    cloud,
    replicated,
    rows_on_offer,
    sections,
    untouched,
)
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

HERE = Scenario.of(epsilon=0.7, max_gap=0.07, width=8, rows=1_000, shift_intensity=0.25, seed=3)
SETTINGS = [
    HERE,
    Scenario(),
    Scenario.of(mechanism="clip_only", epsilon=2.0),
    Scenario.of(epsilon=None, max_gap=0.0),
]
each = pytest.mark.parametrize("here", SETTINGS, ids=["between", "default", "clipped", "no budget"])


@each
def test_sections_hold_every_value_of_each_slider_with_all_else_held(here):
    found = sections(here)
    for field, values in SLIDERS.items():
        for value in values:
            wanted = here.but(**{field: value})
            assert {s.seed for s in found if s.configuration() == wanted.configuration()} == {
                here.seed + k for k in range(SEEDS)
            }


@each
def test_sections_hold_the_setting_its_untouched_twin_and_nothing_else(here):
    settings = {s.configuration() for s in sections(here)}
    assert here.configuration() in settings and untouched(here).configuration() in settings
    along = {here.but(**{f: v}).configuration() for f, values in SLIDERS.items() for v in values}
    assert settings == along | {here.configuration(), untouched(here).configuration()}
    assert len(sections(here)) == SEEDS * len(settings) == len(set(sections(here)))
    assert all(resolve(s).model_key for s in settings)


@each
def test_the_setting_comes_first_and_then_its_twin(here):
    order = list(dict.fromkeys(s.configuration() for s in sections(here)))
    twin = untouched(here).configuration()
    assert order[0] == here.configuration()
    assert order[1] == twin or twin == order[0]


@pytest.mark.parametrize("field", SLIDERS)
def test_then_come_the_nearest_values_of_each_slider(field):
    here = Scenario.of(epsilon=3.0, max_gap=0.05, width=8, shift_intensity=0.75)
    values = list(SLIDERS[field])
    found = [s for s in sections(here, seeds=1) if s != untouched(here)]
    order = list(dict.fromkeys(getattr(s, field) for s in found))
    steps = [abs(values.index(value) - values.index(getattr(here, field))) for value in order]
    assert len(order) == len(values) and steps == sorted(steps)


def test_seeds_of_a_setting_follow_one_another():
    found = sections(HERE, seeds=2)
    assert [s.seed for s in found[:4]] == [3, 4, 3, 4]
    assert found[0].configuration() == found[1].configuration()


@each
def test_the_untouched_twin_has_neither_constraint_nor_privacy(here):
    twin = untouched(here)
    assert (twin.max_gap, twin.epsilon, twin.mechanism) == (None, None, "none")
    same = ("rows", "width", "shift", "shift_intensity", "seed", "protected", "hide")
    assert all(getattr(twin, field) == getattr(here, field) for field in same)
    assert untouched(twin) == twin


def test_the_cloud_is_the_coarse_grid_at_the_same_data_and_deployment():
    found = cloud(HERE)
    values = {(s.epsilon, s.max_gap, s.width) for s in found}
    assert values == {
        (e, g, w) for e in CLOUD["epsilon"] for g in CLOUD["max_gap"] for w in CLOUD["width"]
    }
    assert len(found) == len(set(found)) == SEEDS * len(values)
    assert {(s.rows, s.shift_intensity) for s in found} == {(1_000, 0.25)}
    assert {s.seed for s in found} == set(range(3, 3 + SEEDS))
    near = cloud(Scenario.of(epsilon=3.0, max_gap=0.1, width=8))
    assert near[0] == Scenario.of(epsilon=3.0, max_gap=0.1, width=8)  # nearest first


def test_replicates_count_up_from_the_seed_and_repeat_nothing():
    found = replicated([HERE, HERE], 3)
    assert [s.seed for s in found] == [3, 4, 5]


def test_rows_on_offer_end_with_the_whole_table():
    assert rows_on_offer("adult") == (*ROWS, 32_561)
    with pytest.raises(InvalidInput, match="unknown dataset 'adlut'"):
        rows_on_offer("adlut")


@pytest.mark.parametrize("name", NOTIONS)
def test_whatever_the_notion_all_of_a_screen_can_be_trained(name):
    here = Scenario(notion=name)
    found = [*sections(here), *cloud(here)]
    for scenario in found:
        resolve(scenario)  # refuses a bound on what is only measured
    bounds = {scenario.max_gap for scenario in found}
    assert bounds == set(along("max_gap", here))
    assert (len(bounds) > 1) == NOTIONS[name].can_be_bounded
