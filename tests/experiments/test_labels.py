"""The label of a scenario decides whom a model is trained on, and against what it is measured."""

import numpy as np
import pytest

from tradeoffs.data.catalogue import DATASETS
from tradeoffs.data.report_people import report_rows, unpack_decisions
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.adapt import adapt_to_dataset
from tradeoffs.experiments.chunks import Chunk, chunks
from tradeoffs.experiments.designs import row_choices
from tradeoffs.experiments.evaluate import evaluation_set
from tradeoffs.experiments.plan import deployment, resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.training_data import training_table
from tradeoffs.results import Weights
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy import calibration

BASE = adapt_to_dataset(Scenario.of(rows=600, epsilon=None), "gss")[0]
LABELS = ("income_25k", "income_15k", "very_happy")


@pytest.fixture(scope="module")
def trained():
    scenarios = [BASE.but(label=label) for label in LABELS]
    return {
        one.scenario.label: one for chunk in chunks(map(resolve, scenarios)) for one in run(chunk)
    }


def test_labels_do_not_share_a_chunk_or_a_key():
    scenarios = [BASE.but(label=label) for label in LABELS]
    assert len(chunks(map(resolve, scenarios))) == len(LABELS)
    assert len({resolve(s).model_key for s in scenarios}) == len(LABELS)


@pytest.mark.parametrize("label", LABELS)
def test_figures_are_of_the_label(trained, label):
    one = trained[label]
    table = report_rows("gss", label, deployment(one.scenario))
    decision = unpack_decisions(one.measurement.decisions, table.rows)
    assert one.measurement.report["accuracy"] == pytest.approx((decision == table.label).mean())
    alone = run(Chunk(scenarios=((one.scenario,),)))[0]
    assert alone.weights == one.weights  # what ran before left nothing behind


def test_a_model_of_one_label_does_better_on_it_than_a_model_of_the_other(trained):
    table = report_rows("gss", "income_15k", ((), ""))
    both = {
        name: unpack_decisions(trained[name].measurement.decisions, table.rows)
        for name in LABELS[:2]
    }
    right = {name: (bits == table.label).mean() for name, bits in both.items()}
    assert right["income_15k"] > right["income_25k"]


def test_training_tables_and_yardsticks_differ_by_label():
    rows = {
        label: training_table(
            Scenario.of(dataset="gss", label=label, protected="race", rows=600)
        ).row_id
        for label in LABELS
    }
    assert np.array_equal(rows["income_25k"], rows["income_15k"])  # the same people answered
    assert not np.array_equal(rows["income_25k"], rows["very_happy"])
    at = {label: evaluation_set("gss", label, (), "report", (), "") for label in LABELS}
    assert len({float(one.label.mean()) for one in at.values()}) == len(LABELS)


def test_the_number_of_parameters_leaves_out_what_is_withheld(trained):
    for one in trained.values():
        vector = Weights.from_bytes(one.weights).vector
        assert one.measurement.training["parameters"] == len(vector) / 4


def test_a_withheld_column_cannot_be_hidden_twice():
    assert resolve(BASE.but(label="very_happy", hide=("income",))).model_key
    with pytest.raises(InvalidInput, match="unknown column 'income'"):
        resolve(BASE.but(hide=("income",)))


@pytest.mark.parametrize("entry", DATASETS.values(), ids=lambda entry: entry.name)
def test_budgets_of_every_table_come_from_closed_forms_and_shipped_ladders(monkeypatch, entry):
    monkeypatch.setattr(calibration, "_search", None)  # it would take seconds
    for label in entry.labels:
        for rows in row_choices(entry.name, label):
            for epsilon in (0.05, 1.0, 50.0):
                here, _ = adapt_to_dataset(Scenario.of(epsilon=epsilon, rows=rows), entry.name)
                plan = resolve(here.but(label=label))
                assert plan.budget is not None and plan.recipe.delta == 1e-5
                assert 0.98 * epsilon <= plan.budget.epsilon_spent <= epsilon


def test_the_promise_names_whom_it_protects():
    for name, unit in (("adult", "person"), ("loanapp", "applicant")):
        budget = resolve(adapt_to_dataset(Scenario(), name)[0]).budget
        assert budget is not None and f"the record of one {unit} in training" in budget.unit


def test_rows_on_offer_depend_on_the_label():
    assert row_choices("gss")[-1] == row_choices("gss", "income_25k")[-1] == 9_051
    assert row_choices("gss", "very_happy")[-1] == 10_280
    assert row_choices("loanapp") == (300, 1_000, 1_179)
