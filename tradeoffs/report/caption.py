"""Caption: what stands around the chart, its setting in words and where the numbers are from."""

from tradeoffs.data.catalogue import dataset
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.setting_values import EXACT, covers_test_rows
from tradeoffs.report.text import describe
from tradeoffs.report.titles import attribute, label
from tradeoffs.report.view import View


def subtitle(shown: View) -> str:
    """Return the setting in words: what is predicted, who is compared, what was chosen."""
    predicted = label(shown.here).title
    about = f"{predicted[0].upper()}{predicted[1:]}, by {attribute(shown.here)}"
    return f"{about}. Your setting: {describe(shown.here)}."


def source(shown: View) -> str:
    """Return the table, how many people and seeds there are, and what an interval covers."""
    seeds = int(max((row["seeds"] for row in shown.points), default=0))
    told = [
        f"Source: {dataset(shown.here.dataset).title}",
        (
            f"{shown.here.rows:,} people in training, {evaluation_people(shown.here).rows:,} in "
            "the test set"
        ),
        f"means over {seeds} seed{'' if seeds == 1 else 's'}",
    ]
    if shown.band.stairs:
        told.append(f"grey band: fronts of single seeds, {shown.band.label}")
    return f"{'; '.join(told)}; {_intervals(shown)}."


def _intervals(shown: View) -> str:
    """Return what the interval of your setting covers on each axis."""
    axes = [one for one in (shown.x, shown.y) if one.name not in EXACT]
    seeds = [one.lower for one in axes if not covers_test_rows(one, shown.here)]
    if len(seeds) == len(axes):
        return "intervals: 95 % over seeds"
    alone = f", of {seeds[0]} over seeds alone" if seeds else ""
    return f"intervals: 95 % over seeds and test rows{alone}"
