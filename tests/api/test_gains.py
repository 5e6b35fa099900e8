"""Gains of communities in a table of results: over training alone, with an interval."""

import numpy as np
import pytest

import tradeoffs as to
from tradeoffs.cli import main
from tradeoffs.errors import InvalidInput

BASE = to.Scenario(
    dataset="gss", label="income_25k", communities="place", rows=100, epsilon=None, home="Pacific"
)


@pytest.fixture(scope="module")
def results() -> to.Results:
    sweep = to.Sweep(base=BASE, axes={"remedy": ["pooled", "fedavg"]}, seeds=3)
    return to.run(sweep, progress=False)


def test_a_gain_is_the_mean_difference_to_training_alone(results):
    alone = to.run(to.Sweep(base=BASE, seeds=3), progress=False)
    pooled = results.select(remedy="pooled")
    difference = pooled["accuracy"] - alone["accuracy"]
    assert pooled["gain"] == pytest.approx(np.full(3, difference.mean()))
    assert (pooled["gain_low"] < pooled["gain"]).all()
    assert (pooled["gain"] < pooled["gain_high"]).all()
    lower = alone["log_loss"] - pooled["log_loss"]
    assert pooled["log_loss_gain"] == pytest.approx(np.full(3, lower.mean()))
    assert (pooled["log_loss_gain_low"] < pooled["log_loss_gain"]).all()
    assert np.isnan(pooled.column("gain", "select")).all()
    assert alone["gain"] == pytest.approx(np.zeros(3))


def test_a_row_tells_whose_model_it_is_and_what_was_sent(results):
    assert set(results["community"]) == {"Pacific"} and set(results["people"]) == {100}
    sent = dict(zip(results["remedy"], results["bytes"], strict=True))
    parameters = results["parameters"][0]
    vectors = 2 * 2 * 20  # a model and its velocity, there and back, every tenth of 200 steps
    assert sent["fedavg"] == 4 * parameters * vectors


def test_results_without_communities_have_no_such_columns():
    plain = to.run(to.Scenario(rows=300, epsilon=None), progress=False)
    assert not {"gain", "community", "bytes"} & set(plain.columns)


def test_a_sweep_on_the_command_line_has_the_columns(capsys):
    fields = ["dataset=gss", "communities=place", "home=Pacific", "rows=100", "epsilon=none"]
    stated = [part for one in fields for part in ("--set", one)]
    assert main(["sweep", *stated, "--axis", "remedy=pooled", "--no-store"]) == 0
    head, *_, last = capsys.readouterr().out.splitlines()
    row = dict(zip(head.split(","), last.split(","), strict=False))
    assert row["community"] == "Pacific" and float(row["bytes"]) > 0 and float(row["gain"])
    assert row["gain_low"] == ""  # one seed has no interval


def test_models_of_several_homes_make_no_front_together():
    homes = to.Sweep(base=BASE, axes={"home": ["Pacific", "Mountain"]})
    results = to.run(homes, progress=False)
    with pytest.raises(InvalidInput, match=r"home differs .* results.select\(home=...\)"):
        to.front(results, x="fairness", y="accuracy")
