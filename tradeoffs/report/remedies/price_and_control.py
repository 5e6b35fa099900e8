"""Price and control: what each way costs home beside what it brings, and who keeps control."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tradeoffs.experiments.setting_cost import setting_cost
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise, without_unit
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.affordability import within_budget
from tradeoffs.report.cost_table import AFFORDABLE
from tradeoffs.report.remedies.at_home import settings, ways
from tradeoffs.report.remedies.community_gain import (
    CommunityGain,
    amount,
    community_gain,
    level,
    places,
    span,
)
from tradeoffs.report.remedies.panel import Grid, Panel
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.promise import home_promise, provider_promise
from tradeoffs.report.remedies.purse_selection import PRICES, PURSE, purse_of
from tradeoffs.report.remedies.way_point import WayPoint, way_points
from tradeoffs.report.remedies.way_price import control_sentence, price_sentences
from tradeoffs.report.resource_quantities import (
    energy_in_words,
    money,
    size,
)
from tradeoffs.report.text import capital, number, percent, with_interval
from tradeoffs.report.titles import attribute
from tradeoffs.resources.cost import Cost
from tradeoffs.resources.money import affordable, bill, total
from tradeoffs.resources.purse import purse
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS

if TYPE_CHECKING:
    import pandas as pd

CONTROL = {  # of a remedy's entry, and the head of its column
    "leaves": "What leaves home",
    "sees": "Who sees it",
    "changes": "Who can change the model",
    "withdraws": "Can one withdraw, and what remains",
    "decides": "What a decision needs",
}
PRICES_OF = (
    "Money is in any one currency, at the prices of {actor}: for labels, typing in paper records, "
    "experts, computing and data transfer. It is what the home community pays, without what a "
    "provider or a server spends."
)
USUAL_PRICES = (
    "Money is in any one currency, at usual prices, as nobody's are chosen: for labels, typing in "
    "paper records, experts, computing and data transfer. It is what the home community pays, "
    "without what a provider or a server spends."
)
ABSENT = "–"
Settings = Mapping[str, Scenario]  # way -> its setting at home


def panel(look: Look, job: Job) -> Panel:
    """Return prices and control of all ways, beside what has arrived of what they bring."""
    every = ways(look)
    possible = {n: one for n, one in every.items() if isinstance(one, Scenario)}
    refused = {n: one for n, one in every.items() if isinstance(one, str)}
    costs = {name: setting_cost(one) for name, one in possible.items()}
    home = next(one for one in places(look.here) if one.name == look.here.home)
    gains = {
        name: community_gain(job, one, home, "accuracy")
        for name, one in possible.items()
        if name != "alone"
    }
    points = {one.way: one for one in way_points(look, job)}
    who = purse_of(look.values)
    told = price_sentences(gains, costs, who or purse(""))
    if who is not None:
        left = within_budget(dict(enumerate(possible.values())), who)
        told.insert(0, _covered(look, len(left.admissible), len(possible)))
    return Panel(
        heading=control_sentence(list(possible)),
        sentences=told,
        grids=(
            control_grid(list(possible)),
            gain_grid(look, possible, gains, points),
            cost_grid(look, costs),
            *([refusal_grid(refused)] if refused else []),
        ),
        notes=_notes(look),
        numbers=lambda: numbers(look, possible, costs, gains, points),
    )


def control_grid(names: Sequence[str]) -> Grid:
    """Return who keeps control, a row a way, in the words of the catalogue."""
    return Grid(
        caption=say("Who keeps control?"),
        columns=(say("Way"), *(translate(CONTROL[own]) for own in CONTROL)),
        rows=[
            (_title(name), *(getattr(REMEDIES[name].control, own) for own in CONTROL))
            for name in names
        ],
    )


def gain_grid(
    look: Look,
    possible: Settings,
    gains: Mapping[str, CommunityGain],
    points: Mapping[str, WayPoint],
) -> Grid:
    """Return what each way brings, and whom it promises what, a row a way."""
    rows = [
        (
            _title(name),
            *_brought(gains.get(name), points.get(name)),
            home_promise(one),
            provider_promise(one),
        )
        for name, one in possible.items()
    ]
    gap = capital(NOTIONS[look.here.notion].gap_title)
    heads = (
        say("Way"),
        say("Accuracy"),
        say("Gain over alone, points"),
        gap,
        say("Epsilon for home's people"),
        say("Epsilon for the provider's people"),
    )
    return Grid(
        caption=say("What does each way gain, and whose privacy does it protect?"),
        columns=heads,
        rows=rows,
    )


def cost_grid(look: Look, costs: Mapping[str, Cost]) -> Grid:
    """Return what each way costs home, a row a way."""
    rows = [(_title(name), *_spent(look, one)) for name, one in costs.items()]
    columns = (
        say("Way"),
        say("Money"),
        say("Experts, as part of it"),
        say("Within budget?"),
        say("Labels"),
        say("Sent and received"),
        say("Rounds"),
        say("A decision sends"),
        say("Energy"),
    )
    return Grid(caption=say("What does it cost the home community?"), columns=columns, rows=rows)


def refusal_grid(refused: Mapping[str, str]) -> Grid:
    """Return the ways that are not possible with what is chosen, and why."""
    return Grid(
        caption=say("Not possible with what is chosen"),
        columns=(say("Way"), say("Why")),
        rows=[(_title(name), why) for name, why in refused.items()],
    )


def _brought(gain: CommunityGain | None, point: WayPoint | None) -> tuple[str, str, str]:
    """Return accuracy, gain and gap in words; a dash where there is none (yet)."""
    accuracy, gap = (_measured(point, axis) for axis in (0, 1)) if point else (ABSENT, ABSENT)
    if gain is None:
        return accuracy, ABSENT, gap
    if accuracy == ABSENT and gain.other is not None:
        accuracy = level(gain.other, "accuracy")
    found = gain.difference
    if found is None:
        return accuracy, gain.reason or ABSENT, gap
    value = without_unit(amount(found))
    return accuracy, _unbroken(f"{value} ({span(found)})"), gap


def _measured(point: WayPoint, axis: int) -> str:
    """Return accuracy (0) or gap (1) with its interval."""
    value, ends = point.means[axis], point.ends[axis]
    return _unbroken(with_interval(value, *ends, percent) if ends else percent(value))


def _unbroken(text: str) -> str:
    """Return a number with its unit or interval as it stays on one line of a table."""
    return text.replace(" ", "\u00a0")


def _spent(look: Look, cost: Cost) -> tuple[str, ...]:
    """Return what a way costs, in words, in the order of `cost_grid`."""
    who = purse_of(look.values)
    prices = (who or purse("")).prices
    spent = total(cost, prices)
    return (
        _unbroken(money(spent)),
        _unbroken(money(bill(cost, prices)["experts"])),
        ABSENT if who is None else translate(AFFORDABLE[affordable(spent, prices.budget)]),
        localise(f"{cost.votes:,}"),
        _unbroken(size(cost.moved)),
        number(cost.rounds),
        _unbroken(size(cost.decision_bytes)),
        _unbroken(energy_in_words(cost.energy)),
    )


def numbers(
    look: Look,
    possible: Settings,
    costs: Mapping[str, Cost],
    gains: Mapping[str, CommunityGain],
    points: Mapping[str, WayPoint],
) -> "pd.DataFrame":
    """Return one row a way: what it brings, costs and leaves under whose control."""
    import pandas as pd

    who = purse_of(look.values) or purse("")
    rows = []
    for name, cost in costs.items():
        found, spent = gains.get(name), total(cost, who.prices)
        difference = found.difference if found else None
        interval = (difference.interval if difference else None) or (None, None)
        items = bill(cost, who.prices)
        rows.append(
            {"way": name, "epsilon": possible[name].epsilon}
            | {"promised_home": home_promise(possible[name])}
            | {"promised_provider": provider_promise(possible[name])}
            | {"gain": difference.mean if difference else None}
            | {"gain_low": interval[0], "gain_high": interval[1]}
            | {"accuracy": points[name].means[0] if name in points else None}
            | {"gap": points[name].means[1] if name in points else None}
            | {"bytes_sent": cost.sent, "bytes_received": cost.received, "rounds": cost.rounds}
            | {"bytes_a_decision": cost.decision_bytes, "votes": cost.votes}
            | {"entries": cost.entries, "parameters": cost.parameters}
            | {"energy_kwh_low": cost.energy.low, "energy_kwh_high": cost.energy.high}
            | {f"money_{item}": one.high for item, one in items.items()}
            | {"money_low": spent.low, "money_high": spent.high, "purse": who.text}
            | {own: getattr(REMEDIES[name].control, own) for own in CONTROL}
        )
    return pd.DataFrame(rows)


def _title(name: str) -> str:
    return capital(REMEDIES[name].title)


def _covered(look: Look, covered: int, ways_: int) -> str:
    who = purse_of(look.values) or purse("")
    return say(
        "The budget of {actor}, {budget} in its own currency, covers {covered} of the {ways} ways "
        "that are possible.",
        actor=who.actor.within,
        budget=number(who.prices.budget),
        covered=covered,
        ways=ways_,
    )


def _notes(look: Look) -> list[str]:
    who = purse_of(look.values)
    return [
        say(
            "All ways have the same people at home, the same privacy budget for them, and the "
            "same size of model. A provider's people have a privacy budget only where the table "
            "says so. The gap is the one between groups by {attribute}; intervals are over seeds "
            "and test people.",
            attribute=attribute(look.here),
        ),
        say(PRICES_OF, actor=who.actor.within) if who else translate(USUAL_PRICES),
        say(
            "Bytes, rounds and labels are counted; energy is a published range, not measured. "
            "They are not combined into a score: people have to say what a way, and control over "
            "it, are worth to them."
        ),
    ]


PRICE_AND_CONTROL = Part(
    name="price_and_control",
    title="Price and control",
    question="Who keeps control, and who pays for what?",
    settings=settings,
    panel=panel,
    selections=(PURSE, PRICES),
)
