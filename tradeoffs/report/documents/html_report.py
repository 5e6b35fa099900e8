"""Report: one setting as a printable page that stands alone, without scripts or other files."""

from collections.abc import Iterable
from html import escape

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
from tradeoffs.report.group_outcomes import TITLES, display_table
from tradeoffs.report.methodology import limits
from tradeoffs.report.question import question
from tradeoffs.report.titles import attribute, weighting

FILLED = (
    "Filled circles are on the front: no other setting{of} beats them on either half of the "
    "test rows."
)
INTERVALS = "In brackets: 95 % intervals over seeds and test rows."


def html_report(of: SettingSummary) -> str:
    """Return the report of a setting as one HTML page; the browser's print makes a PDF of it."""
    title = question(of.here)
    parts = [f"<h1>{escape(title)}</h1>", paragraph(subtitle(of.picture.view))]
    parts += [*_chart(of), *section("In words", bullets(of.picture.sentences))]
    parts += [*_who_pays(of), *section("Privacy", bullets(privacy_lines(of.here)))]
    parts += section("The setting", table(("field", "value"), of.fields.items()))
    parts += _marked(of)
    parts += section("Limits", bullets(limits().lines))
    parts += section("Where the numbers come from", *_origin(of))
    return page(title, parts)


def _chart(of: SettingSummary) -> Iterable[str]:
    shown = of.picture.view
    drawn = front_svg(shown, of.picture.alternative)
    if of.picture.finding:
        yield paragraph(of.picture.finding, "finding")
    filled = FILLED.format(of=f" with {budget(shown)}" if shown.of_budget else "")
    yield f"<figure>{drawn}<figcaption>{escape(f'{filled} {source(shown)}')}</figcaption></figure>"
    cards = (
        f"<div><dt>{escape(one.title)}</dt><dd>{escape(one.value)}</dd>"
        f"<dd>{escape(one.change or '')}</dd><dd>{escape(one.detail)}</dd></div>"
        for one in of.picture.cards
    )
    yield f"<dl>{''.join(cards)}</dl>"
    yield paragraph(
        "Changes are against the same training without a constraint on the gap and without privacy."
    )


def _who_pays(of: SettingSummary) -> Iterable[str]:
    if not of.outcomes:
        return section("Who pays", paragraph("Who gains and who loses is not measurable here."))
    parts = []
    for name, rows in of.outcomes.items():
        told = (tuple(map(cell, row.values())) for row in display_table(rows))
        shown = table(tuple(TITLES.values()), told)
        parts += [
            f"<h3>By {escape(attribute(of.here, name))}</h3>",
            f'<div class="wide">{shown}</div>',
        ]
    notes = [INTERVALS, *filter(None, [weighting(of.here, used=True)])]
    return section("Who pays", *parts, *map(paragraph, notes))


def _marked(of: SettingSummary) -> Iterable[str]:
    told = marks(of.choice, of.here) if of.choice else []
    return section("Marked on the screen", table(("mark", "value"), told)) if told else []


def _origin(of: SettingSummary) -> Iterable[str]:
    yield paragraph(of.seeds)
    if of.link:
        yield f'<p>The screen: <a href="{escape(of.link)}">{escape(of.link)}</a></p>'
    if of.command:
        yield f"<p>To compute this report again: <code>{escape(of.command)}</code></p>"
    else:
        yield paragraph("The table is somebody's own and not part of this report.")
    yield table(("part", "version"), of.versions.items())
