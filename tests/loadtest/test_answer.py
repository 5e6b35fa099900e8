"""A drawing answers a move if it comes after an address that states the wanted setting."""

import json

import pytest
from streamlit.proto.Element_pb2 import Element

from loadtest.answer import ADDRESS, CHART, HERE, Answer
from tradeoffs.scenario import Scenario

WANTED = {"epsilon": None, "max_gap": 0.05, "seed": 0}
THERE = Scenario().but(epsilon=None, max_gap=0.05)


def address(**fields: str | None) -> Element:
    one = Element()
    one.bidi_component.component_name = ADDRESS
    one.bidi_component.json = json.dumps(fields)
    return one


def chart(here: Scenario | None = None) -> Element:
    star = [{"name": HERE, "customdata": [here.to_json()]}] if here else []
    one = Element()
    one.bidi_component.component_name = CHART
    one.bidi_component.bytes = json.dumps({"data": [{"name": "front"}, *star]}).encode()
    return one


def progress(value: int) -> Element:
    one = Element()
    one.progress.value = value
    return one


def heard(*elements: Element) -> Answer:
    answer = Answer(WANTED)
    for element in elements:
        answer.hear(element)
    return answer


NEW = address(epsilon="none", max_gap="0.05", seed=None)


def test_a_drawing_of_the_setting_before_is_no_answer():
    for before in (address(epsilon=None, max_gap="0.05"), address(epsilon="none", max_gap="0.1")):
        answer = heard(progress(100), chart(Scenario()), before, progress(100), chart(THERE))
        assert (answer.first, answer.own, answer.all) == (None, None, None)
        assert not answer.shown.is_set()


@pytest.mark.parametrize("star", [None, Scenario()])
def test_a_chart_without_the_own_point_is_a_first_answer(star):
    answer = heard(NEW, progress(10), chart(star))
    assert answer.first is not None and answer.own is None and answer.all is None
    assert answer.shown.is_set() and not answer.complete.is_set()


def test_the_own_point_and_all_models_are_told_apart_and_keep_their_first_times():
    answer = heard(NEW, progress(10), chart(), progress(20), chart(THERE))
    assert answer.first is not None and answer.own is not None and answer.all is None
    first, own = answer.first, answer.own
    for element in (progress(30), chart(THERE), progress(100), chart(THERE)):
        answer.hear(element)
    assert (answer.first, answer.own) == (first, own)
    assert answer.all is not None and first <= own <= answer.all
    assert answer.complete.is_set()


def test_all_trained_of_the_setting_before_does_not_count():
    answer = heard(progress(100), NEW, chart(THERE))
    assert answer.own is not None and answer.all is None
