"""Withdrawals: one community leaves a partnership, whose model is trained anew without it."""

from tradeoffs.scenario import Scenario
from tradeoffs.studies.community_gains import (
    MEAN,
    OTHERS,
    Record,
    Trained,
    alone,
    gain_between,
    names_of,
    record,
    train,
)

LEAVER, STAYS = "leaver", "stays"


def answer(scenario: Scenario) -> list[Record]:
    """Return what becomes of each community when one of them leaves.

    Records: `leaver`; `community`, or OTHERS for the mean of those who stay, each counting alike;
    `who`, LEAVER, STAYS or MEAN; `value`, `low`, `high`, how much more of its own test people are
    predicted correctly after than before, as a share.  Who leaves trains alone then.

    Args:
        scenario: by a remedy that trains communities together, with three of them at least; home
            is the one that leaves, and where none is named each leaves in turn.
    """
    names = names_of(scenario)
    leavers = (scenario.home,) if scenario.home else names
    wanted = [_pair(scenario, leaver, name) for leaver in leavers for name in names]
    found = train(one for pair in wanted for one in pair)
    return [one for leaver in leavers for one in _records(found, scenario, leaver)]


def _pair(scenario: Scenario, leaver: str, name: str) -> tuple[Scenario, Scenario]:
    """Return the setting of one community before and after somebody leaves."""
    before = scenario.but(home=name)
    if name == leaver:
        return before, alone(before)
    return before, before.but(members=tuple(one for one in names_of(scenario) if one != leaver))


def _records(found: Trained, scenario: Scenario, leaver: str) -> list[Record]:
    gains = {n: gain_between(found, *_pair(scenario, leaver, n)) for n in names_of(scenario)}
    each = [
        record(gain, leaver=leaver, community=name, who=LEAVER if name == leaver else STAYS)
        for name, gain in gains.items()
    ]
    others = [gain for name, gain in gains.items() if name != leaver]
    return [*each, record(others, leaver=leaver, community=OTHERS, who=MEAN)]
