"""Cards: roles to hand out in a lesson, from its words and from the tables that it opens with."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from tradeoffs.data.catalogue import dataset
from tradeoffs.data.codebook_words import word
from tradeoffs.kit.page import page
from tradeoffs.kit.words import Words
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.report.text import number
from tradeoffs.report.titles import attribute, groups, label
from tradeoffs.scenario import Scenario

MOST_GROUPS = 4  # of a table, that have a card each
STYLE = (
    ".roles{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.6rem}"
    "article{border:1px dashed;padding:.6rem .8rem;break-inside:avoid}"
    "article h2{margin:0 0 .3rem}article p{margin:.3rem 0}.ask{font-weight:600}"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """Somebody who has something at stake.

    Attributes:
        title: who.
        text: what is known of them.
        ask: what they are asked.
    """

    title: str
    text: str
    ask: str


def roles(entry: Lesson, say: Words) -> list[Role]:
    """Return the roles of a lesson: who builds, who is decided about, who pays, who objects."""
    found = [Role(title=say("cards", "role"), text=entry.role, ask=say("cards", "role ask"))]
    tables: dict[str, Scenario] = {}
    for place in range(len(entry.steps)):
        scenario = entry.setting(place).scenario
        tables.setdefault(scenario.dataset, scenario)
    for scenario in tables.values():
        found += _decided(scenario, say)
    first = next(iter(tables.values()))
    found.append(_recorded(first, say))
    found.append(_role("absent", say, table=dataset(first.dataset).title))
    return [*found, _role("pays", say), _role("against", say)]


def _decided(scenario: Scenario, say: Words) -> Iterator[Role]:
    """Yield a role for each group that the lesson compares, of many the first ones."""
    asked = label(scenario)
    for group in groups(scenario)[:MOST_GROUPS]:
        yield _role(
            "decided",
            say,
            group=word(group),
            attribute=attribute(scenario),
            question=asked.question,
            positive=asked.positive,
            negative=asked.negative,
            wanted=asked.wanted,
        )


def _recorded(scenario: Scenario, say: Words) -> Role:
    """Return the role of somebody in the training data, with what is promised to them."""
    epsilon = scenario.epsilon
    promise = (
        say("cards", "unpromised")
        if epsilon is None
        else say("cards", "promised", epsilon=number(epsilon))
    )
    return _role("record", say, people=number(scenario.rows), promise=promise)


def _role(name: str, say: Words, **values: str) -> Role:
    return Role(
        title=say("cards", name, **values),
        text=say("cards", f"{name} text", **values),
        ask=say("cards", f"{name} ask"),
    )


def role_cards(entry: Lesson, say: Words) -> str:
    """Return the roles of a lesson as a page to print and cut."""
    title = say("cards", "title", lesson=entry.title)
    made_up = (
        f"<p>{escape(say('cards', 'made up', made_up=entry.synthetic))}</p>"
        if entry.synthetic
        else ""
    )
    cards = "".join(
        f"<article><h2>{escape(one.title)}</h2><p>{escape(one.text)}</p>"
        f'<p class="ask">{escape(one.ask)}</p></article>'
        for one in roles(entry, say)
    )
    parts = [f"<h1>{escape(title)}</h1><p>{escape(say('cards', 'how'))}</p>{made_up}"]
    return page(title, [*parts, f'<div class="roles">{cards}</div>'], say.language, STYLE)
