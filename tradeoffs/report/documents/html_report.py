"""Report: one setting as a printable page that stands alone, without scripts or other files."""

from collections.abc import Iterable
from html import escape

from tradeoffs.language.current import language
from tradeoffs.language.notation import labelled
from tradeoffs.language.translation import say, translate
from tradeoffs.report.caption import source, subtitle
from tradeoffs.report.charts.front_svg import front_svg
from tradeoffs.report.documents.html_parts import (
    bullets,
    page,
    paragraph,
    section,
    table,
)
from tradeoffs.report.documents.marks import marks
from tradeoffs.report.documents.setting_summary import SettingSummary, cell, privacy_lines
from tradeoffs.report.front_summary import budget
from tradeoffs.report.group_outcomes import display_table, titles
from tradeoffs.report.methodology import limits
from tradeoffs.report.question import question
from tradeoffs.report.titles import attribute, weighting

FILLED = (
    "Filled circles are on the front: no other setting beats them on either half of the test rows."
)
FILLED_OF_BUDGET = (
    "Filled circles are on the front: no other setting with {budget} beats them on either half of "
    "the test rows."
)
INTERVALS = "In brackets: 95 % intervals over seeds and test rows."


def html_report(of: SettingSummary) -> str:
    """Return the report of a setting as one HTML page; the browser's print makes a PDF of it."""
    title = question(of.here)
    parts = [f"<h1>{escape(title)}</h1>", paragraph(subtitle(of.picture.view))]
    parts += [*_chart(of), *section(say("In words"), bullets(of.picture.sentences))]
    parts += [*_who_pays(of), *section(say("Privacy"), bullets(privacy_lines(of.here)))]
    parts += section(say("The setting"), table((say("field"), say("value")), of.fields.items()))
    parts += _marked(of)
    parts += section(say("Limits"), bullets(limits().lines))
    parts += section(say("Where the numbers come from"), *_origin(of))
    return page(title, parts, language())


def _chart(of: SettingSummary) -> Iterable[str]:
    shown = of.picture.view
    drawn = front_svg(shown, of.picture.alternative)
    if of.picture.finding:
        yield paragraph(of.picture.finding, "finding")
    filled = say(FILLED_OF_BUDGET, budget=budget(shown)) if shown.of_budget else say(FILLED)
    yield f"<figure>{drawn}<figcaption>{escape(f'{filled} {source(shown)}')}</figcaption></figure>"
    cards = (
        f"<div><dt>{escape(one.title)}</dt><dd>{escape(one.value)}</dd>"
        f"<dd>{escape(one.change or '')}</dd><dd>{escape(one.detail)}</dd></div>"
        for one in of.picture.cards
    )
    yield f"<dl>{''.join(cards)}</dl>"
    yield paragraph(
        say(
            "Changes are against the same training without a constraint on the gap and without "
            "privacy."
        )
    )


def _who_pays(of: SettingSummary) -> Iterable[str]:
    if not of.outcomes:
        told = say("Who gains and who loses is not measurable here.")
        return section(say("Who pays"), paragraph(told))
    parts = []
    for name, rows in of.outcomes.items():
        told = (tuple(map(cell, row.values())) for row in display_table(rows))
        shown = table(tuple(titles().values()), told)
        parts += [
            f"<h3>{escape(say('By {attribute}', attribute=attribute(of.here, name)))}</h3>",
            f'<div class="wide">{shown}</div>',
        ]
    notes = [translate(INTERVALS), *filter(None, [weighting(of.here, used=True)])]
    return section(say("Who pays"), *parts, *map(paragraph, notes))


def _marked(of: SettingSummary) -> Iterable[str]:
    told = marks(of.choice, of.here) if of.choice else []
    if not told:
        return []
    return section(say("Marked on the screen"), table((say("mark"), say("value")), told))


def _origin(of: SettingSummary) -> Iterable[str]:
    yield paragraph(of.seeds)
    if of.link:
        link = f'<a href="{escape(of.link)}">{escape(of.link)}</a>'
        yield f"<p>{labelled(say('The screen'), link)}</p>"
    if of.command:
        command = f"<code>{escape(of.command)}</code>"
        yield f"<p>{labelled(say('To compute this report again'), command)}</p>"
    else:
        yield paragraph(say("The table is somebody's own and not part of this report."))
    yield table((say("part"), say("version")), of.versions.items())
