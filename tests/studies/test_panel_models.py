"""Panel models: shares are means over the same comments, contrasts are paired."""

import numpy as np
import pandas as pd
import pytest

from tradeoffs.data.load import load_codebook
from tradeoffs.data.panel_labels import comments, said_of
from tradeoffs.data.raw import read_frame
from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.panel_models import answer, flagged

HERE = Scenario(dataset="wiki_toxicity", label="toxic", protected="author", rows=300, epsilon=None)


@pytest.fixture(scope="module")
def rows():
    return pd.DataFrame(answer(HERE))


def value(rows, **where):
    for name, wanted in where.items():
        rows = rows[rows[name].isna() if wanted is None else rows[name] == wanted]
    assert len(rows) == 1
    return rows.iloc[0]["value"]


def test_a_panel_calls_as_many_comments_toxic_as_the_raw_file_says(rows):
    frame = read_frame(load_codebook("wiki_toxicity"))
    test = frame[frame["split"] == "test"]
    for label, column in (("toxic_strict", "strict"), ("toxic_women", "women")):
        found = value(rows, panel=label, against=None, who="panel", group="all comments")
        assert found == pytest.approx((test[column] >= 2).mean())


def test_a_contrast_is_the_difference_of_the_two_panels(rows):
    for who in ("panel", "model"):
        for what in ("share", "gap"):
            about = {"who": who, "what": what}
            if what == "share":
                about["group"] = "all comments"
            strict = value(rows, panel="toxic_strict", against=None, **about)
            lenient = value(rows, panel="toxic_lenient", against=None, **about)
            apart = value(rows, panel="toxic_strict", against="toxic_lenient", **about)
            assert apart == pytest.approx(strict - lenient)


def test_models_without_a_bound_do_not_depend_on_whose_groups_are_compared():
    table = comments("wiki_toxicity")
    own = flagged(HERE, table, 2)
    assert np.array_equal(own, flagged(HERE.but(protected="names_women"), table, 2))
    assert own.shape == (2, table.rows) and (own[0] != own[1]).any()


def test_a_label_that_some_comments_lack_is_refused():
    table = comments("wiki_toxicity")
    with pytest.raises(InvalidInput, match="'toxic_native' is absent on some comments"):
        said_of("wiki_toxicity", "toxic_native", table.row_id)
