"""Report: what the Explorer shows of one setting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoffs.api.display import Chart
from tradeoffs.api.model_results import Results
from tradeoffs.api.sweep_run import run
from tradeoffs.errors import NotMeasurable
from tradeoffs.experiments.designs import SEEDS, grid, replicate, slices
from tradeoffs.jobs.store import Store
from tradeoffs.language.notation import labelled, semicolon_text
from tradeoffs.report.cards import cards_table
from tradeoffs.report.charts.front_chart import with_legend
from tradeoffs.report.charts.light_theme import in_light
from tradeoffs.report.documents.catalogue import DOCUMENTS
from tradeoffs.report.documents.setting_summary import setting_summary
from tradeoffs.report.front_table import points_table
from tradeoffs.report.payload import Picture, picture, why_no_picture
from tradeoffs.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Report(Chart):
    """What the Explorer shows of one setting: its front, four cards and the sentences.

    Attributes:
        picture: all of it, as numbers and words.
        results: of all models that were trained for it.
        pins: settings beside those around it.
    """

    picture: Picture
    results: Results
    pins: tuple[Scenario, ...] = ()

    def figure(self) -> go.Figure:
        """Return the front around the setting, with the sections through it."""
        return in_light(with_legend(self.picture.figure))

    def table(self) -> pd.DataFrame:
        """Return the numbers of the chart, one row a setting, the front first."""
        return points_table(self.picture.view)

    def cards(self) -> pd.DataFrame:
        """Return the four objectives at the setting, beside no constraint and no privacy."""
        return cards_table(self.picture.cards)

    def text(self) -> str:
        """Return the four objectives and the sentences, one a line."""
        cards = [
            labelled(
                one.title,
                semicolon_text(
                    [f"{one.value} ({one.change})" if one.change else one.value, one.detail]
                ),
            )
            for one in self.picture.cards
        ]
        return "\n".join([*cards, *self.picture.sentences])

    def document(self, name: str = "report") -> str:
        """Return one of the documents that the Explorer offers to take home, as text.

        Args:
            name: report (HTML), embed (HTML, for a page of one's own), model_card (Markdown),
                notebook, script or scenario (JSON).

        Raises:
            InvalidInput: there is no such document.
        """
        here = self.picture.view.here
        summary = setting_summary(self.results.job, here, self.picture, self.pins)
        return DOCUMENTS[name].make(summary)


def report(
    scenario: Scenario | None = None,
    *,
    x: str = "fairness",
    y: str = "accuracy",
    pins: Sequence[Scenario] = (),
    seeds: int = SEEDS,
    workers: int | None = None,
    progress: bool = True,
    store: Store | Path | str | bool | None = None,
) -> Report:
    """Return what the Explorer shows of a setting; trains some fifty settings around it.

    Args:
        scenario: the setting, with the number of its block of seeds as its seed; None is the
            Explorer's first one.
        x: objective to the right, as of `tradeoffs.front`.
        y: objective upwards.
        pins: settings that are trained and compared beside those around it.
        seeds: trainings of each setting.
        workers: as of `tradeoffs.run`.
        progress: whether to show a bar.
        store: as of `tradeoffs.run`; True is the one that the Explorer uses too.

    Returns:
        A display with `figure()`, `table()`, `cards()` and `text()`.

    Raises:
        InvalidInput: a setting that cannot be trained.
        NotMeasurable: no setting has a value on both axes.

    >>> import tradeoffs as to
    >>> shown = to.report(to.Scenario(rows=300), seeds=1, progress=False)
    >>> shown.cards()["objective"].tolist()
    ['Accuracy', 'Gap in selection rates', 'Privacy budget', 'Fidelity of a small tree']
    >>> print(shown.text().splitlines()[2])
    Privacy budget: ε = 1; an attacker guessing whether a person's record was used is right at \
most about 73 times in 100 (a coin flip: 50)
    """
    here = Scenario() if scenario is None else scenario
    wanted = [*slices(here, seeds), *grid(here, seeds), *replicate(pins, seeds)]
    results = run(wanted, workers=workers, progress=progress, store=store)
    drawn = picture(results.job, here, x, y)
    if drawn is None:
        raise NotMeasurable("no_picture", reason=why_no_picture(results.job, here, x, y))
    return Report(picture=drawn, results=results, pins=tuple(pins))
