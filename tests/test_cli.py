import argparse
import io
import json
import re
import subprocess
import sys
from concurrent.futures import Future
from typing import get_args

import pandas as pd
import pytest

from tradeoffs import __version__
from tradeoffs.cli import EXIT_CODES, main, parser
from tradeoffs.commands import account as command
from tradeoffs.commands.sweep import _progress
from tradeoffs.data.cases import load_cases
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.experiments.total_privacy import compose
from tradeoffs.fields import Mechanism
from tradeoffs.jobs import executor
from tradeoffs.paths import PROJECT
from tradeoffs.remedies.catalogue import STAGES
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

RUN = ["--sample-rate", "0.1", "--steps", "50", "--delta", "1e-5"]
SMALL = ["sweep", "--no-store", "--set", "rows=400"]


def refused(capsys, *arguments: str) -> str:
    """Return the single line on stderr of a command that ends with 2."""
    try:
        code = main(arguments)
    except SystemExit as stopped:  # argparse leaves by itself
        code = stopped.code
    out, err = capsys.readouterr()
    assert code == 2 and out == ""
    assert re.fullmatch(r"tradeoffs.*: .+\n", err), err
    return err


def account(capsys, *arguments: str) -> dict:
    assert main(["account", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("accountant", ["prv", "rdp", "rdp-classic", "gdp"])
def test_the_noise_for_an_epsilon_spends_that_epsilon(capsys, accountant):
    noise = account(capsys, "--epsilon", "2", *RUN, "--accountant", accountant)
    assert 0.98 * 2 <= noise["epsilon"] <= 2
    again = account(capsys, "--sigma", str(noise["sigma"]), *RUN, "--accountant", accountant)
    assert again == noise
    assert noise["accountant"] == accountant
    assert (noise["sample_rate"], noise["steps"], noise["delta"]) == (0.1, 50, 1e-5)


def test_accountants_differ_as_their_bounds_do(capsys):
    names = ("prv", "rdp", "rdp-classic")
    found = [account(capsys, "--sigma", "2", *RUN, "--accountant", n)["epsilon"] for n in names]
    assert found == sorted(found) and len(set(found)) == 3  # the tightest first


def test_models_seen_together_and_the_best_of_some_tries_cost_more(capsys):
    run = ["--sigma", "1.855", "--sample-rate", "0.03", "--steps", "200", "--delta", "1e-5"]
    shared = account(capsys, *run, "--models", "10")
    apart = account(capsys, *run, "--seeds", "10")
    best = account(capsys, *run, "--choose", "10")
    assert shared["joint_epsilon"] == pytest.approx(10.7, abs=0.1)
    assert apart["joint_epsilon"] == pytest.approx(3.4, abs=0.1)
    assert best["best_epsilon"] == pytest.approx(2.283266, rel=1e-3)  # dp_accounting 0.6
    assert (shared["models"], shared["seeds"], shared["joint_accountant"]) == (10, 1, "prv")
    one = account(capsys, *run, "--models", "1", "--seeds", "1")
    assert one["joint_epsilon"] == pytest.approx(one["epsilon"], rel=0.01)


@pytest.mark.parametrize("word", ["none", "inf"])
def test_no_mechanism_has_an_infinite_epsilon(capsys, word):
    asked = ["account", "--epsilon", word, *RUN, "--models", "2", "--choose", "3", "--json"]
    assert main(asked) == 0
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert (told["sigma"], told["accountant"]) == (0.0, "none")
    assert {told[name] for name in ("epsilon", "joint_epsilon", "best_epsilon")} == {"inf"}
    assert err == "no mechanism: epsilon is infinite\n"


def test_account_in_plain_text(capsys):
    assert main(["account", "--sigma", "2", *RUN, "--accountant", "rdp"]) == 0
    lines = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert list(lines) == ["sigma", "epsilon", "sample_rate", "steps", "delta", "accountant"]
    assert lines["sigma"] == "2.0" and lines["accountant"] == "rdp"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["account", "--sigma", "2", *RUN, "--accountant", "abc"], "unknown accountant 'abc'; kn"),
        (["account", "--sigma", "-1", *RUN], r"sigma=-1\.0 must be in"),
        (["account", "--epsilon", "nan", *RUN], "epsilon=nan must be"),
        (["account", "--sigma", "two", *RUN], "argument --sigma: invalid float value: 'two'"),
        (["account", "--epsilon", "two", *RUN], "'two' is neither a number nor none"),
        (["account", "--epsilon", "none", "--models", "0", *RUN], r"models=0 must be in \[1, 1000"),
        (["account", "--sigma", "2", "--seeds", "-1", *RUN], r"seeds=-1 must be in \[1, 1000"),
        (["account", "--sigma", "2", "--choose", "0", *RUN], r"tries=0\.0 must be in \[1, 1"),
        (
            ["account", "--sigma", "2", *RUN, "--steps", "9" * 1000],
            r"steps=a number of about 1000 digits",
        ),
        (["account", "--sigma", "2", *RUN, "--steps", "9" * 5000], "invalid int value: '99999"),
        (["account", *RUN], "one of the arguments --epsilon --sigma is required"),
        (["sweep", "--set", "colour=1"], "unknown field 'colour'; known: dataset"),
        (["sweep", "--axis", "colour=1,2"], "unknown field 'colour'; known: dataset"),
        (["sweep", "--set", "rows=many"], "rows='many' must be a whole number"),
        (["sweep", "--set", "epsilon=-1"], r"epsilon=-1(\.0)? must be .*0\.05"),
        (["sweep", "--axis", "width=0,wide"], "width='wide'"),
        (["sweep", "--axis", "width=0", "--axis", "width=8"], "--axis width is stated twice"),
        (["sweep", "--set", "rows"], "'rows' is not of the form FIELD=VALUE"),
        (["sweep", "--set", "dataset=adlut"], "unknown dataset 'adlut'; known: adult"),
        (["sweep", "--seeds", "0"], r"seeds=0 must be in \[1, 1000\]"),
        (["sweep", "--seeds", "two"], "argument --seeds: invalid int value"),
        (["sweep", "--out", "results.doc"], r"out='results\.doc' must end in \.parquet, \.csv"),
        (["sweep", "--scenario", "missing.json"], r"cannot read missing\.json: .*No such file"),
        (["lessons", "tell", "nowhere"], "unknown lesson 'nowhere'; known: small_town"),
        (["explain", "--row", "0"], r"row=0 must be in \[1, "),
        (["explain", "--row", "1", "--case", "clerk"], "not allowed with argument --row"),
        (["explain", "--case", "king"], "unknown case 'king'; known: clerk"),
        (["explain", "--person", "age=40"], "a person needs a value of every feature; absent: wo"),
        (["explain", "--case", "clerk", "--person", "sex=X"], "sex='X' must be one of: Female"),
        (
            ["explain", "--set", "dataset=loanapp"],
            "loanapp has no composite persons; describe one by a value of every feature: ",
        ),
        (["explain", "--seeds", "0"], r"seeds=0 must be in \[1, 1000\]"),
        (["explain", "--set", "epsilon=-1"], r"epsilon=-1(\.0)? must be .*0\.05"),
        (["app", "--port", "0"], r"port=0 must be in \[1, 65535\]"),
        (["attack", "--shadows", "7"], r"shadows=7 must be in \[8, 512\]"),
        (["attack", "--set", "dataset=adlut"], "unknown dataset 'adlut'; known: adult"),
        (["data", "burn"], "invalid choice: 'burn'"),
        (["fly"], "invalid choice: 'fly'"),
        ([], "required: COMMAND"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_line(capsys, monkeypatch, tmp_path, arguments, told):
    monkeypatch.chdir(tmp_path)
    assert re.search(told, refused(capsys, *arguments))


def test_a_file_that_cannot_be_written_is_told_before_any_work(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(executor, "open_executor", None)
    target = tmp_path / "missing" / "out.csv"
    assert f"cannot write {target}: No such file" in refused(capsys, *SMALL, "--out", str(target))


def test_a_command_that_is_refused_leaves_no_file(capsys, tmp_path):
    target = tmp_path / "out.csv"
    refused(capsys, "sweep", "--set", "dataset=adlut", "--out", str(target))
    assert not target.exists()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "not valid JSON"),
        (b"[]", "a scenario is a JSON object, not list"),
        (b"\xff\xfe", "cannot read .*utf-8"),
        (b'{"colour": 1}', "unknown field 'colour'"),
        (b'{"epsilon": 0}', "epsilon=0 must be "),
    ],
)
def test_a_scenario_file_that_is_none_is_told(capsys, tmp_path, content, told):
    file = tmp_path / "scenario.json"
    file.write_bytes(content)
    assert re.search(told, refused(capsys, "sweep", "--scenario", str(file)))


def test_an_attack_is_told_in_words_and_in_json(capsys):
    asked = ["attack", "--set", "rows=300", "--set", "width=8", "--set", "epsilon=none"]
    assert main([*asked, "--shadows", "16"]) == 0
    told = capsys.readouterr().out
    assert "of 100 members" in told and "No bound is promised" in told
    assert re.search(r"\n +lira +0\.01 ", told)
    assert main([*asked, "--shadows", "16", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["models"] == 16 and found["scenario"]["width"] == 8
    assert 0.5 < found["estimates"][0]["value"] <= 1


def test_an_attack_beyond_the_promise_ends_with_1(capsys, monkeypatch):
    from tradeoffs.engine import loop

    monkeypatch.setattr(loop, "gradient_sigma", lambda setting: 0.0)
    assert main(["attack", "--set", "rows=1000", "--set", "epsilon=1"]) == 1
    assert "does not keep its promise" in capsys.readouterr().out


def test_the_bundled_data_pass_their_checks(capsys):
    assert main(["data", "check"]) == 0
    assert re.search(r"\n(\d+) of \1 checks pass\n$", capsys.readouterr().out)


def test_data_that_fail_a_check_end_with_2(capsys, monkeypatch, tmp_path):
    from tradeoffs.data import check as module

    whole = module.check
    monkeypatch.setattr(module, "check", lambda: whole(tmp_path))
    assert main(["data", "check"]) == 2
    assert "FAILS" in capsys.readouterr().out


def test_the_version(capsys):
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capsys.readouterr().out == f"tradeoffs {__version__}\n"


def leaves(one: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command and action, by what is typed."""
    folders = [a for a in one._actions if isinstance(a, argparse._SubParsersAction)]
    parts = [part for folder in folders for part in folder.choices.values()]
    below = {name: leaf for part in parts for name, leaf in leaves(part).items()}
    alone = not any(folder.required for folder in folders)
    return ({one.prog.removeprefix("tradeoffs "): one} if alone else {}) | below


QUIET = {
    "app",
    "rooms",
    "worker",
    *(f"lessons {name}" for name in ("handout", "new", "precompute", "preview")),
}  # that report nothing


def test_every_command_that_reports_something_can_print_json():
    every = leaves(parser())
    assert {n for n, one in every.items() if "--json" not in one.format_help()} == QUIET


def test_every_command_and_argument_is_described():
    for name, one in leaves(parser()).items():
        assert one.description, name
        assert not [action.dest for action in one._actions if not action.help], name


def test_help_names_what_a_field_may_take():
    told = leaves(parser())["sweep"].format_help()
    for names in (STAGES, NOTIONS, CLIPPINGS, get_args(Mechanism)):
        assert all(name in told for name in names)
    assert "tradeoffs shifts" in told and "tradeoffs data list" in told


def test_progress_in_a_file_is_one_line(capsys):
    for done in range(3):
        _progress(done, 2)
    assert capsys.readouterr().err == "2 of 2 models\n"


def test_exit_codes_are_documented_alike_in_help_and_readme():
    told, readme = parser().format_help(), (PROJECT / "README.md").read_text(encoding="utf-8")
    for code, meaning in EXIT_CODES.items():
        assert re.search(rf"^ +{code} +{re.escape(meaning)}$", told, re.MULTILINE)
        assert f"| {code} | {meaning} |" in readme


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_a_shell_learns_commands_and_options(capsys, shell):
    with pytest.raises(SystemExit) as stopped:
        main(["--print-completion", shell])
    told = capsys.readouterr().out
    assert stopped.value.code == 0
    assert all(word in told for word in ("loadtest", "precompute", "shadows"))


def test_a_sweep_prints_json_where_it_is_asked_for(capsys, here):
    assert main([*SMALL, "--set", "epsilon=none", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["split"] for row in rows] == ["select", "report"]


def test_lessons_are_listed_told_and_printed(capsys):
    assert main(["lessons", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert {"name", "title", "section", "question"} <= listed[0].keys()
    assert main(["lessons", "tell", listed[0]["name"]]) == 0
    assert "points of accuracy" in capsys.readouterr().out
    assert main(["lessons", "handout", listed[0]["name"], "--answers"]) == 0
    assert capsys.readouterr().out.startswith("<!doctype html>")
    assert main(["lessons", "precompute", "--check"]) == 0


@pytest.mark.parametrize("suffix", [".csv", ".json", ".parquet"])
def test_a_sweep_writes_one_row_a_model_and_split(capsys, here, tmp_path, suffix):
    file, target = tmp_path / "base.json", tmp_path / f"out{suffix}"
    file.write_text(Scenario.of(rows=400, seed=5).to_json(), encoding="utf-8")
    axes = ["--axis", "epsilon=1,none", "--set", "hide=sex"]
    asked = ["sweep", "--no-store", "--scenario", str(file), *axes, "--out", str(target)]
    assert main(asked) == 0
    read = {".csv": pd.read_csv, ".json": pd.read_json, ".parquet": pd.read_parquet}[suffix]
    found = read(target)
    assert found["split"].tolist() == ["select", "report"] * 2
    assert found["mechanism"].tolist() == ["dp", "dp", "none", "none"]
    assert (found["seed"] == 5).all() and (found["hide"] == "sex").all()
    assert found["accuracy"].between(0.5, 1).all()
    out, err = capsys.readouterr()
    assert out == "" and "2 of 2 models\n" in err
    assert re.search(
        r"\nseen together: joint epsilon 1 \(delta 1e-05, gdp\) for 1 model with noise, "
        r"over 1 seed; no promise from 1 model without noise\n$",
        err,
    )


def test_a_sweep_too_large_for_its_joint_promise_says_so(capsys, here, tmp_path, monkeypatch):
    monkeypatch.setattr("tradeoffs.api.sweep_run.LARGEST_TABLE", 1)
    asked = ["sweep", "--set", "rows=300", "--axis", "epsilon=1,none", "--out", f"{tmp_path}/to/"]
    assert main(asked) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[-2].startswith("2 models in 1 file of ")
    assert told[-1].startswith("seen together: not computed for more than 1 models")


@pytest.mark.parametrize("answer", ["told", "failed", "given up", "not yet"])
def test_workers_compose_for_a_sweep_into_a_folder(capsys, tmp_path, monkeypatch, answer):
    """The process of the command does so itself only where they did not."""
    composed, submit = [], executor.Synchronous.submit

    def noted(seen):
        composed.append("here")
        return compose(seen)

    def watched(self, fn, /, *args):
        if fn is not noted:
            return submit(self, fn, *args)
        composed.append("asked")
        future = submit(self, compose, *args) if answer == "told" else Future()
        if answer == "failed":
            future.set_exception(MemoryError())
        elif answer == "given up":
            future.cancel()
        return future

    monkeypatch.setattr("tradeoffs.experiments.total_privacy.compose", noted)
    monkeypatch.setattr(executor.Synchronous, "submit", watched)
    monkeypatch.setattr("tradeoffs.api.sweep_run.open_at", lambda _: executor.Synchronous())
    asked = ["sweep", "--set", "rows=300", "--axis", "epsilon=1,none", "--out", f"{tmp_path}/to/"]
    assert main(asked) == 0
    assert composed == ["asked"] + ["here"] * (answer != "told")
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("seen together: joint epsilon 1 (delta 1e-05, gdp) for 1 model with")
    composed.clear()
    assert main(asked) == 0  # all is there: no worker is asked
    assert composed == ["here"] and capsys.readouterr().err.splitlines()[-1] == line


DEGENERATE = {  # settings where noise outweighs the people, and what comes of it
    "constant": ["rows=2000", "width=8", "epsilon=0.1", "max_gap=none"],
    "bound not held": ["rows=200", "epsilon=0.05", "max_gap=0.05"],
}


@pytest.mark.parametrize("remark", DEGENERATE)
def test_a_sweep_names_its_degenerate_results(here, tmp_path, remark):
    target = tmp_path / "out.csv"
    asked = ["sweep", "--no-store", "--seeds", "3", "--out", str(target)]
    asked += [part for setting in DEGENERATE[remark] for part in ("--set", setting)]
    assert main(asked) == 0
    found = pd.read_csv(target, keep_default_na=False).to_dict("records")
    for row in found[1::2]:  # on report
        rate = row["selection_rate"]
        assert ("constant" in row["remarks"]) == (min(rate, 1 - rate) < 0.01)
        assert ("bound not held" in row["remarks"]) == (row["bound_unheld"] != "")
    assert any(remark in row["remarks"] for row in found)
    assert main(asked) == 0
    again = pd.read_csv(target, keep_default_na=False).to_dict("records")
    assert [row["remarks"] for row in again] == [row["remarks"] for row in found]


def test_a_sweep_compares_with_the_untouched_model_where_it_has_it(here, tmp_path):
    """A gap of at most 1 is no bound, so both models are the same."""
    target = tmp_path / "out.csv"
    asked = ["sweep", "--no-store", "--set", "rows=200", "--set", "epsilon=none", "--seeds", "3"]
    asked += ["--out", str(target), "--axis"]
    told = "bound not binding"
    assert main([*asked, "max_gap=1"]) == 0
    assert set(pd.read_csv(target)["remarks"]) == {told}
    assert main([*asked, "max_gap=1,none"]) == 0
    found = pd.read_csv(target, keep_default_na=False)
    found = {gap: set(part["remarks"]) for gap, part in found.groupby("max_gap")}
    assert found["1.0"] == {f"within noise of the untouched model; {told}"}
    assert found[""] == {""}


def test_a_sweep_names_what_the_untouched_model_dominates(here, tmp_path):
    """Noise costs accuracy, and widens the gap in who is found among those with a high income."""
    target = tmp_path / "out.csv"
    asked = ["sweep", "--no-store", "--set", "notion=equal_opportunity", "--set", "max_gap=none"]
    asked += ["--axis", "epsilon=0.3,none", "--seeds", "8", "--out", str(target)]
    assert main(asked) == 0
    found = pd.read_csv(target, keep_default_na=False)
    found = {kind: set(part["remarks"]) for kind, part in found.groupby("mechanism")}
    assert found["dp"] == {"dominated by the untouched model"} and found["none"] == {""}


def test_a_sweep_goes_over_stages_and_ways_of_clipping(here, tmp_path):
    target = tmp_path / "out.csv"
    asked = ["sweep", "--no-store", "--set", "rows=400", "--out", str(target)]
    assert main([*asked, "--set", "max_gap=0.1", "--axis", "stage=in,group_thresholds"]) == 0
    assert pd.read_csv(target)["stage"].tolist() == ["in"] * 2 + ["group_thresholds"] * 2
    assert main([*asked, "--axis", "clipping=flat,dpsgd_f,global_adapt"]) == 0
    found = pd.read_csv(target)
    assert found["clipping"].unique().tolist() == ["flat", "dpsgd_f", "global_adapt"]
    assert set(found["strength"]) == {1}
    assert bool(found["accuracy"].between(0.5, 1).all())


def test_a_sweep_of_what_a_stage_cannot_do_is_refused_with_the_reason(capsys):
    assert main(["sweep", "--no-store", "--set", "stage=correlation_remover"]) == 2
    assert "needs exact statistics of private rows" in capsys.readouterr().err


def test_a_sweep_on_standard_output_is_csv_alone():
    """In processes of its own, as a person runs it."""
    asked = [sys.executable, "-m", "tradeoffs.cli", *SMALL, "--seeds", "2"]
    done = subprocess.run(asked, cwd=PROJECT, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("dataset,label,protected,") and len(lines) == 5
    assert "models" not in done.stdout and "Traceback" not in done.stderr


def test_a_composite_person_is_explained_in_words_and_numbers(capsys, here, monkeypatch, tmp_path):
    monkeypatch.setenv("TRADEOFFS_STORE", str(tmp_path / "store.sqlite"))
    asked = ["explain", "--set", "rows=400", "--seeds", "2"]
    assert main([*asked, "--row", "2"]) == 0
    by_number = capsys.readouterr().out
    assert by_number.startswith("A teacher of 36")
    assert main([*asked, "--case", "teacher"]) == 0
    assert capsys.readouterr().out == by_number
    changed = ["--case", "teacher", "--person", "hours_per_week=60"]
    assert main([*asked, *changed, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["title"].endswith(", changed")
    assert found["here"]["person"]["hours_per_week"] == "60 to 69"
    assert len(found["here"]["logit"]) == len(found["without_constraint_and_privacy"]["logit"]) == 2


def test_a_person_described_by_hand_is_explained(capsys, here, monkeypatch, tmp_path):
    monkeypatch.setenv("TRADEOFFS_STORE", str(tmp_path / "store.sqlite"))
    values = dict(load_cases("adult").cases[0].values)
    whole = [part for name, value in values.items() for part in ("--person", f"{name}={value}")]
    assert main(["explain", "--set", "rows=400", "--seeds", "1", *whole]) == 0
    assert capsys.readouterr().out.startswith("A person described by hand.\nThe model answers")


def test_stopping_a_sweep_ends_with_130(capsys, monkeypatch):
    def stopped(**options) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "run", stopped)
    assert main(["account", "--sigma", "2", *RUN]) == 130
    assert capsys.readouterr().err.startswith("tradeoffs: stopped")


def test_another_table_brings_its_own_label_groups_and_size_along(capsys):
    command = ["sweep", "--set", "dataset=loanapp", "--set", "epsilon=none", "--no-store"]
    assert main(command) == 0
    found = pd.read_csv(io.StringIO(capsys.readouterr().out))
    assert set(found["label"]) == {"approved"} and set(found["rows"]) == {1179}
    assert main([*command, "--set", "label=rich"]) == 2
    assert "unknown label 'rich'; known: approved" in capsys.readouterr().err


def test_shifts_tells_what_moved_and_what_did_not(capsys):
    assert main(["shifts", "adult", "--shift", "demographic=0.5", "--shift", "flips=0.25"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Other people (50 %), then label noise (25 %): 8,141 peop")
    assert "Moved: groups (" in told and "should move" in told
    assert main(["shifts", "gss", "--shift", "time.2006=1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["shifts"] == [["time.2006", 1.0]] and found["seconds"] > 0
    assert {part["name"]: part["says"] for part in found["parts"]}["time"] == "moved"


def test_shifts_without_a_shift_lists_them(capsys):
    assert main(["shifts", "gss"]) == 0
    assert "temporal shift" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ("demographic=1.5", r"intensity 1.5 of demographic must be in \[0, 1\]"),
        ("place.pacific=1", "needs places; adult has none"),
        ("quake=1", "unknown shift 'quake'"),
        ("demographic=0", "no shift at deployment has an intensity above 0"),
    ],
)
def test_shifts_refuses_what_cannot_be(capsys, wanted, told):
    assert main(["shifts", "adult", "--shift", wanted]) == 2
    assert re.search(told, capsys.readouterr().err)
