"""Cross-fitting: people are scored by a model that was trained on the other half of them."""

from collections.abc import Iterator

import numpy as np

from tradeoffs.attacks.membership import confidence, train_on_members
from tradeoffs.data.load import load_encoded, load_split
from tradeoffs.data.table import Table, halve
from tradeoffs.experiments.fit import model_spec
from tradeoffs.experiments.plan import resolve
from tradeoffs.experiments.run import one_core
from tradeoffs.remedies.decisions.correlation_remover import column_of
from tradeoffs.scenario import Scenario


def everybody(dataset: str, label: str) -> Table:
    """Return the people with an answer, those of all parts, one row each."""
    split = load_split(dataset, label)
    ids = np.concatenate([part.row_id for part in (split.train, split.select, split.report)])
    whole = load_encoded(dataset)
    table = whole.table(whole.book.label(label))
    return table.take(np.isin(table.row_id, ids))


def alone(scenario: Scenario, label: str, rows: int) -> Scenario:
    """Return the scenario for a label, with the group hidden and nothing else that is done to it.

    Raises:
        InvalidInput: a name is unknown.
    """
    found = scenario.but(
        label=label,
        rows=rows,
        max_gap=None,
        stage="in",
        shift_intensity=0.0,
        other_shifts=(),
        training_shifts=(),
    )
    own = column_of(resolve(found).dataset, found.protected)
    return found.but(hide=(*found.hide, own)) if own else found


def half_scores(scenario: Scenario, pool: Table) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield each half of the people, as rows, and their scores by the model of the other half."""
    plan = resolve(scenario)
    halves = halve(pool, f"half {scenario.seed}")
    member = np.stack([np.isin(pool.row_id, half.row_id) for half in halves])
    seen = pool.without(scenario.hide) if scenario.hide else pool
    with one_core():
        trained = train_on_members(
            *(seen, scenario.protected, member, [model_spec(plan)], [plan.model_key]),
            *(plan.recipe, scenario.seed),
        )
        for rows, (vector,) in zip(member, reversed(trained), strict=True):
            part = seen.take(rows)
            sure = confidence([vector], scenario.width, part)[0]
            yield np.flatnonzero(rows), np.where(part.label, sure, -sure)  # back to a logit of yes
