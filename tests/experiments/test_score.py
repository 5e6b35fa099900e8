import numpy as np
import pytest

from tradeoffs.data.load import load_split
from tradeoffs.data.report_people import order_by_id, unpack_decisions
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import run
from tradeoffs.experiments.score import scores
from tradeoffs.scenario import Scenario


@pytest.mark.parametrize(("width", "hide"), [(0, ()), (4, ("sex",))])
def test_who_scores_above_nought_is_who_was_decided_on(width, hide):
    scenario = Scenario.of(rows=300, width=width, hide=hide, mechanism="none")
    (model,) = [one for chunk in chunks(map(resolve, [scenario])) for one in run(chunk)]
    people = order_by_id(load_split("adult").report)
    decisions = unpack_decisions(model.measurement.decisions, people.rows)
    assert np.array_equal(scores(model, people) > 0, decisions)
