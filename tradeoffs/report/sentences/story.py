"""The two sentences of the level Story: who is decided correctly, and which group changed most."""

import math
from collections.abc import Sequence

from tradeoffs.data.codebook_words import word
from tradeoffs.fronts import Difference
from tradeoffs.language.notation import localise, semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.group_outcomes import changed_most, indistinguishable
from tradeoffs.report.sentences.accuracy import correct_decisions
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.text import interval_end
from tradeoffs.report.view import Row
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import Share

RIGHT = Sentence(
    name="decided correctly",
    text="Of 1,000 people, {right} get a correct prediction (95 %: {low} to {high}).",
)
LOSES = (
    "The group {group} loses most: of 100 people {heads} fewer get the answer (95 %: {low} to "
    "{high}), {share} of those who get it without constraint and privacy"
)
BOTH = (
    "(95 %: {low} to {high}) and in the group {other} {other_heads} (95 %: {other_low} to "
    "{other_high}); the two changes cannot be told apart."
)
UNCLEAR = "(95 %: {low} to {high}), which cannot be told apart from the change in {others}: "

CHANGED = (
    Sentence(
        name="one seed of groups",
        when=lambda open: open,
        text=(
            "Only one training run so far: whether any of {groups:count} groups gains or "
            "loses beyond chance is open."
        ),
    ),
    Sentence(
        name="nobody changes",
        when=lambda changed: not changed,
        text="In none of {groups:count} groups does anybody gain or lose the answer.",
    ),
    Sentence(
        name="no group beyond chance",
        when=lambda way: way == 0,
        text="In no group does the number who get the answer change by more than chance; it "
        "changes most in {group}, by {net} of 100 (95 %: {low} to {high}).",
    ),
    Sentence(
        name="loses most, another more in proportion",
        when=lambda way, alone, group, harder: way < 0 and alone and harder != group,
        text=LOSES + "; in the group {harder} that share is {harder_share}.",
    ),
    Sentence(
        name="loses most, in proportion too",
        when=lambda way, alone: way < 0 and alone,
        text=LOSES + ", which is also the largest share.",
    ),
    Sentence(
        name="both lose",
        when=lambda way, other_way: way < 0 and other_way < 0,
        text="Both groups lose: of 100 people, in the group {group} {heads} fewer get the answer "
        + BOTH,
    ),
    Sentence(
        name="loses, not alone",
        when=lambda way: way < 0,
        text="In the group {group}, of 100 people {heads} fewer get the answer "
        + UNCLEAR
        + "no group is said to lose most.",
    ),
    Sentence(
        name="gains most",
        when=lambda way, alone: way > 0 and alone,
        text="The group {group} gains most: of 100 people {heads} more get the answer (95 %: {low} "
        "to {high}).",
    ),
    Sentence(
        name="both gain",
        when=lambda way, other_way: way > 0 and other_way > 0,
        text="Both groups gain: of 100 people, in the group {group} {heads} more get the answer "
        + BOTH,
    ),
    Sentence(
        name="gains, not alone",
        when=lambda way: way > 0,
        text="In the group {group}, of 100 people {heads} more get the answer "
        + UNCLEAR
        + "no group is said to gain most.",
    ),
)
LEVELLED = Sentence(
    name="levelled down",
    text=(
        "The gap is {size} points smaller (95 %: {low} to {high}) through levelling down, "
        "because fewer get the answer in every group: of 100 people, {now} instead of "
        "{then} in the group {group} ({share} fewer) and {other_now} instead of "
        "{other_then} in the group {other} ({other_share} fewer)."
    ),
)
RATES = (
    Sentence(
        name="least and most often",
        when=lambda groups: groups > 1,
        text="The group {group} gets the answer least often, {least} of 100 people (95 %: {low} to "
        "{high}), the group {other} most often, {most} (95 %: {other_low} to {other_high}).",
    ),
    Sentence(
        name="one group",
        text="In the group {group}, {least} of 100 people get the answer (95 %: {low} to {high}).",
    ),
)


def story(
    here: Scenario,
    change: Difference | None,
    rows: Sequence[Row],
    right: Share | None,
    gap: Difference | None = None,
) -> list[Statement]:
    """Return two sentences on what happens to people, each with its number and interval.

    Args:
        here: the setting.
        change: its accuracy minus that of the untouched model; None while there is none.
        rows: from `answer_rates`.
        right: who is decided correctly, if it is the untouched model.
        gap: between groups in a rate, minus that of the untouched model; None where there is none.
    """
    measured = [row for row in rows if not math.isnan(row["wanted"])]
    if right is not None:
        return [*first([RIGHT], _thousand(right)), *(_rates(measured) if measured else [])]
    groups = _levelled(measured, gap) or (_changes(measured) if measured else [])
    return [*correct_decisions(here, change), *groups]


def _thousand(right: Share) -> dict[str, object]:
    ends = {"right": right.value, "low": right.low, "high": right.high}
    return {name: f"{1000 * value:.0f}" for name, value in ends.items()}


def _rates(groups: Sequence[Row]) -> list[Statement]:
    """Tell who gets the answer least and most often."""
    least, most = (extreme(groups, key=lambda row: row["wanted"]) for extreme in (min, max))
    values: dict[str, object] = {"groups": len(groups)}
    values |= {"group": word(least["group"]), "least": _plain(least["wanted"])}
    values |= {"other": word(most["group"]), "most": _plain(most["wanted"])}
    for prefix, row in (("", least), ("other_", most)):
        ends = {f"{prefix}{end}": row[f"wanted_{end}"] for end in ("low", "high")}
        values |= {name: None if math.isnan(end) else _plain(end) for name, end in ends.items()}
    return first(RATES, values)


def _changes(groups: Sequence[Row]) -> list[Statement]:
    """Tell the group that changed most; the one that loses first, if one does beyond chance."""
    open_, values = any(math.isnan(row["net_low"]) for row in groups), {"groups": len(groups)}
    values |= {"open": open_, "changed": any(row["gain"] or row["lose"] for row in groups)}
    if not open_ and values["changed"]:
        worst, best = changed_most(groups)
        row = worst or best or max(groups, key=lambda one: abs(one["net"]))
        close = indistinguishable(row, groups, "net")
        way = -1 if worst else 1 if best else 0
        values |= {"way": way, "alone": not close, "others": _changes_of(close, groups)}
        values |= {"group": word(row["group"]), "heads": _plain(abs(row["net"]))}
        values |= {"net": _signed(row["net"])} | _ends(row, way)
        values |= _in_proportion(row, groups) | _beside(row, groups)
    return first(CHANGED, values)


def _levelled(groups: Sequence[Row], gap: Difference | None) -> list[Statement]:
    """Tell that a gap is smaller while all groups get the answer less often, beyond chance."""
    if gap is None or gap.interval is None or not gap.distinguishable or gap.mean > 0:
        return []
    if len(groups) < 2 or not all(row["net_high"] < 0 for row in groups):
        return []
    row, *others = sorted(groups, key=lambda one: one["net"])
    values: dict[str, object] = {"size": _plain(-gap.mean)}
    values |= dict(zip(("high", "low"), (_plain(-end) for end in gap.interval), strict=True))
    for prefix, one in (("", row), ("other_", max(others, key=_share_lost))):
        values |= {prefix.rstrip("_") or "group": word(one["group"])}
        values |= {f"{prefix}now": _plain(one["wanted"]), f"{prefix}then": _plain(_before(one))}
        values |= {f"{prefix}share": _about(_share_lost(one))}
    return first([LEVELLED], values)


def _in_proportion(row: Row, groups: Sequence[Row]) -> dict[str, object]:
    """Return what share of its answers a group lost, and which group lost the largest share."""
    harder = max(groups, key=_share_lost)
    shares = {"share": row, "harder_share": harder}
    told: dict[str, object] = {name: _about(_share_lost(one)) for name, one in shares.items()}
    return told | {"harder": word(harder["group"])}


def _beside(row: Row, groups: Sequence[Row]) -> dict[str, object]:
    """Return how the other of two groups changed, if it did beyond chance."""
    others = [one for one in groups if one is not row]
    if len(others) != 1 or others[0]["net_low"] <= 0 <= others[0]["net_high"]:
        return {}
    (other,) = others
    way = -1 if other["net"] < 0 else 1
    ends = {f"other_{name}": told for name, told in _ends(other, way).items()}
    heads = {"other_heads": _plain(abs(other["net"])), "other_way": way}
    return {"other": word(other["group"]), **heads, **ends}


def _before(row: Row) -> float:
    """Return the share of a group who get the answer from the untouched model."""
    return row["kept"] + row["lose"]


def _share_lost(row: Row) -> float:
    """Return the net loss of a group as a share of who got the answer; 0 if nobody did."""
    return -row["net"] / _before(row) if _before(row) else 0.0


def _about(share: float) -> str:
    return say("less than 1 %") if share < 0.01 else say("about {share:.0f} %", share=100 * share)


def _changes_of(names: Sequence[str], groups: Sequence[Row]) -> str:
    """Return groups with their changes, as within a sentence."""
    return semicolon_text(
        f"{word(row['group'])} ({_signed(row['net'])})" for row in groups if row["group"] in names
    )


def _ends(row: Row, way: int) -> dict[str, str]:
    """Return the ends of a change: of its size, or with signs where it may be none."""
    low, high = row["net_low"], row["net_high"]
    if not way:
        return {"low": _signed(low), "high": _signed(high)}
    low, high = sorted((abs(low), abs(high)))
    return {"low": _plain(low), "high": _plain(high)}


def _plain(share: float) -> str:
    return interval_end(100 * share, 1, lambda value, digits: localise(f"{value:.{digits}f}"))


def _signed(share: float) -> str:
    return localise(f"{100 * share:+.1f}".replace("-", "−"))
