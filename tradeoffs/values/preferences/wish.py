"""A wish: what matters to somebody, as a link keeps it."""

import math
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field, fields, replace
from typing import Literal, get_args

from tradeoffs.catalogue import require_known
from tradeoffs.errors import InvalidInput
from tradeoffs.values.preferences.patterns.catalogue import PATTERNS
from tradeoffs.values.preferences.patterns.pattern import Pattern
from tradeoffs.values.preferences.utility import DECISION_MAKER, PERSON, UtilityMatrix

By = Literal["points", "aspiration", "pattern"]
BY: tuple[By, ...] = get_args(By)
POINTS = 100.0  # that one objective can have; only the shares of their sum count
LARGEST_UTILITY = 100.0
OUTCOMES = tuple(one.name for one in fields(UtilityMatrix))
KINDS = ("by", "points", "aspiration", "pattern", "person", "decision_maker")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody wants of the settings on screen.

    Attributes:
        by: what of the following picks a setting.
        points: up to POINTS, by objective; objectives without have none.  Empty: all count alike.
        aspiration: value wished for, by objective, in the unit of its column.
        pattern: name of the pattern of distribution.
        parameter: of the pattern; None is its default.
        person: what decisions are worth to those who are decided about.
        decision_maker: what they are worth to the one who decides.
    """

    by: By = "points"
    points: Mapping[str, float] = field(default_factory=dict)
    aspiration: Mapping[str, float] = field(default_factory=dict)
    pattern: str = "maximin"
    parameter: float | None = None
    person: UtilityMatrix = PERSON
    decision_maker: UtilityMatrix = DECISION_MAKER

    @property
    def ranking(self) -> Pattern:
        """The pattern of distribution."""
        return PATTERNS[self.pattern]

    @property
    def degree(self) -> float:
        """The parameter of the pattern; 0 where it has none."""
        of = self.ranking.parameter
        return 0.0 if of is None else of.default if self.parameter is None else self.parameter

    @property
    def text(self) -> str:
        """The wish as `parse` reads it: what differs from no wish, empty if nothing does.

        >>> Wish(points={"accuracy": 60.0, "fairness": 40.0}).text
        'points.accuracy:60+points.fairness:40'
        """
        none = Wish()
        told = [f"by:{self.by}"] if self.by != none.by else []
        for kind in ("points", "aspiration"):
            told += [f"{kind}.{name}:{_number(one)}" for name, one in getattr(self, kind).items()]
        if (self.pattern, self.parameter) != (none.pattern, none.parameter):
            told.append(f"pattern.{self.pattern}:{_number(self.degree)}")
        for kind in ("person", "decision_maker"):
            own, usual = getattr(self, kind), getattr(none, kind)
            pairs = zip(OUTCOMES, astuple(own), astuple(usual), strict=True)
            told += [f"{kind}.{name}:{_number(one)}" for name, one, old in pairs if one != old]
        return "+".join(told)


def parse(text: str, objectives: Collection[str]) -> tuple[Wish, list[InvalidInput]]:
    """Return the wish that a text says, and what of it is refused; the rest is kept.

    Entries are joined by "+", each a kind, the name of what it is about and a number:
    "points.accuracy:60", "aspiration.fairness:0.05", "pattern.prioritarian:2",
    "person.false_positive:-1", and "by:aspiration" for what picks.

    Args:
        text: from a link, whatever it holds.
        objectives: names that points and aspirations may be about.
    """
    wish, refused = Wish(), []
    for entry in filter(None, text.split("+")):
        try:
            wish = _with(wish, entry, objectives)
        except InvalidInput as refusal:
            refused.append(refusal)
    if wish.points and not any(wish.points.values()):
        refused.append(InvalidInput("weights_all_zero", weights="points"))
        wish = replace(wish, points={})
    return wish, refused


def _with(wish: Wish, entry: str, objectives: Collection[str]) -> Wish:
    """Return a wish with one more entry."""
    about, _, value = entry.partition(":")
    kind, _, name = about.partition(".")
    require_known("wish", kind, KINDS)
    if kind == "by":
        require_known("wish by", value, BY)
        return replace(wish, by=next(one for one in BY if one == value))
    if kind == "points":
        require_known("objective", name, objectives)
        return replace(wish, points={**wish.points, name: _bounded(about, value, 0.0, POINTS)})
    if kind == "aspiration":
        require_known("objective", name, objectives)
        found = _bounded(about, value, -math.inf, math.inf)
        return replace(wish, aspiration={**wish.aspiration, name: found})
    if kind == "pattern":
        of = PATTERNS[name].parameter
        number = _bounded(about, value, of.low, of.high) if of and value else None
        return replace(wish, pattern=name, parameter=number)
    require_known("outcome", name, OUTCOMES)
    worth = _bounded(about, value, -LARGEST_UTILITY, LARGEST_UTILITY)
    if kind == "person":
        return replace(wish, person=replace(wish.person, **{name: worth}))
    return replace(wish, decision_maker=replace(wish.decision_maker, **{name: worth}))


def _bounded(about: str, value: str, low: float, high: float) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and low <= number <= high):
        if math.isinf(high):
            raise InvalidInput("not_in_words", field=about, value=value, bound="a finite number")
        raise InvalidInput("out_of_range", field=about, value=value, low=low, high=high)
    return number


def _number(value: float) -> str:
    return f"{value:.6g}".replace("e+", "e")  # a plus sign would part entries


def weights(wish: Wish, objectives: Collection[str]) -> list[float]:
    """Return the share of the points of each objective; alike for all where none has any."""
    given = [wish.points.get(name, 0.0) for name in objectives]
    total = sum(given)
    return [one / total for one in given] if total > 0 else [1 / len(given)] * len(given)
