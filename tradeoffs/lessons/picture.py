"""Picture: what a step draws of its answer; the table below it has the same numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from tradeoffs.fronts import AXES
from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import translate
from tradeoffs.lessons.derived_columns import values
from tradeoffs.lessons.effect import Effect, format_value, unit_name, unit_of
from tradeoffs.lessons.measure import Reading, effect_in
from tradeoffs.lessons.names import NOT_MEASURABLE, NOT_STATED, Names
from tradeoffs.lessons.reading import OVER_TRAININGS, over_seeds
from tradeoffs.lessons.schema import Chart
from tradeoffs.lessons.step_state import PLACE, StepState

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

CONFIGURATION = "configuration"  # in words, of a front
QUANTITY = "quantity"  # the column that tells several measured columns apart
ENDS = ("value", "low", "high")


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A chart with its words.

    Attributes:
        chart: what is drawn.
        names: words for columns and values.
        x: title of the axis to the right; "" for that of what is drawn there.
        y: title of the axis upwards.
        discrete: whether values of x are words even where they are numbers.
        own: draws what no kind of chart can; None where a kind does.
    """

    chart: Chart
    names: Names
    x: str = ""
    y: str = ""
    discrete: bool = False
    own: "Callable[[Picture, pd.DataFrame], go.Figure] | None" = None

    def at(self, state: StepState) -> "Picture":
        """Return it with the words for what its titles name in braces."""
        x, y = (
            PLACE.sub(lambda found: self.names.value(found[1], state[found[1]]), title)
            for title in (self.x, self.y)
        )
        return replace(self, x=x, y=y)

    @property
    def coordinates(self) -> tuple[str, ...]:
        """The columns that tell what is drawn apart, the one along the names or x first."""
        x, y, series = self.chart.x, self.chart.y, self.chart.series
        rows = y if isinstance(y, tuple) else (y,)
        if self.chart.kind.startswith("charts."):
            return tuple(filter(None, (x, *rows, series)))
        first = (x,) if self.chart.kind == "lines" else rows
        if len(self.chart.columns) > 1:
            series, first = (series or QUANTITY, first) if any(first) else (series, (QUANTITY,))
        return tuple(filter(None, (*first, series)))

    @property
    def joined(self) -> tuple[str, ...]:
        """The columns whose words are joined to one."""
        return self.chart.y if isinstance(self.chart.y, tuple) else ()

    @property
    def value_title(self) -> str:
        """What the drawn numbers are."""
        own = self.x if self.chart.kind == "dots" else self.y
        return own or self.names.title(self.chart.columns[0])

    def data(self, reading: Reading) -> "pd.DataFrame":
        """Return what is drawn: coordinates, `value`, `low`, `high`, of trained models `seeds`."""
        import pandas as pd

        if self.chart.kind == "front":
            return self._front(reading)
        read = self._stated if reading.answer.study else self._trained
        parts = [
            read(reading, reading.state.fill(column)).assign(**{QUANTITY: column})
            for column in self.chart.columns
        ]
        found = pd.concat(parts, ignore_index=True)
        drawn = [name for name in (*self.coordinates, *ENDS, "seeds") if name in found]
        return found.loc[:, drawn]

    def references(self, reading: Reading) -> list[tuple[str, Effect]]:
        """Return the measures that lie across, those that can be measured, with their names."""
        found = [(self.names.title(name), reading.effect(name)) for name in self.chart.references]
        return [(name, effect) for name, effect in found if effect is not None]

    def figure(self, reading: Reading) -> "go.Figure":
        """Draw it."""
        from tradeoffs.report.charts.lesson_charts import dots, front_plane, lines

        if self.chart.kind == "front":
            return front_plane(self._settings(reading), **self._front_options, words=CONFIGURATION)
        data = self.data(reading)
        if self.own is not None:
            return self.own(self, data)
        factor, *_ = unit_of(self.chart.unit)
        factor = 1.0 if self.chart.unit == "%" else factor
        drawn = self._worded(data).assign(**{name: data[name] * factor for name in ENDS})
        first, *rest = [name for name in self.coordinates if name not in self.joined[1:]]
        unit = f" ({unit_name(self.chart.unit)})" if self.chart.unit not in ("", "%") else ""
        options: dict[str, Any] = {
            "series": rest[0] if rest else None,
            "share": self.chart.unit == "%",
            "references": [(e.value * factor, name) for name, e in self.references(reading)],
        }
        if self.chart.kind == "dots":
            return dots(drawn, y=first, x_title=self.value_title + unit, **options)
        title = self.x or self.names.title(first)
        return lines(drawn, x=first, x_title=title, y_title=self.value_title + unit, **options)

    def table(self, reading: Reading) -> "pd.DataFrame":
        """Return the data for people: under titles, in units, with the lines that lie across."""
        import pandas as pd

        data = self.data(reading)
        if self.chart.kind == "front":
            return self._front_table(data)
        worded = self._worded(data, every=True)
        across = [
            dict.fromkeys(
                [n for n in self.coordinates if n in worded],
                translate("every", "where a line lies across"),
            )
            | {self.coordinates[0]: name}
            | dict(zip(ENDS, (one.value, one.low, one.high), strict=True))
            for name, one in self.references(reading)
        ]
        if across:
            worded = pd.concat([worded, pd.DataFrame(across)], ignore_index=True)
        titles = {name: self.names.title(name) for name in self.coordinates}
        shown = worded.rename(columns=titles)
        for name in ENDS:
            shown[name] = [format_cell(v, self.chart.unit) for v in shown[name]]
        titles = {name: self.names.title(name) for name in ("low", "high", "seeds")}
        if not reading.over_test_rows(self.chart.rows):
            titles |= _over_trainings()
        if "seeds" in shown:
            shown["seeds"] = [f"{n:.0f}" if n == n else "–" for n in shown["seeds"]]
            titles |= _over_trainings()
        if (
            shown[["low", "high"]].to_numpy() == translate(NOT_STATED)
        ).all():  # counts have no interval
            shown = shown.drop(columns=["low", "high"])
        return shown.rename(columns=titles | {"value": self.value_title})

    def _front_table(self, data: "pd.DataFrame") -> "pd.DataFrame":
        for axis in (AXES[str(self.chart.x)], AXES[str(self.chart.y)]):
            unit = "%" if axis.is_share else ""
            data[axis.column] = [_objective(value, unit) for value in data[axis.column]]
        data["standing"] = [self.names.short("standing", one) for one in data["standing"]]
        return data.rename(columns={name: self.names.title(name) for name in data})

    def _worded(self, data: "pd.DataFrame", *, every: bool = False) -> "pd.DataFrame":
        """Return data with words for coordinates; numbers that nothing names stay numbers."""
        found = data.copy()
        for place, name in enumerate(self.coordinates):
            column = data[name]
            named = self.names.field(name) is not None or self.discrete
            named |= any(str(key).startswith(f"{name}=") for key in self.names.words)
            if every or place or named or column.dtype.kind not in "iuf":
                write = self.names.value if place else self.names.short
                found[name] = [write(name, value) for value in column]
        if self.joined:
            first, *rest = self.joined
            rows = found.loc[:, list(self.joined)].to_numpy().tolist()
            found = found.assign(**{first: [_joined(row) for row in rows]}).drop(columns=rest)
        return found

    def _trained(self, reading: Reading, column: str) -> "pd.DataFrame":
        apart = [name for name in self.coordinates if name in reading.answer.apart]
        rows = reading.trained(self.chart.rows, apart)
        found = over_seeds(rows.assign(value=values(rows, column)), apart, "value")
        numeric = [name for name in apart if found[name].dtype.kind in "iuf"]
        return found.sort_values(numeric, ignore_index=True) if numeric else found

    def _stated(self, reading: Reading, column: str) -> "pd.DataFrame":
        import pandas as pd

        rows = reading.rows(self.chart.rows)
        told = [effect_in(row, column) for row in rows.to_dict("records")]
        ends = [(one.value, one.low, one.high) if one else (float("nan"),) * 3 for one in told]
        kept = rows.loc[:, [c for c in self.coordinates if c != QUANTITY]].reset_index(drop=True)
        return kept.join(pd.DataFrame(ends, columns=list(ENDS)))

    def _front(self, reading: Reading) -> "pd.DataFrame":
        """Return the settings of every front: means of both objectives, and their standing."""
        import pandas as pd

        from tradeoffs.report.charts.lesson_charts import fronts

        options = self._front_options
        axes = [AXES[options[name]].column for name in ("x", "y")]
        found = fronts(self._settings(reading), **options)
        series = [self.chart.series] if self.chart.series else []
        parts = [one.table.assign(**dict.fromkeys(series, name)) for name, one in found.items()]
        names = [*series, CONFIGURATION, *axes, "standing"]
        every = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=names)
        return every.loc[:, names]

    @property
    def _front_options(self) -> dict[str, Any]:
        chart = self.chart
        return {
            "configuration": (CONFIGURATION,),
            "x": chart.x,
            "y": chart.y,
            "series": chart.series,
        }

    def _settings(self, reading: Reading) -> "pd.DataFrame":
        """Return the answer with words for its settings and series."""
        write, series, answer = self.names.value, self.chart.series, reading.answer
        apart = self.chart.configuration or [n for n in answer.apart if n != series]
        if answer.study:
            records = reading.rows(self.chart.rows, split=None)
        else:
            records = reading.trained(self.chart.rows, (*answer.apart, *apart), split=None)
        rows = records.to_dict("records")
        told = [", ".join(write(name, row[name]) for name in apart) for row in rows]
        named = {series: [write(series, row[series]) for row in rows]} if series else {}
        return records.assign(**{CONFIGURATION: told} | named)


def format_cell(value: float, unit: str) -> str:
    """Return a number of a table in its unit.

    >>> format_cell(0.8123, "%"), format_cell(float("nan"), "%")
    ('81.2 %', 'not measurable')
    """
    if value != value:
        return translate(NOT_MEASURABLE)
    return translate(NOT_STATED) if abs(value) == float("inf") else format_value(value, unit)


def _objective(value: float, unit: str) -> str:
    """Return a value of an objective; an infinite one, such as epsilon, is none."""
    if value == float("inf"):
        return translate("none", "value of an objective")
    return format_cell(value, unit)


def _over_trainings() -> dict[str, str]:
    """Return the titles of intervals that cover training runs alone, by column."""
    return {name: translate(OVER_TRAININGS[name]) for name in OVER_TRAININGS}


def _joined(names: Sequence[str]) -> str:
    """Return the words of several columns as one name."""
    return reduce(labelled, names)
