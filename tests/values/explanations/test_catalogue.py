from dataclasses import fields

import numpy as np
import pytest
import torch

from tests.engine.conftest import random_table
from tradeoffs.engine.evaluation import EvaluationSet, evaluate
from tradeoffs.errors import InvalidInput
from tradeoffs.fronts.objectives import EXPLAINABILITY, of_explanations
from tradeoffs.results import FIRST_COLUMNS
from tradeoffs.values.explanations.catalogue import FIDELITY, METRICS, STABILITY


@pytest.mark.parametrize("entry", METRICS.values(), ids=METRICS)
def test_an_entry_says_everything(entry):
    assert METRICS[entry.name] is entry
    for field in fields(entry):
        assert getattr(entry, field.name) != ""
    assert entry.column == any((entry.of, entry.measure, entry.name in FIRST_COLUMNS))


@pytest.mark.parametrize("entry", [m for m in METRICS.values() if m.column], ids=lambda m: m.name)
def test_a_measure_with_a_column_is_an_axis(entry):
    axis = of_explanations(entry)
    assert axis.column == axis.name == entry.name
    assert axis.normalised([entry.ideal, entry.reference]).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("entry", [m for m in METRICS.values() if m.of], ids=lambda m: m.name)
def test_a_measure_of_attributions_is_in_every_result_and_missing_for_a_constant_model(entry):
    at = EvaluationSet.of(random_table(400), ["group"])
    rng = np.random.default_rng(0)
    vector = torch.from_numpy(rng.normal(size=at.table.columns + 1)).float()
    figures, _ = evaluate([vector, torch.zeros_like(vector)], [0, 0], at)
    assert np.isfinite(figures[entry.name][0]) and np.isnan(figures[entry.name][1])


def test_fidelity_is_the_axis_of_the_front():
    assert of_explanations(FIDELITY, "explainability") == EXPLAINABILITY


def test_a_measure_of_two_models_is_no_axis():
    with pytest.raises(
        InvalidInput, match="'stability' compares models and is not an axis; use: fi"
    ):
        of_explanations(STABILITY)


def test_an_unknown_measure_is_told():
    with pytest.raises(InvalidInput, match="unknown measure 'speed'; known: fidelity, "):
        METRICS["speed"]
