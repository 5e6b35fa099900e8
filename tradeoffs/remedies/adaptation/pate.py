"""PATE: many teachers on disjoint people vote with noise, and a student learns from the vote."""

import numpy as np

from tradeoffs.data.keyed_random import uniform
from tradeoffs.engine.recipe import delta
from tradeoffs.engine.regime import Regime
from tradeoffs.errors import InvalidInput
from tradeoffs.remedies.adaptation.distillation import traffic
from tradeoffs.remedies.partnership import PRIVATE, Partnership
from tradeoffs.remedies.random_stream import stream
from tradeoffs.remedies.remedy import Control, Dial, Remedy
from tradeoffs.scenario import Scenario
from tradeoffs.values.privacy.account import Account, Part, allocate

FEWEST_TEACHERS = 30  # at epsilon 8 the noise on 500 answers, 14 votes, is as many as agree
MOST_TEACHERS = 250
FEWEST_TAUGHT = 10  # people a teacher on average, so that hardly any has nobody


def teacher_of(row_id: np.ndarray, teachers: int) -> np.ndarray:
    """Return the teacher that each row belongs to, int64 (rows,).

    It depends on the row alone: a person more or less moves nobody to another teacher, on which
    the promise rests that one person can change one vote.

    Args:
        row_id: (rows,) stable ids.
        teachers: how many there are.
    """
    return (uniform(0, "teachers", row_id) * teachers).astype(np.int64)


def vote_shares(logit: np.ndarray, sigma: float, normals: np.ndarray) -> np.ndarray:
    """Return the noisy share of teachers that say yes to each row, in [0, 1]; float32 (rows,).

    Args:
        logit: (teachers, rows).
        sigma: standard deviation of the noise on each row's count of yes, in votes.
        normals: (rows,) standard normals, of this release alone.

    Source: Papernot et al. 2018, arXiv 1802.08908, whose noise is added to a count as here.
    """
    count = (logit > 0).sum(0) + sigma * normals
    return np.clip(count / len(logit), 0, 1).astype(np.float32)


def votes_account(partnership: Partnership, k: int, people: int) -> Account | None:
    """Return the account of the provider's people for the answers to community k; None if free.

    One person can change the vote of one teacher, by 1, on every row that is asked about.  What the
    votes turn out to be is not looked at.

    Args:
        partnership: of whose epsilon the noise is.
        k: the community that asks.
        people: whom the provider's teachers learned from.
    """
    if not partnership.private:
        return None
    part = Part(steps=int(partnership.rows[k]))
    return allocate(float(partnership.epsilon[k]), delta(people), part)


def regime(partnership: Partnership) -> Regime:
    """Return training on what the teachers voted."""
    each = [_answers(partnership, k) for k in range(partnership.size)]
    return Regime(answers=[list(row) for row in zip(*each, strict=True)])


def _answers(partnership: Partnership, k: int) -> list[np.ndarray]:
    """Return the noisy shares of yes that community k is given, (rows,) for each seed."""
    teachers = np.stack(partnership.ensemble(round(partnership.dial))[k])
    account = votes_account(partnership, k, partnership.provider_tables()[0][k].rows)
    sigma = account.sigma if account else 0.0
    found = []
    for seed, tables in zip(partnership.seeds, partnership.tables, strict=True):
        logit = partnership.scores(teachers, tables[k])
        normals = stream(partnership, seed, k).normal(size=tables[k].rows)
        found.append(vote_shares(logit, sigma, normals))
    return found


def check(scenario: Scenario, names: tuple[str, ...]) -> None:
    """Refuse a provider that is asked to promise what the votes' noise promises already."""
    del names
    if scenario.provider.startswith(PRIVATE):
        known = scenario.provider.removeprefix(PRIVATE)
        raise InvalidInput(
            "provider_protects_itself",
            provider=scenario.provider,
            remedy=scenario.remedy,
            known=known,
        )


PATE = Remedy(
    name="pate",
    title="PATE (teachers' noisy vote)",
    help=(
        "Private aggregation of teacher ensembles: the provider's people are divided "
        "among many teacher models, each trained on its own part. The teachers vote yes "
        "or no on each of the community's people; noise is added to the count, and the "
        "community's student learns the share of yes."
    ),
    section="adaptation",
    formula="answer_i = (number of teachers with z_t(x_i) > 0 + N(0, s^2)) / T, s = sqrt(n_k) / mu",
    source="Papernot et al. 2018, arXiv 1802.08908, on soft answers, accounted without the votes",
    limits=(
        "With a privacy budget, noise is added twice: to the votes, for the provider's "
        "people, and in the student's training, for yours. The first account is for one "
        "student; several students add up. It does not use the fact that clear votes "
        "would cost less."
    ),
    dial=Dial(
        title="teachers",
        ends=("few, each with much data", "many, which outweigh the noise"),
        values=(FEWEST_TEACHERS, 50, 100, 150, MOST_TEACHERS),
        default=50,
        phrase="{} teachers",
        whole=True,
    ),
    needs=("rows", "provider"),
    control=Control(
        leaves="your records without labels",
        sees="the provider",
        changes="you",
        withdraws="yes, and you keep the student; the provider knows what was asked",
        decides="your own model, and nothing else",
    ),
    trusts=(
        "the provider, to count the votes and add the noise, and with the records it is asked about"
    ),
    fewest_provided=lambda teachers: FEWEST_TAUGHT * teachers,
    check=check,
    regime=regime,
    provider_account=votes_account,
    traffic=traffic,
)
