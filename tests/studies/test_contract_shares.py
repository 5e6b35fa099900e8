import pytest

from tradeoffs.scenario import Scenario
from tradeoffs.studies.contract_shares import GAINS, GIVES, answer

BASE = Scenario(
    dataset="gss",
    label="income_25k",
    communities="sizes.1",
    rows=150,
    epsilon=1,
    remedy="hidden_sum",
    protected="sex",
)


@pytest.fixture(scope="module")
def shares():
    return answer(BASE)


@pytest.mark.parametrize("share", [GIVES, GAINS])
def test_shares_add_up_to_one(shares, share):
    found = [one["value"] for one in shares if one["share"] == share]
    assert sum(found) == pytest.approx(1)


def test_more_is_the_difference_of_both_shares(shares):
    for gives, gains in zip(shares[::2], shares[1::2], strict=True):
        assert gives["community"] == gains["community"]
        assert gains["more"] == pytest.approx(gains["value"] - gives["value"])
        assert gains["more_low"] < gains["more"] < gains["more_high"]


def test_shares_of_gains_that_cannot_be_told_apart_from_zero_are_absent():
    # Without anything exchanged nobody gains.
    found = answer(BASE.but(remedy="mean_regularised", dial=0, epsilon=None))
    gains = [one for one in found if one["share"] == GAINS]
    assert len(gains) == 5
    assert {one[name] for one in gains for name in ("value", "low", "high", "more")} == {None}
