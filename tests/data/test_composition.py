import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.check import read_frame
from tradeoffs.data.composition import EVERYBODY, rate_text, strata
from tradeoffs.data.load import load_codebook, load_encoded
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.errors import InvalidInput


def test_sizes_and_rates_are_those_of_the_raw_file():
    frame = read_frame(load_codebook("adult"))
    found = {(p.by, p.group): p for p in strata(load_encoded("adult"), "income_gt_50k")}
    women = frame.loc[frame["sex"] == "Female"]
    part = found["sex", "Female"]
    assert part.rows == part.answered == len(women) == 16_192
    assert part.rate == pytest.approx(women["income_gt_50k"].mean())
    assert part.train == (women["split"] == "train").sum()
    assert found[EVERYBODY, EVERYBODY].rows == 48_842


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda d: d.name)
def test_each_attribute_place_and_time_adds_up_to_the_whole(dataset):
    whole = load_encoded(dataset.name)
    for label in dataset.labels:
        parts = strata(whole, label)
        for by in dict.fromkeys(part.by for part in parts):
            assert sum(p.rows for p in parts if p.by == by) == len(whole.row_id)
            assert sum(p.answered for p in parts if p.by == by) == parts[0].answered
        for mark in (whole.book.place, whole.book.time):
            assert mark is None or mark.title in {part.by for part in parts}


def test_a_small_group_has_no_rate():
    columns = people(600)
    content = as_csv({**columns, "sex": ["X"] * 29 + ["Y"] * 30 + list(columns["sex"])[59:]})
    parts = strata(own_table(content, CHOICES).whole, "hired")
    assert all(p.rate is not None for p in parts if p.group == "Y")
    small = [part for part in parts if part.group == "X"]
    assert small
    assert all(p.rate is None and rate_text(p) == "not measurable" for p in small)


def test_an_unknown_label_is_told():
    with pytest.raises(InvalidInput, match="unknown label 'wage'"):
        strata(load_encoded("adult"), "wage")
