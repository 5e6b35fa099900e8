"""Three ways: what training alone, somebody else's model, and the chosen way bring to home."""

from dataclasses import replace

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.fronts.differences import Difference
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import list_text, localise, quote
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.adaptation.multi_task import OF_LABEL
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.report.remedies.community_gain import (
    CommunityGain,
    alone,
    change_between,
    community_gain,
    impossible,
    level,
    places,
    with_span,
)
from tradeoffs.report.remedies.panel import Card, Panel
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.who_gains import (
    READING,
    gains,
    grid,
    headline,
    numbers,
    pair,
    picture,
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
PROVIDED_LABEL = "A model trained for another label: {label}."
PROVIDED_PLACE = "The model of {name}."
PROMISE = "It is trained with the privacy budget for its people too."
NO_PROMISE = "It is trained without a privacy budget for its people."
ALIKE, ABOVE, BELOW = "alike", "above", "below"  # a way, compared with another
BESIDE_ALONE = {
    ALIKE: "cannot be told apart from alone: {change}",
    ABOVE: "{change} above alone",
    BELOW: "{change} below alone",
}
BESIDE_PROVIDER = {
    ALIKE: "For {home}, {way} cannot be told apart from somebody else's model: {change}.",
    ABOVE: "For {home}, {way} is {change} above somebody else's model.",
    BELOW: "For {home}, {way} is {change} below somebody else's model.",
}


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
        heading=" ".join(
            filter(None, (finding(word(here.home), ways), better_sentence(here, between)))
        ),
        cards=[
            _alone_card(ways[here.remedy], unit),
            _card(
                translate(PROVIDER_CARD[0]),
                say(PROVIDER_CARD[1], provided=provider_text(here)),
                ways[PROVIDER],
            ),
            _card(title, text, ways[here.remedy]),
        ],
        picture=picture(
            found, title.lower() if here.remedy == TOGETHER else title, here.home, unit
        ),
        sentences=told,
        table=grid(found, title),
        notes=[translate(READING["accuracy"])],
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
        return say("with somebody else's model")
    if name == TOGETHER:
        return say("by training together")
    return say("with “{way}”", way=REMEDIES[name].title)


def finding(home: str, ways: dict[str, CommunityGain]) -> str:
    """Return which of the other ways are told from training alone at home, in a sentence."""
    known = {phrase(name): one for name, one in ways.items() if one.difference}
    if len(known) < len(ways):
        return ""
    better, worse = (
        list_text([name for name, one in known.items() if one.tone == tone])
        for tone in ("better", "worse")
    )
    if better and worse:
        return say(
            "For {home}, accuracy is higher {better} than alone, and lower {worse}.",
            home=home,
            better=better,
            worse=worse,
        )
    if better:
        return say("For {home}, accuracy is higher {better} than alone.", home=home, better=better)
    if worse:
        return say("For {home}, accuracy is lower {worse} than alone.", home=home, worse=worse)
    return say(
        "For {home}, the accuracy of neither way can be told apart from that of training alone.",
        home=home,
    )


def better_sentence(here: Scenario, between: Difference | None) -> str:
    """Return which of the two other ways is better; "" while it is not there."""
    if between is None:
        return ""
    if not between.distinguishable:
        return say("The accuracy of these two ways cannot be told apart.")
    some = [phrase(here.remedy), phrase(PROVIDER)]
    more, fewer = some if between.mean > 0 else reversed(some)
    return say("Accuracy is higher {more} than {fewer}.", more=more, fewer=fewer)


def between_sentence(here: Scenario, between: Difference) -> str:
    """Return how far the third way is above or below somebody else's model at home."""
    together = here.remedy == TOGETHER
    way = say("training together") if together else quote(REMEDIES[here.remedy].title)
    compared, change = beside(between)
    return say(BESIDE_PROVIDER[compared], home=word(here.home), way=way, change=change)


def _third_words(here: Scenario) -> tuple[str, str]:
    """Return the title of the third way's card, and what it is, with its dial."""
    way = REMEDIES[here.remedy]
    title, text = capital(way.title), way.help
    if here.remedy == TOGETHER:
        title, text = translate(TOGETHER_CARD[0]), say(TOGETHER_CARD[1], title=way.title)
    if way.dial is None:
        return title, text
    dial = way.dial.default if here.dial is None else here.dial
    here_ = say("Here: {dial}.", dial=way.dial.phrase.format(number(dial)))
    return title, f"{text} {here_}"


def _alone_card(one: CommunityGain, unit: str) -> Card:
    same = say(
        "{level} with the same prediction for everybody (the baseline)",
        level=level(one.constant, one.measure),
    )
    return Card(
        title=translate(ALONE_CARD[0]),
        value="…" if one.alone is None else _correct(one.alone, one.measure),
        detail=same,
        text=say(ALONE_CARD[1], rows=localise(f"{one.rows:,}"), unit=translate(unit)),
    )


def _correct(value: float, measure: str) -> str:
    return say("{level} correct", level=level(value, measure))


def provider_text(here: Scenario) -> str:
    """Return whose model somebody else's is, and what its people are promised."""
    name = here.provider.removeprefix(PRIVATE)
    if name.startswith(OF_LABEL):
        asked = dataset(here.dataset).label(name.removeprefix(OF_LABEL)).title
        told = say(PROVIDED_LABEL, label=asked)
    elif name in PROVIDED:
        told = translate(PROVIDED[name])
    else:
        told = say(PROVIDED_PLACE, name=word(name))
    if here.mechanism == "none":
        return told
    return f"{told} {translate(NO_PROMISE if name == here.provider else PROMISE)}"


def _card(title: str, text: str, one: CommunityGain) -> Card:
    if one.difference is None or one.other is None:
        return Card(title=title, value="…", detail=one.reason, text=text)
    compared, change = beside(one.difference)
    return Card(
        title=title,
        value=_correct(one.other, one.measure),
        detail=say(BESIDE_ALONE[compared], change=change),
        text=text,
        tone=one.tone,
    )


def beside(found: Difference) -> tuple[str, str]:
    """Return whether a way is above or below another, if that can be told, and by how much.

    Args:
        found: of the way over the other.
    """
    if not found.distinguishable or found.interval is None:
        return ALIKE, with_span(found)
    if found.mean > 0:
        return ABOVE, with_span(found).replace("+", "")
    low, high = found.interval
    opposite = replace(found, mean=-found.mean, interval=(-high, -low))
    return BELOW, with_span(opposite).replace("+", "")


THREE_WAYS = Part(
    name="three_ways",
    title="Three ways",
    question="How accurate are training alone, somebody else's model, and the chosen way?",
    level="story",
    settings=settings,
    panel=panel,
)
