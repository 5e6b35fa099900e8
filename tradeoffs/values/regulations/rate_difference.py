"""Rate difference: approval rates of groups no more than so many percentage points apart."""

from tradeoffs.data.codebook_words import word
from tradeoffs.language.notation import Amount, localise
from tradeoffs.language.translation import say
from tradeoffs.stats.two_shares import Interval, difference
from tradeoffs.values.regulations.regulation import (
    Evidence,
    Finding,
    Regulation,
    apart,
    not_comparable,
    verdict,
    with_open,
)

FIVE_POINTS = 0.05


def five_points(of: Evidence) -> Finding:
    """Return whether all groups are approved within five percentage points of the highest rate."""
    if len(of.rates) < 2:
        return not_comparable(of)
    top, rates = apart(of)
    above = {name: difference(one, rates[top]) for name, one in rates.items() if name != top}
    group, lowest = min(above.items(), key=lambda pair: pair[1].value)
    largest = Interval(-lowest.value, -lowest.high, -lowest.low)
    found = verdict(above.values(), -FIVE_POINTS)
    size = 100 * largest.value
    told = say(
        "The group {group} is approved {size:points|points} less often than {top}.",
        group=word(group),
        size=Amount(localise(f"{size:.1f}"), size),
        top=word(top),
    )
    return Finding(verdict=found, reason=with_open(told, found), number=largest)


COLORADO_DRAFT = Regulation(
    name="colorado_draft",
    title="Draft on quantitative testing",
    place="colorado_insurance",
    year=2023,
    source=(
        "Colorado Division of Insurance, draft proposed regulation on quantitative testing, "
        "September 2023, under SB 21-169; not adopted"
    ),
    url=(
        "https://doi.colorado.gov/for-consumers/"
        "sb21-169-protecting-consumers-from-unfair-discrimination-in-insurance-practices"
    ),
    asks=(
        "Approval rates by race or ethnicity that differ significantly by five percentage points "
        "or more are tested further."
    ),
    limits=(
        "A draft that was not adopted. It compares with white applicants; here the group "
        "with the highest rate takes their place. A difference of more than five points "
        "leads to further tests there, not to a ban."
    ),
    number="largest difference in approval rates, below 5 percentage points",
    unit="points",
    screen=five_points,
)
