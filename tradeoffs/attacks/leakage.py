"""Leak: what was measured of how well members can be told from others; free of torch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from tradeoffs.errors import NotMeasurable
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.attack_bound import AttackBound

Attack = Literal["lira", "loss"]
TITLES: Mapping[Attack, str] = {"lira": "likelihood ratio (LiRA)", "loss": "loss threshold"}
NAMED_RATES = (0.001, 0.01)  # false positive rates that are told in words
EVERYONE = ""  # in place of a group
ATTACKED = 5_000  # people at most whose membership is guessed; more tell little more


@dataclass(frozen=True, kw_only=True, slots=True)
class AttackEstimate:
    """One figure of one attack on one group of people.

    Attributes:
        attack: which.
        group: name, or EVERYONE.
        fpr: share of non-members taken for members, for which `value` is the share of members
            recognised; None if `value` is the area under the ROC curve (.5 is guessing).
        value: measured; None where it cannot be.
        low: end of the 95 % interval.
        high: end of the 95 % interval.
        bound: the most that the declared epsilon allows any attacker; None without a promise.
    """

    attack: Attack
    group: str
    fpr: float | None
    value: float | None
    low: float | None
    high: float | None
    bound: float | None

    @property
    def known(self) -> tuple[float, float, float]:
        """Value, low and high.

        Raises:
            NotMeasurable: there are none.
        """
        if self.value is None or self.low is None or self.high is None:
            raise NotMeasurable("attack_on_too_few", attack=self.attack, fpr=self.fpr)
        return self.value, self.low, self.high

    @property
    def beyond(self) -> bool:
        """Whether the whole interval lies above what is possible: then the engine is wrong."""
        return self.low is not None and self.bound is not None and self.low > self.bound


@dataclass(frozen=True, kw_only=True, slots=True)
class MembershipInference:
    """Attacks on models of one scenario, each trained on a random half of the scenario's people.

    Attributes:
        scenario: attacked.
        models: how many were trained; each is attacked with all others as its shadows.
        people: in the pool from which each model's half is drawn.
        attacked: how many of them are guessed about; all, up to a limit.
        groups: attacked people in each group of the scenario's protected attribute.
        promise: the declared bound; None without noise.
        accuracy_members: mean share of right decisions on people trained on.
        accuracy_others: the same on the others of the pool.
        estimates: see Estimate.
        difference: largest minus smallest area of the groups, by LiRA; None with fewer than two.
        chance: how often groups drawn at random differ at least as much (p-value).
        seconds: it took.
    """

    scenario: Scenario
    models: int
    people: int
    attacked: int
    groups: Mapping[str, int]
    promise: AttackBound | None
    accuracy_members: float
    accuracy_others: float
    estimates: tuple[AttackEstimate, ...]
    difference: float | None
    chance: float | None
    seconds: float

    def find(self, attack: Attack, fpr: float | None, group: str = EVERYONE) -> AttackEstimate:
        """Return one estimate; KeyError if there is none of that kind."""
        for one in self.estimates:
            if (one.attack, one.fpr, one.group) == (attack, fpr, group):
                return one
        raise KeyError((attack, fpr, group))

    @property
    def alarms(self) -> tuple[AttackEstimate, ...]:
        """The told figures on everyone that lie beyond what the promise allows; none if sound."""
        told = (None, *NAMED_RATES)
        return tuple(
            one for one in self.estimates if one.beyond and not one.group and one.fpr in told
        )

    def as_json(self) -> dict[str, Any]:
        """Return all fields, ready for JSON."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return fields | {
            "scenario": self.scenario.model_dump(),
            "groups": dict(self.groups),
            "promise": self.promise and asdict(self.promise),
            "estimates": [asdict(one) for one in self.estimates],
        }
