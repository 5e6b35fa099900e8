"""What a regulation is: a screening rule of one place, read off what was measured of a setting."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from tradeoffs.language.translates import translates
from tradeoffs.language.translation import say, translate
from tradeoffs.stats.interval import NORMAL, normal_quantile
from tradeoffs.stats.two_shares import Interval

Verdict = Literal["admissible", "not admissible", "cannot be told", "duty"]
OPEN = "The interval includes the threshold."
NOT_LAW = (
    "These are screening rules, not law: each reads one sentence of a regulation as a rule "
    "about numbers. Whether a regulation applies, and whether it is complied with, is for "
    "people to decide."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """What regulations ask of one setting.

    Attributes:
        people: group -> how many people were decided about.
        rates: group -> share with the favourable decision over seeds and test rows, of the groups
            with enough people to tell one.
        group_seen: whether the model sees the attribute whose groups are compared.
        group_at_decision: whether a decision needs to know the person's group.
        fidelity: share of the decisions that the rules of the explanation repeat; None where it
            was not measured.
    """

    people: Mapping[str, int]
    rates: Mapping[str, Interval]
    group_seen: bool
    group_at_decision: bool
    fidelity: Interval | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a regulation says of one setting.

    Attributes:
        verdict: "duty" where no number decides.
        reason: whole sentences.
        number: what was compared with the threshold, with its 95 % interval; None if nothing was.
    """

    verdict: Verdict
    reason: str
    number: Interval | None = None


@translates("title", "asks", "limits", "number")
@dataclass(frozen=True, kw_only=True, slots=True)
class Regulation:
    """One rule of one place, as a catalogue entry.

    Attributes:
        name: key of the catalogue.
        title: as it is cited in short.
        place: where it holds, a name of `JURISDICTIONS`.
        year: when it was adopted, or published where it was not adopted.
        source: citation.
        url: where to read it.
        asks: what it asks, in plain words.
        limits: what the screening leaves out.
        number: what a threshold is compared with; empty where it is a duty that no number screens.
        unit: of what is compared, or told beside a duty: a ratio, a share, or a difference of
            shares in percentage points.
        screen: what it says of a setting.
    """

    name: str
    title: str
    place: str
    year: int
    source: str
    url: str
    asks: str
    limits: str
    number: str = ""
    unit: Literal["ratio", "share", "points"] = "share"
    screen: Callable[[Evidence], Finding]

    @property
    def help(self) -> str:
        """What it asks, and what the screening leaves out."""
        return f"{self.asks} {self.limits}"


def apart(of: Evidence) -> tuple[str, dict[str, Interval]]:
    """Return the group with the highest rate, and all rates as wide as it takes to compare them.

    As each group is compared with that one, each interval is that of 5 % divided by the number of
    comparisons (Bonferroni).  Which group has the highest rate is taken as known.
    """
    top = max(of.rates, key=lambda group: of.rates[group].value)
    wider = normal_quantile(max(len(of.rates) - 1, 1)) / NORMAL
    return top, {group: _widen(one, wider) for group, one in of.rates.items()}


def _widen(share: Interval, times: float) -> Interval:
    low = share.value - times * (share.value - share.low)
    high = share.value + times * (share.high - share.value)
    return Interval(share.value, max(low, 0.0), min(high, 1.0))


def verdict(numbers: Iterable[Interval], least: float) -> Verdict:
    """Return what several numbers say of which none must be below a threshold.

    >>> verdict([Interval(0.9, 0.85, 0.95), Interval(0.7, 0.6, 0.79)], 0.8)
    'not admissible'
    """
    every = tuple(numbers)
    if any(one.high < least for one in every):
        return "not admissible"
    return "admissible" if all(one.low >= least for one in every) else "cannot be told"


def not_comparable(of: Evidence) -> Finding:
    """Return why rates cannot be compared."""
    if len(of.rates) > 1:
        told = translate("Not measurable: nobody gets the favourable answer.")
    else:
        told = say(
            "Not measurable: {measured} of {groups} groups have enough people to measure a rate.",
            measured=len(of.rates),
            groups=len(of.people),
        )
    return Finding(verdict="cannot be told", reason=told)


def with_open(told: str, found: Verdict) -> str:
    """Return a sentence on a number, and that its interval includes the threshold, if it does."""
    return f"{told} {translate(OPEN)}" if found == "cannot be told" else told
