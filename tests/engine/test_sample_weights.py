# pyright: reportArgumentType=false, reportOptionalMemberAccess=false, reportOptionalCall=false
# pyright: reportOperatorIssue=false, reportAttributeAccessIssue=false
import numpy as np
import pytest
import torch

from tests.engine.conftest import batches_of, random_table
from tradeoffs.engine.loop import Training, train
from tradeoffs.engine.population import ModelSpec
from tradeoffs.engine.sample_weights import LARGEST_SIZE_ERROR, Reweighing, kamiran_calders


def exact(batches, strength=1.0):
    setting = ModelSpec(learning_rate=1.0, clip_norm=1.0, reweigh=strength)
    return Reweighing([setting], batches, torch.zeros(batches.seeds, 1, batches.cells))


def test_the_weights_are_those_of_a_table_worked_by_hand():
    """Ten people: men 5, of whom 3 positive; women 5, of whom 1 positive.

    Men: P(+) P(men) / P(+, men) = .4 * .5 / .3 = 2/3, and .6 * .5 / .2 = 3/2 for the negatives.
    """
    sizes = torch.tensor([[2.0, 4.0], [3.0, 1.0]]).view(1, 2, 2, 1)  # men, women; - then +
    wanted = torch.tensor([[3 / 2, 3 / 4], [2 / 3, 2.0]])
    assert torch.allclose(kamiran_calders(sizes).view(2, 2), wanted)


def test_weighted_people_have_group_and_label_independent():
    batches = batches_of([random_table(500, groups=3)], by_label=True)
    weight = exact(batches).weight[:, 0]
    share = (batches.cell_counts()[0] * weight).view(2, 3) / 500
    assert torch.allclose(share, share.sum(1, keepdim=True) * share.sum(0, keepdim=True))
    assert torch.allclose(share.sum(), torch.tensor(1.0))


@pytest.mark.parametrize("strength", [0.25, 0.5])
def test_strength_lies_between_no_weights_and_all_of_them(strength):
    batches = batches_of([random_table(500)], by_label=True)
    some, full = exact(batches, strength).weight, exact(batches).weight
    assert torch.allclose(some - 1, strength * (full - 1))


def test_noisy_sizes_give_the_weights_and_small_cells_are_left_alone():
    batches = batches_of([random_table(500)], by_label=True)
    setting = ModelSpec(learning_rate=1.0, clip_norm=1.0, sigma=1.0, sigma_counts=20.0, reweigh=1.0)
    noise = torch.randn(1, 1, 4, generator=torch.Generator().manual_seed(0))
    found = Reweighing([setting], batches, noise)
    sizes = batches.cell_counts().float().view(2, 2) + 20 * noise.view(2, 2)
    sizes = sizes.clamp(1, 500)
    able = LARGEST_SIZE_ERROR * sizes >= 20
    assert not able.all() and able.any()
    wanted = kamiran_calders(sizes.view(1, 2, 2, 1)).view(2, 2)
    assert torch.allclose(found.weight.view(2, 2), torch.where(able, wanted, 1.0))
    assert torch.equal(found.unweighted_cells().view(2, 2), ~able)


def test_a_loss_weighted_by_hand_trains_the_same_model():
    """Weights of 2 and 1 are the same as people who are there twice."""
    table = random_table(60)
    twice = np.concatenate([np.arange(60), np.flatnonzero(table.label)])
    setting = ModelSpec(learning_rate=0.5, clip_norm=float("inf"))
    doubled = batches_of([table.take(twice)], rate=1.0, rows=60, seeds=[0])
    wanted = train([setting], doubled, seeds=[0], keys=[["1"]], dtype=torch.float64)[0][0]
    batches = batches_of([table], rate=1.0, by_label=True)
    weighed = ModelSpec(learning_rate=0.5, clip_norm=float("inf"), reweigh=1.0)
    training = Training([weighed], batches, seeds=[0], keys=[["1"]], dtype=torch.float64)
    training.reweighing.weight = torch.tensor([[1.0], [1], [2], [2]], dtype=torch.float64)
    for step, batch in enumerate(batches):
        training.step(step, batch)
        training.remember()
    assert torch.allclose(training.mean()[0][0], wanted)


@pytest.mark.parametrize("width", [0, 4])
def test_a_weighted_gradient_is_clipped_as_a_whole(width):
    table = random_table(40)
    batches = batches_of([table.take(np.array([row])) for row in range(40)], by_label=True, rate=1)
    setting = ModelSpec(width=width, learning_rate=0.0, clip_norm=0.3, reweigh=1.0, momentum=0.0)
    keys = [["1"]] * 40
    training = Training([setting], batches, seeds=[0] * 40, keys=keys, dtype=torch.float64)
    training.reweighing.weight = torch.full((160, 1), 50.0, dtype=torch.float64)
    training.step(0, next(iter(batches)))
    sums = torch.stack([row[0] for row in training.model.vectors(training.velocity)])
    assert torch.allclose(sums.norm(dim=1), torch.tensor(0.3, dtype=torch.float64), atol=1e-4)


def test_a_model_beside_it_is_not_touched():
    batches = batches_of([random_table(200)], by_label=True)
    noisy = {"learning_rate": 0.3, "clip_norm": 1.0, "sigma": 1.0, "sigma_counts": 1.0}
    plain, weighed = ModelSpec(**noisy), ModelSpec(**noisy, reweigh=1.0)
    alone = train([plain], batches, seeds=[0], keys=[["1"]])[0][0]
    beside = train([plain, weighed], batches, seeds=[0], keys=[["1", "2"]])[0]
    assert torch.equal(beside[0], alone) and not torch.equal(beside[0], beside[1])


def test_every_model_draws_the_noise_of_its_own_sizes():
    batches = batches_of([random_table(2_000)], by_label=True)
    noisy = {"learning_rate": 0.3, "clip_norm": 1.0, "sigma": 1.0, "sigma_counts": 20.0}
    weighed = ModelSpec(**noisy, reweigh=1.0)
    keys = [[str(m) for m in range(1, 9)]]
    training = Training([weighed] * 8, batches, seeds=[0], keys=keys)
    assert (training.reweighing.weight.std(1) > 0).all()


def test_at_strength_zero_nothing_is_told_of_the_sizes_whatever_is_trained_beside():
    """Their noise is not drawn, so that anything told of them would be exact."""
    batches = batches_of([random_table(60)], by_label=True)
    noisy = {"learning_rate": 0.3, "clip_norm": 1.0, "sigma": 1.0, "sigma_counts": 50.0}
    settings = [ModelSpec(**noisy), ModelSpec(**noisy, reweigh=1.0)]
    left = Training(settings, batches, seeds=[0], keys=[["1", "2"]]).unweighted_cells()[0]
    assert left[0] == [] and len(left[1]) > 0


def test_without_cells_by_label_it_is_refused():
    with pytest.raises(ValueError, match="groups by label"):
        exact(batches_of([random_table(50)]))
