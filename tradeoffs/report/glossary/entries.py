"""Terms that have a catalogue entry: what it says is shown here, nothing is typed again."""

from collections.abc import Iterator

from tradeoffs.data.catalogue import DATASETS, Dataset
from tradeoffs.data.communities.catalogue import CUTS
from tradeoffs.data.communities.cut import Cut
from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.shift import Shift
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.clipping import Clipping
from tradeoffs.field import Field
from tradeoffs.fields import FIELDS
from tradeoffs.fronts.objectives import ACCURACY, COST, FAIRNESS, MONEY, PRIVACY, Objective
from tradeoffs.fronts.remarks import REMARKS, Remark
from tradeoffs.language.translates import original
from tradeoffs.legacy import FORMER_TITLES
from tradeoffs.remedies.catalogue import REMEDIES, STAGES
from tradeoffs.remedies.remedy import SECTIONS, Remedy
from tradeoffs.remedies.stage import Stage
from tradeoffs.report.glossary.term import Term
from tradeoffs.resources.actors.actor import Actor
from tradeoffs.resources.actors.catalogue import ACTORS
from tradeoffs.resources.prices import NUMBERS
from tradeoffs.resources.published_range import PUBLISHED_RANGES, PublishedRange
from tradeoffs.stats.proportions import SMALLEST_CELL
from tradeoffs.values.explanations.catalogue import METRICS, ExplanationMetric
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.notion import Notion
from tradeoffs.values.preferences.patterns.catalogue import PATTERNS
from tradeoffs.values.preferences.patterns.pattern import Pattern
from tradeoffs.values.regulations.catalogue import REGULATIONS
from tradeoffs.values.regulations.jurisdiction import JURISDICTIONS
from tradeoffs.values.regulations.regulation import Regulation

ALSO = {  # names of the same number elsewhere on screen
    "accuracy": ("decided correctly",),
    "fairness": ("gap", "fairness"),
    "privacy": (
        *("privacy budget", "privacy budget ε", "epsilon", "ε", "epsilon asked"),
        *("epsilon spent", "no privacy"),
    ),
    "cost": ("trained numbers",),
    "money": ("bill",),
}
WHERE = {
    ACCURACY: "Fronts and uncertainty",
    FAIRNESS: "Values: fairness",
    COST: "Resources",
    MONEY: "Resources",
}
REMARKS_SOURCE = (
    "Hardt, Price, Srebro 2016, arXiv 1610.02413; Agarwal et al. 2018, arXiv 1803.02453; "
    "Nadeau, Bengio 2003, doi 10.1023/A:1024068626366"
)


def catalogue_terms() -> Iterator[Term]:
    """Yield one term an entry of every catalogue."""
    yield from (_field(one) for one in FIELDS.values() if one.group)
    yield from map(_table, DATASETS.values())
    yield from map(_shift, SHIFTS.values())
    yield from map(_cut, CUTS.values())
    yield from map(_objective, (ACCURACY, FAIRNESS, PRIVACY, COST, MONEY))
    yield from map(_notion, NOTIONS.values())
    yield from map(_explanation, METRICS.values())
    yield from map(_remedy, REMEDIES.values())
    yield from map(_stage, STAGES.values())
    yield from map(_clipping, CLIPPINGS.values())
    yield from map(_pattern, PATTERNS.values())
    yield from map(_remark, REMARKS)
    yield from map(_regulation, REGULATIONS.values())
    yield from map(_actor, ACTORS.values())
    yield from map(_price, NUMBERS.values())
    yield from map(_published_range, PUBLISHED_RANGES.values())


def _field(entry: Field) -> Term:
    named = [one for pair in entry.words.items() if pair[0] is not None for one in pair]
    return Term(
        name=entry.title,
        group=entry.group,
        meaning=entry.help,
        formula=entry.formula,
        unit=entry.unit,
        direction=entry.direction,
        source=entry.source,
        limits=entry.limits,
        seen=entry.seen_at,
        also=(entry.name, entry.label, *named, *entry.also),
    )


def _table(entry: Dataset) -> Term:
    book = entry.codebook
    return Term(
        name=entry.title,
        group="Data",
        meaning=entry.help,
        unit=f"rows; one row is one {book.unit}",
        source=f"{book.citation} {book.source}",
        limits="Its datasheet, on the page Data, says what it can and cannot show.",
        seen=FIELDS["dataset"].seen_at,
        also=(entry.name, *(label.title for label in book.labels), *entry.protected),
    )


def _shift(entry: Shift) -> Term:
    return Term(
        name=entry.title,
        group="Shifts of data",
        meaning=f"{entry.help} What changes: {entry.moves}. What does not: {entry.invariant}.",
        unit="intensity, 0 to 1",
        direction="0: the same people; 1: the largest shift of this kind",
        source=entry.source,
        limits=entry.limits,
        seen=FIELDS["shift"].seen_at,
        also=(entry.name, entry.family, *FORMER_TITLES.get(original(entry, "title"), ())),
    )


def _cut(entry: Cut) -> Term:
    amount = entry.amount
    return Term(
        name=f"Communities by {entry.title}",
        group="Data",
        meaning=entry.help,
        unit=f"{amount.title}, {amount.least:g} to {amount.most:g}" if amount else "",
        source=entry.source,
        limits="Communities are parts of one table, so their questions and codes are the same.",
        seen="page Remedies",
        also=(f"communities={entry.name}",),
    )


def _objective(entry: Objective) -> Term:
    return Term(
        name=entry.title,
        group=WHERE.get(entry, "Values: privacy"),
        meaning=entry.help,
        formula=entry.formula,
        unit=entry.unit,
        direction=_direction(entry),
        source=entry.source,
        limits=f"Where it is missing: {entry.undefined}.",
        seen="Explorer, axes and cards",
        also=(entry.name, entry.column, *ALSO[entry.name]),
    )


def _direction(entry: Objective | ExplanationMetric) -> str:
    return f"a front prefers the {entry.better} end: {entry.words}"


def _notion(entry: Notion) -> Term:
    held = (
        "It can be bounded in training."
        if entry.can_be_bounded
        else "It is measured but cannot be bounded in training."
    )
    few = f"A rate over fewer than {SMALLEST_CELL} people is not measurable."
    return Term(
        name=entry.title,
        group="Values: fairness",
        meaning=f"{entry.help} {held} Under privacy: {entry.under_privacy}",
        formula=entry.formula,
        unit=entry.unit,
        direction="a bound asks for a smaller number",
        source=entry.source,
        limits=f"It says nothing about the other notions of fairness. {few}",
        seen=FIELDS["notion"].seen_at,
        also=(entry.name, entry.metric, entry.axis),
    )


def _explanation(entry: ExplanationMetric) -> Term:
    return Term(
        name=entry.title,
        group="Values: explanations",
        meaning=entry.help,
        formula=entry.formula,
        unit=entry.unit,
        direction=_direction(entry),
        source=entry.source,
        limits=f"Where it is missing: {entry.undefined}.",
        seen="Explorer, axes and part Explanation",
        also=(entry.name, *entry.also),
    )


def _stage(entry: Stage) -> Term:
    return Term(
        name=entry.title,
        group="Remedies",
        meaning=f"{entry.help} When it decides, it needs {entry.at_decision}.",
        formula=entry.formula,
        source=entry.source,
        limits=f"{entry.explanation} Under privacy: {entry.under_privacy}",
        seen=FIELDS["stage"].seen_at,
        also=(entry.name,),
    )


def _remedy(entry: Remedy) -> Term:
    dial = f" Set by: {entry.dial.title}." if entry.dial else ""
    control = entry.control
    return Term(
        name=f"{entry.title[:1].upper()}{entry.title[1:]}",
        group="Remedies",
        meaning=(
            f"{SECTIONS[entry.section]}. {entry.help}{dial} "
            f"What leaves home: {control.leaves}. Who sees it: {control.sees}."
        ),
        formula=entry.formula,
        source=entry.source,
        limits=f"{entry.limits} Privacy: {entry.outcome('dp')}.".strip(),
        seen="page Remedies",
        also=(entry.name, *((entry.dial.title,) if entry.dial else ())),
    )


def _clipping(entry: Clipping) -> Term:
    released = f"Beside the gradient it releases {entry.releases}." if entry.releases else ""
    return Term(
        name=entry.title,
        group="Remedies",
        meaning=f"It limits how much one person can change the model. {entry.help}",
        formula=entry.formula,
        unit="length of a gradient",
        source=entry.source,
        limits=released,
        seen=FIELDS["clipping"].seen_at,
        also=(entry.name,),
    )


def _pattern(entry: Pattern) -> Term:
    of = entry.parameter
    return Term(
        name=entry.title,
        group="Choosing",
        meaning=entry.help,
        formula=entry.formula,
        unit="of the utilities",
        direction="higher: a better distribution according to this view",
        source=entry.source,
        limits=f"You choose: {of.title}."
        if of
        else "All groups count equally, whatever their size.",
        seen="Explorer, part Choose",
        also=(entry.name,),
    )


def _actor(entry: Actor) -> Term:
    return Term(
        name=entry.title,
        group="Resources",
        meaning=f"An actor who would pay for a model. {entry.help}",
        source="tradeoffs/resources/actors/catalogue.py",
        limits="An example to change, not a statistic.",
        seen="Explorer, part Cost; page Remedies, part Price and control",
        also=(entry.name,),
    )


def _price(entry: Field) -> Term:
    return Term(
        name=entry.title,
        group="Resources",
        meaning=entry.help,
        unit=entry.unit,
        source="tradeoffs/resources/prices.py",
        limits="Money is in any one currency.",
        seen="Explorer, part Cost",
        also=(f"purse: {entry.name}",),
    )


def _published_range(entry: PublishedRange) -> Term:
    return Term(
        name=entry.title,
        group="Resources",
        meaning=f"{entry.help} Between {entry.low:g} and {entry.high:g} {entry.unit}.",
        unit=entry.unit,
        source=entry.source,
        limits="A published range; nothing is measured here.",
        seen="Explorer, part Cost",
    )


def _regulation(entry: Regulation) -> Term:
    where = JURISDICTIONS[entry.place].title
    number = f"Compared: {entry.number}." if entry.number else "No number decides this."
    return Term(
        name=entry.title,
        group="Values: regulations",
        meaning=f"{entry.asks} {where}, {entry.year}. {number}",
        source=f"{entry.source}; {entry.url}",
        limits=f"A screening rule, not law. {entry.limits}",
        seen="Explorer, part Rules",
        also=(entry.name,),
    )


def _remark(entry: Remark) -> Term:
    words = entry.words[0].upper() + entry.words[1:]
    return Term(
        name=entry.name,
        group="Remarks on results",
        meaning=f"{words}. The remark appears if: {entry.when}.",
        source=REMARKS_SOURCE,
        limits=(
            "No remark does not prove that all is well: with fewer seeds, fewer remarks are found."
        ),
        seen="Explorer, chart as a table, column remarks",
    )
