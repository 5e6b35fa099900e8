"""Community gains: what a setting among communities gives one of them, against another setting.

Both settings are trained here with the same seeds, hence on the same people, and measured on the
same test people of the community; intervals cover seeds and test people.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import torch

from tradeoffs.data.communities.catalogue import community_split
from tradeoffs.data.report_people import order_by_id
from tradeoffs.data.table import Table
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.designs import replicate
from tradeoffs.experiments.fit import Model
from tradeoffs.experiments.fit_tables import table_decisions
from tradeoffs.experiments.participants import home_of, measurable
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.fronts.gains import Gain, gain, mean_gain
from tradeoffs.results import Outcome
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import Estimate, estimate
from tradeoffs.stats.two_way import people_error

Trained = Mapping[Scenario, Mapping[int, Outcome]]  # setting -> seed -> what came of it
Record = dict[str, Any]
RECORDED_FIELDS = (
    "communities",
    "provider",
    "remedy",
    "dial",
    "rows",
    "epsilon",
)  # fields of each record
EVERYBODY, OTHERS = "mean of all", "mean of the others"
COMMUNITY, MEAN = "community", "mean"


def answer(scenario: Scenario, along: str, against: str = "alone") -> list[Record]:
    """Return what a setting gives its communities, along some fields.

    Records: the fields in RECORDED_FIELDS; `community`; `scope`, COMMUNITY or MEAN; `against`;
    `value`, `low`, `high`, how much more of the community's own test people are predicted
    correctly than by `against`, as a share.  Where no home is named there is a record for each
    community, for the mean of all (EVERYBODY), and of all but the first (OTHERS), each community
    counting alike.

    Args:
        scenario: among communities.
        along: fields with their values, "rows 50 100" or "remedy fedavg pooled; epsilon 1 none";
            all combinations are trained.
        against: remedies to compare with, joined by +; what is compared with itself has no record.

    Raises:
        InvalidInput: a combination that cannot be trained.
    """
    asked = [
        (setting, other)
        for setting in combinations(scenario, along)
        for other in against.split("+")
        if other != setting.remedy
    ]
    found = train(
        one for setting, other in asked for pair in _pairs(setting, other) for one in pair
    )
    return [one for setting, other in asked for one in _records(found, setting, other)]


def combinations(scenario: Scenario, along: str) -> list[Scenario]:
    """Return the settings that `answer` is asked for, the first field varying slowest.

    >>> base = Scenario(communities="race", rows=50, epsilon=None)
    >>> [one.epsilon for one in combinations(base, "epsilon 1 none")]
    [1.0, None]
    """
    settings = [scenario]
    for part in filter(None, map(str.split, along.split(";"))):
        name, *values = part
        idle = {"dial": None} if name == "remedy" else {}  # it means something else to each
        settings = [one.but(**idle, **{name: value}) for one in settings for value in values]
    return settings


def _pairs(setting: Scenario, other: str) -> list[tuple[Scenario, Scenario]]:
    """Return for each home what is compared: another remedy, then the setting."""
    names = (setting.home,) if setting.home else names_of(setting)
    return [(_by(one, other), one) for one in (setting.but(home=name) for name in names)]


def _records(found: Trained, setting: Scenario, other: str) -> list[Record]:
    """Return the records of one setting against another remedy."""
    gains = [gain_between(found, *pair) for pair in _pairs(setting, other)]
    told = {name: getattr(setting, name) for name in RECORDED_FIELDS} | {"against": other}
    records = [record(one, community=one.community, scope=COMMUNITY, **told) for one in gains]
    if len(gains) > 2:
        records.append(record(gains, community=EVERYBODY, scope=MEAN, **told))
        records.append(record(gains[1:], community=OTHERS, scope=MEAN, **told))
    return records


def _by(setting: Scenario, remedy: str) -> Scenario:
    return alone(setting) if remedy == "alone" else setting.but(remedy=remedy, dial=None)


def names_of(scenario: Scenario) -> tuple[str, ...]:
    """Return the communities of a scenario that take part, in the order of the cut."""
    every = tuple(one.name for one in measurable(scenario))
    return tuple(name for name in every if not scenario.members or name in scenario.members)


def alone(setting: Scenario) -> Scenario:
    """Return the setting of training alone, beside which any remedy is measured."""
    return setting.but(remedy="alone", dial=None, provider="others", members=(), own_epsilon=())


def train(settings: Iterable[Scenario]) -> Trained:
    """Return the models of settings, those of all seeds of each, by the setting.

    Raises:
        InvalidInput: a setting cannot be trained.
    """
    found: dict[Scenario, dict[int, Outcome]] = defaultdict(dict)
    for chunk in chunks(map(resolve, replicate(list(dict.fromkeys(settings))))):
        for one in run(chunk):
            found[one.scenario.configuration()][one.scenario.seed] = one
    return found


def gain_between(found: Trained, before: Scenario, after: Scenario) -> Gain:
    """Return what the home community of two settings gains by the second; both were trained."""
    one, other = (
        {seed: model.measurement for seed, model in found[part.configuration()].items()}
        for part in (before, after)
    )
    return gain(one, other, report_people(after), home_of(after))


def over_alone(setting: Scenario) -> list[Gain]:
    """Return what a setting gives each community that takes part, over training alone."""
    pairs = _pairs(setting.but(home=""), "alone")
    found = train(one for pair in pairs for one in pair)
    return [gain_between(found, *pair) for pair in pairs]


def report_people(setting: Scenario) -> Table:
    """Return the test people of the home community, in the order of the stored decisions."""
    where = setting.dataset, setting.label, setting.communities
    return order_by_id(community_split(*where, home_of(setting)).report)


def decisions(found: Trained, setting: Scenario, people: Table) -> np.ndarray:
    """Return (seeds, people) bool: whom the models of a setting decide positive, whoever it is."""
    models = [Model.from_bytes(one.weights) for one in found[setting.configuration()].values()]
    vectors: list[torch.Tensor] = [model.vector for model in models]
    return table_decisions(vectors, setting.width, people)


def right_difference(before: np.ndarray, after: np.ndarray, people: Table) -> Estimate:
    """Return how much more often decisions are right than others, as a share.

    Args:
        before: (seeds, people) bool decisions.
        after: of the same seeds and people.
        people: that are decided about.
    """
    right = (after == people.label).astype(float) - (before == people.label)
    values = np.average(right, axis=1, weights=people.sample_weight)
    return estimate(values, people_error(right, people.sample_weight))


def record(found: Estimate | Gain | Sequence[Gain], **names: Any) -> Record:
    """Return a gain in accuracy, or the mean of several, as a row; as a share of test people."""
    if isinstance(found, Sequence):
        found = mean_gain(found)
    one = found.accuracy if isinstance(found, Gain) else found
    assert one.interval is not None  # there are several seeds
    return {**names, "value": one.mean, "low": one.interval[0], "high": one.interval[1]}
