"""Models under shifts: along the intensity, side by side, and together against alone."""

import math
from collections.abc import Iterable, Mapping, Sequence
from statistics import mean, stdev

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from tradeoffs.data.shifts.catalogue import shift, titled
from tradeoffs.figures.words import setting as in_words
from tradeoffs.pipeline.resolve import resolve
from tradeoffs.pipeline.shifting import INTENSITIES, at, on_offer, scaled, settings
from tradeoffs.results import Result
from tradeoffs.scenario import Scenario, Shifts

MEASURES = {
    "accuracy": "Accuracy",
    "gap": "Gap between groups",
    "calibration_error": "Calibration error",
    "fidelity": "Fidelity of a depth-3 tree",
    "kept": "Seeds that keep the bound",
}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")

By = Mapping[Scenario, Mapping[str, float]]  # a scenario, seed included -> its measures


def measures(results: Iterable[Result]) -> By:
    """Return what is looked at of each result, on report; what is not measurable is absent."""
    found: dict[Scenario, dict[str, float]] = {}
    for result in results:
        own, report = result.scenario, result.measurement.report
        names = ("accuracy", "calibration_error", "fidelity")
        values = {name: report[name] for name in names if name in report}
        metric = f"{resolve(own).notion.metric}[{own.protected}]"
        if metric in report:
            values["gap"] = report[metric]
            if own.max_gap is not None:
                values["kept"] = float(report[metric] <= own.max_gap)
        found[own] = values
    return found


def _seeds(by: By, setting: Scenario, name: str) -> dict[int, float]:
    """Return a measure by seed."""
    return {
        one.seed: values[name]
        for one, values in by.items()
        if name in values and one.configuration() == setting.configuration()
    }


def along_table(by: By, here: Scenario, shifts: Shifts) -> pd.DataFrame:
    """Return means over seeds with the lowest and the highest, one row a setting and intensity."""
    rows = []
    for model in settings(here):
        for intensity in INTENSITIES:
            row: dict[str, object] = {"setting": named(model), "intensity": intensity}
            for name in MEASURES:
                seen = list(_seeds(by, at(model, scaled(shifts, intensity)), name).values())
                row |= {name: mean(seen) if seen else math.nan, "seeds": len(seen) or None}
                row |= {f"{name} from": min(seen, default=math.nan)}
                row |= {f"{name} to": max(seen, default=math.nan)}
            rows.append(row)
    return pd.DataFrame(rows)


def named(model: Scenario) -> str:
    """Return a setting in a few words.

    >>> named(Scenario.of(epsilon=None))
    'no privacy, no constraint'
    """
    return f"{in_words('epsilon', model.epsilon)}, {in_words('max_gap', model.max_gap)}"


def along_figure(table: pd.DataFrame) -> go.Figure:
    """Draw `along_table`: a panel a measure, a line a setting, whiskers from lowest to highest."""
    names = [name for name in MEASURES if not all(table[name].isna())]
    if not names:
        return go.Figure()
    figure = make_subplots(
        rows=len(names), cols=1, shared_xaxes=True, vertical_spacing=0.04,
        row_titles=None, subplot_titles=[MEASURES[name] for name in names],
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
    figure.update_xaxes(title="Intensity, times what was set", row=len(names), col=1)
    figure.update_layout(legend={"orientation": "h", "y": -0.1}, margin={"t": 30, "b": 40})
    return figure


def side_table(by: By, here: Scenario, intensity: float) -> pd.DataFrame:
    """Return what each shift alone changes, paired by seed: mean change, lowest and highest."""
    rows = []
    for name in on_offer(here):
        row: dict[str, object] = {"shift": titled(name), "family": shift(name).family}
        for measure in ("accuracy", "gap", "calibration_error", "fidelity"):
            changes = _changes(by, here, ((name, intensity),), measure)
            row |= {
                measure: mean(changes) if changes else math.nan,
                f"{measure} from": min(changes, default=math.nan),
                f"{measure} to": max(changes, default=math.nan),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def _changes(by: By, here: Scenario, shifts: Shifts, measure: str) -> list[float]:
    """Return the change of a measure under shifts, for each seed that has both."""
    before = _seeds(by, at(here, ()), measure)
    after = _seeds(by, at(here, shifts), measure)
    return [after[seed] - before[seed] for seed in sorted(before.keys() & after.keys())]


def together_table(by: By, here: Scenario, shifts: Shifts) -> pd.DataFrame:
    """Return the change under all shifts against the sum of the changes under each alone.

    `interval` is over seeds, 95 % by Student's t; with one seed there is none.
    """
    rows = []
    for measure in ("accuracy", "gap", "calibration_error", "fidelity"):
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
                **{titled(n): mean(part) for (n, _), part in zip(shifts, alone, strict=True)},
                "sum of each alone": mean(total),
                "together": mean(all_),
                "beyond the sum": mean(beyond),
                "from": low,
                "to": high,
            }
        )
    return pd.DataFrame(rows)


STUDENT = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 6: 2.571, 7: 2.447, 8: 2.365}


def _interval(values: Sequence[float]) -> tuple[float, float]:
    if len(values) not in STUDENT:
        return math.nan, math.nan
    wide = STUDENT[len(values)] * stdev(values) / len(values) ** 0.5
    return mean(values) - wide, mean(values) + wide


def together_sentence(table: pd.DataFrame) -> str:
    """Return in words which measures the shifts change otherwise than their sum."""
    if table.empty:
        return "What the shifts do together cannot be measured."
    clear = table.loc[(table["from"] > 0) | (table["to"] < 0)]
    if clear.empty:
        return "Over these seeds the shifts together cannot be told from the sum of each alone."
    told = [str(name).lower() for name in clear["measure"]]
    return f"Together they differ from the sum of each alone in: {', '.join(told)}."
