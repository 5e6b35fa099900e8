"""Caption: what stands around the chart, its setting in words and where the numbers are from."""

from tradeoffs.data.catalogue import dataset
from tradeoffs.language.notation import semicolon_text
from tradeoffs.language.translation import say
from tradeoffs.report.evaluation_people import evaluation_people
from tradeoffs.report.setting_values import EXACT, covers_test_rows
from tradeoffs.report.text import capital, describe
from tradeoffs.report.titles import attribute, label
from tradeoffs.report.view import View


def subtitle(shown: View) -> str:
    """Return the setting in words: what is predicted, who is compared, what was chosen."""
    return say(
        "{predicted}, by {attribute}. Your setting: {setting}.",
        predicted=capital(label(shown.here).title),
        attribute=attribute(shown.here),
        setting=describe(shown.here),
    )


def source(shown: View) -> str:
    """Return the table, how many people and seeds there are, and what an interval covers."""
    seeds = int(max((row["seeds"] for row in shown.points), default=0))
    told = [
        say("Source: {table}", table=dataset(shown.here.dataset).title),
        say(
            "{rows:,} people in training, {tested:,} in the test set",
            rows=shown.here.rows,
            tested=evaluation_people(shown.here).rows,
        ),
        say("means over {seeds:seed|seeds}", seeds=seeds),
    ]
    if shown.band.stairs:
        told.append(say("grey band: fronts of single seeds, {spans}", spans=shown.band.label))
    return f"{semicolon_text([*told, _intervals(shown)])}."


def _intervals(shown: View) -> str:
    """Return what the interval of your setting covers on each axis."""
    axes = [one for one in (shown.x, shown.y) if one.name not in EXACT]
    seeds = [one.lower for one in axes if not covers_test_rows(one, shown.here)]
    if len(seeds) == len(axes):
        return say("intervals: 95 % over seeds")
    if not seeds:
        return say("intervals: 95 % over seeds and test rows")
    return say(
        "intervals: 95 % over seeds and test rows, of {axis} over seeds alone", axis=seeds[0]
    )
