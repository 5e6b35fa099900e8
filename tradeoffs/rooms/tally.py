"""Tally: what a room answered to a question, as far as it may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """The answers to one question, without whose they are.

    Attributes:
        answers: how many answered.
        counts: choice -> how many chose it; None where that is hidden.
        numbers: each number that was guessed, in random order.
        lines: each line that was drawn, in random order.
        bands: choice -> least and most that its count can be, where all counts are hidden.
        ends: choice -> ends of the 95 % interval of its count, where answers were randomised.
        flow: (first choice, second choice) -> how many went from one to the other, as far as it is
            shown; of a second vote.
        moves: down, same, up -> how many changed their number so, as far as it is shown.
    """

    answers: int
    counts: Mapping[str, float | None] = field(default_factory=dict)
    numbers: tuple[float, ...] = ()
    lines: tuple[tuple[float, ...], ...] = ()
    bands: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    ends: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    flow: Mapping[tuple[str, str], int] = field(default_factory=dict)
    moves: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, results: Mapping[str, Any]) -> Self:
        """Return the answers that the results of a guess tell of."""
        answers, counts, ends = results["answered"], results.get("counts", {}), {}
        if estimates := results.get("estimates"):
            scaled = {
                name: None
                if share is None
                else tuple(answers * min(max(one, 0), 1) for one in share)
                for name, share in estimates.items()
            }
            counts = {name: None if three is None else three[0] for name, three in scaled.items()}
            ends = {name: (three[1], three[2]) for name, three in scaled.items() if three}
        bounds = results.get("bounds", {})
        bands = {name: tuple(pair) for name, pair in bounds.items() if pair and pair[0] < pair[1]}
        return cls(
            answers=answers,
            counts=counts,
            bands={} if estimates else bands,
            numbers=tuple(results.get("numbers", ())),
            lines=tuple(map(tuple, results.get("lines", ()))),
            ends=ends,
            flow={
                (one["before"], one["after"]): one["count"]
                for one in results.get("flow", ())
                if one["count"]
            },
            moves={name: n for name, n in results.get("moved", {}).items() if n},
        )

    @property
    def shown(self) -> dict[str, float]:
        """The counts that are not hidden."""
        return {name: count for name, count in self.counts.items() if count is not None}

    @property
    def changes(self) -> dict[tuple[str, str], int]:
        """How many changed from one choice to another, as far as it is shown."""
        return {pair: count for pair, count in self.flow.items() if pair[0] != pair[1]}

    @property
    def leaders(self) -> tuple[str, ...]:
        """The choices with the largest count that is shown; none where all are hidden or 0.

        None either where counts are estimated and the interval of another reaches the largest's.
        """
        most = max(self.shown.values(), default=0)
        found = tuple(name for name, count in self.shown.items() if count == most > 0)
        others = [high for name, (_, high) in self.ends.items() if name not in found[:1]]
        least = self.ends.get(found[0], (0.0, 0.0))[0] if found else 0.0
        return () if others and max(others) >= least else found

    @property
    def sure(self) -> str:
        """The choice of more than half, though its count is hidden; empty if there is none."""
        half = self.answers / 2
        return next((name for name, (low, _) in self.bands.items() if low > half), "")
