"""As it is: somebody else's model decides about the community's own people."""

from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import NUMBER, Control, Exchange, Remedy, Traffic
from tradeoffs.values.privacy.account import Account

A_COPY = "your copy of the model"
WITHDRAWS = "yes, at any time; you keep or drop your copy"


def copy_once(exchange: Exchange) -> Traffic:
    """Return the traffic of a model that is fetched once."""
    return Traffic(down=NUMBER * exchange.parameters, rounds=1)


def nothing_spent(partnership: Partnership, k: int) -> Account | None:
    """Return the account of people on whom nothing is trained; None without a mechanism."""
    if not partnership.private:
        return None
    return Account(
        epsilon_spent=0.0,
        delta=partnership.deltas[k],
        accountant="gdp",
        noise=(0.0,),
        history=(),
    )


AS_IS = Remedy(
    name="as_is",
    title="pre-trained model as it is",
    help=(
        "The provider's model decides about your people without a change. Nobody of yours is "
        "trained on, and what the provider's people took the answer to mean is what you get."
    ),
    section="adaptation",
    formula="w_k = w_provider",
    source="Pan, Yang 2010, doi 10.1109/TKDE.2009.191 (transfer learning)",
    limits=(
        "The provider's own people are promised nothing, unless a provider with a promise is "
        "chosen."
    ),
    needs=("provider",),
    control=Control(
        leaves="nothing",
        sees="nobody; nor do you see the provider's people",
        changes="the provider",
        withdraws=WITHDRAWS,
        decides=A_COPY,
    ),
    trusts="nobody: none of your people is trained on",
    account=nothing_spent,
    fit=lambda partnership: partnership.provider(),
    traffic=copy_once,
)
