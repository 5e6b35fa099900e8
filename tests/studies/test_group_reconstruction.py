import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.group_reconstruction import MOST, answer, auc, by_telling, member


@pytest.fixture(scope="module")
def women():
    return answer(Scenario(rows=1000), "sex=Female")


def at(records, removed):
    return next(record["value"] for record in records if record["removed"] == removed)


def test_one_column_more_is_removed_each_time(women):
    assert [record["removed"] for record in women] == list(range(MOST + 1))
    assert len({record["last"] for record in women}) == MOST + 1
    assert all(record["low"] < record["value"] < record["high"] for record in women)


def test_taking_away_the_tell_tale_columns_hides_the_group(women):
    assert at(women, 0) > 0.9 > at(women, 2) > at(women, MOST) > 0.45


def test_the_same_seed_gives_the_same_records(women):
    assert answer(Scenario(rows=1000), "sex=Female") == women


def test_a_group_is_told_perfectly_by_its_own_column():
    split = load_split("adult")
    assert auc(split.select, split.report, "race=Black", ()) == 1


def test_the_most_telling_column_is_the_one_scikit_learn_finds():
    table = load_split("adult").select
    members = member(table, "race=Asian or Pacific Islander")
    alone = {}
    for place, feature in enumerate(table.features):
        codes = table.codes[:, place]
        share = np.array([members[codes == c].mean() for c in codes])
        alone[feature.name] = roc_auc_score(members, share)
    del alone["race"]
    first = by_telling(table, "race=Asian or Pacific Islander")[0]
    assert first == max(alone, key=lambda name: alone[name]) == "native_country"


def test_an_unknown_group_is_refused():
    with pytest.raises(InvalidInput, match="unknown group 'Martian'; known: .*Black"):
        answer(Scenario(), "race=Martian")
