"""A drawing answers a move if it comes after an address that states the wanted setting."""

import json

from streamlit.proto.Element_pb2 import Element

from loadtest.answer import ADDRESS, CHART, HERE, Answer

WANTED = {"epsilon": None, "max_gap": 0.05, "seed": 0}


def address(**fields: str | None) -> Element:
    one = Element()
    one.bidi_component.component_name = ADDRESS
    one.bidi_component.json = json.dumps(fields)
    return one


def chart(*, own: bool = False) -> Element:
    star = [{"name": HERE}] if own else []
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
        answer = heard(progress(100), chart(own=True), before, progress(100), chart(own=True))
        assert (answer.first, answer.own, answer.all) == (None, None, None)
        assert not answer.shown.is_set()


def test_a_chart_without_the_own_point_is_a_first_answer():
    answer = heard(NEW, progress(10), chart())
    assert answer.first is not None and answer.own is None and answer.all is None
    assert answer.shown.is_set() and not answer.complete.is_set()


def test_the_own_point_and_all_models_are_told_apart_and_keep_their_first_times():
    answer = heard(NEW, progress(10), chart(), progress(20), chart(own=True))
    assert answer.first is not None and answer.own is not None and answer.all is None
    first, own = answer.first, answer.own
    for element in (progress(30), chart(own=True), progress(100), chart(own=True)):
        answer.hear(element)
    assert (answer.first, answer.own) == (first, own)
    assert answer.all is not None and first <= own <= answer.all
    assert answer.complete.is_set()


def test_all_trained_of_the_setting_before_does_not_count():
    answer = heard(progress(100), NEW, chart(own=True))
    assert answer.own is not None and answer.all is None
