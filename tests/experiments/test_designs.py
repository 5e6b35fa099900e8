import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import (
    GRID,
    SEEDS,
    SLIDERS,
    baseline,
    first_training,
    grid,
    replicate,
    row_choices,
    slices,
    slider_values,
)
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.shift_sweeps import trainings
from tradeoffs.fields import LARGEST_SEED
from tradeoffs.scenario import Scenario, Sweep
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
    found = slices(here)
    for field, values in SLIDERS.items():
        for value in values:
            wanted = here.but(**{field: value})
            assert {s.seed for s in found if s.configuration() == wanted.configuration()} == {
                SEEDS * here.seed + k for k in range(SEEDS)
            }


@each
def test_sections_hold_the_setting_its_untouched_twin_and_nothing_else(here):
    settings = {s.configuration() for s in slices(here)}
    assert here.configuration() in settings and baseline(here).configuration() in settings
    along = {here.but(**{f: v}).configuration() for f, values in SLIDERS.items() for v in values}
    assert settings == along | {here.configuration(), baseline(here).configuration()}
    assert len(slices(here)) == SEEDS * len(settings) == len(set(slices(here)))
    assert all(resolve(s).model_key for s in settings)


@each
def test_the_setting_comes_first_and_then_its_twin(here):
    order = list(dict.fromkeys(s.configuration() for s in slices(here)))
    twin = baseline(here).configuration()
    assert order[0] == here.configuration()
    assert order[1] == twin or twin == order[0]


@pytest.mark.parametrize("field", SLIDERS)
def test_then_come_the_nearest_values_of_each_slider(field):
    here = Scenario.of(epsilon=3.0, max_gap=0.05, width=8, shift_intensity=0.75)
    values = list(SLIDERS[field])
    found = [s for s in slices(here, seeds=1) if s != baseline(here)]
    order = list(dict.fromkeys(getattr(s, field) for s in found))
    steps = [abs(values.index(value) - values.index(getattr(here, field))) for value in order]
    assert len(order) == len(values) and steps == sorted(steps)


def test_seeds_of_a_setting_follow_one_another():
    found = slices(HERE, seeds=2)
    assert [s.seed for s in found[:4]] == [24, 25, 24, 25]
    assert found[0].configuration() == found[1].configuration()


@each
def test_the_untouched_twin_has_neither_constraint_nor_privacy(here):
    twin = baseline(here)
    assert (twin.max_gap, twin.epsilon, twin.mechanism) == (None, None, "none")
    same = ("rows", "width", "shift", "shift_intensity", "seed", "protected", "hide")
    assert all(getattr(twin, field) == getattr(here, field) for field in same)
    assert baseline(twin) == twin


def test_the_cloud_is_the_coarse_grid_at_the_same_data_and_deployment():
    found = grid(HERE)
    values = {(s.epsilon, s.max_gap, s.width) for s in found}
    assert values == {
        (e, g, w)
        for e in (*GRID["epsilon"], HERE.epsilon)  # there is a front of the budget chosen
        for g in GRID["max_gap"]
        for w in GRID["width"]
    }
    assert len(found) == len(set(found)) == SEEDS * len(values)
    assert {(s.rows, s.shift_intensity) for s in found} == {(1_000, 0.25)}
    assert {s.seed for s in found} == set(range(24, 32))
    assert len(grid(Scenario(), seeds=1)) == 30  # of a budget that is in the grid anyway
    near = grid(Scenario.of(epsilon=3.0, max_gap=0.1, width=8))
    assert near[0] == Scenario.of(epsilon=3.0, max_gap=0.1, width=8)  # nearest first


def test_replicates_count_up_from_the_block_and_repeat_nothing():
    found = replicate([HERE, HERE], 3)
    assert [s.seed for s in found] == [24, 25, 26]
    assert [s.seed for s in replicate([HERE], 20)] == list(range(60, 80))


@pytest.mark.parametrize("of", [slices, grid, lambda one: trainings([one])])
def test_screens_of_two_numbers_share_no_training(of):
    keys = [{resolve(one).model_key for one in of(HERE.but(seed=n))} for n in (0, 1, 2, 0)]
    assert not keys[0] & keys[1] and not keys[1] & keys[2] and not keys[0] & keys[2]
    assert keys[0] == keys[3]


@pytest.mark.parametrize("seeds", [1, 8, 20])
def test_blocks_end_below_the_largest_seed_or_are_refused_with_their_bound(seeds):
    most = 2**31 // max(seeds, SEEDS) - 1
    last = replicate([HERE.but(seed=most)], seeds)[-1].seed
    assert most < last <= LARGEST_SEED
    with pytest.raises(InvalidInput, match=rf"seed={most + 1} must be in \[0, {most}\]"):
        replicate([HERE.but(seed=most + 1)], seeds)
    with pytest.raises(InvalidInput, match=r"seeds=0 must be in \[1, 1000\]"):
        replicate([HERE], 0)


def test_the_seeds_of_a_number_are_those_of_a_sweep_from_its_first():
    first = first_training(HERE)
    assert replicate([HERE]) == list(Sweep(base=first, axes={}, seeds=SEEDS))
    assert first.seed == SEEDS * HERE.seed


def test_rows_on_offer_end_with_the_whole_table():
    assert row_choices("adult") == (300, 1_000, 3_000, 10_000, 32_561)
    with pytest.raises(InvalidInput, match="unknown dataset 'adlut'"):
        row_choices("adlut")


@pytest.mark.parametrize("name", NOTIONS)
def test_whatever_the_notion_all_of_a_screen_can_be_trained(name):
    here = Scenario(notion=name)
    found = [*slices(here), *grid(here)]
    for scenario in found:
        resolve(scenario)  # refuses a bound on what is only measured
    bounds = {scenario.max_gap for scenario in found}
    assert bounds == set(slider_values("max_gap", here))
    assert (len(bounds) > 1) == NOTIONS[name].can_be_bounded
