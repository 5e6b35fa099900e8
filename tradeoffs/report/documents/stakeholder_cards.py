"""Stakeholder cards: one card a table, as a page to print and cut."""

from collections.abc import Sequence
from html import escape

from tradeoffs.language.translation import translate
from tradeoffs.report.documents.html_parts import page
from tradeoffs.report.stakeholders import Stakeholder

STYLE = """
:root { color-scheme: light; font: 11pt/1.4 "Source Sans 3", "Source Sans Pro", sans-serif; }
body { margin: 1rem auto; max-width: 62rem; padding: 0 1rem; color: #1f2937; background: #fff; }
h1 { font-size: 1.3rem; }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem; }
article { border: 1px solid #6b7280; border-radius: .4rem; padding: .8rem 1rem; }
h2 { font-size: 1.15rem; margin: 0 0 .3rem; }
p, ul { margin: .4rem 0; }
ul { padding-left: 1.2rem; }
.asks { border-top: 1px solid #d1d5db; padding-top: .4rem; font-style: italic; }
footer { font-size: .85rem; color: #4b5563; margin-top: 1rem; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; }
  main { grid-template-columns: 1fr 1fr; }
  article { break-inside: avoid; }
}
"""
NOTE = (
    "A card helps to see a decision from where somebody else stands. It does not tell what you "
    "have to want. In brackets: 95 % intervals; those of accuracy cover seeds and test people, the "
    "others seeds alone."
)


def stakeholder_cards(cards: Sequence[Stakeholder], title: str, language: str = "en") -> str:
    """Return the cards as one HTML page that stands alone.

    Args:
        cards: from `stakeholders`.
        title: what is decided, as a question.
        language: of the texts, as HTML names it.
    """
    body = [f"<h1>{escape(title)}</h1>", "<main>", *map(_card, cards), "</main>"]
    return page(title, [*body, f"<footer>{escape(translate(NOTE))}</footer>"], language, STYLE)


def _card(one: Stakeholder) -> str:
    numbers, asks = (
        "".join(f"<li>{escape(t)}</li>" for t in some) for some in (one.numbers, one.asks)
    )
    return (
        f"<article><h2>{escape(one.title)}</h2><p>{escape(one.about)}</p>"
        f"<ul>{numbers}</ul><ul class='asks'>{asks}</ul></article>"
    )
