"""Last layer: the trunk of somebody else's network stays, and its output is trained at home."""

from tradeoffs.engine.regime import Regime
from tradeoffs.remedies.adaptation.as_is import A_COPY, WITHDRAWS, copy_once
from tradeoffs.remedies.adaptation.fine_tuning import PULL, provider_pull
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Control, Remedy


def _regime(partnership: Partnership) -> Regime:
    # Logistic regression is one layer, its last.
    return provider_pull(partnership, (False, True, True) if partnership.scenario.width else None)


LAST_LAYER = Remedy(
    name="last_layer",
    title="last layer (linear probe)",
    help=(
        "The hidden layer of the provider's network stays as it is, and only the last "
        "layer is trained on your people. Logistic regression has one layer, so for it "
        "this is fine-tuning."
    ),
    section="adaptation",
    formula="as fine-tuning, with the first layer held at the provider's",
    source="Kumar et al. 2022, arXiv 2202.10054",
    limits=(
        "What the provider's hidden layer does not represent cannot be learned. The "
        "provider's own people have no privacy guarantee, unless a provider with a "
        "privacy budget is chosen."
    ),
    dial=PULL,
    needs=("labels", "rows", "provider"),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="the provider the hidden layer; you the last layer",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody outside the community",
    regime=_regime,
    traffic=copy_once,
)
