"""Thresholds: a decision rule by group, from a score and, where it is randomised, a draw."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True, slots=True)
class Mixture:
    """One group's rule: positive with a probability that depends on the score alone.

    With probability `ignore` it is `constant`; otherwise `first` if the score is above
    `threshold`, plus `second` if it is above `other`.
    """

    threshold: float = 0.5
    first: float = 1.0
    other: float = 0.5
    second: float = 0.0
    ignore: float = 0.0
    constant: float = 0.0

    def chance(self, score: np.ndarray) -> np.ndarray:
        """Return the probability of the positive decision at each score."""
        above = self.first * (score > self.threshold) + self.second * (score > self.other)
        return self.ignore * self.constant + (1 - self.ignore) * above

    @property
    def usual(self) -> bool:
        """Whether this is the rule of all: positive above one half."""
        return self == Mixture()


@dataclass(frozen=True, kw_only=True, slots=True)
class Thresholds:
    """The rule of each group by its name; a group without one decides above one half."""

    groups: Mapping[str, Mixture]

    def chance(self, score: np.ndarray, member: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
        """Return (rows,) probabilities of the positive decision.

        Args:
            score: (rows,) probabilities that the model gives.
            member: (rows, groups) of 0 and 1, every row in one group.
            names: of the groups.
        """
        rules = [self.groups.get(name, Mixture()).chance(score) for name in names]
        return (np.stack(rules, 1) * member).sum(1)

    def decide(
        self, score: np.ndarray, member: np.ndarray, names: tuple[str, ...], draw: np.ndarray
    ) -> np.ndarray:
        """Return (rows,) bool decisions; `draw` holds one number in (0, 1) a row."""
        return self.chance(score, member, names) > draw

    def to_json(self) -> str:
        """Return one line that `from_json` reads back."""
        return json.dumps({name: asdict(rule) for name, rule in self.groups.items()})

    @classmethod
    def from_json(cls, text: str) -> "Thresholds":
        """Read a rule that was kept."""
        return cls(groups={name: Mixture(**rule) for name, rule in json.loads(text).items()})


@dataclass(frozen=True, kw_only=True, slots=True)
class FittedRule:
    """What a stage found for decisions on its training rows.

    Attributes:
        rule: of deciding; None where the bound is met without, or nobody can be held to it.
        gap: in training, by the rule, between the groups that are held; None if these are fewer
            than two.
        deviation: of the gap, by noise; 0 where it is exact.
        left_alone: names of the groups that are too small, which keep the usual threshold.
    """

    rule: Thresholds | None = None
    gap: float | None = None
    deviation: float = 0.0
    left_alone: tuple[str, ...] = ()
