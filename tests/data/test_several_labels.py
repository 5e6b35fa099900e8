"""A table with everything Adult lacks: several labels, some undefined, persons, place and time."""

import numpy as np
import pandas as pd
import pytest

from tradeoffs.data.codebook import Codebook
from tradeoffs.data.encoded import one_row_per_person, read_encoded, training_mask, write_encoded
from tradeoffs.data.raw import encode_frame
from tradeoffs.errors import InvalidInput

PEOPLE, YEARS = 500, 2
RNG = np.random.default_rng(5)
FRAME = pd.DataFrame(
    {
        "row_id": np.arange(PEOPLE * YEARS),
        "person_id": np.tile(np.arange(PEOPLE), YEARS),
        "year": np.repeat([2015, 2016], PEOPLE),
        "town": RNG.choice(["north", "south"], PEOPLE * YEARS),
        "sex": np.tile(RNG.choice(["f", "m"], PEOPLE), YEARS),
        "cost": RNG.exponential(1_000, PEOPLE * YEARS),
        "sick": RNG.choice(np.array([True, False, None]), PEOPLE * YEARS),
    }
)


def label(name, column, **more):
    words = {"title": name, "question": "?", "positive": "y", "negative": "n", "derivation": "d"}
    rows = {"train_rows": 1, "test_rows": 2}
    return {"name": name, "column": column, "favourable": "negative"} | words | rows | more


def grouping(name, *values, **more):
    return {"name": name, "title": name, "groups": [[v, v] for v in values]} | more


BOOK = Codebook.model_validate(
    {
        "version": 1,
        "name": "town",
        "title": "a town",
        "unit": "person",
        "source": "drawn here",
        "licence": "none",
        "citation": "none",
        "train_share": 0.6,
        "labels": [
            label("dear", "cost", at_least=1_500, withheld=["cost"]),
            label("sick", "sick"),
        ],
        "features": [
            {"kind": "edges", "name": "cost", "title": "c", "edges": [100], "labels": ["a", "b"]},
            {"kind": "vocabulary", "name": "sex", "title": "s", "values": [["f", "f"]]}
            | {"other": True},
        ],
        "protected": [grouping("sex", "f", "m", feature=True)],
        "place": grouping("town", "north", "south"),
        "time": grouping("year", "2015", "2016"),
        "sha256": "0" * 64,
    }
)
WHOLE = encode_frame(BOOK, FRAME)


def parts(name):
    split = WHOLE.split(name)
    return split.train, split.select, split.report


@pytest.mark.parametrize("name", ["dear", "sick"])
def test_each_person_has_one_row_and_is_in_one_part(name):
    people = [WHOLE.person_id[part.row_id] for part in parts(name)]
    everybody = np.concatenate(people)
    assert len(np.unique(everybody)) == len(everybody)
    answered = np.unique(FRAME.loc[FRAME["sick"].notna() | (name == "dear"), "person_id"])
    assert np.array_equal(np.sort(everybody), answered)


def test_rows_without_an_answer_are_left_out_for_that_label_alone():
    kept = np.concatenate([part.row_id for part in parts("sick")])
    assert FRAME.loc[kept, "sick"].notna().all()
    kept = np.concatenate([part.row_id for part in parts("dear")])
    assert len(kept) == PEOPLE and FRAME.loc[kept, "sick"].isna().any()


def test_the_answers_are_those_of_the_label():
    for part in parts("dear"):
        assert np.array_equal(part.label, FRAME.loc[part.row_id, "cost"] >= 1_500)
    for part in parts("sick"):
        assert np.array_equal(part.label, FRAME.loc[part.row_id, "sick"].astype(bool))


def test_the_column_that_defines_a_label_is_withheld_for_it_alone():
    assert [f.name for f in WHOLE.split("dear").train.features] == ["sex"]
    assert [f.name for f in WHOLE.split("sick").train.features] == ["cost", "sex"]


def test_place_and_time_stay_with_their_rows():
    for part in parts("dear"):
        assert part.place is not None and part.time is not None
        towns = np.array(part.place.names)[part.place.codes]
        assert np.array_equal(towns, FRAME.loc[part.row_id, "town"])
        years = np.array(part.time.names)[part.time.codes].astype(int)
        assert np.array_equal(years, FRAME.loc[part.row_id, "year"])


def test_who_trains_is_drawn_by_person_alone():
    train = training_mask(np.arange(100_000), 0.6)
    assert abs(train.mean() - 0.6) < 4 * np.sqrt(0.24 / 100_000)
    assert np.array_equal(WHOLE.train[:PEOPLE], WHOLE.train[PEOPLE:])
    some = FRAME.iloc[::3]
    assert np.array_equal(encode_frame(BOOK, some).train, WHOLE.train[::3])


def test_one_row_each_does_not_follow_the_place_in_the_file():
    person, row = FRAME["person_id"].to_numpy(), FRAME["row_id"].to_numpy()
    kept = one_row_per_person(person, row)
    assert kept.sum() == PEOPLE and len(np.unique(person[kept])) == PEOPLE
    later = (row[kept] >= PEOPLE).mean()
    assert abs(later - 0.5) < 4 * np.sqrt(0.25 / PEOPLE)
    assert np.array_equal(one_row_per_person(person[::-1], row[::-1]), kept[::-1])
    assert one_row_per_person(row, row).all()
    assert one_row_per_person(row[:0], row[:0]).shape == (0,)


def test_what_is_written_reads_back(tmp_path):
    write_encoded(WHOLE, tmp_path)
    again = read_encoded(BOOK, tmp_path).arrays()
    assert again.keys() == WHOLE.arrays().keys()
    assert {"label:dear", "label:sick", "group:sex", "mark:place", "mark:time"} < again.keys()
    for name, values in WHOLE.arrays().items():
        assert np.array_equal(values, again[name]) and values.dtype == again[name].dtype


@pytest.mark.parametrize(
    ("name", "told"),
    [(None, "town has several labels, name one of: dear, sick"), ("poor", "unknown label 'poor'")],
)
def test_a_label_must_be_named(name, told):
    with pytest.raises(InvalidInput, match=told):
        WHOLE.split(name)


def counted(values):
    book = BOOK.model_copy(update={"counts": ("visits",)})
    return book, FRAME.assign(visits=pd.Series(values, dtype="float64").reindex(FRAME.index))


def test_counts_are_kept_by_row_and_read_back(tmp_path):
    book, frame = counted({0: 0, 1: 7, 3: 300})
    whole = encode_frame(book, frame)
    write_encoded(whole, tmp_path)
    for one in (whole, read_encoded(book, tmp_path)):
        found = one.count("visits", np.array([3, 1, 2, 0]))
        assert np.array_equal(found, [300, 7, np.nan, 0], equal_nan=True)


@pytest.mark.parametrize("value", [-1, 0.5, 40_000])
def test_a_count_is_a_whole_number_from_nought(value):
    book, frame = counted({0: value})
    with pytest.raises(InvalidInput, match=r"count 'visits' must hold whole numbers in \[0, 32767"):
        encode_frame(book, frame)


def test_unknown_counts_and_rows_are_named():
    book, frame = counted({0: 1})
    whole = encode_frame(book, frame)
    with pytest.raises(InvalidInput, match="unknown count 'nights'; known: visits"):
        whole.count("nights", np.array([0]))
    for rows in ([0, PEOPLE * YEARS], [-1]):
        with pytest.raises(InvalidInput, match="rows that are not in town"):
            whole.count("visits", np.array(rows))
