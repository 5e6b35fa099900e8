"""The front of a setting as a page of the static site: chart, four scales, sentences and table."""

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from tradeoffs.fronts import OBJECTIVES, Objective
from tradeoffs.jobs.job import Job
from tradeoffs.kit.page import bullets, grid
from tradeoffs.kit.site_page import data, site_page
from tradeoffs.kit.words import Words
from tradeoffs.language.notation import localise
from tradeoffs.report.charts.axis import axis
from tradeoffs.report.charts.figure_json import figure_json
from tradeoffs.report.charts.front_chart import with_legend
from tradeoffs.report.charts.front_svg import Scale, front_svg
from tradeoffs.report.charts.light_theme import with_words
from tradeoffs.report.payload import Picture, results_of
from tradeoffs.report.question import question
from tradeoffs.report.scales import scales
from tradeoffs.report.sentences.value_text import with_range
from tradeoffs.report.text import describe
from tradeoffs.report.view import objective_of
from tradeoffs.scenario import Scenario

SHOWN = ("accuracy", "fairness", "privacy", "explainability")  # a scale each
LEFT, RIGHT, MIDDLE, TALL = 10.0, 590.0, 18.0, 40.0  # of a scale, in units of its drawing
Ends = list[float]  # mean, low and high


def front_page(job: Job, shown: Picture, say: Words, others: Sequence[str] = ()) -> str:
    """Return the page of a setting's front.

    Args:
        job: that brought the results.
        shown: what the screen shows of it.
        say: the words.
        others: languages that the site has, too.
    """
    here = shown.view.here
    found = scales(job, here, results_of(job, here))
    objectives = [objective_of(name, here) for name in SHOWN if name in OBJECTIVES]
    values = {
        number: {name: _ends(ends) for name, ends in of.items() if ends is not None}
        for number, of in found["values"].items()
        if number in found["alternatives"]
    }
    names = _names(job, values)
    front = set(found["fronts"]["+".join(sorted(SHOWN, key=list(OBJECTIVES).index))]["front"])
    content = {
        "figure": figure_json(with_words(with_legend(shown.figure))),
        "values": {
            number: {
                one.name: with_range(one, of[one.name]) for one in objectives if one.name in of
            }
            for number, of in values.items()
        },
    }
    title = question(here)
    parts = [
        f"<h1>{escape(title)}</h1>",
        f"<p>{escape(say('site', 'front about', rows=localise(f'{here.rows:,}')))}</p>",
        f"<h2>{escape(shown.finding)}</h2>" if shown.finding else "",
        f'<figure><div class="chart" role="group" aria-label="{escape(shown.alternative)}">'
        f"{front_svg(shown.view, shown.alternative)}</div></figure>",
        f"<p>{escape(say('site', 'scales'))}</p>",
        _picker(names, say),
        *(_scale(one, values, front, say) for one in objectives),
        bullets(shown.sentences),
        f"<h2>{escape(say('site', 'settings'))}</h2>",
        _table(objectives, names, values, say),
        data("front", content),
    ]
    return site_page(title, parts, say, path="front.html", others=others, charts=True)


def _ends(ends: list[Any]) -> Ends:
    """Return mean, low and high as numbers; NaN where there is no interval."""
    return [math.nan if one is None else float(one) for one in ends]


def _names(job: Job, values: Mapping[int, Any]) -> dict[int, str]:
    """Return the settings in words, by number."""
    every: list[Scenario] = list(job.settings.values())
    return {number: describe(every[number]) for number in values}


def _picker(names: Mapping[int, str], say: Words) -> str:
    options = "".join(
        f'<option value="{number}">{escape(words)}</option>' for number, words in names.items()
    )
    nothing = f'<option value="">{escape(say("site", "nothing"))}</option>'
    label = escape(say("site", "pick"))
    return f'<p><label>{label} <select class="pick">{nothing}{options}</select></label></p>'


def _scale(
    one: Objective, values: Mapping[int, Mapping[str, Ends]], front: set[int], say: Words
) -> str:
    """Return one scale: a mark for each setting, to the right what is better."""
    rows = [
        {one.column: of[one.name][0], f"{one.column}_sd": 0.0}
        for of in values.values()
        if one.name in of
    ]
    drawn = Scale(one, axis(one, rows, "right"), LEFT, RIGHT)
    parts = [f'<line x1="{LEFT}" x2="{RIGHT}" y1="{MIDDLE}" y2="{MIDDLE}"/>']
    for at, text in drawn.ticks():
        parts.append(f'<text x="{at:.1f}" y="{TALL}" text-anchor="middle">{escape(text)}</text>')
    for number, of in values.items():
        if one.name not in of:
            continue
        mean, low, high = of[one.name]
        if math.isfinite(low) and math.isfinite(high) and low < high:
            parts.append(
                f'<line class="interval" data-of="{number}" hidden x1="{drawn.at(low):.1f}" '
                f'x2="{drawn.at(high):.1f}" y1="{MIDDLE}" y2="{MIDDLE}"/>'
            )
        kind = ' class="front"' if number in front else ""
        parts.append(
            f'<circle{kind} data-setting="{number}" cx="{drawn.at(mean):.1f}" cy="{MIDDLE}" r="5"/>'
        )
    better = say("site", "better", better=one.words)
    return (
        f'<div class="scale"><div><strong>{escape(one.title)}</strong><br><small>{escape(better)}'
        f'</small><br><span class="value" data-objective="{one.name}"></span></div>'
        f'<svg viewBox="0 0 600 48" aria-hidden="true">'
        f"{''.join(parts)}</svg></div>"
    )


def _table(
    objectives: list[Objective],
    names: Mapping[int, str],
    values: Mapping[int, Mapping[str, Ends]],
    say: Words,
) -> str:
    rows = (
        [
            words,
            *(
                with_range(one, values[number][one.name]) if one.name in values[number] else "–"
                for one in objectives
            ),
        ]
        for number, words in names.items()
    )
    return grid([say("site", "setting"), *(one.title for one in objectives)], rows)
