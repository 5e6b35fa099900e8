"""The command that computes a record again, as somebody uses it who was not there."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.rooms.workshop import told
from tradeoffs import cli
from tradeoffs.api.sweep_run import run
from tradeoffs.commands.room_record import differences
from tradeoffs.experiments.designs import replicate
from tradeoffs.report.alternatives import alternatives
from tradeoffs.rooms.options import Options, options_of
from tradeoffs.rooms.record_documents import to_json
from tradeoffs.rooms.room_record import numbers, room_record
from tradeoffs.scenario import Scenario

SMALL = Scenario(rows=300, epsilon=None, max_gap=0.05, seed=1)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "record.json"
    path.write_text(to_json(room_record(told())), encoding="utf-8")
    return path


def rewritten(file, *path, value):
    record = json.loads(file.read_text(encoding="utf-8"))
    part = record
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    file.write_text(json.dumps(record), encoding="utf-8")


def test_a_record_that_agrees_is_said_to(file, capsys):
    count = numbers(room_record(told())["computed"])
    assert cli.main(["rooms", "record", str(file)]) == 0
    assert capsys.readouterr().out == (
        f"All {count:,} computed numbers follow from what the record holds.\n"
    )
    assert cli.main(["rooms", "record", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"numbers": count, "disagreements": [], "unchecked": [], "retrained": None}


def test_a_number_that_was_changed_is_named_and_the_exit_code_says_so(file, capsys):
    rewritten(file, "computed", "decision", "rules", 1, "mean", "value", value=99.5)
    assert cli.main(["rooms", "record", str(file)]) == 1
    said = capsys.readouterr().out
    assert said.startswith("computed.decision.rules[1].mean.value: 99.5 in the record, ")


def test_what_the_models_answer_is_not_checked_where_it_is_not_shipped(file, capsys):
    asked = {"name": "guess-1", "kind": "guess", "title": "Old", "question": "?", "source": {}}
    rewritten(file, "options", value=None)
    rewritten(file, "computed", value={"guesses": {"guess-1": []}, "answers": {"guess-1": None}})
    rewritten(file, "rounds", value=[{"place": 0, "round": asked, "attempts": []}])
    assert cli.main(["rooms", "record", str(file)]) == 0
    assert "Not checked, because it is not shipped here: what the models answer to “Old”." in (
        capsys.readouterr().out
    )


@pytest.mark.parametrize("ending", ["html", "md", "csv", "json"])
def test_a_record_is_written_in_every_form(file, tmp_path, ending):
    out = tmp_path / f"shown.{ending}"
    assert cli.main(["rooms", "record", str(file), "--out", str(out)]) == 0
    assert "Those who were refused." in out.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{folder}/absent.json"], "cannot read"),
        (["{file}", "--out", "x.pdf"], "x.pdf"),
        (["{file}", "--out", "{folder}/none/x.md"], "x.md"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(file, tmp_path, capsys, arguments, said):
    places = [one.format(file=file, folder=tmp_path) for one in arguments]
    assert cli.main(["rooms", "record", *places]) == 2
    assert said in capsys.readouterr().err


def test_options_of_the_server_are_refused_beside_a_record(file, capsys):
    assert cli.main(["rooms", "--port", "8601", "record", str(file)]) == 2
    assert "port" in capsys.readouterr().err


def test_a_text_that_is_no_record_is_refused(tmp_path, capsys):
    path = tmp_path / "other.json"
    path.write_text("[]", encoding="utf-8")
    assert cli.main(["rooms", "record", str(path)]) == 2
    assert "not the record of a room" in capsys.readouterr().err


@pytest.fixture(scope="module")
def trained() -> Options:
    settings = [SMALL, SMALL.but(max_gap=None), SMALL.but(width=4)]
    results = run(replicate(settings, 2), progress=False)
    among = alternatives(results.job, SMALL)
    assert among is not None
    return options_of(among)


def test_settings_are_trained_again_and_compared(file, trained, capsys):
    assert trained.seeds == (8, 9)
    assert [one["link"] for one in trained.settings][trained.now].count("max_gap") == 0
    record = json.loads(file.read_text(encoding="utf-8"))
    record |= {"options": trained.to_json(), "rounds": [], "computed": {"guesses": {}}}
    file.write_text(json.dumps(record), encoding="utf-8")
    assert cli.main(["rooms", "record", str(file), "--retrain"]) == 0
    said = capsys.readouterr().out
    assert said.endswith("Trained again, all 48 results are those that the record holds.\n")


def test_what_differs_a_little_is_noted_and_what_leaves_its_interval_is_a_fault(trained):
    values, ends = trained.values.copy(), trained.intervals.copy()
    values[1, 0, 0, 0] += 1e-4
    ends[0, 0] = values[1, 0, :, 0].mean() + np.array([0, -0.01, 0.01])
    found = differences(replace(trained, values=values, intervals=ends), trained)
    assert found.notes == ("Accuracy: 1 of 12 results differ, by up to 0.0001",)
    assert found.faults == ()
    ends[0, 0] += 0.1
    found = differences(replace(trained, values=values, intervals=ends), trained, ["a note"])
    assert found.notes[0] == "a note"
    assert found.faults == ("Accuracy: 1 of 3 means lie outside their intervals",)


def test_another_epsilon_is_a_fault_and_so_is_a_setting_that_is_not_there(trained):
    values = trained.values.copy()
    values[:, 0, :, 2] = 3.0
    found = differences(replace(trained, values=values), trained)
    assert found.faults == ("Privacy budget (epsilon): 1 of 3 means lie outside their intervals",)
    links = [{**one, "link": f"rows=900&{one['link']}"} for one in trained.settings]
    found = differences(replace(trained, settings=tuple(links)), trained)
    assert found.faults[0].startswith("not measured here: ")


def test_faults_and_other_versions_are_told_with_their_exit_codes(file, trained, capsys):
    record = json.loads(file.read_text(encoding="utf-8"))
    record |= {"options": trained.to_json(), "rounds": [], "computed": {"guesses": {}}}
    record["options"]["versions"]["torch"] = "1.0"
    file.write_text(json.dumps(record), encoding="utf-8")
    assert cli.main(["rooms", "record", str(file), "--retrain"]) == 0
    said = capsys.readouterr().out
    assert "torch: version 1.0 in the record, " in said
    assert said.endswith("every mean lies within the interval that the record has.\n")
    rewritten(file, "options", "intervals", 0, 0, value=[0.5, 0.4, 0.45])
    assert cli.main(["rooms", "record", str(file), "--retrain", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["retrained"]["faults"] == [
        "Accuracy: 1 of 3 means lie outside their intervals"
    ]


def test_an_own_table_and_a_class_cannot_be_trained_again(file, capsys):
    record = json.loads(file.read_text(encoding="utf-8"))
    for one in record["options"]["settings"]:
        one["link"] = ""
    file.write_text(json.dumps(record), encoding="utf-8")
    assert cli.main(["rooms", "record", str(file), "--retrain"]) == 2
    assert "own table" in capsys.readouterr().err
    record |= {"options": None, "rounds": [], "computed": {"guesses": {}}}
    file.write_text(json.dumps(record), encoding="utf-8")
    assert cli.main(["rooms", "record", str(file), "--retrain"]) == 2
    assert "record of a class" in capsys.readouterr().err
