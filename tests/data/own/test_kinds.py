"""Kinds of files that people really have, each with the value that is right."""

import io
import json
import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from openpyxl import Workbook

from tests.data.own.conftest import CHOICES, as_csv, people
from tradeoffs.cli import main
from tradeoffs.data.coding import Edges
from tradeoffs.data.own import held
from tradeoffs.data.own.finding import Finding
from tradeoffs.data.own.options import Choices, Question, Writing
from tradeoffs.data.own.reading import read
from tradeoffs.data.own.report import look
from tradeoffs.data.own.table import own_table
from tradeoffs.data.own.words import file_notes
from tradeoffs.errors import InvalidInput
from tradeoffs.pipeline.fitting import fitting
from tradeoffs.pipeline.run import run
from tradeoffs.scenario import Scenario

ROWS = 600


def column(own, name: str):
    return next(one for one in own.report.columns if one.name == name)


def reason(own, name: str) -> Finding:
    found = column(own, name).reason
    assert found is not None
    return found


def features(own) -> list[str]:
    return [one.name for one in own.book.features]


def favourable(own) -> float:
    return float(own.whole.labels[own.book.labels[0].name].mean())


SPELLINGS = {
    "a dot": ([">50K", ">50K.", "<=50K", "<=50K.", ">50K"], (">50K", ">50K."), ("<=50K", "<=50K.")),
    "case": (["YES", "yes", "NO", "no", "YES"], ("YES", "yes"), ("NO", "no")),
}


@pytest.mark.parametrize("kind", SPELLINGS)
def test_answers_in_two_spellings_are_listed_and_asked_for(table, kind):
    values, yes, no = SPELLINGS[kind]
    content = table(hired=values * 120)
    with pytest.raises(Question, match=r"120 rows.*state which are unfavourable") as asked:
        own_table(content, replace(CHOICES, favourable=yes[:1]))
    assert asked.value.option == "unfavourable"
    assert set(asked.value.choices) == set(values)
    own = own_table(content, replace(CHOICES, favourable=yes, unfavourable=no))
    assert favourable(own) == 0.6
    assert [one.rows for one in own.report.answers] == [240, 120, 120, 120]
    again = own_table(content, replace(CHOICES, favourable=yes[::-1], unfavourable=no[::-1]))
    assert again.book.labels == own.book.labels
    assert (
        own_table(
            content, replace(CHOICES, favourable=("|".join(yes),), unfavourable=("|".join(no),))
        ).report.answers
        == own.report.answers
    )


def test_an_answer_in_neither_list_is_left_out_and_counted(table):
    content = table(hired=["yes", "no", "later"] * 200)
    own = own_table(content, replace(CHOICES, unfavourable=("no",)))
    assert len(own.whole.row_id) == 400
    assert [(a.value, a.rows, a.taken) for a in own.report.answers if a.taken == "left out"] == [
        ("later", 200, "left out")
    ]
    with pytest.raises(InvalidInput, match="'yes' is stated as favourable and as unfavourable"):
        own_table(content, replace(CHOICES, unfavourable=("yes", "no")))


def test_of_many_answers_that_are_left_out_the_first_are_named(table):
    content = table(1_000, hired=[*["yes", "no"] * 300, *(f"other {n}" for n in range(400))])
    own = own_table(content, replace(CHOICES, unfavourable=("no",)))
    assert len(own.report.answers) == 402
    (told,) = [note for note in own.notes if note.startswith("Answers")]
    assert told.endswith("; and 362 other answers.")
    assert own.book.labels[0].derivation.endswith("other 7 (1 row), 392 others")


def test_a_value_that_stands_in_the_column_is_no_bound(table):
    own = own_table(
        table(hired=[">=50K", "<50K", ">=50K"] * 200), replace(CHOICES, favourable=(">=50K",))
    )
    assert favourable(own) == pytest.approx(2 / 3)


def noise(rows: int = ROWS, seed: int = 0) -> dict[str, Sequence[object]]:
    """People whose label has nothing to do with anything."""
    rng = np.random.default_rng(seed + 1)
    found = people(rows, seed)
    return {**found, "hired": rng.choice(["yes", "no"], rows).tolist()}


def auc(content: bytes, choices: Choices = CHOICES) -> float:
    own = own_table(content, choices)
    held.hold(__name__, own.whole)
    try:
        one = fitting(Scenario(dataset=own.book.name, epsilon=None, width=0, rows=100_000))[0]
        from tradeoffs.pipeline.chunks import Chunk

        (found,) = run(Chunk(scenarios=((one,),)))
        return float(found.measurement.report["auc"])
    finally:
        held.release(__name__)


def sorted_by_label(columns: Mapping[str, Sequence[object]]) -> dict[str, list[object]]:
    order = sorted(range(ROWS), key=lambda row: str(columns["hired"][row]))
    return {name: [values[row] for row in order] for name, values in columns.items()}


@pytest.mark.parametrize("number", ["running", "shuffled", "far apart"])
def test_a_number_of_the_row_is_left_out_with_its_reason(number):
    index = {
        "running": list(range(ROWS)),
        "shuffled": np.random.default_rng(0).permutation(ROWS).tolist(),
        "far apart": (np.arange(ROWS) * 7919 % 999_983).tolist(),
    }[number]
    own = own_table(as_csv({"": index, **sorted_by_label(noise())}), CHOICES)
    assert features(own) == ["sex", "town", "age", "skill"]
    code = "identifier" if number == "far apart" else "running_number"
    assert reason(own, "column_1").code == code


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


def test_what_a_report_shows_of_a_value_or_header_can_be_stated_back():
    """Signs that markdown or a spreadsheet would obey are shown by look-alikes."""
    cells = {"=sex": people()["sex"], **people(), "got": [">50K", "<=50K", ">50K|60K"] * 200}
    own = own_table(
        as_csv(cells),
        Choices(
            label="got",
            favourable=("›50K",),
            unfavourable=("‹=50K",),
            protected=("＝sex",),
            merge={"got": {"›50K¦60K": "›50K"}},
        ),
    )
    assert favourable(own) == pytest.approx(2 / 3)
    with pytest.raises(InvalidInput, match="'‹50K' is no value of column 'got'"):
        own_table(as_csv(cells), replace(CHOICES, label="got", favourable=("<50K",)))


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        (["$65,000", "1,234", "73240", "12.5"], [65000, 1234, 73240, 12.5]),
        (["3.249", "795", "48,2"], [3249, 795, 48.2]),
        (["1 234,5", "1'234,5", "7"], [1234.5, 1234.5, 7]),
        (["12 %", "7%", "0.5%"], [12, 7, 0.5]),
        (["\u22125", "1.5", ".5"], [-5, 1.5, 0.5]),
    ],
)
def test_numbers_are_read_as_they_are_meant(cells, value):
    lines = [f'"{cell}";x' for cell in cells]
    found = read("\n".join(["n;t", *lines * 3]).encode()).columns[0]
    assert found.numbers().tolist() == value * 3


def test_thousands_beside_whole_numbers_are_3249_and_never_3_249():
    rng = np.random.default_rng(0)
    pay = rng.integers(400, 5_000, ROWS)
    cells = {
        **people(),
        "skill": [f"{float(str(one)):.1f}".replace(".", ",") for one in people()["skill"]],
        "pay": [f"{one:,}".replace(",", ".") for one in pay],
    }
    sheet = read(as_csv(cells, ";"))
    assert sheet.column("pay").numbers().tolist() == pay.tolist()
    assert any(title == "pay" for title, _, _ in sheet.facts["read_as"])


def test_a_decimal_sign_that_nothing_tells_is_asked_for():
    pay = [f"{one:,}".replace(",", ".") for one in range(400, 400 + 7 * 300, 7)] * 2
    cells = {**people(), "skill": [n % 9 for n in range(ROWS)], "pay": pay}
    content = as_csv(cells, ";")
    with pytest.raises(Question, match=r"'pay' holds '1\.002': 1\.002 .*1002") as asked:
        own_table(content, CHOICES)
    assert asked.value.option == "decimal"
    own = own_table(content, CHOICES, writing=Writing(decimal=","))
    last = own.book.features[-1]
    assert isinstance(last, Edges) and last.edges[-1] > 400
    assert features(own_table(content, replace(CHOICES, drop=("pay",))))[-1] == "skill"


def test_windows_1252_is_decoded_and_its_words_can_be_typed(table):
    bands = ["over €30k", "€0–30k", "over €30k"] * 200
    content = table(hired=bands).decode().encode("cp1252")
    own = own_table(content, replace(CHOICES, favourable=("over €30k",)))
    assert favourable(own) == pytest.approx(2 / 3)
    assert own.report.facts["encoding"] == "windows-1252"
    assert "€30k" in own.notes[1]


def test_damaged_utf_8_is_asked_about(table):
    content = table(town=["Zürich", "Genève", "Bern"] * 200) + b"F,Gen\xe8ve,20,0,yes\r\n"
    with pytest.raises(Question, match=r"line 602, byte .* is 0xe8") as asked:
        read(content)
    assert asked.value.option == "encoding"
    assert "Genève" in read(content, Writing(encoding="windows-1252")).column("town").counts


def test_a_header_that_comes_twice_is_renamed_and_told(table):
    skill = people()["skill"]
    content = table(skill2=skill, other=[*skill[1:], skill[0]])
    content = content.replace(b"skill2", b"skill", 1).replace(b"other", b"skill", 1)
    own = own_table(content, CHOICES)
    assert own.report.facts["renamed"] == [("skill", "skill.1"), ("skill", "skill.2")]
    assert reason(own, "skill_1").code == "same_as"
    assert "copies_together" not in [one.code for one in own.report.cautions]
    assert "skill_2" in features(own)


def test_blank_rows_are_skipped_and_counted(table):
    own = own_table(table() + b",,,,\r\n , ,,,\r\n\r\n", CHOICES)
    assert (own.report.rows.read, own.report.rows.blank) == (ROWS, 3)
    assert len(own.whole.row_id) == ROWS


def test_rows_without_a_label_are_left_out_before_the_rest_is_judged(table):
    ages, hired = list(people()["age"]), list(people()["hired"])
    ages[:5], hired[:5] = [""] * 5, [""] * 5
    own = own_table(table(age=ages, hired=hired), replace(CHOICES, protected=("age",)))
    assert own.report.rows.unanswered == 5
    assert own.book.protected[0].edges
    assert len(own.whole.row_id) == ROWS - 5


def test_a_first_row_that_looks_like_data_is_asked_about(table):
    _, rows = table().split(b"\r\n", 1)
    with pytest.raises(Question, match="the first row looks like data") as asked:
        read(rows)
    assert asked.value.choices == ("header", "no-header")
    assert read(rows, Writing(header=False)).rows == ROWS
    assert read(rows, Writing(header=True)).rows == ROWS - 1
    choices = Choices(label="column 5", favourable=("yes",), protected=("column_1",))
    assert favourable(own_table(rows, choices, writing=Writing(header=False))) == favourable(
        own_table(table(), CHOICES)
    )


def test_a_first_row_with_one_number_and_a_title_above_the_names_are_asked_about(table):
    names = [f"person {n}" for n in range(ROWS)]
    _, rows = as_csv({"name": names, "town": names[::-1], "age": people()["age"]}).split(b"\n", 1)
    with pytest.raises(Question, match=r"the first row looks like data \('\d+'\)"):
        read(rows)
    with pytest.raises(Question, match=r"names 1 of 5 columns \('Report 2024'\)") as asked:
        read(b"Report 2024,,,,\r\n" + table())
    assert asked.value.option == "header"


def test_digits_with_zeros_in_front_are_codes_or_amounts_as_is_stated(table):
    ages = [f"{18 + n % 70:03}" for n in range(ROWS)]
    assert look(read(table(age=ages))).columns[2].kind == "codes"
    sheet = read(table(age=ages), Writing(numeric=("age",)))
    assert sheet.column("age").numbers().tolist() == [18 + n % 70 for n in range(ROWS)]
    assert "age: “018” was read as 18; --nominal takes digits as codes." in file_notes(look(sheet))
    varied = table(age=["007", "7", "0415"] * 200)
    assert "age: “007” was read as 7; --nominal takes digits as codes." in file_notes(
        look(read(varied))
    )
    assert read(varied, Writing(nominal=("age",))).column("age").counts["007"] == 200
    with pytest.raises(InvalidInput, match="'age' is stated as numeric and as nominal"):
        read(varied, Writing(numeric=("age",), nominal=("age",)))


def test_formulas_whose_results_a_workbook_does_not_store_are_told():
    book = Workbook(write_only=True)
    written = book.create_sheet()
    for n in range(40):
        written.append([n % 7, f"=A{n + 1}*2", None] if n else ["base", "twice", "empty"])
    target = io.BytesIO()
    book.save(target)
    sheet = read(target.getvalue())
    assert sheet.facts["formulas"] == ["twice"]
    assert "twice: formulas without results; a spreadsheet" in " ".join(file_notes(look(sheet)))


def test_one_word_in_several_unicode_forms_is_one_group(table):
    towns = ["caf\u00e9", "cafe\u0301", "\u200bcafe\u0301", "東京", "caf\u00e9\u00a0"] * 120
    own = own_table(table(town=towns), replace(CHOICES, protected=("town",)))
    assert own.book.protected[0].names == ("caf\u00e9", "東京")


def test_an_empty_and_a_constant_column_are_left_out_each_for_its_reason(table):
    own = own_table(table(nothing=[""] * ROWS, one=["1"] * ROWS), CHOICES)
    assert reason(own, "nothing").code == "empty"
    assert reason(own, "one").code == "constant"


def repeated(times: int = 3) -> bytes:
    return as_csv({name: [*values] * times for name, values in noise().items()})


def test_copies_of_a_row_stay_on_one_side_and_are_told():
    own = own_table(repeated(), CHOICES)
    split = own.whole.split()
    assert own.whole.cluster_id is not None
    content = dict(zip(own.whole.row_id.tolist(), own.whole.cluster_id.tolist(), strict=True))
    sides = [{content[one] for one in part.row_id.tolist()} for part in
             (split.train, split.select, split.report)]  # fmt: skip
    assert not (sides[0] & sides[1] or sides[0] & sides[2] or sides[1] & sides[2])
    assert sum(part.rows for part in (split.train, split.select, split.report)) == 3 * ROWS
    assert own.report.rows.repeated >= 2 * ROWS
    assert [one.code for one in own.report.cautions][1:3] == ["row", "copies_together"]


def test_copies_and_an_index_teach_a_model_nothing_about_noise():
    assert 0.4 < auc(repeated()) < 0.6
    index = {"": list(range(ROWS)), **sorted_by_label(noise())}
    assert 0.35 < auc(as_csv(index)) < 0.65


def test_equal_rows_of_a_coarse_table_are_taken_as_different_people(table):
    rng = np.random.default_rng(0)
    cells = {n: people()[n] for n in ("sex", "town", "hired")}
    own = own_table(as_csv({**cells, "kids": rng.integers(0, 3, ROWS).tolist()}), CHOICES)
    assert [one.code for one in own.report.cautions][2] == "copies_apart"
    split = own.whole.split()
    assert abs(split.train.rows / ROWS - 0.6) < 0.06


def test_rows_of_one_person_stay_on_one_side_and_one_of_them_is_used():
    cells = people(3 * ROWS)
    cells = {"person": [n // 3 for n in range(3 * ROWS)], **cells}
    own = own_table(as_csv(cells), replace(CHOICES, id="person"))
    assert own.book.unit == "person"
    assert "person" not in features(own)
    assert own.report.rows.persons == ROWS
    person = dict(zip(own.whole.row_id.tolist(), own.whole.person_id.tolist(), strict=True))
    split = own.whole.split()
    seen = [person[one] for part in (split.train, split.select, split.report)
            for one in part.row_id.tolist()]  # fmt: skip
    assert len(seen) == len(set(seen)) == ROWS
    assert split.train.rows == own.book.labels[0].train_rows
    assert any("Epsilon protects a person" in one for one in own.warnings)
    before = own_table(as_csv(cells), CHOICES)
    assert reason(before, "person").code == "several_rows"
    assert any("as some may by person (--id)" in told for told in before.warnings)


def test_a_person_more_changes_one_record_of_training():
    cells = {"person": [n // 3 for n in range(1_500)], **people(1_500)}
    given = own_table(as_csv(cells), replace(CHOICES, id="person")).book.model_dump_json().encode()
    choices = replace(CHOICES, id="person", columns=("age", "skill", "town", "sex"))

    def trained(rows: int) -> set[int]:
        few = {name: values[:rows] for name, values in cells.items()}
        split = own_table(as_csv(few), choices, given).whole.split()
        return set(split.train.row_id.tolist())

    changes = [len(trained(1_500 - 3 * n) ^ trained(1_500 - 3 * n - 3)) for n in range(8)]
    assert set(changes) == {0, 1}


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
    assert "Stated as missing, and in no cell: refused, town=none." in file_notes(report)
    (hint,) = report.columns[-1].hints
    assert (hint.code, hint.values) == ("like_missing", {"words": {"NA": 200}})
    stated = look(read(content, Writing(missing=("na",))))
    assert not any("in no cell" in note for note in file_notes(stated))


def test_a_bound_of_another_form_is_told_and_the_form_is_offered(table):
    with pytest.raises(InvalidInput, match=r"favourable='›40' must be a value, or >= and a num"):
        own_table(table(), replace(CHOICES, label="age", favourable=(">40",)))
    with pytest.raises(Question, match=r"state which are favourable, or >= and a number"):
        own_table(table(), replace(CHOICES, label="age", favourable=()))


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


def frame(writer: str) -> bytes:
    import pandas as pd

    target = io.BytesIO()
    cells = pd.DataFrame({**people(), "pay": [round(3.249 + n, 3) for n in range(ROWS)]})
    if writer == "parquet":
        cells.to_parquet(target, index=False)
    else:
        cells.to_excel(target, index=False)
    return target.getvalue()


@pytest.mark.parametrize("writer", ["excel", "parquet"])
def test_excel_and_parquet_become_the_same_table_as_csv(writer):
    found = read(frame(writer))
    assert found.facts["kind"] == writer
    same = read(as_csv({**people(), "pay": [round(3.249 + n, 3) for n in range(ROWS)]}))
    for one, other in zip(found.columns, same.columns, strict=True):
        assert [one.values[c] for c in one.codes] == [other.values[c] for c in other.codes]
        assert one.question is None


@pytest.mark.parametrize("sign", ["\t", "|", ";"])
def test_tabs_pipes_and_semicolons_with_decimal_commas(sign):
    skill = [str(one).replace(".", ",") for one in people()["skill"]]
    found = read(as_csv({**people(), "skill": skill}, sign))
    assert found.facts["separator"] == sign
    assert found.column("skill").numbers().tolist() == [float(str(v)) for v in people()["skill"]]


def test_five_hundred_columns_are_read_and_sixty_are_asked_for(table):
    rng = np.random.default_rng(0)
    wide = {f"n{n}": rng.integers(0, 9, ROWS).tolist() for n in range(495)}
    with pytest.raises(Question, match="models see at most 60") as asked:
        own_table(table(**wide), CHOICES)
    assert asked.value.option == "columns"
    chosen = tuple(f"n{n}" for n in range(60))
    own = own_table(table(**wide), replace(CHOICES, columns=chosen))
    assert len(own.book.features) == 60
    with pytest.raises(InvalidInput, match="501 columns; at most 500"):
        read(table(**wide, one=[1] * ROWS))


def test_two_separators_that_both_fit_are_asked_about():
    content = b"a;b,c;d\n" + b"1;2,3;4\n" * 9
    with pytest.raises(Question, match=r"comma \(2 columns\) or semicolon \(3 columns\)") as asked:
        read(content)
    assert asked.value.option == "separator"
    assert len(read(content, Writing(separator=";")).columns) == 3


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
