"""Index and glossary of the static site, with what its search looks through."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby

from tradeoffs.kit.page import plain
from tradeoffs.kit.site_page import data, site_page
from tradeoffs.kit.words import Words
from tradeoffs.language.translation import translate
from tradeoffs.lessons.lesson import Lesson
from tradeoffs.lessons.lesson_paths import PATHS
from tradeoffs.paths import SHIPPED_LESSONS
from tradeoffs.report.glossary import Term, glossary


def index_page(entries: Sequence[Lesson], say: Words, made: str, others: Sequence[str] = ()) -> str:
    """Return the page with all lessons.

    Args:
        entries: the lessons, in the order of the paper.
        say: the words.
        made: with what the site was made, in a sentence.
        others: languages that the site has, too.
    """
    title = say("site", "title", count=len(entries))
    found = {name: say("site", name, count="{count}", text="{text}") for name in ("hits", "none")}
    sections = "".join(
        f"<h3>{escape(say('site', 'sections', section=section))}</h3>"
        f'<ul class="cards">{"".join(_card(one, say) for one in group)}</ul>'
        for section, group in groupby(entries, key=lambda one: one.section.split(" ")[0])
    )
    parts = [
        f"<h1>{escape(title)}</h1><p>{escape(say('site', 'about'))}</p>",
        f'<div class="search"><label>{escape(say("site", "search"))} <input type="search"></label>'
        '<p role="status"></p><ul></ul></div>',
        f"<h2>{escape(say('site', 'paths'))}</h2>{_paths(entries)}",
        f"<h2>{escape(say('site', 'lessons'))}</h2>{sections}",
        f'<p class="note">{escape(made)}</p>',
        data("words", found),
        data("pages", [*_searched(entries)]),
    ]
    return site_page(title, parts, say, path="index.html", others=others)


def glossary_page(say: Words, others: Sequence[str] = ()) -> str:
    """Return the page with all terms; `others` are languages that the site has, too."""
    title = say("site", "glossary")
    terms = "".join(
        f"<h2>{escape(translate(group))}</h2><dl>{''.join(map(_term, of))}</dl>"
        for group, of in groupby(glossary(), key=lambda one: one.group)
    )
    parts = [f"<h1>{escape(title)}</h1>{terms}"]
    return site_page(title, parts, say, path="glossary.html", others=others)


def _term(one: Term) -> str:
    more = " ".join(filter(None, (one.meaning, one.direction, one.limits)))
    return f'<dt id="{one.slug}">{escape(one.name)}</dt><dd>{escape(more)}</dd>'


def _card(one: Lesson, say: Words) -> str:
    drawn = (SHIPPED_LESSONS / f"{one.name}.svg").read_text(encoding="utf-8")
    minutes = say("site", "minutes", minutes=one.minutes)
    return (
        f'<li>{drawn}<a href="lessons/{one.name}.html"><strong>{escape(one.title)}</strong></a><br>'
        f"{escape(one.question)}<br><small>{escape(minutes)}</small></li>"
    )


def _paths(entries: Sequence[Lesson]) -> str:
    there: Mapping[str, Lesson] = {one.name: one for one in entries}
    rows = []
    for path in PATHS.values():
        links = ", ".join(
            f'<a href="lessons/{name}.html">{escape(there[name].title)}</a>'
            for name in path.lessons
            if name in there
        )
        rows.append(f"<dt>{escape(path.title)}</dt><dd>{escape(path.purpose)}<br>{links}</dd>")
    return f"<dl>{''.join(rows)}</dl>"


def _searched(entries: Sequence[Lesson]) -> Iterator[dict[str, str]]:
    for one in entries:
        texts = [one.question, one.claim, one.role, *(f"{s.title} {s.text}" for s in one.steps)]
        text = plain(" ".join(texts)).replace("</p><p>", " ")
        yield {"path": f"lessons/{one.name}.html", "title": one.title, "text": text}
    for term in glossary():
        text = " ".join((term.meaning, *term.also))
        yield {"path": f"glossary.html#{term.slug}", "title": term.name, "text": text}
