"""Whose model: how far each provider's model ranks the people here as their own answers do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.codebook_words import word
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.plan import possible
from tradeoffs.fronts.gains import Gain, gain, named
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.partnership import PRIVATE
from tradeoffs.report.remedies.community_gain import (
    CommunityGain,
    alone,
    amount,
    community_gain,
    level,
    places,
    report_people_of,
    span,
    trainings,
)
from tradeoffs.report.remedies.constant import CONSTANT, constant_trainings
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Panel, Picture, Tone
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.selection import Values
from tradeoffs.report.remedies.selections import LISTED, MEASURES
from tradeoffs.report.remedies.who_gains import HOLM, around, on_own_people
from tradeoffs.report.text import capital, number
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import Estimate, estimate

if TYPE_CHECKING:
    import pandas as pd

SLOPE = "recalibration_slope"
SPENT = "provider_epsilon_spent"
WAYS = ("as_is", "recalibration")
READING = (
    "A slope of 1 means that the provider's scores fit the people here as they are. Near 0 the "
    "scores say nothing about these people's labels, and below 0 they rank people in the reverse "
    "order: the provider's model answers a different question. The interval of a slope is over "
    "draws of people and, with a privacy budget, over its noise; each interval stands for one "
    "provider."
)
RANKED = {  # whether some rank people as their labels do, and some the other way round
    (True, True): (
        "The scores of {rightly} of {all} providers’ models rank the people of “{home}” in the "
        "order of their labels beyond chance, and those of {wrongly} in the reverse order."
    ),
    (True, False): (
        "The scores of {rightly} of {all} providers’ models rank the people of “{home}” in the "
        "order of their labels beyond chance, and those of none in the reverse order."
    ),
    (False, True): (
        "The scores of none of {all} providers’ models rank the people of “{home}” in the order "
        "of their labels beyond chance, and those of {wrongly} in the reverse order."
    ),
    (False, False): (
        "The scores of none of {all} providers’ models rank the people of “{home}” in the order "
        "of their labels beyond chance, and those of none in the reverse order."
    ),
}
BELOW = (
    "Used as they are, {below} of these {all} models {below:|is|are} less accurate than the same "
    "prediction for everybody (the baseline). With Holm's correction over all of them, this is "
    "beyond chance for: {names}."
)
FOR_HOME_ALONE = ("others", "turned")  # providers who are other people for each home


@dataclass(frozen=True, kw_only=True, slots=True)
class ProvidedModel:
    """What a provider's model is worth to home.

    Attributes:
        name: of the provider, as the address writes it.
        words: for people.
        as_is: the model as it is, against training alone.
        recalibrated: the same with slope and intercept of home's people.
        slope: of that recalibration; None while it is not there.
        over_constant: the model as it is, against one answer for everybody at home; None while it
            is not there.
        spent: epsilon of the provider's own people; None where they are promised nothing.
    """

    name: str
    words: str
    as_is: CommunityGain
    recalibrated: CommunityGain
    slope: Estimate | None
    over_constant: Gain | None = None
    spent: float | None = None

    @property
    def tone(self) -> Tone:
        """Whether it ranks home's people as their answers do, the other way round, or unknown."""
        if self.slope is None or self.slope.interval is None:
            return ""
        low, high = self.slope.interval
        return "better" if low > 0 else "worse" if high < 0 else "alike"


def providers(look: Look) -> list[str]:
    """Return the providers that home can turn to, the chosen one first."""
    chosen = look.here.provider
    every = [
        name
        for name in LISTED["provider"].options(_recalibrating(look))
        if possible(_setting(look, name, "recalibration"))
    ]
    return sorted(every, key=lambda name: name != chosen)


def _recalibrating(look: Look) -> Values:
    """Return what is chosen, with the way by which models are compared."""
    return {**look.values, "remedy": "recalibration"}


def _setting(look: Look, provider: str, way: str) -> Scenario:
    """Return home's setting with a provider's model; nobody else takes part."""
    here = look.here
    return here.but(
        remedy=way,
        dial=None,
        provider=provider,
        members=(here.home,),
        own_epsilon=[own for own in here.own_epsilon if own[0] == here.home],
    )


def settings(look: Look) -> list[Scenario]:
    """Return training alone, and both ways with each provider."""
    every = [_setting(look, name, way) for name in providers(look) for way in WAYS]
    return list(dict.fromkeys(one for setting in every for one in (alone(setting), setting)))


def panel(look: Look, job: Job) -> Panel:
    """Return what is known of each provider's model."""
    found = [_provided(look, job, name) for name in providers(look)]
    return Panel(
        heading=headline(found, word(look.here.home)),
        picture=picture(found, look.values["measure"]),
        sentences=[
            one
            for one in (below_constant(found), *map(sentence, found), *map(promise, found))
            if one
        ],
        table=grid(found),
        notes=[
            translate(READING),
            translate(HOLM),
        ],
        numbers=lambda: numbers(found),
    )


def _provided(look: Look, job: Job, name: str) -> ProvidedModel:
    home = next(one for one in places(look.here) if one.name == look.here.home)
    measure = look.values["measure"]
    as_is, recalibrated = (
        community_gain(job, _setting(look, name, way), home, measure) for way in WAYS
    )
    trained = job.results_of(_setting(look, name, "recalibration"))
    told = [one.measurement.training_numbers for one in trained]
    slopes = np.array([one[SLOPE] for one in told if SLOPE in one])
    errors = [one[f"{SLOPE}_error"] for one in told if f"{SLOPE}_error" in one]
    # What one draw of people leaves open; under a promise their spread tells it, with the noise.
    error = float(np.mean(errors) if errors else slopes.std(ddof=1) if len(slopes) > 1 else 0.0)
    return ProvidedModel(
        name=name,
        words=LISTED["provider"].words(name, _recalibrating(look)),
        as_is=as_is,
        recalibrated=recalibrated,
        slope=estimate(slopes, error) if len(slopes) else None,
        over_constant=_over_constant(look, job, name),
        spent=next((one[SPENT] for one in told if SPENT in one), None),
    )


def _over_constant(look: Look, job: Job, name: str) -> Gain | None:
    found = trainings(job, _setting(look, name, "as_is"))
    people = report_people_of(look.here, look.here.home)
    try:
        return gain(constant_trainings(people, found), found, people, name)
    except NotMeasurable:
        return None


def headline(found: Sequence[ProvidedModel], home: str) -> str:
    """Return how many providers' scores rank home's people rightly, in a sentence."""
    known = [one for one in found if one.tone]
    if len(known) < max(2, len(found)):  # some are not there yet, or there is nothing to count
        return ""
    rightly, wrongly, unknown = (
        sum(one.tone == tone for one in known) for tone in ("better", "worse", "alike")
    )
    counts = {"rightly": rightly, "wrongly": wrongly, "all": len(known)}
    told = say(RANKED[rightly > 0, wrongly > 0], home=home, **counts)
    if not unknown:
        return told
    rest = say("The order of the other {count} cannot be told apart from chance.", count=unknown)
    return f"{told} {rest}"


def below_constant(found: Sequence[ProvidedModel]) -> str:
    """Return which models are worse, as they are, than one answer for everybody; "" if none is.

    Those are named that can be told when all are looked at together.
    """
    known = [one.over_constant for one in found if one.over_constant]
    below = [one for one in known if one.accuracy.mean < 0]
    if not below or len(known) < len(found):
        return ""
    words = {one.name: one.words for one in found}
    sure = [one for one in named(known) if one in below]
    told = semicolon_text(f"{words[one.community]} ({amount(one.accuracy)})" for one in sure)
    return say(BELOW, below=len(below), all=len(known), names=told or say("none"))


def sentence(one: ProvidedModel) -> str:
    """Return what is told of a provider whose scores do not rank home's people; "" of another."""
    if one.slope is None or one.tone not in ("worse", "alike"):
        return ""
    values = {"provider": capital(one.words), "slope": _told(one.slope.mean)}
    values["interval"] = _span(one.slope)
    if one.tone == "worse":
        return say(
            "{provider}: the slope is {slope} ({interval}), so its scores rank the people here in "
            "the reverse order.",
            **values,
        )
    return say(
        "{provider}: the slope is {slope} ({interval}), so its order of the people here cannot be "
        "told apart from chance.",
        **values,
    )


def promise(one: ProvidedModel) -> str:
    """Return what the provider's own people are promised; "" where it is nothing."""
    if one.spent is None:
        return ""
    told = say(
        "{provider}: training the model spends an epsilon of {spent} of its people's privacy "
        "budget; using or adapting it spends nothing more.",
        provider=capital(one.words),
        spent=number(one.spent),
    )
    if one.name.removeprefix(PRIVATE) not in FOR_HOME_ALONE:
        return told
    separate = say(
        "Each community's “others” are different people, so a model for another community is a "
        "separate release, which this figure does not include."
    )
    return f"{told} {separate}"


def picture(found: Sequence[ProvidedModel], measure: str) -> Picture:
    """Return a row a provider: its model as it is, and recalibrated, on the scale of a measure."""
    every = [gain for one in found for gain in (one.as_is, one.recalibrated)]
    seen = [v for one in every for v in (one.other, *around(one)) if v is not None]
    some = next((one for one in every if one.alone is not None), None)
    base = [(some.alone, say("alone")), (some.constant, translate(CONSTANT))] if some else []
    references = [(value, text) for value, text in base if value is not None]
    return Picture(
        title=on_own_people(measure, say("people")),
        columns=(say("Provider"), translate(MEASURES[measure]), say("Slope")),
        lines=[_line(one) for one in found],
        ticks=ticks([*seen, *(value for value, _ in references)], measure),
        references=references,
        legend=[
            ("before", say("the model as it is")),
            ("after", say("recalibrated")),
            ("bar", say("95 % interval of the difference from alone")),
        ],
    )


def _line(one: ProvidedModel) -> Line:
    before, after = one.as_is.other, one.recalibrated.other
    if before is None or after is None or one.slope is None:
        return Line(name=one.words, detail=one.recalibrated.reason or one.as_is.reason)
    start, end = around(one.as_is)
    low, high = around(one.recalibrated)
    measure = one.as_is.measure
    told = say("as it is {level}", level=level(before, measure))
    told_after = say("recalibrated {level}", level=level(after, measure))
    marks = [
        Mark(at=before, low=start, high=end, text=told, kind="before"),
        Mark(at=after, low=low, high=high, text=told_after),
    ]
    value, detail = _told(one.slope.mean), _span(one.slope)
    return Line(name=one.words, marks=marks, value=value, detail=detail, tone=one.tone)


def _told(slope: float) -> str:
    return localise(f"{slope + 0.0:.2f}").replace("-", "−")


def _span(slope: Estimate) -> str:
    if slope.interval is None:
        return say("one seed so far")
    low, high = slope.interval
    return say("{low} to {high}", low=_told(low), high=_told(high))


def grid(found: Sequence[ProvidedModel]) -> Grid:
    """Return the numbers as a table of texts."""
    rows = []
    for one in found:
        gains = [
            text
            for gain in (one.as_is, one.recalibrated)
            for text in (
                (amount(gain.difference), span(gain.difference))
                if gain.difference
                else (gain.reason, "–")
            )
        ]
        slope = (_told(one.slope.mean), _span(one.slope)) if one.slope else ("–", "–")
        rows.append((one.words, *gains, *slope))
    interval = say("95 % interval")
    columns = (
        say("Provider"),
        say("Gain as it is"),
        interval,
        say("Gain recalibrated"),
        interval,
        say("Slope"),
        interval,
    )
    return Grid(caption=say("Whose model"), columns=columns, rows=rows)


def numbers(found: Sequence[ProvidedModel]) -> "pd.DataFrame":
    """Return one row a provider: what both ways give, and the slope with its interval."""
    import pandas as pd

    return pd.DataFrame(
        {
            "provider": one.name,
            "alone": one.as_is.alone,
            "as_is": one.as_is.other,
            "recalibrated": one.recalibrated.other,
            "slope": one.slope.mean if one.slope else None,
            "slope_low": one.slope.interval[0] if one.slope and one.slope.interval else None,
            "slope_high": one.slope.interval[1] if one.slope and one.slope.interval else None,
        }
        for one in found
    )


WHOSE_MODEL = Part(
    name="whose_model",
    title="Whose model",
    question=(
        "Whose model could be used here, and does it rank the people here in the order of their "
        "labels?"
    ),
    settings=settings,
    panel=panel,
)
