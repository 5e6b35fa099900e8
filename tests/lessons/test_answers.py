"""Answers: keys name what they depend on, and a shipped one is what this version computes."""

import json
from dataclasses import replace
from types import SimpleNamespace

import plotly.graph_objects as go
import pytest

from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.executor import Synchronous
from tradeoffs.lessons import answers
from tradeoffs.lessons import own_answers as own_module
from tradeoffs.lessons.answers import key, shipped_answer, training_answer, write
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.lesson import Step, StepState, StudySource, TrainingSource
from tradeoffs.lessons.own_answers import answer_faults, own_answers
from tradeoffs.lessons.precompute import compute_answer, compute_answers
from tradeoffs.scenario import Scenario

LESSON = LESSONS["small_town"]


def test_a_key_changes_with_the_setting_and_the_columns():
    step = LESSON.steps[1]
    same = key(step, LESSON.setting(1))
    assert same == key(LESSON.steps[0], LESSON.setting(0))  # the same models, the same answer
    assert same != key(step, LESSON.setting(1, {"epsilon": 1.0}))
    assert same != key(LESSON.steps[2], LESSON.setting(2))


def test_a_slider_that_the_step_does_not_have_moves_nothing():
    assert LESSON.setting(0, {"epsilon": 8.0}) == LESSON.setting(0)


def test_the_settings_of_a_step_are_its_own_and_those_one_slider_away():
    lesson = LESSONS["privacy_for_whom"]
    own, *moved = lesson.settings(1)
    assert own == lesson.setting(1)
    away = [{name for name in ("share", "pattern") if one[name] != own[name]} for one in moved]
    assert away == [{"share"}] * 3 + [{"pattern"}]


def test_what_is_shipped_is_what_this_version_computes():
    step, setting = LESSON.steps[0], LESSON.setting(0)
    source = step.source
    assert isinstance(source, TrainingSource)
    kept = shipped_answer(step, setting)
    assert kept is not None
    fresh = compute_answer(step, setting, Synchronous())
    assert list(fresh.columns) == list(kept.columns) and len(fresh) == len(kept)
    assert fresh["accuracy"].to_numpy() == pytest.approx(kept["accuracy"].to_numpy(), abs=0.002)


def test_an_answer_is_written_read_and_computed_only_once(tmp_path, monkeypatch):
    said = []
    lesson = replace(LESSON, steps=tuple(replace(one, sliders=()) for one in LESSON.steps))
    table = shipped_answer(LESSON.steps[0], LESSON.setting(0))
    assert table is not None
    monkeypatch.setattr(answers, "SHIPPED_LESSONS", tmp_path)
    try:
        write(LESSON.name, {key(LESSON.steps[0], LESSON.setting(0)): table})
        found = compute_answers(lesson, Synchronous(), said.append)
    finally:
        monkeypatch.undo()
        answers._shipped.cache_clear()
    assert len(said) == 1 and said[0].startswith("small_town 3")
    assert len(found) == 2
    (line,) = (tmp_path / "small_town.jsonl").read_text().splitlines()
    assert json.loads(line)["key"] in found


def test_a_table_without_results_has_the_columns():
    source = LESSON.steps[0].source
    assert isinstance(source, TrainingSource)
    assert list(training_answer(source, [], []).columns)[:4] == ["rows", "epsilon", "seed", "split"]


def test_a_study_that_imports_another_is_stale_when_that_one_changes(monkeypatch, tmp_path):
    sources = {"one": "from tradeoffs.studies.two import answer\n", "two": "answer = 1\n"}
    for name, text in sources.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")

    def found(name):
        return SimpleNamespace(origin=str(tmp_path / f"{name.rpartition('.')[2]}.py"))

    monkeypatch.setattr(answers.importlib.util, "find_spec", found)
    answers._text.cache_clear()
    try:
        before = answers._text("one")
        (tmp_path / "two.py").write_text("answer = 2\n", encoding="utf-8")
        answers._text.cache_clear()
        assert answers._text("one") != before
    finally:
        answers._text.cache_clear()


@pytest.mark.parametrize("changes", [{"protected": "race"}, {"notion": "equal_opportunity"}])
def test_a_key_tells_whose_gap_is_read_from_the_same_models(changes):
    here, other = StepState(scenario=Scenario()), StepState(scenario=Scenario().but(**changes))
    assert resolve(Scenario()).result_key == resolve(Scenario().but(**changes)).result_key
    trained = TrainingSource(settings=lambda s: [s.scenario], varies=("epsilon",), columns=("gap",))
    for source in (trained, StudySource(study="minority_cost")):
        drawn = {"figure": lambda t, s: go.Figure(), "shown": lambda t, s: t}
        step = Step(title="t", text="t", source=source, claims=(), **drawn)
        assert key(step, here) != key(step, other)


def _own(tmp_path, *lines: str):
    folder = tmp_path / "own" / "our_town"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lesson.toml").touch()
    (folder / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


ANSWER = '{"key":"k","columns":["who","value"],"rows":[["a",1],["b",null]]}'


@pytest.mark.parametrize(
    "line",
    [
        "no json",
        "[1]",
        "[" * 100_000,
        '{"key":"x"}',
        '{"key":7,"columns":[],"rows":[]}',
        '{"key":"x","columns":["a"],"rows":[[1,2]]}',
        '{"key":"x","columns":["a","a"],"rows":[[1,2]]}',
        '{"key":"x","columns":["a"],"rows":[[1],["text"]]}',
        '{"key":"x","columns":["a"],"rows":[[{}]]}',
    ],
    ids=lambda line: line[:40],
)
def test_a_line_that_is_no_answer_is_skipped_and_named(tmp_path, monkeypatch, line):
    folder = _own(tmp_path, line, ANSWER)
    assert own_answers(folder) == {"k": ANSWER}
    (fault,) = answer_faults(folder)
    assert str(fault).startswith("answers.jsonl, line 1: this is no answer; run tradeoffs lessons")
    monkeypatch.setenv("TRADEOFFS_LESSONS", str(folder.parent))
    assert shipped_answer(LESSON.steps[0], LESSON.setting(0)) is not None  # other lessons work


def test_answers_beside_a_lesson_are_read_anew_and_never_in_place_of_the_projects(
    tmp_path, monkeypatch
):
    step, setting = LESSON.steps[0], LESSON.setting(0)
    shipped = shipped_answer(step, setting)
    other = ANSWER.replace('"k"', f'"{key(step, setting)}"')
    folder = _own(tmp_path, other)
    monkeypatch.setenv("TRADEOFFS_LESSONS", str(folder.parent))
    assert shipped is not None and shipped.equals(shipped_answer(step, setting, folder))
    monkeypatch.setattr(answers, "_shipped", dict)
    first = shipped_answer(step, setting, folder)
    assert first is not None and first["value"].tolist()[0] == 1
    _own(tmp_path, other.replace('["a",1]', '["a",22]'))
    again = shipped_answer(step, setting)
    assert again is not None and again["value"].tolist()[0] == 22


def test_answers_that_are_too_large_are_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(own_module, "LARGEST", 100)
    folder = _own(tmp_path, ANSWER, ANSWER)
    assert own_answers(folder) == {}
    assert [*map(str, answer_faults(folder))] == [
        "answers.jsonl has 131 bytes; at most 100: shorten it"
    ]
