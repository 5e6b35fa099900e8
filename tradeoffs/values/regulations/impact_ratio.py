"""Impact ratio: each group's selection rate over that of the group selected most often."""

from tradeoffs.data.codebook_words import word
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.stats.two_shares import Interval, ratio
from tradeoffs.values.regulations.regulation import (
    Evidence,
    Finding,
    Regulation,
    apart,
    not_comparable,
    verdict,
    with_open,
)

FOUR_FIFTHS_OF_THE_RATE = 0.8
SMALL_CATEGORY = 0.02  # of the people; a smaller category may be left out
PUBLISHED = "To be published: the lowest impact ratio is {ratio:.2f}, of the group {group}."
LEFT_OUT = "Below 2 % of the people and may be left out: {groups}."
SIGNIFICANT = (
    "The difference is nevertheless statistically significant: if it also matters in practice, "
    "the Guidelines may call it adverse impact."
)


def impact_ratios(of: Evidence) -> dict[str, Interval]:
    """Return the impact ratio of each group but the one with the highest rate; {} without any."""
    if len(of.rates) < 2:
        return {}
    top, rates = apart(of)
    if not rates[top].value:  # nobody is selected
        return {}
    return {group: ratio(one, rates[top]) for group, one in rates.items() if group != top}


def four_fifths(of: Evidence) -> Finding:
    """Return whether every group is selected at four fifths of the highest rate at least."""
    ratios = impact_ratios(of)
    if not ratios:
        return not_comparable(of)
    group, lowest = min(ratios.items(), key=lambda pair: pair[1].value)
    found = verdict(ratios.values(), FOUR_FIFTHS_OF_THE_RATE)
    told = say(
        "The group {group} is selected at {share:.0f} % of the highest rate.",
        group=word(group),
        share=100 * lowest.value,
    )
    if found == "admissible" and lowest.high < 1:
        told = f"{told} {translate(SIGNIFICANT)}"
    return Finding(verdict=found, reason=with_open(told, found), number=lowest)


def published_ratio(of: Evidence) -> Finding:
    """Return what has to be published, which no threshold judges."""
    ratios = impact_ratios(of)
    everybody = sum(of.people.values())
    small = [name for name, people in of.people.items() if people < SMALL_CATEGORY * everybody]
    told, lowest = [not_comparable(of).reason], None
    if ratios:
        group, lowest = min(ratios.items(), key=lambda pair: pair[1].value)
        told = [say(PUBLISHED, ratio=lowest.value, group=word(group))]
    if small:
        told.append(say(LEFT_OUT, groups=semicolon_text(map(word, small))))
    return Finding(verdict="duty", reason=" ".join(told), number=lowest)


FOUR_FIFTHS = Regulation(
    name="four_fifths",
    title="Four-fifths rule",
    place="us_employment",
    year=1978,
    source="Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D",
    url="https://www.law.cornell.edu/cfr/text/29/1607.4",
    asks=(
        "No race, sex or ethnic group is selected at less than four fifths of the rate of "
        "the group that is selected most often."
    ),
    limits=(
        "A rule of thumb of the agencies. A smaller difference may be adverse impact if it "
        "is significant in both statistical and practical terms; a larger one may not be if "
        "it rests on small numbers and is not statistically significant."
    ),
    number="lowest impact ratio, at least 0.80",
    unit="ratio",
    screen=four_fifths,
)
LOCAL_LAW_144 = Regulation(
    name="local_law_144",
    title="Local Law 144",
    place="new_york_city",
    year=2021,
    source="New York City Administrative Code 20-870 to 20-874; rules of 2023, 6 RCNY 5-300 ff.",
    url="https://www.nyc.gov/site/dca/about/automated-employment-decision-tools.page",
    asks=(
        "An independent auditor computes impact ratios by sex, by race or ethnicity and by both "
        "together every year, and the employer publishes them."
    ),
    limits=(
        "It sets no threshold: publishing even a low ratio complies with it. A category of "
        "less than 2 % of the people may be left out. It also requires an audit and notice "
        "to candidates."
    ),
    unit="ratio",
    screen=published_ratio,
)
