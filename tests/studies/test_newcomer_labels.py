import numpy as np
import pandas as pd
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.data.table import join
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.training_data import training_table
from tradeoffs.scenario import Scenario
from tradeoffs.studies import newcomer_labels

TOWN = Scenario(dataset="gss", label="income_25k", protected="sex", rows=500, epsilon=None)


@pytest.fixture(scope="module")
def told():
    index = ["measure", "how", "whom", "labelled"]
    return pd.DataFrame(newcomer_labels.answer(TOWN)).set_index(index)


def test_nobody_labelled_changes_nothing(told):
    for whom in (newcomer_labels.NEW, newcomer_labels.HERE):
        none = told.loc[("change", newcomer_labels.ADDED, whom, 0)]
        assert (none == 0).all()


def test_a_change_is_the_difference_of_levels(told):
    for how in (newcomer_labels.ADDED, newcomer_labels.ALONE):
        for whom in (newcomer_labels.NEW, newcomer_labels.HERE):
            level = told.loc[("accuracy", how, whom, 200), "value"]
            without = told.loc[("accuracy", newcomer_labels.ADDED, whom, 0), "value"]
            change = told.loc[("change", how, whom, 200), "value"]
            assert change == pytest.approx(level - without, abs=1e-9)


def test_a_model_of_their_own_is_about_as_right_as_scikit_learns(told):
    from sklearn.linear_model import LogisticRegression

    from tradeoffs.data.newcomers import newcomers
    from tradeoffs.experiments.shift_report import design

    split = load_split("gss", "income_25k")
    tables = (split.train, split.select, split.report)
    new = join([t.take(newcomers(t)[0]) for t in tables])
    right = []
    for seed in range(newcomer_labels.SEEDS):
        kept, asked = newcomer_labels._halves(new, seed)
        assert not set(kept) & set(asked)
        some, others = new.take(kept[:400]), new.take(asked)
        model = LogisticRegression(C=1.0, max_iter=500).fit(design(some), some.label)
        right.append(model.score(design(others), others.label))
    level = told.loc[("accuracy", newcomer_labels.ALONE, newcomer_labels.NEW, 400), "value"]
    assert level == pytest.approx(np.mean(right), abs=0.03)


def test_stacked_people_keep_their_columns():
    table = training_table(TOWN)
    both = join([table.take(np.arange(200)), table.take(np.arange(200, 500))])
    assert (both.codes == table.codes).all() and (both.row_id == table.row_id).all()


def test_a_promise_of_privacy_is_refused():
    with pytest.raises(InvalidInput, match="mechanism=none"):
        newcomer_labels.answer(TOWN.but(epsilon=1.0))
