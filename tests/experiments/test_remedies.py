"""Every remedy among communities: what its entry says holds for the models that it gives."""

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from tradeoffs.data.table import join
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.fit_partnership import _regime
from tradeoffs.experiments.participants import exchange, participants, partnership
from tradeoffs.experiments.partnership_services import TrainingServices, by_seed
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.slots import Slots
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.collaboration.alone import ALONE
from tradeoffs.remedies.partnership import Partnership, Vectors
from tradeoffs.remedies.remedy import Remedy
from tradeoffs.scenario import Scenario

NAMES = ("Mountain", "Pacific", "South Atlantic")
BASE = Scenario(
    dataset="gss",
    label="income_25k",
    communities="place",
    home="Pacific",
    members=NAMES,
    rows=60,
    epsilon=None,
    mechanism="none",
)
EPSILONS = (0.3, 1.0, 8.0)
BY_PLACE = {  # what draws by the place of a community in the list, or has it in its graph
    *("gossip", "partial_participation", "community_dp", "pate"),
}


def each(remedies: Iterable[Remedy]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("remedy", list(remedies), ids=lambda one: one.name)


every = each(REMEDIES.values())
with_an_identity = each(one for one in REMEDIES.values() if one.dial and one.dial.same_as)
with_others = each(
    one for one in REMEDIES.values() if not one.independent and one.name not in BY_PLACE
)


def scenario(remedy: Remedy, **fields: object) -> Scenario:
    """Return a scenario with a remedy that it can have, or skip."""
    width = 4 if "split" in remedy.name else 0
    provider = "label.income_15k" if remedy.name == "multi_task" else "others"
    one = BASE.but(remedy=remedy.name, width=width, provider=provider, **fields)
    try:
        resolve(one)
    except InvalidInput as refusal:
        pytest.skip(str(refusal))
    return one


def people(one: Scenario, seeds: tuple[int, ...] = (0, 1)) -> Partnership:
    own = replace(partnership(one), seeds=seeds)
    return replace(own, services=TrainingServices(own))


def models(own: Partnership) -> Vectors:
    """Return (seeds, K) parameter vectors of a remedy, without noise."""
    remedy = REMEDIES[own.scenario.remedy]
    if remedy.fit is not None:
        return remedy.fit(own)
    slots = Slots([t for row in own.tables for t in row], own.rows.tolist(), seeds=own.seeds)
    keys = [["0"] for _ in range(len(own.seeds) * own.size)]
    found = slots.train([slots.spec(own.scenario.width)], [_regime(own)], keys)
    trained = by_seed([row[0] for row in found], own.size)
    return remedy.finish(own, trained) if remedy.finish else trained


def of_home(one: Scenario) -> np.ndarray:
    """Return (seeds, parameters) of the home community's models."""
    own = people(one)
    return np.array([row[own.names.index(BASE.home)] for row in models(own)])


@every
def test_an_entry_says_all_there_is_to_say(remedy):
    control = remedy.control
    said = (remedy.title, remedy.formula, remedy.source, remedy.trusts, remedy.unit)
    answers = (control.leaves, control.sees, control.changes, control.withdraws, control.decides)
    assert all((*said, *answers)) and remedy.help.endswith(".")
    assert bool(remedy.reason) == (set(remedy.mechanisms) < {"dp", "clip_only", "none"})
    if remedy.dial:
        dial = remedy.dial
        assert list(dial.values) == sorted(set(dial.values)) and "{}" in dial.phrase
        assert dial.values[0] <= dial.default <= dial.values[-1] and all((*dial.ends, dial.title))
        assert not dial.same_as or dial.same_as in REMEDIES
        assert (dial.identity is None) == (not dial.same_as)
        assert set(dial.phrases) <= set(dial.values)


@every
def test_models_have_the_size_of_a_model_and_are_shared_where_the_entry_says_so(remedy):
    one = scenario(remedy)
    found = models(people(one))
    size = exchange(one).parameters
    assert [len(row) for row in found] == 2 * [1 if remedy.independent else 3]
    assert all(vector.shape == (size,) and np.isfinite(vector).all() for r in found for vector in r)
    alike = all(np.allclose(row[0], vector, atol=2e-6) for row in found for vector in row)
    assert alike or not remedy.shared


@with_an_identity
def test_the_dial_at_its_identity_gives_the_models_it_names(remedy):
    dial = remedy.dial
    own = of_home(scenario(remedy, dial=dial.identity))
    other = of_home(scenario(REMEDIES[dial.same_as]))
    np.testing.assert_allclose(own, other, rtol=0, atol=5e-6)


@with_others
def test_the_order_of_the_communities_does_not_matter(remedy):
    own = people(scenario(remedy), seeds=(0,))
    order = [2, 0, 1]
    moved = replace(
        own,
        names=tuple(own.names[k] for k in order),
        rows=own.rows[order],
        epsilon=own.epsilon[order],
        accounts=tuple(own.accounts[k] for k in order),
        recipes=tuple(own.recipes[k] for k in order),
    )
    found = models(replace(moved, services=TrainingServices(moved)))
    np.testing.assert_allclose(
        np.array(found[0]), np.array(models(own)[0])[order], rtol=0, atol=5e-6
    )


@every
@pytest.mark.parametrize("asked", EPSILONS)
def test_what_is_spent_is_never_above_the_request(remedy, asked):
    one = scenario(remedy, epsilon=asked, mechanism="dp", own_epsilon="Pacific:0.5")
    for value in remedy.dial.values if remedy.dial else (None,):
        try:
            own = partnership(one.but(dial=value))
        except InvalidInput:
            continue
        for epsilon, account in zip(own.epsilon, own.accounts, strict=True):
            assert account is not None and 0 <= account.epsilon_spent <= epsilon + 1e-9
            assert account.unit and account.accountant and 0 < account.delta <= 1e-5
        assert len({account.unit for account in own.accounts if account}) == 1


@every
def test_traffic_is_counted_at_both_ends_of_the_dial(remedy):
    one = scenario(remedy)
    for value in remedy.dial.values if remedy.dial else (None,):
        moved = remedy.traffic(exchange(one.but(dial=value)))
        numbers = (moved.up, moved.down, moved.rounds, moved.decision, moved.training)
        assert all(number >= 0 and math.isfinite(number) for number in numbers)
        assert (moved.training == 0) == (moved.messages == 0)


@every
def test_a_number_outside_of_the_dial_is_refused_with_its_bounds(remedy):
    one = scenario(remedy)
    if remedy.dial is None:
        if remedy is ALONE:
            assert resolve(one.but(dial=1)).model_key == resolve(one).model_key
            return
        with pytest.raises(InvalidInput, match="has no parameter"):
            resolve(one.but(dial=1))
        return
    low, high = remedy.dial.values[0], remedy.dial.values[-1]
    outside = high + 1 if high < 1_000_000 else low - 1
    with pytest.raises(InvalidInput, match=r"dial=.* must be a .*number in \["):
        resolve(one.but(dial=outside))


def test_pooled_rows_are_one_table_whatever_the_communities():
    one = BASE.but(remedy="pooled")
    own = people(one, seeds=(0,))
    together = own.train([[join(own.tables[0])]], rows=[180])
    np.testing.assert_allclose(models(own)[0][0], together[0][0], rtol=0, atol=2e-6)
    assert {part.name for part in participants(one)} == set(NAMES)


@pytest.mark.parametrize(
    ("remedy", "epsilon", "told"),
    [
        ("community_dp", None, "needs a privacy budget"),
        ("split", 3.0, "without a privacy budget only.*use epsilon='none'"),
        ("uncertainty_sampling", 3.0, "without a privacy budget only"),
    ],
)
def test_a_refusal_says_what_to_do_about_the_budget(remedy, epsilon, told):
    one = BASE.but(remedy=remedy, epsilon=epsilon, width=8 if remedy == "split" else 0)
    with pytest.raises(InvalidInput, match=told):
        resolve(one)
