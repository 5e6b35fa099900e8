"""Rationalised: small trees that imitate a model and are searched for a small gap of their own.

Each tree answers for the model's decisions, at a price on the gap between women and men, and may
name some columns only.  Trees grow on one half of `select`, are compared on the other, and are
shown on `report`.  Beside them stands the model itself.

Source: Aivodji et al. 2019, arXiv 1901.09749 (imitating with a price on the gap); the costs of the
two answers are those of Agarwal et al. 2018, arXiv 1803.02453, section 3.2, for equal selection.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeClassifier

from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table, halve
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.score import score_all, train_seeds
from tradeoffs.experiments.shift_report import design
from tradeoffs.scenario import Scenario
from tradeoffs.stats.paired_means import mean

DEPTH = 3  # at most three questions a person
LEAF = 20  # people at least behind each answer of a tree
PRICES = (0.0, 0.2, 0.3, 0.4, 0.5)  # of a gap of 1, in shares of people imitated
WITHHELD = {  # what a tree does not name -> the columns
    "sex, husband or wife": ("sex", "relationship"),
    "sex, marriage": ("sex", "relationship", "marital_status"),
}
MEN = 1  # code of the attribute
Setting = tuple[str, float]  # what is withheld, price
ITSELF: Setting = ("nothing", 0.0)  # stands for the model


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Part:
    """Answers about the people of a part.

    Attributes:
        man: bool (rows,).
        label: bool (rows,).
        answers: setting -> bool (models, rows); ITSELF holds the models' decisions.
    """

    man: np.ndarray
    label: np.ndarray
    answers: Mapping[Setting, np.ndarray]

    def gap(self, setting: Setting) -> np.ndarray:
        """Return (models,): share of men with a yes minus share of women, from -1 to 1."""
        answers = self.answers[setting]
        return answers[:, self.man].mean(1) - answers[:, ~self.man].mean(1)

    def agreement(self, setting: Setting) -> np.ndarray:
        """Return (models,): share of people answered as the model decides."""
        return (self.answers[setting] == self.answers[ITSELF]).mean(1)

    def constant(self) -> np.ndarray:
        """Return (models,): the agreement of one answer for everybody, the more frequent one."""
        yes = self.answers[ITSELF].mean(1)
        return np.maximum(yes, 1 - yes)

    def fidelity(self, setting: Setting) -> np.ndarray:
        """Return (models,): 1 where all agree, 0 where one answer for everybody does as well."""
        base = self.constant()
        return (self.agreement(setting) - base) / (1 - base)


def answer(scenario: Scenario, floor: float = 0.85) -> list[dict[str, Any]]:
    """Return every tree on both parts, and what is told of the one that is shown.

    Columns of the records: `kind`, "model", "tree" or "shown" (the tree that is picked), with
    `withheld`, `price`, `seed`, `split`, `gap` and `fidelity`; or "told" with `what`, `value`,
    `low`, `high` (95 % over training runs and people) on `report`: "model" and "tree", their gaps;
    "less", the former minus the latter; "agreement" of the tree, and "above", that minus the
    agreement of one answer for everybody; shares from 0 to 1.  Of the tree shown, `withheld` says
    what it does not name.

    Args:
        scenario: of a dataset with the attribute sex; its seeds count up from its own.
        floor: share of people about whom the tree shown agrees with the model at least, from 0.5
            to 1; where no tree does, nothing is told of one.

    Raises:
        InvalidInput: a dataset without sex, or a floor out of bounds.
    """
    if not 0.5 <= floor <= 1:
        raise InvalidInput("out_of_range", field="floor", value=floor, low=0.5, high=1)
    select, report = parts(scenario)
    shown = chosen(select, floor)
    return [*_every(select, report, shown), *_told(report, shown)]


@lru_cache(maxsize=4)
def parts(scenario: Scenario) -> tuple[Part, Part]:
    """Return the answers on the half of `select` where trees are compared, and on `report`.

    Raises:
        InvalidInput: a dataset that does not know sex.
    """
    split = load_split(scenario.dataset, scenario.label)
    if "sex" not in split.select.protected or "relationship" not in _columns(split.select):
        raise InvalidInput(
            "table_lacks_columns", dataset=scenario.dataset, columns=("sex", "relationship")
        )
    grow, compare = halve(split.select, "grow or compare")
    models = train_seeds(scenario)
    shown = (compare, split.report)
    found: list[dict[Setting, np.ndarray]] = [
        {ITSELF: score_all(models, table) > 0} for table in shown
    ]
    decided, men = score_all(models, grow) > 0, grow.protected["sex"] == MEN
    for name, columns in WITHHELD.items():
        seen, *asked = (_dense(table.without(columns)) for table in (grow, *shown))
        for price in PRICES:
            trees = [grown(seen, gain(one, men, price)) for one in decided]
            for answers, table in zip(found, asked, strict=True):
                answers[name, price] = np.stack([tree.predict(table) for tree in trees])
    chosen_on, shown_on = (
        Part(man=table.protected["sex"] == MEN, label=table.label, answers=answers)
        for table, answers in zip(shown, found, strict=True)
    )
    return chosen_on, shown_on


def gain(decided: np.ndarray, men: np.ndarray, price: float) -> np.ndarray:
    """Return (rows,): what a yes gains over a no.

    It gains 1 where the model says yes and loses 1 where it says no; it loses the price where it
    widens the gap, for a man, and gains it for a woman, each divided by their group's share.

    Args:
        decided: bool (rows,), to be imitated.
        men: bool (rows,).
        price: 0 is an honest imitation.
    """
    widens = np.where(men, 1 / men.mean(), -1 / (1 - men.mean()))
    return np.where(decided, 1.0, -1.0) - price * widens


def grown(seen: np.ndarray, worth: np.ndarray) -> DecisionTreeClassifier:
    """Grow a tree that gains as much as it can.

    Args:
        seen: (rows, columns) of 0 and 1.
        worth: (rows,) from `gain`.
    """
    tree = DecisionTreeClassifier(max_depth=DEPTH, min_samples_leaf=LEAF, random_state=0)
    return tree.fit(seen, worth > 0, sample_weight=np.abs(worth))


def chosen(select: Part, floor: float) -> Setting | None:
    """Return the tree with the smallest gap among those that agree often enough on average."""
    able = [
        one for one in select.answers if one != ITSELF and select.agreement(one).mean() >= floor
    ]
    return min(able, key=lambda one: abs(float(select.gap(one).mean())), default=None)


def _every(select: Part, report: Part, shown: Setting | None) -> list[dict[str, Any]]:
    kinds = [("model", ITSELF), *(("tree", one) for one in select.answers if one != ITSELF)]
    return [
        {
            "kind": kind,
            "withheld": setting[0],
            "price": setting[1],
            "seed": seed,
            "split": name,
            "gap": abs(float(gap)),
            "fidelity": float(fidelity),
        }
        for name, part in (("select", select), ("report", report))
        for kind, setting in [*kinds, *([("shown", shown)] if shown else [])]
        for seed, (gap, fidelity) in enumerate(
            zip(part.gap(setting), part.fidelity(setting), strict=True)
        )
    ]


def _told(report: Part, shown: Setting | None) -> list[dict[str, Any]]:
    itself, men = report.answers[ITSELF].astype(float), report.man
    told = {"model": mean(itself, men, ~men)}
    if shown is not None:
        tree, everybody = report.answers[shown], np.ones_like(men)
        wide = tree * np.where(report.gap(shown) < 0, -1.0, 1.0)[:, None]  # gaps have no sign
        frequent = itself.mean(1, keepdims=True) > 0.5
        agrees = (tree == itself).astype(float)
        told |= {
            "tree": mean(wide, men, ~men),
            "less": mean(itself - wide, men, ~men),
            "agreement": mean(agrees, everybody),
            "above": mean(agrees - (itself == frequent), everybody),
        }
    rows = {"kind": "told", "split": "report", "withheld": shown[0] if shown else None}
    return [rows | {"what": what} | found for what, found in told.items()]


def _dense(table: Table) -> np.ndarray:
    return design(table).toarray().astype(np.float32)


def _columns(table: Table) -> list[str]:
    return [feature.name for feature in table.features]
