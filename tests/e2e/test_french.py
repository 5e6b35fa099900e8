"""French in a browser: no page has a sentence in English, or violates a rule of accessibility."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, Server
from tests.e2e.test_accessibility import STREAMLIT, drawn, unfold, violations

# Of English alone, and one of them in every sentence or two of it.
WORDS = "the of and with is are for from by this that which their have has not to who its was than"
WORDS += " each when where they you your be been models trained people rows per"
ENGLISH = re.compile(rf"\b({'|'.join(WORDS.split())})\b", re.IGNORECASE)
# What is quoted, addresses, a licence, and published works, which keep their names.
KEPT = re.compile(r"«[^»]*»|https?://\S+|CC BY|^Source .*\b(19|20)\d\d\b.*")
# All that is seen or read aloud, except for what says itself that it is English.
READ = """() => {
    const found = (all, name) => [...all.querySelectorAll(`[${name}]`)]
        .map((one) => one.getAttribute(name));
    const names = ["aria-label", "title", "placeholder", "alt", "aria-description"];
    const texts = [...document.querySelectorAll("svg text")].map((one) => one.textContent);
    const own = [...document.querySelectorAll('body [lang="en"]')]
        .map((one) => one.innerText + "\\n" + found(one, "aria-label").join("\\n"));
    const foreign = new Set(own.join("\\n").split("\\n"));
    return [document.body.innerText, ...texts, ...names.flatMap((name) => found(document, name))]
        .join("\\n").split("\\n").filter((line) => !foreign.has(line));
}"""
TRAINED = "tous entraînés"
PAGES = {  # name -> address, and a text that is there at the end
    "story": ("", TRAINED),
    "lessons": ("lessons", "Leçons"),
    "lesson": ("lesson?lesson=small_town", "1 sur 3"),
    "data": ("data", "Fiche de données (en anglais)"),
    "shifts": ("shifts", "taux d’erreur"),
    "remedies": ("remedies", "entraînement commun"),
    "ways": ("remedies?level=explore&part=who_gains", "comparaisons"),
    "glossary": ("glossary", "Colonnes cachées"),
    "methods": ("methods", "Méthodes"),
}


def english(page: Page) -> list[str]:
    """Return the lines of a page that have English words."""
    lines = {line.strip() for line in page.evaluate(READ)}
    return sorted(line for line in lines if ENGLISH.search(KEPT.sub("", line)))


def go(open_page: OpenPage, server: Server, address: str, end: str) -> Page:
    """Open a page in French, wait for its end, and open all that is folded."""
    page = open_page(f"{server.url}/{address}{'&' if '?' in address else '?'}lang=fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_text(end).locator("visible=true").first).to_be_attached()
    unfold(page)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_french_has_no_english_sentence_and_violates_no_rule(open_page, uploads, name):
    page = go(open_page, uploads, *PAGES[name])
    assert english(page) == []
    assert set(violations(page)) == set(STREAMLIT.get(name, {}))


def test_the_parts_of_the_explorer_have_no_english_sentence(open_page, uploads):
    page = go(open_page, uploads, "?level=lab", TRAINED)
    found = {}
    for part in page.locator(".st-key-details").get_by_role("radio").all():
        part.click()
        drawn(page)
        found[part.inner_text()] = english(page)
    assert {name: lines for name, lines in found.items() if lines} == {}
    assert violations(page) == {}
