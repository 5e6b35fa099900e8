"""Correlation remover: the part of every column that the group predicts is taken out."""

import numpy as np

from tradeoffs.data.catalogue import Dataset
from tradeoffs.data.shifts.catalogue import shift
from tradeoffs.data.table import Table
from tradeoffs.engine.poisson_sampling import participation
from tradeoffs.engine.recipe import TAIL, Recipe
from tradeoffs.errors import InvalidInput
from tradeoffs.remedies.stage import Plan, Stage
from tradeoffs.scenario import Scenario, as_text


def remove_correlation(
    design: np.ndarray, member: np.ndarray, strength: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the columns without what the groups predict, and how the groups enter them.

    Args:
        design: (rows, columns) of 0 and 1, without columns that tell the group itself.
        member: (rows, groups) of 0 and 1, every row in one group.
        strength: alpha of fairlearn: 0 leaves the columns as they are, 1 takes all out.

    Returns:
        (rows, columns) transformed columns, the (groups,) shares and the (groups, columns)
        coefficients: transformed = design - strength * (member - shares) @ coefficients.
    """
    from fairlearn.preprocessing import CorrelationRemover  # slow to import; workers only

    groups = member.shape[1]
    whole = np.concatenate([member, design], 1).astype(float)
    remover = CorrelationRemover(sensitive_feature_ids=list(range(groups)), alpha=strength)
    transformed = np.asarray(remover.fit_transform(whole))
    return transformed, np.asarray(remover.sensitive_mean_), np.asarray(remover.beta_)


def fold_weights(
    weight: np.ndarray, shares: np.ndarray, coefficients: np.ndarray, strength: float
) -> tuple[np.ndarray, float]:
    """Return what each group adds to the logit of untransformed columns, and what everybody adds.

    Args:
        weight: (columns,) of the transformed columns.
        shares: (groups,) from `remove_correlation`.
        coefficients: (groups, columns) from `remove_correlation`.
        strength: of the removal.
    """
    own = -strength * coefficients @ weight
    return own, float(-shares @ own)


def column_of(data: Dataset, protected: str) -> str | None:
    """Return the column whose bins tell an attribute's groups; None where there is no such one."""
    for attribute in data.codebook.protected:
        if attribute.name == protected and attribute.feature and not attribute.edges:
            return attribute.source
    return None


def check(scenario: Scenario, data: Dataset) -> None:
    """Check that what is taken out for a group can be written into the group's own column."""
    columns = data.codebook.features_for(data.codebook.label(scenario.label))
    seen = [feature.name for feature in columns if feature.name not in scenario.hide]
    able = tuple(name for name in data.protected if column_of(data, name) in seen)
    if not able:
        raise InvalidInput(
            "protected_in_no_column", protected=scenario.protected, stage=scenario.stage
        )
    if scenario.protected not in able:
        raise InvalidInput(
            "protected_not_in_a_column",
            protected=scenario.protected,
            stage=scenario.stage,
            known=able,
        )
    if len(seen) < 2:
        raise InvalidInput("hides_all_but_one", hide=as_text(scenario.hide), column=seen[0])
    written = {part for name, _ in scenario.training_shifts for part in shift(name).writes}
    if written & {"groups", "features"}:
        raise InvalidInput(
            "training_shifts_move_groups",
            training_shifts=as_text(scenario.training_shifts),
            stage=scenario.stage,
        )


def train(plan: Plan, table: Table) -> np.ndarray:
    """Return the float32 weights (columns + 1,) of the original columns and the bias.

    The transformed columns are no longer 0 and 1, so this is the recipe of the engine on a dense
    matrix: the same batches, steps, momentum and mean of the last weights, without clipping and
    noise.  The transformation is folded back: one weight a column, like any other model's.
    """
    own = plan.scenario
    group, names = table.group_of(own.protected)
    column = column_of(plan.dataset, own.protected)
    place = [feature.name for feature in table.features].index(str(column))
    first, bins = int(table.offsets[place]), len(table.features[place].labels)
    theirs = np.arange(first, first + bins)  # columns that tell the group
    design = np.zeros((table.rows, table.columns))
    np.put_along_axis(design, table.flat.astype(int), 1.0, 1)
    rest = np.delete(np.arange(table.columns), theirs)
    member = np.eye(len(names))[group]
    transformed, shares, coefficients = remove_correlation(design[:, rest], member, own.strength)
    weight, bias = logistic(transformed, table.label, table.row_id, plan.recipe, own.seed)
    adds, everybody = fold_weights(weight, shares, coefficients, own.strength)
    whole = np.zeros(table.columns + 1)
    whole[rest], whole[-1] = weight, bias + everybody
    whole[theirs] = np.append(adds, 0.0)[_group_of_bin(table.codes[:, place], group, bins)]
    return whole.astype(np.float32)


def _group_of_bin(codes: np.ndarray, group: np.ndarray, bins: int) -> np.ndarray:
    """Return (bins,) the group that each bin of its column stands for; -1 where it is empty."""
    found = np.full(bins, -1)
    found[codes] = group
    if not (found[codes] == group).all():
        raise ValueError("a bin of the protected attribute's column holds people of two groups")
    return found


def logistic(
    design: np.ndarray, label: np.ndarray, row_id: np.ndarray, how: Recipe, seed: int
) -> tuple[np.ndarray, float]:
    """Train a logistic regression as the engine does without a mechanism; (columns,) and bias.

    Args:
        design: (rows, columns) of any numbers.
        label: (rows,) bool.
        row_id: (rows,) stable ids, by which rows take part in steps.
        how: recipe, with an infinite clip norm.
        seed: of the batches.
    """
    whole = np.concatenate([design, np.ones((len(design), 1))], 1)
    weight, velocity, total = (np.zeros(whole.shape[1]) for _ in range(3))
    rate = how.learning_rate / (how.sample_rate * len(design))
    pull = how.sample_rate * how.ridge * np.append(np.ones(design.shape[1]), 0.0)
    drawn = participation(row_id, seed=seed, rate=how.sample_rate, steps=how.steps)
    for step, rows in enumerate(drawn):
        some = whole if how.sample_rate >= 1 else whole[rows]
        slope = 1 / (1 + np.exp(-some @ weight)) - label[rows]
        velocity = how.momentum * velocity + slope @ some + pull * weight
        weight = weight - rate * velocity
        if step >= how.steps - TAIL:
            total += weight
    mean = total / TAIL
    return mean[:-1], float(mean[-1])


CORRELATION_REMOVER = Stage(
    name="correlation_remover",
    title="correlation remover (pre-processing)",
    help=(
        "Before training, the part that the group predicts linearly is removed from every "
        "column, and the group's own column is withheld. The gap that remains is measured."
    ),
    bounds=None,
    at_any_strength="The group's own column is withheld at any strength.",
    mechanisms=("none",),
    reason="it needs exact statistics of private rows: the mean of every column in every group",
    fields=("strength", "protected"),
    logistic_only=(
        "what it takes out of the columns is part of the weights of a logistic regression only"
    ),
    needs_group=True,
    explanation=(
        "Removing the correlation is part of the score, so the group appears in the "
        "explanation with the amount that offsets the other columns."
    ),
    under_privacy="Not available: the group means of all columns would have to be released.",
    formula="x_j - strength * (the linear prediction of x_j from the group)",
    source="fairlearn.preprocessing.CorrelationRemover; Weerts et al. 2023, arXiv 2303.16626",
    check=check,
    train=train,
)
