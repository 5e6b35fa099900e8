"""A bound that cannot be held is neither binding nor reached, and says whose rate it lacks."""

import pytest

from tests.data.upload.conftest import CHOICES, as_csv, people
from tradeoffs.data.table_handle import TableHandle
from tradeoffs.data.upload.own_table import own_table
from tradeoffs.experiments.adapt import adapt
from tradeoffs.experiments.chunks import Chunk
from tradeoffs.experiments.run import run
from tradeoffs.scenario import Scenario


@pytest.fixture
def one_sided():
    """Return a scenario without noise on a table in which no woman is hired."""
    columns = people(2_000)
    pairs = zip(columns["hired"], columns["sex"], strict=True)
    hired = [label if sex == "M" else "no" for label, sex in pairs]
    made = own_table(as_csv({**columns, "hired": hired}), CHOICES)
    handle = TableHandle(made.whole)
    return adapt(Scenario.of(dataset=handle, notion="equal_opportunity", epsilon=None))[0]


STAGES = {
    "in": "F (positives)",
    "group_thresholds": "F",
    "threshold_optimizer": "F",
}


@pytest.mark.parametrize("stage", STAGES)
def test_without_positives_in_a_group_a_bound_on_their_rate_is_not_held(one_sided, stage):
    free, bound = one_sided.but(stage=stage), one_sided.but(stage=stage, max_gap=0.05)
    found = {t.scenario: t.measurement for t in run(Chunk(scenarios=((free, bound),)))}
    told = found[bound].training
    assert told["bound_unheld"] == STAGES[stage]
    assert not {"bound_binding", "bound_reached", "tracked_gap"} & told.keys()
    for measured in found.values():
        assert "equal_opportunity_difference[sex]" not in measured.report
    assert found[bound].decisions == found[free].decisions


def test_a_bound_on_a_rate_that_all_groups_have_is_held(one_sided):
    wide = one_sided.but(notion="demographic_parity", max_gap=0.9)
    told = run(Chunk(scenarios=((wide,),)))[0].measurement.training
    assert told["bound_binding"] == 0.0 and told["bound_reached"] == 1.0
    assert "bound_unheld" not in told
