"""A page of a kit: HTML that stands alone, for the screen and for paper."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

STYLE = (
    "body{font:12pt/1.45 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "color:#1c2530;background:#fff}"
    "h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.15rem;margin-top:1.6rem;break-after:avoid}"
    "h3{font-size:1rem;margin-bottom:.3rem;break-after:avoid}"
    "svg{width:100%;height:auto}figure{margin:.6rem 0;break-inside:avoid}"
    "table{border-collapse:collapse;font-size:.85rem;width:100%}tr{break-inside:avoid}"
    "th,td{border:1px solid #888;padding:.2rem .4rem;text-align:left;vertical-align:top}"
    ".wide{overflow-x:auto}a{overflow-wrap:anywhere}"
    "@media print{body{margin:0;max-width:none}a{color:inherit}}"
)


def page(title: str, parts: Iterable[str], language: str, style: str = "") -> str:
    """Return a whole page.

    Args:
        title: plain text.
        parts: its body, as HTML.
        language: of its texts.
        style: rules of its own, behind those of every page.
    """
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}{style}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def plain(text: str) -> str:
    """Return Markdown of a lesson as HTML: paragraphs, without its marks."""
    return escape(text.replace("**", "").replace("*", "")).replace("\n\n", "</p><p>")


def bullets(texts: Iterable[str], kind: str = "") -> str:
    """Return texts of a lesson as a list."""
    named = f' class="{kind}"' if kind else ""
    return f"<ul{named}>{''.join(f'<li>{plain(text)}</li>' for text in texts)}</ul>"


def grid(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose cells are plain texts, the first of a row its header."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in header)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        f"{''.join(f'<td>{escape(one)}</td>' for one in rest)}</tr>"
        for first, *rest in rows
    )
    head, body = f"<thead><tr>{head}</tr></thead>", f"<tbody>{body}</tbody>"
    return f'<div class="wide"><table>{head}{body}</table></div>'


def numbers(table: "pd.DataFrame") -> str:
    """Return a table of numbers, in words already."""
    rows = ([str(cell) for cell in row] for row in table.itertuples(index=False))
    return grid([str(name) for name in table.columns], rows)
