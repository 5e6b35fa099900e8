import json

import numpy as np
import pandas as pd
import pytest

from tradeoffs.data.codebook import read_codebook
from tradeoffs.data.coding import Edges, Vocabulary
from tradeoffs.data.load import load_codebook
from tradeoffs.data.raw import read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

BOOK = load_codebook("adult")
FRAME = read_frame(BOOK)
CODINGS = {coding.name: coding for coding in BOOK.features}
EDGES = {name: coding for name, coding in CODINGS.items() if isinstance(coding, Edges)}
WORDS = {name: coding for name, coding in CODINGS.items() if isinstance(coding, Vocabulary)}


def bin_of(name, value):
    coding = CODINGS[name]
    return coding.bins[coding.encode(pd.Series([value]))[0]]


def test_one_record_changes_nobody_else():
    extreme = FRAME.iloc[[0]].assign(
        age=90, capital_gain=99_999, native_country="Holand-Netherlands"
    )
    with_extreme = pd.concat([FRAME.iloc[1:], extreme])
    before = BOOK.model_dump_json()
    codes = BOOK.encode(with_extreme)
    assert np.array_equal(codes[:-1], BOOK.encode(FRAME)[1:])
    assert np.array_equal(codes[:-1], BOOK.encode(FRAME.iloc[1:]))
    assert BOOK.model_dump_json() == before


def test_rows_encode_alone_as_among_others():
    rows = [0, 17, 32_561, 48_841]
    alone = np.concatenate([BOOK.encode(FRAME.iloc[[row]]) for row in rows])
    assert np.array_equal(alone, BOOK.encode(FRAME)[rows])


@pytest.mark.parametrize("coding", EDGES.values(), ids=EDGES)
def test_an_edge_opens_its_bin(coding):
    for place, edge in enumerate(coding.edges):
        below, at = np.nextafter(edge, -np.inf), edge
        assert coding.encode(pd.Series([below, at])).tolist() == [place, place + 1]


@pytest.mark.parametrize("coding", EDGES.values(), ids=EDGES)
def test_numbers_never_seen_fall_into_the_outer_bins(coding):
    column = pd.Series([-np.inf, -1e300, 1e300, np.inf, np.nan])
    last = len(coding.edges)
    assert coding.encode(column).tolist() == [0, 0, last, last, last + 1]


@pytest.mark.parametrize("coding", WORDS.values(), ids=WORDS)
def test_values_never_seen_fall_into_other_or_missing(coding):
    column = pd.Series(["Atlantis", 3, None, np.nan], dtype=object)
    found = [coding.bins[code] for code in coding.encode(column)]
    assert found == [*["other" if coding.other else "missing"] * 2, "missing", "missing"]


@pytest.mark.parametrize("coding", WORDS.values(), ids=WORDS)
def test_categories_encode_as_their_text(coding):
    column = pd.Series([value for value, _ in reversed(coding.values)] + [None])
    expected = [*range(len(coding.values) - 1, -1, -1), len(coding.bins) - 1]
    assert coding.encode(column).tolist() == expected
    assert coding.encode(column.astype("category")).tolist() == expected


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("age", 17, "under 20"),
        ("age", 25, "25 to 29"),
        ("age", 29, "25 to 29"),
        ("age", 90, "70 or over"),
        ("education_num", 1, "preschool at most"),
        ("education_num", 9, "high school diploma"),
        ("education_num", 13, "bachelor's degree"),
        ("education_num", 16, "doctorate"),
        ("capital_gain", 0, "none"),
        ("capital_gain", 2_999, "1 to 2,999"),
        ("capital_gain", 99_999, "20,000 or over"),
        ("capital_loss", 1_902, "1,900 to 1,999"),
        ("hours_per_week", 40, "40"),
        ("hours_per_week", 41, "41 to 44"),
        ("native_country", "Columbia", "Colombia"),
    ],
)
def test_words_say_what_is_in_the_bin(name, value, words):
    assert bin_of(name, value) == words


def test_words_and_recorded_schooling_agree():
    # The dropped column `education` in the words of adult.names, against education_num.
    recorded = {5: "9th", 6: "10th", 7: "11th", 8: "12th", 14: "Masters", 16: "Doctorate"}
    for number, words in recorded.items():
        assert words.lower()[:6] in bin_of("education_num", number).replace("'", "")


def test_every_bin_of_a_listed_range_names_its_edges():
    for coding in EDGES.values():
        if coding.name == "education_num":
            continue
        for low, label in zip(coding.edges, coding.labels[1:], strict=True):
            assert label.startswith(f"{int(low):,}")


def test_text_in_a_numeric_column_is_refused():
    frame = FRAME.iloc[:2].assign(age=["39", "old"])
    with pytest.raises(InvalidInput, match="column 'age' must hold numbers: .*old"):
        BOOK.encode(frame)


def test_absent_columns_are_named():
    with pytest.raises(InvalidInput, match="absent from the table 'adult': age, sex"):
        BOOK.encode(FRAME.drop(columns=["sex", "age"]))


def test_a_row_without_a_group_is_refused():
    column = FRAME.loc[:, "race"].astype(object)
    column.iloc[3] = None
    race = next(a for a in BOOK.protected if a.name == "race")
    with pytest.raises(InvalidInput, match="'race' of 1 rows is not one of: .*Black"):
        race.encode(column)


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(InvalidInput, match=r"unknown dataset '\.\./pyproject'; known: adult"):
        load_codebook("../pyproject")


def faulty(**changes):
    return json.loads((DATA / "adult.json").read_text()) | changes


def labelled(**changes):
    return faulty(labels=[faulty()["labels"][0] | changes])


def edges(**changes):
    age = {
        "kind": "edges",
        "name": "age",
        "title": "age",
        "edges": [1, 2],
        "labels": ["a", "b", "c"],
    }
    return faulty(features=[age | changes], protected=[], crossings=[])


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (edges(edges=[2, 2]), "must increase strictly"),
        (edges(labels=["a", "b"]), "2 labels for 3 bins"),
        (edges(labels=["a", "b", "missing"]), "must not repeat"),
        (edges(kind="quantiles"), "'quantiles'"),
        (faulty(sha256="short"), "sha256"),
        (faulty(surprise=1), "surprise"),
        (faulty(features=faulty()["features"][:3]), "race: feature=True is not so|sex: feature"),
        (faulty(crossings=["sex*age"]), "crossing 'sex.age' must join attributes"),
        (faulty(crossings=["sex"]), "crossing 'sex' must join attributes"),
        (faulty(crossings=["sex*sex"]), "crossing 'sex.sex' must join attributes"),
        (faulty(labels=faulty()["labels"] * 2), "labels: .* must not repeat"),
        (labelled(withheld=["shoe"]), r"withheld=\('shoe',\) must be some features"),
        (labelled(capacity=1.5), "capacity"),
        (labelled(favourable="rich"), "favourable"),
    ],
)
def test_a_faulty_codebook_names_its_fault(tmp_path, content, fault):
    file = tmp_path / "adult.json"
    file.write_text(json.dumps(content))
    with pytest.raises(InvalidInput, match=f"adult.json is not a codebook: .*({fault})"):
        read_codebook(file)


def test_a_missing_codebook_is_named(tmp_path):
    with pytest.raises(InvalidInput, match="cannot read none.json: No such file"):
        read_codebook(tmp_path / "none.json")
