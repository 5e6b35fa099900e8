"""Three ways: what training alone, somebody else's model, and the chosen way bring to home."""

from dataclasses import replace

from tradeoffs.data.catalogue import dataset
from tradeoffs.fronts.differences import Difference
from tradeoffs.jobs.job import Job
from tradeoffs.remedies.adaptation.multi_task import OF_LABEL
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.report.remedies.community_gain import (
    CommunityGain,
    alone,
    amount,
    change_between,
    community_gain,
    impossible,
    level,
    places,
    span,
)
from tradeoffs.report.remedies.panel import Card, Panel
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.who_gains import (
    gains,
    grid,
    headline,
    numbers,
    pair,
    picture,
    reading,
)
from tradeoffs.report.text import capital, number
from tradeoffs.report.titles import units
from tradeoffs.scenario import Scenario

TOGETHER, PROVIDER = "fedavg", "as_is"
ALONE_CARD = ("Alone", "A model of its own, from the records of {rows} {unit}.")
PROVIDER_CARD = (
    "Somebody else's model",
    "{provided} It is used as it is and needs no records from here.",
)
TOGETHER_CARD = (
    "Together",
    (
        "All communities train one model by {title}. Each keeps its records and sends updates of "
        "the model, which are averaged."
    ),
)

PROVIDED = {
    "others": "A model that the other communities trained together.",
    "largest": "The model of the largest community.",
    "turned": "A made-up model, trained on flipped labels.",
}
PROVIDED_LABEL = "A model trained for another label: {}."
PROVIDED_PLACE = "The model of {}."
PROMISE = "It is trained with the privacy budget for its people too."
NO_PROMISE = "It is trained without a privacy budget for its people."


def settings(look: Look) -> list[Scenario]:
    """Return the three ways at home, then training alone and the third elsewhere."""
    here = third(look).here
    every = [one.name for one in places(here) if one.measurable and one.name != here.home]
    wanted = [alone(here), here, here.but(remedy=PROVIDER, dial=None)]
    wanted += [one for name in every for one in pair(here.but(home=name))]
    return [one for one in dict.fromkeys(wanted) if not impossible(one)]


def panel(look: Look, job: Job) -> Panel:
    """Return the three ways at home as cards, and who gains by the third."""
    last = third(look)
    here = last.here
    home = next(one for one in places(here) if one.name == here.home)
    provider = here.but(remedy=PROVIDER, dial=None)
    ways = {
        one.remedy: community_gain(job, one, home, "accuracy")
        for one in dict.fromkeys((provider, here))
    }
    between = change_between(job, provider, here, home, "accuracy")
    found = gains(last, job)
    known = [one.gain for one in found if one.gain]
    (title, text), unit = _third_words(here), units(here.dataset)
    begin = capital(phrase(here.remedy))
    told = [between_sentence(here, between)] if between else []
    told += [headline(known, begin)] if len(known) == len(found) else []
    return Panel(
        heading=" ".join(filter(None, (finding(here.home, ways), better_sentence(here, between)))),
        cards=[
            _alone_card(ways[here.remedy], unit),
            _card(
                (PROVIDER_CARD[0], PROVIDER_CARD[1].format(provided=provider_text(here))),
                ways[PROVIDER],
            ),
            _card((title, text), ways[here.remedy]),
        ],
        picture=picture(
            found, title.lower() if here.remedy == TOGETHER else title, here.home, unit
        ),
        sentences=told,
        table=grid(found, title),
        notes=[reading("accuracy")],
        numbers=lambda: numbers(found),
    )


def third(look: Look) -> Look:
    """Return a look at the chosen way, or at training together where that is one of the others."""
    here = look.here
    if here.remedy in ("alone", PROVIDER):
        here = here.but(remedy=TOGETHER, dial=None)
    return Look(here=here, values={**look.values, "remedy": here.remedy, "measure": "accuracy"})


def phrase(name: str) -> str:
    """Return by which way, as the end of a sentence on decisions."""
    if name == PROVIDER:
        return "with somebody else's model"
    return "by training together" if name == TOGETHER else f"with “{REMEDIES[name].title}”"


def finding(home: str, ways: dict[str, CommunityGain]) -> str:
    """Return which of the other ways are told from training alone at home, in a sentence."""
    known = {phrase(name): one for name, one in ways.items() if one.difference}
    if len(known) < len(ways):
        return ""
    better = " and ".join(name for name, one in known.items() if one.tone == "better")
    worse = " and ".join(name for name, one in known.items() if one.tone == "worse")
    if better and worse:
        return f"For {home}, accuracy is higher {better} than alone, and lower {worse}."
    if better:
        return f"For {home}, accuracy is higher {better} than alone."
    if worse:
        return f"For {home}, accuracy is lower {worse} than alone."
    return f"For {home}, the accuracy of neither way can be told apart from that of training alone."


def better_sentence(here: Scenario, between: Difference | None) -> str:
    """Return which of the two other ways is better; "" while it is not there."""
    if between is None:
        return ""
    if not between.distinguishable:
        return "The accuracy of these two ways cannot be told apart."
    some = [phrase(here.remedy), phrase(PROVIDER)]
    more, fewer = some if between.mean > 0 else reversed(some)
    return f"Accuracy is higher {more} than {fewer}."


def between_sentence(here: Scenario, between: Difference) -> str:
    """Return how far the third way is above or below somebody else's model at home."""
    together = here.remedy == TOGETHER
    way = "training together" if together else f"“{REMEDIES[here.remedy].title}”"
    told = beside(between, "somebody else's model", "is ")
    return f"For {here.home}, {way} {told}."


def _third_words(here: Scenario) -> tuple[str, str]:
    """Return the title of the third way's card, and what it is, with its dial."""
    way = REMEDIES[here.remedy]
    title, text = TOGETHER_CARD if here.remedy == TOGETHER else (capital(way.title), way.help)
    text = text.format(title=way.title) if here.remedy == TOGETHER else text
    if way.dial is None:
        return title, text
    dial = way.dial.default if here.dial is None else here.dial
    return title, f"{text} Here: {way.dial.phrase.format(number(dial))}."


def _alone_card(one: CommunityGain, unit: str) -> Card:
    title, text = ALONE_CARD
    value = "…" if one.alone is None else f"{level(one.alone, one.measure)} correct"
    same = (
        f"{level(one.constant, one.measure)} with the same prediction for everybody (the baseline)"
    )
    return Card(
        title=title, value=value, detail=same, text=text.format(rows=f"{one.rows:,}", unit=unit)
    )


def provider_text(here: Scenario) -> str:
    """Return whose model somebody else's is, and what its people are promised."""
    name = here.provider.removeprefix(PRIVATE)
    if name.startswith(OF_LABEL):
        asked = dataset(here.dataset).label(name.removeprefix(OF_LABEL)).title
        told = PROVIDED_LABEL.format(asked)
    else:
        told = PROVIDED.get(name, PROVIDED_PLACE.format(name))
    if here.mechanism == "none":
        return told
    return f"{told} {NO_PROMISE if name == here.provider else PROMISE}"


def _card(words: tuple[str, str], one: CommunityGain) -> Card:
    title, text = words
    if one.difference is None or one.other is None:
        return Card(title=title, value="…", detail=one.reason, text=text)
    return Card(
        title=title,
        value=f"{level(one.other, one.measure)} correct",
        detail=beside(one.difference, "alone"),
        text=text,
        tone=one.tone,
    )


def beside(found: Difference, other: str, verb: str = "") -> str:
    """Return how far above or below another way one is, if that can be told.

    Args:
        found: of the way over the other.
        other: what that is called.
        verb: before the difference, where it ends a sentence.
    """
    if not found.distinguishable or found.interval is None:
        return f"cannot be told apart from {other}: {amount(found)} ({span(found)})"
    if found.mean > 0:
        return f"{verb}{_unsigned(found)} above {other}"
    low, high = found.interval
    return (
        f"{verb}{_unsigned(replace(found, mean=-found.mean, interval=(-high, -low)))} below {other}"
    )


def _unsigned(found: Difference) -> str:
    return f"{amount(found)} ({span(found)})".replace("+", "")


THREE_WAYS = Part(
    name="three_ways",
    title="Three ways",
    question="How accurate are training alone, somebody else's model, and the chosen way?",
    level="story",
    settings=settings,
    panel=panel,
)
