"""Every field is declared once, with what all its controls and texts need."""

import pytest

from tradeoffs.cli import main
from tradeoffs.fields import BASELINE, CURVES, FIELDS, ScenarioFields, ScreenFields
from tradeoffs.lessons.lesson import Slider
from tradeoffs.scenario import Scenario

MODELS = (ScenarioFields, ScreenFields)


def test_every_attribute_has_a_field_with_its_name_and_default():
    declared = {n: info.default for model in MODELS for n, info in model.model_fields.items()}
    assert {one.name: one.default for one in FIELDS.values()} == declared
    assert list(Scenario.model_fields) == list(ScenarioFields.model_fields)


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda one: one.name)
def test_an_entry_says_what_it_is_and_what_a_slider_needs(field):
    assert field.title
    assert field.help.endswith(".")
    assert bool(field.ends) <= (len(field.values) > 1)
    assert set(field.words) | set(field.coarse) <= {*field.values}
    assert not field.group or field.source


@pytest.mark.parametrize("field", FIELDS.values(), ids=lambda one: one.name)
def test_a_scenario_takes_every_value_on_offer(field):
    if field.name in Scenario.model_fields:
        for value in field.values:
            one = Scenario.of(**{field.name: value, **_with(field.name)})
            assert getattr(one, field.name) == value


def _with(name: str) -> dict[str, object]:
    return {"stage": "reweighing"} if name == "strength" else {}


def test_the_baseline_and_the_curves_are_of_fields():
    assert Scenario().but(**BASELINE).model_dump(include=set(BASELINE)) == BASELINE
    assert all(FIELDS[name].ends and FIELDS[name].phrase for name in CURVES)


def test_a_slider_of_a_lesson_says_what_its_field_says_unless_it_says_otherwise():
    field = FIELDS["epsilon"]
    slider = Slider(name="epsilon", choices=(1.0, None))
    assert (slider.title, slider.ends) == (field.title, field.ends)
    assert slider.describe(None) == field.phrases[None]
    own = Slider(name="epsilon", title="Budget", choices=(1.0, None), ends=())
    assert (own.title, own.ends) == ("Budget", ())
    assert Slider(name="places", title="Places", choices=(1, 2)).ends is None


def test_the_help_of_a_command_lists_each_field_with_its_bounds_and_default(capsys):
    with pytest.raises(SystemExit):
        main(["sweep", "--help"])
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line]
    told = {words[0]: words[-1] for words in lines}
    assert set(Scenario.model_fields) <= set(told)
    assert "0.05 to 50 or none; default 1" in told["epsilon"]
    assert "200 to 200,000; default 3000" in told["rows"]
