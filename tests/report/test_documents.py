"""Documents: each says the numbers on screen, and what computes computes them again."""

import json
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

import tradeoffs as to
from tradeoffs.cli import main
from tradeoffs.experiments.plan import resolve
from tradeoffs.language.current import in_language
from tradeoffs.paths import PROJECT
from tradeoffs.report.choice import Choice
from tradeoffs.report.documents.catalogue import DOCUMENTS
from tradeoffs.report.documents.marks import marks
from tradeoffs.report.documents.setting_summary import SettingSummary, setting_summary
from tradeoffs.report.text import describe
from tradeoffs.scenario import Scenario

HERE = Scenario(rows=300, epsilon=2.0)
BESIDE = Scenario(rows=300, epsilon=2.0, width=2)
CARD = (  # Mitchell et al. 2019, figure 1
    *("Model details", "Intended use", "Factors", "Metrics", "Evaluation data", "Training data"),
    *("Quantitative analyses", "Ethical considerations", "Caveats and recommendations"),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store") / "store.sqlite"


@pytest.fixture(scope="module")
def summary(store) -> SettingSummary:
    """Of a small town, all of whose models are kept in the store."""
    shown = to.report(HERE, pins=[BESIDE], store=store, progress=False)
    link = "http://localhost:8501/?rows=300&epsilon=2"
    return setting_summary(shown.results.job, HERE, shown.picture, [BESIDE], link)


@pytest.fixture
def here(store, tmp_path, monkeypatch):
    """A folder to work in, on the machine that has these models."""
    monkeypatch.setenv("TRADEOFFS_STORE", str(store))
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Page(HTMLParser):
    """Text and addresses of a page, which must be well formed."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str | None] = []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag not in ("meta",):
            self.open.append(tag)
        self.addresses += [text for name, text in attrs if name in ("href", "src")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


def test_a_report_stands_alone_and_says_what_the_screen_says(summary):
    page = Page(DOCUMENTS["report"].make(summary))
    text = "".join(page.texts)
    assert not page.open and "svg" in page.tags
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert page.addresses == [summary.link]  # nothing is fetched
    for card in summary.picture.cards:
        assert card.value in text and (card.change or "") in text
    for told in (*summary.picture.sentences, summary.seeds, summary.command, summary.link):
        assert told in text
    spent = resolve(HERE).budget
    assert spent is not None
    assert f"Epsilon is {spent.epsilon_spent:.4g} at delta {spent.delta:g}" in text
    assert f"accountant {spent.accountant}" in text
    assert {"everybody", "Female", "Male"} <= set(page.texts)


def test_a_front_for_a_page_has_all_in_it_but_plotly(summary):
    part = DOCUMENTS["embed"].make(summary)
    page = Page(part)
    assert len(part) <= 60_000 and part.isascii() and not page.open
    assert page.tags.count("script") == 1
    assert page.addresses == [summary.link] and 'src="data:image/svg+xml;base64,' in part
    text = "".join(page.texts)
    shown = summary.picture
    assert shown.finding in text
    assert all(sentence in text for sentence in shown.sentences[: shown.leading])
    assert page.tags.count("tr") == len(shown.view.points) + 1
    data = re.search(r"const { data, layout } = (.*);\n", part)
    assert data
    figure = json.loads(data[1].replace("<\\/", "</"))
    visible = [one for one in shown.figure["data"] if one.get("visible") is not False]
    assert [one["name"] for one in figure["data"]] == [one["name"] for one in visible]
    assert part.count("(sd over seeds") <= 20  # the long text of each mark stands there once
    assert re.search(r'integrity = "sha256-[A-Za-z0-9+/]{43}="', part)


def test_the_command_writes_a_front_for_a_page_by_its_ending(here, capsys):
    stated = ("rows=300", "epsilon=2")
    options = [word for one in stated for word in ("--set", one)]
    assert main(["report", *options, "--out", "front.embed.html"]) == 0
    assert (here / "front.embed.html").read_text().startswith("<figure")
    assert main(["report", *options, "--out", "report.html"]) == 0
    assert (here / "report.html").read_text().startswith("<!DOCTYPE html>")


MARKED = {
    "counted": "accuracy+fairness",
    "at_least": "accuracy:0.8+privacy:3",
    "pins": "rows:300,width:2,epsilon:2",
    "curves": "",
    "wish": "points.accuracy:60+points.fairness:40",
    "place": "quebec",
    "purse": "village_clinic",
}


def test_a_report_says_what_its_link_marks(summary):
    marked = replace(summary, choice=Choice.of(MARKED))
    page = Page(DOCUMENTS["report"].make(marked))
    for told in (
        f"{describe(BESIDE)}.",
        "Accuracy at least 80.0 %.",
        "Privacy budget (epsilon) at most ε = 3.",
        "Accuracy; gap in selection rates.",
        "Of 100 points: accuracy 60; gap in selection rates 40.",
        "Quebec",
    ):
        assert any(told in text for text in page.texts), told
    nothing = replace(summary, choice=Choice.of({**dict.fromkeys(MARKED, ""), "place": "none"}))
    assert "Marked on the screen" not in DOCUMENTS["report"].make(nothing)
    wished = Choice.of({**MARKED, "wish": "by:aspiration+aspiration.fairness:0.05"})
    assert ("Wish", "Gap in selection rates of 5.0 %.") in marks(wished, HERE)


def test_words_of_a_table_are_no_code_in_a_report(summary):
    picture = replace(summary.picture, sentences=['<script>alert("x")</script>'])
    page = Page(DOCUMENTS["report"].make(replace(summary, picture=picture)))
    assert "script" not in page.tags and '<script>alert("x")</script>' in page.texts


def test_where_nobody_was_measured_it_is_said(summary):
    for name in ("report", "model_card"):
        told = DOCUMENTS[name].make(replace(summary, outcomes={}))
        assert "Who gains and who loses is not measurable here." in told


def test_without_noise_no_epsilon_is_declared(summary):
    for other in (HERE.but(epsilon=None), HERE.but(mechanism="clip_only")):
        for name in ("report", "model_card", "notebook"):
            told = DOCUMENTS[name].make(replace(summary, here=other))
            assert "no epsilon is declared" in told and "to.account" not in told


def test_a_model_card_has_the_headings_and_the_numbers_of_the_screen(summary):
    lines = DOCUMENTS["model_card"].make(summary).splitlines()
    assert [one.removeprefix("## ") for one in lines if one.startswith("## ")] == [*CARD]
    assert "### Unitary results" in lines and "### Intersectional results" in lines
    text = "\n".join(lines)
    for card in summary.picture.cards:
        assert f"| {card.title} | {card.value} |" in text
    assert all(f"- {one}" in lines for one in summary.picture.sentences)


def test_a_script_computes_the_numbers_of_the_screen(summary, here):
    (here / "setting.py").write_text(DOCUMENTS["script"].make(summary), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "setting.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    *told, verdict = done.stdout.splitlines()
    assert verdict == "As on screen."
    assert told[4:] == summary.picture.sentences
    values = [one.value for one in summary.picture.cards]
    assert all(value in line for value, line in zip(values, told, strict=False))
    assert (here / "front.csv").exists() and (here / "front.html").exists()


@pytest.mark.slow
def test_a_notebook_computes_the_numbers_of_the_screen(summary, here):
    nbformat = pytest.importorskip("nbformat")
    client = pytest.importorskip("nbclient")
    notebook = nbformat.reads(DOCUMENTS["notebook"].make(summary), as_version=4)
    nbformat.validate(notebook)
    client.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(here)}}
    ).execute()
    outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
    shown = [one["data"].get("text/plain", "") for one in outputs if "data" in one]
    assert "True" in shown  # now == on_screen
    spent = resolve(HERE).budget
    assert spent is not None
    (account,) = [text for text in shown if text.startswith("sigma")]
    (epsilon,) = [line.split()[1] for line in account.splitlines() if line.startswith("epsilon")]
    assert float(epsilon) == pytest.approx(spent.epsilon_spent, rel=1e-6)


def test_the_command_of_a_report_computes_it_again(summary, here):
    assert main(shlex.split(summary.command)[1:]) == 0
    again = (here / "report.html").read_text(encoding="utf-8")
    assert again == DOCUMENTS["report"].make(replace(summary, link=""))


def test_fewer_trainings_are_said_and_asked_for_again(store):
    few = to.report(HERE, seeds=2, store=store, progress=False)
    assert "stands for 2 training runs, with the seeds 0 to 1." in few.document("report")
    assert "--seeds 2 --x" in few.document("report")
    assert "seeds=2, store=True" in few.document("script")
    assert "a mean over 2 training runs," in few.document("model_card")


def test_a_scenario_file_is_read_back(summary, here, capsys):
    text = DOCUMENTS["scenario"].make(summary)
    assert Scenario.from_json(text) == HERE
    (here / "setting.json").write_text(text, encoding="utf-8")
    pin = ["--pin", "rows:300,width:2,epsilon:2"]
    assert main(["report", "--scenario", "setting.json", *pin, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["sentences"] == summary.picture.sentences
    assert Scenario.of(**document["scenario"]) == HERE


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--out", "report.pdf"], "must end in .html, .md"),
        (["--pin", "colour:red"], "unknown field 'colour'"),
        (["--x", "beauty"], "unknown axis 'beauty'"),
        (["--scenario", "nowhere.json"], "cannot read"),
    ],
)
def test_what_cannot_be_reported_is_refused_in_one_line(here, capsys, arguments, told):
    assert main(["report", *arguments]) == 2
    assert told in capsys.readouterr().err


def test_a_table_of_ones_own_has_no_command(summary):
    own = replace(summary, here=HERE.model_copy(update={"dataset": "own-1234"}))
    assert own.command == ""


ENGLISH = re.compile(r"\b(the|and|of|with|is|are|for|by|than|people|seeds?)\b")


@pytest.mark.parametrize("name", ["report", "model_card", "embed"])
def test_a_document_is_told_in_the_language_of_the_run(name, store):
    """But for what is quoted, typed or cited, no word of it is English."""
    with in_language("fr"):
        shown = to.report(HERE, store=store, progress=False)
        of = setting_summary(shown.results.job, HERE, shown.picture)
        written = DOCUMENTS[name].make(of)
    if name != "model_card":
        assert 'lang="fr"' in written and 'lang="en"' not in written
        written = re.sub(r"<(style|script)>.*?</\1>|<[^>]*>", " ", written, flags=re.S)
    own = [line for line in written.splitlines() if "citer" not in line and "tradeoffs" not in line]
    assert [line for line in own if ENGLISH.search(line)] == []


def test_a_script_in_another_language_computes_in_it(store):
    with in_language("fr"):
        shown = to.report(HERE, store=store, progress=False)
        of = setting_summary(shown.results.job, HERE, shown.picture)
        code = DOCUMENTS["script"].make(of)
    assert "speak('fr')" in code and "Comme à l’écran." in code
    compile(code, "explore.py", "exec")
