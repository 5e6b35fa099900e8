"""Front: which settings of a sweep no other one beats, chosen on one split and shown by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from tradeoffs.api.display import Chart
from tradeoffs.api.model_results import Results
from tradeoffs.errors import InvalidInput, NotMeasurable
from tradeoffs.experiments.designs import baseline
from tradeoffs.experiments.plan import deployment
from tradeoffs.fields import CURVES, FIELDS
from tradeoffs.fronts import AXES
from tradeoffs.language.notation import semicolon_text
from tradeoffs.messages.message import Message
from tradeoffs.report.cards import sampling_errors
from tradeoffs.report.charts.front_chart import front_figure, with_legend
from tradeoffs.report.charts.light_theme import in_light
from tradeoffs.report.front_summary import absent, bend, extent, hypervolume
from tradeoffs.report.groups import excluded_groups
from tradeoffs.report.money_column import with_money
from tradeoffs.report.payload import why_unmeasured
from tradeoffs.report.text import setting
from tradeoffs.report.view import View, row_of, view, view_columns
from tradeoffs.resources.actors.own_numbers import OWN_NUMBERS
from tradeoffs.results import CONFIGURATION, configuration
from tradeoffs.scenario import Scenario, as_text
from tradeoffs.values.fairness.catalogue import NOTIONS

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

SHARED = (
    "dataset",
    "label",
    "communities",
    "home",
    "protected",
    "notion",
)  # what all settings of a front have in common
SHOWN = ("standing", "seeds", "remarks")


@dataclass(frozen=True, kw_only=True, repr=False, eq=False)
class Front(Chart):
    """The settings of a sweep by two objectives, and those that no other one beats.

    Settings are chosen by their means over seeds on the split `select`; what is shown of them was
    measured on `report`, with the standard deviation over seeds.  A setting is called beaten only
    where a paired 95 % interval over seeds and test rows says so.

    Attributes:
        view: what is drawn, as numbers.
        results: of all models.
        varied: fields in which the settings differ.
    """

    view: View
    results: Results
    varied: tuple[str, ...]

    def figure(self) -> go.Figure:
        """Return the front with its band over seeds, and every setting by its standing."""
        drawn = with_legend(front_figure(self.view, self.results.job.numbers))
        settings = self.results.job.settings.values()
        words = {number: self._told(one) for number, one in enumerate(settings)}
        return in_light({**drawn, "points": {**drawn["points"], "settings": words}})

    def table(self) -> pd.DataFrame:
        """Return a row a setting, the front first.

        Columns are the fields that vary, `standing`, `seeds`, `remarks` and the mean over seeds
        of each objective on report, with its standard deviation (`_sd`), and on select (`_select`).
        """
        columns = [*self.varied, "standing_words", *SHOWN[1:]]
        for axis in self.view.front.objectives:
            columns += [axis.column, f"{axis.column}_sd", f"{axis.column}_select"]
        found = self.view.table
        found["remarks"] = ["; ".join(one.name for one in row) for row in found["remarks"]]
        found["_cost"] = self.view.y.cost(found[self.view.y.column])
        best_first = found.sort_values(["on_front", "_cost"], ascending=[False, True])
        table = best_first.loc[:, columns].rename(columns={"standing_words": "standing"})
        return table.reset_index(drop=True)

    def text(self) -> str:
        """Return how many settings are on the front, its hypervolume and what has no place."""
        shown = self.view
        lines = [extent(shown), hypervolume(shown), bend(shown), absent(shown)]
        lines.append(excluded_groups(shown.here, shown.groups))
        return "\n".join(line for line in lines if line)

    def _told(self, one: Scenario) -> str:
        """Return what tells a setting from the others, in words."""
        fields, called = configuration(one), NOTIONS[one.notion].gap_title
        return ", ".join(
            setting(name, fields[name], called)
            if FIELDS[name].phrase
            else f"{name}={as_text(fields[name])}"
            for name in self.varied or ("epsilon",)
        )


def front(results: Results, x: str = "fairness", y: str = "accuracy") -> Front:
    """Return the front of two objectives among the models of a sweep.

    All settings have to be comparable: of one table, label, protected attribute and notion, and
    used on the same people.

    Args:
        results: from `tradeoffs.run`.
        x: objective to the right: accuracy, fairness (the gap of the notion), privacy (epsilon),
            explainability (fidelity of a few rules), or another measure of explanations.
        y: another one, upwards.

    Returns:
        A display with `figure()`, `table()` and `text()`.

    Raises:
        InvalidInput: an unknown objective, twice the same, or settings that do not compare.
        NotMeasurable: no setting has a value on both axes.

    >>> import tradeoffs as to
    >>> axes = {"epsilon": [1, 8, None]}
    >>> few = to.Sweep(base=to.Scenario(rows=300), axes=axes, seeds=2)
    >>> shown = to.front(to.run(few, progress=False), x="privacy", y="accuracy")
    >>> shown.table().loc[:, ["epsilon", "standing", "accuracy"]].round(2)
       epsilon      standing  accuracy
    0      inf  on the front      0.83
    1      8.0  on the front      0.82
    2      1.0  on the front      0.78
    >>> print(shown.text().splitlines()[0])
    3 settings by privacy budget (epsilon) and accuracy; 3 of them are on the front.
    """
    if AXES[x] is AXES[y]:
        raise InvalidInput("objectives_alike", x=x, y=y)
    job = results.job
    settings = list(job.settings.values())
    varied, here = _varied(list(job.settings)), settings[0]
    _comparable(settings, varied)
    groups = job.comparison.of_setting(here)
    errors = partial(sampling_errors, groups, decisions=job.decisions_of)
    columns = view_columns(x, y)
    laid_out = with_money(job.replicates(columns), job.settings, OWN_NUMBERS.prices)
    shown = view(laid_out, (), here, x, y, groups, errors, every_budget=True)
    if shown is None:
        found = why_unmeasured(job, here, x, y)
        reasons = semicolon_text(found) if found else Message("no_value_in_all_seeds")
        raise NotMeasurable("no_axis_value", x=x, y=y, reasons=reasons)
    return Front(view=_from_nowhere(shown, settings), results=results, varied=varied)


def _varied(settings: Sequence[tuple[Any, ...]]) -> tuple[str, ...]:
    """Return the fields in which settings differ; the mechanism follows from epsilon."""
    differing = [
        name
        for name, values in zip(CONFIGURATION, zip(*settings, strict=True), strict=True)
        if len(set(values)) > 1
    ]
    own = "epsilon" in differing and "clip_only" not in {
        key[CONFIGURATION.index("mechanism")] for key in settings
    }
    return tuple(name for name in differing if not (own and name == "mechanism"))


def _comparable(settings: Sequence[Scenario], varied: Sequence[str]) -> None:
    """Raise InvalidInput where settings are not alternatives to each other."""
    if apart := [name for name in varied if name in SHARED]:
        values = tuple(dict.fromkeys(getattr(one, apart[0]) for one in settings))
        raise InvalidInput("apart", field=apart[0], values=values)
    if len({deployment(one) for one in settings}) > 1:
        raise InvalidInput("apart_deployed")


def _from_nowhere(shown: View, settings: Sequence[Scenario]) -> View:
    """Return a view in which no setting is that of a visitor."""
    baselines = {baseline(one) for one in settings}
    place = row_of(shown.points, baselines.pop()) if len(baselines) == 1 else None
    return replace(shown, slices=dict.fromkeys(CURVES, ()), here_row=None, baseline_row=place)
