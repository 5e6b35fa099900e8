# pyright: reportArgumentType=false, reportOptionalMemberAccess=false, reportOptionalCall=false
# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false
import math

import pytest
import torch

from tests.engine.conftest import batches_of, random_table
from tradeoffs.engine.adaptive_clipping import AdaptiveClipping, count_releases
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.dpsgd_f import BASE
from tradeoffs.engine.clipping.global_adapt import LARGEST_REACH, TOLERATED
from tradeoffs.engine.constraint import gradient_sigma, statistics_sigma
from tradeoffs.engine.loop import Training, run_training, train
from tradeoffs.engine.population import ModelSpec

WAYS = [name for name, way in CLIPPINGS.items() if way.adaptation]
NOISY = {"learning_rate": 0.3, "clip_norm": 0.5, "sigma": 1.5, "sigma_counts": 3.0}
D = torch.float64


def clipping(way, batches, **given):
    given = {"learning_rate": 0.3, "clip_norm": 0.5} | given
    return AdaptiveClipping([ModelSpec(clipping=way, **given)], batches, D)


def normals(batches):
    return torch.zeros(batches.seeds, 1, 2 * batches.groups, dtype=D)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("max_gap", [None, 0.1])
def test_all_releases_of_a_step_are_one_mechanism(way, max_gap):
    setting = ModelSpec(**NOISY, clipping=way, max_gap=max_gap)
    releases = 2 if max_gap is not None else 1
    together = gradient_sigma(setting) ** -2 + releases * statistics_sigma(setting) ** -2
    assert together**-0.5 == pytest.approx(setting.sigma)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", [0, 4])
def test_the_first_step_is_that_of_flat_clipping(way, width):
    batches = batches_of([random_table(200)], steps=1)
    flat, adaptive = (
        ModelSpec(width=width, learning_rate=0.3, clip_norm=0.5, clipping=c) for c in ("flat", way)
    )
    found = train([flat, adaptive], batches, seeds=[0], keys=[["1", "2"]], dtype=D)[0]
    assert torch.allclose(found[0], found[1], atol=1e-12)


@pytest.mark.parametrize("way", WAYS)
def test_flat_models_beside_it_are_the_same_as_alone(way):
    batches = batches_of([random_table(200), random_table(200, seed=1)])
    flat, free = ModelSpec(**NOISY), ModelSpec(learning_rate=0.3, clip_norm=math.inf)
    held = ModelSpec(**NOISY, max_gap=0.1)
    keys = [["1", "2", "3", "4"], ["5", "6", "7", "8"]]
    some = [flat, free, ModelSpec(**NOISY, clipping=way), held]
    beside = train(some, batches, seeds=[0, 1], keys=keys)
    few = [[row[0], row[1], row[3]] for row in keys]
    alone = train([flat, free, held], batches, seeds=[0, 1], keys=few)
    for a, b in zip(beside, alone, strict=True):
        assert all(torch.equal(a[i], b[j]) for i, j in ((0, 0), (1, 1), (3, 2)))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", [0, 4])
def test_a_seed_is_the_same_alone_and_stacked(way, width):
    tables = [random_table(200), random_table(200, seed=1)]
    setting = ModelSpec(width=width, **NOISY, clipping=way)
    both = run_training([setting], batches_of(tables), seeds=[0, 1], keys=[["1"], ["2"]], dtype=D)
    one = run_training(
        [setting], batches_of(tables[1:], seeds=[1]), seeds=[1], keys=[["2"]], dtype=D
    )
    assert torch.allclose(both.mean()[1][0], one.mean()[0][0], atol=1e-9)
    assert both.clipping_statistics()[1][0].bounds == pytest.approx(
        one.clipping_statistics()[0][0].bounds
    )


def test_the_bounds_of_dpsgd_f_follow_the_shares_of_long_gradients():
    """C_k = C0 (1 + r_k / mean r): shares of .9 and .3 give C0 * 2.5 and C0 * 1.5."""
    batches = batches_of([random_table(400)], rate=1.0)
    own, batch = clipping("dpsgd_f", batches), next(iter(batches))
    group = batch.cell
    length = torch.zeros(400, 1, dtype=D)
    for which, share in ((0, 0.9), (1, 0.3)):
        rows = (group == which).nonzero()[:, 0]
        length[rows[: round(share * len(rows))]] = 1.0
    own.observe(length, batch, normals(batches))
    assert own.most.flatten().tolist() == pytest.approx(
        [BASE * 0.5 * 2.5, BASE * 0.5 * 1.5], rel=0.01
    )
    assert float(own.scale) == pytest.approx(BASE * 2.5, rel=0.01)


def test_groups_clipped_alike_or_not_at_all_are_clipped_as_flat_ones():
    batches = batches_of([random_table(400)], rate=1.0)
    batch = next(iter(batches))
    for long in (0.0, 1.0):
        own = clipping("dpsgd_f", batches)
        own.observe(torch.full((400, 1), long, dtype=D), batch, normals(batches))
        assert own.most.flatten().tolist() == pytest.approx([0.5, 0.5])


def test_a_group_that_noise_drowns_keeps_the_usual_bound():
    batches = batches_of([random_table(400)], rate=1.0)
    own, batch = clipping("dpsgd_f", batches, sigma=200.0), next(iter(batches))
    length = torch.rand(400, 1, dtype=D, generator=torch.Generator().manual_seed(0))
    own.observe(length, batch, torch.ones_like(normals(batches)) * 0.01)
    assert own.most.flatten().tolist() == [0.5, 0.5]
    own.remember()
    assert own.statistics()[0][0].known == (False, False)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_reach_of_global_adapt_follows_the_share_that_is_longer(share):
    batches = batches_of([random_table(400)], rate=1.0)
    own, batch = clipping("global_adapt", batches), next(iter(batches))
    length = (torch.arange(400) < share * 400).to(D).unsqueeze(1) * 100
    own.observe(length, batch, normals(batches))
    wanted = max(0.5, 0.5 * math.exp(share - TOLERATED))
    assert own.reach.flatten().tolist() == pytest.approx([wanted] * 2)
    for _ in range(50):
        own.observe(length, batch, normals(batches))
    end = LARGEST_REACH * 0.5 if share == 1 else 0.5 if share == 0 else float(own.reach[0, 0, 0])
    assert float(own.reach[0, 0, 0]) == pytest.approx(end)
    assert float(own.scale) == 1


def test_up_to_the_reach_gradients_keep_their_proportions():
    batches = batches_of([random_table(3)], rate=1.0)
    own, batch = clipping("global_adapt", batches), next(iter(batches))
    own.reach[:] = 2.0
    length = torch.tensor([[0.4], [2.0], [8.0]], dtype=D)
    slope = length.clone()
    own.clip_(slope, length, batch)
    assert slope.flatten().tolist() == pytest.approx([0.1, 0.5, 0.5], rel=1e-5)


@pytest.mark.parametrize("way", WAYS)
def test_one_person_moves_the_counts_by_one(way):
    table = random_table(30, groups=3)
    without = [table.take(torch.arange(30).ne(row).numpy()) for row in range(30)]
    length = torch.rand(30, 1, dtype=D, generator=torch.Generator().manual_seed(1))
    counts = []
    for tables in ([table], without):
        batches = batches_of(tables, rate=1.0, rows=30)
        own = clipping(way, batches)
        own.norm, own.reach = torch.tensor([1.0], dtype=D), own.reach * 0 + 0.5
        lengths = (
            length
            if len(tables) == 1
            else torch.cat([length[torch.arange(30).ne(row)] for row in range(30)])
        )
        counts.append(own.release(lengths, next(iter(batches)), normals(batches)))
    moves = (counts[0] - counts[1]).transpose(0, 1).flatten(1).norm(dim=1)
    assert moves.max() == 1
    assert (moves == 1).all() or way == "global_adapt"


@pytest.mark.parametrize("by_label", [False, True])
def test_groups_are_told_from_cells_by_label_too(by_label):
    table = random_table(300, groups=3)
    batches = batches_of([table, table.take(slice(0, 200))], rate=1.0, by_label=by_label, rows=300)
    own, batch = clipping("dpsgd_f", batches), next(iter(batches))
    found = own.release(torch.zeros(500, 1, dtype=D), batch, normals(batches))
    groups = torch.from_numpy(table.protected["group"]).long()
    assert found[1, 0, :, 0].tolist() == torch.bincount(groups, minlength=3).tolist()
    assert found[1, 1, :, 0].tolist() == torch.bincount(groups[:200], minlength=3).tolist()
    assert not found[0].any()


@pytest.mark.parametrize("way", WAYS)
def test_counts_are_noised_with_their_part_of_the_noise(way):
    batches = batches_of([random_table(50)], rate=1.0)
    own, batch = clipping(way, batches, sigma=1.5), next(iter(batches))
    length = torch.zeros(50, 1, dtype=D)
    clean = own.release(length, batch, normals(batches))
    one = torch.ones_like(normals(batches))
    one[..., count_releases(ModelSpec(**NOISY, clipping=way), 2) :] = 0
    added = (own.release(length, batch, one) - clean).flatten()
    setting = ModelSpec(**NOISY, clipping=way)
    assert added[added != 0].tolist() == pytest.approx(
        [statistics_sigma(setting)] * count_releases(setting, 2)
    )


@pytest.mark.parametrize("width", [0, 4])
def test_the_noise_of_dpsgd_f_is_that_of_its_largest_bound(width):
    batches = batches_of([random_table(50), random_table(50, seed=1)], rate=1.0)
    given = {"width": width, "learning_rate": 0.0, "clip_norm": 0.5, "momentum": 0.0}
    some = [
        ModelSpec(**given, clipping="dpsgd_f"),
        ModelSpec(**given, sigma=2.0, clipping="dpsgd_f"),
    ]
    training = Training(some, batches, seeds=[0, 1], keys=[["1", "2"], ["3", "4"]], dtype=D)
    training.clipping.most[0], training.clipping.most[1] = 0.5, 1.5
    training.step(0, next(iter(batches)))
    rows = training.model.vectors(training.velocity)
    noise = [noisy - clean for clean, noisy in rows]
    drawn = training.model.vectors([part[0] for part in training.gradient_noise])
    for seed, scale in ((0, 1.0), (1, 3.0)):
        assert torch.allclose(noise[seed], drawn[seed][1] * scale)
