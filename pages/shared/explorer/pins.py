"""Pins: settings that are compared side by side, a source for all browsers that look at them."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from pages.shared.explorer.screen import Screen
from tradeoffs.language.current import in_own_language
from tradeoffs.report.choice import pin as pin_text
from tradeoffs.report.options import field_changes
from tradeoffs.report.payload import as_json, results_of
from tradeoffs.report.pins import LETTERS, Pin, compare, comparison_columns
from tradeoffs.results import configuration


@dataclass(frozen=True, slots=True)
class PinsSource:
    """What is pinned on a screen; it changes as the models of the pins arrive."""

    shown: Screen
    pins: tuple[Pin, ...]

    @property
    def language(self) -> str:
        """In which it is told."""
        return self.shown.language

    def version(self) -> Hashable:
        """Return what changes whenever there is something new to draw."""
        job = self.shown.job
        return job, job.arrived, job.active

    def touch(self) -> None:
        """Renew the lease."""
        self.shown.touch()

    @in_own_language
    def parts(self) -> Mapping[str, bytes]:
        """Return what each pin is, and what the second to last differ by from the first."""
        return {
            "pins": as_json([self._told(*one) for one in zip(LETTERS, self.pins, strict=False)]),
            "comparison": as_json(self._comparison()),
        }

    def _told(self, letter: str, one: Pin) -> dict[str, Any]:
        return {
            "letter": letter,
            "text": pin_text(one.kept),
            "number": self._number(one),
            "why": one.why,
            "changes": field_changes(one.kept, self.shown.here),
        }

    def _number(self, one: Pin) -> int | None:
        """Return the number of a pin's setting; None where it is not compared."""
        own = tuple(configuration(one.setting).values())
        return None if one.why else self.shown.job.numbers.get(own)

    def _comparison(self) -> list[dict[str, Any]]:
        """Return each of what stands side by side beside the first of it."""
        job, here = self.shown.job, self.shown.here
        (first, one), *others = comparison_columns(self.pins, here) or [("", here)]
        if not others:
            return []
        settings = one, *(other for _, other in others)
        results = results_of(job, here, self.shown.who, some=settings)
        groups = job.comparison.of_setting(here)
        found = []
        for name, other in others:
            pair = compare(results, groups, one, other, (first, name), job.decisions_of)
            found.append(
                {
                    "first": first,
                    "name": name,
                    "differences": pair.words,
                    "sentences": pair.sentences,
                }
            )
        return found
