"""Feedback rounds: decisions change who can repay and who applies next, round after round.

The operator is made up, in the form of Liu et al. 2018 (arXiv 1803.04383): of each group, credit
that is repaid raises the share that would repay, credit that is not lowers it, and people apply
more where more of their group get credit.  Within those who would repay, and who would not, people
of a group stay as the table has them.  A positive answer of the table stands in for repaying.

Thresholds are set on the people of select and measured on those of report.  Each seed is a world of
its own: other people in training, and other people of both halves, drawn with replacement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tradeoffs.catalogue import require_known
from tradeoffs.data.keyed_random import uniform
from tradeoffs.data.load import load_split
from tradeoffs.data.table import Table
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS
from tradeoffs.experiments.fit_tables import fit_tables, table_scores
from tradeoffs.scenario import Scenario
from tradeoffs.stats.interval import estimate

ROUNDS = 10
STEP = 0.05  # how far a round moves a share, of the share of the group that it happens to
KEPT = ("one_threshold", "demographic_parity", "equal_opportunity")
CHOSEN = "chosen"  # each round anew
Scores = tuple[np.ndarray, np.ndarray]  # of the people drawn of select, and of report
Key = tuple[str, int, str, str]  # notion, round, group, what
ONCE, EVERY, DIFFERENCE = "once", "every", "difference"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Half:
    """People of one half of the test data, in one world.

    Attributes:
        table: everybody, before the draw.
        drawn: (people,) rows that were drawn, with replacement.
        label: (people,) bool, of those drawn.
        group: (people,) int.
    """

    table: Table
    drawn: np.ndarray
    label: np.ndarray
    group: np.ndarray

    @classmethod
    def of(cls, table: Table, protected: str, seed: int) -> "Half":
        """Return the people of a world."""
        drawn = (uniform(seed, "world", np.arange(table.rows)) * table.rows).astype(int)
        codes = table.group_of(protected)[0]
        return cls(table=table, drawn=drawn, label=table.label[drawn], group=codes[drawn])


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class State:
    """Where groups stand: who would repay, and how many apply.

    Attributes:
        repay: (groups,) share of each group that would repay.
        apply: (groups,) share of each group among those who apply; of sum 1.
    """

    repay: np.ndarray
    apply: np.ndarray

    def next(self, granted: np.ndarray, harm: float) -> "State":
        """Return the state after a round.

        Args:
            granted: (groups, 2) share that gets credit, of those who would not and would repay.
            harm: of credit that is not repaid, in units of what repaid credit brings.
        """
        good, bad = self.repay * granted[:, 1], (1 - self.repay) * granted[:, 0]
        repay = np.clip(self.repay + STEP * (good - harm * bad), 0.01, 0.99)
        rate = good + bad
        apply = self.apply * (1 + STEP * (rate - self.apply @ rate))
        return State(repay=repay, apply=apply / apply.sum())

    def cells(self) -> np.ndarray:
        """Return (groups, 2) shares of those who apply, who would not and would repay."""
        return self.apply[:, None] * np.stack([1 - self.repay, self.repay], axis=1)


def answer(scenario: Scenario, harm: float, retrain: str) -> list[dict[str, Any]]:
    """Return where groups stand, round by round, under each notion.

    Columns: `notion` (one_threshold, for all; demographic_parity and equal_opportunity: a
    threshold a group; chosen: each round the one of these that leaves the group with the lowest
    share that would repay better off in the next), `retrain` (once; every: round; difference: every
    minus once), `round` (0: before any decision), `group` (or all), `what` (repay: share of the
    group that would repay; apply: its share among those who apply; widened, of all: by how much the
    largest and the smallest repay lie further apart than before any decision; at the end also
    repay_more and apply_more, minus the same without a notion, and over_parity, repay minus the
    same under demographic parity), `value`, `low`, `high` (95 % over worlds).

    Args:
        scenario: dataset, label, width, rows in training, protected attribute; without a mechanism.
        harm: of credit that is not repaid, from 0; 1 is as much as repaid credit brings.
        retrain: "once", "every" or "both".

    Raises:
        InvalidInput: a harm below 0, an unknown option, or a mechanism.
    """
    if not harm >= 0:
        raise InvalidInput("too_low", field="harm", value=harm, least=0)
    require_known("retrain", retrain, (ONCE, EVERY, "both"))
    ways = (ONCE, EVERY) if retrain == "both" else (retrain,)
    found = {way: _figures(Setup.of(scenario, harm, way == EVERY)) for way in ways}
    if retrain == "both":
        found[DIFFERENCE] = {key: found[EVERY][key] - found[ONCE][key] for key in found[ONCE]}
    return [row for way, figures in found.items() for row in _records(way, figures)]


def _records(way: str, figures: Mapping[Key, np.ndarray]) -> Iterator[dict[str, Any]]:
    for (notion, place, group, what), values in figures.items():
        found = estimate(values)
        low, high = found.interval or (found.mean, found.mean)
        about = {"notion": notion, "retrain": way, "round": place, "group": group, "what": what}
        yield about | {"value": found.mean, "low": low, "high": high}


def _figures(setup: "Setup") -> dict[Key, np.ndarray]:
    """Return (seeds,) values of what each notion comes to."""
    found: dict[Key, np.ndarray] = {}
    for notion in (*KEPT, CHOSEN):
        for place, states in enumerate(_rounds(setup, notion)):
            repay = np.stack([state.repay for state in states])
            apply = np.stack([state.apply for state in states])
            apart = np.ptp(repay, axis=1)
            found[notion, place, "all", "widened"] = apart - np.ptp(setup.start.repay)
            for g, name in enumerate(setup.names):
                found[notion, place, name, "repay"] = repay[:, g]
                found[notion, place, name, "apply"] = apply[:, g]
    return found | dict(_compared(found))


def _compared(found: Mapping[Key, np.ndarray]) -> Iterator[tuple[Key, np.ndarray]]:
    """Yield differences between notions, world by world."""
    against = {"repay_more": ("repay", "one_threshold"), "apply_more": ("apply", "one_threshold")}
    against["over_parity"] = ("repay", "demographic_parity")
    for (notion, place, group, what), values in found.items():
        for name, (of, other) in against.items():
            if what == of and place == ROUNDS:
                yield (notion, place, group, name), values - found[other, place, group, of]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Setup:
    """What all notions share: worlds, where they begin, and how models are trained.

    Attributes:
        scenario: of the models.
        harm: of credit that is not repaid.
        retrain: whether models are trained anew each round.
        train: people to train on.
        names: of the groups.
        start: of every world.
        halves: (seeds,) of select and report.
    """

    scenario: Scenario
    harm: float
    retrain: bool
    train: Table
    names: tuple[str, ...]
    start: State
    halves: Sequence[tuple[Half, Half]]

    @classmethod
    def of(cls, scenario: Scenario, harm: float, retrain: bool) -> "Setup":
        """Return the setup of a scenario."""
        split = load_split(scenario.dataset, scenario.label)
        codes, names = split.train.group_of(scenario.protected)
        repay = np.array([split.train.label[codes == g].mean() for g in range(len(names))])
        apply = np.bincount(codes, minlength=len(names)) / len(codes)
        worlds = range(scenario.seed, scenario.seed + SEEDS)
        return cls(
            scenario=scenario,
            harm=harm,
            retrain=retrain,
            train=split.train,
            names=names,
            start=State(repay=repay, apply=apply),
            halves=[
                (
                    Half.of(split.select, scenario.protected, seed),
                    Half.of(split.report, scenario.protected, seed),
                )
                for seed in worlds
            ],
        )

    def scores(self, states: Sequence[State], place: int) -> list[Scores]:
        """Return the scores of models trained on people as they are in a round."""
        scenario = self.scenario
        cell = 2 * self.train.group_of(scenario.protected)[0].astype(int) + self.train.label
        counts = np.bincount(cell, minlength=2 * len(self.names))
        tables = []
        for seed, state in enumerate(states, scenario.seed):
            weight = (state.cells().ravel() / counts)[cell]
            # The smallest of exponential times: a sample without replacement, by weight.
            times = -np.log(uniform(seed, f"round {place}", self.train.row_id)) / weight
            tables.append(self.train.take(np.sort(np.argsort(times)[: scenario.rows])))
        fitted = [vectors[0] for vectors in fit_tables(scenario, tables, seed=scenario.seed)]
        select, report = (table_scores(fitted, scenario.width, h.table) for h in self.halves[0])
        return [(select[s][a.drawn], report[s][b.drawn]) for s, (a, b) in enumerate(self.halves)]


def _rounds(setup: Setup, notion: str) -> Iterator[list[State]]:
    """Yield the states of all worlds, before any decision and after each round."""
    states = [setup.start] * SEEDS
    scores = setup.scores(states, 0)
    yield states
    for place in range(ROUNDS):
        if place and setup.retrain:
            scores = setup.scores(states, place)
        states = [
            state.next(_granted(state, halves, own, notion, setup.harm), setup.harm)
            for state, halves, own in zip(states, setup.halves, scores, strict=True)
        ]
        yield states


def _granted(
    state: State, halves: tuple[Half, Half], scores: Scores, notion: str, harm: float
) -> np.ndarray:
    """Return (groups, 2) who gets credit on report, by thresholds set on select."""
    select, report = halves
    bars = {
        name: thresholds(state, select.label, select.group, scores[0], name)
        for name in (KEPT if notion == CHOSEN else (notion,))
    }
    if notion == CHOSEN:
        lowest = int(state.repay.argmin())
        ahead = {
            name: state.next(shares(select.label, select.group, scores[0], own), harm)
            for name, own in bars.items()
        }
        notion = max(KEPT, key=lambda name: float(ahead[name].repay[lowest]))
    return shares(report.label, report.group, scores[1], bars[notion])


def shares(
    label: np.ndarray, group: np.ndarray, scores: np.ndarray, bars: np.ndarray
) -> np.ndarray:
    """Return (groups, 2) share that gets credit, of those who would not and would repay."""
    granted = scores >= bars[group]
    return np.array(
        [
            [granted[(group == g) & (label == yes)].mean() for yes in (False, True)]
            for g in range(len(bars))
        ]
    )


def thresholds(
    state: State, label: np.ndarray, group: np.ndarray, scores: np.ndarray, notion: str
) -> np.ndarray:
    """Return (groups,) scores from which on people get credit.

    Parity and equal opportunity give every group the rate that all people have at the score 0: of
    those who apply, or of those among them who would repay.

    Args:
        state: of the round.
        label: (people,) bool, who would repay.
        group: (people,) int.
        scores: (people,) logits.
        notion: of KEPT.
    """
    groups = len(state.repay)
    plain = np.zeros(groups)
    if notion == "one_threshold":
        return plain
    cells = state.cells()
    if notion == "equal_opportunity":
        cells = cells * [0, 1]
    granted = shares(label, group, scores, plain)
    target = float((cells * granted).sum() / cells.sum())
    counts = np.bincount(2 * group + label, minlength=2 * groups).reshape(groups, 2)
    weight = (cells / counts)[group, label.astype(int)]
    bars = []
    for g in range(groups):
        own = np.flatnonzero((group == g) & (weight > 0))
        order = own[np.argsort(-scores[own])]
        total = np.cumsum(weight[order])
        last = int(np.searchsorted(total, target * total[-1], side="right"))
        bars.append(scores[order[last - 1]] if last else np.inf)
    return np.array(bars)
