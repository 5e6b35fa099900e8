"""Explain: one person's decision by the models of a setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.api.display import Chart
from tradeoffs.api.sweep_run import store_at
from tradeoffs.data.cases import load_cases
from tradeoffs.data.cases import person as coded
from tradeoffs.data.catalogue import dataset
from tradeoffs.errors import InvalidInput
from tradeoffs.experiments.designs import SEEDS, baseline, replicate
from tradeoffs.experiments.plan import resolve
from tradeoffs.jobs.store import Store
from tradeoffs.language.translation import say, translate
from tradeoffs.report.charts.light_theme import in_light
from tradeoffs.report.local_explanation import (
    attribution_figure,
    attribution_table,
    figure_height,
    sentences,
)
from tradeoffs.scenario import Scenario
from tradeoffs.values.explanations.explanation import ExplanationComparison

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class PersonExplanation(Chart):
    """One person's decision, explained at a setting and without constraint and privacy.

    Attributes:
        scenario: the setting.
        title: who the person is.
        comparison: answers, attributions and the smallest change that turns the answer.
    """

    scenario: Scenario
    title: str
    comparison: ExplanationComparison

    def figure(self) -> go.Figure:
        """Return what each answer adds to the log-odds, with its range over trainings."""
        height = figure_height(len(self.comparison.here.features))
        return in_light(attribution_figure(self.comparison, self.scenario)).update_layout(
            height=height
        )

    def table(self) -> pd.DataFrame:
        """Return the same, a row a feature, the strongest first."""
        return attribution_table(self.comparison)

    def text(self) -> str:
        """Return the explanation in plain words, most important first."""
        title = f"{self.title[0].upper()}{self.title[1:]}."
        return "\n".join([title, *sentences(self.comparison, self.scenario)])


def explain(
    scenario: Scenario | None = None,
    person: str | int | None = 1,
    changes: Mapping[str, object] | None = None,
    *,
    seeds: int = SEEDS,
    store: Store | Path | str | bool | None = None,
) -> PersonExplanation:
    """Explain one decision.  The person is a composite or described here, never a row of a table.

    Args:
        scenario: the setting, with the number of its block of seeds; None is the Explorer's first.
        person: name of a composite person of the dataset, or number from 1; None describes one by
            `changes` alone, with a value of every feature.
        changes: answers of that person: feature to value, a number or the words of a bin.
        seeds: trainings of each setting.
        store: where weights are looked up, as of `tradeoffs.run`; None trains them.

    Raises:
        InvalidInput: an unknown person, feature or value, or a setting that cannot be trained.
        NotMeasurable: a training diverged.

    Source: Shrikumar, Greenside, Kundaje 2017, arXiv 1704.02685 (attributions by DeepLIFT).

    >>> import tradeoffs as to
    >>> found = to.explain(to.Scenario(rows=300, epsilon=None), "teacher", {"age": 30}, seeds=1)
    >>> print(found.text().splitlines()[0])
    A teacher of 36 with a master's degree, married, changed.
    >>> found.table()["feature"].head(2).tolist()
    ['marital status', 'schooling']
    """
    from tradeoffs.experiments.explain import explain as explained

    here = Scenario() if scenario is None else scenario
    title, bins = _person(here.dataset, person, {k: str(v) for k, v in (changes or {}).items()})
    needed = replicate([here, baseline(here)], seeds)
    kept = store_at(store)
    known = kept.weights(resolve(one).model_key for one in needed) if kept else {}
    return PersonExplanation(
        scenario=here, title=title, comparison=explained(here, bins, known, seeds)
    )


def _person(
    data: str, person: str | int | None, changes: Mapping[str, str]
) -> tuple[str, dict[str, int]]:
    """Return who is to be explained, in words and as bins: a composite, or described whole."""
    if person is None:
        return translate("a person described by hand"), coded(data, changes)
    cases = load_cases(data)
    if not cases.cases:
        names = tuple(feature.name for feature in dataset(data).codebook.features)
        raise InvalidInput("no_composite_persons", dataset=data, known=names)
    case = cases.row(person) if isinstance(person, int) else cases.case(person)
    title = say("{person}, changed", person=case.title) if changes else case.title
    return title, coded(data, dict(case.values) | dict(changes))
