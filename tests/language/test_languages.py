"""Languages: a translation says the same as its original, in the notation of its readers."""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.fields import FIELDS
from tradeoffs.language.current import ENGLISH, ask_default, in_language, language, speak
from tradeoffs.language.extract import Glued, extract, texts_of
from tradeoffs.language.negotiation import of_browser, of_locale
from tradeoffs.language.notation import (
    Amount,
    Number,
    labelled,
    list_text,
    plural,
    quote,
    semicolon_text,
)
from tradeoffs.language.translates import original
from tradeoffs.language.translation import HERE, languages, say, texts, translate
from tradeoffs.language.update import merge, progress, read, write
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.folder import read_folder, words_file
from tradeoffs.lessons.lesson_check import check_lesson
from tradeoffs.messages.wording import MARKS
from tradeoffs.report.text import interval_points, percent, points, with_interval

ROOT = Path(__file__).parents[2]
LESSON_FOLDERS = ROOT / "tradeoffs" / "lessons"
COMPLETE = {  # files without an open text: whoever adds a sentence there translates it
    "fr": {
        "api",
        "audit",
        "cli",
        "codebooks",
        "commands",
        "data",
        "data.communities",
        "data.datasets",
        "data.shifts",
        "data.upload",
        "engine.clipping",
        "experiments",
        "field",
        "fields",
        "fronts",
        "lessons",
        "messages",
        "pages",
        "pages.data",
        "pages.details",
        "pages.explorer",
        "pages.glossary",
        "pages.kit",
        "pages.kit.frontend",
        "pages.lesson",
        "pages.lessons",
        "pages.remedies",
        "pages.room",
        "pages.settings",
        "pages.shifts",
        "remedies",
        "remedies.adaptation",
        "remedies.collaboration",
        "remedies.decisions",
        "remedies.sharing",
        "report",
        "report.charts",
        "report.documents",
        "report.glossary",
        "report.remedies",
        "report.sentences",
        "resources",
        "resources.actors",
        "rooms",
        "rooms.charts",
        "server",
        "server.rooms",
        "settings",
        "values.explanations",
        "values.fairness",
        "values.preferences.patterns",
        "values.privacy",
        "values.regulations",
    },
}
OTHERS = [code for code in languages() if code != ENGLISH]


def entries(code: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield file, context, English text and translation of all that is translated."""
    for path in sorted((HERE / code).glob("*.po")):
        for one in read(path, code):
            if one.id and one.string:
                yield path.stem, one.context or "", str(one.id), str(one.string)


def places(text: str) -> set[tuple[str, str]]:
    """Return what stands in a template; of an option of the command line, which one."""
    return {
        (name, spec or "" if name in MARKS else "")
        for _, name, spec, _ in Formatter().parse(text)
        if name is not None
    }


def numbers(text: str) -> list[str]:
    outside = re.sub(r"\{[^{}]*\}|\][(][^)]*[)]", "", text)
    outside = re.sub(r"(?<!\S)\.(?=\d)", "0.", outside)  # .05 is 0,05 elsewhere
    found = re.findall(r"\d+(?:[.,\u202f\u00a0 ]\d+)*", outside)
    return sorted(re.sub(r"\D", "", one) for one in found)


def faults(english: str, other: str) -> list[str]:
    """Return in what a translation says something else than its original."""
    found = []
    if places(english) != places(other):
        found.append(f"places {places(english) ^ places(other)}: {english}")
    if numbers(english) != numbers(other):
        found.append(f"numbers {numbers(english)} and {numbers(other)}: {english}")
    if english.count("\n") != other.count("\n"):
        found.append(f"lines: {english}")
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_names_the_same_places_and_numbers(code):
    found = [
        f"{name}: {one}" for name, _, text, told in entries(code) for one in faults(text, told)
    ]
    assert found == []


def test_another_place_number_or_line_would_be_seen():
    assert faults("{rows} of 300", "{rows} sur 300") == []
    assert faults("{n:row|rows}, 1,000.5", "1 000,5 pour {n:ligne|lignes}") == []
    assert len(faults("{rows} of 300", "{row} sur 30")) == 2
    assert len(faults("{flag:missing}", "{flag:id}")) == 1


@pytest.mark.parametrize("code", OTHERS)
def test_a_text_has_one_translation_wherever_it_stands(code):
    found: dict[tuple[str, str], set[str]] = {}
    for _, context, text, told in entries(code):
        found.setdefault((text, context), set()).add(told)
    assert [key for key, told in found.items() if len(told) > 1] == []


@pytest.mark.parametrize("code", OTHERS)
def test_files_that_are_complete_have_no_open_text(code):
    """What is open is named: run `python -m tradeoffs.language.update CODE`, and translate it."""
    found = {one.domain: one.open for one in progress(code)}
    assert COMPLETE[code] <= set(found)
    assert {name: found[name] for name in COMPLETE[code] if found[name]} == {}


@pytest.mark.parametrize("code", OTHERS)
def test_files_are_as_they_are_written(code):
    """So a translation alone changes a line, whatever program wrote it."""
    for path in sorted((HERE / code).glob("*.po")):
        assert path.read_bytes() == write(read(path, code), path.stem), path.name


def test_a_changed_sentence_keeps_its_translation_as_a_proposal(tmp_path):
    path = tmp_path / "x.po"
    path.write_text('msgid "The front has {n} settings."\nmsgstr "Le front a {n} réglages."\n')
    (text,) = [one for one in extract()["field"] if "Lab" not in one.text]
    changed = type(text)("The front has {n} settings here.", "", "x.py")
    (found,) = [one for one in merge(read(path, "fr"), [changed], {}) if one.id]
    assert found.fuzzy and found.string == "Le front a {n} réglages."
    assert b"#, fuzzy" in write(merge(read(path, "fr"), [changed], {}), "x")


@pytest.fixture
def module(tmp_path, monkeypatch):
    monkeypatch.setattr("tradeoffs.language.extract.ROOT", tmp_path)
    monkeypatch.syspath_prepend(tmp_path)

    def made(code: str) -> list[str]:
        path = tmp_path / "code_to_translate.py"
        path.write_text(f"from tradeoffs.language.translation import say\n{code}\n")
        sys.modules.pop("code_to_translate", None)
        return [one.text for one in texts_of(path)]

    return made


def test_texts_are_found_in_calls_and_in_the_constants_they_name(module):
    code = """
WORDS = {"a": "the first", "b": ("the " "second", 3)}
def told(name, here): return say("one" if name else "two", n=1), say(WORDS[name]), say(here)
"""
    assert module(code) == ["one", "two", "the first", "the second"]


def test_a_sentence_glued_where_it_is_translated_is_refused(module):
    with pytest.raises(Glued, match="code_to_translate.py:2"):
        module("def told(name): return say(f'the first of {name}')")


def test_a_run_without_a_language_asks_once_and_threads_do_not_meet():
    asked, told = [], {}

    def ask():
        asked.append(threading.current_thread().name)
        return threading.current_thread().name

    def run():
        told[threading.current_thread().name] = (language(), language())

    ask_default(ask)
    try:
        runs = [threading.Thread(target=run, name=code) for code in ("fr", "de")]
        for one in runs:
            one.start()
        for one in runs:
            one.join()
    finally:
        ask_default(lambda: ENGLISH)
    assert told == {"fr": ("fr", "fr"), "de": ("de", "de")} and sorted(asked) == ["de", "fr"]


def test_a_language_ends_where_it_was_spoken():
    with in_language("fr"):
        assert language() == "fr"
        with in_language(ENGLISH):
            speak("de")
        assert language() == "fr"


IMPORT_EVERYTHING = """
from importlib import import_module
from tradeoffs.language import current, notation, translates, translation
from tradeoffs.language.extract import ROOT, modules

def trap(*found):
    raise AssertionError(f"told before anybody reads it: {found}")

every = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in modules()]
current.speak("fr")
translation.texts = trap
notation.locale = trap
for name in every:
    script = name.startswith(("app", "pages.")) and "shared" not in name
    if not script and name != "tradeoffs.__main__":
        import_module(name.removesuffix(".__init__"))
"""


def test_no_module_tells_anything_while_it_is_imported():
    """It may be imported in the run of a visitor, whose language would stay in it for all."""
    command = [sys.executable, "-c", IMPORT_EVERYTHING]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]


def test_an_entry_is_the_same_whoever_reads_it(monkeypatch):
    field, title = FIELDS["rows"], FIELDS["rows"].title
    monkeypatch.setattr("tradeoffs.language.translation.texts", lambda code: {title: "Personnes"})
    with in_language("fr"):
        assert field.title == "Personnes" and original(field, "title") == "People in training"
        assert FIELDS["rows"] == field and field.phrase == "{} people"
    assert field.title == "People in training"


def test_numbers_have_the_same_digits_in_the_notation_of_the_language():
    with in_language("fr"):
        assert percent(0.8461) == "84,6\u00a0%"
        assert points(-0.0123) == "−1,2 point" and points(0.0461) == "+4,6 points"
        assert points(0.0198) == "+2,0 points"  # as it is written, not as it is
        assert with_interval(0.1, 0.05, 0.2, percent) == "10,0\u00a0% (5,0 à 20,0)"
        assert interval_points(-0.021, -0.0002) == "de −2,1 à −0,02 point"
        assert f"{Number(32561.57):,.1f}" == "32\u202f561,6"
        assert list_text(["a", "b", "c"]) == "a, b et c" and quote("a") == "«\u00a0a\u00a0»"
        assert semicolon_text(["a", "b"]) == "a\u202f; b" and labelled("a", 0.5) == "a\u00a0: 0,5"
        assert say("{n:ligne|lignes}", n=1500) == "1\u202f500 lignes"
        assert translate("never translated") == "never translated"


@pytest.mark.parametrize(("number", "form"), [(0, "a"), (1, "a"), (1.9, "a"), (2, "b"), (-3, "b")])
def test_french_counts_from_two(number, form):
    with in_language("fr"):
        assert plural(number, ("a", "b")) == form
        assert f"{Amount('x', number):a|b}" == f"x {form}"


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.1", "en"),
        ("de,fr;q=0.5", "fr"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("fr;q=0", "en"),
        ("x" * 5000, "en"),
        ("fr;q=nan,;;,en", "en"),
    ],
)
def test_the_browser_says_which_language_is_read(accepted, expected):
    assert of_browser(accepted, ("en", "fr")) == expected


def test_the_terminal_says_which_language_is_read(monkeypatch):
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for locale, expected in (("fr_CA.UTF-8", "fr"), ("C", "en"), ("C.UTF-8", "en"), ("de", "en")):
        monkeypatch.setenv("LC_ALL", locale)
        assert of_locale(("en", "fr")) == expected


def test_an_error_is_told_in_the_language_of_whoever_reads_it():
    error = InvalidInput("all_idle", idle=3, sessions=3)
    told = str(error)
    with in_language("fr"):
        assert str(error) != told and "idle=3" in str(error)
    assert str(error) == told


@pytest.mark.parametrize("code", OTHERS)
def test_a_lesson_in_another_language_says_all_that_the_english_one_does(code):
    paths = [path.parent for path in sorted(LESSON_FOLDERS.glob(f"*/{words_file(code)}"))]
    assert paths
    for path in paths:
        assert [*check_lesson(read_folder(path, code))] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("- keep:", "- kept:", "absent: decisions, keep; not in en.md: decisions, kept"),
        ("{epsilon} coûte {size}", "ε coûte {size}", "promise, cost_small, less"),
        ("## limits", "## limites", "absent: limits; not in en.md: limites"),
    ],
)
def test_a_half_translated_lesson_is_refused_with_its_ids(tmp_path, old, new, told):
    town = tmp_path / "small_town"
    shutil.copytree(LESSON_FOLDERS / "small_town", town)
    words = (town / "fr.md").read_text(encoding="utf-8")
    (town / "fr.md").write_text(words.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InvalidInput, match=told):
        read_folder(town, "fr")


def test_a_lesson_is_read_in_the_language_of_the_run():
    english = LESSONS["small_town"]
    with in_language("fr"):
        french = LESSONS["small_town"]
    assert (english.title, french.title) == ("Small town, big city", "Petite ville, grande ville")
    assert english.base == french.base and "\u202f?" in french.question


def test_a_file_of_translations_is_read_once():
    assert texts("fr") is texts("fr") and len(texts("fr")) > 100
