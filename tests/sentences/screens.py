"""Small screens: a few settings around one, trained in this process, and all that is said there."""

import random
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd

from tests.sentences.covering import Run
from tests.sentences.raw import figures, gaps, large
from tradeoffs.data.catalogue import dataset
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.chunks import chunks
from tradeoffs.experiments.comparison import Comparison, rows, table
from tradeoffs.experiments.designs import baseline, first_training, is_baseline, replicate
from tradeoffs.experiments.plan import possible, resolve
from tradeoffs.experiments.run import run as train
from tradeoffs.experiments.total_privacy import compose as priced
from tradeoffs.experiments.total_privacy import composition
from tradeoffs.fronts.sweep import sweep
from tradeoffs.report import global_explanation, group_outcomes
from tradeoffs.report.cards import Card, Decisions, cards, gap_error, sampling_errors
from tradeoffs.report.composition_table import COMPOSITION, SELECTION, values
from tradeoffs.report.deployment import describe_change
from tradeoffs.report.evaluation_people import decision_matrix, evaluation_people
from tradeoffs.report.groups import excluded_groups, group_rates
from tradeoffs.report.sentences.front_finding import finding
from tradeoffs.report.sentences.headline import messages
from tradeoffs.report.sentences.sentence import Statement, every
from tradeoffs.report.titles import favourable, favourable_answer
from tradeoffs.report.view import Row, View, view, view_columns
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
    said: list[Statement]  # sentences
    cells: list[Statement]  # words on cards and in tables

    @property
    def own(self) -> list[Result]:
        """The setting's results, one a seed."""
        return self.results[self.here.configuration()]

    @property
    def twin(self) -> list[Result]:
        """The untouched model's results, one a seed."""
        return self.results[baseline(self.here).configuration()]

    def of(self, results: list[Result], column: str, split: str = "report") -> np.ndarray:
        """Return what some results have of a column, one a seed; NaN where not measured."""
        if column == "gap":
            return gaps(self.here, results, self.among, split)
        return figures(results, column, split)


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


def around(run: Run) -> list[Scenario]:
    """Return all on the screen of a run: its setting, the untouched model, others; every seed."""
    here = setting(run)
    assert here is not None
    near = [here, baseline(here)]
    for move in run["moves"]:
        with suppress(InvalidInput):
            near.append(here.but(**move))
    some = [one for one in dict.fromkeys(near) if possible(one)]
    return replicate(some, run["seeds"])


def trained(wanted: Iterable[Scenario]) -> dict[Scenario, Result]:
    """Train and measure some scenarios in this process."""
    found = (one for chunk in chunks(map(resolve, wanted)) for one in train(chunk))
    return {
        one.scenario: Result(scenario=one.scenario, measurement=one.measurement) for one in found
    }


def screen(run: Run, stored: Mapping[Scenario, Result], price: bool = False) -> Screen:
    """Return the screen of a run, and all that is said on it."""
    wanted = around(run)
    here, (x, y) = wanted[0].configuration(), run["axes"]
    results = [stored[one] for one in random.Random(0).sample(wanted, len(wanted))]  # in any order
    found: dict[Scenario, list[Result]] = {}
    for one in results:
        found.setdefault(one.scenario.configuration(), []).append(one)
    together = Comparison.of(wanted)
    everything, groups = table(results, together), together.of_setting(here)
    own = [row for row in rows(found[here], together) if row["split"] == "report"]

    def decisions(of: Scenario) -> dict[int, bytes]:
        return {r.scenario.seed: r.measurement.decisions for r in found.get(of.configuration(), [])}

    def errors(one: Scenario, other: Scenario) -> Mapping[str, float]:
        return sampling_errors(groups, one, other, decisions)

    shown = view(sweep(results, together, view_columns(x, y)), own, here, x, y, groups, errors)
    told, texts = [], []
    if shown is not None:
        told = cards(shown, decisions)
        people = group_rates(own, here.protected)
        texts = messages(shown, told, people, gap_error(shown, decisions), decisions)
        texts += finding(shown, decisions)
    texts = [*texts, *_moved(here), *_measures(here, everything), *_looking(here, results, price)]
    cells = _cards(told)
    both = [one for of in (here, baseline(here)) for one in found[of.configuration()]]
    if absent := group_outcomes.why_unmeasured(both):
        texts.append(Statement(name="who pays, not measurable", text=absent))
    else:
        texts += _paying(here, decisions)
        cells += _cells(here, decisions)
    texts += [
        Statement(name="left out", text=text) for text in [excluded_groups(here, groups)] if text
    ]
    return Screen(
        here=here,
        results=found,
        among=large(here, results),
        shown=shown,
        cards=told,
        said=texts,
        cells=cells,
    )


def _cards(told: list[Card]) -> list[Statement]:
    return [
        Statement(name=f"card {card.name}", text=text)
        for card in told
        for text in (card.value, card.detail, card.change or "")
    ]


def _paying(here: Scenario, decisions: Decisions) -> list[Statement]:
    """Return the sentences on who pays."""
    table = _pays(here, decisions)
    told = group_outcomes.sentences(
        table, favourable_answer(here), favourable(here), is_baseline(here)
    )
    return [Statement(name="who pays", text=text) for text in told]


def _cells(here: Scenario, decisions: Decisions) -> list[Statement]:
    """Return the table of who pays in words."""
    rows = group_outcomes.display_table(_pays(here, decisions))
    return [Statement(name="who pays", text=str(cell)) for row in rows for cell in row.values()]


def _pays(here: Scenario, decisions: Decisions) -> list[Row]:
    people, of = evaluation_people(here), (decisions(here), decisions(baseline(here)))
    now, before = (decision_matrix(one, sorted(one), people.rows) for one in of)
    return group_outcomes.outcomes_table(people, here.protected, favourable(here), now, before)


def _measures(here: Scenario, rows: pd.DataFrame) -> list[Statement]:
    """Return why measures of explanations are missing."""
    own = global_explanation.measures_table(rows, here)
    return [
        Statement(name="why missing", text=text)
        for text in global_explanation.missing(own, here, rows)
    ]


def _moved(here: Scenario) -> list[Statement]:
    if not here.deployment_shifts:
        return []
    met = here.but(shift_intensity=0.0, other_shifts=())
    text = describe_change(evaluation_people(met), evaluation_people(here), here.protected)
    return [Statement(name="moved", text=text)]


def _looking(here: Scenario, results: list[Result], price: bool) -> list[Statement]:
    if not price:  # the accountants take longer than the training
        return []
    seen = composition((r.scenario for r in results), first_training(here))
    found = values(seen, priced(seen))
    return every([*COMPOSITION, *SELECTION], found)
