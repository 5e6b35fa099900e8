"""The index shows every lesson as one link, or says what is wrong with its files."""

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.lesson import reveal
from pages.shared.lesson.memory import Guess
from pages.shared.lesson.step_answer import Answer
from pages.shared.lessons.axis_map import axis_map
from pages.shared.lessons.card import Card, card_html, cards
from pages.shared.lessons.index import SECTIONS, index_html
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import LESSONS, folder_of
from tradeoffs.lessons.lesson_paths import PATHS

APP = str(Path(__file__).parents[2] / "app.py")


class Parts(HTMLParser):
    """Counts links, and the deepest that one stands within another."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []
        self.nested = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag in ("a", "button"):
            self.nested |= bool(self.open)
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["data-lesson"] or "")

    def handle_endtag(self, tag):
        if tag in ("a", "button"):
            self.open.pop()


def index_part(html: str) -> str:
    return html[html.index('<div class="lesson-index">') :]


@pytest.fixture
def broken(tmp_path, monkeypatch) -> str:
    """A lesson of one's own whose minutes are no number."""
    folder = tmp_path / "three_cities"
    shutil.copytree(folder_of("small_town"), folder)
    file = folder / "lesson.toml"
    file.write_text(file.read_text().replace("minutes = 8", 'minutes = "<b>soon"'))
    monkeypatch.setenv("TRADEOFFS_LESSONS", str(tmp_path))
    return folder.name


def test_every_lesson_is_one_link_and_nothing_else_is_within_it():
    parts = Parts(index_part(index_html(cards())))
    assert sorted(parts.links) == sorted(LESSONS) and not parts.nested


def test_a_section_of_the_paper_has_one_heading():
    html = index_html(cards())
    assert {card.place for card in cards()} <= SECTIONS.keys()
    assert all(html.count(f"<small>{section}</small>") <= 1 for section in SECTIONS)


def test_a_lesson_that_cannot_be_read_says_file_and_line_and_is_no_link(broken):
    shown = {card.name: card for card in cards()}
    assert "lesson.toml, line 2: minutes: " in shown[broken].wrong
    html = index_html(cards())
    assert broken not in Parts(html).links and "<b>" not in html
    assert sorted(Parts(index_part(html)).links) == sorted(set(LESSONS) - {broken})


def test_the_page_of_a_lesson_that_cannot_be_read_shows_no_part_of_it(broken):
    app = AppTest.from_file(APP, default_timeout=60).switch_page("pages/lesson.py")
    app.query_params["lesson"] = broken
    app = app.run()
    assert not app.exception and not app.markdown
    assert [one.key for one in app.button] == ["language-fr"]  # of the menu
    assert f"The lesson {broken} cannot be read: lesson.toml, line 2" in app.warning[0].value


def test_a_step_whose_answer_lacks_a_column_says_so_and_shows_no_part_of_it(monkeypatch):
    lesson = LESSONS["small_town"]
    table = shipped_answer(lesson.steps[0], lesson.setting(0))
    assert table is not None
    lacking = Answer(step=lesson.steps[0], table=table.drop(columns="accuracy"))
    monkeypatch.setattr(reveal, "answer", lambda *asked: lacking)
    app = AppTest.from_file(APP, default_timeout=60).switch_page("pages/lesson.py")
    app.session_state["guesses"] = {lesson.name: {0: Guess(value=None, reason="")}}
    app.query_params["lesson"] = lesson.name
    app = app.run()
    assert not app.exception and "tradeoffs lessons check" in app.warning[0].value
    assert not any("costs" in one.value for one in app.markdown)


def test_the_index_opens():
    app = AppTest.from_file(APP, default_timeout=60).switch_page("pages/lessons.py").run()
    assert not app.exception and app.title[0].value == "Lessons"


def test_text_of_a_lesson_is_no_html():
    card = Card(name="x", title="<script>", question="a & b", picture="", axes=("data",))
    html = card_html(card)
    assert "&lt;script&gt;" in html and "a &amp; b" in html and "About data" in html


def test_the_map_counts_each_lesson_once():
    html = axis_map([("data",), ("values", "data"), ("data", "values"), ()])
    assert "1 about data; 2 about data and values" in html
    assert html.count("<circle") == 2 and html.count("<button") == 3


@pytest.mark.parametrize("path", PATHS.values(), ids=lambda path: path.name)
def test_a_path_leads_through_lessons_of_the_project_each_once(path):
    assert len(set(path.lessons)) == len(path.lessons) >= 3
    assert set(path.lessons) <= set(LESSONS)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('study = "minority_cost"', 'study = "nowhere"', "there is no study nowhere"),
        ('kind = "lines"', 'kind = "charts.star"', "drawn in the project's own lessons alone"),
    ],
)
def test_a_lesson_from_elsewhere_that_would_stop_its_page_is_a_sentence(
    tmp_path, monkeypatch, old, new, told
):
    folder = shutil.copytree(folder_of("privacy_for_whom"), tmp_path / "our_privacy")
    text = (folder / "lesson.toml").read_text()
    assert old in text
    (folder / "lesson.toml").write_text(text.replace(old, new, 1))
    (folder / "charts.py").write_text("raise SystemExit")
    monkeypatch.setenv("TRADEOFFS_LESSONS", str(tmp_path))
    app = AppTest.from_file(APP, default_timeout=60).switch_page("pages/lesson.py")
    app.query_params["lesson"] = "our_privacy"
    app = app.run()
    assert not app.exception and told in app.warning[0].value
    assert "The lesson our_privacy cannot be read: lesson.toml, line " in app.warning[0].value
