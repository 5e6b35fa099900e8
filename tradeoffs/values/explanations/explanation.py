"""What an explanation of one person's decision consists of; free of torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The smallest change of one or two features that turns the answer, as bins."""

    to: Mapping[str, str]  # feature -> words of its new bin
    steps: int
    flips: int  # trainings that give the other answer after it


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Explanation:
    """One person's decision by the models of one setting, trained with several seeds.

    The answer is that of the mean logit; attributions are around the mean of the explained test
    rows, and for each seed they add up to its logit minus `base`.
    """

    features: tuple[str, ...]
    titles: tuple[str, ...]
    bins: tuple[str, ...]  # the person's, in words
    seeds: tuple[int, ...]
    logit: np.ndarray  # (seeds,)
    base: np.ndarray  # (seeds,) logit at the baseline
    attribution: np.ndarray  # (seeds, features)
    change: Change | None  # None: no one or two changes turn the answer

    @property
    def probability(self) -> np.ndarray:
        """Return (seeds,) what each model takes the chance of a positive label to be."""
        return 1 / (1 + np.exp(-self.logit))

    @property
    def chance(self) -> float:
        """Return the probability that goes with the mean logit."""
        return float(1 / (1 + np.exp(-self.logit.mean())))

    @property
    def answer(self) -> bool:
        """Whether the decision is positive."""
        return bool(self.logit.mean() > 0)

    @property
    def agreeing(self) -> int:
        """Number of trainings that give this answer."""
        return int(((self.logit > 0) == self.answer).sum())

    def to_dict(self) -> dict[str, Any]:
        """Return everything as what JSON can write."""
        change = self.change
        return {
            "person": dict(zip(self.features, self.bins, strict=True)),
            "answer": self.answer,
            "seeds": list(self.seeds),
            "logit": self.logit.tolist(),
            "probability": self.probability.tolist(),
            "base": self.base.tolist(),
            "attribution": dict(
                zip(self.features, self.attribution.T.tolist(), strict=True),
            ),
            "change": change
            and {"to": dict(change.to), "steps": change.steps, "flips": change.flips},
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class StabilitySummary:
    """How alike the explanations of a setting's models are, over test rows; None: not measurable.

    Means over pairs of models: the same seed's twin without constraint and privacy, and every two
    seeds of the setting.
    """

    twin: float | None  # rank correlation
    twin_top: float | None  # overlap of the strongest features
    seeds: float | None
    seeds_top: float | None


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ExplanationComparison:
    """One person explained at a setting, beside no constraint and no privacy."""

    here: Explanation
    twin: Explanation | None  # None: the setting is that twin
    stable: StabilitySummary

    def to_dict(self) -> dict[str, Any]:
        """Return everything as what JSON can write."""
        names = ("twin", "twin_top", "seeds", "seeds_top")
        return {
            "here": self.here.to_dict(),
            "without_constraint_and_privacy": self.twin and self.twin.to_dict(),
            "stability": {name: getattr(self.stable, name) for name in names},
        }
