"""Voters: who gave the votes from which Wikipedia comments were called toxic.

The bundled table keeps no single vote, so these are counts of the published files, which the
script that builds the table checks.
"""

from typing import Any

from tradeoffs.data.datasets.wiki_toxicity import VOTERS
from tradeoffs.scenario import Scenario

NOT_SAID = "did not say"


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return votes and shares by what people said of themselves.

    Columns: `asked` (what), `said`, `votes`, `all_votes` (said or not), and `value`, the share of
    the votes whose giver said it; absent for the others.  Counts of all votes there are have no
    interval.
    """
    del scenario
    rows: list[dict[str, Any]] = []
    for asked, votes in VOTERS.items():
        known = sum(count for said, count in votes.items() if said != NOT_SAID)
        rows += [
            {
                "asked": asked,
                "said": said,
                "votes": count,
                "all_votes": sum(votes.values()),
                "value": None if said == NOT_SAID else count / known,
            }
            for said, count in votes.items()
        ]
    return rows
