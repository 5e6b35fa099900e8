"""What is told of each setting of a job: what differs, and what its models look at."""

import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, job, model
from tradeoffs.data.catalogue import dataset
from tradeoffs.experiments.comparison import table
from tradeoffs.report.global_explanation import attribution_table
from tradeoffs.report.points import MOST_FEATURES, changes_in_words, feature_shares, what_differs

FEATURES = [one.name for one in dataset("adult").codebook.features]
RNG = np.random.default_rng(0)
SHARES = {f"attribution[{name}]": [float(x) for x in RNG.random(8)] for name in FEATURES}

ONE = {name: values[:1] for name, values in SHARES.items()}


def test_settings_are_told_by_what_differs_from_yours():
    found = changes_in_words(job([HERE, UNTOUCHED, HERE.but(epsilon=3.0, width=8)]), HERE)
    assert found == {0: "", 1: "no privacy, no constraint", 2: "8 hidden units, ε = 3"}
    assert what_differs(HERE.but(mechanism="clip_only"), HERE) == (
        "privacy mechanism: clip only, no promise"
    )
    assert what_differs(HERE.but(notion="equal_opportunity"), HERE).startswith("fairness notion: ")


def test_the_largest_shares_are_those_of_the_table_of_all():
    models = model(HERE, figures=SHARES), model(UNTOUCHED, figures=ONE, seeds=1)
    found = job([one.scenario for some in models for one in some], *models)
    told = feature_shares(found, found.arrived)
    wanted = attribution_table(table(models[0], found.comparison), HERE).head(MOST_FEATURES)
    assert [told["titles"][k] for k, *_ in told["shares"][0]] == wanted["title"].tolist()
    numbers = [numbers for _, *numbers in told["shares"][0]]
    expected = wanted[["share", "low", "high"]].to_numpy()
    assert np.array(numbers, dtype=float) == pytest.approx(expected, abs=1e-4)
    assert [ends for *_, low, high in told["shares"][1] for ends in (low, high)] == [None] * 10


def test_a_training_without_shares_leaves_its_setting_out():
    torn = {name: [np.nan, *values[1:]] for name, values in SHARES.items()}
    models = model(HERE, figures=torn)
    found = job([one.scenario for one in models], models)
    assert feature_shares(found, found.arrived)["shares"] == {}
    assert feature_shares(job([HERE]), 0) == {"titles": [], "shares": {}}
