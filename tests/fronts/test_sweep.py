import math
import random
from itertools import chain

import numpy as np

from tests.report.conftest import HERE, UNTOUCHED, among, halved, model, tidy
from tradeoffs.experiments.comparison import Comparison
from tradeoffs.fronts.replicates import REPORT, replicates
from tradeoffs.fronts.sweep import Sweep, sweep
from tradeoffs.results import CONFIGURATION, configuration

COLUMNS = ("accuracy", "gap", "fidelity", "selection_rate", "bound_reached", "bound_unheld")
BOUND = {"bound_reached": [1.0] * 8, "bound_unheld": [None, "Female"] * 4}
MODELS = (
    halved(model(HERE, sd=0.01, bound=BOUND), accuracy=0.8),
    model(UNTOUCHED, seeds=2, fidelity=math.nan),
    model(HERE.but(mechanism="clip_only", hide=("sex", "race"))),
    model(HERE.but(protected="race"), figures={"recourse_gap[race]": 0.2}),
)


def test_a_sweep_is_the_table_of_its_results_laid_out():
    expected = replicates(tidy(*MODELS), CONFIGURATION, [*COLUMNS, "recourse_gap"])
    found = sweep(chain(*MODELS), among(*MODELS), [*COLUMNS, "recourse_gap"])
    assert found.keys == expected.keys and found.seeds.tolist() == expected.seeds.tolist()
    np.testing.assert_array_equal(found.present, expected.present)
    np.testing.assert_array_equal(found.values, expected.values)


def test_epsilon_is_the_one_that_was_asked_for():
    spent = [0.98 + seed / 1_000 for seed in range(8)]
    models = model(HERE, bound={"epsilon_spent": spent}), model(UNTOUCHED)
    found = sweep(chain(*models), among(*models), ["epsilon_spent"])
    row = found.keys.index(tuple(configuration(HERE).values()))
    assert set(found.of("epsilon_spent")[REPORT, row]) == {1.0}
    assert set(found.of("epsilon_spent")[REPORT, 1 - row]) == {math.inf}


def test_without_results_there_are_no_configurations():
    found = sweep([], among(), COLUMNS)
    assert found.keys == () and found.values.shape == (2, 0, 0, len(COLUMNS))


def test_results_that_come_one_after_the_other_are_each_written_once():
    every, wanted = [*chain(*MODELS)], []
    random.Random(1).shuffle(every)
    scenarios = [one.scenario for one in every]
    found = Sweep([*scenarios, HERE.but(width=64)], Comparison.of(scenarios), COLUMNS)
    assert found.replicates().keys == ()
    for there in (1, 2, 2, 7, len(every)):
        found.add(lambda count, there=there: wanted.append(every[count:there]) or wanted[-1])
        expected = sweep(every[:there], Comparison.of(scenarios), COLUMNS)
        part = found.replicates()
        assert part.keys == expected.keys and part.seeds.tolist() == expected.seeds.tolist()
        np.testing.assert_array_equal(part.present, expected.present)
        np.testing.assert_array_equal(part.values, expected.values)
    assert [*chain(*wanted)] == every
    before = found.replicates()
    before.values[:] = 0.0  # what is drawn is a copy
    np.testing.assert_array_equal(found.replicates().values, expected.values)
