"""A picture answers a move if it says that it is of the wanted setting."""

from typing import Any

from loadtest.answer import HERE, SCREEN, Answer

WANTED = {"epsilon": None, "max_gap": 0.05, "seed": 0}
NEW = {"epsilon": None, "max_gap": 0.05}  # and the default seed


def screen(setting: dict[str, Any], *, own: bool = False, state: str = "running") -> dict[str, Any]:
    order = ["front", HERE] if own else ["front"]
    return {"setting": setting, "order": order, "status": {"state": state}}


def heard(*screens: dict[str, Any]) -> Answer:
    answer = Answer(WANTED)
    for parts in screens:
        answer.hear(SCREEN, parts)
    return answer


def test_a_picture_of_the_setting_before_is_no_answer():
    for before in ({"max_gap": 0.05}, {"epsilon": None, "max_gap": 0.1}, NEW | {"seed": 3}):
        answer = heard(screen(before, own=True, state="done"))
        assert (answer.first, answer.own, answer.all) == (None, None, None)
        assert not answer.shown.is_set()


def test_a_screen_on_which_nothing_is_drawn_yet_is_no_answer():
    answer = heard({"setting": NEW, "status": {"state": "running"}, "missing": "Not yet."})
    answer.hear("end", screen(NEW))  # nor is what stands under another key
    assert answer.first is None


def test_a_picture_without_the_own_point_is_a_first_answer():
    answer = heard(screen(NEW))
    assert answer.first is not None and answer.own is None and answer.all is None
    assert answer.shown.is_set() and not answer.complete.is_set()


def test_the_own_point_and_all_models_are_told_apart_and_keep_their_first_times():
    answer = heard(screen(NEW), screen(NEW, own=True))
    assert answer.first is not None and answer.own is not None and answer.all is None
    first, own = answer.first, answer.own
    for state in ("running", "done"):
        answer.hear(SCREEN, screen(NEW, own=True, state=state))
    assert (answer.first, answer.own) == (first, own)
    assert answer.all is not None and first <= own <= answer.all
    assert answer.complete.is_set()
