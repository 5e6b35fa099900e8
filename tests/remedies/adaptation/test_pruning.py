import numpy as np
import pytest
import torch
from torch.nn.utils import prune

from tests.remedies.partners import partnership
from tradeoffs.engine.parameter_layout import intercepts, units
from tradeoffs.engine.population import initial, logits
from tradeoffs.remedies.adaptation.pruning import PRUNING, pruned_bytes, pruning_mask
from tradeoffs.remedies.remedy import Exchange
from tradeoffs.resources.size import parameters

COLUMNS, ONES = 11, 3
WIDTHS = [0, 1, 5]
SHARES = [0.0, 0.3, 0.5, 0.9, 1.0]


def vector(width, seed=0):
    return np.random.default_rng(seed).normal(size=parameters(COLUMNS, width)).astype(np.float32)


def logit_of(own, width, rows=50, seed=1):
    rng = np.random.default_rng(seed)
    codes = np.concatenate([rng.integers(0, COLUMNS, (rows, ONES)), np.full((rows, 1), COLUMNS)], 1)
    return logits([torch.from_numpy(own)], [width], torch.from_numpy(codes.astype(np.int32)))[0]


def exchange(made):
    """Return the sizes that traffic follows from."""
    return Exchange(
        parameters=parameters(made.columns, made.scenario.width),
        rows=int(made.rows[0]),
        ones=made.ones,
        columns=made.columns,
        cells=2 * made.columns,
        width=made.scenario.width,
        steps=made.steps,
        sample_rate=made.sample_rate,
        communities=made.size,
        dial=made.dial,
    )


@pytest.mark.parametrize("width", WIDTHS)
def test_what_intercepts_add_is_the_same_for_everybody(width):
    only = np.where(intercepts(COLUMNS, width), vector(width), 0).astype(np.float32)
    answers = logit_of(only, width)
    assert (answers == only[-1]).all()
    assert intercepts(COLUMNS, width).sum() == width + 1


@pytest.mark.parametrize("width", [1, 5])
def test_a_unit_is_deaf_without_its_own_numbers(width):
    """Scaling a unit's inputs and undoing it at its output leaves the model as it is."""
    own = vector(width)
    first = (COLUMNS + 1) * width
    for unit in range(width):
        scaled = own.copy()
        scaled[units(COLUMNS, width) == unit] *= 2
        scaled[first + unit] /= 2
        assert np.allclose(logit_of(scaled, width), logit_of(own, width), atol=1e-5)
    assert (units(COLUMNS, width)[first:] == width).all()


@pytest.mark.parametrize("width", WIDTHS)
def test_layouts_are_as_long_as_vectors(width):
    start = initial(0, width, columns=COLUMNS + 1, ones=ONES + 1, dtype=torch.float32)
    assert len(units(COLUMNS, width)) == len(intercepts(COLUMNS, width)) == len(start)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_pruned_is_the_model_and_all_pruned_a_constant(width):
    own = vector(width)
    assert (pruning_mask(own, 0.0, COLUMNS, width) == 1).all()
    bare = own * pruning_mask(own, 1.0, COLUMNS, width)
    assert (logit_of(bare, width) == own[-1]).all()


@pytest.mark.parametrize("width", WIDTHS)
def test_masks_are_nested_and_a_smaller_model_takes_fewer_bytes(width):
    own = vector(width)
    masks = [pruning_mask(own, share, COLUMNS, width) for share in SHARES]
    sizes = [pruned_bytes(int(mask.sum())) for mask in masks]
    for more, less in zip(masks, masks[1:], strict=False):
        assert (less <= more).all()
    assert sizes == sorted(sizes, reverse=True) and len(set(sizes)) == len(sizes)


def test_weights_that_are_equal_in_size_are_pruned_to_the_share_asked_for():
    mask = pruning_mask(np.zeros(COLUMNS + 1, np.float32), 0.5, COLUMNS, 0)
    assert (mask[:-1] == 0).sum() == round(0.5 * COLUMNS) and mask[-1] == 1


@pytest.mark.parametrize("width", [1, 5])
@pytest.mark.parametrize("share", [0.25, 0.9])
def test_torch_prunes_the_same_weights(width, share):
    own = vector(width, seed=3)
    first = torch.from_numpy(own[: COLUMNS * width].reshape(COLUMNS, width).T.copy())
    inner, outer = torch.nn.Linear(COLUMNS, width), torch.nn.Linear(width, 1)
    inner.weight = torch.nn.Parameter(first)
    outer.weight = torch.nn.Parameter(torch.from_numpy(own[-width - 1 : -1][None]))
    prune.global_unstructured(
        [(inner, "weight"), (outer, "weight")], pruning_method=prune.L1Unstructured, amount=share
    )
    mask = pruning_mask(own, share, COLUMNS, width)
    assert (
        dict(inner.named_buffers())["weight_mask"].numpy()
        == mask[: COLUMNS * width].reshape(COLUMNS, width).T
    ).all()
    assert (mask[-width - 1 : -1] == dict(outer.named_buffers())["weight_mask"][0].numpy()).all()


@pytest.mark.parametrize("width", [0, 4])
def test_at_its_ends_it_gives_the_providers_model_and_a_constant(width):
    whole = partnership(PRUNING, dial=0.0, width=width)
    bare = partnership(PRUNING, dial=100.0, width=width)
    assert PRUNING.fit is not None
    for row, given in zip(PRUNING.fit(whole), whole.provider(), strict=True):
        assert all(np.array_equal(one, other) for one, other in zip(row, given, strict=True))
    for row, tables in zip(PRUNING.fit(bare), bare.tables, strict=True):
        for vector in row:
            kept = np.flatnonzero(vector)
            assert intercepts(bare.columns, width)[kept].all() and len(kept) == width + 1
        if not width:
            assert np.ptp(bare.scores(row[0], tables[0])) == 0


@pytest.mark.parametrize("share", [0.0, 50.0, 90.0, 100.0])
def test_bytes_are_those_of_the_numbers_that_are_kept(share):
    made = partnership(PRUNING, dial=share, width=4)
    assert PRUNING.fit is not None
    kept = np.count_nonzero(PRUNING.fit(made)[0][0])
    size = parameters(made.columns, 4)
    sent = PRUNING.traffic(exchange(made))
    assert sent.training == min(6 * kept, 4 * size) and sent.decision == 0
