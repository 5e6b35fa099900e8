"""Prices: a budget, and what work, machines and lines cost somebody; all numbers, declared once."""

from typing import TYPE_CHECKING, Annotated, Any

from annotated_types import Ge, Le
from pydantic import BaseModel, ValidationError

from tradeoffs.catalogue import Catalogue
from tradeoffs.field import Field, fields_of
from tradeoffs.validation import invalid

LARGEST_BUDGET = 1e12
LARGEST_PRICE = 1e6
Money = Annotated[float, Ge(0), Le(LARGEST_PRICE)]
Seconds = Annotated[float, Ge(0), Le(3600)]
Days = Annotated[float, Ge(0), Le(1000)]


# fmt: off
class Prices(BaseModel, frozen=True, extra="forbid"):
    """A budget and the prices it is spent at, in any one currency.

    Raises:
        InvalidInput: a price that is negative, too large or no number.

    >>> Prices(wage=-1)
    Traceback (most recent call last):
    tradeoffs.errors.InvalidInput: wage=-1 must be a number in [0, 1000000]
    """

    budget: Annotated[float, Ge(0), Le(LARGEST_BUDGET), Field(
        title="Budget", unit="money", help="All that can be spent on one model.",
    )] = 1_500.0
    wage: Annotated[Money, Field(
        title="Wage", unit="money an hour",
        help="The wage of the person who labels records and types in values.",
    )] = 12.0
    label_seconds: Annotated[Seconds, Field(
        title="Time of a label", unit="seconds a vote",
        help=("How long it takes one person to label one record: 5 s for a short text, a minute "
            "for a file. 0 if the label is recorded anyway."),
    )] = 20.0
    entry_seconds: Annotated[Seconds, Field(
        title="Time of a value on paper", unit="seconds a value",
        help="How long it takes to type in one value. 0 if records are digital.",
    )] = 0.0
    expert_day: Annotated[Money, Field(
        title="Day of an expert", unit="money a day",
        help="An expert who can train, check and hand over models.",
    )] = 400.0
    model_days: Annotated[Days, Field(
        title="Days for any model", unit="days",
        help="To prepare the table, train a model and check it.",
    )] = 1.0
    network_days: Annotated[Days, Field(
        title="More days for a network", unit="days",
        help="To choose its size and to understand what it does.",
    )] = 2.0
    fairness_days: Annotated[Days, Field(
        title="More days for a bound between groups", unit="days",
        help="To agree on a notion of fairness, and to implement it.",
    )] = 2.0
    privacy_days: Annotated[Days, Field(
        title="More days for a privacy budget", unit="days",
        help="To agree on a budget, and to do the privacy accounting.",
    )] = 2.0
    partnership_days: Annotated[Days, Field(
        title="More days for working with others", unit="days",
        help="To agree with the other communities on columns, labels and rounds.",
    )] = 3.0
    core_hour: Annotated[Money, Field(
        title="Hour of a core", unit="money an hour", help="Rented from a cloud: .01 to .05.",
    )] = 0.05
    kwh: Annotated[Money, Field(
        title="Electricity", unit="money a kWh",
        help=("Between .05 and .40 in most places. The price of a rented core already includes "
            "it."),
    )] = 0.25
    gigabyte: Annotated[Money, Field(
        title="Sending data", unit="money a gigabyte",
        help="Sent or received; a mobile plan can cost many times as much as a fixed line.",
    )] = 0.1

    if not TYPE_CHECKING:  # checkers read the arguments off the fields

        def __init__(self, **numbers: Any) -> None:
            """Check the numbers; raise InvalidInput with name, value and bound if one is wrong."""
            try:
                super().__init__(**numbers)
            except ValidationError as error:
                raise invalid(error, type(self)) from None


# fmt: on
NUMBERS = Catalogue("price", fields_of(Prices).values())
