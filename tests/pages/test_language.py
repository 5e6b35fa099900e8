"""The language of a visitor: that of the link, of the switch, or of the browser."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared.kit import language
from tradeoffs.language.current import ENGLISH, in_language, speak

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def offered(monkeypatch):
    monkeypatch.setenv("TRADEOFFS_LANGUAGES", "en,fr")
    yield
    speak(ENGLISH)


def opened(**link: str) -> AppTest:
    test = AppTest.from_file(APP, default_timeout=60)
    test.switch_page("pages/methods.py")
    for name, value in link.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def menu(test: AppTest) -> list[str]:
    return [one.proto.label for one in test.get("page_link")]


def switches(test: AppTest) -> list[str]:
    return [one.label for one in test.button if str(one.key).startswith("language-")]


def words(test: AppTest) -> list[str]:
    return [one.proto.body for one in test.get("html") if '"language"' in one.proto.body]


def test_a_link_names_the_language_and_the_switch_the_other_one(offered):
    test = opened(lang="fr")
    assert "Glossaire" in menu(test) and '"Undo": "Annuler"' in words(test)[0]
    assert switches(test) == ["English"]
    test.button(key="language-en").click().run()
    assert "Glossary" in menu(test) and not words(test) and test.query_params["lang"] == "en"
    assert switches(test) == ["Français"]


def test_the_language_stays_in_links_between_pages(offered):
    assert all("lang=fr" in one.proto.query_string for one in opened(lang="fr").get("page_link"))
    assert not any(one.proto.query_string for one in opened().get("page_link"))


def test_the_browser_is_asked_where_the_link_says_nothing(offered, monkeypatch):
    monkeypatch.setattr(language, "_accepted", lambda: "fr-CA,fr;q=0.9,en;q=0.5")
    assert "Glossaire" in menu(opened())
    assert "Glossary" in menu(opened(lang="en"))


def test_an_unknown_language_is_told_and_english_shown(offered):
    test = opened(lang="tlh")
    assert "Glossary" in menu(test)
    assert [one.value for one in test.warning] == [
        "In the link, lang='tlh' is no language of this explorer; use one of: en, fr. This page is "
        "in English."
    ]


def test_nothing_is_offered_and_nothing_changes_where_one_language_is_spoken(monkeypatch):
    monkeypatch.setenv("TRADEOFFS_LANGUAGES", "en")
    monkeypatch.setattr(language, "_accepted", lambda: "fr")
    test = opened()
    assert "Glossary" in menu(test) and not switches(test) and not words(test)


def explorer(**link: str) -> AppTest:
    test = AppTest.from_file(APP, default_timeout=60)
    for name, value in link.items():
        test.query_params[name] = value
    return test.run()


def test_another_language_keeps_the_setting_and_tells_its_notices_anew(offered):
    test = explorer(level="explore", epsilon="0.3", rows="5", lang="fr")
    assert "Dans le lien, rows='5'" in test.warning[0].value
    with in_language("fr"):  # of the labels that the browser sends
        test.button(key="language-en").click().run()
    assert not test.exception and test.session_state["setting"]["epsilon"] == "0.3"
    assert "In the link, rows='5' is not offered" in test.warning[0].value


def test_a_link_that_is_kept_names_the_language_that_is_spoken_now():
    with in_language("fr"):
        assert language.kept({"lesson": "x", "lang": "en"}) == {"lesson": "x", "lang": "fr"}
    assert language.kept({"lesson": "x", "lang": "fr"}) == {"lesson": "x"}
