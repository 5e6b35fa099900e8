import json

import numpy as np
import pytest

from tradeoffs.data import cases as module
from tradeoffs.data.cases import Cases, load_cases, person
from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.encoded import read_encoded
from tradeoffs.data.load import load_codebook
from tradeoffs.errors import InvalidInput

ADULT = load_cases("adult")
WHOLE = dict(ADULT.cases[0].values)


@pytest.mark.parametrize("name", list(DATASETS))
def test_no_case_is_anybodys_record(name):
    """In the bins that models see, which is stricter than in raw values."""
    table = read_encoded(load_codebook(name))
    for case in load_cases(name).cases:
        codes = list(person(name, case.values).values())
        shared = (table.codes == np.array(codes)).sum(1)
        assert shared.max() < len(codes), case.name


def test_adult_has_some_cases_of_different_names():
    names = [case.name for case in ADULT.cases]
    assert 4 <= len(set(names)) == len(names)
    assert ADULT.case("clerk") == ADULT.row(1)


def test_nobody_is_asked_to_change_who_they_are():
    protected = {attribute.name for attribute in load_codebook("adult").protected}
    assert not protected & {action.feature for action in ADULT.actions}


def test_a_value_is_told_as_recorded_or_in_the_words_of_its_bin():
    one = person("adult", WHOLE | {"age": "27", "workclass": "Private"})
    other = person("adult", WHOLE | {"age": "25 to 29", "workclass": "private employer"})
    book = {f.name: f.bins for f in load_codebook("adult").features}
    assert one == other
    assert list(one) == list(book)
    assert book["age"][one["age"]] == "25 to 29"
    assert person("adult", WHOLE | {"age": "missing"})["age"] == len(book["age"]) - 1


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (WHOLE | {"shoe": 1}, "unknown feature 'shoe'; known: age, workclass"),
        ({"age": 3}, "a person needs a value of every feature; absent: workclass, educ"),
        (WHOLE | {"age": "old"}, "age='old' must be a number or one of: under 20, 20 to 24"),
        (WHOLE | {"age": "nan"}, "age='nan' must be a number"),
        (WHOLE | {"sex": "X"}, "sex='X' must be one of: Female, Male"),
    ],
)
def test_a_person_that_cannot_be_is_told(values, told):
    with pytest.raises(InvalidInput, match=told):
        person("adult", values)


def test_an_unknown_case_or_number_is_told():
    with pytest.raises(InvalidInput, match="unknown case 'king'; known: clerk, teacher"):
        ADULT.case("king")
    with pytest.raises(InvalidInput, match="unknown case 'king'; known: none"):
        Cases().case("king")
    with pytest.raises(InvalidInput, match="has no composite persons"):
        Cases().row(1)
    for number in (0, len(ADULT.cases) + 1, -1):
        with pytest.raises(InvalidInput, match=rf"row={number} must be in \[1, "):
            ADULT.row(number)


def test_a_table_without_the_file_has_no_cases(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "DATA", tmp_path)
    assert load_cases.__wrapped__("adult") == Cases()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            {"actions": [{"feature": "shoe", "way": "up"}]},
            "names features that adult has not: shoe",
        ),
        ({"actions": [{"feature": "age", "way": "back"}]}, "cannot read adult.cases.json"),
        ({"cases": [{"name": "a", "title": "b", "values": {"age": 3}}]}, "absent: workclass"),
    ],
)
def test_a_file_that_does_not_fit_is_told(monkeypatch, tmp_path, content, told):
    monkeypatch.setattr(module, "DATA", tmp_path)
    (tmp_path / "adult.cases.json").write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InvalidInput, match=told):
        load_cases.__wrapped__("adult")
