"""As it is: somebody else's model decides about the community's own people."""

from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import NUMBER, Control, Exchange, Remedy, Traffic
from tradeoffs.values.privacy.account import Account

A_COPY = "your copy of the model"
WITHDRAWS = "yes, at any time; you keep or delete your copy"


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
        "The provider's model makes the decisions about your people unchanged. It is not "
        "trained on any of your people, and what the label means is what it meant to the "
        "provider's people."
    ),
    section="adaptation",
    formula="w_k = w_provider",
    source="Pan, Yang 2010, doi 10.1109/TKDE.2009.191 (transfer learning)",
    limits=(
        "The provider's own people have no privacy guarantee, unless a provider with a "
        "privacy budget is chosen."
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
