"""Equal levels: what becomes of a difference between two groups where a control column is equal."""

import math
from collections.abc import Iterator

from tradeoffs.data.codebook_words import word
from tradeoffs.report.conditional_rates import ConditionalRates
from tradeoffs.report.sentences.sentence import Sentence, first
from tradeoffs.report.text import interval_points
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.stats.two_shares import Interval


def _sure(low: float, high: float) -> bool:
    return low > 0 or high < 0


BOTH = Sentence(
    name="difference_at_equal_levels",
    text=(
        "The share of {group} with the favourable answer minus that of {reference} is "
        "{crude:points} (95 %: {crude_ends}) overall, and {equal:points} (95 %: "
        "{equal_ends}) at equal “{control}”."
    ),
)
NO_LEVEL = Sentence(
    name="no_equal_level",
    text=(
        "At equal “{control}” nothing can be said about {group}: no level has {least} "
        "people of it and of {reference}."
    ),
)
OUTCOMES = (
    Sentence(
        name="difference_reversed",
        text="At equal “{control}” the difference is reversed (Simpson's paradox).",
        when=lambda crude, crude_low, crude_high, equal, equal_low, equal_high: (
            _sure(crude_low, crude_high) and _sure(equal_low, equal_high) and crude * equal < 0
        ),
    ),
    Sentence(
        name="difference_remains",
        text="At equal “{control}” a difference remains.",
        when=lambda crude_low, crude_high, equal_low, equal_high: (
            _sure(crude_low, crude_high) and _sure(equal_low, equal_high)
        ),
    ),
    Sentence(
        name="difference_not_at_equal_levels",
        text="At equal “{control}” no difference can be shown.",
        when=lambda crude_low, crude_high, equal_low, equal_high: (
            _sure(crude_low, crude_high) and not _sure(equal_low, equal_high)
        ),
    ),
    Sentence(
        name="difference_at_equal_levels_alone",
        text="Overall, no difference can be shown; at equal “{control}” there is one.",
        when=lambda crude_low, crude_high, equal_low, equal_high: (
            not _sure(crude_low, crude_high) and _sure(equal_low, equal_high)
        ),
    ),
    Sentence(
        name="no_difference",
        text="Neither overall nor at equal “{control}” can a difference be shown.",
        when=lambda crude_low, equal_low: True,
    ),
)
COVERED = Sentence(
    name="levels_too_small",
    text=(
        "Only {covered:percent} of {group} are at levels with {least} people of both "
        "groups; the figure at equal “{control}” is about these people only."
    ),
    when=lambda covered: covered < 1,
)


def equal_levels(found: ConditionalRates) -> list[str]:
    """Return what is told of each group beside the reference group; one seed tells nothing."""
    every = (" ".join(_of_group(found, name)) for name in found.standardised)
    return [told for told in every if told]


def _of_group(found: ConditionalRates, group: str) -> Iterator[str]:
    whole = next(one for one in found.rates if one.group == group and not one.level)
    equal = found.standardised[group]
    values = {
        "group": word(group),
        "reference": word(found.reference),
        "control": found.control,
        "least": SMALLEST_CELL,
        "covered": found.covered[group],
        **_values("crude", whole.difference),
        **_values("equal", equal),
    }
    said = [NO_LEVEL.said(values)] if math.isnan(equal.value) else [BOTH.said(values)]
    said += [*first(OUTCOMES, values), COVERED.said(values)] if equal.value == equal.value else []
    yield from (one.text for one in said if one)


def _values(name: str, number: Interval) -> dict[str, object]:
    return {
        name: number.value,
        f"{name}_low": number.low,
        f"{name}_high": number.high,
        f"{name}_ends": None
        if math.isnan(number.low)
        else interval_points(number.low, number.high),
    }
