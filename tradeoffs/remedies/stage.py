"""What a stage is: an entry that says when fairness is brought about and what that needs."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """One way to bring fairness about, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: for people.
        help: one or two sentences.
        when: before training (the data change), in training, or after it (the decisions change).
        notions: whose gap it can bound; () where it has a strength and no bound.
        only_zero: notions whose gap can be closed, but not bounded by another number than 0.
        mechanisms: with which it can be trained.
        reason: why not with the others; empty if there are none.
        counts: whether it needs the sizes of the groups by label, or by label and score, which
            are released once, with noise, where there is a promise.
        logistic_only: whether it works for logistic regression alone.
        needs_group: whether each person's group must be known when deciding.
        randomised: whether a decision can depend on a draw.
        explanation: what it does to explanations.
        under_privacy: how privacy bears on it.
        formula: of what it changes, for groups g: label Y, decision D, predicted probability S.
        source: where it is defined.
    """

    name: str
    title: str
    help: str
    when: Literal["before", "in", "after"]
    notions: tuple[str, ...]
    only_zero: tuple[str, ...] = ()
    mechanisms: tuple[str, ...] = ("dp", "clip_only", "none")
    reason: str = ""
    counts: bool = False
    logistic_only: bool = False
    needs_group: bool = False
    randomised: bool = False
    explanation: str
    under_privacy: str
    formula: str
    source: str

    @property
    def has_strength(self) -> bool:
        """Whether `strength` means something for this stage, and `max_gap` does not."""
        return self.when == "before"

    @property
    def at_decision(self) -> str:
        """What must be there when a decision is taken, beside the columns that the model sees."""
        wanted = ["each person's group"] * self.needs_group + ["a draw of chance"] * self.randomised
        return " and ".join(wanted) or "nothing more"
