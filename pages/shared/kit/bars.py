"""Bars: small pictures of shares that are tables too, so that everybody reads the same numbers."""

import math
from collections.abc import Iterator, Sequence
from html import escape

import streamlit as st

from pages.shared.kit.download import download
from tradeoffs.data.codebook_words import word, words
from tradeoffs.language.translation import say
from tradeoffs.report.charts.bar_panel import BarPanel, bar_table
from tradeoffs.report.text import percent


def bars(panels: Sequence[BarPanel]) -> None:
    """Draw panels side by side, as many as there is room for; bars.css has the look.

    Two parts stand below each other, value by value; more have a column each.
    """
    many = " many" if any(len(panel.of.parts) > 2 for panel in panels) else ""
    st.html(f'<div class="bars{many}">{"".join(map(_panel, panels))}</div>')


def legend(parts: Sequence[str]) -> None:
    """Say which bar is which, where two parts stand below each other."""
    marks = (
        f'<span><span class="bar" data-part="{place}" style="--share: 100%" aria-hidden="true">'
        f"</span>{escape(part)}</span>"
        for place, part in enumerate(parts)
    )
    st.html(f'<p class="bars-legend">{"".join(marks)}</p>')


def numbers(panels: Sequence[BarPanel], name: str) -> None:
    """Offer the numbers of panels as a file."""
    download(lambda: bar_table(panels), name)


def _panel(panel: BarPanel) -> str:
    paired = len(panel.of.parts) == 2
    note = f" <small>{escape(panel.note)}</small>" if panel.note else ""
    caption = f"<caption><strong>{escape(panel.title)}</strong>{note}</caption>"
    parts = [say("part"), say("share")] if paired else words(panel.of.parts)
    head = [say("value"), *parts]
    hidden = ' class="unseen"' if len(panel.of.parts) < 3 else ""
    columns = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    wide = " data-wide" if panel.wide else ""
    rows = "".join(_paired(panel) if paired else _columns(panel))
    return (
        f'<table data-parts="{len(panel.of.parts)}"{wide}>{caption}'
        f"<thead{hidden}><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _paired(panel: BarPanel) -> Iterator[str]:
    """Yield a row a value and part."""
    for place in range(len(panel.of.values)):
        for part, title in enumerate(words(panel.of.parts)):
            head = _head(panel, place, 2) if part == 0 else ""
            told = f'<td class="unseen">{escape(title)}</td>'
            yield f"<tr>{head}{told}<td>{_bar(panel, place, part)}</td></tr>"


def _columns(panel: BarPanel) -> Iterator[str]:
    """Yield a row a value, with a cell a part."""
    for place in range(len(panel.of.values)):
        cells = (f"<td>{_bar(panel, place, part)}</td>" for part in range(len(panel.of.parts)))
        yield f"<tr>{_head(panel, place, 1)}{''.join(cells)}</tr>"


def _head(panel: BarPanel, place: int, rows: int) -> str:
    mark = f"<small>{escape(panel.marks[place])}</small>" if panel.marks else ""
    return f'<th scope="row" rowspan="{rows}">{escape(word(panel.of.values[place]))}{mark}</th>'


def _bar(panel: BarPanel, place: int, part: int) -> str:
    """Return a bar with its interval as a line on it, and its number."""
    share, low, high = (
        float(a[place, part]) for a in (panel.of.shares, panel.of.low, panel.of.high)
    )
    if math.isnan(share):
        return say("not measurable")
    ends = {"share": share, "low": low, "high": high}
    style = "; ".join(f"--{name}: {100 * end / panel.longest:.2f}%" for name, end in ends.items())
    told = say("({low:.1f} to {high:.1f})", low=100 * low, high=100 * high)
    interval = f'<span class="unseen"> {told}</span>'
    return (
        f'<span class="bar" data-part="{part}" style="{style}"><i></i></span>'
        f"<b>{percent(share)}{interval}</b>"
    )
