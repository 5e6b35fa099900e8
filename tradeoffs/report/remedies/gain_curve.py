"""Gain curve: what the way gives home over training alone, along one dial."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tradeoffs.data.codebook_words import word
from tradeoffs.data.communities.catalogue import find_cut
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import possible
from tradeoffs.fields import FIELDS
from tradeoffs.fronts.gains import named
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.community_gain import (
    CommunityGain,
    alone,
    amount,
    change_between,
    community_gain,
    level,
    places,
    span,
    with_span,
)
from tradeoffs.report.remedies.panel import Grid, Panel, Tone
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.selection import Selection, Values
from tradeoffs.report.remedies.selections import (
    ALL,
    LISTED,
    dial_of,
    most_people,
    people_on_offer,
)
from tradeoffs.report.remedies.who_gains import BASE
from tradeoffs.report.remedies.who_gains import numbers as gain_numbers
from tradeoffs.report.text import capital, number
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

WHERE = {  # whether the way is better somewhere, and worse
    (True, True): (
        "For {home}, “{way}” is better than training alone at {better}, and worse at {worse}."
    ),
    (True, False): (
        "For {home}, “{way}” is better than training alone at {better}, and nowhere worse beyond "
        "chance."
    ),
    (False, True): (
        "For {home}, “{way}” is worse than training alone at {worse}, and nowhere better beyond "
        "chance."
    ),
}
WHERE_TITLED = {  # the same, where the values of the dial are bare numbers
    (True, True): (
        "For {home}, “{way}” is better than training alone with “{title}” at {better}, and worse "
        "at {worse}."
    ),
    (True, False): (
        "For {home}, “{way}” is better than training alone with “{title}” at {better}, and "
        "nowhere worse beyond chance."
    ),
    (False, True): (
        "For {home}, “{way}” is worse than training alone with “{title}” at {worse}, and nowhere "
        "better beyond chance."
    ),
}
READING = (
    "Above the line at 0, the way is better than training alone with the same setting. The band "
    "is the 95 % interval of each single point, over seeds and test people. The sentences name a "
    "gain or loss only if it is beyond chance with Holm's correction over all values."
)
COSTS = {
    "alone": (
        "Training alone, a privacy budget of {budget} changes the result by {change} compared "
        "with none."
    ),
    "way": (
        "This way, a privacy budget of {budget} changes the result by {change} compared with none."
    ),
}
EPSILONS = ("0.3", "1", "3", "8", "none")  # the strictest first
Step = tuple[str, Scenario]  # value of the dial, and the setting there


@dataclass(frozen=True, kw_only=True, slots=True)
class CurvePoint:
    """What the way gives at a value of the dial.

    Attributes:
        value: as the address writes it.
        words: the value in words.
        gain: of home.
        here: whether it is what is set.
    """

    value: str
    words: str
    gain: CommunityGain
    here: bool


def dials(at: Values) -> tuple[str, ...]:
    """Return the names of what the gain can be followed along."""
    amount_of = find_cut(at["dataset"], at["communities"])[0].amount
    return (
        "rows",
        "epsilon",
        *(["dial"] if dial_of(at) else []),
        *(["communities"] if amount_of else []),
    )


def title_of(name: str, at: Values) -> str:
    """Return what the gain is followed along, in words."""
    if name == "communities" and (amount_of := find_cut(at["dataset"], at[name])[0].amount):
        return capital(amount_of.title)
    return FIELDS[name].title if name == "epsilon" else LISTED[name].label(at)


def steps(look: Look) -> list[Step]:
    """Return home's setting at each value of the dial, where it is possible."""
    name, values = look.values["along"], look.values
    on_offer: Mapping[str, Callable[[], Sequence[str]]] = {
        "rows": lambda: people_on_offer(values),
        "epsilon": lambda: EPSILONS,
        "dial": lambda: LISTED["dial"].options(values),
        "communities": lambda: _amounts(values),
    }
    found = []
    for value in on_offer[name]():
        try:
            setting = look.here.but(**{name: most_people(values) if value == ALL else value})
        except InvalidInput:
            continue
        if possible(setting) and possible(alone(setting)):
            found.append((value, setting))
    return found


def settings(look: Look) -> list[Scenario]:
    """Return the way and training alone at each value, what is set being the first."""
    near = sorted(steps(look), key=lambda step: step[1] != look.here)
    return list(dict.fromkeys(one for _, at in near for one in (alone(at), at)))


def curve(look: Look, job: Job) -> list[CurvePoint]:
    """Return the gain of home at each value of the dial."""
    found = []
    for value, setting in steps(look):
        home = next(one for one in places(setting) if one.name == setting.home)
        gain = community_gain(job, setting, home, look.values["measure"])
        words, here = _words(look, value), setting == look.here
        found.append(CurvePoint(value=value, words=words, gain=gain, here=here))
    return found


def _words(look: Look, value: str) -> str:
    """Return a value of the dial in words; a bare number of a way's dial, and of a cut."""
    amount_of = find_cut(look.here.dataset, look.here.communities)[0].amount
    if look.values["along"] == "communities" and amount_of:
        return amount_of.phrase.format(localise(value.partition(".")[2]))
    if look.values["along"] == "dial":
        return number(float(value))
    return LISTED[look.values["along"]].words(value, look.values)


def panel(look: Look, job: Job) -> Panel:
    """Return the gain along the dial, of what has arrived."""
    found = curve(look, job)
    known = [one for one in found if one.gain.difference]
    title, way = title_of(look.values["along"], look.values), REMEDIES[look.here.remedy].title
    return Panel(
        heading=translate(BASE)
        if look.here.remedy == "alone"
        else headline(
            found, way, word(look.here.home), title if look.values["along"] == "dial" else ""
        ),
        figure=figure(known, title, look) if known else None,
        figure_text=say(
            "Gain of {home} over training alone for each value of “{title}”, with its interval. "
            "The numbers are in the table below.",
            home=word(look.here.home),
            title=title,
        ),
        sentences=[
            one for one in (_last_better(look, found), *privacy_costs(look, job, found)) if one
        ],
        table=grid(found, title, way),
        notes=[translate(READING)],
        numbers=lambda: numbers(found),
    )


def headline(found: Sequence[CurvePoint], way: str, home: str, title: str = "") -> str:
    """Return where the gain is told from none, in a sentence, once all of it is there.

    Args:
        found: the gain at each value.
        way: its title.
        home: the community.
        title: of the dial, where its values are bare numbers.
    """
    if not found or any(one.gain.difference is None and not one.gain.gain for one in found):
        return ""
    each = list(zip(found, tones(found), strict=True))
    better, worse = (
        ", ".join(one.words for one, tone in each if tone == t) for t in ("better", "worse")
    )
    at = {"home": home, "way": way, "title": title, "better": better, "worse": worse}
    if len(found) > 1 and all(tone == "better" for _, tone in each):
        return say(
            "For {home}, “{way}” is better than training alone at every position of this slider.",
            **at,
        )
    if len(found) > 1 and all(tone == "worse" for _, tone in each):
        return say(
            "For {home}, “{way}” is worse than training alone at every position of this slider.",
            **at,
        )
    if better or worse:
        case = bool(better), bool(worse)
        return say(WHERE_TITLED[case], **at) if title else say(WHERE[case], **at)
    return say(
        "For {home}, “{way}” and training alone cannot be told apart at any position of this "
        "slider.",
        **at,
    )


def tones(found: Sequence[CurvePoint]) -> list[Tone]:
    """Return whether home gains or loses at each value, all of them looked at together (Holm)."""
    known = [one.gain.gain for one in found if one.gain.gain]
    sure = named(known, found[0].gain.measure) if found else ()
    return [
        one.gain.tone if one.gain.gain in sure or not one.gain.tone else "alike" for one in found
    ]


def figure(known: Sequence[CurvePoint], title: str, look: Look) -> Mapping[str, Any]:
    """Draw the gain with its band and the line where nothing is gained."""
    accuracy = look.values["measure"] == "accuracy"
    unit = 100 if accuracy else 1
    at = [one.words for one in known]
    differences = [one.gain.difference for one in known if one.gain.difference]
    means = [unit * one.mean for one in differences]
    ends = [one.interval or (one.mean, one.mean) for one in differences]
    color = "var(--st-primary-color)"
    line = {"type": "scatter", "x": at, "mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    low = {**line, "name": say("lower end"), "y": [unit * a for a, _ in ends], "showlegend": False}
    band = {
        **line,
        "name": say("95 % interval"),
        "y": [unit * b for _, b in ends],
        "fill": "tonexty",
        "fillcolor": "var(--st-primary-color/0.18)",
    }
    gain = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": say("gain over training alone"),
        "x": at,
        "y": means,
        "line": {"color": color, "width": 2},
        "marker": {"size": [14 if one.here else 8 for one in known], "color": color},
        "text": [with_span(d) for d in differences],
        "hovertemplate": "%{x}: %{text}<extra></extra>",
    }
    told = (
        say("Gain over alone, points of accuracy") if accuracy else say("Gain over alone, log-loss")
    )
    layout = {
        "xaxis": {"title": {"text": title}, "type": "category"},
        "yaxis": {"title": {"text": told}, "zeroline": False},
        "shapes": [_zero_line()],
        "legend": {"orientation": "h", "y": -0.2},
        "margin": {"t": 16, "b": 40},
        "uirevision": f"{look.values['along']} {look.values['measure']} {look.here.home}",
    }
    return {"data": [low, band, gain], "layout": layout}


def grid(found: Sequence[CurvePoint], title: str, way: str) -> Grid:
    """Return the numbers as a table of texts."""
    rows = []
    for one in found:
        gain, told = one.gain, one.gain.difference
        if told is None or gain.alone is None or gain.other is None:
            rows.append((one.words, gain.reason, "–", "–", "–"))
            continue
        values = level(gain.alone, gain.measure), level(gain.other, gain.measure)
        rows.append((one.words, *values, amount(told), span(told)))
    columns = (title, say("Alone"), capital(way), say("Gain"), say("95 % interval"))
    return Grid(caption=say("The dial"), columns=columns, rows=rows)


def numbers(found: Sequence[CurvePoint]) -> "pd.DataFrame":
    """Return one row a value of the dial."""
    table = gain_numbers([one.gain for one in found])
    table.insert(0, "value", [one.value for one in found])
    return table


def _last_better(look: Look, found: Sequence[CurvePoint]) -> str:
    """Return up to how many people the way is told to be better, where that has an end."""
    counts = [(one.gain.rows, tone) for one, tone in zip(found, tones(found), strict=True)]
    if look.values["along"] != "rows" or len(counts) < 2 or any(not t for _, t in counts):
        return ""
    better = [people for people, tone in counts if tone == "better"]
    beyond = [people for people, tone in counts if people > max(better, default=0)]
    if not better or not beyond or len(better) < len(counts) - len(beyond):
        return ""
    return say(
        "With up to {most:,} people it is better beyond chance; with {least:,} or more it is not.",
        most=max(better),
        least=min(beyond),
    )


def privacy_costs(look: Look, job: Job, found: Sequence[CurvePoint]) -> list[str]:
    """Return what the smallest budget costs home alone, and by the way, in a sentence each."""
    if look.values["along"] != "epsilon" or len(found) < 2 or found[-1].value != "none":
        return []
    home = next(one for one in places(look.here) if one.name == look.here.home)
    strict, free = look.here.but(epsilon=found[0].value), look.here.but(epsilon=None)
    pairs = {"alone": (alone(free), alone(strict)), "way": (free, strict)}
    told = []
    for name, (without, private) in pairs.items():
        cost = change_between(job, without, private, home, look.values["measure"])
        if cost:
            told.append(say(COSTS[name], budget=found[0].words, change=with_span(cost)))
    return told


def _amounts(at: Values) -> tuple[str, ...]:
    base = at["communities"].partition(".")[0]
    every = LISTED["communities"].options(at)
    return tuple(one for one in every if one.partition(".")[0] == base)


def _zero_line() -> dict[str, Any]:
    line = {"color": "var(--st-text-color)", "width": 1, "dash": "dot"}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0, "line": line}


ALONG = Selection(
    name="along",
    title="Along",
    help="What is varied while everything else stays as set.",
    options=dials,
    words=lambda one, at: title_of(one, at),
    default=lambda at: "rows",
)
GAIN_CURVE = Part(
    name="gain_curve",
    title="The dial",
    question="At which settings is this way better for the people here?",
    by_measure=True,
    settings=settings,
    panel=panel,
    selections=(ALONG,),
)
