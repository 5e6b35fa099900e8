import json
from dataclasses import replace
from io import BytesIO

import numpy as np
import pandas as pd
import pytest

from tests.data.upload.conftest import CHOICES
from tradeoffs.data.coding import Edges, Vocabulary
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import InvalidInput


def test_codes_labels_and_groups_are_those_of_the_file(table):
    content = table()
    own = own_table(content, CHOICES)
    raw = pd.read_csv(BytesIO(content))
    whole = own.whole
    assert np.array_equal(whole.labels["hired"], (raw["hired"] == "yes").astype(np.int8))
    names = {p.name: np.array(p.names) for p in own.book.protected}
    assert np.array_equal(names["sex"][whole.groups["sex"]], raw["sex"])
    age = next(f for f in own.book.features if f.name == "age")
    assert isinstance(age, Edges)
    bins = (raw["age"].to_numpy()[:, None] >= np.array(age.edges)).sum(1)
    place = [f.name for f in own.book.features].index("age")
    assert np.array_equal(whole.codes[:, place], bins)


def test_the_label_is_no_feature_and_protected_columns_are_unless_left_out(table):
    assert [f.name for f in own_table(table(), CHOICES).book.features] == [
        "sex", "town", "age", "skill",
    ]  # fmt: skip
    own = own_table(table(), replace(CHOICES, columns=("skill", "age")))
    assert [f.name for f in own.book.features] == ["skill", "age"]
    assert not own.book.protected[0].feature


def test_the_same_file_and_choices_have_the_same_name_and_others_have_not(table):
    names = [
        own_table(table(), CHOICES).book.name,
        own_table(table(), CHOICES).book.name,
        own_table(table(), replace(CHOICES, favourable=("no",))).book.name,
        own_table(table(601), CHOICES).book.name,
    ]
    assert names[0] == names[1]
    assert len(set(names)) == 3
    assert all(len(name) == 20 and name.startswith("own-") for name in names)


def test_sixty_of_a_hundred_rows_are_for_training_and_no_row_is_in_two_parts(table):
    split = own_table(table(5_000), CHOICES).whole.split()
    ids = [part.row_id for part in (split.train, split.select, split.report)]
    assert len(np.unique(np.concatenate(ids))) == 5_000
    assert 0.58 < split.train.rows / 5_000 < 0.62
    assert abs(split.select.rows - split.report.rows) <= 1


def test_the_proposal_warns_and_a_codebook_that_covers_everything_does_not(table):
    own = own_table(table(), CHOICES)
    assert "sex, town, age, skill, groups of sex" in own.warnings[0]
    assert "epsilon does not cover them" in own.warnings[0]
    wide = own_table(
        table(**{f"n{n}": [(i * (n + 3)) % 23 for i in range(600)] for n in range(9)}), CHOICES
    )
    assert "rows: sex, town, age, skill, n0, n1, n2, n3 and 6 more. They" in wide.warnings[0]
    again = own_table(table(), CHOICES, own.book.model_dump_json().encode())
    assert again.report.cautions[0].code == "given"
    assert again.book.features == own.book.features
    part = json.loads(own.book.model_dump_json())
    part["features"] = [f for f in part["features"] if f["name"] != "age"]
    assert "rows: age. They" in own_table(table(), CHOICES, json.dumps(part).encode()).warnings[0]


def test_a_given_codebook_decides_the_bins(table):
    given = {
        "features": [
            {"kind": "edges", "name": "age", "title": "age", "edges": [40], "labels": ["<", ">"]}
        ]
    }
    given["features"][0]["labels"] = ["under 40", "40 or more"]
    own = own_table(table(), replace(CHOICES, columns=("age",)), json.dumps(given).encode())
    assert own.book.features[0].bins == ("under 40", "40 or more", "missing")


def test_the_most_frequent_values_are_listed_and_rare_ones_are_other(table):
    towns = [f"t{n}" for n in range(50) for _ in range(12)]
    towns[:3] = ["rare"] * 3
    own = own_table(table(600, town=towns), CHOICES)
    town = own.book.features[1]
    assert isinstance(town, Vocabulary)
    assert len(town.values) == 40
    assert town.other
    assert "rare" not in dict(town.values)


def test_a_column_of_names_is_left_out_and_told_but_not_where_it_is_asked_for(table):
    content = table(person=[f"person {n}" for n in range(600)])
    own = own_table(content, CHOICES)
    assert "person" not in [f.name for f in own.book.features]
    assert "person: left out: an identifier: every row has a different value." in own.notes
    with pytest.raises(InvalidInput, match="'person' has no value that 5 rows share"):
        own_table(content, replace(CHOICES, columns=("person", "age")))


def test_missing_values_have_their_own_bin_and_group(table):
    sexes = ["F", "M", "", "NA", "?", "null"] * 100
    own = own_table(table(sex=sexes), CHOICES)
    assert own.book.protected[0].names[-1] == "missing"
    assert np.bincount(own.whole.groups["sex"]).tolist() == [100, 100, 400]


def test_rows_without_the_label_are_left_out(table):
    hired = ["yes", "no", ""] * 300
    own = own_table(table(900, hired=hired), CHOICES)
    label = own.book.labels[0]
    assert label.train_rows + label.test_rows == 600


def test_a_threshold_makes_a_label_of_a_number(table):
    own = own_table(table(), replace(CHOICES, label="age", favourable=(">= 40",)))
    assert own.book.labels[0].positive == "40 or more"
    ages = pd.read_csv(BytesIO(table()))["age"]
    assert np.array_equal(own.whole.labels["age"] == 1, ages >= 40)


def test_decimal_commas_are_read_where_semicolons_separate(table):
    skill = [f"{n / 10:.1f}".replace(".", ",") for n in range(600)]
    own = own_table(table(delimiter=";", skill=skill), CHOICES)
    assert "separated by semicolons." in own.notes[0]
    assert "Decimal comma in: skill." in own.notes
    assert own.book.features[3].bins[0] == "under 5.9"


def test_numbers_written_in_two_ways_are_one_value(table):
    own = own_table(table(sex=["1", "1.0", "2", "02"] * 150), replace(CHOICES, favourable=("yes",)))
    assert own.book.protected[0].names == ("1", "2")


def test_words_of_the_codebook_in_the_file_do_not_collide_with_its_own(table):
    own = own_table(table(town=["other", "Missing", "missing", "x"] * 150), CHOICES)
    assert own.book.features[1].bins == ("Missing", "missing (2)", "other (2)", "x", "missing")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"label": "wage"}, "unknown column 'wage'; known: sex, town, age, skill, hired"),
        ({"favourable": ("maybe",)}, "'maybe' is no value of column 'hired', which has: "),
        ({"favourable": (">=5",)}, "column 'hired' holds '(yes|no)', not a number"),
        ({"protected": ()}, "0 protected columns; from 1 to 4 are needed"),
        ({"protected": ("hired",)}, "'hired' is the label and cannot be protected too"),
        ({"columns": ()}, "no column is left for models to see; at least 1 is needed"),
    ],
)
def test_a_choice_that_cannot_be_is_told_with_its_bound(table, change, told):
    with pytest.raises(InvalidInput, match=told):
        own_table(table(), replace(CHOICES, **change))


def test_a_constant_label_and_too_many_groups_are_told_with_their_bounds(table):
    with pytest.raises(InvalidInput, match="favourable in 600 of 600 rows; at least 10"):
        own_table(table(hired=["yes"] * 600), CHOICES)
    with pytest.raises(
        InvalidInput, match=r"'sex' has 500 different values as groups; .*\[2, 20\]"
    ):
        own_table(table(sex=[f"g{n % 500}" for n in range(600)]), CHOICES)
    with pytest.raises(InvalidInput, match="'sex' has the same value in every row, so there are"):
        own_table(table(sex=["F"] * 600), CHOICES)
    with pytest.raises(InvalidInput, match="'age' is missing in 6 rows"):
        own_table(table(age=["", *range(99)] * 6), replace(CHOICES, protected=("age",)))


GIVEN_BINS = {
    "features": [
        {
            "kind": "edges",
            "name": "age",
            "title": "age",
            "edges": [30, 50],
            "labels": ["under 30", "30 to 49", "50 or more"],
        },
        {
            "kind": "vocabulary",
            "name": "town",
            "title": "town",
            "values": [["1.0", "first"], ["02", "second"], ["x", "third"]],
            "other": True,
        },
    ],
    "protected": [
        {
            "name": "sex",
            "title": "sex",
            "groups": [["1", "one"], [["2", None], "two"]],
            "feature": False,
        }
    ],
}


def rows_of(own):
    """Return what is known of each row, by its id."""
    whole = own.whole
    known = zip(
        *(whole.codes.tolist(), whole.groups["sex"], whole.labels["hired"], whole.train),
        strict=True,
    )
    return dict(zip(whole.row_id.tolist(), known, strict=True))


@pytest.mark.parametrize(
    "stranger",
    [
        ["1", "x", "n/k", "3", "0"],  # text in columns of numbers
        ["2", "1.00", "1e999", "-1e300", "1"],
        ["", "", "", "", "1"],
        None,  # a copy of a row that is there
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_with_a_given_codebook_a_row_more_changes_nothing_of_the_others(table, stranger, delimiter):
    sexes, towns = ["1", "1.0", "2", "02"] * 150, ["1", "01", "2.0", "7", "x"] * 120
    hired = np.where(np.arange(600) % 7 < 3, "1", "0.0").tolist()
    content = table(600, delimiter, sex=sexes, town=towns, hired=hired)
    lines = content.decode().splitlines()
    row = lines[5] if stranger is None else delimiter.join(stranger)
    choices = replace(CHOICES, favourable=("1",), unfavourable=("0",), columns=("age", "town"))
    given = json.dumps(GIVEN_BINS).encode()
    before = own_table(content, choices, given)
    for place in (1, 300, 601):
        more = "\n".join([*lines[:place], row, *lines[place:]]).encode()
        after = own_table(more, choices, given)
        assert len(after.whole.row_id) == 601
        assert rows_of(before).items() <= rows_of(after).items()
        assert len(rows_of(after)) == 601
    assert before.report.cautions[0].code == "given"
    assert np.bincount(before.whole.codes[:, 1], minlength=5).tolist() == [240, 120, 120, 120, 0]
    assert np.bincount(before.whole.groups["sex"]).tolist() == [300, 300]


def test_cells_that_a_given_codebook_cannot_cut_are_missing_and_told(table):
    ages = ["old", *range(20, 79)] * 10
    choices = replace(CHOICES, columns=("age", "town"), protected=("town",))
    features = {"features": GIVEN_BINS["features"][:1]}
    own = own_table(table(age=ages), choices, json.dumps(features).encode())
    assert (own.whole.codes[::60, 0] == 3).all()
    assert "age: 10 cells are not numbers and count as missing." in own.notes


def test_a_codebook_that_lists_one_number_twice_is_refused(table):
    twice = json.loads(json.dumps(GIVEN_BINS))
    twice["features"][1]["values"] = [["1", "a"], ["1.0", "b"]]
    with pytest.raises(InvalidInput, match=r"cannot be used: .*must not repeat"):
        own_table(table(), CHOICES, json.dumps(twice).encode())


def test_ids_follow_from_what_rows_hold_and_equal_rows_have_ids_of_their_own(table):
    content = table(town=["x"] * 600, age=[30] * 600, skill=[1] * 600)
    ids = own_table(content, CHOICES).whole.row_id
    assert len(np.unique(ids)) == 600
    assert ids.min() >= 0 and ids.max() < 2**56
    header, *lines = content.decode().splitlines()
    turned = "\n".join([header, *reversed(lines)]).encode()
    assert set(own_table(turned, CHOICES).whole.row_id) == set(ids)


def test_a_column_left_out_by_looking_at_rows_is_no_given_one(table):
    content = table(person=[f"person {n}" for n in range(600)])
    book = own_table(content, CHOICES).book.model_dump_json().encode()
    assert (
        "derived from these rows: which columns are left out."
        in (own_table(content, CHOICES, book).warnings[0])
    )
