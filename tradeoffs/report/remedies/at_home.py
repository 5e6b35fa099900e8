"""At home: what every way of the catalogue brings to one's own people, beside training alone."""

from collections.abc import Sequence
from dataclasses import replace

from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.job import Job
from tradeoffs.language.translation import say, translate
from tradeoffs.remedies.catalogue import REMEDIES
from tradeoffs.remedies.remedy import section_title
from tradeoffs.report.remedies.community_gain import (
    CommunityGain,
    alone,
    amount,
    community_gain,
    level,
    places,
    span,
)
from tradeoffs.report.remedies.constant import CONSTANT
from tradeoffs.report.remedies.panel import Grid, Line, Mark, Panel, Picture
from tradeoffs.report.remedies.part import Look, Part
from tradeoffs.report.remedies.purse_selection import beyond_budget, budget_notes
from tradeoffs.report.remedies.refusal import refusal_sentence
from tradeoffs.report.remedies.scale import ticks
from tradeoffs.report.remedies.selections import MEASURES, words_of_way
from tradeoffs.report.remedies.who_gains import BAR, around, numbers, on_own_people
from tradeoffs.scenario import Scenario

READING = (
    "Each row is one way, with its default setting; the chosen way has the setting of its slider. "
    "Where the bar does not reach the line of training alone, the difference can be told apart "
    "from zero. Of twenty ways that change nothing, about one would seem to change something."
)
COUNTED = {  # whether some ways are better, and some worse
    (True, True): (
        "{better} of {ways} ways {better:|is|are} better than training alone and {worse} "
        "{worse:|is|are} worse, each judged by its own interval."
    ),
    (True, False): (
        "{better} of {ways} ways {better:|is|are} better than training alone and none is worse, "
        "each judged by its own interval."
    ),
    (False, True): (
        "None of {ways} ways is better than training alone and {worse} {worse:|is|are} worse, "
        "each judged by its own interval."
    ),
    (False, False): (
        "None of {ways} ways is better than training alone and none is worse, each judged by its "
        "own interval."
    ),
}


def ways(look: Look) -> dict[str, Scenario | str]:
    """Return the setting of each way at home, or why it is not possible.

    The chosen way is as its dial is set, the others as they are by default.
    """
    found: dict[str, Scenario | str] = {}
    for name in REMEDIES:
        own = look.here.remedy == name
        setting = look.here if own else look.here.but(remedy=name, dial=None)
        try:
            found[name] = resolve(setting).scenario
        except InvalidInput as refusal:
            found[name] = refusal_sentence(refusal)
    return found


def settings(look: Look) -> list[Scenario]:
    """Return training alone, the chosen way, and every other that is possible.

    Those that are not trained in the engine side by side with others take longest: they are last.
    """
    possible = [one for one in ways(look).values() if isinstance(one, Scenario)]
    quick = sorted(possible, key=lambda one: REMEDIES[one.remedy].fit is not None)
    return list(dict.fromkeys((alone(look.here), look.here, *quick)))


def panel(look: Look, job: Job) -> Panel:
    """Return what each way brings to home, of what has arrived."""
    measure = look.values["measure"]
    home = next(one for one in places(look.here) if one.name == look.here.home)
    every = ways(look)
    found = {
        name: community_gain(job, one, home, measure)
        for name, one in every.items()
        if isinstance(one, Scenario) and name != "alone"
    }
    refused = {name: one for name, one in every.items() if isinstance(one, str)}
    dear = beyond_budget(look.values, {n: o for n, o in every.items() if isinstance(o, Scenario)})
    return Panel(
        heading=headline(list(found.values())),
        picture=picture(found, refused, look.values["remedy"], measure, dear),
        table=grid(found, refused),
        notes=[
            translate(READING),
            *budget_notes(look.values, dear),
        ],
        numbers=lambda: numbers(list(found.values())).assign(community=list(found)),
    )


def headline(found: Sequence[CommunityGain]) -> str:
    """Return how many ways are told to be better and worse than training alone."""
    known = [one for one in found if one.difference]
    if not known:
        return ""
    better, worse = (sum(one.tone == t for one in known) for t in ("better", "worse"))
    counts = {"better": better, "worse": worse, "ways": len(known)}
    return say(COUNTED[better > 0, worse > 0], **counts)


def picture(
    found: dict[str, CommunityGain],
    refused: dict[str, str],
    chosen: str,
    measure: str,
    dear: frozenset[str] = frozenset(),
) -> Picture:
    """Return a row a way on the scale of the measure, under the headings of section 4.

    Ways that are too dear for the chosen purse are faint.
    """
    some = next(iter(found.values()), None)
    seen = [v for one in found.values() for v in (one.other, *around(one)) if v is not None]
    base = [v for v in (some.alone, some.constant) if v is not None] if some else []
    lines, before = [], ""
    for name in REMEDIES:
        if name in found or name in refused:
            head = section_title(REMEDIES[name].section)
            line = _line(name, found, refused, chosen, head if head != before else "")
            lines.append(replace(line, faint=name in dear))
            before = head
    return Picture(
        title=on_own_people(measure, say("people")),
        columns=(say("Way"), translate(MEASURES[measure]), say("Gain over alone")),
        lines=lines,
        ticks=ticks([*seen, *base], measure),
        references=list(zip(base, (say("alone"), translate(CONSTANT)), strict=False)),
        legend=[("after", say("this way")), ("bar", translate(BAR))],
    )


def grid(found: dict[str, CommunityGain], refused: dict[str, str]) -> Grid:
    """Return the numbers as a table of texts."""
    rows = []
    for name, one in found.items():
        value = level(one.other, one.measure) if one.other is not None else one.reason
        told = (amount(one.difference), span(one.difference)) if one.difference else ("–", "–")
        rows.append((words_of_way(name), value, *told))
    rows += [(words_of_way(name), why, "–", "–") for name, why in refused.items()]
    columns = (say("Way"), say("Value"), say("Gain"), say("95 % interval"))
    return Grid(caption=say("At home"), columns=columns, rows=rows)


def _line(
    name: str, found: dict[str, CommunityGain], refused: dict[str, str], chosen: str, head: str
) -> Line:
    title, home = words_of_way(name), name == chosen
    one = found.get(name)
    if one is None or one.difference is None or one.other is None:
        why = refused[name] if one is None else one.reason
        return Line(name=title, detail=why, heading=head, home=home)
    low, high = around(one)
    mark = Mark(at=one.other, low=low, high=high, text=level(one.other, one.measure))
    return Line(
        name=title,
        marks=[mark],
        value=amount(one.difference),
        detail=span(one.difference),
        tone=one.tone,
        home=home,
        heading=head,
    )


AT_HOME = Part(
    name="at_home",
    title="At home",
    question="What would each way gain for the people here?",
    by_measure=True,
    settings=settings,
    panel=panel,
)
