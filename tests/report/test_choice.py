"""Choice: what an address marks is read part by part, and what cannot be used is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoffs.fields import FIELDS
from tradeoffs.fronts import OBJECTIVES
from tradeoffs.messages.wording import LONGEST_MESSAGE
from tradeoffs.report.choice import FORMS, MOST_PINS, Choice, normal, pin, read
from tradeoffs.resources.prices import NUMBERS
from tradeoffs.scenario import Scenario


def told(field: str, text: str) -> list[str]:
    return [str(refusal) for refusal in read(field, text)[1]]


def test_a_choice_has_its_parts_as_values():
    values = {
        "counted": "privacy+accuracy",
        "at_least": "accuracy:0.84+fairness:0.05",
        "pins": "epsilon:0.1,max_gap:0.05~width:8",
        "curves": "width+epsilon",
        "wish": "points.accuracy:60+points.fairness:40",
        "place": "none",
        "purse": "town_hospital+wage:9",
    }
    found = Choice.of(values)
    assert found.counted == ("accuracy", "privacy")
    assert found.at_least == {"accuracy": 0.84, "fairness": 0.05}
    assert found.pins == (Scenario(epsilon=0.1, max_gap=0.05), Scenario(width=8))
    assert found.wish.points == {"accuracy": 60, "fairness": 40}
    assert (found.curves, found.place) == (("epsilon", "width"), "none")
    assert found.purse is not None and found.purse.prices.wage == 9


def test_what_of_a_purse_cannot_be_used_is_refused_and_the_rest_kept():
    text = "town_hospital+wage:-1+wages:3+budget:900"
    assert normal("purse", text) == "town_hospital+budget:900"
    assert told("purse", text) == [
        "wage=-1 must be a number in [0, 1000000]",
        f"unknown price 'wages'; known: {', '.join(NUMBERS)}",
    ]


@pytest.mark.parametrize("field", FORMS)
def test_the_default_is_written_as_it_is_read_and_refused_nothing(field):
    usual = FIELDS[field].default
    assert normal(field, usual) == usual and told(field, usual) == []


def test_a_pin_means_its_setting_however_its_values_are_written():
    here = Scenario(epsilon=0.1, max_gap=None, rows=1000)
    forms = (
        "epsilon:0.1,rows:1000",
        "rows:1000,epsilon:0.10,max_gap:none",
        "epsilon:1e-1,rows:1000",
    )
    for text in forms:
        assert read("pins", text) == ((here,), ())
        assert normal("pins", text) == forms[0].replace("epsilon:0.1,rows:1000", pin(here))
    whole = ",".join(f"{name}:{value}" for name, value in {"epsilon": 1.0, "rows": 3000}.items())
    assert read("pins", whole)[0] == (Scenario(),)  # every field said, as if there were no defaults
    assert read("pins", pin(Scenario())) == ((Scenario(),), ())


@pytest.mark.parametrize(
    "here",
    [
        Scenario.of(epsilon="none"),
        Scenario(mechanism="clip_only"),
        Scenario.of(other_shifts="flips:0.25+prior:0.5", shift_intensity=0.5),
        Scenario(dataset="compas", label="rearrest", protected="race*sex", seed=3),
        Scenario(stage="reweighing", strength=0.5),
    ],
    ids=pin,
)
def test_a_setting_comes_back_from_its_pin(here):
    assert read("pins", pin(here)) == ((here,), ())


def test_signs_that_part_pins_may_stand_in_a_value():
    (refusal,) = told("pins", "hide:a%2Cb%7Ec")
    assert "'a,b~c'" in refusal  # one column, which the table lacks


@pytest.mark.parametrize(
    ("field", "text", "kept", "reasons"),
    [
        ("counted", "accuracy+beauty+privacy", "accuracy+privacy", ["unknown objective 'beauty'"]),
        ("counted", "accuracy", FIELDS["counted"].default, ["at least 2 objectives"]),
        ("at_least", "accuracy:1.7+fairness:.1", "fairness:0.1", ["must be a number in [0, 1]"]),
        ("at_least", "accuracy:nan", "", ["must be a number in [0, 1]"]),
        ("at_least", "privacy:0+accuracy:0.8", "accuracy:0.8", ["finite number above 0"]),
        ("at_least", "privacy:many", "", ["privacy='many'"]),
        ("at_least", "beauty:1", "", ["unknown objective 'beauty'"]),
        ("at_least", "accuracy", "", ["not of the form accuracy:0.84"]),
        ("at_least", "accuracy:0.9+accuracy:0.8", "accuracy:0.9", ["0.9 is kept and 0.8 left out"]),
        ("pins", "dataset:gone~width:8", "width:8", ["unknown dataset 'gone'"]),
        ("pins", "rows:77~width:8", "width:8", ["rows=77"]),
        ("pins", "colour:red~width:8", "width:8", ["unknown field 'colour'"]),
        ("pins", "width~~width:8", "width:8", ["not of the form epsilon:0.1"]),
        ("pins", "stage:correlation_remover,width:8", "", ["not available with"]),
        ("curves", "epsilon+rainbow", "epsilon", ["unknown curve 'rainbow'"]),
        ("wish", "points.accuracy:0 points.fairness:0", "", ["points"]),
        ("wish", "points.accuracy:9e9+by:magic+by:aspiration", "by:aspiration", ["[0, 100]", "by"]),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_kept(field, text, kept, reasons):
    assert normal(field, text) == kept
    found = told(field, text)
    assert len(found) == len(reasons)
    for reason, one in zip(reasons, found, strict=True):
        assert reason in one


def test_of_five_hundred_pins_the_first_are_read():
    text = "~".join(f"width:{1 + n % 250}" for n in range(500))
    pins, (refusal,) = read("pins", text)
    assert pins == tuple(Scenario(width=1 + n) for n in range(MOST_PINS))
    assert str(refusal) == "500 settings are pinned, at most 4 can be; only the first 4 are read"


@pytest.mark.parametrize("field", FORMS)
@given(
    text=st.one_of(st.text(max_size=80), st.text("accuracy:+~,.0123epsilonfairness ", max_size=80))
)
def test_any_text_is_read_and_what_is_kept_is_refused_no_more(field, text):
    kept = normal(field, text)
    assert told(field, kept) == [] and normal(field, kept) == kept
    assert all(len(one) <= LONGEST_MESSAGE for one in told(field, text))


@given(st.sampled_from(list(OBJECTIVES)), st.floats(1e-9, 1e9))
def test_a_red_line_comes_back_as_it_was_written(name, value):
    share = OBJECTIVES[name].is_share
    value = min(value, 1.0) if share else value
    (found,) = read("at_least", normal("at_least", f"{name}:{value}"))[0].values()
    assert found == pytest.approx(value, rel=1e-9)
