"""The two sentences of the level Story: who is decided correctly, and which group changed most."""

import math
from collections.abc import Sequence

from tradeoffs.fronts import Difference
from tradeoffs.report.group_outcomes import changed_most, indistinguishable
from tradeoffs.report.sentences.accuracy import correct_decisions
from tradeoffs.report.sentences.sentence import Sentence, Statement, first
from tradeoffs.report.text import interval_end
from tradeoffs.report.view import Row
from tradeoffs.scenario import Scenario
from tradeoffs.stats.proportions import Share

RIGHT = Sentence(
    name="decided correctly",
    text="Of 1,000 people {right} are decided correctly (95 %: {low} to {high}).",
)
LOSES = "The group {group} loses most: of 100 people {heads} fewer get the answer"
GAINS = "The group {group} gains most: of 100 people {heads} more get the answer"
APART = " (95 %: {low} to {high})."
CLOSE = " (95 %: {low} to {high}), which cannot be told apart from the change in {others}."

CHANGED = (
    Sentence(
        name="one seed of groups",
        when=lambda open: open,
        text="Only one training so far: whether any of {groups:count} groups gains or loses beyond "
        "chance is open.",
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
    Sentence(name="loses most", when=lambda way, alone: way < 0 and alone, text=LOSES + APART),
    Sentence(name="loses, not alone", when=lambda way: way < 0, text=LOSES + CLOSE),
    Sentence(name="gains most", when=lambda way, alone: way > 0 and alone, text=GAINS + APART),
    Sentence(name="gains, not alone", when=lambda way: way > 0, text=GAINS + CLOSE),
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
    here: Scenario, change: Difference | None, rows: Sequence[Row], right: Share | None
) -> list[Statement]:
    """Return two sentences on what happens to people, each with its number and interval.

    Args:
        here: the setting.
        change: its accuracy minus that of the untouched model; None while there is none.
        rows: from `answer_rates`.
        right: who is decided correctly, if it is the untouched model.
    """
    measured = [row for row in rows if not math.isnan(row["wanted"])]
    if right is not None:
        return [*first([RIGHT], _thousand(right)), *(_rates(measured) if measured else [])]
    return [*correct_decisions(here, change), *(_changes(measured) if measured else [])]


def _thousand(right: Share) -> dict[str, object]:
    ends = {"right": right.value, "low": right.low, "high": right.high}
    return {name: f"{1000 * value:.0f}" for name, value in ends.items()}


def _rates(groups: Sequence[Row]) -> list[Statement]:
    """Tell who gets the answer least and most often."""
    least, most = (extreme(groups, key=lambda row: row["wanted"]) for extreme in (min, max))
    values: dict[str, object] = {"groups": len(groups)}
    values |= {"group": least["group"], "least": _plain(least["wanted"])}
    values |= {"other": most["group"], "most": _plain(most["wanted"])}
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
        values |= {"way": way, "alone": not close, "others": "; ".join(close)}
        values |= {"group": row["group"], "heads": _plain(abs(row["net"]))}
        values |= {"net": _signed(row["net"])} | _ends(row, way)
    return first(CHANGED, values)


def _ends(row: Row, way: int) -> dict[str, str]:
    """Return the ends of a change: of its size, or with signs where it may be none."""
    low, high = row["net_low"], row["net_high"]
    if not way:
        return {"low": _signed(low), "high": _signed(high)}
    low, high = sorted((abs(low), abs(high)))
    return {"low": _plain(low), "high": _plain(high)}


def _plain(share: float) -> str:
    return interval_end(100 * share, 1, lambda value, digits: f"{value:.{digits}f}")


def _signed(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−")
