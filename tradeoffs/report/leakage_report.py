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
from tradeoffs.data.codebook_words import word
from tradeoffs.language.notation import localise, semicolon_text
from tradeoffs.language.translation import say, translate
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
RECOGNISED = {  # against guessing
    "more": (
        "Of models trained on a random half of {people:,} people, an attacker with {models} such "
        "models of their own recognises {share} of 100 members {range} at a false positive rate "
        "of 1 in 100: guessing would recognise {guess}."
    ),
    "fewer": (
        "Of models trained on a random half of {people:,} people, an attacker with {models} such "
        "models of their own recognises {share} of 100 members {range} at a false positive rate "
        "of 1 in 100: fewer than guessing, which would recognise {guess}."
    ),
    "open": (
        "Of models trained on a random half of {people:,} people, an attacker with {models} such "
        "models of their own recognises {share} of 100 members {range} at a false positive rate "
        "of 1 in 100: this cannot be told apart from guessing."
    ),
    "not measurable": (
        "Of models trained on a random half of {people:,} people, an attacker with {models} such "
        "models of their own recognises a share of the members that cannot be measured with so "
        "few decisions."
    ),
}
PAIRS_UNLIKELY = (
    "Of 100 pairs of a member and a non-member, the attack tells which is which in {groups}; "
    "guessing gets 50. Groups drawn at random would differ as much with probability {chance:.2g}: "
    "chance alone is an unlikely explanation."
)
PAIRS_BY_CHANCE = (
    "Of 100 pairs of a member and a non-member, the attack tells which is which in {groups}; "
    "guessing gets 50. Groups drawn at random would differ as much with probability {chance:.2g}: "
    "chance can explain the difference."
)
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
    return localise(f"{100 * share:.1f}".removesuffix(".0"))


def _range(one: AttackEstimate) -> str:
    low, high = (of_hundred(end or 0) for end in (one.low, one.high))
    return say("(95 %: {low} to {high})", low=low, high=high)


def _recognised(leak: MembershipInference) -> str:
    one = leak.find("lira", FEW)
    return say(
        RECOGNISED[_against_guessing(one, FEW)],
        people=leak.people,
        models=leak.models - 1,
        share=of_hundred(one.value or 0),
        range=_range(one),
        guess=of_hundred(FEW),
    )


def _against_guessing(one: AttackEstimate, guess: float) -> str:
    if one.value is None:
        return "not measurable"
    if one.low is not None and one.low > guess:
        return "more"
    return "fewer" if one.high is not None and one.high < guess else "open"


def _rarely_wrong(leak: MembershipInference) -> str:
    told = []
    attacks: tuple[Attack, ...] = ("lira", "loss")
    for attack in attacks:
        one = leak.find(attack, RARE)
        if one.value is None:
            return say(
                "How many members are recognised at a false positive rate of 1 in 1,000 cannot be "
                "measured."
            )
        told.append(f"{translate(TITLES[attack])} {of_hundred(one.value)} {_range(one)}")
    return say(
        "At a false positive rate of 1 in 1,000, of 100 members are recognised: {attacks}.",
        attacks=", ".join(told),
    )


def _promised(leak: MembershipInference) -> str:
    if leak.promise is None:
        return describe_epsilon(math.inf)
    most = of_hundred(float(leak.promise.tpr_at(FEW)))
    told = say(
        "At epsilon {epsilon} no attack can recognise more than {most} of 100 members at a false "
        "positive rate of 1 in 100.",
        epsilon=number(leak.scenario.epsilon or math.inf),
        most=most,
    )
    return f"{told} {describe_epsilon(leak.promise.epsilon)}"


def _alarm(leak: MembershipInference) -> str:
    if not leak.alarms:
        return ""
    return say("This is more than epsilon allows: the training does not keep its promise.")


def _groups(leak: MembershipInference) -> str:
    if leak.difference is None or leak.chance is None:
        return ""
    told = []
    for name in leak.groups:
        one = leak.find("lira", None, name)
        if one.value is not None:
            told.append(
                say(
                    "{share} {range} in the group {group}",
                    share=of_hundred(one.value),
                    range=_range(one),
                    group=word(name),
                )
            )
    return say(
        PAIRS_UNLIKELY if leak.chance < SURE else PAIRS_BY_CHANCE,
        groups=", ".join(told),
        chance=leak.chance,
    )


def _small(leak: MembershipInference) -> str:
    small = [name for name, people in leak.groups.items() if people < SMALLEST_CELL]
    if not small:
        return ""
    return say(
        "Too few people, below {least}, to be measured: {groups}.",
        least=SMALLEST_CELL,
        groups=semicolon_text(map(word, small)),
    )


def _memorised(leak: MembershipInference) -> str:
    return say(
        "The accuracy of the models is {members} on the people they were trained on and {others} "
        "on the others.",
        members=percent(leak.accuracy_members),
        others=percent(leak.accuracy_others),
    )


def group_rows(leak: MembershipInference) -> list[dict[str, object]]:
    """Return one row for everybody and each group, by the likelihood ratio, as shown in a table."""
    rows = []
    for name, people in {EVERYONE: leak.attacked, **leak.groups}.items():
        area, share = (leak.find("lira", rate, name) for rate in (None, FEW))
        rows.append(
            {
                "group": word(name) or say("everybody"),
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
            say("group"): row["group"],
            say("people"): localise(f"{row['people']:,}"),
            say("pairs told apart, of 100"): _told(row, "area"),
            say("members recognised, of 100"): _told(row, "recognised"),
        }
        for row in rows
    )


def _told(row: dict[str, object], name: str) -> str:
    value, low, high = (row[f"{name}{end}"] for end in ("", "_low", "_high"))
    if not (isinstance(value, float) and isinstance(low, float) and isinstance(high, float)):
        return say("not measurable")
    value, low, high = map(of_hundred, (value, low, high))
    return say("{value} ({low} to {high})", value=value, low=low, high=high)


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
