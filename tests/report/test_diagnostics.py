import numpy as np
import pytest

from tests.report.conftest import HERE, UNTOUCHED, model, shown
from tradeoffs.report.sentences.diagnostics import constant_model
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import GroupCounts

LABEL = np.repeat([0.0, 1.0, 0.0, 1.0], [300, 100, 200, 400]).astype(np.float32)
MEMBER = np.eye(2, dtype=np.float32)[np.repeat([0, 1], [400, 600])]


@pytest.mark.parametrize("name", [name for name, n in NOTIONS.items() if n.gap is not None])
def test_a_constant_answer_has_no_gap_by_a_notion_exactly_where_that_is_said(name):
    """Groups with unlike outcomes, all of whom get the same answer at the same probability."""
    decision = np.array([[0.0], [1.0]], np.float32).repeat(len(LABEL), 1)
    counts = GroupCounts.of(decision, 0.1 + 0.6 * decision.astype(float), LABEL, MEMBER)
    gap = NOTIONS[name].gap
    assert gap is not None and bool(NOTIONS[name].rates) == bool((gap(counts) == 0).all())


@pytest.mark.parametrize(
    ("notion", "told"), [("equal_opportunity", True), ("error_rate_parity", False)]
)
def test_a_constant_answer_is_excused_by_its_notion_alone(notion, told):
    here = HERE.but(notion=notion)
    view = shown(model(here, selection_rate=0.0), model(UNTOUCHED.but(notion=notion)), here=here)
    assert view.here_row is not None
    (one,) = constant_model(view, view.points[view.here_row])
    text = one.text
    assert text.startswith("In 8 of 8 seeds the model predicts yes for nobody: a constant answer")
    assert ("has no gap between groups" in text) == told
