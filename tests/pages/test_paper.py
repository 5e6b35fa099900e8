"""Answers on paper: sheets of a workshop, and numbers of a class, as a host types them."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.room.paper import numbers
from tests.rooms.front import options
from tradeoffs.errors import InvalidInput
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.rooms.rounds import class_rounds, workshop_rounds

APP = str(Path(__file__).parents[2] / "app.py")
pytestmark = pytest.mark.usefixtures("rooms")


class Host:
    """A host's page at an open question, and what it types."""

    def __init__(self, rooms, rounds, name: str, **made) -> None:
        self.code, self.key = rooms.open(rounds, **made)
        for action in ("next", *("skip",) * [one.name for one in rounds].index(name), "open"):
            rooms.act(self.code, self.key, action)
        self.rooms, self.app = rooms, AppTest.from_file(APP, default_timeout=60)
        self.app.switch_page("pages/room.py")
        self.app.query_params["code"] = self.code
        self.app.session_state["room keys"] = {self.code: self.key}
        self.app.run()

    def press(self, label: str) -> None:
        next(one for one in self.app.button if one.label == label).click()
        self.app.run()
        assert not self.app.exception

    @property
    def counted(self) -> int:
        return self.rooms.host(self.code, self.key)["answered"]

    @property
    def told(self) -> str:
        return " ".join(str(one.value) for one in self.app.warning)

    def results(self) -> dict:
        for action in ("close", "reveal"):
            self.rooms.act(self.code, self.key, action)
        return self.rooms.results(self.code)


def workshop(rooms, name: str) -> Host:
    front = options()
    return Host(rooms, workshop_rounds(front), name, options=front)


def test_sheets_with_points_are_counted_one_by_one(rooms):
    host = workshop(rooms, "values")
    host.press("Add this sheet")
    assert "must sum to 100" in host.told and host.counted == 0
    first, second, *_ = host.app.number_input
    first.set_value(60)
    second.set_value(40)
    for count in range(1, 6):
        host.press("Add this sheet")
        assert host.counted == count and not host.told
    told = host.results()["values"]
    assert sorted(map(tuple, told.values()))[-1] == (60,) * 5


def test_sheets_with_approvals_and_all_can_be_forgotten(rooms):
    host = workshop(rooms, "vote")
    names = [one["name"] for one in rooms.room(host.code).round.asks["candidates"]]
    host.app.multiselect[0].set_value(names[:1])
    host.press("Add this sheet")
    assert host.counted == 1
    host.press("Forget all sheets")
    assert host.counted == 0


def test_sheets_with_red_lines_and_points_may_be_empty(rooms):
    host = workshop(rooms, "lines")
    host.press("Add this sheet")
    assert host.counted == 1 and not host.told
    host = workshop(rooms, "point")
    host.press("Add this sheet")
    assert host.counted == 1 and not host.told


def test_numbers_on_paper_are_typed_in_one_line(rooms):
    host = Host(rooms, class_rounds(LESSONS["a_coin_of_your_own"]), "guess-2")
    host.app.text_input[0].set_value("12 15; 20, 30,0 nine")
    host.press("Take these")
    assert "'nine' is not a number" in host.told.lower() and host.counted == 0
    host.app.text_input[0].set_value("12 15; 20, 30,0 45")
    host.press("Take these")
    assert host.counted == 5
    host.app.text_input[0].set_value("12 150")
    host.press("Take these")
    assert "150" in host.told and host.counted == 5
    assert sorted(host.results()["numbers"]) == [12, 15, 20, 30, 45]


@pytest.mark.parametrize(("text", "found"), [("", []), ("1 2\n3", [1, 2, 3]), ("1;2", [1, 2])])
def test_numbers_stand_between_spaces_lines_and_semicolons(text, found):
    assert numbers(text) == found


def test_what_is_no_number_is_named():
    with pytest.raises(InvalidInput, match="'x' is not a number"):
        numbers("1 x 2")
