"""Sentences on the surrogate, a tree of eight rules: how well it repeats the models, if it can."""

import numpy as np

from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.view import Row, View
from tradeoffs.values.explanations.fidelity import SMALLEST_MINORITY

RULES = (
    Sentence(
        name="rules repeat the model",
        when=lambda fidelity: True,
        text=(
            "A tree of eight rules reproduces {agreement:percent} of the decisions; one "
            "prediction for everybody would reproduce {baseline:percent}."
        ),
    ),
    Sentence(
        name="rules not measurable: nothing measured",
        when=lambda unmeasured: unmeasured > 0,
        text=(
            "Whether rules can explain the model is not measurable: in {unmeasured:count} "
            "of {seeds:count} seeds, training diverged or too few people are left."
        ),
    ),
    Sentence(
        name="rules not measurable: alike",
        when=lambda alike: alike > 0,
        text="Whether rules can explain the model is not measurable: in {alike:count} of "
        f"{{seeds:count}} seeds fewer than {SMALLEST_MINORITY} people get the rarer answer.",
    ),
)


def rules(shown: View, row: Row) -> list[Statement]:
    """Say how well a few rules repeat the models of the setting, or why that is not measurable.

    Args:
        shown: the view.
        row: of the setting, in its table.
    """
    missing, unmeasured = (np.isnan(shown.seeds(name)) for name in ("fidelity", "accuracy"))
    values = {
        "fidelity": row["fidelity"],
        "agreement": row["fidelity_agreement"],
        "baseline": row["fidelity_baseline"],
        "seeds": len(shown.own),
        "unmeasured": int(unmeasured.sum()),
        "alike": int((missing & ~unmeasured).sum()),
    }
    return first(RULES, values)
