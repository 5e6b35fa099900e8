"""Small screens: a few settings around one, trained in this process, and all that is said there."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.sentences.covering import Run
from tests.sentences.raw import figures, gaps, large
from tradeoffs.data.catalogue import dataset
from tradeoffs.errors import InvalidInput
from tradeoffs.figures import explanation, pays
from tradeoffs.figures.cards import Card, Decisions, cards, gap_error, sampling_errors
from tradeoffs.figures.crowd import bits, crowd
from tradeoffs.figures.groups import group_table, left_out
from tradeoffs.figures.looking import CHOOSING, LOOKING, values
from tradeoffs.figures.moved import moved_people
from tradeoffs.figures.naming import favourable, wanted
from tradeoffs.figures.sentence import Said, every
from tradeoffs.figures.sentences import said
from tradeoffs.figures.view import View, view
from tradeoffs.pipeline.chunks import chunks
from tradeoffs.pipeline.comparison import Comparison, table
from tradeoffs.pipeline.looking import looking
from tradeoffs.pipeline.looking import price as priced
from tradeoffs.pipeline.resolve import possible
from tradeoffs.pipeline.run import run
from tradeoffs.pipeline.sections import first_training, is_untouched, replicated, untouched
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Screen:
    """What is trained around a setting, and what is made of it.

    Attributes:
        here: the setting.
        results: as trained, by setting without seed.
        among: the groups that are large enough everywhere.
        shown: None where nothing has a place on both axes.
    """

    here: Scenario
    results: Mapping[Scenario, list[Result]]
    among: set[str]
    shown: View | None
    cards: list[Card]
    said: list[Said]
    paying: list[str]  # who pays
    others: list[Said]  # beside those on the setting

    @property
    def own(self) -> list[Result]:
        """The setting's results, one a seed."""
        return self.results[self.here.configuration()]

    @property
    def twin(self) -> list[Result]:
        """The untouched model's results, one a seed."""
        return self.results[untouched(self.here).configuration()]

    def of(self, results: list[Result], column: str, split: str = "report") -> np.ndarray:
        """Return what some results have of a column, one a seed; NaN where not measured."""
        if column == "gap":
            return gaps(self.here, results, self.among, split)
        return figures(results, column, split)

    @property
    def every(self) -> list[Said]:
        """All that is said."""
        return [*self.said, *self.others]


def setting(run: Run) -> Scenario | None:
    """Return the setting of a run of the design; None where it is not offered."""
    data, protected = run["where"]
    entry = dataset(data)
    labels = entry.labels
    try:
        here = Scenario.of(
            dataset=data,
            label=labels[run["label"] % len(labels)],
            protected=protected,
            rows=run["rows"],
            width=run["width"],
            stage=run["stage"],
            clipping=run["clipping"],
            mechanism=run["mechanism"],
            epsilon=None if run["mechanism"] == "none" else run["epsilon"],
            notion=run["notion"],
            max_gap=run["bound"],
            **run["shift"],
        )
    except InvalidInput:
        return None
    same = here.clipping == run["clipping"]  # not where it means nothing
    return here if same and possible(here) else None


def around(here: Scenario, moves: list[Run]) -> list[Scenario]:
    """Return a setting, the untouched model, and what moves make of the setting."""
    near = [here, untouched(here)]
    for move in moves:
        try:
            near.append(here.but(**move))
        except InvalidInput:
            continue
    return [one for one in dict.fromkeys(near) if possible(one)]


def screen(
    here: Scenario, *, x: str, y: str, moves: list[Run], seeds: int, price: bool = False
) -> Screen:
    """Train a small screen and say all that is said of it."""
    wanted_ = replicated(around(here, moves), seeds)
    random.Random(seeds).shuffle(wanted_)  # results arrive in any order
    found: dict[Scenario, list[Result]] = {}
    for chunk in chunks(wanted_):
        for one in run(chunk):
            result = Result(scenario=one.scenario, measurement=one.measurement)
            found.setdefault(one.scenario.configuration(), []).append(result)
    every_ = [r for results in found.values() for r in results]
    together = Comparison.of(wanted_)
    rows, groups = table(every_, together), together.of_setting(here)

    def decisions(of: Scenario) -> dict[int, bytes]:
        return {r.scenario.seed: r.measurement.decisions for r in found.get(of.configuration(), [])}

    def errors(one: Scenario, other: Scenario) -> Mapping[str, float]:
        return sampling_errors(groups, one, other, decisions)

    shown = view(rows, here, x, y, groups, errors)
    told, texts = [], []
    if shown is not None:
        told = cards(shown, decisions)
        people = group_table(rows, here, here.protected)
        texts = said(shown, told, people, gap_error(shown, decisions), decisions)
    paying, cells = _paying(here, decisions)
    return Screen(
        here=here,
        results=found,
        among=large(here, every_),
        shown=shown,
        cards=told,
        said=texts,
        paying=paying,
        others=[
            *_cards(told),
            *(Said(name="who pays", text=text) for text in [*paying, *cells]),
            *_measures(here, rows),
            *_moved(here),
            Said(name="left out", text=left_out(here, groups)),
            *_looking(here, every_, price),
        ],
    )


def _cards(told: list[Card]) -> list[Said]:
    return [
        Said(name=f"card {card.name}", text=text)
        for card in told
        for text in (card.value, card.detail, card.change or "")
    ]


def _paying(here: Scenario, decisions: Decisions) -> tuple[list[str], list[str]]:
    """Return the sentences on who pays, and the cells of their table."""
    now, before = decisions(here), decisions(untouched(here))
    seeds, people = sorted(now.keys() & before.keys()), crowd(here)
    if not people.rows:
        return [], []
    both = (bits(of, seeds, people.rows) for of in (now, before))
    table = pays.pays_table(people, here.protected, favourable(here), *both)
    told = pays.sentences(table, wanted(here), favourable(here), is_untouched(here))
    return told, pays.told_table(table).astype(str).to_numpy().ravel().tolist()


def _measures(here: Scenario, rows: pd.DataFrame) -> list[Said]:
    own = explanation.measures_table(rows, here)
    return [Said(name="why missing", text=text) for text in explanation.missing(own, here)]


def _moved(here: Scenario) -> list[Said]:
    if not here.deployment_shifts:
        return []
    met = here.but(shift_intensity=0.0, other_shifts=())
    text = moved_people(crowd(met), crowd(here), here.protected)
    return [Said(name="moved", text=text)]


def _looking(here: Scenario, results: list[Result], price: bool) -> list[Said]:
    if not price:  # the accountants take longer than the training
        return []
    seen = looking((r.scenario for r in results), first_training(here))
    found = values(seen, priced(seen))
    return every([*LOOKING, *CHOOSING], found)
