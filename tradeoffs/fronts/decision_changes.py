"""Decision changes: whom another model decides otherwise, group by group, and who loses by it.

Both ways share seeds and test people, so differences are paired; intervals cover both.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from tradeoffs.data.report_people import unpack_decisions
from tradeoffs.data.table import Table
from tradeoffs.errors import NotMeasurable
from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import Paired, Trainings
from tradeoffs.stats.holm import rejections
from tradeoffs.stats.interval import p_value
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.stats.two_way import influence

EVERYONE = "everyone"


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionChange:
    """What another model changes for the test people of a group, each as a share of them.

    Attributes:
        group: its name.
        people: how many test people it has.
        flips: decided otherwise than before.
        selected: how many more are selected; below 0 fewer are.
        accuracy: how many more are decided rightly; below 0 fewer are.
        p_values: of no change of `selected` and `accuracy`; empty where they are not known.
    """

    group: str
    people: int
    flips: Difference | None
    selected: Difference | None
    accuracy: Difference | None
    p_values: Mapping[str, float] = field(default_factory=dict)

    @property
    def measurable(self) -> bool:
        """Whether there are people enough to tell anything of the group."""
        return self.flips is not None


def decision_changes(
    before: Trainings, after: Trainings, people: Table, protected: str
) -> tuple[DecisionChange, ...]:
    """Return what changes for everyone and then for each group, over the seeds that both have.

    Args:
        before: measurements of the models as they were.
        after: of the models that take their place.
        people: the report people, in the order of the stored decisions.
        protected: attribute or crossing whose groups are told apart.

    Raises:
        NotMeasurable: no common seed.
    """
    seeds = sorted(before.keys() & after.keys())
    if not seeds:
        raise NotMeasurable("no_common_seed", column="accuracy")
    was, now = (
        np.stack([unpack_decisions(each[seed].decisions, people.rows) for seed in seeds])
        for each in (before, after)
    )
    member, names = people.group_of(protected)
    whole = np.ones(people.rows, dtype=np.bool_)
    groups = [(EVERYONE, whole), *((name, member == code) for code, name in enumerate(names))]
    return tuple(
        _change(name, seeds, people.take(own), was[:, own], now[:, own]) for name, own in groups
    )


def named_changes(
    groups: Sequence[DecisionChange], change: Literal["selected", "accuracy"]
) -> tuple[DecisionChange, ...]:
    """Return the groups whose change stands when all groups are looked at together (Holm)."""
    known = [one for one in groups if one.measurable]
    p_values = [one.p_values.get(change, math.nan) for one in known]
    apart = rejections(np.array(p_values, dtype=np.float64))
    return tuple(one for one, sure in zip(known, apart, strict=True) if sure)


def _change(
    group: str, seeds: Sequence[int], people: Table, was: np.ndarray, now: np.ndarray
) -> DecisionChange:
    """Return the change for the people of one group; decisions are (seeds, people) bool."""
    if people.rows < SMALLEST_CELL:
        return DecisionChange(
            group=group, people=people.rows, flips=None, selected=None, accuracy=None
        )

    def paired(each: np.ndarray) -> Paired:
        weights = people.sample_weight
        return Paired(
            seeds=np.array(seeds),
            values=np.average(each, axis=1, weights=weights),
            pulls=influence(each, weights),
            row_id=people.row_id,
        )

    more = now.astype(np.float64) - was
    found = {"selected": paired(more), "accuracy": paired(np.where(people.label, more, -more))}
    return DecisionChange(
        group=group,
        people=people.rows,
        flips=paired(np.abs(more)).difference("flips"),
        selected=found["selected"].difference("selection_rate"),
        accuracy=found["accuracy"].difference("accuracy"),
        p_values={
            name: p_value(one.values, one.people_error)
            for name, one in found.items()
            if len(seeds) > 1
        },
    )
