from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.utils.prune
from sklearn.linear_model import LogisticRegression

from tests.engine.conftest import batches_of, random_table
from tradeoffs.audit.opacus_reference import one_hot
from tradeoffs.engine.loop import Training, train
from tradeoffs.engine.mixing import Exchange, mix_, present_weights, sum_matrix
from tradeoffs.engine.population import ModelSpec, initial, logits
from tradeoffs.engine.recipe import TAIL
from tradeoffs.engine.regime import Mixing, Regime

K = 3
SEEDS = 2
SLOTS = [seed for seed in range(SEEDS) for _ in range(K)]
NOISY: dict[str, Any] = {"learning_rate": 0.3, "clip_norm": 1.0, "sigma": 1.5}
PLAIN: dict[str, Any] = {"learning_rate": 0.4, "clip_norm": float("inf"), "ridge": 2.0}
TABLES = [random_table(120, seed=slot) for slot in range(SEEDS * K)]


def specs(width: int) -> list[ModelSpec]:
    return [ModelSpec(width=width, **NOISY), ModelSpec(width=2 * width, **PLAIN)]


def trained(
    settings, regimes, *, tables=TABLES, seeds=SLOTS, dtype=torch.float32, tail=TAIL, **given
):
    keys = [[f"{slot}{m}" for m in range(len(settings))] for slot in range(len(tables))]
    batches = batches_of(tables, seeds=seeds, **given)
    return train(settings, batches, seeds=seeds, keys=keys, regimes=regimes, dtype=dtype, tail=tail)


def initial_vectors(spec: ModelSpec) -> list[list[np.ndarray]]:
    shape = {"columns": TABLES[0].columns + 1, "ones": 4, "dtype": torch.float32}
    return [[initial(s, spec.width, **shape).numpy()] * K for s in range(SEEDS)]


def identities(spec: ModelSpec) -> dict[str, Regime]:
    """Return regimes that change nothing."""
    start = initial_vectors(spec)
    label = [table.label.astype(np.float32) for table in TABLES]
    return {
        "nothing": Regime(),
        "start": Regime(start=start),
        "pull": Regime(pull=np.zeros(K), anchor="zero"),
        "pull to the mean": Regime(pull=np.zeros(K), anchor="mean"),
        "keep": Regime(keep=[[np.ones_like(v) for v in row] for row in start]),
        "answers": Regime(answers=[label[:K], label[K:]]),
        "live": Regime(live=[True] * (3 if spec.width else 1)),
        "numbers": Regime(
            learning_rate=np.full(K, spec.learning_rate),
            sigma=np.full(K, spec.sigma),
            clip_norm=np.full(K, spec.clip_norm),
            ridge=np.full(K, spec.ridge),
        ),
        "mixing": Regime(mixing=Mixing(weights=np.eye(K))),
        "mixing some": Regime(mixing=Mixing(weights=np.eye(K), every=3, participation=0.5)),
        "mixing never": Regime(mixing=Mixing(weights=np.eye(K), until=0)),
    }


@pytest.mark.parametrize("rate", [0.2, 1.0])
@pytest.mark.parametrize("width", [0, 3])
def test_a_regime_that_changes_nothing_leaves_every_bit(width, rate):
    settings = specs(width)
    today = trained(settings, None, rate=rate)
    for name in identities(settings[0]):
        regimes = [identities(spec)[name] for spec in settings]
        found = trained(settings, regimes, rate=rate)
        for own, before in zip(found, today, strict=True):
            assert all(torch.equal(a, b) for a, b in zip(own, before, strict=True)), name


@pytest.mark.parametrize("width", [0, 3])
def test_a_regime_leaves_the_models_beside_it_as_they_were(width):
    settings = specs(width)
    rough = Regime(
        pull=np.array([0.1, 1.0, 10.0]),
        anchor="mean",
        keep=[[np.arange(len(v)) % 2 for v in row] for row in initial_vectors(settings[0])],
        mixing=Mixing(weights=np.full((K, K), 1 / K), every=2),
    )
    today, found = trained(settings, None), trained(settings, [rough, None])
    for own, before in zip(found, today, strict=True):
        assert torch.equal(own[1], before[1])
        assert not torch.equal(own[0], before[0])


def shared(tables, weights=None, **given) -> Regime:
    """Return federated averaging in which everybody counts by their rows."""
    rows = np.array([table.rows for table in tables])
    weights = rows / rows.sum() if weights is None else np.asarray(weights)
    return Regime(mixing=Mixing(weights=np.tile(weights, (len(weights), 1)), **given))


def sized(rows=(80, 140, 200)):
    return [random_table(n, seed=n) for n in rows]


def union(tables):
    whole = {f: np.concatenate([getattr(t, f) for t in tables]) for f in ("codes", "label")}
    group = np.concatenate([t.protected["group"] for t in tables])
    ids = np.arange(len(group), dtype=np.int64)
    return replace(tables[0], **whole, protected={"group": group}, row_id=ids)


@pytest.mark.parametrize("width", [0, 4])
def test_averaging_at_every_step_is_the_training_on_all_rows(width):
    """With each community's share of the ridge, and velocities mixed as the weights are."""
    tables = sized()
    rows = np.array([table.rows for table in tables])
    spec = ModelSpec(width=width, **PLAIN)
    regime = replace(shared(tables), ridge=spec.ridge * rows / rows.sum())
    given = {"rate": 1.0, "steps": 150, "rows": rows}
    found = trained([spec], [regime], tables=tables, seeds=[0] * K, **given)
    given["rows"] = int(rows.sum())
    pooled = trained([spec], None, tables=[union(tables)], seeds=[0], **given)
    for row in found:
        assert torch.allclose(row[0], pooled[0][0], rtol=0, atol=2e-6)
        assert torch.equal(row[0], found[0][0])


@pytest.mark.parametrize("width", [0, 4])
def test_one_community_that_averages_is_the_centralised_model_bit_for_bit(width):
    spec, tables = ModelSpec(width=width, **NOISY), TABLES[:2]
    regime = Regime(mixing=Mixing(weights=np.ones((1, 1)), every=4))
    found = trained([spec], [regime], tables=tables, seeds=[0, 1])
    today = trained([spec], None, tables=tables, seeds=[0, 1])
    assert all(torch.equal(a[0], b[0]) for a, b in zip(found, today, strict=True))


@pytest.mark.parametrize("width", [0, 4])
def test_communities_in_another_order_are_the_same_communities(width):
    tables = sized()
    order = [2, 0, 1]
    mixing = np.array([[0.6, 0.4, 0.0], [0.2, 0.5, 0.3], [0.1, 0.1, 0.8]])
    spec = ModelSpec(width=width, **NOISY)
    found = {}
    for way in ([0, 1, 2], order):
        regime = Regime(
            pull=np.array([0.1, 0.0, 2.0])[way],
            anchor="mean",
            sigma=np.array([1.0, 2.0, 0.0])[way],
            mixing=Mixing(weights=mixing[np.ix_(way, way)], every=3),
        )
        some = [tables[k] for k in way]
        batches = batches_of(some, seeds=[5] * K, rows=[t.rows for t in some])
        keys = [[f"{k}"] for k in way]
        own = train([spec], batches, seeds=[5] * K, keys=keys, regimes=[regime])
        found[tuple(way)] = {k: vectors[0] for k, vectors in zip(way, own, strict=True)}
    for k in range(K):
        assert torch.allclose(found[0, 1, 2][k], found[tuple(order)][k], rtol=0, atol=1e-6)


def test_a_community_twice_counts_as_one_of_twice_the_weight():
    tables = sized((100, 150))
    spec = ModelSpec(**PLAIN)
    given = {"dtype": torch.float64, "rate": 1.0, "steps": 40}
    once = shared(tables, [2 / 3, 1 / 3], every=4)
    twice = shared([*tables[:1], *tables], [1 / 3] * 3, every=4)
    found = trained([spec], [once], tables=tables, seeds=[0] * 2, rows=[100, 150], **given)
    again = [tables[0], *tables]
    other = trained([spec], [twice], tables=again, seeds=[0] * 3, rows=[100, 100, 150], **given)
    assert torch.allclose(found[0][0], other[0][0], rtol=0, atol=1e-12)


def test_after_an_exchange_all_go_on_from_the_same_model_the_same_way():
    """Their velocities, as what they would move by: one sums the gradients of more people."""
    tables, spec = sized(), ModelSpec(**PLAIN)
    rows = [table.rows for table in tables]
    batches = batches_of(tables, rate=1.0, seeds=[0] * K, rows=rows)
    keys = [[str(k)] for k in range(K)]
    training = Training(
        [spec], batches, seeds=[0] * K, keys=keys, regimes=[shared(tables, every=3)]
    )
    for step, batch in zip(range(3), batches, strict=False):
        training.step(step, batch)
    weights, displacement = training.model.first, training.velocity[0] * training.rate[0]
    for found in (weights, displacement):
        each = found.view(K, -1)
        assert each[0].abs().min() > 0
        assert torch.allclose(each, each[:1].expand_as(each), rtol=1e-5, atol=0)


def test_gossip_for_ever_is_federated_averaging():
    """A power of a doubly stochastic matrix of neighbours comes to the mean of all."""
    ring = np.array([[2, 1, 1], [1, 2, 1], [1, 1, 2]]) / 4
    spec = ModelSpec(**PLAIN)
    often = Regime(mixing=Mixing(weights=np.linalg.matrix_power(ring, 60), every=5))
    mean = shared(TABLES[:K], [1 / 3] * 3, every=5)
    found, expected = (trained([spec], [one], dtype=torch.float64) for one in (often, mean))
    for a, b in zip(found, expected, strict=True):
        assert torch.allclose(a[0], b[0], rtol=0, atol=1e-12)


def test_who_is_absent_keeps_its_own_model_and_a_round_is_the_same_for_all_settings():
    weights = np.full((1, K, K), 1 / K)
    present = np.array([[True, False, True]])
    expected = [[0.5, 0, 0.5], [0, 1, 0], [0.5, 0, 0.5]]
    assert np.allclose(present_weights(weights, present)[0], expected)
    nobody = present_weights(weights, np.zeros((1, K), bool))
    assert np.array_equal(nobody[0], np.eye(K))
    mixing = Mixing(weights=weights[0], participation=0.3)
    exchange = Exchange(mixing, [], np.ones((40, K)), seeds=range(40))
    drawn = np.stack([exchange.present(step) for step in range(100)])
    assert drawn.mean() == pytest.approx(0.3, abs=4 * (0.21 / drawn.size) ** 0.5)
    assert len({drawn[:, s, k].tobytes() for s in range(40) for k in range(K)}) == 40 * K


def test_a_model_that_diverged_spoils_those_alone_that_weigh_it():
    numbers = [torch.tensor([[1.0, 2.0], [torch.inf, 4.0], [5.0, torch.nan]])]
    weights = np.array([[[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 1.0]]])
    mix_(numbers, sum_matrix(weights, torch.float32), [torch.arange(2)])
    expected = torch.tensor([[torch.nan, 3.0], [torch.nan, 3.0], [5.0, torch.nan]])
    assert torch.equal(numbers[0].nan_to_num(-1), expected.nan_to_num(-1))


def test_one_round_is_the_mean_of_the_finished_models():
    spec = ModelSpec(**PLAIN)
    alone = trained([spec], None, dtype=torch.float64)
    regime = shared(TABLES[:K], rounds_alone=True)
    found = trained([spec], [regime], dtype=torch.float64)
    mean = torch.stack([row[0] for row in alone[:K]]).mean(0)
    assert all(torch.allclose(row[0], mean, rtol=0, atol=1e-12) for row in found[:K])


def test_each_seed_may_have_weights_of_its_own():
    spec, each = ModelSpec(**PLAIN), [shared(TABLES[:K]), Regime(mixing=Mixing(weights=np.eye(K)))]
    mixings = [regime.mixing for regime in each if regime.mixing]
    both = Regime(mixing=Mixing(weights=np.stack([one.weights for one in mixings]), every=1))
    found = trained([spec], [both])
    for seed, regime in enumerate(each):
        own = slice(seed * K, (seed + 1) * K)
        expected = trained([spec], [regime], tables=TABLES[own], seeds=SLOTS[own])
        for a, b in zip(found[own], expected, strict=True):
            assert torch.allclose(a[0], b[0], rtol=0, atol=1e-6)


def test_a_pull_comes_to_rest_at_the_minimum_of_the_penalised_loss():
    """Pulled to zero it is a ridge of mu on the mean loss, however large mu is."""
    table, steps = TABLES[:1], {"rate": 1.0, "steps": 1_000}
    for mu in (0.05, 3.0):
        free = ModelSpec(learning_rate=0.3, clip_norm=float("inf"))
        ridge = replace(free, ridge=mu * table[0].rows)
        pulled = trained(
            [free], [Regime(pull=np.array([mu]), anchor="zero")],
            tables=table, seeds=[0], dtype=torch.float64, **steps,
        )  # fmt: skip
        expected = trained([ridge], None, tables=table, seeds=[0], dtype=torch.float64, **steps)
        assert torch.allclose(pulled[0][0], expected[0][0], rtol=0, atol=1e-6)


def test_an_infinite_pull_is_the_anchor_or_the_shared_model():
    spec = ModelSpec(**NOISY)
    start = [[np.linspace(-1, 1, 13, dtype=np.float32)] * K] * SEEDS
    held = trained([spec], [Regime(start=start, pull=np.full(K, np.inf))])
    assert all(np.allclose(row[0].numpy(), start[0][0], rtol=0, atol=1e-6) for row in held)
    together = Regime(pull=np.full(K, np.inf), anchor="mean")
    shared_one = shared(TABLES[:K], [1 / K] * K)
    found, expected = (
        trained([spec], [one], dtype=torch.float64) for one in (together, shared_one)
    )
    for a, b in zip(found, expected, strict=True):
        assert torch.allclose(a[0], b[0], rtol=0, atol=1e-12)


@pytest.mark.parametrize("width", [0, 4])
def test_what_is_masked_is_zero_for_ever_and_the_rest_learns(width):
    """Masks as torch.nn.utils.prune makes them, of every model by its own magnitudes."""
    spec = ModelSpec(width=width, **NOISY)
    first = trained([spec], None)
    masks = [
        torch.nn.utils.prune.L1Unstructured(amount=0.7).compute_mask(v[0], torch.ones_like(v[0]))
        for v in first
    ]
    own = [m.numpy() for m in masks]
    keep = [own[:K], own[K:]]
    start = [[v[0].numpy() for v in rows] for rows in (first[:K], first[K:])]
    regime = Regime(start=start, keep=keep, mixing=Mixing(weights=np.full((K, K), 1 / K)))
    for row, mask, before in zip(trained([spec], [regime]), masks, first, strict=True):
        assert torch.equal(row[0] == 0, mask == 0)
        assert (row[0] - before[0])[mask > 0].abs().min() > 0


def test_what_is_not_live_stays_and_is_not_in_the_norm_that_is_clipped():
    """A frozen trunk leaves a logistic regression on its units, clipped and noised as such."""
    width = 4
    spec = replace(ModelSpec(width=width, **NOISY), sigma=0.0, clip_norm=0.5)
    head = Regime(live=[False, True, True])
    batches = batches_of(TABLES[:1], rate=1.0, steps=12)
    found = train([spec], batches, seeds=[3], keys=[["a"]], regimes=[head], tail=1,
                  dtype=torch.float64)[0][0]  # fmt: skip
    shape = {"columns": batches.columns, "ones": batches.ones, "dtype": torch.float64}
    start = initial(3, width, **shape)
    trunk = start[: -width - 1].view(-1, width)
    assert torch.equal(found[: -width - 1], start[: -width - 1])
    hidden = torch.relu(trunk[batches.codes.long()].sum(1))
    design = torch.cat([hidden, torch.ones(len(hidden), 1)], 1).double()
    weights, velocity = start[-width - 1 :].clone(), torch.zeros(width + 1, dtype=torch.float64)
    for _ in range(12):
        gradient = (torch.sigmoid(design @ weights) - batches.label)[:, None] * design
        clipped = gradient * (0.5 / (gradient.norm(dim=1, keepdim=True) + 1e-6)).clamp_max(1)
        velocity = 0.9 * velocity + clipped.sum(0)
        weights -= 0.3 / len(design) * velocity
    assert torch.allclose(found[-width - 1 :], weights, rtol=0, atol=1e-9)


def test_soft_answers_are_learned_in_place_of_the_label():
    """Against the optimum that a weighted fit on both answers has."""
    table = random_table(300)
    chance = np.random.default_rng(0).random(300)
    found = trained(
        [ModelSpec(**PLAIN)], [Regime(answers=[[chance]])],
        tables=[table], seeds=[0], rate=1.0, steps=1_500, dtype=torch.float64,
    )[0][0]  # fmt: skip
    design = np.tile(one_hot(table, torch.float64).numpy(), (2, 1))
    fit = LogisticRegression(C=1 / PLAIN["ridge"], tol=1e-12, max_iter=10_000)
    fit.fit(design, np.repeat([1, 0], 300), np.concatenate([chance, 1 - chance]))
    logit = logits([found], [0], batches_of([table]).codes)[0].numpy()
    assert np.abs(logit - fit.decision_function(design)[:300]).max() < 1e-4


@pytest.mark.parametrize("width", [0, 3])
def test_numbers_of_a_community_are_those_of_a_training_of_its_own(width):
    spec, tables = ModelSpec(width=width, **NOISY), sized()
    numbers: dict[str, Any] = {
        "learning_rate": np.array([0.1, 0.2, 0.3]),
        "sigma": np.array([0.0, 1.0, 2.0]),
        "clip_norm": np.array([0.5, 1.0, 2.0]),
        "ridge": np.array([1.0, 0.0, 4.0]),
    }
    rows = [t.rows + 1 for t in tables]
    given: dict[str, Any] = {"dtype": torch.float64}
    found = trained([spec], [Regime(**numbers)], tables=tables, seeds=[7] * K, rows=rows, **given)
    for k, table in enumerate(tables):
        own = replace(spec, **{name: values[k] for name, values in numbers.items()})
        batches = batches_of([table], seeds=[7], rows=rows[k])
        alone = train([own], batches, seeds=[7], keys=[[f"{k}0"]], **given)
        assert torch.allclose(found[k][0], alone[0][0], rtol=0, atol=1e-12)


@pytest.mark.parametrize("width", [0, 3])
def test_no_community_moves_the_global_model_by_more_than_its_clip(width):
    """Against the same training with one community's labels turned around.

    Four of the five models whose mean is returned are of before the exchange, when the global model
    is still the start; local ones, which no bound holds, would differ.
    """
    turned = [replace(TABLES[0], label=~TABLES[0].label), *TABLES[1:]]
    mixing = Mixing(weights=np.full((K, K), 1 / K), every=20, clip=0.01)
    spec = ModelSpec(width=width, **PLAIN)
    found, other = (
        trained([spec], [Regime(mixing=mixing)], tables=t, tail=5, dtype=torch.float64)
        for t in (TABLES, turned)
    )
    moved = (found[0][0] - other[0][0]).norm()
    assert 0 < moved <= 2 * 0.01 / K / 5
    assert torch.equal(found[0][0], found[1][0])


def test_the_noise_on_the_mean_update_is_what_the_accountant_was_told():
    """Its deviation is noise * clip / K, over the participation, in each number and round."""
    tables = [random_table(20, seed=s, bins=(30, 30)) for s in range(40)]
    spec = ModelSpec(learning_rate=1e-9, clip_norm=float("inf"))
    mixing = Mixing(weights=np.full((4, 4), 1 / 4), every=5, participation=0.5, clip=0.1, noise=3.0)
    given = {"tables": tables, "seeds": list(np.repeat(range(10), 4)), "steps": 20, "tail": 1}
    found = trained([spec], [Regime(mixing=mixing)], dtype=torch.float64, **given)
    drawn = torch.stack([row[0] for row in found[::4]]).numpy()
    deviation = 3.0 * 0.1 / 4 / 0.5 * 4**0.5  # of four rounds
    assert drawn.std() == pytest.approx(deviation, rel=4 / (2 * drawn.size) ** 0.5)
    assert np.abs(np.corrcoef(drawn)[np.triu_indices(10, 1)]).max() < 0.6


NO_BOUND_OR_A_LARGE_ONE: list[dict[str, Any]] = [{}, {"clip": 1e6}]


def test_without_noise_and_with_room_the_clipped_mean_is_the_mean_of_one_step():
    """McMahan's averaging of updates and of models are one, where every one restarts at rest."""
    plain = replace(ModelSpec(**PLAIN), momentum=0.0)
    ways = [
        Regime(mixing=Mixing(weights=np.full((K, K), 1 / K), every=4, **own))
        for own in NO_BOUND_OR_A_LARGE_ONE
    ]
    mean, clipped = (
        trained([plain], [way], steps=8, tail=1, dtype=torch.float64)[0][0] for way in ways
    )
    assert torch.allclose(mean, clipped, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    "bad",
    [
        {"weights": np.ones((2, 2))},
        {"weights": np.eye(2), "every": 0},
        {"weights": np.eye(2), "participation": 0.0},
        {"weights": np.eye(2), "noise": 1.0},
        {"weights": np.eye(2), "clip": 1.0},
    ],
)
def test_an_exchange_that_cannot_be_is_refused(bad):
    with pytest.raises(ValueError):
        Mixing(**bad)


def test_regimes_of_one_population_have_as_many_communities_each():
    regimes = [Regime(pull=np.ones(2)), Regime(mixing=Mixing(weights=np.eye(3)))]
    with pytest.raises(ValueError, match="communities"):
        trained([ModelSpec(**PLAIN)] * 2, regimes)
    with pytest.raises(ValueError, match="bound"):
        trained([ModelSpec(**NOISY, max_gap=0.1)], [Regime(sigma=np.ones(K))])
