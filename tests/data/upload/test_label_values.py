"""Answers of a label in files that people really have: listed with their counts, never preset."""

from dataclasses import replace

import pytest

from tests.data.upload.conftest import (
    CHOICES,
    ROWS,
    as_csv,
    favourable,
    people,
)
from tradeoffs.data.upload.options import Choices, Question
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import InvalidInput

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


def test_rows_without_a_label_are_left_out_before_the_rest_is_judged(table):
    ages, hired = list(people()["age"]), list(people()["hired"])
    ages[:5], hired[:5] = [""] * 5, [""] * 5
    own = own_table(table(age=ages, hired=hired), replace(CHOICES, protected=("age",)))
    assert own.report.rows.unanswered == 5
    assert own.book.protected[0].edges
    assert len(own.whole.row_id) == ROWS - 5


def test_a_bound_of_another_form_is_told_and_the_form_is_offered(table):
    with pytest.raises(InvalidInput, match=r"favourable='›40' must be a value, or >= and a num"):
        own_table(table(), replace(CHOICES, label="age", favourable=(">40",)))
    with pytest.raises(Question, match=r"state which are favourable, or >= and a number"):
        own_table(table(), replace(CHOICES, label="age", favourable=()))
