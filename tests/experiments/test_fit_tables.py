import numpy as np
import pytest
import torch

from tradeoffs.data.load import load_split
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.fit import Model
from tradeoffs.experiments.fit_tables import fit_tables, table_decisions
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.training_data import training_table
from tradeoffs.scenario import Scenario

HERE = Scenario(dataset="gss", label="income_25k", protected="sex", rows=500, epsilon=None)
GAPS = (None, 0.02, 0.9)


def sample(seed: int):
    return training_table(HERE.but(seed=seed))


def test_people_of_a_scenario_give_its_models():
    wanted = [HERE.but(max_gap=gap, seed=seed) for seed in (0, 1) for gap in GAPS]
    [chunk] = chunks(map(resolve, wanted))
    expected = {t.scenario: Model.from_bytes(t.weights).vector for t in run(chunk)}
    found = fit_tables(HERE, [sample(0), sample(1)], GAPS)
    for seed, vectors in enumerate(found):
        for gap, vector in zip(GAPS, vectors, strict=True):
            torch.testing.assert_close(
                vector, expected[HERE.but(max_gap=gap, seed=seed)], atol=1e-4, rtol=1e-4
            )


def test_tables_of_other_lengths_do_not_change_a_model():
    alone = fit_tables(HERE, [sample(0)])[0][0]
    beside = fit_tables(HERE, [sample(0), sample(1).take(np.arange(300))])[0][0]
    torch.testing.assert_close(alone, beside)


def test_a_bound_that_the_free_model_meets_leaves_it():
    [[free, loose]] = fit_tables(HERE, [sample(0)], (None, 1.0))
    assert torch.equal(free, loose)


def test_decisions_are_those_that_are_measured():
    scenario = HERE.but(seed=3)
    [trained] = run(chunks(map(resolve, [scenario]))[0])
    report = load_split("gss", "income_25k").report
    vector = Model.from_bytes(trained.weights).vector
    right = table_decisions([vector], 0, report)[0] == report.label
    assert right.mean() == pytest.approx(trained.measurement.report["accuracy"], abs=1e-6)


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        (HERE.but(epsilon=1.0), "mechanism='dp'"),
        (HERE.but(stage="reweighing"), "stage='reweighing'"),
    ],
)
def test_gathered_people_have_no_promise(scenario, told):
    with pytest.raises(InvalidInput, match=told):
        fit_tables(scenario, [sample(0)])
