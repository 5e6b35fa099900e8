import numpy as np
import pytest

from tradeoffs.errors import InvalidInput
from tradeoffs.scenario import Scenario
from tradeoffs.studies.rival_explanations import (
    ACCOUNTS,
    AVERAGE,
    EXAMINED,
    SIGN_HEALTHY,
    SIGN_ILL,
    SURE,
    answer,
    identification_rate,
    world,
)


@pytest.mark.parametrize("change", [0.0, 0.3, 1.0])
def test_all_accounts_show_the_same_patients(change):
    seen = [world(account, change).sum(0) for account in ACCOUNTS]
    assert seen[1] == pytest.approx(seen[0], abs=1e-12)
    assert seen[2] == pytest.approx(seen[0], abs=1e-12)
    assert seen[0].sum() == pytest.approx(1)


def test_each_account_changes_what_it_says_and_nothing_else():
    more, shows, healthy = (world(account, 1.0) for account in ACCOUNTS)
    assert more[1] / more[1].sum() == pytest.approx(SIGN_ILL)
    assert more[0] / more[0].sum() == pytest.approx(SIGN_HEALTHY)
    assert shows[0] / shows[0].sum() == pytest.approx(SIGN_HEALTHY)
    assert [shows[1].sum(), healthy[1].sum()] == pytest.approx([0.3, 0.3])
    assert healthy[1] / healthy[1].sum() == pytest.approx(SIGN_ILL)


def test_where_nothing_differs_the_accounts_are_one():
    one, two, three = (world(account, 0.0) for account in ACCOUNTS)
    assert two == pytest.approx(one) and three == pytest.approx(one)
    records = answer(Scenario(), 0.0)
    told_rightly = [r["value"] for r in records if r["asked"] == "told"]
    assert told_rightly == pytest.approx([1 / 3] * len(told_rightly))


def test_the_chances_are_bayes_rule():
    records = answer(Scenario(), 1.0)
    marked = {
        r["account"]: r["value"]
        for r in records
        if r["asked"] == "chance" and r["sign"] == "a marked sign"
    }
    assert marked[ACCOUNTS[0]] == pytest.approx(0.45 * 0.5 / (0.45 * 0.5 + 0.55 * 0.1))
    assert marked[ACCOUNTS[1]] == pytest.approx(0.3 * 0.7 / 0.28)
    assert marked[ACCOUNTS[2]] == pytest.approx(0.3 * 0.5 / 0.28)


@pytest.mark.parametrize("true", range(3))
def test_more_diagnoses_tell_more(true):
    worlds = np.stack([world(account, 1.0) for account in ACCOUNTS])
    rates = [identification_rate(worlds, true, n, np.random.default_rng(0)) for n in EXAMINED]
    assert rates[0] == pytest.approx(1 / 3) and rates == sorted(rates) and rates[-1] > 0.99


def test_the_average_lies_between_the_accounts_and_enough_tells_each_of_them():
    records = answer(Scenario(), 1.0)
    told = {(r["account"], r["examined"]): r for r in records if r["asked"] == "told"}
    for examined in EXAMINED:
        rates = [told[account, examined]["value"] for account in ACCOUNTS]
        assert told[AVERAGE, examined]["value"] == pytest.approx(np.mean(rates))
    (enough,) = (r["value"] for r in records if r["asked"] == "enough")
    at = EXAMINED.index(enough)
    assert min(told[account, EXAMINED[at]]["value"] for account in ACCOUNTS) >= SURE
    assert min(told[account, EXAMINED[at - 1]]["value"] for account in ACCOUNTS) < SURE
    assert not any(r["asked"] == "enough" for r in answer(Scenario(), 0.0))


@pytest.mark.parametrize("change", [0.0, 0.3, 1.0])
def test_without_diagnoses_the_accounts_fit_alike(change):
    (apart,) = (r for r in answer(Scenario(), change) if r["asked"] == "apart")
    assert apart["fit"] == "alike" and apart["low"] == apart["value"] == apart["high"] == 0


def test_the_same_seed_gives_the_same_records():
    assert answer(Scenario(), 0.5) == answer(Scenario(), 0.5)


def test_a_change_out_of_bounds_is_refused():
    with pytest.raises(InvalidInput, match=r"change=1.5 must be in \[0, 1\]"):
        answer(Scenario(), 1.5)
