"""Who gains: what a way gives each community over training alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tradeoffs.data.codebook_words import word
from tradeoffs.fronts.differences import Difference
from tradeoffs.fronts.gains import Gain, count, mean_gain, named
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.community_gain import (
    CommunityGain,
    alone,
    amount,
    community_gain,
    impossible,
    level,
    places,
    span,
    with_span,
)
from tradeoffs.report.remedies.constant import CONSTANT
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Panel, Picture
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.selections import MEASURES
from tradeoffs.report.text import capital
from tradeoffs.report.titles import PEOPLE, units
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

BAR = "95 % interval of the difference, over seeds and test people"

ROUNDING = 1e-6  # of a stored figure in single precision; one person changes accuracy by far more
HOLM = (
    "With Holm's correction each comparison has to meet a stricter level, so that at most "
    "one in twenty such pictures names a community by chance alone."
)
COUNTED = {  # whether some communities gain, and some lose
    (True, True): (
        "{begin}, {better} of the {all} communities {better:|gains|gain} over training alone and "
        "{worse} {worse:|loses|lose}."
    ),
    (True, False): (
        "{begin}, {better} of the {all} communities {better:|gains|gain} over training alone and "
        "none loses."
    ),
    (False, True): (
        "{begin}, none of the {all} communities gains over training alone and {worse} "
        "{worse:|loses|lose}."
    ),
    (False, False): (
        "{begin}, none of the {all} communities gains over training alone and none loses."
    ),
}
BELOW = {  # whether the baseline is better somewhere than training alone, and than the way
    (True, True): (
        "By means over seeds, the same prediction for everybody (the baseline) is better than "
        "training alone in {before} of the {all} communities, and better than this way in {after}."
    ),
    (True, False): (
        "By means over seeds, the same prediction for everybody (the baseline) is better than "
        "training alone in {before} of the {all} communities, and better than this way in none."
    ),
    (False, True): (
        "By means over seeds, the same prediction for everybody (the baseline) is better than "
        "training alone in none of the {all} communities, and better than this way in {after}."
    ),
}
READING = {  # by the measure
    "accuracy": (
        "Each row is a community; those with the fewest people in training come first, then the "
        "smallest. Where the bar does not reach the hollow mark (a gain of 0), the difference can "
        "be told apart from zero. Each interval stands for its own community: of twenty "
        "communities that gain nothing, about one would seem to gain or lose."
    ),
    "log_loss": (
        "Each row is a community; those with the fewest people in training come first, then the "
        "smallest. Log-loss is smaller further to the right. Where the bar does not reach the "
        "hollow mark (a gain of 0), the difference can be told apart from zero. Each interval "
        "stands for its own community: of twenty communities that gain nothing, about one would "
        "seem to gain or lose."
    ),
}

BASE = "Every other way is compared with training alone: choose another way."


def settings(look: Look) -> list[Scenario]:
    """Return the way and training alone for each community that can have them, home first."""
    every = [one.name for one in places(look.here) if one.measurable]
    near = sorted(every, key=lambda name: name != look.here.home)
    homes = [look.here.but(home=name) for name in near]
    return [one for at_home in homes if not impossible(at_home) for one in pair(at_home)]


def pair(at_home: Scenario) -> list[Scenario]:
    """Return training alone, and the way, at one home."""
    return list(dict.fromkeys((alone(at_home), at_home)))


def gains(look: Look, job: Job) -> list[CommunityGain]:
    """Return what the way gives each community, those with the fewest people first."""
    measure = look.values["measure"]
    found = [community_gain(job, look.here, one, measure) for one in places(look.here)]
    size = {one.name: one.train for one in places(look.here)}
    return sorted(found, key=lambda one: (one.rows, size[one.name]))


def panel(look: Look, job: Job) -> Panel:
    """Return who gains, of what has arrived."""
    found, way = gains(look, job), REMEDIES[look.here.remedy].title
    known = [one.gain for one in found if one.gain]
    return Panel(
        heading=first_sentence(look, known),
        picture=picture(found, way, look.here.home, units(look.here.dataset)),
        sentences=sentences(look, found),
        table=grid(found, way),
        notes=[translate(READING[look.values["measure"]]), translate(HOLM)],
        numbers=lambda: numbers(found),
    )


def first_sentence(look: Look, known: Sequence[Gain]) -> str:
    """Return who gains, in a sentence, or that the models are those of training alone."""
    if look.here.remedy == "alone":
        return translate(BASE)
    if is_alone(look.here):
        return same_sentence(look.here)
    way = REMEDIES[look.here.remedy].title
    return headline(known, say("With “{way}”", way=way), look.values["measure"])


def headline(known: Sequence[Gain], begin: str, measure: str = "accuracy") -> str:
    """Return how many gain, lose, and cannot be told, in a sentence.

    Names are not told: of many communities one in twenty seems to gain by chance.

    Args:
        known: gains of all that are measured.
        begin: of the sentence, which says by which way.
        measure: accuracy or log_loss.
    """
    if not known:
        return ""
    better, worse, alike = count(known, measure)
    counts = {"better": better, "worse": worse, "all": len(known)}
    told = say(COUNTED[better > 0, worse > 0], begin=begin, **counts)
    if not alike:
        return told
    return f"{told} {say('For {alike}, the two cannot be told apart.', alike=alike)}"


def sentences(look: Look, found: Sequence[CommunityGain]) -> list[str]:
    """Return what home gains, the others on average, who stands out, and who is below a constant.

    Before that, which other way this one is at the value of its dial.  While some are missing,
    nothing else is said but what home gains.  Of the models of training alone nothing is said.
    """
    if is_alone(look.here):
        return []
    told = [same_sentence(look.here)]
    told += [home_sentence(one) for one in found if one.name == look.here.home]
    if not any(one.waits for one in found):
        told += [
            others_sentence([one for one in found if one.name != look.here.home]),
            named_sentence([one.gain for one in found if one.gain], look.values["measure"]),
            constant_sentence(found),
        ]
    return [one for one in told if one]


def same_sentence(here: Scenario) -> str:
    """Return which other way this one is at the value of its dial, in a sentence; "" if none."""
    way, dial = REMEDIES[here.remedy], REMEDIES[here.remedy].dial
    if dial is None or not _at_identity(here):
        return ""
    if here.mechanism == "none":
        other = REMEDIES[dial.same_as].title
        return say(
            "At this position of its slider, “{way}” gives the same models as “{other}”.",
            way=way.title,
            other=other,
        )
    if dial.same_as == "alone":
        return say(
            "At this position of its slider, “{way}” is training alone, with different noise.",
            way=way.title,
        )
    return ""


def is_alone(here: Scenario) -> bool:
    """Whether the value of its dial makes the models of a way those of training alone."""
    dial = REMEDIES[here.remedy].dial
    return (
        _at_identity(here) and here.mechanism == "none" and bool(dial and dial.same_as == "alone")
    )


def _at_identity(here: Scenario) -> bool:
    dial = REMEDIES[here.remedy].dial
    if dial is None or dial.identity is None:
        return False
    return (dial.default if here.dial is None else here.dial) == dial.identity


def others_sentence(others: Sequence[CommunityGain]) -> str:
    """Return what the others gain on average, in a sentence; "" where there are none."""
    known = [one.gain for one in others if one.gain]
    if len(known) < 2:
        return ""
    measure = others[0].measure
    mean: Difference = getattr(mean_gain(known), measure)
    values = {"others": len(known), "change": with_span(mean)}
    if not mean.distinguishable:
        return say(
            "The mean change of the other {others} communities is {change}, which cannot be told "
            "apart from zero.",
            **values,
        )
    return say("The mean change of the other {others} communities is {change}.", **values)


def named_sentence(known: Sequence[Gain], measure: str) -> str:
    """Return who is told to gain or lose where all comparisons are looked at together (Holm)."""
    if len(known) < 2:
        return ""
    sure = sorted(named(known, measure), key=lambda one: one.in_measure(measure).mean)
    if not sure:
        return say(
            "With Holm's correction over all {all} comparisons, no single community gains or "
            "loses beyond chance.",
            all=len(known),
        )
    names = ", ".join(f"{word(one.community)} ({amount(one.in_measure(measure))})" for one in sure)
    return say(
        "With Holm's correction over all {all} comparisons, these communities gain or lose beyond "
        "chance: {names}.",
        all=len(known),
        names=names,
    )


def constant_sentence(found: Sequence[CommunityGain]) -> str:
    """Return how many are better served by one answer for everybody, in a sentence."""
    both = [(one.alone, one.other, one) for one in found if one.difference]
    worse = [sum(_below(v[k], v[2]) for v in both) for k in (0, 1)]
    if not both or not any(worse):
        return ""
    before, after = worse
    return say(BELOW[before > 0, after > 0], before=before, after=after, all=len(both))


def _below(value: object, one: CommunityGain) -> bool:
    if not isinstance(value, float):
        return False
    better = one.constant - value if one.measure == "accuracy" else value - one.constant
    return better > ROUNDING


def home_sentence(one: CommunityGain) -> str:
    """Return what a community gains, in a sentence; "" where nothing is there."""
    if one.difference is None or one.alone is None or one.other is None:
        return ""
    values = {
        "home": capital(word(one.name)),
        "alone": level(one.alone, one.measure),
        "way": level(one.other, one.measure),
        "change": with_span(one.difference),
    }
    if one.tone == "alike":
        return say(
            "{home}: {alone} alone, {way} with this way. The difference of {change} cannot be told "
            "apart from zero.",
            **values,
        )
    return say("{home}: {alone} alone, {way} with this way, a difference of {change}.", **values)


def picture(found: Sequence[CommunityGain], way: str, home: str, unit: str = PEOPLE) -> Picture:
    """Return a row a community: alone, and by the way, with the interval of the difference.

    Args:
        found: a row each.
        way: title of the way.
        home: whose row stands out.
        unit: what is counted.
    """
    measure = found[0].measure if found else "accuracy"
    seen = [value for one in found for value in _values(one)]
    return Picture(
        title=on_own_people(measure, translate(unit)),
        columns=(say("Community"), translate(MEASURES[measure]), say("Gain over alone")),
        lines=[_line(one, one.name == home, unit) for one in found],
        ticks=ticks(seen, measure),
        legend=[
            ("before", say("alone")),
            ("after", way),
            ("bar", translate(BAR)),
            ("other", translate(CONSTANT)),
        ],
    )


def on_own_people(measure: str, unit: str) -> str:
    """Return what a picture's scale measures, and on whom.

    Args:
        measure: accuracy or log_loss.
        unit: what is counted, in the language of the run.
    """
    return say(
        "{measure} on the community's own test {unit}",
        measure=translate(MEASURES[measure]),
        unit=unit,
    )


def grid(found: Sequence[CommunityGain], way: str) -> Grid:
    """Return the numbers as a table of texts."""
    rows = [
        (
            word(one.name),
            localise(f"{one.rows:,}"),
            level(one.alone, one.measure) if one.alone is not None else one.reason,
            level(one.other, one.measure) if one.other is not None else one.reason,
            *((amount(one.difference), span(one.difference)) if one.difference else ("–", "–")),
        )
        for one in found
    ]
    columns = (
        say("Community"),
        say("People in training"),
        say("Alone"),
        capital(way),
        say("Gain"),
        say("95 % interval"),
    )
    return Grid(caption=say("Who gains"), columns=columns, rows=rows)


def numbers(found: Sequence[CommunityGain]) -> "pd.DataFrame":
    """Return one row a community: its people, both levels, the gain and its interval."""
    import pandas as pd

    return pd.DataFrame(
        {
            "community": one.name,
            "rows": one.rows,
            "measure": one.measure,
            "alone": one.alone,
            "way": one.other,
            "gain": one.difference.mean if one.difference else None,
            "gain_low": _end(one, 0),
            "gain_high": _end(one, 1),
            "reason": one.reason,
        }
        for one in found
    )


def _line(one: CommunityGain, home: bool, unit: str) -> Line:
    people = say("{rows:,} {unit}", rows=one.rows, unit=translate(unit))
    if one.difference is None or one.alone is None or one.other is None:
        return Line(name=word(one.name), note=people, detail=one.reason, home=home)
    low, high = around(one)
    before = say("alone {level}", level=level(one.alone, one.measure))
    after = say("with this way {level}", level=level(one.other, one.measure))
    base = f"{translate(CONSTANT)} {level(one.constant, one.measure)}"
    marks = [
        Mark(at=one.constant, text=base, kind="other"),
        Mark(at=one.alone, text=before, kind="before"),
        Mark(at=one.other, low=low, high=high, text=after),
    ]
    told = amount(one.difference), span(one.difference)
    return Line(
        name=word(one.name),
        note=people,
        marks=marks,
        value=told[0],
        detail=told[1],
        tone=one.tone,
        home=home,
    )


def _values(one: CommunityGain) -> list[float]:
    every = (one.alone, one.other, *around(one))
    there = [value for value in every if value is not None]
    return [one.constant, *there] if there else []


def around(one: CommunityGain) -> tuple[float | None, float | None]:
    """Return where alone and the ends of the gain's interval lead on the scale of the measure."""
    if one.difference is None or one.difference.interval is None or one.alone is None:
        return None, None
    better = 1 if one.measure == "accuracy" else -1
    low, high = (one.alone + better * end for end in one.difference.interval)
    return low, high


def _end(one: CommunityGain, end: int) -> float | None:
    found = one.difference
    return found.interval[end] if found and found.interval else None


WHO_GAINS = Part(
    name="who_gains",
    title="Who gains",
    question="Which communities gain from this way, and which lose?",
    by_measure=True,
    settings=settings,
    panel=panel,
)
