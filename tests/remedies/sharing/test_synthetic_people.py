"""Remedies that publish counts: accounts, the people who are drawn, and what is told of them."""

from dataclasses import replace

import numpy as np
import pytest

from tests.remedies.partners import Given, partnership
from tradeoffs.data.table import Table
from tradeoffs.remedies.partnership import Partnership, Vectors, key_of
from tradeoffs.remedies.random_stream import stream
from tradeoffs.remedies.remedy import Exchange, Remedy
from tradeoffs.remedies.sharing import counts, synthetic_people, synthetic_tree
from tradeoffs.remedies.sharing.counts import COUNTS
from tradeoffs.remedies.sharing.synthetic_people import draw_people
from tradeoffs.remedies.sharing.synthetic_tree import STAR, SYNTHETIC_TREE
from tradeoffs.values.privacy.account import Account, Part, allocate
from tradeoffs.values.privacy.accountants import gaussian_mu

BOTH = [COUNTS, SYNTHETIC_TREE]
each = pytest.mark.parametrize("remedy", BOTH, ids=[remedy.name for remedy in BOTH])


class Recording(Given):
    """Services that train nothing and note what they were given."""

    def train(self, tables: list[list[Table]], **named: object) -> Vectors:
        self.given, self.named = tables, named
        return [[np.full(4, s, np.float32)] for s in range(len(tables))]


def recording(remedy: Remedy, **fields: float | None) -> tuple[Partnership, Recording]:
    made = partnership(remedy, **fields)  # type: ignore[arg-type]
    services = Recording(made.tables, [])
    return replace(made, services=services), services


@each
@pytest.mark.parametrize("epsilon", [0.3, 1.0, 8.0])
def test_all_releases_together_spend_what_was_asked_for(remedy, epsilon):
    for account in partnership(remedy, epsilon=epsilon).accounts:
        assert isinstance(account, Account)
        assert 0.98 * epsilon <= account.epsilon_spent <= epsilon
        loss = sum(1 / noise**2 for noise in account.noise)
        assert loss == pytest.approx(gaussian_mu(epsilon, account.delta) ** 2)
    assert partnership(remedy).accounts == (None, None)


def test_a_tree_is_three_releases_and_a_star_one():
    tree, star = (partnership(SYNTHETIC_TREE, epsilon=1.0, dial=dial) for dial in (0.0, STAR))
    assert [len(one.accounts[0].noise) for one in (tree, star) if one.accounts[0]] == [3, 1]
    assert star.accounts[0] == allocate(1.0, star.deltas[0], Part())


@each
def test_one_model_of_as_many_people_as_there_are_is_everybodys(remedy):
    made, services = recording(remedy, epsilon=1.0)
    vectors = remedy.fit(made)
    assert [[own[0] for own in row] for row in vectors] == [[0, 0], [1, 1]]
    for (people,), tables in zip(services.given, made.tables, strict=True):
        assert people.rows == 600 and people.features == tables[0].features
    assert services.named["rows"] == [600]
    assert services.named["epsilon"] is None  # what was released costs nothing more


@pytest.mark.parametrize("epsilon", [None, 1.0])
def test_with_every_column_tied_to_the_label_it_is_the_table_of_counts(epsilon):
    star, of_star = recording(COUNTS, epsilon=epsilon)
    star = replace(star, key=key_of(star.scenario))
    tied, of_tied = recording(SYNTHETIC_TREE, epsilon=epsilon, dial=STAR)
    assert COUNTS.fit and SYNTHETIC_TREE.fit
    COUNTS.fit(star)
    SYNTHETIC_TREE.fit(tied)
    for (one,), (other,) in zip(of_star.given, of_tied.given, strict=True):
        assert (one.codes == other.codes).all() and (one.label == other.label).all()


@each
def test_seeds_communities_and_budgets_have_noise_of_their_own(remedy):
    alone = [
        partnership(remedy, epsilon=epsilon, seeds=seeds)
        for epsilon, seeds in ((1.0, (0, 1)), (1.0, (1,)), (2.0, (1,)))
    ]
    release = counts.release if remedy is COUNTS else synthetic_tree.release
    both, same, other = (draw_people(one, release) for one in alone)
    assert (both[1].codes == same[0].codes).all()
    assert (both[0].codes != same[0].codes).any() and (other[0].codes != same[0].codes).any()


@each
@pytest.mark.parametrize("dial", [0.0, STAR])
def test_noise_is_drawn_once_for_whatever_is_told_of_a_release(remedy, dial, monkeypatch):
    drawn, made = [], recording(remedy, epsilon=1.0, dial=dial)[0]

    def noted(*place):
        drawn.append(place[1:])
        return stream(*place)

    monkeypatch.setattr(synthetic_people, "stream", noted)
    told = remedy.figures(made, remedy.fit(made))
    assert sorted(drawn) == [(seed, k) for seed in made.seeds for k in range(made.size)]
    assert told == remedy.figures(made, [])


@each
def test_shares_of_groups_add_up_and_clipping_gives_small_ones_more(remedy):
    made, _ = recording(remedy, epsilon=3.0)
    told = remedy.figures(made, [])
    assert len(told) == 2 and told[0][0] == told[0][1]
    for figures, _ in told:
        for attribute, groups in (("race", ("Black", "not Black", "missing")), ("sex", None)):
            named = {k: v for k, v in figures.items() if f"[{attribute}=" in k}
            for kind in ("synthetic_share[", "synthetic_share_clipped["):
                assert sum(v for k, v in named.items() if k.startswith(kind)) == pytest.approx(1)
            assert all(0 <= value <= 1 for value in named.values())
            for group in groups or ():
                assert f"synthetic_share[{attribute}={group}]" in named
    empty = [
        np.mean([row[0][f"synthetic_share{kind}[race=missing]"] for row in told])
        for kind in ("", "_clipped")
    ]
    assert 0 <= empty[0] < empty[1]  # nobody's race is missing


def test_a_table_of_counts_goes_out_once():
    made = partnership(COUNTS)
    sizes = Exchange(
        parameters=93,
        rows=300,
        ones=made.ones,
        columns=made.columns,
        cells=2 * made.columns,
        width=0,
        steps=200,
        sample_rate=1.0,
        communities=9,
        dial=0.0,
    )
    cost = COUNTS.traffic(sizes)
    assert (cost.up, cost.rounds) == (4 * 2 * made.columns, 1)
    assert SYNTHETIC_TREE.traffic(sizes).training > cost.training
    assert SYNTHETIC_TREE.traffic(replace(sizes, dial=STAR)) == cost
