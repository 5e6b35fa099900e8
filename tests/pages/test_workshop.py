"""A workshop's host, without a browser: from a front to the three rules, twelve phones beside."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.room.room_source import timer
from pages.shared.room.workshop_aids import scene_of
from tests.rooms.front import options
from tradeoffs.rooms.observers_export import observers_rows
from tradeoffs.rooms.rounds import workshop_rounds

APP = str(Path(__file__).parents[2] / "app.py")
pytestmark = pytest.mark.usefixtures("rooms", "own_manager")
SEATS = 12


class Workshop:
    """A room on a front made by hand, its host's page, and its phones."""

    def __init__(self, rooms, tables: tuple[str, ...] = ()) -> None:
        front = options()
        rounds = workshop_rounds(front)
        self.rooms = rooms
        self.code, self.key = rooms.open(rounds, options=front, tables=tables)
        self.app = AppTest.from_file(APP, default_timeout=60)
        self.app.switch_page("pages/room.py")
        self.app.query_params["code"] = self.code
        self.app.session_state["room keys"] = {self.code: self.key}
        self.run()
        self.phones = [
            rooms.join(self.code, tables[n % len(tables)] if tables else "") for n in range(SEATS)
        ]

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def press(self, label: str) -> None:
        next(one for one in self.app.button if one.label == label).click().run()
        assert not self.app.exception

    def answer(self, answers: list) -> None:
        asked = self.rooms.room(self.code).round
        for phone, one in zip(self.phones, answers, strict=False):
            self.rooms.say(self.code, phone, asked.name, one)

    def play(self, answers: list) -> None:
        """Let the phones answer a round, from its question to its answers."""
        self.press("Let them answer")
        self.answer(answers)
        self.press("Close")
        self.press("Show the answers")

    @property
    def text(self) -> str:
        app = self.app
        parts = (*app.markdown, *app.caption, *app.header, *app.info, *app.subheader, *app.text)
        return "\n".join(str(part.value) for part in parts)

    @property
    def told(self) -> str:
        """What is said first of a reveal."""
        return self.app.info[0].value


def points(accuracy: int, fairness: int) -> dict:
    rest = (100 - accuracy - fairness) // 2
    given = {"accuracy": accuracy, "fairness": fairness, "privacy": rest}
    given["explainability"] = 100 - sum(given.values())
    return {"points": given, "else": ""}


def test_a_workshop_from_the_front_to_the_three_rules_side_by_side(rooms):
    it = Workshop(rooms, ("clinic", "patients"))
    it.run()
    assert "What is decided" in it.text and "What to say: Arrive" in labels(it.app)
    it.press("First question")
    assert it.app.table[0].value.loc["Accuracy"].tolist() == ["79.0 %", "86.0 %"]
    it.play([points(70, 10)] * 7 + [points(10, 70)] * 5)
    assert it.told.startswith("“Accuracy” has the highest median: 70 of 100")

    it.press("Next question")
    assert not it.app.table and not it.app.info
    it.play([{"setting": 0}] * 6 + [{"setting": None}] * 6)
    assert it.told.startswith("6 of 12 seats stand at 1 setting; 6 chose none")

    it.press("Next question")
    it.play([{"accuracy": 85.0}] * 5 + [{"fairness": 5.0}] * 7)
    assert it.told.startswith("No setting is inside all red lines")

    it.press("Next question")
    assert "The candidate that most people approve of" in it.text
    it.play([{"choice": "majority"}] * 7 + [{"choice": "compromise"}] * 5)
    assert it.told.startswith("“Majority” has most votes: 7 of 12")

    it.press("Next question")
    names = [one["name"] for one in rooms.room(it.code).round.asks["candidates"]]
    assert names[0] == "baseline" and names[-1] == "do_not_build"
    it.play([{"approve": ["baseline"]}] * 7 + [{"approve": ["do_not_build"]}] * 5)
    assert "kept until after the second one" in it.told and "What to say: Talk" in labels(it.app)
    assert "Three rules side by side" not in it.text

    it.press("Talk, then again")
    assert (timer(rooms.room(it.code)) or {})["minutes"] == 10
    assert "What to say: Talk" in labels(it.app)
    it.press("Let them answer again")
    it.answer([{"approve": ["do_not_build"]}] * 7 + [{"approve": ["baseline"]}] * 5)
    it.press("Close")
    it.press("Show the answers")
    assert "7 of 12" in it.told and "Three rules side by side" in it.text
    assert it.app.info[1].value.startswith("Majority picks “")
    assert "**The room's rule.** “Majority” has most votes: 7 of 12." in it.text
    assert "What to say: Three rules side by side" in labels(it.app)

    it.press("Next question")
    it.press("Let them answer")
    it.answer([{"text": "<b>Not</b> for us."}])
    it.run()
    assert "Texts to approve" in labels(it.app) and "Not" not in str(it.app.header)
    assert it.told.startswith("1 text waits for the host's approval")
    assert "The projector shows this part" in it.text
    it.press("Approve")
    assert "Texts to approve" not in labels(it.app) and not it.app.info
    statement = rooms.phone(it.code, it.phones[1])["statements"][0]["id"]
    for phone in it.phones[1:]:
        rooms.say(it.code, phone, "words", {"join": statement})
    it.press("Close")
    it.press("Show the answers")
    assert "“<b>Not</b> for us.” Joined by 8 to 12 of 12." in [one.value for one in it.app.text]


def labels(app: AppTest) -> set[str]:
    return {one.label.split(",")[0] for one in app.expander}


def test_the_host_may_show_the_counts_of_a_first_vote(rooms):
    it = Workshop(rooms)
    it.press("First question")
    for _ in range(4):
        it.press("Skip this question")
    it.play([{"approve": ["baseline"]}] * SEATS)
    it.press("Show the counts of the first vote")
    assert "8 to 12 of 12" in it.told


def test_few_answers_are_not_shown(rooms):
    it = Workshop(rooms)
    it.press("First question")
    it.play([points(25, 25)] * 4)
    assert it.told == "4 seats have answered, too few to be shown."


def test_an_export_for_research_has_counts_alone(rooms):
    it = Workshop(rooms, ("clinic", "patients"))
    it.press("First question")
    it.play([points(70, 10) | {"else": "my name"}] * SEATS)
    it.press("Next question")
    for _ in range(2):
        it.press("Skip this question")
    it.play([{"choice": "majority"}] * 7 + [{"choice": "compromise"}] * 5)
    rows = observers_rows(rooms, it.code)
    assert [one["name"] for one in rows] == ["", "", *("majority", "worst_off_first", "compromise")]
    assert {one["answered"] for one in rows} == {SEATS}
    assert "clinic" not in str(rows) and "my name" not in str(rows)
    shown = {one["name"]: one["from"] for one in rows[2:]}
    assert shown["worst_off_first"] is None
    assert all(one["to"] is None or one["to"] >= 5 or one["from"] == 0 for one in rows)


def test_every_round_of_a_workshop_has_a_scene(rooms):
    it = Workshop(rooms)
    scenes = [scene_of(it.rooms.room(it.code)).name]
    for action in ("next", *("skip",) * 5):
        rooms.act(it.code, it.key, action)
        scenes.append(scene_of(rooms.room(it.code)).name)
    assert scenes == ["arrive", "values", "point", "lines", "rule", "vote", "words"]


def test_a_room_is_opened_on_the_front_of_the_explorer(rooms):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.session_state["details"] = "Choose"
    app.run()
    app.text_area(key="room tables").input("clinic\n\n patients ").run()
    app.button(key="open-front").click().run()
    assert not app.exception
    (code,) = app.session_state["room keys"]
    assert app.query_params["code"] == code
    assert rooms.room(code).tables == ("clinic", "patients")
    chosen = rooms.options(code)
    assert len(chosen.settings) > 20 and len(chosen.people["stakeholders"]) == 5


def test_a_name_that_two_tables_share_is_refused_in_words(rooms):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.session_state["details"] = "Choose"
    app.run()
    app.text_area(key="room tables").input("a\na").run()
    app.button(key="open-front").click().run()
    assert not app.exception and not app.session_state["room keys"]
    assert any("table" in one.value for one in app.warning)


def test_where_rooms_are_off_none_is_offered(monkeypatch):
    monkeypatch.setenv("TRADEOFFS_ROOMS", "off")
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["level"] = "explore"
    app.session_state["details"] = "Choose"
    app.run()
    assert "Open a room on this front" not in {one.label for one in app.button}
