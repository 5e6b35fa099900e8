"""Jurisdictions: where regulations hold, and for which decisions they were written."""

from dataclasses import dataclass

from tradeoffs.catalogue import Catalogue
from tradeoffs.language.translates import translates


@translates("title", "where", "help")
@dataclass(frozen=True, kw_only=True, slots=True)
class Jurisdiction:
    """A place with rules of its own, as a catalogue entry.

    Attributes:
        name: key of the catalogue, in addresses.
        title: for people.
        where: the place within a sentence.
        help: for which decisions its rules were written.
        within: places whose rules hold there too.
    """

    name: str
    title: str
    where: str
    help: str
    within: tuple[str, ...] = ()


JURISDICTIONS = Catalogue(
    "jurisdiction",
    (
        Jurisdiction(
            name="us_employment",
            title="United States, hiring",
            where="under US rules on hiring",
            help="Federal rules on hiring, promotion and other decisions about employment.",
        ),
        Jurisdiction(
            name="new_york_city",
            title="New York City, hiring",
            where="under New York City's rules on hiring",
            help="The city's law on automated hiring; federal rules hold there too.",
            within=("us_employment",),
        ),
        Jurisdiction(
            name="us_credit",
            title="United States, credit",
            where="under US rules on credit",
            help="Federal rules on decisions of lenders.",
        ),
        Jurisdiction(
            name="colorado_insurance",
            title="Colorado, life insurance",
            where="under Colorado's draft on life insurance",
            help="A state's draft for tests of models that insurers use.",
        ),
        Jurisdiction(
            name="european_union",
            title="European Union",
            where="in the European Union",
            help="Rules on automated decisions and on artificial intelligence.",
        ),
        Jurisdiction(
            name="quebec",
            title="Quebec",
            where="in Quebec",
            help="Rules on decisions that are exclusively automated.",
        ),
        Jurisdiction(
            name="brazil",
            title="Brazil",
            where="in Brazil",
            help="Rules on decisions that are solely automated.",
        ),
        Jurisdiction(
            name="south_africa",
            title="South Africa",
            where="in South Africa",
            help="Rules on decisions that are solely automated.",
        ),
        Jurisdiction(
            name="india",
            title="India",
            where="in India",
            help="Rules on digital personal data.",
        ),
    ),
)
