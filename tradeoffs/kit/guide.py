"""Guide: what a teacher reads before a lesson: aims, plans, what to keep back, rubric, licence."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from tradeoffs.data.catalogue import dataset
from tradeoffs.kit.lesson_plan import LENGTHS, plan
from tradeoffs.kit.openings import openings
from tradeoffs.kit.page import bullets, grid, page, plain
from tradeoffs.kit.words import Words
from tradeoffs.language.notation import labelled
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.report.glossary import Term, glossary

OF_SCREEN = ("Choosing", "The screen", "Remarks on results")  # groups of terms that no lesson needs
EVERYDAY = {"Alone (local training)", "demographic"}  # "alone", "other people": words of any text
MOST_TERMS = 12
LEVELS = 3  # of a rubric
STYLE = "dt{font-weight:600}dd{margin:0 0 .4rem}.first{font-size:1.1rem}"


def guide(entry: Lesson, files: Iterable[tuple[str, str]], say: Words) -> str:
    """Return the guide of a lesson as one page.

    Args:
        entry: the lesson.
        files: name and what it is, of each file of the kit.
        say: the words.

    Raises:
        InvalidInput: the answer of a step is not shipped.
    """
    title = say("guide", "title", lesson=entry.title)
    about = say(
        "guide",
        f"about {entry.level}",
        sections=entry.sections,
        minutes=entry.minutes,
    )
    parts = [
        f"<h1>{escape(title)}</h1>",
        f'<p class="first"><em>{escape(entry.role)}</em> {escape(entry.question)}</p>',
        f"<p>{escape(about)}</p>",
        *_section("files", _linked(files), say),
        *_section("aims", _aims(entry, say), say),
        *_section("needs", _needs(entry, say), say),
    ]
    if entry.synthetic:
        parts += _section("made up", f"<p>{escape(entry.synthetic)}</p>", say)
    for minutes in LENGTHS:
        parts.append(f"<h2>{escape(say('guide', 'plan', minutes=minutes))}</h2>")
        parts.append(_plan(entry, minutes, say))
    parts += _section("secret", _secret(entry, say), say)
    parts += _section("cards", f"<p>{escape(say('guide', 'cards how'))}</p>", say)
    parts += _section("rubric", _rubric(say), say)
    parts += _section("access", bullets(say.every("access").values()), say)
    parts += _section("sources", _sources(entry), say)
    parts += _section("licence", bullets(licence(entry, say)), say)
    return page(title, parts, say.language, STYLE)


def licence(entry: Lesson, say: Words) -> list[str]:
    """Return who may use what of a kit, in sentences: texts, programs, and each table."""
    tables = (dataset(name) for name in entry.tables)
    return [
        say("licence", "texts", title=entry.title),
        say("licence", "programs"),
        *(
            say("licence", "table", table=t.title, source=t.source, licence=t.codebook.licence)
            for t in tables
        ),
    ]


def terms(entry: Lesson) -> list[Term]:
    """Return the terms of the glossary that a lesson's words use, in the glossary's order."""
    texts = [entry.claim, entry.role, entry.question]
    for step in entry.steps:
        texts += [step.title, step.text, step.prediction.question if step.prediction else ""]
    said = " ".join(texts).lower()
    candidates = [one for one in glossary() if one.group not in OF_SCREEN and not _everyday(one)]
    names = ((name, one.slug) for one in candidates for name in _names(one))
    used = set()
    for name, slug in sorted(names, key=lambda pair: -len(pair[0])):
        said, count = re.subn(rf"\b{re.escape(name)}s?\b", "", said)  # a longer name holds shorter
        if count:
            used.add(slug)
    return [one for one in candidates if one.slug in used][:MOST_TERMS]


def _everyday(term: Term) -> bool:
    return not EVERYDAY.isdisjoint((term.name, *term.also))


def _names(term: Term) -> list[str]:
    """Return what a text may call a term: its name, and others of several words."""
    found = [re.sub(r" \(.*\)$", "", term.name), *(one for one in term.also if " " in one)]
    return [one.lower() for one in found]


def _section(name: str, body: str, say: Words) -> list[str]:
    return [f"<h2>{escape(say('guide', name))}</h2>", body]


def _linked(files: Iterable[tuple[str, str]]) -> str:
    rows = []
    for path, what in files:
        link = f'<a href="{escape(path)}">{escape(path)}</a>'
        rows.append(f"<li>{labelled(link, escape(what))}</li>")
    return f"<ul>{''.join(rows)}</ul>"


def _aims(entry: Lesson, say: Words) -> str:
    aims = [
        say("guide", "aim claim", claim=entry.claim),
        *(say("guide", "aim step", title=step.title) for step in entry.steps),
        *(say("guide", f"aim {name}") for name in ("interval", "decide", "limits")),
    ]
    return f"<p>{escape(say('guide', 'aims begin'))}</p>{bullets(aims)}"


def _needs(entry: Lesson, say: Words) -> str:
    found = terms(entry)
    told = f"<p>{escape(say('guide', entry.level))}</p>"
    if not found:
        return told
    meanings = "".join(
        f"<dt>{escape(one.name)}</dt><dd>{escape(one.meaning)}</dd>" for one in found
    )
    return f"{told}<h3>{escape(say('guide', 'terms'))}</h3><dl>{meanings}</dl>"


def _plan(entry: Lesson, minutes: int, say: Words) -> str:
    header = [say("guide", name) for name in ("when", "what", "how")]
    rows = [(f"{one.start}–{one.end}", one.title, one.how) for one in plan(entry, minutes, say)]
    return grid(header, rows)


def _secret(entry: Lesson, say: Words) -> str:
    """Return what the models said, step by step: nothing of it is said before the guess."""
    parts = [f"<p>{escape(say('guide', 'secret why'))}</p>"]
    for one in openings(entry):
        if one.step.prediction is not None:
            parts.append(f"<h3>{one.place + 1}. {escape(one.step.title)}</h3>")
            parts.append(bullets(one.sentences))
    return "".join(parts)


def _rubric(say: Words) -> str:
    header = [say("rubric", one) for one in ("criterion", "beginning", "on the way", "there")]
    return grid(header, _criteria(say))


def _criteria(say: Words) -> Iterator[list[str]]:
    for name in ("guess", "number", "whose", "decision", "limits"):
        yield [say("rubric", name), *(say("rubric", f"{name} {n + 1}") for n in range(LEVELS))]


def _sources(entry: Lesson) -> str:
    rows = (
        f'<li>{plain(one.title)}. <a href="{escape(one.url)}">{escape(one.where)}</a></li>'
        for one in entry.sources
    )
    return f"<ul>{''.join(rows)}</ul>"
