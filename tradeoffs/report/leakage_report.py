"""The leak in words: what an attacker could tell about who was trained on."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tradeoffs.attacks.leakage import (
    EVERYONE,
    NAMED_RATES,
    TITLES,
    Attack,
    AttackEstimate,
    MembershipInference,
)
from tradeoffs.report.text import number, percent
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.privacy.interpretation import describe_epsilon

if TYPE_CHECKING:
    import pandas as pd

ATTACKER = (
    "The attacker knows these people, the training method and its initial weights, but not "
    "who was drawn into which batch, nor the noise. Other attackers may do better: this is "
    "a lower bound on the leak, and epsilon gives an upper bound."
)
RARE, FEW = NAMED_RATES
SURE = 0.05  # p-value below which chance is called a poor explanation


def sentences(leak: MembershipInference) -> list[str]:
    """Return what was measured in words, most important first; they can turn out either way."""
    found = [_recognised(leak), _rarely_wrong(leak), _promised(leak), _alarm(leak)]
    return [text for text in (*found, _groups(leak), _small(leak), _memorised(leak)) if text]


def of_hundred(share: float) -> str:
    """Return how many of 100 a share is.

    >>> of_hundred(0.117), of_hundred(1.0)
    ('11.7', '100')
    """
    return f"{100 * share:.1f}".removesuffix(".0")


def _range(one: AttackEstimate) -> str:
    return f"(95 %: {of_hundred(one.low or 0)} to {of_hundred(one.high or 0)})"


def _recognised(leak: MembershipInference) -> str:
    half = f"Of models trained on a random half of {leak.people:,} people, an attacker with "
    begin = f"{half}{leak.models - 1} such models of their own recognises"
    one = leak.find("lira", FEW)
    if one.value is None:
        return f"{begin} a share of the members that cannot be measured with so few decisions."
    told = f"{begin} {of_hundred(one.value)} of 100 members {_range(one)}"
    return f"{told} at a false positive rate of 1 in 100: {_against_guessing(one, FEW)}."


def _against_guessing(one: AttackEstimate, guess: float) -> str:
    if one.low is not None and one.low > guess:
        return f"guessing would recognise {of_hundred(guess)}"
    if one.high is not None and one.high < guess:
        return f"fewer than guessing, which would recognise {of_hundred(guess)}"
    return "this cannot be told apart from guessing"


def _rarely_wrong(leak: MembershipInference) -> str:
    told = []
    attacks: tuple[Attack, ...] = ("lira", "loss")
    for attack in attacks:
        one = leak.find(attack, RARE)
        if one.value is None:
            return (
                "How many members are recognised at a false positive rate of 1 in 1,000 "
                "cannot be measured."
            )
        told.append(f"{TITLES[attack]} {of_hundred(one.value)} {_range(one)}")
    return (
        f"At a false positive rate of 1 in 1,000, of 100 members are recognised: {', '.join(told)}."
    )


def _promised(leak: MembershipInference) -> str:
    if leak.promise is None:
        return describe_epsilon(math.inf)
    most = of_hundred(float(leak.promise.tpr_at(FEW)))
    return (
        f"At epsilon {number(leak.scenario.epsilon or math.inf)} no attack can recognise "
        f"more than {most} of 100 members at a false positive rate of 1 in 100. "
        f"{describe_epsilon(leak.promise.epsilon)}"
    )


def _alarm(leak: MembershipInference) -> str:
    if not leak.alarms:
        return ""
    return "This is more than epsilon allows: the training does not keep its promise."


def _groups(leak: MembershipInference) -> str:
    if leak.difference is None or leak.chance is None:
        return ""
    told = []
    for name in leak.groups:
        one = leak.find("lira", None, name)
        if one.value is not None:
            told.append(f"{of_hundred(one.value)} {_range(one)} in the group {name}")
    verdict = (
        "chance alone is an unlikely explanation"
        if leak.chance < SURE
        else ("chance can explain the difference")
    )
    return (
        "Of 100 pairs of a member and a non-member, the attack tells which is which in "
        f"{', '.join(told)}; guessing gets 50. Groups drawn at random would differ as much "
        f"with probability {leak.chance:.2g}: {verdict}."
    )


def _small(leak: MembershipInference) -> str:
    small = [name for name, people in leak.groups.items() if people < SMALLEST_CELL]
    if not small:
        return ""
    return f"Too few people, below {SMALLEST_CELL}, to be measured: {'; '.join(small)}."


def _memorised(leak: MembershipInference) -> str:
    return (
        f"The accuracy of the models is {percent(leak.accuracy_members)} on the people they "
        f"were trained on and {percent(leak.accuracy_others)} on the others."
    )


def group_rows(leak: MembershipInference) -> list[dict[str, object]]:
    """Return one row for everybody and each group, by the likelihood ratio, as shown in a table."""
    rows = []
    for name, people in {EVERYONE: leak.attacked, **leak.groups}.items():
        area, share = (leak.find("lira", rate, name) for rate in (None, FEW))
        rows.append(
            {
                "group": name or "everybody",
                "people": people,
                "area": area.value,
                "area_low": area.low,
                "area_high": area.high,
                "recognised": share.value,
                "recognised_low": share.low,
                "recognised_high": share.high,
            }
        )
    return rows


def display_groups(rows: Sequence[dict[str, object]]) -> "pd.DataFrame":
    """Return `group_rows` as it is shown: of 100, with 95 % intervals in words."""
    import pandas as pd

    return pd.DataFrame(
        {
            "group": row["group"],
            "people": f"{row['people']:,}",
            "pairs told apart, of 100": _told(row, "area"),
            "members recognised, of 100": _told(row, "recognised"),
        }
        for row in rows
    )


def _told(row: dict[str, object], name: str) -> str:
    value, low, high = (row[f"{name}{end}"] for end in ("", "_low", "_high"))
    if not (isinstance(value, float) and isinstance(low, float) and isinstance(high, float)):
        return "not measurable"
    return f"{of_hundred(value)} ({of_hundred(low)} to {of_hundred(high)})"


def estimates_table(leak: MembershipInference) -> "pd.DataFrame":
    """Return every estimate as shares, one row each; what is not measurable is missing.

    Columns attack, group (empty for everybody), fpr (missing for the area under the curve), value,
    low, high, bound, and whom: models, people, attacked, with the scenario as JSON.
    """
    import pandas as pd

    rows = [
        (one.attack, one.group, one.fpr, one.value, one.low, one.high, one.bound)
        for one in leak.estimates
    ]
    table = pd.DataFrame(rows, columns=["attack", "group", "fpr", "value", "low", "high", "bound"])
    return table.assign(
        models=leak.models,
        people=leak.people,
        attacked=leak.attacked,
        scenario=leak.scenario.to_json(),
    )
