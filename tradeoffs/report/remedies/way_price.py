"""What ways cost and who keeps control of them, in sentences."""

from collections.abc import Mapping, Sequence

from tradeoffs.language.translates import original
from tradeoffs.language.translation import say
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.community_gain import CommunityGain
from tradeoffs.report.resource_quantities import SMALL_CHANGE, money, size
from tradeoffs.report.sentences.sentence import Sentence, every, first
from tradeoffs.resources.cost import Cost
from tradeoffs.resources.money import bill, total
from tradeoffs.resources.purse import Purse
from tradeoffs.resources.range import Range

NOTHING = "nothing"  # as entries say that nothing leaves home
CONTROL = (
    Sentence(
        name="control_and_online",
        text=(
            "With {home:count} of {ways:count} ways nothing leaves home; {online:count} cannot "
            "decide unless somebody else answers at that moment."
        ),
        when=lambda online: online > 0,
    ),
    Sentence(
        name="control",
        text=(
            "With {home:count} of {ways:count} ways nothing leaves home, and none needs somebody "
            "else to make a decision."
        ),
    ),
)
LEAST = (
    Sentence(
        name="least_sent",
        text=(
            "{gaining:count} of {ways:count} ways are better than training alone beyond chance. "
            "Of these, “{title}” sends and receives least ({bytes}), and “{most_title}” most "
            "({most})."
        ),
        when=lambda gaining: gaining > 1,
    ),
    Sentence(
        name="one_gains",
        text=(
            "One of {ways:count} ways is better than training alone beyond chance: “{title}”, "
            "which sends and receives {bytes}."
        ),
        when=lambda gaining: gaining == 1,
    ),
    Sentence(
        name="none_gains",
        text=(
            "None of {ways:count} ways is better than training alone beyond chance, whatever it "
            "costs."
        ),
        when=lambda ways: ways > 0,
    ),
)
WORK = Sentence(
    name="people_or_machines",
    text=(
        "At these prices people's work costs {people} or more with every way; machines, "
        "electricity and data transfer cost {machines}."
    ),
    when=lambda counted: counted,
)


def control_sentence(names: Sequence[str]) -> str:
    """Return how many ways let nothing leave, and how many need somebody to decide."""
    some = [REMEDIES[name] for name in names]
    values = {
        "home": sum(original(one.control, "leaves") == NOTHING for one in some),
        "online": sum(one.online for one in some),
        "ways": len(some),
    }
    return first(CONTROL, values)[0].text


def price_sentences(
    gains: Mapping[str, CommunityGain], costs: Mapping[str, Cost], who: Purse
) -> list[str]:
    """Return which of the ways that bring something send least, and what people's work costs.

    Args:
        gains: of the ways beside training alone, over it.
        costs: of all ways.
        who: pays.
    """
    known = {name: one for name, one in gains.items() if one.difference}
    gaining = sorted((n for n in known if known[n].tone == "better"), key=lambda n: costs[n].moved)
    values: dict[str, object] = {"gaining": len(gaining), "ways": len(known)}
    if gaining:
        least, most = gaining[0], gaining[-1]
        values |= {"title": REMEDIES[least].title, "bytes": size(costs[least].moved)}
        values |= {"most_title": REMEDIES[most].title, "most": size(costs[most].moved)}
    return [one.text for one in (*first(LEAST, values), *every((WORK,), _work(costs, who)))]


def _work(costs: Mapping[str, Cost], who: Purse) -> dict[str, object]:
    """Return the most that machines and lines cost in any way, and the least of people's work."""
    bills = [(bill(one, who.prices), total(one, who.prices)) for one in costs.values()]
    machines = [items["computing"].plus(items["traffic"]) for items, _ in bills]
    people = [items["labels"].plus(items["entries"]).plus(items["experts"]) for items, _ in bills]
    paid = any(spent.high for _, spent in bills)
    if not paid:
        return {"counted": False, "machines": "", "people": ""}
    return {
        "counted": True,
        "machines": _at_most(max(one.high for one in machines)),
        "people": money(min(people, key=lambda one: one.low)),
    }


def _at_most(amount: float) -> str:
    """Return an upper end of money; less than small change is told so."""
    told = money(Range.exactly(amount))
    return told if amount < SMALL_CHANGE else say("at most {amount}", amount=told)
