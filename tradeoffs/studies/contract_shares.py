"""Contract: each community's share of the people, and its share of what all gain together."""

from typing import Any

from tradeoffs.experiments.participants import measurable
from tradeoffs.fronts.gain_shares import gain_shares
from tradeoffs.scenario import Scenario
from tradeoffs.studies.community_gains import over_alone

GIVES, GAINS = "gives", "gains"


def answer(scenario: Scenario) -> list[dict[str, Any]]:
    """Return two records for each community: its share of the people, and of the gains.

    Records: `community`; `share`, GIVES or GAINS; `value`, `low`, `high`; and in those of GAINS
    `more`, the share of the gains minus that of the people, with its ends.  Where all gains
    together cannot be told apart from zero, shares of them are absent.
    """
    rows = {one.name: min(scenario.rows, one.train) for one in measurable(scenario)}
    gains = over_alone(scenario)
    shares = gain_shares(gains, "accuracy") or [None] * len(gains)
    records: list[dict[str, Any]] = []
    for one, share in sorted(
        zip(gains, shares, strict=True), key=lambda pair: rows[pair[0].community]
    ):
        given = rows[one.community] / sum(rows.values())
        low, high = (share.interval if share else None) or (None, None)
        had = {"value": share.mean if share else None, "low": low, "high": high}
        names = zip(("more", "more_low", "more_high"), had.values(), strict=True)
        more = {name: None if end is None else end - given for name, end in names}
        at = {"community": one.community, "people": rows[one.community]}
        records.append({**at, "share": GIVES, "value": given, "low": given, "high": given})
        records.append({**at, "share": GAINS, **had, **more})
    return records
