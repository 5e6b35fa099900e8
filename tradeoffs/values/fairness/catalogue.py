"""The notions of fairness on offer."""

from tradeoffs.catalogue import Catalogue
from tradeoffs.values.fairness.bounded_group_loss import BOUNDED_GROUP_LOSS
from tradeoffs.values.fairness.demographic_parity import DEMOGRAPHIC_PARITY
from tradeoffs.values.fairness.equal_opportunity import EQUAL_OPPORTUNITY
from tradeoffs.values.fairness.equalized_odds import EQUALIZED_ODDS
from tradeoffs.values.fairness.error_rate_parity import ERROR_RATE_PARITY
from tradeoffs.values.fairness.group_calibration import GROUP_CALIBRATION
from tradeoffs.values.fairness.individual_fairness import INDIVIDUAL_FAIRNESS
from tradeoffs.values.fairness.minimax import MINIMAX
from tradeoffs.values.fairness.minimum_rate import MINIMUM_RATE
from tradeoffs.values.fairness.predictive_parity import PREDICTIVE_PARITY
from tradeoffs.values.fairness.quota import QUOTA

NOTIONS = Catalogue(
    "notion",
    (
        DEMOGRAPHIC_PARITY,
        EQUAL_OPPORTUNITY,
        EQUALIZED_ODDS,
        ERROR_RATE_PARITY,
        PREDICTIVE_PARITY,
        GROUP_CALIBRATION,
        MINIMAX,
        BOUNDED_GROUP_LOSS,
        MINIMUM_RATE,
        QUOTA,
        INDIVIDUAL_FAIRNESS,
    ),
)
