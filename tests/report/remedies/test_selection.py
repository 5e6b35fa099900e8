"""Selections: what fits is kept, and what does not is named with what does."""

import pytest

from tradeoffs.report.remedies.selection import Selection, fit, refusals

TOWNS = {"north": ("a", "b"), "south": ("c",)}


def price_fault(text: str, at: object) -> str:
    del at
    try:
        price = float(text)
    except ValueError:
        return "it must be a number"
    return "" if price >= 0 else "it must be 0 or more"


REGION = Selection(
    name="region",
    title="Region",
    help="Where somebody is.",
    options=lambda at: tuple(TOWNS),
    words=lambda one, at: one.title(),
    default=lambda at: "north",
)
MEMBERS = Selection(
    name="members",
    title="Members",
    help="Who takes part.",
    options=lambda at: TOWNS[at["region"]],
    words=lambda one, at: one,
    default=lambda at: "",
    several=True,
)
PRICE = Selection(
    name="price",
    title="Price",
    help="Of an hour.",
    options=lambda at: (),
    words=lambda one, at: one,
    default=lambda at: "0",
    fault=price_fault,
)
EVERY = (REGION, MEMBERS, PRICE)


def test_what_is_offered_is_kept_and_the_rest_takes_its_default():
    asked = {"region": "north", "members": "b+a", "price": "2.5"}
    assert fit(EVERY, asked) == asked
    moved = fit(EVERY, {**asked, "region": "south"})
    assert moved == {"region": "south", "members": "", "price": "2.5"}
    assert fit(EVERY, {}) == {"region": "north", "members": "", "price": "0"}


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"region": "east"}, "region='east' is not offered; use one of: north, south"),
        ({"members": "a+c"}, "members='c' is not offered; use one of: a, b"),
        ({"region": "south", "members": "a"}, "members='a' is not offered; use one of: c"),
        ({"price": "-1"}, "price='-1' is not possible: it must be 0 or more"),
        ({"colour": "red"}, "there is nothing called 'colour' to choose on this page"),
    ],
)
def test_each_wrong_value_of_a_link_is_named_with_what_is_allowed(query, told):
    assert refusals(EVERY, query) == [told]


def test_a_link_that_can_be_used_is_followed_without_a_word():
    assert refusals(EVERY, {"region": "south", "members": "c", "price": "0"}) == []
