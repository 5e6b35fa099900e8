"""The page is small, holds all that it needs, and every text is there in every language."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from string import Formatter

import pytest

from server.rooms.template import POLICY, page
from server.rooms.texts import DEFAULT, TEXTS
from tests.server.rooms.hall import ASKED, opened

SOURCES = [*(Path(__file__).parents[3] / "server" / "rooms").glob("*.py")]


@pytest.mark.parametrize("name", ASKED)
def test_a_page_has_at_most_15_kilobytes(name):
    one = opened(name)
    phone = one.phone(seated=True)
    one.act("next", "open")
    assert len(phone.get(one.path).text.encode()) <= 15_000


def test_only_its_own_script_runs_and_nothing_is_loaded_from_elsewhere():
    one = opened("number")
    answer = one.phone().get(one.path)
    assert answer.headers["content-security-policy"] == POLICY and "unsafe" not in POLICY
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        assert f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'" in POLICY
    assert not re.search(
        r"https?://|style=|onclick|src=",
        answer.text.replace("www.w3.org", "").replace("http:///2000/svg", ""),
    )


def test_what_a_program_asks_of_a_page_is_its_part_alone():
    one = opened("number")
    part = one.phone().get(one.path, **{"x-part": "main"}).text
    assert part.startswith("<main") and part in one.phone().get(one.path).text


def test_a_browser_without_script_asks_again_unless_something_is_typed():
    one = opened("number")
    phone = one.phone(seated=True)
    again = 'http-equiv="refresh"'
    assert again in phone.get(one.path).text
    one.act("next", "open")
    assert again not in phone.get(one.path).text
    assert again not in page("<main></main>", "Title")


def test_a_title_is_text():
    assert "<title>&lt;b&gt;</title>" in page("", "<b>")


def test_every_text_is_used():
    sources = "".join(one.read_text() for one in SOURCES if one.name != "texts.py")
    assert [name for name in TEXTS[DEFAULT] if not re.search(rf"[\"']{name}[\"']", sources)] == []


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_has_every_text_with_its_placeholders(language):
    def fields(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    first = {name: fields(text) for name, text in TEXTS[DEFAULT].items()}
    assert {name: fields(text) for name, text in TEXTS[language].items()} == first
