import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import FIXED_COLUMNS, LARGEST_WORK, Chunk, chunks, parts
from tradeoffs.experiments.designs import replicate, slices
from tradeoffs.experiments.plan import resolve
from tradeoffs.scenario import Scenario, Sweep


@st.composite
def scenarios(draw):
    protected = draw(st.sampled_from(["sex", "race"]))
    return Scenario.of(
        rows=draw(st.sampled_from([400, 3_000])),
        hide=draw(st.sampled_from([(), ("sex",)])),
        width=draw(st.sampled_from([0, 4, 16])),
        epsilon=draw(st.sampled_from([0.5, 2.0, None])),
        protected=protected,
        max_gap=draw(st.sampled_from([None, 0.05])) if protected == "sex" else None,
        shift_intensity=draw(st.sampled_from([0.0, 0.5, 1.0])),
        seed=draw(st.integers(0, 3)),
    )


GRIDS = st.lists(scenarios(), max_size=25) | st.builds(
    lambda base, seeds: list(
        Sweep(
            base=base.but(max_gap=None),
            axes={"epsilon": [0.5, None], "width": [0, 4, 8], "shift_intensity": [0.0, 0.5]},
            seeds=seeds,
        )
    ),
    scenarios(),
    st.integers(1, 4),
)
WORK = st.sampled_from([1e5, 3e6, LARGEST_WORK, 1e12])


@settings(deadline=None)
@given(GRIDS, WORK)
def test_every_scenario_is_in_exactly_one_chunk(wanted, work):
    found = [s for chunk in chunks(map(resolve, wanted), work=work) for s in chunk.flat]
    assert len(found) == len(set(found))
    assert set(found) == set(wanted)


@settings(deadline=None)
@given(GRIDS, WORK)
def test_a_chunk_is_a_rectangular_grid_of_one_kind(wanted, work):
    for chunk in chunks(map(resolve, wanted), work=work):
        rows = [[s.configuration() for s in row] for row in chunk.scenarios]
        assert rows and rows[0] and all(row == rows[0] for row in rows)
        seeds = [{s.seed for s in row} for row in chunk.scenarios]
        assert all(len(own) == 1 for own in seeds) and len(set.union(*seeds)) == len(seeds)
        kinds = {(s.rows, s.hide, s.protected, s.width > 0) for s in chunk.flat}
        assert len(kinds) == 1  # what training shares: tables, watched groups, kind of model


@settings(deadline=None)
@given(GRIDS, WORK)
def test_a_model_used_at_several_places_is_trained_once(wanted, work):
    where: dict[object, set[int]] = {}
    for number, chunk in enumerate(chunks(map(resolve, wanted), work=work)):
        for s in chunk.flat:
            where.setdefault((resolve(s).model_key, s.protected), set()).add(number)
    assert all(len(numbers) == 1 for numbers in where.values())


def models(chunk: Chunk) -> int:
    return len({resolve(s).model_key for s in chunk.flat})


@pytest.mark.parametrize("work", [3e6, 2e7, LARGEST_WORK])
@pytest.mark.parametrize("width", [0, 8])
def test_a_chunk_of_several_models_is_no_larger_than_asked(work, width):
    base = Scenario.of(rows=3_000, width=width)
    values = [0.1 * k for k in range(1, 30)]
    sweep = Sweep(base=base, axes={"epsilon": values}, seeds=5)
    for chunk in chunks(map(resolve, sweep), work=work):
        how = resolve(chunk.flat[0]).recipe
        each = how.sample_rate * 3_000 * how.steps * (max(width, 1) + FIXED_COLUMNS)
        assert models(chunk) == 1 or models(chunk) * each <= work * 4 / 3  # one model more or less


def test_a_small_sweep_is_one_chunk_and_its_order_is_kept():
    wanted = list(Sweep(base=Scenario.of(rows=400), axes={"epsilon": [0.5, 1.0]}, seeds=3))
    (chunk,) = chunks(map(resolve, wanted))
    assert [len(row) for row in chunk.scenarios] == [2, 2, 2]
    assert sorted(chunk.flat, key=lambda s: (s.epsilon, s.seed)) == wanted
    assert [s.epsilon for s in chunk.scenarios[0]] == [0.5, 1.0]


def test_the_setting_itself_is_in_the_first_chunk():
    here = Scenario.of(epsilon=0.7, seed=3)
    wanted = slices(here)
    assert wanted[0] == replicate([here])[0]
    assert wanted[0] in chunks(map(resolve, wanted))[0].flat


def test_nothing_gives_no_chunk_and_an_unknown_name_is_told():
    assert chunks([]) == []
    with pytest.raises(InvalidInput, match="unknown dataset 'adlut'"):
        chunks(map(resolve, [Scenario.of(dataset="adlut")]))


def test_scenarios_alone_go_to_another_process_which_resolves_them():
    (chunk,) = chunks([resolve(Scenario.of(rows=400, seed=seed)) for seed in range(3)])
    there = pickle.loads(pickle.dumps(chunk))
    assert there.scenarios == chunk.scenarios and there.plans is None
    assert there.resolve() == chunk.resolve() == chunk.plans
    assert len(pickle.dumps(chunk)) < 3 * 1_500


@given(st.integers(1, 200), st.integers(1, 50))
def test_parts_are_nearly_equal_and_keep_the_order(count, size):
    found = parts(range(count), size)
    assert [item for part in found for item in part] == list(range(count))
    lengths = {len(part) for part in found}
    assert max(lengths) <= size and max(lengths) - min(lengths) <= 1
