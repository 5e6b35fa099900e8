"""Laws of every bundled table; what is special about one is in a file of its own."""

import hashlib
import importlib
import shutil
import sys

import numpy as np
import pyarrow.parquet as pq
import pytest

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.label import UNDEFINED, YES
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.raw import read_frame
from tradeoffs.paths import DATA

sys.path.insert(0, str(DATA))  # as when the script is run: its recipes lie beside it
build = importlib.import_module("build")

each = pytest.mark.parametrize("entry", DATASETS.values(), ids=lambda entry: entry.name)
LABELLED = [(entry.name, label) for entry in DATASETS.values() for label in entry.labels]
each_label = pytest.mark.parametrize(("name", "label"), LABELLED)


@each
def test_the_bundled_bytes_are_the_ones_the_script_writes(entry, tmp_path):
    shutil.copy(DATA / f"{entry.name}.json", tmp_path)
    table = pq.read_table(DATA / f"{entry.name}.parquet")
    assert build.write(entry.codebook, table, tmp_path) == entry.sha256


@each
def test_the_original_files_are_pinned_and_hashed(entry):
    recipe = build.recipe_of(entry.name)
    assert "==" in recipe.package
    assert recipe.package in entry.source
    assert all(len(sha256) == len(hashlib.sha256().hexdigest()) for sha256 in recipe.files.values())


@each
def test_the_datasheet_states_the_counted_groups(entry):
    sheet = (DATA / f"{entry.name}.md").read_text(encoding="utf-8")
    whole, first = load_encoded(entry.name), entry.labels[0]
    answer = whole.labels[first]
    for attribute in entry.codebook.protected:
        for place, words in enumerate(attribute.names):
            part = answer[(whole.groups[attribute.name] == place) & (answer != UNDEFINED)]
            told = f"| {words} | {len(part):,} | {(part == YES).mean():.1%} |".replace("%", " %")
            assert told in sheet


@each
def test_row_ids_are_places_in_the_file_and_never_repeat(entry):
    ids = load_encoded(entry.name).row_id
    assert np.array_equal(ids, np.arange(len(ids)))


@each_label
def test_the_public_numbers_of_people_are_those_of_the_split(name, label):
    split, told = load_split(name, label), DATASETS[name].label(label)
    assert split.train.rows == told.train_rows
    assert split.select.rows + split.report.rows == told.test_rows
    assert abs(split.select.rows - split.report.rows) <= 1


@each_label
def test_no_person_is_in_two_parts(name, label):
    whole, split = load_encoded(name), load_split(name, label)
    people = np.concatenate(
        [whole.person_id[part.row_id] for part in (split.train, split.select, split.report)]
    )
    assert len(np.unique(people)) == len(people)


@each_label
def test_halves_hold_alike_shares_of_the_label(name, label):
    split = load_split(name, label)
    shares = [part.label.mean() for part in (split.select, split.report)]
    cells = 2 * np.prod([len(names) for names in split.report.groups.values()])
    assert abs(shares[0] - shares[1]) <= cells / split.report.rows


@each_label
def test_a_label_is_no_feature(name, label):
    # A single feature that gives the answer away would be a leak, not a prediction.
    train = load_split(name, label).train
    majority = max(train.label.mean(), 1 - train.label.mean())
    for place, feature in enumerate(train.features):
        codes = train.codes[:, place]
        people = np.bincount(codes, minlength=len(feature.labels))
        yes = np.bincount(codes, weights=train.label, minlength=len(feature.labels))
        right = np.maximum(yes, people - yes).sum() / train.rows
        assert right < majority + 0.75 * (1 - majority), feature.name


@each
def test_every_listed_bin_of_place_and_time_has_rows(entry):
    whole = load_encoded(entry.name)
    for name, codes in whole.marks.items():
        names = getattr(entry.codebook, name).names
        assert set(np.unique(codes)) == set(range(len(names)))


def test_compas_holds_nothing_that_names_a_person():
    columns = set(read_frame(DATASETS["compas"].codebook))
    named = {"name", "first", "last", "dob", "id", "c_case_number", "c_jail_in", "c_jail_out"}
    assert not columns & (named | {"compas_screening_date", "c_charge_desc", "c_offense_date"})


def test_labels_of_compas_leave_out_whom_they_say():
    labels = load_encoded("compas").labels
    kept = labels["rearrest_cutoff"] != UNDEFINED
    assert np.array_equal(labels["rearrest_cutoff"][kept], labels["rearrest"][kept])
    assert (labels["rearrest"][~kept] == YES).all()  # ProPublica's error, and nobody else
    time = load_split("compas", "rearrest_cutoff").train.time
    assert time is not None and time.codes.max() == 2  # nobody of the second half of 2014


def test_thresholds_of_gss_are_nested():
    labels = load_encoded("gss").labels
    high, low = labels["income_25k"], labels["income_15k"]
    assert np.array_equal(high == UNDEFINED, low == UNDEFINED)
    assert (low[high == YES] == YES).all() and (low == YES).sum() > (high == YES).sum()
    shown = {label: [f.name for f in load_split("gss", label).train.features] for label in labels}
    assert "income" not in shown["income_25k"] and "income" in shown["very_happy"]


def test_groups_of_one_column_are_drawn_in_several_ways():
    groups = load_encoded("loanapp").groups
    minority, race = groups["minority"], groups["race"]
    assert np.array_equal(minority == 1, race == 2)  # White either way
    frame = read_frame(DATASETS["loanapp"].codebook)
    assert (groups["sex"][frame["male"].isna()] == 0).all()
