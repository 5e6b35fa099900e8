"""Pruning with retraining: what is left of a provider's model learns from people at home."""

from dataclasses import replace

from tradeoffs.engine.regime import Regime
from tradeoffs.language.translates import copy_entry
from tradeoffs.remedies.adaptation.as_is import A_COPY, WITHDRAWS
from tradeoffs.remedies.adaptation.fine_tuning import PULL, provider_pull
from tradeoffs.remedies.adaptation.pruning import PERCENT, masks, traffic
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Control, Remedy


def regime(partnership: Partnership) -> Regime:
    """Return fine-tuning of the weights that are left."""
    tuned = provider_pull(replace(partnership, dial=PULL.default))
    return replace(tuned, keep=masks(partnership))


PRUNING_RETRAINED = Remedy(
    name="pruning_retrained",
    title="pruning with retraining",
    help=(
        "A model that others trained is used without its smallest weights, and the "
        "remaining weights are trained further on the community's own people."
    ),
    section="adaptation",
    formula=(
        "w = argmin (1/n_k) sum_i loss(m * w; x_i, y_i) + mu/2 |w - m * w_provider|^2, with m as "
        "in pruning and mu = 10 / n_k as in fine-tuning"
    ),
    source="Han et al. 2015, arXiv 1506.02626; the pull: Li X. et al. 2018, arXiv 1802.01483",
    dial=copy_entry(PERCENT, same_as="fine_tuning"),
    needs=("labels", "rows", "provider"),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="you, except for the weights that were removed",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody outside the community",
    regime=regime,
    traffic=traffic,
)
