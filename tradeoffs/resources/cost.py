"""Cost: what a model takes of people, machines and lines, before anything of it has a price."""

from dataclasses import dataclass
from typing import Literal

from tradeoffs.resources.energy import carbon, energy, seconds
from tradeoffs.resources.range import Range
from tradeoffs.resources.size import BYTES

Skill = Literal["model", "network", "fairness", "privacy", "partnership"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What one community needs for one model.

    Attributes:
        votes: of people who answer the label's question about somebody.
        entries: values that somebody types in, where they stand on paper.
        parameters: trained numbers of the model.
        training: floating-point operations of the training.
        decision: floating-point operations of a decision.
        sent: bytes that leave the community, altogether.
        received: bytes that reach it.
        rounds: of sending and receiving.
        decision_bytes: bytes that cross the line at every decision.
        skills: what somebody has to know beside the table itself.
    """

    votes: int
    entries: int
    parameters: int
    training: float
    decision: float
    sent: float = 0.0
    received: float = 0.0
    rounds: float = 0.0
    decision_bytes: float = 0.0
    skills: tuple[Skill, ...] = ("model",)

    @property
    def kept(self) -> int:
        """Bytes of the model."""
        return BYTES * self.parameters

    @property
    def moved(self) -> float:
        """Bytes sent and received."""
        return self.sent + self.received

    @property
    def seconds(self) -> Range:
        """Seconds of one core."""
        return seconds(self.training)

    @property
    def energy(self) -> Range:
        """Energy in kWh, of training and of what is sent and received."""
        return energy(self.training, self.moved)

    @property
    def carbon(self) -> Range:
        """Grams of carbon dioxide."""
        return carbon(self.energy)
