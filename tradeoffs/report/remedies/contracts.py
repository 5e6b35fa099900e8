"""Contracts: what each who takes part gives and gains, and what becomes of it when one leaves."""

from collections.abc import Mapping, Sequence

from tradeoffs.data.codebook_words import word, words
from tradeoffs.fronts.gain_shares import gain_shares, unanimous
from tradeoffs.fronts.gains import Gain, named
from tradeoffs.jobs.job import Job
from tradeoffs.language.notation import list_text, percent_text, semicolon_text
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.report.remedies.coalitions import (
    MOST_MEMBERS,
    changes,
    everybody,
    gains_of,
    left_out,
    mean_change,
    pairs,
)
from tradeoffs.report.remedies.coalitions import settings as coalition_settings
from tradeoffs.report.remedies.community_gain import people_of, places, with_span
from tradeoffs.report.remedies.contract_tables import (
    Member,
    coalition_grid,
    departure,
    departure_picture,
    exchange_grid,
    numbers,
    percent,
    picture,
)
from tradeoffs.report.remedies.panel import Panel
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.selection import Selection, Values
from tradeoffs.report.remedies.selections import members_of
from tradeoffs.report.remedies.who_gains import headline
from tradeoffs.report.text import capital
from tradeoffs.scenario import Scenario

NOBODY = "nobody"
BOUND = (
    "With “{way}” no community depends on another: each model depends on the community's own "
    "people and the provider's. Choose a way of sharing data or of training together."
)


def settings(look: Look) -> list[Scenario]:
    """Return everybody together first, then all but one, then home and one partner."""
    here = look.here
    if REMEDIES[here.remedy].independent:
        return []
    chosen = [everybody(here), *left_out(here, look.values["withdraws"]), *pairs(here)]
    return coalition_settings(here, chosen)


def panel(look: Look, job: Job) -> Panel:
    """Return who gives and who gains, of what has arrived."""
    here, measure, withdraws = look.here, look.values["measure"], look.values["withdraws"]
    remedy = REMEDIES[here.remedy]
    if remedy.independent:
        return Panel(heading=say(BOUND, way=remedy.title))
    found = members(look, job)
    if not found:
        return Panel(heading="")
    coalitions = {
        one.title: gains_of(job, here, one)
        for one in (everybody(here), *left_out(here, withdraws), *pairs(here))
    }
    leaver = next((one for one in found if one.name == withdraws and one.others), None)
    sure = stand(found, measure)
    begin = say("With “{way}”", way=remedy.title)
    return Panel(
        heading=departure_sentence(leaver, sure, measure)
        if leaver
        else headline([one.gain for one in found], begin, measure),
        picture=departure_picture(leaver, measure)
        if leaver
        else picture(found, measure, here.home),
        sentences=[
            one
            for one in (
                home_sentence(found, here.home),
                needed_sentence(found, sure, measure),
                coalition_sentence(coalitions, measure, job.active),
            )
            if one
        ],
        grids=[
            *([departure(leaver, measure, _names(leaver, sure))] if leaver else []),
            exchange_grid(found, measure),
            coalition_grid(coalitions, here.home, measure),
        ],
        notes=[
            *notes(look, len(found)),
            say(
                "Can a community withdraw from this way? {answer}.",
                answer=capital(remedy.control.withdraws),
            ),
        ],
        numbers=lambda: numbers(found, measure),
    )


def members(look: Look, job: Job) -> list[Member]:
    """Return who takes part, those with the fewest people first; [] until their gains are there."""
    here, measure = look.here, look.values["measure"]
    whole = everybody(here)
    gains = gains_of(job, here, whole)
    if not gains:
        return []
    rows = {one.name: people_of(here, one) for one in places(here)}
    total = sum(rows[name] for name in whole.members)
    shares = gain_shares(gains, measure) or [None] * len(gains)
    without = {
        one.without: changes(job, here, whole, one)
        for one in left_out(here, look.values["withdraws"])
    }
    found = [
        Member(
            name=gain.community,
            rows=rows[gain.community],
            given=rows[gain.community] / total,
            gain=gain,
            share=share,
            without=mean_change(without.get(gain.community, []), measure),
            others=without.get(gain.community, []),
        )
        for gain, share in zip(gains, shares, strict=True)
    ]
    return sorted(found, key=lambda one: one.rows)


def stand(found: Sequence[Member], measure: str) -> list[Gain]:
    """Return the changes by a departure that stand, all of them looked at together (Holm)."""
    return list(named([gain for one in found for gain in one.others], measure))


def _names(leaver: Member, sure: Sequence[Gain]) -> list[str]:
    """Return those of whom it can be told that they change when one leaves."""
    return [one.community for one in leaver.others if any(one is other for other in sure)]


def departure_sentence(leaver: Member, sure: Sequence[Gain], measure: str) -> str:
    """Return who loses and who gains when one leaves, in a sentence."""
    names = _names(leaver, sure)
    if not names:
        return say(
            "If {name} leaves, none of the other {others} communities gains or loses beyond "
            "chance.",
            name=word(leaver.name),
            others=len(leaver.others),
        )
    told = ", ".join(
        f"{word(one.community)} {with_span(one.in_measure(measure))}"
        for one in leaver.others
        if one.community in names
    )
    return say(
        "If {name} leaves, the change is beyond chance for {sure} of the other {others} "
        "communities: {told}.",
        name=word(leaver.name),
        sure=len(names),
        others=len(leaver.others),
        told=told,
    )


def home_sentence(found: Sequence[Member], home: str) -> str:
    """Return what home gives and has of the gains, in a sentence."""
    own = next((one for one in found if one.name == home), None)
    if own is None:
        return ""
    given = percent_text(f"{100 * own.given:.0f}")
    if own.share is None:
        return say(
            "{home} gives {given} of the people. The gain of all communities together cannot be "
            "told apart from zero, so shares of it are not measurable.",
            home=word(home),
            given=given,
        )
    return say(
        "{home} gives {given} of the people and gets {share} of the gains, where each community "
        "counts the same.",
        home=word(home),
        given=given,
        share=percent(own.share),
    )


def needed_sentence(found: Sequence[Member], sure: Sequence[Gain], measure: str) -> str:
    """Return whom somebody loses without, all comparisons looked at together."""
    count_of = sum(len(one.others) for one in found)
    if not all(one.others for one in found):
        return ""
    lost = [one for one in sure if one.in_measure(measure).mean < 0]
    needed = [one.name for one in found if any(g is other for g in one.others for other in lost)]
    if not needed:
        return say(
            "Of the {all} changes when one community leaves, none is a loss beyond chance (Holm's "
            "correction over all of them): as far as these models show, the others can do without "
            "any one of them.",
            all=count_of,
        )
    return say(
        "Of the {all} changes when one community leaves, {lost} are losses beyond chance (Holm's "
        "correction over all of them): when {names} leaves.",
        all=count_of,
        lost=len(lost),
        names=list_text(words(needed), "or"),
    )


def coalition_sentence(found: Mapping[str, Sequence[Gain]], measure: str, waiting: bool) -> str:
    """Return the coalitions of which all members can be told to gain, in a sentence."""
    if waiting or not all(found.values()):
        return ""
    names = unanimous(found, measure)
    if not names:
        return say(
            "In none of the {all} coalitions does every member gain beyond chance (Holm's "
            "correction over all comparisons).",
            all=len(found),
        )
    return say(
        "Every member gains beyond chance in {some} of the {all} coalitions (Holm's correction "
        "over all comparisons): {names}.",
        some=len(names),
        all=len(found),
        names=semicolon_text(names),
    )


def notes(look: Look, size: int) -> list[str]:
    """Return how the numbers are to be read."""
    found = [
        say(
            "Each row is a community that takes part. Its gain is measured on its own test "
            "people, against the model that it trains alone. When one community leaves, the "
            "others' model is trained again without it; a change below 0 is a loss."
        )
    ]
    if look.values["withdraws"] != NOBODY:
        found.append(
            say(
                "Whether a change is beyond chance is tested for all departures together (Holm's "
                "correction): judged by its own interval alone, one in twenty changes that are "
                "zero would seem not to be."
            )
        )
    if size > MOST_MEMBERS and look.values["withdraws"] == NOBODY:
        found.append(
            say(
                "With more than {most} communities, they are not left out one by one; choose the "
                "one that withdraws.",
                most=MOST_MEMBERS,
            )
        )
    return found


def _who(at: Values) -> tuple[str, ...]:
    every = members_of(at["dataset"], at["label"], at["communities"])
    chosen = [part for part in at.get("members", "").split("+") if part]
    names = [one.name for one in every if one.measurable]
    return (NOBODY, *(name for name in names if not chosen or name in chosen))


WITHDRAWS = Selection(
    name="withdraws",
    title="Who withdraws",
    help="The community that leaves: the others' model is trained again without its people.",
    options=_who,
    words=lambda one, at: translate(NOBODY) if one == NOBODY else word(one),
    default=lambda at: NOBODY,
)
CONTRACTS = Part(
    name="contracts",
    title="Contracts",
    question="Who gives how much, who gains, and what happens if one leaves?",
    settings=settings,
    panel=panel,
    by_measure=True,
    selections=(WITHDRAWS,),
)
