"""What is wrong in a lesson is named with file, line and cure; in what is shipped, nothing is."""

import re
import shutil
import sqlite3

import pandas as pd
import pytest

from tradeoffs.cli import main
from tradeoffs.data.catalogue import dataset
from tradeoffs.errors import InvalidInput
from tradeoffs.jobs.record import unpack_schema
from tradeoffs.lessons import answer_check
from tradeoffs.lessons.answers import shipped_answer
from tradeoffs.lessons.catalogue import HERE, LESSONS, ORDER, TEMPLATE, lesson
from tradeoffs.lessons.folder import LARGEST, read_folder
from tradeoffs.lessons.lesson_check import check_lesson
from tradeoffs.lessons.names import Names
from tradeoffs.lessons.picture import Picture
from tradeoffs.lessons.result_columns import (
    BY_ATTRIBUTE,
    DERIVED,
    GROUP,
    KNOWN,
    similar_columns,
    unknown_columns,
)
from tradeoffs.paths import PROJECT, SHIPPED_STORE
from tradeoffs.values.fairness.notion import COUNTS

FOLDERS = [name for name in ORDER if (HERE / name / "lesson.toml").is_file()]
GUESS = 'guess = { kind = "direction", measure = "small_against_constant" }'
EARLY = (
    'claims = ["bound_small", "bound_all", "apart"]\n'
    'guess = { kind = "number", measure = "apart", high = 30 }'
)


@pytest.fixture
def town(tmp_path):
    """A copy of a lesson whose answers are shipped, as they are named by their content."""
    return shutil.copytree(HERE / "small_town", tmp_path / "small_town")


def faults(folder, *changes, file="lesson.toml"):
    """Return what is wrong after changes of a file, each old text -> new text."""
    path = folder / file
    text = path.read_text()
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    path.write_text(text)
    try:
        return [*map(str, check_lesson(read_folder(folder)))]
    except InvalidInput as fault:
        return [str(fault)]


def line(folder, text, file="lesson.toml"):
    """Return the line on which a text stands."""
    lines = (folder / file).read_text().splitlines()
    return next(n for n, one in enumerate(lines, 1) if text in one)


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_is_wrong_in_a_lesson_that_is_shipped(name):
    assert [*map(str, check_lesson(read_folder(HERE / name)))] == []


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("minutes = 8", 'minutes = "8 or so"', 'minutes = "8', "minutes: must be a whole number"),
        ("minutes = 8", "minutes = 8 9", "minutes = 8 9", "this is not TOML"),
        ("minutes = 8", "hours = 8", "section =", "minutes: is missing; add it"),
        ('kind = "level"', 'kind = "mean"', 'kind = "mean"',
         "accuracy_here.kind: must be 'change', 'level'"),
        ('at = { rows = 300 }', 'at = { rows = 300 }\nfor = 1', "for = 1",
         "for: is not known here; use one of: kind, of"),
        ('claims = ["cost_small", "cost_all"]', 'claims = ["cost_small", "gone"]', "[steps.promise",
         "unknown measure 'gone'; use one of: accuracy_here"),
        ('answer = "choices"', 'answer = "gone"', 'answer = "gone"', "unknown answer 'gone'; use"),
        ("change = { epsilon = 0.3 }", "change = { epsilom = 0.3 }", "[steps.fronts",
         "unknown field or option 'epsilom'"),
        ("change = { epsilon = 0.3 }", "change = { epsilon = 0.001 }", "[steps.fronts",
         "epsilon=0.001 must be"),
        ('kind = "front"', 'kind = "charts.star"', "chart = { kind = \"charts", "unknown chart"),
        ('of = "accuracy - constant_accuracy[sex]"', 'of = "auc"', "[steps.useful]",
         "no column 'auc'; measure it"),
        ('measure = ["accuracy"', 'measure = ["acuracy"', "measure =",
         "unknown column of results 'acuracy'; use one of: accuracy"),
        ("sliders = { epsilon = [0.1, 0.3,", "sliders = { epsilon = [0.1,", "sliders =",
         "epsilon = 0.3 is not among its choices"),
        ("sliders = { epsilon = [0.1, 0.3,", "sliders = { share = [0.1, 0.3,", "[steps.useful]",
         "unknown field or option 'share'"),
        ('"accuracy", reference', '"constant_accuracy[sex]", reference', GUESS,
         "the chart does not hold what is asked; draw it"),
        ('claims = ["bound_small", "bound_all", "apart"]\n'
         'guess = { kind = "direction", measure = "bound_small" }', EARLY, 'measure = "apart"',
         "step 1 shows already what is asked; ask something else"),
        ('kind = "change"', 'kind = "change"\nunit = "%"', "[measures.cost_small]",
         "a difference of shares is in points, not %"),
        ("[measures.constant]",
         '[measures.spare]\nkind = "constant"\nvalue = 1\n[measures.constant]',
         "[measures.spare]", "nothing uses the measure 'spare'; use or remove it"),
    ],
)  # fmt: skip
def test_a_fault_of_the_structure_has_its_line_and_a_cure(town, old, new, at, told):
    found = faults(town, (old, new))
    assert found, told
    assert found[0].startswith(f"lesson.toml, line {line(town, at)}: ") and told in found[0]


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("## useful: Is the", "## useless: Is the", "## promise", "of [steps.useful], the text"),
        ("# Small town, big city", "Small town", "Small town", "the title is missing; begin"),
        ("- same: about as often\n", "", "### guess\nAgainst", "write - same: …"),
        ("### cost_all", "### cost_some", "## promise", "write ### cost_all"),
        ("- less: With everybody, {", "- fewer: With everybody, {", "### cost_all", "- less: …"),
        ("## try", "## role", "## role\n- Open", "the heading 'role' appears twice"),
        ("{epsilon} raises accuracy", "{budget} raises accuracy", "{budget}", "'budget'; use one"),
        ("{epsilon} raises", "{row} raises", "{row}", "row.COLUMN, rows, "),
        ("{epsilon} raises", "{row.__class__} raises", "{row.", "'row.__class__'; use one"),
        ("{epsilon} raises", "{epsilon:>999} raises", "{epsilon:", "'epsilon:>999'; use one"),
        ("{epsilon} raises", "{epsilon raises", "{epsilon raises", "placeholder '{'; use one"),
        ("Each place trains", "<script>alert(1)</script> Each place", "<script>", "read as HTML"),
        ("Each place trains", "[so](javascript:x) Each place", "javascript", "read as HTML"),
        ("- keep: Keep the promise and accept more wrong predictions\n- less: Promise less where "
         "people are few\n", "", "## decisions", "needs at least 2 items"),
    ],
)  # fmt: skip
def test_a_fault_of_the_words_has_its_line_and_a_cure(town, old, new, at, told):
    found = faults(town, (old, new), file="en.md")
    text = (town / "en.md").read_text()
    number = text[: text.index(at)].count("\n") + 1
    assert found and f"en.md, line {number}: " in found[0] and told in found[0]


def test_measures_in_a_circle_are_named(town):
    circle = '[measures.x]\nkind = "ratio"\na = "y"\nb = "constant"\n[measures.y]\nkind = "ratio"\n'
    circle += 'a = "x"\nb = "constant"\n[measures.constant]'
    found = faults(
        town, ("[measures.constant]", circle), ('claims = ["bound', 'claims = ["x", "bound')
    )
    assert any("are defined by each other; break the circle" in one for one in found)


def test_a_file_that_is_missing_too_large_or_no_text_is_refused(town):
    words = town / "en.md"
    words.write_text("# A\n" + "x" * 10_000_000)
    assert faults(town) == [f"en.md has 10,000,004 bytes; at most {LARGEST:,}: shorten it"]
    words.write_bytes(b"# A\n\n\xff")
    assert faults(town) == ["en.md, line 3: this is not UTF-8; save the file as UTF-8"]
    words.unlink()
    assert faults(town)[0].startswith("small_town/en.md is missing")


def test_a_study_is_there_and_takes_what_it_is_given(tmp_path):
    folder = shutil.copytree(HERE / "privacy_for_whom", tmp_path / "privacy_for_whom")
    found = faults(folder, ('study = "minority_cost"', 'study = "majority_cost"'))
    assert "there is no study majority_cost" in found[0]
    found = faults(folder, ('study = "majority_cost"', 'study = "minority_attack"'))
    assert any("minority_attack takes no compare; it takes" in one for one in found)


def test_no_python_of_a_lesson_from_elsewhere_is_run(town):
    (town / "charts.py").write_text("raise SystemExit")
    found = faults(town, ('kind = "front"', 'kind = "charts.star"'))
    assert "drawn in the project's own lessons alone" in found[0]


def test_what_has_no_words_is_named(tmp_path):
    folder = shutil.copytree(HERE / "a_seat_at_the_table", tmp_path / "a_seat_at_the_table")
    found = faults(folder, ("- quantity: group\n", ""), file="en.md")
    assert len(found) == 1 and "no words for quantity; write them below ## names" in found[0]
    folder = shutil.copytree(TEMPLATE, tmp_path / "larger")
    (found,) = faults(folder, ("- y: Accuracy\n", ""), file="en.md")
    at = line(folder, "### chart", "en.md")
    assert found == f"en.md, line {at}: of whose, the text is missing; write ### chart, - y: title"


def test_what_no_model_has_a_value_of_is_named(town, monkeypatch):
    def without(step, state, own=None):
        table = shipped_answer(step, state, own)
        return None if table is None else table.assign(accuracy=float("nan"))

    monkeypatch.setattr(answer_check, "shipped_answer", without)
    assert any("no model has a value of accuracy; check its" in one for one in faults(town))


def test_what_results_have_is_known_before_anything_is_trained():
    shipped = sqlite3.connect(f"file:{SHIPPED_STORE}?mode=ro", uri=True)
    payloads = [row[0] for row in shipped.execute("SELECT payload FROM schemas")]
    shipped.close()
    schemas = [unpack_schema(one) for one in payloads]
    names = {name for one in schemas for name in (*one.training, *one.figures)}
    assert names and [one for one in sorted(names) if unknown_columns(one)] == []
    assert unknown_columns("demographic_parity[sex] - gap") == ["demographic_parity[sex]"]
    assert (
        similar_columns("demographic_parity[sex]")[0] == "demographic_parity_difference[ATTRIBUTE]"
    )


def test_the_page_for_writers_names_the_columns_of_results():
    page = (PROJECT / "docs" / "extend" / "lesson.md").read_text()
    part = page.partition("### Columns of results")[2].partition("\n### ")[0]
    named = {*re.findall(r"`([^`]+)`", part)}
    assert named >= {*KNOWN} - {*DERIVED, *BY_ATTRIBUTE, *(f"weighted_{n}{GROUP}" for n in COUNTS)}
    assert named >= {one.name for one in dataset("adult").codebook.features}


def test_names_of_hidden_columns_may_stand_in_any_order():
    names = read_folder(HERE / "a_proxy_that_travels_badly").texts.names
    key = "hide=marital_status+relationship+sex"
    other = {"hide=sex+relationship+marital_status": names[key]}
    assert Names(words=other).value("hide", key.removeprefix("hide=")) == names[key]


def test_rows_alike_are_named(town, monkeypatch):
    monkeypatch.setattr(Picture, "table", lambda *_: pd.DataFrame({"who": ["a", "a"]}))
    found = faults(town)
    at = line(town, 'series = "epsilon", value = "accuracy" }')
    assert found[0] == (
        f"lesson.toml, line {at}: steps.promise.chart: has two rows alike; name what differs"
    )


def test_one_quantity_has_one_value(town, monkeypatch):
    def other(step, state, own=None):
        table = shipped_answer(step, state, own)
        less = 0.01 if step.name == "useful" else 0.0
        return None if table is None else table.assign(accuracy=table["accuracy"] - less)

    (town / "en.md").write_text(
        (town / "en.md")
        .read_text()
        .replace("### cost_all", "### everybody\n- value: x\n### cost_all")
    )
    claim = ('"cost_small", "cost_all"]', '"cost_small", "cost_all", "everybody"]')
    assert faults(town, claim) == []
    monkeypatch.setattr(answer_check, "shipped_answer", other)
    (found,) = faults(town)
    assert "everybody: is another number in step 1 than in step 2" in found


def test_a_new_lesson_is_an_example_that_is_whole(tmp_path, capsys):
    folder = tmp_path / "my_first"
    assert main(["lessons", "new", str(folder)]) == 0
    assert lesson(folder).title == lesson(TEMPLATE).title
    lines = sum(len((folder / name).read_text().splitlines()) for name in ("lesson.toml", "en.md"))
    assert lines <= 120 and len(lesson(folder).steps) == 4
    assert "my_first: change" in capsys.readouterr().out
    assert main(["lessons", "check", str(folder)]) == 1
    cure = f"run tradeoffs lessons precompute {folder}"
    assert f"step 1 of my_first is not computed; {cure}" in capsys.readouterr().out
    assert main(["lessons", "tell", str(folder)]) == 0
    assert f"- not computed yet: {cure}" in capsys.readouterr().out
    assert main(["lessons", "new", str(folder)]) == 2
    assert main(["lessons", "new", str(tmp_path / "My Lesson")]) == 2


def test_a_folder_of_one_lesson_shows_none_of_those_beside_it(town, monkeypatch):
    own = shutil.copytree(town, town.parent / "own" / "our_town")
    shutil.copytree(town, own.parent / "other_town")
    monkeypatch.setenv("TRADEOFFS_LESSONS", str(own))
    assert list(LESSONS) == [*ORDER, "our_town"]
    assert LESSONS["our_town"].title == "Small town, big city"


def test_lessons_of_ones_own_stand_behind_those_of_the_paper(town, monkeypatch):
    own = shutil.copytree(town, town.parent / "own" / "our_town")
    monkeypatch.setenv("TRADEOFFS_LESSONS", str(own.parent))
    assert list(LESSONS) == [*ORDER, "our_town"]
    assert LESSONS["our_town"].title == "Small town, big city"
    (own / "en.md").write_text("# A town")
    with pytest.raises(
        InvalidInput, match=r"en.md, line 1: of .*, the text is missing; write ## r"
    ):
        LESSONS["our_town"]


@pytest.mark.parametrize(
    ("old", "new", "file", "told"),
    [
        ('kind = "front"', 'kind = "charts.star"', "lesson.toml", "in the project's own lessons"),
        ("Each place", "<img src=x> Each place", "en.md", "read as HTML"),
        (
            "sliders = { epsilon = [0.1, 0.3,",
            "sliders = { epsilon = [0.1,",
            "lesson.toml",
            "epsilon = 0.3 is not among its choices",
        ),
    ],
)
def test_a_lesson_from_elsewhere_that_would_stop_its_page_is_not_read(town, old, new, file, told):
    (town / "charts.py").write_text("raise SystemExit")
    text = (town / file).read_text()
    assert old in text
    (town / file).write_text(text.replace(old, new, 1))
    with pytest.raises(InvalidInput, match=rf"{file}, line \d+: .*{told}"):
        lesson(town)


def test_a_lesson_from_elsewhere_names_a_study_that_is_there(tmp_path):
    folder = shutil.copytree(HERE / "privacy_for_whom", tmp_path / "privacy_for_us")
    assert lesson(folder).name == "privacy_for_us"
    text = (folder / "lesson.toml").read_text()
    (folder / "lesson.toml").write_text(text.replace('"minority_cost"', '"nowhere"', 1))
    with pytest.raises(InvalidInput, match=r"line \d+: .* there is no study nowhere"):
        lesson(folder)


def test_the_name_of_a_lesson_of_the_project_is_refused_for_ones_own(town, capsys):
    assert main(["lessons", "new", str(town.parent / "cost_is_not_need")]) == 2
    assert not (town.parent / "cost_is_not_need").exists()
    assert main(["lessons", "preview", str(town)]) == 2
    told = capsys.readouterr().err
    assert "'cost_is_not_need' is a lesson of the project; give the folder another" in told
    assert "'small_town' is a lesson of the project" in told


def test_a_lesson_that_cannot_be_read_stops_no_other(town, monkeypatch, capsys):
    own = shutil.copytree(town, town.parent / "own" / "our_town")
    (own / "en.md").write_text("# A town")
    monkeypatch.setenv("TRADEOFFS_LESSONS", str(own.parent))
    assert main(["lessons", "list"]) == 0
    said = capsys.readouterr()
    assert "Small town, big city" in said.out
    assert said.err.startswith("our_town: cannot be read: en.md, line 1: ")
    assert main(["lessons", "precompute", "small_town", "--check"]) == 0
    assert main(["lessons", "precompute", "our_town", "--check"]) == 2


def test_a_title_that_ends_in_a_question_mark_has_no_full_stop_behind_it(capsys):
    assert main(["lessons", "tell", "privacy_for_whom"]) == 0
    assert capsys.readouterr().out.startswith("Privacy for whom? ")
