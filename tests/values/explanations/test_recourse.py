import itertools
import math

import numpy as np
import pytest
import torch

from tests.values.explanations.conftest import Net, one_hot, random_models
from tradeoffs.data.cases import Action
from tradeoffs.data.coding import MISSING, OTHER
from tradeoffs.data.table import Feature
from tradeoffs.engine.evaluation import layers
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.explanations.counterfactual import candidate_changes
from tradeoffs.values.explanations.recourse import choices, reach, recourse

BINS = {"fixed": ("a", "b", MISSING), "level": ("1", "2", "3", "4", MISSING)}
BINS |= {"hours": ("x", "y", "z", MISSING), "job": ("p", "q", "r", OTHER, MISSING)}
FEATURES = tuple(Feature(name=n, title=n, labels=labels) for n, labels in BINS.items())
SIZES = [len(labels) for labels in BINS.values()]
STARTS = np.cumsum(SIZES) - SIZES
COLUMNS = sum(SIZES)
ACTIONS = (
    Action(feature="level", way="up"),
    Action(feature="hours", way="up or down"),
    Action(feature="job", way="any"),
)
PEOPLE = np.array(list(itertools.product(*(range(size) for size in SIZES))))
CODES = torch.from_numpy(PEOPLE + STARTS)


def measured(vectors, width: int, actions=ACTIONS) -> np.ndarray:
    first, second = layers(vectors, width)
    bias = torch.stack([vector[-1] for vector in vectors])
    return recourse(first, second, bias, CODES, choices(FEATURES, actions)).numpy()


def logit(vector: torch.Tensor, width: int) -> dict[tuple[int, ...], float]:
    """Return the logit of every possible person, from one-hot rows."""
    design = one_hot(torch.cat([CODES, torch.full((len(CODES), 1), COLUMNS)], 1), COLUMNS)
    values = Net(vector, width)(design).detach()[:, 0] if width else design @ vector
    return {tuple(p): float(v) for p, v in zip(PEOPLE.tolist(), values, strict=True)}


def by_hand(action: Action, labels: tuple[str, ...], a: int, b: int) -> float:
    if a == b:
        return 0
    if labels[a] in (MISSING, OTHER) or labels[b] in (MISSING, OTHER):
        return math.inf
    if action.way == "any":
        return 1
    return math.inf if action.way == "up" and b < a else abs(b - a)


def brute_force(person, values, actions) -> float:
    """Look at every person who differs in at most two actionable features."""
    best = math.inf
    ways = {action.feature: action for action in actions}
    for other, value in values.items():
        moved = [j for j in range(len(BINS)) if person[j] != other[j]]
        names = [FEATURES[j].name for j in moved]
        if value > 0 and len(moved) <= 2 and set(names) <= set(ways):
            pairs = zip(moved, names, strict=True)
            cost = sum(by_hand(ways[n], FEATURES[j].labels, person[j], other[j]) for j, n in pairs)
            best = min(best, cost)
    return best


@pytest.mark.parametrize("actions", [ACTIONS, ACTIONS[:2], ACTIONS[2:], ACTIONS[:1], ()])
@pytest.mark.parametrize("width", [0, 5])
def test_it_is_what_brute_force_finds(width, actions):
    vectors = random_models(width, COLUMNS + 1)
    for vector in vectors:
        vector[-1] -= 1.5  # so that many are refused
    found = measured(vectors, width, actions)
    for m, vector in enumerate(vectors):
        values = logit(vector, width)
        wanted = [brute_force(tuple(p), values, actions) for p in PEOPLE.tolist()]
        assert found[m].tolist() == wanted
    if len(actions) == 3:
        assert {0, 1, 2, 3, math.inf} <= set(found.flatten().tolist())


@pytest.mark.parametrize("width", [0, 5])
def test_moving_by_the_change_that_was_found_turns_the_decision(width):
    vectors = random_models(width, COLUMNS + 1)
    for vector in vectors:
        vector[-1] -= 1.5
    found = measured(vectors, width)
    open_to = choices(FEATURES, ACTIONS)
    for m, vector in enumerate(vectors):
        values = logit(vector, width)
        for i, person in enumerate(PEOPLE.tolist()):
            every, steps = candidate_changes(CODES[i], open_to)
            assert (every[0] - CODES[i]).eq(0).all() and steps[0] == 0
            assert (steps.diff() >= 0).all()
            turned = [values[tuple((c - torch.from_numpy(STARTS)).tolist())] > 0 for c in every]
            nearest = min(
                (float(s) for s, t in zip(steps, turned, strict=True) if t), default=math.inf
            )
            assert found[m, i] == nearest, person


def test_a_network_whose_units_all_act_is_looked_through_like_logistic_regression():
    """What a change can add is then what it adds, to the last step: whole numbers are exact."""
    rng = np.random.default_rng(0)
    for _ in range(20):
        inner = torch.from_numpy(rng.integers(-3, 4, (COLUMNS + 1, 1, 4))).float()
        second = torch.from_numpy(rng.choice([-1, 1], (1, 4))).float()
        inner[-1] += 100  # far from where a unit stops
        bias = -100 * second.sum(1) - 4
        plain = (inner * second).sum(2, keepdim=True)
        plain[-1] += bias
        open_to = choices(FEATURES, ACTIONS)
        found = recourse(inner, second, bias, CODES, open_to)
        assert torch.equal(found, recourse(plain, None, bias, CODES, open_to))


def test_of_a_network_that_diverged_nobody_is_in_reach():
    vectors = [vector * math.nan for vector in random_models(5, COLUMNS + 1)]
    assert np.isinf(measured(vectors, 5)).all()


def test_a_logit_of_exactly_0_is_a_refusal():
    vector = torch.zeros(COLUMNS + 1, dtype=torch.float64)
    vector[STARTS[1] + 2] = 1.0  # only the third level is accepted
    found = measured([vector], 0)[0]
    level = PEOPLE[:, 1]
    assert found.tolist() == [{0: 2, 1: 1, 2: 0}.get(x, math.inf) for x in level]


def test_what_is_not_known_cannot_be_changed():
    for action in ACTIONS:
        labels = BINS[action.feature]
        steps = action.steps(labels)
        unknown = [b for b, words in enumerate(labels) if words in (MISSING, OTHER)]
        for b in unknown:
            assert (
                np.isinf(np.delete(steps[b], b)).all() and np.isinf(np.delete(steps[:, b], b)).all()
            )
        assert (np.diag(steps) == 0).all()


def test_groups_are_summed_up_apart():
    steps = torch.tensor([[0.0] * 10 + [2.0] * 30 + [4.0] * 30 + [math.inf] * 40])
    member = torch.zeros(110, 2)
    member[:40, 0] = member[40:, 1] = 1
    found = reach(steps, member)
    assert found.steps.tolist() == [[2.0, 4.0]]
    assert found.reachable.tolist() == [[1.0, 30 / 70]]
    whole = reach(steps, torch.ones(110, 1))
    assert (whole.steps.tolist(), whole.reachable.tolist()) == ([[3.0]], [[60 / 100]])


def test_of_too_few_people_nothing_is_told():
    steps = torch.tensor([[1.0] * (SMALLEST_CELL - 1) + [math.inf], [0.0] * SMALLEST_CELL])
    found = reach(steps, torch.ones(SMALLEST_CELL, 1))
    assert found.steps.isnan().all()
    assert found.reachable[0] == (SMALLEST_CELL - 1) / SMALLEST_CELL
    assert found.reachable[1].isnan()  # nobody is refused


def test_a_constant_model_leaves_the_refused_out_of_reach_and_has_no_steps():
    for width in (0, 5):
        vectors = [torch.zeros_like(vector) for vector in random_models(width, COLUMNS + 1)]
        found = reach(torch.from_numpy(measured(vectors, width)), torch.ones(len(PEOPLE), 1))
        assert (found.reachable == 0).all() and found.steps.isnan().all()


@pytest.mark.parametrize("width", [0, 4])
def test_who_is_favoured_already_needs_no_step(width):
    """Nobody is left whose changes could be looked at."""
    features = (Feature(name="f", title="f", labels=("a", "b")),)
    size = 3 * width + width + 1 if width else 3
    vector = torch.zeros(size)
    vector[-1] = 5.0
    first, second = layers([vector], width)
    open_to = choices(features, [Action(feature="f", way="any")])
    steps = recourse(first, second, vector[-1:], torch.tensor([[0], [1]]), open_to)
    assert steps.tolist() == [[0.0, 0.0]]
