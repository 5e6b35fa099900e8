"""The page is small, holds all that it needs, and every text is there in every language."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from server.rooms.results import losses_html, results_html
from server.rooms.template import POLICY, page
from server.rooms.texts import TEXTS, number, write
from tests.server.rooms.hall import ASKED, BASE, opened
from tradeoffs.language.current import in_language
from tradeoffs.rooms.rounds import Round

SOURCES = [*(Path(__file__).parents[3] / "server" / "rooms").glob("*.py")]


@pytest.mark.parametrize("name", ASKED)
def test_a_page_has_at_most_15_kilobytes(name):
    one = opened(name)
    phone = one.phone(seated=True)
    one.act("next", "open")
    assert len(phone.get(one.path).text.encode()) <= 15_000


def test_a_phone_says_why_counts_are_hidden():
    asked = Round(name="guess-1", kind="guess", title="", question="", asks={"form": "choice"})
    bounds = {"less": (18, 18), "same": None, "more": None}
    told = results_html(asked, {"shown": True, "bounds": bounds})
    assert "Counts below 5 are hidden" in told and told.count("<td>hidden</td>") == 2
    shown = results_html(asked, {"shown": True, "bounds": {"less": (18, 18)}})
    assert "hidden" not in shown


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
    sources = "".join(one.read_text() for one in SOURCES if not one.name.startswith("texts"))
    assert [name for name in TEXTS if not re.search(rf"[\"']{name}[\"']", sources)] == []


@pytest.mark.parametrize("name", ASKED)
def test_a_room_speaks_its_language_to_the_end_and_its_errors_too(name):
    one = opened(name, language="fr")
    phone = one.phone()
    assert (
        '<html lang="fr">' in phone.get(one.path).text and "Participer" in phone.get(one.path).text
    )
    phone.form(f"{one.path}/join")
    one.act("next", "open")
    refused = phone.form(f"{one.path}/say", round=name, value="101,5", choice="?", approve="?")
    with in_language("fr"):
        plain = [name for name, text in TEXTS.items() if "{" not in text]
        english = [TEXTS[name] for name in plain if write(name) != TEXTS[name]]
    shown = unescape(refused.text)
    assert [text for text in english if f">{text}<" in shown] == []


def test_a_program_and_a_page_of_a_room_are_refused_in_its_language():
    one = opened("number", language="fr")
    phone = one.phone(seated=True)
    refused = phone.post(f"{one.path}/say", {"round": "number", "answer": 5})
    assert refused.json()["error"].startswith("«\u00a0About number\u00a0» n’accepte pas")
    assert phone.post(f"{one.path}/join", {"token": "?"}).json()["code"] == "room_seat_unknown"
    one.act("lock")
    told = one.phone().form(f"{one.path}/join")
    assert told.status == 409 and '<html lang="fr">' in told.text


def test_who_is_in_no_room_yet_reads_the_language_of_their_browser(monkeypatch):
    monkeypatch.setenv("TRADEOFFS_LANGUAGES", "en,fr")
    one = opened("number")
    wrong = one.phone().get(f"/{BASE}/r/22222", **{"accept-language": "fr-CA,fr;q=0.8"})
    assert "Il n’y a pas de salle 22222 ici" in wrong.text and '<html lang="fr">' in wrong.text
    entered = one.phone().get(f"/{BASE}/r/", **{"accept-language": "de, fr;q=0.5"})
    assert "Code de la salle" in entered.text


def test_a_sign_that_no_code_has_is_told_and_what_was_typed_stays():
    phone = opened("number").phone()
    typed = phone.get(f"/{BASE}/r/?code=k7-ob0")
    assert typed.status == 422 and "“O”, “B” and “0” in what you typed" in typed.text
    assert 'value="k7-ob0"' in typed.text
    assert "“B” in what you typed" in phone.get(f"/{BASE}/r/K7PQB").text


def test_an_address_below_the_rooms_that_is_none_shows_their_own_page():
    wrong = opened("number").phone().get(f"/{BASE}/r/K7PQR/who/knows")
    assert wrong.status == 404 and "There is no such page here" in wrong.text
    assert f'href="/{BASE}/r/"' in wrong.text and wrong.headers["content-security-policy"] == POLICY


def test_numbers_are_written_as_a_language_does():
    one = opened("number", language="fr")
    phones = [one.phone(seated=True) for _ in range(6)]
    one.act("next", "open")
    for place, phone in enumerate(phones):
        phone.form(f"{one.path}/say", round="number", value=str(place))
    one.act("close", "reveal")
    assert "va de 1" in phones[0].get(one.path).text
    with in_language("fr"):
        assert number(12345.5) == "12\u202f345,5"


def test_a_loss_has_one_digit_and_a_true_minus_and_an_interval_where_there_is_one():
    losses = {
        "majority": {"value": -0.0729, "low": -6.84, "high": 6.7},
        "compromise": {"value": -0.02, "low": None, "high": None},
    }
    told = losses_html(losses)
    assert "<td>−0.1 (95 % interval: −6.8 to 6.7)</td>" in told and "<td>0.0</td>" in told
