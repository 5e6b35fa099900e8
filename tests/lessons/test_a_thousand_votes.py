"""A thousand votes: as many votes are spent in every way, and few are refused."""

import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.training_data import training_table
from tradeoffs.lessons.a_thousand_votes.study import SPENT, answer, training_comments
from tradeoffs.resources.labels import votes
from tradeoffs.scenario import Scenario

COMMENTS = Scenario(
    dataset="wiki_toxicity", label="toxic_1", protected="author", rows=400, epsilon=None
)


@pytest.fixture(scope="module")
def found():
    return {(r["spent"], r["what"]): r for r in answer(COMMENTS, 1000)}


def test_every_way_spends_the_votes_and_is_compared_with_one_vote_a_comment(found):
    for spent, label in SPENT.items():
        one = found[spent, "found"]
        assert one["comments"] == 1000 // votes("wiki_toxicity", label)
        if spent != "one":
            change = one["value"] - found["one", "found"]["value"]
            assert found[spent, "found_change"]["value"] == pytest.approx(change)


def test_where_unsure_half_of_the_comments_are_those_drawn_at_random():
    asked = training_comments(COMMENTS, unsure=True)
    drawn = [training_table(COMMENTS.but(rows=200, seed=seed)) for seed in range(len(asked))]
    for table, half in zip(asked, drawn, strict=True):
        assert table.rows == 400
        assert np.isin(half.row_id, table.row_id).all()


def test_labels_bought_where_unsure_are_told_without_those_drawn_at_random(found):
    tables = training_comments(COMMENTS.but(rows=1000), unsure=True)
    drawn = [training_table(COMMENTS.but(rows=500, seed=seed)) for seed in range(len(tables))]
    toxic = [  # of all labels, minus those of the random half
        (table.label.sum() - half.label.sum()) / 500
        for table, half in zip(tables, drawn, strict=True)
    ]
    assert found["unsure", "labelled"]["value"] == pytest.approx(np.mean(toxic))


def test_too_few_votes_are_refused():
    with pytest.raises(InvalidInput, match="rows=100"):
        answer(COMMENTS, 100)
