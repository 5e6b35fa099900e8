"""The measures of explanations: what each means, in which unit, and which way an axis reads.

Free of torch, so that pages can read it; each is computed in the file of its name.
"""

from tradeoffs.catalogue import Catalogue
from tradeoffs.values.explanations.effective_features import EFFECTIVE_FEATURES
from tradeoffs.values.explanations.faithfulness import FAITHFULNESS
from tradeoffs.values.explanations.fidelity import FIDELITY
from tradeoffs.values.explanations.metric import ExplanationMetric
from tradeoffs.values.explanations.recourse_metrics import (
    RECOURSE_GAP,
    RECOURSE_REACHABLE,
    RECOURSE_STEPS,
    RECOURSE_STEPS_GAP,
)
from tradeoffs.values.explanations.stability import STABILITY, TOP_OVERLAP

METRICS: Catalogue[ExplanationMetric] = Catalogue(
    "measure",
    (
        FIDELITY,
        EFFECTIVE_FEATURES,
        FAITHFULNESS,
        STABILITY,
        TOP_OVERLAP,
        RECOURSE_REACHABLE,
        RECOURSE_STEPS,
        RECOURSE_GAP,
        RECOURSE_STEPS_GAP,
    ),
)
