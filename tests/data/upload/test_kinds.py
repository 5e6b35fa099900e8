"""Columns that people really have: each is used, or left out for its true reason."""

import json
import pickle
from dataclasses import replace

import pytest

from tests.data.upload.conftest import (
    CHOICES,
    ROWS,
    as_csv,
    column,
    features,
    people,
    reason,
    sentences,
)
from tradeoffs.cli import main
from tradeoffs.data.upload.import_report import look
from tradeoffs.data.upload.options import Choices, Question, Writing
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.data.upload.read import read
from tradeoffs.errors import InvalidInput


def test_a_near_copy_of_the_label_is_left_out_and_can_be_asked_for(table):
    hired = people()["hired"]
    copy = ["in" if one == "yes" else "out" for one in hired]
    content = table(status=copy)
    own = own_table(content, CHOICES)
    assert reason(own, "status").code == "tells_label"
    named = replace(CHOICES, columns=("status", "age"))
    assert features(own_table(content, named)) == ["status", "age"]


def test_words_of_missing_cells_among_numbers_are_told(table):
    ages = [str(20 + n % 50) for n in range(ROWS)]
    ages[3], ages[5] = "None", "#N/A"
    own = own_table(table(age=ages), CHOICES)
    assert column(own, "age").kind == "numbers"
    assert column(own, "age").missing == {"None": 1, "#N/A": 1}
    assert "age: missing: “#N/A” (1), “None” (1)." in own.notes


def test_a_word_among_numbers_leaves_a_column_out_until_it_is_stated_as_missing(table):
    pay = [f"${20_000 + 37 * n:,}" for n in range(ROWS)]
    pay[5] = "unknown"
    own = own_table(table(pay=pay), CHOICES)
    told = reason(own, "pay")
    assert (told.code, told.values) == ("mixed", {"words": {"unknown": 1}, "cells": 1})
    own = own_table(
        table(pay=pay), replace(CHOICES, columns=("pay",)), writing=Writing(missing=("unknown",))
    )
    assert own.book.features[0].kind == "edges"
    assert column(own, "pay").missing == {"unknown": 1}


def test_numbers_in_several_units_are_left_out_for_that_reason(table):
    pay = [(f"${20_000 + 37 * n:,}", f"{1_000 + n:,}", f"{n % 100}%", "unknown")[n % 4] for n in
           range(ROWS)]  # fmt: skip
    own = own_table(table(pay=pay), CHOICES)
    assert "pay" not in features(own)
    told = reason(own, "pay")
    assert (told.code, told.values) == ("units", {"cells": {"＄": 150, "": 150, "%": 150}})
    assert any("several units: ＄ (150), no sign (150), % (150)" in note for note in own.notes)
    one = [f"€{n}.5" if n % 2 else f"{n}.5" for n in range(ROWS)]  # at some of the numbers
    assert "pay" in features(own_table(table(pay=one), CHOICES))
    two = [f"{n},5 €" if n % 2 else f"{n},5 %" for n in range(ROWS)]
    last = look(read(as_csv({"sex": people()["sex"], "pay": two}, ";"))).columns[-1]
    assert last.reason is not None and last.reason.code == "units"


def test_an_empty_and_a_constant_column_are_left_out_each_for_its_reason(table):
    own = own_table(table(nothing=[""] * ROWS, one=["1"] * ROWS), CHOICES)
    assert reason(own, "nothing").code == "empty"
    assert reason(own, "one").code == "constant"


def test_a_missing_word_is_told_and_can_be_taken_as_a_value(table):
    countries = ["NA", "BW", "ZA"] * 200
    choices = replace(CHOICES, protected=("country",))
    own = own_table(table(country=countries), choices)
    assert column(own, "country").missing == {"NA": 200}
    for writing in (Writing(missing=()), Writing(missing_in={"country": ()})):
        own = own_table(table(country=countries), choices, writing=writing)
        assert set(own.book.protected[0].names) == {"NA", "BW", "ZA"}


@pytest.mark.parametrize("code", ["-999", "999", "-9999", "-999.0"])
def test_a_number_far_from_all_others_may_mean_missing_and_can_be_stated(table, code):
    ages = [code, *(str(18 + n % 70) for n in range(1, ROWS))]
    found = look(read(table(age=ages))).columns[2]
    told = str(int(float(code)))
    assert [(one.code, one.values) for one in found.hints] == [
        ("like_missing", {"words": {told: 1}})
    ]
    stated = look(read(table(age=ages), Writing(missing=(told,)))).columns[2]
    assert (sum(stated.missing.values()), stated.hints) == (1, ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [("{} kg", "in_text"), ("EUR {}.5", "in_text"), ("2020-01-{:02}", "few_dates")],
)
def test_what_is_taken_as_a_name_though_it_holds_a_number_is_told(table, cell, code):
    cells = [cell.format(n % 28 + 1) for n in range(ROWS)]
    assert [one.code for one in look(read(table(pay=cells))).columns[-1].hints] == [code]


def test_a_stated_word_that_stands_nowhere_and_a_usual_one_that_counts_no_more_are_told(table):
    countries = ["NA", "BW", "ZA"] * 200
    content = table(country=countries)
    report = look(read(content, Writing(missing=("refused",), missing_in={"town": ("none",)})))
    assert "Stated as missing, and in no cell: refused, town=none." in sentences(report)
    (hint,) = report.columns[-1].hints
    assert (hint.code, hint.values) == ("like_missing", {"words": {"NA": 200}})
    stated = look(read(content, Writing(missing=("na",))))
    assert not any("in no cell" in note for note in sentences(stated))


def test_bins_of_a_column_of_words_are_refused(table):
    with pytest.raises(InvalidInput, match="column 'town' holds 'South', not a number"):
        own_table(table(), replace(CHOICES, bins={"town": (1.0,)}))


def test_bins_are_cut_values_merged_and_codes_marked_without_json(table):
    content = table(zip=[f"{n % 12 + 10}" for n in range(ROWS)])
    choices = replace(
        CHOICES,
        protected=("age", "town"),
        bins={"age": (30.0, 50.0)},
        merge={"town": {"South": "elsewhere", "West": "elsewhere"}},
    )
    own = own_table(content, choices, writing=Writing(nominal=("zip",)))
    assert own.book.protected[0].names == ("under 30", "30 to under 50", "50 or more")
    assert set(own.book.protected[1].names) == {"North", "elsewhere"}
    assert next(f for f in own.book.features if f.name == "zip").kind == "vocabulary"
    with pytest.raises(InvalidInput, match="'East' is no value of column 'town'"):
        own_table(content, replace(choices, merge={"town": {"East": "elsewhere"}}))


def test_the_smallest_difference_is_told(table):
    own = own_table(table(800), CHOICES)
    assert own.report.differences is not None
    assert own.report.differences["accuracy"] == pytest.approx(0.062, abs=0.005)
    assert "points of accuracy" in own.notes[-1]


def test_every_message_is_short(table):
    wide = {f"a long name of a column {n} " + "x" * 60: ["?"] * ROWS for n in range(400)}
    for choices in (replace(CHOICES, label="gone"), replace(CHOICES, favourable=())):
        with pytest.raises(InvalidInput) as told:
            own_table(table(**wide), choices)
        assert len(str(told.value)) <= 400
    words = [("w" * 60) + str(n) for n in range(ROWS)]
    with pytest.raises(InvalidInput) as told:
        own_table(table(hired=words), replace(CHOICES, favourable=(words[0],)))
    assert len(str(told.value)) <= 400


def test_the_command_tells_what_it_read_and_what_is_open(tmp_path, capsys):
    path = tmp_path / "x.csv"
    path.write_bytes(as_csv({**people(), "hired": ["YES", "no", "later"] * 200}))
    assert main(["data", "import", str(path)]) == 2
    told = capsys.readouterr()
    assert "hired: values, 3 different: “YES” (200), “no” (200), “later” (200)" in told.out
    assert "needs --label, --favourable, --protected" in told.err
    argv = ["data", "import", str(path), "--label", "hired", "--protected", "sex"]
    assert main([*argv, "--favourable", "YES"]) == 2
    assert "(--unfavourable)" in capsys.readouterr().err
    more = ["--bins", "age=30,50", "--merge", "town=South|West=>else", "--decimal", "point"]
    argv += ["--favourable", "YES", "--unfavourable", "no", *more, "--json"]
    assert main(argv) == 0
    report = json.loads(capsys.readouterr().out)["report"]
    assert report["answers"][2] == {"value": "later", "rows": 200, "taken": "left out"}
    assert report == json.loads(json.dumps(_same(path, report)))


def _same(path, report):
    """What the API reports on the same file and choices."""
    choices = Choices(
        label="hired",
        favourable=("YES",),
        unfavourable=("no",),
        protected=("sex",),
        bins={"age": (30.0, 50.0)},
        merge={"town": {"South": "else", "West": "else"}},
    )
    return own_table(path, choices, writing=Writing(decimal=".")).report.document()


def test_a_file_is_looked_at_before_anything_is_decided(table):
    report = look(read(table(gone=["?"] * ROWS)))
    assert [one.use for one in report.columns] == ["open"] * 6
    assert report.columns[-1].reason is not None and report.columns[-1].reason.code == "empty"
    assert report.columns[4].shown.keys() == {"yes", "no"}


def test_columns_that_were_not_chosen_are_named_in_one_sentence(table):
    more = {f"extra {n}": people(seed=n)["town"] for n in range(12)}
    own = own_table(table(**more), replace(CHOICES, columns=("age", "skill")))
    (told,) = [note for note in own.notes if "extra" in note or "town" in note]
    assert told.startswith("Left out by your choice: sex, town, extra 0, ")
    assert told.endswith(", extra 5 and 6 more.")


def test_numbers_among_which_a_word_stands_are_called_numbers(table):
    pay = ["unknown", *(f"{20_000 + 37 * n}" for n in range(1, ROWS))]
    found = look(read(table(pay=pay))).columns[-1]
    assert (found.kind, found.shown) == ("numbers", {})


def test_table_and_questions_travel_between_processes(table):
    own = pickle.loads(pickle.dumps(own_table(table(), CHOICES)))
    assert own.report.document() == own_table(table(), CHOICES).report.document()
    with pytest.raises(Question) as asked:
        read(table(hired=["yes", "no"] * 300).split(b"\r\n", 1)[1])
    again = pickle.loads(pickle.dumps(asked.value))
    assert (str(again), again.option, again.choices) == (
        str(asked.value),
        asked.value.option,
        asked.value.choices,
    )
