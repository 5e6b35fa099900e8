"""Report: one setting as a printable page that stands alone, without scripts or other files."""

from collections.abc import Iterable, Sequence
from html import escape

from tradeoffs.report.caption import source, subtitle
from tradeoffs.report.charts.front_svg import front_svg
from tradeoffs.report.documents.marks import marks
from tradeoffs.report.documents.setting_summary import SettingSummary, cell, privacy_lines
from tradeoffs.report.front_summary import budget
from tradeoffs.report.group_outcomes import TITLES, display_table
from tradeoffs.report.methodology import limits
from tradeoffs.report.question import question
from tradeoffs.report.titles import attribute, weighting

STYLE = """
:root { color-scheme: light; font: 11pt/1.45 "Source Sans 3", "Source Sans Pro", sans-serif; }
body { max-width: 48rem; margin: 2rem auto; padding: 0 1.2rem; color: #1f2937; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; }
p, ul { margin: .3rem 0; }
figure { margin: 1rem 0; }
figcaption { font-size: .85rem; color: #4b5563; }
.finding { font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: .85rem; margin: .4rem 0; }
th, td { padding: .2rem .5rem .2rem 0; border-bottom: 1px solid #d1d5db; text-align: left; }
th { vertical-align: bottom; }
td { vertical-align: top; }
dl { display: grid; grid-template-columns: repeat(4, 1fr); gap: .3rem 1rem; margin: .6rem 0; }
dl div { border-top: 2px solid #1d4e79; padding-top: .2rem; }
dd { margin: 0; font-size: .85rem; }
dd:first-of-type { font-size: 1.3rem; }
code, a { overflow-wrap: anywhere; }
code { font-size: .9em; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr 1fr; } .wide { overflow-x: auto; } }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  :root { font-size: 9.5pt; }
  body { max-width: none; margin: 0; padding: 0; }
  h2 { break-after: avoid; }
  figure, tr, dl, li { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
"""
FILLED = (
    "Filled circles are on the front: no other setting{of} beats them on either half of the "
    "test rows."
)
INTERVALS = "In brackets: 95 % intervals over seeds and test rows."
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def html_report(of: SettingSummary) -> str:
    """Return the report of a setting as one HTML page; the browser's print makes a PDF of it."""
    title = question(of.here)
    parts = [f"<h1>{escape(title)}</h1>", _paragraph(subtitle(of.picture.view))]
    parts += [*_chart(of), *_section("In words", _list(of.picture.sentences))]
    parts += [*_who_pays(of), *_section("Privacy", _list(privacy_lines(of.here)))]
    parts += _section("The setting", _table(("field", "value"), of.fields.items()))
    parts += _marked(of)
    parts += _section("Limits", _list(limits().lines))
    parts += _section("Where the numbers come from", *_origin(of))
    return PAGE.format(title=escape(title), style=STYLE, body="\n".join(parts))


def _chart(of: SettingSummary) -> Iterable[str]:
    shown = of.picture.view
    drawn = front_svg(shown, of.picture.alternative)
    if of.picture.finding:
        yield _paragraph(of.picture.finding, "finding")
    filled = FILLED.format(of=f" with {budget(shown)}" if shown.of_budget else "")
    yield f"<figure>{drawn}<figcaption>{escape(f'{filled} {source(shown)}')}</figcaption></figure>"
    cards = (
        f"<div><dt>{escape(one.title)}</dt><dd>{escape(one.value)}</dd>"
        f"<dd>{escape(one.change or '')}</dd><dd>{escape(one.detail)}</dd></div>"
        for one in of.picture.cards
    )
    yield f"<dl>{''.join(cards)}</dl>"
    yield _paragraph(
        "Changes are against the same training without a constraint on the gap and without privacy."
    )


def _who_pays(of: SettingSummary) -> Iterable[str]:
    if not of.outcomes:
        return _section("Who pays", _paragraph("Who gains and who loses is not measurable here."))
    parts = []
    for name, rows in of.outcomes.items():
        told = (tuple(map(cell, row.values())) for row in display_table(rows))
        table = _table(tuple(TITLES.values()), told)
        parts += [
            f"<h3>By {escape(attribute(of.here, name))}</h3>",
            f'<div class="wide">{table}</div>',
        ]
    notes = [INTERVALS, *filter(None, [weighting(of.here, used=True)])]
    return _section("Who pays", *parts, *map(_paragraph, notes))


def _marked(of: SettingSummary) -> Iterable[str]:
    told = marks(of.choice, of.here) if of.choice else []
    return _section("Marked on the screen", _table(("mark", "value"), told)) if told else []


def _origin(of: SettingSummary) -> Iterable[str]:
    yield _paragraph(of.seeds)
    if of.link:
        yield f'<p>The screen: <a href="{escape(of.link)}">{escape(of.link)}</a></p>'
    if of.command:
        yield f"<p>To compute this report again: <code>{escape(of.command)}</code></p>"
    else:
        yield _paragraph("The table is somebody's own and not part of this report.")
    yield _table(("part", "version"), of.versions.items())


def _section(title: str, *parts: str) -> list[str]:
    return [f"<h2>{escape(title)}</h2>", *parts]


def _paragraph(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def _list(lines: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
