"""Whose decisions: whom a way decides otherwise than before, and who is right less often by it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from tradeoffs.data.codebook_words import word
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.participants import exchange
from tradeoffs.fronts.decision_changes import (
    EVERYONE,
    DecisionChange,
    decision_changes,
    named_changes,
)
from tradeoffs.fronts.differences import Difference
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import localise, percent_text, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.collaboration.alone import ALONE
from tradeoffs.report.remedies.community_gain import (
    alone,
    amount,
    report_people_of,
    span,
    tone,
    trainings,
)
from tradeoffs.report.remedies.panel import Card, Grid, Line, Mark, Panel, Picture
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.scale import difference_ticks
from tradeoffs.report.resource_quantities import size
from tradeoffs.report.text import capital, percent, points
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

BAR = "95 % interval, over seeds and test people"
FEW = "too few people"
Changes = Literal["accuracy", "selected"]  # what happens to people more or less often
NONE: dict[Changes, str] = {
    "accuracy": (
        "Of {groups} groups, none is decided correctly more or less often than by “{former}”, "
        "beyond chance."
    ),
    "selected": (
        "Of {groups} groups, none is selected more or less often than by “{former}”, beyond chance."
    ),
}
SOME: dict[Changes, str] = {
    "accuracy": (
        "Of {groups} groups, {apart} {apart:|is|are} decided correctly more or less often than by "
        "“{former}”, beyond chance: {told}."
    ),
    "selected": (
        "Of {groups} groups, {apart} {apart:|is|are} selected more or less often than by "
        "“{former}”, beyond chance: {told}."
    ),
}
READING = (
    "Each row is a group of the chosen attribute. The share of people decided differently is "
    "never below 0, so it says little that its interval excludes 0; the column on the right "
    "shows whether accuracy in the group is higher than with “{former}”. The sentences test "
    "all groups together (Holm's correction): judged by its own interval alone, one in "
    "twenty groups without a change would seem to change."
)


def settings(look: Look) -> list[Scenario]:
    """Return what home's decisions are compared with, and the way."""
    return list(dict.fromkeys((reference(look.here), look.here)))


def reference(setting: Scenario) -> Scenario:
    """Return what somebody else's model is before the way changes it, else training alone."""
    dial = REMEDIES[setting.remedy].dial
    former = REMEDIES[dial.same_as] if dial and dial.same_as else ALONE
    if former.needs_provider:
        return setting.but(remedy=former.name, dial=None)
    return alone(setting)


def panel(look: Look, job: Job) -> Panel:
    """Return whose decisions change, of what has arrived."""
    here, before = look.here, reference(look.here)
    people = report_people_of(here, here.home)
    try:
        found = decision_changes(
            trainings(job, before), trainings(job, here), people, here.protected
        )
    except NotMeasurable as refusal:
        return Panel(heading="" if job.active else str(refusal))
    way, former = REMEDIES[here.remedy].title, REMEDIES[before.remedy].title
    return Panel(
        heading=headline(found[0], capital(way), former, word(here.home)),
        cards=sizes(here, before, former),
        picture=picture(found, former),
        sentences=sentences(found[1:], former),
        table=grid(found),
        notes=[say(READING, former=former)],
        numbers=lambda: numbers(found),
    )


def sizes(here: Scenario, before: Scenario, former: str) -> list[Card]:
    """Return how large the model is that home fetches once; nothing where more is exchanged."""
    moved = [REMEDIES[one.remedy].traffic(exchange(one)) for one in (here, before)]
    if any(one.up or one.rounds != 1 for one in moved):
        return []
    now, was = (one.down for one in moved)
    return [
        Card(
            title=say("Size of the model"),
            value=size(now),
            detail=say(
                "{share} of the {size} of “{former}”",
                share=percent_text(f"{100 * now / was:.0f}"),
                size=size(was),
                former=former,
            ),
            text=say("What is downloaded once and kept for decisions."),
        )
    ]


def headline(everyone: DecisionChange, way: str, former: str, home: str) -> str:
    """Return how many of home's test people are decided otherwise, in a sentence."""
    if everyone.flips is None:
        return say(
            "{home} has {people} test people: too few to measure whose decisions change.",
            home=home,
            people=everyone.people,
        )
    values = {"way": capital(way), "former": former, "home": home}
    if not everyone.flips.mean:
        return say("“{way}” decides all test people of {home} as “{former}” does.", **values)
    return say(
        "“{way}” decides {share} of the test people of {home} differently from “{former}” "
        "({interval}).",
        share=share(everyone.flips.mean),
        interval=ends(everyone.flips),
        **values,
    )


def sentences(groups: Sequence[DecisionChange], former: str) -> list[str]:
    """Return of which groups it can be told who is right, and how often who is selected."""
    if not any(one.measurable for one in groups):
        return [say("No group has enough test people to be measured by itself.")]
    found = [_told_apart(groups, change, former) for change in NONE]
    few = ", ".join(f"{_called(one)} ({one.people})" for one in groups if not one.measurable)
    if few:
        found.append(say("Too few test people to be measured: {groups}.", groups=few))
    return found


def _told_apart(groups: Sequence[DecisionChange], change: Changes, former: str) -> str:
    """Return which groups change and by how much, in a sentence."""
    known = sum(one.measurable for one in groups)
    apart = named_changes(groups, change)
    if not apart:
        return say(NONE[change], groups=known, former=former)
    told = semicolon_text(f"{_called(one)} {_told(getattr(one, change))}" for one in apart)
    return say(SOME[change], groups=known, apart=len(apart), former=former, told=told)


def picture(found: Sequence[DecisionChange], former: str) -> Picture:
    """Return a row a group: the share decided otherwise, and how many more are selected."""
    seen = [end for one in found if one.flips for end in (0.0, *_reach(one.flips))]
    seen += [one.selected.mean for one in found if one.selected]
    return Picture(
        title=say(
            "Test people decided differently than by “{former}”, in % of the group", former=former
        ),
        columns=(
            say("Group"),
            say("Decided differently, and selected more often"),
            say("Accuracy"),
        ),
        lines=[_line(one) for one in found],
        ticks=difference_ticks(seen, "accuracy"),
        references=[(0.0, say("as by “{former}”", former=former))],
        legend=[
            ("after", say("decided differently")),
            ("bar", translate(BAR)),
            ("other", say("selected more often; below 0 less often")),
        ],
    )


def grid(found: Sequence[DecisionChange]) -> Grid:
    """Return the numbers as a table of texts."""
    rows = [
        (
            _called(one),
            localise(f"{one.people:,}"),
            *(_told(one.flips), _told(one.selected), _told(one.accuracy)),
        )
        for one in found
    ]
    columns = (
        say("Group"),
        say("Test people"),
        say("Decided differently"),
        say("Selected"),
        say("Decided rightly"),
    )
    return Grid(caption=say("Whose decisions change"), columns=columns, rows=rows)


def numbers(found: Sequence[DecisionChange]) -> "pd.DataFrame":
    """Return one row a group, with each change and its interval; empty where not measurable."""
    import pandas as pd

    return pd.DataFrame(
        {"group": one.group, "people": one.people}
        | _columns("flips", one.flips)
        | _columns("selected", one.selected)
        | _columns("accuracy", one.accuracy)
        for one in found
    )


def share(value: float) -> str:
    """Return a share in words."""
    return percent(value)


def ends(found: Difference) -> str:
    """Return the interval of a share in words."""
    if found.interval is None:
        return say("one seed so far")
    low, high = _reach(found)
    return say("95 % interval {low} to {high}", low=share(low), high=share(high))


def _reach(found: Difference) -> tuple[float, float]:
    """Return where the bar of a share begins and ends: no share is below 0."""
    low, high = found.interval or (found.mean, found.mean)
    return max(low, 0.0), high


def _called(one: DecisionChange) -> str:
    return translate(EVERYONE) if one.group == EVERYONE else word(one.group)


def _line(one: DecisionChange) -> Line:
    people = say("{people:,} test people", people=one.people)
    if one.flips is None or one.accuracy is None:
        return Line(name=_called(one), note=people, detail=translate(FEW))
    marks = [_otherwise(one.flips), *([_selected(one.selected)] if one.selected else [])]
    return Line(
        name=_called(one),
        note=people,
        marks=marks,
        value=amount(one.accuracy),
        detail=span(one.accuracy),
        tone=tone(one.accuracy),
        home=one.group == EVERYONE,
    )


def _otherwise(flips: Difference) -> Mark:
    low, high = _reach(flips)
    return Mark(
        at=flips.mean,
        low=low,
        high=high,
        text=say("{share} decided differently", share=share(flips.mean)),
    )


def _selected(change: Difference) -> Mark:
    return Mark(at=change.mean, kind="other", text=say("selected {change}", change=_told(change)))


def _told(found: Difference | None) -> str:
    if found is None:
        return translate(FEW)
    return f"{points(found.mean)} ({span(replace(found, column='accuracy'))})"


def _columns(name: str, found: Difference | None) -> dict[str, float | None]:
    low, high = (found.interval if found else None) or (None, None)
    return {name: found.mean if found else None, f"{name}_low": low, f"{name}_high": high}


WHOSE_DECISIONS = Part(
    name="whose_decisions",
    title="Whose decisions change",
    question="Whose decisions does this way change, and for which groups is accuracy lower?",
    settings=settings,
    panel=panel,
)
