import numpy as np
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.data.report_people import decided, in_order
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.score import scores
from tradeoffs.scenario import Scenario


@pytest.mark.parametrize(("width", "hide"), [(0, ()), (4, ("sex",))])
def test_who_scores_above_nought_is_who_was_decided_on(width, hide):
    scenario = Scenario.of(rows=300, width=width, hide=hide, mechanism="none")
    (model,) = [one for chunk in chunks(map(resolve, [scenario])) for one in run(chunk)]
    people = in_order(load_split("adult").report)
    decisions = decided(model.measurement.decisions, people.rows)
    assert np.array_equal(scores(model, people) > 0, decisions)
