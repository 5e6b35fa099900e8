"""The account of a provider: whose people its model is of, and what they spend; free of torch."""

from dataclasses import dataclass

from tradeoffs.data.communities.catalogue import communities
from tradeoffs.engine.recipe import STEPS, delta, sample_rate
from tradeoffs.experiments.participants import OF_LABEL, largest, measurable, partnership
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.scenario import Scenario, digest
from tradeoffs.values.privacy.account import Account, Part, allocate

MOST_PEOPLE = 10_000  # that a provider learns from
SEED = 0  # of its draws and initial weights, whatever the seed of what is made of its model


@dataclass(frozen=True, kw_only=True, slots=True)
class ProviderRelease:
    """What a provider's people are told of in one model.

    Attributes:
        name: of the provider's model, or of the votes; what is seen twice is released once.
        communities: of the provider's people.
        account: of these people; None where they are promised nothing.
    """

    name: str
    communities: tuple[str, ...]
    account: Account | None


def provider_source(scenario: Scenario, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the label and the communities that the provider of one community learns.

    Args:
        scenario: that names the provider.
        name: of the community that adapts its model.
    """
    provider = scenario.provider.removeprefix(PRIVATE)
    wanted = provider.removeprefix(OF_LABEL)
    label = scenario.label if wanted == provider else wanted
    if provider == "largest":
        return label, (largest(scenario),)
    others = tuple(one.name for one in measurable(scenario) if one.name != name)
    if provider in others or provider == name:
        return label, (provider,)
    return label, others


def provider_people(scenario: Scenario, name: str) -> int:
    """Return how many people the provider of one community learns from; a public number."""
    label, sources = provider_source(scenario, name)
    every = communities(scenario.dataset, label, scenario.communities)
    return min(MOST_PEOPLE, sum(one.train for one in every if one.name in sources))


def provider_model(scenario: Scenario, name: str, width: int) -> str:
    """Return the name of a provider's model, by whom and what it learns, whoever asks for it.

    Its noise follows from it.  Two models of the same people with noise of their own would be two
    releases.
    """
    private = scenario.provider.startswith(PRIVATE)
    return digest(
        [
            scenario.dataset,
            scenario.communities,
            scenario.label,  # columns that define it are withheld
            scenario.hide,
            *provider_source(scenario, name),
            scenario.provider.removeprefix(PRIVATE) == "turned",
            width,
            scenario.epsilon if private else None,
        ]
    )


def provider_account(scenario: Scenario, name: str) -> Account | None:
    """Return the account of the provider's people; None where it promises nothing.

    Args:
        scenario: that names the provider.
        name: of the community that adapts its model, or asks for votes.
    """
    one, people = REMEDIES[scenario.remedy], provider_people(scenario, name)
    if one.provider_account is not None:
        together = partnership(scenario)
        return one.provider_account(together, together.names.index(name), people)
    if not scenario.provider.startswith(PRIVATE) or scenario.epsilon is None:
        return None
    part = Part(sample_rate=sample_rate(people), steps=STEPS)
    return allocate(scenario.epsilon, delta(people), part)


def provider_release(scenario: Scenario, name: str, model_key: str) -> ProviderRelease | None:
    """Return what a model tells of people who provide for it; None where nobody does.

    Args:
        scenario: of the model.
        name: of the community that it is made for.
        model_key: of the model; votes are cast anew for each.
    """
    one = REMEDIES[scenario.remedy]
    if not scenario.communities or not one.needs_provider or one.second_answers:
        return None
    width = scenario.width if one.provider_width is None else one.provider_width
    own = provider_model(scenario, name, width)
    return ProviderRelease(
        name=own if one.provider_account is None else model_key,
        communities=provider_source(scenario, name)[1],
        account=provider_account(scenario, name),
    )
