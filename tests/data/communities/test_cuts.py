"""Cuts: laws that hold for every way to cut every table, values from outside, and errors."""

import dataclasses

import numpy as np
import pytest
from scipy import stats

from tradeoffs.data.catalogue import DATASETS, dataset
from tradeoffs.data.coding import Grouping
from tradeoffs.data.communities import towns
from tradeoffs.data.communities.catalogue import (
    CUTS,
    LEAST_TESTED,
    LEAST_TRAINED,
    available_cuts,
    communities,
    community_split,
    find_cut,
    title_of,
)
from tradeoffs.data.communities.cut import community_codes, draw, group_names, plain_name
from tradeoffs.data.communities.dissent import turn
from tradeoffs.data.communities.town_sizes import dirichlet, shares
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.errors import InvalidInput

CASES = [
    pytest.param(name, text, id=f"{name} {text}")
    for name, data in DATASETS.items()
    for text in available_cuts(name, data.labels[0])
]
PARTS = ("train", "select", "report")


def first_label(name):
    return dataset(name).labels[0]


@pytest.mark.parametrize(("name", "text"), CASES)
def test_nobody_is_in_two_communities_and_counts_are_those_of_the_tables(name, text):
    label, whole = first_label(name), load_encoded(name)
    people = dict(zip(whole.row_id.tolist(), whole.person_id.tolist(), strict=True))
    seen = {part: [] for part in PARTS}
    for community in communities(name, label, text):
        split = community_split(name, label, text, community.name)
        for part in PARTS:
            table = getattr(split, part)
            assert table.rows == getattr(community, part)
            seen[part] += [people[row] for row in table.row_id.tolist()]
        assert community.measurable == (community.reason == "")
        if community.measurable:
            assert community.train >= LEAST_TRAINED
            assert community.select + community.report >= LEAST_TESTED
            assert all(0 < getattr(split, part).label.mean() < 1 for part in PARTS[1:])
    assert all(len(rows) == len(set(rows)) for rows in seen.values())


@pytest.mark.parametrize(("name", "text"), CASES)
def test_communities_of_a_cut_share_their_features_and_have_names_that_can_be_joined(name, text):
    label = first_label(name)
    found = communities(name, label, text)
    splits = [community_split(name, label, text, one.name) for one in found]
    assert len({tuple(f.name for f in split.train.features) for split in splits}) == 1
    assert len({one.name for one in found}) == len(found)
    assert all(one.name == plain_name(one.name) and len(one.name) <= 80 for one in found)


@pytest.mark.parametrize(("name", "text"), CASES)
def test_a_row_is_where_it_is_whoever_else_is_there(name, text):
    entry, option = find_cut(name, text)
    data = dataset(name)
    names, own = entry.names(data, option), entry.labels(data)
    table = load_split(name, own[0] if own else first_label(name)).report
    rows = np.arange(table.rows)[::-3]
    whole = load_encoded(name)
    codes = entry.codes(whole, table, option, len(names))
    assert np.array_equal(entry.codes(whole, table.take(rows), option, len(names)), codes[rows])
    every, part = (entry.answers(whole, one, 0, option).label for one in (table, table.take(rows)))
    assert np.array_equal(part, every[rows])


@pytest.mark.parametrize(
    ("name", "text", "gone"),
    [("adult", "race", "race"), ("meps", "place", "region"), ("compas", "black", "race")],
)
def test_the_column_that_names_the_community_is_withheld(name, text, gone):
    label = first_label(name)
    here = communities(name, label, text)[0].name
    left = [f.name for f in community_split(name, label, text, here).train.features]
    whole = [f.name for f in load_split(name, label).train.features]
    assert [feature for feature in whole if feature != gone] == left
    assert gone in whole


def test_communities_by_meaning_predict_their_own_label_and_see_no_column_that_defines_any():
    book = dataset("meps").codebook
    for community in communities("meps", "visits_10", "meanings"):
        split = community_split("meps", "visits_10", "meanings", community.name)
        there = load_split("meps", community.label).train
        answers = dict(zip(there.row_id.tolist(), there.label.tolist(), strict=True))
        assert [answers[row] for row in split.train.row_id.tolist()] == split.train.label.tolist()
        seen = {feature.name for feature in split.train.features}
        for other, _ in dataset("meps").meanings:
            assert not seen.intersection(book.label(other).withheld)


def test_people_of_whom_it_is_not_known_are_no_community():
    grouping = Grouping(name="where", title="where", groups=(("a", "A"), (None, "?"), ("b", "B")))
    assert group_names(grouping) == ("A", "B")
    assert community_codes(grouping, np.array([0, 1, 2, 2])).tolist() == [0, -1, 1, 1]


def test_towns_are_of_one_size_and_have_nothing_to_do_with_the_answer():
    table = load_split("adult", "income_gt_50k").train
    codes = CUTS["towns"].codes(load_encoded("adult"), table, "9", 9)
    counts = np.array(
        [[(codes[table.label == yes] == t).sum() for t in range(9)] for yes in (0, 1)]
    )
    assert stats.chisquare(counts.sum(0)).pvalue > 1e-3
    assert np.asarray(stats.chi2_contingency(counts)[1]) > 1e-3


def test_answers_turn_in_the_first_town_alone_and_more_of_them_with_a_larger_chance():
    table = load_split("gss", "income_25k").train
    turned = [
        turn(load_encoded("gss"), table, chance).label != table.label for chance in (0, 0.2, 0.7, 1)
    ]
    assert [round(float(one.mean()), 2) for one in turned] == pytest.approx(
        [0, 0.2, 0.7, 1], abs=0.02
    )
    assert all(not (few & ~more).any() for few, more in zip(turned, turned[1:], strict=False))
    towns = [one.name for one in communities("gss", "income_25k", "turned.100")]
    for place, name in enumerate(towns):
        own, there = (
            community_split("gss", "income_25k", cut, other).report.label
            for cut, other in (("turned.100", name), ("towns.5", f"town {place + 1}"))
        )
        assert np.array_equal(own, ~there if place == 0 else there)


def test_shares_are_drawn_from_a_dirichlet_distribution():
    drawn = np.array([dirichlet(0.7, 5, f"draw {i}") for i in range(2_000)])
    assert np.allclose(drawn.sum(1), 1)
    # Each share is beta distributed, as marginals of a Dirichlet distribution are.
    assert stats.kstest(drawn[:, 0], stats.beta(0.7, 4 * 0.7).cdf).pvalue > 1e-3
    assert np.all(np.diff(shares(0.3, 5)) <= 0)


def test_skewed_towns_differ_in_the_share_of_yes_and_hardly_with_a_large_parameter():
    def spread(text):
        rates = [
            community_split("adult", "income_gt_50k", text, one.name).train.label.mean()
            for one in communities("adult", "income_gt_50k", text)
        ]
        return max(rates) - min(rates)

    assert spread("skew.100") < 0.1 < 0.4 < spread("skew.0.3")


def test_few_people_and_one_answer_are_reasons_not_to_measure():
    reasons = {one.name: one.reason for one in communities("loanapp", "approved", "race")}
    assert reasons["Black"] == "too few to measure: 87 people to test on, and 100 are needed"
    assert reasons["Hispanic"] == "too few to measure: 61 people to train on, and 100 are needed"
    last = communities("compas", "rearrest", "time")[-1]
    assert last.reason == "cannot be measured: none of its test people has a negative label"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("villages", "unknown cut 'villages'; known: sex, race, towns.5"),
        ("place", "unknown cut 'place'; known: sex"),  # Adult records no place
        ("attribute", "unknown cut 'attribute'"),
        ("race.2", "unknown cut 'race.2'"),
        ("towns", "communities='towns' must be towns, a dot and a number from 2 to 100"),
        ("towns.1", "communities='towns.1' must be"),
        ("towns.10000", "communities='towns.10000' must be"),
        ("towns.05", "communities='towns.05' must be"),
        ("turned.101", "from 0 to 100"),
        ("sizes.nan", "from 0.1 to 100"),
        ("skew.0", "from 0.1 to 100"),
    ],
)
def test_a_cut_that_cannot_be_names_what_can(text, message):
    with pytest.raises(InvalidInput) as raised:
        communities("adult", "income_gt_50k", text)
    assert message in str(raised.value)


def test_an_option_where_none_is_taken_and_an_unknown_community_are_refused():
    with pytest.raises(InvalidInput, match="place takes nothing after a dot"):
        communities("gss", "income_25k", "place.pacific")
    with pytest.raises(InvalidInput, match="unknown community 'Atlantis'; known: New England"):
        community_split("gss", "income_25k", "place", "Atlantis")


def test_a_cut_with_one_community_is_refused(monkeypatch):
    from tradeoffs.data.communities import catalogue

    alone = dataclasses.replace(
        CUTS["towns"], codes=lambda whole, table, option, count: np.zeros(table.rows, int)
    )
    monkeypatch.setattr(catalogue, "CUTS", {**CUTS, "towns": alone})
    with pytest.raises(InvalidInput, match="leaves 1 community with people to train on"):
        communities("hmda", "approved", "towns.7")


def test_a_cut_is_named_for_people():
    assert title_of("gss", "place") == "places"
    assert title_of("meps", "race") == "race, Hispanics within"


def test_people_are_dealt_once_a_part_whatever_the_number_of_towns(monkeypatch):
    names = [one.name for one in communities("gss", "income_25k", "towns.11")]
    drawn = []

    def counted(whole, table, stream):
        drawn.append(table.rows)
        return draw(whole, table, stream)

    monkeypatch.setattr(towns, "draw", counted)
    parts = [community_split("gss", "income_25k", "towns.11", name).train for name in names]
    whole = load_split("gss", "income_25k").train
    assert len(names) == 11 and len(drawn) == 3
    assert sorted(np.concatenate([part.row_id for part in parts])) == sorted(whole.row_id)
