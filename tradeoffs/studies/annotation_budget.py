"""Votes: the same money spent on many comments judged once, or on fewer judged several times.

Models taught by panels of one, three and five are compared with the majority of all votes, mostly
ten, on the same comments of the test file.
"""

from typing import Any

import numpy as np

from tradeoffs.data.panel_labels import comments, said_of
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.plan import resolve
from tradeoffs.fields import SMALLEST_ROWS
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import mean
from tradeoffs.studies.panel_models import flagged

MONEY = 720.0  # dollars
PANELS = {1: "toxic_1", 3: "toxic_3", 5: "toxic_5"}  # votes a comment -> label
TRUTH = "toxic"


def bought(pay: float, votes: int) -> int:
    """Return how many comments the money buys; all there are is the most.

    Args:
        pay: dollars a vote.
        votes: on each comment.

    Raises:
        InvalidInput: pay is not above 0, or the money buys too few comments to train on.

    >>> bought(0.2, 3)
    1200
    """
    if not pay > 0:
        raise InvalidInput("not_paid", pay=pay)
    most = resolve(Scenario(dataset="wiki_toxicity", label=TRUTH, protected="author", rows=300))
    many = min(round(MONEY / pay) // votes, most.dataset.label(TRUTH).train_rows)
    if many < SMALLEST_ROWS:
        raise InvalidInput("pay_buys_too_little", pay=pay, many=many, least=SMALLEST_ROWS)
    return many


def answer(scenario: Scenario, pay: float) -> list[dict[str, Any]]:
    """Return how well models do that the money can teach.

    Columns: `votes` (a comment), `comments` (taught), `single` (comments that single votes teach),
    `bought` (votes × comments), `what`, `value`, `low`, `high`. Of each: how often the `label`
    agrees with the majority of all votes, how often the `model` does, and how much `better` the
    model does than the one taught by single votes.
    """
    table = comments(scenario.dataset)
    truth = table.label
    everything = np.full(table.rows, True)
    rows: list[dict[str, Any]] = []
    single: np.ndarray | None = None
    for votes, label in PANELS.items():
        many = bought(pay, votes)
        about = {"votes": votes, "comments": many, "single": bought(pay, 1)}
        about |= {"bought": f"{votes} × {many:,}"}
        own = scenario.but(label=label, rows=many)
        right = (flagged(own, table, SEEDS) == truth).astype(float)
        single = right if single is None else single
        agrees = (said_of(scenario.dataset, label, table.row_id) == truth)[None].astype(float)
        for what, each in (("label", agrees), ("model", right), ("better", right - single)):
            found = mean(each, everything)
            rows.append(about | {"what": what} | found)
    return rows
