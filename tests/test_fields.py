"""Every field is declared once, with what all its controls and texts need."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tradeoffs.cli import main
from tradeoffs.experiments.plan import resolve
from tradeoffs.fields import (
    BASELINE,
    COMMUNITY_FIELDS,
    CURVES,
    FIELDS,
    ScenarioFields,
    ScreenFields,
)
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
    if name in COMMUNITY_FIELDS and name != "communities":
        return {"communities": "place"}
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
    listed = capsys.readouterr().out.partition("\nfields:\n")[2].removeprefix("  ")
    told = {part.split()[0]: " ".join(part.split()) for part in re.split(r"\n  (?! )", listed)}
    assert list(told) == list(Scenario.model_fields)
    assert "0.05 to 50 or none; default 1" in told["epsilon"]
    assert "50 to 200,000; default 3000" in told["rows"]


ADDED = """
    momentum: Annotated[Share, Field(
        title="Momentum", help="How much of the step before is kept in a step.",
        axis="Resources", ends=("none of it", "all of it"), values=(0.0, 0.5, 0.9),
        phrase="momentum {}", caption="{} of the step before is kept.", optional=True,
        group="Resources", unit="share, shown as a percentage",
        source="Polyak 1964, doi 10.1016/0041-5553(64)90137-5",
    )] = 0.0
"""
WITH_ADDED = """
import json, sys, types
from pathlib import Path
from streamlit.testing.v1 import AppTest

path = Path("tradeoffs/fields.py")
text = path.read_text(encoding="utf-8").replace('"strength",', '"strength", "momentum",')
before, after = text.split("\\n\\nclass ScreenFields")
module = sys.modules["tradeoffs.fields"] = types.ModuleType("tradeoffs.fields")
source = before.rstrip() + sys.argv[1] + "\\n\\nclass ScreenFields" + after
exec(compile(source, str(path), "exec"), module.__dict__)

DRAWN = '''
from pages.shared.explorer.controls import controls
from pages.shared.settings.fields import fitted, scenario
values = fitted({"momentum": "0.5"})
controls(values, scenario(values))
'''

from pages.shared.settings.fields import fitted, query, refused, words
from tradeoffs.commands.arguments import _described
from tradeoffs.experiments.plan import resolve
from tradeoffs.lessons.lesson import Slider
from tradeoffs.report.glossary import find_term, glossary
from tradeoffs.report.text import setting
from tradeoffs.results import FIRST_COLUMNS
from tradeoffs.scenario import Scenario

app = AppTest.from_string(DRAWN, default_timeout=60).run()
slider = app.select_slider(key="momentum")
print(json.dumps({
    "key": resolve(Scenario()).model_key,
    "other key": resolve(Scenario(momentum=0.5)).model_key,
    "address": query(fitted({"momentum": "0.5"})),
    "refused": refused({"momentum": "0.3"}),
    "words": words("momentum", "0.5", fitted({})),
    "control": [slider.label, slider.value, *slider.options],
    "caption": [one.value for one in app.caption if "step before" in one.value],
    "command": _described(module.FIELDS["momentum"]),
    "lesson": Slider(name="momentum", choices=(0.0, 0.5)).title,
    "sentence": setting("momentum", 0.5),
    "glossary": find_term("momentum", glossary()).meaning,
    "column": "momentum" in FIRST_COLUMNS,
}))
"""


def test_a_field_is_added_in_the_declaration_alone():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WITH_ADDED, ADDED],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout.splitlines()[-1])
    plain = resolve(Scenario()).model_key
    assert found["key"] == plain != found["other key"]  # models without keep their names
    assert found["address"] == {"momentum": "0.5"}
    (refusal,) = found["refused"]
    assert "momentum='0.3'" in refusal and "0, 0.5, 0.9" in refusal
    assert found["words"] == "50 %" and found["sentence"] == "momentum 50 %"
    assert found["control"] == ["Momentum", "0.5", "0 %", "50 %", "90 %"]
    assert found["caption"] == ["50 % of the step before is kept."]
    told = "momentum How much of the step before is kept in a step. Share, 0 to 1; default 0."
    assert " ".join(found["command"].split()) == told
    assert found["lesson"] == "Momentum" and found["column"]
    assert found["glossary"] == "How much of the step before is kept in a step."
