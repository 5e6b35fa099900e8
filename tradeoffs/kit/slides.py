"""Slides: the steps of a lesson as one page that turns by keys, with charts and speaker notes."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from tradeoffs.kit.guide import licence
from tradeoffs.kit.openings import StepAnswer, openings
from tradeoffs.kit.page import bullets, numbers, page, plain
from tradeoffs.kit.words import Words
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.prediction import OneOf

HERE = Path(__file__).parent


def slides(entry: Lesson, say: Words) -> str:
    """Return the deck of a lesson: question, then answer, of each step; then what to decide.

    Raises:
        InvalidInput: the answer of a step is not shipped.
    """
    shown = [_first(entry, say)]
    for one in openings(entry):
        shown += [_question(one, say), _answer(one, say)]
    shown += _last(entry, say)
    style, script = (
        (HERE / name).read_text(encoding="utf-8") for name in ("slides.css", "slides.js")
    )
    title = say("slides", "title", lesson=entry.title)
    help_line = f"<p class=help>{escape(say('slides', 'help'))}</p>"
    body = [help_line, "".join(shown), f"<script>{script}</script>"]
    return page(title, body, say.language, style)


def _slide(title: str, body: str, note: str, say: Words, level: int = 2) -> str:
    heading = f"<h{level}>{escape(title)}</h{level}>"
    named = escape(say("slides", "notes"))
    notes = f"<details><summary>{named}</summary><p>{plain(note)}</p></details>"
    return f'<section tabindex="-1">{heading}{body}{notes if note else ""}</section>'


def _first(entry: Lesson, say: Words) -> str:
    body = f"<p><em>{escape(entry.role)}</em></p><p class=large>{escape(entry.question)}</p>"
    if entry.synthetic:
        made_up = say("handout", "made up")
        body += f"<p><strong>{escape(made_up)}</strong> {escape(entry.synthetic)}</p>"
    return _slide(entry.title, body, say("slides", "notes open"), say, level=1)


def _question(one: StepAnswer, say: Words) -> str:
    """Return what is asked, with nothing of what was measured but in the notes."""
    body, asked = f"<p>{plain(one.step.text)}</p>", one.step.prediction
    note = ""
    if asked is not None:
        body += f"<p class=large>{escape(asked.question)}</p>"
        body += bullets(asked.choices, "choices") if isinstance(asked, OneOf) else ""
        note = say("slides", "notes guess", sentences=" ".join(one.sentences))
    return _slide(_title(one), body, note, say)


def _answer(one: StepAnswer, say: Words) -> str:
    told = " ".join(one.sentences)
    drawn = one.drawing(say("slides", "chart", sentences=told))
    table = (
        f"<details><summary>{escape(say('slides', 'numbers'))}</summary>"
        f"{numbers(one.shown)}</details>"
    )
    look = say("slides", "look", look=one.step.look) if one.step.look else ""
    note = say("slides", "notes reveal", look=look).strip()
    body = f"<figure>{drawn}</figure>{bullets(one.sentences)}{table}"
    return _slide(_title(one), body, note, say)


def _title(one: StepAnswer) -> str:
    return f"{one.place + 1}. {one.step.title}"


def _last(entry: Lesson, say: Words) -> Iterator[str]:
    said = say("handout", "paper says", sections=entry.sections, claim=entry.claim)
    yield _slide(say("slides", "paper"), f"<p class=large>{escape(said)}</p>", "", say)
    note = say("slides", "notes end")
    yield _slide(say("slides", "do"), bullets(entry.answers, "choices"), note, say)
    yield _slide(say("slides", "discuss"), bullets(entry.discuss), "", say)
    yield _slide(say("slides", "limits"), f"<p>{plain(entry.limits)}</p>", "", say)
    cited = [f"{one.title}. {one.where}" for one in entry.sources]
    yield _slide(say("slides", "sources"), bullets([*cited, *licence(entry, say)]), "", say)
