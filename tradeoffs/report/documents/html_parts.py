"""Parts of a printable HTML page that stands alone, without scripts or other files."""

from collections.abc import Iterable, Sequence
from html import escape

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
PAGE = """<!DOCTYPE html>
<html lang="{language}">
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


def page(title: str, parts: Iterable[str], language: str = "en", style: str = STYLE) -> str:
    """Return a page of parts that are HTML, in the style of reports unless it has its own."""
    body = "\n".join(parts)
    return PAGE.format(title=escape(title), style=style, body=body, language=escape(language))


def section(title: str, *parts: str) -> list[str]:
    """Return a heading and what stands below it."""
    return [f"<h2>{escape(title)}</h2>", *parts]


def paragraph(text: str, kind: str = "") -> str:
    """Return a paragraph of a text, of a class if it has one."""
    return f'<p class="{kind}">{escape(text)}</p>' if kind else f"<p>{escape(text)}</p>"


def bullets(lines: Iterable[str]) -> str:
    """Return texts as a list."""
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of texts."""
    head = "".join(f"<th scope='col'>{escape(name)}</th>" for name in header)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
