"""Split leakage: what a server that is sent the cut layer of people can tell of them.

The server is honest but curious: it trains as agreed, and guesses.  It is taken to know some of the
people (their columns and groups, one of their labels), as whoever serves several customers would.

Source: Li O. et al. 2022, ICLR, arXiv 2102.08504 (labels from gradients); Pasquini, Ateniese,
Bernaschi 2021, arXiv 2012.02670 (columns from the cut layer).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoffs.data.table import Table
from tradeoffs.stats.auc import area
from tradeoffs.stats.sigmoid import sigmoid

KNOWN = 0.5  # share of people whom the server knows
RIDGE = 1.0  # of the linear guesses, beside the summed squares
FEWEST = 2  # people of each kind for an area under a ROC curve


@dataclass(frozen=True, kw_only=True, slots=True)
class SplitLeakage:
    """What can be told of one community's people; NaN where too few are left to tell.

    Attributes:
        label_by_direction: AUC of the label, guessed from the direction of a person's gradient.
        label_by_norm: from its length.
        columns: share of the unknown people's columns that are guessed right.
        columns_by_guess: where the most frequent value of those known is guessed.
        group: AUC of each protected attribute, guessed from the cut layer.
        group_by_score: from the score alone, which whoever decides has to see.
    """

    label_by_direction: float
    label_by_norm: float
    columns: float
    columns_by_guess: float
    group: Mapping[str, float]
    group_by_score: Mapping[str, float]

    def figures(self) -> dict[str, float | str]:
        """Return what can be told, in columns named `leak_*`, of groups `leak_*[attribute]`."""
        told: dict[str, float] = {}
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, Mapping):
                told |= {f"leak_{name}[{attribute}]": own for attribute, own in value.items()}
            else:
                told[f"leak_{name}"] = value
        return {name: value for name, value in told.items() if not np.isnan(value)}


def split_leakage(
    vector: np.ndarray,
    width: int,
    table: Table,
    attributes: Sequence[str],
    rng: np.random.Generator,
) -> SplitLeakage:
    """Guess what a server could of the people that a finished model is trained on.

    Args:
        vector: parameters of the whole network.
        width: of the cut layer.
        table: the people.
        attributes: protected ones, or crossings of two.
        rng: of whom the server knows.
    """
    inner = len(vector) - width - 1
    trunk, head, bias = vector[:inner].reshape(-1, width), vector[inner:-1], vector[-1]
    cut = np.maximum(trunk[table.flat].sum(1) + trunk[-1], 0)
    score = cut @ head + bias
    gradient = (sigmoid(score) - table.label)[:, None] * head * (cut > 0)
    known = rng.permutation(table.rows) < KNOWN * table.rows
    columns, by_guess = columns_from(cut, table.codes, known)
    groups = {attribute: table.group_of(attribute)[0] for attribute in attributes}
    return SplitLeakage(
        label_by_direction=label_from_direction(gradient, table.label, known),
        label_by_norm=separation(np.linalg.norm(gradient, axis=1), table.label),
        columns=columns,
        columns_by_guess=by_guess,
        group={name: group_from(cut, codes, known) for name, codes in groups.items()},
        group_by_score={
            name: group_from(score[:, None], codes, known) for name, codes in groups.items()
        },
    )


def label_from_direction(gradient: np.ndarray, label: np.ndarray, known: np.ndarray) -> float:
    """Return the AUC of the label by the cosine of gradients with that of one known positive.

    Args:
        gradient: (rows, width) of each person's loss by the cut layer.
        label: (rows,) bool.
        known: (rows,) bool, whom the server knows.
    """
    length = np.linalg.norm(gradient, axis=1)
    able = known & label & (length > 0)
    if not able.any():
        return float("nan")
    one = int(able.argmax())
    cosine = gradient @ gradient[one] / np.where(length > 0, length, 1) / length[one]
    others = np.arange(len(label)) != one
    return separation(cosine[others], label[others])


def columns_from(cut: np.ndarray, codes: np.ndarray, known: np.ndarray) -> tuple[float, float]:
    """Return the share of unknown people's values told from the cut layer, and by guessing.

    Args:
        cut: (rows, width).
        codes: (rows, features) of their values.
        known: (rows,) bool.
    """
    right, guessed = [], []
    for own in codes.T:
        values, place = np.unique(own[known], return_inverse=True)
        told = linear_scores(cut, np.eye(len(values))[place], known).argmax(1)
        right.append(values[told] == own[~known])
        guessed.append(values[np.bincount(place).argmax()] == own[~known])
    return float(np.mean(right)), float(np.mean(guessed))


def group_from(seen: np.ndarray, group: np.ndarray, known: np.ndarray) -> float:
    """Return the AUC of a protected attribute, mean over its groups by their people.

    Args:
        seen: (rows, numbers) of each person.
        group: (rows,) codes.
        known: (rows,) bool.
    """
    names = np.unique(group)
    scores = linear_scores(seen, (group[known, None] == names).astype(float), known)
    areas = np.array([separation(scores[:, j], group[~known] == n) for j, n in enumerate(names)])
    people = np.array([(group[~known] == name).sum() for name in names], dtype=float)
    able = ~np.isnan(areas)
    if not able.any():
        return float("nan")
    return float(np.average(areas[able], weights=people[able]))


def linear_scores(seen: np.ndarray, wanted: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return least-squares guesses (unknown rows, answers) of what is known of the others.

    Args:
        seen: (rows, numbers).
        wanted: (known rows, answers).
        known: (rows,) bool.
    """
    scale = np.maximum(seen[known].std(0), 1e-9)
    inputs = np.column_stack([(seen - seen[known].mean(0)) / scale, np.ones(len(seen))])
    own = inputs[known]
    penalty = RIDGE * np.eye(inputs.shape[1])
    penalty[-1, -1] = 0
    return inputs[~known] @ np.linalg.solve(own.T @ own + penalty, own.T @ wanted)


def separation(score: np.ndarray, positive: np.ndarray) -> float:
    """Return the area under the ROC curve of a score; NaN with too few of a kind."""
    high, low = score[positive], score[~positive]
    return area(high, low)[0] if min(len(high), len(low)) >= FEWEST else float("nan")
