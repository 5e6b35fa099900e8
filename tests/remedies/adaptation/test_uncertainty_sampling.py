"""Uncertainty sampling: who is asked, how many labels it takes, and what it cannot promise."""

from dataclasses import replace

import numpy as np
import pytest

from tests.remedies.partners import partnership
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.remedies.adaptation.uncertainty_sampling import (
    UNCERTAINTY_SAMPLING,
    first_rows,
    fit,
    label_count,
    least_sure,
)
from tradeoffs.scenario import Scenario

HOME = Scenario(
    dataset="gss", label="income_25k", communities="place", home="Pacific", rows=300, epsilon=None
)


class Recorded:
    """Services that note which tables are trained on, and give every model the weights 0."""

    def __init__(self, own) -> None:
        self.own, self.seen = own, []

    def __getattr__(self, name):
        return getattr(self.own, name)

    def train(self, tables, **named):
        self.seen.append([[set(table.row_id.tolist()) for table in row] for row in tables])
        assert [[len(ids) for ids in row] for row in self.seen[-1]] == [
            named["rows"] for _ in tables
        ]
        columns = tables[0][0].columns
        return [[np.zeros(columns + 1, np.float32) for _ in row] for row in tables]


def test_those_asked_first_stay_and_the_least_sure_of_the_others_join_them():
    rng = np.random.default_rng(1)
    logit, known = rng.standard_normal(200), rng.random(200) < 0.2
    found = least_sure(logit, known, 90)
    assert found.sum() == 90 and (found | ~known).all()
    added = found & ~known
    assert np.abs(logit[added]).max() <= np.abs(logit[~found]).min()


def test_the_first_are_drawn_by_seed_and_row_whatever_their_order():
    table = partnership(UNCERTAINTY_SAMPLING).tables[0][0]
    turned = table.take(np.arange(table.rows)[::-1])
    one, other = first_rows(table, 20, 3), first_rows(turned, 20, 3)
    assert set(table.row_id[one]) == set(turned.row_id[other])
    assert set(table.row_id[first_rows(table, 20, 4)]) != set(table.row_id[one])


def test_models_learn_half_of_the_labels_first_and_all_that_were_asked_in_the_end():
    own = partnership(UNCERTAINTY_SAMPLING, dial=30.0)
    noted = Recorded(own.services)
    fit(replace(own, services=noted))
    first, last = noted.seen
    for k, rows in enumerate(own.rows):
        count = label_count(int(rows), 30)
        assert len(first[0][k]) == round(count / 2) and len(last[0][k]) == count
        assert first[0][k] < last[0][k]


def test_it_costs_the_labels_that_are_asked_for_and_all_records():
    cost = setting_cost(HOME.but(remedy="uncertainty_sampling", dial=30))
    everything = setting_cost(HOME)
    assert (cost.votes, everything.votes) == (90, 300)
    assert cost.entries == everything.entries and cost.moved == 0


@pytest.mark.parametrize("fields", [{"epsilon": 1.0}, {"epsilon": 1.0, "mechanism": "clip_only"}])
def test_a_budget_is_refused_as_who_is_asked_is_not_accounted_for(fields):
    with pytest.raises(InvalidInput, match="depends on other people's records"):
        resolve(HOME.but(remedy="uncertainty_sampling", **fields))
