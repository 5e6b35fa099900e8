"""Votes: the money is spent, and dearer votes are fewer."""

import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.annotation_budget import MONEY, PANELS, answer, bought

HERE = Scenario(dataset="wiki_toxicity", label="toxic", protected="author", rows=300, epsilon=None)


@pytest.mark.parametrize("votes", PANELS)
def test_dearer_votes_buy_fewer_comments_and_never_more_than_there_is_money_for(votes):
    pays = (0.05, 0.1, 0.2, 0.4, 0.6)
    many = [bought(pay, votes) for pay in pays]
    assert many == sorted(many, reverse=True) and len(set(many)) == len(many)
    assert all(pay * votes * count <= MONEY + 1e-9 for pay, count in zip(pays, many, strict=True))


def test_no_more_comments_are_bought_than_there_are():
    assert bought(0.001, 1) == 14_396


def test_single_votes_are_compared_with_themselves_and_agree_as_counted():
    rows = {(row["votes"], row["what"]): row for row in answer(HERE, 0.6)}
    assert rows[1, "better"]["value"] == 0.0
    better = rows[5, "model"]["value"] - rows[1, "model"]["value"]
    assert rows[5, "better"]["value"] == pytest.approx(better)
    labels = [rows[votes, "label"]["value"] for votes in PANELS]
    assert labels == sorted(labels)  # more votes, nearer to all votes
    assert answer(HERE, 0.6) == answer(HERE, 0.6)


@pytest.mark.parametrize(("pay", "told"), [(0.0, "pay=0.0 must be above 0"), (9.0, "are needed")])
def test_pay_that_buys_nothing_is_refused(pay, told):
    with pytest.raises(InvalidInput, match=told):
        bought(pay, 3)
