"""Terms that have a catalogue entry: what it says is shown here, nothing is typed again."""

from collections.abc import Iterator

from tradeoffs.data.catalogue import DATASETS, Dataset
from tradeoffs.data.communities.catalogue import CUTS
from tradeoffs.data.communities.cut import Amount, Cut
from tradeoffs.data.shifts.catalogue import SHIFTS
from tradeoffs.data.shifts.shift import Shift
from tradeoffs.engine.clipping.catalogue import CLIPPINGS
from tradeoffs.engine.clipping.clipping import Clipping
from tradeoffs.field import Field
from tradeoffs.fields import FIELDS
from tradeoffs.fronts.objectives import ACCURACY, COST, FAIRNESS, MONEY, PRIVACY, Objective
from tradeoffs.fronts.remarks import REMARKS, Remark
from tradeoffs.language.translates import original
from tradeoffs.language.translation import say, translate
from tradeoffs.legacy import FORMER_TITLES
from tradeoffs.remedies.catalogue import REMEDIES, STAGES
from tradeoffs.remedies.remedy import SECTIONS, Remedy
from tradeoffs.remedies.stage import Stage
from tradeoffs.report.glossary.resource_entries import resource_terms
from tradeoffs.report.glossary.term import Term
from tradeoffs.report.text import capital
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
HELD = {
    True: "It can be bounded in training.",
    False: "It is measured but cannot be bounded in training.",
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
    yield from resource_terms()


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
        unit=say("rows; one row is one {unit}", unit=book.unit),
        source=f"{book.citation} {book.source}",
        limits="Its datasheet, on the page Data, says what it can and cannot show.",
        seen=FIELDS["dataset"].seen_at,
        also=(entry.name, *(label.title for label in book.labels), *entry.protected),
    )


def _shift(entry: Shift) -> Term:
    return Term(
        name=entry.title,
        group="Shifts of data",
        meaning=say(
            "{help} What changes: {moves}. What does not: {invariant}.",
            help=entry.help,
            moves=entry.moves,
            invariant=entry.invariant,
        ),
        unit="intensity, 0 to 1",
        direction="0: the same people; 1: the largest shift of this kind",
        source=entry.source,
        limits=entry.limits,
        seen=FIELDS["shift"].seen_at,
        also=(entry.name, entry.family, *FORMER_TITLES.get(original(entry, "title"), ())),
    )


def _cut(entry: Cut) -> Term:
    return Term(
        name=say("Communities by {title}", title=entry.title),
        group="Data",
        meaning=entry.help,
        unit=_range(entry.amount) if entry.amount else "",
        source=entry.source,
        limits="Communities are parts of one table, so their questions and codes are the same.",
        seen="page Remedies",
        also=(f"communities={entry.name}",),
    )


def _range(amount: Amount) -> str:
    ends = {"low": amount.least, "high": amount.most}
    return say("{title}, {low:g} to {high:g}", title=amount.title, **ends)


def _objective(entry: Objective) -> Term:
    return Term(
        name=entry.title,
        group=WHERE.get(entry, "Values: privacy"),
        meaning=entry.help,
        formula=entry.formula,
        unit=entry.unit,
        direction=_direction(entry),
        source=entry.source,
        limits=say("Where it is missing: {why}.", why=entry.undefined),
        seen="Explorer, axes and cards",
        also=(entry.name, entry.column, *ALSO[entry.name]),
    )


def _direction(entry: Objective | ExplanationMetric) -> str:
    if entry.better == "high":
        return say("a front prefers the high end: {words}", words=entry.words)
    return say("a front prefers the low end: {words}", words=entry.words)


def _notion(entry: Notion) -> Term:
    held = translate(HELD[entry.can_be_bounded])
    under_privacy = say("Under privacy: {told}", told=entry.under_privacy)
    return Term(
        name=entry.title,
        group="Values: fairness",
        meaning=f"{entry.help} {held} {under_privacy}",
        formula=entry.formula,
        unit=entry.unit,
        direction="a bound asks for a smaller number",
        source=entry.source,
        limits=say(
            "It says nothing about the other notions of fairness. A rate over fewer than {least} "
            "people is not measurable.",
            least=SMALLEST_CELL,
        ),
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
        limits=say("Where it is missing: {why}.", why=entry.undefined),
        seen="Explorer, axes and part Explanation",
        also=(entry.name, *entry.also),
    )


def _stage(entry: Stage) -> Term:
    under_privacy = say("Under privacy: {told}", told=entry.under_privacy)
    return Term(
        name=entry.title,
        group="Remedies",
        meaning=say(
            "{help} When it decides, it needs {what}.", help=entry.help, what=entry.at_decision
        ),
        formula=entry.formula,
        source=entry.source,
        limits=f"{entry.explanation} {under_privacy}",
        seen=FIELDS["stage"].seen_at,
        also=(entry.name,),
    )


def _remedy(entry: Remedy) -> Term:
    meaning = [f"{translate(SECTIONS[entry.section])}.", entry.help]
    if entry.dial:
        meaning.append(say("Set by: {dial}.", dial=entry.dial.title))
    meaning.append(
        say(
            "What leaves home: {leaves}. Who sees it: {sees}.",
            leaves=entry.control.leaves,
            sees=entry.control.sees,
        )
    )
    return Term(
        name=capital(entry.title),
        group="Remedies",
        meaning=" ".join(meaning),
        formula=entry.formula,
        source=entry.source,
        limits=f"{entry.limits} {say('Privacy: {outcome}.', outcome=entry.outcome('dp'))}".strip(),
        seen="page Remedies",
        also=(entry.name, *((entry.dial.title,) if entry.dial else ())),
    )


def _clipping(entry: Clipping) -> Term:
    released = ""
    if entry.releases:
        released = say("Beside the gradient it releases {what}.", what=entry.releases)
    return Term(
        name=entry.title,
        group="Remedies",
        meaning=say("It limits how much one person can change the model. {help}", help=entry.help),
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
        limits=say("You choose: {parameter}.", parameter=of.title)
        if of
        else "All groups count equally, whatever their size.",
        seen="Explorer, part Choose",
        also=(entry.name,),
    )


def _regulation(entry: Regulation) -> Term:
    where = JURISDICTIONS[entry.place].title
    number = translate("No number decides this.")
    if entry.number:
        number = say("Compared: {number}.", number=entry.number)
    return Term(
        name=entry.title,
        group="Values: regulations",
        meaning=f"{entry.asks} {where}, {entry.year}. {number}",
        source=f"{entry.source}; {entry.url}",
        limits=say("A screening rule, not law. {limits}", limits=entry.limits),
        seen="Explorer, part Rules",
        also=(entry.name,),
    )


def _remark(entry: Remark) -> Term:
    return Term(
        name=entry.title,
        group="Remarks on results",
        meaning=say(
            "{remark}. The remark appears if: {rule}.",
            remark=capital(entry.words),
            rule=entry.when,
        ),
        source=REMARKS_SOURCE,
        limits=(
            "No remark does not prove that all is well: with fewer seeds, fewer remarks are found."
        ),
        seen="Explorer, chart as a table, column remarks",
    )
