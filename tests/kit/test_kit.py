"""Kits: every lesson has one, its right answers are those of the models, its questions are read."""

import json
import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tradeoffs.cli import main
from tradeoffs.errors import InvalidInput
from tradeoffs.kit.gift import gift
from tradeoffs.kit.guide import guide, terms
from tradeoffs.kit.handout import handout
from tradeoffs.kit.kit import PIECES, contents, kit, kit_zip, write_kit
from tradeoffs.kit.lesson_plan import LENGTHS, plan
from tradeoffs.kit.openings import openings
from tradeoffs.kit.qti import PACKAGE, QTI, qti_package
from tradeoffs.kit.questions import Question, questions
from tradeoffs.kit.role_cards import roles
from tradeoffs.kit.tally_sheet import tally_sheet
from tradeoffs.kit.words import HERE, Words, languages, words
from tradeoffs.language.current import in_language
from tradeoffs.lessons.catalogue import LESSONS
from tradeoffs.lessons.effect import Claim
from tradeoffs.lessons.prediction import Number, Vote

SAY = words("en")
NAME = "small_town"
IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]*$", re.ASCII)  # of QTI
ORDER = (
    "responseDeclaration",
    "outcomeDeclaration",
    "itemBody",
    "responseProcessing",
    "modalFeedback",
)
SIGN = re.compile(r"\\(.)")
UNESCAPED = re.compile(r"(?<!\\)([~=])")


def asked(step):
    return type(step.prediction)


every_lesson = pytest.mark.parametrize("entry", LESSONS.values(), ids=list(LESSONS))


def read_gift(text):
    """Return (name, text, choices with whether right, accepted, after) of each question.

    Written from Moodle's description of the format, apart from what writes it.
    """
    first, *blocks = text.strip().split("\n\n")
    assert first.startswith("$CATEGORY: ")
    found = []
    for block in blocks:
        parts = re.fullmatch(
            r"::((?:[^:\\]|\\.)*)::\[plain\]((?:[^{\\]|\\.)*) \{(.*)\}", block, re.DOTALL
        )
        assert parts, block
        inside, _, after = parts[3].partition("####")
        accepted = re.match(r"#(-?[\d.]+)\.\.(-?[\d.]+)", inside)
        _, *rest = UNESCAPED.split(inside)
        choices = [
            (plain(one.strip()), sign == "=")
            for sign, one in zip(rest[::2], rest[1::2], strict=True)
        ]
        ends = tuple(map(float, accepted.groups())) if accepted else None
        found.append((plain(parts[1]), plain(parts[2]), choices, ends, plain(after.strip())))
    return found


def plain(text):
    return SIGN.sub(r"\1", text)


def whole_bank():
    return {entry.name: questions(entry, SAY) for entry in LESSONS.values()}


@pytest.fixture(scope="module")
def banks():
    return whole_bank()


@pytest.fixture(scope="module")
def files():
    return kit(LESSONS[NAME])


def test_every_lesson_has_questions_of_each_step_with_one_right_answer(banks):
    for name, bank in banks.items():
        assert len({one.name for one in bank}) == len(bank)
        for place in range(len(LESSONS[name].steps)):
            assert any(one.name.startswith(f"step-{place + 1}-") for one in bank), name
        for one in bank:
            assert IDENTIFIER.match(one.name) and one.text and one.after
            if one.kind == "choice":
                assert len(set(one.choices)) == len(one.choices) >= 2
                assert 0 <= one.right < len(one.choices)
            if one.kind == "number":
                assert one.accepted[0] <= one.value <= one.accepted[1]


def test_the_right_sentence_is_what_the_lesson_says(banks):
    checked = 0
    for name, bank in banks.items():
        by_name = {one.name: one for one in bank}
        for step in openings(LESSONS[name]):
            for number, claim in enumerate(step.step.claims, 1):
                asked = by_name.get(f"step-{step.place + 1}-sentence-{number}")
                if asked is None:
                    continue
                said = claim.describe(claim.of(step.table, step.setting))
                right = asked.choices[asked.right].rstrip(".")
                assert isinstance(claim, Claim) and re.sub(r"\*+", "", said).startswith(right)
                checked += 1
    assert checked > 150


def test_a_right_guess_is_near_on_the_page_and_a_number_beyond_is_not(banks):
    checked = 0
    for name, bank in banks.items():
        by_name = {one.name: one for one in bank}
        for step in openings(LESSONS[name]):
            asked = by_name.get(f"step-{step.place + 1}-guess")
            prediction = step.step.prediction
            if asked is None or not isinstance(prediction, Number):
                continue
            low, high = asked.accepted
            inside = (0.999 * end + 0.001 * asked.value for end in (low, high))  # ends are rounded
            told = [prediction.verdict(one, step.table, step.setting).near for one in inside]
            assert told == ["near", "near"], name
            beyond = high + 0.01 * (prediction.high - prediction.low)
            if prediction.valid(beyond):
                assert prediction.verdict(beyond, step.table, step.setting).near != "near"
            checked += 1
    assert checked > 30


def test_gift_reads_back_as_it_was_meant(banks):
    for name, bank in banks.items():
        back = read_gift(gift(LESSONS[name].title, bank))
        assert len(back) == len(bank)
        for one, (called, text, choices, ends, after) in zip(bank, back, strict=True):
            assert (called, text, after) == (one.name, one.text, one.after)
            if one.kind == "choice":
                assert [text for text, _ in choices] == list(one.choices)
                assert [right for _, right in choices].index(True) == one.right
            if one.kind == "number":
                assert ends == pytest.approx(one.accepted, abs=1e-5)


def test_signs_of_gift_in_a_text_mean_themselves():
    hard = r"a~b =c {d} #e ::f:: \g 50 %"
    one = Question(name="x", title="x", kind="choice", text=hard, choices=(hard, "no"), after=hard)
    ((_, text, choices, _, after),) = read_gift(gift("x/y", [one]))
    assert (text, after, choices[0]) == (hard, hard, (hard, True))


@every_lesson
def test_a_qti_package_is_whole(entry, banks):
    bank = banks[entry.name]
    with zipfile.ZipFile(BytesIO(qti_package(entry.name, entry.title, bank, "en"))) as archive:
        names = set(archive.namelist())
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        listed = {one.get("href") for one in manifest.iter() if one.tag.endswith("}file")}
        assert listed | {"imsmanifest.xml"} == names
        *items, last = manifest.iter(f"{{{PACKAGE}}}resource")
        needed = [one.get("identifierref") for one in last.iter(f"{{{PACKAGE}}}dependency")]
        assert needed == [one.get("identifier") for one in items]
        test = ElementTree.fromstring(archive.read("test.xml"))
        refs = [one.get("href") for one in test.iter(f"{{{QTI}}}assessmentItemRef")]
        assert refs == [f"items/{one.name}.xml" for one in bank]
        for one in bank:
            item = ElementTree.fromstring(archive.read(f"items/{one.name}.xml"))
            order = [ORDER.index(child.tag.removeprefix(f"{{{QTI}}}")) for child in item]
            assert order == sorted(order)  # the schema has them in this one
            assert scored(item, one) == (1.0 if one.kind != "essay" else None)


def scored(item, one):
    """Answer an item rightly and return its score, by its own response processing."""
    declared = item.find(f"{{{QTI}}}responseDeclaration")
    right = declared.find(f"{{{QTI}}}correctResponse/{{{QTI}}}value")
    if one.kind == "essay":
        assert right is None and item.find(f".//{{{QTI}}}extendedTextInteraction") is not None
        return None
    shown = {x.get("identifier"): x.text for x in item.iter(f"{{{QTI}}}simpleChoice")}
    rule = item.find(f".//{{{QTI}}}responseIf")
    if one.kind == "choice":
        assert shown[right.text] == one.choices[one.right]
        assert rule[0].tag == f"{{{QTI}}}match"
    else:
        low, high = (float(x.text) for x in rule[0].iter(f"{{{QTI}}}baseValue"))
        assert low <= float(right.text) <= high
    return float(rule.find(f"{{{QTI}}}setOutcomeValue/{{{QTI}}}baseValue").text)


@every_lesson
def test_plans_fill_their_minutes(entry):
    for minutes in LENGTHS:
        parts = plan(entry, minutes, SAY)
        assert parts[0].start == 0 and parts[-1].end == minutes
        assert all(a.end == b.start for a, b in zip(parts, parts[1:], strict=False))
        assert min(one.end - one.start for one in parts) >= 2


def test_a_kit_has_all_its_files_and_says_so(files):
    assert list(files) == [one.path for one in PIECES]
    told = files["guide.html"].decode()
    assert all(f'href="{path}"' in told for path in files)
    with zipfile.ZipFile(BytesIO(kit_zip(LESSONS[NAME]))) as archive:
        assert {f"{NAME}/{path}" for path in files} == set(archive.namelist())
    assert kit(LESSONS[NAME]) == files  # the same bytes again


def test_what_is_not_to_be_said_stands_in_the_guide_and_not_in_the_hand_out(files):
    told, paper = (unescape(files[name].decode()) for name in ("guide.html", "handout.html"))
    for step in openings(LESSONS[NAME]):
        for sentence in step.sentences:
            assert sentence in told and sentence not in paper
    assert "Before the guess, do not say" in files["slides.html"].decode()


def test_no_page_of_a_kit_asks_for_anything_from_elsewhere(files):
    loaded = re.compile(r"(?:src|srcset)=|@import|url\(|<link", re.IGNORECASE)
    pages = [path for path in files if path.endswith(".html")]
    assert len(pages) == 6
    assert not [path for path in pages if loaded.search(files[path].decode())]


def test_the_command_writes_a_kit_and_names_its_files(capsys, tmp_path):
    assert main(["lessons", "kit", NAME, "--out", str(tmp_path / "a"), "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["files"]
    assert [one.rpartition("/")[2] for one in listed] == [one.path for one in PIECES]
    assert all(Path(one).stat().st_size for one in listed)


def test_an_unknown_language_and_a_file_in_the_place_of_a_folder_are_refused(tmp_path):
    with pytest.raises(InvalidInput, match="unknown language 'tlh'; known: en"):
        kit(LESSONS[NAME], "tlh")
    (tmp_path / "file").write_text("")
    with pytest.raises(InvalidInput, match="cannot write .*file"):
        write_kit(LESSONS[NAME], tmp_path / "file")


def test_every_text_of_a_kit_is_used(monkeypatch):
    seen, say = set(), Words.__call__

    def heard(self, part, name, **values):
        seen.add((part, name))
        return say(self, part, name, **values)

    monkeypatch.setattr(Words, "__call__", heard)
    for entry in LESSONS.values():
        questions(entry, SAY)
        roles(entry, SAY)
        tally_sheet(entry, SAY)
    by_level = {entry.level: entry for entry in LESSONS.values()}
    for entry in by_level.values():
        guide(entry, contents(SAY), SAY)
    kit(LESSONS["a_seat_at_the_table"])
    handout(next(one for one in LESSONS.values() if Vote in map(asked, one.steps)), answers=True)
    parts = SAY.texts.sections["kit"].parts
    every = {(part, name) for part, one in parts.items() for name in one.items if part != "site"}
    shown = {("guide", f"button {one.name}") for one in PIECES if one.alone}  # by the page
    shown |= {("guide", "button kit")} | {("access", name) for name in SAY.every("access")}
    assert every - seen == shown


def test_every_text_of_the_site_is_named_where_it_is_made():
    sources = " ".join(path.read_text(encoding="utf-8") for path in HERE.glob("site*.py"))
    named = set(re.findall(r"""["']([a-z ]+)["']""", sources))
    assert set(SAY.texts.sections["kit"].parts["site"].items) - named == set()


def test_every_language_has_the_same_texts_with_the_same_placeholders():
    def shape(language):
        parts = words(language).texts.sections["kit"].parts
        return {
            (part, name): sorted(set(re.findall(r"\{(\w+)\}", text)))
            for part, section in parts.items()
            for name, text in section.items.items()
        }

    assert {one: shape(one) for one in languages()} == dict.fromkeys(languages(), shape("en"))


def test_a_kit_in_another_language_holds_no_english_of_its_own():
    with in_language("fr"):
        entry = LESSONS[NAME]
    files = {one: made.decode() for one, made in kit(entry, "fr").items() if one.endswith("html")}
    words_of_english = ("training runs", "Do not build", "not told apart", "Before the guess")
    assert not [one for one in files for text in words_of_english if text in unescape(files[one])]
    assert all('<html lang="fr">' in one for one in files.values())
    assert "Guide pédagogique\u00a0: Petite ville" in files["guide.html"]


def test_a_term_inside_a_longer_one_is_not_listed():
    found = [one.name for one in terms(LESSONS[NAME])]
    assert "Privacy budget (epsilon)" in found and "Budget" not in found


def test_a_kit_in_french_names_groups_and_sets_colons_in_french():
    with in_language("fr"):
        entry = LESSONS[NAME]
    files = {path: one.decode() for path, one in kit(entry, "fr").items() if path[-3:] != "zip"}
    assert "« femmes »" in files["cards.html"].replace("\u202f", " ").replace("\xa0", " ")
    assert "Female" not in files["cards.html"]
    assert "300\u00a0: ______" in files["handout.html"] and "</a>\u00a0: " in files["guide.html"]
