"""Three rules for several seats: their definitions, and laws that hold for any room."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tradeoffs.values.preferences.aggregation import (
    COMPROMISE,
    MAJORITY,
    REPORT,
    RULES,
    SELECT,
    WORST_OFF_FIRST,
    first_choices,
    losses,
    picks,
    regrets,
)

WHOLE = st.integers(-8, 8).map(float)  # sums are exact, so that ties are ties
ROOMS = st.tuples(st.integers(1, 5), st.integers(1, 6)).flatmap(
    lambda sizes: arrays(float, (*sizes, 2, 2), elements=WHOLE)
)


def by_hand(utilities, votes=None):
    """Return the picks by their definitions, seat by seat."""
    seats, places, runs, _ = utilities.shape
    value = [
        [sum(seat[b, r, SELECT] for r in range(runs)) / runs for b in range(places)]
        for seat in utilities
    ]
    loss = [[max(seat) - one for one in seat] for seat in value]
    if votes is None:
        votes = [sum(seat.index(max(seat)) == b for seat in value) for b in range(places)]
    total = [sum(loss[s][b] for s in range(seats)) for b in range(places)]
    worst = [max(loss[s][b] for s in range(seats)) for b in range(places)]
    return {
        MAJORITY: min((-votes[b], total[b], b) for b in range(places))[2],
        WORST_OFF_FIRST: worst.index(min(worst)),
        COMPROMISE: total.index(min(total)),
    }


@settings(max_examples=150, deadline=None)
@given(ROOMS)
def test_each_rule_picks_what_its_definition_says(utilities):
    assert picks(utilities) == by_hand(utilities)


@settings(max_examples=60, deadline=None)
@given(ROOMS, st.data())
def test_votes_decide_majority_and_nothing_else(utilities, data):
    places = utilities.shape[1]
    votes = np.array(data.draw(st.lists(st.integers(0, 4), min_size=places, max_size=places)))
    found = picks(utilities, votes)
    assert found == by_hand(utilities, votes.tolist())
    assert votes[found[MAJORITY]] == votes.max()


@settings(max_examples=60, deadline=None)
@given(ROOMS)
def test_the_order_of_the_seats_does_not_matter(utilities):
    for order in itertools.islice(itertools.permutations(range(len(utilities))), 12):
        assert picks(utilities[list(order)]) == picks(utilities)


def test_the_order_of_the_seats_does_not_matter_where_sums_are_not_exact():
    rng = np.random.default_rng(0)
    for _ in range(200):
        seats = rng.random((6, 1, 1, 2))
        tied = np.concatenate([seats, rng.permutation(seats)], axis=1)  # equal totals but rounding
        orders = [picks(tied[rng.permutation(6)]) for _ in range(4)]
        assert all(one == orders[0] for one in orders)


@settings(max_examples=60, deadline=None)
@given(ROOMS)
def test_a_room_of_one_mind_gets_its_first_choice_and_loses_nothing(utilities):
    same = np.repeat(utilities[:1], 4, axis=0)
    first = int(first_choices(same)[0])
    assert picks(same) == dict.fromkeys(RULES, first)
    assert not losses(same, first).any()


@settings(max_examples=150, deadline=None)
@given(ROOMS)
def test_each_rule_is_best_at_what_it_minimises(utilities):
    regret, found = regrets(utilities), picks(utilities)
    assert (regret >= 0).all() and (regret.min(1) == 0).all()
    worst, total = regret.max(0), regret.sum(0)
    assert all(worst[found[WORST_OFF_FIRST]] <= worst[found[rule]] for rule in RULES)
    assert all(total[found[COMPROMISE]] <= total[found[rule]] for rule in RULES)


@settings(max_examples=60, deadline=None)
@given(ROOMS)
def test_a_setting_that_is_worse_for_every_seat_is_never_picked(utilities):
    worse = np.concatenate([utilities[:, :1] - 1, utilities], axis=1)
    assert 0 not in picks(worse).values()


def test_a_loss_is_measured_on_the_half_that_did_not_pick():
    utilities = np.zeros((1, 2, 3, 2))
    utilities[0, 0, :, SELECT] = 1  # the first choice
    utilities[0, 1, :, REPORT] = [1, 2, 3]
    assert losses(utilities, 1).tolist() == [[-1, -2, -3]]
    assert picks(utilities) == dict.fromkeys(RULES, 0)


def test_two_minds_show_how_the_rules_differ():
    loss = np.array([[0, 1, 0.9], [0, 1, 0.9], [10, 0, 0.9]])
    utilities = -np.repeat(np.repeat(loss[:, :, None, None], 2, 2), 2, 3)
    assert picks(utilities) == {MAJORITY: 0, WORST_OFF_FIRST: 2, COMPROMISE: 1}
