"""Participant checks: what cannot be had among communities is refused, with the reason."""

from tradeoffs.catalogue import require_known
from tradeoffs.data.catalogue import dataset
from tradeoffs.data.communities.catalogue import by_answer, labels_differ
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participants import (
    OF_LABEL,
    home_of,
    largest,
    measurable,
    participants,
    require_participant,
)
from tradeoffs.experiments.provider_account import provider_people
from tradeoffs.fields import FIELDS
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.collaboration.alone import ALONE
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.remedies.remedy import Remedy
from tradeoffs.scenario import Scenario

PROVIDERS = ("others", "largest", "turned")  # beside a community's name and label.NAME


def check_participants(scenario: Scenario) -> None:
    """Raise InvalidInput where a scenario cannot be trained among its communities; says why."""
    one = REMEDIES[scenario.remedy]
    home = home_of(scenario)
    names = tuple(part.name for part in participants(scenario))
    if shifts := (*scenario.deployment_shifts, *scenario.training_shifts):
        raise InvalidInput("shift_among_communities", shift=shifts[0][0])
    for name, _ in scenario.own_epsilon:
        require_participant(scenario, name)
    if scenario.own_epsilon and scenario.mechanism == "none":
        raise InvalidInput("budgets_without_epsilon", own_epsilon=dict(scenario.own_epsilon))
    if one is ALONE:
        return
    _check_training(scenario, one)
    if len(names) < one.fewest and not one.independent:
        raise InvalidInput(
            "too_few_participants", remedy=one.name, count=len(names), least=one.fewest
        )
    _check_dial(scenario, one)
    if one.needs_provider:
        _check_provider(scenario, home)
        _check_provided(scenario, one, home)
    one.check(scenario, names)


def _check_training(scenario: Scenario, one: Remedy) -> None:
    """Refuse what the engine does not do beside an exchange."""
    if scenario.max_gap is not None:
        raise InvalidInput("bound_with_remedy", max_gap=scenario.max_gap, remedy=one.name)
    for name in ("stage", "clipping"):
        if (value := getattr(scenario, name)) != FIELDS[name].default:
            default = FIELDS[name].default
            raise InvalidInput(
                "only_with_alone", field=name, value=value, default=default, remedy=one.name
            )
    if one.mechanisms == ("dp",) and scenario.mechanism == "none":
        raise InvalidInput("budget_with_remedy", remedy=one.name, reason=one.reason)
    if one.mechanisms == ("none",) and scenario.mechanism == "dp":
        raise InvalidInput(
            "budget_not_with_remedy", remedy=one.name, reason=one.reason, epsilon="none"
        )
    if scenario.mechanism not in one.mechanisms:
        raise InvalidInput(
            "mechanism_not_with_remedy",
            mechanism=scenario.mechanism,
            remedy=one.name,
            reason=one.reason,
            known=one.mechanisms,
        )
    if scenario.width and one.logistic_only:
        raise InvalidInput(
            "width_not_with_remedy",
            width=scenario.width,
            remedy=one.name,
            reason=one.logistic_only,
        )


def _check_dial(scenario: Scenario, one: Remedy) -> None:
    value = scenario.dial
    if value is None:
        return
    if one.dial is None:
        raise InvalidInput("remedy_without_dial", dial=value, remedy=one.name)
    low, high = one.dial.values[0], one.dial.values[-1]
    if not low <= value <= high:
        raise InvalidInput("dial_out_of_range", dial=value, remedy=one.name, low=low, high=high)
    if one.dial.whole and value != int(value):
        raise InvalidInput("dial_not_whole", dial=value, remedy=one.name, low=low, high=high)


def _check_provided(scenario: Scenario, one: Remedy, home: str) -> None:
    dial = scenario.dial
    if dial is None:
        dial = one.dial.default if one.dial else 0.0
    least, people = one.fewest_provided(dial), provider_people(scenario, home)
    if people < least:
        raise InvalidInput(
            "few_provided",
            provider=scenario.provider,
            count=people,
            least=round(least),
            remedy=one.name,
            dial=dial,
        )


def _check_provider(scenario: Scenario, home: str) -> None:
    name = scenario.provider.removeprefix(PRIVATE)
    if name != scenario.provider and scenario.mechanism != "dp":
        raise InvalidInput("provider_without_epsilon", provider=scenario.provider, known=name)
    if name == home:
        raise InvalidInput("provider_is_home", provider=name)
    communities = tuple(one.name for one in measurable(scenario) if one.name != home)
    if not communities:
        raise InvalidInput("nobody_provides", communities=scenario.communities, home=home)
    if name.startswith(OF_LABEL) and by_answer(scenario.dataset, scenario.communities):
        raise InvalidInput(
            "label_of_others", communities=scenario.communities, label=scenario.label
        )
    if name.startswith(OF_LABEL) and not labels_differ(scenario.dataset, scenario.communities):
        others = tuple(one for one in dataset(scenario.dataset).labels if one != scenario.label)
        require_known("provider", name, tuple(OF_LABEL + one for one in others))
    elif name not in PROVIDERS:
        require_known("provider", name, (*PROVIDERS, *communities))
    elif name == "largest" and home == largest(scenario):
        raise InvalidInput("home_is_largest", home=home)
