"""Terms of resources that have a catalogue entry: who would pay, prices and published ranges."""

from collections.abc import Iterator

from tradeoffs.field import Field
from tradeoffs.language.translation import say
from tradeoffs.report.glossary.term import Term
from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.prices import NUMBERS
from tradeoffs.resources.published_range import PUBLISHED_RANGES, PublishedRange


def resource_terms() -> Iterator[Term]:
    """Yield one term an actor, a price and a published range."""
    yield from map(_actor, ACTORS.values())
    yield from map(_price, NUMBERS.values())
    yield from map(_published_range, PUBLISHED_RANGES.values())


def _actor(entry: Actor) -> Term:
    return Term(
        name=entry.title,
        group="Resources",
        meaning=say("An actor who would pay for a model. {help}", help=entry.help),
        source="tradeoffs/resources/actors/catalogue.py",
        limits="An example to change, not a statistic.",
        seen="Explorer, part Cost; page Remedies, part Price and control",
        also=(entry.name,),
    )


def _price(entry: Field) -> Term:
    return Term(
        name=entry.title,
        group="Resources",
        meaning=entry.help,
        unit=entry.unit,
        source="tradeoffs/resources/prices.py",
        limits="Money is in any one currency.",
        seen="Explorer, part Cost",
        also=(f"purse: {entry.name}",),
    )


def _published_range(entry: PublishedRange) -> Term:
    return Term(
        name=entry.title,
        group="Resources",
        meaning=say(
            "{help} Between {low:g} and {high:g} {unit}.",
            help=entry.help,
            low=entry.low,
            high=entry.high,
            unit=entry.unit,
        ),
        unit=entry.unit,
        source=entry.source,
        limits="A published range; nothing is measured here.",
        seen="Explorer, part Cost",
    )
