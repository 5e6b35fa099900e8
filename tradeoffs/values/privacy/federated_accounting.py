"""Federated accounting: who adds how much noise where several train one model, and for whom.

Three ways. Each adds its own noise: an account of `allocate` for each, with its own epsilon and
number of people, which holds whatever the others and the server do (silo-specific sample-level
privacy; Liu, Hu, Wu & Smith 2022, arXiv 2206.07902). The sum is hidden: below. A whole community
is protected: below.
"""

import math
from dataclasses import replace

from tradeoffs.errors import require
from tradeoffs.values.privacy.account import Account, Part, allocate
from tradeoffs.values.privacy.history import real, within

FEWEST_COMMUNITIES = 30  # to hide one among; with fewer the noise leaves nothing to be learnt
COMMUNITY_DELTA = 1e-5  # delta has to be well below one over the number of communities
COMMUNITY_UNIT = "all records of one community (add or remove)"


def hidden_sum(
    epsilon: float,
    delta: float,
    *,
    communities: int,
    colluders: int = 0,
    sample_rate: float = 1.0,
    steps: int,
) -> Account:
    """Return the noise that each community adds where only the sum of all is seen.

    Each adds sigma / sqrt(communities - colluders): so the noise of those who do not collude is
    that of one trusted curator. It holds if all follow the protocol, nobody drops out, sums are
    taken at every step (no local steps between) and at most `colluders` tell the server their own
    noise. With all others as colluders each adds the whole, which trusts nobody.

    Args:
        epsilon: requested, in [.05, 50]; where communities request different ones, the least.
        delta: of the people of all communities together.
        communities: K, at least 1.
        colluders: at most K - 1.
        sample_rate: of people, in (0, 1].
        steps: of training.

    Raises:
        InvalidInput: a value out of its bounds.

    Source: Bonawitz et al. 2017, CCS, doi 10.1145/3133956.3133982; Goryczka & Xiong 2017, IEEE
    TDSC, doi 10.1109/TDSC.2015.2484326, on noise that holds against colluders.
    """
    within("communities", communities, 1, math.inf)
    within("colluders", colluders, 0, communities - 1)
    central = allocate(epsilon, delta, Part(sample_rate=sample_rate, steps=steps))
    return replace(central, noise=(central.sigma / math.sqrt(communities - colluders),))


def community_level(
    epsilon: float,
    *,
    communities: int,
    participation: float = 1.0,
    rounds: int,
) -> Account:
    """Return the noise on the sum of clipped updates that hides whether a community took part.

    The noise is in multiples of the clip norm; the mean is over the expected number that take
    part, `participation` times `communities`, which is public. Each takes part by a coin of its
    own. The server is trusted to add the noise.

    Args:
        epsilon: requested, in [.05, 50].
        communities: K, at least 30.
        participation: chance to take part in a round, in (0, 1]; below 1 it takes seconds and
            imports torch.
        rounds: R, exchanges.

    Raises:
        InvalidInput: fewer than 30 communities, or a value out of its bounds.

    Source: McMahan, Ramage, Talwar & Zhang 2018, arXiv 1710.06963.
    """
    require(
        real(communities) >= FEWEST_COMMUNITIES,
        "too_few_communities_to_hide_one",
        communities=communities,
        least=FEWEST_COMMUNITIES,
    )
    own = allocate(epsilon, COMMUNITY_DELTA, Part(sample_rate=participation, steps=rounds))
    return replace(own, unit=COMMUNITY_UNIT)
