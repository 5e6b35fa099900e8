"""Community-level privacy: whether a whole community took part is hidden (DP-FedAvg)."""

import numpy as np

from tradeoffs.engine.recipe import recipe
from tradeoffs.engine.regime import Mixing, Regime
from tradeoffs.errors import require
from tradeoffs.language.translates import original
from tradeoffs.remedies.collaboration.federation import SERVER, rounds
from tradeoffs.remedies.collaboration.mixing_weights import average
from tradeoffs.remedies.partnership import Partnership
from tradeoffs.remedies.remedy import Control, Dial, Remedy
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import Account
from tradeoffs.values.privacy.federated_accounting import (
    COMMUNITY_UNIT,
    FEWEST_COMMUNITIES,
    community_level,
)

CLIP_NORM = 1.0  # of a community's update in a round; public, chosen on random towns of one table


def _check(scenario: Scenario, names: tuple[str, ...]) -> None:
    del scenario
    require(
        len(names) >= FEWEST_COMMUNITIES,
        "too_few_communities_to_hide_one",
        communities=len(names),
        least=FEWEST_COMMUNITIES,
    )


def _account(partnership: Partnership, k: int) -> Account | None:
    """Return one account for all: the mean is protected by the strictest of the budgets."""
    del k
    if not partnership.private:
        return None
    return community_level(
        float(partnership.epsilon.min()),
        communities=partnership.size,
        rounds=int(partnership.dial),
    )


def _regime(partnership: Partnership) -> Regime:
    """Return rounds of clipped updates and noise on their mean; steps at home have neither."""
    communities, own = partnership.size, partnership.scenario
    how = recipe(int(partnership.rows.sum()), own.width, None, partnership.ones)
    every = partnership.steps // int(partnership.dial)
    account = partnership.accounts[0]
    return Regime(
        learning_rate=np.full(communities, how.learning_rate),
        clip_norm=np.full(communities, np.inf),
        sigma=np.zeros(communities),
        ridge=how.ridge * partnership.shares,
        mixing=Mixing(
            weights=average(np.full(communities, 1 / communities)),
            every=every,
            until=every * int(partnership.dial),
            clip=CLIP_NORM,
            noise=account.sigma if account else 0.0,
        ),
    )


COMMUNITY_DP = Remedy(
    name="community_dp",
    title="DP-FedAvg (community level)",
    help=(
        "Federated averaging that hides whether a whole community, with all of its "
        "people, took part: each community's update is clipped to the same length, and "
        "noise is added to the mean. All communities have equal weight."
    ),
    section="collaboration",
    formula="w := w + (1/K) (sum_k clip(w_k - w, S) + noise of z S)",
    source="McMahan, Ramage, Talwar, Zhang 2018, ICLR, arXiv 1710.06963",
    limits=(
        "The server is trusted to add the noise. Delta has to be far below one divided by the "
        "number of communities, so that one among few communities cannot be hidden."
    ),
    dial=Dial(
        title="rounds",
        ends=("few, with little noise", "many, with much noise"),
        values=(5, 10, 20, 40, 100),
        default=20,
        phrase="{} rounds",
        whole=True,
    ),
    needs=("labels", "rows", "server", "others"),
    control=Control(
        leaves=original(SERVER, "leaves"),
        sees="the server; everybody else sees only the noisy mean",
        changes=original(SERVER, "changes"),
        withdraws="yes; that it took part at all stays hidden",
        decides=original(SERVER, "decides"),
    ),
    unit=COMMUNITY_UNIT,
    trusts="the server, which adds the noise",
    mechanisms=("dp",),
    reason="without a privacy budget nothing is hidden, and this is federated averaging",
    shared=True,
    fewest=FEWEST_COMMUNITIES,
    check=_check,
    account=_account,
    regime=_regime,
    traffic=lambda exchange: rounds(exchange, exchange.dial),
)
