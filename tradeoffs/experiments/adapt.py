"""Move a scenario to where it can be trained: what still applies is kept, the rest is reset.

Another dataset has other labels, groups, columns and fewer or more people.  A page shows what was
reset, so that nothing changes unseen.
"""

from dataclasses import dataclass

from tradeoffs.data.catalogue import Dataset, available_datasets, dataset
from tradeoffs.data.label import Label
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.data.shifts.compose import is_possible
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.participants import participants
from tradeoffs.experiments.plan import possible, reported_attributes, resolve
from tradeoffs.fields import BASELINE, LARGEST_ROWS, SMALLEST_COMMUNITY, SMALLEST_ROWS
from tradeoffs.scenario import Scenario, Shifts

SHIFT = Scenario().shift


@dataclass(frozen=True, kw_only=True, slots=True)
class Reset:
    """A field that could not stay as it was."""

    field: str
    old: object
    new: object


def adapt(scenario: Scenario) -> tuple[Scenario, tuple[Reset, ...]]:
    """Return the scenario as it can be trained, and every field that had to change.

    A dataset that is not on offer becomes the first that is.  An unknown label or attribute
    becomes the dataset's first one, unknown columns are no longer hidden, more people than there
    are become all there are, and shifts that the dataset cannot have are left out, as are
    communities.  A stage that cannot do with that is done in training.

    Args:
        scenario: with fields that another dataset may have given it.

    Raises:
        InvalidInput: a notion or shift is unknown, a bound is set on a notion that cannot be held,
            or `settings.TABLES` names an unknown table.
    """
    data = _here(scenario.dataset)
    chosen = scenario.label if scenario.label in data.labels else data.labels[0]
    label = data.label(chosen)
    protected = (
        scenario.protected if scenario.protected in reported_attributes(data) else data.protected[0]
    )

    def applicable(shifts: Shifts, side: str) -> Shifts:
        for name, _ in shifts:
            shift(name)  # an unknown name is a fault, not another dataset's
        at = (side, data.codebook, label, protected, scenario.mechanism != "none")
        return tuple(one for one in shifts if is_possible(one[0], *at))

    among = _communities(scenario, data, label)
    least = SMALLEST_COMMUNITY if among else SMALLEST_ROWS
    most = LARGEST_ROWS if among else label.train_rows
    fitted = scenario.but(
        communities=among,
        dataset=data.name,
        label=label.name,
        protected=protected,
        hide=_hidden(scenario, data, label),
        rows=max(least, min(scenario.rows, most)),
        shift=scenario.shift if applicable(((scenario.shift, 1.0),), "deployment") else SHIFT,
        other_shifts=applicable(scenario.other_shifts, "deployment"),
        training_shifts=applicable(scenario.training_shifts, "training"),
    )
    if fitted != scenario and not possible(fitted):
        fitted = fitted.but(stage=BASELINE["stage"])  # it asks for a column that is not there
    resolve(fitted)
    before, after = scenario.model_dump(), fitted.model_dump()
    changes = (Reset(field=f, old=before[f], new=after[f]) for f in before if before[f] != after[f])
    return fitted, tuple(changes)


def adapt_to_dataset(scenario: Scenario, name: str) -> tuple[Scenario, tuple[Reset, ...]]:
    """Return the scenario on another dataset, and what was reset on the way.

    Raises:
        InvalidInput: no dataset of this name is on offer.
    """
    return adapt(scenario.but(dataset=dataset(name).name))


def _here(name: str) -> Dataset:
    """Return the dataset of this name, or the first on offer if it is not here."""
    first = available_datasets()[0]
    try:
        return dataset(name)
    except InvalidInput:
        return first


def _communities(scenario: Scenario, data: Dataset, label: Label) -> str:
    """Keep the cut where the table has it, with the communities that are named."""
    if not scenario.communities:
        return ""
    moved = scenario.model_copy(update={"dataset": data.name, "label": label.name})
    try:
        participants(moved)
    except InvalidInput:
        return ""
    return scenario.communities


def _hidden(scenario: Scenario, data: Dataset, label: Label) -> tuple[str, ...]:
    """Keep the hidden columns that exist, unless nothing would be left to see."""
    names = [feature.name for feature in data.codebook.features_for(label)]
    kept = tuple(name for name in scenario.hide if name in names)
    return kept if len(kept) < len(names) else ()
