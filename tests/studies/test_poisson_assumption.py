"""What a wrong assumption on sampling is worth: by Opacus and by closed forms."""

import math

import pytest
from opacus.accountants import RDPAccountant

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.poisson_assumption import ALL, BY_LOT, ROUNDS, answer, histories
from tradeoffs.values.privacy.accountants import epsilon, gaussian_epsilon

HERE = Scenario(rows=300, width=0, epsilon=3.0)
DELTA = 1e-5


@pytest.fixture(scope="module")
def rows():
    return {(row["way"], row["what"]): row for row in answer(HERE, 0.1)}


@pytest.mark.parametrize("sigma", [0.8, 2.0, 6.0])
def test_rounds_and_everybody_are_gaussians_with_known_distance(sigma):
    found = histories(sigma, 0.1, 200)
    for way, steps in ((ROUNDS, 20), (ALL, 200)):
        exact = gaussian_epsilon(math.sqrt(steps) / sigma, DELTA)
        assert epsilon(found[way], DELTA, "gdp") == pytest.approx(exact)
        opacus = RDPAccountant()
        opacus.history = [(s.sigma, s.sample_rate, s.steps) for s in found[way]]
        assert exact <= opacus.get_epsilon(DELTA) <= 1.25 * exact  # another accountant's bound


@pytest.mark.parametrize("sigma", [0.8, 2.0, 6.0])
def test_less_luck_is_worth_less(sigma):
    found = histories(sigma, 0.1, 200)
    lot, rounds, everybody = (
        epsilon(found[way], DELTA, by)
        for way, by in ((BY_LOT, "prv"), (ROUNDS, "gdp"), (ALL, "gdp"))
    )
    assert lot < rounds < everybody


def test_drawing_everybody_by_lot_is_everybody():
    found = histories(2.0, 1.0, 200)
    assert len(set(found.values())) == 1


def test_the_claim_is_what_was_asked_and_its_promise_is_kept(rows):
    assert 2.9 <= rows[BY_LOT, "epsilon"]["value"] <= 3.0
    for way in (BY_LOT, ALL):
        assert rows[way, "attack"]["low"] <= rows[way, "attack"]["bound"]
    apart = rows[ALL, "attack"]["value"] - rows[BY_LOT, "attack"]["value"]
    assert rows[ALL, "apart"]["value"] == pytest.approx(apart)


def test_rounds_are_computed_and_not_attacked(rows):
    assert {what for way, what in rows if way == ROUNDS} == {"epsilon"}


def test_rounds_that_do_not_come_out_even_are_refused():
    with pytest.raises(InvalidInput, match=r"drawn=0.333 must make 200 steps"):
        histories(2.0, 0.333, 200)


def test_without_a_claim_there_is_nothing_to_compare():
    with pytest.raises(InvalidInput, match="epsilon=none gives no privacy"):
        answer(HERE.but(epsilon=None), 0.1)
