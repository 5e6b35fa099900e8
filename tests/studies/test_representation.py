import numpy as np
import pandas as pd
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.scenario import Scenario
from tradeoffs.studies import representation
from tradeoffs.studies.representation import (
    IDEAS,
    OWN,
    SURVEY,
    counts,
    draw,
    ideas,
    kind,
    mixed,
    people,
)

ASKED = Scenario(dataset="gss", label="income_25k", protected="race", rows=600, epsilon=None)


@pytest.fixture(scope="module")
def told():
    index = ["measure", "judged", "drawn"]
    return pd.DataFrame(representation.answer(ASKED)).set_index(index).sort_index()


def test_the_surveys_draw_differs_in_nothing_from_itself(told):
    for judged in IDEAS:
        assert (told.loc[("change", judged, SURVEY), ["value", "low", "high"]] == 0).all()


def test_a_change_is_the_difference_of_levels(told):
    for judged in IDEAS:
        level = told.loc[("accuracy", judged)]["value"]
        change = told.loc[("change", judged)]["value"]
        np.testing.assert_allclose(change, level - level[SURVEY], atol=1e-9)


def test_each_draw_judged_by_its_own_idea_stands_under_its_own_name_too(told):
    for idea in IDEAS:
        own, same = told.loc[("change", OWN, idea)], told.loc[("change", idea, idea)]
        assert own.to_dict() == same.to_dict()


@pytest.mark.parametrize("idea", IDEAS)
def test_the_people_drawn_have_the_shares_that_were_wanted(idea):
    train, _ = people(ASKED)
    wanted = ideas(train)[idea]
    drawn = draw(train, wanted, 600, seed=3)
    assert drawn.rows == 600 and len(set(drawn.row_id)) == 600
    found = np.bincount(kind(drawn), minlength=4) / 600
    np.testing.assert_allclose(found, wanted, atol=1 / 600)


def test_kinds_are_those_of_the_table_as_pandas_counts_them():
    from tradeoffs.paths import DATA

    raw = pd.read_parquet(DATA / "gss.parquet").set_index("row_id")
    train, _ = people(ASKED)
    rows = raw.loc[train.row_id]
    by_hand = 2 * (rows["race"] == "black") + (rows["workstat"] == "working fulltime")
    np.testing.assert_array_equal(kind(train), by_hand.to_numpy(int))


def test_right_answers_of_the_surveys_measure_are_nearly_plain_accuracy(told):
    train, test = people(ASKED)
    seeds = range(representation.SEEDS)
    tables = [draw(train, ideas(train)[SURVEY], 600, seed) for seed in seeds]
    vectors = [models[0] for models in fit_tables(ASKED, tables)]
    plain = (table_decisions(vectors, 0, test) == test.label).mean()
    assert told.loc[("accuracy", SURVEY, SURVEY), "value"] == pytest.approx(plain, abs=0.003)


def test_mixing_keeps_what_is_within_groups():
    shares = np.array([0.3, 0.5, 0.05, 0.15])
    found = mixed(shares, 0.5)
    assert found.sum() == pytest.approx(1) and found[2:].sum() == pytest.approx(0.5)
    assert found[0] / found[1] == pytest.approx(0.6)
    np.testing.assert_allclose(mixed(shares, 0.2), shares)


def test_counts_add_up():
    assert counts(np.array([1, 1, 1, 0]) / 3, 100).tolist() == [34, 33, 33, 0]


def test_more_people_than_there_are_of_a_kind_are_refused():
    with pytest.raises(InvalidInput, match="rows=9000 needs 4206 people of a kind, but"):
        representation.answer(ASKED.but(rows=9_000))


def test_another_table_is_refused():
    with pytest.raises(InvalidInput, match="dataset='adult' must be 'gss'"):
        representation.answer(Scenario(epsilon=None))
