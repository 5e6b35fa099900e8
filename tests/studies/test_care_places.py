import json

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.care_places import FOCUS, answer

MEPS = Scenario.of(
    dataset="meps", label="next_conditions_4", protected="race_ethnicity", mechanism="none"
)
# Outside: scikit-learn's models of 2016's cost, conditions and health on the same adults.
# A share p of 1,198 places has a standard error of (p (1 - p) / 1,198) ** 0.5.
PUBLISHED = {
    ("race_ethnicity", "cost", "Hispanic, of any race"): 0.16,
    ("race_ethnicity", "diagnoses", "Hispanic, of any race"): 0.14,
    ("race_ethnicity", "self-rated health", "Hispanic, of any race"): 0.30,
    ("insurance", "diagnoses", "uninsured all year"): 0.035,
    ("insurance", "self-rated health", "uninsured all year"): 0.115,
}


@pytest.fixture(scope="module")
def found():
    return {
        (attribute, *(one[name] for name in ("measure", "meaning", "other", "group"))): one
        for attribute in ("race_ethnicity", "insurance")
        for one in answer(MEPS, attribute)
    }


@pytest.mark.parametrize("what", PUBLISHED, ids=lambda what: " ".join(what[1:]))
def test_shares_of_places_are_the_published_ones(found, what):
    attribute, meaning, group = what
    expected = PUBLISHED[what]
    error = (expected * (1 - expected) / 1198) ** 0.5
    value = found[attribute, "places", meaning, "", group]["value"]
    assert value == pytest.approx(expected, abs=2 * error)


@pytest.mark.parametrize("attribute", ["race_ethnicity", "insurance"])
def test_shares_of_all_groups_add_up_to_one(found, attribute):
    for measure, meaning, other in (
        ("people", "everybody", ""),
        ("places", "cost", ""),
        ("entering", "diagnoses", "cost"),
    ):
        wanted = (attribute, measure, meaning, other)
        parts = [one["value"] for key, one in found.items() if key[:4] == wanted]
        assert sum(parts) == pytest.approx(1)


def test_as_many_enter_as_leave_so_that_the_gain_is_the_turnover_of_those_who_move(found):
    group = "Hispanic, of any race"
    more, turnover, changed = (
        found["race_ethnicity", measure, "self-rated health", "cost", name]["value"]
        for measure, name in (("more", group), ("turnover", group), ("changed", "all"))
    )
    assert more == pytest.approx(turnover * changed, abs=2e-3)  # a mean of products over halves
    back = found["race_ethnicity", "more", "cost", "self-rated health", group]
    assert back["value"] == pytest.approx(-more)


def test_records_can_be_written_and_their_intervals_hold_the_value(found):
    records = list(found.values())
    assert json.loads(json.dumps(records)) == records
    for one in records:
        if one["measure"] != "people" and one["value"] is not None:
            assert one["low"] <= one["value"] <= one["high"]


def test_a_share_of_fewer_than_twenty_people_is_not_told():
    records = answer(MEPS, "sex", places=0.001)  # 12 places
    assert all(one["value"] is None for one in records if one["measure"] != "people")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"attribute": "shoes"}, "unknown attribute 'shoes'"),
        ({"places": 1.0}, r"places=1.0 must be in \(0, 1\)"),
    ],
)
def test_what_cannot_be_asked_is_told(options, told):
    with pytest.raises(InvalidInput, match=told):
        answer(MEPS, **options)


@pytest.mark.parametrize("attribute", ["race_ethnicity", "insurance"])
def test_one_group_of_an_attribute_is_marked(found, attribute):
    marked = {key[-1] for key, one in found.items() if key[0] == attribute and one["focus"]}
    assert marked == {FOCUS[attribute]}
