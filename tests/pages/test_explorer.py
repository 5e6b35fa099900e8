"""The Explorer without a browser: what it says when things are not as hoped."""

import json
from pathlib import Path
from threading import current_thread
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.explorer import live
from pages.shared.explorer.screen import Screen
from pages.shared.kit.warmup import prepare
from pages.shared.settings.fields import (
    FIELDS,
    faults,
    fitted,
    options,
    query,
    refused,
    scenario,
    words,
)
from tradeoffs.data.catalogue import available_datasets
from tradeoffs.errors import Busy
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.jobs.manager import Manager
from tradeoffs.jobs.store import Store
from tradeoffs.report.options import shifts_on_offer
from tradeoffs.scenario import Scenario

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def manager(tmp_path, monkeypatch):
    """A manager whose worker is this process, with the shipped results."""
    found = Manager(Store(tmp_path / "store.sqlite"), lambda machine: Synchronous())
    monkeypatch.setattr(live, "manager", lambda: found)
    yield found
    found.close()
    found.store.close()


def closed(**link: str) -> AppTest:
    """The Explorer at an address, not yet run; by default at its usual level."""
    app = AppTest.from_file(APP, default_timeout=60)
    for field, value in ({"level": "explore"} | link).items():
        app.query_params[field] = value
    return app


def linked(**link: str) -> AppTest:
    """The same, run."""
    return closed(**link).run()


def texts(elements) -> str:
    return "\n".join(str(element.value) for element in elements)


def shown(app: AppTest) -> dict[str, Any]:
    """What the browser is told of the screen, by part."""
    return told(app, "screen")


def told(app: AppTest, key: str) -> dict[str, Any]:
    """What the browser is told under a key, by part."""
    source = app.session_state["channel"].shown()[key]
    return {name: json.loads(part) for name, part in source.parts().items()}


def test_the_default_screen_comes_from_the_shipped_results(manager):
    app = linked()
    assert not app.exception
    parts = shown(app)
    titles, values, *_ = zip(*parts["cards"], strict=True)
    assert {"Accuracy", "Gap in selection rates"} <= set(titles) and all(values)
    assert len(parts["words"]) >= 5 and parts["status"]["text"] == "408 models, all trained."
    assert app.select_slider(key="epsilon").value == "1"


def test_the_screen_that_opens_is_computed_before_anybody_comes(manager, monkeypatch):
    made = []
    monkeypatch.setattr(Screen, "parts", lambda one: made.append((current_thread(), one.here)))
    preparing = prepare()
    preparing.join(60)
    # A visitor of the test before may still be there, in another thread.
    assert {here for thread, here in made if thread is preparing} == {Scenario()}


def test_a_full_machine_refuses_kindly(manager, monkeypatch):
    def refuse(*args, **kwargs):
        raise Busy("50 computations are waiting for this machine")

    monkeypatch.setattr(manager, "submit", refuse)
    app = linked()
    assert not app.exception
    assert "50 computations are waiting" in texts(app.warning)
    assert app.select_slider(key="epsilon").value == "1"  # the controls are still there


def test_a_link_with_nonsense_is_told_and_the_default_used(manager):
    app = linked(epsilon="-3", colour="red")
    assert not app.exception
    told = texts(app.warning)
    assert "epsilon='-3' is not offered" in told
    assert "'colour' is not a setting" in told
    assert app.select_slider(key="epsilon").value == "1"


def test_a_link_writes_no_markdown_into_the_page(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    told = texts(linked(epsilon="[free](http://example.org)", colour="**red**").warning)
    assert "[free](" not in told and "**" not in told
    assert "epsilon=" in told and "red" in told


def test_marks_of_a_link_that_cannot_be_are_told_and_the_rest_kept(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(
        epsilon="0.3",
        counted="accuracy beauty privacy",  # a plus sign that was typed is a space
        at_least="accuracy:1.7+fairness:0.05+fairness:0.2",
        pins="~".join(["dataset:gone", "width:8", *(f"seed:{n}" for n in range(498))]),
        place="atlantis",
    )
    assert not app.exception
    told = texts(app.warning)
    for text in (
        "unknown objective 'beauty'; known: accuracy, fairness",
        "accuracy='1.7' must be a number in [0, 1]. The rest is kept.",
        "0.05 is kept and 0.2 left out",
        "the pin 'dataset:gone' is left out: unknown dataset 'gone'",
        "500 settings are pinned, at most 4 can be",
        "place='atlantis' is not offered; use one of: none, us_employment",
    ):
        assert text in told
    values = app.session_state["setting"]
    assert (values["counted"], values["at_least"]) == ("accuracy+privacy", "fairness:0.05")
    assert values["pins"] == "width:8~epsilon:1~seed:1" and values["epsilon"] == "0.3"
    assert fitted(query(values)) == values


def test_of_many_faults_of_a_link_the_first_are_told():
    found = faults({"at_least": "+".join(f"beauty{n}:1" for n in range(500))})
    assert len(found) == 6 and found[-1] == "495 more parts cannot be used"


@pytest.mark.parametrize("field", FIELDS)
def test_what_is_offered_is_not_refused(field):
    assert not [value for value in options(field) if refused({field: value})]
    assert len(set(options(field))) == len(options(field))
    told = [words(field, option, fitted({})) for option in options(field)]
    assert len(set(told)) == len(told)  # or two options could not be told apart on screen


@pytest.mark.parametrize("entry", available_datasets(), ids=lambda entry: entry.name)
def test_every_table_and_label_has_a_setting_that_can_be_trained(entry):
    for label in entry.labels:
        values = fitted({"dataset": entry.name, "label": label})
        assert values["label"] == label
        assert resolve(scenario(values)).scenario.dataset == entry.name
        assert fitted(query(values)) == values  # the link brings it back
        for notion in options("notion"):
            for gap in options("max_gap", values | {"notion": notion}):
                resolve(scenario(fitted(values | {"notion": notion, "max_gap": gap})))


def test_a_link_may_ask_for_what_another_table_offers():
    values = fitted({"dataset": "compas", "label": "violent_rearrest", "protected": "race*sex"})
    assert (values["label"], values["protected"]) == ("violent_rearrest", "race*sex")
    (message,) = refused({"dataset": "compas", "label": "income_gt_50k"})
    assert "label='income_gt_50k' is not offered; use one of: rearrest" in message


def test_no_privacy_outlives_any_mechanism():
    assert scenario(fitted({"epsilon": "none", "mechanism": "clip_only"})).mechanism == "none"
    assert scenario(fitted({"mechanism": "clip_only"})).mechanism == "clip_only"


@pytest.mark.parametrize("value", ["-1", "1.5", "²", "10000", "", "none"])
def test_a_bad_seed_is_refused_with_its_bound(value):
    (message,) = refused({"seed": value})
    assert repr(value) in message
    assert "9999" in message


@pytest.mark.parametrize("field", ["other_shifts", "training_shifts"])
def test_all_shifts_at_once_in_the_lab_break_nothing(manager, monkeypatch, field):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(level="lab")
    every = app.multiselect(key=f"{field} picked")
    app = every.set_value(every.options).run()
    assert not app.exception
    assert "one target at a time" in texts(app.toast)


def test_another_table_keeps_what_applies_and_tells_what_was_reset(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(rows="32561", epsilon="3", max_gap="0.05")
    app.selectbox(key="dataset").set_value("loanapp").run()
    assert not app.exception
    (told,) = [element.value for element in app.warning if "changed" in element.value]
    assert "label income over 50,000 dollars a year → application approved" in told
    assert "people in training 32,561 → 1,179" in told
    assert "groups by" not in told  # sex is an attribute of both
    assert app.select_slider(key="epsilon").value == "3"
    assert app.select_slider(key="max_gap").value == "0.05"
    assert app.selectbox(key="label").value == "approved"
    app.select_slider(key="epsilon").set_value("1").run()
    assert not [element for element in app.warning if "changed" in element.value]


def nothing_submitted(*args, **kwargs):
    raise Busy("nothing is trained in this test")


@pytest.mark.parametrize(
    ("notion", "told"),
    [
        ("equalized_odds", "Larger gap in true or false positive rates: no limit, among 5 groups"),
        ("predictive_parity", "measured, but cannot be bounded here"),
    ],
)
def test_words_follow_notion_and_groups(manager, monkeypatch, notion, told):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(protected="race", notion=notion)
    assert not app.exception
    assert told in texts(app.caption)
    assert "Female" not in texts(app.caption)


def test_a_bound_is_dropped_visibly_where_it_cannot_be_held(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(max_gap="0.05")
    app.selectbox(key="notion").set_value("predictive_parity").run()
    assert not app.exception
    assert "largest allowed gap 5 % → no limit" in texts(app.warning)


def test_a_shift_is_told_from_the_people_met(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(shift_intensity="1")
    assert "are in the group Male instead of 67" in texts(app.caption)


def test_who_pays_shows_each_group_and_the_crossing(manager):
    app = closed()
    app.session_state["details"] = "Who pays"
    app.run()
    assert not app.exception
    own, _, crossed, more = (frame.value for frame in app.dataframe)
    assert own["group"].tolist() == ["everybody", "Female", "Male"]
    first = ["group", "people", "predicted yes", "gain, of 100", "lose, of 100", "net, of 100"]
    assert own.columns.tolist() == first
    assert len(crossed) == 10 and "not measurable" in set(more["true positive rate"])
    assert "of 8,141 people are predicted “over 50,000 dollars a year”" in texts(app.markdown)


def test_who_pays_compares_groups_at_equal_levels_of_a_column(manager):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.session_state["details"] = "Who pays"
    app.run()
    (control,) = [box for box in app.selectbox if box.label == "Compare at equal"]
    (reference,) = [box for box in app.selectbox if box.label == "Reference group"]
    assert "sex" not in control.options and reference.value == "Male"
    control.set_value("hours_per_week").run()
    assert not app.exception
    rates = app.dataframe[-1].value
    assert {"minus Male", "ratio to Male"} < set(rates.columns)
    assert rates["group"].tolist()[:2] == ["Female", "Male"]
    assert "at equal “hours worked per week”" in texts(app.markdown)
    reference = next(box for box in app.selectbox if box.label == "Reference group")
    reference.set_value("Female").run()
    assert "minus Female" in app.dataframe[-1].value.columns


def test_columns_are_hidden_and_what_the_others_tell_is_said(manager):
    app = linked(level="explore")
    (columns,) = [box for box in app.multiselect if box.label == "Hidden columns"]
    columns.set_value(["sex"]).run()
    assert not app.exception
    assert app.session_state["setting"]["hide"] == "sex"
    assert "“place in the household” alone predicts" in texts(app.caption)


def test_a_link_hides_what_the_table_has_and_the_rest_is_told(manager):
    app = linked(level="explore", hide="sex shoe_size")
    assert app.session_state["setting"]["hide"] == "sex"
    assert "unknown column 'shoe_size'; known: age, " in texts(app.warning)
    assert "The rest is kept." in texts(app.warning)


def test_another_table_keeps_the_hidden_columns_that_it_has(manager):
    app = linked(level="explore", hide="age+sex+workclass", protected="sex")
    app.selectbox(key="dataset").set_value("compas").run()
    assert not app.exception
    assert app.session_state["setting"]["hide"] == "age+sex"
    assert "hidden columns age, sex, kind of employer → age, sex" in texts(app.warning)


def test_rules_are_read_off_the_setting_and_a_place_is_kept_in_the_address(manager):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.session_state["details"] = "Rules"
    app.run()
    assert not app.exception
    tables = [one for one in app.main.get("html") if 'class="rules"' in one.proto.body]
    assert [one.proto.body.count("<tr") for one in tables] == [13, 10]
    assert 'class="verdict not-admissible"' in tables[0].proto.body
    (place,) = [box for box in app.selectbox if box.label == "Jurisdiction"]
    place.set_value("us_credit").run()
    assert not app.exception
    assert "0 of 47 settings are admissible under US rules on credit" in texts(app.markdown)
    assert app.session_state["setting"]["place"] == "us_credit"
    tables = [one for one in app.main.get("html") if 'class="rules"' in one.proto.body]
    assert [one.proto.body.count("<tr") for one in tables] == [3, 11, 10]


@pytest.mark.parametrize("part", ["Explanation", "Visited", "Take home", "About"])
def test_each_part_is_drawn(manager, part):
    app = closed()
    app.session_state["details"] = part
    app.run()
    assert not app.exception
    for frame in app.dataframe:
        assert not [name for name in frame.value.columns if "_" in name]  # headers are words


def test_a_setting_of_the_front_can_be_gone_to(manager):
    app = closed()
    app.session_state["table"] = True  # unfolded
    app.run()
    (choice,) = [box for box in app.selectbox if box.label.startswith("Go to")]
    assert "no privacy" in choice.options[-1] or choice.options
    choice.set_value(len(choice.options) - 1).run()
    (button,) = [button for button in app.button if button.label == "Go there"]
    button.click().run()
    assert not app.exception
    kept = {key: app.select_slider(key=key).value for key in ("epsilon", "max_gap", "width")}
    assert kept != {"epsilon": "1", "max_gap": "none", "width": "0"}


def test_a_bare_visit_opens_the_story_and_a_link_without_a_level_the_explorer(manager):
    bare = AppTest.from_file(APP, default_timeout=60).run()
    assert [slider.key for slider in bare.select_slider] == ["epsilon"]
    assert bare.session_state["setting"]["level"] == "story"
    bare.segmented_control(key="level").set_value("explore").run()
    assert not bare.exception and len(bare.select_slider) > 1
    link = AppTest.from_file(APP, default_timeout=60)
    link.query_params["epsilon"] = "3"
    assert link.run().session_state["setting"]["level"] == "explore"


def test_the_question_is_about_the_people_of_the_table(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(dataset="compas", rows="1000")
    (title,) = app.title
    assert title.value.startswith("A model learned from 1,000 people.")
    assert "“not arrested again”" in title.value


def test_settings_that_were_looked_at_stand_in_a_table_and_can_be_gone_to(manager):
    app = closed()
    app.session_state["details"] = "Visited"
    app.run()
    app.select_slider(key="epsilon").set_value("none").run()
    assert app.session_state["channel"].shown()["screen"].job.wait(60)
    app.run()
    assert not app.exception
    (table,) = [frame.value for frame in app.dataframe if "Setting" in frame.value]
    assert table["Setting"].tolist() == ["no privacy", "the default setting"]
    cards = shown(app)["cards"]
    first, second = table["Accuracy"].tolist()
    assert first == cards[0][1] and second.endswith(" %")
    assert table["Privacy budget (epsilon)"].tolist() == ["none", "1"]
    app.button(key="visit-go").click().run()
    assert app.select_slider(key="epsilon").value == "1"


def test_the_story_has_one_slider_and_the_lab_has_all(manager):
    story = linked(level="story", width="8")
    assert [slider.key for slider in story.select_slider] == ["epsilon"]
    lab = linked(level="lab", seed="3", mechanism="clip_only")
    assert lab.number_input(key="seed").value == 3
    assert lab.selectbox(key="mechanism").value == "clip_only"
    assert not story.exception and not lab.exception
    lab.segmented_control(key="level").set_value("explore").run()
    assert "Clipping only" in texts(lab.caption)  # what is not drawn still holds


def test_measures_of_explanations_are_axes_and_stand_in_the_table(manager):
    app = closed(x="effective_features")
    app.session_state["table"] = True  # unfolded
    app.run()
    assert not app.exception
    assert app.selectbox(key="x").value == "effective_features"
    (table,) = [frame.value for frame in app.dataframe]
    assert not [name for name in table.columns if "_" in name]  # headers are words
    assert {"Effective number of features", "Effective number of features, sd"} <= set(table)


def test_nobody_is_asked_to_change_what_cannot_be_changed():
    assert "recourse_gap" in options("x", {"dataset": "adult"})
    assert not [name for name in options("y", {"dataset": "compas"}) if "recourse" in name]
    assert options("x", {"dataset": "compas"})[:2] == ("accuracy", "fairness")


def test_stages_and_clipping_are_choices_that_a_link_brings_back(manager, monkeypatch):
    asked = []

    def submit(owner, scenarios, first=None, payer=None):
        asked.append(first)
        raise Busy("nothing is trained in this test")

    monkeypatch.setattr(manager, "submit", submit)
    app = linked(level="lab", stage="reweighing", strength="0.5", clipping="dpsgd_f")
    assert not app.exception
    assert (asked[-1].stage, asked[-1].strength, asked[-1].clipping) == (
        "reweighing", 0.5, "dpsgd_f"
    )  # fmt: skip
    assert "50 % of the change is made" in texts(app.caption)
    assert "withheld" not in texts(app.caption)
    bare = linked(level="lab", stage="correlation_remover", strength="0", epsilon="none")
    assert "0 % of the change is made to the data. The group's own column is withheld" in texts(
        bare.caption
    )
    app.selectbox(key="stage").set_value("in").run()
    assert not app.exception and asked[-1].strength == 1
    assert "mitigation strength 50 % → 100 %" in texts(app.warning)
    app.select_slider(key="epsilon").set_value("none").run()
    assert app.selectbox(key="clipping").value == "dpsgd_f"  # it waits for a budget
    assert asked[-1].clipping == "flat" and "flat clipping" not in texts(app.warning)


def test_what_is_not_possible_together_is_told_and_the_last_setting_kept(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(max_gap="0.05", epsilon="none")
    app.selectbox(key="stage").set_value("correlation_remover").run()
    assert not app.exception
    told = "“Largest allowed gap: 5 %” must be no limit with"
    assert f"{told} “Mitigation: " in texts(app.warning)
    assert app.selectbox(key="stage").value == "in"
    assert app.select_slider(key="max_gap").value == "0.05"
    app.select_slider(key="max_gap").set_value("none").run()
    app.selectbox(key="stage").set_value("correlation_remover").run()
    assert "must be" not in texts(app.warning)
    assert app.selectbox(key="stage").value == "correlation_remover"


def test_a_link_to_what_is_not_possible_together_begins_with_the_default(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(stage="correlation_remover", width="8", epsilon="none")
    assert not app.exception
    assert "“Model size, hidden units: 8” must be 0 with" in texts(app.warning)
    assert app.selectbox(key="stage").value == "in"


SEVERAL = "flips:0.25+prior:0.5"


def test_several_shifts_are_set_in_the_lab_and_stand_in_the_url(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(level="lab")
    app.multiselect(key="other_shifts picked").set_value(["prior", "flips"]).run()
    app.select_slider(key="other_shifts flips").set_value(0.25).run()
    app.multiselect(key="training_shifts picked").set_value(["opt_out.female"]).run()
    assert not app.exception
    values = app.session_state["setting"]
    assert values["other_shifts"] == SEVERAL and values["training_shifts"] == "opt_out.female:0.5"
    assert fitted(query(values)) == values  # what the URL says brings it back
    assert scenario(values).other_shifts == (("flips", 0.25), ("prior", 0.5))


def test_a_link_with_several_shifts_is_shown_at_any_level_but_the_story(manager, monkeypatch):
    monkeypatch.setattr(manager, "submit", nothing_submitted)
    app = linked(other_shifts="flips:0.3")
    assert not app.exception
    assert app.multiselect(key="other_shifts picked").value == ["flips"]
    assert app.select_slider(key="other_shifts flips").value == 0.3
    app.select_slider(key="other_shifts flips").set_value(1.0).run()
    assert app.session_state["setting"]["other_shifts"] == "flips:1.0"
    app.multiselect(key="other_shifts picked").set_value([]).run()
    assert not app.exception and app.session_state["setting"]["other_shifts"] == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("flips:1.5", "must be in [0, 1]"),
        ("quake:1", "unknown shift 'quake'"),
        ("place.pacific:1", "needs places; adult has none"),
        ("demographic.male:1", "'demographic' is stated twice"),  # the first shift is one
        ("prior", "not of the form name:intensity"),
    ],
)
def test_shifts_that_cannot_be_are_refused_with_the_reason(text, told):
    (message,) = refused({"other_shifts": text})
    assert told in message
    assert fitted({"other_shifts": text})["other_shifts"] == ""


def test_all_shifts_are_on_offer_beside_the_first():
    values = fitted({"shift": "prior"})
    assert "demographic" in shifts_on_offer("other_shifts", values)
    assert "prior" not in shifts_on_offer("other_shifts", values)
    assert "opt_out.male" in shifts_on_offer("training_shifts", values)
