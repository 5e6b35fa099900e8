"""Sensitivity: how far can one person move what is released? Answered by trying each of them.

Everything is exact (float64, no noise), with weights so large that gradients are far longer than
the clip norm.  The table without a person is a seed of its own in a stack, so one step of the
engine answers for all of them.

Source: Dwork & Roth 2014, definition 3.8; neighbours differ by one record added or removed.
"""

from dataclasses import replace

import numpy as np
import torch

from tradeoffs.audit.canaries import keys_of
from tradeoffs.audit.finding import Finding, exact, model_kind
from tradeoffs.audit.noise_independence import constraint_of, group_sums
from tradeoffs.audit.synthetic_tables import batches_of, random_people
from tradeoffs.data.table import Table
from tradeoffs.engine.loop import Training
from tradeoffs.engine.population import ModelSpec, models
from tradeoffs.engine.rates import by_label
from tradeoffs.language.translation import say, translate

PEOPLE = 50
CLIP = 0.3
LARGE = 20.0  # scale of the random weights
PENALTY = 30.0  # scale of the random pull of the constraint
WIDTHS = (0, 8)
CONSTRAINED_RATES: dict[str, tuple[str, ...]] = {
    "": (),
    "demographic parity": ("selection_rate",),
    "equalised odds": ("true_positive_rate", "false_positive_rate"),
    "calibration": ("residual",),
    "bounded loss": ("largest_squared_error",),
}
NOTIONS = {name: name or "no bound" for name in CONSTRAINED_RATES}
COUNTED = {  # by whether cells are divided by label
    False: "Farthest that one of {people} people moves the counts of the groups",
    True: (
        "Farthest that one of {people} people moves the counts of the groups' negatives and "
        "positives"
    ),
}
SENSITIVITY = "Dwork & Roth 2014, doi 10.1561/0400000042, definition 3.8"
FLAT = "Abadi et al. 2016, arXiv 1607.00133, algorithm 1: the norm is over all parameters"


def sensitivity(seed: int) -> list[Finding]:
    """Remove each of 50 people in turn, for both kinds of models, with and without penalty.

    Large weights leave no gradient to people whom the model has right, so each table is tried with
    its labels and with the opposite ones.
    """
    table = random_people(PEOPLE, seed)
    turned = replace(table, label=~table.label)  # whom the model has right, it has wrong now
    found = []
    for width in WIDTHS:
        kind = f"width {width}" if width else "logistic"
        for notion, held in CONSTRAINED_RATES.items():
            name = "-".join([kind.replace(" ", "-"), *notion.split()])
            told = f"{model_kind(width)}, {translate(NOTIONS[notion])}"
            moves, people = np.concatenate(
                [_moves(labelled, seed, width, held) for labelled in (table, turned)], 1
            )
            found.append(largest_move(f"removal-{name}", gradient_move(told), moves))
            if held:
                what = say(
                    "Farthest that one of {people} people moves the sums of the cells, {what}",
                    people=PEOPLE,
                    what=told,
                )
                found.append(largest_move(f"sums-{name}", what, people, 0.0))
    return [*found, *(_counts(table, seed, split) for split in (False, True))]


def leave_one_out(table: Table) -> list[Table]:
    """Return the table without its first row, without its second, ..."""
    return [table.take(np.arange(table.rows) != row) for row in range(table.rows)]


def _moves(table: Table, seed: int, width: int, held: tuple[str, ...]) -> np.ndarray:
    """Return (2, rows): how far each row moves the gradient sum / C, and the cells' sums."""
    whole, sums = _release([table], seed, width, held)
    without, sums_without = _release(leave_one_out(table), seed, width, held)
    return np.stack(
        [
            np.linalg.norm(whole - without, axis=1) / CLIP,
            np.linalg.norm(sums - sums_without, axis=1),
        ]
    )


def _release(
    tables: list[Table], seed: int, width: int, held: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Return (tables, parameters) gradient sums and (tables, cells) sums; zeros if free."""
    batches = batches_of(tables, seed=seed, by_label=by_label(held))
    setting = ModelSpec(
        width=width,
        learning_rate=1.0,
        clip_norm=CLIP,
        max_gap=0.1 if held else None,
        constrained_rates=held,
        momentum=0.0,
    )
    stack = len(tables)
    keys = keys_of("removal", seed, stack, 1)
    training = Training([setting], batches, seeds=[0] * stack, keys=keys, dtype=torch.float64)
    generator = torch.Generator().manual_seed(seed)
    place_weights(training, width, batches.ones, generator)
    sums = np.zeros((stack, batches.cells))
    if held:
        constraint = constraint_of(training)
        pull = torch.randn(batches.cells, 1, generator=generator, dtype=torch.float64)
        constraint.weight = (PENALTY * pull).repeat(stack, 1)
        before = constraint.disparity.clone()
    training.step(0, next(iter(batches)))
    if held:
        sums = group_sums(constraint, before)[..., 0].numpy()
    return gradient_sums(training), sums


def place_weights(training: Training, width: int, ones: int, generator: torch.Generator) -> None:
    """Give every seed's only model the same large random weights."""
    size = training.sizes[0]
    vector = LARGE * torch.randn(size, generator=generator, dtype=torch.float64)
    fresh = models([[vector]] * training.model.seeds, [width], ones)
    for own, given in zip(training.model.parameters, fresh.parameters, strict=True):
        own.copy_(given)
    training.model.settle()


def gradient_sums(training: Training) -> np.ndarray:
    """Return (seeds, parameters) of the only setting: what the last step summed, no momentum."""
    return np.stack([row[0].numpy() for row in training.model.vectors(training.velocity)])


def gradient_move(what: str) -> str:
    """Return what is checked of the sum of gradients, of the models that `what` names."""
    return say(
        "Farthest that one of {people} people moves the sum of gradients / C, {what}",
        people=PEOPLE,
        what=what,
    )


def largest_move(name: str, what: str, moves: np.ndarray, least: float = 0.99) -> Finding:
    """Report the farthest move, which is the bound itself as somebody is clipped.

    Args:
        name: of the finding.
        what: is checked.
        moves: (people,) in units of the bound.
        least: that the farthest must reach; 0 where nobody need reach the bound.
    """
    return Finding(
        name=name,
        what=what,
        measured=float(moves.max()),
        expected=1.0,
        low=least,
        high=1 + 1e-9,
        source=SENSITIVITY,
    )


def _counts(table: Table, seed: int, split: bool) -> Finding:
    whole = batches_of([table], seed=seed, by_label=split).cell_counts()
    without = batches_of(leave_one_out(table), seed=seed, by_label=split).cell_counts()
    moves = (whole - without).double().norm(dim=1).numpy()
    what = say(COUNTED[split], people=PEOPLE)
    name = f"removal-counts{'-by-label' if split else ''}"
    return exact(name, what, moves.max(), 1, source=SENSITIVITY)


def bias_counts(seed: int) -> list[Finding]:
    """Measure the whole gradient of single people: C long with the bias, longer without it."""
    found = []
    for width in WIDTHS:
        tables = [random_people(1, seed + i, bins=(2,)) for i in range(PEOPLE)]
        gradients, _ = _release(tables, seed, width, held=())
        length = np.linalg.norm(gradients, axis=1).max() / CLIP
        kind = f"width {width}" if width else "logistic"
        what = say(
            "Length of one person's gradient / C, bias included, longest of {people} ({kind})",
            people=PEOPLE,
            kind=model_kind(width),
        )
        # The floor that is added to the norm before dividing shortens it a little.
        name = f"bias-{kind.replace(' ', '-')}"
        found.append(exact(name, what, length, 1, within=1e-5, source=FLAT))
    return found
