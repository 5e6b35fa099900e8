"""Pins: settings kept to be compared, why one cannot be, and what they differ by."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.experiments.plan import deployment, resolve
from tradeoffs.fronts import (
    COST,
    MONEY,
    OBJECTIVES,
    PRIVACY,
    Difference,
    Objective,
    difference,
)
from tradeoffs.fronts.replicates import REPORT, Replicates
from tradeoffs.language.translation import say, translate
from tradeoffs.messages.wording import WORDING
from tradeoffs.report.cards import Decisions, difference_text, sampling_errors
from tradeoffs.report.sentences.paired_difference import (
    MEASURED,
    budget_sentence,
    difference_sentence,
    money_sentence,
    nothing_to_compare,
    parameters_sentence,
)
from tradeoffs.results import configuration
from tradeoffs.scenario import Scenario
from tradeoffs.values.fairness.catalogue import NOTIONS
from tradeoffs.values.fairness.cells import ComparedGroups

LETTERS = "ABCD"  # of the pins, in their order


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """A setting that is kept.

    Attributes:
        kept: the setting.
        setting: as it is trained and measured beside the setting of the sliders.
        why: it is not compared, in a sentence; empty if it is.
    """

    kept: Scenario
    setting: Scenario
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PairedComparison:
    """What a second setting differs by from a first.

    Attributes:
        differences: by objective the second minus the first; None where it is not measurable.
            Objectives that are declared have none.
        sentences: what there is to say, an objective each.
    """

    differences: dict[str, Difference | None]
    sentences: list[str]

    @property
    def words(self) -> dict[str, str]:
        """The differences in words, by objective."""
        return {
            name: say("not measurable") if found is None else difference_text(found)
            for name, found in self.differences.items()
        }


ALIKE: Mapping[str, Callable[[Scenario], object]] = {  # what has to be
    "dataset": lambda one: one.dataset,
    "label": lambda one: one.label,
    "deployment": deployment,
    "notion": lambda one: one.notion,
    "protected": lambda one: one.protected,
}
APART = {  # what is said where it is not
    "dataset": "It uses another table than your setting, so it is not compared.",
    "label": "It predicts another label than your setting, so it is not compared.",
    "deployment": (
        "Its models are used on other people than those of your setting, so it is not compared."
    ),
    "notion": "It is trained for another notion of fairness than yours, so it is not compared.",
    "protected": (
        "It is trained for other groups than those of your setting, so it is not compared."
    ),
}


def pin(kept: Scenario, here: Scenario) -> Pin:
    """Return a setting that was kept, as it can be compared with the setting of the sliders.

    It is trained with the seeds of that setting. Where neither notion nor attribute has a part in
    its training, both are those of the setting, too.

    Args:
        kept: the setting.
        here: that of the sliders.
    """
    try:
        resolve(kept)
        beside = _measured_alike(kept.but(seed=here.seed), here)
    except InvalidInput as refusal:
        why = say("It is not possible: {reason}", reason=WORDING.sentence(refusal))
        return Pin(kept=kept, setting=kept, why=why)
    apart = (name for name, what in ALIKE.items() if what(beside) != what(here))
    why = next(apart, "")
    return Pin(kept=kept, setting=beside, why=translate(APART[why]) if why else "")


def _measured_alike(kept: Scenario, here: Scenario) -> Scenario:
    """Return the same models measured by the notion and attribute of another setting, if they are.

    How a shift is written does not matter where there is none.
    """
    if not kept.shift_intensity:
        kept = kept.but(shift=here.shift)
    try:
        moved = kept.but(notion=here.notion, protected=here.protected)
        same = resolve(moved).model_key == resolve(kept).model_key
    except InvalidInput:
        return kept
    return moved if same and kept.max_gap is None else kept


def compare(
    results: Replicates,
    groups: ComparedGroups,
    one: Scenario,
    two: Scenario,
    names: tuple[str, str],
    decisions: Decisions,
) -> PairedComparison:
    """Return what a second setting differs by from a first, over common seeds and test rows.

    Args:
        results: of both, from `Job.replicates`; what is not there yet is said to be so.
        groups: between whom their gaps are.
        one: the first setting.
        two: the second, measured on the same people.
        names: what each is called within a sentence.
        decisions: on report, by seed, of a setting.
    """
    first, second = names
    nothing = nothing_to_compare(
        one.configuration() == two.configuration(),
        resolve(one).result_key == resolve(two).result_key,
        _common_seeds(results, one, two),
        first,
        second,
    )
    if nothing:
        return PairedComparison(differences={}, sentences=[nothing[0].text])
    errors = sampling_errors(groups, two, one, decisions)
    gap, found, said = NOTIONS[one.notion].gap_title, {}, []
    for objective in OBJECTIVES.values():
        if objective.name in MEASURED:
            column = objective.column
            change = _difference(results, two, one, column, errors.get(column))
            found[objective.name] = change
            said.append(difference_sentence(objective.name, change, first, second, gap))
        elif objective.name == PRIVACY.name:
            said.append(budget_sentence(budget(one), budget(two), first, second))
        elif objective.name == COST.name:
            own, other = (_known(results, each, COST) for each in (one, two))
            said.append(parameters_sentence(own, other, first, second))
        elif objective.name == MONEY.name:
            own, other = (_known(results, each, MONEY) for each in (one, two))
            said.append(money_sentence(own, other, first, second))
    return PairedComparison(differences=found, sentences=[one.text for one in said])


def _common_seeds(results: Replicates, *settings: Scenario) -> int:
    """Return how many trainings of all of some settings are there."""
    keys = [tuple(configuration(one).values()) for one in settings]
    if not {*keys} <= {*results.keys}:
        return 0
    return int(results.present[REPORT, results.positions(keys)].all(axis=0).sum())


def _difference(
    results: Replicates, one: Scenario, other: Scenario, column: str, sampling_se: float | None
) -> Difference | None:
    """Return one setting minus another; None if it is not measurable in a training of both."""
    here, there = configuration(one), configuration(other)
    try:
        return difference(results, here, there, column, sampling_se=sampling_se)
    except NotMeasurable:
        return None


def budget(of: Scenario) -> float:
    """Return the epsilon that a setting declares: infinite without privacy, NaN if none is."""
    if of.mechanism == "clip_only":
        return math.nan
    return math.inf if of.epsilon is None else of.epsilon


def _known(results: Replicates, of: Scenario, objective: Objective) -> float:
    """Return a value that all models of a setting share."""
    (row,) = results.positions([tuple(configuration(of).values())])
    return float(results.of(objective.column)[REPORT, row][results.present[REPORT, row]][0])


def comparison_columns(pins: Sequence[Pin], here: Scenario) -> list[tuple[str, Scenario]]:
    """Return what stands side by side, each with its name: the pins, or a single one beside here.

    Args:
        pins: at most as many as there are letters.
        here: the setting of the sliders.
    """
    named = zip(LETTERS, pins, strict=False)
    found = [(letter, one.setting) for letter, one in named if not one.why]
    return [(say("your setting"), here), *found] if len(found) == 1 else found
