"""Models under shifts: along the intensity, side by side, and together against alone."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np

from tradeoffs.data.shifts.catalogue import shift, title_of
from tradeoffs.experiments.comparison import Comparison, rows
from tradeoffs.experiments.shift_sweeps import (
    INTENSITIES,
    scale,
    settings,
    shift_choices,
    side,
    with_shifts,
)
from tradeoffs.language.notation import percent_text
from tradeoffs.language.translation import say, translate
from tradeoffs.report.text import capital, percent, points, with_interval
from tradeoffs.report.text import setting as in_words
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario, Shifts
from tradeoffs.stats.interval import estimate
from tradeoffs.values.explanations.catalogue import FIDELITY

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go

MEASURES = {
    "accuracy": "Accuracy",
    "gap": "Gap between groups",
    "calibration_error": "Calibration error",
    FIDELITY.name: "Fidelity of a depth-3 tree",
    "kept": "Seeds that keep the bound",
}
NUMBERS = tuple(name for name in MEASURES if name != "kept")
TOGETHER = ("sum of separate effects", "together")
HEADERS = {one: one for one in TOGETHER}  # of `together_table`
HERE = {"dash": "dot", "width": 1, "color": "var(--st-text-color)"}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")

Write = Callable[[float], str]
Floats = Iterable[float]
By = Mapping[Scenario, Mapping[str, float]]  # a scenario, seed included -> its measures


def measures(results: Sequence[Result], among: Comparison) -> By:
    """Return what is looked at of each result, on report; what is not measurable is absent.

    Args:
        results: those that are there.
        among: of all that are wanted, so that every gap is between the same groups.
    """
    kept = rows(results, among, only=frozenset(("split", *NUMBERS)))
    report = (row for row in kept if row["split"] == "report")
    found: dict[Scenario, dict[str, float]] = {}
    for result, row in zip(results, report, strict=True):
        own = result.scenario
        values = {name: row[name] for name in NUMBERS if not math.isnan(row.get(name, math.nan))}
        if "gap" in values and own.max_gap is not None:
            values["kept"] = float(values["gap"] <= own.max_gap)
        found[own] = values
    return found


def _seeds(by: By, setting: Scenario, name: str) -> dict[int, float]:
    """Return a measure by seed."""
    return {
        one.seed: values[name]
        for one, values in by.items()
        if name in values and one.configuration() == setting.configuration()
    }


def along_table(by: By, here: Scenario, shifts: Shifts) -> "pd.DataFrame":
    """Return means over seeds with the lowest and the highest, one row a setting and intensity."""
    import pandas as pd

    rows, where = [], side(here)
    for model in settings(here):
        for intensity in INTENSITIES:
            row: dict[str, object] = {"setting": setting_label(model), "intensity": intensity}
            for name in MEASURES:
                seen = list(
                    _seeds(by, with_shifts(model, scale(shifts, intensity), where), name).values()
                )
                row |= {name: mean(seen) if seen else math.nan}
                row |= {"seeds": len(seen) or None} if name == "accuracy" else {}
                row |= {f"{name} from": min(seen, default=math.nan)}
                row |= {f"{name} to": max(seen, default=math.nan)}
            rows.append(row)
    return pd.DataFrame(rows)


def display_along(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return `along_table` in words, as it stands on a screen."""
    import pandas as pd

    shown = {
        say("Setting"): table["setting"],
        say("Intensity"): [percent_text(f"{100 * t:.0f}") for t in table["intensity"]],
    }
    shown |= {_title(name): _ranges(table, name, percent) for name in NUMBERS}
    kept = zip(table["kept"], table["seeds"], strict=True)
    shown[_title("kept")] = [
        "–" if math.isnan(k) else say("{kept:.0f} of {seeds:.0f}", kept=k * n, seeds=n)
        for k, n in kept
    ]
    return pd.DataFrame(shown)


def _title(measure: str) -> str:
    return translate(MEASURES[measure])


def display_side(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return `side_table` in words, as it stands on a screen."""
    import pandas as pd

    told = {_title(name): _ranges(table, name, points) for name in NUMBERS}
    return pd.DataFrame({say("Shift"): table["shift"], say("Family"): table["family"]} | told)


def display_together(table: "pd.DataFrame") -> "pd.DataFrame":
    """Return `together_table` in words, as it stands on a screen."""
    import pandas as pd

    if table.empty:
        return table
    alone = [name for name in table if name not in {"measure", "beyond the sum", "from", "to"}]
    shown = {capital(_header(name)): [points(v) for v in table[name]] for name in alone}
    ranges = _told(table["beyond the sum"], table["from"], table["to"], points)
    shown |= {say("Beyond the sum (95 % over seeds)"): ranges}
    measured = [translate(name) for name in table["measure"]]
    return pd.DataFrame({say("Measure"): measured} | shown)


def _header(name: str) -> str:
    return translate(HEADERS[name]) if name in HEADERS else name


def _ranges(table: "pd.DataFrame", name: str, write: Write) -> list[str]:
    return _told(table[name], table[f"{name} from"], table[f"{name} to"], write)


def _told(middles: Floats, lows: Floats, highs: Floats, write: Write) -> list[str]:
    """Return numbers with their lowest and highest in words."""
    found = zip(middles, lows, highs, strict=True)
    missing = say("not measurable")
    return [missing if math.isnan(m) else with_interval(m, a, b, write) for m, a, b in found]


def setting_label(model: Scenario) -> str:
    """Return a setting in a few words.

    >>> setting_label(Scenario.of(epsilon=None))
    'no privacy, no constraint'
    """
    return f"{in_words('epsilon', model.epsilon)}, {in_words('max_gap', model.max_gap)}"


def along_figure(table: "pd.DataFrame", intensity: float | None = None) -> "go.Figure":
    """Draw `along_table`: a panel a measure, a line a setting, whiskers from lowest to highest.

    Args:
        table: of `along_table`.
        intensity: where a dotted line stands: what is set.
    """
    import plotly.graph_objects as go
    from plotly.subplots import make_subplots

    names = [name for name in MEASURES if not all(table[name].isna())]
    if not names:
        return go.Figure()
    figure = make_subplots(
        rows=len(names), cols=1, shared_xaxes=True, vertical_spacing=0.04,
        row_titles=None, subplot_titles=[_title(name) for name in names],
    )  # fmt: skip
    for place, (label, part) in enumerate(table.groupby("setting", sort=False)):
        for row, name in enumerate(names, start=1):
            known = part.loc[part[name].notna()]
            if known.empty:
                continue
            figure.add_scatter(
                x=known["intensity"],
                y=known[name],
                error_y={
                    "array": known[f"{name} to"] - known[name],
                    "arrayminus": known[name] - known[f"{name} from"],
                    "width": 2,
                    "thickness": 1,
                },
                name=str(label),
                uid=f"{name} {label}",
                legendgroup=str(label),
                showlegend=row == 1,
                mode="lines+markers",
                line={
                    "color": f"var(--st-chart-categorical-colors[{place % 4}])",
                    "dash": DASHES[place % len(DASHES)],
                },
                marker={"symbol": place},
                row=row,
                col=1,
            )
    for row in range(1, len(names) + 1) if intensity is not None else ():
        figure.add_vline(x=intensity, line=HERE, row=row, col=1)  # pyright: ignore
    figure.update_yaxes(tickformat=".0%")
    figure.update_xaxes(
        title=say("Intensity (of the strongest shift)"), tickformat=".0%", row=len(names), col=1
    )
    figure.update_layout(legend={"orientation": "h", "y": -0.1}, margin={"t": 30, "b": 40})
    return figure


def side_table(by: By, here: Scenario, intensity: float) -> "pd.DataFrame":
    """Return what each shift alone changes, paired by seed: mean change, lowest and highest."""
    import pandas as pd

    rows = []
    for name in shift_choices(here):
        row: dict[str, object] = {"shift": title_of(name), "family": shift(name).family}
        for measure in NUMBERS:
            changes = _changes(by, here, ((name, intensity),), measure)
            row |= {
                measure: mean(changes) if changes else math.nan,
                f"{measure} from": min(changes, default=math.nan),
                f"{measure} to": max(changes, default=math.nan),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def side_figure(table: "pd.DataFrame") -> "go.Figure":
    """Draw `side_table`: a row a shift, a panel a measure, whiskers from lowest to highest seed."""
    from plotly.subplots import make_subplots

    names = [name for name in NUMBERS[:2] if not all(table[name].isna())]
    figure = make_subplots(
        rows=1,
        cols=len(names),
        shared_yaxes=True,
        horizontal_spacing=0.03,
        subplot_titles=[say("{measure}, change", measure=_title(name)) for name in names],
    )
    for col, name in enumerate(names, start=1):
        figure.add_scatter(
            x=table[name],
            y=table["shift"].map(capital),
            error_x={
                "array": table[f"{name} to"] - table[name],
                "arrayminus": table[name] - table[f"{name} from"],
                "thickness": 1,
            },
            name=_title(name),
            uid=name,
            mode="markers",
            showlegend=False,
            marker={"color": f"var(--st-chart-categorical-colors[{col - 1}])", "size": 8},
            row=1,
            col=col,
        )
    figure.update_xaxes(tickformat="+.0%", zeroline=True)
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_layout(margin={"t": 30, "b": 40})
    return figure


def _changes(by: By, here: Scenario, shifts: Shifts, measure: str) -> list[float]:
    """Return the change of a measure under shifts, for each seed that has both."""
    before = _seeds(by, with_shifts(here, ()), measure)
    after = _seeds(by, with_shifts(here, shifts, side(here)), measure)
    return [after[seed] - before[seed] for seed in sorted(before.keys() & after.keys())]


def together_table(by: By, here: Scenario, shifts: Shifts) -> "pd.DataFrame":
    """Return the change under all shifts against the sum of the changes under each alone.

    `interval` is over seeds, 95 % by Student's t; with one seed there is none.
    """
    import pandas as pd

    rows = []
    for measure in NUMBERS:
        alone = [_changes(by, here, (one,), measure) for one in shifts]
        all_ = _changes(by, here, shifts, measure)
        if not all_ or any(len(part) != len(all_) for part in alone):
            continue
        total = [sum(part) for part in zip(*alone, strict=True)]
        beyond = [a - b for a, b in zip(all_, total, strict=True)]
        low, high = _interval(beyond)
        rows.append(
            {
                "measure": MEASURES[measure],
                **{title_of(n): mean(part) for (n, _), part in zip(shifts, alone, strict=True)},
                **dict(zip(TOGETHER, (mean(total), mean(all_)), strict=True)),
                "beyond the sum": mean(beyond),
                "from": low,
                "to": high,
            }
        )
    return pd.DataFrame(rows)


def _interval(values: Sequence[float]) -> tuple[float, float]:
    found = estimate(np.asarray(values, dtype=float)).interval if values else None
    return found or (math.nan, math.nan)


def together_sentence(table: "pd.DataFrame") -> str:
    """Return in words which measures the shifts change otherwise than their sum."""
    if table.empty:
        return say("The effect of the shifts together is not measurable.")
    clear = table.loc[(table["from"] > 0) | (table["to"] < 0)]
    if clear.empty:
        return say(
            "Over these seeds, the effect of the shifts together cannot be told apart from the sum "
            "of their separate effects."
        )
    return say(
        "Their effect together differs from the sum of their separate effects in: {measures}.",
        measures=", ".join(translate(name).lower() for name in clear["measure"]),
    )
