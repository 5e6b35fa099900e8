"""MEPS: its recipe on a few people made here, and what its labels and groups promise."""

import importlib
import sys

import numpy as np
import pandas as pd
import pytest

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.label import UNDEFINED, YES
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.raw import read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.paths import DATA

sys.path.insert(0, str(DATA))
recipe = importlib.import_module("recipes.meps")
BOOK = dataset("meps").codebook


def person(year, panel, number, **answers):
    """Return one row of a file: a healthy person of 40 who answered everything with no."""
    ending = str(year)[2:]
    codes = {code for code, _ in recipe.CODED.values()} | {c for c, _ in recipe.NUMBERS.values()}
    row = dict.fromkeys(codes, 2) | {"AGE53X": 40, "EDUCYR": 12, "PERWT": 5_000.4}
    row |= {"PANEL": panel, "DUPERSID": number} | answers
    yearly = {name: row.pop(name) for name in recipe.YEARLY if name in row}
    weight = {f"PERWT{ending}F": row.pop("PERWT")}
    return row | {f"{name}{ending}": value for name, value in yearly.items()} | weight


def made(monkeypatch, **files):
    published = {}
    for file, year in recipe.FILES.items():
        weights = [row[f"PERWT{str(year)[2:]}F"] for row in files[file]]
        published[year] = (len(weights), sum(w > 0 for w in weights), round(sum(weights)))
    monkeypatch.setattr(recipe, "PUBLISHED", published)
    content = {f"{name}.csv": pd.DataFrame(rows).to_csv().encode() for name, rows in files.items()}
    return recipe.meps(content).to_pandas()


@pytest.fixture
def frame(monkeypatch):
    return made(
        monkeypatch,
        h181=[
            person(2015, 19, 1, EDUCYR=-1, EDRECODE=14, HIBPDX=1, ASTHDX=1, REGION53=-1),
            person(2015, 20, 1, EDUCYR=16, EDRECODE=1, TOTEXP=900, SEX=-9),
            person(2015, 20, 2, AGE53X=17),
            person(2015, 20, 3, PERWT=0.0),
        ],
        h192=[
            person(2016, 20, 1, TOTEXP=7_000, HHTOTD=-9, RTHLTH53=5, CANCERDX=1),
            person(2016, 20, 2, AGE53X=18),
            person(2016, 21, 1, PCS42=49.99, RACEV2X=6, MARRY53X=9),
        ],
    )


def test_a_person_in_both_files_has_one_row(frame):
    assert frame["row_id"].tolist() == [0, 1, 2, 3]
    assert frame["panel"].tolist() == [19, 20, 20, 21]  # the minor of 2015 counts from 2016
    assert frame["year"].tolist() == [2015, 2015, 2016, 2016]


def test_the_second_year_gives_outcomes_alone(frame):
    assert frame["cost"].tolist() == [2, 900, 2, 2]
    assert frame["next_cost"].fillna(-1).tolist() == [-1, 7_000, -1, -1]
    assert frame["next_health"].fillna(-1).tolist() == [-1, 5, -1, -1]
    assert frame["next_conditions"].fillna(-1).tolist() == [-1, 1, -1, -1]
    assert frame["next_visits"].isna().all()  # days of care at home were not known


def test_negative_codes_are_missing_and_stay_so(frame):
    assert frame["region"].isna().tolist() == [True, False, False, False]
    assert frame["sex"].isna().tolist() == [False, True, False, False]


def test_codes_become_words_and_scores_whole_points(frame):
    last = frame.iloc[3]
    assert last["race"] == "Asian or Pacific Islander" and last["marital_status"] == "Divorced"
    assert last["physical_score"] == 49
    schooling = ["Some college", "Four years of college"] + 2 * ["High school diploma"]
    assert frame["schooling"].tolist() == schooling
    assert frame["conditions"].tolist() == [2, 0, 0, 0]
    assert frame["visits"].tolist() == [10] * 4  # two of each of five kinds


def test_another_number_of_rows_is_refused():
    content = pd.DataFrame([person(2015, 19, 1)]).to_csv().encode()
    with pytest.raises(InvalidInput, match=r"2015: \(1, 1, 5000\) .* must be \(35427, 33893"):
        recipe.read(content, 2015)


def test_next_year_is_of_panel_20_alone():
    frame = read_frame(BOOK)
    first = frame["panel"].eq(20) & frame["year"].eq(2015)
    answered = frame["next_cost"].notna()
    assert not (answered & ~first).to_numpy().any()
    time = load_split("meps", "next_cost_over_5000").train.time
    assert time is not None and (time.codes == 0).all()


def test_labels_by_capacity_choose_about_their_share():
    for label in BOOK.labels:
        if label.capacity:
            answer = load_encoded("meps").labels[label.name]
            share = (answer == YES).sum() / (answer != UNDEFINED).sum()
            assert share == pytest.approx(label.capacity, abs=0.002)


def test_labels_of_the_next_year_may_see_what_was_known():
    for label in BOOK.labels:
        assert bool(label.withheld) != label.name.startswith("next_")


def test_conditions_are_the_yes_answers_among_twelve():
    frame = read_frame(BOOK).sample(2_000, random_state=0)
    yes = frame[list(recipe.CONDITIONS)].eq("yes").sum(axis=1)
    known = frame["conditions"].notna()
    assert np.array_equal(yes[known], frame["conditions"][known])


def test_the_two_ways_to_draw_race_share_only_people_who_are_not_hispanic():
    groups, names = load_encoded("meps").groups, dict(load_names())
    black = names["race_ethnicity"].index("Black, not Hispanic")
    apart, within = groups["race_ethnicity"] == black, groups["race"] == 1
    assert (within[apart]).all() and within.sum() > apart.sum()


def load_names():
    return [(one.name, one.names) for one in BOOK.protected]


def test_the_terms_of_use_stand_in_the_datasheet_word_for_word():
    sheet = (DATA / "meps.md").read_text(encoding="utf-8")
    assert len(BOOK.terms) > 1_500
    for line in filter(None, BOOK.terms.split("\n")):
        assert f"> {line}" in sheet


def test_no_identifier_of_a_person_or_household_is_kept():
    assert not {"DUPERSID", "DUID", "PID", "FAMID"} & {name.upper() for name in read_frame(BOOK)}
