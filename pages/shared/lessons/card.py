"""Card: what the index shows of a lesson, as HTML; the whole of it is the link."""

from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from pages.shared.kit import language
from pages.shared.lesson.level import level_text
from pages.shared.lesson.tables import missing_tables
from pages.shared.lessons.axis_map import axes_text
from tradeoffs.errors import TradeoffsError
from tradeoffs.language.translation import say
from tradeoffs.lessons.catalogue import LESSONS, ORDER
from tradeoffs.paths import SHIPPED_LESSONS

CORNERS = {"data": (12, 3), "resources": (3, 18), "values": (21, 18)}  # of a triangle, 24 by 21
UNREADABLE = "?"  # section of a lesson whose files cannot be read


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """What is shown of a lesson.

    Attributes:
        name: of the lesson, in addresses.
        title: for people.
        question: what it is about.
        section: of the paper, with those that it also touches.
        details: minutes, level, whether data are made up.
        axes: of the paper's three, those it is about.
        picture: SVG of its chart, shipped beside its answers; "" for none.
        wrong: why it cannot be opened, in a sentence; empty if it can.
    """

    name: str
    title: str
    question: str = ""
    section: str = UNREADABLE
    details: str = ""
    axes: tuple[str, ...] = ()
    picture: str = ""
    wrong: str = ""

    @property
    def place(self) -> str:
        """The part of the paper that it stands under: 2.4 for 2.4.1, 4 for 4.1."""
        first = self.section.split(" ")[0]
        return first[:3] if first.startswith("2") else first[:1]


def cards() -> list[Card]:
    """Return a card for every lesson; one whose files cannot be read says file, line and cure."""
    return [_card(name) for name in LESSONS]


def _card(name: str) -> Card:
    try:
        lesson = LESSONS[name]
    except TradeoffsError as refusal:
        return Card(name=name, title=name, wrong=say("Cannot be read: {why}", why=str(refusal)))
    made_up = [say("partly made up")] if lesson.synthetic else []
    return Card(
        name=name,
        title=lesson.title,
        question=lesson.question,
        section=lesson.section,
        details=" · ".join(
            [
                say("{n} min", n=lesson.minutes),
                level_text(lesson),
                *made_up,
            ]
        ),
        axes=lesson.axes,
        picture=_picture(name),
        wrong=missing_tables(lesson),
    )


def _picture(name: str) -> str:
    file = SHIPPED_LESSONS / f"{name}.svg"
    shipped = name in ORDER and file.is_file()
    return file.read_text(encoding="utf-8") if shipped else ""


def card_html(card: Card) -> str:
    """Return a card as an item of a list."""
    inside = (
        f'<span class="lesson-pictures"><span aria-hidden="true">{card.picture}</span>'
        f"{axes_svg(card.axes)}</span>"
        f'<span class="lesson-words"><strong>{escape(card.title)}</strong>'
        f'<span class="lesson-question">{escape(card.wrong or card.question)}</span>'
        f'<span class="lesson-details">{escape(card.details)}</span></span>'
    )
    axes = escape(" ".join(card.axes))
    if card.wrong:
        return f'<li data-axes="{axes}"><div class="lesson-card off">{inside}</div></li>'
    query = escape(urlencode(language.kept({"lesson": card.name})))
    link = f'<a class="lesson-card" href="lesson?{query}" data-lesson="{escape(card.name)}">'
    return f'<li data-axes="{axes}">{link}{inside}</a></li>'


def axes_svg(axes: Collection[str]) -> str:
    """Return a small triangle of the paper's axes, with those lit that are meant, and words."""
    if not axes:
        return ""
    told = say("About {axes}", axes=axes_text(axes))
    dots = "".join(
        f'<circle cx="{x}" cy="{y}" r="3" class="{"lit" if name in axes else "unlit"}"/>'
        for name, (x, y) in CORNERS.items()
    )
    return (
        f'<svg class="lesson-axes" viewBox="0 0 24 21" role="img" aria-label="{escape(told)}">'
        f'<path d="M12 3 3 18h18z"/>{dots}</svg>'
    )
