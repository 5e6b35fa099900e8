"""Three ways: what training alone, somebody else's model, and training together bring to home."""

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
    community_gain,
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
from tradeoffs.scenario import Scenario

TOGETHER = "fedavg"
CARDS = {
    "alone": ("Alone", "A model of its own, from the records of {rows} people."),
    "as_is": (
        "Somebody else's model",
        "{provided} It is used as it is and needs none of the records here.",
    ),
    TOGETHER: (
        "Together",
        "All communities train one model. Each keeps its records and sends changes of the model, "
        "which are averaged.",
    ),
}

PROVIDED = {
    "others": "A model that the other communities trained together.",
    "largest": "The model of the largest community.",
    "turned": "A made-up model, which learned turned answers.",
}
PROVIDED_LABEL = "A model that learned another answer: {}."
PROVIDED_PLACE = "The model of {}."
PROMISE = "It is trained with the privacy budget for its people too."
NO_PROMISE = "It is trained without a promise of privacy for its people."

PHRASES = {"as_is": "with somebody else's model", TOGETHER: "by training together"}


def settings(look: Look) -> list[Scenario]:
    """Return the three ways at home, then training alone and together elsewhere."""
    here = _at(look, TOGETHER).here
    every = [one.name for one in places(here) if one.measurable and one.name != here.home]
    near = [alone(here), here, *(here.but(remedy=name) for name in _others())]
    return [*near, *(one for name in every for one in pair(here.but(home=name)))]


def panel(look: Look, job: Job) -> Panel:
    """Return the three ways at home as cards, and who gains by training together."""
    together = _at(look, TOGETHER)
    here = together.here
    home = next(one for one in places(here) if one.name == here.home)
    ways = {
        name: community_gain(job, here.but(remedy=name), home, "accuracy")
        for name in (*_others(), TOGETHER)
    }
    found = gains(together, job)
    known = [one.gain for one in found if one.gain]
    title = CARDS[TOGETHER][0]
    return Panel(
        heading=finding(here.home, ways),
        cards=[
            _alone_card(ways[TOGETHER]),
            *(_card(CARDS[name], one, here) for name, one in ways.items()),
        ],
        picture=picture(found, title.lower(), here.home),
        sentences=[headline(known, "By training together")] if len(known) == len(found) else [],
        table=grid(found, title),
        notes=[reading("accuracy")],
        numbers=lambda: numbers(found),
    )


def finding(home: str, ways: dict[str, CommunityGain]) -> str:
    """Return which of the other ways are told from training alone at home, in a sentence."""
    known = {PHRASES[name]: one for name, one in ways.items() if one.difference}
    if len(known) < len(ways):
        return ""
    better = " and ".join(name for name, one in known.items() if one.tone == "better")
    worse = " and ".join(name for name, one in known.items() if one.tone == "worse")
    if better and worse:
        return f"For {home}, more decisions are right {better} than alone, and fewer {worse}."
    if better:
        return f"For {home}, more decisions are right {better} than alone."
    if worse:
        return f"For {home}, fewer decisions are right {worse} than alone."
    return f"For {home}, neither way can be told apart from training alone."


def _at(look: Look, way: str) -> Look:
    """Return a look at a way as it is by default."""
    return Look(here=look.here.but(remedy=way, dial=None), values={**look.values, "remedy": way})


def _others() -> list[str]:
    return [name for name in CARDS if name in REMEDIES and name not in ("alone", TOGETHER)]


def _alone_card(one: CommunityGain) -> Card:
    title, text = CARDS["alone"]
    value = "…" if one.alone is None else f"{level(one.alone, one.measure)} right"
    same = f"{level(one.constant, one.measure)} would be right with one answer for everybody"
    return Card(title=title, value=value, detail=same, text=text.format(rows=f"{one.rows:,}"))


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


def _card(words: tuple[str, str], one: CommunityGain, here: Scenario) -> Card:
    title, text = words[0], words[1].format(provided=provider_text(here))
    if one.difference is None or one.other is None:
        return Card(title=title, value="…", detail=one.reason, text=text)
    return Card(
        title=title,
        value=f"{level(one.other, one.measure)} right",
        detail=beside_alone(one.difference),
        text=text,
        tone=one.tone,
    )


def beside_alone(found: Difference) -> str:
    """Return how far above or below training alone a way is, if that can be told."""
    if not found.distinguishable or found.interval is None:
        return f"cannot be told from alone: {amount(found)} ({span(found)})"
    if found.mean > 0:
        return f"{_unsigned(found)} above alone"
    low, high = found.interval
    return f"{_unsigned(replace(found, mean=-found.mean, interval=(-high, -low)))} below alone"


def _unsigned(found: Difference) -> str:
    return f"{amount(found)} ({span(found)})".replace("+", "")


THREE_WAYS = Part(
    name="three_ways",
    title="Three ways",
    question="Train alone, take somebody else's model, or train together: what would each bring?",
    level="story",
    settings=settings,
    panel=panel,
)
