"""Participants: the communities that a scenario trains, as public numbers; free of torch."""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.communities.catalogue import (
    Community,
    communities,
    community_split,
)
from tradeoffs.data.table_cache import table_cache
from tradeoffs.engine.recipe import STEPS, Recipe, recipe, sample_rate
from tradeoffs.errors import InvalidInput
from tradeoffs.fields import FIELDS
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.collaboration.alone import ALONE
from tradeoffs.remedies.partnership import Partnership, key_of
from tradeoffs.remedies.remedy import Exchange, Remedy
from tradeoffs.resources.size import parameters
from tradeoffs.scenario import Scenario

OF_LABEL = "label."  # before a label, whose model the provider has
IDLE = {
    name: FIELDS[name].default
    for name in ("members", "dial", "temperature", "provider", "own_epsilon")
}


def measurable(scenario: Scenario) -> tuple[Community, ...]:
    """Return the communities of a scenario that have enough people, in the order of the cut.

    Raises:
        InvalidInput: the cut is unknown, or nobody can be measured.
    """
    everybody = communities(scenario.dataset, scenario.label, scenario.communities)
    found = tuple(one for one in everybody if one.measurable)
    if not found:
        reason = everybody[0].reason
        raise InvalidInput("no_community", communities=scenario.communities, reason=reason)
    return found


def home_of(scenario: Scenario) -> str:
    """Return the community that a scenario is measured in: the first that can be, if none is named.

    Raises:
        InvalidInput: there is no such community, or it cannot be measured.
    """
    return (
        require_participant(scenario, scenario.home).name
        if scenario.home
        else measurable(scenario)[0].name
    )


def participants(scenario: Scenario) -> tuple[Community, ...]:
    """Return the communities that take part, in the order of the cut.

    Where models do not depend on each other it is home alone, whoever is named.

    Raises:
        InvalidInput: one that is named is unknown or cannot be measured, or home is not among them.
    """
    if not scenario.members:
        independent = REMEDIES[scenario.remedy].independent
        return (
            (require_participant(scenario, home_of(scenario)),)
            if independent
            else measurable(scenario)
        )
    named = {name: require_participant(scenario, name) for name in scenario.members}
    home = home_of(scenario)
    require_known("participant", home, named)
    if REMEDIES[scenario.remedy].independent:
        return (named[home],)
    return tuple(one for one in measurable(scenario) if one.name in named)


def require_participant(scenario: Scenario, name: str) -> Community:
    """Return a community by its name; raise InvalidInput, with the reason, if it cannot be used."""
    found = _by_name(scenario.dataset, scenario.label, scenario.communities)
    require_known("community", name, found)
    if not found[name].measurable:
        raise InvalidInput("community_unmeasurable", home=name, reason=found[name].reason)
    return found[name]


@table_cache
@lru_cache(maxsize=64)
def _by_name(dataset: str, label: str, cut: str) -> dict[str, Community]:
    return {one.name: one for one in communities(dataset, label, cut)}


def trained_rows(scenario: Scenario) -> int:
    """Return on how many people a model that is trained alone is trained; a public number."""
    if not scenario.communities:
        return scenario.rows
    return min(scenario.rows, require_participant(scenario, home_of(scenario)).train)


def remedy_of(scenario: Scenario) -> Remedy | None:
    """Return the remedy by which communities come to their models; None where each is alone."""
    one = REMEDIES[scenario.remedy]
    return None if one is ALONE else one


def simplest(scenario: Scenario) -> Scenario:
    """Return the scenario with what its remedy does not look at left out, and home by its name.

    Models that are the same are then named alike.
    """
    if not scenario.communities:
        return scenario
    home, own = home_of(scenario), dict(scenario.own_epsilon)
    if remedy_of(scenario) is None:
        epsilon = own.get(home, scenario.epsilon)
        few = {"rows": trained_rows(scenario), "home": home, "epsilon": epsilon}
        return scenario.model_copy(update=IDLE | few)
    one, everybody = REMEDIES[scenario.remedy], measurable(scenario)
    names = tuple(part.name for part in participants(scenario))
    dial = scenario.dial
    if one.dial is not None and dial is None:
        dial = one.dial.default
    return scenario.model_copy(
        update={
            "home": home,
            "members": () if len(names) == len(everybody) else names,
            "rows": min(scenario.rows, max(part.train for part in participants(scenario))),
            "dial": dial,
            "temperature": scenario.temperature if "temperature" in one.fields else None,
            "provider": scenario.provider if one.needs_provider else IDLE["provider"],
            "own_epsilon": tuple(
                (name, epsilon)
                for name, epsilon in scenario.own_epsilon
                if name in names and epsilon != scenario.epsilon
            ),
        }
    )


def partnership(scenario: Scenario) -> Partnership:
    """Return the partnership of a scenario as public numbers, without seeds and people.

    Where communities train together it is one, whichever of them is home.
    """
    own = simplest(scenario.configuration())
    if remedy_of(own) is not None:
        own = own.model_copy(update={"home": next(iter(own.members), "")})
    return _partnership(own)


@table_cache
@lru_cache(maxsize=1_000)
def _partnership(own: Scenario) -> Partnership:
    """Return the partnership of a scenario that is in its simplest form."""
    one, parts = REMEDIES[own.remedy], participants(own)
    rows = np.array([min(own.rows, part.train) for part in parts])
    budgets = dict(own.own_epsilon)
    everybody = np.inf if own.epsilon is None else own.epsilon
    table = community_split(own.dataset, own.label, own.communities, parts[0].name).train
    seen = [feature for feature in table.features if feature.name not in own.hide]
    found = Partnership(
        scenario=own,
        seeds=(),
        names=tuple(part.name for part in parts),
        rows=rows,
        epsilon=np.array([budgets.get(part.name, everybody) for part in parts], float),
        columns=sum(len(feature.labels) for feature in seen),
        ones=len(seen),
        sample_rate=sample_rate(int(rows.min())),
        steps=STEPS,
        dial=0.0 if own.dial is None else own.dial,
        key=key_of(own),
    )
    accounts = tuple(one.account(found, k) for k in range(found.size))
    found = replace(found, accounts=accounts)
    return replace(found, recipes=_recipes(found, one))


def _recipes(found: Partnership, one: Remedy) -> tuple[Recipe, ...]:
    """Return the recipe of each community, by as many people as its model learns from.

    Beside the loss summed over its own people a ridge is a share of the one beside everybody's, so
    that on the mean loss it is that of as many people.
    """
    own, people = found.scenario, np.broadcast_to(one.people(found), found.size)
    clipped = own.mechanism != "none"
    return tuple(
        replace(
            how := recipe(
                max(1.0, float(people[k])),
                own.width,
                float(found.epsilon[k]) if clipped else None,
                found.ones,
            ),
            sample_rate=found.sample_rate,
            steps=found.steps,
            delta=found.deltas[k],
            ridge=how.ridge * float(found.rows[k] / people[k]),
        )
        for k in range(found.size)
    )


def exchange(scenario: Scenario) -> Exchange:
    """Return the sizes of which the traffic of the home community follows."""
    own = partnership(scenario)
    return Exchange(
        parameters=parameters(own.columns, own.scenario.width),
        rows=int(own.rows[own.names.index(home_of(scenario))]),
        ones=own.ones,
        columns=own.columns,
        cells=2 * own.columns,
        width=own.scenario.width,
        steps=own.steps,
        sample_rate=own.sample_rate,
        communities=own.size,
        dial=own.dial,
    )


def largest(scenario: Scenario) -> str:
    """Return the community with the most people to train on."""
    return max(measurable(scenario), key=lambda one: one.train).name
