"""What a setting costs, in sentences: work, machines, money, and whether a budget covers it."""

from tradeoffs.language.translation import say, translate
from tradeoffs.report.admissibility import Feasible
from tradeoffs.report.affordability import rows_within_budget
from tradeoffs.report.resource_quantities import (
    carbon_in_words,
    energy_in_words,
    money,
    range_in_words,
    size,
)
from tradeoffs.report.sentences.sentence import Sentence, every, first
from tradeoffs.report.text import percent
from tradeoffs.resources.cost import Cost
from tradeoffs.resources.money import ITEMS, affordable, bill, total, working_hours
from tradeoffs.resources.purse import Purse
from tradeoffs.resources.range import Range
from tradeoffs.scenario import Scenario

COUNT = (
    Sentence(
        name="work_counted",
        text=(
            "It needs {votes:count} answers to the label's question and {entries:count} "
            "recorded values, for {rows:count} rows."
        ),
        when=lambda entries: entries > 0,
    ),
    Sentence(
        name="no_work_counted",
        text="It needs no answers and no records of its own.",
    ),
)
WORK = (
    Sentence(
        name="work_in_hours",
        text=(
            "At {label_seconds:number} s per answer and {entry_seconds:number} s per value "
            "entered by hand, that is {hours:number} hours of somebody's work."
        ),
        when=lambda hours: hours > 0,
    ),
    Sentence(
        name="work_done_already",
        text="At these numbers all of them are recorded anyway, so nobody is paid for them.",
        when=lambda entries: entries > 0,
    ),
)
MACHINES = (
    Sentence(
        name="machines",
        text=(
            "Training takes {operations:number} million operations, {seconds} seconds on "
            "one core, {energy} and {carbon} of carbon dioxide: none of this was measured, "
            "these are published ranges."
        ),
        when=lambda operations: operations > 0,
    ),
    Sentence(
        name="no_machines",
        text="Nothing is trained at home; sending the data takes {energy}, a published range.",
    ),
)
LINES = (
    Sentence(
        name="lines_at_decisions",
        text=(
            "Training sends {sent} and receives {received} in {rounds:number} rounds, and "
            "every decision transfers another {decision}."
        ),
        when=lambda decision_bytes: decision_bytes > 0,
    ),
    Sentence(
        name="lines",
        text="Training sends {sent} and receives {received}; number of rounds: {rounds:number}.",
        when=lambda moved: moved > 0,
    ),
)
BILL = Sentence(
    name="bill",
    text="At the prices of {within}: {items}; {total} in total.",
)
COVERED = {
    "affordable": Sentence(
        name="budget_covers",
        text="A budget of {budget:number} covers it, and {rest} is left.",
    ),
    "not affordable": Sentence(
        name="budget_exceeded",
        text="A budget of {budget:number} does not cover it: {lacking} is missing.",
    ),
    "cannot be told": Sentence(
        name="budget_uncertain",
        text="It cannot be told whether a budget of {budget:number} covers it.",
    ),
}
PEOPLE = (
    Sentence(
        name="people_or_power",
        text=(
            "People's work is {people_share} of it; machines, electricity and data lines "
            "are the rest."
        ),
        when=lambda total_high: total_high > 0,
    ),
)
MOST_SHARE = 0.999  # above it, a share that is not all looks like all

SETTINGS = Sentence(
    name="settings_within_budget",
    text="The budget of {within} ({budget:number}) covers {covered:count} of {settings:count} "
    "settings; {refused:count} cost more, and for {open:count} it cannot be told.",
)
ROWS = (
    Sentence(
        name="rows_within_budget",
        text="At these prices the budget covers such a setting for up to {rows:count} rows.",
        when=lambda rows: rows > 0,
    ),
    Sentence(
        name="no_rows_within_budget",
        text="At these prices the budget is spent before the first row is recorded.",
    ),
)


def cost_sentences(here: Scenario, cost: Cost, purse: Purse) -> list[str]:
    """Return what a setting costs, a sentence each.

    Args:
        here: the setting.
        cost: what it needs.
        purse: who pays.
    """
    prices = purse.prices
    spent, items = total(cost, prices), bill(cost, prices)
    work = sum(items[name].low for name in ("labels", "entries", "experts"))
    values = {
        "rows": here.rows,
        "votes": cost.votes,
        "entries": cost.entries,
        "label_seconds": prices.label_seconds,
        "entry_seconds": prices.entry_seconds,
        "hours": working_hours(cost, prices),
        "operations": cost.training / 1e6,
        "seconds": range_in_words(cost.seconds),
        "energy": energy_in_words(cost.energy),
        "carbon": carbon_in_words(cost.carbon),
        "sent": size(cost.sent),
        "received": size(cost.received),
        "rounds": cost.rounds,
        "decision": size(cost.decision_bytes),
        "decision_bytes": cost.decision_bytes,
        "moved": cost.moved,
        "within": purse.actor.within,
        "items": items_in_words(cost, purse),
        "total": money(spent),
        "total_high": spent.high,
        "people_share": _share(work, spent.high),
    }
    told = [one for some in (COUNT, WORK, MACHINES, LINES) for one in first(some, values)]
    told += every((BILL, *PEOPLE), values)
    return [*(one.text for one in told), verdict(cost, purse)]


def _share(part: float, whole: float) -> str:
    """Return a share in per cent; one that is all but nearly is told so."""
    share = part / whole if whole else 0.0
    if MOST_SHARE < share < 1:
        return say("more than {share}", share=percent(MOST_SHARE))
    return percent(share)


def items_in_words(cost: Cost, purse: Purse) -> str:
    """Return the items of a bill that cost anything, with what they cost."""
    there = {name: one for name, one in bill(cost, purse.prices).items() if one.high > 0}
    return ", ".join(f"{translate(ITEMS[name])} {money(one)}" for name, one in there.items())


def settings_within_budget(left: Feasible, settings: int, who: Purse) -> str:
    """Return how many settings a budget covers.

    Args:
        left: which.
        settings: how many there are.
        who: pays.
    """
    covered, unsure = len(left.admissible), len(left.open)
    values = {
        "within": who.actor.within,
        "budget": who.prices.budget,
        "covered": covered,
        "settings": settings,
        "refused": settings - covered - unsure,
        "open": unsure,
    }
    return every((SETTINGS,), values)[0].text


def rows_sentence(here: Scenario, cost: Cost, who: Purse) -> str:
    """Return for how many rows a budget covers a setting; empty where rows cost nothing."""
    rows = rows_within_budget(here, cost, who)
    return first(ROWS, {"rows": rows})[0].text if rows is not None else ""


def verdict(cost: Cost, purse: Purse) -> str:
    """Return whether the budget covers a setting."""
    spent, budget = total(cost, purse.prices), purse.prices.budget
    values = {
        "budget": budget,
        "rest": money(Range(budget - spent.high, budget - spent.low)),
        "lacking": money(Range(spent.low - budget, spent.high - budget)),
    }
    return every((COVERED[affordable(spent, budget)],), values)[0].text
